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

export function draft(
  kind: Kind,
  stream: StreamId,
  on: CivilDate,
  coded: Entry['coded'],
  opened: Readonly<Record<string, string | undefined>> = {},
): Draft {
  const filled = Object.entries(opened).filter((field): field is [string, string] => Boolean(field[1]))
  return { kind: kind.kind, version: kind.version, stream, on, coded, opened: Object.fromEntries(filled) }
}
