import type { Interval } from '../shared/counts.ts'

/** What a reader gets to see of a count. `protected` names the rule that hides it; `none` says why there is nothing. */
export type FigureValue =
  | {
      readonly kind: 'count'
      readonly count: Interval
      /** How the sum may be read where not all of it was said as exact. */
      readonly qualifier?: 'at-least' | 'about'
    }
  /** Of those asked, with the 95 % interval that the sample leaves open. */
  | {
      readonly kind: 'sample'
      readonly said: number
      readonly asked: number
      readonly percentTenths: number
      readonly between: Interval
    }
  | {
      readonly kind: 'ratio'
      readonly numerator: Interval
      readonly denominator: Interval
      readonly percentTenths: Interval
      /** Over the rows that the source gives as numbers, where it gives others only as an interval. */
      readonly given?: { readonly numerator: number; readonly denominator: number; readonly percentTenths: number }
      /** Of which days it is, where it was counted on days and is not of the whole period. */
      readonly on?: { readonly first: string; readonly last: string }
    }
  | { readonly kind: 'protected'; readonly rule: 'fewer-than-five' | 'complement' }
  | {
      readonly kind: 'none'
      readonly why:
        | 'no-cut-off-yet'
        | 'not-for-this-reader'
        | 'not-by-phase'
        | 'not-by-quarter'
        | 'phase-not-dated'
        | 'nothing-recorded'
        | 'not-imported'
    }

export type FigurePart = { readonly key: Readonly<Record<string, string>>; readonly value: FigureValue }

/**
 * How far this reader may open a figure: to the records of her own cases, to groups of five or more as of a cut-off, to the
 * rows of a published table, to the entries of what her organisation does, or not at all.
 */
export type Opening = 'records' | 'groups' | 'rows' | 'entries' | 'none'

/**
 * One figure as one reader may see it. `asOf` is null where it is live (her own team's work, or no survivor's), else the
 * cut-off it was counted at. `scope` says whose: a team, an organisation, the programme, the region.
 */
export type Figure = {
  readonly key: string
  readonly definition: number
  readonly unit: string
  readonly scope: string
  readonly period: string
  readonly value: FigureValue
  readonly breakdowns: readonly { readonly by: readonly string[]; readonly parts: readonly FigurePart[] }[]
  readonly asOf: string | null
  readonly countedAt: string
  readonly opensTo: Opening
  /** For a figure over imported data: the formula in words of the data set, and its source. */
  readonly formula?: string
  readonly source?: string
}
