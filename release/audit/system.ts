import { type AuditDimension, codeOf, rootOf } from './hierarchy.ts'
import { endless, type PublishedTable, readShown, type Shown, type Zeros } from './published.ts'
import { releaseDimension } from './releases.ts'

/**
 * All tables as one linear system over whole persons: cell by cell what is shown (`least` to `most`), sum by sum
 * `whole = parts`. Cells that were not published, but lie over published ones, are there too, unknown.
 */
export type System = {
  readonly cells: number
  readonly least: Float64Array
  readonly most: Float64Array
  /** 0 not published, 1 a number, 2 hidden (a band, or a sign). */
  readonly state: Uint8Array
  /**
   * 1 where nothing has a row though others of its sum have, and no sum says that it is nobody: left out of the file, or nobody. Only with
   * `absent` `unknown`.
   */
  readonly isAbsent: Uint8Array
  /** Which files show each cell: a bit a file. */
  readonly files: Int32Array
  /** Which breakdowns a cell is of: a bit a dimension and, of several partitions of the whole, one each. */
  readonly breakdown: Int32Array
  readonly sums: Sums
  /** Codes of a cell, one a dimension, as numbers into `codes`. Never printed: they are somebody's open cells. */
  readonly codes: readonly (readonly string[])[]
  readonly cellCodes: Int32Array
  readonly dimensions: readonly AuditDimension[]
  readonly notes: SystemNotes
}

export type Sums = {
  readonly count: number
  readonly whole: Int32Array
  /** Parts of sum `i`: `parts[starts[i] .. starts[i + 1]]`. */
  readonly starts: Int32Array
  readonly parts: Int32Array
  /** Along which dimension. */
  readonly dimension: Uint8Array
  /** 1 where every part there can be stands in the tables, or is nobody by a sum; else something may be left out. */
  readonly hasAllParts: Uint8Array
}

export type SystemNotes = {
  readonly rows: number
  /** Rows whose cell another row of the same file shows as well, and of those how many show something else; the later counts. */
  readonly repeated: number
  readonly contradicted: number
  readonly unreadable: number
  readonly empty: number
  /** Cells that two files show as different numbers. */
  readonly moved: number
  /** Of those, by fewer persons than `minimum`. */
  readonly movedByFew: number
}

/**
 * Repeated rows of one file: the later counts. Files
 * after the first are earlier releases of the same cut: a number there stands for a cell that is hidden now. Where two
 * numbers differ, the first file's counts. `zeros` `shown`: no hidden cell is nobody. `absent` `unknown`: a combination without a row is nobody only
 * where a sum of numbers says so, and else a cell of which nothing is known; without it, it is no cell.
 */
export function buildSystem(
  tables: readonly PublishedTable[],
  dimensions: readonly AuditDimension[],
  {
    minimum,
    zeros = 'unsaid',
    absent = 'nobody',
  }: {
    readonly minimum: number
    readonly zeros?: Zeros | undefined
    readonly absent?: 'nobody' | 'unknown'
  },
): System {
  const sheet = new CellSheet(dimensions)
  const notes = { rows: 0, repeated: 0, contradicted: 0, unreadable: 0, empty: 0, moved: 0, movedByFew: 0 }
  tables.forEach((table, file) => {
    const own = new Map<number, Shown>()
    const readers = dimensions.map((dimension) => codeOf(dimension, table))
    const known = new Map<string, Shown>()
    for (const row of table.rows) {
      notes.rows++
      const shown = known.get(row.shown) ?? readShown(row.shown, zeros)
      known.set(row.shown, shown)
      if (shown.kind === 'unreadable') notes.unreadable++
      if (shown.kind === 'empty') notes.empty++
      if (shown.kind === 'unreadable' || shown.kind === 'empty') continue
      const cell = sheet.cell(readers.map((read) => read(row.codes) ?? ''))
      const before = own.get(cell)
      if (before !== undefined) {
        notes.repeated++
        if (!isSame(before, shown)) notes.contradicted++
      }
      own.set(cell, shown)
    }
    for (const [cell, shown] of own) sheet.show(cell, shown, file, notes, minimum)
  })
  sheet.closeUpwards()
  if (absent === 'unknown') sheet.fillAbsent()
  return sheet.system(notes)
}

/** Sums a cell is whole or part of: those of cell `i` are `sums[starts[i] .. starts[i + 1]]`. */
export type Touching = { readonly starts: Int32Array; readonly sums: Int32Array }

/** The sums that each cell is whole or part of. */
export function touchingSums({ cells, sums }: System): Touching {
  const starts = new Int32Array(cells + 1)
  const each = (visit: (cell: number, sum: number) => void): void => {
    for (let sum = 0; sum < sums.count; sum++) {
      visit(sums.whole[sum] ?? 0, sum)
      for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) visit(sums.parts[k] ?? 0, sum)
    }
  }
  each((cell) => {
    starts[cell + 1] = (starts[cell + 1] ?? 0) + 1
  })
  for (let cell = 0; cell < cells; cell++) starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0)
  const next = starts.slice()
  const list = new Int32Array(starts[cells] ?? 0)
  each((cell, sum) => {
    list[next[cell] ?? 0] = sum
    next[cell] = (next[cell] ?? 0) + 1
  })
  return { starts, sums: list }
}

/** The sums that a cell is whole or part of. */
export const sumsAt = ({ starts, sums }: Touching, cell: number): Int32Array =>
  sums.subarray(starts[cell] ?? 0, starts[cell + 1] ?? 0)

/** The cells of a sum: its whole, then its parts. */
export const membersOf = ({ sums }: System, sum: number): number[] => [
  sums.whole[sum] ?? 0,
  ...sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0),
]

function isSame(a: Shown, b: Shown): boolean {
  if (a.kind !== b.kind) return false
  return !('least' in a) || !('least' in b) || (a.least === b.least && a.most === b.most)
}

/** Cells made of combinations without a row: so many, and four times what the tables have; beyond, a rest is a rest. */
const mostAbsent = 10_000

type Notes = { -readonly [Key in keyof SystemNotes]: SystemNotes[Key] }

/** Cells while they are collected. A key is the cell's codes as one number in mixed radix. */
class CellSheet {
  readonly #dimensions: readonly AuditDimension[]
  readonly #codes: string[][]
  readonly #numbers: Map<string, number>[]
  /** By dimension and code: partitions it is whole of (lists of part numbers), and codes it is a part of. */
  readonly #partsOf: (readonly number[])[][][]
  readonly #wholesOf: { readonly whole: number; readonly at: number }[][][]
  /** Sums of which at least one part is a cell. */
  readonly #hasParts = new Set<number>()
  readonly #bits: number[][]
  readonly #cells = new Map<string, number>()
  readonly #cellCodes: number[] = []
  readonly #least: number[] = []
  readonly #most: number[] = []
  readonly #state: number[] = []
  readonly #files: number[] = []
  readonly #isAbsent: number[] = []
  /** Sums of numbers that reach their whole, so that what has no row in them is nobody; and where that lies in another sum too, its codes. */
  readonly #isReached = new Set<number>()
  readonly #nobody = new Set<string>()

  constructor(dimensions: readonly AuditDimension[]) {
    this.#dimensions = dimensions
    this.#codes = dimensions.map(() => [])
    this.#numbers = dimensions.map(() => new Map())
    this.#partsOf = dimensions.map(() => [])
    this.#wholesOf = dimensions.map(() => [])
    let bit = 0
    this.#bits = dimensions.map((dimension, d) => {
      const root = rootOf(dimension)
      const bits: number[] = []
      for (const { whole, parts } of dimension.partitions) {
        const wholeNumber = this.#number(d, whole)
        const numbers = parts.map((part) => this.#number(d, part))
        const lists = this.#partsOf[d]?.[wholeNumber] ?? []
        lists.push(numbers)
        if (this.#partsOf[d]) this.#partsOf[d][wholeNumber] = lists
        for (const part of numbers) this.#wholesOf[d]?.[part]?.push({ whole: wholeNumber, at: lists.length - 1 })
        if (whole === root) bit = Math.min(bit + 1, 30)
        for (const part of numbers) bits[part] = whole === root ? 1 << bit : (bits[wholeNumber] ?? 1 << bit)
      }
      return bits
    })
  }

  #number(dimension: number, code: string): number {
    const known = this.#numbers[dimension]?.get(code)
    if (known !== undefined) return known
    const number = (this.#codes[dimension]?.push(code) ?? 1) - 1
    this.#numbers[dimension]?.set(code, number)
    this.#partsOf[dimension]?.push([])
    this.#wholesOf[dimension]?.push([])
    return number
  }

  cell(codes: readonly string[]): number {
    return this.#ensure(codes.map((code, d) => this.#number(d, code)))
  }

  #ensure(numbers: readonly number[]): number {
    const key = keyOf(numbers)
    const known = this.#cells.get(key)
    if (known !== undefined) return known
    const cell = this.#least.push(0) - 1
    this.#most.push(endless)
    this.#state.push(0)
    this.#files.push(0)
    this.#isAbsent.push(0)
    for (const number of numbers) this.#cellCodes.push(number)
    this.#cells.set(key, cell)
    return cell
  }

  show(cell: number, shown: Shown, file: number, notes: Notes, minimum: number): void {
    this.#files[cell] = (this.#files[cell] ?? 0) | (1 << Math.min(file, 30))
    const state = this.#state[cell] ?? 0
    if (shown.kind === 'hidden') {
      if (state === 0 || this.#isFew(cell, minimum)) this.#state[cell] = 2
      return
    }
    if (!('least' in shown)) return
    if (shown.kind === 'number') {
      if (state === 1) {
        const moved = Math.abs((this.#least[cell] ?? 0) - shown.least)
        if (moved > 0) notes.moved++
        if (moved > 0 && moved < minimum) notes.movedByFew++
        return
      }
      if (state === 2 && (shown.least < (this.#least[cell] ?? 0) || shown.least > (this.#most[cell] ?? 0))) {
        notes.moved++
        return
      }
      // Hidden in one file and a number in another: the number is known, and the cell stays one that somebody hid.
      this.#state[cell] = state === 2 ? 2 : 1
      this.#least[cell] = shown.least
      this.#most[cell] = shown.most
      return
    }
    if (state === 1) {
      if ((this.#least[cell] ?? 0) < shown.least || (this.#most[cell] ?? 0) > shown.most) notes.moved++
      else if (this.#isFew(cell, minimum)) this.#state[cell] = 2
      return
    }
    this.#state[cell] = 2
    this.#least[cell] = Math.max(this.#least[cell] ?? 0, shown.least)
    this.#most[cell] = Math.min(this.#most[cell] ?? endless, shown.most)
  }

  /** A number shown in one release and hidden in another is somebody's secret only while it is small. */
  #isFew(cell: number, minimum: number): boolean {
    return (this.#least[cell] ?? 0) < minimum
  }

  /** Every whole over a cell is a cell, published or not: sums meet in them. */
  closeUpwards(from = 0): void {
    const width = this.#dimensions.length
    for (let cell = from; cell < this.#least.length; cell++) {
      for (let d = 0; d < width; d++) {
        const code = this.#cellCodes[cell * width + d] ?? 0
        for (const { whole, at } of this.#wholesOf[d]?.[code] ?? []) {
          const numbers = this.#cellCodes.slice(cell * width, (cell + 1) * width)
          numbers[d] = whole
          this.#hasParts.add(sumNumber(this.#ensure(numbers), d, at))
        }
      }
    }
  }

  /**
   * Makes cells of the combinations without a row that lie in two sums or more, or alone fill up one; what lies in one sum with others is
   * left to its rest.
   */
  fillAbsent(): void {
    this.#eachSum(0, (whole, numbers, d, list, there, sum) => {
      if (there.length === list.length || this.#state[whole] !== 1) return
      let known = 0
      for (const part of there) known += this.#state[part] === 1 ? (this.#least[part] ?? 0) : Number.NaN
      if (known !== this.#least[whole]) return
      this.#isReached.add(sum)
      for (const part of list) {
        numbers[d] = part
        if (this.#liesElsewhere(numbers, d)) this.#nobody.add(keyOf(numbers))
      }
    })
    const most = mostAbsent + 4 * this.#least.length
    for (let from = 0, to = 0; from < this.#least.length && this.#least.length < most; from = to) {
      to = this.#least.length
      this.#eachSum(from, (_, numbers, d, list, there, sum) => {
        if (there.length === list.length || this.#isReached.has(sum)) return
        const absent: number[] = []
        for (const part of list) {
          numbers[d] = part
          const key = keyOf(numbers)
          if (!this.#cells.has(key) && !this.#nobody.has(key)) absent.push(part)
        }
        for (const part of absent) {
          numbers[d] = part
          if (absent.length === 1 || this.#liesElsewhere(numbers, d)) this.#isAbsent[this.#ensure(numbers)] = 1
        }
      })
      this.closeUpwards(to)
    }
  }

  /** Whether a combination is part of a whole along another dimension too. */
  #liesElsewhere(numbers: number[], along: number): boolean {
    for (const [d, code] of numbers.entries()) {
      if (d === along) continue
      for (const { whole } of this.#wholesOf[d]?.[code] ?? []) {
        numbers[d] = whole
        const isThere = this.#cells.has(keyOf(numbers))
        numbers[d] = code
        if (isThere) return true
      }
    }
    return false
  }

  /**
   * Each sum of the cells from `from` on: its whole, the whole's codes, which of them its parts replace and by what, the parts that are
   * cells, and its number. The visitor may write into that one code.
   */
  #eachSum(
    from: number,
    visit: (
      whole: number,
      numbers: number[],
      d: number,
      list: readonly number[],
      there: readonly number[],
      sum: number,
    ) => void,
  ): void {
    const width = this.#dimensions.length
    const to = this.#least.length
    for (let cell = from; cell < to; cell++) {
      const numbers = this.#cellCodes.slice(cell * width, (cell + 1) * width)
      for (let d = 0; d < width; d++) {
        // Who came since the release before has no row in any table.
        if (this.#dimensions[d]?.name === releaseDimension) continue
        const own = numbers[d] ?? 0
        for (const [at, list] of (this.#partsOf[d]?.[own] ?? []).entries()) {
          if (!this.#hasParts.has(sumNumber(cell, d, at))) continue
          const there: number[] = []
          for (const part of list) {
            numbers[d] = part
            const found = this.#cells.get(keyOf(numbers))
            if (found !== undefined) there.push(found)
          }
          numbers[d] = own
          if (there.length > 0) visit(cell, numbers, d, list, there, sumNumber(cell, d, at))
          numbers[d] = own
        }
      }
    }
  }

  system(notes: SystemNotes): System {
    const cells = this.#least.length
    const width = this.#dimensions.length
    const breakdown = new Int32Array(cells)
    const [wholes, starts, parts, dimension, hasAll]: number[][] = [[], [0], [], [], []]
    for (let cell = 0; cell < cells; cell++) {
      const numbers = this.#cellCodes.slice(cell * width, (cell + 1) * width)
      for (let d = 0; d < width; d++) {
        const code = numbers[d] ?? 0
        breakdown[cell] = (breakdown[cell] ?? 0) | (this.#bits[d]?.[code] ?? 0)
        for (const [at, list] of (this.#partsOf[d]?.[code] ?? []).entries()) {
          if (!this.#hasParts.has(sumNumber(cell, d, at))) continue
          const found: number[] = []
          let nobody = 0
          for (const part of list) {
            numbers[d] = part
            const key = keyOf(numbers)
            const there = this.#cells.get(key)
            if (there !== undefined) found.push(there)
            else if (this.#nobody.has(key)) nobody++
          }
          numbers[d] = code
          if (found.length === 0) continue
          wholes?.push(cell)
          for (const part of found) parts?.push(part)
          starts?.push(parts?.length ?? 0)
          dimension?.push(d)
          hasAll?.push(found.length + nobody === list.length || this.#isReached.has(sumNumber(cell, d, at)) ? 1 : 0)
        }
      }
    }
    return {
      cells,
      least: Float64Array.from(this.#least),
      most: Float64Array.from(this.#most),
      state: Uint8Array.from(this.#state),
      files: Int32Array.from(this.#files),
      isAbsent: Uint8Array.from(this.#isAbsent),
      breakdown,
      sums: {
        count: wholes?.length ?? 0,
        whole: Int32Array.from(wholes ?? []),
        starts: Int32Array.from(starts ?? []),
        parts: Int32Array.from(parts ?? []),
        dimension: Uint8Array.from(dimension ?? []),
        hasAllParts: Uint8Array.from(hasAll ?? []),
      },
      codes: this.#codes,
      cellCodes: Int32Array.from(this.#cellCodes),
      dimensions: this.#dimensions,
      notes,
    }
  }
}

/** A number for the sum of a cell along a dimension by the partition at a place. */
const sumNumber = (cell: number, d: number, at: number): number => (cell * 256 + d) * 4096 + at

function keyOf(numbers: readonly number[]): string {
  return String.fromCharCode(...numbers)
}
