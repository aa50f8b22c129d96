import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { inQuarters, markInError, withKeys } from '../../log/sealed-kinds.ts'
import { sealedOfPlan, sealedOfRoster } from './words.ts'

/** In the clear stands whose it is and in which country: not how many posts, shifts or officers, and not which. */
const plan = { ...inQuarters, stream: 'cover-plan', who: ['focal-point'] } as const

/** Version 2 keeps the page that was signed beside the steps. In the clear nothing changed, and a plan of version 1 has no page. */
const withPage = { ...plan, version: 2, upcasts: { 2: (coded) => coded } } as const satisfies Partial<Kind>

export const coverPlanned: Kind = {
  ...withPage,
  kind: 'workforce.cover-planned',
  opens: true,
  sets: 'stream',
  coded: z.strictObject(withKeys),
  sealed: [...sealedOfPlan, 'at'],
}

/** The plan as it was drawn again, by a hand or by the planner. What was drawn before stays in its history. */
export const coverReplanned: Kind = {
  ...withPage,
  kind: 'workforce.cover-replanned',
  sets: 'stream',
  coded: z.strictObject({}),
  sealed: [...sealedOfPlan, 'replannedAt'],
}

export const coverPlanInError: Kind = {
  ...plan,
  kind: 'workforce.cover-plan-in-error',
  sets: 'named',
  coded: markInError,
  sealed: ['markedAt'],
}

const roster = { ...inQuarters, stream: 'roster', who: ['focal-point'] } as const

/**
 * Version 2 says beside the duties which shifts were kept with somebody alone, version 3 which days a hand set, version 4 which other rules
 * were kept broken. In the clear nothing changed.
 */
const withMarks = {
  ...roster,
  version: 4,
  upcasts: { 2: (coded) => coded, 3: (coded) => coded, 4: (coded) => coded },
} as const satisfies Partial<Kind>

export const rosterMade: Kind = {
  ...withMarks,
  kind: 'workforce.roster-made',
  opens: true,
  sets: 'stream',
  coded: z.strictObject(withKeys),
  sealed: [...sealedOfRoster, 'at'],
}

export const rosterChanged: Kind = {
  ...withMarks,
  kind: 'workforce.roster-changed',
  sets: 'stream',
  coded: z.strictObject({}),
  sealed: ['duties', 'alone', 'byHand', 'broken', 'changedAt'],
}

export const rosterInError: Kind = {
  ...roster,
  kind: 'workforce.roster-in-error',
  sets: 'named',
  coded: markInError,
  sealed: ['markedAt'],
}

export const coverKinds: readonly Kind[] = [
  coverPlanned,
  coverReplanned,
  coverPlanInError,
  rosterMade,
  rosterChanged,
  rosterInError,
]
