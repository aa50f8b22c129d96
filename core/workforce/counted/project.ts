import * as z from 'zod'
import { agreedValue, type RecordState, type StreamState, streamRecord } from '../../log/fold.ts'
import { isEnteredInError, recordsOfKind } from '../../log/records.ts'
import { Agency } from '../../shared/agencies.ts'
import { exactly, type Interval } from '../../shared/counts.ts'
import type { EntryId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { Counted, Place, Trust } from '../words.ts'

/** Of whom numbers are, and where they come from. Undefined is what two answers stand beside each other for. */
export type HeadSaid = {
  readonly country: Country | undefined
  readonly agency: Agency | undefined
  readonly place: Place | undefined
  readonly counted: Counted | undefined
  readonly trust: Trust | undefined
  readonly source: string | undefined
}

/** One row of officers. A count is an interval where two numbers stand beside each other. */
export type CountedRow = {
  readonly record: EntryId
  readonly women: Interval
  readonly men: Interval
  readonly unrecorded: Interval
  readonly enteredInError: boolean
}

export function headOf({ records }: StreamState): HeadSaid {
  const root = records[streamRecord]
  return {
    country: Country.safeParse(agreedValue(root, 'country')).data,
    agency: Agency.safeParse(agreedValue(root, 'agency')).data,
    place: Place.safeParse(agreedValue(root, 'place')).data,
    counted: Counted.safeParse(agreedValue(root, 'counted')).data,
    trust: Trust.safeParse(agreedValue(root, 'trust')).data,
    source: z.string().safeParse(agreedValue(root, 'source')).data,
  }
}

/** @param about what a row is of, beside its numbers */
export function rowsOf<About>(
  state: StreamState,
  kind: string,
  about: (said: RecordState) => About,
): (CountedRow & About)[] {
  return recordsOfKind(state, kind).map(({ record, state: said }) => ({
    ...about(said),
    record,
    women: countOf(said, 'women'),
    men: countOf(said, 'men'),
    unrecorded: countOf(said, 'unrecorded'),
    enteredInError: isEnteredInError(said),
  }))
}

/** What is said of a count; both ends where two numbers stand beside each other. */
function countOf(record: RecordState, field: string): Interval {
  const said = (record.fields[field] ?? []).flatMap(
    (head) => ('value' in head && z.int().safeParse(head.value).data) || 0,
  )
  return said.length === 0 ? exactly(0) : { low: Math.min(...said), high: Math.max(...said) }
}
