import type { Chance } from './chance.ts'
import { aloneAt, type Draft, draftOf } from './draft.ts'
import { createKeeps, type Keeps } from './keeps.ts'
import type { Model, PersonModel, Row } from './model.ts'

/**
 * Many small changes of a roster, each kept when it costs less, and sometimes when it costs more: the less often the
 * colder it is (simulated annealing, Kirkpatrick, Gelatt & Vecchi 1983; of rosters Knust & Xie 2019). Two people change
 * some days with each other, somebody works another shift, or another day instead of one. Every roster on the way keeps every hard rule.
 */
export class Annealing {
  #model: Model
  readonly #chance: Chance
  readonly #people: readonly Worker[]
  /** Of each shift on which nobody is alone, its action. */
  readonly #company: Int32Array
  /** `person * days + day`. */
  readonly #rows: Uint8Array
  readonly #counts: Int32Array
  #cost: number
  /** Changes of the move that is tried: person, day, the action before. */
  readonly #log = new Int32Array(3 * Math.max(2 * longestSwap, longestSlide + 2))
  #logged = 0
  /** Whose days it changes. */
  readonly #touched: number[] = []

  constructor(model: Model, draft: Draft, chance: Chance) {
    this.#model = model
    this.#chance = chance
    const { days } = model
    this.#rows = new Uint8Array(days * model.people.length)
    for (const [person, row] of draft.rows.entries()) this.#rows.set(row, person * days)
    this.#counts = draft.counts.slice()
    this.#cost = draft.cost
    this.#people = model.people.map((her, person) => workerOf(model, her, draft.rows[person] ?? new Uint8Array(days)))
    const keys = model.problem.shifts.map(({ key }) => key)
    this.#company = Int32Array.from(model.company, ({ shift }) => keys.indexOf(shift) + 1)
  }

  /** What it costs from now on that somebody is alone: a little at first, since whoever is the first on a shift is. */
  weighAlone(lonely: number): void {
    this.#model = { ...this.#model, lonely }
    this.#cost = this.draft().cost
  }

  cost(): number {
    return this.#cost
  }

  draft(): Draft {
    const { days } = this.#model
    return draftOf(
      this.#model,
      this.#people.map((_, person) => this.#rows.slice(person * days, (person + 1) * days)),
    )
  }

  /** `heat`: what a change may cost more, to be kept one time in e. */
  cool(tries: number, heat: number): void {
    const people = this.#people.length
    for (let attempt = 0; attempt < tries; attempt++) {
      const kind = this.#chance()
      const person = Math.floor(this.#chance() * people)
      this.#logged = 0
      this.#touched.length = 0
      let isMade: boolean
      const isTogether = this.#company.length > 0 && this.#chance() < togetherShare
      if (isTogether) isMade = this.#together()
      else if (kind < 0.4 && people > 1) {
        const other = Math.floor(this.#chance() * (people - 1))
        isMade = this.#swap(person, other < person ? other : other + 1)
      } else isMade = kind < 0.55 ? this.#change(person) : kind < 0.8 ? this.#move(person) : this.#slide(person)
      if (!isMade || !this.#mayAllStay() || !this.#replaceAll(isTogether || kind < 0.4)) {
        this.#takeBack(false)
        continue
      }
      const more = this.#account(heat)
      if (more === Infinity) this.#takeBack(true)
      else this.#cost += more
    }
  }

  // ---------------------------------------------------------------- moves

  /** Two people change some days with each other. */
  #swap(person: number, other: number): boolean {
    const { days } = this.#model
    const length = 1 + Math.floor(this.#chance() * Math.min(days, longestSwap))
    const first = Math.floor(this.#chance() * (days - length + 1))
    const [a, b] = [person * days, other * days]
    let isOther = false
    for (let day = first; day < first + length; day++) {
      const [hers, others] = [this.#rows[a + day] ?? 0, this.#rows[b + day] ?? 0]
      if (hers === others) continue
      isOther = true
      if (!this.#write(person, day, others) || !this.#write(other, day, hers)) return false
    }
    return isOther
  }

  /** As many as have to be there come to an empty shift together, or all who are there, being no more, leave it. */
  #together(): boolean {
    const { days, actions, company, others, problem } = this.#model
    const index = Math.floor(this.#chance() * company.length)
    const asked = company[index]
    const action = this.#company[index] ?? 0
    if (asked === undefined) return false
    const { day, least } = asked
    const there = this.#counts[problem.cover.length + index] ?? 0
    if ((others[index] ?? 0) > 0 || there > least) return false
    const count = this.#people.length
    const start = Math.floor(this.#chance() * count)
    // To another shift of the day, or home.
    const other = there === 0 ? action : Math.floor(this.#chance() * actions)
    let left = there === 0 ? least : there
    for (let step = 0; step < count && left > 0; step++) {
      const person = start + step < count ? start + step : start + step - count
      const worked = this.#rows[person * days + day] ?? 0
      if (other === worked || (there > 0 && worked !== action)) continue
      if (this.#people[person]?.her.may[day * actions + other] === 0) continue
      if (there === 0 && this.#chance() < 0.3) continue
      if (!this.#write(person, day, other)) return false
      left--
      // A day for a day, where she has no more of them.
      if (worked > 0 === other > 0 || this.#chance() < 0.5) continue
      for (let probe = 0; probe < 8; probe++) {
        const second = Math.floor(this.#chance() * days)
        if (second === day || !this.#mayTurn(person, second, 1, other > 0)) continue
        if (!this.#turn(person, second)) return false
        break
      }
    }
    return left === 0
  }

  /** Another shift on a day she works. */
  #change(person: number): boolean {
    const { days } = this.#model
    const day = Math.floor(this.#chance() * days)
    const worked = this.#rows[person * days + day] ?? 0
    if (worked === 0) return false
    const action = this.#someAction(person, day, worked)
    return action > 0 && this.#write(person, day, action)
  }

  /** A day or a few more or less, or instead of others. */
  #move(person: number): boolean {
    const { days } = this.#model
    const length = this.#chance() < 0.6 ? 1 : 2 + Math.floor(this.#chance() * (longestMove - 1))
    const first = Math.floor(this.#chance() * (days - length + 1))
    const works = (this.#rows[person * days + first] ?? 0) > 0
    if (!this.#turnAll(person, first, length, works)) return false
    if (this.#chance() < 0.15) return true
    const isNear = this.#chance() < 0.6
    for (let probe = 0; probe < 8; probe++) {
      const second = isNear
        ? first - 8 + Math.floor(this.#chance() * 17)
        : Math.floor(this.#chance() * (days - length + 1))
      if (second < 0 || second + length > days || Math.abs(second - first) < length) continue
      if (this.#mayTurn(person, second, length, !works)) return this.#turnAll(person, second, length, !works)
    }
    return false
  }

  #turnAll(person: number, first: number, length: number, works: boolean): boolean {
    if (!this.#mayTurn(person, first, length, works)) return false
    for (let day = first; day < first + length; day++) if (!this.#turn(person, day)) return false
    return true
  }

  /** All worked, or all free; a day alone also has another beside it that is not. */
  #mayTurn(person: number, first: number, length: number, works: boolean): boolean {
    const { days } = this.#model
    for (let day = first; day < first + length; day++) {
      if ((this.#rows[person * days + day] ?? 0) > 0 !== works) return false
    }
    return length > 1 || this.#isEdge(person, first)
  }

  /** All between two days that are both free, or both worked, comes a day later or earlier. */
  #slide(person: number): boolean {
    const { days } = this.#model
    const base = person * days
    const length = 2 + Math.floor(this.#chance() * Math.min(days - 2, longestSlide))
    const first = Math.floor(this.#chance() * (days - length))
    const last = first + length
    const rows = this.#rows
    if ((rows[base + first] ?? 0) > 0 !== (rows[base + last] ?? 0) > 0) return false
    if (this.#chance() < 0.5) {
      for (let day = last, works = (rows[base + last] ?? 0) > 0; day > first; day--) {
        const before = (rows[base + day - 1] ?? 0) > 0
        if (before !== works && !this.#turn(person, day)) return false
        works = before
      }
      return this.#logged > 0
    }
    for (let day = first, works = (rows[base + first] ?? 0) > 0; day < last; day++) {
      const after = (rows[base + day + 1] ?? 0) > 0
      if (after !== works && !this.#turn(person, day)) return false
      works = after
    }
    return this.#logged > 0
  }

  /** The day before or after is worked when this one is free, and the other way round. */
  #isEdge(person: number, day: number): boolean {
    const { days } = this.#model
    const at = person * days + day
    const works = (this.#rows[at] ?? 0) > 0
    return (
      (day > 0 && (this.#rows[at - 1] ?? 0) > 0 !== works) ||
      (day + 1 < days && (this.#rows[at + 1] ?? 0) > 0 !== works)
    )
  }

  #turn(person: number, day: number): boolean {
    const was = this.#rows[person * this.#model.days + day] ?? 0
    if (was > 0) return this.#write(person, day, 0)
    const action = this.#someAction(person, day, 0)
    return action > 0 && this.#write(person, day, action)
  }

  #replaceAll(isSwap: boolean): boolean {
    if (isSwap || this.#chance() < 0.3) return true
    const logged = this.#logged
    const touched = this.#touched.length
    for (let index = 0; index < logged; index++) {
      const was = this.#log[3 * index + 2] ?? 0
      if (was > 0) this.#replace(this.#log[3 * index] ?? 0, this.#log[3 * index + 1] ?? 0, was)
    }
    for (let index = touched; index < this.#touched.length; index++)
      if (!this.#mayStay(this.#touched[index] ?? 0)) return false
    return true
  }

  /** Where her shift is missed, somebody whose own is not takes it. */
  #replace(person: number, day: number, action: number): void {
    const { days, actions, follows } = this.#model
    const her = this.#people[person]?.her
    if (her === undefined || this.#spare(her, day * actions + action) > 0) return
    const count = this.#people.length
    const start = Math.floor(this.#chance() * count)
    for (let step = 0; step < count; step++) {
      const other = start + step < count ? start + step : start + step - count
      const at = other * days + day
      const worked = this.#rows[at] ?? 0
      if (worked === 0 || worked === action || other === person) continue
      const others = this.#people[other]?.her
      if (others === undefined || others.may[day * actions + action] === 0) continue
      if (this.#spare(others, day * actions + worked) < 1) continue
      if (day > 0 && follows[(this.#rows[at - 1] ?? 0) * actions + action] === 0) continue
      if (day + 1 < days && follows[action * actions + (this.#rows[at + 1] ?? 0)] === 0) continue
      this.#write(other, day, action)
      return
    }
  }

  /** How many more than are asked for are where she is; below 0: missing. */
  #spare({ meets }: PersonModel, place: number): number {
    const { required, under } = this.#model
    let least = Infinity
    for (let k = meets.starts[place] ?? 0; k < (meets.starts[place + 1] ?? 0); k++) {
      const demand = meets.demands[k] ?? 0
      if ((under[demand] ?? 0) > 0) least = Math.min(least, (this.#counts[demand] ?? 0) - (required[demand] ?? 0))
    }
    return least
  }

  /** A shift she may work that day: any, or the one that is missed most. */
  #someAction(person: number, day: number, but: number): number {
    const worker = this.#people[person]
    if (worker === undefined) return -1
    const { works, her } = worker
    const { days, actions, follows, under, over, required } = this.#model
    if (this.#chance() < 0.4) {
      const action = works[Math.floor(this.#chance() * works.length)] ?? 0
      return action === but ? -1 : action
    }
    const at = person * days + day
    const before = day > 0 ? (this.#rows[at - 1] ?? 0) : 0
    const after = day + 1 < days ? (this.#rows[at + 1] ?? 0) : 0
    let best = -1
    let least = Infinity
    for (let index = 0; index < works.length; index++) {
      const action = works[index] ?? 0
      const place = day * actions + action
      if (action === but || her.may[place] === 0) continue
      if (follows[before * actions + action] === 0 || follows[action * actions + after] === 0) continue
      let price = (her.cost[place] ?? 0) + this.#chance()
      for (let k = her.meets.starts[place] ?? 0; k < (her.meets.starts[place + 1] ?? 0); k++) {
        const demand = her.meets.demands[k] ?? 0
        price += (this.#counts[demand] ?? 0) < (required[demand] ?? 0) ? -(under[demand] ?? 0) : (over[demand] ?? 0)
      }
      if (price < least) {
        least = price
        best = action
      }
    }
    return best
  }

  // ---------------------------------------------------------------- what a move changes

  /** False where she may not. */
  #write(person: number, day: number, action: number): boolean {
    const worker = this.#people[person]
    const { days, actions, minutes } = this.#model
    if (worker === undefined || worker.her.may[day * actions + action] === 0) return false
    const at = person * days + day
    const was = this.#rows[at] ?? 0
    if (3 * this.#logged >= this.#log.length) return false
    const log = 3 * this.#logged++
    if (!this.#touched.includes(person)) this.#touched.push(person)
    this.#log[log] = person
    this.#log[log + 1] = day
    this.#log[log + 2] = was
    this.#set(worker, at, day, was, action)
    worker.minutes += (minutes[action] ?? 0) - (minutes[was] ?? 0)
    return true
  }

  #set(worker: Worker, at: number, day: number, was: number, action: number): void {
    this.#rows[at] = action
    if (was > 0 === action > 0) return
    const { days, problem } = this.#model
    const weekday = (problem.startsOn + day) % 7
    if (weekday < 5) return
    const partner = weekday === 5 ? day + 1 : day - 1
    if (partner >= 0 && partner < days && (this.#rows[at + partner - day] ?? 0) > 0) return
    worker.weekends += action > 0 ? 1 : -1
  }

  #mayAllStay(): boolean {
    for (let index = 0; index < this.#touched.length; index++)
      if (!this.#mayStay(this.#touched[index] ?? 0)) return false
    return true
  }

  /** Minutes and weekends, and the rows and rests about the days that change. */
  #mayStay(person: number): boolean {
    const worker = this.#people[person]
    if (worker === undefined) return false
    const { person: rules } = worker.her
    if (worker.minutes > rules.mostMinutes || worker.minutes < rules.leastMinutes) return false
    if (worker.weekends > rules.mostWeekends) return false
    let from = Infinity
    let to = -1
    let last = -1
    for (let index = 0; index < this.#logged; index++) {
      if (this.#log[3 * index] !== person) continue
      const day = this.#log[3 * index + 1] ?? 0
      // Far apart: each alone.
      if (last >= 0 && Math.abs(day - last) > 20) {
        if (!this.#keepsRows(worker, person, from, to)) return false
        from = Infinity
        to = -1
      }
      if (day < from) from = day
      if (day > to) to = day
      last = day
    }
    return to < 0 || this.#keepsRows(worker, person, from, to)
  }

  #keepsRows({ her }: Worker, person: number, from: number, to: number): boolean {
    const { days, actions, follows } = this.#model
    const { leastInARow, mostInARow, leastFreeInARow } = her.person
    const base = person * days
    const rows = this.#rows
    for (let day = from > 0 ? from : 1; day <= to + 1 && day < days; day++) {
      if (follows[(rows[base + day - 1] ?? 0) * actions + (rows[base + day] ?? 0)] === 0) return false
    }
    let start = from > 0 ? from - 1 : 0
    const isWork = (rows[base + start] ?? 0) > 0
    const back = isWork ? days : leastFreeInARow
    for (let step = 0; step < back && start > 0 && (rows[base + start - 1] ?? 0) > 0 === isWork; step++) start--
    while (start < days && start <= to + 1) {
      const works = (rows[base + start] ?? 0) > 0
      let end = start + 1
      while (end < days && (rows[base + end] ?? 0) > 0 === works) end++
      if (works && end - start > mostInARow) return false
      if (start > 0 && end < days && end - start < (works ? leastInARow : leastFreeInARow)) return false
      start = end
    }
    return true
  }

  #takeBack(isAccounted: boolean): void {
    const { days, minutes } = this.#model
    for (let index = this.#logged - 1; index >= 0; index--) {
      const person = this.#log[3 * index] ?? 0
      const day = this.#log[3 * index + 1] ?? 0
      const was = this.#log[3 * index + 2] ?? 0
      const worker = this.#people[person]
      if (worker === undefined) continue
      const at = person * days + day
      const is = this.#rows[at] ?? 0
      if (isAccounted) this.#shift(worker, day, is, was)
      this.#set(worker, at, day, is, was)
      worker.minutes += (minutes[was] ?? 0) - (minutes[is] ?? 0)
    }
  }

  /** What it costs more, where it is kept; infinite where it is not. */
  #account(heat: number): number {
    const { days } = this.#model
    let more = 0
    for (const person of this.#touched) more -= this.#balance(person)
    for (let index = 0; index < this.#logged; index++) {
      const who = this.#log[3 * index] ?? 0
      const day = this.#log[3 * index + 1] ?? 0
      const worker = this.#people[who]
      if (worker !== undefined)
        more += this.#shift(worker, day, this.#log[3 * index + 2] ?? 0, this.#rows[who * days + day] ?? 0)
    }
    for (const person of this.#touched) more += this.#balance(person)
    if (more > 0 && more > -heat * Math.log(1 - this.#chance())) return Infinity
    for (const person of this.#touched) if (!this.#keeps(person)) return Infinity
    return more
  }

  #keeps(person: number): boolean {
    const { days } = this.#model
    return this.#people[person]?.keeps(this.#rows.subarray(person * days, (person + 1) * days)) ?? false
  }

  #balance(person: number): number {
    const worker = this.#people[person]
    if (worker === undefined || worker.her.balance.length === 0) return 0
    let cost = 0
    for (const { counts, low, high, weight } of worker.her.balance) {
      let worked = 0
      for (let action = 0; action < counts.length; action++)
        worked += (counts[action] ?? 0) * (worker.worked[action] ?? 0)
      cost += weight * (Math.max(0, low - worked) + Math.max(0, worked - high))
    }
    return cost
  }

  /** Another action on a day of hers, as it is counted; what it costs more. */
  #shift(worker: Worker, day: number, was: number, action: number): number {
    const { actions } = this.#model
    worker.worked[was] = (worker.worked[was] ?? 0) - 1
    worker.worked[action] = (worker.worked[action] ?? 0) + 1
    const { cost } = worker.her
    const place = day * actions
    return (
      (cost[place + action] ?? 0) -
      (cost[place + was] ?? 0) +
      this.#meet(worker.her, place + was, -1) +
      this.#meet(worker.her, place + action, 1)
    )
  }

  #meet({ meets }: PersonModel, place: number, step: 1 | -1): number {
    const { required, under, over, problem } = this.#model
    const counts = this.#counts
    let more = 0
    for (let k = meets.starts[place] ?? 0; k < (meets.starts[place + 1] ?? 0); k++) {
      const demand = meets.demands[k] ?? 0
      const there = counts[demand] ?? 0
      const needed = required[demand] ?? 0
      if (step > 0) more += there < needed ? -(under[demand] ?? 0) : (over[demand] ?? 0)
      else more += there <= needed ? (under[demand] ?? 0) : -(over[demand] ?? 0)
      if (demand >= problem.cover.length)
        more += aloneAt(this.#model, demand, there + step) - aloneAt(this.#model, demand, there)
      counts[demand] = there + step
    }
    return more
  }
}

/** Of the changes, where there are shifts on which nobody is alone. */
const togetherShare = 0.25
/** Days that two people change with each other at most. */
const longestSwap = 14
/** Days that somebody works instead of others at most. */
const longestMove = 5
/** Days that come a day later or earlier together. */
const longestSlide = 28

type Worker = {
  readonly her: PersonModel
  /** Actions she may work on some day. */
  readonly works: Int32Array
  readonly keeps: Keeps
  /** Days with each action. */
  readonly worked: Int32Array
  minutes: number
  weekends: number
}

function workerOf(model: Model, her: PersonModel, row: Row): Worker {
  const { actions, days } = model
  const works: number[] = []
  for (let action = 1; action < actions; action++) {
    for (let day = 0; day < days; day++) {
      if (her.may[day * actions + action] === 0) continue
      works.push(action)
      break
    }
  }
  const worked = new Int32Array(actions)
  let minutes = 0
  let weekends = 0
  let lastWeekend = -1
  for (const [day, action] of row.entries()) {
    worked[action] = (worked[action] ?? 0) + 1
    minutes += model.minutes[action] ?? 0
    const weekend = Math.floor((model.problem.startsOn + day) / 7)
    if (action === 0 || (model.problem.startsOn + day) % 7 < 5 || weekend === lastWeekend) continue
    weekends++
    lastWeekend = weekend
  }
  return { her, works: Int32Array.from(works), keeps: createKeeps(model, her), worked, minutes, weekends }
}
