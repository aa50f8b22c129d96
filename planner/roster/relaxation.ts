import { Buffers } from './by-days.ts'
import { dualPrices } from './draft.ts'
import { type Model, modelOf, type PersonModel, type Row } from './model.ts'
import { createRowFinders, type RowFinder } from './rows.ts'
import type { Person } from './words.ts'

/**
 * A bound for rosters of many people and weeks, without an LP (Lagrangian relaxation, Geoffrion 1974; its prices by
 * subgradients, Held, Wolfe & Crowder 1974): each demand has a price, and so have minutes and shifts beyond what a person
 * may work. Everybody's cheapest row at these prices is quick to find, as little is left to be counted; whatever the
 * prices, no roster costs less than all of them together. Balance and windows are left out, which only weakens it.
 */
export type Relaxation = {
  /** Moves the prices once, towards a roster of cost `best`. */
  readonly step: (best: number) => void
  readonly bound: () => number
  /** Of each demand, at the best bound: what one more who meets it is worth. */
  readonly worth: () => Float64Array
  /** The steps have become so small that nothing more will come of them. */
  readonly isTired: () => boolean
}

export function createRelaxation(model: Model): Relaxation {
  return new Prices(model)
}

/** Rows and rests, days off, weekends: what a path keeps without being told. */
function loosened(person: Person): Person {
  const never = Object.entries(person.mostShifts).filter(([, most]) => most === 0)
  return {
    ...person,
    leastMinutes: 0,
    mostMinutes: Infinity,
    mostShifts: Object.fromEntries(never),
    mostOnCall: Infinity,
    windows: [],
    balance: [],
  }
}

/** Steps without a better bound, after which they become half as long. */
const patience = 6

class Prices implements Relaxation {
  readonly #model: Model
  readonly #fees: readonly Fees[]
  #at: Float64Array
  #best: Float64Array
  readonly #direction: Float64Array
  #bound = Number.NEGATIVE_INFINITY
  #scale = 0.2
  #quiet = 0

  constructor(model: Model) {
    this.#model = model
    const loose = modelOf({ ...model.problem, people: model.people.map(({ person }) => loosened(person)) }, model)
    const finders = createRowFinders(loose, new Buffers())
    const usual = model.under.reduce((sum, each) => sum + each, 0) / Math.max(1, model.under.length)
    this.#fees = model.people.map(
      (strict, index) => new Fees(loose, strict, loose.people[index], finders[index], usual),
    )
    // Nothing is worth anything: from there it only rises, where a guess too high is a long way down.
    this.#at = new Float64Array(model.required.length)
    this.#best = this.#at
    this.#direction = new Float64Array(this.#at.length)
  }

  bound(): number {
    return this.#bound
  }

  worth(): Float64Array {
    return this.#best
  }

  isTired(): boolean {
    return this.#scale < 0.005
  }

  step(best: number): void {
    const { value, slope } = this.#evaluate()
    const isBetter = value > this.#bound
    if (isBetter) {
      this.#bound = value
      this.#best = this.#at
      this.#quiet = 0
      this.#scale = Math.min(1, this.#scale * 1.3)
    } else if (++this.#quiet >= patience) {
      this.#quiet = 0
      this.#scale /= 1.6
    }
    this.#move(value, slope, best)
  }

  /** Deflected (Camerini, Fratta & Maffioli 1975), of Polyak's length. */
  #move(value: number, slope: Float64Array, best: number): void {
    const { under, over } = this.#model
    let square = 0
    for (let demand = 0; demand < slope.length; demand++) {
      const turned = 0.3 * (slope[demand] ?? 0) + 0.7 * (this.#direction[demand] ?? 0)
      this.#direction[demand] = turned
      square += turned ** 2
    }
    if (square < 1e-9) return
    const length = (this.#scale * Math.max(1e-6, best - value)) / square
    this.#at = this.#at.map((price, demand) => {
      const moved = price + length * (this.#direction[demand] ?? 0)
      return Math.min(under[demand] ?? 0, Math.max(-(over[demand] ?? 0), moved))
    })
  }

  #evaluate(): { readonly value: number; readonly slope: Float64Array } {
    const { required } = this.#model
    const slope = required.slice()
    let value = 0
    for (let demand = 0; demand < required.length; demand++) value += (this.#at[demand] ?? 0) * (required[demand] ?? 0)
    for (const fees of this.#fees) value += fees.least(this.#at, slope)
    return { value, slope }
  }
}

/** Rows of one person, with a fee on what she may not work too much of. */
class Fees {
  readonly #loose: Model
  readonly #strict: PersonModel
  readonly #her: PersonModel | undefined
  readonly #finder: RowFinder | undefined
  readonly #prices: Float64Array
  readonly #charged: Float64Array
  /** A minute; negative: a reward for working what she must. And how far it was moved last. */
  #fee = 0
  #stride: number
  readonly #narrowest: number

  constructor(
    loose: Model,
    strict: PersonModel,
    her: PersonModel | undefined,
    finder: RowFinder | undefined,
    usual: number,
  ) {
    this.#loose = loose
    this.#strict = strict
    this.#her = her
    this.#finder = finder
    this.#prices = new Float64Array(loose.days * loose.actions)
    this.#charged = new Float64Array(loose.days * loose.actions)
    const longest = Math.max(1, ...loose.minutes)
    this.#stride = usual / longest / 2
    this.#narrowest = usual / longest / 1000
  }

  /**
   * The cost below which no row of hers lies at these prices, as high as some tries at a fee make it; takes the demands that its row
   * meets off `slope`. The fee is sought from where it was left, in steps that double or halve.
   */
  least(duals: Float64Array, slope: Float64Array): number {
    const { person } = this.#strict
    if (this.#her === undefined) return 0
    dualPrices(this.#her, duals, this.#prices)
    let best: { value: number; row: Row | null; fee: number } = {
      value: Number.NEGATIVE_INFINITY,
      row: null,
      fee: this.#fee,
    }
    let side = 0
    let stride = this.#stride
    for (let attempt = 0; attempt < 6; attempt++) {
      const fee = side === 0 ? this.#fee : best.fee + side * stride
      const { row, value, minutes } = this.#tryFee(fee)
      if (row === null) break
      if (value > best.value) {
        best = { value, row, fee }
        const pull =
          fee > 0 || minutes > person.mostMinutes ? minutes - person.mostMinutes : minutes - person.leastMinutes
        const isRight = fee === 0 ? minutes >= person.leastMinutes && minutes <= person.mostMinutes : pull === 0
        if (isRight || (fee < 0 && pull > 0 && minutes <= person.mostMinutes && fee > -this.#narrowest)) break
        if (side === Math.sign(pull)) stride *= 1.5
        else if (side !== 0) stride /= 2
        side = Math.sign(pull)
      } else stride /= 3
      if (stride < this.#narrowest) break
    }
    this.#fee = best.fee
    this.#stride = Math.max(4 * this.#narrowest, stride)
    this.#meet(best.row, slope)
    return best.row === null ? 0 : best.value
  }

  #tryFee(fee: number): { readonly row: Row | null; readonly value: number; readonly minutes: number } {
    const { minutes, actions } = this.#loose
    const { person } = this.#strict
    for (let at = 0; at < this.#prices.length; at++) {
      this.#charged[at] = (this.#prices[at] ?? 0) + fee * (minutes[at % actions] ?? 0)
    }
    const { row, bound } = this.#finder?.find(this.#charged, { isRough: true }) ?? { row: null, bound: 0 }
    const taken = fee === 0 ? 0 : fee * (fee > 0 ? person.mostMinutes : person.leastMinutes)
    let worked = 0
    for (const action of row ?? []) worked += minutes[action] ?? 0
    return { row, value: bound - taken, minutes: worked }
  }

  #meet(row: Row | null, slope: Float64Array): void {
    const meets = this.#her?.meets
    for (const [day, action] of (row ?? []).entries()) {
      const at = day * this.#loose.actions + action
      for (let k = meets?.starts[at] ?? 0; k < (meets?.starts[at + 1] ?? 0); k++) {
        const demand = meets?.demands[k] ?? 0
        slope[demand] = (slope[demand] ?? 0) - 1
      }
    }
  }
}
