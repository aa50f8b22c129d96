import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type AuditDimension, codeOf } from '../audit/hierarchy.ts'
import { type PublishedTable, readShown } from '../audit/published.ts'
import { buildSystem, type System, type Touching, touchingSums } from '../audit/system.ts'
import type { Rules } from './rules.ts'

export { membersOf, sumsAt, touchingSums } from '../audit/system.ts'

/** The owner's own table: every count known, every total there. */
export type FullTable = {
  readonly system: System
  /** Persons in each cell. */
  readonly counts: Float64Array
  /** 1 where a rule forbids showing the cell. */
  readonly isSensitive: Uint8Array
  /**
   * The least a reader knows each cell to hold once it is hidden: one person where `isHiddenSomebody`.
   */
  readonly floors: Float64Array
  /** What the upper end of a cell's interval must reach while it is hidden. */
  readonly reaches: Float64Array
  readonly touching: Touching
  /** Rows of the given file, by cell; totals that were not in it have none. */
  readonly wasGiven: Uint8Array
}

/**
 * Reads the full table of long form: all cells are whole numbers; a combination that has no row is nobody; totals that are
 * missing are made. Refuses: `protect.not-counts` {rows}, `protect.no-rows`, `protect.repeated-rows` {rows},
 * `protect.totals-do-not-add-up` {sums, dimensions, example}: so many do not hold, along which dimensions, and how rules say what adds up; and as `haveContributions` and `largestOf`.
 */
export function readFullTable(
  table: PublishedTable,
  dimensions: readonly AuditDimension[],
  rules: Rules,
  isSomebody = isHiddenSomebody(table, dimensions, rules),
): Decision<FullTable> {
  const named = haveContributions(table, rules)
  if (!named.ok) return named
  const shown = table.rows.map((row) => readShown(row.shown))
  const bad = shown.filter(({ kind }) => kind !== 'number').length
  if (table.rows.length === 0) return refuse('protect.no-rows')
  if (bad > 0) return refuse('protect.not-counts', { rows: bad })
  const system = buildSystem([table], dimensions, { minimum: rules.minimum })
  if (system.notes.repeated > 0) return refuse('protect.repeated-rows', { rows: system.notes.repeated })
  const wasGiven = Uint8Array.from(system.state, (state) => (state === 1 ? 1 : 0))
  const { counts, broken, along } = filled(system)
  if (broken > 0)
    return refuse('protect.totals-do-not-add-up', {
      sums: broken,
      dimensions: along.map((d) => `“${system.dimensions[d]?.name ?? ''}”`).join(', '),
      example: exampleOf(system.dimensions[along[0] ?? 0]?.name ?? ''),
    })
  const touching = touchingSums(system)
  const largest = largestOf(table, system, wasGiven, rules)
  if (!largest.ok) return largest
  const floors = counts.map((count) => (isSomebody ? Math.min(count, 1) : 0))
  return accept({ system, counts, ...ruled(counts, largest.value, rules), floors, touching, wasGiven })
}

/** What rules say of a dimension whose sums are named: of a whole its parts, or, split in several ways, those of each. */
const exampleOf = (dimension: string): string =>
  JSON.stringify({
    hierarchies: {
      partitions: {
        [dimension]: {
          'region 1': ['province 1', 'province 2'],
          Total: [
            ['women', 'men'],
            ['children', 'adults'],
          ],
        },
      },
    },
  })

/**
 * Whether a reader knows that whatever is hidden is one person or more: by the rule, or by the rows, where no combination of the finest codes has one
 * that says nobody and some have none. In one column nobody knows what other codes there could be, so there it is enough that no row says nobody. It is asked
 * of a whole file: its countries or years may know nothing of one another, but who reads that one leaves its zeros out knows it of all.
 */
export function isHiddenSomebody(
  table: PublishedTable,
  dimensions: readonly AuditDimension[],
  { zeros }: Pick<Rules, 'zeros'>,
): boolean {
  if (zeros === 'show') return true
  const wholes = dimensions.map(({ partitions }) => new Set(partitions.map(({ whole }) => whole)))
  const readers = dimensions.map((dimension) => codeOf(dimension, table))
  const rows = table.rows.map(({ codes, shown }) => ({ codes: readers.map((read) => read(codes) ?? ''), shown }))
  const inner = rows.filter(({ codes }) => codes.every((code, d) => wholes[d]?.has(code) !== true))
  const finest = inner.length > 0 ? inner : rows
  if (finest.some(({ shown }) => Number(shown) === 0)) return false
  const combinations = dimensions.reduce(
    (product, _, d) => product * new Set(finest.map(({ codes }) => codes[d])).size,
    1,
  )
  return dimensions.length < 2 || new Set(finest.map(({ codes }) => codes.join('\u0001'))).size < combinations
}

/** Totals made from their parts, from the finest upwards, -1 where a part is not known; sums that then do not hold are counted, with the dimensions they are along. */
export function filled({ cells, state, least, sums }: System): {
  readonly counts: Float64Array
  readonly broken: number
  readonly along: readonly number[]
} {
  const counts = Float64Array.from({ length: cells }, (_, cell) => (state[cell] === 1 ? (least[cell] ?? 0) : -1))
  const total = (sum: number): number => {
    let all = 0
    for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) {
      const count = counts[sums.parts[k] ?? 0] ?? 0
      if (count < 0) return -1
      all += count
    }
    return all
  }
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (let sum = 0; sum < sums.count; sum++) {
      const whole = sums.whole[sum] ?? 0
      if ((counts[whole] ?? 0) >= 0) continue
      const made = total(sum)
      if (made < 0) continue
      counts[whole] = made
      isMoving = true
    }
  }
  const broken = Array.from({ length: sums.count }, (_, sum) => sum).filter(
    (sum) => total(sum) !== (counts[sums.whole[sum] ?? 0] ?? 0),
  )
  const along = [...new Set(broken.map((sum) => sums.dimension[sum] ?? 0))]
  return { counts, broken: broken.length, along }
}

/**
 * Primary rules, and how far a reader must be kept from each cell (Handbook on Statistical Disclosure Control, 2024, chapter 4; as
 * upper protection levels in Fischetti & Salazar 2001): fewer than the minimum, which must be able to be the minimum; the `n` largest contributors
 * have over `k` per cent, and must be able to have no more; the second largest can tell the largest to within `p` per cent (total less her
 * own part is the most it can be), and must not be able to.
 */
function ruled(
  counts: Float64Array,
  largest: readonly Float64Array[],
  { minimum, zeros, dominance, pPercent }: Rules,
): Pick<FullTable, 'isSensitive' | 'reaches'> {
  const isSensitive = Uint8Array.from(counts, (count) =>
    count === 0 ? (zeros === 'hide' ? 1 : 0) : count < minimum ? 1 : 0,
  )
  const reaches = new Float64Array(counts.length).fill(minimum)
  const forbid = (cell: number, reach: number): void => {
    isSensitive[cell] = 1
    reaches[cell] = Math.max(reaches[cell] ?? 0, Math.ceil(reach - 1e-9))
  }
  for (const [cell, parts] of largest.entries()) {
    const total = counts[cell] ?? 0
    if (total === 0) continue
    const [one, two] = [parts[0] ?? 0, parts[1] ?? 0]
    const first = parts.slice(0, dominance?.n ?? 0).reduce((sum, part) => sum + part, 0)
    if (dominance !== null && first > (dominance.k / 100) * total) forbid(cell, (100 / dominance.k) * first)
    if (pPercent !== null && total - one - two < (pPercent / 100) * one) forbid(cell, one * (1 + pPercent / 100) + two)
  }
  return { isSensitive, reaches }
}

/**
 * Refuses: `protect.contributions-missing` {needed, given}: a rule asks for more columns than are named; `protect.no-such-column` {name}.
 */
function haveContributions(
  { dimensions }: PublishedTable,
  { dominance, pPercent, contributions }: Rules,
): Decision<void> {
  const needed = Math.max(dominance?.n ?? 0, pPercent === null ? 0 : 2)
  if (contributions.length < needed)
    return refuse('protect.contributions-missing', { needed, given: contributions.length })
  const missing = contributions.find((name) => !dimensions.includes(name))
  return needed > 0 && missing !== undefined ? refuse('protect.no-such-column', { name: missing }) : accept(undefined)
}

/**
 * The largest contributions to each cell, the largest first, as the file's columns say; none where no rule asks. To a total that was made the same
 * contributors are taken to have given the largest parts of all its cells: nobody here knows better, and so none is shown that should not be.
 *
 * Refuses: `protect.contributions-unreadable` {rows}: not numbers from 0 up, or more than the cell holds.
 */
function largestOf(
  table: PublishedTable,
  system: System,
  wasGiven: Uint8Array,
  { dominance, pPercent, contributions }: Rules,
): Decision<readonly Float64Array[]> {
  if (dominance === null && pPercent === null) return accept([])
  const places = contributions.map((name) => table.dimensions.indexOf(name))
  const cellOf = cellFinder(system)
  const readers = system.dimensions.map((dimension) => codeOf(dimension, table))
  const largest: (Float64Array | undefined)[] = Array.from({ length: system.cells })
  let unreadable = 0
  for (const { codes } of table.rows) {
    const cell = cellOf(readers.map((read) => read(codes) ?? ''))
    const parts = Float64Array.from(places, (place) => Number(codes[place] || 0)).sort((a, b) => b - a)
    const sum = parts.reduce((all, part) => all + part, 0)
    if (!parts.every((part) => part >= 0) || sum > (system.least[cell] ?? 0)) unreadable++
    largest[cell] = parts
  }
  if (unreadable > 0) return refuse('protect.contributions-unreadable', { rows: unreadable })
  const { sums } = system
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (let sum = 0; sum < sums.count; sum++) {
      const whole = sums.whole[sum] ?? 0
      if (wasGiven[whole] === 1 || largest[whole] !== undefined) continue
      const parts = [...sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0)].map((at) => largest[at])
      if (parts.includes(undefined)) continue
      largest[whole] = Float64Array.from(places, (_, at) => parts.reduce((all, part) => all + (part?.[at] ?? 0), 0))
      isMoving = true
    }
  }
  return accept(largest.map((parts) => parts ?? new Float64Array(places.length)))
}

/** The cells that such codes of a table's columns are; codes of none are passed over. */
export function cellsAt(
  codes: readonly (readonly string[])[],
  table: PublishedTable,
  system: System,
): readonly number[] {
  if (codes.length === 0) return []
  const cellOf = cellFinder(system)
  const readers = system.dimensions.map((dimension) => codeOf(dimension, table))
  return codes.map((each) => cellOf(readers.map((read) => read(each) ?? ''))).filter((cell) => cell >= 0)
}

/** The codes of a cell, one a dimension. */
export const codesOfCell = ({ codes, cellCodes, dimensions }: System, cell: number): readonly string[] =>
  codes.map((list, d) => list[cellCodes[cell * dimensions.length + d] ?? 0] ?? '')

/** The cell of a list of codes, one a dimension. */
export function cellFinder({ cells, cellCodes, codes, dimensions }: System): (codes: readonly string[]) => number {
  const width = dimensions.length
  const key = (parts: readonly string[]): string => parts.join('\u0001')
  const known = new Map<string, number>()
  for (let cell = 0; cell < cells; cell++) {
    known.set(key(codes.map((list, d) => list[cellCodes[cell * width + d] ?? 0] ?? '')), cell)
  }
  return (parts) => known.get(key(parts)) ?? -1
}
