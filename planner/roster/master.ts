import type { Decision } from '@lentera/core/shared/refusals'
import { accept } from '@lentera/core/shared/refusals'
import { type HeldProblem, type Solver, startProblem } from '@lentera/solver'
import { aloneAt, count, type Draft, dualPrices } from './draft.ts'
import { type Model, personalCost, type Row } from './model.ts'
import type { RowFinder } from './rows.ts'

/** The people whose rows are chosen; the others stand, and `required` is what they leave to be met. */
export type Part = {
  readonly people: readonly number[]
  readonly required: Float64Array
  /** Cost of those who stand, and of demands nobody of the part can meet. */
  readonly constant: number
}

export type Column = { readonly person: number; readonly row: Row; readonly cost: number }

export type Master = {
  readonly add: (person: number, row: Row) => void
  /**
   * Column generation (Dantzig & Wolfe 1960; Lübbecke & Desrosiers 2005) until no row of anybody would lower the cost, or
   * a limit: `aim` reached by the bound, `rounds`, `shouldStop`.
   */
  readonly generate: (limits: Limits) => Promise<Decision<Generated>>
  /** Rounds the fractions: the surest column of somebody is fixed, rows are generated anew for the rest, and so on. */
  readonly dive: (limits: DiveLimits) => Promise<Decision<readonly (readonly [person: number, row: Row])[] | null>>
  /** How many are missing in the LP, over the demands that are dearest to miss. */
  readonly missing: () => number
  /** Branches on that number, which in a roster is whole: no column of anybody is touched by it. */
  readonly limitMissing: (least: number, most: number) => void
  /** Columns the LP uses. */
  readonly used: () => readonly Column[]
  /** Of LPs and rows so far, the same on every machine. */
  readonly work: () => number
  readonly release: () => void
}

export type Limits = {
  readonly rounds: number
  readonly aim: number
  /** See `RowFinder`: quicker, with a weaker bound. */
  readonly isRough: boolean
  /** As `Master.work`: what is beyond is not generated, and a dive is steeper. */
  readonly work?: number
  readonly shouldStop: () => boolean
}
type DiveLimits = Limits & { readonly chance: () => number; readonly blur: number }

/** `bound`: no choice of rows for this part costs less, what is fixed counted as fixed. */
export type Generated = { readonly objective: number; readonly bound: number; readonly isDone: boolean }

const tiny = 1e-6

/** To find a row, a day of it, beside the rows times columns of an LP. */
const workOfDay = 200

/** Times the dearest weight: what passing a limit costs, so that the LP always has an answer. */
const tooMuch = 20

/**
 * The choice of one row a person as an LP: cover rows with missing and surplus, one row for each person, a column for
 * each row of hers that is known. `guess`: what each demand may be worth, where something is known of it.
 */
export function createMaster(
  model: Model,
  solver: Solver,
  finders: readonly RowFinder[],
  part: Part,
  guess: Float64Array | null = null,
): Master {
  const touched = touchedBy(model, part.people)
  const empties = emptiesOf(model, part, touched)
  const held = holdEmpty(model, solver, part, touched, empties)
  const firstColumn = 2 * touched.length + 1 + empties.length
  const dearest = dearestOf(model, touched)
  let limit = { least: Number.NEGATIVE_INFINITY, most: Infinity }
  const columns: Column[] = []
  const ofPerson = new Map<number, number[]>(part.people.map((person) => [person, []]))
  const known = new Set<string>()
  const fixed = new Map<number, number>()
  const places = new Map(part.people.map((person, index) => [person, touched.length + index]))
  const rowOf = new Int32Array(model.required.length).fill(-1)
  for (const [row, demand] of touched.entries()) rowOf[demand] = row
  const waiting: Column[] = []
  let values: Float64Array = new Float64Array(0)
  // With a last one, for the limit of all that is missing.
  let spent = 0
  let bestDuals: Float64Array | null = guess === null ? null : Float64Array.of(...guess, 0)
  let best = Number.NEGATIVE_INFINITY

  const add = (person: number, row: Row): boolean => {
    const her = model.people[person]
    const key = `${person} ${row.join('')}`
    if (her === undefined || known.has(key)) return false
    known.add(key)
    waiting.push({ person, row, cost: personalCost(model, her, row) })
    return true
  }

  const flush = (): void => {
    if (waiting.length === 0) return
    const starts = [0]
    const rows: number[] = []
    for (const column of waiting) {
      ofPerson.get(column.person)?.push(columns.length)
      columns.push(column)
      for (const demand of demandsMet(model, column)) if ((rowOf[demand] ?? -1) >= 0) rows.push(rowOf[demand] ?? 0)
      rows.push(places.get(column.person) ?? 0)
      starts.push(rows.length)
    }
    const length = waiting.length
    held.addColumns({
      cost: Float64Array.from(waiting, ({ cost }) => cost),
      lower: new Float64Array(length),
      upper: new Float64Array(length).fill(Infinity),
      starts: Int32Array.from(starts),
      rows: Int32Array.from(rows),
      values: new Float64Array(rows.length).fill(1),
    })
    waiting.length = 0
  }

  const solve = async (): Promise<Decision<{ objective: number; duals: Float64Array; personDual: Float64Array }>> => {
    flush()
    spent += (touched.length + part.people.length) * (firstColumn + columns.length)
    const solved = await held.solve({ settings: { presolve: 'off', simplex_strategy: 4 } })
    if (!solved.ok) return solved
    values = solved.value.values ?? new Float64Array(0)
    const rows = solved.value.duals?.rows ?? new Float64Array(0)
    // One for each demand, and at the end that of the limit of all that is missing.
    const duals = new Float64Array(model.required.length + 1)
    const ofLimit = Math.max(-tooMuch * dearest, rows[touched.length + part.people.length] ?? 0)
    duals[model.required.length] = ofLimit
    for (const [row, demand] of touched.entries()) {
      const under = model.under[demand] ?? 0
      const [least, most] = [
        -(model.over[demand] ?? 0),
        demand >= model.problem.cover.length ? slackOf(model, demand) : under === dearest ? under - ofLimit : under,
      ]
      duals[demand] = Math.min(most, Math.max(least, rows[row] ?? 0))
    }
    const personDual = Float64Array.from(part.people, (_, index) => rows[touched.length + index] ?? 0)
    return accept({ objective: solved.value.objective, duals, personDual })
  }

  const prices = new Float64Array(model.days * model.actions)
  /** Asks everybody who is not fixed for her best row at these duals; the Lagrangian bound, and whether a row is new. */
  const price = (at: Float64Array, duals: Float64Array, personDual: Float64Array, limits: Limits) => {
    const { isRough, shouldStop } = limits
    let bound = part.constant
    for (const demand of touched) bound += (at[demand] ?? 0) * (part.required[demand] ?? 0)
    const ofLimit = at[model.required.length] ?? 0
    if (ofLimit !== 0) bound += ofLimit * (ofLimit > 0 ? limit.least : limit.most)
    // An empty shift is at most one: what its duals pay beyond its cost is no bound.
    for (const { cost, meets, missing } of empties) {
      const paid = meets.reduce((sum, [row, times]) => sum + times * (at[touched[row] ?? 0] ?? 0), 0)
      bound += Math.min(0, cost - paid - missing * ofLimit)
    }
    let isNew = false
    for (const [index, person] of part.people.entries()) {
      const her = model.people[person]
      const finder = finders[person]
      if (her === undefined || finder === undefined) continue
      // Of many people one round takes long; who was not asked leaves no bound.
      if (shouldStop()) return { bound: Number.NEGATIVE_INFINITY, isNew: true }
      const set = columns[fixed.get(person) ?? -1]
      if (set !== undefined) {
        bound += set.cost - paidFor(model, set, at)
        continue
      }
      dualPrices(her, at, prices)
      spent += workOfDay * model.days
      const found = finder.find(prices, { wantsOthers: true, isRough })
      bound += found.bound
      for (const row of found.row === null ? [] : [found.row, ...found.others]) {
        const cost = personalCost(model, her, row)
        const reduced = cost - paidFor(model, { person, row, cost }, duals) - (personDual[index] ?? 0)
        if (reduced < -tiny && add(person, row)) isNew = true
      }
    }
    return { bound, isNew }
  }

  const generate = async (limits: Limits): Promise<Decision<Generated>> => {
    const { rounds, aim, shouldStop } = limits
    let objective = Infinity
    for (let round = 0; round < rounds; round++) {
      const solved = await solve()
      if (!solved.ok) return solved
      objective = solved.value.objective
      const { duals, personDual } = solved.value
      if (best >= aim || objective - best < tiny) return accept({ objective, bound: best, isDone: true })
      if (shouldStop() || spent > (limits.work ?? Infinity)) break
      // Between the duals of the LP and the best known: far fewer rounds (Pessoa, Sadykov, Uchoa & Vanderbeck 2018).
      const share = bestDuals === null ? 0 : 0.6
      const at = duals.map((dual, demand) => share * (bestDuals?.[demand] ?? 0) + (1 - share) * dual)
      let { bound, isNew } = price(at, duals, personDual, limits)
      if (bound > best) {
        best = bound
        bestDuals = at
      }
      if (!isNew && share > 0) {
        ;({ bound, isNew } = price(duals, duals, personDual, limits))
        if (bound > best) {
          best = bound
          bestDuals = duals
        }
      }
      if (!isNew) return accept({ objective, bound: best, isDone: true })
    }
    return accept({ objective, bound: best, isDone: false })
  }

  const fix = (column: number): void => {
    fixed.set(columns[column]?.person ?? -1, column)
    held.changeColumnBounds(firstColumn + column, 1, 1)
  }

  const dive = async (limits: DiveLimits): Promise<Decision<readonly (readonly [number, Row])[] | null>> => {
    try {
      for (;;) {
        const open = part.people.filter((person) => !fixed.has(person))
        const surest = open
          .map((person) => surestOf(ofPerson.get(person) ?? [], values, firstColumn, limits))
          .toSorted((a, b) => b.score - a.score)
        const isTired = spent > (limits.work ?? Infinity)
        const few = Math.max(1, Math.ceil(part.people.length / (isTired ? 4 : 12)))
        const chosen = surest.filter(({ value }, index) => index < few || value > 1 - tiny)
        for (const { column } of chosen) if (column >= 0) fix(column)
        if (fixed.size === part.people.length)
          return accept([...fixed].map(([p, c]) => [p, columns[c]?.row ?? new Uint8Array(0)] as const))
        best = Number.NEGATIVE_INFINITY
        bestDuals = null
        const generated = await generate(isTired ? { ...limits, rounds: 2, work: Infinity } : limits)
        if (!generated.ok) return generated
        if (generated.value.bound >= limits.aim || limits.shouldStop()) return accept(null)
        if (generated.value.isDone && generated.value.objective >= limits.aim) return accept(null)
      }
    } finally {
      for (const column of fixed.values()) held.changeColumnBounds(firstColumn + column, 0, Infinity)
      fixed.clear()
      best = Number.NEGATIVE_INFINITY
      bestDuals = null
    }
  }

  const missing = (): number => {
    let sum = 0
    if (dearest === 0) return sum
    for (const [row, demand] of touched.entries()) if (model.under[demand] === dearest) sum += values[2 * row] ?? 0
    for (const [index, { missing: each }] of empties.entries())
      sum += each * (values[2 * touched.length + 1 + index] ?? 0)
    return sum
  }

  const limitMissing = (least: number, most: number): void => {
    limit = { least, most }
    held.changeRowBounds(touched.length + part.people.length, least, most)
    best = Number.NEGATIVE_INFINITY
    bestDuals = null
  }

  const used = (): readonly Column[] => columns.filter((_, column) => (values[firstColumn + column] ?? 0) > tiny)
  return {
    add: (person, row) => void add(person, row),
    generate,
    dive,
    missing,
    limitMissing,
    used,
    work: () => spent,
    release: held.release,
  }
}

function dearestOf({ under }: Model, touched: readonly number[]): number {
  return touched.reduce((dearest, demand) => Math.max(dearest, under[demand] ?? 0), 0)
}

/** Demands that the part can change. */
function touchedBy(model: Model, people: readonly number[]): readonly number[] {
  const touched = new Set<number>()
  for (const meets of new Set(people.map((person) => model.people[person]?.meets))) {
    for (const demand of meets?.demands ?? []) touched.add(demand)
  }
  return [...touched].toSorted((a, b) => a - b)
}

/** A shift on which nobody is alone, left to nobody: what is missing there, all of it or nothing. */
type Empty = {
  readonly cost: number
  /** The row of each demand it leaves unmet, and how many it stands for. */
  readonly meets: readonly (readonly [row: number, times: number])[]
  /** How many are missing of the dearest demands. */
  readonly missing: number
}

/**
 * Half a shift cannot be staffed: somebody alone costs as much as may be, and an empty one what its demands cost. Where one column says
 * both, the LP weighs two people on one shift against one on each of two as it is, and its bound is that of pairs.
 */
function emptiesOf(model: Model, part: Part, touched: readonly number[]): readonly Empty[] {
  const { problem, company, under } = model
  const dearest = dearestOf(model, touched)
  const rows = new Map(touched.map((demand, row) => [demand, row]))
  const byShift = Map.groupBy(touched, (demand) => {
    const asked = problem.cover[demand]
    return asked?.by.length === 1 ? `${asked.day} ${asked.by[0]}` : ''
  })
  return company.flatMap(({ day, shift, least }, index): readonly Empty[] => {
    const own = problem.cover.length + index
    // Where somebody stands already, it is not empty.
    if (!rows.has(own) || part.required[own] !== least) return []
    const left = (byShift.get(`${day} ${shift}`) ?? []).filter((demand) => (part.required[demand] ?? 0) > 0)
    const timesOf = (demand: number): number => part.required[demand] ?? 0
    return [
      {
        cost: left.reduce((sum, demand) => sum + timesOf(demand) * (under[demand] ?? 0), 0),
        meets: [own, ...left].map((demand) => [rows.get(demand) ?? 0, timesOf(demand)] as const),
        missing: left.reduce((sum, demand) => sum + (under[demand] === dearest ? timesOf(demand) : 0), 0),
      },
    ]
  })
}

/** One who is missing so that somebody is alone: all of them together cost what it costs to be alone. */
const slackOf = ({ company, lonely, problem }: Model, demand: number): number =>
  lonely / Math.max(1, (company[demand - problem.cover.length]?.least ?? 2) - 1)

function holdEmpty(
  model: Model,
  solver: Solver,
  part: Part,
  touched: readonly number[],
  empties: readonly Empty[],
): HeldProblem {
  const sheet = startProblem(part.constant)
  for (const demand of touched) {
    sheet.column({ cost: demand < model.problem.cover.length ? (model.under[demand] ?? 0) : slackOf(model, demand) })
    sheet.column({ cost: model.over[demand] ?? 0 })
  }
  const dearest = dearestOf(model, touched)
  const beyond = sheet.column({ cost: tooMuch * dearest })
  const emptied = new Map<number, (readonly [number, number])[]>()
  const emptyColumns = empties.map(({ cost, meets }) => {
    const column = sheet.column({ cost, upper: 1 })
    for (const [row, times] of meets) emptied.set(row, [...(emptied.get(row) ?? []), [column, times]])
    return column
  })
  for (const [row, demand] of touched.entries()) {
    const required = part.required[demand] ?? 0
    sheet.row(required, required, [[2 * row, 1], [2 * row + 1, -1], ...(emptied.get(row) ?? [])])
  }
  for (const _ of part.people) sheet.row(1, 1, [])
  const missing = touched.flatMap((demand, row) => (model.under[demand] === dearest ? [[2 * row, 1] as const] : []))
  sheet.row(Number.NEGATIVE_INFINITY, Infinity, [
    ...missing,
    ...empties.map(({ missing: each }, index) => [emptyColumns[index] ?? 0, each] as const),
    [beyond, -1],
  ])
  return solver.hold(sheet.problem())
}

function demandsMet(model: Model, { person, row }: Column): number[] {
  const met: number[] = []
  const meets = model.people[person]?.meets
  for (let day = 0; day < row.length; day++) {
    const at = day * model.actions + (row[day] ?? 0)
    for (let k = meets?.starts[at] ?? 0; k < (meets?.starts[at + 1] ?? 0); k++) met.push(meets?.demands[k] ?? 0)
  }
  return met
}

function paidFor(model: Model, column: Column, duals: Float64Array): number {
  let paid = 0
  const { person, row } = column
  const meets = model.people[person]?.meets
  if (meets === undefined) return 0
  for (let day = 0; day < row.length; day++) {
    const at = day * model.actions + (row[day] ?? 0)
    for (let k = meets.starts[at] ?? 0; k < (meets.starts[at + 1] ?? 0); k++) paid += duals[meets.demands[k] ?? 0] ?? 0
  }
  return paid
}

/** The column of hers with the most of her; a little chance makes other dives. */
function surestOf(
  columns: readonly number[],
  values: Float64Array,
  firstColumn: number,
  { chance, blur }: DiveLimits,
): { readonly column: number; readonly value: number; readonly score: number } {
  let surest = { column: -1, value: 0, score: Number.NEGATIVE_INFINITY }
  for (const column of columns) {
    const value = values[firstColumn + column] ?? 0
    if (value < tiny) continue
    const score = value > 1 - tiny ? 2 : value + blur * chance()
    if (score > surest.score) surest = { column, value, score }
  }
  return surest
}

export function partOf(model: Model, draft: Draft, people: readonly number[]): Part {
  const counts = new Int32Array(model.required.length)
  const chosen = new Set(people)
  let constant = 0
  for (const [index, her] of model.people.entries()) {
    if (chosen.has(index)) continue
    count(model, her, draft.rows[index], counts, 1)
    constant += draft.personal[index] ?? 0
  }
  const touched = new Set(touchedBy(model, people))
  for (const [demand, required] of model.required.entries()) {
    if (touched.has(demand)) continue
    const missing = required - (draft.counts[demand] ?? 0)
    constant += missing > 0 ? missing * (model.under[demand] ?? 0) : -missing * (model.over[demand] ?? 0)
    constant += aloneAt(model, demand, draft.counts[demand] ?? 0)
  }
  const required = model.required.map((each, demand) => each - (counts[demand] ?? 0))
  return { people, required, constant }
}
