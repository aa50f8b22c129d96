import type { WrappedKey } from '@lentera/core/log/batch'
import type { SignedEntry } from '@lentera/core/log/entry'
import type { StreamState } from '@lentera/core/log/fold'
import type { StreamNoun } from '@lentera/core/log/kind'
import type { DeviceId, EntryId, Hash, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import { type LocalStoreKey, openBox, sealBox } from '@lentera/sealed/open'
import Dexie, { type Table } from 'dexie'

/**
 * What one member has on one device. Everything rests sealed under the key given; in the clear stand only the random ids
 * that the rows are found by. `commit` is the one way to write: all of a change is there afterwards, or none of it.
 */
export class Store {
  readonly #database: Dexie
  readonly #key: LocalStoreKey
  readonly #tables: Readonly<Record<TableName, Table<Row, string | number>>>

  constructor(device: DeviceId, key: LocalStoreKey) {
    this.#database = openDatabase(nameOf(device))
    this.#key = key
    const table = (name: TableName): Table<Row, string | number> => this.#database.table(name)
    this.#tables = {
      entries: table('entries'),
      outbox: table('outbox'),
      streams: table('streams'),
      wraps: table('wraps'),
      boxes: table('boxes'),
    }
  }

  /** Refused: `desk.storage-full`, and then nothing of the change is there. */
  async commit(change: Change): Promise<Decision<void>> {
    const [entries, outbox, streams, wraps, boxes] = await Promise.all([
      Promise.all((change.entries ?? []).map((kept) => this.#seal('entries', kept.id, kept, kept.stream))),
      Promise.all((change.outbox ?? []).map((kept) => this.#sealWaiting(kept))),
      Promise.all((change.streams ?? []).map((kept) => this.#seal('streams', kept.stream, kept))),
      Promise.all((change.wraps ?? []).map((kept) => this.#seal('wraps', kept.wrapped.hash, kept, kept.stream))),
      Promise.all(Object.entries(change.boxes ?? {}).map(([name, value]) => this.#seal('boxes', name, value))),
    ])
    const drop = change.drop ?? {}
    const t = this.#tables
    try {
      await this.#database.transaction('rw', Object.values(t), async () => {
        await Promise.all([
          t.entries.bulkPut(entries),
          t.outbox.bulkPut(outbox),
          t.streams.bulkPut(streams),
          t.wraps.bulkPut(wraps),
          t.boxes.bulkPut(boxes),
          drop.outbox && t.outbox.bulkDelete([...drop.outbox]),
          drop.entries && t.entries.bulkDelete([...drop.entries]),
          drop.wraps && t.wraps.bulkDelete([...drop.wraps]),
          drop.boxes && t.boxes.bulkDelete([...drop.boxes]),
          drop.streams && t.streams.bulkDelete([...drop.streams]),
          drop.streams &&
            t.entries
              .where('stream')
              .anyOf([...drop.streams])
              .delete(),
          drop.streams &&
            t.wraps
              .where('stream')
              .anyOf([...drop.streams])
              .delete(),
        ])
      })
      return accept(undefined)
    } catch (error) {
      if (isFull(error)) return refuse('desk.storage-full')
      throw error
    }
  }

  async stream(stream: StreamId): Promise<KeptStream | undefined> {
    return this.#open<KeptStream>('streams', await this.#tables.streams.get(stream))
  }

  streams(ids: readonly StreamId[]): Promise<KeptStream[]> {
    const rows = this.#tables.streams.bulkGet([...ids]).then((found) => found.filter((row) => row !== undefined))
    return this.#openAll<KeptStream>('streams', rows)
  }

  async streamIds(): Promise<StreamId[]> {
    // The table's keys are the ids it was given.
    return (await this.#tables.streams.toCollection().primaryKeys()) as StreamId[]
  }

  /** Every stream that a row names, also one of which no state is kept. */
  async namedStreams(): Promise<StreamId[]> {
    const { entries, wraps } = this.#tables
    const named = await Promise.all([entries, wraps].map((table) => table.orderBy('stream').uniqueKeys()))
    // The index holds the ids it was given.
    return [...new Set([...(await this.streamIds()), ...(named.flat() as StreamId[])])]
  }

  entriesOf(stream: StreamId): Promise<KeptEntry[]> {
    return this.#openAll<KeptEntry>('entries', this.#tables.entries.where('stream').equals(stream).toArray())
  }

  /** Which of these entries are here. */
  async have(ids: readonly EntryId[]): Promise<ReadonlySet<string>> {
    const found = await this.#tables.entries
      .where('id')
      .anyOf([...ids])
      .primaryKeys()
    return new Set(found.map(String))
  }

  countEntries(): Promise<number> {
    return this.#tables.entries.count()
  }

  /** In the order they were made. */
  outbox(): Promise<Waiting[]> {
    return this.#openAll<Waiting>('outbox', this.#tables.outbox.orderBy('id').toArray())
  }

  /** The first of those that wait to be sent: after a large import thousands do, and a batch takes some. */
  nextWaiting(most: number): Promise<Waiting[]> {
    const waiting = this.#tables.outbox.orderBy('id').filter(({ waits }) => waits !== false)
    return this.#openAll<Waiting>('outbox', waiting.limit(most).toArray())
  }

  wraps(): Promise<KeptWrap[]> {
    return this.#openAll<KeptWrap>('wraps', this.#tables.wraps.toArray())
  }

  async box<T>(name: string): Promise<T | undefined> {
    return this.#open<T>('boxes', await this.#tables.boxes.get(name))
  }

  /** The names of the boxes that begin so. */
  async boxNames(prefix: string): Promise<string[]> {
    return (await this.#tables.boxes.where('id').startsWith(prefix).primaryKeys()).map(String)
  }

  close(): void {
    this.#database.close()
  }

  /** Whether it waits, and is counted, stands in the clear beside it, so that a locked device can say how many do. */
  async #sealWaiting(kept: Waiting): Promise<Row> {
    const { uncounted, state } = kept
    const row = await this.#seal('outbox', kept.place, kept)
    return { ...row, waits: state === 'waiting', ...(uncounted ? { uncounted } : {}) }
  }

  async #seal(table: TableName, id: string | number, value: unknown, stream?: StreamId): Promise<Row> {
    const box = await sealBox(this.#key, { table, record: String(id) }, value)
    return stream === undefined ? { id, box } : { id, stream, box }
  }

  /** What was altered from outside does not open, and is as if it were not there: it is fetched again. */
  async #open<T>(table: TableName, row: Row | undefined): Promise<T | undefined> {
    if (row === undefined) return undefined
    const opened = await openBox(this.#key, { table, record: String(row.id) }, row.box)
    // Authentic, so it is what `commit` was given for this table.
    return opened.ok ? (opened.value as T) : undefined
  }

  async #openAll<T>(table: TableName, rows: PromiseLike<Row[]>): Promise<T[]> {
    const opened = await Promise.all((await rows).map((row) => this.#open<T>(table, row)))
    return opened.filter((value) => value !== undefined)
  }
}

/** How many entries wait to be sent on a locked device, those that officers answered apart: a number that needs no key. */
export async function countKept(device: DeviceId): Promise<number> {
  const database = openDatabase(nameOf(device))
  try {
    const rows = database.table<Row>('outbox')
    return await rows.filter(({ waits, uncounted }) => waits !== false && !uncounted).count()
  } finally {
    database.close()
  }
}

export async function deleteStore(device: DeviceId): Promise<void> {
  await Dexie.delete(nameOf(device))
}

export type KeptEntry = {
  /** Its id; of one that is not believed its hash, so that it never stands in the place of the true one. */
  readonly id: EntryId | Hash
  readonly stream: StreamId
  readonly signed: SignedEntry
  readonly hash: Hash
  /** Why it is not believed; it is kept and folded into nothing. */
  readonly unbelieved?: Refusal
}

/** An entry made here that the server has not placed yet, or would not. */
export type Waiting = {
  /** Its position in this device's chain. */
  readonly place: number
  readonly id: EntryId
  readonly stream: StreamId
  readonly kind: string
  readonly signed: SignedEntry
  readonly hash: Hash
  /** Wrapped keys that this entry vouches for. */
  readonly keys: readonly WrappedKey[]
  /** What an officer answered: in no number that is shown (`ofOfficersAsked`). */
  readonly uncounted?: true
  readonly state: 'waiting' | 'refused' | 'quarantined' | 'set-aside'
  readonly refusal?: Refusal
}

export type KeptStream = {
  readonly stream: StreamId
  readonly noun: StreamNoun
  readonly state: StreamState
  /** False while it is the server's own fold, whose entries have not been fetched and checked here. */
  readonly verified: boolean
}

/** A wrapped key whose grant has not been seen in the log yet. */
export type KeptWrap = { readonly stream: StreamId; readonly wrapped: WrappedKey }

export type Change = {
  readonly entries?: readonly KeptEntry[]
  readonly outbox?: readonly Waiting[]
  readonly streams?: readonly KeptStream[]
  readonly wraps?: readonly KeptWrap[]
  readonly boxes?: Readonly<Record<string, unknown>>
  readonly drop?: {
    readonly outbox?: readonly number[]
    readonly entries?: readonly EntryId[]
    readonly wraps?: readonly Hash[]
    readonly boxes?: readonly string[]
    /** With their entries and wrapped keys. */
    readonly streams?: readonly StreamId[]
  }
}

type TableName = 'entries' | 'outbox' | 'streams' | 'wraps' | 'boxes'
type Row = {
  readonly id: string | number
  readonly stream?: StreamId
  readonly waits?: boolean
  readonly uncounted?: true
  readonly box: Uint8Array
}

export const nameOf = (device: DeviceId): string => `lentera-${device}`

export function openDatabase(name: string): Dexie {
  // Relaxed durability, Chromium's default, may lose the last seconds of a device whose battery is pulled.
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' })
  database
    .version(1)
    .stores({ entries: '&id, stream', outbox: '&id', streams: '&id', wraps: '&id, stream', boxes: '&id' })
  return database
}

function isFull(error: unknown): boolean {
  const names = [error, error instanceof Error && 'inner' in error ? error.inner : undefined].map((each) =>
    each instanceof Error || each instanceof DOMException ? each.name : '',
  )
  return names.includes('QuotaExceededError')
}
