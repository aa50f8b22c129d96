import type { Refusal } from '@lentera/core/shared/refusals'
import { solveTarget } from './master.ts'
import { askOverYears } from './over-years.ts'
import { repriced } from './price.ts'
import { isForbidden, type Reading, readProblem } from './reading.ts'
import type { PlanRun } from './solve.ts'
import { mayGo, maySend, targetOf, usedByFixed } from './target.ts'
import type { Action, PlanProblem, PlanRefusal, RuleOfPlan, YearCaps } from './words.ts'

/** A refusal with the rules that contradict; its values count them and name the first two. */
export function contradiction(contradicts: readonly RuleOfPlan[]): PlanRefusal {
  const [first, second] = contradicts
  return {
    code: 'planner.contradiction',
    values: {
      rules: contradicts.length,
      first: first?.rule ?? '',
      second: second?.rule ?? '',
      post: first?.post ?? '',
    },
    contradicts,
  }
}

export function plainly(refusal: Refusal): PlanRefusal {
  return { ...refusal, contradicts: [] }
}

// ---------------------------------------------------------------- what a hand has set

/** What a hand has set against a rule, each with that rule: seen without solving anything. The first is enough. */
export function handAgainstRules(reading: Reading): readonly RuleOfPlan[] | null {
  const { problem } = reading
  for (const action of problem.fixed) {
    const against = ruleAgainst(reading, action)
    if (against) return [setBy(action), against]
  }
  return capsAgainst(reading)
}

function setBy(action: Action): RuleOfPlan {
  const post = action.kind === 'pool' ? action.posts[0] : action.kind === 'move' ? action.to : action.post
  return { rule: 'fixed', post, year: action.year, of: action.kind, limit: action.count }
}

function ruleAgainst(reading: Reading, action: Action): RuleOfPlan | null {
  const { problem, placeOf } = reading
  const at = (rule: RuleOfPlan['rule'], post: string, limit: number | null = null): RuleOfPlan => ({
    rule,
    post,
    year: action.year,
    of: action.kind,
    limit,
  })
  const own = setBy(action).post ?? ''
  const who = 'who' in action ? [...action.who.officers, ...action.who.groups.map(({ group }) => group)] : []
  const ends = action.kind === 'move' ? { from: action.from, to: action.to } : {}
  const posts =
    action.kind === 'pool' ? action.posts : action.kind === 'move' ? [action.from, action.to] : [action.post]
  if (isForbidden(problem.forbidden, { kind: action.kind, posts, who, year: action.year, ...ends }))
    return at('forbidden', own)
  if (action.kind === 'facility') {
    const isThere = problem.posts[placeOf.get(own) ?? 0]?.facilities[action.facility] === 'yes'
    return isThere || problem.costs.facility[action.facility] === undefined ? at('cannot-be-built', own) : null
  }
  if (action.kind === 'day-only') return reading.posts[placeOf.get(own) ?? 0]?.day ? null : at('hours-stay', own)
  if (action.kind === 'pool') {
    const [a, b] = action.posts.map((key) => placeOf.get(key))
    const isNear = reading.pairs.some((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a))
    const others = problem.fixed.filter(
      (other) => other.kind === 'pool' && other.posts.some((key) => action.posts.includes(key)),
    )
    return isNear && others.length === 1 ? null : at('on-call', own, problem.rules.onCall.minutes)
  }
  const found = reading.cohorts.filter(({ members }) => members.some(({ key }) => who.includes(key)))
  if (action.kind === 'train')
    return found.every(({ mayBeTrained }) => mayBeTrained) ? null : at('may-not-be-trained', own)
  if (action.kind === 'move') {
    const to = placeOf.get(action.to) ?? 0
    if (!found.every((cohort) => maySend(reading, cohort) && mayGo(reading, cohort, to)))
      return at('may-not-move', action.to)
  }
  return placeAgainst(reading, action, own)
}

/** Facilities, company and vacancies of a post where a hand sends women; and what the one she leaves keeps. */
function placeAgainst(reading: Reading, action: Action, to: string): RuleOfPlan | null {
  const { problem, placeOf } = reading
  const target = targetOf(reading, problem.years, 'all-years', false)
  const post = target.posts[placeOf.get(to) ?? 0]
  if (!post) return null
  const at = (rule: RuleOfPlan['rule'], key: string, limit: number | null): RuleOfPlan => ({
    rule,
    post: key,
    year: null,
    of: null,
    limit,
  })
  if (post.unsafe.length > 0 && !post.canBuild) return at('facilities-first', to, null)
  const { vacancies } = post.read.post
  const sent = problem.fixed.reduce(
    (sum, each) =>
      sum + ((each.kind === 'hire' && each.post === to) || (each.kind === 'move' && each.to === to) ? each.count : 0),
    0,
  )
  const gone = problem.fixed.reduce((sum, each) => sum + (each.kind === 'move' && each.from === to ? each.count : 0), 0)
  if (vacancies !== null && sent - gone > vacancies) return at('vacancies', to, vacancies)
  const more = post.canHire ? post.arrivals : 0
  const { together } = problem.rules
  if (post.heads + more < together.women || post.officers + more < post.read.officersNeeded)
    return at('not-alone', to, together.women)
  if (action.kind !== 'move') return null
  const from = target.posts[placeOf.get(action.from) ?? 0]
  if (from && from.trained + target.stay * (from.trainOnCall + from.trainOther) < from.leastTrained - 1e-9)
    return at('keeps-covered', action.from, from.leastTrained)
  return null
}

function capsAgainst(reading: Reading): readonly RuleOfPlan[] | null {
  const { problem } = reading
  const used = usedByFixed(reading)
  for (const [index, caps] of problem.caps.entries()) {
    for (const name of Object.keys(caps) as (keyof YearCaps)[]) {
      const limit = caps[name]
      if (limit === null || (used[index]?.[name] ?? 0) <= limit + 1e-9) continue
      return [
        ...smallestOver(reading, name, index + 1, limit),
        { rule: 'cap', post: null, year: index + 1, of: name, limit },
      ]
    }
  }
  const { budget } = problem.aim
  const spent = problem.fixed.reduce((sum, { cost }) => sum + cost, 0)
  if (budget === null || spent <= budget + 1e-9) return null
  return [
    ...smallestOver(reading, 'budget', null, budget),
    { rule: 'budget', post: null, year: null, of: null, limit: budget },
  ]
}

/** The fewest actions that together pass a cap: the largest first. */
function smallestOver(
  { problem }: Reading,
  name: keyof YearCaps,
  year: number | null,
  limit: number,
): readonly RuleOfPlan[] {
  const kinds: Readonly<Record<string, Action['kind']>> = {
    trainings: 'train',
    moves: 'move',
    hires: 'hire',
    facilities: 'facility',
    pools: 'pool',
    dayOnly: 'day-only',
  }
  const amount = (action: Action): number =>
    name === 'budget' ? action.cost : action.kind === kinds[name] ? action.count : 0
  const found: RuleOfPlan[] = []
  let sum = 0
  for (const action of problem.fixed
    .filter((each) => (year === null || each.year === year) && amount(each) > 0)
    .toSorted((a, b) => amount(b) - amount(a))) {
    found.push(setBy(action))
    sum += amount(action)
    if (sum > limit) break
  }
  return found
}

// ---------------------------------------------------------------- what must be covered

/**
 * The smallest set of rules that leaves a post uncovered which must be covered: deletion filtering (Chinneck & Dravnieks
 * 1991) with halving (Junker 2004, QuickXplain). Without any one of them the others could hold. Null: they can, or whoever asked wants
 * no more before that is told. How many rules may still be among them is told as it goes on.
 *
 * @param first `at-once`: told in a moment, and blind for what only the years together make impossible; `over-years`: each step in each
 * year. Once they contradict, the smallest set is looked for both ways.
 */
export async function rulesAgainstCover(
  problem: PlanProblem,
  posts: readonly string[],
  run: PlanRun,
  first: 'at-once' | 'over-years',
): Promise<readonly RuleOfPlan[] | null> {
  const near = surroundings(problem, posts)
  // A set that contradicts near the posts contradicts in the country; where it does not, only the country tells.
  for (const looked of near === problem || problem.posts.length > mostWhole ? [near] : [near, problem]) {
    const rules = rulesOf(looked)
    const holds = holdsIn(looked, run)
    if (await holds(rules, first === 'over-years')) continue
    const found = await smallest([], rules, false, (some) => holds(some, looked.years > 1 || first === 'over-years'))
    return run.shouldStop?.() ? null : found
  }
  return null
}

/** Whether some rules can hold together; tells among how many the contradiction lies, as far as is known. */
function holdsIn(
  problem: PlanProblem,
  run: PlanRun,
): (rules: readonly RuleOfPlan[], isOverYears: boolean) => Promise<boolean> {
  let left = Number.POSITIVE_INFINITY
  return async (rules, isOverYears) => {
    const is = await isPossible(problem, rules, run, isOverYears)
    if (!is) left = Math.min(left, rules.length)
    const known = Number.isFinite(left) ? { rules: left } : {}
    run.onProgress?.({ elapsed: run.elapsed(), reached: null, bound: null, step: 'contradiction', ...known })
    return is
  }
}

/** The fewest of these rules that contradict, with others that stay; `hasGrown`: those others were never asked alone. */
async function smallest(
  background: readonly RuleOfPlan[],
  rules: readonly RuleOfPlan[],
  hasGrown: boolean,
  holds: (rules: readonly RuleOfPlan[]) => Promise<boolean>,
): Promise<readonly RuleOfPlan[]> {
  if (hasGrown && !(await holds(background))) return []
  if (rules.length === 1) return rules
  const half = Math.ceil(rules.length / 2)
  const [first, second] = [rules.slice(0, half), rules.slice(half)]
  const right = await smallest([...background, ...first], second, first.length > 0, holds)
  const left = await smallest([...background, ...right], first, right.length > 0, holds)
  return [...left, ...right]
}

/** What could help these posts: themselves, neighbours who could lend, posts whose women could come. */
function surroundings(problem: PlanProblem, posts: readonly string[]): PlanProblem {
  const read = readProblem(repriced(problem))
  if (!read.ok || problem.posts.length <= mostLooked) return problem
  const { placeOf, pairs, atlas } = read.value
  const kept = new Set<number>()
  for (const key of posts) {
    const at = placeOf.get(key)
    const post = problem.posts[at ?? -1]
    if (at === undefined || !post) continue
    kept.add(at)
    for (const { a, b } of pairs) if (a === at || b === at) kept.add(a).add(b)
    for (const { index } of atlas.near(post, problem.rules.mostMoveKm, mostNear, () => true)) kept.add(index)
  }
  const names = new Set([...kept].map((at) => problem.posts[at]?.key ?? ''))
  return {
    ...problem,
    posts: problem.posts.filter(({ key }) => names.has(key)),
    officers: problem.officers.filter(({ post }) => names.has(post)),
    groups: problem.groups.filter(({ post }) => names.has(post)),
    fixed: problem.fixed.filter((action) => {
      if (action.kind === 'pool') return action.posts.every((key) => names.has(key))
      return action.kind === 'move' ? names.has(action.from) && names.has(action.to) : names.has(action.post)
    }),
  }
}

const mostLooked = 60
const mostWhole = 250
const mostNear = 30

function rulesOf({ posts, caps, aim, rules, fixed, forbidden }: PlanProblem): readonly RuleOfPlan[] {
  const plain = { post: null, year: null, of: null, limit: null }
  return [
    ...posts
      .filter(({ mustBeCovered }) => mustBeCovered)
      .map(({ key }) => ({ ...plain, rule: 'must-be-covered' as const, post: key })),
    ...caps.flatMap((of, index) =>
      (Object.keys(of) as (keyof YearCaps)[]).flatMap((name) =>
        of[name] === null ? [] : [{ ...plain, rule: 'cap' as const, year: index + 1, of: name, limit: of[name] }],
      ),
    ),
    ...(aim.budget === null ? [] : [{ ...plain, rule: 'budget' as const, limit: aim.budget }]),
    ...posts
      .filter(({ vacancies }) => vacancies !== null)
      .map(({ key, vacancies }) => ({ ...plain, rule: 'vacancies' as const, post: key, limit: vacancies })),
    ...posts
      .filter(({ facilities }) => rules.facilitiesNeeded.some((facility) => facilities[facility] !== 'yes'))
      .map(({ key }) => ({ ...plain, rule: 'facilities-first' as const, post: key })),
    { ...plain, rule: 'not-alone', limit: rules.together.women },
    { ...plain, rule: 'lead-times' },
    ...(fixed.length > 0 ? [{ ...plain, rule: 'fixed' as const, limit: fixed.length }] : []),
    ...(forbidden.length > 0 ? [{ ...plain, rule: 'forbidden' as const, limit: forbidden.length }] : []),
  ]
}

/**
 * Whether everything that must be covered can be, under these rules alone. Where its seconds end before that is proven, it is taken
 * to be possible: the set that is named may then be larger than the smallest, never one that does not contradict.
 */
async function isPossible(
  problem: PlanProblem,
  rules: readonly RuleOfPlan[],
  run: PlanRun,
  isOverYears: boolean,
): Promise<boolean> {
  const has = (
    rule: RuleOfPlan['rule'],
    post: string | null = null,
    year: number | null = null,
    of: RuleOfPlan['of'] = null,
  ): boolean => rules.some((each) => each.rule === rule && each.post === post && each.year === year && each.of === of)
  const posts = problem.posts.map((post) => ({
    ...post,
    mustBeCovered: post.mustBeCovered && has('must-be-covered', post.key),
    vacancies: has('vacancies', post.key) ? post.vacancies : null,
    facilities: has('facilities-first', post.key)
      ? post.facilities
      : Object.fromEntries(problem.rules.facilitiesNeeded.map((facility) => [facility, 'yes' as const])),
  }))
  const relaxed: PlanProblem = {
    ...problem,
    posts,
    caps: problem.caps.map((caps, index) => {
      const of = (name: keyof YearCaps): number | null => (has('cap', null, index + 1, name) ? caps[name] : null)
      return {
        trainings: of('trainings'),
        moves: of('moves'),
        hires: of('hires'),
        facilities: of('facilities'),
        pools: of('pools'),
        dayOnly: of('dayOnly'),
        budget: of('budget'),
      }
    }),
    aim: { kind: 'every-shift', budget: has('budget') ? problem.aim.budget : null },
    rules: {
      ...problem.rules,
      ...(has('not-alone') ? {} : { together: { women: 0, officersPerShift: 0 } }),
      ...(has('lead-times') ? {} : { leadMonths: { training: 0, hiring: 0, facility: 0 } }),
    },
    fixed: has('fixed') ? problem.fixed : [],
    forbidden: has('forbidden') ? problem.forbidden : [],
  }
  const read = readProblem(repriced(relaxed))
  if (!read.ok) return true
  // Over several years who comes and goes binds others from its year on alone.
  const target = { ...targetOf(read.value, problem.years, 'all-years', true, problem.years > 1), onlyMust: true }
  const began = run.elapsed()
  // In posts that must be covered and are not. How many is nothing to anybody, only whether it is any: as they are whole, a bound above
  // none is enough.
  const isAny = (bound: number): boolean => bound > 1e-4
  const isSettled = (reached: number | null, bound: number | null): boolean =>
    (reached !== null && reached < 1) || (bound !== null && isAny(bound))
  let settled = false
  const solved = await solveTarget(target, {
    solver: run.solver,
    seed: run.seed ?? 0,
    nodes: null,
    gap: 0,
    elapsed: () => run.elapsed() - began,
    seconds: 5,
    shouldStop: () => settled || (run.shouldStop?.() ?? false),
    onProgress: (_, reached, bound) => {
      settled ||= isSettled(reached, bound)
    },
  })
  if (solved.ok && solved.value.reached >= 1 && isAny(solved.value.bound)) return false
  if (!isOverYears || run.shouldStop?.()) return true
  return (await askOverYears(read.value, run, 'any')) !== 'none'
}
