import type { Action, Forbidden, PlanProblem } from '@lentera/planner/plan'

/** What a hand has set and struck out of a plan: it stands in every plan made after. */
export type Edits = { readonly fixed: readonly Action[]; readonly forbidden: readonly Forbidden[] }

export const noEdits: Edits = { fixed: [], forbidden: [] }

/** Keeps an action, or lets it go where it was kept. */
export const keep = (edits: Edits, action: Action): Edits =>
  isSet(edits, action) ? { ...edits, fixed: others(edits, action) } : setStep(edits, action)

/** Sets a step: one of the plan, or one of her own. */
export const setStep = (edits: Edits, step: Action): Edits => ({ ...edits, fixed: [...others(edits, step), step] })

/**
 * Sets a step in the place of another. What the plan would otherwise do again by itself (hire where she no longer wants it) is
 * struck out; whoever is named, and a post that shares or closes, can be in one step only.
 */
export function changeStep(edits: Edits, before: Action, after: Action): Edits {
  const left = leftBehind(before, after)
  const set = setStep({ ...edits, fixed: others(edits, before) }, after)
  return left ? { ...set, forbidden: [...set.forbidden, left] } : set
}

/** Strikes an action out: none of its kind at its place and year is taken again, and whoever it named is left where she is. */
export const strike = (edits: Edits, action: Action): Edits => ({
  fixed: others(edits, action),
  forbidden: [...edits.forbidden, forbids(action)],
})

export const allow = ({ fixed, forbidden }: Edits, struck: Forbidden): Edits => ({
  fixed,
  forbidden: forbidden.filter((each) => each !== struck),
})

/** Whether a plan that was drawn with some edits is what they ask now: what was set since is in it, and nothing was struck out or allowed. */
export const isDrawnBy = (plan: readonly Action[], drawn: Edits, now: Edits): boolean =>
  JSON.stringify(drawn.forbidden) === JSON.stringify(now.forbidden) &&
  now.fixed.every((step) => plan.some((each) => isSame(each, step)))

export const isSet = ({ fixed }: Edits, action: Action): boolean => fixed.some((each) => isSame(each, action))

export const withEdits = (problem: PlanProblem, { fixed, forbidden }: Edits): PlanProblem => ({
  ...problem,
  fixed: [...problem.fixed, ...fixed],
  forbidden: [...problem.forbidden, ...forbidden],
})

function leftBehind(before: Action, after: Action): Forbidden | undefined {
  if (before.kind === 'hire' && after.kind === 'hire') {
    if (before.post !== after.post) return forbids(before)
    return before.year === after.year ? undefined : { ...forbids(before), year: before.year }
  }
  const isLeft =
    (before.kind === 'facility' && after.kind === 'facility' && before.post !== after.post) ||
    (before.kind === 'day-only' && after.kind === 'day-only' && before.post !== after.post)
  return isLeft ? forbids(before) : undefined
}

function forbids(action: Action): Forbidden {
  const nothing = { kind: action.kind, post: null, from: null, to: null, who: null, year: null }
  switch (action.kind) {
    case 'move':
      return { ...nothing, from: action.from, to: action.to }
    case 'pool':
      return { ...nothing, post: action.posts[0] }
    default:
      return { ...nothing, post: action.post }
  }
}

const others = ({ fixed }: Edits, action: Action): readonly Action[] => fixed.filter((each) => !isSame(each, action))

/** One and the same action, whatever it costs, however its words are ordered, and however it is counted anew. */
export const isSame = (one: Action, other: Action): boolean => nameOfStep(one) === nameOfStep(other)

export const nameOfStep = ({ cost: _, ...action }: Action): string =>
  JSON.stringify(Object.entries(action).sort(([one], [other]) => (one < other ? -1 : 1)))
