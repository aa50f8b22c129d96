import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { Entry as Entries, type Entry, limits, type SignedEntry } from '@lentera/core/log/entry'
import { foldVersion } from '@lentera/core/log/fold'
import { handedIn, nounOf, ofOrganisation, ofProgramme } from '@lentera/core/log/kind'
import { deviceAdded, memberAdmitted, memberRemoved } from '@lentera/core/log/membership'
import { kinds } from '@lentera/core/rooms'
import type { EntryId, Hash, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision } from '@lentera/core/shared/refusals'
import { signBatch } from '@lentera/sealed/open'
import {
  addToDigest,
  type Digest,
  emptyDigest,
  hashNow,
  RootPublicKey,
  type VerifiedEntry,
} from '@lentera/sealed/verify'
import type { KeyOfStream, PulledAnswer } from './answers.ts'
import type { Api } from './api.ts'
import { type Chain, withChain } from './capture.ts'
import { listBoxes } from './kept-list.ts'
import { isGoneFrom, type MemberDevice, withList } from './member-device.ts'
import type { KeptEntry, KeptStream, KeptWrap, Waiting } from './store.ts'
import { believe, type Claim, claimsOf, trustIn } from './trust.ts'

/** How far this device has fetched, and what it should then hold by what it was given. */
export type Fetched = {
  readonly epoch: string | null
  readonly after: EntryId | null
  readonly digests: Readonly<Record<string, { readonly entries: number; readonly digest: Digest }>>
  /** True while a digest does not agree even with everything fetched anew: shown. */
  readonly disagrees: boolean
}
export const nothingFetched: Fetched = { epoch: null, after: null, digests: {}, disagrees: false }

/** What an exchange tells while it runs. */
export type Told = {
  /** These streams have changed; null: nothing of what she sees. */
  readonly changed: (streams: readonly StreamId[]) => Promise<void>
  readonly verifying: (progress: { readonly done: number; readonly total: number } | undefined) => void
}

// --- sending -----------------------------------------------------------------------------------------------------------

/** Sends the outbox, oldest first, until nothing waits. What is refused stays, with its refusal. */
export async function push(member: MemberDevice, api: Api, told: Told): Promise<Decision<void>> {
  let mended = false
  while (!member.closed) {
    const batch = await nextBatch(member)
    if (!batch) return accept(undefined)
    const answer = await api.append(batch.batch)
    if (!answer.ok) return answer
    const reply = answer.value
    const streams = await withChain(member, (chain) => settle(member, chain, batch, reply))
    await forgetHandedIn(member, streams)
    await told.changed(streams)
    if (reply.ok) continue
    // The server stands further than we knew (an answer was lost): go on from there, once.
    const isKnown = reply.refusal.code === 'log.chain-broken' && batch.batch.chain.some((hash) => hash === reply.head)
    if (mended || !isKnown) return { ok: false, refusal: reply.refusal }
    mended = true
  }
  return accept(undefined)
}

type Sending = { readonly batch: Batch; readonly waiting: readonly Waiting[] }

/** As much as one request carries: entries of together a few megabytes. */
const batchBytes = 4 * 1024 * 1024

function nextBatch(member: MemberDevice): Promise<Sending | undefined> {
  return withChain(member, async (chain) => {
    const key = member.keyring.device
    const waiting: Waiting[] = []
    let bytes = 0
    for (const each of await member.store.nextWaiting(limits.batch)) {
      bytes += each.signed.text.length
      if (waiting.length > 0 && bytes > batchBytes) break
      waiting.push(each)
    }
    const last = waiting.at(-1)
    if (!key || !last) return undefined
    const hashes = chain.hashes.slice(0, chain.hashes.indexOf(last.hash) + 1)
    const { programme } = member.me
    const batch = await signBatch(
      {
        programme,
        device: member.device,
        chain: hashes,
        entries: waiting.map(({ signed }) => signed),
        keys: waiting.flatMap(({ keys }) => keys),
      },
      key,
    )
    return { batch, waiting }
  })
}

async function settle(
  member: MemberDevice,
  chain: Chain,
  { batch, waiting }: Sending,
  reply: BatchReply,
): Promise<readonly StreamId[]> {
  const placed = new Set<string>(batch.chain)
  if (!reply.ok) {
    const upTo = reply.head === null ? -1 : chain.hashes.indexOf(reply.head)
    if (upTo >= 0) await member.commit({ boxes: { chain: { ...chain, hashes: chain.hashes.slice(upTo + 1) } } })
    return []
  }
  const sent: number[] = []
  const kept: Waiting[] = []
  for (const [i, each] of waiting.entries()) {
    const outcome = reply.outcomes[i]
    if (outcome?.outcome === 'stored' || outcome?.outcome === 'already there') sent.push(each.place)
    else if (outcome) kept.push({ ...each, state: outcome.outcome, refusal: outcome.refusal })
  }
  const next: Chain = { ...chain, hashes: chain.hashes.filter((hash) => !placed.has(hash)) }
  // A refused entry is in nobody's log: it is shown from the outbox, and what is made from now on does not build on it.
  const refused = kept.filter(({ state }) => state === 'refused')
  await member.commit({
    outbox: kept,
    boxes: { chain: next },
    drop: { outbox: sent, entries: refused.map(({ id }) => id) },
  })
  const streams: KeptStream[] = []
  const emptied: StreamId[] = []
  for (const stream of new Set(refused.map((each) => each.stream))) {
    const folded = await member.refolded(stream)
    if (folded.state.entries > 0) streams.push(folded)
    else emptied.push(stream)
  }
  await member.commit({ streams, drop: { streams: emptied } })
  await member.unerase(streams)
  for (const each of streams) member.streams.set(each.stream, each)
  for (const stream of emptied) member.streams.delete(stream)
  const settled = new Map(kept.map((each) => [each.place, each]))
  const gone = new Set(sent)
  member.waiting = member.waiting.flatMap((each) => (gone.has(each.place) ? [] : [settled.get(each.place) ?? each]))
  return [...new Set(waiting.map(({ stream }) => stream))]
}

/** What was promised to be read by nobody rests here no longer than until it is sent. */
async function forgetHandedIn(member: MemberDevice, sent: readonly StreamId[]): Promise<void> {
  const waiting = new Set(member.waiting.map(({ stream }) => stream))
  const isDone = (stream: StreamId): boolean =>
    handedIn.has(member.streams.get(stream)?.noun ?? 'case') && !waiting.has(stream)
  await forgetStreams(member, sent.filter(isDone))
}

// --- fetching ----------------------------------------------------------------------------------------------------------

/**
 * Fetches what is new, checks each entry's signature back to the pinned root, folds it, and compares what is held with the
 * server's digests. Where her access changed it first forgets what she may not hold any more, keys before all.
 */
export async function pull(member: MemberDevice, api: Api, told: Told): Promise<Decision<void>> {
  let fetched = (await member.store.box<Fetched>('fetched')) ?? nothingFetched
  const isFresh = fetched.epoch === null
  if (isFresh) {
    const states = await pullStates(member, api, told)
    if (!states.ok) return states
  }
  let emptyPages = 0
  while (!member.closed) {
    const answer = await api.pull({ epoch: fetched.epoch, after: fetched.after })
    if (!answer.ok) return answer
    const page = answer.value
    if (page.restart) {
      if (!isFresh) {
        await keepHasAll(member, false)
        const forgotten = await forgetWhatIsNotHers(member, api, told)
        if (!forgotten.ok) return forgotten
      }
      fetched = { ...nothingFetched, epoch: page.epoch, disagrees: fetched.disagrees }
    }
    fetched = await takeIn(member, page, fetched, told)
    if (page.more) continue
    await checkUnverified(member, told)
    if (agrees(fetched, page.digests)) {
      if (fetched.disagrees) await member.commit({ boxes: { fetched: { ...fetched, disagrees: false } } })
      await keepHasAll(member, true)
      await told.changed([])
      return accept(undefined)
    }
    // Entries may have come between the page and its digests: looking once more tells.
    emptyPages += 1
    if (page.entries.length > 0 && emptyPages < 3) continue
    if (Date.now() - member.fetchedAnew < anewAfter) {
      await member.commit({ boxes: { fetched: { ...fetched, disagrees: true } } })
      return accept(undefined)
    }
    member.fetchedAnew = Date.now()
    emptyPages = 0
    fetched = { ...nothingFetched, epoch: fetched.epoch }
  }
  return accept(undefined)
}

async function keepHasAll(member: MemberDevice, hasAll: boolean): Promise<void> {
  if (member.hasAll === hasAll || member.closed) return
  member.hasAll = hasAll
  await member.commit({ boxes: { hasAll } })
}

/** All is fetched anew at most so often, and once after each unlocking. Milliseconds. */
const anewAfter = 10 * 60_000

/** What is shown at once on a fresh device: the server's folded states. Their entries are fetched and checked behind them. */
async function pullStates(member: MemberDevice, api: Api, told: Told): Promise<Decision<void>> {
  let after: StreamId | null = null
  do {
    const answer = await api.states(after)
    if (!answer.ok) return answer
    const page = answer.value
    const streams = page.states
      .filter(({ stream, state }) => !member.streams.get(stream)?.verified && state.fold === foldVersion)
      .map(({ stream, noun, state }): KeptStream => ({ stream, noun, state, verified: false }))
    for (const each of streams) member.streams.set(each.stream, each)
    await keepWithKeys(member, { entries: [], streams, keys: page.keys, boxes: {} })
    if (streams.some(({ noun }) => noun === 'organisation')) await member.refreshTrust()
    await told.changed(streams.map(({ stream }) => stream))
    after = page.more ? page.after : null
  } while (after !== null && !member.closed)
  return accept(undefined)
}

async function takeIn(member: MemberDevice, page: PulledAnswer, fetched: Fetched, told: Told): Promise<Fetched> {
  const have = await member.store.have(page.entries.flatMap((signed) => idOf(signed) ?? []))
  const fresh = page.entries.filter((signed) => !have.has(idOf(signed) ?? ''))
  // What is here already was said by its stream: under its id nothing else is heard.
  const claims = fresh.flatMap((signed) => claimOf(signed) ?? [])
  const root = RootPublicKey.safeParse(member.me.rootSign)
  // What this page itself says of membership counts for it: an admission stands before what the member writes.
  const known = [...member.streams.values()].filter(({ noun }) => noun === 'organisation')
  const isNews = claims.length > 0 || known.some(({ verified }) => !verified)
  const said = isNews ? [...known.flatMap(({ state }) => claimsOf(state)), ...claims] : []
  const ancestry = () => member.ancestry(fresh.flatMap((signed) => entryIn(signed) ?? []))
  const trust = root.success && isNews ? await trustIn(said, root.data, ancestry) : member.trust
  const answers = await Promise.all(fresh.map((signed) => believe(signed, trust)))
  const believed: VerifiedEntry[] = []
  const kept: KeptEntry[] = []
  for (const [i, answer] of answers.entries()) {
    const signed = fresh[i]
    const place = signed && placeOf(signed)
    if (answer.ok) {
      const { entry, hash } = answer.value
      believed.push(answer.value)
      kept.push({ id: entry.id, stream: entry.stream, signed: answer.value.signed, hash })
    } else if (signed && place) {
      const hash = hashNow(signed.text)
      kept.push({ id: hash, stream: place.stream, signed, hash, unbelieved: answer.refusal })
    }
  }
  const streams = await foldIn(
    member,
    believed.map(({ entry }) => entry),
  )
  const digests = counted(member, fetched.digests, page.entries)
  const next: Fetched = { ...fetched, epoch: page.epoch, after: page.after, digests }
  await keepWithKeys(member, { entries: kept, streams, keys: page.keys, boxes: { fetched: next } })
  if (streams.some(({ noun }) => noun === 'organisation')) await member.refreshTrust()
  const total = Object.values(page.digests).reduce((sum, each) => sum + each.entries, 0)
  const done = Object.values(digests).reduce((sum, each) => sum + each.entries, 0)
  told.verifying(page.more ? { done, total } : undefined)
  const touched = new Set([...streams, ...page.keys].map(({ stream }) => stream))
  if (touched.size > 0) await told.changed([...touched])
  return next
}

/** Folds entries into the streams that are checked already; the others wait until all of theirs are here. */
async function foldIn(member: MemberDevice, entries: readonly Entry[]): Promise<KeptStream[]> {
  const byStream = Map.groupBy(entries, ({ stream }) => stream)
  const streams: KeptStream[] = []
  for (const [stream, some] of byStream) {
    const before = member.streams.get(stream)
    if (before && !before.verified) continue
    const after = before ? await member.folded(stream, some, before) : await member.folded(stream, some)
    streams.push(after)
  }
  return streams
}

/** Folds from checked entries every stream that still shows the server's word; one without entries was invented, and goes. */
async function checkUnverified(member: MemberDevice, told: Told): Promise<void> {
  const unverified = [...member.streams.values()].filter(({ verified }) => !verified)
  for (let start = 0; start < unverified.length; start += 200) {
    const some = unverified.slice(start, start + 200)
    const folded = await Promise.all(some.map(({ stream }) => member.refolded(stream)))
    const streams = folded.filter(({ state }) => state.entries > 0)
    const drop = folded.filter(({ state }) => state.entries === 0).map(({ stream }) => stream)
    for (const each of streams) member.streams.set(each.stream, each)
    for (const stream of drop) member.forget(stream)
    await keepWithKeys(member, { entries: [], streams, keys: [], boxes: {}, drop })
    await told.changed(some.map(({ stream }) => stream))
  }
  if (unverified.some(({ noun }) => noun === 'organisation')) await member.refreshTrust()
  told.verifying(undefined)
}

/** Keeps all of it in one write, with the keys that can be opened by now; the others wait for their grant. */
async function keepWithKeys(
  member: MemberDevice,
  given: {
    readonly entries: readonly KeptEntry[]
    readonly streams: readonly KeptStream[]
    readonly keys: readonly KeyOfStream[]
    readonly boxes: Readonly<Record<string, unknown>>
    readonly drop?: readonly StreamId[]
  },
): Promise<void> {
  for (const each of given.streams) member.streams.set(each.stream, each)
  const arrived = given.keys.map(({ stream, ...wrapped }): KeptWrap => ({ stream, wrapped }))
  const all = [...(given.streams.length > 0 || arrived.length > 0 ? await member.store.wraps() : []), ...arrived]
  const { done, added } = await member.openKeys(all)
  const isDone = new Set(done)
  const keep = async () =>
    member.commit({
      entries: given.entries,
      streams: given.streams,
      wraps: arrived.filter(({ wrapped }) => !isDone.has(wrapped.hash)),
      boxes: { ...given.boxes, ...(added ? await member.keyringBox() : {}) },
      drop: { wraps: done, ...(given.drop ? { streams: given.drop } : {}) },
    })
  await (given.streams.some(isGoneFrom) ? withChain(member, keep) : keep())
}

async function forgetWhatIsNotHers(member: MemberDevice, api: Api, told: Told): Promise<Decision<void>> {
  const hers = new Set<StreamId>()
  let after: StreamId | null = null
  do {
    const answer = await api.states(after)
    if (!answer.ok) return answer
    for (const { stream } of answer.value.states) hers.add(stream)
    after = answer.value.more ? answer.value.after : null
  } while (after !== null)
  const unsent = new Set(member.waiting.map(({ stream }) => stream))
  const gone = [...member.streams.keys()].filter((stream) => !hers.has(stream) && !unsent.has(stream))
  await forgetStreams(member, gone)
  await told.changed(gone)
  return accept(undefined)
}

/** Keys first: should the rest be cut off, what is left opens no more. */
export async function forgetStreams(member: MemberDevice, streams: readonly StreamId[]): Promise<void> {
  if (streams.length === 0) return
  await withList(member, async () => {
    for (const stream of streams) member.forget(stream)
    // The list names them too, and needs no key of theirs.
    await member.commit({ boxes: await member.keyringBox(), drop: { boxes: listBoxes } })
    await member.commit({ drop: { streams } })
  })
}

// --- what an entry is before it is believed -----------------------------------------------------------------------------

function placeOf({ text }: SignedEntry): { id: EntryId; stream: StreamId } | undefined {
  try {
    const { id, stream } = JSON.parse(text)
    // Only to keep it by: what is not believed is folded into nothing.
    return typeof id === 'string' && typeof stream === 'string'
      ? { id: id as EntryId, stream: stream as StreamId }
      : undefined
  } catch {
    return undefined
  }
}

const idOf = (signed: SignedEntry): EntryId | undefined => placeOf(signed)?.id

const membership: ReadonlySet<string> = new Set([memberAdmitted.kind, memberRemoved.kind, deviceAdded.kind])

function claimOf({ text }: SignedEntry): Claim | undefined {
  if (!text.includes('"kind":"log.')) return undefined
  try {
    const { id, kind, coded } = JSON.parse(text)
    return membership.has(kind) ? { entry: id, kind, coded } : undefined
  } catch {
    return undefined
  }
}

function entryIn({ text }: SignedEntry): Entry | undefined {
  try {
    return Entries.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

// --- digests -----------------------------------------------------------------------------------------------------------

function counted(
  member: MemberDevice,
  digests: Fetched['digests'],
  entries: readonly SignedEntry[],
): Fetched['digests'] {
  const next = new Map(Object.entries(digests))
  for (const [audience, some] of Map.groupBy(entries, (signed) => audienceOf(member, signed))) {
    const before = next.get(audience) ?? { entries: 0, digest: emptyDigest }
    const hashes = some.map(({ text }): Hash => hashNow(text))
    next.set(audience, { entries: before.entries + some.length, digest: addToDigest(before.digest, ...hashes) })
  }
  return Object.fromEntries(next)
}

/** Whom the server gives such an entry to (`server/access/viewer.ts`), as far as she is one of them. */
function audienceOf(member: MemberDevice, signed: SignedEntry): string {
  const kind = kindOf(signed)
  const { organisation, team } = member.me
  const noun = nounOf(kinds.get(kind))
  switch (noun) {
    case 'person-link':
      return 'stewards'
    case 'organisation':
      return `organisation:${organisation}`
    default:
      if (noun && ofProgramme.has(noun)) return 'programme'
      if (noun && ofOrganisation.has(noun)) return `organisation:${organisation}`
      return team ? `team:${team}` : `organisation:${organisation}`
  }
}

function kindOf({ text }: SignedEntry): string {
  try {
    return String(JSON.parse(text).kind)
  } catch {
    return ''
  }
}

function agrees({ digests }: Fetched, theirs: Fetched['digests']): boolean {
  return Object.entries(theirs).every(
    ([audience, each]) => each.entries === 0 || digests[audience]?.digest === each.digest,
  )
}
