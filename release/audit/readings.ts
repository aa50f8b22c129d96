import { type AuditDimension, allOfIt, type NamedHierarchies, readDimensions } from './hierarchy.ts'
import type { PublishedTable } from './published.ts'
import type { RestsOn } from './trees.ts'

export type { RestsOn } from './trees.ts'

export type Readings = {
  /** What is taken to add up. */
  readonly taken: readonly AuditDimension[]
  /** Other ways in which the figures may add up, where that is not settled. */
  readonly others: readonly (readonly AuditDimension[])[]
  /** The sums of which nobody needs to doubt: of a dimension that is not settled, none. */
  readonly certain: readonly AuditDimension[]
  readonly restsOn: ReadonlyMap<string, RestsOn>
}

/** Other readings are looked at up to so many: each is an audit of its own. */
const mostOthers = 8

/** What adds up in some tables, and how sure that is. */
export function readingsOf(tables: readonly PublishedTable[], named: NamedHierarchies = {}): Readings {
  const read = readDimensions(tables, named).map((each) => ({ ...each, restsOn: each.restsOn() }))
  /** Every choice of one way a dimension; those that differ least from the first of each come first. */
  let choices: readonly { readonly steps: number; readonly dimensions: readonly AuditDimension[] }[] = [
    { steps: 0, dimensions: [] },
  ]
  for (const { dimension, others } of read)
    choices = choices
      .flatMap(({ steps, dimensions }) =>
        [dimension, ...others].map((each, step) => ({ steps: steps + step, dimensions: [...dimensions, each] })),
      )
      .toSorted((a, b) => a.steps - b.steps)
      .slice(0, mostOthers + 1)
  return {
    taken: read.map(({ dimension }) => dimension),
    others: choices.slice(1).map(({ dimensions }) => dimensions),
    certain: read.map(({ dimension, restsOn }) => ({
      ...dimension,
      partitions: dimension.partitions.filter(({ whole }) => restsOn !== 'unsettled' || whole === allOfIt),
    })),
    restsOn: new Map(read.map(({ dimension: { name }, restsOn }) => [name, restsOn])),
  }
}
