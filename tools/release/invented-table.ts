import type { PublishedTable } from '@lentera/release/audit'

/**
 * Invented full tables for tests and the bench: nothing in them is about anybody. A small generator of its own (Park & Miller
 * 1988), so that a seed gives the same table everywhere.
 */
export function chanceFrom(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/**
 * `persons` invented persons by dimensions of so many codes, each dimension in groups of `group` codes below its total, with
 * a long tail; all totals are there.
 */
export function inventedTable(sizes: readonly number[], persons: number, seed: number, group = 0): PublishedTable {
  const chance = chanceFrom(seed)
  const width = sizes.length
  const inner = new Map<string, number>()
  for (let person = 0; person < persons; person++) {
    const codes = sizes.map((size) => Math.min(size - 1, Math.floor(size * chance() ** 1.6)))
    // Some of what one is hangs on what one was before: tables are not products.
    if (width > 1 && chance() < 0.4) codes[1] = (codes[0] ?? 0) % (sizes[1] ?? 1)
    const key = codes.join(' ')
    inner.set(key, (inner.get(key) ?? 0) + 1)
  }
  const above = sizes.map((size) =>
    Array.from({ length: size }, (_, code) =>
      group > 0 && size > group ? [`${code}`, `g${Math.floor(code / group)}`, 'Total'] : [`${code}`, 'Total'],
    ),
  )
  const cells = new Map<string, number>()
  const add = (codes: readonly string[], count: number): void => {
    const key = codes.join(' ')
    cells.set(key, (cells.get(key) ?? 0) + count)
  }
  const every = (d: number, codes: readonly number[], chosen: readonly string[], count: number): void => {
    if (d === width) add(chosen, count)
    else for (const code of above[d]?.[codes[d] ?? 0] ?? []) every(d + 1, codes, [...chosen, code], count)
  }
  // Every combination, nobody's too, as statistical offices print them.
  const fill = (d: number, codes: readonly number[]): void => {
    if (d === width) every(0, codes, [], inner.get(codes.join(' ')) ?? 0)
    else for (let code = 0; code < (sizes[d] ?? 0); code++) fill(d + 1, [...codes, code])
  }
  fill(0, [])
  return {
    name: 'invented',
    dimensions: sizes.map((_, d) => `d${d}`),
    rows: [...cells].map(([key, count]) => ({ codes: key.split(' '), shown: String(count) })),
  }
}

/** The partitions of its dimensions, so that they need not be found. */
export function partitionsOfInvented(sizes: readonly number[], group = 0): Record<string, Record<string, string[]>> {
  return Object.fromEntries(
    sizes.map((size, d) => {
      const codes = Array.from({ length: size }, (_, code) => `${code}`)
      if (group === 0 || size <= group) return [`d${d}`, { Total: codes }]
      const groups = Array.from({ length: Math.ceil(size / group) }, (_, index) => `g${index}`)
      const below = groups.map((name, index) => [name, codes.slice(index * group, (index + 1) * group)] as const)
      return [`d${d}`, { Total: groups, ...Object.fromEntries(below) }]
    }),
  )
}

/**
 * A full table of the shape of UNODC's (country, year, kind of breakdown and its category, sex, age), of `countries` invented ones:
 * by form for each sex and age, by citizenship in total only, all of it adding up. No figure in it is anybody's.
 */
export function likeUnodc(countries: number, seed: number): PublishedTable {
  const chance = chanceFrom(seed)
  const cells = new Map<string, number>()
  const add = (codes: readonly string[], count: number): void => {
    const key = codes.join('|')
    cells.set(key, (cells.get(key) ?? 0) + count)
  }
  const below = (size: number): number => Math.min(size - 1, Math.floor(size * chance() ** 2))
  for (let country = 0; country < countries; country++) {
    for (const year of ['2018', '2019', '2020']) {
      const persons = 20 + below(400)
      for (let person = 0; person < persons; person++) {
        const [sex, age] = [
          ['Female', 'Male', 'Other'][below(3)] ?? '',
          ['18 years or over', '0 to 17 years'][below(2)] ?? '',
        ]
        const form = ['Sexual exploitation', 'Forced labour', 'Other forms of exploitation'][below(3)] ?? ''
        const where = [`Country ${country} (invented)`, year]
        for (const s of [sex, 'Total']) {
          for (const a of [age, 'Total']) {
            add([...where, 'Total', 'Total', s, a], 1)
            add([...where, 'by form of exploitation', form, s, a], 1)
          }
        }
        add([...where, 'by citizenship', `Citizenship ${below(14)} (invented)`, 'Total', 'Total'], 1)
      }
    }
  }
  return {
    name: 'like UNODC (invented)',
    dimensions: ['Country', 'Year', 'Dimension', 'Category', 'Sex', 'Age'],
    rows: [...cells].map(([key, count]) => ({ codes: key.split('|'), shown: String(count) })),
  }
}
