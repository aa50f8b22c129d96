import {
  type AuditDimension,
  codeOf,
  findDimensions,
  joined,
  type NamedHierarchies,
  type PublishedTable,
  readShown,
} from '../audit/audit.ts'
import { type LinedUp, waysToLineUp } from './lined-up.ts'

/** A cell that two tables count, or that one counts and the other would if anybody stood in it. */
export type CellOfBoth = {
  /** The same for the same cell in everything that `Beside.read` reads. */
  readonly key: string
  /** By the columns of the newer table. */
  readonly codes: readonly string[]
  /** Persons; NaN where whoever published the counts hid it already. */
  readonly now: number
  readonly before: number
}

/** Two tables cell by cell, whatever their columns are called and in whatever order they stand. */
export type Beside = {
  readonly cells: readonly CellOfBoth[]
  /** Of these, the ones that are whole of nothing. */
  readonly innermost: readonly CellOfBoth[]
  readonly isOfSamePeople: boolean
  /** Whether the newer has breakdowns that the earlier has not. */
  readonly saysMore: boolean
  /** Of the cell of a row of the newer table. */
  readonly keyOf: (codes: readonly string[]) => string
  /** A table in the earlier one's columns, in those of the newer. */
  readonly lineUp: (table: PublishedTable) => PublishedTable
  /** What stands in each cell of a table in the newer one's columns. */
  readonly read: (table: PublishedTable) => ReadonlyMap<string, string>
  /** Whether a table in which such texts stand tells what is in a cell, be it as the sum of its parts. */
  readonly isTold: (key: string, texts: ReadonlyMap<string, string>) => boolean
  /**
   * The row of the newer table to hide where a cell must not be told, by its columns: the cell's own, or the smallest under it in which somebody is,
   * without which nobody can make the total.
   */
  readonly rowOf: (key: string) => readonly string[] | undefined
  /** The sums that a cell is a part of, as keys: the whole, then its parts. */
  readonly sumsOver: (key: string) => readonly (readonly string[])[]
  readonly named: NamedHierarchies
}

/**
 * Lays a table beside an earlier one: columns are lined up by their codes, totals that only one has are made or left aside, a
 * constant column is none; what is said to add up does. Of several ways to line them up the first counts in which they are the same people, else the first.
 */
export function layBeside(now: PublishedTable, before: PublishedTable, said: NamedHierarchies = {}): Beside {
  let first: Beside | undefined
  for (const way of waysToLineUp(now, before)) {
    const laid = laidBy(now, before, way, said)
    if (laid.isOfSamePeople) return laid
    first ??= laid
  }
  if (first === undefined) throw new Error('there is always a way to line two tables up')
  return first
}

function laidBy(now: PublishedTable, before: PublishedTable, lineUp: LinedUp, said: NamedHierarchies): Beside {
  const lined = lineUp(before)
  const { dimensions, named } = dimensionsOf(now, lined, said)
  const sideOf = (table: PublishedTable): Side => {
    const counts = new Map([...readBy(table, dimensions)].map(([key, shown]) => [key, countOf(shown)]))
    addTotals(counts, dimensions)
    return {
      counts,
      breakdowns: new Set([...counts.keys()].map((key) => breakdownOf(key, dimensions))),
      codes: dimensions.map((_, d) => new Set([...counts.keys()].map((key) => key.split(between)[d] ?? ''))),
    }
  }
  const [mine, theirs] = [sideOf(now), sideOf(lined)]
  const shared = [...mine.breakdowns].filter((each) => theirs.breakdowns.has(each))
  const finest = Math.max(...shared.map(depthOf))
  const wholes = dimensions.map(({ partitions }) => new Set(partitions.map(({ whole }) => whole)))
  const cells: CellOfBoth[] = []
  const innermost: CellOfBoth[] = []
  for (const key of new Set([...mine.counts.keys(), ...theirs.counts.keys()])) {
    const breakdown = breakdownOf(key, dimensions)
    const codes = key.split(between)
    // What the newer has no code of it does not tell of: it may be of a part of the people.
    if (!mine.breakdowns.has(breakdown) || !theirs.breakdowns.has(breakdown)) continue
    if (!codes.every((code, d) => mine.codes[d]?.has(code))) continue
    const cell = {
      key,
      codes: codesByColumn(now, dimensions, codes),
      now: mine.counts.get(key) ?? 0,
      before: theirs.counts.get(key) ?? 0,
    }
    cells.push(cell)
    const ways = breakdown.split(between)
    const isWhole = codes.some((code, d) => ways[d] !== root && wholes[d]?.has(code))
    if (depthOf(breakdown) === finest && !isWhole && codes.every((code, d) => theirs.codes[d]?.has(code)))
      innermost.push(cell)
  }
  const keyOf = keyIn(now, dimensions)
  const rows = new Map(now.rows.map(({ codes }) => [keyOf(codes), codes]))
  const partsOf = (key: string): readonly (readonly string[])[] => {
    const codes = key.split(between)
    return dimensions.flatMap(({ partitions }, d) =>
      partitions
        .filter(({ whole }) => whole === codes[d])
        .map(({ parts }) => parts.map((code) => codes.with(d, code).join(between))),
    )
  }
  const isTold: Beside['isTold'] = (key, texts) => {
    const own = texts.get(key)
    if (own !== undefined) return readShown(own).kind !== 'hidden'
    const isThere = (part: string): boolean => texts.has(part) || partsOf(part).flat().some(isThere)
    return partsOf(key).some((parts) => {
      const there = parts.filter(isThere)
      return there.length > 0 && there.every((part) => isTold(part, texts))
    })
  }
  const rowOf = (key: string): string | undefined => {
    if (rows.has(key)) return key
    return partsOf(key)
      .flat()
      .flatMap((part) => rowOf(part) ?? [])
      .filter((part) => (mine.counts.get(part) ?? 0) > 0)
      .toSorted((a, b) => (mine.counts.get(a) ?? 0) - (mine.counts.get(b) ?? 0))[0]
  }
  return {
    cells,
    innermost,
    keyOf,
    isTold,
    rowOf: (key) => rows.get(rowOf(key) ?? ''),
    isOfSamePeople: areSamePeople(innermost),
    saysMore: [...mine.breakdowns].some((breakdown) => !theirs.breakdowns.has(breakdown)),
    lineUp,
    read: (table) => readBy(table, dimensions),
    sumsOver: (key) => {
      const codes = key.split(between)
      return dimensions.flatMap(({ partitions }, d) =>
        partitions
          .filter(({ parts }) => parts.includes(codes[d] ?? ''))
          .map(({ whole, parts }) => [whole, ...parts].map((code) => codes.with(d, code).join(between))),
      )
    },
    named,
  }
}

type Side = {
  readonly counts: ReadonlyMap<string, number>
  readonly breakdowns: ReadonlySet<string>
  readonly codes: readonly ReadonlySet<string>[]
}

// ---------------------------------------------------------------- the same people

/** Nine in ten alike are the same people, as for records: an edition of a register keeps nine of ten of those it had. */
const shareAlike = 0.9
/** In cells of fewer persons two populations are alike by chance too often. */
const tellingCell = 5

/**
 * Whether two tables count the same people, told by the innermost cells that both count. Nine in ten of all cells in which
 * somebody stands are equal, of five at least; or nine in ten of the persons are, and beside that either a third of the cells of
 * five or more are equal to the person, two at least, or one is and no other moved by five: a count of thirty equals another
 * population's by chance once in twenty times, and two populations that agree so far are taken for one.
 */
function areSamePeople(cells: readonly CellOfBoth[]): boolean {
  const told = cells.filter(({ now, before }) => now + before > 0)
  const equal = told.filter(({ now, before }) => now === before)
  if (told.length >= 5 && equal.length >= shareAlike * told.length) return true
  const sum = (of: (cell: CellOfBoth) => number): number => told.reduce((all, cell) => all + of(cell), 0)
  const alike = sum(({ now, before }) => Math.min(now, before))
  if (
    alike <
    shareAlike *
      Math.max(
        sum(({ now }) => now),
        sum(({ before }) => before),
      )
  )
    return false
  const telling = told.filter(({ now, before }) => Math.max(now, before) >= tellingCell)
  const same = telling.filter(({ now, before }) => now === before).length
  if (same >= 2 && same >= telling.length / 3) return true
  return same >= 1 && told.length >= 2 && told.every(({ now, before }) => Math.abs(now - before) < tellingCell)
}

// ---------------------------------------------------------------- cells by their codes

const between = '\u0001'
/** Of a breakdown: all of a dimension together. */
const root = 'all'

function dimensionsOf(
  now: PublishedTable,
  lined: PublishedTable,
  said: NamedHierarchies,
): { readonly dimensions: readonly AuditDimension[]; readonly named: NamedHierarchies } {
  const found = findDimensions([now, lined], said)
  const isOfBoth = (name: string): boolean => now.dimensions.includes(name) && lined.dimensions.includes(name)
  const isSplit = found.some(({ columns }) => columns.some(isOfBoth) && !columns.every(isOfBoth))
  const named: NamedHierarchies = isSplit ? { ...said, combine: [] } : said
  return { dimensions: isSplit ? findDimensions([now, lined], named) : found, named }
}

function keyIn(table: PublishedTable, dimensions: readonly AuditDimension[]): (codes: readonly string[]) => string {
  const readers = dimensions.map((dimension) => codeOf(dimension, table))
  return (codes) => readers.map((read) => read(codes) ?? '').join(between)
}

function readBy(table: PublishedTable, dimensions: readonly AuditDimension[]): ReadonlyMap<string, string> {
  const key = keyIn(table, dimensions)
  return new Map(table.rows.map(({ codes, shown }) => [key(codes), shown]))
}

function countOf(text: string): number {
  const shown = readShown(text)
  return shown.kind === 'number' ? shown.least : Number.NaN
}

/** Totals that are not there, made from their parts, the deepest first: a table without totals gives them away all the same. */
function addTotals(counts: Map<string, number>, dimensions: readonly AuditDimension[]): void {
  for (const [d, { partitions }] of dimensions.entries()) {
    const depth = (code: string): number => {
      const over = partitions.find(({ parts }) => parts.includes(code))
      return over === undefined ? 0 : 1 + depth(over.whole)
    }
    for (const { whole, parts } of partitions.toSorted((a, b) => depth(b.whole) - depth(a.whole))) {
      const isPart = new Set(parts)
      const made = new Map<string, number>()
      for (const [key, count] of counts) {
        const codes = key.split(between)
        if (!isPart.has(codes[d] ?? '')) continue
        const over = codes.with(d, whole).join(between)
        made.set(over, (made.get(over) ?? 0) + count)
      }
      for (const [key, count] of made) if (!counts.has(key)) counts.set(key, count)
    }
  }
}

/** Which dimensions a cell splits by, and of several ways to split one, by which. */
function breakdownOf(key: string, dimensions: readonly AuditDimension[]): string {
  const codes = key.split(between)
  return dimensions
    .map(({ partitions }, d) => {
      const code = codes[d] ?? ''
      const at = partitions.findIndex(({ parts }) => parts.includes(code))
      if (at >= 0) return String(at)
      return partitions.some(({ whole }) => whole === code) ? root : 'apart'
    })
    .join(between)
}

const depthOf = (breakdown: string): number => breakdown.split(between).filter((each) => each !== root).length

function codesByColumn(
  table: PublishedTable,
  dimensions: readonly AuditDimension[],
  codes: readonly string[],
): readonly string[] {
  return table.dimensions.map((name) => {
    const d = dimensions.findIndex(({ columns }) => columns.includes(name))
    // A label or a constant: nothing is told by it.
    if (d < 0) return table.rows[0]?.codes[table.dimensions.indexOf(name)] ?? ''
    const columns = dimensions[d]?.columns ?? []
    return columns.length === 1 ? (codes[d] ?? '') : ((codes[d] ?? '').split(joined)[columns.indexOf(name)] ?? '')
  })
}
