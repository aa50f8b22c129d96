import { loadSolver } from '@lentera/solver'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PublishedTable } from '../audit/audit.ts'
import { layBeside } from './laid-beside.ts'
import { type LaidEarlier, openBeside } from './open-beside.ts'

/** Editions of tables of two by two, and a reader who tries every table there can be and knows that a count stands until five moved. */
const solver = await loadSolver()

const method = { name: 'suppression', minimum: 5 } as const

type Inner = readonly number[]

const places = [
  ['a', 'F'],
  ['a', 'M'],
  ['b', 'F'],
  ['b', 'M'],
  ['a', 'Total'],
  ['b', 'Total'],
  ['Total', 'F'],
  ['Total', 'M'],
  ['Total', 'Total'],
] as const

const withTotals = ([a = 0, b = 0, c = 0, d = 0]: Inner): readonly number[] => [
  a,
  b,
  c,
  d,
  a + b,
  c + d,
  a + c,
  b + d,
  a + b + c + d,
]

const tableOf = (inner: Inner, hides: readonly boolean[] = []): PublishedTable => ({
  name: 'table',
  dimensions: ['form', 'sex'],
  rows: withTotals(inner).map((count, at) => ({ codes: [...(places[at] ?? [])], shown: hides[at] ? 'x' : `${count}` })),
})

type Edition = { readonly inner: Inner; readonly hides: readonly boolean[] }

/** Every table that shows what an edition shows. */
function tablesThatShow({ inner, hides }: Edition): readonly Inner[] {
  const shown = withTotals(inner)
  const all: Inner[] = []
  const values = Array.from({ length: (shown[8] ?? 0) + 1 }, (_, value) => value)
  for (const a of values)
    for (const b of values)
      for (const c of values) {
        const d = (shown[8] ?? 0) - a - b - c
        if (d < 0) break
        const table = [a, b, c, d]
        if (withTotals(table).every((count, at) => hides[at] || count === shown[at])) all.push(table)
      }
  return all
}

const keepsRule = (one: Inner, other: Inner): boolean =>
  one.every((count, at) => count === other[at] || Math.abs(count - (other[at] ?? 0)) >= 5)

/** How many hidden cells of all editions a reader knows too well; none that another edition shows as what they are. */
function openByTrying(editions: readonly Edition[]): number {
  const worlds = editions.map(tablesThatShow)
  const seen = editions.map(() => places.map(() => ({ low: Number.POSITIVE_INFINITY, high: 0 })))
  const follow = (place: number, chosen: readonly Inner[]): void => {
    const next = worlds[place]
    if (next === undefined) {
      for (const [at, table] of chosen.entries())
        for (const [cell, count] of withTotals(table).entries()) {
          const own = seen[at]?.[cell]
          if (own) Object.assign(own, { low: Math.min(own.low, count), high: Math.max(own.high, count) })
        }
      return
    }
    for (const table of next) if (chosen.every((each) => keepsRule(each, table))) follow(place + 1, [...chosen, table])
  }
  follow(0, [])
  let open = 0
  for (const [at, { inner, hides }] of editions.entries())
    for (const [cell, count] of withTotals(inner).entries()) {
      if (!hides[cell]) continue
      const isShownElsewhere = editions.some((each) => !each.hides[cell] && withTotals(each.inner)[cell] === count)
      const { low, high } = seen[at]?.[cell] ?? { low: 0, high: 0 }
      if (!(isShownElsewhere && count >= 5) && (high - low < 4 || high < 5)) open++
    }
  return open
}

type Both = { readonly counted: PublishedTable; readonly shown: PublishedTable }

const asTables = ({ inner, hides }: Edition): Both => ({ counted: tableOf(inner), shown: tableOf(inner, hides) })

/** `isGuessed`: what the first was made of is not known, and was filled in. */
async function openByAudit(editions: readonly Both[], isGuessed = false): Promise<number> {
  const newest = editions.at(-1)
  if (newest === undefined) return 0
  const full = newest.counted
  const laid = editions.slice(0, -1).map(({ counted, shown }, at): LaidEarlier => {
    const beside = layBeside(full, counted)
    const guess = isGuessed && at === 0 ? ({ isGuessed: true } as const) : {}
    return { beside, method, counted, shown, texts: beside.read(shown), isOut: true, stands: true, ...guess }
  })
  return (await openBeside(newest.shown, method, laid, { solver, zeros: 'unsaid', full })).open
}

const count = fc.constantFrom(2, 4, 5, 8, 10, 12)
const moves = fc.constantFrom(0, 0, 0, 5, 6, -5)
/** Nothing; the inner cells; and the totals of forms, or of sexes, too. */
const hidden = fc
  .constantFrom([0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 0, 1])
  .map((each) => [0, 0, 0, 0, 1, 1, 2, 2].map((part) => each[part] === 1).concat(false))

const chains = fc
  .record({
    first: fc.tuple(count, count, count, count),
    later: fc.array(fc.tuple(moves, moves, moves, moves), { minLength: 1, maxLength: 2 }),
    hides: fc.tuple(hidden, hidden, hidden),
  })
  .map(({ first, later, hides }) => {
    const editions: Inner[] = [first]
    for (const step of later) {
      const next = (editions.at(-1) ?? first).map((each, at) => Math.max(0, each + (step[at] ?? 0)))
      // As counts stand: what came back near to an earlier one is that one.
      const near = (each: number, at: number) =>
        editions.map((other) => other[at] ?? 0).find((other) => Math.abs(other - each) < 5)
      editions.push(next.map((each, at) => near(each, at) ?? each))
    }
    return editions.map((inner, at): Edition => ({ inner, hides: hides[at] ?? [] }))
  })

test('what is closed beside earlier editions is closed to a reader who knows that counts stand', async () => {
  const seen = { chains: 0, open: 0, closed: 0 }
  await fc.assert(
    fc.asyncProperty(chains, async (editions) => {
      seen.chains++
      const found = await openByAudit(editions.map(asTables))
      if (found === 0) expect(openByTrying(editions)).toBe(0)
      seen[found > 0 ? 'open' : 'closed']++
    }),
    { numRuns: 90, seed: 7 },
  )
  expect(seen.closed).toBeGreaterThan(5)
  expect(seen.chains).toBe(90)
})

test('and where what the first was made of is a guess, whatever is guessed', async () => {
  const seen = { wrong: 0, closed: 0 }
  await fc.assert(
    fc.asyncProperty(chains, fc.nat(), async (editions, place) => {
      const [first, ...later] = editions
      if (first === undefined) return
      const all = tablesThatShow(first)
      const inner = all[place % all.length] ?? first.inner
      if (inner.some((count, at) => count !== first.inner[at])) seen.wrong++
      const found = await openByAudit([asTables({ ...first, inner }), ...later.map(asTables)], true)
      if (found > 0) return
      seen.closed++
      expect(openByTrying(editions)).toBe(0)
    }),
    { numRuns: 90, seed: 11 },
  )
  expect(seen.wrong).toBeGreaterThan(10)
  expect(seen.closed).toBeGreaterThan(5)
})

/** By form (a to d, all) and sex (F, M, X, all); hidden ones with an x. */
const threeEditions = [
  '0x 9x 0x 9 0x 6 16x 22 5x 1x 9 15 10 6 5 21 15 22 30 67',
  '0x 9x 0x 9 0x 6 22x 28 5x 9x 9 23 10 6 5 21 15 30 36 81',
  '5x 23 0x 28 0x 6 22x 28 5x 18 9 32x 10 6 0x 16x 20 53 31 104',
]

test('a third edition gives away to her what the first two hide', async () => {
  const codes = ['a', 'b', 'c', 'd', 'Total'].flatMap((form) => ['F', 'M', 'X', 'Total'].map((sex) => [form, sex]))
  const editions = threeEditions.map((line) => {
    const texts = line.split(' ')
    const rowsOf = (text: (given: string) => string) =>
      texts.map((each, at) => ({ codes: codes[at] ?? [], shown: text(each) }))
    const dimensions = ['form', 'sex']
    return {
      counted: { name: 'counted', dimensions, rows: rowsOf((each) => each.replace('x', '')) },
      shown: { name: 'shown', dimensions, rows: rowsOf((each) => (each.endsWith('x') ? 'x' : each)) },
    }
  })
  expect(await openByAudit(editions.slice(0, 2))).toBe(0)
  expect(await openByAudit(editions)).toBeGreaterThan(5)
})
