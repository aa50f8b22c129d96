import { leastMove } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Solver } from '@lentera/solver'
import { buildSystem, findDimensions, type NamedHierarchies, type PublishedTable, readShown } from '../audit/audit.ts'
import { filled } from '../suppress/protected-table.ts'
import { type Beside, layBeside } from './laid-beside.ts'
import type { LaidEarlier } from './open-beside.ts'
import { type MayStand, standTogether } from './stood-together.ts'

/** A new table and its earlier editions as their counts stand. */
export type Standing = {
  /** What is published is made of it. */
  readonly full: PublishedTable
  readonly laid: readonly LaidEarlier[]
  /** It says nothing that its newest edition does not say. */
  readonly isNothingNew: boolean
}

/**
 * The new table and each of its earlier editions as they stand, the oldest first: each is measured from what stood in those before it. Undefined where
 * no earlier one is split as the new one is. Refused: `protect.cannot-stand`: no linked tables were found that stand and add up.
 */
export async function standingBeside(
  counted: PublishedTable,
  earlier: readonly LaidEarlier[],
  { least, said = {}, solver }: Standards,
): Promise<Decision<Standing | undefined>> {
  const stood: PublishedTable[] = []
  for (const each of earlier) stood.push(await asItStood(each, stood, { said, solver }))
  const since = await stoodSince(counted, stood, { least, said, solver })
  if (!since.ok) return since
  const full = since.value
  if (full === undefined) return accept(undefined)
  const laid = earlier.map((each, at): LaidEarlier => {
    const before = stood[at] ?? each.counted
    const beside = layBeside(full, before, said)
    const shown = beside.lineUp(each.shown)
    return { ...each, stands: true, beside, counted: before, shown, texts: beside.read(shown) }
  })
  const newest = laid.at(-1)?.beside
  return accept({
    full,
    laid,
    isNothingNew: newest?.saysMore === false && newest.cells.every(({ now, before }) => now === before),
  })
}

/** `least`: persons by which a count has moved; `said`: what adds up. */
export type Standards = {
  readonly least: number
  readonly said?: NamedHierarchies | undefined
  readonly solver: Solver | null
}

/** What an edition was made of. One that shows other numbers than would have stood was made before counts stood: it shows what was counted. */
async function asItStood(
  { counted, shown, method }: LaidEarlier,
  before: readonly PublishedTable[],
  how: Omit<Standards, 'least'>,
): Promise<PublishedTable> {
  const since = await stoodSince(counted, before, { ...how, least: leastMove(method) })
  const stood = since.ok ? since.value : undefined
  if (stood === undefined) return counted
  if (method.name !== 'suppression') return stood
  const texts = new Map(stood.rows.map((row) => [keyOf(row.codes), row.shown]))
  const isAsShown = shown.rows.every((row) => {
    const own = texts.get(keyOf(row.codes))
    return own === undefined || readShown(row.shown).kind !== 'number' || row.shown === own
  })
  return isAsShown ? stood : counted
}

/**
 * A table as its counts stand beside earlier editions: an innermost count stays what it was in the newest until it has moved by `least`
 * persons, and then is what was counted now, or what it was in an older one from which it is nearer than that. Every total has the sum of what its parts then are.
 * So each count is equal to an earlier one or `least` away and more, and nothing that is made of the table tells of a smaller move. Where innermost counts share
 * totals (linked tables, a field that is split in several ways) and do not add up once each stands by itself, they stand together (`stood-together.ts`).
 *
 * Rows stand, too: what had a row and has none now, though fewer than `least` went, keeps its row, in its place; what had none has none until so many came. A code that only one of both has
 * comes or goes as a whole, with `least` persons.
 *
 * @param earlier as they stood, the oldest first, in the columns of the new one
 * @returns undefined where none is split alike, or where somebody hid counts (what a total is made of is then not known)
 */
async function stoodSince(
  now: PublishedTable,
  earlier: readonly PublishedTable[],
  { least, said = {}, solver }: Standards,
): Promise<Decision<PublishedTable | undefined>> {
  const alike = earlier.flatMap((table) => {
    const beside = layBeside(now, table, said)
    return isSplitAlike(now, beside) ? [{ table, beside }] : []
  })
  const newest = alike.at(-1)
  if (newest === undefined) return accept(earlier.length === 0 ? now : undefined)
  const before = rowsIn(now, newest.table)
  const there = new Map(now.rows.map((row) => [newest.beside.keyOf(row.codes), row.codes]))
  const wholes = wholesIn(newest.beside, [...now.rows, ...before])
  const isInner = ({ codes }: Rows[number]): boolean => !wholes.has(newest.beside.keyOf(codes))
  const left = codesOnlyIn(before.filter(isInner), now.rows)
  const isGone = (codes: readonly string[]): boolean => codes.some((code, at) => (left[at]?.get(code) ?? 0) >= least)
  const gone = before
    .filter((row) => isInner(row) && !there.has(newest.beside.keyOf(row.codes)))
    .filter(({ codes }) => !isGone(codes))
  const widened = { ...now, rows: [...now.rows, ...gone.map(({ codes }) => ({ codes, shown: '0' }))] }
  const beside = gone.length === 0 ? newest.beside : layBeside(widened, newest.table, said)
  const older = alike.slice(0, -1).map(({ table }) => {
    const cells = layBeside(widened, table, said).cells
    return new Map(cells.map(({ codes, before: count }) => [keyOf(codes), count]))
  })
  const came = codesOnlyIn(
    now.rows.filter(isInner),
    alike.flatMap(({ table }) => rowsIn(now, table)),
  )
  const isNew = (codes: readonly string[]): boolean =>
    before.length > 0 && codes.some((code, at) => (came[at]?.get(code) ?? 0) >= least)
  const wholesOfBoth = wholesIn(beside, widened.rows)
  const inner = beside.cells
    .filter(({ key }) => !wholesOfBoth.has(key))
    .map((cell): MayStand => {
      const known = older.flatMap((cells) => cells.get(keyOf(cell.codes)) ?? [])
      return { cell, stood: isNew(cell.codes) ? [] : [cell.before, ...known.toReversed()] }
    })
  const stands = (moves: ReadonlyMap<string, number>): PublishedTable => ({
    ...now,
    rows: rowsThatStand(now, before, beside, { moves, isNew, isGone }),
  })
  const dimensions = findDimensions([now, newest.table], beside.named)
  const addsUp = (table: PublishedTable): boolean =>
    table.rows.every(({ shown }) => numberIn(shown) >= 0) &&
    filled(buildSystem([table], dimensions, { minimum: least })).broken === 0
  const each = stands(movesOf(beside, inner, least))
  if (addsUp(each) || !addsUp(now)) return accept(each)
  const together = await standTogether(beside, inner, least, solver)
  const all = together && stands(together)
  return all && addsUp(all) ? accept(all) : refuse('protect.cannot-stand')
}

const keyOf = (codes: readonly string[]): string => codes.join('\u0001')

type Rows = PublishedTable['rows']

function numberIn(text: string): number {
  const shown = readShown(text)
  return shown.kind === 'number' ? shown.least : Number.NaN
}

/** Whether every innermost row of the new table is a cell of the earlier one, and every count of both is known. */
function isSplitAlike(now: PublishedTable, beside: Beside): boolean {
  if (beside.cells.some((cell) => Number.isNaN(cell.now) || Number.isNaN(cell.before))) return false
  const known = new Set(beside.cells.map(({ key }) => key))
  const wholes = wholesIn(beside, now.rows)
  return now.rows.every(({ codes }) => {
    const key = beside.keyOf(codes)
    return known.has(key) || wholes.has(key)
  })
}

function wholesIn(beside: Beside, rows: Rows): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { codes } of rows) for (const key of over(beside, beside.keyOf(codes))) found.add(key)
  return found
}

/** Everything that a cell is a part of. */
function over(beside: Beside, key: string): ReadonlySet<string> {
  const found = new Set([key])
  for (const each of found) for (const [whole = ''] of beside.sumsOver(each)) found.add(whole)
  found.delete(key)
  return found
}

/** Rows of an earlier table in the columns of the new one; none where it has others. */
function rowsIn(now: PublishedTable, earlier: PublishedTable): Rows {
  if (!earlier.dimensions.every((name) => now.dimensions.includes(name))) return []
  const places = now.dimensions.map((name) => earlier.dimensions.indexOf(name))
  const first = now.rows[0]?.codes ?? []
  // A column that says the same of all was left aside when the two were lined up.
  const isOne = (at: number): boolean => now.rows.every(({ codes }) => codes[at] === first[at])
  if (places.some((place, at) => place < 0 && !isOne(at))) return []
  return earlier.rows.map(({ codes, shown }) => ({
    codes: places.map((place, at) => (place < 0 ? (first[at] ?? '') : (codes[place] ?? ''))),
    shown,
  }))
}

/** By column, the codes that only one of two editions has, and how many persons there are in the innermost rows that have them. */
function codesOnlyIn(rows: Rows, others: Rows): readonly ReadonlyMap<string, number>[] {
  return (rows[0]?.codes ?? []).map((_, at) => {
    const known = new Set(others.map(({ codes }) => codes[at]))
    const persons = new Map<string, number>()
    for (const { codes, shown } of rows) {
      const code = codes[at] ?? ''
      if (!known.has(code)) persons.set(code, (persons.get(code) ?? 0) + numberIn(shown))
    }
    return persons
  })
}

/** By how many persons each cell is to be moved to what stands, where each innermost one stands by itself. */
function movesOf(beside: Beside, inner: readonly MayStand[], least: number): ReadonlyMap<string, number> {
  const moves = new Map<string, number>()
  for (const { cell, stood } of inner) {
    const by = standsAt(cell.now, stood, least) - cell.now
    if (by !== 0) for (const each of [cell.key, ...over(beside, cell.key)]) moves.set(each, (moves.get(each) ?? 0) + by)
  }
  return moves
}

/** The newest where it is near; else the nearest of the older. */
function standsAt(count: number, [newest, ...older]: readonly number[], least: number): number {
  const isNear = (each: number): boolean => Math.abs(each - count) < least
  if (newest !== undefined && isNear(newest)) return newest
  return older.filter(isNear).sort((a, b) => Math.abs(a - count) - Math.abs(b - count))[0] ?? count
}

type Stands = {
  readonly moves: ReadonlyMap<string, number>
  /** Of a code that comes, or goes, as a whole: with every row, also those in which nobody is. */
  readonly isNew: (codes: readonly string[]) => boolean
  readonly isGone: (codes: readonly string[]) => boolean
}

/** The rows of the newest edition in their places, then what is new: where they stand in the file tells what went and came back. */
function rowsThatStand(now: PublishedTable, before: Rows, beside: Beside, { moves, isNew, isGone }: Stands): Rows {
  const cells = new Map(beside.cells.map((cell) => [cell.key, cell]))
  const own = new Map(now.rows.map((row) => [beside.keyOf(row.codes), row]))
  const countOf = (key: string): number => {
    const row = own.get(key)
    return (row ? numberIn(row.shown) : (cells.get(key)?.now ?? 0)) + (moves.get(key) ?? 0)
  }
  const had = new Set<string>()
  const rows: Rows[number][] = []
  for (const { codes, shown } of before) {
    const key = beside.keyOf(codes)
    had.add(key)
    if (isGone(codes)) continue
    const count = countOf(key)
    if (count > 0 || count === numberIn(shown) || own.has(key))
      rows.push({ codes: own.get(key)?.codes ?? codes, shown: String(count) })
  }
  for (const { codes } of now.rows) {
    const key = beside.keyOf(codes)
    if (had.has(key)) continue
    const count = countOf(key)
    if (count > 0 || before.length === 0 || (cells.get(key)?.before ?? 0) > 0 || isNew(codes))
      rows.push({ codes, shown: String(count) })
  }
  return rows
}
