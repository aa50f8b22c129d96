import { isOverMidnight } from './weekends.ts'
import type { Person, RosterProblem, ShiftKey, Window } from './words.ts'

/**
 * What has to be remembered of the days so far to know what may follow: the row worked or the rest taken, the last
 * shift, and, where they are tracked, the days worked of late, the nights in a row, and whether a shift ran into what may be a
 * Saturday. States are numbers; action 0 is a free day.
 */
export type Automaton = {
  readonly states: number
  /** After the days before the horizon. */
  readonly start: number
  /** 1 where the last day was worked. */
  readonly isWork: Uint8Array
  /** Where Fridays are tracked: 1 where the last day's shift ran over midnight, 2 where that of the day before a free day did. */
  readonly ranOver: Uint8Array
  /** Moves out of state `q`: `moves[starts[q] .. starts[q + 1]]`, as action and the state it leads to. */
  readonly starts: Int32Array
  readonly moveAction: Uint8Array
  readonly moveTo: Int32Array
}

/** What is remembered beside rows and rests, as nothing may be broken yet that would need it. */
export type Tracked = { readonly windows: boolean; readonly nights: boolean; readonly fridays: boolean }

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
  /** Nights in a row so far. */
  readonly nights: number
  readonly ranOver: 0 | 1 | 2
}

/** The one of `known` that has the same rules, or a new one put there. */
export function automatonOf(
  problem: RosterProblem,
  person: Person,
  tracked: Tracked,
  known: Map<string, Automaton>,
): Automaton {
  const rules = rulesOf(problem, person, tracked)
  const { leastInARow, mostInARow, leastFreeInARow } = person
  const { windows, mayWork, mostNights } = rules
  const rows = [leastInARow, mostInARow, leastFreeInARow, windows, mayWork, person.before]
  const key = JSON.stringify([...rows, mostNights, tracked.fridays])
  const automaton = known.get(key) ?? build(rules)
  known.set(key, automaton)
  return automaton
}

/** Days of a window that is remembered day by day; a longer one is a counter of its own where it is minded (rows.ts). */
const longestRemembered = 15

/** Of some shifts alone it is a counter too: what is remembered is only whether a day was worked. */
export const isRemembered = ({ days, shifts }: Window): boolean => days <= longestRemembered && shifts === undefined

/** Nights with which the days before end, one after the other. */
export function nightsBefore({ shifts }: Pick<RosterProblem, 'shifts'>, before: Person['before']): number {
  const isNight = (key: ShiftKey | null): boolean => shifts.find((shift) => shift.key === key)?.isNight ?? false
  return before.length - 1 - before.findLastIndex((key) => !isNight(key))
}

type Rules = {
  readonly problem: RosterProblem
  readonly person: Person
  readonly windows: readonly Window[]
  /** Infinite where they are not tracked. */
  readonly mostNights: number
  readonly tracksFridays: boolean
  readonly mayWork: readonly number[]
  /** By action: the first action with the same successors. */
  readonly kind: readonly number[]
  readonly follows: (earlier: number, later: number) => boolean
}

function rulesOf(problem: RosterProblem, person: Person, tracked: Tracked): Rules {
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
  const windows = tracked.windows ? person.windows.filter(isRemembered) : []
  const mostNights = tracked.nights ? (person.mostNightsInARow ?? Infinity) : Infinity
  return { problem, person, windows, mostNights, tracksFridays: tracked.fridays, mayWork, kind, follows }
}

function build(rules: Rules): Automaton {
  const states: Memory[] = []
  const numbers = new Map<string, number>()
  const numberOf = (memory: Memory): number => {
    const { isWork, run, isOpen, last, recent, nights, ranOver } = memory
    const key = `${isWork} ${run} ${isOpen} ${last} ${recent} ${nights} ${ranOver}`
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
      if (keeps(rules, memory, action))
        moves.push({ action, to: numberOf(forget(rules, after(rules, memory, action))) })
    }
    starts.push(moves.length)
  }
  return {
    states: states.length,
    start,
    isWork: Uint8Array.from(states, ({ isWork }) => (isWork ? 1 : 0)),
    ranOver: Uint8Array.from(states, ({ ranOver }) => ranOver),
    starts: Int32Array.from(starts),
    moveAction: Uint8Array.from(moves, ({ action }) => action),
    moveTo: Int32Array.from(moves, ({ to }) => to),
  }
}

/** The days before are as they are: no rule judges them. */
function beforeOf(rules: Rules): Memory {
  const { problem, person } = rules
  const actionOf = (shift: ShiftKey | null): number => problem.shifts.findIndex(({ key }) => key === shift) + 1
  const nothing: Memory = { isWork: false, run: 0, isOpen: true, last: 0, recent: 0, nights: 0, ranOver: 0 }
  return person.before.reduce((memory, shift) => after(rules, memory, actionOf(shift)), nothing)
}

function after({ problem }: Rules, memory: Memory, action: number): Memory {
  const isWork = action > 0
  const shift = problem.shifts[action - 1]
  const isOver = shift !== undefined && isOverMidnight(problem, shift)
  const goesOn = memory.run > 0 && memory.isWork === isWork
  return {
    isWork,
    run: goesOn ? memory.run + 1 : 1,
    isOpen: goesOn ? memory.isOpen : memory.run === 0,
    last: action,
    recent: ((memory.recent << 1) | (isWork ? 1 : 0)) & (2 ** longestRemembered - 1),
    nights: shift?.isNight ? memory.nights + 1 : 0,
    ranOver: isOver ? 1 : !isWork && memory.ranOver === 1 ? 2 : 0,
  }
}

function keeps({ problem, person, windows, mostNights, follows }: Rules, memory: Memory, action: number): boolean {
  const isWork = action > 0
  if (memory.run > 0 && memory.isWork !== isWork && !memory.isOpen) {
    if (memory.run < (memory.isWork ? person.leastInARow : person.leastFreeInARow)) return false
  }
  if (!isWork) return true
  if ((memory.isWork ? memory.run : 0) + 1 > person.mostInARow) return false
  if (memory.isWork && !follows(memory.last, action)) return false
  if (problem.shifts[action - 1]?.isNight && memory.nights + 1 > mostNights) return false
  return windows.every(({ days, most }) => bits(memory.recent & (2 ** (days - 1) - 1)) + 1 <= most)
}

/** What no rule asks for any more is forgotten: the fewer states the better. */
function forget({ problem, person, windows, mostNights, tracksFridays, kind }: Rules, memory: Memory): Memory {
  const reach = Math.max(0, ...windows.map(({ days }) => days - 1))
  const recent = memory.recent & (2 ** reach - 1)
  const nights = mostNights === Infinity ? 0 : Math.min(memory.nights, mostNights)
  // Whoever rests for two days does not work on the Sunday after a Friday night and a free Saturday.
  const isLater = memory.ranOver === 2 && person.leastFreeInARow > 1
  const ranOver = tracksFridays && !isLater ? memory.ranOver : 0
  const kept = { recent, nights, ranOver }
  if (memory.run === 0) return { ...memory, ...kept }
  if (!memory.isWork) {
    const least = Math.max(1, person.leastFreeInARow)
    return { isWork: false, run: memory.isOpen ? least : Math.min(memory.run, least), isOpen: false, last: 0, ...kept }
  }
  const last = kind[memory.last] ?? memory.last
  const isLongEnough = memory.run >= person.leastInARow
  if (person.mostInARow >= problem.days + person.before.length) {
    const least = Math.max(1, person.leastInARow)
    return { isWork: true, run: memory.isOpen ? least : Math.min(memory.run, least), isOpen: false, last, ...kept }
  }
  return { isWork: true, run: memory.run, isOpen: memory.isOpen && !isLongEnough, last, ...kept }
}

function bits(mask: number): number {
  let count = 0
  for (let left = mask; left !== 0; left &= left - 1) count++
  return count
}
