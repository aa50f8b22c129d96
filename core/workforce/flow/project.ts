import * as z from 'zod'
import { agreedValue, type StreamState, streamRecord } from '../../log/fold.ts'
import { isEnteredInError, recordsOfKind } from '../../log/records.ts'
import { Agency } from '../../shared/agencies.ts'
import { Country } from '../../shared/places.ts'
import { countOf, type Headcount, type RankCount, standingOf } from '../project.ts'
import { Counted, Place, Rank, Trust } from '../words.ts'
import { flowCounted } from './entries.ts'
import { Happening } from './words.ts'

/** Officers to whom the same happened. Undefined is what two answers stand beside each other for. */
export type FlowRow = RankCount & { readonly happening: Happening | undefined; readonly to: Rank | null | undefined }

/** Who came, rose and left in the period `on`, in all units together: it is headed as a headcount is. */
export type Flow = Omit<Headcount, 'rows' | 'unit'> & { readonly rows: readonly FlowRow[] }

/** The state of a stream as the flows of a period; undefined while the entry that opens it has not arrived. */
export function projectFlow(state: StreamState): Flow | undefined {
  const standing = standingOf(state)
  const root = state.records[streamRecord]
  if (!standing) return undefined
  return {
    ...standing,
    country: Country.safeParse(agreedValue(root, 'country')).data,
    agency: Agency.safeParse(agreedValue(root, 'agency')).data,
    place: Place.safeParse(agreedValue(root, 'place')).data,
    counted: Counted.safeParse(agreedValue(root, 'counted')).data,
    trust: Trust.safeParse(agreedValue(root, 'trust')).data,
    source: z.string().safeParse(agreedValue(root, 'source')).data,
    rows: recordsOfKind(state, flowCounted.kind)
      .map(({ record, state: said }) => ({
        record,
        happening: Happening.safeParse(agreedValue(said, 'happening')).data,
        rank: Rank.safeParse(agreedValue(said, 'rank')).data,
        to: Rank.nullable().safeParse(agreedValue(said, 'to')).data,
        women: countOf(said, 'women'),
        men: countOf(said, 'men'),
        unrecorded: countOf(said, 'unrecorded'),
        enteredInError: isEnteredInError(said),
      }))
      .sort((a, b) => orderOf(a) - orderOf(b)),
  }
}

/** As one goes through an agency, and from command down, whatever order they were written in. */
const orderOf = ({ happening, rank }: FlowRow): number =>
  Happening.options.indexOf(happening ?? 'left') * Rank.options.length + Rank.options.indexOf(rank ?? 'not-given')
