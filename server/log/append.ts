import type { Batch, BatchReply, Outcome } from '@lentera/core/log/batch'
import { Entry } from '@lentera/core/log/entry'
import { check, nounOf, type Reading } from '@lentera/core/log/kind'
import { deviceAdded, keyGranted, membershipKinds } from '@lentera/core/log/membership'
import { kinds } from '@lentera/core/rooms'
import { type CivilDate, dayIn, firstDayOf } from '@lentera/core/shared/dates'
import type { Hash } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import { type DevicePublicKey, readEnvelopeHeader, type VerifiedEntry, verifyBatch } from '@lentera/sealed/verify'
import { checkCertificate, type Standing, standingOf, withAdmitted } from '../access/certificates.ts'
import { mayAppend } from '../access/log.ts'
import { findForeignMembership } from '../access/membership.ts'
import { type Audience, audienceFor, type Viewer } from '../access/viewer.ts'
import type { Database, Transaction } from '../database/database.ts'
import { project } from '../projections/project.ts'
import { type DataSetsRead, readDataSets, storeDataSets } from '../rooms/evidence/data-sets.ts'
import { placeChain } from './chain.ts'
import { findReopened, storedHashes, storeEntries, storeKeys, storeQuarantined } from './store.ts'

/**
 * The one door in. Checks a batch and each entry of it, takes numbers from the programme's head row, stores, folds,
 * counts: one transaction, so that an answer `stored` means stored, folded, counted and durable.
 *
 * Answers per entry: `stored`, `already there` (same id, same bytes: sending again is harmless), `refused` by name, or
 * `quarantined` (an honest entry of somebody who may no longer write: kept until a person decides).
 */
export async function appendBatch(database: Database, viewer: Viewer, batch: Batch): Promise<BatchReply> {
  const claims = batch.entries.flatMap((signed) => firstLook(signed.text) ?? [])
  const known = await database.asLog(viewer.programme, async (transaction) => ({
    device: await findDevice(transaction, viewer, batch),
    standing: claims.some(isMembership)
      ? await standingOf(transaction, viewer.programme, viewer.organisation)
      : undefined,
  }))
  const standing = known.standing && { ...known.standing, members: withAdmitted(known.standing.members, claims) }
  const device = known.device ?? (standing && (await deviceBrought(claims, batch, viewer, standing)))
  if (!device) return { ok: false, refusal: { code: 'log.device-unknown', values: {} }, head: null }
  const judged = await judge(viewer, batch, device, standing)
  if (!judged.ok) return { ok: false, refusal: judged.refusal, head: null }
  const dataSets = await readDataSets(database, viewer, accepted(judged.value))
  return database.asLogInTurn(viewer.programme, (transaction) =>
    place(transaction, viewer, batch, judged.value, dataSets),
  )
}

/** An entry that passed every check that needs no look at what is stored. */
export type Judged = VerifiedEntry & { readonly reading: Reading; readonly audience: Audience }

/** Signature, form, author's right, schema and certificates of every entry; a batch whose own signature fails is refused whole. */
export async function judge(
  viewer: Viewer,
  batch: Batch,
  device: DevicePublicKey,
  standing: Standing | undefined,
  may: typeof mayAppend = mayAppend,
): Promise<Decision<Decision<Judged>[]>> {
  const verified = await verifyBatch(batch, device)
  if (!verified.ok) return verified
  // A day ahead: the device may stand in an earlier zone than the programme.
  const tomorrow = dayIn(viewer.zone, Date.now() + 86_400_000)
  return accept(
    await Promise.all(
      verified.value.entries.map(async (each) => {
        if (!each.ok) return each
        const { entry } = each.value
        if (entry.author !== viewer.member) return refuse('log.of-another-author')
        const reading = check(kinds, entry)
        if (!reading.ok) return reading
        const dated = checkDate(entry.on, tomorrow)
        if (!dated.ok) return dated
        const enclosed = checkEnvelopes(entry)
        if (!enclosed.ok) return enclosed
        const allowed = may(viewer, entry, reading.value)
        // A removed member's work is not refused here: it is laid aside in `place`, for a person to decide.
        if (!allowed.ok && !viewer.removed) return allowed
        if (standing && isMembership(entry)) {
          const certified = await checkCertificate(entry, standing)
          if (!certified.ok) return certified
        }
        const noun = reading.value.known ? nounOf(reading.value.kind) : undefined
        return accept({ ...each.value, reading: reading.value, audience: audienceFor(noun, viewer) })
      }),
    ),
  )
}

/** Nobody writes of what has not begun, nor of a year before there was such a programme anywhere. */
function checkDate(on: Entry['on'], tomorrow: CivilDate): Decision<void> {
  if (firstDayOf(on) > tomorrow) return refuse('log.date-in-the-future', { on })
  return on < '2000' ? refuse('log.date-too-early', { on }) : accept(undefined)
}

/**
 * What says that it is sealed is an envelope, and no words; in a kind of a later version too. A later version of envelopes
 * comes with the server that knows it, which is the one that gives devices their program.
 */
function checkEnvelopes({ sealed }: Entry): Decision<void> {
  for (const envelope of Object.values(sealed)) {
    const header = readEnvelopeHeader(envelope)
    if (!header.ok) return header
  }
  return accept(undefined)
}

/** Stores what was judged, under the programme's lock. */
export async function place(
  transaction: Transaction,
  viewer: Viewer,
  batch: Batch,
  judged: readonly Decision<Judged>[],
  dataSets: DataSetsRead,
): Promise<BatchReply> {
  const [programme] = await transaction.query<{ head: string }>(
    'lock programme',
    'select head from lentera.programme where programme = $1 for update',
    [viewer.programme],
  )
  if (!programme) return { ok: false, refusal: { code: 'access.not-found', values: {} }, head: null }
  const prevs = new Map(accepted(judged).map(({ entry, hash }) => [hash, entry.prev]))
  const [chain, taken, foreign, reopened] = await Promise.all([
    placeChain(transaction, viewer.programme, batch, prevs),
    storedHashes(transaction, viewer.programme, accepted(judged)),
    findForeignMembership(transaction, viewer, accepted(judged)),
    findReopened(transaction, viewer.programme, accepted(judged)),
  ])
  if (!chain.ok) return chain

  const fresh: Judged[] = []
  const outcomes = judged.map((each): Outcome => {
    if (!each.ok) return { entry: null, outcome: 'refused', refusal: each.refusal }
    const { entry, hash, audience } = each.value
    const known = taken.get(`${audience}|${entry.id}`)
    if (known === hash) return { entry: entry.id, outcome: 'already there' }
    const refusal =
      known !== undefined
        ? { code: 'log.id-taken', values: {} }
        : (dataSets.refusals.get(entry.id) ?? foreign.get(entry.id) ?? reopened.get(entry.id))
    if (refusal) return { entry: entry.id, outcome: 'refused', refusal }
    taken.set(`${audience}|${entry.id}`, hash)
    fresh.push(each.value)
    return viewer.removed
      ? { entry: entry.id, outcome: 'quarantined', refusal: removed }
      : { entry: entry.id, outcome: 'stored' }
  })

  const today = dayIn(viewer.zone, Date.now())
  if (viewer.removed) {
    await storeQuarantined(transaction, viewer.programme, fresh, today)
  } else {
    // Side by side, the entries first: what folds a stream anew reads it with them in it.
    await Promise.all([
      storeEntries(transaction, viewer.programme, Number(programme.head), fresh, today),
      storeDataSets(transaction, viewer.programme, fresh, dataSets),
      project(transaction, viewer.programme, fresh),
      storeKeys(transaction, viewer.programme, batch.keys, grantsAmong(judged, outcomes)),
    ])
  }
  return { ok: true, outcomes, head: chain.head }
}

const removed: Refusal = { code: 'access.member-removed', values: {} }

export const accepted = (judged: readonly Decision<Judged>[]): Judged[] =>
  judged.flatMap((each) => (each.ok ? [each.value] : []))

/** The wrapped-key hashes that entries now in the log vouch for, with the stream they belong to. */
function grantsAmong(judged: readonly Decision<Judged>[], outcomes: readonly Outcome[]): Map<Hash, Judged> {
  const grants = new Map<Hash, Judged>()
  judged.forEach((each, i) => {
    const outcome = outcomes[i]?.outcome
    if (!each.ok || (outcome !== 'stored' && outcome !== 'already there')) return
    const { reading } = each.value
    if (!reading.known || reading.kind.kind !== keyGranted.kind) return
    const hashes = reading.coded.hashes
    // The kind's schema made them hashes.
    for (const hash of Array.isArray(hashes) ? (hashes as Hash[]) : []) grants.set(hash, each.value)
  })
  return grants
}

async function findDevice(
  transaction: Transaction,
  viewer: Viewer,
  batch: Batch,
): Promise<DevicePublicKey | undefined> {
  const [known] = await transaction.query<{ sign_key: DevicePublicKey }>(
    'device of a member',
    'select sign_key from lentera.device where programme = $1 and device = $2 and member = $3',
    [viewer.programme, batch.device, viewer.member],
  )
  return known?.sign_key
}

/** The key of a device that its first batch itself brings, certified by its member. The entry is then judged like any other. */
export async function deviceBrought(
  claims: readonly Claim[],
  batch: Batch,
  viewer: Pick<Viewer, 'member'>,
  standing: Standing,
): Promise<DevicePublicKey | undefined> {
  const claim = claims.find(
    ({ kind, coded }) => kind === deviceAdded.kind && coded.device === batch.device && coded.member === viewer.member,
  )
  const certified =
    claim && deviceAdded.coded.safeParse(claim.coded).success ? await checkCertificate(claim, standing) : undefined
  return certified?.ok ? certified.value : undefined
}

// Not strict, as `Entry` is: a first look leaves the rest of the text to the judge.
const Claim = Entry.pick({ kind: true, coded: true, on: true, author: true, programme: true }).strip()
type Claim = Pick<Entry, 'kind' | 'coded' | 'on' | 'author' | 'programme'>

/** What a text claims to be before anything vouches for it; undefined where it is no entry at all. */
export function firstLook(text: string): Claim | undefined {
  // Cheap and safe: a batch of cases is not parsed twice for the sake of the rare entry of membership.
  if (!text.includes('"kind":"log.')) return undefined
  try {
    return Claim.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const membershipNames = new Set(membershipKinds.filter((kind) => kind.stream !== 'keyed').map((kind) => kind.kind))
const isMembership = (claim: Pick<Entry, 'kind'>): boolean => membershipNames.has(claim.kind)
