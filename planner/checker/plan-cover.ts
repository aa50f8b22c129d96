import type {
  Action,
  MoveAction,
  OpenShift,
  PlanProblem,
  PlanYear,
  Post,
  PostCoverage,
  PostKey,
  TrainAction,
} from '../plan/words.ts'
import { countsIn, isAbout, kindOf, type People, type Reading, takenBy, yearsFrom } from './plan-reading.ts'

/** Cover of every post at the end of every year, counted from who serves where: year by year, in the order of the posts. */
export function recount(reading: Reading, actions: readonly Action[]): readonly PostCoverage[] {
  const acts = indexOf(reading, actions)
  return yearsFrom(reading.problem, 1).flatMap((year) => coverIn(acts, year))
}

/** Rows to look up: five thousand posts are judged too. */
export type Rows = (post: PostKey, year: PlanYear) => PostCoverage | undefined

export function rowsOf(rows: readonly PostCoverage[]): Rows {
  const byName = new Map(rows.map((row) => [`${row.year} ${row.post}`, row]))
  return (post, year) => byName.get(`${year} ${post}`)
}

/** The actions, by what is looked up of them. */
type Acts = Reading & {
  readonly actions: readonly Action[]
  readonly ofPerson: ReadonlyMap<string, readonly (TrainAction | MoveAction)[]>
  readonly cuts: Cuts
}

function indexOf(reading: Reading, actions: readonly Action[]): Acts {
  const named = actions.filter(isAbout).flatMap((action) => takenBy(action.who).map(({ name }) => ({ name, action })))
  const ofPerson = new Map<string, (TrainAction | MoveAction)[]>()
  for (const { name, action } of named) ofPerson.set(name, [...(ofPerson.get(name) ?? []), action])
  return { ...reading, actions, ofPerson, cuts: cutsIn(actions) }
}

function coverIn(acts: Acts, year: PlanYear): readonly PostCoverage[] {
  const { posts } = acts.problem
  const trained = trainedIn(acts, year)
  const alone = new Map(posts.map((post) => [post.key, ownCover(acts, post, year, trained)]))
  const lent = onCallCover(acts, year, alone)
  return posts.map((post) => {
    const { trained, needed, closed, own } = alone.get(post.key) ?? nothing
    const onCall = lent.get(post.key) ?? 0
    return { post: post.key, year, trained, needed, closed, own, onCall, covered: Math.min(needed, own + onCall) }
  })
}

// ---------------------------------------------------------------------------------------------------------------------
// Who is trained, and where

/** Trained women of every post at the end of `year`: fractions where some are expected to have left the service. */
function trainedIn(acts: Acts, year: PlanYear): ReadonlyMap<PostKey, Trained> {
  const { problem, people, actions } = acts
  const counts = new Map<PostKey, { all: number; onCall: number }>()
  const add = (post: PostKey, all: number, onCall: number): void => {
    const counted = counts.get(post) ?? { all: 0, onCall: 0 }
    counted.all += all
    counted.onCall += onCall
    counts.set(post, counted)
  }
  const stay = 1 - problem.rules.attrition
  const left = stay ** year
  for (const [name, one] of people) {
    if (!one.serves.isWoman) continue
    const own = acts.ofPerson.get(name)
    // Most stay where they are, and as they are.
    if (own === undefined && one.holds < year) continue
    const where = own ? whereTrained(problem, name, one, own, year) : [{ post: one.serves.post, women: one.count }]
    for (const { post, women } of where) add(post, women * left, one.serves.isOnCall ? women * left : 0)
  }
  for (const hire of kindOf(actions, 'hire')) {
    const counted = countsIn(hire, problem.rules.leadMonths.hiring)
    if (counted > year) continue
    const women = hire.count * stay ** (year - counted)
    add(hire.post, women, problem.rules.onCall.hires ? women : 0)
  }
  return counts
}

type Trained = { readonly all: number; readonly onCall: number }

/** How many of these women are trained, by post. Where some of a group are trained and some are moved, the trained are moved first. */
function whereTrained(
  problem: PlanProblem,
  name: string,
  { serves, count, holds }: People,
  actions: readonly Action[],
  year: PlanYear,
): readonly { readonly post: PostKey; readonly women: number }[] {
  const trainings = kindOf(actions, 'train').filter(
    (action) => countsIn(action, problem.rules.leadMonths.training) <= year,
  )
  let left = holds >= year ? count : Math.min(count, sum(trainings.map((action) => countOf(action, name))))
  const moved = kindOf(actions, 'move')
    .filter((action) => action.year <= year)
    .toSorted((a, b) => a.year - b.year)
    .map((action) => {
      const women = Math.min(left, countOf(action, name))
      left -= women
      return { post: action.to, women }
    })
  return [...moved, { post: serves.post, women: left }]
}

function countOf(action: TrainAction | MoveAction, name: string): number {
  return sum(
    takenBy(action.who)
      .filter((taken) => taken.name === name)
      .map(({ count }) => count),
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// What they cover

type Own = Pick<PostCoverage, 'trained' | 'needed' | 'closed' | 'own'> & {
  readonly onCallShifts: number
  readonly ofOne: number
}
const nothing: Own = { trained: 0, needed: 0, closed: 0, own: 0, onCallShifts: 0, ofOne: 0 }

function ownCover(acts: Acts, post: Post, year: PlanYear, trainedAt: ReadonlyMap<PostKey, Trained>): Own {
  const { problem } = acts
  const open = openShifts(post, acts.cuts, year)
  const needed = needOf(problem, open)
  const { all, onCall } = trainedAt.get(post.key) ?? { all: 0, onCall: 0 }
  const ofOne = shiftsOfOne(problem, open)
  const closed = needOf(problem, post.shifts) - needed
  return { trained: all, needed, closed, own: Math.min(needed, all * ofOne), onCallShifts: onCall * ofOne, ofOne }
}

/** The year from which a post is open by day alone. */
type Cuts = ReadonlyMap<PostKey, PlanYear>

export function cutsIn(actions: readonly Action[]): Cuts {
  const cuts = new Map<PostKey, PlanYear>()
  for (const { post, year } of kindOf(actions, 'day-only')) cuts.set(post, Math.min(year, cuts.get(post) ?? year))
  return cuts
}

/** The shifts of a post that day-only hours have not closed. */
export function openShifts({ key, shifts, dayShifts }: Post, cuts: Cuts, year: PlanYear): readonly OpenShift[] {
  const isCut = (cuts.get(key) ?? Infinity) <= year
  return isCut && dayShifts !== null ? shifts.filter((shift) => dayShifts.includes(shift.key)) : shifts
}

/** Shifts of 28 days, once for each trained woman that a shift needs. */
function needOf({ rules }: PlanProblem, shifts: readonly OpenShift[]): number {
  return rules.womenPerShift * sum(shifts.map(({ daysAWeek }) => 4 * daysAWeek))
}

/** Shifts of 28 days that one person works, after absence: bounded by their number, and by their mean length. */
export function shiftsOfOne({ rules }: PlanProblem, shifts: readonly OpenShift[]): number {
  const days = sum(shifts.map(({ daysAWeek }) => daysAWeek))
  if (days === 0) return 0
  const meanMinutes = sum(shifts.map(({ daysAWeek, minutes }) => daysAWeek * minutes)) / days
  const byMinutes = meanMinutes === 0 ? 0 : rules.minutesPerPerson / meanMinutes
  return (1 - rules.absence) * Math.min(rules.shiftsPerPerson, byMinutes)
}

/** What is left uncovered at one post of a pool, and women of the other cover who may be called, on duty there or not. */
function onCallCover(
  { problem, actions }: Acts,
  year: PlanYear,
  alone: ReadonlyMap<PostKey, Own>,
): ReadonlyMap<PostKey, number> {
  const lent = new Map<PostKey, number>()
  for (const { posts, year: since } of kindOf(actions, 'pool')) {
    if (since > year) continue
    const [first, second] = posts
    for (const [from, to] of [
      [first, second],
      [second, first],
    ] as const) {
      const lender = alone.get(from) ?? nothing
      const short = alone.get(to) ?? nothing
      lent.set(to, Math.min(short.needed - short.own, lender.onCallShifts))
    }
  }
  return problem.rules.onCall.minutes > 0 ? lent : new Map()
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
