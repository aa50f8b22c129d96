import type { ReleasedTables } from '../tables.ts'

/**
 * An attacker with all the time in the world, who knows nothing of how this room works: tries every population there can
 * be of persons of two sexes with two services, keeps those that give exactly the printed tables (total, by sex, by
 * service, by service and sex; reasons counted as knowledge where `believes`), and says which numbers of persons each
 * protected cell has in them. Stops at those in `enough`, which is all the promise is about.
 *
 * @param most how many persons of one kind she thinks possible
 */
export function possibleNumbers(
  tables: ReleasedTables,
  most: number,
  believes: boolean,
  enough: (seen: ReadonlyMap<string, ReadonlySet<number>>) => boolean,
): Map<string, Set<number>> {
  const printed = new Map(
    tables.cells
      .filter(({ cell }) => cell.period === 'all')
      .map(({ cell, persons, contacts }) => [
        keyOf(cell.dimensions),
        persons.kind === 'count' && contacts.kind === 'count'
          ? { persons: persons.low, contacts: contacts.low }
          : { atMost: believes && persons.kind === 'protected' && persons.rule === 'fewer-than-five' ? 4 : Infinity },
      ]),
  )
  const fits = (key: string, persons: number): boolean => {
    const known = printed.get(key)
    if (!known) throw new Error(`not printed: ${key}`)
    return 'persons' in known ? known.persons === persons : persons <= known.atMost
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

type Printed = ReadonlyMap<string, { readonly persons?: number; readonly contacts?: number; readonly atMost?: number }>

/** Whether contacts can be found for these persons (service a and b of women, then of men) that give the printed ones. */
function haveContacts(printed: Printed, persons: readonly [number, number, number, number]): boolean {
  const contactsOf = (key: string): number | undefined => printed.get(key)?.contacts
  const highest = 60
  const range = (key: string, least: number): number[] => {
    const known = contactsOf(key)
    if (known !== undefined) return known >= least && (least > 0 || known === 0) ? [known] : []
    return least === 0 ? [0] : Array.from({ length: highest - least + 1 }, (_, more) => least + more)
  }
  const agrees = (key: string, sum: number): boolean => (contactsOf(key) ?? sum) === sum
  const men = range('service=a&sex=m', persons[2]).flatMap((am) =>
    range('service=b&sex=m', persons[3]).flatMap((bm) => (agrees('sex=m', am + bm) ? [[am, bm] as const] : [])),
  )
  return range('service=a&sex=f', persons[0]).some((af) =>
    range('service=b&sex=f', persons[1]).some(
      (bf) =>
        agrees('sex=f', af + bf) &&
        men.some(
          ([am, bm]) => agrees('service=a', af + am) && agrees('service=b', bf + bm) && agrees('', af + bf + am + bm),
        ),
    ),
  )
}
