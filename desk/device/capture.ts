import type { WrappedKey } from '@lentera/core/log/batch'
import type { Draft } from '@lentera/core/log/draft'
import { Entry } from '@lentera/core/log/entry'
import { isErased } from '@lentera/core/log/erasure'
import { parentsAfter } from '@lentera/core/log/fold'
import { nounOf, ofOfficersAsked, ofOrganisation, ofProgramme, type StreamNoun } from '@lentera/core/log/kind'
import { personOf } from '@lentera/core/log/records'
import { kinds } from '@lentera/core/rooms'
import { EntryId, type Hash, randomUuid, type StreamId, timedUuid } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { afterErasure } from '@lentera/core/support/capture'
import { type PersonKeySecret, randomBytes, sealFields, signEntry } from '@lentera/sealed/open'
import type { Seen } from './desk.ts'
import type { MemberDevice } from './member-device.ts'
import type { KeptEntry, KeptStream, Waiting } from './store.ts'

/** Where this device's chain of entries stands. */
export type Chain = {
  readonly last: Hash | null
  /** Hashes in order since the last one the server is known to have placed. */
  readonly hashes: readonly Hash[]
  /** Of the next entry. */
  readonly place: number
  /** The last hybrid logical clock shown: time goes on for a device whose clock was set back. */
  readonly clock: readonly [number, number]
}
export const noChain: Chain = { last: null, hashes: [], place: 0, clock: [0, 0] }

/**
 * Makes an entry of each draft: id, parents, chain, each opened field sealed, signed; and keeps entries, outbox and chain in
 * one durable write, under a lock that all tabs of this device share, so that they make one chain.
 *
 * @param persons the keys to seal with where a stream has none yet: streams that are being opened
 * @param keys wrapped keys that these entries vouch for
 * @param seen what they were decided from, where that may be older than what is kept here by now: they build on that alone, so that a
 *   field which was set meanwhile then has two answers, as where two devices set it
 * Refused: `access.role`, `desk.device-not-ready`, `desk.travelling`, `desk.no-key`, `desk.not-checked-yet`, `desk.storage-full`, and as
 * `afterErasure` (in an erased case nothing is sealed) and `sealFields`.
 */
export function capture(
  member: MemberDevice,
  drafts: readonly Draft[],
  {
    persons = [],
    keys = [],
    seen = () => undefined,
  }: {
    readonly persons?: readonly PersonKeySecret[]
    readonly keys?: readonly WrappedKey[]
    readonly seen?: Seen
  } = {},
): Promise<Decision<readonly Entry[]>> {
  return withChain(member, async (chain) => {
    const deviceKey = member.keyring.device
    const certificate = member.trust.members.get(member.me.member)?.hash
    if (!deviceKey || !certificate) return refuse('desk.device-not-ready')
    if (drafts.some(({ kind }) => isOfPerson(kind)) && (await member.readTravel())) return refuse('desk.travelling')
    const given = new Map(persons.map((key) => [key.stream, key]))
    const touched = new Map<StreamId, KeptStream | undefined>()
    // Of streams that may have gone on since they were looked at.
    const apart = new Map<StreamId, readonly EntryId[]>()
    const entries: Entry[] = []
    const kept: KeptEntry[] = []
    const waiting: Waiting[] = []
    let { last, clock, place } = chain
    const hashes = [...chain.hashes]
    for (const decided of drafts) {
      const { stream } = decided
      // From the store, not from memory: another tab may just have written.
      const before = touched.has(stream) ? touched.get(stream) : await member.store.stream(stream)
      if (before && !before.verified) return refuse('desk.not-checked-yet')
      const kind = kinds.get(decided.kind)
      // The server would refuse it; an erasure would by then have taken the keys of this device.
      if (kind && !kind.who.some((role) => member.me.roles.includes(role)))
        return refuse('access.role', { kind: kind.kind, allowed: kind.who.join(', ') })
      const passed = before && isErased(before.state) ? afterErasure(decided) : accept(decided)
      if (!passed.ok) return passed
      const draft = passed.value
      const isTimed = kind?.time !== 'sealed'
      const now = Date.now()
      clock = now > clock[0] ? [now, 0] : [clock[0], clock[1] + 1]
      const id = EntryId.parse(isTimed ? timedUuid(now, randomBytes(16)) : randomUuid(randomBytes(16)))
      const parents = apart.get(stream) ?? (before ? await parentsOf(member, before, seen(stream)) : [])
      const sealed = await sealDraft(member, draft, id, before, certificate, given.get(stream))
      if (!sealed.ok) return sealed
      const entry = Entry.parse({
        v: 1,
        id,
        programme: member.me.programme,
        stream,
        parents: [...parents],
        kind: draft.kind,
        version: draft.version,
        on: draft.on,
        coded: draft.coded,
        sealed: sealed.value,
        author: member.me.member,
        device: member.device,
        at: isTimed ? { time: now, clock } : null,
        prev: last,
      })
      const { text, signature, hash } = await signEntry(entry, deviceKey)
      const signed = { text, signature }
      const own = granted(entry)
      // What is decided at once builds on each other.
      if (seen(stream)) apart.set(stream, [id])
      touched.set(
        stream,
        await member.folded(
          stream,
          [entry],
          before,
          entries.filter((each) => each.stream === stream),
        ),
      )
      entries.push(entry)
      kept.push({ id, stream, signed, hash })
      const wrapped = keys.filter((key) => own.has(key.hash))
      const noun = touched.get(stream)?.noun
      const counting = noun !== undefined && ofOfficersAsked.has(noun) ? ({ uncounted: true } as const) : {}
      waiting.push({ place, id, stream, kind: draft.kind, signed, hash, keys: wrapped, ...counting, state: 'waiting' })
      hashes.push(hash)
      last = hash
      place += 1
    }
    const streams = [...touched.values()].filter((each) => each !== undefined)
    const next: Chain = { last, hashes, place, clock }
    const boxes = { chain: next, ...(keys.length > 0 ? await member.keyringBox() : {}) }
    const committed = await member.commit({ entries: kept, outbox: waiting, streams, boxes })
    if (!committed.ok) return committed
    for (const each of streams) member.streams.set(each.stream, each)
    member.waiting = [...member.waiting, ...waiting]
    return accept(entries)
  })
}

/** Streams that go along on a journey. Those of any other noun are about a person. */
export const aboutNobody: ReadonlySet<StreamNoun> = new Set([...ofProgramme, 'organisation', ...ofOrganisation])

/** A kind this program does not know is as narrow as a case. */
export const isOfPerson = (kind: string): boolean => !aboutNobody.has(nounOf(kinds.get(kind)) ?? 'case')

/** Runs one thing at a time that reads or moves the chain, over all tabs of this device. */
export function withChain<T>(member: MemberDevice, work: (chain: Chain) => Promise<T>): Promise<T> {
  return navigator.locks.request(`lentera-chain-${member.device}`, async () =>
    work((await member.store.box<Chain>('chain')) ?? noChain),
  )
}

/** All heads, or those that were seen: of these the ones that are still here, as one that the server refused is not. */
async function parentsOf(
  member: MemberDevice,
  { state }: KeptStream,
  seen: readonly EntryId[] | undefined,
): Promise<readonly EntryId[]> {
  const here = seen && (await member.store.have(seen))
  const heads = seen?.filter((each) => here?.has(each)) ?? []
  return parentsAfter(heads.length > 0 ? { heads } : state)
}

async function sealDraft(
  member: MemberDevice,
  { stream, opened }: Draft,
  entry: EntryId,
  before: KeptStream | undefined,
  certificate: Hash,
  given: PersonKeySecret | undefined,
): Promise<Decision<Readonly<Record<string, string>>>> {
  if (Object.keys(opened).length === 0) return accept({})
  const person = before && personOf(before.state)
  const key = (person && member.keyring.latestPerson(stream, person)) ?? given
  if (!key) return refuse('desk.no-key')
  const { programme, member: author } = member.me
  return sealFields(key, { programme, stream, entry, author }, certificate, opened)
}

function granted({ coded }: Entry): ReadonlySet<unknown> {
  return new Set(Array.isArray(coded.hashes) ? coded.hashes : [])
}
