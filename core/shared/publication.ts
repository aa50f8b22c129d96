import type { ProgrammeLanguage } from './languages.ts'

/**
 * A publication as anybody may have it: what the publishing door made and two people signed. All of it is public, and nothing
 * of what it was made from is in it. The server hands these to the portal; the portal knows no other data.
 */
export type Publication = PublicationHead & {
  readonly fields: readonly PublishedField[]
  readonly data: PublishedTable | PublishedRecords
  /** How far it is from what was counted; said in so far as saying it is safe (`method`). */
  readonly quality: PublishedQuality | null
}

/** What a list of publications and a page about one show. */
export type PublicationHead = {
  /** Of the address: small letters, digits and hyphens; never the name of a person. */
  readonly address: string
  readonly title: Said
  /** What it tells of, of whom, from where, and what it does not say. */
  readonly about: Said
  /** Who made what it was made from, as it is to be cited. */
  readonly publisher: string
  readonly source: string
  /** The cut-off it stands at: a day, or the edition of the data set it was made from. */
  readonly asOf: string
  /** The day the second of two people signed it. */
  readonly releasedOn: string
  /** SHA-256 of the content that both signed. */
  readonly hash: string
  readonly method: PublishedMethod
  /** As an SPDX id (`CC-BY-4.0`) where it has one. */
  readonly licence: string
  /** What is counted: `persons`, `contacts`, `records`. */
  readonly unit: string
  /** How many persons it is about, as far as it says so itself. */
  readonly persons: number | null
  /** Whether it was invented, for a demonstration. */
  readonly demonstration: boolean
  readonly withdrawn: { readonly on: string; readonly why: string } | null
}

/** A text by language; English is always there. */
export type Said = Readonly<Partial<Record<ProgrammeLanguage, string>>> & { readonly en: string }

/** Protected how, with every number that says how strongly. */
export type PublishedMethod =
  | { readonly name: 'cut-off-tables'; readonly minimum: number }
  /**
   * `zeros`: empty cells are shown, and somebody is in every hidden one; where that is not said, they have the face of a small one. `stood`, here and below: it is a later
   * edition, in which a number that moved by fewer than five (or than the minimum, where that is more) since an earlier one is what it was there, totals with it.
   */
  | { readonly name: 'suppression'; readonly minimum: number; readonly zeros?: 'shown'; readonly stood?: true }
  /** Every number is less than `within` away; where that is not said, less than the base. */
  | { readonly name: 'rounding'; readonly base: number; readonly within?: number; readonly stood?: true }
  /** `average`: how far the noise moves a number on average, by its own chances; near nothing it is less. */
  | { readonly name: 'cell-key'; readonly most: number; readonly average?: number; readonly stood?: true }
  | { readonly name: 'dp-table'; readonly epsilon: number; readonly delta: number }
  | { readonly name: 'dp-records'; readonly epsilon: number; readonly delta: number; readonly length: number }
  | { readonly name: 'k-records'; readonly k: number; readonly length: number }

/** Fewest persons by which two releases of the same people may differ in a number. */
export const few = 5

/** Fewest persons by which a number has to move before a later edition says so: the minimum of a cell where that is more than `few`. */
export const leastMove = (method: { readonly name: PublishedMethod['name']; readonly minimum?: number }): number =>
  method.name === 'suppression' ? Math.max(few, method.minimum ?? few) : few

export type PublishedField = {
  /** As the column of the data is called. */
  readonly name: string
  readonly label: Said
  /** What its codes are: decides which charts and maps it can be drawn in. */
  readonly kind: 'category' | 'year' | 'age' | 'country' | 'country-of-origin' | 'country-of-exploitation' | 'yes-no'
  readonly codes: readonly PublishedCode[]
}

export type PublishedCode = {
  readonly code: string
  readonly label: Said
  /** `total`: all of the field together. `unknown`: not recorded, or not said; drawn as unknown wherever it is. */
  readonly is?: 'total' | 'unknown'
}

/**
 * A table of counts: a code of each field a cell (an index into its `codes`), and the count. A cell that is hidden has no value;
 * a cell that is not in the list was not published, which is neither hidden nor none.
 */
export type PublishedTable = {
  readonly kind: 'table'
  readonly cells: readonly { readonly codes: readonly number[]; readonly value: number | null; readonly why?: string }[]
}

/** Synthetic records: each distinct row once, as indices into the fields' `codes` (-1: absent), and how many there are of it. */
export type PublishedRecords = {
  readonly kind: 'records'
  readonly rows: readonly { readonly codes: readonly number[]; readonly count: number }[]
}

/** Errors are mean absolute differences of counts; shares lie between 0 and 1. */
export type PublishedQuality = {
  /**
   * Of records and tables under differential privacy: reckoned from the release alone, by making it once more from itself, since
   * exact errors would tell of the records. Of combinations of records that were lost it knows only a part: more were.
   */
  readonly estimated?: true
  readonly byLength: readonly {
    readonly length: number
    readonly combinations: number
    readonly error: number
    readonly suppressed: { readonly number: number; readonly weight: number }
    readonly fabricated: { readonly number: number; readonly weight: number }
  }[]
  readonly tail: {
    readonly half: number
    readonly ninety: number
    readonly ninetyNine: number
    readonly largest: number
  } | null
  readonly questions: readonly { readonly name: string; readonly distance: number }[]
}
