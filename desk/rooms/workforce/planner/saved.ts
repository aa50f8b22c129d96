import { CivilDate } from '@lentera/core/shared/dates'
import type { Action, Forbidden, HumaneOption, PlanProblem, PostCoverage } from '@lentera/planner/plan'
import * as z from 'zod'
import type { Edits } from './edits.ts'
import { priceFields } from './prices.ts'
import { SaidPlan } from './said-plan.ts'
import { spread } from './say-sums.ts'

/**
 * A plan as the agency keeps it: the page as it was signed, and what it rests on: what was assumed, what a hand struck out, and the
 * steps of the one that was chosen. The page is shown and printed as it was; the steps are judged by the register of today, and can be
 * solved again with all of them set.
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

const Option = z.enum(['no-moves', 'fewest-changes', 'most-cover', 'no-hires'])

const word = z.string().nullable()
const KeptForbidden = z.strictObject({
  kind: z.enum(['facility', 'train', 'move', 'hire', 'pool', 'day-only']).nullable(),
  post: word,
  from: word,
  to: word,
  who: word,
  year: z.int().nullable(),
}) satisfies z.ZodType<Forbidden>

const keptInAll = {
  day: CivilDate,
  typed: z.record(z.string(), z.string()),
  actions: z.array(KeptAction),
  forbidden: z.array(KeptForbidden),
}

const whole = z.int().min(0)

/** What the register gave on the day of the page, to be laid beside what it gives later: posts by their keys, shifts of 28 days. */
const Standing = z.strictObject({
  posts: whole,
  open: z.array(z.string()),
  uncovered: z.number().min(0),
  left: z.number().min(0),
})
export type Standing = z.infer<typeof Standing>

const OfVersion1 = z.strictObject({
  ...keptInAll,
  version: z.literal(1),
  option: z.enum(['no-moves', 'fewest-changes', 'most-cover']),
})
const OfVersion2 = z.strictObject({
  ...keptInAll,
  version: z.literal(2),
  option: Option,
  /** null: kept before it was written down. */
  standing: Standing.nullable(),
  /** Who offered to be on call at the posts that share their women: to be taken as offered still (`differsToday`). Not in a plan kept before. */
  onCall: z.array(z.string()).exactOptional(),
})
export type KeptPlan = z.infer<typeof OfVersion2>

const KeptEdits = z.array(z.strictObject({ fixed: z.array(KeptAction), forbidden: z.array(KeptForbidden) }))

/** What a hand has set and struck out, before each change and after the last; none where it is not what this version writes. */
export const editsOfText = (text: string | undefined): readonly Edits[] => KeptEdits.safeParse(jsonOf(text)).data ?? []

export const optionOfText = (text: string | undefined): HumaneOption['key'] | undefined => Option.safeParse(text).data

/** The texts that are sealed: the steps to be solved again, and the page as it was read. */
export function textsToKeep(
  { key, plan, problem }: HumaneOption,
  said: SaidPlan,
  typed: Readonly<Record<string, string>>,
  forbidden: readonly Forbidden[],
): { readonly drawn: string; readonly page: string } {
  const kept: KeptPlan = {
    version: 2,
    day: problem.startsOn,
    typed: { ...typed },
    option: key,
    // Their types are readonly in the planner's words; the text is the same.
    actions: plan.actions.map((action) => KeptAction.parse(action)),
    forbidden: [...forbidden],
    standing: standingOf(problem, plan.before, plan.after),
    onCall: onCallAt(problem, plan.actions),
  }
  return { drawn: JSON.stringify(kept), page: JSON.stringify(shortened(said)) }
}

function onCallAt({ officers }: Pick<PlanProblem, 'officers'>, actions: readonly Action[]): string[] {
  const shared = new Set(actions.flatMap((action) => (action.kind === 'pool' ? action.posts : [])))
  return officers.filter(({ post, isOnCall }) => isOnCall && shared.has(post)).map(({ key }) => key)
}

/** What a page is laid beside later: who is open if nothing is done, and what the steps leave open. */
export function standingOf(
  { posts, years }: Pick<PlanProblem, 'posts' | 'years'>,
  before: readonly PostCoverage[],
  after: readonly PostCoverage[],
): Standing {
  const missing = (rows: readonly PostCoverage[]): number =>
    rows.reduce((sum, { covered, needed }) => sum + Math.max(0, needed - covered), 0)
  const now = before.filter(({ year }) => year === 1)
  return {
    posts: posts.length,
    open: now.filter(({ covered, needed }) => covered < needed - 1e-9).map(({ post }) => post),
    uncovered: missing(now),
    left: missing(after.filter(({ year }) => year === years)),
  }
}

/** Undefined where it is not what this version or the one before it writes. */
export function planOfText(text: string | undefined): KeptPlan | undefined {
  const said = jsonOf(text)
  return OfVersion2.safeParse(said).data ?? upgraded(OfVersion1.safeParse(said).data)
}

/** The page as it was signed; undefined of a plan that was kept before pages were. */
export const pageOfText = (text: string | undefined): SaidPlan | undefined => SaidPlan.safeParse(jsonOf(text)).data

/** What stood at 0 in version 1 was what nobody had written: a price that is not known. */
function upgraded(plan: z.infer<typeof OfVersion1> | undefined): KeptPlan | undefined {
  if (!plan) return undefined
  const prices = priceFields.flatMap((field): [string, string][] => (plan.typed[field] === '0' ? [[field, '']] : []))
  return { ...plan, version: 2, typed: { ...plan.typed, ...Object.fromEntries(prices) }, standing: null }
}

/** A page of one sheet shows fewer than this; the text must fit its sealed field in Burmese too. */
const shortened = (said: SaidPlan): SaidPlan => ({
  ...said,
  open: said.open.slice(0, 40),
  steps: spread(said.steps, 60).map((step) => ({ ...step, who: step.who.slice(0, 20) })),
  stays: said.stays.slice(0, 15),
})

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
