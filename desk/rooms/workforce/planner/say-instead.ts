import type { BrokenPlanRule, PlanRule } from '@lentera/planner/checker'
import type { Action, Officer, PlanProblem } from '@lentera/planner/plan'
import { type Say, sayFacility } from './say-plan.ts'

/** What is allowed instead of a step that a rule refuses, in one sentence. */
export function sayInstead({ code, post, of, found, allowed }: BrokenPlanRule, problem: PlanProblem, say: Say): string {
  const { t, names, format } = say
  const key = insteadOf[code] ?? 'other'
  const at = post === null ? '' : names.post(post)
  if (key === 'offered') {
    const offered = post === null ? [] : whoOffered(problem, post)
    const listed = offered.slice(0, mostNamed).map(({ key: officer }) => names.officer(officer))
    return offered.length === 0
      ? t('cover.instead.nobody-offered', { post: at })
      : t('cover.instead.offered', { post: at, count: offered.length, officers: listed.join(', ') })
  }
  return t(`cover.instead.${key}`, {
    post: at,
    facility: of === null ? '' : sayFacility(of, t),
    more: format.number(Math.max(0, Math.ceil((allowed ?? 0) - (found ?? 0)))),
    allowed: format.number(Math.floor(allowed ?? 0)),
  })
}

/** The building without which nobody may be sent there, as late as it still is ready in time; undefined where it cannot be. */
export function facilityFirst(
  { code, post, of, year }: BrokenPlanRule,
  problem: PlanProblem,
  step: Action,
): { readonly post: string; readonly facility: string; readonly year: number } | undefined {
  if (code !== 'plan.facility-missing' || post === null || of === null || year === null) return undefined
  const decided = year - Math.max(0, Math.ceil(problem.rules.leadMonths.facility / 12) - 1)
  return decided >= 1 ? { post, facility: of, year: Math.min(decided, step.year) } : undefined
}

/** Women who said that they would go to a post; of those who did not, nobody can tell who said no and who said nothing. */
function whoOffered({ officers, rules }: PlanProblem, to: string): readonly Officer[] {
  if (rules.moves === 'none') return []
  return officers.filter(
    ({ isWoman, post, mayMove: { kind, onlyTo, notTo } }) =>
      isWoman &&
      post !== to &&
      (kind === 'volunteer' || (kind === 'if-asked' && rules.moves === 'if-asked')) &&
      !notTo.includes(to) &&
      (onlyTo === null || onlyTo.includes(to)),
  )
}

const mostNamed = 6

const insteadOf: Partial<Record<PlanRule, string>> = {
  'plan.too-late': 'sooner',
  'plan.facility-missing': 'facility',
  'plan.posted-alone': 'together',
  'plan.too-few-officers': 'officers',
  'plan.said-no': 'offered',
  'plan.not-a-volunteer': 'offered',
  'plan.not-where-she-would-go': 'offered',
  'plan.too-far-for-her': 'offered',
  'plan.moves-not-allowed': 'allow-moves',
  'plan.too-far': 'nearer',
  'plan.pool-too-far': 'nearer-neighbour',
  'plan.pooling-not-allowed': 'nearer-neighbour',
  'plan.pool-wrong': 'one-neighbour',
  'plan.hours-may-not-be-cut': 'night-hours',
  'plan.loses-cover': 'train-first',
  'plan.comes-and-goes': 'another-post',
  'plan.vacancies': 'vacancies',
  'plan.cap': 'raise-limit',
  'plan.budget': 'raise-limit',
  'plan.person-twice': 'once',
  'plan.facility-twice': 'once',
  'plan.closes-wrong': 'once',
  'plan.forbidden': 'allow-again',
}
