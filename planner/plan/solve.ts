import { accept, type Decision } from '@lentera/core/shared/refusals'
import type { Solver } from '@lentera/solver'
import { actionsOf, ordered } from './answer.ts'
import { type Covered, coverOf, worthOf } from './cover.ts'
import { exchanged, type Patience } from './exchange.ts'
import { keepingRules } from './keeping.ts'
import { boundOf, type Run, solveTarget } from './master.ts'
import { askOverYears } from './over-years.ts'
import { changesOf, repriced } from './price.ts'
import { type Reading, readProblem, withActions, years } from './reading.ts'
import { spread } from './schedule.ts'
import { maySend, type Target, targetOf } from './target.ts'
import {
  type Action,
  changeWeight,
  earlierWeight,
  missingWeight,
  type Plan,
  type PlanProblem,
  type PlanProgress,
  type PostCoverage,
} from './words.ts'

export type PlanRun = {
  readonly solver: Solver
  readonly seed?: number
  /** Relative gap at which it may end; 0, the default: proven. */
  readonly gap?: number
  /** Seconds it may take, and those that have passed since it began, as the caller's clock has it. */
  readonly seconds?: number
  readonly elapsed: () => number
  readonly shouldStop?: () => boolean
  readonly onProgress?: (progress: PlanProgress) => void
}

/** A plan without its proofs: what was decided, what it covers, and how near to the bound that is. */
export type Decided = {
  readonly reading: Reading
  readonly actions: readonly Action[]
  readonly cover: readonly Covered[]
  /** False: what a hand has set cannot be, whatever else is done. */
  readonly isPossible: boolean
  readonly plan: Omit<Plan, 'gaps'>
}

/** `problem` has been read and refused nothing. */
export async function decide(problem: PlanProblem, run: PlanRun): Promise<Decision<Decided>> {
  const read = readProblem(repriced(problem))
  if (!read.ok) return read
  const reading = read.value
  run.onProgress?.({ elapsed: run.elapsed(), reached: null, bound: null, step: 'reading' })
  if (problem.years === 1) {
    const found = await oneYear(reading, run)
    return found.ok ? accept(weighed(reading, found.value, run.gap ?? 0)) : found
  }
  const found = await severalYears(reading, run)
  if (!found.ok) return found
  const gap = run.gap ?? 0
  const first = bestOf(reading, found.value, gap)
  if (first.decided.plan.status === 'proven') return accept(first.decided)
  // Nothing that is tried step by step covers what no steps cover.
  const isOpen = openOfMust(first.decided) > 0
  if (isOpen && (await askOverYears(reading, run, 'any')) === 'none') return accept(first.decided)
  run.onProgress?.({
    elapsed: run.elapsed(),
    reached: first.decided.plan.value.reached,
    bound: null,
    step: 'improving',
  })
  const starts = reading.posts.length <= fewPosts ? found.value : [first.way]
  const better = bestOf(reading, [first.way, ...mended(reading, starts, patienceOf(run))], gap)
  if (openOfMust(better.decided) === 0) return accept(better.decided)
  const again = await mustFirst(reading, better.way, run)
  return again.ok ? accept(bestOf(reading, [better.way, ...again.value], gap).decided) : again
}

/** Plans that are tried step by step, from each that was found. */
const mostTried = 6000

/** So few posts are mended from each plan that was found, and not from the best alone: it takes a moment. */
const fewPosts = 3

function patienceOf(run: PlanRun): Patience {
  const isOver = (): boolean => (run.shouldStop?.() ?? false) || run.elapsed() >= (run.seconds ?? 60)
  return { isOver, most: mostTried }
}

/** What was asked of one year at a time, exchanged step by step. Posts count whole: what covers the most shifts is a start for them. */
function mended(reading: Reading, starts: readonly Found[], patience: Patience): readonly Found[] {
  const { problem } = reading
  const { aim } = problem
  const byShifts = ({ actions }: Found): readonly Action[] =>
    aim.kind === 'most-cover' && aim.counts === 'posts'
      ? exchanged({ ...reading, problem: { ...problem, aim: { ...aim, counts: 'shifts' } } }, actions, patience)
      : actions
  const all = starts.flatMap((way) => {
    const other = byShifts(way)
    return other === way.actions ? [way] : [way, { ...way, actions: other }]
  })
  return all.map((way) => ({ ...way, actions: exchanged(reading, way.actions, patience) }))
}

/**
 * Where a post that must be covered is left open by the others' steps: these are left out until it is covered, and then planned around
 * what covers it. None: it cannot be covered so either.
 */
async function mustFirst(
  reading: Reading,
  { actions, bound, isPossible }: Found,
  run: PlanRun,
): Promise<Decision<readonly Found[]>> {
  const patience = patienceOf(run)
  const found = exchanged(reading, actions, patience, true)
  const first = isMustCovered(reading, found) ? found : await overYears(reading, run)
  if (first === null) return accept([])
  const others = await severalYears(withActions(reading, [...reading.problem.fixed, ...first]), run)
  if (!others.ok) return others
  const all = others.value.map(
    (way): Found => ({ actions: [...first, ...way.actions], bound, isDone: false, isPossible }),
  )
  return accept([...all, ...mended(reading, [bestOf(reading, all, 0).way], patience)])
}

const isMustCovered = (reading: Reading, actions: readonly Action[]): boolean =>
  openOfMust(weighed(reading, { actions, bound: 0, isDone: false, isPossible: true }, 0)) === 0

/** Every step in every year asked for at once: only where nothing else covers what must be. Null: it finds none that keep the rules. */
async function overYears(reading: Reading, run: PlanRun): Promise<readonly Action[] | null> {
  const asked = await askOverYears(reading, run, 'fewest-changes')
  if (typeof asked === 'string') return null
  const kept = keepingRules(reading, asked)
  return isMustCovered(reading, kept) ? kept : null
}

function bestOf(
  reading: Reading,
  found: readonly Found[],
  gap: number,
): { readonly way: Found; readonly decided: Decided } {
  return found
    .map((way) => ({ way, decided: weighed(reading, way, gap) }))
    .reduce((one, other) => (isBetter(other.decided, one.decided) ? other : one))
}

/** Posts that must be covered come first, then what the aim makes of it. */
function isBetter(one: Decided, other: Decided): boolean {
  const [open, before] = [openOfMust(one), openOfMust(other)]
  if (Math.abs(open - before) > 1e-6) return open < before
  const { sense, reached } = one.plan.value
  return sense === 'least' ? reached < other.plan.value.reached - 1e-9 : reached > other.plan.value.reached + 1e-9
}

/** Shifts that stay open at the end where every one must be covered. */
function openOfMust({ reading, cover }: Decided): number {
  const { posts, years: last } = reading.problem
  const must = new Set(posts.filter(({ mustBeCovered }) => mustBeCovered).map(({ key }) => key))
  return sum(
    cover.filter(({ post, year }) => year === last && must.has(post)),
    ({ needed, covered }) => (covered < needed - 1e-6 ? needed - covered : 0),
  )
}

const timeLeft = (run: PlanRun): number => Math.max(0.2, (run.seconds ?? 60) - run.elapsed())

/** In units of the engine, which minimises. */
type Found = {
  readonly actions: readonly Action[]
  readonly bound: number
  readonly isDone: boolean
  readonly isPossible: boolean
}

async function oneYear(reading: Reading, run: PlanRun): Promise<Decision<Found>> {
  const target = targetOf(reading, 1, 'all-years')
  const solved = await solveTarget(target, engineRun(reading.problem, run))
  if (!solved.ok) return solved
  const { chosen, bound, isDone, isPossible } = solved.value
  return accept({ actions: actionsOf(target, chosen), bound, isDone, isPossible })
}

/**
 * Two ways, of which the better is taken: what the last year needs, with the caps of all years together, spread over the years; and
 * year after year, what is best for the end of that year. All that any plan of several years does could be done in one such
 * year, so its bound is a bound; of `most-cover` it is the mean of what each year could have alone.
 */
async function severalYears(reading: Reading, run: PlanRun): Promise<Decision<readonly Found[]>> {
  const { problem } = reading
  const isLeast = problem.aim.kind === 'every-shift'
  // Where women are whole and every shift is asked for: usually a plan, its bound, and what is mended step by step.
  const solves = isLeast && reading.isWhole ? 3 : 2 + 2 * problem.years
  let done = 0
  // Each solve has its share of the time that is left.
  const share = (): Run => {
    return engineRun(problem, { ...run, seconds: timeLeft(run) / Math.max(1, solves - done++) })
  }
  const target = targetOf(reading, problem.years, 'all-years')
  // Usually it is another question that bounds the plan: where a gap is enough this one need not be proven so near.
  const first = share()
  const solved = await solveTarget(target, { ...first, gap: 2 * first.gap })
  if (!solved.ok) return solved
  const { chosen, isDone, isPossible } = solved.value
  const least = isLeast
    ? await boundOfLast(reading, solved.value.bound, share, run.gap ?? 0)
    : await boundOfEach(reading, share)
  if (!least.ok) return least
  const bound = least.value
  const atOnce = {
    actions: keepingRules(reading, spread(target, actionsOf(target, chosen))),
    bound,
    isDone,
    isPossible,
  }
  // Where nobody leaves and every shift is asked for, nothing is won year by year but what must be covered.
  if (isLeast && reading.isWhole && openOfMust(weighed(reading, atOnce, 0)) === 0) return accept([atOnce])
  const inTurn = await yearByYear(reading, share)
  if (!inTurn.ok) return inTurn
  const found = [atOnce, { ...inTurn.value, bound, isDone: false }]
  if (reading.isWhole) return accept(found)
  // Of those who come in the first year some have left by the last.
  const careful = { ...target, arrive: reading.stay.at(-2) ?? 1 }
  const again = await solveTarget(careful, share())
  if (!again.ok) return again
  const actions = keepingRules(reading, spread(careful, actionsOf(careful, again.value.chosen)))
  return accept([...found, { actions, bound, isDone: false, isPossible }])
}

/**
 * Who comes, leaves and is shared binds others from its year on, and not before: where women may move, or a hand has set who does, only
 * a looser question gives a bound. What each year before lacks at least is asked apart, where the best is asked for: it weighs little.
 */
async function boundOfLast(reading: Reading, bound: number, share: () => Run, gap: number): Promise<Decision<number>> {
  const { problem, cohorts } = reading
  const mayLeave = cohorts.some((cohort) => cohort.fixed.move === null && maySend(reading, cohort))
  let least = bound
  if (mayLeave || problem.fixed.some(({ kind }) => bindsOthers.has(kind))) {
    const loose = targetOf(reading, problem.years, 'all-years', true, true)
    const solved = gap > 0 ? await boundOf(loose, share()) : await boundAfterAll(loose, share())
    if (!solved.ok) return solved
    least = Math.min(solved.value, bound)
  }
  if (gap > 0) return accept(least)
  for (const year of years(problem).slice(0, -1)) {
    const missing = await boundOf({ ...targetOf(reading, year, 'all-years', true, true), asks: 'missing' }, share())
    if (!missing.ok) return missing
    least += (earlierWeight * Math.max(0, missing.value)) / missingWeight
  }
  return accept(least)
}

async function boundAfterAll(target: Target, run: Run): Promise<Decision<number>> {
  const solved = await solveTarget(target, run)
  return solved.ok ? accept(solved.value.bound) : solved
}

async function boundOfEach(reading: Reading, share: () => Run): Promise<Decision<number>> {
  let bound = 0
  for (const year of years(reading.problem)) {
    const most = await boundOf(targetOf(reading, year, 'all-years', true, true), share())
    if (!most.ok) return most
    bound += most.value / reading.problem.years
  }
  return accept(bound)
}

/** Year after year, what is best for the end of that year; a post that must be covered must be so in each. */
async function yearByYear(
  reading: Reading,
  share: () => Run,
): Promise<Decision<Pick<Found, 'actions' | 'isPossible'>>> {
  const { problem, placeOf } = reading
  let isPossible = true
  let actions: readonly Action[] = []
  for (const year of years(problem)) {
    const standing = withActions(reading, [...problem.fixed, ...actions])
    const target = targetOf(standing, year, 'this-year')
    // One year of several says nothing of the whole: a good plan of it is enough.
    const solved = await solveTarget(target, { ...share(), nodes: fewNodes })
    if (!solved.ok) return solved
    isPossible &&= solved.value.isPossible
    actions = [...actions, ...actionsOf(target, solved.value.chosen)]
  }
  return accept({ actions: ordered(actions, placeOf), isPossible })
}

/** Of each search in one year of several. */
const fewNodes = 100

const bindsOthers: ReadonlySet<Action['kind']> = new Set(['move', 'hire', 'pool'])

/** The engine minimises, and does not know what a hand has set: progress is told in the units of the answer. */
function engineRun(problem: PlanProblem, run: PlanRun): Run {
  const began = run.elapsed()
  const set = sum(problem.fixed, (action) => changesOf(problem, action))
  const isLeast = problem.aim.kind === 'every-shift'
  // A year of several, each the best for its own end, says nothing of the whole.
  const isPart = !isLeast && problem.years > 1
  const told = (value: number | null): number | null =>
    value === null || isPart ? null : isLeast ? value + set : -value - changeWeight * set
  return {
    solver: run.solver,
    seed: run.seed ?? 0,
    gap: run.gap ?? 0,
    seconds: run.seconds ?? 60,
    nodes: null,
    elapsed: () => run.elapsed() - began,
    shouldStop: run.shouldStop ?? (() => false),
    onProgress: (step, reached, bound) =>
      run.onProgress?.({ elapsed: run.elapsed(), reached: told(reached), bound: told(bound), step }),
  }
}

/** What actions of another answer are worth to this problem, beside the bound that is known of it; null: it cannot be read. */
export function toldFor(problem: PlanProblem, all: readonly Action[], value: Plan['value']): Decided | null {
  const read = readProblem(repriced(problem))
  if (!read.ok) return null
  const { fixed, aim } = read.value.problem
  const set = sum(fixed, (action) => changesOf(problem, action))
  const bound = aim.kind === 'every-shift' ? value.bound - set : -value.bound - changeWeight * set
  const left = new Set(fixed.map(nameOf))
  const actions = all.filter((action) => !left.delete(nameOf(action)))
  return weighed(read.value, { actions, bound, isDone: false, isPossible: true }, 0)
}

/** Two steps that a hand would call one, whatever they cost. */
const nameOf = ({ cost: _, ...action }: Action): string => JSON.stringify(Object.entries(action).sort())

function weighed(reading: Reading, { actions, bound, isDone, isPossible }: Found, gap: number): Decided {
  const { problem } = reading
  const all = ordered([...problem.fixed, ...actions], reading.placeOf)
  const before = coverOf(unplanned(reading))
  const after = coverOf(withActions(reading, all))
  const changes = sum(all, (action) => changesOf(problem, action))
  const set = sum(problem.fixed, (action) => changesOf(problem, action))
  const isLeast = problem.aim.kind === 'every-shift'
  const worth = worthOf(reading, after)
  const value = isLeast
    ? { sense: 'least' as const, reached: worth + changes, bound: bound + set }
    : { sense: 'most' as const, reached: worth - changeWeight * changes, bound: -bound - changeWeight * set }
  const far = Math.abs(value.reached - value.bound)
  const isProven = far <= 1e-6 * Math.max(1, Math.abs(value.bound))
  return {
    reading,
    actions: all,
    cover: after,
    isPossible,
    plan: {
      actions: all,
      before: before.map(publicly),
      after: after.map(publicly),
      cost: sum(all, ({ cost }) => cost),
      changes,
      // What rounding of floating point makes of an optimum must not look like a bound that was passed.
      value: isProven ? { ...value, bound: value.reached } : value,
      status: isProven ? 'proven' : isDone && far <= gap * Math.abs(value.bound) + 1e-6 ? 'within-gap' : 'stopped',
    },
  }
}

function unplanned(reading: Reading): Reading {
  return reading.problem.fixed.length === 0 ? reading : withActions(reading, [])
}

function publicly({ index, missing, ...cover }: Covered): PostCoverage {
  return cover
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0)
}
