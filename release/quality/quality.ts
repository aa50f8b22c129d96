import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { distinctRows } from '../records/rows.ts'
import type { Records } from '../records/words.ts'

/** What a question needs: how people split over these columns together, those of whom something is absent included. */
export type Question = { readonly name: string; readonly columns: readonly string[] }

export type QualitySettings = {
  /** The longest combination compared. */
  readonly length: number
  /** Combinations of fewer persons are rare. */
  readonly k: number
  readonly questions?: readonly Question[]
  readonly watch?: (progress: { readonly stage: string; readonly done: number; readonly of: number }) => boolean
}

/**
 * How far released records are from the real ones, over combinations of present values. *Shared* are those in both; *suppressed* those in the
 * real records alone, *fabricated* those in the released alone. Errors are mean absolute differences of counts.
 */
export type Compared = {
  /** 0 stands for all lengths together. */
  readonly length: number
  readonly combinations: number
  readonly meanCount: number
  /** Over shared combinations: the metric of Synthetic Data Showcase, which leaves out what was lost. */
  readonly errorShared: number
  /** Over all real ones, suppressed counted as 0. */
  readonly errorReal: number
  /** Over all that are in either. */
  readonly errorUnion: number
  /** Shares of the number of real combinations, as Showcase counts, and of the sum of their counts, as Intelligence Toolkit does. */
  readonly suppressed: { readonly number: number; readonly weight: number }
  /** By number against the number of real combinations; by weight against the sum of released counts. */
  readonly fabricated: { readonly number: number; readonly weight: number }
  /** Combinations that fewer than `k` real persons hold and that stand in the release; of these, those that stand there fewer than `k` times. */
  readonly rareShown: number
  readonly rareShownUnderK: number
  /** Combinations that stand in the release fewer than `k` times, rare or not. */
  readonly shownUnderK: number
}

export type Quality = {
  readonly records: { readonly real: number; readonly released: number }
  readonly k: number
  readonly all: Compared
  readonly byLength: readonly Compared[]
  /** By real count, `from` up to below `to`: how many were lost, how much of the sum is preserved, and the error as a share of the count. */
  readonly byCount: readonly {
    readonly from: number
    readonly to: number | null
    readonly combinations: number
    /** Of these, how many are not in the release at all. */
    readonly lost: number
    readonly preserved: number
    readonly error: number
    readonly proportionalError: number
  }[]
  /** Absolute errors over the union: half, nine in ten, 99 in 100 are at most so large (from 1,024 to within an eighth), and the largest. */
  readonly tail: {
    readonly half: number
    readonly ninety: number
    readonly ninetyNine: number
    readonly largest: number
  }
  /** Total variation distance between real and released shares: 0 the same, 1 nothing in common. */
  readonly questions: readonly { readonly name: string; readonly distance: number; readonly cells: number }[]
}

/**
 * Compares column by column combination, one set of columns at a time, so that its memory depends on the records and not on the millions of combinations.
 *
 * @param real and `released` share names of columns; values are matched by their text
 * @returns refuses `quality.other-columns`, `quality.no-such-column`, `quality.stopped`
 */
export function qualityOf(real: Records, released: Records, settings: QualitySettings): Decision<Quality> {
  const { length, k, watch = () => true } = settings
  const side = sideBySide(real, released)
  if (!side) return refuse('quality.other-columns')
  const missing = (settings.questions ?? [])
    .flatMap(({ columns }) => columns)
    .find((name) => real.columns.every((column) => column.name !== name))
  if (missing !== undefined) return refuse('quality.no-such-column', { column: missing })
  const sums = new Sums(length, k)
  const pass = new Pass(side)
  const { columns } = side
  for (let first = 0; first < columns.length; first++) {
    if (!watch({ stage: 'comparing', done: first, of: columns.length })) return refuse('quality.stopped')
    pass.from(first, length, (depth, ours, theirs) => sums.add(depth, ours, theirs))
  }
  if (!watch({ stage: 'comparing', done: 1, of: 1 })) return refuse('quality.stopped')
  const questions = settings.questions ?? real.columns.map(({ name }) => ({ name, columns: [name] }))
  return accept({
    ...sums.quality(),
    records: { real: real.count, released: released.count },
    k,
    questions: questions.map(({ name, columns }) => ({
      name,
      ...pass.distance(columns.map((each) => placeOf(real, each))),
    })),
  })
}

const placeOf = ({ columns }: Records, name: string): number => columns.findIndex((column) => column.name === name)

// ---------------------------------------------------------------- both files in one

/** Different rows of both, one below the other: codes by column over the values of both, weights of the one or the other. */
type SideBySide = {
  readonly rows: number
  readonly columns: readonly Int32Array[]
  readonly sizes: readonly number[]
  readonly ours: Float64Array
  readonly theirs: Float64Array
}

function sideBySide(real: Records, released: Records): SideBySide | undefined {
  if (real.columns.length !== released.columns.length) return undefined
  const others = real.columns.map(({ name }) => released.columns.find((column) => column.name === name))
  if (others.some((column) => column === undefined)) return undefined
  const [a, b] = [
    distinctRows(real),
    distinctRows({ count: released.count, columns: others.flatMap((each) => each ?? []) }),
  ]
  const rows = a.count + b.count
  const columns = real.columns.map(() => new Int32Array(rows))
  const sizes: number[] = []
  real.columns.forEach((column, at) => {
    const other = others[at]?.values ?? []
    const places = new Map([...new Set([...column.values, ...other])].map((value, place) => [value, place + 1]))
    sizes.push(places.size)
    const coded = columns[at] ?? new Int32Array()
    spread(a, at, column.values, places, coded, 0)
    spread(b, at, other, places, coded, a.count)
  })
  const [ours, theirs] = [new Float64Array(rows), new Float64Array(rows)]
  ours.set(a.weights, 0)
  theirs.set(b.weights, a.count)
  return { rows, columns, sizes, ours, theirs }
}

function spread(
  { count, offsets, starts, attributes }: ReturnType<typeof distinctRows>,
  column: number,
  values: readonly string[],
  places: ReadonlyMap<string, number>,
  to: Int32Array,
  first: number,
): void {
  const [low, high] = [offsets[column] ?? 0, offsets[column + 1] ?? 0]
  const place = values.map((value) => places.get(value) ?? 0)
  for (let row = 0; row < count; row++)
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const attribute = attributes[at] ?? 0
      if (attribute >= high) break
      if (attribute >= low) to[first + row] = place[attribute - low] ?? 0
    }
}

// ---------------------------------------------------------------- one set of columns at a time

type Tell = (length: number, ours: number, theirs: number) => void

/** Rows in which a set of columns is present, and which combination of it each holds, from 0. */
type Level = { readonly rows: Int32Array; readonly held: Int32Array; readonly kinds: number }

class Pass {
  private readonly side: SideBySide
  /** Places of cells, -1 where none yet; a hash takes over where a set of columns has more cells. */
  private readonly places = new Int32Array(1 << 22).fill(-1)

  constructor(side: SideBySide) {
    this.side = side
  }

  /** Every set of up to `length` columns that begins with `first`. */
  from(first: number, length: number, tell: Tell): void {
    const rows = Int32Array.from({ length: this.side.rows }, (_, row) => row)
    this.extend({ rows, held: new Int32Array(rows.length), kinds: 1 }, first, 1, length, tell)
  }

  private extend(level: Level, column: number, depth: number, length: number, tell: Tell): void {
    const next = this.count(level, column, depth, tell, false)
    if (depth < length && next.rows.length > 0)
      for (let other = column + 1; other < this.side.columns.length; other++)
        this.extend(next, other, depth + 1, length, tell)
  }

  /** Splits a level by one more column, tells each combination's counts, and gives the next level. */
  private count({ rows, held, kinds }: Level, column: number, depth: number, tell: Tell, absentToo: boolean): Level {
    const { ours, theirs } = this.side
    const codes = this.side.columns[column] ?? new Int32Array()
    const size = (this.side.sizes[column] ?? 0) + 1
    const wide = kinds * size > this.places.length ? new Map<number, number>() : undefined
    const cells: number[] = []
    const [a, b]: [number[], number[]] = [[], []]
    const nextRows = new Int32Array(rows.length)
    const nextHeld = new Int32Array(rows.length)
    let to = 0
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] ?? 0
      const code = codes[row] ?? 0
      if (code === 0 && !absentToo) continue
      const cell = (held[at] ?? 0) * size + code
      let place = wide ? (wide.get(cell) ?? -1) : (this.places[cell] ?? -1)
      if (place === -1) {
        place = cells.push(cell) - 1
        a.push(0)
        b.push(0)
        if (wide) wide.set(cell, place)
        else this.places[cell] = place
      }
      a[place] = (a[place] ?? 0) + (ours[row] ?? 0)
      b[place] = (b[place] ?? 0) + (theirs[row] ?? 0)
      nextRows[to] = row
      nextHeld[to++] = place
    }
    if (!wide) for (const cell of cells) this.places[cell] = -1
    for (let place = 0; place < cells.length; place++) tell(depth, a[place] ?? 0, b[place] ?? 0)
    return { rows: nextRows.subarray(0, to), held: nextHeld.subarray(0, to), kinds: cells.length }
  }

  distance(columns: readonly number[]): { readonly distance: number; readonly cells: number } {
    const rows = Int32Array.from({ length: this.side.rows }, (_, row) => row)
    let level: Level = { rows, held: new Int32Array(rows.length), kinds: 1 }
    const all: { ours: number; theirs: number; distance: number } = { ours: 0, theirs: 0, distance: 0 }
    for (const weight of this.side.ours) all.ours += weight
    for (const weight of this.side.theirs) all.theirs += weight
    columns.forEach((column, at) => {
      const isLast = at === columns.length - 1
      const tell: Tell = (_, ours, theirs) => {
        if (isLast) all.distance += Math.abs(ours / all.ours - theirs / all.theirs) / 2
      }
      level = this.count(level, column, at, tell, true)
    })
    return { distance: all.distance, cells: level.kinds }
  }
}

// ---------------------------------------------------------------- sums

class Sums {
  private readonly k: number
  private readonly lengths: Tally[]
  private readonly counts = countBands.map(() => ({
    combinations: 0,
    lost: 0,
    real: 0,
    released: 0,
    error: 0,
    proportional: 0,
  }))
  private readonly errors = new Float64Array(1024 + 8 * 40)
  private largest = 0

  constructor(length: number, k: number) {
    this.k = k
    this.lengths = Array.from({ length: length + 1 }, () => new Tally())
  }

  add(length: number, real: number, released: number): void {
    this.lengths[0]?.add(real, released, this.k)
    this.lengths[length]?.add(real, released, this.k)
    const error = Math.abs(real - released)
    this.largest = Math.max(this.largest, error)
    const bin = binOf(error)
    this.errors[bin] = (this.errors[bin] ?? 0) + 1
    if (real === 0) return
    const band = this.counts[countBands.findLastIndex((from) => real >= from)]
    if (!band) return
    band.combinations++
    if (released === 0) band.lost++
    band.real += real
    band.released += released
    band.error += error
    band.proportional += error / real
  }

  quality(): Pick<Quality, 'all' | 'byLength' | 'byCount' | 'tail'> {
    const [all, ...byLength] = this.lengths.map((tally, length) => tally.compared(length))
    if (!all) throw new RangeError('a comparison has a length of at least one')
    return {
      all,
      byLength,
      byCount: this.counts.flatMap(({ combinations, lost, real, released, error, proportional }, at) =>
        combinations === 0
          ? []
          : [
              {
                from: countBands[at] ?? 1,
                to: countBands[at + 1] ?? null,
                combinations,
                lost,
                preserved: released / real,
                error: error / combinations,
                proportionalError: proportional / combinations,
              },
            ],
      ),
      tail: {
        half: this.quantile(0.5),
        ninety: this.quantile(0.9),
        ninetyNine: this.quantile(0.99),
        largest: this.largest,
      },
    }
  }

  private quantile(share: number): number {
    const wanted = share * this.errors.reduce((sum, n) => sum + n, 0)
    let sum = 0
    const bin = this.errors.findIndex((n) => {
      sum += n
      return sum >= wanted
    })
    return Math.min(this.largest, bin < 1024 ? Math.max(0, bin) : 2 ** (10 + (bin - 1023) / 8))
  }
}

const countBands = [1, 5, 10, 20, 50, 100, 1000, 10_000, 100_000]

/** Errors below 1,024 one by one, beyond in eighths of a doubling. */
const binOf = (error: number): number => (error < 1024 ? error : 1024 + Math.floor(8 * (Math.log2(error) - 10)))

class Tally {
  private real = 0
  private shared = 0
  private fabricated = 0
  private suppressed = 0
  private rareShown = 0
  private rareShownUnderK = 0
  private shownUnderK = 0
  private readonly weights = { real: 0, released: 0, suppressed: 0, fabricated: 0, errors: 0 }

  add(real: number, released: number, k: number): void {
    const { weights } = this
    weights.real += real
    weights.released += released
    if (released > 0 && released < k) this.shownUnderK++
    if (real === 0) {
      this.fabricated++
      weights.fabricated += released
      return
    }
    this.real++
    if (real < k && released > 0) {
      this.rareShown++
      if (released < k) this.rareShownUnderK++
    }
    if (released === 0) {
      this.suppressed++
      weights.suppressed += real
      return
    }
    this.shared++
    weights.errors += Math.abs(real - released)
  }

  compared(length: number): Compared {
    const { weights, real } = this
    const of = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
    return {
      length,
      combinations: real,
      meanCount: of(weights.real, real),
      errorShared: of(weights.errors, this.shared),
      errorReal: of(weights.errors + weights.suppressed, real),
      errorUnion: of(weights.errors + weights.suppressed + weights.fabricated, real + this.fabricated),
      suppressed: { number: of(this.suppressed, real), weight: of(weights.suppressed, weights.real) },
      fabricated: { number: of(this.fabricated, real), weight: of(weights.fabricated, weights.released) },
      rareShown: this.rareShown,
      rareShownUnderK: this.rareShownUnderK,
      shownUnderK: this.shownUnderK,
    }
  }
}
