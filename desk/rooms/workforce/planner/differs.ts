import { type BrokenPlanRule, checkSteps, type PlanRule } from '@lentera/planner/checker'
import type { Action, Officer, PlanProblem } from '@lentera/planner/plan'
import { type KeptPlan, type Standing, standingOf } from './saved.ts'

/** A kept plan beside the register of another day. */
export type Differs = {
  readonly before: Standing | null
  readonly today: Standing
  /** Posts that were open and are not, that are open and were not, and that are no longer in the register. */
  readonly closed: readonly string[]
  readonly opened: readonly string[]
  readonly gone: readonly string[]
  /** Steps that were carried out meanwhile, and those that can no longer be, with the rules against them. */
  readonly done: readonly Action[]
  readonly impossible: readonly { readonly action: Action; readonly broken: readonly BrokenPlanRule[] }[]
}

/**
 * What would be different if the same steps were signed today. The checker judges them; nothing is solved. Who offered to move, or to be on
 * call, when the plan was made is taken to offer it still: whoever took her offer back is in no word and in no number of a page that
 * others signed.
 */
export function differsToday({ actions, standing, onCall = [] }: KeptPlan, problem: PlanProblem): Differs {
  const called = new Set(onCall)
  const officers = problem.officers.map((officer) => asOffered(officer, actions, called))
  const { before, after, broken } = checkSteps({ ...problem, fixed: [], forbidden: [], officers }, actions)
  const today = standingOf(problem, before, after)
  const here = new Set(problem.posts.map(({ key }) => key))
  const [then, now] = [new Set(standing?.open ?? today.open), new Set(today.open)]
  const judged = actions.map((action, at) => ({ action, broken: broken.filter((rule) => rule.action === at) }))
  return {
    before: standing,
    today,
    closed: [...then].filter((post) => here.has(post) && !now.has(post)),
    opened: [...now].filter((post) => !then.has(post)),
    gone: [...then].filter((post) => !here.has(post)),
    done: judged.filter(isDone).map(({ action }) => action),
    impossible: judged.filter((each) => each.broken.length > 0 && !isDone(each)),
  }
}

function asOffered(given: Officer, actions: readonly Action[], called: ReadonlySet<string>): Officer {
  const officer = called.has(given.key) ? { ...given, isOnCall: true } : given
  const to = actions.flatMap((action) =>
    action.kind === 'move' && action.isVolunteer && action.who.officers.includes(officer.key) ? action.to : [],
  )
  return to.length === 0 ? officer : { ...officer, mayMove: { kind: 'volunteer', mostKm: null, onlyTo: to, notTo: [] } }
}

/** Who is trained, and what stands, needs no step: of several people of one step all must be. */
const isDone = ({ action, broken }: Differs['impossible'][number]): boolean =>
  broken.length >= ('who' in action ? action.count : 1) && broken.every(({ code }) => carriedOut.has(code))
const carriedOut: ReadonlySet<PlanRule> = new Set([
  'plan.needs-no-training',
  'plan.facility-twice',
  'plan.renewal-wrong',
])
