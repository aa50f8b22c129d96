import { type LinkedTables, type Numbers, none, plus, times } from './linked-tables.ts'
import { findOtherWorld, type Goal, type Knowledge, type OtherWorld } from './other-world.ts'
import type { Reason } from './released-count.ts'
import type { Settings } from './settings.ts'

/** How a cell stood before: what was counted in it when that was decided, and whether it was shown or why not. */
export type Stood = { readonly numbers: Numbers; readonly face: 'shown' | Reason }

/** How each cell stood before; undefined where it did not, or where nobody knows what was counted then. */
export type Earlier = readonly (Stood | undefined)[]

/** For each cell: shown now, or hidden, and whether its reason may be said to be that it is small. */
export type Protection = { readonly shown: readonly boolean[]; readonly calledSmall: readonly boolean[] }

/**
 * Decides which cells of a linked set are shown: hides the small ones (primary suppression), then as few others as the
 * search finds (complementary suppression) until for every small cell there is another world, equal in all that is shown,
 * in which it holds `minimum` persons or more. Deterministic.
 */
export function protect(linked: LinkedTables, settings: Settings, earlier: Earlier): Protection {
  const { primary, watched } = needingProtection(linked, settings, earlier)
  const shown = primary.map((hidden) => !hidden)
  const knowledge: Knowledge = { shown, floor: floors(linked, earlier), most: linked.cells.map(() => anyNumber) }
  const worlds = new Map<number, OtherWorld>()
  for (const target of watched) {
    if (worlds.has(target)) continue
    const goals = goalsOf(linked, settings, earlier, target)
    const world = findOtherWorld(linked, knowledge, target, goals, true)
    // Persons can always be thought of who were not counted: a world with more of them is possible.
    if (!world) throw new Error('a cell without another world')
    worlds.set(target, world)
    for (const at of world.keys()) {
      shown[at] = false
      // The world that saves one cell often saves another.
      const numbers = world.get(at) ?? none
      if (watched.has(at) && !worlds.has(at) && isSafe(linked, settings, earlier, at, numbers)) worlds.set(at, world)
    }
  }
  showAgain(linked, settings, earlier, { primary, shown, knowledge, worlds })
  showEvidentZeros(linked, settings, earlier, shown)
  closeForAuditors(linked, settings, earlier, { watched, shown, knowledge })
  return { shown, calledSmall: reasons(linked, settings, earlier, watched, shown) }
}

/** The watched cells of which a release gives away too much: a leak each. Empty when every one has its other world. */
export function openCells(
  linked: LinkedTables,
  settings: Settings,
  earlier: Earlier,
  { shown, calledSmall }: Protection,
): number[] {
  const { watched } = needingProtection(linked, settings, earlier)
  const floor = floors(linked, earlier)
  const blind: Knowledge = { shown, floor, most: linked.cells.map(() => anyNumber) }
  const told: Knowledge = { ...blind, most: upperBounds(linked, settings, earlier, calledSmall) }
  const found = (knowledge: Knowledge, target: number, goals: readonly Goal[]) =>
    findOtherWorld(linked, knowledge, target, goals, false) !== undefined
  return [...watched].filter(
    (target) =>
      shown[target] ||
      !found(blind, target, goalsOf(linked, settings, earlier, target)) ||
      !found(told, target, goalsWhenTold(linked, settings, earlier, target, calledSmall[target] === true)),
  )
}

/** Whether a cell moved far enough to be told: in some number, and in none by too little. */
export function movedFar(before: Numbers, after: Numbers, minimum: number): boolean {
  return before.some((number, measure) => number !== after[measure]) && !movedByTooFew(before, after, minimum)
}

/**
 * Whether a number moved, but by so little that the move itself tells who came: fewer than `minimum` persons or contacts.
 */
function movedByTooFew(before: Numbers, after: Numbers, minimum: number): boolean {
  return before.some((number, measure) => {
    const moved = Math.abs((after[measure] ?? 0) - number)
    return moved > 0 && moved < minimum
  })
}

const anyNumber = Number.POSITIVE_INFINITY

// ---------------------------------------------------------------- what must be hidden, and what proves it hidden

function needingProtection(linked: LinkedTables, settings: Settings, earlier: Earlier) {
  const watched = new Set<number>()
  const primary = linked.numbers.map((numbers, at) => {
    const [low] = numbers
    const needsWorld = isSmall(numbers, settings) || movedLittleFrom(linked, settings, earlier, at) !== undefined
    if (needsWorld || (low === 0 && settings.zeros === 'guarded')) watched.add(at)
    return needsWorld || stays(linked, settings, earlier, at) || (low === 0 && settings.zeros !== 'shown')
  })
  return { primary, watched }
}

const isSmall = ([low]: Numbers, { minimum }: Settings): boolean => low > 0 && low < minimum

/** Whether a cell moved by too little to have another face than before. Shown or hidden, nobody is told how it stands now. */
function stays(linked: LinkedTables, { minimum }: Settings, earlier: Earlier, at: number): boolean {
  const stood = earlier[at]
  return stood !== undefined && !movedFar(stood.numbers, linked.numbers[at] ?? none, minimum)
}

/**
 * What a cell stood at, where it moved from there by so little that nobody may learn of it: a shown cell, and a hidden one
 * that is small no longer. (One that is small is watched for being small; of one that never was, nobody knew the number.)
 */
function movedLittleFrom(linked: LinkedTables, settings: Settings, earlier: Earlier, at: number): Numbers | undefined {
  const stood = earlier[at]
  const numbers = linked.numbers[at] ?? none
  if (!stood || !movedByTooFew(stood.numbers, numbers, settings.minimum)) return undefined
  const isToldOf = stood.face === 'shown' || (isSmall(stood.numbers, settings) && !isSmall(numbers, settings))
  return isToldOf ? stood.numbers : undefined
}

/** What a watched cell must be able to reach, any one of it, as far as arithmetic can tell. */
function goalsOf(linked: LinkedTables, settings: Settings, earlier: Earlier, target: number): Goal[] {
  const { minimum } = settings
  const numbers = linked.numbers[target] ?? none
  const before = movedLittleFrom(linked, settings, earlier, target)
  if (!before) return [more(minimum - numbers[0])]
  // It may have moved by enough; or, unless it is small besides, not at all.
  const enough = more(
    Math.max(...before.map((number, at) => number + minimum - (numbers[at] ?? 0)), minimum - numbers[0]),
  )
  const unmoved: Goal = { kind: 'by', change: plus(before, times(numbers, -1)) }
  return isSmall(numbers, settings) && before[0] < minimum ? [enough] : [unmoved, enough]
}

/** The same once the printed reasons are known. A cell said to be small may still be empty; of another, nothing is said. */
function goalsWhenTold(
  linked: LinkedTables,
  settings: Settings,
  earlier: Earlier,
  target: number,
  calledSmall: boolean,
): Goal[] {
  const [low] = linked.numbers[target] ?? none
  const large = goalsOf(linked, settings, earlier, target)
  if (low >= settings.minimum) return large
  const isBounded = calledSmall && !stays(linked, settings, earlier, target)
  if (low > 0) return isBounded ? [{ kind: 'empty' }] : [{ kind: 'empty' }, ...large]
  if (!calledSmall) return large
  return Array.from({ length: settings.minimum - 1 }, (_, at) => more(at + 1))
}

/** So many further persons, with one contact each. */
const more = (persons: number): Goal => ({ kind: 'by', change: [persons, persons, persons] })

function isSafe(linked: LinkedTables, settings: Settings, earlier: Earlier, at: number, numbers: Numbers): boolean {
  return !movedLittleFrom(linked, settings, earlier, at) && numbers[0] >= settings.minimum
}

function floors(linked: LinkedTables, earlier: Earlier): Numbers[] {
  return linked.numbers.map(([low, high, contacts], at) => {
    const stood = earlier[at]
    if (stood?.face !== 'shown') return none
    const [lowThen, highThen, contactsThen] = stood.numbers
    return [Math.min(low, lowThen), Math.min(high, highThen), Math.min(contacts, contactsThen)]
  })
}

// ---------------------------------------------------------------- complements

/** Shows every complement again that no cell needs after all, the largest first. */
function showAgain(
  linked: LinkedTables,
  settings: Settings,
  earlier: Earlier,
  state: {
    readonly primary: readonly boolean[]
    readonly shown: boolean[]
    readonly knowledge: Knowledge
    readonly worlds: Map<number, OtherWorld>
  },
): void {
  const { primary, shown, knowledge, worlds } = state
  const size = (at: number): number => linked.numbers[at]?.[0] ?? 0
  const complements = shown.flatMap((isShown, at) => (isShown || primary[at] ? [] : [at]))
  for (const at of complements.sort((a, b) => size(b) - size(a) || a - b)) {
    shown[at] = true
    const replaced = new Map<number, OtherWorld>()
    const holds = [...worlds].every(([target, world]) => {
      if (!world.has(at)) return true
      const other = findOtherWorld(linked, knowledge, target, goalsOf(linked, settings, earlier, target), false, [0])
      if (other) replaced.set(target, other)
      return other !== undefined
    })
    if (holds) for (const [target, world] of replaced) worlds.set(target, world)
    else shown[at] = false
  }
}

/**
 * Hides further until every watched cell is found closed by someone who starts anew, as an auditor does: the search is
 * greedy, and may not come again upon a world it once knew.
 */
function closeForAuditors(
  linked: LinkedTables,
  settings: Settings,
  earlier: Earlier,
  { watched, shown, knowledge }: { watched: ReadonlySet<number>; shown: boolean[]; knowledge: Knowledge },
): void {
  for (let closed = false; !closed; ) {
    closed = true
    for (const target of watched) {
      const goals = goalsOf(linked, settings, earlier, target)
      if (findOtherWorld(linked, knowledge, target, goals, false)) continue
      for (const at of findOtherWorld(linked, knowledge, target, goals, true)?.keys() ?? []) {
        if (shown[at]) closed = false
        shown[at] = false
      }
    }
  }
}

/** Zeros that what is shown gives away anyhow are shown: hiding them would only look like protection. */
function showEvidentZeros(linked: LinkedTables, settings: Settings, earlier: Earlier, shown: boolean[]): void {
  if (settings.zeros === 'guarded') return
  for (let changed = true; changed; ) {
    changed = false
    for (const { whole, parts, surplus } of linked.relations) {
      const hidden = parts.filter((part) => !shown[part])
      if (!shown[whole] || hidden.length === 0) continue
      const seen = parts.reduce((sum, part) => sum + (shown[part] ? (linked.numbers[part]?.[2] ?? 0) : 0), 0)
      if ((linked.numbers[whole]?.[2] ?? 0) + surplus[2] !== seen) continue
      for (const part of hidden) {
        if (stays(linked, settings, earlier, part)) continue
        shown[part] = true
        changed = true
      }
    }
  }
}

// ---------------------------------------------------------------- reasons

/**
 * Which hidden cells may be called small. The word is itself a number (0 to 4): where the words together would leave a
 * small cell no way to be empty or large, some of them give way to "complement", which says nothing about size.
 */
function reasons(
  linked: LinkedTables,
  settings: Settings,
  earlier: Earlier,
  watched: ReadonlySet<number>,
  shown: readonly boolean[],
): boolean[] {
  const calledSmall = linked.numbers.map(([low], at) => {
    const face = earlier[at]?.face
    if (shown[at] || face === 'shown') return false
    // The word of a cell that moved little stays, of whatever size it is now: it was true when it was said.
    if (stays(linked, settings, earlier, at)) return face === 'fewer-than-five'
    return low < settings.minimum && settings.zeros !== 'shown'
  })
  const floor = floors(linked, earlier)
  for (let settled = false; !settled; ) {
    settled = true
    for (const target of watched) {
      const knowledge = { shown, floor, most: upperBounds(linked, settings, earlier, calledSmall) }
      const goals = goalsWhenTold(linked, settings, earlier, target, calledSmall[target] === true)
      if (findOtherWorld(linked, knowledge, target, goals, false)) continue
      for (const at of silence(linked, calledSmall, target)) {
        calledSmall[at] = false
        settled = false
      }
    }
  }
  return calledSmall
}

/** The words to take back so that a cell can breathe: its own first, then those ever further around it. */
function silence(linked: LinkedTables, calledSmall: readonly boolean[], target: number): number[] {
  if (calledSmall[target]) return [target]
  const ring = new Set([target])
  for (;;) {
    const before = ring.size
    for (const at of [...ring]) for (const neighbour of neighbours(linked, at)) ring.add(neighbour)
    const called = [...ring].filter((at) => calledSmall[at])
    if (called.length > 0 || ring.size === before) return called
  }
}

/** How many persons the word leaves: who knows the rule adds to an earlier one what a cell may have moved since. */
function upperBounds(
  linked: LinkedTables,
  settings: Settings,
  earlier: Earlier,
  calledSmall: readonly boolean[],
): number[] {
  const most = settings.minimum - 1
  return calledSmall.map((small, at) => {
    if (!small) return anyNumber
    return stays(linked, settings, earlier, at) ? 2 * most : most
  })
}

function neighbours(linked: LinkedTables, at: number): number[] {
  return (linked.relationsOf[at] ?? []).flatMap((one) => {
    const relation = linked.relations[one]
    return relation ? [relation.whole, ...relation.parts] : []
  })
}
