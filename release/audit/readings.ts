import { type AuditDimension, allOfIt, choicesOf, type NamedHierarchies, readDimensions } from './hierarchy.ts'
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

/** Readings are looked at up to so many: each is an audit of its own. */
const mostReadings = 9

/** What adds up in some tables, and how sure that is. */
export function readingsOf(tables: readonly PublishedTable[], named: NamedHierarchies = {}): Readings {
  const read = readDimensions(tables, named).map((each) => ({ ...each, restsOn: each.restsOn() }))
  const [, ...others] = choicesOf(
    read.map(({ restsOn, ...each }) => ({ ...each, restsOn: () => restsOn })),
    mostReadings,
  )
  return {
    taken: read.map(({ dimension }) => dimension),
    others,
    certain: read.map(({ dimension, restsOn }) => ({
      ...dimension,
      partitions: dimension.partitions.filter(({ whole }) => restsOn !== 'unsettled' || whole === allOfIt),
    })),
    restsOn: new Map(read.map(({ dimension: { name }, restsOn }) => [name, restsOn])),
  }
}
