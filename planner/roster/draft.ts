import { type Model, type PersonModel, personalCost, type Row } from './model.ts'

/** A roster in the making: a row for everybody, and how many meet each demand. */
export type Draft = {
  readonly rows: Row[]
  readonly counts: Int32Array
  /** Wishes and balance of each person. */
  readonly personal: Float64Array
  cost: number
}

export function draftOf(model: Model, rows: readonly Row[]): Draft {
  const counts = new Int32Array(model.required.length)
  for (const [index, her] of model.people.entries()) count(model, her, rows[index], counts, 1)
  const personal = Float64Array.from(model.people, (her, index) => {
    const row = rows[index]
    return row === undefined ? 0 : personalCost(model, her, row)
  })
  const cost = coverCost(model, counts) + personal.reduce((sum, each) => sum + each, 0)
  return { rows: [...rows], counts, personal, cost }
}

export function copyOf({ rows, counts, personal, cost }: Draft): Draft {
  return { rows: [...rows], counts: counts.slice(), personal: personal.slice(), cost }
}

/** Gives somebody another row. */
export function put(model: Model, draft: Draft, person: number, row: Row): void {
  const her = model.people[person]
  if (her === undefined) return
  const before = coverCost(model, draft.counts) + (draft.personal[person] ?? 0)
  count(model, her, draft.rows[person], draft.counts, -1)
  count(model, her, row, draft.counts, 1)
  draft.rows[person] = row
  draft.personal[person] = personalCost(model, her, row)
  draft.cost += coverCost(model, draft.counts) + (draft.personal[person] ?? 0) - before
}

export function coverCost(model: Model, counts: Int32Array): number {
  const { required, under, over } = model
  let cost = 0
  for (let demand = 0; demand < required.length; demand++) {
    const missing = (required[demand] ?? 0) - (counts[demand] ?? 0)
    cost += missing > 0 ? missing * (under[demand] ?? 0) : -missing * (over[demand] ?? 0)
  }
  return cost + aloneCost(model, counts)
}

/** Of everybody who is alone. */
export function aloneCost(model: Model, counts: Int32Array): number {
  const first = model.problem.cover.length
  let cost = 0
  for (let demand = first; demand < model.required.length; demand++) cost += aloneAt(model, demand, counts[demand] ?? 0)
  return cost
}

/** Of a shift on which nobody is alone, when so many of the problem's people are there; 0 of any other demand. */
export function aloneAt({ company, others, lonely, problem }: Model, demand: number, there: number): number {
  const index = demand - problem.cover.length
  const asked = company[index]
  if (asked === undefined) return 0
  const all = (others[index] ?? 0) + there
  return all > 0 && all < asked.least ? lonely : 0
}

export function count(
  { actions }: Model,
  { meets }: PersonModel,
  row: Row | undefined,
  counts: Int32Array,
  step: 1 | -1,
): void {
  if (row === undefined) return
  for (let day = 0; day < row.length; day++) {
    const at = day * actions + (row[day] ?? 0)
    for (let k = meets.starts[at] ?? 0; k < (meets.starts[at + 1] ?? 0); k++) {
      const demand = meets.demands[k] ?? 0
      counts[demand] = (counts[demand] ?? 0) + step
    }
  }
}

/** What each action of hers would add to the cost, when the others work as `counts` say. */
export function marginalPrices(model: Model, her: PersonModel, counts: Int32Array, prices: Float64Array): void {
  const { required, under, over } = model
  const first = model.problem.cover.length
  const { starts, demands } = her.meets
  for (let at = 0; at < prices.length; at++) {
    let price = her.cost[at] ?? 0
    for (let k = starts[at] ?? 0; k < (starts[at + 1] ?? 0); k++) {
      const demand = demands[k] ?? 0
      const there = counts[demand] ?? 0
      price += there < (required[demand] ?? 0) ? -(under[demand] ?? 0) : (over[demand] ?? 0)
      if (demand >= first) price += aloneAt(model, demand, there + 1) - aloneAt(model, demand, there)
    }
    prices[at] = price
  }
}

/** What each action of hers costs when each demand pays `duals` for being met. */
export function dualPrices(her: PersonModel, duals: Float64Array, prices: Float64Array): void {
  const { starts, demands } = her.meets
  for (let at = 0; at < prices.length; at++) {
    let price = her.cost[at] ?? 0
    for (let k = starts[at] ?? 0; k < (starts[at + 1] ?? 0); k++) price -= duals[demands[k] ?? 0] ?? 0
    prices[at] = price
  }
}
