import { agreedValue, type StreamState } from '../../log/fold.ts'
import { type CountedRow, type HeadSaid, headOf, rowsOf } from '../counted/project.ts'
import { type Standing, standingOf } from '../project.ts'
import { Rank } from '../words.ts'
import { flowCounted } from './entries.ts'
import { Happening } from './words.ts'

/** Officers to whom the same happened. Undefined is what two answers stand beside each other for. */
export type FlowRow = CountedRow & {
  readonly happening: Happening | undefined
  readonly rank: Rank | undefined
  readonly to: Rank | null | undefined
}

/** Who came, rose and left in the period `on`, in all units together: it is headed as a headcount is. */
export type Flow = Standing & HeadSaid & { readonly rows: readonly FlowRow[] }

/** The state of a stream as the flows of a period; undefined while the entry that opens it has not arrived. */
export function projectFlow(state: StreamState): Flow | undefined {
  const standing = standingOf(state)
  return (
    standing && {
      ...standing,
      ...headOf(state),
      rows: rowsOf(state, flowCounted.kind, (said) => ({
        happening: Happening.safeParse(agreedValue(said, 'happening')).data,
        rank: Rank.safeParse(agreedValue(said, 'rank')).data,
        to: Rank.nullable().safeParse(agreedValue(said, 'to')).data,
      })).sort((a, b) => orderOf(a) - orderOf(b)),
    }
  )
}

/** As one goes through an agency, and from command down, whatever order they were written in. */
const orderOf = ({ happening, rank }: FlowRow): number =>
  Happening.options.indexOf(happening ?? 'left') * Rank.options.length + Rank.options.indexOf(rank ?? 'not-given')
