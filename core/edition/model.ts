import type { Edition } from '../evidence/dissemination/edition/project.ts'
import type { FigureSource } from '../evidence/dissemination/edition/words.ts'
import type { Product } from '../evidence/dissemination/project.ts'
import type { FactCited } from '../evidence/entries.ts'
import type { FigureValue } from '../results/figure.ts'
import type { Indicator } from '../results/indicators.ts'
import type { Said } from '../shared/publication.ts'

/**
 * An edition with its figures, as the server makes it and the desk shows it. On the server `Value` is a value that may leave;
 * nothing else gets in.
 */
export type EditionModel<Value extends FigureValue = FigureValue> = {
  readonly product: Pick<Product, 'title' | 'kind' | 'standing' | 'note'>
  readonly edition: Edition
  /** The name of the organisation whose product it is. */
  readonly publisher: string
  /** False where what stands is not what it was frozen with: somebody wrote apart, and nobody has settled it. */
  readonly isAsFrozen: boolean
  /** The other editions of the product, the newest first. */
  readonly others: readonly OtherEdition[]
  /** Those that stand, in the order in which they were linked. */
  readonly figures: readonly EditionFigure<Value>[]
}

export type OtherEdition = {
  readonly stream: string
  readonly number: number
  readonly frozenOn: string | null
  readonly changed: string | null
}

export type EditionFigure<Value extends FigureValue = FigureValue> = {
  readonly record: string
  readonly name: string
  /** Null while two people say different ones. */
  readonly source: FigureSource | null
  /** What it was linked to holds, as it was linked. */
  readonly holds: Holding<Value>
  readonly standing: Standing<Value>
}

export type Holding<Value extends FigureValue = FigureValue> =
  | {
      readonly from: 'indicator'
      readonly value: Value
      readonly unit: Indicator['unit']
      /** The cut-off of a released figure: an earlier one where what moved since may not be shown. Null of others. */
      readonly asOf: string | null
      /** One breakdown, where all of its parts may leave; null where one may not, or none was asked for. */
      readonly bars: readonly { readonly group: string; readonly value: Value }[] | null
    }
  | { readonly from: 'fact'; readonly fact: FactCited }
  | {
      readonly from: 'publication'
      readonly title: Said
      readonly publisher: string
      readonly asOf: string
      readonly unit: string
      readonly invented: boolean
      /** Which cell, by the labels of its codes. */
      readonly cell: readonly { readonly field: Said; readonly code: Said }[]
      /** Null where the publication hides it. */
      readonly value: number | null
    }
  /** Nothing that could be printed: see `standing`. */
  | { readonly from: 'nowhere' }

/**
 * How a figure stands to what it was linked to: as it was; moved, when the definition, the count, the fact or the content is another
 * now; or withdrawn, when there is nothing any more.
 */
export type Standing<Value extends FigureValue = FigureValue> =
  | { readonly is: 'linked' }
  | {
      readonly is: 'moved'
      readonly why: 'defined-anew' | 'counted-anew' | 'cited-anew' | 'published-anew'
      /** What it is now, where that may be said. */
      readonly now: { readonly value: Value } | { readonly fact: FactCited } | null
    }
  | {
      readonly is: 'withdrawn'
      readonly why:
        | 'no-indicator'
        | 'no-cut-off'
        | 'fact-withdrawn'
        | 'no-fact'
        | 'publication-withdrawn'
        | 'no-publication'
        | 'no-cell'
        | 'two-sources'
      /** What whoever withdrew it says. */
      readonly note: string | null
    }
