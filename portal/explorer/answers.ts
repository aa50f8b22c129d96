import type { Publication } from '@lentera/core/shared/publication'
import { atLeast, type Cell, type Counted, countView, noneAmong } from './count.ts'
import { answered, type View } from './view.ts'

/** Of one field how many said yes, of how many nobody knows, and of how many in all. */
export type Answer = {
  readonly field: number
  readonly yes: Cell
  /** Null where a number of it is not told. */
  readonly unknown: number | null
  readonly counted: Counted
}

/** The answers of a view, each field counted by itself: one person may have said yes to several. */
export function answersOf(publication: Publication, view: View): readonly Answer[] {
  return answered(publication, view.of ?? '').map((field) => {
    const counted = countView(publication, { ...view, by: [field] })
    const cells = (counted.rows ?? []).map((category, at) => ({ category, cell: counted.rowTotals[at] }))
    const unknown = cells.filter(({ category }) => category.isUnknown).map(({ cell }) => atLeast(cell))
    return {
      field,
      // Where nobody's answer is yes, the code is not there.
      yes: cells.find(({ category }) => isYes(category.code))?.cell ?? noneAmong(publication),
      unknown: unknown.includes(null) ? null : unknown.reduce<number>((sum, value) => sum + (value ?? 0), 0),
      counted,
    }
  })
}

/** As files write it. */
const isYes = (code: string): boolean => /^(1|yes|true)$/i.test(code)
