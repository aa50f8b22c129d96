import { CivilDate } from '@lentera/core/shared/dates'
import { loadSolver } from '@lentera/solver'
import { expect, test } from 'vitest'
import { dayAndNight, noCaps, rules } from '../invented/country.ts'
import {
  type Action,
  humaneOptions,
  type Officer,
  type PlanDecision,
  type PlanProblem,
  type PlanProgress,
  type Post,
  type RuleOfPlan,
  solvePlan,
  whatToMendFirst,
} from './plan.ts'

const solver = await loadSolver()

function decided(problem: PlanProblem): Promise<PlanDecision> {
  return solvePlan(problem, { solver, elapsed: () => 0 })
}

async function refused(problem: PlanProblem): Promise<{ code: string; values: object; rules: readonly RuleOfPlan[] }> {
  const answer = await decided(problem)
  if (answer.ok) throw new Error('not refused')
  return { code: answer.refusal.code, values: answer.refusal.values, rules: answer.refusal.contradicts }
}

const stays = { kind: 'no', mostKm: null, onlyTo: null, notTo: [] } as const
const goes = { ...stays, kind: 'volunteer' } as const

function post(key: string, given: Partial<Post> = {}): Post {
  return {
    key,
    latitude: 15,
    longitude: 100 + Number(key.slice(1)) / 4,
    shifts: dayAndNight,
    dayShifts: null,
    flow: null,
    risk: 1,
    facilities: { toilets: 'yes', lodging: 'yes' },
    vacancies: null,
    mustBeCovered: false,
    ...given,
  }
}

function officer(key: string, at: string, given: Partial<Officer> = {}): Officer {
  return {
    key,
    post: at,
    isWoman: true,
    training: { isTrained: true, until: null },
    mayBeTrained: true,
    mayMove: stays,
    isOnCall: true,
    home: null,
    ...given,
  }
}

function women(at: string, count: number, given: Partial<Officer> = {}): readonly Officer[] {
  return Array.from({ length: count }, (_, nth) => officer(`${at}-${nth}`, at, given))
}

function problem(given: Partial<PlanProblem>): PlanProblem {
  return {
    startsOn: CivilDate.parse('2027-01-01'),
    years: 1,
    posts: [],
    officers: [],
    groups: [],
    rules: { ...rules, together: { women: 2, officersPerShift: 0 }, onCall: { minutes: 0, hires: true } },
    costs: {
      training: 1000,
      move: 2000,
      movePerKm: 1,
      hire: 10_000,
      facility: { toilets: 5000, lodging: 9000 },
      poolYear: 500,
      dayOnlyYear: 100,
    },
    changes: { facility: 0.5, training: 1, pool: 0.5, hire: 2, volunteerMove: 3, move: 9, movePer100Km: 1, dayOnly: 4 },
    caps: [noCaps],
    aim: { kind: 'every-shift', budget: null },
    fixed: [],
    forbidden: [],
    ...given,
  }
}

const hire = (at: string, count: number): Action => ({ kind: 'hire', post: at, count, year: 1, cost: 0 })

// ---------------------------------------------------------------- bad input

test('a post without hours is refused by name', async () => {
  expect(await refused(problem({ posts: [post('P1', { shifts: [] })] }))).toMatchObject({
    code: 'planner.post-without-hours',
    values: { post: 'P1' },
  })
  expect(await refused(problem({ posts: [post('P1', { dayShifts: [] })] }))).toMatchObject({
    code: 'planner.post-without-hours',
  })
})

test('an officer with two homes is refused, with both', async () => {
  const twice = problem({ posts: [post('P1'), post('P2')], officers: [officer('A', 'P1'), officer('A', 'P2')] })
  expect(await refused(twice)).toMatchObject({
    code: 'planner.officer-with-two-homes',
    values: { officer: 'A', post: 'P1', other: 'P2' },
  })
})

test('what else cannot be read is refused, each by its name', async () => {
  const one = [post('P1')]
  expect(await refused(problem({}))).toMatchObject({ code: 'planner.no-posts' })
  expect(await refused(problem({ posts: [...one, post('P1')] }))).toMatchObject({ code: 'planner.post-twice' })
  expect(await refused(problem({ posts: one, years: 6 }))).toMatchObject({ code: 'planner.years' })
  expect(await refused(problem({ posts: one, years: 2 }))).toMatchObject({ code: 'planner.caps-not-yearly' })
  expect(await refused(problem({ posts: one, officers: [officer('A', 'P9')] }))).toMatchObject({
    code: 'planner.no-such-post',
  })
  expect(await refused(problem({ posts: one, officers: [officer('A', 'P1'), officer('A', 'P1')] }))).toMatchObject({
    code: 'planner.officer-twice',
  })
  expect(await refused(problem({ posts: [post('P1', { risk: 0 })] }))).toMatchObject({ code: 'planner.number-wrong' })
  const absent = { ...problem({}).rules, absence: 1 }
  expect(await refused(problem({ posts: one, rules: absent }))).toMatchObject({ values: { of: 'absence' } })
})

test('a number that makes no sense is refused by what it is of, and nothing is thrown or called proven', async () => {
  const { rules: usual, costs, aim } = problem({})
  const [shift] = dayAndNight
  if (!shift) throw new Error('a shift')
  const hire = { kind: 'hire', post: 'P1', year: 1, count: 1, cost: 0 } as const
  const cases: readonly (readonly [string, Parameters<typeof problem>[0]])[] = [
    ['shifts', { posts: [post('P1', { shifts: [{ ...shift, starts: 5000 }] })] }],
    ['shifts', { posts: [post('P1', { shifts: [{ ...shift, starts: Number.NaN }] })] }],
    ['shifts', { posts: [post('P1', { shifts: [shift, shift] })] }],
    ['vacancies', { posts: [post('P1', { vacancies: -2 })] }],
    ['vacancies', { posts: [post('P1', { vacancies: Number.NaN })] }],
    ['costs', { costs: { ...costs, hire: Number.POSITIVE_INFINITY } }],
    ['ways', { rules: { ...usual, nearestPosts: -3 } }],
    ['lead-months', { rules: { ...usual, leadMonths: { ...usual.leadMonths, training: Number.NaN } } }],
    ['together', { rules: { ...usual, together: { ...usual.together, women: Number.NaN } } }],
    ['caps', { caps: [{ ...noCaps, hires: Number.NaN }] }],
    ['caps', { caps: [{ ...noCaps, budget: -1 }] }],
    ['caps', { aim: { ...aim, budget: -1 } }],
    ['fixed', { fixed: [{ ...hire, count: -1 }] }],
    ['fixed', { fixed: [{ ...hire, year: 9 }] }],
    // What no calendar has, and no type can say.
    ['starts-on', { startsOn: '2027-13-45' as PlanProblem['startsOn'] }],
  ]
  for (const [of, given] of cases)
    expect([of, await refused(problem({ posts: [post('P1')], ...given }))]).toMatchObject([
      of,
      { code: 'planner.number-wrong', values: { of } },
    ])
})

test('a problem that is too large is said before it starts, with what would fit', async () => {
  const posts = Array.from({ length: 40_000 }, (_, nth) => post(`P${nth}`))
  const groups = posts.map(({ key }) => {
    const { home: _, ...serves } = officer(`G${key}`, key, { mayMove: goes })
    return { ...serves, count: 3 }
  })
  const { code, values } = await refused(problem({ posts, groups, years: 5, caps: Array(5).fill(noCaps) }))
  expect(code).toBe('planner.too-large')
  expect(values).toMatchObject({ posts: 40_000, fits: expect.any(Number) })
})

// ---------------------------------------------------------------- contradictions

test('a post that must be covered, and no hire in the year: the two rules are named, and no other', async () => {
  const { code, rules: named } = await refused(
    problem({ posts: [post('P1', { mustBeCovered: true }), post('P8')], caps: [{ ...noCaps, hires: 0, pools: 3 }] }),
  )
  expect(code).toBe('planner.contradiction')
  expect(named.map(({ rule, post: at, of }) => [rule, at, of])).toEqual([
    ['must-be-covered', 'P1', null],
    ['cap', null, 'hires'],
  ])
})

test('an unsafe post that must be covered, where nothing can be built, contradicts the rule of facilities first', async () => {
  const unsafe = post('P1', { mustBeCovered: true, facilities: { toilets: 'yes', lodging: 'no' } })
  const costs = { ...problem({}).costs, facility: {} }
  const { rules: named } = await refused(problem({ posts: [unsafe], costs }))
  expect(named.map(({ rule }) => rule)).toEqual(['must-be-covered', 'facilities-first'])
})

test('two posts that must be covered and money for one: both are named with the budget', async () => {
  const posts = [post('P1', { mustBeCovered: true }), post('P8', { mustBeCovered: true })]
  const { rules: named } = await refused(problem({ posts, aim: { kind: 'every-shift', budget: 60_000 } }))
  expect(named.map(({ rule, post: at }) => [rule, at])).toEqual([
    ['must-be-covered', 'P1'],
    ['must-be-covered', 'P8'],
    ['budget', null],
  ])
})

test('while rules that contradict are looked for, it is told of how many they may be; who stops is told that no plan was found', async () => {
  const posts = ['P1', 'P8', 'P9'].map((key) => post(key, { mustBeCovered: true }))
  const asked = problem({ posts, caps: [{ ...noCaps, hires: 6 }] })
  const told: number[] = []
  const onProgress = ({ step, rules: left }: PlanProgress): void => {
    if (step === 'contradiction' && left !== undefined) told.push(left)
  }
  const named = await solvePlan(asked, { solver, elapsed: () => 0, onProgress })
  if (named.ok) throw new Error('six hires cover no two of three posts')
  expect(told).toEqual(told.toSorted((a, b) => b - a))
  expect(told[0]).toBeGreaterThan(named.refusal.contradicts.length)
  expect(told.at(-1)).toBeGreaterThanOrEqual(named.refusal.contradicts.length)
  const stopped = await solvePlan(asked, { solver, elapsed: () => 0, onProgress, shouldStop: () => told.length > 0 })
  expect(stopped).toMatchObject({ ok: false, refusal: { code: 'planner.none-found', contradicts: [] } })
})

test('what a hand has set against a rule is named with that rule', async () => {
  const posts = [post('P1'), post('P8', { facilities: {}, vacancies: 1 })]
  const officers = [...women('P1', 2), officer('gone', 'P1')]
  const who = { officers: ['gone'], groups: [] }
  const move: Action = { kind: 'move', from: 'P1', to: 'P8', km: 0, isVolunteer: true, who, count: 1, year: 1, cost: 0 }
  const against = async (given: Partial<PlanProblem>): Promise<readonly string[]> =>
    (await refused(problem({ posts, officers, ...given }))).rules.map(({ rule }) => rule)
  expect(await against({ fixed: [move] })).toEqual(['fixed', 'may-not-move'])
  const volunteers = officers.map((each) => ({ ...each, mayMove: goes }))
  // She would be alone there, and she keeps her own post covered.
  expect(
    await against({ fixed: [move], officers: volunteers, posts: [post('P1'), post('P8', { vacancies: 1 })] }),
  ).toEqual(['fixed', 'not-alone'])
  expect(await against({ fixed: [move], officers: volunteers, posts: [post('P1'), post('P8')] })).toEqual([
    'fixed',
    'keeps-covered',
  ])
  expect(await against({ fixed: [hire('P8', 2)] })).toEqual(['fixed', 'vacancies'])
  const costs = { ...problem({}).costs, facility: {} }
  expect(await against({ fixed: [hire('P8', 1)], costs })).toEqual(['fixed', 'facilities-first'])
  expect(await against({ fixed: [hire('P1', 3)], caps: [{ ...noCaps, hires: 2 }] })).toEqual(['fixed', 'cap'])
  expect(await against({ fixed: [hire('P1', 3)], aim: { kind: 'every-shift', budget: 20_000 } })).toEqual([
    'fixed',
    'budget',
  ])
  const pool: Action = { kind: 'pool', posts: ['P1', 'P8'], minutes: 20, count: 1, year: 1, cost: 0 }
  expect(await against({ fixed: [pool] })).toEqual(['fixed', 'on-call'])
  expect(
    await against({ fixed: [{ kind: 'day-only', post: 'P1', closes: ['night'], count: 1, year: 1, cost: 0 }] }),
  ).toEqual(['fixed', 'hours-stay'])
  expect(
    await against({ fixed: [{ kind: 'facility', post: 'P1', facility: 'lodging', count: 1, year: 1, cost: 0 }] }),
  ).toEqual(['fixed', 'cannot-be-built'])
  const struck = { kind: 'hire', post: 'P1', from: null, to: null, who: null, year: null } as const
  expect(await against({ fixed: [hire('P1', 1)], forbidden: [struck] })).toEqual(['fixed', 'forbidden'])
  const untaught = officers.map((each) => ({ ...each, mayBeTrained: false, training: { isTrained: false as const } }))
  const train: Action = { kind: 'train', post: 'P1', who, isRenewal: false, count: 1, year: 1, cost: 0 }
  expect(await against({ fixed: [train], officers: untaught })).toEqual(['fixed', 'may-not-be-trained'])
})

// ---------------------------------------------------------------- what is planned, and why not more

test('24 hours with nobody need five hires; with three untrained women, three trainings and two hires', async () => {
  const untrained = women('P1', 3, { training: { isTrained: false } })
  const answer = await decided(problem({ posts: [post('P1')], officers: untrained }))
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.actions.map(({ kind, count }) => [kind, count])).toEqual([
    ['train', 3],
    ['hire', 2],
  ])
  expect(answer.value.cost).toBe(23_000)
})

test('a woman whose certificate ends within the year has it renewed', async () => {
  const ends = { isTrained: true, until: CivilDate.parse('2027-08-31') } as const
  const answer = await decided(problem({ posts: [post('P1')], officers: women('P1', 5, { training: ends }) }))
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.actions).toMatchObject([{ kind: 'train', count: 5, isRenewal: true }])
})

test('two neighbours with three trained women each cover every shift of both, on call for one another', async () => {
  const near = { minutes: 45, hires: true }
  const posts = [post('P1'), post('P2')]
  const officers = [...women('P1', 3), ...women('P2', 3)]
  const answer = await decided(problem({ posts, officers, rules: { ...problem({}).rules, onCall: near } }))
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.actions).toMatchObject([{ kind: 'pool', posts: ['P1', 'P2'] }])
  expect(answer.value.after.map(({ covered }) => covered)).toEqual([84, 84])
})

test('a facility comes before the first who arrive, and only where somebody does', async () => {
  const posts = [post('P1', { facilities: { toilets: 'yes', lodging: 'unknown' } })]
  const answer = await decided(problem({ posts }))
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.actions.map(({ kind }) => kind)).toEqual(['facility', 'hire'])
  const enough = await decided(problem({ posts, officers: women('P1', 5) }))
  expect(enough.ok && enough.value.actions).toEqual([])
})

test('a post that cannot be covered says so in numbers: needs 5, has 2, 2 vacancies are unsafe without lodging', async () => {
  const posts = [post('P1', { facilities: { toilets: 'yes', lodging: 'no' }, vacancies: 2 })]
  const costs = { ...problem({}).costs, facility: { toilets: 5000 } }
  const answer = await decided(problem({ posts, officers: women('P1', 2), costs }))
  if (!answer.ok) throw new Error(answer.refusal.code)
  const [gap] = answer.value.gaps
  expect(gap).toMatchObject({ post: 'P1', why: 'impossible', uncovered: 46 })
  expect(gap?.proof).toMatchObject({ needs: 5, has: 2, missing: 3, shifts: 84, hoursAWeek: 168 })
  expect(gap?.proof.parts.find(({ way }) => way === 'hire')?.because).toEqual([
    { code: 'vacancies-unsafe', count: 2, facilities: ['lodging'] },
  ])
})

test('what to mend first is what wins the most risk-weighted shifts for its money', () => {
  const posts = [post('P1', { risk: 1 }), post('P8', { risk: 4 })]
  const untrained = { training: { isTrained: false } } as const
  const steps = whatToMendFirst(
    problem({ posts, officers: [...women('P1', 1, untrained), ...women('P8', 1, untrained)] }),
  )
  expect(steps.map(({ post: at, gain, cost }) => [at, gain, cost])).toEqual([
    ['P8', 76, 1000],
    ['P1', 19, 1000],
  ])
})

test('three humane options stand side by side, and nobody is asked to move in the first', async () => {
  const posts = [post('P1'), post('P2', { vacancies: 3 }), post('P8')]
  const asked = { ...stays, kind: 'if-asked' } as const
  const officers = [...women('P1', 9, { mayMove: asked }), ...women('P2', 2)]
  const hiring = { changes: { ...problem({}).changes, hire: 30 } }
  const answer = await humaneOptions(problem({ posts, officers, ...hiring }), 40_000, { solver, elapsed: () => 0 })
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.options.map(({ key, moved }) => [key, moved])).toEqual([
    ['no-moves', 0],
    ['fewest-changes', 4],
    ['most-cover', expect.any(Number)],
  ])
  expect(answer.value.options[2]?.plan.cost).toBeLessThanOrEqual(40_000)
})

test('without a price or a budget the three options still differ, by whom they move and whom they hire', async () => {
  const posts = [post('P1'), post('P2', { vacancies: 9 }), post('P8')]
  const officers = [...women('P1', 9, { mayMove: goes }), ...women('P2', 2)]
  const given = { posts, officers, changes: { ...problem({}).changes, hire: 30 } }
  const answer = await humaneOptions(problem(given), null, { solver, elapsed: () => 0 })
  if (!answer.ok) throw new Error(answer.refusal.code)
  const [nobody, fewest, serving] = answer.value.options
  expect(answer.value.options.map(({ key }) => key)).toEqual(['no-moves', 'fewest-changes', 'no-hires'])
  expect(nobody).toMatchObject({ moved: 0, uncovered: 0 })
  expect(fewest?.moved).toBeGreaterThan(0)
  expect(fewest?.hired).toBeLessThan(nobody?.hired ?? 0)
  expect(serving?.hired).toBe(0)
  expect(serving?.uncovered).toBeGreaterThan(0)
  // What a hand has set stands in each, a move in the one in which nobody else moves.
  const moved: Action = {
    ...{ kind: 'move', from: 'P1', to: 'P2', km: 1, isVolunteer: true, year: 1, count: 1, cost: 0 },
    who: { officers: officers[0] ? [officers[0].key] : [], groups: [] },
  }
  const set = await humaneOptions(problem({ ...given, fixed: [moved, hire('P8', 2)] }), null, {
    solver,
    elapsed: () => 0,
  })
  if (!set.ok) throw new Error(set.refusal.code)
  expect(set.value.options[0]?.moved).toBe(1)
  expect(set.value.options[2]?.hired).toBe(2)
})

test('a way in which a post stays open that must be covered is no way: the others stand, and the rules against it are named', async () => {
  // Nobody can be hired: only those who offer to come can cover it, and one of the three ways moves nobody.
  const posts = [post('P1'), post('P2', { mustBeCovered: true })]
  const officers = women('P1', 14, { mayMove: goes })
  const given = { posts, officers, caps: [{ ...noCaps, hires: 0 }] }
  const answer = await humaneOptions(problem(given), null, { solver, elapsed: () => 0 })
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.options.map(({ key }) => key)).toEqual(['fewest-changes', 'no-hires'])
  expect(answer.value.impossible.map(({ key, contradicts }) => [key, contradicts.map(({ rule }) => rule)])).toEqual([
    ['no-moves', ['must-be-covered', 'cap']],
  ])
  // With nobody who offers, the rules as they are contradict each other, and there is no plan.
  const stays = await humaneOptions(problem({ ...given, officers: women('P1', 14) }), null, {
    solver,
    elapsed: () => 0,
  })
  expect(stays.ok ? [] : stays.refusal.contradicts.map(({ rule }) => rule)).toEqual(['must-be-covered', 'cap'])
})

test('whoever must be there before anybody can be ready: the time it takes is one of the rules', async () => {
  const slow = { ...problem({}).rules, leadMonths: { training: 30, hiring: 30, facility: 30 } }
  const { rules: named } = await refused(problem({ posts: [post('P1', { mustBeCovered: true })], rules: slow }))
  expect(named.map(({ rule }) => rule)).toEqual(['must-be-covered', 'lead-times'])
})

test('whoever asks to stop gets the best so far, with a bound', async () => {
  // Hires for some of them alone: what is in hand at once is no proof that it is the best.
  const posts = Array.from({ length: 30 }, (_, nth) => post(`P${nth}`, { risk: 1 + (nth % 3) }))
  const asked = problem({ posts, caps: [{ ...noCaps, hires: 73 }] })
  const answer = await solvePlan(asked, { solver, elapsed: () => 0, shouldStop: () => true })
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.status).toBe('stopped')
  const { bound, reached } = answer.value.value
  expect(Number.isFinite(bound)).toBe(true)
  expect(bound).toBeLessThan(reached)
})

test('progress is told in the units of the answer: the bound from one side, the best plan from the other', async () => {
  const posts = Array.from({ length: 12 }, (_, nth) => post(`P${nth}`, { risk: 1 + (nth % 3) }))
  for (const aim of [
    { kind: 'every-shift', budget: 300_000 },
    { kind: 'most-cover', budget: 300_000, counts: 'shifts' },
  ] as const) {
    const told: { reached: number | null; bound: number | null }[] = []
    const answer = await solvePlan(problem({ posts, aim, fixed: [hire('P0', 2)] }), {
      solver,
      elapsed: () => 0,
      onProgress: ({ reached, bound }) => told.push({ reached, bound }),
    })
    if (!answer.ok) throw new Error(answer.refusal.code)
    const { sense, reached: best, bound: proven } = answer.value.value
    const sign = sense === 'least' ? 1 : -1
    expect(told.length).toBeGreaterThan(2)
    for (const { reached, bound } of told) {
      if (reached !== null) expect(sign * (reached - best)).toBeGreaterThanOrEqual(-1e-6)
      if (bound !== null) expect(sign * (proven - bound)).toBeGreaterThanOrEqual(-1e-6)
    }
  }
})
