import type { Solver } from '@lentera/solver'
import { type AddsUp, type AuditDimension, type NamedHierarchies, whatAddsUp } from './hierarchy.ts'
import { findIntervals, type Intervals, type Reading } from './intervals.ts'
import type { Keeps } from './keeps.ts'
import { endless, type PublishedTable, sortedByCodes, type Zeros } from './published.ts'
import { type RestsOn, readingsOf } from './readings.ts'
import { inTime, type Releases, releaseDimension } from './releases.ts'
import { buildSystem, type System, type SystemNotes } from './system.ts'

export {
  type AddsUp,
  type AuditDimension,
  codeOf,
  findDimensions,
  joined,
  type NamedHierarchies,
  namedAs,
} from './hierarchy.ts'
export { findIntervals, type Reading } from './intervals.ts'
export { keptAt } from './keeps.ts'
export { type PublishedTable, readShown, type Zeros } from './published.ts'
export type { RestsOn } from './readings.ts'
export type { Releases } from './releases.ts'
export { buildSystem, type System } from './system.ts'

export type AuditOptions = {
  readonly solver: Solver | null
  /** Fewest persons a cell may show. */
  readonly minimum?: number
  /**
   * How many values apart the ends of a hidden cell must stay: 4 for a minimum of five, so that `<5` says no more than
   * `<5`. A band narrower than that is held to its own width.
   */
  readonly width?: number
  readonly reading?: Reading
  /** What a reader knows of zeros; without it, nothing. */
  readonly zeros?: Zeros
  /** What earlier releases are to this one; without it, the same counts. */
  readonly releases?: Releases
  readonly named?: NamedHierarchies
  readonly onProgress?: (done: number, of: number) => void
  readonly shouldStop?: () => boolean
}

/**
 * Which rule an open cell breaks, the gravest first: its value is known; it is known to be nobody; known to be few; narrowed, be it only for a reader
 * who takes what has no row for nobody.
 */
export const brokenRules = ['exact', 'zero', 'below-minimum', 'narrow'] as const
export type BrokenRule = (typeof brokenRules)[number]

/** Counts, and what adds up to what: neither a cell nor a value of somebody else's table is in here. */
export type AuditReport = {
  readonly dimensions: readonly (AddsUp & { readonly restsOn: RestsOn })[]
  readonly cells: number
  /** Hidden by a sign or a band, or `omitted`: their rows were left out, and sums tell that somebody is in them. */
  readonly hidden: number
  readonly omitted: number
  /** Shown as a number from one up to less than the minimum: nobody hid them. */
  readonly inTheClear: number
  readonly open: number
  readonly byRule: Readonly<Record<BrokenRule, number>>
  /** Open by one sum alone; of one breakdown by several sums; only by so many breakdowns together; by more, or not told. */
  readonly needs: {
    readonly oneSum: number
    readonly oneTable: number
    readonly twoTables: number
    readonly threeTables: number
    readonly more: number
  }
  /** Open only by several releases together: in none of them alone. */
  readonly onlyThroughReleases: number
  /** Hidden cells whose interval is proven on both ends; only bounded; about which the tables contradict themselves. */
  readonly proven: number
  readonly bounded: number
  readonly contradictory: number
  /** Of those bounded: neither shown to be open nor, by tables that are written down, to be closed. */
  readonly undecided: number
  /** Of those bounded: closed by tables in fractions of persons only, since too many cells hang together. */
  readonly inFractions: number
  readonly sums: {
    readonly count: number
    /** They do not add up: parts that fall short are taken as a bound, those that exceed the whole not at all. */
    readonly fallShort: number
    readonly exceed: number
  }
  readonly splits: readonly SplitReport[]
  readonly notes: SystemNotes
  readonly reading: Reading
  readonly minimum: number
  readonly wasStopped: boolean
}

/**
 * Wholes published as a number and split into at least two published parts, by dimension and by which other dimensions
 * are split at the same time: what plain subtraction gives away. `restInBand`: exactly one part is hidden, and whole less
 * the other parts lies in its band, strictly a bound, since unpublished unknowns may hide in a rest.
 */
export type SplitReport = {
  readonly dimension: string
  readonly beside: readonly string[]
  readonly withHidden: number
  readonly oneHidden: number
  readonly restInBand: number
  readonly aboveZero: number
}

export type Audited = {
  readonly report: AuditReport
  readonly system: System
  readonly intervals: Intervals
  /** 1 for each open cell of `system`. For whoever owns the table; never printed. */
  readonly isOpen: Uint8Array
}

const few = 5

/**
 * What an outsider can work out of published tables: all their sums as one system of whole numbers, and in it the
 * interval of every hidden cell. `newest` are the files of one release, `before` each an earlier release of the same cut, the
 * newest first.
 */
export async function auditPublished(
  newest: readonly PublishedTable[],
  before: readonly PublishedTable[],
  options: AuditOptions,
): Promise<Audited> {
  const { whole, asTaken, restsOn, tables, dimensions } = await lookThrough(newest, before, options)
  let onlyThroughReleases = 0
  if (before.length > 0) {
    const alone = new Set<string>()
    for (const files of tables) {
      const one = await auditTogether(files, dimensions, options)
      for (const key of openKeys(one.system, one.isOpen)) alone.add(key)
    }
    for (const key of openKeys(whole.system, whole.isOpen)) if (!alone.has(key)) onlyThroughReleases++
  }
  const { system, intervals, isOpen } = whole
  const needs = await neededBy(asTaken, options)
  // By another reading: through what is not told.
  needs.more += countOf(isOpen) - countOf(asTaken.isOpen)
  const report = reportOf(whole, restsOn, { minimum: options.minimum ?? few, reading: options.reading ?? 'complete' })
  return { report: { ...report, needs, onlyThroughReleases }, system, intervals, isOpen }
}

/** Which cells are open; their intervals as far as that asks. */
export type OpenCells = Omit<Audited, 'report'> & { readonly open: number; readonly wasStopped: boolean }

/** The cells that `auditPublished` finds open, for whoever has to close them: no interval is followed further than that asks. */
export async function openInPublished(
  newest: readonly PublishedTable[],
  before: readonly PublishedTable[],
  options: AuditOptions,
): Promise<OpenCells> {
  const { whole } = await lookThrough(newest, before, { ...options, isOnlyOpen: true })
  const { system, isOpen, intervals } = whole
  return { system, intervals, isOpen, open: countOf(isOpen), wasStopped: intervals.wasStopped }
}

type LookOptions = AuditOptions & { readonly isOnlyOpen?: true }

/** By every reading, all files together. `tables`: those of each release apart. */
async function lookThrough(
  newestInFile: readonly PublishedTable[],
  beforeInFile: readonly PublishedTable[],
  options: LookOptions,
) {
  const minimum = options.minimum ?? few
  const { taken, others, certain, restsOn } = readingsOf([...newestInFile, ...beforeInFile], options.named)
  const [newest, before] = [newestInFile.map(sortedByCodes), beforeInFile.map(sortedByCodes)]
  const isGrown = options.releases === 'grown' && before.length > 0
  const placed = (found: readonly AuditDimension[]) =>
    isGrown ? inTime(newest, before, found) : { current: newest, earlier: before, dimensions: found }
  const { current, earlier, dimensions } = placed(taken)
  const read = (found: readonly AuditDimension[]) =>
    auditTogether([...current, ...earlier], placed(found).dimensions, options)
  const isUnsettled = [...restsOn.values()].includes('unsettled')
  const asTaken = await read(taken)
  const readOthers: AuditedTogether[] = []
  for (const other of others) {
    const by = await read(other)
    // Figures that contradict a reading rule it out, and which of its sums was then left depends on where the search began.
    if (!by.intervals.trust.includes(2) && !by.intervals.isContradictory.includes(1)) readOthers.push(by)
  }
  const whole: Whole = isUnsettled ? whatIsCertain(asTaken, await read(certain), readOthers, minimum) : asTaken
  return { whole, asTaken, restsOn, dimensions, tables: [current, ...earlier.map((table) => [table])] }
}

/**
 * Where it is not settled what adds up: of every hidden cell what the certain sums alone say, and no end of it exact; open is what is open by
 * any reading, since an outsider may have the right one.
 */
function whatIsCertain(
  asTaken: AuditedTogether,
  certain: AuditedTogether,
  others: readonly AuditedTogether[],
  minimum: number,
): Whole {
  const { system, intervals } = asTaken
  const [least, most] = [system.least.slice(), system.most.slice()]
  const isOpen = asTaken.isOpen.slice()
  const isContradictory = new Uint8Array(system.cells)
  const [isUndecided, isInFractions] = [new Uint8Array(system.cells), new Uint8Array(system.cells)]
  const byOther = new Map<number, BrokenRule>()
  const places = new Map([...keysOf(system)].map((key, cell) => [key, cell]))
  for (const [cell, key] of keysOf(certain.system).entries()) {
    const place = places.get(key)
    if (place === undefined) continue
    least[place] = certain.intervals.least[cell] ?? 0
    most[place] = certain.intervals.most[cell] ?? 0
    isContradictory[place] = certain.intervals.isContradictory[cell] ?? 0
  }
  for (const read of [asTaken, certain, ...others])
    for (const [cell, key] of keysOf(read.system).entries()) {
      const place = places.get(key)
      if (place === undefined) continue
      if (read.intervals.isUndecided[cell] === 1) isUndecided[place] = 1
      if (read.intervals.isInFractions[cell] === 1) isInFractions[place] = 1
      if (read.isOpen[cell] !== 1) continue
      isOpen[place] = 1
      if (!byOther.has(place)) byOther.set(place, ruleBroken(read.system, read.intervals, cell, minimum))
    }
  const isExact = new Uint8Array(system.cells)
  return {
    system,
    intervals: { ...intervals, least, most, isExact, isUndecided, isInFractions, isContradictory },
    isOpen,
    byOther,
  }
}

async function neededBy({ system, intervals, isOpen, assumed }: AuditedTogether, options: AuditOptions) {
  const needs = await tablesNeeded(assumed.system, assumed.intervals, assumed.isOpen, options)
  if (system === assumed.system) return needs
  const onlyStrict = isOpen.map((is, cell) => (assumed.isOpen[cell] === 1 ? 0 : is))
  const others = await tablesNeeded(system, intervals, onlyStrict, { ...options, reading: 'strict' })
  for (const size of Object.keys(needs) as (keyof typeof needs)[]) needs[size] += others[size]
  return needs
}

const countOf = (is: Uint8Array): number => is.reduce((sum, each) => sum + each, 0)

async function auditTogether(
  tables: readonly PublishedTable[],
  dimensions: readonly AuditDimension[],
  options: LookOptions,
): Promise<AuditedTogether> {
  const { minimum = few, zeros, reading = 'complete', solver, isOnlyOpen, onProgress, shouldStop } = options
  const look = async (system: System, as: Reading): Promise<Look> => {
    const keeps = keptBy(system, options)
    const intervals = await findIntervals(system, {
      reading: as,
      solver,
      keeps,
      ...(isOnlyOpen ? { wideEnough: keeps } : {}),
      ...(onProgress ? { onProgress } : {}),
      ...(shouldStop ? { shouldStop } : {}),
    })
    return { system, intervals, isOpen: openCells(system, intervals, options) }
  }
  const assumed = await look(buildSystem(tables, dimensions, { minimum, zeros }), reading)
  const leavesOut = assumed.system.sums.hasAllParts.includes(0)
  if (reading === 'strict' || !leavesOut) return { ...assumed, assumed }
  // What has no row may be nobody, as a reader assumes, or left out: what is said of an interval must hold in either case.
  const known = await look(buildSystem(tables, dimensions, { minimum, zeros, absent: 'unknown' }), 'strict')
  const isOpen = known.isOpen.map((is, cell) => (assumed.isOpen[cell] === 1 ? 1 : is))
  return { ...known, isOpen, assumed }
}

/** `byOther`: the rule that an open cell breaks by the first reading in which it is open; where all is settled, by its interval. */
type Whole = Look & { readonly byOther?: ReadonlyMap<number, BrokenRule> }

type Look = { readonly system: System; readonly intervals: Intervals; readonly isOpen: Uint8Array }

/** `assumed`: what follows where every combination without a row is nobody. Its cells come first in `system`, in the same order. */
type AuditedTogether = Look & { readonly assumed: Look }

/** A hidden cell; or one without a row in which somebody certainly is, so that it was hidden by leaving its row out. */
function isSomebodys({ state, isAbsent }: System, { least }: Intervals, cell: number): boolean {
  return state[cell] === 2 || (isAbsent[cell] === 1 && (least[cell] ?? 0) > 0)
}

/** The width a hidden cell must keep. */
function widthNeeded(system: System, cell: number, { minimum = few, width = minimum - 1 }: AuditOptions): number {
  const before = (system.most[cell] ?? 0) - (system.least[cell] ?? 0)
  // Known from another release as a number: held to the full width, so that it counts as open.
  return before === 0 ? width : Math.min(width, before)
}

/** What `openCells` asks of each cell. */
function keptBy(system: System, options: AuditOptions): Keeps {
  const { minimum = few } = options
  return {
    width: Float64Array.from({ length: system.cells }, (_, cell) => widthNeeded(system, cell, options)),
    // Hidden without a band it must not be known to be few.
    most: system.most.map((most) => (most >= endless ? minimum : 0)),
  }
}

function openCells(system: System, intervals: Intervals, options: AuditOptions): Uint8Array {
  return Uint8Array.from({ length: system.cells }, (_, cell) => {
    if (!isSomebodys(system, intervals, cell) || intervals.isContradictory[cell] === 1) return 0
    const [least, most] = [intervals.least[cell] ?? 0, intervals.most[cell] ?? 0]
    if (most - least < widthNeeded(system, cell, options)) return 1
    // Hidden without a band, and now known to be few.
    return most < (options.minimum ?? few) && (system.most[cell] ?? 0) >= endless ? 1 : 0
  })
}

export function ruleBroken(system: System, intervals: Intervals, cell: number, minimum: number): BrokenRule {
  const [least, most] = [intervals.least[cell] ?? 0, intervals.most[cell] ?? 0]
  if (least === most) return most === 0 ? 'zero' : 'exact'
  return most < minimum && ((system.most[cell] ?? 0) >= minimum || least > (system.least[cell] ?? 0))
    ? 'below-minimum'
    : 'narrow'
}

const openKeys = (system: System, isOpen: Uint8Array): readonly string[] =>
  keysOf(system).filter((_, cell) => isOpen[cell] === 1)

/** Of every cell its codes as one text. */
function keysOf({ cells, cellCodes, codes, dimensions }: System): readonly string[] {
  const width = dimensions.length
  return Array.from({ length: cells }, (_, cell) =>
    codes.map((list, d) => list[cellCodes[cell * width + d] ?? 0] ?? '').join('\u0001'),
  )
}

// ---------------------------------------------------------------- through what

/** Of more breakdowns than this the subsets are not gone through. */
const mostTables = 6

async function tablesNeeded(
  system: System,
  whole: Intervals,
  isOpen: Uint8Array,
  options: AuditOptions,
): Promise<{ -readonly [Size in keyof AuditReport['needs']]: number }> {
  const needs = { oneSum: 0, oneTable: 0, twoTables: 0, threeTables: 0, more: 0 }
  let left = isOpen.slice()
  const count = (): number => left.reduce((sum, is) => sum + is, 0)
  const found = (isOpenNow: Uint8Array): number => {
    let gone = 0
    left = left.map((is, cell) => {
      if (is === 1 && isOpenNow[cell] === 1) gone++
      return isOpenNow[cell] === 1 ? 0 : is
    })
    return gone
  }
  const openBySums = bySingleSums(system, whole, options)
  needs.oneSum = found(openBySums)
  const masks = tableMasks(system)
  const tables = [...new Set(masks)].filter(
    (mask, _, all) => !all.some((other) => other !== mask && (mask & other) === mask),
  )
  const sizes = ['oneTable', 'twoTables', 'threeTables'] as const
  for (const [index, size] of sizes.entries()) {
    // All of them together are what was looked at already.
    if (index + 1 >= tables.length || tables.length > mostTables) {
      if (index + 1 === tables.length) {
        needs[size] = count()
        left = left.map(() => 0)
      }
      break
    }
    for (const chosen of subsets(tables, index + 1)) {
      if (count() === 0) break
      const uses = Uint8Array.from(masks, (mask) => (chosen.some((table) => (mask & table) === mask) ? 1 : 0))
      const { solver, shouldStop } = options
      const part = await findIntervals(system, {
        reading: options.reading ?? 'complete',
        solver,
        uses,
        asks: left,
        keeps: keptBy(system, options),
        ...(shouldStop ? { shouldStop } : {}),
      })
      needs[size] += found(openCells(system, part, options))
    }
  }
  needs.more = count()
  return needs
}

/** The breakdown each sum is of: its parts' and its whole's together. */
function tableMasks({ sums, breakdown }: System): Int32Array {
  return Int32Array.from({ length: sums.count }, (_, sum) => {
    const part = sums.parts[sums.starts[sum] ?? 0] ?? 0
    return (breakdown[part] ?? 0) | (breakdown[sums.whole[sum] ?? 0] ?? 0)
  })
}

function subsets(tables: readonly number[], size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]]
  return tables.flatMap((table, at) => subsets(tables.slice(at + 1), size - 1).map((rest) => [table, ...rest]))
}

/** What each sum gives away by itself, from what is printed alone. */
function bySingleSums(system: System, { trust, isContradictory }: Intervals, options: AuditOptions): Uint8Array {
  const { sums, least, most, cells } = system
  const [low, high] = [least.slice(), most.slice()]
  for (let sum = 0; sum < sums.count; sum++) {
    if (trust[sum] === 2) continue
    const whole = sums.whole[sum] ?? 0
    const parts = sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0)
    let [partsLow, partsHigh] = [0, 0]
    for (const part of parts) {
      partsLow += least[part] ?? 0
      partsHigh += most[part] ?? 0
    }
    low[whole] = Math.max(low[whole] ?? 0, partsLow)
    if (trust[sum] === 0) high[whole] = Math.min(high[whole] ?? 0, partsHigh)
    for (const part of parts) {
      const [l, h] = [least[part] ?? 0, most[part] ?? 0]
      high[part] = Math.min(high[part] ?? 0, (most[whole] ?? 0) - (partsLow - l))
      if (trust[sum] === 0) low[part] = Math.max(low[part] ?? 0, (least[whole] ?? 0) - (partsHigh - h))
    }
  }
  const alone: Intervals = {
    least: low,
    most: high,
    trust,
    isContradictory,
    isExact: new Uint8Array(cells),
    isUndecided: new Uint8Array(cells),
    isInFractions: new Uint8Array(cells),
    components: 0,
    askedSolver: 0,
    wasStopped: false,
  }
  return openCells(system, alone, options)
}

// ---------------------------------------------------------------- the report

function reportOf(
  { system, intervals, isOpen, byOther }: Whole,
  restsOn: ReadonlyMap<string, RestsOn>,
  { minimum, reading }: { readonly minimum: number; readonly reading: Reading },
): Omit<AuditReport, 'needs' | 'onlyThroughReleases'> {
  const byRule: Record<BrokenRule, number> = { exact: 0, zero: 0, 'below-minimum': 0, narrow: 0 }
  let [published, hidden, omitted, inTheClear, open] = [0, 0, 0, 0, 0]
  let [proven, bounded, contradictory, undecided, inFractions] = [0, 0, 0, 0, 0]
  for (let cell = 0; cell < system.cells; cell++) {
    if (system.state[cell] !== 0) published++
    if (system.state[cell] === 1 && isFew(system.least[cell] ?? 0, minimum)) inTheClear++
    if (!isSomebodys(system, intervals, cell)) continue
    hidden++
    if (system.state[cell] === 0) omitted++
    if (intervals.isContradictory[cell] === 1) contradictory++
    else if (intervals.isExact[cell] === 1) proven++
    else bounded++
    if (isOpen[cell] !== 1) {
      undecided += intervals.isUndecided[cell] ?? 0
      inFractions += intervals.isInFractions[cell] ?? 0
      continue
    }
    open++
    byRule[byOther?.get(cell) ?? ruleBroken(system, intervals, cell, minimum)]++
  }
  const { fallShort, exceed } = doNotAddUp(system, intervals, reading)
  return {
    dimensions: system.dimensions
      .filter(({ name }) => name !== releaseDimension)
      .map((dimension, d) => ({
        ...whatAddsUp(dimension, system.codes[d] ?? []),
        restsOn: restsOn.get(dimension.name) ?? 'nothing',
      })),
    cells: published,
    hidden,
    omitted,
    inTheClear,
    open,
    byRule,
    proven,
    bounded,
    contradictory,
    undecided,
    inFractions,
    sums: { count: system.sums.count, fallShort, exceed },
    splits: splitsOf(system),
    notes: system.notes,
    reading,
    minimum,
    wasStopped: intervals.wasStopped,
  }
}

const isFew = (count: number, minimum: number): boolean => count > 0 && count < minimum

/** A sum of which a part has no row, and may hold the rest, is no mistake. */
function doNotAddUp({ sums, least, most }: System, { trust }: Intervals, reading: Reading) {
  let [fallShort, exceed] = [0, 0]
  for (let sum = 0; sum < sums.count; sum++) {
    let high = 0
    for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) high += most[sums.parts[k] ?? 0] ?? 0
    if (trust[sum] === 2) exceed++
    else if (reading === 'complete' && sums.hasAllParts[sum] === 0) continue
    else if (high < (least[sums.whole[sum] ?? 0] ?? 0)) fallShort++
  }
  return { fallShort, exceed }
}

function splitsOf(system: System): readonly SplitReport[] {
  const { sums, state, least, most, dimensions, breakdown, codes, cellCodes } = system
  const width = dimensions.length
  const roots = dimensions.map(({ partitions }) => new Set(partitions.map(({ whole }) => whole)))
  const found = new Map<string, SplitReport>()
  for (let sum = 0; sum < sums.count; sum++) {
    const whole = sums.whole[sum] ?? 0
    if (state[whole] !== 1) continue
    const parts = [...sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0)].filter(
      (part) => state[part] !== 0,
    )
    const hidden = parts.filter((part) => (least[part] ?? 0) < (most[part] ?? 0))
    if (parts.length < 2 || hidden.length === 0) continue
    const along = sums.dimension[sum] ?? 0
    const beside =
      (breakdown[whole] ?? 0) === 0
        ? []
        : dimensions.flatMap(({ name, partitions }, d) => {
            const code = codes[d]?.[cellCodes[whole * width + d] ?? 0] ?? ''
            return d !== along && partitions.length > 0 && !roots[d]?.has(code) ? [name] : []
          })
    const key = [along, ...beside].join('\u0001')
    const before = found.get(key) ?? { ...noSplit, dimension: dimensions[along]?.name ?? '', beside }
    const one = hidden.length === 1 ? hidden[0] : undefined
    const rest = parts.reduce((sum1, part) => sum1 - (part === one ? 0 : (least[part] ?? 0)), least[whole] ?? 0)
    const isIn = one !== undefined && rest >= (least[one] ?? 0) && rest <= (most[one] ?? 0)
    found.set(key, {
      ...before,
      withHidden: before.withHidden + 1,
      oneHidden: before.oneHidden + (one === undefined ? 0 : 1),
      restInBand: before.restInBand + (isIn ? 1 : 0),
      aboveZero: before.aboveZero + (isIn && rest > 0 ? 1 : 0),
    })
  }
  return [...found.values()]
}

const noSplit = { withHidden: 0, oneHidden: 0, restInBand: 0, aboveZero: 0 } as const
