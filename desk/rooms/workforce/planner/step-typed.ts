import type { Refusal } from '@lentera/core/shared/refusals'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import type { Action, PlanProblem, StepWish } from '@lentera/planner/plan'

/** The kinds in the order in which they come first: building, training, hiring, sharing, then moves and shorter hours. */
export const stepKinds = [
  'facility',
  'train',
  'hire',
  'pool',
  'move',
  'day-only',
] as const satisfies readonly Action['kind'][]

/** What the form of a step holds: each field as its list gives it, '' while nothing is chosen. `officers`: keys with blanks between. */
export type StepTyped = {
  readonly kind: string
  readonly post: string
  readonly facility: string
  readonly officers: string
  readonly to: string
  readonly other: string
  readonly count: string
  readonly year: string
}

export function typedOf(action: Action | undefined): StepTyped {
  const empty = { kind: '', post: '', facility: '', officers: '', to: '', other: '', count: '1', year: '1' }
  if (!action) return empty
  const typed = { ...empty, kind: action.kind, year: String(action.year), count: String(action.count) }
  switch (action.kind) {
    case 'move':
      return { ...typed, post: action.from, to: action.to, officers: action.who.officers.join(' ') }
    case 'train':
      return { ...typed, post: action.post, officers: action.who.officers.join(' ') }
    case 'pool':
      return { ...typed, post: action.posts[0], other: action.posts[1] }
    case 'facility':
      return { ...typed, post: action.post, facility: action.facility }
    default:
      return { ...typed, post: action.post }
  }
}

/** Undefined while something is not chosen, or is no number that makes sense. */
export function wishOf(typed: StepTyped, { years }: Pick<PlanProblem, 'years'>): StepWish | undefined {
  const { post, facility, to, other } = typed
  const year = readWholeNumber(typed.year)
  const officers = typed.officers.split(' ').filter((key) => key !== '')
  if (!year || year < 1 || year > years || post === '') return undefined
  switch (typed.kind) {
    case 'facility':
      return facility === '' ? undefined : { kind: 'facility', post, facility, year }
    case 'train':
      return officers.length === 0 ? undefined : { kind: 'train', officers, year }
    case 'move':
      return officers.length === 0 || to === '' ? undefined : { kind: 'move', officers, to, year }
    case 'pool':
      return other === '' ? undefined : { kind: 'pool', posts: [post, other], year }
    case 'day-only':
      return { kind: 'day-only', post, year }
    case 'hire': {
      const count = readCount(typed.count)
      return count === undefined ? undefined : { kind: 'hire', post, count, year }
    }
    default:
      return undefined
  }
}

/** Why the number of women to hire cannot stay as it is: `cover.hire-count` {most}. Undefined where it can. */
export const wrongCount = (typed: string): Refusal | undefined =>
  readCount(typed) === undefined ? { code: 'cover.hire-count', values: { most: mostHired } } : undefined

function readCount(typed: string): number | undefined {
  const count = readWholeNumber(typed)
  return count === undefined || count < 1 || count > mostHired ? undefined : count
}

/** Beyond this a number is a slip of a finger, not a plan for one post. */
const mostHired = 200
