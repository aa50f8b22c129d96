import { type Automaton, automatonOf, type Tracked } from './automaton.ts'
import { isOverMidnight, type WeekendSpan, weekendSpans } from './weekends.ts'
import type { Company, CoverDemand, Person, Roster, RosterProblem } from './words.ts'

/**
 * A roster problem in numbers. Action 0 of a day is to be free, action `a` is to work `shifts[a - 1]`; tables of days and
 * actions are laid out `day * actions + action`.
 */
export type Model = {
  readonly problem: RosterProblem
  readonly days: number
  readonly actions: number
  /** Of each action. */
  readonly minutes: Int32Array
  /** 1 for those on call. */
  readonly onCall: Uint8Array
  /** 1 for nights, on call or not. */
  readonly nights: Uint8Array
  /** 1 for those that end the next day, where weekends are counted by hours; otherwise none. */
  readonly overMidnight: Uint8Array
  /** 1 where the second action may come the day after the first: `earlier * actions + later`. */
  readonly follows: Uint8Array
  readonly people: readonly PersonModel[]
  /** Of each demand; behind them, of each shift on which nobody is alone, how many of its people it asks for, at no weight. */
  readonly required: Float64Array
  readonly under: Float64Array
  readonly over: Float64Array
  /** Shifts on which nobody is alone: `company[i]` has the place `cover.length + i` among the demands. */
  readonly company: readonly Company[]
  /**
   * Of each of them, in an excerpt: how many stand there who are people of the whole and not of the excerpt. They have company only if
   * somebody joins them, so a shift on which they are is never empty. Of a whole roster: none.
   */
  readonly others: Int32Array
  /** What it costs a search that somebody is alone: more than all that could be won by it. */
  readonly lonely: number
  /** Every weight is a whole number: then so is every cost, and a bound may be rounded up. */
  readonly isWhole: boolean
}

export type PersonModel = {
  readonly person: Person
  /** 1 where neither leave, nor what stands in this roster or another, nor her shift types forbid the action. */
  readonly may: Uint8Array
  /** Wishes that the action leaves unmet. */
  readonly cost: Float64Array
  /** Each balance with 1 for the actions it counts. */
  readonly balance: readonly {
    readonly counts: Uint8Array
    readonly low: number
    readonly high: number
    readonly weight: number
  }[]
  readonly meets: Meets
  /** Spans of days on whose weekends she may work on so many at most (`weekendWindow`). */
  readonly weekends: readonly WeekendSpan[]
  /** Rows and rests, and whatever else is to be remembered. Made when asked for, and shared by people of the same rules. */
  readonly automaton: (tracked: Tracked) => Automaton
}

/** The demands an action meets: `demands[starts[i] .. starts[i + 1]]` with `i` = day and action. */
export type Meets = { readonly starts: Int32Array; readonly demands: Int32Array }

/** What somebody works on each day, as actions. */
export type Row = Uint8Array

/** `whole`: where the problem is an excerpt, what is the whole's. */
export function modelOf(problem: RosterProblem, whole: Pick<Model, 'others' | 'lonely'> = wholeOf(problem)): Model {
  const actions = problem.shifts.length + 1
  const meetsBySkills = new Map<string, Meets>()
  const automata = new Map<string, Automaton>()
  const company = problem.company ?? []
  const { others, lonely } = whole
  const asked = [...problem.cover, ...company.map((each, index) => companyOf(each, others[index] ?? 0))]
  const people = problem.people.map((person): PersonModel => {
    const skills = person.skills.toSorted().join('\n')
    const meets = meetsBySkills.get(skills) ?? meetsOf(problem, asked, person.skills)
    meetsBySkills.set(skills, meets)
    return {
      person,
      may: mayOf(problem, person),
      cost: wishesOf(problem, person),
      balance: person.balance.map(({ shifts, low, high, weight }) => ({
        counts: Uint8Array.of(0, ...problem.shifts.map(({ key }) => (shifts.includes(key) ? 1 : 0))),
        low,
        high,
        weight,
      })),
      meets,
      weekends: weekendSpans(problem, person),
      automaton: (tracked) => automatonOf(problem, person, tracked, automata),
    }
  })
  leaveEmpty(problem, people, others)
  const weights = [
    ...problem.cover.flatMap(({ under, over }) => [under, over]),
    ...problem.people.flatMap(({ wishes, balance }) => [...wishes, ...balance].map(({ weight }) => weight)),
  ]
  return {
    problem,
    days: problem.days,
    actions,
    minutes: Int32Array.of(0, ...problem.shifts.map(({ minutes }) => minutes)),
    onCall: Uint8Array.of(0, ...problem.shifts.map(({ isOnCall }) => (isOnCall ? 1 : 0))),
    nights: Uint8Array.of(0, ...problem.shifts.map(({ isNight }) => (isNight ? 1 : 0))),
    overMidnight: Uint8Array.of(0, ...problem.shifts.map((shift) => (isOverMidnight(problem, shift) ? 1 : 0))),
    follows: followsOf(problem),
    people,
    required: Float64Array.from(asked, ({ required }) => required),
    under: Float64Array.from(asked, ({ under }) => under),
    over: Float64Array.from(asked, ({ over }) => over),
    company,
    others,
    lonely,
    isWhole: weights.every(Number.isInteger),
  }
}

const wholeOf = ({ cover, company = [] }: RosterProblem): Pick<Model, 'others' | 'lonely'> => ({
  others: new Int32Array(company.length),
  lonely: Math.ceil(20 * cover.reduce((dearest, { under }) => Math.max(dearest, under), 1)),
})

export function rosterOf({ problem }: Model, rows: readonly Row[]): Roster {
  return Object.fromEntries(
    problem.people.map(({ key }, index) => [
      key,
      Array.from(rows[index] ?? [], (action) => problem.shifts[action - 1]?.key ?? null),
    ]),
  )
}

/** The rows of everybody, free where the roster has nobody of that key, or names what is no shift. */
export const rowsOf = ({ problem, days }: Model, roster: Roster): readonly Row[] =>
  problem.people.map(({ key }) => {
    const row = Object.hasOwn(roster, key) ? (roster[key] ?? []) : []
    return Uint8Array.from({ length: days }, (_, day) => problem.shifts.findIndex((each) => each.key === row[day]) + 1)
  })

/** Wishes and balance of one row. */
export function personalCost({ actions }: Model, her: PersonModel, row: Row): number {
  return pricedAt(actions, her, row, her.cost)
}

/** A row at prices of days and actions, and its balance. */
export function pricedAt(actions: number, { balance }: PersonModel, row: Row, prices: Float64Array): number {
  let total = 0
  for (let day = 0; day < row.length; day++) total += prices[day * actions + (row[day] ?? 0)] ?? 0
  for (const { counts, low, high, weight } of balance) {
    let worked = 0
    for (let day = 0; day < row.length; day++) worked += counts[row[day] ?? 0] ?? 0
    total += weight * (Math.max(0, low - worked) + Math.max(0, worked - high))
  }
  return total
}

function followsOf({ shifts }: RosterProblem): Uint8Array {
  const actions = shifts.length + 1
  const follows = new Uint8Array(actions * actions).fill(1)
  const numbers = new Map(shifts.map(({ key }, index) => [key, index + 1]))
  for (const [index, { cannotFollow }] of shifts.entries()) {
    for (const key of cannotFollow) follows[(index + 1) * actions + (numbers.get(key) ?? 0)] = 0
    follows[(index + 1) * actions] = 1
  }
  return follows
}

function mayOf({ days, startsOn, shifts, longestDuty = Infinity }: RosterProblem, person: Person): Uint8Array {
  const actions = shifts.length + 1
  const may = new Uint8Array(days * actions).fill(1)
  for (let day = 0; day < days; day++) {
    for (const [index, { key, weekdays, minutes }] of shifts.entries()) {
      const isOpen = weekdays?.includes((startsOn + day) % 7) ?? true
      if (!isOpen || minutes > longestDuty || person.mostShifts[key] === 0) may[day * actions + index + 1] = 0
    }
  }
  for (const day of person.daysOff) may.fill(0, day * actions + 1, (day + 1) * actions)
  for (const day of person.away ?? []) {
    for (const [index, { starts, minutes, lasts = minutes }] of shifts.entries()) {
      if (day > 0 && starts + lasts > 1440) may[(day - 1) * actions + index + 1] = 0
    }
  }
  for (const { day, shift } of [...person.fixed, ...(person.elsewhere ?? [])]) {
    const action = shift === null ? 0 : shifts.findIndex(({ key }) => key === shift) + 1
    for (let other = 0; other < actions; other++) if (other !== action) may[day * actions + other] = 0
  }
  return may
}

function wishesOf({ days, shifts }: RosterProblem, { wishes }: Person): Float64Array {
  const actions = shifts.length + 1
  const cost = new Float64Array(days * actions)
  for (const { day, shift, weight, isWanted } of wishes) {
    for (let action = 0; action < actions; action++) {
      const isMet = ((shifts[action - 1]?.key ?? null) === shift) === isWanted
      if (!isMet) cost[day * actions + action] = (cost[day * actions + action] ?? 0) + weight
    }
  }
  return cost
}

/** Where fewer may come than have to be there together, nobody is asked to. What a hand has set stands. */
function leaveEmpty({ shifts, company = [] }: RosterProblem, people: readonly PersonModel[], others: Int32Array): void {
  const actions = shifts.length + 1
  for (const [index, { day, shift, least }] of company.entries()) {
    const action = shifts.findIndex(({ key }) => key === shift) + 1
    const at = day * actions + action
    const may = people.filter((her) => her.may[at] === 1)
    if ((others[index] ?? 0) > 0 || may.length >= least) continue
    for (const her of may) if (her.may[day * actions] === 1) her.may[at] = 0
  }
}

/** Whoever works it is counted, as by a demand. */
const companyOf = ({ day, shift, least }: Company, others: number): CoverDemand => ({
  day,
  by: [shift],
  skill: null,
  required: least - others,
  under: 0,
  over: 0,
})

function meetsOf({ days, shifts }: RosterProblem, asked: readonly CoverDemand[], skills: readonly string[]): Meets {
  const actions = shifts.length + 1
  const lists: number[][] = Array.from({ length: days * actions }, () => [])
  for (const [demand, { day, by, skill }] of asked.entries()) {
    if (skill !== null && !skills.includes(skill)) continue
    for (const [index, { key }] of shifts.entries()) {
      if (by.includes(key)) lists[day * actions + index + 1]?.push(demand)
    }
  }
  const starts = new Int32Array(lists.length + 1)
  for (const [index, list] of lists.entries()) starts[index + 1] = (starts[index] ?? 0) + list.length
  return { starts, demands: Int32Array.from(lists.flat()) }
}
