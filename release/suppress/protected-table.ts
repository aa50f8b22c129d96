import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type AuditDimension, codeOf } from '../audit/hierarchy.ts'
import { type PublishedTable, readShown } from '../audit/published.ts'
import { buildSystem, type System } from '../audit/system.ts'
import type { Rules } from './rules.ts'

/** The owner's own table: every count known, every total there. */
export type FullTable = {
  readonly system: System
  /** Persons in each cell. */
  readonly counts: Float64Array
  /** 1 where a rule forbids showing the cell. */
  readonly isSensitive: Uint8Array
  /** Sums a cell is whole or part of: those of cell `i` are `sums[starts[i] .. starts[i + 1]]`. */
  readonly touching: { readonly starts: Int32Array; readonly sums: Int32Array }
  /** Rows of the given file, by cell; totals that were not in it have none. */
  readonly wasGiven: Uint8Array
}

/**
 * Reads the full table of long form: all cells are whole numbers; a combination that has no row is nobody; totals that are
 * missing are made. Refuses: `protect.not-counts` {rows}, `protect.no-rows`, `protect.repeated-rows` {rows},
 * `protect.totals-do-not-add-up` {sums}.
 */
export function readFullTable(
  table: PublishedTable,
  dimensions: readonly AuditDimension[],
  rules: Rules,
  alsoSensitive: readonly (readonly string[])[] = [],
): Decision<FullTable> {
  const shown = table.rows.map((row) => readShown(row.shown))
  const bad = shown.filter(({ kind }) => kind !== 'number').length
  if (table.rows.length === 0) return refuse('protect.no-rows')
  if (bad > 0) return refuse('protect.not-counts', { rows: bad })
  const system = buildSystem([table], dimensions, { minimum: rules.minimum })
  if (system.notes.repeated > 0) return refuse('protect.repeated-rows', { rows: system.notes.repeated })
  const wasGiven = Uint8Array.from(system.state, (state) => (state === 1 ? 1 : 0))
  const { counts, broken } = filled(system)
  if (broken > 0) return refuse('protect.totals-do-not-add-up', { sums: broken })
  const touching = touchingSums(system)
  const isSensitive = sensitiveCells(table, dimensions, system, counts, rules)
  for (const cell of cellsAt(alsoSensitive, table, system)) if ((counts[cell] ?? 0) > 0) isSensitive[cell] = 1
  return accept({ system, counts, isSensitive, touching, wasGiven })
}

/** Totals made from their parts, from the finest upwards; sums that then do not hold are counted. */
function filled({ cells, state, least, sums }: System): { readonly counts: Float64Array; readonly broken: number } {
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
  let broken = 0
  for (let sum = 0; sum < sums.count; sum++) if (total(sum) !== (counts[sums.whole[sum] ?? 0] ?? 0)) broken++
  return { counts, broken }
}

/** The sums that each cell is whole or part of. */
export function touchingSums({ cells, sums }: System): FullTable['touching'] {
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

/**
 * Primary rules (Handbook on Statistical Disclosure Control, 2024, chapter 4): fewer than the minimum; the `n` largest
 * contributors have over `k` per cent; the second largest can tell the largest to within `p` per cent.
 */
function sensitiveCells(
  table: PublishedTable,
  dimensions: readonly AuditDimension[],
  system: System,
  counts: Float64Array,
  rules: Rules,
): Uint8Array {
  const isSensitive = Uint8Array.from(counts, (count) =>
    count === 0 ? (rules.zeros === 'hide' ? 1 : 0) : count < rules.minimum ? 1 : 0,
  )
  const { dominance, pPercent, contributions } = rules
  if (contributions.length === 0 || (dominance === null && pPercent === null)) return isSensitive
  const places = contributions.map((name) => table.dimensions.indexOf(name))
  const cellOf = cellFinder(system)
  const readers = dimensions.map((dimension) => codeOf(dimension, table))
  for (const { codes } of table.rows) {
    const cell = cellOf(readers.map((read) => read(codes) ?? ''))
    const largest = places.map((place) => Number(codes[place] ?? 0) || 0).sort((a, b) => b - a)
    const total = counts[cell] ?? 0
    const first = largest.slice(0, dominance?.n ?? 0).reduce((sum, part) => sum + part, 0)
    if (dominance !== null && total > 0 && first > (dominance.k / 100) * total) isSensitive[cell] = 1
    const rest = total - (largest[0] ?? 0) - (largest[1] ?? 0)
    if (pPercent !== null && total > 0 && rest < (pPercent / 100) * (largest[0] ?? 0)) isSensitive[cell] = 1
  }
  return isSensitive
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
