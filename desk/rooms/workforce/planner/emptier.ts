import type { HumaneOption } from '@lentera/planner/plan'
import type { Drawn } from './messages.ts'

/** What was found when somebody stopped, against what was drawn before: ways, and shifts of 28 days that the first of both leaves open. */
export type Emptier =
  | { readonly what: 'fewer-ways' }
  | { readonly what: 'more-open'; readonly now: number; readonly before: number }

/**
 * Whether what was found until somebody stopped is less than what stands on the page: a way is not there, or leaves more shifts open.
 * Then it does not take its place without her; null: it may.
 */
export function emptierThan(now: Drawn, before: Drawn): Emptier | null {
  const isTold = (key: HumaneOption['key']): boolean =>
    now.options.some((option) => option.key === key) || now.impossible.some((way) => way.key === key)
  // Of ways that are none by the rules something is said; of those that were not come to, nothing.
  if (before.options.some(({ key }) => !isTold(key)) && now.options.length < before.options.length)
    return { what: 'fewer-ways' }
  for (const option of now.options) {
    const other = before.options.find(({ key }) => key === option.key)
    if (other === undefined || option.plan.status !== 'stopped') continue
    if (option.uncovered > other.uncovered + 0.5)
      return { what: 'more-open', now: option.uncovered, before: other.uncovered }
  }
  return null
}
