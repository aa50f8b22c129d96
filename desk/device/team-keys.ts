import type { WrappedKey } from '@lentera/core/log/batch'
import { type Draft, draft } from '@lentera/core/log/draft'
import { isErased } from '@lentera/core/log/erasure'
import { streamRecord } from '@lentera/core/log/fold'
import { decideKeys, giverOf, grantsIn, type KeyTeam } from '@lentera/core/log/grants'
import { keyed } from '@lentera/core/log/kind'
import { keyGranted, type Recipient } from '@lentera/core/log/membership'
import { type CivilDate, dayIn, quarterOf } from '@lentera/core/shared/dates'
import type { KeyId, MemberId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { beginEpoch, type CaseKey, type Grantee, grantCaseKey } from '@lentera/sealed/open'
import { RecoveryPublicKey } from '@lentera/sealed/verify'
import { capture } from './capture.ts'
import type { MemberDevice } from './member-device.ts'
import type { KeptStream } from './store.ts'

/**
 * Keeps the keys of cases with the team: who has joined is granted them, and where somebody left the case begins a new epoch,
 * so that what is written from now on is not for her. What is to do is read from the log (`decideKeys`), so that a device that
 * was emptied misses nothing. Of each case it is done by one (`giverOf`); what two of her devices do at once harms nothing.
 */
export async function alignTeamKeys(member: MemberDevice): Promise<Decision<readonly StreamId[]>> {
  const team = teamOf(member)
  if (!team) return accept([])
  const touched: StreamId[] = []
  const cases = [...member.streams.values()].flatMap((kept) => ownStep(member, kept, team) ?? [])
  for (let from = 0; from < cases.length && !member.closed; from += casesAtOnce) {
    const some = cases.slice(from, from + casesAtOnce)
    const written = await take(member, some, team)
    if (!written.ok) return written
    touched.push(...some.map(({ key }) => key.stream))
  }
  return accept(touched)
}

/** As many as are kept in one write: the keyring, which goes with each, is as large as the caseload. */
const casesAtOnce = 25

/**
 * Those of a team to whom a case key can be granted today, and the organisation's recovery: of members the certificate must
 * hold today, and who has none that does is granted it when she has.
 */
export function granteesOf({ me, trust }: MemberDevice, today: CivilDate): Grantee[] {
  const recovery = RecoveryPublicKey.safeParse(me.rootRecovery)
  const members = trust.colleagues.flatMap(({ member, team, removed }): Grantee[] => {
    if (team !== me.team || removed) return []
    const certificate = trust.members.get(member)?.certificate
    const holds = certificate && certificate.from <= today && today <= certificate.until
    return holds ? [{ kind: 'member', member, key: certificate.keys.seal }] : []
  })
  return recovery.success ? [...members, { kind: 'recovery', key: recovery.data }] : members
}

/** The entry that vouches for wraps of a case key, and says to whom it was granted. */
export function granted(key: CaseKey, wraps: readonly WrappedKey[], quarter: CivilDate): Draft {
  const recipients = wraps.flatMap(({ to }): Recipient[] =>
    to.kind === 'member' ? [to.member] : to.kind === 'recovery' ? ['recovery'] : [],
  )
  const hashes = wraps.map(({ hash }) => hash)
  return draft(keyGranted, key.stream, quarter, { key: key.id, epoch: key.epoch, hashes, recipients })
}

// --- what is to do -----------------------------------------------------------------------------------------------------

type Team = KeyTeam & {
  readonly grantees: readonly Grantee[]
  /** Who may write a grant, and whose certificate holds today. */
  readonly givers: readonly MemberId[]
}

/** Undefined where this device has not checked yet who belongs to it, or its member gives no keys. */
function teamOf(member: MemberDevice): Team | undefined {
  const { me, trust, streams } = member
  const organisations = [...streams.values()].filter(({ noun }) => noun === 'organisation')
  if (me.team === null || organisations.some(({ verified }) => !verified)) return undefined
  const colleagues = trust.colleagues.filter(({ team, removed }) => team === me.team && !removed)
  const grantees = granteesOf(member, dayIn(me.zone, Date.now()))
  const grantable = grantees.map((grantee): Recipient => (grantee.kind === 'member' ? grantee.member : 'recovery'))
  const givers = colleagues
    .filter((each) => grantable.includes(each.member) && each.roles.some((role) => keyGranted.who.includes(role)))
    .map((each) => each.member)
  if (!givers.includes(me.member)) return undefined
  return { members: new Set(colleagues.map((each) => each.member)), grantable, grantees, givers }
}

type Step = { readonly key: CaseKey; readonly to: readonly Recipient[] | 'new-epoch' }

/** Undefined where nothing is to do, another does it, or this device cannot yet: then a later exchange asks again. */
function ownStep({ me, keyring, waiting }: MemberDevice, kept: KeptStream, team: Team): Step | undefined {
  if (!keyed.has(kept.noun) || !kept.verified || isErased(kept.state)) return undefined
  const grants = grantsIn(kept.state)
  // A later epoch whose key is not here may be nobody's: whoever holds no key of it goes on from what she holds.
  const key = grants.reduce<CaseKey | undefined>((best, grant) => {
    const held = keyring.findCase(grant.key)
    return held?.epoch === grant.epoch && held.epoch > (best?.epoch ?? 0) ? held : best
  }, undefined)
  const opener = kept.state.records[streamRecord]?.author
  if (!key || giverOf(grants, key.epoch, { opener, able: team.givers }) !== me.member) return undefined
  const decided = decideKeys(grants, key.epoch, team)
  if (decided.step === 'none') return undefined
  // What the server did not take is shown, and not said again at every exchange.
  if (waiting.some((each) => each.stream === kept.stream && each.kind === keyGranted.kind && each.state !== 'waiting'))
    return undefined
  return { key, to: decided.step === 'grant' ? decided.to : 'new-epoch' }
}

// --- doing it ----------------------------------------------------------------------------------------------------------

async function take(member: MemberDevice, steps: readonly Step[], team: Team): Promise<Decision<unknown>> {
  const made: KeyId[] = []
  const written = await write(member, steps, team, made)
  // A key that no entry names is nobody else's: nothing may be written with it.
  if (!written.ok) member.keyring.forgetKeys(made)
  return written
}

/** @param made the keys that were added to the keyring on the way */
async function write(
  member: MemberDevice,
  steps: readonly Step[],
  team: Team,
  made: KeyId[],
): Promise<Decision<unknown>> {
  const quarter = quarterOf(dayIn(member.me.zone, Date.now()))
  if (!quarter) throw new RangeError('today is a day')
  const { keyring } = member
  const drafts: Draft[] = []
  const keys: WrappedKey[] = []
  for (const { key, to } of steps) {
    const step =
      to === 'new-epoch'
        ? await beginEpoch(key, keyring.personsOf(key.stream), team.grantees)
        : await grantsTo(key, team.grantees, to)
    if (!step.ok) return step
    const { caseKey, personKeys, wrapped } = step.value
    if (member.closed) return refuse('desk.locked-meanwhile')
    const fresh = personKeys.filter(({ id }) => !keyring.findPerson(id))
    if (!keyring.findCase(caseKey.id)) made.push(caseKey.id)
    made.push(...fresh.map(({ id }) => id))
    keyring.addCase(caseKey)
    for (const person of fresh) keyring.addPerson(person)
    drafts.push(granted(caseKey, wrapped, quarter))
    keys.push(...wrapped)
  }
  return capture(member, drafts, { keys })
}

/** As `beginEpoch` answers, with the key there was. */
async function grantsTo(
  caseKey: CaseKey,
  grantees: readonly Grantee[],
  to: readonly Recipient[],
): ReturnType<typeof beginEpoch> {
  const wrapped: WrappedKey[] = []
  for (const grantee of grantees) {
    if (!to.includes(grantee.kind === 'member' ? grantee.member : 'recovery')) continue
    const grant = await grantCaseKey(caseKey, grantee)
    if (!grant.ok) return grant
    wrapped.push(grant.value)
  }
  return accept({ caseKey, personKeys: [], wrapped })
}
