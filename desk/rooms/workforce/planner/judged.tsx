import { checkPlan } from '@lentera/planner/checker'
import type { Plan, PlanProblem } from '@lentera/planner/plan'
import { useText } from '@lentera/ui/parts'
import { useMemo } from 'react'
import { brokenInWords } from './say-broken.ts'
import type { Say } from './say-plan.ts'

/** What the independent checker, and not the solver, says of a plan. */
export function Judged({
  problem,
  plan,
  say,
}: {
  readonly problem: PlanProblem
  readonly plan: Plan
  readonly say: Say
}) {
  const t = useText()
  // Counted anew once, and not whenever the page around it is drawn.
  const { broken } = useMemo(() => checkPlan(problem, plan), [problem, plan])
  if (broken.length === 0)
    return (
      <p>
        {t('cover.judged.ok')} {plan.status === 'proven' && t('cover.judged.bound')}
      </p>
    )
  return (
    <ul role="alert">
      {broken.map((rule) => (
        <li key={JSON.stringify(rule)}>{brokenInWords(rule, say)}</li>
      ))}
    </ul>
  )
}
