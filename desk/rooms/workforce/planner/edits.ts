import type { Action, Forbidden, PlanProblem } from '@lentera/planner/plan'

/** What a hand has set and struck out of a plan: it stands in every plan made after. */
export type Edits = { readonly fixed: readonly Action[]; readonly forbidden: readonly Forbidden[] }

export const noEdits: Edits = { fixed: [], forbidden: [] }

/** Keeps an action, or lets it go where it was kept. */
export const keep = ({ fixed, forbidden }: Edits, action: Action): Edits =>
  fixed.some((each) => isSame(each, action))
    ? { fixed: fixed.filter((each) => !isSame(each, action)), forbidden }
    : { fixed: [...fixed, action], forbidden }

/** Strikes an action out: none of its kind at its place and year is taken again, and whoever it named is left where she is. */
export const strike = ({ fixed, forbidden }: Edits, action: Action): Edits => ({
  fixed: fixed.filter((each) => !isSame(each, action)),
  forbidden: [...forbidden, forbids(action)],
})

export const allow = ({ fixed, forbidden }: Edits, struck: Forbidden): Edits => ({
  fixed,
  forbidden: forbidden.filter((each) => each !== struck),
})

export const withEdits = (problem: PlanProblem, { fixed, forbidden }: Edits): PlanProblem => ({
  ...problem,
  fixed: [...problem.fixed, ...fixed],
  forbidden: [...problem.forbidden, ...forbidden],
})

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

/** One and the same action, whatever it costs and however it is counted anew. */
export const isSame = (one: Action, other: Action): boolean => idOf(one) === idOf(other)

const idOf = ({ cost: _, ...action }: Action): string => JSON.stringify(action)
