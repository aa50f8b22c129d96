import type { Buffers } from './by-days.ts'
import { type Chance, shuffled } from './chance.ts'
import { count, type Draft, draftOf, marginalPrices, put } from './draft.ts'
import { type Days, excerptOf } from './excerpt.ts'
import type { Model, PersonModel, Row } from './model.ts'
import { createRowFinders, type RowFinder } from './rows.ts'
import type { Person } from './words.ts'

/** Everybody in turn takes the best row that the others leave her, until a round changes no cost. */
export function descend(
  model: Model,
  finders: readonly RowFinder[],
  draft: Draft,
  chance: Chance,
  shouldStop: () => boolean,
): void {
  const prices = new Float64Array(model.days * model.actions)
  const everybody = model.people.map((_, person) => person)
  for (let quiet = 0; quiet < 2; ) {
    const before = draft.cost
    for (const person of shuffled(everybody, chance)) {
      if (shouldStop()) return
      const her = model.people[person]
      if (her === undefined) continue
      count(model, her, draft.rows[person], draft.counts, -1)
      marginalPrices(model, her, draft.counts, prices)
      count(model, her, draft.rows[person], draft.counts, 1)
      const { row } = finders[person]?.find(prices) ?? { row: null }
      if (row !== null) put(model, draft, person, row)
    }
    quiet = draft.cost < before - 1e-9 ? 0 : quiet + 1
  }
}

/**
 * A first roster of many weeks, a few after a few (a rolling horizon, Wolsey 2020, ch. 13): minutes and weekends are shared out over
 * them by the days she can work.
 *
 * @returns rows; undefined for whoever was given none, though she may have one.
 */
export function rowsByWeeks(model: Model, buffers: Buffers, chance: Chance): (Row | undefined)[] {
  const { days } = model
  const rows: Row[] = model.people.map(() => new Uint8Array(days))
  /** Who has no row yet, and up to which day she has. */
  const lost = new Map<number, number>()
  // A stretch and a rest: after them anything may come. No more, or the weekend after would be counted, and not be kept to.
  const ahead = Math.max(1, ...model.people.map(({ person }) => person.leastInARow + person.leastFreeInARow))
  for (let from = 0; from < days; from += together) {
    // What would be left over is taken in.
    const end = days - from < 2 * together + ahead ? days : from + together + ahead
    let waiting = model.people.map((_, person) => person).filter((person) => !lost.has(person))
    // Whoever has no row within her share is asked again with more room.
    for (const slack of end === days ? [0] : slacks) {
      const share = (rest: Person, person: number): Person =>
        end === days ? rest : shareOf(model, rest, model.people[person], { from, end }, slack + chance())
      const excerpt = excerptOf(model, draftOf(model, rows), waiting, { from, end }, share)
      const found = eachInTurn(excerpt.model, createRowFinders(excerpt.model, buffers), chance)
      for (const [place, person] of waiting.entries()) rows[person]?.set(found[place] ?? [], excerpt.from)
      waiting = waiting.filter((_, place) => found[place] === undefined)
      if (waiting.length === 0) break
    }
    for (const person of waiting) {
      lost.set(person, from)
      rows[person]?.fill(0, from)
    }
    if (end === days) break
    // Only the first weeks stand; the days after them show that she can go on.
    for (const row of rows) row.fill(0, from + together)
  }
  goBack(model, rows, lost, buffers, chance)
  return rows.map((row, person) => (lost.has(person) ? undefined : row))
}

/** Whoever could not end as her rules ask gets her last weeks anew: twice as many each time, until there is a way. */
function goBack(model: Model, rows: Row[], lost: Map<number, number>, buffers: Buffers, chance: Chance): void {
  for (let length = 4 * together; lost.size > 0 && length < 2 * model.days; length *= 2) {
    const from = Math.max(0, model.days - length)
    const people = [...lost].flatMap(([person, until]) => (until >= from ? [person] : []))
    const excerpt = excerptOf(model, draftOf(model, rows), people, { from, end: model.days })
    const found = eachInTurn(excerpt.model, createRowFinders(excerpt.model, buffers), chance)
    for (const [place, person] of people.entries()) {
      const row = found[place]
      if (row === undefined) continue
      rows[person]?.set(row, excerpt.from)
      lost.delete(person)
    }
  }
}

/** Shifts and weekends that somebody's share may be passed by, besides a part of one by chance. */
const slacks = [0, 1, 4]

/** Days that are settled in one step. */
const together = 14

/** What she may work of what is left to her, within some days: their share, give or take. */
function shareOf(
  { minutes, days, problem }: Model,
  rest: Person,
  her: PersonModel | undefined,
  { from, end }: Days,
  slack: number,
): Person {
  const off = new Set(her?.person.daysOff)
  let [within, all, weekendsWithin, weekends] = [0, 0, 0, 0]
  for (let day = from; day < days; day++) {
    const isWithin = day < end
    if (!off.has(day)) all++
    if (!off.has(day) && isWithin) within++
    if ((problem.startsOn + day) % 7 !== 5) continue
    weekends++
    if (isWithin) weekendsWithin++
  }
  const share = all === 0 ? 0 : within / all
  const longest = Math.max(...minutes)
  const more = Math.floor(slack)
  return {
    ...rest,
    leastMinutes: Math.max(0, Math.floor(rest.leastMinutes * share - longest * more)),
    mostMinutes: Math.min(rest.mostMinutes, Math.ceil(rest.mostMinutes * share + longest * (more + 0.5))),
    // Whole weekends, up or down by chance: all rounded up, the last weeks would have none left.
    mostWeekends: Math.min(
      rest.mostWeekends,
      weekends === 0 ? Infinity : Math.floor((rest.mostWeekends * weekendsWithin) / weekends + slack),
    ),
  }
}

/** Everybody takes the best row the ones before her leave; then each again, until nobody can better herself. */
function eachInTurn(model: Model, finders: readonly RowFinder[], chance: Chance): (Row | undefined)[] {
  const prices = new Float64Array(model.days * model.actions)
  const counts = new Int32Array(model.required.length)
  const rows: (Row | undefined)[] = model.people.map(() => undefined)
  for (const person of shuffled([...model.people.keys()], chance)) {
    const her = model.people[person]
    if (her === undefined) continue
    eagerPrices(model, her, counts, prices)
    const row = finders[person]?.find(prices, { isRough: true }).row
    if (row === null || row === undefined) continue
    rows[person] = row
    count(model, her, row, counts, 1)
  }
  const isFound = rows.map((row) => row !== undefined)
  const draft = draftOf(
    model,
    rows.map((row) => row ?? new Uint8Array(model.days)),
  )
  let round = 0
  const asked = finders.map(
    (finder, person): RowFinder => ({ find: (at) => (isFound[person] ? finder.find(at) : none) }),
  )
  descend(model, asked, draft, chance, () => round++ > 2 * model.people.length)
  return draft.rows.map((row, person) => (isFound[person] ? row : undefined))
}

/** What is missing most is worth most: the last in turn are not left with what nobody could fit in. */
function eagerPrices(model: Model, her: PersonModel, counts: Int32Array, prices: Float64Array): void {
  const { required, under, over } = model
  const { starts, demands } = her.meets
  for (let at = 0; at < prices.length; at++) {
    let price = her.cost[at] ?? 0
    for (let k = starts[at] ?? 0; k < (starts[at + 1] ?? 0); k++) {
      const demand = demands[k] ?? 0
      const share = 1 - (counts[demand] ?? 0) / Math.max(1, required[demand] ?? 0)
      price += share > 0 ? (-(under[demand] ?? 0) * (1 + share)) / 2 : (over[demand] ?? 0)
    }
    prices[at] = price
  }
}

const none = { row: null, value: Infinity, bound: Infinity, others: [] }
