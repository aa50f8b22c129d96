import { loadSolver } from '@lentera/solver'
import { expect, test } from 'vitest'
import { checkPlan } from '../checker/checker.ts'
import { capsFor, countryOf, noCaps } from '../invented/country.ts'
import { type Plan, type PlanProblem, solvePlan } from './plan.ts'

const solver = await loadSolver()

async function planOf(problem: PlanProblem): Promise<Plan> {
  const decided = await solvePlan(problem, { solver, elapsed: () => 0 })
  if (!decided.ok) throw new Error(JSON.stringify(decided.refusal))
  expect(checkPlan(problem, decided.value).broken).toEqual([])
  expect(decided.value.status).toBe('proven')
  return decided.value
}

const uncovered = ({ after }: Plan): number => after.reduce((sum, { needed, covered }) => sum + needed - covered, 0)

const country = countryOf({ posts: 12, seed: 3 })
const [first] = country.posts
if (!first) throw new Error('no post')
const aims: readonly PlanProblem['aim'][] = [
  { kind: 'every-shift', budget: null },
  { kind: 'every-shift', budget: 120_000 },
  { kind: 'most-cover', budget: 120_000, counts: 'shifts' },
  { kind: 'most-cover', budget: 1e12, counts: 'posts' },
]

test.each(aims)(
  'twenty posts that are alike in all, each the neighbour of all, are planned ($kind, $budget)',
  async (aim) => {
    const posts = Array.from({ length: 20 }, (_, at) => ({ ...first, key: `P${at}`, vacancies: null }))
    const officers = posts.flatMap(({ key }) =>
      country.officers.slice(0, 12).map((one, at) => ({ ...one, key: `${key}-${at}`, post: key, isWoman: at < 2 })),
    )
    await planOf({ ...country, posts, officers, aim, caps: [capsFor(20)] })
  },
)

test.each(aims)('where nobody serves anywhere, whoever is hired does not stand alone ($kind, $budget)', async (aim) => {
  const plan = await planOf({ ...country, officers: [], aim })
  for (const action of plan.actions) if (action.kind === 'hire') expect(action.count).toBeGreaterThanOrEqual(2)
})

test('where nobody can be reached, nothing is done, and every gap is impossible', async () => {
  const posts = country.posts.map((post) => ({ ...post, vacancies: 0, dayShifts: null }))
  const officers = country.officers.map((one) => ({ ...one, mayBeTrained: false }))
  const rules = { ...country.rules, moves: 'none' as const, onCall: { minutes: 0, hires: false } }
  const plan = await planOf({ ...country, posts, officers, rules })
  expect(plan.actions).toEqual([])
  expect(new Set(plan.gaps.map(({ why }) => why))).toEqual(new Set(['impossible']))
})

test('more money than could be spent is as good as no budget at all', async () => {
  const free = await planOf({ ...country, aim: { kind: 'most-cover', budget: null, counts: 'shifts' } })
  const rich = await planOf({ ...country, aim: { kind: 'most-cover', budget: 1e15, counts: 'shifts' } })
  expect(rich.value.reached).toBeCloseTo(free.value.reached, 6)
})

test('no money at all does nothing that costs', async () => {
  const plan = await planOf({ ...country, aim: { kind: 'every-shift', budget: 0 } })
  expect(plan.cost).toBe(0)
})

test('five thousand volunteers at one headquarters are spread without looking at each number of them', async () => {
  const groups = [
    {
      key: 'G',
      post: first.key,
      count: 5000,
      isWoman: true,
      training: { isTrained: true, until: null },
      mayBeTrained: true,
      mayMove: { kind: 'volunteer', mostKm: null, onlyTo: null, notTo: [] },
      isOnCall: true,
    },
    {
      key: 'H',
      post: first.key,
      count: 5000,
      isWoman: true,
      training: { isTrained: false },
      mayBeTrained: true,
      mayMove: { kind: 'volunteer', mostKm: null, onlyTo: null, notTo: [] },
      isOnCall: false,
    },
  ] as const
  const caps = [{ ...noCaps, hires: 0 }]
  const before = await planOf({ ...country, caps })
  const plan = await planOf({ ...country, groups, caps })
  expect(uncovered(plan)).toBeLessThan(uncovered(before))
})

test('where every post must be covered and nobody may come, the rules that contradict are named', async () => {
  const posts = country.posts.map((post) => ({ ...post, vacancies: 0, mustBeCovered: true }))
  const decided = await solvePlan({ ...country, posts, officers: [] }, { solver, elapsed: () => 0 })
  expect(decided.ok ? 'planned' : decided.refusal.code).toBe('planner.contradiction')
})
