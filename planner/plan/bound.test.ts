import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSteps } from '../checker/checker.ts'
import { capsFor, chanceOf, countryOf, noCaps, rules } from '../invented/country.ts'
import {
  type Action,
  changeWeight,
  missingWeight,
  type PlanProblem,
  solvePlan,
  wholeWomen,
  womenNeeded,
} from './plan.ts'
import { costOf } from './price.ts'

const solver = await loadSolver()

/**
 * The bound against a second judge: plans are made by chance, out of the best one and from nothing; those whose every rule
 * the checker finds kept are counted by what the checker covers. None may pass the bound.
 */
test('no plan that the checker lets pass is better than the bound', async () => {
  let judged = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.boolean(),
      fc.constantFrom('every-shift' as const, 'most-cover' as const),
      async (posts, seed, isCapped, kind) => {
        const country = countryOf({ posts, seed })
        const problem: PlanProblem = {
          ...country,
          aim: kind === 'every-shift' ? { kind, budget: null } : { kind, budget: 50_000, counts: 'shifts' },
          caps: [isCapped ? { ...capsFor(posts), hires: 4 } : noCaps],
          rules: { ...rules, onCall: { minutes: 90, hires: true } },
          changes: { ...country.changes, hire: 8 },
        }
        const best = await solvePlan(problem, { solver, elapsed: () => 0 })
        if (!best.ok) throw new Error(best.refusal.code)
        const next = chanceOf(seed)
        for (let nth = 0; nth < 150; nth++) {
          const actions = changed(problem, nth % 3 === 0 ? [] : best.value.actions, next)
          const worth = worthOf(problem, actions)
          if (worth === null) continue
          judged++
          const { sense, bound } = best.value.value
          expect(sense === 'least' ? worth - bound : bound - worth).toBeGreaterThanOrEqual(-1e-6)
        }
      },
    ),
    { seed: 3, numRuns: 25 },
  )
  // Many plans break a rule: enough must not.
  expect(judged).toBeGreaterThan(500)
})

/** One to four things done otherwise. */
function changed(problem: PlanProblem, from: readonly Action[], next: () => number): readonly Action[] {
  let actions = [...from]
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)]
  const year = 1
  for (let times = 1 + Math.floor(3 * next()); times > 0; times--) {
    const post = pick(problem.posts)
    const officer = pick(problem.officers.filter(({ isWoman }) => isWoman))
    const what = next()
    if (!post) continue
    if (what < 0.3) actions = actions.filter((action) => action !== pick(actions))
    else if (what < 0.55) {
      const count = 1 + Math.floor(4 * next())
      actions.push({ kind: 'hire', post: post.key, count, year, cost: 0 })
      for (const facility of problem.rules.facilitiesNeeded)
        if (post.facilities[facility] !== 'yes' && next() < 0.8)
          actions.push({ kind: 'facility', post: post.key, facility, count: 1, year, cost: 0 })
    } else if (what < 0.75 && officer) {
      const who = { officers: [officer.key], groups: [] }
      const isRenewal = officer.training.isTrained
      if (!officer.training.isTrained || officer.training.until !== null)
        actions.push({ kind: 'train', post: officer.post, count: 1, year, cost: 0, who, isRenewal })
    } else if (what < 0.9) {
      const other = pick(problem.posts)
      const at = (key: string | undefined): number => problem.posts.findIndex((each) => each.key === key)
      if (!other || other === post) continue
      const posts = at(post.key) < at(other.key) ? ([post.key, other.key] as const) : ([other.key, post.key] as const)
      const before = actions.filter(
        (action) => action.kind !== 'pool' || !action.posts.some((key) => posts.includes(key)),
      )
      actions = [...before, { kind: 'pool', posts, minutes: minutesOf(problem, posts), count: 1, year, cost: 0 }]
    } else if (post.dayShifts) {
      const closes = post.shifts.filter(({ key }) => !post.dayShifts?.includes(key)).map(({ key }) => key)
      actions.push({ kind: 'day-only', post: post.key, closes, count: 1, year, cost: 0 })
    }
  }
  return actions.map((action) => ({ ...action, cost: costOf(problem, action) }))
}

function minutesOf(problem: PlanProblem, keys: readonly string[]): number {
  const [a, b] = keys.map((key) => problem.posts.find((post) => post.key === key))
  if (!a || !b) return 0
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return Infinity
  const radians = Math.PI / 180
  const angle = Math.acos(
    Math.min(
      1,
      Math.sin(a.latitude * radians) * Math.sin(b.latitude * radians) +
        Math.cos(a.latitude * radians) *
          Math.cos(b.latitude * radians) *
          Math.cos((a.longitude - b.longitude) * radians),
    ),
  )
  return (6371 * angle * 60) / problem.rules.travel.kmPerHour
}

/** What the aim makes of these actions, by the checker's cover; null where a rule of people, places or limits is broken. */
function worthOf(problem: PlanProblem, actions: readonly Action[]): number | null {
  const { broken, after, changes } = checkSteps(problem, actions)
  if (broken.length > 0) return null
  if (problem.aim.kind === 'most-cover') {
    const risk = new Map(problem.posts.map((post) => [post.key, post.risk]))
    return after.reduce((sum, { post, covered }) => sum + covered * (risk.get(post) ?? 0), 0) - changeWeight * changes
  }
  const missing = after.map(({ post: key, trained, onCall, own, needed, closed }) => {
    const post = problem.posts.find((each) => each.key === key)
    const shifts = closed > 0 ? post?.shifts.filter((shift) => post.dayShifts?.includes(shift.key)) : post?.shifts
    const needs = wholeWomen(womenNeeded(shifts ?? [], problem.rules))
    // All shifts here are of eight hours: 19 for one woman.
    const isFull = own + onCall >= needed - 1e-9
    return isFull ? 0 : Math.max(0, needs - trained - Math.floor(onCall / 19 + 1e-9))
  })
  return changes + missingWeight * missing.reduce((sum, each) => sum + each, 0)
}

test('a post whose proof says impossible cannot be covered, whatever is spent on it alone', async () => {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 8 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.constantFrom(0, 60),
      async (posts, seed, minutes) => {
        const country = countryOf({ posts, seed })
        const problem: PlanProblem = {
          ...country,
          // Lodging cannot be built: whoever lacks it gets nobody from elsewhere.
          costs: { ...country.costs, facility: { toilets: 4000 } },
          rules: { ...rules, onCall: { minutes, hires: true } },
        }
        const plan = await solvePlan(problem, { solver, elapsed: () => 0 })
        if (!plan.ok) throw new Error(plan.refusal.code)
        for (const { post, why } of plan.value.gaps.filter((gap) => gap.why === 'impossible').slice(0, 2)) {
          asked++
          const must = problem.posts.map((each) => ({ ...each, mustBeCovered: each.key === post }))
          const answer = await solvePlan({ ...problem, posts: must }, { solver, elapsed: () => 0 })
          expect([why, answer.ok ? 'covered' : answer.refusal.code]).toEqual(['impossible', 'planner.contradiction'])
        }
      },
    ),
    { seed: 5, numRuns: 20 },
  )
  expect(asked).toBeGreaterThan(10)
})

test('more time never makes a plan worse, where nobody can be hired and women can move only', async () => {
  for (const seed of [93, 94, 95]) {
    const problem = countryOf({ posts: 120, seed, changes: { caps: [{ ...noCaps, hires: 0 }] } })
    const reached: number[] = []
    for (const seconds of [2, 160, 240, 640, 1280]) {
      // A clock that is told by how often it is asked, so that it ends at the same step on every machine.
      let asked = 0
      const plan = await solvePlan(problem, { solver, elapsed: () => asked++, seconds })
      if (!plan.ok) throw new Error(plan.refusal.code)
      reached.push(plan.value.value.reached)
    }
    expect(reached).toEqual(reached.toSorted((a, b) => b - a))
    expect(new Set(reached).size).toBeGreaterThan(1)
  }
})
