import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPlan } from '../checker/checker.ts'
import { planProblems } from '../checker/testing/plan-problems.ts'
import { kmBetween } from './places.ts'
import {
  type Action,
  changeWeight,
  missingWeight,
  type Officer,
  type Plan,
  type PlanProblem,
  type Post,
  type PostCoverage,
  shiftsNeeded,
  shiftsOfOne,
  solvePlan,
  wholeWomen,
  womenNeeded,
} from './plan.ts'
import { costOf } from './price.ts'

const solver = await loadSolver()

/** Plans of one problem that are tried one by one: more would take minutes. */
const most = 4000

/**
 * Every plan there is, one after another, judged by the checker: what the solver calls proven is the best of them, and
 * what it calls contradictory has none. Two or three posts, up to four women, one year.
 */
test('what is called proven is the best of all plans there are, tried one by one', async () => {
  const seen = new Map<string, number>()
  const see = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1)
  await fc.assert(
    fc.asyncProperty(planProblems.map(small), async (problem) => {
      const best = bestOfAll(problem)
      if (best === 'too-many') return see(best)
      const decided = await solvePlan(problem, { solver, elapsed: () => 0 })
      if (!decided.ok) {
        expect([decided.refusal.code, best]).toEqual(['planner.contradiction', null])
        return see('refused')
      }
      const { status, value } = decided.value
      expect(checkPlan(problem, decided.value).broken).toEqual([])
      if (status === 'proven') expect(value.reached).toBeCloseTo(best ?? Number.NaN, 5)
      else {
        // Of those who move some are expected to have left, of those who are hired none: the bound counts on the latter.
        expect(problem.rules.attrition).toBeGreaterThan(0)
        const worth = best ?? Number.NaN
        expect(value.sense === 'least' ? worth - value.bound : value.bound - worth).toBeGreaterThanOrEqual(-1e-6)
      }
      for (const { kind } of decided.value.actions) see(kind)
      see(status)
    }),
    { seed: 7, numRuns: 90, endOnFailure: true },
  )
  console.log(`plans against all others: ${[...seen].map(([what, times]) => `${what} ${times}`).join(', ')}`)
  expect(seen.get('proven')).toBeGreaterThan(35)
  expect(
    ['train', 'hire', 'move', 'pool', 'facility', 'day-only', 'refused'].filter((kind) => !seen.has(kind)),
  ).toEqual([])
}, 180_000)

function small(problem: PlanProblem): PlanProblem {
  const posts = problem.posts.slice(0, 3)
  const keys = new Set(posts.map(({ key }) => key))
  const [cap] = problem.caps
  const women = problem.officers.filter(({ isWoman, post }) => isWoman && keys.has(post)).slice(0, 4)
  const men = problem.officers.filter(({ isWoman, post }) => !isWoman && keys.has(post))
  return { ...problem, years: 1, posts, officers: [...women, ...men], groups: [], caps: cap ? [cap] : [] }
}

// ---------------------------------------------------------------------------------------------------------------------

function bestOfAll(problem: PlanProblem): number | null | 'too-many' {
  const women = problem.officers.filter(({ isWoman }) => isWoman)
  const choices: (readonly (readonly Action[])[])[] = [
    ...women.map((woman) => waysOf(problem, woman)),
    ...problem.posts.flatMap((post) => [hiresOf(problem, post), hoursOf(post)]),
    poolsOf(problem),
  ]
  if (choices.reduce((product, { length }) => product * length, 1) > most) return 'too-many'
  let best: number | null = null
  const tried: Action[][] = [[]]
  const walk = (at: number): void => {
    const choice = choices[at]
    const before = tried.at(-1) ?? []
    if (choice === undefined) {
      const worth = worthOf(problem, withFacilities(problem, before))
      if (worth === null) return
      const isLeast = problem.aim.kind === 'every-shift'
      best = best === null ? worth : isLeast ? Math.min(best, worth) : Math.max(best, worth)
      return
    }
    for (const actions of choice) {
      tried.push([...before, ...actions])
      walk(at + 1)
      tried.pop()
    }
  }
  walk(0)
  return best
}

function waysOf(problem: PlanProblem, { key, post, training, mayMove, mayBeTrained }: Officer): readonly Action[][] {
  const who = { officers: [key], groups: [] }
  const isRenewal = training.isTrained && (training.until === null || training.until >= problem.startsOn)
  const train: Action = { kind: 'train', post, year: 1, count: 1, cost: 0, who, isRenewal }
  const isForGood = training.isTrained && training.until === null
  const trainings: Action[][] = mayBeTrained && !isForGood ? [[], [train]] : [[]]
  const from = problem.posts.find((each) => each.key === post)
  const moves = problem.posts.flatMap((to): Action[][] => {
    if (from === undefined || to === from || mayMove.kind === 'no' || problem.rules.moves === 'none') return []
    const isVolunteer = mayMove.kind === 'volunteer'
    return [
      [{ kind: 'move', from: post, to: to.key, km: kmBetween(from, to), isVolunteer, year: 1, count: 1, cost: 0, who }],
    ]
  })
  return trainings.flatMap((first) => [first, ...moves.map((move) => [...first, ...move])])
}

function hiresOf({ rules, caps, posts }: PlanProblem, post: Post): readonly Action[][] {
  if (rules.leadMonths.hiring > 12) return [[]]
  // As many as cover every shift of any post: they may be hired here to be called there.
  const shifts = Math.max(...posts.map((each) => shiftsNeeded(each.shifts, rules)))
  const enough = Math.max(2, wholeWomen(shifts / shiftsOfOne(post.shifts, rules)))
  const counts = Math.min(enough, caps[0]?.hires ?? enough, post.vacancies ?? enough)
  return Array.from({ length: counts + 1 }, (_, count) =>
    count === 0 ? [] : [{ kind: 'hire', post: post.key, year: 1, count, cost: 0 }],
  )
}

function hoursOf({ key, shifts, dayShifts }: Post): readonly Action[][] {
  const closes = shifts.map((shift) => shift.key).filter((shift) => !dayShifts?.includes(shift))
  return dayShifts === null || closes.length === 0
    ? [[]]
    : [[], [{ kind: 'day-only', post: key, closes, year: 1, count: 1, cost: 0 }]]
}

/** At most one pool of three posts. */
function poolsOf({ posts, rules }: PlanProblem): readonly Action[][] {
  if (rules.onCall.minutes === 0) return [[]]
  const pools = posts.flatMap((a, at) =>
    posts.slice(at + 1).map((b): Action[] => {
      const known = rules.travel.known.find(({ from, to }) => from === a.key && to === b.key)
      const minutes = known?.minutes ?? (60 * kmBetween(a, b)) / rules.travel.kmPerHour
      return [{ kind: 'pool', posts: [a.key, b.key], minutes, year: 1, count: 1, cost: 0 }]
    }),
  )
  return [[], ...pools]
}

/** What is missing where somebody arrives is built; anywhere else it would win nothing. */
function withFacilities(problem: PlanProblem, actions: readonly Action[]): readonly Action[] {
  const arriving = new Set(
    actions.flatMap((action) => (action.kind === 'hire' ? [action.post] : action.kind === 'move' ? [action.to] : [])),
  )
  const built = problem.posts.flatMap(({ key, facilities }) =>
    arriving.has(key)
      ? problem.rules.facilitiesNeeded
          .filter((facility) => facilities[facility] !== 'yes')
          .map((facility): Action => ({ kind: 'facility', post: key, facility, year: 1, count: 1, cost: 0 }))
      : [],
  )
  return [...built, ...actions].map((action) => ({ ...action, cost: costOf(problem, action) }))
}

/** What the aim makes of these actions, by the checker's cover; null where a rule is broken. */
function worthOf(problem: PlanProblem, actions: readonly Action[]): number | null {
  const value = { sense: 'least', reached: 0, bound: 0 } as const
  const plan: Plan = { actions, cost: 0, changes: 0, before: [], after: [], gaps: [], value, status: 'stopped' }
  const { broken, after, changes } = checkPlan(problem, plan)
  // What a plan says of itself is not asked here.
  const says = [
    'plan.total-wrong',
    'plan.changes-wrong',
    'plan.cover-before-wrong',
    'plan.cover-after-wrong',
    'plan.gap-wrong',
    'plan.not-proven',
  ]
  if (broken.some(({ code }) => !says.includes(code))) return null
  const { aim } = problem
  const each = (of: (row: PostCoverage, post: Post) => number): number =>
    problem.posts.reduce((sum, post) => {
      const row = after.find(({ post: key }) => key === post.key)
      return row === undefined ? sum : sum + of(row, post)
    }, 0)
  const isFull = ({ covered, needed }: PostCoverage): boolean => covered >= needed - 1e-9
  if (aim.kind === 'every-shift') {
    const missing = each((row, post) => (isFull(row) ? 0 : missingAt(problem, row, post)))
    return changes + missingWeight * missing
  }
  const cover = each((row, post) => (aim.counts === 'shifts' ? row.covered : isFull(row) ? 1 : 0) * post.risk)
  return cover - changeWeight * changes
}

/** Women it needs, less those it has and those whom a neighbour sends. */
function missingAt({ rules }: PlanProblem, { trained, closed, onCall }: PostCoverage, post: Post): number {
  const shifts = closed > 0 ? post.shifts.filter(({ key }) => post.dayShifts?.includes(key)) : post.shifts
  const needs = womenNeeded(shifts, rules)
  // Where some are expected to leave, women are fractions.
  return (rules.attrition === 0 ? wholeWomen(needs) : needs) - trained - onCall / shiftsOfOne(shifts, rules)
}
