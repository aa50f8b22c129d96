import * as z from 'zod'
import { CivilDate } from '../shared/dates.ts'
import { Base64Url, DeviceId, EntryId, Hash, MemberId, ProgrammeId, StreamId } from '../shared/ids.ts'

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
  parents: z.array(EntryId).max(32),
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

export const limits = {
  /** Entries in one batch. */
  batch: 200,
  /** UTF-8 bytes of one entry's canonical text: sealed narrative included, attachments not. */
  entryBytes: 256 * 1024,
} as const

/** Strings are NFC and numbers are whole: what two implementations could write differently is not accepted. */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'string') {
    const text = value.normalize('NFC')
    if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form')
    return JSON.stringify(text)
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new TypeError('only whole numbers have a place in an entry')
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value === 'object') {
    // RFC 8785, 3.2.3: members sorted by UTF-16 code units, which is what the default sort compares.
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([name, member]) => `${JSON.stringify(name.normalize('NFC'))}:${canonicalText(member)}`).join(',')}}`
  }
  throw new TypeError(`${typeof value} has no canonical form`)
}
