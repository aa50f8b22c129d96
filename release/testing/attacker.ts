import type { ReleasedTables } from '../tables.ts'

/**
 * An attacker with all the time in the world, who knows nothing of how this room works: tries every population there can
 * be of persons of two sexes with two services, keeps those that give exactly the printed tables (total, by sex, by
 * service, by service and sex; reasons counted as knowledge where `believes`), and says which numbers of persons each
 * protected cell has in them. Stops at those in `enough`, which is all the promise is about.
 *
 * Of a release after another she knows the rule too: what is printed with an earlier cut-off is no more than there is now (she takes
 * it that nobody left), and an earlier word leaves four more, or the cell would have another face.
 *
 * @param most how many persons of one kind she thinks possible
 */
export function possibleNumbers(
  tables: ReleasedTables,
  most: number,
  believes: boolean,
  enough: (seen: ReadonlyMap<string, ReadonlySet<number>>) => boolean,
): Map<string, Set<number>> {
  const printed: Printed = new Map(
    tables.cells
      .filter(({ cell }) => cell.period === 'all')
      .map(({ cell, asOf, persons, contacts }): [string, Known] => {
        const isNow = asOf === tables.asOf
        if (isNow && persons.kind === 'count' && contacts.kind === 'count')
          return [keyOf(cell.dimensions), { persons: persons.low, contacts: contacts.low }]
        const isSaidSmall = believes && persons.kind === 'protected' && persons.rule === 'fewer-than-five'
        const atLeast = persons.kind === 'count' ? persons.low : 0
        return [keyOf(cell.dimensions), { atLeast, atMost: isSaidSmall ? (isNow ? 4 : 8) : Infinity }]
      }),
  )
  const fits = (key: string, persons: number): boolean => {
    const known = printed.get(key)
    if (!known) throw new Error(`not printed: ${key}`)
    return 'persons' in known ? known.persons === persons : persons >= known.atLeast && persons <= known.atMost
  }
  // The largest first: what she looks for is a world in which a cell is not small.
  const kinds = Array.from({ length: most + 1 }, (_, number) => most - number)
  /** Of one sex: with the first service only, with the second only, with both. */
  const ofSex = (sex: string) =>
    kinds.flatMap((first) =>
      kinds.flatMap((second) =>
        kinds.flatMap((both) => {
          const [a, b, all] = [first + both, second + both, first + second + both]
          return fits(`service=a&sex=${sex}`, a) && fits(`service=b&sex=${sex}`, b) && fits(`sex=${sex}`, all)
            ? [{ a, b, all }]
            : []
        }),
      ),
    )
  const [women, men] = [ofSex('f'), ofSex('m')]
  const seen = new Map<string, Set<number>>()
  for (const f of women) {
    for (const m of men) {
      if (!fits('', f.all + m.all) || !fits('service=a', f.a + m.a) || !fits('service=b', f.b + m.b)) continue
      const numbers: [string, number][] = [
        ['', f.all + m.all],
        ['sex=f', f.all],
        ['sex=m', m.all],
        ['service=a', f.a + m.a],
        ['service=b', f.b + m.b],
        ['service=a&sex=f', f.a],
        ['service=b&sex=f', f.b],
        ['service=a&sex=m', m.a],
        ['service=b&sex=m', m.b],
      ]
      if (numbers.every(([key, number]) => seen.get(key)?.has(number))) continue
      if (!haveContacts(printed, [f.a, f.b, m.a, m.b])) continue
      for (const [key, number] of numbers) seen.set(key, (seen.get(key) ?? new Set()).add(number))
      if (enough(seen)) return seen
    }
  }
  return seen
}

export const keyOf = (dimensions: Readonly<Record<string, string>>): string =>
  Object.entries(dimensions)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&')

type Known =
  | { readonly persons: number; readonly contacts: number }
  | { readonly atLeast: number; readonly atMost: number; readonly contacts?: undefined }
type Printed = ReadonlyMap<string, Known>

/** Whether contacts can be found for these persons (service a and b of women, then of men) that give the printed ones. */
function haveContacts(printed: Printed, persons: readonly [number, number, number, number]): boolean {
  const contactsOf = (key: string): number | undefined => printed.get(key)?.contacts
  /** What is left of a known sum; nothing is known of the rest where the sum is not. */
  const leftOf = (sum: string, taken: number): number | undefined => {
    const known = contactsOf(sum)
    return known === undefined ? undefined : known - taken
  }
  const ways = (key: string, least: number, ...sums: (number | undefined)[]): number[] => {
    const exact = [contactsOf(key), ...sums].filter((number) => number !== undefined)
    const most = least === 0 ? 0 : Math.min(highest, contactsOf('') ?? highest)
    const [first] = exact
    if (first === undefined) return Array.from({ length: Math.max(0, most - least + 1) }, (_, more) => least + more)
    return first >= least && first <= most && exact.every((number) => number === first) ? [first] : []
  }
  const [leastAf, leastBf, leastAm, leastBm] = persons
  return ways('service=a&sex=f', leastAf).some((af) =>
    ways('service=b&sex=f', leastBf, leftOf('sex=f', af)).some((bf) =>
      ways('service=a&sex=m', leastAm, leftOf('service=a', af)).some(
        (am) =>
          ways('service=b&sex=m', leastBm, leftOf('sex=m', am), leftOf('service=b', bf), leftOf('', af + bf + am))
            .length > 0,
      ),
    ),
  )
}

const highest = 60
