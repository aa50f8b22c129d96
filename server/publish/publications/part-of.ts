import { type PublishedTable, readShown } from '@lentera/release/audit'
import { type CellOfBoth, layBeside } from '@lentera/release/editions'
import { wholeWord } from './labels.ts'

/** Rows of a table at one code of one or two of its columns, without those columns. */
export type Part = {
  readonly at: readonly { readonly column: string; readonly code: string }[]
  readonly table: PublishedTable
}

/** Rows that are read in search of a part: pairs of columns are passed over where there would be more. */
const mostRead = 5_000_000
/** Of the counts of a part so many stand in the table too, though one person moved and all of her totals with her. */
const leastShared = 0.4
/** How often any part at all may look the same by chance. */
const mostByChance = 0.02

/**
 * The part of a table's people that another table counts, whose columns do not say which part it is of: only women, only those of one
 * country. It is known by its counts: nine in ten persons are alike, and so many counts are equal as other people of the same
 * kind would have once in fifty tables at most, however many parts there are to choose from.
 */
export function findPart(of: PublishedTable, whole: PublishedTable): Part | undefined {
  const counts = countsOf(of)
  const parts = [...partsOf(whole)]
  for (const part of parts) {
    if (part.table.dimensions.length === 0 || sharedBy(counts, countsOf(part.table)) < leastShared) continue
    const { innermost } = layBeside(of, part.table)
    if (isTheSameOne(innermost, parts.length)) return part
  }
  return undefined
}

/** The part, with the columns that say which it is of. */
export function withColumns({ name, dimensions, rows }: PublishedTable, at: Part['at']): PublishedTable {
  return {
    name,
    dimensions: [...dimensions, ...at.map(({ column }) => column)],
    rows: rows.map(({ codes, shown }) => ({ codes: [...codes, ...at.map(({ code }) => code)], shown })),
  }
}

function* partsOf({ name, dimensions, rows }: PublishedTable): Generator<Part> {
  const alone = dimensions.map((_, place) => [place])
  const pairs = dimensions.flatMap((_, a) => dimensions.slice(a + 1).map((_other, b) => [a, a + 1 + b]))
  const read = alone.length + pairs.length > mostRead / Math.max(1, rows.length) ? alone : [...alone, ...pairs]
  for (const places of read) {
    const groups = Map.groupBy(rows, ({ codes }) => places.map((place) => codes[place] ?? '').join('\u0001'))
    if (groups.size < 2) continue
    for (const own of groups.values()) {
      const at = places.map((place) => ({ column: dimensions[place] ?? '', code: own[0]?.codes[place] ?? '' }))
      if (at.some(({ code }) => wholeWord.test(code.trim()))) continue
      const without = <T>(list: readonly T[]): readonly T[] => list.filter((_, place) => !places.includes(place))
      yield {
        at,
        table: {
          name,
          dimensions: without(dimensions),
          rows: own.map(({ codes, shown }) => ({ codes: without(codes), shown })),
        },
      }
    }
  }
}

// ---------------------------------------------------------------- by chance

/** Counts of five and more, and how often each stands there. */
function countsOf({ rows }: PublishedTable): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { shown } of rows) {
    const read = readShown(shown)
    if (read.kind === 'number' && read.least >= tellingCount) counts.set(read.least, (counts.get(read.least) ?? 0) + 1)
  }
  return counts
}
const tellingCount = 5

function sharedBy(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  let [shared, all] = [0, 0]
  for (const [count, times] of a) {
    shared += Math.min(times, b.get(count) ?? 0)
    all += times
  }
  return all === 0 ? 0 : shared / all
}

/**
 * Two counts drawn with the same mean `c` are equal once in `2 sqrt(pi c)` times (Poisson, in its normal approximation); which of the
 * cells are the equal ones, and which part is looked at, may be chosen.
 */
function isTheSameOne(cells: readonly CellOfBoth[], parts: number): boolean {
  const told = cells.filter(({ now, before }) => now + before > 0)
  const sum = (of: (cell: CellOfBoth) => number): number => told.reduce((all, cell) => all + of(cell), 0)
  const most = Math.max(
    sum(({ now }) => now),
    sum(({ before }) => before),
  )
  if (!(sum(({ now, before }) => Math.min(now, before)) >= 0.9 * most)) return false
  const telling = told.filter(({ now, before }) => Math.max(now, before) >= tellingCount)
  const equal = telling.filter(({ now, before }) => now === before)
  const chance = equal.reduce((all, { now }) => all / (2 * Math.sqrt(Math.PI * now)), 1)
  return equal.length > 0 && chance * waysToChoose(telling.length, equal.length) * parts <= mostByChance
}

function waysToChoose(of: number, many: number): number {
  let ways = 1
  for (let each = 1; each <= Math.min(many, of - many); each++) ways *= (of - each + 1) / each
  return ways
}
