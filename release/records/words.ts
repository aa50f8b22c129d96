/** One number a record: 0 where the cell is absent, else the place of its value in the column's list, from 1. */
export type Codes = Uint8Array | Uint16Array

/**
 * A column of a file of records. `values` are the texts of its cells as they stand in the file, trimmed, in order of
 * their code units, so that the order of the rows never shows; an absent cell has no value.
 */
export type RecordColumn = {
  readonly name: string
  readonly values: readonly string[]
  readonly codes: Codes
}

/**
 * Records as columns of codes: one record stands for one person, `count` of them. A present value is an *attribute* (a
 * column and one of its values); combinations of up to `length` attributes of different columns are what is counted.
 */
export type Records = {
  readonly count: number
  readonly columns: readonly RecordColumn[]
}

/** What the engine works on, and where it refuses: more is refused by name, never cut off in silence. */
export const recordLimits = {
  /** Records of one file. */
  records: 1_000_000,
  /** Columns of one file. */
  columns: 63,
  /** Different values of one column: codes are 16 bits. */
  values: 65_535,
  /** Fewer survivors than this never leave as records, synthetic or not (do no harm: publication). */
  least: 1000,
} as const

/** The narrower array that holds codes up to `values`. */
export function codesFor(values: number, count: number): Codes {
  return values < 256 ? new Uint8Array(count) : new Uint16Array(count)
}
