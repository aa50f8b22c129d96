import type { Buffers } from './by-days.ts'
import { type Chance, shuffled } from './chance.ts'
import { count, type Draft, draftOf, marginalPrices, put } from './draft.ts'
import { excerptOf, reachOf } from './excerpt.ts'
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
 * them by the days she can work. Whoever is left without a row is given one at the end, of all days at once.
 *
 * @returns rows, and undefined for those people.
 */
export function rowsByWeeks(model: Model, buffers: Buffers, chance: Chance): (Row | undefined)[] {
  const { days } = model
  const rows: Row[] = model.people.map(() => new Uint8Array(days))
  const lost = new Set<number>()
  const ahead = Math.max(0, ...model.people.map(({ person }) => reachOf(person)))
  for (let from = 0; from < days; from += together) {
    // What would be left over is taken in.
    const end = days - from < 2 * together + ahead ? days : from + together + ahead
    const going = model.people.map((_, person) => person).filter((person) => !lost.has(person))
    const draft = draftOf(model, rows)
    const share = (rest: Person, person: number): Person =>
      end === days ? rest : shareOf(model, rest, model.people[person], from, end)
    const excerpt = excerptOf(model, draft, going, { from, end }, share)
    const finders = createRowFinders(excerpt.model, buffers)
    const found = eachInTurn(excerpt.model, finders, chance)
    for (const [place, person] of going.entries()) {
      const row = found[place]
      if (row === undefined) {
        lost.add(person)
        rows[person] = new Uint8Array(days)
      } else rows[person]?.set(row, excerpt.from)
    }
    if (end === days) break
    // Only the first weeks stand; the days after them show that she can go on.
    for (const row of rows) row.fill(0, from + together)
  }
  return rows.map((row, person) => (lost.has(person) ? undefined : row))
}

/** Days that are settled in one step. */
const together = 14

/** What she may work of what is left to her, within some days: a shift more or less than their share. */
function shareOf(
  { minutes, days, problem }: Model,
  rest: Person,
  her: PersonModel | undefined,
  from: number,
  end: number,
) {
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
  const slack = Math.max(...minutes)
  return {
    ...rest,
    leastMinutes: Math.max(0, Math.floor(rest.leastMinutes * share - slack)),
    mostMinutes: Math.max(0, Math.ceil(rest.mostMinutes * share + slack)),
    mostWeekends: weekends === 0 ? rest.mostWeekends : Math.ceil((rest.mostWeekends * weekendsWithin) / weekends),
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
    marginalPrices(model, her, counts, prices)
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
  descend(model, asked, draft, chance, () => round++ > 4 * model.people.length)
  return draft.rows.map((row, person) => (isFound[person] ? row : undefined))
}

const none = { row: null, value: Infinity, bound: Infinity, others: [] }
