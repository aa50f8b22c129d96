import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  type AddsUp,
  type AuditDimension,
  addsUpIn,
  codeOf,
  findDimensions,
  joined,
  structuresOf,
} from '../audit/hierarchy.ts'
import { findIntervals } from '../audit/intervals.ts'
import { endless, type PublishedRow, type PublishedTable } from '../audit/published.ts'
import type { System } from '../audit/system.ts'
import type { RandomBits } from '../noise/random-bits.ts'
import { hasHidden, hideFurther } from './already-hidden.ts'
import { suppressBeside } from './beside-earlier.ts'
import { type HiddenCells, hideByPatterns } from './by-patterns.ts'
import { patternBySolver } from './by-solver.ts'
import { hideExactly } from './exact.ts'
import { perturbByKey } from './perturb.ts'
import { perturbPrivately, withAllCombinations } from './private-counts.ts'
import { cellFinder, cellsAt, type FullTable, readFullTable } from './protected-table.ts'
import { roundControlled } from './round.ts'
import { type Rules, weightOf } from './rules.ts'
import { hiddenSign, type Suppressed, type SuppressOptions, type SuppressReport } from './words.ts'

export { noiseChances } from './perturb.ts'
export type { Rules } from './rules.ts'
export { readRules } from './rules.ts'
export { hiddenSign, type Suppressed, type SuppressOptions, type SuppressReport } from './words.ts'

export type ProtectOptions = SuppressOptions & {
  /** Tables of the same people that are out already, the newest first: together with them nothing may be open. */
  readonly earlier?: readonly PublishedTable[]
  /** For differential privacy: a secure source in use. */
  readonly bits: RandomBits
  /** For cell keys: from a secret and a cell's codes, evenly in [0, 1). */
  readonly keyOf: (codes: string) => number
}

export type Protected = {
  readonly rows: Suppressed['rows']
  readonly dimensions: readonly string[]
  readonly method: Rules['method']
  /** Of suppression: what was hidden. Of the others: how far counts were moved, on average and at most, and how many cells. */
  readonly report:
    | SuppressReport
    | {
        readonly cells: number
        readonly moved: number
        readonly averageMove: number
        readonly mostMoved: number
        readonly addsUp: boolean
        readonly dimensions: readonly AddsUp[]
      }
}

/**
 * A full table by the method its rules name. Refuses as `suppress`, `roundControlled` and `withAllCombinations`, and
 * `protect.no-solver`, and `protect.contributions-only-hide` where dominance or p per cent is asked of another method,
 * `protect.earlier-only-hides` where earlier tables are given to it; with them as `suppressBeside`.
 */
export async function protectTable(
  table: PublishedTable,
  rules: Rules,
  options: ProtectOptions,
): Promise<Decision<Protected>> {
  const isByContributions = rules.dominance !== null || rules.pPercent !== null
  if (rules.method === 'suppress') {
    const { earlier = [] } = options
    const done =
      earlier.length === 0
        ? await suppress(table, rules, options)
        : await suppressBeside(table, earlier, rules, options, suppress)
    return done.ok ? accept({ ...done.value, method: rules.method }) : done
  }
  if (isByContributions) return refuse('protect.contributions-only-hide')
  if ((options.earlier ?? []).length > 0) return refuse('protect.earlier-only-hides')
  const given = withoutValues(table, rules)
  const dimensions = findDimensions([given], rules.hierarchies)
  const whole = rules.method === 'dp' ? withAllCombinations(given, dimensions) : accept(given)
  if (!whole.ok) return whole
  const columns = whole.value
  const read = readFullTable(rules.method === 'dp' ? columns : table, dimensions, rules)
  if (!read.ok) return read
  const full = read.value
  const moved = await movedCounts(full, rules, options)
  if (!moved.ok) return moved
  const distances = moved.value.map((value, cell) => Math.abs(value - (full.counts[cell] ?? 0)))
  const width = full.system.cells
  return accept({
    method: rules.method,
    dimensions: columns.dimensions,
    rows: rowsOf(columns, full, (cell) => String(moved.value[cell] ?? 0)),
    report: {
      cells: width,
      moved: distances.filter((distance) => distance > 0).length,
      averageMove: width === 0 ? 0 : distances.reduce((sum, distance) => sum + distance, 0) / width,
      mostMoved: distances.reduce((most, distance) => Math.max(most, distance), 0),
      addsUp: rules.method !== 'cell-key',
      dimensions: addsUpIn(given, dimensions),
    },
  })
}

async function movedCounts(full: FullTable, rules: Rules, options: ProtectOptions): Promise<Decision<Float64Array>> {
  if (rules.method === 'cell-key') return accept(perturbByKey(full, rules.noise, options.keyOf))
  if (rules.method === 'dp') return accept(perturbPrivately(full, rules.epsilon, options.bits))
  if (options.solver === null) return refuse('protect.no-solver')
  return await roundControlled(full, rules.base, options.solver, {
    seconds: options.budget / 1000,
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  })
}

/**
 * A full table to one that may be published: sensitive cells hidden by the rules, others for their sake at least weight, and
 * proven: of every hidden cell other tables are written down that show the same and keep it apart. A table in which cells
 * are hidden already is closed by hiding further (`already-hidden.ts`). Refuses as `readFullTable`; `protect.contributions-only-full`, of such a table; and `protect.stopped`, `protect.cannot-close` {cells}: nothing is handed out then.
 */
export async function suppress(
  table: PublishedTable,
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Suppressed>> {
  const columns = withoutValues(table, rules)
  if (table.rows.length === 0) return refuse('protect.no-rows')
  if (hasHidden(table)) {
    const isByContributions = rules.dominance !== null || rules.pPercent !== null
    return isByContributions ? refuse('protect.contributions-only-full') : hideFurther(columns, rules, options)
  }
  const structures = structuresOf(columns, rules.hierarchies)
  const hides = new Set(options.hides)
  let first: Suppressed | undefined
  // Closed by every structure only when a whole round hid nothing more.
  for (let [round, quiet] = [0, 0]; round < mostRounds; round++) {
    const dimensions = structures[round % structures.length] ?? []
    const done = await suppressBy(table, columns, dimensions, rules, { ...options, hides })
    if (!done.ok) return done
    const before = hides.size
    const read = dimensions.map((dimension) => codeOf(dimension, columns))
    for (const { codes, shown } of done.value.rows)
      if (shown === hiddenSign) hides.add(read.map((of) => of(codes) ?? '').join('\u0001'))
    quiet = round === 0 || hides.size > before ? 1 : quiet + 1
    if (quiet < structures.length) {
      first ??= done.value
      continue
    }
    // What one structure needs at least, all of them need.
    const bound = first === undefined ? done.value.report.bound : first.report.bound
    return accept({ ...done.value, report: { ...done.value.report, bound } })
  }
  return refuse('protect.cannot-close', { cells: hides.size })
}

/** A table is hidden further so many times before it is given up. */
const mostRounds = 12

async function suppressBy(
  table: PublishedTable,
  columns: PublishedTable,
  dimensions: readonly AuditDimension[],
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Suppressed>> {
  const groups = apart(table, dimensions)
  const parts: Part[] = []
  for (const [index, group] of groups.entries()) {
    const begun = options.elapsed()
    const part = await suppressOne(group, present(group, dimensions), rules, {
      ...options,
      elapsed: () => options.elapsed() - begun,
      budget: Math.max(100, (options.budget - begun) / (groups.length - index)),
      onProgress: (stage, done, of) =>
        options.onProgress?.(stage, groups.length === 1 ? done : index, groups.length === 1 ? of : groups.length),
    })
    if (!part.ok) return part
    parts.push(part.value)
  }
  options.onProgress?.('proving', 1, 1)
  return accept({
    dimensions: columns.dimensions,
    rows: parts.flatMap(({ rows }) => rows),
    report: { ...parts.map(({ report }) => report).reduce(together), dimensions: addsUpIn(columns, dimensions) },
  })
}

/** A table that knows nothing of the others of its file. */
type Part = { readonly rows: Suppressed['rows']; readonly report: PartReport }
type PartReport = Omit<SuppressReport, 'dimensions'>

/** Where nothing adds up across codes (a country, a year), a table falls apart into tables that know nothing of one another. */
function apart(table: PublishedTable, dimensions: readonly AuditDimension[]): readonly PublishedTable[] {
  const readers = dimensions
    .filter(({ partitions }) => partitions.length === 0)
    .map((dimension) => codeOf(dimension, table))
  const groups = new Map<string, PublishedRow[]>()
  for (const row of table.rows) {
    const key = readers.map((read) => read(row.codes)).join('\u0001')
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].map((rows) => ({ ...table, rows }))
}

/** Its dimensions with the codes that it has, and their wholes. */
function present(table: PublishedTable, dimensions: readonly AuditDimension[]): readonly AuditDimension[] {
  return dimensions.map((dimension) => {
    const read = codeOf(dimension, table)
    const there = new Set(table.rows.map(({ codes }) => read(codes) ?? ''))
    for (let isMoving = true; isMoving; ) {
      isMoving = false
      for (const { whole, parts } of dimension.partitions) {
        if (there.has(whole) || !parts.some((part) => there.has(part))) continue
        there.add(whole)
        isMoving = true
      }
    }
    const partitions = dimension.partitions.flatMap(({ whole, parts }) => {
      const kept = parts.filter((part) => there.has(part))
      return kept.length === 0 ? [] : [{ whole, parts: kept }]
    })
    return { ...dimension, partitions }
  })
}

function together(one: PartReport, other: PartReport): PartReport {
  return {
    cells: one.cells + other.cells,
    persons: one.persons + other.persons,
    sensitive: one.sensitive + other.sensitive,
    secondary: one.secondary + other.secondary,
    secondaryPersons: one.secondaryPersons + other.secondaryPersons,
    weight: one.weight + other.weight,
    leftOut: one.leftOut + other.leftOut,
    bound: one.bound === null || other.bound === null ? null : one.bound + other.bound,
    open: 0,
  }
}

async function suppressOne(
  table: PublishedTable,
  dimensions: readonly AuditDimension[],
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Part>> {
  const columns = withoutValues(table, rules)
  const read = readFullTable(table, dimensions, rules)
  if (!read.ok) return read
  const also = cellsAt(options.alsoSensitive ?? [], table, read.value.system)
  const full = withHides(read.value, rules, options.hides, also)
  const isKnown = isAmong(full, options.shows)
  const weights = full.counts.map((count, cell) => (isKnown(cell) ? Number.POSITIVE_INFINITY : weightOf(count, rules)))
  const byPatterns = hideByPatterns(full, {
    weights,
    minimum: rules.minimum,
    usesZeros: rules.zeros === 'hide',
    elapsed: options.elapsed,
    budget: options.budget * 0.55,
    onProgress: (done, of) => options.onProgress?.('hiding', done, of),
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  })
  if (options.shouldStop?.() === true) return refuse('protect.stopped')
  const hidden = await closeTheRest(full, weights, byPatterns, rules, options)
  if (hidden.unprotected.length > 0) return refuse('protect.cannot-close', { cells: hidden.unprotected.length })
  const exact = options.solver === null ? null : await leastWeight(full, weights, hidden, rules, options)
  const better = exact !== null && exact.isHidden !== hidden.isHidden ? exact : null
  let isHidden = better?.isHidden ?? hidden.isHidden
  let open = await openCells(full, isHidden, better === null ? hidden : null, rules, options)
  if (open > 0 && better !== null) {
    // Closed for an LP and not for whole numbers: the patterns' answer stands.
    isHidden = hidden.isHidden
    open = await openCells(full, isHidden, hidden, rules, options)
  }
  if (options.shouldStop?.() === true) return refuse('protect.stopped')
  if (open > 0) return refuse('protect.cannot-close', { cells: open })
  const ruled = withHides(read.value, rules, undefined, also)
  return accept(published(columns, ruled, isHidden, weights, exact === null ? null : exact.bound))
}

/** Cells that must be hidden for the sake of other tables are hidden like sensitive ones; nobody is, where zeros are shown. */
function withHides(full: FullTable, rules: Rules, hides: SuppressOptions['hides'], also: readonly number[]): FullTable {
  const isAmongHides = isAmong(full, hides)
  const isAlso = new Set(also)
  const isAsked = (cell: number): boolean => isAmongHides(cell) || isAlso.has(cell)
  const isSensitive = full.isSensitive.map((is, cell) =>
    is === 1 || (isAsked(cell) && (rules.zeros === 'hide' || (full.counts[cell] ?? 0) > 0)) ? 1 : 0,
  )
  return { ...full, isSensitive }
}

function isAmong({ system }: FullTable, keys: ReadonlySet<string> | undefined): (cell: number) => boolean {
  const width = system.dimensions.length
  return (cell) =>
    keys !== undefined &&
    keys.size > 0 &&
    keys.has(system.codes.map((codes, d) => codes[system.cellCodes[cell * width + d] ?? 0] ?? '').join('\u0001'))
}

/** Seconds the solver may take to close one cell. */
const mostClosing = 20

/** Cells that no product of moves closes, one by one by the solver. */
async function closeTheRest(
  full: FullTable,
  weights: Float64Array,
  hidden: HiddenCells,
  rules: Rules,
  options: SuppressOptions,
): Promise<HiddenCells> {
  if (hidden.unprotected.length === 0 || options.solver === null) return hidden
  const isHidden = hidden.isHidden.slice()
  const patterns = [...hidden.patterns]
  const unprotected: number[] = []
  const price = (cell: number): number => {
    if (isHidden[cell] === 1) return 0
    return (full.counts[cell] ?? 0) > 0 || rules.zeros === 'hide' ? (weights[cell] ?? 0) : Number.POSITIVE_INFINITY
  }
  for (const cell of hidden.unprotected) {
    if (options.shouldStop?.() === true) unprotected.push(cell)
    else {
      // The budget is for hiding fewer; closing is never given up for it.
      const given = { solver: options.solver, minimum: rules.minimum, seconds: mostClosing }
      const pattern = await patternBySolver(full, cell, price, given)
      if (pattern === null) unprotected.push(cell)
      else {
        patterns.push(pattern)
        for (const used of pattern.cells) isHidden[used] = 1
      }
    }
  }
  return { isHidden, patterns, unprotected }
}

/** Columns of contributions say how large a cell's largest are: they are no dimension, and never published. */
function withoutValues(table: PublishedTable, rules: Rules): PublishedTable {
  const kept = table.dimensions.flatMap((name, place) => (rules.contributions.includes(name) ? [] : [place]))
  if (kept.length === table.dimensions.length) return table
  return {
    name: table.name,
    dimensions: kept.map((place) => table.dimensions[place] ?? ''),
    rows: table.rows.map(({ codes, shown }) => ({ codes: kept.map((place) => codes[place] ?? ''), shown })),
  }
}

/** Milliseconds that the search for the least weight may take: what it has not found by then it seldom finds soon. */
const mostExact = 8000

async function leastWeight(
  full: FullTable,
  weights: Float64Array,
  hidden: HiddenCells,
  rules: Rules,
  options: SuppressOptions,
) {
  if (options.solver === null) return null
  return await hideExactly(full, weights, hidden.isHidden, {
    solver: options.solver,
    minimum: rules.minimum,
    usesZeros: rules.zeros === 'hide',
    elapsed: options.elapsed,
    budget: Math.min(options.budget * 0.8, options.elapsed() + mostExact),
    onProgress: (done, of) => options.onProgress?.('least', done, of),
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  })
}

/** The auditor's count of hidden cells that are open, on what will be published; patterns spare it the search. */
async function openCells(
  { system, counts, floors, reaches }: FullTable,
  isHidden: Uint8Array,
  hidden: HiddenCells | null,
  { minimum }: Rules,
  options: SuppressOptions,
): Promise<number> {
  const seen = asPublished(system, counts, isHidden, floors)
  const intervals = await findIntervals(seen, {
    reading: 'complete',
    solver: options.solver,
    wideEnough: { width: minimum - 1, most: reaches },
    known: counts,
    ...(hidden === null ? {} : { moves: hidden.patterns }),
    onProgress: (done, of) => options.onProgress?.('proving', done, of),
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  })
  let open = intervals.wasStopped ? 1 : 0
  for (let cell = 0; cell < seen.cells; cell++) {
    if (isHidden[cell] !== 1) continue
    const [least, most] = [intervals.least[cell] ?? 0, intervals.most[cell] ?? 0]
    if (most - least < minimum - 1 || most < (reaches[cell] ?? minimum)) open++
  }
  return open
}

/** The same system as a reader has it: hidden cells have no bounds but the least that she knows from the rule. */
function asPublished(system: System, counts: Float64Array, isHidden: Uint8Array, floors: Float64Array): System {
  return {
    ...system,
    least: Float64Array.from(counts, (count, cell) => (isHidden[cell] === 1 ? (floors[cell] ?? 0) : count)),
    most: Float64Array.from(counts, (count, cell) => (isHidden[cell] === 1 ? endless : count)),
    state: Uint8Array.from(counts, (_, cell) => (isHidden[cell] === 1 ? 2 : 1)),
  }
}

function published(
  table: PublishedTable,
  full: FullTable,
  isHidden: Uint8Array,
  weights: Float64Array,
  bound: number | null,
): Part {
  const { system, counts, isSensitive } = full
  const count = { sensitive: 0, secondary: 0, secondaryPersons: 0, weight: 0 }
  for (let cell = 0; cell < system.cells; cell++) {
    if (isSensitive[cell] === 1) count.sensitive++
    if (isHidden[cell] !== 1 || isSensitive[cell] === 1) continue
    count.secondary++
    count.secondaryPersons += counts[cell] ?? 0
    count.weight += weights[cell] ?? 0
  }
  const persons = counts.reduce((sum, value, cell) => (isHidden[cell] === 1 ? sum : sum + value), 0)
  return {
    rows: rowsOf(table, full, (cell) => (isHidden[cell] === 1 ? hiddenSign : String(counts[cell] ?? 0))),
    report: { cells: system.cells, persons, ...count, leftOut: 0, bound, open: 0 },
  }
}

/** The given rows as they came, labels and all, then the totals that were made: where a label is not known it is left empty. */
function rowsOf(
  table: PublishedTable,
  { system, wasGiven }: FullTable,
  show: (cell: number) => string,
): Suppressed['rows'] {
  const width = system.dimensions.length
  const cellOf = cellFinder(system)
  const readers = system.dimensions.map((dimension) => codeOf(dimension, table))
  const given = table.rows.map(({ codes }) => ({
    codes,
    shown: show(cellOf(readers.map((read) => read(codes) ?? ''))),
  }))
  const fixed = table.dimensions.map((_, place) => {
    const first = table.rows[0]?.codes[place] ?? ''
    return table.rows.every(({ codes }) => codes[place] === first) ? first : ''
  })
  const made = [...wasGiven.keys()].flatMap((cell) => {
    if (wasGiven[cell] === 1) return []
    const codes = [...fixed]
    for (const [d, { columns }] of system.dimensions.entries()) {
      const code = system.codes[d]?.[system.cellCodes[cell * width + d] ?? 0] ?? ''
      for (const [part, name] of columns.entries()) {
        codes[table.dimensions.indexOf(name)] = columns.length === 1 ? code : (code.split(joined)[part] ?? '')
      }
    }
    return [{ codes, shown: show(cell) }]
  })
  return [...given, ...made]
}
