import { type LinkedTables, type Numbers, none, plus, type Relation, times } from './linked-tables.ts'
import { type Pattern, patternsOf } from './patterns.ts'

/**
 * What a reader of the release knows of each cell: its numbers (`shown`), or only bounds. `floor` is what was shown
 * earlier (counts grow, so a reader takes it for a lower bound), `most` the largest number of persons its printed reason
 * leaves.
 */
export type Knowledge = {
  readonly shown: readonly boolean[]
  readonly floor: readonly Numbers[]
  readonly most: readonly number[]
}

/** The cells in which another possible world differs from the true one, with the numbers they have there. */
export type OtherWorld = ReadonlyMap<number, Numbers>

/** What is wanted of a cell: so many more (or fewer) in it, or that it is empty. */
export type Goal = { readonly kind: 'by'; readonly change: Numbers } | { readonly kind: 'empty' }

/**
 * Looks for a world that a reader cannot tell from the true one and in which a cell reaches a goal. A world that is found
 * proves that the reader cannot exclude it; where none is found, the cell is taken for open.
 *
 * With `mayHide`, shown cells may differ too, and the world is returned that takes least from what is shown (`costOf`): the
 * cells to hide in addition. Without hiding it is any world that fits.
 *
 * @param beginnings how many first exchanges to pass over, one attempt each: more attempts find more, and take longer
 */
export function findOtherWorld(
  linked: LinkedTables,
  knowledge: Knowledge,
  cell: number,
  goals: readonly Goal[],
  mayHide: boolean,
  beginnings: readonly number[] = [0, 1, 2, 5, 11, 23],
): OtherWorld | undefined {
  let best: Found | undefined
  for (const goal of goals) {
    best = inOneStep(linked, knowledge, cell, goal, mayHide, best?.cost) ?? best
    if (best?.cost === 0) return best.world
  }
  if (beginnings.length > 1) {
    for (const goal of goals) {
      best = inOneStep(linked, knowledge, cell, goal, mayHide, best?.cost, { twice: true }) ?? best
      if (best?.cost === 0) return best.world
    }
  }
  // Which exchange is taken first decides where the next ones can go: where one beginning fails, another is tried.
  for (const beginning of beginnings) {
    for (const goal of goals) {
      best = personByPerson(linked, knowledge, cell, goal, mayHide, beginning, best?.cost) ?? best
      if (best?.cost === 0) return best.world
    }
    if (mayHide) break
  }
  return best?.world
}

/** Whether a world agrees with everything a reader knows: written apart from the search, so that one checks the other. */
function isPossibleWorld(linked: LinkedTables, knowledge: Knowledge, world: OtherWorld): boolean {
  const numbersOf = (at: number): Numbers => world.get(at) ?? linked.numbers[at] ?? none
  const touched = new Set<number>()
  for (const [at, [low, high, contacts]] of world) {
    const truth = linked.numbers[at] ?? none
    const floor = knowledge.floor[at] ?? none
    if (knowledge.shown[at] && (low !== truth[0] || high !== truth[1] || contacts !== truth[2])) return false
    if (low < floor[0] || high < floor[1] || contacts < floor[2]) return false
    if (low < 0 || high < low || contacts < high || (low === 0 && contacts > 0)) return false
    if (low > (knowledge.most[at] ?? Number.POSITIVE_INFINITY)) return false
    for (const one of linked.relationsOf[at] ?? []) touched.add(one)
  }
  return [...touched].every((at) => brokenness(relationAt(linked, at), linked, numbersOf) === 0)
}

// ---------------------------------------------------------------- one relation

/** By how much a relation does not hold; 0 where it does. */
function brokenness(relation: Relation, linked: LinkedTables, numbersOf: (at: number) => Numbers): number {
  const [low, high, contacts] = residual(relation, numbersOf)
  if (relation.personsAdd) return Math.abs(low) + Math.abs(high) + Math.abs(contacts)
  let broken = Math.abs(contacts)
  // Persons overlap: not more in the whole than in all parts together, and in no part more than in the whole.
  broken += Math.max(0, Math.min(0, relation.surplus[0]) - low - relation.surplus[0])
  broken += Math.max(0, Math.min(0, relation.surplus[1]) - high - relation.surplus[1])
  const whole = numbersOf(relation.whole)
  const trueWhole = linked.numbers[relation.whole] ?? none
  for (const part of relation.parts) {
    const numbers = numbersOf(part)
    const truth = linked.numbers[part] ?? none
    broken += Math.max(0, numbers[0] - whole[0] - Math.max(0, truth[0] - trueWhole[0]))
    broken += Math.max(0, numbers[1] - whole[1] - Math.max(0, truth[1] - trueWhole[1]))
  }
  return broken
}

/** What the parts hold more than they should; for overlapping persons, more than they truly do. */
function residual(relation: Relation, numbersOf: (at: number) => Numbers): Numbers {
  const sums = relation.parts.reduce<Numbers>((sum, part) => plus(sum, numbersOf(part)), none)
  return plus(plus(sums, times(numbersOf(relation.whole), -1)), times(relation.surplus, -1))
}

function relationAt(linked: LinkedTables, at: number): Relation {
  const relation = linked.relations[at]
  if (!relation) throw new RangeError('no such relation')
  return relation
}

// ---------------------------------------------------------------- the search

type Found = { readonly world: OtherWorld; readonly cost: number }

/** The cheapest single exchange that reaches the goal, if it costs less than `bound` (nothing, where nothing may be hidden). */
function inOneStep(
  linked: LinkedTables,
  knowledge: Knowledge,
  cell: number,
  goal: Goal,
  mayHide: boolean,
  bound = Number.POSITIVE_INFINITY,
  { skipped = 0, twice = false }: { readonly skipped?: number; readonly twice?: boolean } = {},
): Found | undefined {
  let best: Found | undefined
  let skip = skipped
  for (const way of waysTo(linked, cell, goal, twice)) {
    const cost = costOf(linked, knowledge, way, mayHide ? (best?.cost ?? bound) : 1)
    if (cost === undefined) continue
    const world = worldOf(linked, way)
    if (!isPossibleWorld(linked, mayHide ? exceptShown(knowledge) : knowledge, world)) continue
    if (skip-- > 0) continue
    best = { world, cost }
    if (cost === 0) return best
  }
  return best
}

/** Several small exchanges, each with whomever is cheapest: where no one group has enough persons to exchange. */
function personByPerson(
  linked: LinkedTables,
  knowledge: Knowledge,
  cell: number,
  goal: Goal,
  mayHide: boolean,
  beginning: number,
  bound = Number.POSITIVE_INFINITY,
): Found | undefined {
  if (goal.kind !== 'by' || goal.change.some((change) => change !== goal.change[0]) || goal.change[0] < 2)
    return undefined
  const numbers = [...linked.numbers]
  const shown = [...knowledge.shown]
  const world = new Map<number, Numbers>()
  let cost = 0
  for (let persons = 0; persons < goal.change[0]; persons++) {
    const one: Goal = { kind: 'by', change: [1, 1, 1] }
    const now = { ...linked, numbers }
    const skipped = persons === 0 ? beginning : 0
    const step = inOneStep(now, { ...knowledge, shown }, cell, one, mayHide, bound - cost, { skipped })
    if (!step) return undefined
    cost += step.cost
    for (const [at, changed] of step.world) {
      numbers[at] = changed
      shown[at] = false
      world.set(at, changed)
    }
  }
  return isPossibleWorld(linked, mayHide ? exceptShown(knowledge) : knowledge, world) ? { world, cost } : undefined
}

// ---------------------------------------------------------------- candidates

/** A way to a goal: at which places, in which slots. Kept as two factors, because most ways are dropped unopened. */
type Way = {
  readonly goal: Goal
  readonly placing: Placing
  readonly pattern: Pattern
}

/** Every way this room can think of in which the cell reaches the goal, whether or not the world is possible. */
function* waysTo(linked: LinkedTables, cell: number, goal: Goal, twice: boolean): Generator<Way> {
  const count = linked.slots.length
  const patterns = patternsOf(linked, cell % count)
  for (const placing of placings(linked, Math.floor(cell / count), goal, twice))
    for (const pattern of goal.kind === 'by' ? patterns.added : patterns.moved) yield { goal, placing, pattern }
}

function changeAt(linked: LinkedTables, goal: Goal, from: number, source: number): Numbers {
  if (goal.kind === 'by') return goal.change
  return times(linked.numbers[from * linked.slots.length + source] ?? none, -1)
}

/**
 * At which places a change shows: how often its persons count there, how often its contacts, and where to read how much
 * there is to empty.
 */
type Placing = readonly (readonly [place: number, persons: number, contacts: number, source: number])[]

/**
 * The placings of a change: at one leaf and all around it; of persons who are counted further out already, so that only
 * their contacts are new there; taken from another leaf; and, if `twice`, of persons who come in another leaf too.
 */
function placings(linked: LinkedTables, place: number, goal: Goal, twice: boolean): Placing[] {
  const around = (at: number): readonly number[] => linked.around[at] ?? []
  const leaves = linked.leaves[place] ?? []
  const all = linked.around.map((_, at) => at)
  const otherLeaves = all.filter((at) => linked.leaves[at]?.includes(at))
  if (twice) {
    return leaves.flatMap((leaf) =>
      otherLeaves.flatMap((other): Placing[] => {
        if (goal.kind === 'empty' || other === leaf) return []
        const both = [...new Set([...around(leaf), ...around(other)])]
        return [
          both.map((at) => [at, 1, (around(leaf).includes(at) ? 1 : 0) + (around(other).includes(at) ? 1 : 0), place]),
        ]
      }),
    )
  }
  const plain: Placing[] =
    goal.kind === 'by'
      ? leaves.map((leaf) => around(leaf).map((at) => [at, 1, 1, place] as const))
      : [
          [
            ...all.filter((at) => around(at).includes(place)).map((at) => [at, 1, 1, at] as const),
            ...around(place).flatMap((at) => (at === place ? [] : [[at, 1, 1, place] as const])),
          ],
        ]
  const known: Placing[] =
    goal.kind === 'by'
      ? leaves.flatMap((leaf) =>
          around(leaf)
            .filter((outer) => outer !== place && around(place).includes(outer))
            .map((outer) => around(leaf).map((at) => [at, around(outer).includes(at) ? 0 : 1, 1, place] as const)),
        )
      : []
  const elsewhere = otherLeaves.filter((at) => !around(at).includes(place))
  const shifted = (goal.kind === 'by' || leaves.includes(place) ? leaves : []).flatMap((leaf) =>
    elsewhere.map(
      (other): Placing => [
        ...around(leaf).flatMap((at) => (around(other).includes(at) ? [] : [[at, 1, 1, place] as const])),
        ...around(other).flatMap((at) => (around(leaf).includes(at) ? [] : [[at, -1, -1, place] as const])),
      ],
    ),
  )
  return [...shifted, ...plain, ...known]
}

/**
 * What a way takes from what is shown: persons, dearer the less a cell is broken down, so that a quarter goes before a
 * year, a part before the whole, and the total last. Undefined where that is no less than the best so far, or where a
 * cell cannot hold what the way would make of it.
 */
function costOf(linked: LinkedTables, knowledge: Knowledge, way: Way, best: number): number | undefined {
  const count = linked.slots.length
  let cost = 0
  for (const [place, persons, contacts, from] of way.placing) {
    for (const [slot, side, source] of way.pattern) {
      const at = place * count + slot
      const change = changeAt(linked, way.goal, from, source)
      const isTaken = knowledge.shown[at] === true && change[2] !== 0
      if (isTaken && best <= 1) return undefined
      const numbers = linked.numbers[at] ?? none
      const low = numbers[0] + side * persons * change[0]
      if (low < (knowledge.floor[at]?.[0] ?? 0)) return undefined
      if (low === 0 && numbers[2] + side * contacts * change[2] > 0) return undefined
      if (!isTaken) continue
      const depth = Object.keys(linked.slots[slot] ?? {}).length
      cost += (1 + numbers[0]) * (depthCosts[depth] ?? 1)
      if (cost >= best) return undefined
    }
  }
  return cost
}

/** By how many dimensions a cell is broken down: the totals are what everybody asks for. */
const depthCosts = [1_000, 8, 1]

function worldOf(linked: LinkedTables, { goal, placing, pattern }: Way): OtherWorld {
  const world = new Map<number, Numbers>()
  for (const [place, persons, contacts, from] of placing) {
    for (const [slot, side, source] of pattern) {
      const [low, high, all] = times(changeAt(linked, goal, from, source), side)
      const change: Numbers = [low * persons, high * persons, all * contacts]
      if (change[2] === 0 && change[0] === 0 && change[1] === 0) continue
      const at = place * linked.slots.length + slot
      world.set(at, plus(world.get(at) ?? linked.numbers[at] ?? none, change))
    }
  }
  return world
}

const exceptShown = (knowledge: Knowledge): Knowledge => ({ ...knowledge, shown: [] })
