import * as z from 'zod'
import { CivilDate } from '../shared/dates.ts'
import { Base64Url, DeviceId, EntryId, Hash, MemberId, ProgrammeId, StreamId } from '../shared/ids.ts'

export const limits = {
  /** Entries in one batch. */
  batch: 200,
  /** UTF-8 bytes of one entry's canonical text: sealed narrative included, attachments not. */
  entryBytes: 256 * 1024,
  /** How deep the values of an entry nest, itself included. */
  depth: 32,
  /** Entries that one entry names as its parents. */
  parents: 32,
} as const

/**
 * An entry: one immutable statement about one stream, made on one device by one member.
 *
 * - `parents`  the entries this device had last seen on the stream: what makes two edits concurrent or successive
 * - `on`       a civil date with its precision; a quarter in support and justice, the exact date is sealed there
 * - `coded`    clear fields, each of which names the indicator that needs it
 * - `sealed`   field name to envelope (`sealed/`): to everything but the device an opaque value
 * - `at`       device time and hybrid logical clock, for display and never for truth; null where time is sealed
 * - `prev`     hash of this device's previous entry: no entry can vanish from a device's chain unseen
 */
export const Entry = z.strictObject({
  v: z.literal(1),
  id: EntryId,
  programme: ProgrammeId,
  stream: StreamId,
  parents: z.array(EntryId).max(limits.parents),
  kind: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
    .max(64),
  version: z.int().min(1).max(1000),
  on: CivilDate,
  coded: z.record(z.string().max(64), z.json()),
  sealed: z.record(z.string().max(64), Base64Url),
  author: MemberId,
  device: DeviceId,
  at: z.strictObject({ time: z.int(), clock: z.tuple([z.int(), z.int()]) }).nullable(),
  prev: Hash.nullable(),
})
export type Entry = z.infer<typeof Entry>

/** As it travels and is kept: the canonical text as signed, and the device's Ed25519 signature over its UTF-8 bytes. */
export const SignedEntry = z.strictObject({
  text: z.string().min(2),
  signature: Base64Url.length(86),
})
export type SignedEntry = z.infer<typeof SignedEntry>

/**
 * The one text of a JSON value: RFC 8785 (JCS), for values whose strings and names are NFC, whose numbers are whole, and
 * which nest no deeper than `limits.depth`; what two implementations could write differently is not accepted. Strings
 * are brought to NFC; members that are undefined are left out. Throws TypeError where a value has no canonical form.
 */
export function canonicalText(value: unknown): string {
  return write(value, limits.depth)
}

function write(value: unknown, depth: number): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'string') return JSON.stringify(normalised(value))
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new TypeError('only whole numbers have a place in an entry')
    return String(value)
  }
  if (depth === 0) throw new TypeError('nests too deep for a canonical form')
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth - 1)).join(',')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]): [string, unknown] => [normalised(name), member])
    // RFC 8785, 3.2.3: members sorted by UTF-16 code units, which is what `<` compares.
    members.sort(([a], [b]) => (a < b ? -1 : 1))
    if (members.some(([name], i) => name === members[i + 1]?.[0])) throw new TypeError('two members of one name')
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member, depth - 1)}`).join(',')}}`
  }
  throw new TypeError(`${typeof value} has no canonical form`)
}

function normalised(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form')
  return text.normalize('NFC')
}
