import type { PublishedTable as Cells, PublishedField, PublishedMethod } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { readLongTable } from '@lentera/core/sheets/long-table'
import { type auditPublished, codeOf, type NamedHierarchies, type PublishedTable } from '@lentera/release/audit'
import type { Solver } from '@lentera/solver'
import { type Beside, type CellOfBoth, layBeside } from './laid-beside.ts'

/** Fewest persons by which two tables of the same people may differ in a cell. */
export const few = 5

export type MethodOfTable = Extract<PublishedMethod, { name: 'suppression' | 'rounding' | 'cell-key' | 'dp-table' }>

/** An earlier release of a table: as it was shown, and the bytes it was made of. */
export type EarlierTable = {
  readonly bytes: Uint8Array
  /** Of the holding; `sameName` where it is said to be of the same people. */
  readonly name: string
  readonly sameName: boolean
  readonly method: MethodOfTable
  readonly shown: { readonly fields: readonly PublishedField[]; readonly cells: Cells['cells'] }
}

/** An earlier table of the same people beside the new one. */
export type LaidEarlier = {
  readonly beside: Beside
  readonly method: MethodOfTable
  /** As anybody reads it, in the columns of the new one: numbers, bands of those that were moved, or hidden. */
  readonly shown: PublishedTable
  /** What stands in each cell of it. */
  readonly texts: ReadonlyMap<string, string>
}

/**
 * The new table beside every earlier one: those of the same people under their own name. Tables of the same people under another
 * name would have a budget, and earlier releases, of their own. Refused: `publication.same-people` {name}.
 */
export async function layEarlier(
  full: PublishedTable,
  earlier: readonly EarlierTable[],
): Promise<Decision<readonly LaidEarlier[]>> {
  const laid: LaidEarlier[] = []
  for (const { bytes, name, sameName, method, shown } of earlier) {
    const read = await readLongTable(bytes, null, 'earlier')
    if (!read.ok) continue
    const beside = layBeside(full, read.value)
    if (!sameName && beside.isOfSamePeople) return refuse('publication.same-people', { name })
    if (!sameName) continue
    const table = beside.lineUp(asRead(asTable(shown), method))
    laid.push({ beside, method, shown: table, texts: beside.read(table) })
  }
  return accept(laid)
}

function asTable({ fields, cells }: EarlierTable['shown']): PublishedTable {
  return {
    name: 'earlier',
    dimensions: fields.map(({ name }) => name),
    rows: cells.map(({ codes, value }) => ({
      codes: codes.map((code, field) => fields[field]?.codes[code]?.code ?? ''),
      shown: value === null ? hidden : String(value),
    })),
  }
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
export function movesSince({ beside: { cells, saysMore }, texts }: LaidEarlier): Moves {
  const byFew = cells.filter(
    (cell) => hasMovedByFew(cell) && (cell.before >= few ? texts.get(cell.key) !== hidden : true),
  )
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

// ---------------------------------------------------------------- the audit of all of them together

/**
 * How many cells an outsider could work out who has the new table and every earlier one of the same people, by whatever method:
 * a hidden cell whose interval became too narrow or ends below the minimum, a moved number that is known to be one to four, and
 * a cell that moved by one to four and is shown in both.
 *
 * Counts that did not move are the same ones in both. Of one that moved the earlier number says nothing: it was those who stayed and
 * those who went, and is those who stayed and those who came. Nor does it where a number was shown and is hidden now, since just so
 * are hidden those that moved. Five whole numbers in a row cannot all lie one to four away from what was shown before, so that a
 * hidden cell whose interval is as wide as its minimum asks for tells of no such move.
 */
export async function openBeside(
  table: PublishedTable,
  method: MethodOfTable,
  laid: readonly LaidEarlier[],
  { solver, audit }: { readonly solver: Solver | null; readonly audit: typeof auditPublished },
): Promise<number> {
  const read = asRead(table, method)
  const isUnmoved = ({ beside }: LaidEarlier): boolean =>
    beside.cells.every(({ now, before }) => Object.is(now, before))
  const same = laid.filter(isUnmoved)
  const moved = laid.filter((each) => !isUnmoved(each))
  const minima = [method, ...laid.map((each) => each.method)].map((each) =>
    each.name === 'suppression' ? each.minimum : few,
  )
  const named = namedBy(laid)
  let open = moved.reduce((sum, each) => sum + shownInBoth(table, method, each), 0)
  const runs =
    moved.length === 0
      ? [{ tables: [read, ...same.map(({ shown }) => shown)], named }]
      : moved.map((each) => inEditions(read, same, each, named))
  for (const { tables, named: hierarchies } of runs) {
    const [first, ...others] = tables
    if (first) open += await openIn(first, others, { solver, minimum: Math.max(...minima), named: hierarchies, audit })
  }
  return open
}

function namedBy(laid: readonly LaidEarlier[]): NamedHierarchies {
  const all = laid.map(({ beside }) => beside.named)
  return {
    ...(all.some(({ combine }) => combine) ? { combine: [] } : {}),
    partitions: Object.assign({}, ...all.map(({ partitions }) => partitions ?? {})),
  }
}

/** What an engine that forgets what moved would show. */
function shownInBoth(table: PublishedTable, method: MethodOfTable, each: LaidEarlier): number {
  if (method.name !== 'suppression') return 0
  const now = each.beside.read(table)
  return movesSince(each).byFew.filter(
    ({ key, now: count }) => count > 0 && now.has(key) && now.get(key) !== hidden && each.texts.get(key) !== hidden,
  ).length
}

/** A dimension no file can have a column of. */
const edition = '\u0000edition'

function inEditions(
  read: PublishedTable,
  same: readonly LaidEarlier[],
  { beside, shown, texts }: LaidEarlier,
  named: NamedHierarchies,
): { readonly tables: readonly PublishedTable[]; readonly named: NamedHierarchies } {
  const at = (table: PublishedTable, code: string): PublishedTable => ({
    ...table,
    dimensions: [...table.dimensions, edition],
    rows: table.rows.map((row) => ({ ...row, codes: [...row.codes, code] })),
  })
  const now = beside.read(read)
  const apart = apartIn(
    beside,
    (cell) => cell.now !== cell.before || (texts.get(cell.key) !== hidden && now.get(cell.key) === hidden),
  )
  const rows = beside.cells.flatMap(({ key, codes, now: count, before }) => {
    const moves = apart.has(key) ? '0+' : nobody
    const said: readonly (readonly [string, string])[] = [
      ['stayed', '0+'],
      ['came', moves],
      ['went', moves],
      ...(count === 0 && !now.has(key) ? [['newer', nobody] as const] : []),
      ...(before === 0 && !texts.has(key) ? [['earlier', nobody] as const] : []),
    ]
    return said.map(([code, text]) => ({ codes: [...codes, code], shown: text }))
  })
  return {
    tables: [
      at(read, 'newer'),
      ...same.map((each) => at(each.shown, 'newer')),
      at(shown, 'earlier'),
      { name: 'moves', dimensions: [...read.dimensions, edition], rows },
    ],
    named: {
      ...named,
      partitions: { ...named.partitions, [edition]: { newer: ['stayed', 'came'], earlier: ['stayed', 'went'] } },
    },
  }
}

/** A band, not a number: a line of zeros would let any codes add up. */
const nobody = '0-0'

/** Cells of which the one number does not tell the other, and all that they are a part of. */
function apartIn({ cells, wholesOver }: Beside, isApart: (cell: CellOfBoth) => boolean): ReadonlySet<string> {
  const apart = new Set(cells.filter(isApart).map(({ key }) => key))
  for (const key of apart) for (const over of wholesOver(key)) apart.add(over)
  return apart
}

/** Those who stayed, came or went are no cell of a table. */
const isOfTable = (code: string | undefined): boolean => code === undefined || code === 'newer' || code === 'earlier'

async function openIn(
  first: PublishedTable,
  others: readonly PublishedTable[],
  {
    audit,
    ...options
  }: {
    readonly solver: Solver | null
    readonly minimum: number
    readonly named: NamedHierarchies
    readonly audit: typeof auditPublished
  },
): Promise<number> {
  const { system, intervals, isOpen } = await audit([first, ...others], [], {
    ...options,
    asks: (code) => isOfTable(code(edition)),
    wideEnough: { width: options.minimum - 1, most: options.minimum },
  })
  const width = system.dimensions.length
  const place = system.dimensions.findIndex(({ name }) => name === edition)
  const hiddenKeys = new Set(
    [first, ...others].flatMap((table) => {
      const readers = system.dimensions.map((dimension) => codeOf(dimension, table))
      return table.rows
        .filter(({ shown }) => shown === hidden)
        .map(({ codes }) => readers.map((each) => each(codes) ?? '').join('\u0001'))
    }),
  )
  let open = 0
  for (let cell = 0; cell < system.cells; cell++) {
    const codes = system.codes.map((list, d) => list[system.cellCodes[cell * width + d] ?? 0] ?? '')
    if (!isOfTable(codes[place])) continue
    if (system.state[cell] !== 2 || intervals.isContradictory[cell] === 1) continue
    const [least, most] = [intervals.least[cell] ?? 0, intervals.most[cell] ?? 0]
    const isTold = hiddenKeys.has(codes.join('\u0001'))
      ? isOpen[cell] === 1 || most - least < few - 1 || most < few
      : least >= 1 && most < few
    if (isTold) open++
  }
  return open
}
