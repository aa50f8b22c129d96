import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import * as z from 'zod'
import { joined, partitionsIn } from '../audit/hierarchy.ts'
import type { PublishedTable } from '../audit/published.ts'

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
  epsilon: z.number().min(0.001).max(20).default(1),
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
      partitions: z
        .record(
          z.string(),
          z.record(
            z.string(),
            z.union([z.array(z.string()).readonly(), z.array(z.array(z.string()).readonly()).readonly()]),
          ),
        )
        .optional(),
    })
    .default({}),
})
export type Rules = z.infer<typeof Rules>

/**
 * Refuses: `protect.rules-no-object` {example}; `protect.no-such-rule` {name, rules}; `protect.rule-one-of` {field, allowed}; `protect.rule-too-small` {field, least};
 * `protect.rule-too-large` {field, most}; `protect.rule-kind` {field, kind}.
 */
export function readRules(given: unknown): Decision<Rules> {
  const read = Rules.safeParse(given)
  if (read.success) return accept(read.data)
  const [issue] = read.error.issues
  const field = issue?.path.join('.') ?? ''
  if (issue === undefined || (field === '' && issue.code !== 'unrecognized_keys'))
    return refuse('protect.rules-no-object', { example: '{"minimum": 5}' })
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = field === '' ? Object.keys(Rules.shape) : knownWithin(field)
      return refuse('protect.no-such-rule', {
        name: [...(field === '' ? [] : [field]), issue.keys[0] ?? ''].join('.'),
        rules: allowed.join(', '),
      })
    }
    case 'invalid_value':
      return refuse('protect.rule-one-of', { field, allowed: issue.values.map(String).join(', ') })
    case 'too_small':
      return refuse('protect.rule-too-small', { field, least: Number(issue.minimum) })
    case 'too_big':
      return refuse('protect.rule-too-large', { field, most: Number(issue.maximum) })
    case 'invalid_type':
      return refuse('protect.rule-kind', { field, kind: issue.expected })
    default:
      return refuse('protect.rule-kind', { field, kind: 'other' })
  }
}

/** Names that a rule made of several takes. */
const knownWithin = (field: string): readonly string[] =>
  ({ dominance: ['n', 'k'], noise: ['variance', 'most'], hierarchies: ['ignore', 'combine', 'partitions'] })[field] ??
  []

/**
 * That the rules' hierarchies name what there is: a misspelt name would say nothing and be told to nobody. A whole may have no row (it is made), as long as every
 * code with a row has its place.
 *
 * Refuses: `protect.no-such-column` {name}; `protect.whole-without-row` {dimension, whole}.
 */
export function checkHierarchies(tables: readonly PublishedTable[], { hierarchies }: Rules): Decision<void> {
  const columns = new Set(tables.flatMap(({ dimensions }) => dimensions))
  const { ignore = [], combine = [], partitions = {} } = hierarchies
  const named = [
    ...ignore,
    ...combine.flat(),
    ...Object.keys(partitions).flatMap((name) => (columns.has(name) ? [name] : name.split(joined))),
  ]
  const missing = named.find((name) => !columns.has(name))
  if (missing !== undefined) return refuse('protect.no-such-column', { name: missing })
  for (const [dimension, said] of Object.entries(partitions)) {
    const parts = columns.has(dimension) ? [dimension] : dimension.split(joined)
    const codes = new Set<string>()
    for (const { dimensions, rows } of tables) {
      const places = parts.map((name) => dimensions.indexOf(name))
      if (places.includes(-1)) continue
      for (const row of rows) codes.add(places.map((place) => row.codes[place] ?? '').join(joined))
    }
    const placed = new Set(partitionsIn(said).flatMap(({ whole, parts: its }) => [whole, ...its]))
    const whole = Object.keys(said).find((code) => !codes.has(code))
    if (whole !== undefined && [...codes].some((code) => !placed.has(code)))
      return refuse('protect.whole-without-row', { dimension, whole })
  }
  return accept(undefined)
}

/** What it costs to hide a cell of so many persons. */
export function weightOf(count: number, { weight }: Rules): number {
  if (weight === 'cells') return 1
  return weight === 'persons' ? count : Math.sqrt(1 + count)
}
