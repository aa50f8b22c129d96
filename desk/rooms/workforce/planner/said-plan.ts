import * as z from 'zod'

/** A name and what is said of it, both as they are read. */
const Fact = z.tuple([z.string(), z.string()])
export type Fact = z.infer<typeof Fact>

const count = z.int().min(0)

/**
 * A plan in words, in the language in which it was said: once for the screen, the page that is signed, the workbook and what is kept.
 * Nobody's name is in it; the codes of officers only where she chose so. Numbers that a table adds up are numbers.
 */
export const SaidPlan = z.strictObject({
  language: z.string(),
  title: z.string(),
  /** Stands on every page of a demonstration; null where nothing is invented. */
  stamp: z.string().nullable(),
  /** The day of the register, how many posts and officers it counted, and what it could not. */
  under: z.string(),
  now: z.string(),
  /** Posts that lack a trained woman on some shifts if nothing is done, the widest gap first. */
  open: z.array(z.strictObject({ post: z.string(), covered: count, needed: count })),
  options: z.array(
    z.strictObject({
      name: z.string(),
      isProposed: z.boolean(),
      facts: z.array(Fact),
      /** That its steps are those of another, which is told in full. */
      same: z.string().exactOptional(),
    }),
  ),
  proposed: z.string(),
  /** All steps by kind, the gravest first. Not in a page that was kept before there were sums. */
  sums: z.array(z.string()).exactOptional(),
  steps: z.array(
    z.strictObject({
      year: z.int().min(1),
      /** Not in a page that was kept before steps were spread over their kinds. */
      kind: z.enum(['facility', 'train', 'move', 'hire', 'pool', 'day-only']).exactOptional(),
      text: z.string(),
      who: z.array(z.string()),
      /** null: it has no price. */
      cost: z.number().nullable(),
      isByHand: z.boolean(),
    }),
  ),
  /** What stays open, what is impossible first. */
  stays: z.array(z.strictObject({ text: z.string(), proof: z.array(z.string()) })),
  /** All of them by cause and reason. */
  staySums: z.array(z.string()).exactOptional(),
  /** How many of each list there were: a page that is kept may hold fewer. */
  counts: z.strictObject({ open: count, steps: count, stays: count }),
  judged: z.array(z.string()),
  assumed: z.array(Fact),
  /** In one sentence, for the page; `assumed` has all of it. */
  resting: z.string(),
})
export type SaidPlan = z.infer<typeof SaidPlan>
