import { isTotalName } from '../audit/hierarchy.ts'
import { type PublishedTable, readShown } from '../audit/published.ts'

/** A table in the columns of an earlier one, in those of a newer. */
export type LinedUp = (table: PublishedTable) => PublishedTable

/** Of two columns, the codes of the smaller that the other has too: half of them make one column of both. */
const leastShared = 0.5
/**
 * More ways than this are not tried: tables whose columns all have the same codes have a great many. Of large tables, in which each
 * way takes seconds, fewer.
 */
const [mostWays, fewestWays, rowsToTry] = [24, 2, 100_000] as const

/**
 * The ways in which the columns of two tables may be the same ones, the likeliest first: by their codes, and where several have
 * the same codes by their names; then with constant columns left out whatever they say; then with codes that are called
 * otherwise, told by how many persons they hold. A column that nothing is like is one that only one of them has.
 */
export function* waysToLineUp(now: PublishedTable, before: PublishedTable): Generator<LinedUp> {
  const [mine, theirs] = [columnsOf(now), columnsOf(before)]
  const most = Math.max(fewestWays, Math.min(mostWays, Math.floor(rowsToTry / (now.rows.length + before.rows.length))))
  const pairings = pairingsOf(mine, theirs, most)
  for (const pairs of pairings) yield linedUp(now, theirs, pairs)
  const [likeliest = []] = pairings
  const varying = likeliest.filter(
    ({ mine: a, theirs: b }) => a.codes.size > 1 || b.codes.size > 1 || sharedBy(a, b) > 0,
  )
  if (varying.length < likeliest.length) yield linedUp(now, theirs, varying)
  const renamed = withRenamedCodes(now, before, mine, theirs, varying)
  if (renamed.some(({ codes }) => codes !== undefined)) yield linedUp(now, theirs, renamed)
}

type Column = {
  readonly name: string
  readonly place: number
  /** As they are compared, and as they are written; what stands for all of them is none. */
  readonly codes: ReadonlyMap<string, string>
  readonly whole: string | undefined
}

type Pair = {
  readonly mine: Column
  readonly theirs: Column
  /** Their codes as mine; where they are called the same, nothing. */
  readonly codes?: ReadonlyMap<string, string>
}

/** Letter case and spaces make no other code. */
const plain = (words: string): string => words.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

function columnsOf({ dimensions, rows }: PublishedTable): readonly Column[] {
  return dimensions.map((name, place) => {
    const written = new Set(rows.map(({ codes }) => codes[place] ?? ''))
    const whole = [...written].find((code) => isTotalName(code))
    const codes = [...written].filter((code) => code !== whole).map((code) => [plain(code), code] as const)
    return { name, place, codes: new Map(codes), whole }
  })
}

function sharedBy(a: Column, b: Column): number {
  const least = Math.min(a.codes.size, b.codes.size)
  return least === 0 ? 0 : [...a.codes.keys()].filter((code) => b.codes.has(code)).length / least
}

const areCalledTheSame = (a: Column, b: Column): boolean => plain(a.name) === plain(b.name)

/** Every way to pair columns that share their codes or their name, the likeliest column first. */
function pairingsOf(mine: readonly Column[], theirs: readonly Column[], most: number): readonly (readonly Pair[])[] {
  const likely = (a: Column, b: Column): number => sharedBy(a, b) + (areCalledTheSame(a, b) ? 0.1 : 0)
  const found: (readonly Pair[])[] = []
  const pair = (at: number, pairs: readonly Pair[]): void => {
    const column = mine[at]
    if (found.length >= most) return
    if (column === undefined) {
      found.push(pairs)
      return
    }
    const left = theirs
      .filter((other) => pairs.every(({ theirs: taken }) => taken !== other))
      .filter((other) => sharedBy(column, other) >= leastShared || areCalledTheSame(column, other))
      .sort((a, b) => likely(column, b) - likely(column, a))
    for (const other of left) pair(at + 1, [...pairs, { mine: column, theirs: other }])
    if (left.length === 0) pair(at + 1, pairs)
  }
  pair(0, [])
  return found
}

/** Columns that nothing was like so far, and those that share a name alone: codes of as many persons are the same codes. */
function withRenamedCodes(
  now: PublishedTable,
  before: PublishedTable,
  mine: readonly Column[],
  theirs: readonly Column[],
  pairs: readonly Pair[],
): readonly Pair[] {
  const sure = pairs.filter(({ mine: a, theirs: b }) => sharedBy(a, b) >= leastShared)
  const free = theirs.filter((column) => sure.every((pair) => pair.theirs !== column))
  const made: Pair[] = []
  for (const column of mine.filter((each) => sure.every((pair) => pair.mine !== each))) {
    const persons = personsBy(now, column)
    const other = free
      .filter((each) => made.every((pair) => pair.theirs !== each) && each.codes.size === column.codes.size)
      .map((each) => ({ each, theirs: personsBy(before, each) }))
      .find(({ theirs: counts }) => areAlike(persons, counts))
    if (!other || persons.length < 2) continue
    const codes = other.theirs.map(({ code }, at) => [code, persons[at]?.code ?? ''] as const)
    made.push({ mine: column, theirs: other.each, codes: new Map(codes) })
  }
  return [...sure, ...made]
}

type Persons = readonly { readonly code: string; readonly persons: number }[]

/** By each code of a column alone, the most first. */
function personsBy({ rows, dimensions }: PublishedTable, column: Column): Persons {
  const others = dimensions.map((_, place) => place).filter((place) => place !== column.place)
  const isAtWhole = (codes: readonly string[]): boolean => others.every((place) => isTotalName(codes[place] ?? ''))
  const isWithin = (codes: readonly string[]): boolean => others.every((place) => !isTotalName(codes[place] ?? ''))
  const parts = rows.filter(({ codes }) => codes[column.place] !== column.whole)
  const atWhole = parts.filter(({ codes }) => isAtWhole(codes))
  const counts = new Map<string, number>()
  for (const { codes, shown } of atWhole.length > 0 ? atWhole : parts.filter((row) => isWithin(row.codes))) {
    const count = readShown(shown)
    const code = plain(codes[column.place] ?? '')
    counts.set(code, (counts.get(code) ?? 0) + (count.kind === 'number' ? count.least : 0))
  }
  return [...counts].map(([code, persons]) => ({ code, persons })).sort((a, b) => b.persons - a.persons)
}

function areAlike(a: Persons, b: Persons): boolean {
  const sum = (of: Persons): number => of.reduce((all, { persons }) => all + persons, 0)
  const both = a.reduce((all, { persons }, at) => all + Math.min(persons, b[at]?.persons ?? 0), 0)
  return a.length === b.length && both >= 0.9 * Math.max(sum(a), sum(b)) && both > 0
}

function linedUp(now: PublishedTable, theirs: readonly Column[], pairs: readonly Pair[]): LinedUp {
  const columns = theirs.flatMap((column): readonly { column: Column; name: string; pair: Pair | undefined }[] => {
    const pair = pairs.find((each) => each.theirs === column)
    // Alone in its table and always the same: it says nothing.
    if (!pair && column.codes.size + (column.whole === undefined ? 0 : 1) < 2) return []
    if (!pair) return [{ column, name: now.dimensions.includes(column.name) ? `${column.name} ` : column.name, pair }]
    return [{ column, name: pair.mine.name, pair }]
  })
  const written = columns.map(({ pair, column }) => {
    if (!pair) return (code: string): string => code
    const { codes, whole } = pair.mine
    return (code: string): string => {
      if (code === column.whole && whole !== undefined) return whole
      const called = pair.codes?.get(plain(code)) ?? plain(code)
      return codes.get(called) ?? code
    }
  })
  return (table) => {
    const places = columns.map(({ column }) => table.dimensions.indexOf(column.name))
    return {
      name: table.name,
      dimensions: columns.map(({ name }) => name),
      rows: table.rows.map(({ codes, shown }) => ({
        codes: places.map((place, at) => written[at]?.(codes[place] ?? '') ?? ''),
        shown,
      })),
    }
  }
}
