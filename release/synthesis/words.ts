/** One column of a file of records: its heading and the values that occur in it, sorted, without the empty one. */
export type Column = { readonly name: string; readonly values: readonly string[] }

/**
 * A file of records, one a person. `codes` holds row after row: the code of column `c` of record `r` is
 * `codes[r * columns.length + c]`; 0 says that nothing is given, `v + 1` is `columns[c].values[v]`.
 */
export type Microdata = {
  readonly columns: readonly Column[]
  readonly records: number
  readonly codes: Uint16Array
}

/** Told what is being done and how much of all; answers whether to go on. A stopped synthesis returns nothing. */
export type Watch = (progress: { readonly stage: string; readonly done: number; readonly of: number }) => boolean
