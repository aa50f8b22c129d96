import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import * as z from 'zod'

/**
 * The rules of one protected table, as they stand in `RULES.json`. Each has a default, so that `{}` is the house's rule: no cell
 * of fewer than five persons, be it nobody, nor any that gives one away.
 */
export const Rules = z.strictObject({
  method: z.enum(['suppress', 'round', 'cell-key', 'dp']).default('suppress'),
  /** Fewest persons a cell may show. */
  minimum: z.int().min(2).max(1000).default(5),
  /**
   * `hide`: an empty cell has the same face as a small one. `show`: nobody is no secret; a reader then knows that whatever is hidden is one person
   * or more, and each hidden cell is kept apart from there.
   */
  zeros: z.enum(['show', 'hide']).default('hide'),
  /** (n, k): a cell in which the n largest contributors have over k per cent of the persons. */
  dominance: z
    .strictObject({ n: z.int().min(1).max(10), k: z.number().min(1).max(100) })
    .nullable()
    .default(null),
  /** p per cent: a cell whose second contributor could tell the largest to within p per cent. */
  pPercent: z.number().min(1).max(100).nullable().default(null),
  /** Columns that hold the largest contributions to a cell, needed by those two. */
  contributions: z.array(z.string()).readonly().default([]),
  /** What a hidden cell costs: one each, its persons, or in between (the root of 1 + persons). */
  weight: z.enum(['cells', 'persons', 'between']).default('between'),
  /** Rounding to multiples of this. */
  base: z.int().min(2).max(100).default(5),
  /** Cell key: variance of the noise, and the most it moves a count. */
  noise: z
    .strictObject({ variance: z.number().min(0.1).max(100), most: z.int().min(1).max(50) })
    .default({ variance: 2, most: 5 }),
  /** Differential privacy of the whole table. */
  epsilon: z.number().positive().max(20).default(1),
  /**
   * Every code of a column, for differential privacy: where they are not listed, they are those that have a row, and that a code has one is told.
   */
  codes: z.record(z.string(), z.array(z.string()).readonly()).default({}),
  /** The column of counts; found by its name where not said. */
  value: z.string().nullable().default(null),
  hierarchies: z
    .strictObject({
      ignore: z.array(z.string()).readonly().optional(),
      combine: z.array(z.array(z.string()).readonly()).readonly().optional(),
      partitions: z.record(z.string(), z.record(z.string(), z.array(z.string()).readonly())).optional(),
    })
    .default({}),
})
export type Rules = z.infer<typeof Rules>

/** Refuses: `protect.rules-unreadable` {field, reason}. */
export function readRules(given: unknown): Decision<Rules> {
  const read = Rules.safeParse(given)
  if (read.success) return accept(read.data)
  const issue = read.error.issues[0]
  return refuse('protect.rules-unreadable', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' })
}

/** What it costs to hide a cell of so many persons. */
export function weightOf(count: number, { weight }: Rules): number {
  if (weight === 'cells') return 1
  return weight === 'persons' ? count : Math.sqrt(1 + count)
}
