import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The order of a run: walks in a browser evenly among all others, so that at any time some of the files beside one another compute
 * while others wait for a browser or a database. Within each of both the order is Vitest's own, the longest first.
 */
export class WalksAmongOthers extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return evenly(
      sorted.filter(({ project }) => project.name === 'browser'),
      sorted.filter(({ project }) => project.name !== 'browser'),
    )
  }
}

/** Both lists in their own order, those of the one at equal distances between those of the other, and the first of them first. */
export function evenly<Item>(some: readonly Item[], others: readonly Item[]): Item[] {
  const placed = [
    ...some.map((item, at) => ({ item, place: at / some.length })),
    ...others.map((item, at) => ({ item, place: (at + 0.5) / others.length })),
  ]
  return placed.sort((a, b) => a.place - b.place).map(({ item }) => item)
}
