import type { Chance } from './chance.ts'
import { aloneAt, type Draft, draftOf } from './draft.ts'
import { createKeeps, type Keeps } from './keeps.ts'
import { type Model, personalCost, type Row } from './model.ts'

/**
 * A roster for few people whose rules bind single days: from free days or another roster (`start`), gap by gap. Somebody takes the missing shift and
 * gives up another day if she must, whose gap is mended next (an ejection chain, Burke & Curtois 2014); what was given up
 * is not taken back at once (tabu search, Glover 1989).
 *
 * @returns null where somebody may not work as it starts: then rows have to be searched as a whole. Otherwise the best draft
 * after `steps`, or when its cost has come down to `enough`.
 */
export function mend(
  model: Model,
  chance: Chance,
  steps: number,
  enough: number,
  start: readonly Row[] = freeRows(model),
): Draft | null {
  const keeps = model.people.map((her) => createKeeps(model, her))
  if (!start.every((row, person) => keeps[person]?.(row))) return null
  const mending = new Mending(
    model,
    chance,
    keeps,
    draftOf(
      model,
      start.map((row) => row.slice()),
    ),
  )
  for (let step = 0; step < steps && mending.best().cost > enough; step++) if (!mending.step()) break
  return mending.best()
}

export const freeRows = ({ people, days }: Model): readonly Row[] => people.map(() => new Uint8Array(days))

type Move = {
  readonly person: number
  readonly day: number
  readonly action: number
  /** A day she gives up for it; -1: none. */
  readonly instead: number
}

class Mending {
  readonly #model: Model
  readonly #chance: Chance
  readonly #keeps: readonly Keeps[]
  readonly #draft: Draft
  #best: Draft
  #step = 0
  /** Until which step an action of somebody's day is not taken again: `(person * days + day) * actions + action`. */
  readonly #tabu: Int32Array
  readonly #trial: Row

  constructor(model: Model, chance: Chance, keeps: readonly Keeps[], draft: Draft) {
    this.#model = model
    this.#chance = chance
    this.#keeps = keeps
    this.#draft = draft
    this.#best = snapshot(draft)
    this.#tabu = new Int32Array(model.people.length * model.days * model.actions)
    this.#trial = new Uint8Array(model.days)
  }

  best(): Draft {
    return this.#best
  }

  step(): boolean {
    this.#step++
    const moves = this.#gapMoves()
    const move = this.#cheapest(moves.length > 0 ? moves : this.#fairMoves())
    if (move === null) return moves.length > 0 || this.#step % 50 !== 0
    this.#make(move)
    if (this.#draft.cost < this.#best.cost - 1e-9) this.#best = snapshot(this.#draft)
    return true
  }

  /** Ways to fill one gap, by chance one of them all. */
  #gapMoves(): readonly Move[] {
    const { required, under, problem, people, actions } = this.#model
    const alone = this.#alone()
    if (alone !== undefined) return this.#companyMoves(alone)
    const gaps: number[] = []
    for (let demand = 0; demand < required.length; demand++) {
      if ((this.#draft.counts[demand] ?? 0) < (required[demand] ?? 0) && (under[demand] ?? 0) > 0) gaps.push(demand)
    }
    const gap = problem.cover[gaps[Math.floor(this.#chance() * gaps.length)] ?? -1]
    if (gap === undefined) return []
    const moves: Move[] = []
    for (const [person, her] of people.entries()) {
      if (gap.skill !== null && !her.person.skills.includes(gap.skill)) continue
      for (let action = 1; action < actions; action++) {
        const key = problem.shifts[action - 1]?.key ?? ''
        if (!gap.by.includes(key) || her.may[gap.day * actions + action] === 0) continue
        if (this.#draft.rows[person]?.[gap.day] !== action) this.#ways(moves, person, gap.day, action)
      }
    }
    return moves
  }

  /** By chance one of the shifts on which somebody is alone. */
  #alone(): number | undefined {
    const { required, problem } = this.#model
    const alone: number[] = []
    for (let demand = problem.cover.length; demand < required.length; demand++) {
      if (aloneAt(this.#model, demand, this.#draft.counts[demand] ?? 0) > 0) alone.push(demand)
    }
    return alone[Math.floor(this.#chance() * alone.length)]
  }

  /** Ways to leave nobody alone there: somebody joins, or whoever is there goes. */
  #companyMoves(demand: number): readonly Move[] {
    const { company, problem, people, actions } = this.#model
    const asked = company[demand - problem.cover.length]
    const moves: Move[] = []
    if (asked === undefined) return moves
    const action = problem.shifts.findIndex(({ key }) => key === asked.shift) + 1
    for (const [person, her] of people.entries()) {
      const works = this.#draft.rows[person]?.[asked.day]
      if (works === action)
        for (let other = 0; other < actions; other++) {
          if (other !== action && her.may[asked.day * actions + other] === 1)
            this.#ways(moves, person, asked.day, other)
        }
      else if (her.may[asked.day * actions + action] === 1) this.#ways(moves, person, asked.day, action)
    }
    return moves
  }

  /** A shift goes from one to another: for a fairer share. */
  #fairMoves(): readonly Move[] {
    const { people, days } = this.#model
    const moves: Move[] = []
    const person = Math.floor(this.#chance() * people.length)
    for (let day = 0; day < days; day++) {
      const action = this.#draft.rows[person]?.[day] ?? 0
      if (action > 0) this.#ways(moves, person, day, 0)
      else for (let other = 1; other < this.#model.actions; other++) this.#ways(moves, person, day, other)
    }
    return moves
  }

  #ways(moves: Move[], person: number, day: number, action: number): void {
    const row = this.#draft.rows[person]
    if (row === undefined) return
    this.#trial.set(row)
    this.#trial[day] = action
    if (this.#keeps[person]?.(this.#trial)) {
      moves.push({ person, day, action, instead: -1 })
      return
    }
    const { days } = this.#model
    const [first, last] = this.#inTheWay(person, row, day, action)
    for (let other = first; other <= last && other < days; other++) {
      const given = row[other] ?? 0
      if (given === 0 || other === day) continue
      this.#trial[other] = 0
      if (this.#keeps[person]?.(this.#trial)) moves.push({ person, day, action, instead: other })
      this.#trial[other] = given
    }
  }

  /**
   * The days, from the first to the last, among which one must be given up: all, unless one of them is too near to begin with. None
   * where there is one on either side.
   */
  #inTheWay(person: number, row: Row, day: number, action: number): readonly [number, number] {
    const { days, actions, follows } = this.#model
    const all = [0, days - 1] as const
    const rest = this.#model.people[person]?.person.leastFreeInARow ?? 0
    if (action === 0) return all
    let before = day - 1
    while (before >= 0 && row[before] === 0) before--
    let after = day + 1
    while (after < days && row[after] === 0) after++
    const isBefore =
      before === day - 1
        ? before >= 0 && follows[(row[before] ?? 0) * actions + action] === 0
        : before >= 0 && day - before - 1 < rest
    const isAfter =
      after === day + 1
        ? after < days && follows[action * actions + (row[after] ?? 0)] === 0
        : after < days && after - day - 1 < rest
    if (isBefore && isAfter) return [0, -1]
    if (isBefore) return [before, before]
    return isAfter ? [after, after] : all
  }

  #cheapest(moves: readonly Move[]): Move | null {
    let best: Move | null = null
    let least = Infinity
    const { cost } = this.#draft
    for (const move of moves) {
      const after = this.#tried(move)
      const isTabu = (this.#tabu[this.#at(move.person, move.day, move.action)] ?? 0) > this.#step
      if (isTabu && after >= this.#best.cost) continue
      // Chance breaks ties.
      const value = after - cost + this.#chance() * 0.5
      if (value < least) {
        least = value
        best = move
      }
    }
    return best
  }

  #tried(move: Move): number {
    const undo = this.#apply(move)
    const { cost } = this.#draft
    undo()
    return cost
  }

  #make(move: Move): void {
    const row = this.#draft.rows[move.person]
    const was = row?.[move.day] ?? 0
    const given = row?.[move.instead] ?? 0
    this.#apply(move)
    const until = this.#step + 4 + Math.floor(this.#chance() * 8)
    this.#tabu[this.#at(move.person, move.day, was)] = until
    if (move.instead >= 0) this.#tabu[this.#at(move.person, move.instead, given)] = until
  }

  #apply({ person, day, action, instead }: Move): () => void {
    const draft = this.#draft
    const { cost } = draft
    const row = draft.rows[person] ?? this.#trial
    const [was, given] = [row[day] ?? 0, row[instead] ?? 0]
    const personal = draft.personal[person] ?? 0
    draft.cost += this.#turn(person, row, day, action)
    if (instead >= 0) draft.cost += this.#turn(person, row, instead, 0)
    const her = this.#model.people[person]
    if (her !== undefined) draft.personal[person] = personalCost(this.#model, her, row)
    draft.cost += (draft.personal[person] ?? 0) - personal
    return () => {
      if (instead >= 0) this.#turn(person, row, instead, given)
      this.#turn(person, row, day, was)
      draft.personal[person] = personal
      draft.cost = cost
    }
  }

  /** Sets one day of somebody; what the cover costs more. */
  #turn(person: number, row: Row, day: number, action: number): number {
    const { actions, required, under, over, problem } = this.#model
    const first = problem.cover.length
    const meets = this.#model.people[person]?.meets
    const { counts } = this.#draft
    if (meets === undefined) return 0
    let more = 0
    for (const [at, step] of [
      [day * actions + (row[day] ?? 0), -1],
      [day * actions + action, 1],
    ] as const) {
      for (let k = meets.starts[at] ?? 0; k < (meets.starts[at + 1] ?? 0); k++) {
        const demand = meets.demands[k] ?? 0
        const there = counts[demand] ?? 0
        const needed = required[demand] ?? 0
        if (step > 0) more += there < needed ? -(under[demand] ?? 0) : (over[demand] ?? 0)
        else more += there <= needed ? (under[demand] ?? 0) : -(over[demand] ?? 0)
        if (demand >= first) more += aloneAt(this.#model, demand, there + step) - aloneAt(this.#model, demand, there)
        counts[demand] = there + step
      }
    }
    row[day] = action
    return more
  }

  #at(person: number, day: number, action: number): number {
    return (person * this.#model.days + day) * this.#model.actions + action
  }
}

function snapshot({ rows, counts, personal, cost }: Draft): Draft {
  return { rows: rows.map((row) => row.slice()), counts: counts.slice(), personal: personal.slice(), cost }
}
