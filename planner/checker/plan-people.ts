import type { Action, MoveAction, TrainAction } from '../plan/words.ts'
import { type BrokenPlanRule, brokenPlan, type PlanRule } from './broken.ts'
import type { Judged, StepRuleReading } from './plan-judged.ts'
import {
  countsIn,
  isValidAtEndOf,
  kilometres,
  kindOf,
  type People,
  type Placed,
  placedOf,
  type Reading,
  type Taken,
  takenBy,
} from './plan-reading.ts'

/** Who is trained or moved: whom it may be, where she serves, and what she has said. */
export const peopleRules: readonly StepRuleReading[] = [
  notThere,
  personTwice,
  notAWoman,
  mayNotBeTrained,
  needsNoTraining,
  renewalWrong,
  saidNo,
  notAVolunteer,
  movesNotAllowed,
  volunteerWrong,
  notWhereSheWouldGo,
  tooFarForHer,
  tooFar,
  movedUntrained,
]

/** `somebody`: an officer or a group as the problem has it, and as one action takes it. */
type Somebody<Some extends Action> = Placed<Some> & { readonly taken: Taken; readonly people: People }

function everyone<Some extends TrainAction | MoveAction>(
  { people }: Reading,
  placed: readonly Placed<Some>[],
): readonly Somebody<Some>[] {
  return placed.flatMap(({ action, at }) =>
    takenBy(action.who).flatMap((taken) => {
      const known = people.get(taken.name)
      return known === undefined ? [] : [{ action, at, taken, people: known }]
    }),
  )
}

const movedIn = (judged: Judged) => everyone(judged, placedOf(judged.plan.actions, 'move'))
const trainedIn = (judged: Judged) => everyone(judged, placedOf(judged.plan.actions, 'train'))

function say(
  code: PlanRule,
  { action, at, taken }: Somebody<TrainAction | MoveAction>,
  numbers: { readonly found?: number; readonly allowed?: number } = {},
): BrokenPlanRule {
  const post = action.kind === 'move' ? action.to : action.post
  return brokenPlan(code, { action: at, post, year: action.year, of: taken.key, ...numbers })
}

// ---------------------------------------------------------------------------------------------------------------------
// Whoever it is

function notThere(judged: Judged): readonly BrokenPlanRule[] {
  const about = [
    ...movedIn(judged).map((one) => ({ one, from: one.action.from })),
    ...trainedIn(judged).map((one) => ({ one, from: one.action.post })),
  ]
  return about
    .filter(({ one, from }) => one.people.serves.post !== from)
    .map(({ one, from }) => ({ ...say('plan.not-there', one), post: from }))
}

/** Nobody is moved twice or trained twice; of a group not more than there are. */
function personTwice({ plan, people }: Judged): readonly BrokenPlanRule[] {
  return (['move', 'train'] as const).flatMap((kind) => {
    const taken = placedOf(plan.actions, kind).flatMap(({ action, at }) =>
      takenBy(action.who).map((one) => ({ ...one, at, year: action.year })),
    )
    return [...Map.groupBy(taken, ({ name }) => name)].flatMap(([name, all]) => {
      const found = all.reduce((total, { count }) => total + count, 0)
      const allowed = people.get(name)?.count ?? Infinity
      const last = all.at(-1)
      if (found <= allowed || last === undefined) return []
      return [brokenPlan('plan.person-twice', { action: last.at, year: last.year, of: last.key, found, allowed })]
    })
  })
}

function notAWoman(judged: Judged): readonly BrokenPlanRule[] {
  return [...movedIn(judged), ...trainedIn(judged)]
    .filter(({ people }) => !people.serves.isWoman)
    .map((one) => say('plan.not-a-woman', one))
}

// ---------------------------------------------------------------------------------------------------------------------
// Trained

function mayNotBeTrained(judged: Judged): readonly BrokenPlanRule[] {
  return trainedIn(judged)
    .filter(({ people }) => !people.serves.mayBeTrained)
    .map((one) => say('plan.may-not-be-trained', one))
}

function needsNoTraining(judged: Judged): readonly BrokenPlanRule[] {
  return trainedIn(judged)
    .filter(({ people }) => people.serves.training.isTrained && !expires(judged, people))
    .map((one) => say('plan.needs-no-training', one))
}

function renewalWrong(judged: Judged): readonly BrokenPlanRule[] {
  return trainedIn(judged)
    .filter(({ people, action }) => {
      const { training } = people.serves
      const holds = training.isTrained && (training.until === null || training.until >= judged.problem.startsOn)
      return holds ? expires(judged, people) && !action.isRenewal : action.isRenewal
    })
    .map((one) => say('plan.renewal-wrong', one))
}

/** Her certificate ends before the plan does. */
function expires({ problem }: Judged, { serves: { training } }: People): boolean {
  return training.isTrained && !isValidAtEndOf(problem, problem.years, training.until)
}

// ---------------------------------------------------------------------------------------------------------------------
// Moved

function saidNo(judged: Judged): readonly BrokenPlanRule[] {
  return movedIn(judged)
    .filter(({ people }) => people.serves.mayMove.kind === 'no')
    .map((one) => say('plan.said-no', one))
}

function notAVolunteer(judged: Judged): readonly BrokenPlanRule[] {
  if (judged.problem.rules.moves !== 'volunteers') return []
  return movedIn(judged)
    .filter(({ people }) => people.serves.mayMove.kind === 'if-asked')
    .map((one) => say('plan.not-a-volunteer', one))
}

function movesNotAllowed({ problem, plan }: Judged): readonly BrokenPlanRule[] {
  if (problem.rules.moves !== 'none') return []
  return placedOf(plan.actions, 'move').map(({ action, at }) =>
    brokenPlan('plan.moves-not-allowed', {
      action: at,
      post: action.to,
      year: action.year,
      found: action.count,
      allowed: 0,
    }),
  )
}

function volunteerWrong(judged: Judged): readonly BrokenPlanRule[] {
  return movedIn(judged)
    .filter(({ action, people: { serves } }) => {
      const said = serves.mayMove.kind
      return said !== 'no' && action.isVolunteer !== (said === 'volunteer')
    })
    .map((one) => say('plan.volunteer-wrong', one))
}

function notWhereSheWouldGo(judged: Judged): readonly BrokenPlanRule[] {
  return movedIn(judged)
    .filter(({ action: { to }, people: { serves } }) => {
      const { onlyTo, notTo } = serves.mayMove
      return to === serves.post || notTo.includes(to) || (onlyTo !== null && !onlyTo.includes(to))
    })
    .map((one) => say('plan.not-where-she-would-go', one))
}

function tooFarForHer(judged: Judged): readonly BrokenPlanRule[] {
  return movedIn(judged).flatMap((one) => {
    const { serves } = one.people
    const allowed = serves.mayMove.mostKm
    const from = ('home' in serves ? serves.home : null) ?? judged.posts.get(serves.post)
    const to = judged.posts.get(one.action.to)
    if (allowed === null || from === undefined || to === undefined) return []
    const found = kilometres(from, to)
    return found > allowed + tolerance ? [say('plan.too-far-for-her', one, { found, allowed })] : []
  })
}

function tooFar({ problem, posts, plan }: Judged): readonly BrokenPlanRule[] {
  return placedOf(plan.actions, 'move').flatMap(({ action, at }) => {
    const [from, to] = [posts.get(action.from), posts.get(action.to)]
    if (from === undefined || to === undefined) return []
    const [found, allowed] = [kilometres(from, to), problem.rules.mostMoveKm]
    return found > allowed + tolerance
      ? [brokenPlan('plan.too-far', { action: at, post: to.key, year: action.year, found, allowed })]
      : []
  })
}

/** Kilometres by which two ways to compute one distance may differ. */
const tolerance = 1e-6

/**
 * The plan moves nobody to keep others company: whoever moves is trained by the end of that year. A hand may send an untrained woman,
 * and is told that she covers nothing there yet.
 */
function movedUntrained(judged: Judged): readonly BrokenPlanRule[] {
  const { problem, plan, people } = judged
  const months = problem.rules.leadMonths.training
  const isSet = ({ action, taken }: Somebody<MoveAction>): boolean =>
    problem.fixed.some(
      (set) =>
        set.kind === 'move' &&
        set.to === action.to &&
        set.year === action.year &&
        takenBy(set.who).some(({ name }) => name === taken.name),
    )
  const counts = (some: readonly (TrainAction | MoveAction)[], name: string): number =>
    some.flatMap(({ who }) => takenBy(who)).reduce((sum, taken) => sum + (taken.name === name ? taken.count : 0), 0)
  return movedIn(judged).flatMap((one) => {
    const { year } = one.action
    const { training } = one.people.serves
    const holds = training.isTrained && isValidAtEndOf(problem, year, training.until)
    const trainings = kindOf(plan.actions, 'train').filter((action) => countsIn(action, months) <= year)
    const allowed = holds ? Infinity : counts(trainings, one.taken.name)
    const moves = kindOf(plan.actions, 'move').filter((action) => action.year <= year)
    const found = counts(moves, one.taken.name)
    return found > allowed && people.has(one.taken.name) && one.people.serves.isWoman && !isSet(one)
      ? [say('plan.moved-untrained', one, { found, allowed })]
      : []
  })
}
