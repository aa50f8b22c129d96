import type { Person, RosterProblem, ShiftKey, Window } from './words.ts'

/**
 * What has to be remembered of the days so far to know what may follow: the row worked or the rest taken, the last
 * shift, and, where windows are tracked, the days worked of late. States are numbers; action 0 is a free day.
 */
export type Automaton = {
  readonly states: number
  /** After the days before the horizon. */
  readonly start: number
  /** 1 where the last day was worked. */
  readonly isWork: Uint8Array
  /** Moves out of state `q`: `moves[starts[q] .. starts[q + 1]]`, as action and the state it leads to. */
  readonly starts: Int32Array
  readonly moveAction: Uint8Array
  readonly moveTo: Int32Array
}

type Memory = {
  readonly isWork: boolean
  /** Days of the row or rest so far; 0: nothing is known. */
  readonly run: number
  /** It may be longer than what is known: no least length binds. */
  readonly isOpen: boolean
  /** Action of the last day. */
  readonly last: number
  /** Bit 0 is the last day, 1 where it was worked. */
  readonly recent: number
}

/** The one of `known` that has the same rules, or a new one put there. */
export function automatonOf(
  problem: RosterProblem,
  person: Person,
  tracksWindows: boolean,
  known: Map<string, Automaton>,
): Automaton {
  const rules = rulesOf(problem, person, tracksWindows)
  const { leastInARow, mostInARow, leastFreeInARow } = person
  const key = JSON.stringify([leastInARow, mostInARow, leastFreeInARow, rules.windows, rules.mayWork, person.before])
  const automaton = known.get(key) ?? build(rules)
  known.set(key, automaton)
  return automaton
}

/** Days of a window that is remembered day by day; a longer one is a counter of its own where it is minded (rows.ts). */
const longestRemembered = 15

/** Of some shifts alone it is a counter too: what is remembered is only whether a day was worked. */
export const isRemembered = ({ days, shifts }: Window): boolean => days <= longestRemembered && shifts === undefined

type Rules = {
  readonly problem: RosterProblem
  readonly person: Person
  readonly windows: readonly Window[]
  readonly mayWork: readonly number[]
  /** By action: the first action with the same successors. */
  readonly kind: readonly number[]
  readonly follows: (earlier: number, later: number) => boolean
}

function rulesOf(problem: RosterProblem, person: Person, tracksWindows: boolean): Rules {
  const { shifts } = problem
  const mayWork = shifts.flatMap(({ key }, index) => (person.mostShifts[key] === 0 ? [] : [index + 1]))
  const follows = (earlier: number, later: number): boolean => {
    const shift = shifts[later - 1]?.key
    return shift === undefined || !(shifts[earlier - 1]?.cannotFollow.includes(shift) ?? false)
  }
  const successors = (action: number): string => mayWork.filter((later) => follows(action, later)).join()
  const kind = [0, ...shifts.map((_, index) => index + 1)].map((action) =>
    action === 0 ? 0 : 1 + shifts.findIndex((_, other) => successors(other + 1) === successors(action)),
  )
  const windows = tracksWindows ? person.windows.filter(isRemembered) : []
  return { problem, person, windows, mayWork, kind, follows }
}

function build(rules: Rules): Automaton {
  const states: Memory[] = []
  const numbers = new Map<string, number>()
  const numberOf = (memory: Memory): number => {
    const key = `${memory.isWork} ${memory.run} ${memory.isOpen} ${memory.last} ${memory.recent}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, states.length)
    return states.push(memory) - 1
  }
  const start = numberOf(forget(rules, beforeOf(rules)))
  const starts = [0]
  const moves: { action: number; to: number }[] = []
  for (let state = 0; state < states.length; state++) {
    const memory = states[state]
    if (memory === undefined) break
    for (const action of [0, ...rules.mayWork]) {
      if (keeps(rules, memory, action)) moves.push({ action, to: numberOf(forget(rules, after(memory, action))) })
    }
    starts.push(moves.length)
  }
  return {
    states: states.length,
    start,
    isWork: Uint8Array.from(states, ({ isWork }) => (isWork ? 1 : 0)),
    starts: Int32Array.from(starts),
    moveAction: Uint8Array.from(moves, ({ action }) => action),
    moveTo: Int32Array.from(moves, ({ to }) => to),
  }
}

/** The days before are as they are: no rule judges them. */
function beforeOf({ problem, person }: Rules): Memory {
  const actionOf = (shift: ShiftKey | null): number => problem.shifts.findIndex(({ key }) => key === shift) + 1
  const nothing: Memory = { isWork: false, run: 0, isOpen: true, last: 0, recent: 0 }
  return person.before.reduce((memory, shift) => after(memory, actionOf(shift)), nothing)
}

function after(memory: Memory, action: number): Memory {
  const isWork = action > 0
  const goesOn = memory.run > 0 && memory.isWork === isWork
  return {
    isWork,
    run: goesOn ? memory.run + 1 : 1,
    isOpen: goesOn ? memory.isOpen : memory.run === 0,
    last: action,
    recent: ((memory.recent << 1) | (isWork ? 1 : 0)) & (2 ** longestRemembered - 1),
  }
}

function keeps({ person, windows, follows }: Rules, memory: Memory, action: number): boolean {
  const isWork = action > 0
  if (memory.run > 0 && memory.isWork !== isWork && !memory.isOpen) {
    if (memory.run < (memory.isWork ? person.leastInARow : person.leastFreeInARow)) return false
  }
  if (!isWork) return true
  if ((memory.isWork ? memory.run : 0) + 1 > person.mostInARow) return false
  if (memory.isWork && !follows(memory.last, action)) return false
  return windows.every(({ days, most }) => bits(memory.recent & (2 ** (days - 1) - 1)) + 1 <= most)
}

/** What no rule asks for any more is forgotten: the fewer states the better. */
function forget({ problem, person, windows, kind }: Rules, memory: Memory): Memory {
  const reach = Math.max(0, ...windows.map(({ days }) => days - 1))
  const recent = memory.recent & (2 ** reach - 1)
  if (memory.run === 0) return { ...memory, recent }
  if (!memory.isWork) {
    const least = Math.max(1, person.leastFreeInARow)
    return { isWork: false, run: memory.isOpen ? least : Math.min(memory.run, least), isOpen: false, last: 0, recent }
  }
  const last = kind[memory.last] ?? memory.last
  const isLongEnough = memory.run >= person.leastInARow
  if (person.mostInARow >= problem.days + person.before.length) {
    const least = Math.max(1, person.leastInARow)
    return { isWork: true, run: memory.isOpen ? least : Math.min(memory.run, least), isOpen: false, last, recent }
  }
  return { isWork: true, run: memory.run, isOpen: memory.isOpen && !isLongEnough, last, recent }
}

function bits(mask: number): number {
  let count = 0
  for (let left = mask; left !== 0; left &= left - 1) count++
  return count
}
