import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identify, type PersonLink } from '../log/persons.ts'
import { randomFrom, uuidFrom } from '../log/testing/generators.ts'
import { unsettled } from '../shared/contribution.ts'
import { CivilDate } from '../shared/dates.ts'
import { OrganisationId, PersonKey, TeamId } from '../shared/ids.ts'
import { supportBreakdowns, supportFacts } from '../support/tally.ts'
import { type CountedAs, type CountedCells, cellName, cellsOf, countCells, difference, type Located } from './count.ts'
import { breakdowns, headFacts, indicators } from './indicators.ts'
import { type DatedPhase, periodsOf } from './periods.ts'

const random = randomFrom(11)
const persons = Array.from({ length: 9 }, () => PersonKey.parse(uuidFrom(random))).sort()
const organisations = [0, 1].map(() => OrganisationId.parse(uuidFrom(random)))
const teams = [0, 1, 2].map(() => TeamId.parse(uuidFrom(random)))
/** Three phases as programmes say them: one within a year, one over two, one that says quarters of the others too. */
const dated: readonly DatedPhase[] = (
  [
    ['japan-1', '2025-Q1', '2025-Q4'],
    ['japan-2', '2025-Q4', '2026-Q3'],
    ['canada-3', '2026-Q3', '2026-Q4'],
  ] as const
).map(([key, from, to]) => ({ key, from: CivilDate.parse(from), to: CivilDate.parse(to) }))
const alone: CountedAs = { certain: (person) => person, possible: (person) => person }

const contribution: fc.Arbitrary<Located> = fc.record({
  fact: fc.constantFrom(...Object.values(supportFacts)),
  record: fc.uuid({ version: 4 }),
  person: fc.option(fc.constantFrom(...persons), { freq: 12 }),
  on: fc
    .constantFrom('2026-Q4', '2026-Q3', '2025-Q4', '2026-11', '2026-02-28', '2026', '2025')
    .map((on) => CivilDate.parse(on)),
  organisation: fc.constantFrom(...organisations),
  team: fc.option(fc.constantFrom(...teams), { freq: 6 }),
  amount: fc.nat(3),
  dimensions: fc.record(
    {
      country: fc.constant('KH'),
      sex: fc.constantFrom('female', 'male', unsettled),
      age: fc.constantFrom('adult', 'child'),
      form: fc.constantFrom('forced-labour', 'other'),
      service: fc.constantFrom('health', 'legal-aid', unsettled),
    },
    { requiredKeys: ['country'] },
  ),
})
const link: fc.Arbitrary<PersonLink> = fc
  .tuple(
    fc.shuffledSubarray(persons, { minLength: 2, maxLength: 2 }),
    fc.constantFrom<PersonLink['relation']>('same', 'same', 'not-same', 'doubt', 'unsaid'),
  )
  .map(([pair, relation]) => {
    const [a, b] = pair.sort()
    return { a: a ?? persons[0] ?? never(), b: b ?? persons[1] ?? never(), relation }
  })

describe('cells', () => {
  test('are named the same whatever order their dimensions were set in', () => {
    const cell = { fact: 'f', period: '2026', scope: 'programme', dimensions: { sex: 'female', age: 'child' } } as const
    expect(cellName(cell)).toBe('f|2026|programme|age=child&sex=female')
    expect(cellName({ ...cell, dimensions: { age: 'child', sex: 'female' } })).toBe(cellName(cell))
  })

  test('of a quarter lie in it, in its year and in all time; of a year in no quarter', () => {
    const [one] = fc.sample(contribution, { seed: 1, numRuns: 1 })
    if (!one) throw new Error('a sample was asked for')
    const periods = (on: string) =>
      new Set(cellsOf(one, periodsOf(CivilDate.parse(on), [])).map(({ period }) => period))
    expect([...periods('2026-Q3')]).toEqual(['all', '2026', '2026-Q3'])
    expect([...periods('2026-08-14')]).toEqual(['all', '2026', '2026-Q3'])
    expect([...periods('2026')]).toEqual(['all', '2026'])
  })

  test('lie in every phase whose quarters hold them whole; a year only where all of it is in the phase', () => {
    const periods = (on: string) =>
      periodsOf(CivilDate.parse(on), dated).filter((period) => period.includes('-') && !/Q/.test(period))
    expect(periods('2025-Q3')).toEqual(['japan-1'])
    expect(periods('2025-12-31')).toEqual(['japan-1', 'japan-2'])
    expect(periods('2026-09')).toEqual(['japan-2', 'canada-3'])
    expect(periods('2025')).toEqual(['japan-1'])
    expect(periods('2026')).toEqual([])
    expect(periods('2024-Q4')).toEqual([])
  })

  test('of a fact that no indicator is broken down by are none', () => {
    const [one] = fc.sample(contribution, { seed: 1, numRuns: 1 })
    expect(one && cellsOf({ ...one, fact: 'support.unheard-of' }, ['all'])).toEqual([])
  })

  test('are kept for every breakdown an indicator shows', () => {
    for (const indicator of indicators)
      expect(breakdowns.get(indicator.fact)).toEqual(expect.arrayContaining([...indicator.breakdowns]))
    expect(Object.keys(supportBreakdowns).sort()).toEqual(Object.values(supportFacts).sort())
  })
})

describe('counting', () => {
  test('agrees in every cell with a count made by hand, one cell at a time', () => {
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 25 }), fc.array(link, { maxLength: 8 }), (all, links) => {
        const as = identify(links)
        expect(plain(countCells(all, as, dated))).toEqual(naive(all, links))
      }),
      { seed: 20261124, numRuns: 300 },
    )
  })

  test('counts nobody below zero, nobody above the contacts she could have had, and low never above high', () => {
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 30 }), fc.array(link, { maxLength: 8 }), (all, links) => {
        for (const { count } of countCells(all, identify(links), dated).values()) {
          expect(count.persons.low).toBeGreaterThanOrEqual(0)
          expect(count.persons.low).toBeLessThanOrEqual(count.persons.high)
          expect(count.persons.high).toBeLessThanOrEqual(persons.length)
          expect(count.contacts).toBeGreaterThanOrEqual(0)
        }
      }),
      { seed: 20261124, numRuns: 200 },
    )
  })

  test('parts and totals agree: contacts add up; persons cover the total and may stand in more than one part', () => {
    let overlaps = 0
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 30 }), fc.array(link, { maxLength: 8 }), (all, links) => {
        const cells = [...countCells(all, identify(links), dated).values()]
        for (const { cell: whole, count: total } of cells.filter(
          ({ cell }) => Object.keys(cell.dimensions).length === 0,
        )) {
          for (const names of breakdowns.get(whole.fact) ?? []) {
            const parts = cells.filter(
              ({ cell }) =>
                cell.fact === whole.fact &&
                cell.period === whole.period &&
                cell.scope === whole.scope &&
                Object.keys(cell.dimensions).sort().join() === [...names].sort().join(),
            )
            const add = (what: (count: typeof total) => number) =>
              parts.reduce((sum, { count }) => sum + what(count), 0)
            expect(add((count) => count.contacts)).toBe(total.contacts)
            for (const bound of ['low', 'high'] as const) {
              expect(add((count) => count.persons[bound])).toBeGreaterThanOrEqual(total.persons[bound])
              for (const { count } of parts) expect(count.persons[bound]).toBeLessThanOrEqual(total.persons[bound])
              if (add((count) => count.persons[bound]) > total.persons[bound]) overlaps++
            }
          }
        }
      }),
      { seed: 20261124, numRuns: 200 },
    )
    expect(overlaps).toBeGreaterThan(0)
  })

  test('a doubt about two persons shows as an interval in every cell both are in, and nowhere else', () => {
    const [a, b, c] = persons as [PersonKey, PersonKey, PersonKey, ...PersonKey[]]
    const [sample] = fc.sample(contribution, { seed: 1, numRuns: 1 })
    const of = (person: PersonKey, sex: string): Located => ({
      ...(sample ?? never()),
      person,
      amount: 1,
      fact: supportFacts.opened,
      on: CivilDate.parse('2026-Q4'),
      dimensions: { sex, age: 'adult', form: 'other' },
    })
    const cells = countCells(
      [of(a, 'female'), of(b, 'female'), of(c, 'male')],
      identify([{ a, b, relation: 'doubt' }]),
      dated,
    )
    const persons_ = (dimensions: string) =>
      cells.get(`${supportFacts.opened}|all|programme|${dimensions}`)?.count.persons
    expect(persons_('')).toEqual({ low: 2, high: 3 })
    expect(persons_('sex=female')).toEqual({ low: 1, high: 2 })
    expect(persons_('sex=male')).toEqual({ low: 1, high: 1 })
  })
})

describe('heads without a key', () => {
  test('add to the most that persons could be and not to the least, and only where heads are what is stated', () => {
    const [a, b] = persons as [PersonKey, PersonKey, ...PersonKey[]]
    const [sample] = fc.sample(contribution, { seed: 1, numRuns: 1 })
    const [fact = never()] = headFacts
    const reached = (person: PersonKey | null, amount: number): Located => ({
      ...(sample ?? never()),
      fact,
      person,
      amount,
      dimensions: { sex: 'female', age: 'adult', setting: 'village' },
    })
    const all = [reached(a, 1), reached(a, 1), reached(b, 1), reached(null, 40)]
    const whole = (of: readonly Located[], which: string) =>
      countCells(of, alone, dated).get(`${which}|all|programme|`)?.count
    expect(whole(all, fact)).toEqual({ persons: { low: 2, high: 42 }, contacts: 43 })
    const cases = all.map((each) => ({ ...each, fact: supportFacts.opened }))
    expect(whole(cases, supportFacts.opened)).toEqual({ persons: { low: 2, high: 2 }, contacts: 43 })
  })
})

describe('tallies that follow one change after another', () => {
  /** Dropped: a case that contributes no more. Repeated: the same contribution again under another record. */
  const change = fc.oneof(
    { weight: 4, arbitrary: fc.record({ what: fc.constant('add' as const), contribution }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('drop' as const), at: fc.nat(100) }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('repeat' as const), at: fc.nat(100) }) },
    { weight: 3, arbitrary: fc.record({ what: fc.constant('correct' as const), at: fc.nat(100), contribution }) },
    { weight: 4, arbitrary: fc.record({ what: fc.constant('link' as const), link }) },
  )

  test('equal a full recount after every step, and no cell is ever below zero', () => {
    const did = new Map<string, number>()
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40, size: 'max' }), (changes) => {
        let all: Located[] = []
        const links = new Map<string, PersonLink>()
        const tallies = new Map<string, number[]>()
        for (const step of changes) {
          const before = { all, as: identify(links.values()) }
          const touched: Located[] = []
          const linked: PersonKey[] = []
          const at = 'at' in step ? all[step.at % Math.max(all.length, 1)] : undefined
          if (step.what === 'link') {
            links.set(`${step.link.a} ${step.link.b}`, step.link)
            linked.push(step.link.a, step.link.b)
          } else if (step.what === 'add') {
            all = [...all, step.contribution]
            touched.push(step.contribution)
          } else {
            if (!at) continue
            touched.push(at)
            if (step.what === 'repeat') all = [...all, at]
            if (step.what === 'drop') all = all.filter((each) => each !== at)
            if (step.what === 'correct') {
              all = all.map((each) => (each === at ? step.contribution : each))
              touched.push(step.contribution)
            }
          }
          did.set(step.what, (did.get(step.what) ?? 0) + 1)
          const after = { all, as: identify(links.values()) }
          // Only those whose counting can move are counted: who hangs together with someone touched, before or after.
          const moving = new Set([...linked, ...touched.flatMap(({ person }) => person ?? [])])
          const isNear = ({ as }: typeof after, person: PersonKey) =>
            [...moving].some((each) => as.possible(each) === as.possible(person))
          const near = (each: Located) =>
            each.person === null ? touched.includes(each) : isNear(before, each.person) || isNear(after, each.person)
          const moved = difference(
            countCells(before.all.filter(near), before.as, dated),
            countCells(after.all.filter(near), after.as, dated),
          )
          for (const [name, { count }] of moved) {
            const [low = 0, high = 0, contacts = 0] = tallies.get(name) ?? []
            const now = [low + count.persons.low, high + count.persons.high, contacts + count.contacts]
            for (const number of now) expect(number).toBeGreaterThanOrEqual(0)
            tallies.set(name, now)
          }
          const counted = [...tallies].filter(([, numbers]) => numbers.some((number) => number !== 0))
          expect(Object.fromEntries(counted)).toEqual(nonZero(countCells(all, after.as, dated)))
        }
      }),
      { seed: 20261124, numRuns: 150 },
    )
    console.info([...did].map(([what, times]) => `${what} ${times}`).join(', '))
    for (const what of ['add', 'drop', 'repeat', 'correct', 'link'])
      expect(did.get(what) ?? 0, what).toBeGreaterThan(100)
  })

  test('do not move where nothing changed', () => {
    const cells = countCells(fc.sample(contribution, { seed: 3, numRuns: 20 }), alone, dated)
    expect(difference(cells, cells).size).toBe(0)
  })

  test('take back exactly what was counted when a contribution is withdrawn', () => {
    const cells = countCells(fc.sample(contribution, { seed: 4, numRuns: 1 }), alone, dated)
    const back = difference(cells, new Map())
    for (const [name, { count }] of cells) {
      if (count.contacts === 0 && count.persons.high === 0) continue
      expect(back.get(name)?.count.contacts).toBe(0 - count.contacts)
      expect(back.get(name)?.count.persons).toEqual({ low: 0 - count.persons.low, high: 0 - count.persons.high })
    }
  })
})

// ---------------------------------------------------------------- the naive count

function plain(cells: CountedCells): Record<string, number[]> {
  return Object.fromEntries(
    [...cells].map(([name, { count }]) => [name, [count.persons.low, count.persons.high, count.contacts]]),
  )
}

function nonZero(cells: CountedCells): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(plain(cells)).filter(([, numbers]) => numbers.some((number) => number !== 0)),
  )
}

/** Every cell there could be, asked one by one of all contributions; persons are told apart by walking the links. */
function naive(all: readonly Located[], links: readonly PersonLink[]): Record<string, number[]> {
  const together = (from: PersonKey, relations: readonly string[]): Set<PersonKey> => {
    const reached = new Set([from])
    for (const person of reached) {
      for (const { a, b, relation } of links) {
        if (relations.includes(relation) && (a === person || b === person)) reached.add(a).add(b)
      }
    }
    return reached
  }
  const isTorn = (chain: Set<PersonKey>) =>
    links.some(({ a, b, relation }) => ['not-same', 'doubt'].includes(relation) && chain.has(a) && chain.has(b))
  const nameOf = (person: PersonKey, isCertain: boolean): string => {
    const chain = together(person, isCertain ? ['same'] : ['same', 'doubt'])
    return isCertain && isTorn(chain) ? person : [...chain].sort().join()
  }
  const years = ['2025', '2026']
  const phased = ['japan-1', 'japan-2', 'canada-3']
  const periods = [
    'all',
    ...phased,
    ...years,
    ...years.flatMap((year) => [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`)),
  ]
  const ofPhases: Readonly<Record<string, readonly string[]>> = {
    'japan-1': ['2025', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'],
    'japan-2': ['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3'],
    'canada-3': ['2026-Q3', '2026-Q4'],
  }
  const isIn = (on: string, period: string): boolean => {
    const within = ofPhases[period]
    if (within) return within.some((each) => (each.length === 4 ? on === each : isIn(on, each)))
    if (period === 'all' || on === period) return true
    if (period.length === 4) return on.startsWith(period)
    const months = { Q1: ['01', '02', '03'], Q2: ['04', '05', '06'], Q3: ['07', '08', '09'], Q4: ['10', '11', '12'] }
    const [year, quarter] = period.split('-') as [string, keyof typeof months]
    return on.startsWith(year) && on[5] !== 'Q' && months[quarter].includes(on.slice(5, 7))
  }
  const scopes = ['programme', ...organisations.map((id) => `organisation:${id}`), ...teams.map((id) => `team:${id}`)]
  const isOf = (each: Located, scope: string): boolean =>
    scope === 'programme' || scope === `organisation:${each.organisation}` || scope === `team:${each.team}`
  const counted: Record<string, number[]> = {}
  for (const [fact, kept] of Object.entries(supportBreakdowns)) {
    for (const period of periods) {
      for (const scope of scopes) {
        for (const names of kept) {
          const inside = all.filter((each) => each.fact === fact && isIn(each.on, period) && isOf(each, scope))
          const value = (each: Located): string =>
            [...names]
              .sort()
              .map((name) => `${name}=${each.dimensions[name] ?? 'unknown'}`)
              .join('&')
          for (const part of new Set(inside.map(value))) {
            const those = inside.filter((each) => value(each) === part)
            const known = those.flatMap(({ person }) => person ?? [])
            counted[`${fact}|${period}|${scope}|${part}`] = [
              new Set(known.map((person) => nameOf(person, false))).size,
              new Set(known.map((person) => nameOf(person, true))).size,
              those.reduce((sum, { amount }) => sum + amount, 0),
            ]
          }
        }
      }
    }
  }
  return counted
}

function never(): never {
  throw new Error('there are nine invented persons')
}
