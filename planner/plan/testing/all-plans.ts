import { checkSteps } from '../../checker/checker.ts'
import { kmBetween } from '../places.ts'
import {
  type Action,
  changeWeight,
  missingWeight,
  type Officer,
  type PlanProblem,
  type Post,
  type PostCoverage,
  shiftsNeeded,
  shiftsOfOne,
  wholeWomen,
  womenNeeded,
} from '../plan.ts'
import { costOf } from '../price.ts'

/**
 * What the aim makes of the best plan there is, each tried and judged by the checker; null: none keeps the rules. One year, women
 * without groups.
 *
 * @param most plans that are tried at most: a thousand take a second or less
 */
export function bestOfAll(problem: PlanProblem, most = 4000): number | null | 'too-many' {
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
  const { broken, after, changes } = checkSteps(problem, actions)
  if (broken.length > 0) return null
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
