import type { CivilDate } from '../shared/dates.ts'
import type { StreamId } from '../shared/ids.ts'
import type { Entry } from './entry.ts'
import type { Kind } from './kind.ts'

/**
 * An entry as a command decided it, before the device gives it an id and parents, seals `opened` field by field, and
 * signs it. The one place where a field that will be sealed stands in the clear.
 */
export type Draft = {
  readonly kind: string
  readonly version: number
  readonly stream: StreamId
  readonly on: CivilDate
  readonly coded: Entry['coded']
  readonly opened: Readonly<Record<string, string>>
}

/** Fields that are undefined are not said; an empty sealed text is: it takes back what stood there. */
export function draft(
  kind: Kind,
  stream: StreamId,
  on: CivilDate,
  coded: Readonly<Record<string, Entry['coded'][string] | undefined>>,
  opened: Readonly<Record<string, string | undefined>> = {},
): Draft {
  return { kind: kind.kind, version: kind.version, stream, on, coded: said(coded), opened: said(opened) }
}

/** A change that says nothing anew. */
export const isNothing = (fields: Readonly<Record<string, unknown>>): boolean =>
  Object.values(fields).every((value) => value === undefined)

function said<T>(fields: Readonly<Record<string, T | undefined>>): Record<string, T> {
  const filled = Object.entries(fields).filter((field): field is [string, T] => field[1] !== undefined)
  return Object.fromEntries(filled)
}
