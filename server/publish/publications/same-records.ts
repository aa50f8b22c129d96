import type { Records } from '@lentera/release/microdata'

/** How many persons are in one file and not in the other, by what both say of them. */
export type Difference = {
  readonly came: number
  readonly gone: number
  readonly isOfSamePeople: boolean
  /** Nearer than two draws of one population would be, whatever their columns are called. */
  readonly isNearerThanChance: boolean
}

/** Nine in ten alike are the same people: an edition of a register keeps nine of ten of those it had. */
const shareAlike = 0.9
/** Of several columns that may be the same one so many are tried, those that count most alike first. */
const mostTried = 4

/**
 * Lays two files of records over one another. Columns are paired by what stands in them, not by their names: two are the same one
 * where nine in ten of its counts are, alone and together with the columns that were paired before. They are the same people where
 * nine in ten of the rows are, in the columns that both have, and what is apart is no more than a tenth of others would be by chance: two
 * files drawn from one population differ, in a row that `c` persons share, by about the root of `c` over pi on each side, and two of
 * which a tenth was drawn anew by the root of a tenth of that.
 */
export function differenceOf(now: Records, before: Records): Difference {
  const most = Math.max(now.count, before.count)
  let together: Laid = {
    mine: new Int32Array(now.count),
    theirs: new Int32Array(before.count),
    both: Math.min(now.count, before.count),
    byChance: 0,
  }
  const taken = new Set<Column>()
  const [mine, theirs] = [columnsOf(now), columnsOf(before)]
  const pairs = mine
    .map((column) => ({ column, likely: likelyFor(column, theirs, shareAlike * most) }))
    .sort((a, b) => a.likely.length - b.likely.length || b.column.counts.size - a.column.counts.size)
  let areNamedAlike = true
  for (const { column, likely } of pairs) {
    let best: (Laid & { readonly other: Column }) | undefined
    for (const { other, codes } of likely.filter((each) => !taken.has(each.other)).slice(0, mostTried)) {
      const laid = lay(together, column, other, codes)
      if (laid.both >= shareAlike * most && (best === undefined || laid.both > best.both)) best = { ...laid, other }
    }
    if (best === undefined) continue
    taken.add(best.other)
    areNamedAlike &&= best.other.name === column.name
    together = best
  }
  const { both, byChance } = together
  const isWhole = areNamedAlike && taken.size === now.columns.length && taken.size === before.columns.length
  const isAlike = taken.size >= 2 && both >= shareAlike * most
  const isNearerThanChance = isAlike && most - both <= byChance * Math.sqrt(1 - shareAlike)
  const isOfSamePeople = isNearerThanChance || (isAlike && isWhole)
  const inBoth = isOfSamePeople ? both : byNames(mine, theirs, together)
  return { came: now.count - inBoth, gone: before.count - inBoth, isOfSamePeople, isNearerThanChance }
}

/**
 * Whether one file is the part of another that has one value in one of its columns, without that column: the women alone, those of one country
 * alone. Where neither is nearer than chance would have it, other people of that kind are other people.
 */
export function isPartOf(part: Records, whole: Records): boolean {
  return whole.columns.some((column) => {
    const persons = new Int32Array(column.values.length + 1)
    for (let record = 0; record < whole.count; record++)
      persons[column.codes[record] ?? 0] = (persons[column.codes[record] ?? 0] ?? 0) + 1
    return column.values.some((_, at) => {
      const count = persons[at + 1] ?? 0
      if (Math.min(count, part.count) < shareAlike * Math.max(count, part.count)) return false
      return differenceOf(part, recordsAt(whole, column, at + 1, count)).isNearerThanChance
    })
  })
}

/** The records of one code of a column, without it. */
function recordsAt(
  { columns, count }: Records,
  at: Records['columns'][number],
  code: number,
  persons: number,
): Records {
  const kept = new Int32Array(persons)
  let next = 0
  for (let record = 0; record < count; record++) if (at.codes[record] === code) kept[next++] = record
  const others = columns.filter((column) => column !== at)
  return {
    count: persons,
    columns: others.map(({ name, values, codes }) => ({
      name,
      values,
      codes: Uint16Array.from(kept, (record) => codes[record] ?? 0),
    })),
  }
}

/** Persons in both by the columns that are called the same: of other people of one name no more is known than that. */
function byNames(mine: readonly Column[], theirs: readonly Column[], { mine: a, theirs: b }: Laid): number {
  let together: Laid = { mine: a.map(() => 0), theirs: b.map(() => 0), both: 0, byChance: 0 }
  for (const column of mine) {
    const other = theirs.find(({ name }) => name === column.name)
    if (other) together = lay(together, column, other, alike(column, other)[1])
  }
  return together.both
}

type Laid = {
  /** Of each record the number of its row, as far as the columns go that were paired. */
  readonly mine: Int32Array
  readonly theirs: Int32Array
  /** Persons in both. */
  readonly both: number
  /** How many would be in one alone were they two draws from one population. */
  readonly byChance: number
}

function lay(together: Laid, column: Column, other: Column, codes: Int32Array): Laid {
  const wide = Math.max(...codes, column.values) + 1
  const rows = new Map<number, number>()
  const numbersOf = (before: Int32Array, codeOf: (record: number) => number): Int32Array =>
    before.map((row, record) => {
      const key = row * wide + codeOf(record)
      const known = rows.get(key)
      if (known !== undefined) return known
      rows.set(key, rows.size)
      return rows.size - 1
    })
  const mine = numbersOf(together.mine, (record) => column.codes[record] ?? 0)
  const theirs = numbersOf(together.theirs, (record) => codes[other.codes[record] ?? 0] ?? 0)
  const [a, b] = [mine, theirs].map((numbers) => {
    const counts = new Int32Array(rows.size)
    for (const row of numbers) counts[row] = (counts[row] ?? 0) + 1
    return counts
  })
  let both = 0
  let byChance = 0
  for (let row = 0; row < rows.size; row++) {
    const [one, two] = [a?.[row] ?? 0, b?.[row] ?? 0]
    both += Math.min(one, two)
    byChance += Math.sqrt((one + two) / 2 / Math.PI)
  }
  return { mine, theirs, both, byChance }
}

// ---------------------------------------------------------------- columns

type Column = {
  readonly name: string
  readonly codes: ArrayLike<number>
  /** How many values it has. */
  readonly values: number
  /** By value as it is compared: its code, and how many records have it. What is absent is a value too. */
  readonly counts: ReadonlyMap<string, { readonly code: number; readonly persons: number }>
}

/** Letter case and spaces make no other value. */
const plain = (words: string): string => words.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

function columnsOf({ columns }: Records): readonly Column[] {
  return columns.map(({ name, codes, values }) => {
    const persons = new Int32Array(values.length + 1)
    for (let record = 0; record < codes.length; record++)
      persons[codes[record] ?? 0] = (persons[codes[record] ?? 0] ?? 0) + 1
    const named = [['', 0] as const, ...values.map((value, at) => [plain(value), at + 1] as const)]
    return {
      name: plain(name),
      codes,
      values: values.length,
      counts: new Map(named.map(([value, code]) => [value, { code, persons: persons[code] ?? 0 }])),
    }
  })
}

/** Columns that may be this one, with their codes as its own: by the same values, else by as many persons in each value. */
function likelyFor(
  column: Column,
  others: readonly Column[],
  least: number,
): readonly { readonly other: Column; readonly codes: Int32Array }[] {
  return others
    .map((other) => {
      const [shared, codes] = alike(column, other)
      const named = other.name === column.name ? 1 : 0
      return { other, codes, shared, named }
    })
    .filter(({ shared }) => shared >= least)
    .sort((a, b) => b.named - a.named || b.shared - a.shared)
}

function alike(column: Column, other: Column): readonly [shared: number, codes: Int32Array] {
  const codes = new Int32Array(other.values + 1)
  const isCalledTheSame = [...other.counts.keys()].some((value) => value !== '' && column.counts.has(value))
  const ranked = [...column.counts.values()].filter(({ code }) => code > 0).sort(byPersons)
  let shared = 0
  let further = column.values
  const pair = (code: number, persons: number, mine: { code: number; persons: number } | undefined): void => {
    codes[code] = mine ? mine.code : ++further
    shared += Math.min(persons, mine?.persons ?? 0)
  }
  if (isCalledTheSame)
    for (const [value, { code, persons }] of other.counts) pair(code, persons, column.counts.get(value))
  else {
    pair(0, other.counts.get('')?.persons ?? 0, column.counts.get(''))
    const theirs = [...other.counts.values()].filter(({ code }) => code > 0).sort(byPersons)
    for (const [at, { code, persons }] of theirs.entries()) pair(code, persons, ranked[at])
  }
  return [shared, codes]
}

const byPersons = (a: { readonly persons: number }, b: { readonly persons: number }): number => b.persons - a.persons
