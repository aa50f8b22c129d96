import type { Solver } from '@lentera/solver'
import type { AddsUp } from '../audit/hierarchy.ts'

export type SuppressOptions = {
  readonly solver: Solver | null
  /** Milliseconds since the start, by the caller's clock. */
  readonly elapsed: () => number
  /** Milliseconds it may take in all: about half for hiding fewer cells, the rest for proving. */
  readonly budget: number
  /** Cells that are hidden as if they were too small, as codes of the table's columns: what moved by few since an earlier table that is split otherwise, and what keeps others closed beside those. */
  readonly alsoSensitive?: readonly (readonly string[])[]
  /** Cells that must be hidden whatever they hold: their codes in the order of the dimensions, joined by U+0001. */
  readonly hides?: ReadonlySet<string>
  /** Cells that everybody knows already, as codes of the table's columns: hiding them would hide nothing. */
  readonly shows?: readonly (readonly string[])[]
  readonly onProgress?: (stage: 'hiding' | 'least' | 'proving', done: number, of: number) => void
  readonly shouldStop?: () => boolean
}

export type Suppressed = {
  /** Every cell of the table, totals that were missing too; `x` where it is hidden: one sign, whatever the reason. */
  readonly rows: readonly { readonly codes: readonly string[]; readonly shown: string }[]
  readonly dimensions: readonly string[]
  readonly report: SuppressReport
}

export type SuppressReport = {
  /** What was taken to add up, by dimension. */
  readonly dimensions: readonly AddsUp[]
  readonly cells: number
  readonly persons: number
  /** Hidden by a rule of their own; for another's sake, and the persons in those. */
  readonly sensitive: number
  readonly secondary: number
  readonly secondaryPersons: number
  readonly weight: number
  /** Rows left out: cells that were hidden already and cannot be closed; of a full table none. */
  readonly leftOut: number
  /**
   * Dimensions of which an outsider, and so the auditor, cannot tell by what is handed out what adds up (decision 0068): closed by every sum that holds in the full
   * table, and by what the auditor tries; who names the sums in the rules knows.
   */
  readonly unsettled?: readonly string[]
  /** Least weight there could be: equal to `weight` where the answer is proven; null where it was too large to ask, and where something is unsettled. */
  readonly bound: number | null
  /** Hidden cells the auditor found open: always 0, else nothing is handed out. */
  readonly open: 0
  /** The newest earlier table was handed out again as it was: no innermost count moved by the minimum since. Totals are sums of those. */
  readonly stands?: true
  /** It is made of counts as they stand: what moved by fewer persons than this since an earlier table is what it was there. */
  readonly stood?: number
  /** Of either: by how many persons the grand total is away from what is counted now. It tells how many came or left, and is for the owner alone. */
  readonly totalAway?: number
}

export const hiddenSign = 'x'
