import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { openInPublished } from '../audit/audit.ts'
import {
  type AddsUp,
  type AuditDimension,
  addsUpIn,
  codeOf,
  findDimensions,
  joined,
  structuresOf,
  whatAddsUp,
} from '../audit/hierarchy.ts'
import { findIntervals } from '../audit/intervals.ts'
import { endless, type PublishedRow, type PublishedTable, sortedByCodes } from '../audit/published.ts'
import { readingsOf } from '../audit/readings.ts'
import type { System } from '../audit/system.ts'
import { totalAway } from '../editions/total-away.ts'
import type { RandomBits } from '../noise/random-bits.ts'
import { besideOpen, hasHidden, hideFurther } from './already-hidden.ts'
import { withoutAttributes } from './attribute-columns.ts'
import { suppressBeside } from './beside-earlier.ts'
import { type HiddenCells, hideByPatterns } from './by-patterns.ts'
import { patternBySolver } from './by-solver.ts'
import { declaredTable } from './declared.ts'
import { hideExactly, smallWork } from './exact.ts'
import { perturbByKey } from './perturb.ts'
import { inDeclaredOrder, perturbPrivately, withAllCombinations } from './private-counts.ts'
import { cellFinder, cellsAt, type FullTable, isHiddenSomebody, readFullTable } from './protected-table.ts'
import { roundControlled } from './round.ts'
import { checkHierarchies, type Rules, weightOf } from './rules.ts'
import { hiddenSign, type Suppressed, type SuppressOptions, type SuppressReport } from './words.ts'

export { noiseChances } from './perturb.ts'
export { isHiddenSomebody } from './protected-table.ts'
export type { Rules } from './rules.ts'
export { checkHierarchies, readRules } from './rules.ts'
export { hiddenSign, type Suppressed, type SuppressOptions, type SuppressReport } from './words.ts'

export type ProtectOptions = SuppressOptions & {
  /** Tables of the same people that are out already, the newest first: together with them nothing may be open. */
  readonly earlier?: readonly PublishedTable[]
  /** What they were made of, the newest first, as many as are at hand. */
  readonly stood?: readonly PublishedTable[]
  /** For differential privacy: a secure source in use. */
  readonly bits: RandomBits
  /** For cell keys and rounding: from a secret and a text (a cell's codes, its count), evenly in [0, 1). */
  readonly keyOf: (text: string) => number
}

export type Protected = {
  readonly rows: Suppressed['rows']
  readonly dimensions: readonly string[]
  readonly method: Rules['method']
  /** Of suppression: the full table that it shows a part of, counts as they stand. The next edition is measured from it; it is for nobody else. */
  readonly madeOf?: PublishedTable
  /** Of suppression: what was hidden. Of the others: how far counts were moved, on average and at most, and how many cells. */
  readonly report:
    | (SuppressReport & { readonly warnings: readonly 'one-run'[] })
    | {
        readonly cells: number
        readonly moved: number
        readonly averageMove: number
        readonly mostMoved: number
        readonly addsUp: boolean
        /** From what is handed out alone, protected once more: of differential privacy, whose true moves would tell what is under them. */
        readonly isEstimated: boolean
        /** Sentences of the catalogues under `release.warning.`. */
        readonly warnings: readonly ('spends' | 'high-epsilon' | 'drawn-anew' | 'cut-otherwise')[]
        readonly dimensions: readonly AddsUp[]
      }
}

/**
 * A full table by the method its rules name. Refuses as `checkHierarchies`, `withoutAttributes`, `suppress`, `roundControlled`, `declaredTable` and `withAllCombinations`, and
 * `protect.no-solver`, and `protect.contributions-only-hide` where dominance or p per cent is asked of another method,
 * `protect.earlier-only-hides` where earlier tables are given to it; with them as `suppressBeside`.
 */
export async function protectTable(
  given: PublishedTable,
  rules: Rules,
  options: ProtectOptions,
): Promise<Decision<Protected>> {
  const isByContributions = rules.dominance !== null || rules.pPercent !== null
  const named = checkHierarchies([given, ...(options.earlier ?? [])], rules)
  if (!named.ok) return named
  const kept = withoutAttributes(given, rules)
  if (!kept.ok) return kept
  const table = kept.value
  if (rules.method === 'suppress') {
    const { earlier = [] } = options
    const done =
      earlier.length === 0
        ? await suppressAlone(table, rules, options)
        : await suppressBeside(table, earlier, rules, options, suppress)
    if (!done.ok) return done
    const { report, madeOf } = done.value
    const hasStood = report.stands || report.stood !== undefined
    const away = hasStood ? totalAway(withoutValues(table, rules), madeOf, rules.hierarchies) : undefined
    return accept({
      ...done.value,
      method: rules.method,
      report: {
        ...report,
        ...(away === undefined ? {} : { totalAway: away }),
        // What is handed out again is out already.
        warnings: report.stands ? [] : ['one-run'],
      },
    })
  }
  if (isByContributions) return refuse('protect.contributions-only-hide')
  if ((options.earlier ?? []).length > 0) return refuse('protect.earlier-only-hides')
  if (rules.method === 'dp') return protectPrivately(table, rules, options)
  const columns = withoutValues(table, rules)
  // Neither what is taken to add up nor what is drawn may depend on how columns and rows stand in the file.
  const sorted = sortedByCodes(withSortedColumns(columns))
  const dimensions = findDimensions([sorted], rules.hierarchies)
  const read = readFullTable(sorted, dimensions, { ...rules, contributions: [] })
  if (!read.ok) return read
  const full = read.value
  const moved = await movedCounts(full, rules, options)
  if (!moved.ok) return moved
  return accept({
    method: rules.method,
    dimensions: columns.dimensions,
    rows: rowsOf(columns, full, (cell) => String(moved.value[cell] ?? 0)),
    report: {
      ...howFar(full.counts, moved.value),
      addsUp: rules.method !== 'cell-key',
      isEstimated: false,
      warnings: ['cut-otherwise'],
      dimensions: addsUpIn(columns, dimensions),
    },
  })
}

function withSortedColumns({ name, dimensions, rows }: PublishedTable): PublishedTable {
  const places = [...dimensions.keys()].sort((a, b) => ((dimensions[a] ?? '') < (dimensions[b] ?? '') ? -1 : 1))
  const inOrder = (texts: readonly string[]): readonly string[] => places.map((place) => texts[place] ?? '')
  return {
    name,
    dimensions: inOrder(dimensions),
    rows: rows.map(({ codes, shown }) => ({ codes: inOrder(codes), shown })),
  }
}

/**
 * Everything that is handed out, the report too, is made of the names of the codes, of the rules and of the noisy counts: how far those are
 * off is told by protecting them once more (the parametric bootstrap).
 */
function protectPrivately(given: PublishedTable, rules: Rules, { bits }: ProtectOptions): Decision<Protected> {
  const declared = declaredTable(withoutValues(given, rules), rules)
  if (!declared.ok) return declared
  const { dimensions } = declared.value
  const whole = withAllCombinations(declared.value)
  if (!whole.ok) return whole
  const table = whole.value
  const read = readFullTable(table, dimensions, { ...rules, contributions: [] })
  if (!read.ok) return read
  const counts = perturbPrivately(read.value, rules.epsilon, bits)
  const again = perturbPrivately({ ...read.value, counts }, rules.epsilon, bits)
  return accept({
    method: rules.method,
    dimensions: table.dimensions,
    rows: inDeclaredOrder(
      rowsOf(table, read.value, (cell) => String(counts[cell] ?? 0)),
      declared.value,
    ),
    report: {
      ...howFar(counts, again),
      addsUp: true,
      isEstimated: true,
      warnings: rules.epsilon > 4 ? ['spends', 'high-epsilon'] : ['spends'],
      dimensions: dimensions.map((dimension, d) => whatAddsUp(dimension, declared.value.codes[d] ?? [])),
    },
  })
}

function howFar(counts: Float64Array, moved: Float64Array) {
  const distances = moved.map((value, cell) => Math.abs(value - (counts[cell] ?? 0)))
  return {
    cells: counts.length,
    moved: distances.filter((distance) => distance > 0).length,
    averageMove: counts.length === 0 ? 0 : distances.reduce((sum, distance) => sum + distance, 0) / counts.length,
    mostMoved: distances.reduce((most, distance) => Math.max(most, distance), 0),
  }
}

async function movedCounts(full: FullTable, rules: Rules, options: ProtectOptions): Promise<Decision<Float64Array>> {
  if (rules.method === 'cell-key') return accept(perturbByKey(full, rules.noise, options.keyOf))
  if (options.solver === null) return refuse('protect.no-solver')
  return await roundControlled(full, rules.base, options.solver, options.keyOf, {
    seconds: options.budget / 1000,
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  })
}

async function suppressAlone(table: PublishedTable, rules: Rules, options: SuppressOptions) {
  const done = await suppress(table, rules, options)
  return done.ok ? accept({ ...done.value, madeOf: table }) : done
}

/**
 * A full table to one that may be published: sensitive cells hidden by the rules, others for their sake at least weight, and
 * proven: of every hidden cell other tables are written down that show the same and keep it apart. A table in which cells
 * are hidden already is closed by hiding further (`already-hidden.ts`). Refuses as `readFullTable`; `protect.contributions-only-full`, of such a table; and `protect.stopped`, `protect.cannot-close` {cells}: nothing is handed out then.
 */
export async function suppress(
  given: PublishedTable,
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Suppressed>> {
  const structures = structuresOf(withoutValues(given, rules), rules.hierarchies)
  const done = await suppressSorted(sortedByCodes(given), structures, rules, options)
  return done.ok ? accept({ ...done.value, rows: inOrderOf(given, done.value.rows, rules) }) : done
}

/** As they stood in the file, and after them the totals that were made. */
function inOrderOf(given: PublishedTable, rows: Suppressed['rows'], rules: Rules): Suppressed['rows'] {
  const nameOf = (codes: readonly string[]): string => codes.join('\u0001')
  const places = new Map(withoutValues(given, rules).rows.map(({ codes }, place) => [nameOf(codes), place]))
  const placeOf = ({ codes }: Suppressed['rows'][number]): number => places.get(nameOf(codes)) ?? places.size
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b))
}

async function suppressSorted(
  table: PublishedTable,
  every: readonly (readonly AuditDimension[])[],
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Suppressed>> {
  const columns = withoutValues(table, rules)
  if (table.rows.length === 0) return refuse('protect.no-rows')
  if (hasHidden(table)) {
    const isByContributions = rules.dominance !== null || rules.pPercent !== null
    if (isByContributions) return refuse('protect.contributions-only-full')
    const done = await hideFurther(columns, rules, options)
    if (!done.ok) return done
    return accept({
      ...done.value,
      report: { ...done.value.report, unsettled: unsettledIn(columns, done.value, rules) },
    })
  }
  // Those count by which all sums hold; where there is none, the first says what does not.
  const holding = every.filter((each) => readFullTable(table, each, rules).ok)
  const structures = holding.length > 0 ? holding : every.slice(0, 1)
  const hides = new Set(options.hides)
  let first: Suppressed | undefined
  let judged = 0
  // Closed by every structure only when a whole round hid nothing more.
  for (let [round, quiet] = [0, 0]; round < mostRounds * structures.length; round++) {
    const structure = structures[round % structures.length] ?? []
    const done = await suppressBy(table, columns, structure, rules, { ...options, hides })
    if (!done.ok) return done
    const before = hides.size
    const read = structure.map((dimension) => codeOf(dimension, columns))
    for (const { codes, shown } of done.value.rows)
      if (shown === hiddenSign) hides.add(read.map((of) => of(codes) ?? '').join('\u0001'))
    quiet = round === 0 || hides.size > before ? 1 : quiet + 1
    if (quiet < structures.length) {
      first ??= done.value
      continue
    }
    const unsettled = unsettledIn(columns, done.value, rules)
    if (unsettled.length > 0 && judged < mostJudged && columns.rows.length <= mostRowsJudged) {
      judged++
      const more = await openToAuditor({ ...columns, rows: done.value.rows }, rules, options)
      if (options.shouldStop?.() === true) return refuse('protect.stopped')
      const [known, read] = [hides.size, structures[0]?.map((dimension) => codeOf(dimension, columns)) ?? []]
      for (const codes of more) hides.add(read.map((of) => of(codes) ?? '').join('\u0001'))
      if (hides.size > known) {
        quiet = 0
        continue
      }
    }
    // What one structure needs at least, all of them need.
    const bound = unsettled.length > 0 ? null : first === undefined ? done.value.report.bound : first.report.bound
    const dimensions = addsUpIn(columns, structures[0] ?? [])
    return accept({ ...done.value, report: { ...done.value.report, dimensions, unsettled, bound } })
  }
  return refuse('protect.cannot-close', { cells: hides.size })
}

/** A table is hidden further so many times a structure before it is given up. */
const mostRounds = 6

/** So often the auditor is asked where it is not settled what adds up, of tables of so many rows: it reads them in several ways. */
const [mostJudged, mostRowsJudged] = [4, 2000]

/** Dimensions of which what is handed out does not say what adds up: the auditor's own judgement. */
function unsettledIn(columns: PublishedTable, { rows }: Suppressed, rules: Rules): readonly string[] {
  const { restsOn } = readingsOf([{ ...columns, rows }], rules.hierarchies)
  return [...restsOn].flatMap(([name, on]) => (on === 'unsettled' ? [name] : []))
}

/** Codes of shown cells beside those that the auditor finds open by one of its readings, true or not. */
async function openToAuditor(
  table: PublishedTable,
  rules: Rules,
  { solver, shouldStop }: SuppressOptions,
): Promise<readonly (readonly string[])[]> {
  const audited = await openInPublished([table], [], {
    solver,
    minimum: rules.minimum,
    zeros: rules.zeros === 'show' ? 'shown' : 'unsaid',
    named: rules.hierarchies,
    ...(shouldStop ? { shouldStop } : {}),
  })
  return audited.open === 0 ? [] : besideOpen(audited, table, audited.system.dimensions, rules)
}

async function suppressBy(
  table: PublishedTable,
  columns: PublishedTable,
  dimensions: readonly AuditDimension[],
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Suppressed>> {
  const isSomebody = isHiddenSomebody(columns, dimensions, rules)
  const groups = apart(table, dimensions)
  const parts: Part[] = []
  for (const [index, group] of groups.entries()) {
    const begun = options.elapsed()
    const part = await suppressOne(group, present(group, dimensions), isSomebody, rules, {
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
    report: {
      ...parts.map(({ report }) => report).reduce(together),
      dimensions: addsUpIn(columns, dimensions),
      unsettled: [],
    },
  })
}

/** A table that knows nothing of the others of its file. */
type Part = { readonly rows: Suppressed['rows']; readonly report: PartReport }
type PartReport = Omit<SuppressReport, 'dimensions' | 'unsettled'>

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
  isSomebody: boolean,
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Part>> {
  const columns = withoutValues(table, rules)
  const read = readFullTable(table, dimensions, rules, isSomebody)
  if (!read.ok) return read
  const also = cellsAt(options.alsoSensitive ?? [], table, read.value.system)
  const full = withHides(read.value, rules, options.hides, also)
  // What another structure has hidden is hidden beside, and by no rule.
  const ruled = withHides(read.value, rules, undefined, also)
  const isKnown = new Set(cellsAt(options.shows ?? [], table, full.system))
  const weights = full.counts.map((count, cell) => weightOf(count, rules) * (isKnown.has(cell) ? knownCosts : 1))
  const byPatterns = hideByPatterns(full, {
    weights,
    minimum: rules.minimum,
    usesZeros: rules.zeros === 'hide',
    // Of a small table the sweeps come to rest soon: no clock is to decide what is hidden.
    elapsed: full.system.cells <= smallWork.cells ? () => 0 : options.elapsed,
    budget: options.budget * 0.55,
    onProgress: (done, of) => options.onProgress?.('hiding', done, of),
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  })
  if (options.shouldStop?.() === true) return refuse('protect.stopped')
  let hidden = await closeTheRest(full, weights, byPatterns, rules, options)
  if (hidden.unprotected.length > 0) {
    const isHidden = await asLittleAsAudited(full, weights, hidden, rules, options)
    if (options.shouldStop?.() === true) return refuse('protect.stopped')
    if (isHidden === null) return refuse('protect.cannot-close', { cells: hidden.unprotected.length })
    return accept(published(columns, ruled, isHidden, weights, null))
  }
  const exact = options.solver === null ? null : await leastWeight(full, weights, hidden, rules, options)
  if (exact !== null && exact.isHidden !== hidden.isHidden) {
    const open = await openCells(full, exact.isHidden, null, rules, options)
    if (open?.length === 0) return accept(published(columns, ruled, exact.isHidden, weights, exact.bound))
    // Closed for an LP and not for whole numbers: the patterns' answer stands.
  }
  for (let round = 0; ; round++) {
    const open = await openCells(full, hidden.isHidden, hidden, rules, options)
    if (open === null || options.shouldStop?.() === true) return refuse('protect.stopped')
    if (open.length === 0) break
    if (round === mostReclosed) return refuse('protect.cannot-close', { cells: open.length })
    hidden = await closeTheRest(full, weights, { ...hidden, unprotected: open }, rules, options)
    if (hidden.unprotected.length > 0) return refuse('protect.cannot-close', { cells: hidden.unprotected.length })
  }
  return accept(published(columns, ruled, hidden.isHidden, weights, exact === null ? null : exact.bound))
}

/** Larger tables are not audited cell by cell. */
const mostAudited = 150

/**
 * Where a cell has no pattern of its own, several together may still keep it apart (a little up in one table, a little down in another): everything that may be
 * hidden is, and what the auditor does not miss is shown again, the heaviest first. Null: open even so, or too large a table.
 */
async function asLittleAsAudited(
  full: FullTable,
  weights: Float64Array,
  hidden: HiddenCells,
  rules: Rules,
  options: SuppressOptions,
): Promise<Uint8Array | null> {
  const { counts, isSensitive, system } = full
  if (options.solver === null || system.cells > mostAudited) return null
  const mayHide = (cell: number): boolean =>
    Number.isFinite(weights[cell]) && ((counts[cell] ?? 0) > 0 || rules.zeros === 'hide')
  const isHidden = isSensitive.map((is, cell) => (is === 1 ? (hidden.isHidden[cell] ?? 1) : mayHide(cell) ? 1 : 0))
  const isClosed = async (): Promise<boolean> => (await openCells(full, isHidden, null, rules, options))?.length === 0
  if (!(await isClosed())) return null
  const others = [...isHidden.keys()].filter((cell) => isHidden[cell] === 1 && isSensitive[cell] !== 1)
  for (const cell of others.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0))) {
    if (options.elapsed() > options.budget) break
    isHidden[cell] = 0
    if (!(await isClosed())) isHidden[cell] = 1
  }
  return isHidden
}

/** What was hidden person by person may itself be open: closed so many times before it is given up. */
const mostReclosed = 5

/** To hide what everybody knows hides nothing; where nothing else can be hidden the audit of all tables says whether it does after all. */
const knownCosts = 1000

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
      // Nobody is there whatever is hidden, and every reader knows it: a sign in its place would only look like protection.
      if (pattern === 'fixed') isHidden[cell] = 0
      else if (pattern === null) unprotected.push(cell)
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
    work: full.system.cells <= smallWork.cells ? smallWork : null,
    onProgress: (done, of) => options.onProgress?.('least', done, of),
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  })
}

/** Hidden cells that the auditor finds open in what will be published; null when it was stopped. Patterns spare it the search. */
async function openCells(
  { system, counts, floors, reaches }: FullTable,
  isHidden: Uint8Array,
  hidden: HiddenCells | null,
  { minimum }: Rules,
  options: SuppressOptions,
): Promise<readonly number[] | null> {
  const seen = asPublished(system, counts, isHidden, floors)
  const intervals = await findIntervals(seen, {
    reading: 'complete',
    solver: options.solver,
    wideEnough: { width: new Float64Array(seen.cells).fill(minimum - 1), most: reaches },
    known: counts,
    ...(hidden === null ? {} : { moves: hidden.patterns }),
    onProgress: (done, of) => options.onProgress?.('proving', done, of),
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  })
  if (intervals.wasStopped) return null
  const open: number[] = []
  for (let cell = 0; cell < seen.cells; cell++) {
    if (isHidden[cell] !== 1) continue
    const [least, most] = [intervals.least[cell] ?? 0, intervals.most[cell] ?? 0]
    if (most - least < minimum - 1 || most < (reaches[cell] ?? minimum)) open.push(cell)
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
    if (isHidden[cell] !== 1) continue
    if (isSensitive[cell] === 1) {
      count.sensitive++
      continue
    }
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
