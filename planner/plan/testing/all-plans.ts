import { type StepsCount, stepsChecker } from '../../checker/checker.ts'
import { kmBetween } from '../places.ts'
import {
  type Action,
  changeWeight,
  earlierWeight,
  missingWeight,
  type Officer,
  type PlanProblem,
  type PlanYear,
  type Post,
  type PostCoverage,
  shiftsNeeded,
  shiftsOfOne,
  wholeWomen,
  womenNeeded,
} from '../plan.ts'
import { costOf } from '../price.ts'

/**
 * What the aim makes of the best plan there is, each tried and judged by the checker; null: none keeps the rules. Two or three posts,
 * women without groups. What is beyond a cap or the money is not tried, nor what has it in it: no step gives either back.
 *
 * @param most plans at most, with those beyond a cap and beside the years in which facilities are built
 */
export function bestOfAll(problem: PlanProblem, most = 4000): number | null | 'too-many' {
  const women = problem.officers.filter(({ isWoman }) => isWoman)
  const choices: (readonly (readonly Action[])[])[] = [
    ...women.map((woman) => waysOf(problem, woman)),
    ...problem.posts.flatMap((post) => [hiresOf(problem, post), hoursOf(problem, post)]),
    poolsOf(problem),
  ].map((choice) => choice.map((actions) => actions.map((action) => ({ ...action, cost: costOf(problem, action) }))))
  if (choices.reduce((product, { length }) => product * length, 1) > most) return 'too-many'
  const isLeast = problem.aim.kind === 'every-shift'
  const checker = stepsChecker(problem)
  let best: number | null = null
  const tried: Action[][] = [[]]
  const walk = (at: number): void => {
    const choice = choices[at]
    const before = tried.at(-1) ?? []
    if (choice === undefined) {
      for (const actions of withFacilities(problem, before)) {
        const worth = worthIn(problem, checker.count(actions))
        // Whether a rule is broken, which takes longest to tell, is asked only of what would be better.
        if (best !== null && (isLeast ? worth >= best : worth <= best)) continue
        if (checker.judge(actions).broken.length === 0) best = worth
      }
      return
    }
    for (const actions of choice) {
      const all = [...before, ...actions]
      if (actions.length > 0 && !isWithinLimits(problem, all)) continue
      tried.push(all)
      walk(at + 1)
      tried.pop()
    }
  }
  walk(0)
  return best
}

/** By the words alone. */
function isWithinLimits({ caps, aim }: PlanProblem, actions: readonly Action[]): boolean {
  const spentOn = (some: readonly Action[]): number => some.reduce((sum, { cost }) => sum + cost, 0)
  const isOver = (found: number, allowed: number | null): boolean => allowed !== null && found > allowed + 1e-6
  if (isOver(spentOn(actions), aim.budget)) return false
  return caps.every((cap, at) => {
    const decided = actions.filter(({ year }) => year === at + 1)
    const counted = (kind: Action['kind']): number =>
      decided.reduce((sum, action) => sum + (action.kind === kind ? action.count : 0), 0)
    return !(
      isOver(counted('train'), cap.trainings) ||
      isOver(counted('move'), cap.moves) ||
      isOver(counted('hire'), cap.hires) ||
      isOver(counted('facility'), cap.facilities) ||
      isOver(counted('pool'), cap.pools) ||
      isOver(counted('day-only'), cap.dayOnly) ||
      isOver(spentOn(decided), cap.budget)
    )
  })
}

const yearsOf = ({ years }: PlanProblem): readonly PlanYear[] => Array.from({ length: years }, (_, at) => at + 1)

function waysOf(problem: PlanProblem, { key, post, training, mayMove, mayBeTrained }: Officer): readonly Action[][] {
  const who = { officers: [key], groups: [] }
  const isRenewal = training.isTrained && (training.until === null || training.until >= problem.startsOn)
  const isForGood = training.isTrained && training.until === null
  const trainings = yearsOf(problem).map((year): Action[] => [
    { kind: 'train', post, year, count: 1, cost: 0, who, isRenewal },
  ])
  const from = problem.posts.find((each) => each.key === post)
  const moves = problem.posts.flatMap((to): Action[][] => {
    if (from === undefined || to === from || mayMove.kind === 'no' || problem.rules.moves === 'none') return []
    const isVolunteer = mayMove.kind === 'volunteer'
    const way = { from: post, to: to.key, km: kmBetween(from, to), isVolunteer }
    return yearsOf(problem).map((year): Action[] => [{ kind: 'move', ...way, year, count: 1, cost: 0, who }])
  })
  return [[], ...(mayBeTrained && !isForGood ? trainings : [])].flatMap((first) => [
    first,
    ...moves.map((move) => [...first, ...move]),
  ])
}

function hiresOf(problem: PlanProblem, post: Post): readonly Action[][] {
  const { rules, caps, posts } = problem
  if (rules.leadMonths.hiring > 12 * problem.years) return [[]]
  // As many as cover every shift of any post: they may be hired here to be called there. One more where some have left by the end.
  const shifts = Math.max(...posts.map((each) => shiftsNeeded(each.shifts, rules)))
  const leave = problem.years > 1 && rules.attrition > 0 ? 1 : 0
  const enough = Math.max(2, wholeWomen(shifts / shiftsOfOne(post.shifts, rules))) + leave
  // Whoever leaves makes room.
  const leaving = problem.officers.filter(({ isWoman, post: home }) => isWoman && home === post.key).length
  const most = Math.min(enough, post.vacancies === null ? enough : post.vacancies + leaving)
  return yearsOf(problem).reduce<readonly Action[][]>(
    (before, year) =>
      before.flatMap((hired) => {
        const left = most - hired.reduce((sum, { count }) => sum + count, 0)
        const counts = Math.min(left, caps[year - 1]?.hires ?? left)
        return Array.from({ length: counts + 1 }, (_, count): Action[] =>
          count === 0 ? hired : [...hired, { kind: 'hire', post: post.key, year, count, cost: 0 }],
        )
      }),
    [[]],
  )
}

function hoursOf(problem: PlanProblem, { key, shifts, dayShifts }: Post): readonly Action[][] {
  const closes = shifts.map((shift) => shift.key).filter((shift) => !dayShifts?.includes(shift))
  return dayShifts === null || closes.length === 0
    ? [[]]
    : [
        [],
        ...yearsOf(problem).map((year): Action[] => [{ kind: 'day-only', post: key, closes, year, count: 1, cost: 0 }]),
      ]
}

/** At most one pool of three posts. */
function poolsOf(problem: PlanProblem): readonly Action[][] {
  const { posts, rules } = problem
  if (rules.onCall.minutes === 0) return [[]]
  const pools = posts.flatMap((a, at) =>
    posts.slice(at + 1).flatMap((b): Action[][] => {
      const known = rules.travel.known.find(({ from, to }) => from === a.key && to === b.key)
      const minutes = known?.minutes ?? (60 * kmBetween(a, b)) / rules.travel.kmPerHour
      return yearsOf(problem).map((year) => [{ kind: 'pool', posts: [a.key, b.key], minutes, year, count: 1, cost: 0 }])
    }),
  )
  return [[], ...pools]
}

/** What is missing where somebody arrives is built, in any of the years until then; anywhere else it would win nothing. */
function withFacilities(problem: PlanProblem, actions: readonly Action[]): readonly (readonly Action[])[] {
  const built = problem.posts.flatMap(({ key, facilities }) => {
    const came = actions.filter(
      (action) => (action.kind === 'hire' && action.post === key) || (action.kind === 'move' && action.to === key),
    )
    if (came.length === 0) return []
    return problem.rules.facilitiesNeeded
      .filter((facility) => facilities[facility] !== 'yes')
      .map((facility) =>
        yearsOf(problem).map((year): Action => ({ kind: 'facility', post: key, facility, year, count: 1, cost: 0 })),
      )
  })
  const ways = built.reduce<readonly Action[][]>(
    (before, years) => before.flatMap((some) => years.map((one) => [...some, one])),
    [[]],
  )
  return ways.map((way) => [...way.map((action) => ({ ...action, cost: costOf(problem, action) })), ...actions])
}

/** What the aim makes of steps, by the checker's cover. */
function worthIn(problem: PlanProblem, { after, changes }: StepsCount): number {
  const { aim } = problem
  const each = (of: (row: PostCoverage, post: Post) => number): number =>
    problem.posts.reduce(
      (sum, post) => after.filter(({ post: key }) => key === post.key).reduce((all, row) => all + of(row, post), sum),
      0,
    )
  const isFull = ({ covered, needed }: PostCoverage): boolean => covered >= needed - 1e-9
  if (aim.kind === 'every-shift') {
    const weight = (year: PlanYear): number => (year === problem.years ? missingWeight : earlierWeight)
    return changes + each((row, post) => (isFull(row) ? 0 : weight(row.year) * missingAt(problem, row, post)))
  }
  const cover = each((row, post) => (aim.counts === 'shifts' ? row.covered : isFull(row) ? 1 : 0) * post.risk)
  return cover / problem.years - changeWeight * changes
}

/** Women it needs, less those it has and those whom a neighbour sends. */
function missingAt({ rules }: PlanProblem, { trained, closed, onCall }: PostCoverage, post: Post): number {
  const shifts = closed > 0 ? post.shifts.filter(({ key }) => post.dayShifts?.includes(key)) : post.shifts
  const needs = womenNeeded(shifts, rules)
  // Where some are expected to leave, women are fractions.
  return (rules.attrition === 0 ? wholeWomen(needs) : needs) - trained - onCall / shiftsOfOne(shifts, rules)
}
