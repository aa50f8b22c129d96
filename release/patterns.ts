import type { LinkedTables } from './linked-tables.ts'

/**
 * In which slots a change shows, and on which side: 1 where it is made, -1 where it is taken back. `source` is the slot
 * that says how much there is to take when the changed slot is emptied.
 */
export type Pattern = readonly (readonly [slot: number, side: 1 | -1, source: number])[]

/**
 * The ways in which persons can be thought into a slot (`added`) or what is in it thought away (`moved`) so that the
 * linked tables still agree: persons are exchanged for persons who differ in one, two, three ... of the slot's values. The
 * exchange over n values touches the corners of an n-dimensional box with alternating signs, and no table that leaves one
 * of the n out: the hypercubes of Repsilber's method (Hundepool et al. 2012, 4.4; Giessing and Repsilber 2002). With n = 0
 * persons are simply added, with all their values.
 */
export function patternsOf(
  linked: LinkedTables,
  slot: number,
): { readonly added: Pattern[]; readonly moved: Pattern[] } {
  const known = made.get(linked.slots)?.get(slot)
  if (known) return known
  const patterns = makePatterns(linked, slot)
  const ofTables = made.get(linked.slots) ?? new Map<number, ReturnType<typeof makePatterns>>()
  made.set(linked.slots, ofTables.set(slot, patterns))
  return patterns
}

/** Patterns depend on the layout alone and are asked for again and again. */
const made = new WeakMap<LinkedTables['slots'], Map<number, ReturnType<typeof makePatterns>>>()

type Values = Readonly<Record<string, string>>

function makePatterns(linked: LinkedTables, slot: number): { added: Pattern[]; moved: Pattern[] } {
  const own = linked.slots[slot] ?? {}
  const index = new Map(linked.slots.map((values, at) => [textOf(values), at]))
  const added: Pattern[] = []
  const moved: Pattern[] = []
  const howMany = (values: Values): number => linked.numbers[index.get(textOf(values)) ?? -1]?.[0] ?? 0
  const isCommon = (name: string, value: string | undefined): boolean =>
    (linked.dimensions[name] ?? [])
      .toSorted((a, b) => howMany({ [name]: b }) - howMany({ [name]: a }))
      .slice(0, 2)
      .some((common) => common === value)
  for (const box of subsets(Object.keys(own))) {
    // Only tables that show every value exchanged see anything of it.
    const touched = linked.slots.flatMap((values, at) => (box.every((name) => name in values) ? [{ values, at }] : []))
    const others = [...new Set(touched.flatMap(({ values }) => Object.keys(values)))].filter((name) => !(name in own))
    for (const corner of choices(linked, box, own)) {
      const sideOf = (values: Values): 1 | -1 | 0 => {
        let side: 1 | -1 = 1
        for (const name of Object.keys(own)) {
          if (!(name in values) || values[name] === own[name]) continue
          if (values[name] !== corner[name]) return 0
          side = side === 1 ? -1 : 1
        }
        return side
      }
      const near = touched.flatMap(({ values, at }) => {
        const side = sideOf(values)
        return side === 0 ? [] : [{ values, at, side }]
      })
      for (const person of choices(linked, others)) {
        added.push(
          near.flatMap(({ values, at, side }) =>
            others.every((name) => !(name in values) || values[name] === person[name])
              ? [[at, side, slot] as const]
              : [],
          ),
        )
      }
      const sources = near.map(({ values, at, side }) => {
        const more = Object.entries(values).filter(([name]) => others.includes(name))
        return [at, side, index.get(textOf({ ...own, ...Object.fromEntries(more) }))] as const
      })
      // What stands in the slot, split further than any table shows it, cannot be moved: nobody knows where to.
      const whole = sources.flatMap(([at, side, source]) => (source === undefined ? [] : [[at, side, source] as const]))
      if (box.length > 0 && whole.length === sources.length) moved.push(whole)
    }
  }
  for (const box of subsets(Object.keys(own)).filter((names) => names.length > 1)) {
    // One whole person for another who differs in several values at once: tables that show any of these see it.
    const touched = linked.slots.flatMap((values, at) =>
      box.some((name) => name in values) ? [{ values, at, entries: Object.entries(values) }] : [],
    )
    const others = [...new Set(touched.flatMap(({ values }) => Object.keys(values)))].filter((name) => !(name in own))
    const all = choices(linked, others)
    // Many tables see it: then only persons with the commonest values are thought of, there are enough of them to give.
    const persons = all.length > 10 ? all.filter((values) => others.every((name) => isCommon(name, values[name]))) : all
    for (const other of choices(linked, box, own)) {
      for (const person of persons) {
        const comes: Values = { ...person, ...own }
        const goes: Values = { ...comes, ...other }
        added.push(
          touched.flatMap(({ entries, at }): Pattern => {
            if (entries.every(([name, value]) => comes[name] === value)) return [[at, 1, slot]]
            return entries.every(([name, value]) => goes[name] === value) ? [[at, -1, slot]] : []
          }),
        )
      }
    }
  }
  // Small boxes with many corners first: they touch the fewest tables.
  return { added: added.sort((a, b) => a.length - b.length), moved: moved.sort((a, b) => a.length - b.length) }
}

function subsets(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((sets, name) => sets.flatMap((set) => [set, [...set, name]]), [[]])
}

/** Every choice of values for these dimensions, other than `than`. */
function choices(linked: LinkedTables, names: readonly string[], than: Values = {}): Record<string, string>[] {
  return names.reduce<Record<string, string>[]>(
    (sets, name) =>
      sets.flatMap((set) =>
        (linked.dimensions[name] ?? [])
          .filter((value) => value !== than[name])
          .map((value) => ({ ...set, [name]: value })),
      ),
    [{}],
  )
}

const textOf = (values: Values): string => JSON.stringify(Object.entries(values).sort())
