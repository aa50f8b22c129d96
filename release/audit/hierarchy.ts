import { type PublishedTable, readShown } from './published.ts'

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
  /** By dimension (its columns joined by ` / `): each whole and its parts. */
  readonly partitions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined
}

export const joined = ' / '

/**
 * Finds what adds up. A dimension's whole is the code that is called a total, or that equals the sum of the others in 95 %
 * of the lines that can be checked; wholes below it are codes that equal the run of codes that follows them in the file. A
 * column that another determines is its label; two columns that are at their total together are one dimension with
 * several partitions.
 */
export function findDimensions(
  tables: readonly PublishedTable[],
  named: NamedHierarchies = {},
): readonly AuditDimension[] {
  const columns = readColumns(tables)
  const ignored = new Set(named.ignore ?? [])
  const kept = columns.filter(({ name, codes }) => !ignored.has(name) && codes.length > 1)
  const withoutLabels = dropLabels(kept, named)
  const groups = combined(withoutLabels, named)
  const dimensions = groups.map((group): AuditDimension => {
    const name = group.map((column) => column.name).join(joined)
    const said = named.partitions?.[name]
    const columnsOf = group.map((column) => column.name)
    if (said !== undefined) {
      return {
        name,
        columns: columnsOf,
        partitions: Object.entries(said).map(([whole, parts]) => ({ whole, parts })),
      }
    }
    return { name, columns: columnsOf, partitions: group.length > 1 ? partitionsOfPair(group) : [] }
  })
  return dimensions.map((dimension) =>
    dimension.partitions.length > 0 || dimension.columns.length > 1 || named.partitions?.[dimension.name] !== undefined
      ? dimension
      : { ...dimension, partitions: partitionsOf(dimension.name, tables, dimensions) },
  )
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

function dropLabels(columns: readonly Column[], named: NamedHierarchies): readonly Column[] {
  const said = new Set([...(named.combine ?? []).flat(), ...Object.keys(named.partitions ?? {})])
  const kept = [...columns]
  for (const column of [...columns].sort((a, b) => b.codes.length - a.codes.length)) {
    if (said.has(column.name) || column.codes.some(isTotalName)) continue
    const byOther = kept.some(
      (other) =>
        other !== column &&
        !other.codes.some(isTotalName) &&
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
  return [...kinds.values()].map((parts) => ({ whole, parts }))
}

// ---------------------------------------------------------------- wholes and parts of one column

const totalName =
  /^(total|totals|all|all .*|both( sexes)?|both sexes|_t|t|sum|grand total|overall|jumlah|รวม|စုစုပေါင်း)$/i

function isTotalName(code: string): boolean {
  return totalName.test(code.trim())
}

/** At least so many lines must be there to be checked, and so large a share of them must add up. */
const [leastLines, leastShare] = [3, 0.95]

/** Longer lists of codes are not tried for wholes nobody named; nor are longer runs of parts. */
const [mostCodesTried, longestRun] = [120, 40]

function partitionsOf(
  name: string,
  tables: readonly PublishedTable[],
  dimensions: readonly AuditDimension[],
): readonly Partition[] {
  const { codes, lines } = linesAlong(name, tables, dimensions)
  if (codes.length < 2) return []
  const named = codes.findIndex(isTotalName)
  const mayFail = (1 - leastShare) * lines.length
  const adds = (whole: number, parts: readonly number[]): boolean => {
    let [checked, held] = [0, 0]
    for (const line of lines) {
      if (checked - held > mayFail) return false
      const total = line[whole] ?? -1
      const given = parts.map((part) => line[part] ?? -1)
      if (total < 0 || given.some((value) => value < 0)) continue
      checked++
      if (given.reduce((sum, value) => sum + value, 0) === total) held++
    }
    return checked >= leastLines && held >= leastShare * checked
  }
  const others = (whole: number): readonly number[] => codes.map((_, code) => code).filter((code) => code !== whole)
  const isTried = named >= 0 || codes.length <= mostCodesTried
  const root = named >= 0 || !isTried ? named : codes.findIndex((_, code) => adds(code, others(code)))
  if (root >= 0 && (adds(root, others(root)) || codes.length < 4)) return [partition(codes, root, others(root))]
  // Wholes below the root, each followed by its parts in the file; deeper ones are found first and then count as one.
  const below: Partition[] = []
  let top = others(root)
  if (codes.length > mostCodesTried) return root < 0 ? [] : [partition(codes, root, top)]
  for (let at = top.length - 1; at >= 0; at--) {
    for (let end = at + 2; end < Math.min(top.length, at + 1 + longestRun); end++) {
      const run = top.slice(at + 1, end + 1)
      if (!adds(top[at] ?? 0, run)) continue
      below.push(partition(codes, top[at] ?? 0, run))
      top = [...top.slice(0, at + 1), ...top.slice(end + 1)]
      break
    }
  }
  if (root < 0) return below
  return [partition(codes, root, top), ...below]
}

function partition(codes: readonly string[], whole: number, parts: readonly number[]): Partition {
  return { whole: codes[whole] ?? '', parts: parts.map((part) => codes[part] ?? '') }
}

/** Numbers along one dimension, all others held; -1 where none is shown. */
function linesAlong(name: string, tables: readonly PublishedTable[], dimensions: readonly AuditDimension[]) {
  const codes: string[] = []
  const numbers = new Map<string, number>()
  const lines = new Map<string, number[]>()
  for (const table of tables) {
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
      const key = rest.map((place) => row.codes[place] ?? '').join('\u0001')
      const line = lines.get(key) ?? []
      line[number] = shown.kind === 'number' ? shown.least : -1
      lines.set(key, line)
    }
  }
  return { codes, lines: [...lines.values()] }
}
