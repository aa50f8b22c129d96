import type { Batch, BatchReply, Outcome, WrappedKey } from '@lentera/core/log/batch'
import type { Draft } from '@lentera/core/log/draft'
import { Entry, limits, type SignedEntry } from '@lentera/core/log/entry'
import { fold, parentsAfter, type StreamState } from '@lentera/core/log/fold'
import { kinds } from '@lentera/core/rooms'
import {
  type DeviceId,
  EntryId,
  type Hash,
  type MemberId,
  type ProgrammeId,
  randomUuid,
  type StreamId,
  timedUuid,
} from '@lentera/core/shared/ids'
import {
  type DeviceKey,
  type Keyring,
  type PersonKeySecret,
  type Randomness,
  randomBytes,
  sealFields,
  signBatch,
  signEntry,
} from '@lentera/sealed/open'

/** Where a device appends: the server over HTTP, or its append route called directly. */
export type AppendDoor = (batch: Batch) => Promise<BatchReply>

export type DeviceIdentity = {
  readonly programme: ProgrammeId
  readonly member: MemberId
  readonly device: DeviceId
  readonly key: DeviceKey
  /** Hash of the member's certificate: which key of hers an envelope was made under. */
  readonly certificate: Hash
}

type Written = { readonly entry: Entry; readonly signed: SignedEntry; readonly hash: Hash }

/** One device of one member, with its chain, its outbox and the streams it knows. */
export class Device {
  readonly identity: DeviceIdentity
  readonly keyring: Keyring
  readonly #random: Randomness
  readonly #now: () => number
  readonly #streams = new Map<StreamId, Map<EntryId, Entry>>()
  /** The signed hash list since what the server has placed, and the entries and keys not yet answered for. */
  #chain: Hash[] = []
  #last: Hash | null = null
  #outbox: Written[] = []
  #keys: WrappedKey[] = []

  constructor(
    identity: DeviceIdentity,
    keyring: Keyring,
    {
      random = randomBytes,
      now = Date.now,
      last = null,
    }: { random?: Randomness; now?: () => number; last?: Hash | null } = {},
  ) {
    this.identity = identity
    this.keyring = keyring
    this.#random = random
    this.#now = now
    this.#last = last
  }

  get unsent(): number {
    return this.#outbox.length
  }

  /** What this device knows of a stream, folded. */
  state(stream: StreamId): StreamState {
    return fold(kinds, this.#streams.get(stream)?.values() ?? [])
  }

  entries(stream: StreamId): Entry[] {
    return [...(this.#streams.get(stream)?.values() ?? [])]
  }

  /** Makes an entry of each draft, in order; `person` seals what is opened in them. They wait in the outbox. */
  async write(drafts: readonly Draft[], person?: PersonKeySecret, keys: readonly WrappedKey[] = []): Promise<Entry[]> {
    const entries: Entry[] = []
    for (const draft of drafts) entries.push(await this.#write(draft, person))
    this.#keys.push(...keys)
    return entries
  }

  async #write(draft: Draft, person: PersonKeySecret | undefined): Promise<Entry> {
    const { programme, member, device, key, certificate } = this.identity
    const isTimed = kinds.get(draft.kind)?.time !== 'sealed'
    const now = this.#now()
    const id = EntryId.parse(isTimed ? timedUuid(now, this.#random(16)) : randomUuid(this.#random(16)))
    const known = this.#streams.get(draft.stream)
    const built = new Set([...(known?.values() ?? [])].flatMap((entry) => entry.parents))
    const heads = [...(known?.keys() ?? [])].filter((other) => !built.has(other)).sort()
    const place = { programme, stream: draft.stream, entry: id, author: member }
    const sealed = person ? await sealFields(person, place, certificate, draft.opened) : undefined
    if (sealed && !sealed.ok) throw new Error(`could not seal: ${sealed.refusal.code}`)
    if (!person && Object.keys(draft.opened).length > 0) throw new Error('no key to seal these fields with')
    const entry = Entry.parse({
      v: 1,
      id,
      programme,
      stream: draft.stream,
      parents: parentsAfter({ heads }),
      kind: draft.kind,
      version: draft.version,
      on: draft.on,
      coded: draft.coded,
      sealed: sealed?.value ?? {},
      author: member,
      device,
      at: isTimed ? { time: now, clock: [now, 0] } : null,
      prev: this.#last,
    })
    const { text, signature, hash } = await signEntry(entry, key)
    this.learn([entry])
    this.#last = hash
    this.#chain.push(hash)
    this.#outbox.push({ entry, signed: { text, signature }, hash })
    return entry
  }

  /** Takes in entries of other devices. */
  learn(entries: Iterable<Entry>): void {
    for (const entry of entries) {
      const stream = this.#streams.get(entry.stream) ?? new Map<EntryId, Entry>()
      stream.set(entry.id, entry)
      this.#streams.set(entry.stream, stream)
    }
  }

  /** The next batch of the outbox, signed; undefined where nothing waits. */
  async nextBatch(size: number = limits.batch): Promise<Batch | undefined> {
    if (this.#outbox.length === 0) return undefined
    const sending = this.#outbox.slice(0, size)
    const last = sending.at(-1)
    const chain = this.#chain.slice(0, last ? this.#chain.indexOf(last.hash) + 1 : 0)
    const { programme, device, key } = this.identity
    // Keys go with the last batch: the entry that vouches for them is in this one or was answered for before.
    const granted = new Set(
      sending.flatMap(({ entry }) => (Array.isArray(entry.coded.hashes) ? entry.coded.hashes : [])),
    )
    const keys = this.#keys.filter(({ hash }) => granted.has(hash))
    return signBatch({ programme, device, chain, entries: sending.map(({ signed }) => signed), keys }, key)
  }

  /** Notes an answer: what was placed leaves the outbox, refused or not; the refusals come back to the caller. */
  placed(batch: Batch, reply: BatchReply): Outcome[] {
    if (!reply.ok) throw new Error(`the batch was refused: ${reply.refusal.code}`)
    const sent = new Set(batch.entries.map(({ text }) => text))
    this.#outbox = this.#outbox.filter(({ signed }) => !sent.has(signed.text))
    const chained = new Set(batch.chain)
    this.#chain = this.#chain.filter((hash) => !chained.has(hash))
    const keys = new Set(batch.keys)
    this.#keys = this.#keys.filter((key) => !keys.has(key))
    return reply.outcomes.filter(({ outcome }) => outcome === 'refused' || outcome === 'quarantined')
  }

  /** Sends the whole outbox. @returns what was refused or quarantined */
  async push(door: AppendDoor, size: number = limits.batch): Promise<Outcome[]> {
    const notStored: Outcome[] = []
    for (let batch = await this.nextBatch(size); batch; batch = await this.nextBatch(size)) {
      notStored.push(...this.placed(batch, await door(batch)))
    }
    return notStored
  }
}
