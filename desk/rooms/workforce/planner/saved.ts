import { CivilDate } from '@lentera/core/shared/dates'
import type { Action, Forbidden, HumaneOption } from '@lentera/planner/plan'
import * as z from 'zod'

/**
 * A plan as the agency keeps it: what was assumed, what a hand set and struck out, and the steps of the one that was chosen. It is
 * opened by solving again with all of its steps set: so it is judged anew by the register of today, and says where it no longer holds.
 */
const Who = z.strictObject({
  officers: z.array(z.string()),
  groups: z.array(z.strictObject({ group: z.string(), count: z.int().min(1) })),
})
const acts = { year: z.int().min(1).max(5), count: z.number().positive(), cost: z.number().min(0) }

const KeptAction = z.discriminatedUnion('kind', [
  z.strictObject({ ...acts, kind: z.literal('facility'), post: z.string(), facility: z.string() }),
  z.strictObject({ ...acts, kind: z.literal('train'), post: z.string(), who: Who, isRenewal: z.boolean() }),
  z.strictObject({
    ...acts,
    kind: z.literal('move'),
    from: z.string(),
    to: z.string(),
    km: z.number().min(0),
    isVolunteer: z.boolean(),
    who: Who,
  }),
  z.strictObject({ ...acts, kind: z.literal('hire'), post: z.string() }),
  z.strictObject({
    ...acts,
    kind: z.literal('pool'),
    posts: z.tuple([z.string(), z.string()]),
    minutes: z.number().min(0),
  }),
  z.strictObject({ ...acts, kind: z.literal('day-only'), post: z.string(), closes: z.array(z.string()) }),
]) satisfies z.ZodType<Action>

const word = z.string().nullable()
const KeptForbidden = z.strictObject({
  kind: z.enum(['facility', 'train', 'move', 'hire', 'pool', 'day-only']).nullable(),
  post: word,
  from: word,
  to: word,
  who: word,
  year: z.int().nullable(),
}) satisfies z.ZodType<Forbidden>

const KeptPlan = z.strictObject({
  version: z.literal(1),
  day: CivilDate,
  typed: z.record(z.string(), z.string()),
  option: z.enum(['no-moves', 'fewest-changes', 'most-cover']),
  actions: z.array(KeptAction),
  forbidden: z.array(KeptForbidden),
})
export type KeptPlan = z.infer<typeof KeptPlan>

/** The text that is sealed. */
export const textOfPlan = (
  { key, plan, problem }: HumaneOption,
  typed: Readonly<Record<string, string>>,
  forbidden: readonly Forbidden[],
): string =>
  JSON.stringify({
    version: 1,
    day: problem.startsOn,
    typed,
    option: key,
    actions: plan.actions,
    forbidden,
  })

/** Undefined where it is not what this version writes. */
export function planOfText(text: string | undefined): KeptPlan | undefined {
  try {
    return KeptPlan.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}
