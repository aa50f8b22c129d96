import { endless, type PublishedTable, readShown } from './published.ts'
import { type Found, type Line, type RestsOn, treesOf, trial } from './trees.ts'

/** The parts that make up a whole, in one dimension: `Total` = `Female` + `Male`. */
export type Partition = { readonly whole: string; readonly parts: readonly string[] }

/**
 * One dimension of the cells. Several columns can be one (a kind of breakdown and its category); then a code is theirs
 * joined by `joined`. A code may be the whole of several partitions (victims by form, and again by citizenship). Where
 * there is no partition nothing adds up (a year, a country without a world).
 */
export type AuditDimension = {
  readonly name: string
  readonly columns: readonly string[]
  readonly partitions: readonly Partition[]
}

/** What a person may say of a file; what she does not say is found. Kept in the rules' JSON. */
export type NamedHierarchies = {
  /** Columns that say nothing new (labels), left out. */
  readonly ignore?: readonly string[] | undefined
  readonly combine?: readonly (readonly string[])[] | undefined
  /** By dimension (its columns joined by ` / `): each whole and its parts, or, where it is split in several ways, the parts of each way. */
  readonly partitions?: Readonly<Record<string, NamedPartitions>> | undefined
}

export type NamedPartitions = Readonly<Record<string, readonly string[] | readonly (readonly string[])[]>>

/** Every way in which a whole is said to be split. */
export const partitionsIn = (said: NamedPartitions): readonly Partition[] =>
  Object.entries(said).flatMap(([whole, its]) => {
    const one = its.filter((part) => typeof part === 'string')
    const several = its.filter((parts) => typeof parts !== 'string')
    return [...(one.length > 0 ? [one] : []), ...several].map((parts) => ({ whole, parts }))
  })

/** What was found or said of a dimension, as a person may say it. */
export const namedAs = (partitions: readonly Partition[]): NamedPartitions =>
  Object.fromEntries(
    [...Map.groupBy(partitions, ({ whole }) => whole)].map(([whole, ways]) => {
      const [first, ...more] = ways.map(({ parts }) => parts)
      return [whole, first === undefined || more.length > 0 ? ways.map(({ parts }) => parts) : first]
    }),
  )

export const joined = ' / '

/**
 * What stands for all of a dimension together where one of several tables lacks it, and the others have no total of it: the people are the same, so that
 * the table without it counts the sum over it. No file can have such a code.
 */
export const allOfIt = '\u0000all of it'

/**
 * Finds what adds up. A dimension's whole is the code that is called a total, or that equals the sum of the others in every line that can be
 * checked, be it one; wholes below it are codes that equal the sum of others, wherever these stand in the file. A column that
 * another determines is its label; two columns that are at their total together are one dimension with several partitions. Where a table lacks a
 * dimension that has no total, `allOfIt` is the whole of what is part of nothing.
 */
export function findDimensions(
  tables: readonly PublishedTable[],
  named: NamedHierarchies = {},
): readonly AuditDimension[] {
  return readDimensions(tables, named).map(({ dimension }) => dimension)
}

/** A dimension as it is taken, as what else it could be by the same figures, and what the first rests on. */
export type ReadDimension = {
  readonly dimension: AuditDimension
  readonly others: readonly AuditDimension[]
  /** Worked out when it is asked for. */
  readonly restsOn: () => RestsOn
}

/** What adds up, as `findDimensions`, and what else could: the same in whatever order rows stand. */
export function readDimensions(
  tables: readonly PublishedTable[],
  named: NamedHierarchies = {},
): readonly ReadDimension[] {
  const columns = readColumns(tables)
  const ignored = new Set(named.ignore ?? [])
  const kept = columns.filter(({ name, codes }) => !ignored.has(name) && codes.length > 1)
  const withoutLabels = dropLabels(kept, tables, named)
  const groups = combined(withoutLabels, named)
  const bare = groups.map(
    (group): AuditDimension => ({
      name: group.map((column) => column.name).join(joined),
      columns: group.map((column) => column.name),
      partitions: [],
    }),
  )
  return groups.map((group, at): ReadDimension => {
    const dimension = bare[at] ?? { name: '', columns: [], partitions: [] }
    const as = (partitions: readonly Partition[]): AuditDimension => withAllOfIt({ ...dimension, partitions }, tables)
    const said = named.partitions?.[dimension.name]
    if (said !== undefined) {
      return { dimension: as(partitionsIn(said)), others: [], restsOn: () => 'rules' }
    }
    if (group.length > 1) return { dimension: as(partitionsOfPair(group)), others: [], restsOn: () => 'names' }
    const { structures, restsOn } = structuresAlong(dimension.name, tables, bare)
    const [first = as([]), ...others] = structures.map(as)
    return { dimension: first, others, restsOn }
  })
}

/** With a whole for the table that lacks its columns, unless one of its codes is that already. */
function withAllOfIt(dimension: AuditDimension, tables: readonly PublishedTable[]): AuditDimension {
  const { columns, partitions } = dimension
  const have = tables.filter((table) => columns.every((name) => table.dimensions.includes(name)))
  if (have.length === tables.length) return dimension
  const codes = have.flatMap((table) => {
    const read = codeOf(dimension, table)
    return table.rows.map((row) => read(row.codes) ?? '')
  })
  const parts = new Set(partitions.flatMap((partition) => partition.parts))
  const tops = [...new Set([...partitions.map(({ whole }) => whole), ...codes])]
    .filter((code) => !parts.has(code))
    .toSorted()
  if (tops.length < 2 || tops.some((code) => code.split(joined).every(isTotalName))) return dimension
  return { ...dimension, partitions: [{ whole: allOfIt, parts: tops }, ...partitions] }
}

/**
 * What may add up in a full table, for whoever protects it: beside what `findDimensions` takes, every run of codes next to a code that adds up to it, chance
 * or not, since a true equation that is assumed only hides more. A code of nobody at the edge of a run is of the run to one reader and not to another, and
 * both at once would say that it is nobody: one structure has it in no run, another in every. Then every other way in which the figures add up, wherever rows
 * stand. A table is closed where it is closed by each.
 */
export function structuresOf(
  table: PublishedTable,
  named: NamedHierarchies = {},
): readonly (readonly AuditDimension[])[] {
  const read = readDimensions([table], named)
  const found = read.map(({ dimension }) => dimension)
  const withSums = (edges: 'out' | 'in'): readonly AuditDimension[] =>
    found.map((dimension) =>
      dimension.columns.length > 1 || named.partitions?.[dimension.name] !== undefined
        ? dimension
        : { ...dimension, partitions: everySum(dimension, table, found, edges) },
    )
  const all = [withSums('out'), withSums('in'), ...choicesOf(read, mostStructures)]
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()]
}

/** Every choice of one way a dimension, as many as are asked: each is an audit, or a table to close, of its own. */
export function choicesOf(read: readonly ReadDimension[], most: number): readonly (readonly AuditDimension[])[] {
  let choices: readonly { readonly steps: number; readonly dimensions: readonly AuditDimension[] }[] = [
    { steps: 0, dimensions: [] },
  ]
  for (const { dimension, others } of read)
    choices = choices
      .flatMap(({ steps, dimensions }) =>
        [dimension, ...others].map((each, step) => ({ steps: steps + step, dimensions: [...dimensions, each] })),
      )
      .toSorted((a, b) => a.steps - b.steps)
      .slice(0, most)
  return choices.map(({ dimensions }) => dimensions)
}

/** So many ways a table is closed for. */
const mostStructures = 30

/** What adds up in a dimension, for whoever answers for a table: she may see a whole that was missed, or one too many. */
export type AddsUp = {
  readonly name: string
  readonly codes: number
  readonly partitions: readonly Partition[]
  /** Three codes or more are part of nothing: if one of them is the whole of others, nobody was told. */
  readonly isWithoutWhole: boolean
}

/** What adds up in one table. */
export const addsUpIn = (table: PublishedTable, dimensions: readonly AuditDimension[]): readonly AddsUp[] =>
  dimensions.map((dimension) => {
    const read = codeOf(dimension, table)
    return whatAddsUp(dimension, [...new Set(table.rows.map(({ codes }) => read(codes) ?? ''))])
  })

export function whatAddsUp({ name, partitions: all }: AuditDimension, given: readonly string[]): AddsUp {
  const partitions = all.filter(({ whole }) => whole !== allOfIt)
  const parts = new Set(partitions.flatMap((partition) => partition.parts))
  const codes = new Set([...given, ...partitions.map(({ whole }) => whole)])
  codes.delete(allOfIt)
  return {
    name,
    codes: codes.size,
    partitions,
    isWithoutWhole: [...codes].filter((code) => !parts.has(code)).length > 2,
  }
}

/** The code of a row in a dimension; the total where the row's table lacks the columns. */
export function codeOf(dimension: AuditDimension, table: PublishedTable): (codes: readonly string[]) => string | null {
  const places = dimension.columns.map((name) => table.dimensions.indexOf(name))
  const first = places[0] ?? -1
  if (places.length === 1 && first >= 0) return (codes) => codes[first] ?? ''
  if (places.every((place) => place >= 0)) return (codes) => places.map((place) => codes[place] ?? '').join(joined)
  const root = rootOf(dimension)
  return () => root
}

/** The code that is part of nothing and whole of something. */
export function rootOf({ partitions }: AuditDimension): string | null {
  const parts = new Set(partitions.flatMap((partition) => partition.parts))
  return partitions.find(({ whole }) => !parts.has(whole))?.whole ?? null
}

// ---------------------------------------------------------------- columns

/** Codes in the order of the file; for each row its code's number. */
type Column = { readonly name: string; readonly codes: readonly string[]; readonly of: Int32Array }

function readColumns(tables: readonly PublishedTable[]): readonly Column[] {
  const names = [...new Set(tables.flatMap((table) => table.dimensions))]
  const length = tables.reduce((sum, table) => sum + table.rows.length, 0)
  return names.map((name) => {
    const known = new Map<string, number>()
    const of = new Int32Array(length).fill(-1)
    let row = 0
    for (const table of tables) {
      const place = table.dimensions.indexOf(name)
      for (const { codes } of table.rows) {
        if (place >= 0) {
          const code = codes[place] ?? ''
          const number = known.get(code) ?? known.size
          if (number === known.size) known.set(code, number)
          of[row] = number
        }
        row++
      }
    }
    return { name, codes: [...known.keys()], of }
  })
}

/** How many of a column's codes may break a label's rule before it is none: files spell now and then. */
const labelShare = 0.02

function dropLabels(
  columns: readonly Column[],
  tables: readonly PublishedTable[],
  named: NamedHierarchies,
): readonly Column[] {
  /** A table that has the label and not what determines it would lose a dimension. */
  const standsBeside = (by: Column, label: Column): boolean =>
    tables.every(({ dimensions }) => !dimensions.includes(label.name) || dimensions.includes(by.name))
  const said = new Set([...(named.combine ?? []).flat(), ...Object.keys(named.partitions ?? {})])
  const kept = [...columns]
  for (const column of [...columns].sort((a, b) => b.codes.length - a.codes.length)) {
    if (said.has(column.name) || column.codes.some(isTotalName)) continue
    const byOther = kept.some(
      (other) =>
        other !== column &&
        !other.codes.some(isTotalName) &&
        standsBeside(other, column) &&
        determines(other, column) &&
        // Of two that tell each other (a country and its code) the one with fewer spellings stays.
        (column.codes.length >= other.codes.length || !determines(column, other)),
    )
    if (byOther) kept.splice(kept.indexOf(column), 1)
  }
  return kept
}

function determines(by: Column, label: Column): boolean {
  const seen = new Int32Array(by.codes.length).fill(-1)
  const broken = new Set<number>()
  for (let row = 0; row < by.of.length; row++) {
    const code = by.of[row] ?? -1
    if (code < 0) continue
    const value = label.of[row] ?? -1
    // A table without the label says nothing of it.
    if (value < 0) continue
    if (seen[code] === -1) seen[code] = value
    else if (seen[code] !== value) broken.add(code)
  }
  return broken.size <= labelShare * by.codes.length
}

function combined(columns: readonly Column[], named: NamedHierarchies): readonly (readonly Column[])[] {
  const groups: Column[][] = []
  const used = new Set<Column>()
  const find = (name: string): Column | undefined => columns.find((column) => column.name === name)
  const pairs = [
    ...(named.combine ?? []).map((names) => names.map(find)),
    ...(named.combine === undefined ? togetherAtTotal(columns) : []),
  ]
  for (const pair of pairs) {
    const group = pair.filter((column) => column !== undefined)
    if (group.length < 2 || group.some((column) => used.has(column))) continue
    for (const column of group) used.add(column)
    groups.push(group)
  }
  return [...groups, ...columns.filter((column) => !used.has(column)).map((column) => [column])]
}

/** A kind of breakdown and its categories: at their totals together, and each category (nearly) in one kind. */
function togetherAtTotal(columns: readonly Column[]): readonly (readonly Column[])[] {
  const withTotal = columns.filter((column) => column.codes.some(isTotalName))
  return withTotal.flatMap((kind) =>
    withTotal
      .filter(
        (category) =>
          category !== kind && category.codes.length > kind.codes.length && areAtTotalTogether(kind, category),
      )
      .map((category) => [kind, category]),
  )
}

function areAtTotalTogether(kind: Column, category: Column): boolean {
  const kindTotal = kind.codes.findIndex(isTotalName)
  const categoryTotal = category.codes.findIndex(isTotalName)
  return kind.of.every((code, row) => (code === kindTotal) === (category.of[row] === categoryTotal))
}

function partitionsOfPair(group: readonly Column[]): readonly Partition[] {
  const codes = new Set<string>()
  for (let row = 0; row < (group[0]?.of.length ?? 0); row++) {
    codes.add(group.map((column) => column.codes[column.of[row] ?? -1] ?? '').join(joined))
  }
  const whole = group.map((column) => column.codes.find(isTotalName) ?? '').join(joined)
  const kinds = new Map<string, string[]>()
  for (const code of codes) {
    if (code === whole) continue
    const kind = code.split(joined)[0] ?? ''
    kinds.set(kind, [...(kinds.get(kind) ?? []), code])
  }
  return [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, parts]) => ({ whole, parts: parts.toSorted() }))
}

// ---------------------------------------------------------------- wholes and parts of one column

/** What a file calls its whole, in the languages of the programme; such a code is taken as the whole whatever it holds. */
const totalName = new RegExp(
  `^(${[
    ...['total', 'totals', 'grand total', 'all', 'all .*', 'both( sexes)?', '_t', 't', 'sum', 'overall'],
    ...['jumlah( keseluruhan| besar)?', 'total keseluruhan', 'semua', 'keseluruhan'],
    ...['รวม', 'รวมทั้งหมด', 'รวมทั้งสิ้น', 'ทั้งหมด', 'ผลรวม', 'ยอดรวม'],
    ...['tổng', 'tổng số', 'tổng cộng', 'tất cả', 'tong', 'tong so', 'tong cong', 'tat ca'],
    ...['សរុប', 'សរុបរួម', 'ទាំងអស់', 'ລວມ', 'ລວມທັງໝົດ', 'ລວມທັງຫມົດ', 'ທັງໝົດ', 'ທັງຫມົດ'],
    ...['စုစုပေါင်း', 'အားလုံး', 'kabuuan', 'kabuoan', 'kabuuang bilang', 'lahat'],
  ]
    .map((name) => name.normalize('NFC'))
    .join('|')})$`,
  'iu',
)

export function isTotalName(code: string): boolean {
  return totalName.test(code.trim().normalize('NFC'))
}

/** What is likely a whole, and is taken as it where no line says otherwise: `Total persons`, the region that the countries are of. */
const likelyName = new RegExp(
  `^(${[
    ...[
      '(grand )?total\\b.*',
      'sum of .*',
      'jumlah .*',
      'keseluruhan .*',
      'รวม.*',
      'ทั้งหมด.*',
      '(tổng|tong) .*',
      'kabuuang .*',
      'lahat ng .*',
    ],
    ...['សរុប.*', 'ລວມ.*', 'စုစုပေါင်း.*', 'အားလုံး.*'],
    ...[
      'asean.*',
      'world',
      'global',
      'dunia',
      'thế giới',
      'อาเซียน',
      'โลก',
      'អាស៊ាន',
      'ອາຊຽນ',
      'အာဆီယံ',
      'mundo',
      'daigdig',
    ],
  ]
    .map((name) => name.normalize('NFC'))
    .join('|')})$`,
  'iu',
)

export function isLikelyTotal(code: string): boolean {
  return likelyName.test(code.trim().normalize('NFC'))
}

/**
 * A year is never the whole of other years: two of them add up to a third now and then. Everything else that adds up in every line
 * that can be checked is a sum that an outsider would try.
 */
const isYear = (code: string): boolean => /^(19|20)\d\d\b/.test(code.trim())

/** Longer lists of codes are not tried for wholes nobody named. */
const mostCodesTried = 120

function structuresAlong(
  name: string,
  tables: readonly PublishedTable[],
  dimensions: readonly AuditDimension[],
): { readonly structures: readonly (readonly Partition[])[]; readonly restsOn: () => RestsOn } {
  const inFile = linesAlong(name, tables, dimensions)
  // By their letters: the order of rows says nothing.
  const codes = inFile.codes.toSorted()
  const place = new Map(inFile.codes.map((code, number) => [code, number]))
  const places = codes.map((code) => place.get(code) ?? -1)
  const lines = inFile.lines.map(({ least, most, isFull }) => ({
    least: places.map((number) => least[number] ?? -1),
    most: places.map((number) => most[number] ?? -1),
    isFull,
  }))
  const root = codes.findIndex(isTotalName)
  const { structures, isSettled } = treesOf({
    count: codes.length,
    lines,
    root,
    isTried: codes.length <= mostCodesTried,
    isLikelyRoot: (code) => isLikelyTotal(codes[code] ?? ''),
    isNeverWhole: (code) => isYear(codes[code] ?? ''),
  })
  const isNamed = root >= 0 && structures[0]?.length === 1
  return {
    structures: structures.map((sums) =>
      sums.map(({ whole, parts }) =>
        partition(
          codes,
          whole,
          parts.toSorted((a, b) => a - b),
        ),
      ),
    ),
    restsOn: () =>
      !isSettled() ? 'unsettled' : isNamed ? 'names' : structures[0]?.length === 0 ? 'nothing' : 'figures',
  }
}

/** Steps of one search for sums, and how many sums are taken along. */
const [mostSteps, mostSums] = [20_000, 200]

/** The partitions of a dimension of a full table, and every other sum that `structuresOf` takes. */
function everySum(
  dimension: AuditDimension,
  table: PublishedTable,
  dimensions: readonly AuditDimension[],
  edges: 'out' | 'in',
): readonly Partition[] {
  const { codes, lines } = linesAlong(dimension.name, [table], dimensions)
  if (codes.length > mostCodesTried || lines.some(({ isFull }) => !isFull)) return dimension.partitions
  const isNobody = codes.map((_, code) => lines.every(({ least }) => (least[code] ?? 0) <= 0))
  const root = codes.findIndex(isTotalName)
  const others = codes.flatMap((_, code) => (code === root ? [] : [code]))
  const sums = new Map<string, Found>()
  const key = ({ whole, parts }: Found): string =>
    [whole, ...parts.filter((part) => isNobody[part] !== true).sort((a, b) => a - b)].join()
  const take = (found: Found): void => {
    const before = sums.get(key(found))
    // In its runs a code of nobody is not beside them too, and the other way about.
    const longer = found.parts.length - (before?.parts.length ?? 0)
    if (before === undefined || ((edges === 'in') !== (found.whole === root) ? longer > 0 : longer < 0))
      sums.set(key(found), found)
  }
  const numbers = new Map(codes.map((code, number) => [code, number]))
  const given = dimension.partitions.map(({ whole, parts }) => ({
    whole: numbers.get(whole) ?? -1,
    parts: parts.map((part) => numbers.get(part) ?? -1),
  }))
  // After a sum by chance the total is not that of what is left.
  for (const found of given) if (trial(lines, found.whole, found.parts, true) !== 'fails') take(found)
  const inRuns = edges === 'in' ? others : others.filter((code) => isNobody[code] !== true)
  for (const order of [inRuns, inRuns.toReversed()]) {
    /** By place: where what stands there ends, alone or with the parts that follow it. */
    const ends = order.map((_, at) => new Set([at]))
    for (let at = order.length - 1; at >= 0; at--) {
      const whole = order[at] ?? 0
      if (isNobody[whole] === true || isYear(codes[whole] ?? '')) continue
      for (const { parts, end } of runsFrom(at + 1, whole, order, ends)) {
        // Of one code and nobody beside it the whole is one to a reader; both are never taken as the whole of the other.
        if (
          parts.some((part) => isUnder(whole, part)) ||
          trial(lines, whole, parts, false) !== 'holds' ||
          sums.size >= mostSums
        )
          continue
        take({ whole, parts })
        ends[at]?.add(end)
      }
    }
    if (root < 0) continue
    const outside = edges === 'in' ? [] : others.filter((code) => isNobody[code] === true)
    for (const { parts, end } of runsFrom(0, root, order, ends)) {
      if (end === order.length - 1 && trial(lines, root, parts, true) === 'holds')
        take({ whole: root, parts: [...parts, ...outside] })
    }
  }
  // What is called a total, and is the sum of nothing, is a mistake that its owner is told.
  const found = [...sums.values()]
  const broken = found.some(({ whole }) => whole === root) ? [] : given.filter(({ whole }) => whole === root)
  return [...found, ...broken].map(({ whole, parts }) => partition(codes, whole, parts))

  function isUnder(code: number, whole: number): boolean {
    return [...sums.values()].some(
      (sum) => sum.whole === whole && sum.parts.some((part) => part === code || isUnder(code, part)),
    )
  }

  /** Runs from a place on that reach the whole in every line that has it. */
  function runsFrom(start: number, whole: number, order: readonly number[], ends: readonly ReadonlySet<number>[]) {
    const checked = lines.flatMap(({ least }) => ((least[whole] ?? -1) < 0 ? [] : [least]))
    const found: { readonly parts: readonly number[]; readonly end: number }[] = []
    let steps = 0
    const go = (at: number, parts: readonly number[], left: readonly number[]): void => {
      if (++steps > mostSteps || found.length >= mostSums) return
      if (parts.length > 1 && left.every((rest) => rest === 0)) found.push({ parts, end: at - 1 })
      const code = order[at]
      if (code === undefined) return
      const rest = left.map((each, line) => each - Math.max(0, checked[line]?.[code] ?? 0))
      if (rest.some((each) => each < 0)) return
      for (const end of ends[at] ?? []) go(end + 1, [...parts, code], rest)
    }
    if (checked.length > 0)
      go(
        start,
        [],
        checked.map((least) => least[whole] ?? 0),
      )
    return found
  }
}

function partition(codes: readonly string[], whole: number, parts: readonly number[]): Partition {
  return { whole: codes[whole] ?? '', parts: parts.map((part) => codes[part] ?? '') }
}

function linesAlong(
  name: string,
  tables: readonly PublishedTable[],
  dimensions: readonly AuditDimension[],
): { readonly codes: readonly string[]; readonly lines: readonly Line[] } {
  const codes: string[] = []
  const numbers = new Map<string, number>()
  const lines = new Map<string, Line>()
  for (const [file, table] of tables.entries()) {
    const isFull = table.rows.every((row) => ['number', 'empty'].includes(readShown(row.shown).kind))
    const at = table.dimensions.indexOf(name)
    if (at < 0) continue
    const used = dimensions.flatMap((dimension) => dimension.columns).map((column) => table.dimensions.indexOf(column))
    const rest = used.filter((place) => place >= 0 && place !== at)
    for (const row of table.rows) {
      const code = row.codes[at] ?? ''
      let number = numbers.get(code)
      if (number === undefined) {
        number = codes.push(code) - 1
        numbers.set(code, number)
      }
      const shown = readShown(row.shown)
      // Of two releases each says what adds up in it.
      const key = [file, ...rest.map((place) => row.codes[place] ?? '')].join('\u0001')
      const line = lines.get(key) ?? { least: [], most: [], isFull }
      const [least, most] =
        'least' in shown ? [shown.least, shown.most] : shown.kind === 'hidden' ? [0, endless] : [-1, -1]
      line.least[number] = least
      line.most[number] = most
      lines.set(key, line)
    }
  }
  // By their codes: of lines that are alike the first is not that of the file.
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1))
  return { codes, lines: sorted.map(([, line]) => line) }
}
