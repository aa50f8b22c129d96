import { few, leastMove, type PublishedMethod } from '@lentera/core/shared/publication'
import type { Solver } from '@lentera/solver'
import {
  type AuditDimension,
  buildSystem,
  codeOf,
  findDimensions,
  findIntervals,
  keptAt,
  type NamedHierarchies,
  type PublishedTable,
  readShown,
  type System,
  type Zeros,
} from '../audit/audit.ts'
import { cellFinder, codesOfCell, filled } from '../suppress/protected-table.ts'
import { type Link, openInChain } from './chain.ts'
import type { Beside, CellOfBoth } from './laid-beside.ts'

export type MethodOfTable = Extract<PublishedMethod, { name: 'suppression' | 'rounding' | 'cell-key' | 'dp-table' }>

/** An earlier table of the same people beside the new one. */
export type LaidEarlier = {
  readonly beside: Beside
  readonly method: MethodOfTable
  /** As it was counted, in the columns of the new one. */
  readonly counted: PublishedTable
  /** As anybody reads it, in the columns of the new one: numbers, bands of those that were moved, or hidden. */
  readonly shown: PublishedTable
  /** What stands in each cell of it. */
  readonly texts: ReadonlyMap<string, string>
  /** Both tables are as their counts stand: a total moved by what moved in it, and that is told there. */
  readonly stands?: true
  /** What it hides is filled in by a guess. */
  readonly isGuessed?: true
  /** Anybody has it, and it was made of another file: the new table may be no more than it. */
  readonly isOut: boolean
}

const hidden = 'x'

/**
 * A released table as an outsider who knows its method reads it: a rounded number is less than its base away, one moved by its cell
 * key at most as far as the noise goes; nobody stays nobody, so that somebody was somebody.
 */
export function asRead(table: PublishedTable, method: MethodOfTable): PublishedTable {
  if (method.name !== 'rounding' && method.name !== 'cell-key') return table
  const away = method.name === 'rounding' ? (method.within ?? method.base) - 1 : method.most
  return {
    ...table,
    rows: table.rows.map(({ codes, shown }) => {
      const value = Number(shown)
      if (!Number.isFinite(value)) return { codes, shown }
      return { codes, shown: `${Math.max(value > 0 ? 1 : 0, value - away)}-${value + away}` }
    }),
  }
}

// ---------------------------------------------------------------- what moved

export type Moves = {
  /** By one to four persons; what they are is not shown: the difference would be a table of those who came or went. */
  readonly byFew: readonly CellOfBoth[]
  /** Moved by few, and nothing that is new moved by more: there is nothing to publish. */
  readonly isNothingNew: boolean
}

/**
 * Which cells moved by one to four persons since they were shown. One that an earlier edition hid although it was not small was not
 * shown: nothing can be taken from it. One that whoever published the counts hid may have held anybody below five.
 */
export function movesSince({ beside, texts, stands }: LaidEarlier): Moves {
  const { saysMore, isTold } = beside
  const cells = stands ? beside.innermost : beside.cells
  const byFew = cells.filter((cell) => hasMovedByFew(cell) && (cell.before < few || isTold(cell.key, texts)))
  const byMore = cells.some(({ now, before }) => Math.abs(now - before) >= few)
  return { byFew, isNothingNew: byFew.length > 0 && !byMore && !saysMore }
}

function hasMovedByFew({ now, before }: CellOfBoth): boolean {
  if (Number.isNaN(now) !== Number.isNaN(before)) return (Number.isNaN(now) ? before : now) < 2 * few - 1
  return Math.abs(now - before) > 0 && Math.abs(now - before) < few
}

/** Cells that an earlier edition hid. */
export const hiddenIn = ({ beside: { cells }, texts }: LaidEarlier): readonly CellOfBoth[] =>
  cells.filter(({ key }) => texts.get(key) === hidden)

/**
 * Cells that everybody has, as codes of the new table's columns: an earlier table shows them, and they are what they were. Hiding them would hide nothing. Where earlier
 * tables are split otherwise, what moved by few is hidden, so that of a hidden cell nobody knows whether it moved.
 */
export const knownFrom = (laid: readonly LaidEarlier[]): readonly (readonly string[])[] =>
  laid
    .filter((each) => each.stands === true || isUnmoved(each))
    .flatMap(({ beside: { cells }, texts }) =>
      cells.flatMap(({ key, codes, now, before }) =>
        now === before && readShown(texts.get(key) ?? '').kind === 'number' ? [codes] : [],
      ),
    )

// ---------------------------------------------------------------- the audit of all of them together

export type OpenBeside = {
  readonly open: number
  /** Cells of the new table, as codes of its columns: hidden too, they leave what is open more room. */
  readonly wouldHelp: readonly (readonly string[])[]
}

/**
 * How many cells an outsider could work out who has the new table and every earlier one of the same people, by whatever method:
 * a hidden cell whose interval became too narrow or ends below the minimum, a moved number that is known to be one to four, and
 * a cell that moved by one to four and is shown in both.
 *
 * Counts that did not move are the same ones in both. Of one that moved the earlier number says nothing. Where counts stand, a number that was shown and is hidden now is
 * known if it did not move; where they do not, it says nothing, since just so are hidden those that moved by few. Five whole numbers in a row cannot all lie one to four away
 * from what was shown before, so that a hidden cell whose interval is as wide as its minimum asks for tells of no such move.
 */
export async function openBeside(
  table: PublishedTable,
  method: MethodOfTable,
  laid: readonly LaidEarlier[],
  {
    solver,
    zeros,
    full,
    known = [],
    isGuessed = false,
    shouldStop,
  }: {
    readonly solver: Solver | null
    readonly zeros: Zeros
    readonly full: PublishedTable
    /** What else is out of the same people, in the columns of the new table. */
    readonly known?: readonly PublishedTable[]
    /** What stood in an earlier one is a guess by what is counted now: nothing may hang on it. */
    readonly isGuessed?: boolean
    /** What is found then is not to be used. */
    readonly shouldStop?: () => boolean
  },
): Promise<OpenBeside> {
  const read = asRead(table, method)
  const same = laid.filter(isUnmoved)
  const moved = laid.filter((each) => !isUnmoved(each))
  const minimum = Math.max(
    ...[method, ...laid.map((each) => each.method)].map((each) => (each.name === 'suppression' ? each.minimum : few)),
  )
  let open = moved.reduce((sum, each) => sum + shownInBoth(table, method, each), 0)
  // What adds up is told by what was counted: in what is left to see other numbers may add up by chance.
  const dimensions = findDimensions([full, ...laid.map(({ counted }) => counted)], namedBy(laid))
  const wouldHelp: (readonly string[])[] = []
  const among: Among = { dimensions, minimum, zeros, known }
  for (const other of moved.length === 0 ? [null] : moved) {
    const joint = systemOf(read, same, other, among)
    const found = await openIn(joint, minimum, solver, countsOf(joint.system, full, other?.counted), shouldStop)
    open += found.open
    wouldHelp.push(...found.wouldHelp)
  }
  if (open > 0 || solver === null || moved.length === 0 || !laid.every(({ stands }) => stands === true))
    return { open, wouldHelp }
  return await openInEditions(read, laid, { solver, full, among, least: leastMove(method), isGuessed, shouldStop })
}

const isUnmoved = ({ beside }: LaidEarlier): boolean => beside.cells.every(({ now, before }) => Object.is(now, before))

const namedBy = (laid: readonly LaidEarlier[]): NamedHierarchies =>
  (laid.find(({ beside }) => beside.named.combine?.length === 0) ?? laid[0])?.beside.named ?? {}

/** What an engine that forgets what moved would show. */
function shownInBoth(table: PublishedTable, method: MethodOfTable, each: LaidEarlier): number {
  if (method.name !== 'suppression') return 0
  const now = each.beside.read(table)
  return movesSince(each).byFew.filter(
    ({ key, now: count }) => count > 0 && each.beside.isTold(key, now) && each.beside.isTold(key, each.texts),
  ).length
}

/** A dimension no file can have a column of. */
const edition = '\u0000edition'

const atEdition = (table: PublishedTable, code: string): PublishedTable => ({
  ...table,
  dimensions: [...table.dimensions, edition],
  rows: table.rows.map((row) => ({ ...row, codes: [...row.codes, code] })),
})

type Among = {
  readonly dimensions: readonly AuditDimension[]
  readonly minimum: number
  readonly zeros: Zeros
  /** What else is out of the same people, in the columns of the new table. */
  readonly known: readonly PublishedTable[]
}

type Joined = {
  readonly system: System
  /** 1 where a table hides the cell: it has no band of its own. */
  readonly isHidden: Uint8Array
  /** The rows of the new table that no earlier one tells, by cell. */
  readonly rows: ReadonlyMap<number, readonly string[]>
}

/**
 * All tables as one system of sums: those of which nothing moved count the same cells as the new one, one of which something moved
 * has cells of its own, but where the count did not move.
 */
function systemOf(
  read: PublishedTable,
  same: readonly LaidEarlier[],
  other: LaidEarlier | null,
  { dimensions, minimum, zeros, known }: Among,
): Joined {
  const tables = [
    atEdition(read, 'newer'),
    ...same.map(({ shown }) => atEdition(shown, 'newer')),
    ...(other ? [atEdition(other.shown, 'earlier')] : []),
    ...known.map((table) => atEdition(table, 'newer')),
  ]
  const system = buildSystem(tables, [...dimensions, { name: edition, columns: [edition], partitions: [] }], {
    minimum,
    zeros,
  })
  const cellOf = cellsBy(system)
  const isHidden = new Uint8Array(system.cells)
  for (const table of tables)
    for (const { codes, shown } of table.rows) if (shown === hidden) isHidden[cellOf(table, codes)] = 1
  const newer = tables[0] ?? read
  const rows = new Map(newer.rows.map(({ codes }) => [cellOf(newer, codes), codes.slice(0, -1)]))
  for (const codes of knownFrom(other ? [...same, other] : same)) rows.delete(cellOf(newer, [...codes, 'newer']))
  if (!other) return { system, isHidden, rows }
  const apart = apartIn(other, other.beside.read(read))
  const columns = { name: 'both', dimensions: [...read.dimensions, edition], rows: [] }
  const pairs = other.beside.cells
    .filter(({ key }) => !apart.has(key))
    .map(({ codes }) => ['newer', 'earlier'].map((code) => cellOf(columns, [...codes, code])))
  return { ...joinedAt(system, isHidden, pairs), rows }
}

/** All editions as their counts stand, as a reader has them who knows that they stand. What counts the same is of one edition. */
async function openInEditions(
  read: PublishedTable,
  laid: readonly LaidEarlier[],
  {
    solver,
    full,
    among: { dimensions, minimum, zeros, known },
    least,
    isGuessed,
    shouldStop,
  }: {
    readonly solver: Solver
    readonly full: PublishedTable
    readonly among: Among
    readonly least: number
    readonly isGuessed: boolean
    readonly shouldStop: (() => boolean) | undefined
  },
): Promise<OpenBeside> {
  const stands = new Map<string, PublishedTable>()
  const editionOf = (counted: PublishedTable): string => {
    const code = [...stands].find(([, other]) => countsSame(other, counted))?.[0] ?? `edition ${stands.size}`
    stands.set(code, stands.get(code) ?? counted)
    return code
  }
  const earlier = laid.map(({ shown, counted }) => atEdition(shown, editionOf(counted)))
  const newest = editionOf(full)
  const isExact = new Set([newest, ...laid.flatMap((each) => (each.isGuessed ? [] : [editionOf(each.counted)]))])
  const order = [...stands.keys()].filter((code) => code !== newest).concat(newest)
  const newer = atEdition(read, newest)
  const tables = [newer, ...earlier, ...known.map((table) => atEdition(table, newest))]
  const split = [...dimensions, { name: edition, columns: [edition], partitions: [] }]
  const system = buildSystem(tables, split, { minimum, zeros })
  const cellOf = cellsBy(system)
  const isHidden = new Uint8Array(system.cells)
  for (const table of tables)
    for (const { codes, shown } of table.rows) if (shown === hidden) isHidden[cellOf(table, codes)] = 1
  const isGuess = isHidden.map((is, cell) => (isExact.has(codesOfCell(system, cell).at(-1) ?? '') ? 0 : is))
  const isWhole = new Uint8Array(system.cells)
  for (const whole of system.sums.whole) isWhole[whole] = 1
  const links: Link[] = []
  const cells = new Map(
    Array.from({ length: system.cells }, (_, cell) => [codesOfCell(system, cell).join(between), cell]),
  )
  for (let cell = 0; cell < system.cells; cell++) {
    const codes = codesOfCell(system, cell)
    if (isWhole[cell] === 1) continue
    for (const code of order.slice(order.indexOf(codes.at(-1) ?? '') + 1)) {
      const later = cells.get([...codes.slice(0, -1), code].join(between))
      if (later !== undefined && isWhole[later] === 0) links.push([cell, later])
    }
  }
  const counted = [...stands].map(([code, table]) => atEdition(table, code))
  const open = await openInChain(
    { system, isHidden, links, stands: isGuessed ? undefined : standingIn(system, counted), isGuess, least, minimum },
    solver,
    shouldStop,
  )
  if (open.size === 0) return { open: 0, wouldHelp: [] }
  const rows = new Map(newer.rows.map(({ codes }) => [cellOf(newer, codes), codes.slice(0, -1)]))
  for (const codes of knownFrom(laid)) rows.delete(cellOf(newer, [...codes, newest]))
  return { open: open.size, wouldHelp: besideOpen(linked(system, links), open, rows) }
}

function countsSame(one: PublishedTable, other: PublishedTable): boolean {
  const lines = ({ rows }: PublishedTable): readonly string[] =>
    rows.map(({ codes, shown }) => [...codes, shown].join(between)).sort()
  const mine = lines(one)
  return one.rows.length === other.rows.length && lines(other).every((line, at) => line === mine[at])
}

/** With every link as a sum of one part: what opens a cell may be in another edition. */
function linked({ sums, state, least }: System, links: readonly Link[]): Walked {
  const starts = [...sums.starts]
  const parts = [...sums.parts]
  for (const [earlier] of links) starts.push(parts.push(earlier))
  return {
    state,
    least,
    sums: {
      count: sums.count + links.length,
      whole: Int32Array.from([...sums.whole, ...links.map(([, later]) => later)]),
      starts: Int32Array.from(starts),
      parts: Int32Array.from(parts),
    },
  }
}

function cellsBy(system: System): (table: PublishedTable, codes: readonly string[]) => number {
  const width = system.dimensions.length
  const known = new Map<string, number>()
  for (let cell = 0; cell < system.cells; cell++)
    known.set(system.codes.map((list, d) => list[system.cellCodes[cell * width + d] ?? 0] ?? '').join(between), cell)
  const readers = new Map<PublishedTable, readonly ReturnType<typeof codeOf>[]>()
  return (table, codes) => {
    const own = readers.get(table) ?? system.dimensions.map((dimension) => codeOf(dimension, table))
    readers.set(table, own)
    return known.get(own.map((reader) => reader(codes) ?? '').join(between)) ?? -1
  }
}

const between = '\u0001'

/** The same system in which both cells of a pair are one: what either shows holds of both. */
function joinedAt(system: System, isHidden: Uint8Array, pairs: readonly (readonly number[])[]): Omit<Joined, 'rows'> {
  const stands = Int32Array.from({ length: system.cells }, (_, cell) => cell)
  const [least, most, state, hides] = [
    system.least.slice(),
    system.most.slice(),
    system.state.slice(),
    isHidden.slice(),
  ]
  for (const [mine = -1, theirs = -1] of pairs) {
    if (mine < 0 || theirs < 0) continue
    stands[theirs] = mine
    least[mine] = Math.max(least[mine] ?? 0, least[theirs] ?? 0)
    most[mine] = Math.min(most[mine] ?? 0, most[theirs] ?? 0)
    // A number that one of them shows is known, and no secret unless it is small.
    const isNumber = least[mine] === most[mine]
    const isKnown = state[theirs] === 1 || (isNumber && (least[mine] ?? 0) >= few)
    state[mine] = isKnown ? 1 : Math.max(state[mine] ?? 0, state[theirs] ?? 0)
    hides[mine] = Math.max(hides[mine] ?? 0, hides[theirs] ?? 0)
    state[theirs] = 0
  }
  const { sums } = system
  return {
    system: {
      ...system,
      least,
      most,
      state,
      sums: {
        ...sums,
        whole: sums.whole.map((cell) => stands[cell] ?? cell),
        parts: sums.parts.map((cell) => stands[cell] ?? cell),
      },
    },
    isHidden: hides,
  }
}

/**
 * Cells of which the one number does not tell the other: what moved, what was shown and is hidden now (where counts do not stand), and all that they are a part
 * of. Of a number that was hidden before nobody knows whether it moved; it is taken to be the same where in one of its sums
 * nothing came to be hidden, and what is shown in both adds up to no move.
 */
function apartIn(
  { beside: { cells, sumsOver }, texts, stands }: LaidEarlier,
  now: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const known = new Map(cells.map((cell) => [cell.key, cell]))
  const hasMoved = (key: string): boolean => known.get(key)?.now !== known.get(key)?.before
  const isHiddenAnew = (key: string): boolean =>
    texts.get(key) !== hidden && now.get(key) === hidden && (stands !== true || hasMoved(key))
  const isQuiet = (sum: readonly string[]): boolean => {
    if (sum.some(isHiddenAnew)) return false
    const moves = sum.map((key) => {
      const cell = known.get(key)
      return cell === undefined || texts.get(key) === hidden ? 0 : cell.now - cell.before
    })
    return moves.slice(1).reduce((all, move) => all + move, 0) === moves[0]
  }
  const isApart = ({ key, now: count, before }: CellOfBoth): boolean => {
    if (count !== before || isHiddenAnew(key)) return true
    if (texts.get(key) !== hidden) return false
    const sums = sumsOver(key)
    return sums.length > 0 && !sums.some(isQuiet)
  }
  const apart = new Set(cells.filter(isApart).map(({ key }) => key))
  for (const key of apart) for (const [over] of sumsOver(key)) if (over !== undefined) apart.add(over)
  return apart
}

/** What is under all of them, as far as it is known: only makes it faster. */
function countsOf(system: System, full: PublishedTable, earlier: PublishedTable | undefined): Float64Array | undefined {
  return standingIn(system, [atEdition(full, 'newer'), ...(earlier ? [atEdition(earlier, 'earlier')] : [])])
}

function standingIn(system: System, tables: readonly PublishedTable[]): Float64Array | undefined {
  const counted = buildSystem(tables, system.dimensions, { minimum: 1 })
  const { counts } = filled(counted)
  const at = cellFinder(counted)
  const values = Float64Array.from({ length: system.cells }, (_, cell) => counts[at(codesOfCell(system, cell))] ?? 0)
  return values.includes(-1) ? undefined : values
}

async function openIn(
  { system, isHidden, rows }: Joined,
  minimum: number,
  solver: Solver | null,
  counts: Float64Array | undefined,
  shouldStop: (() => boolean) | undefined,
): Promise<OpenBeside> {
  const { least, most, isContradictory } = await findIntervals(system, {
    reading: 'complete',
    solver,
    ...(counts ? { known: counts } : {}),
    ...(shouldStop ? { shouldStop } : {}),
    wideEnough: keptAt(system.cells, minimum),
  })
  const open = new Set<number>()
  for (let cell = 0; cell < system.cells; cell++) {
    if (system.state[cell] !== 2 || isContradictory[cell] === 1) continue
    const [low, high] = [least[cell] ?? 0, most[cell] ?? 0]
    if (isHidden[cell] === 1 ? high - low < minimum - 1 || high < minimum : low >= 1 && high < few) open.add(cell)
  }
  return { open: open.size, wouldHelp: open.size === 0 ? [] : besideOpen(system, open, rows) }
}

type Walked = Pick<System, 'state' | 'least'> & {
  readonly sums: Pick<System['sums'], 'count' | 'whole' | 'starts' | 'parts'>
}

/**
 * Of each sum of an open cell the smallest number that the new table shows; where none of them has one, of the sums beyond: what opens a cell may be
 * a total that the new table gives away by a column which the cell's own table lacks.
 */
function besideOpen(
  { sums, state, least }: Walked,
  open: ReadonlySet<number>,
  rows: Joined['rows'],
): readonly (readonly string[])[] {
  const membersOf = (sum: number): readonly number[] => [
    sums.whole[sum] ?? 0,
    ...sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0),
  ]
  const touching = new Map<number, number[]>()
  for (let sum = 0; sum < sums.count; sum++)
    for (const cell of membersOf(sum)) {
      const own = touching.get(cell)
      if (own) own.push(sum)
      else touching.set(cell, [sum])
    }
  const smallestOf = (members: readonly number[]): number | undefined =>
    members
      .filter((cell) => state[cell] === 1 && (least[cell] ?? 0) >= few && rows.has(cell))
      .sort((a, b) => (least[a] ?? 0) - (least[b] ?? 0))[0]
  const found = new Set<number>()
  for (const cell of open) {
    const reached = new Set([cell])
    const used = new Set<number>()
    let isFound = false
    for (let edge = [cell]; edge.length > 0 && !isFound; ) {
      const beyond = [...new Set(edge.flatMap((each) => touching.get(each) ?? []))].filter((sum) => !used.has(sum))
      const members = beyond.map(membersOf)
      for (const smallest of members.map(smallestOf)) {
        if (smallest === undefined) continue
        found.add(smallest)
        isFound = true
      }
      for (const sum of beyond) used.add(sum)
      edge = [...new Set(members.flat())].filter((each) => !reached.has(each))
      for (const each of edge) reached.add(each)
    }
  }
  return [...found].flatMap((cell) => {
    const row = rows.get(cell)
    return row ? [row] : []
  })
}
