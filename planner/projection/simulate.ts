import { type Chance, chanceOf } from './chance.ts'
import { ranksOf } from './expected.ts'
import type { Band, Bands, ProjectionProblem, ReachedIn } from './words.ts'

/**
 * How far the expectation could be off, by chance alone that a seed decides. Each draw takes for each cell rates around those
 * given, from the Dirichlet distribution that so many person-years leave open, and keeps them through all years; then each
 * person leaves, rises or stays by herself, and each recruit is a woman or not (binomial). What no draw holds: a law that
 * changes, a year unlike the others.
 */
export type Simulation = {
  /** How many draws have been made. */
  readonly made: () => number
  /** Makes so many more, until there are `most`. */
  readonly draw: (more: number) => void
  /** What all draws so far say; there must be one. */
  readonly read: () => Bands
}

/**
 * @param problem one that `checkProjection` accepts
 * @param most draws that will ever be made: their shares are kept, four bytes for each year and rank
 */
export function simulate(problem: ProjectionProblem, seed: number, most: number): Simulation {
  const run = layOut(problem, chanceOf(seed), most)
  let made = 0
  return {
    made: () => made,
    draw: (more) => {
      for (const end = Math.min(most, made + more); made < end; made++) drawOne(run, made)
    },
    read: () => readBands(problem, run, made),
  }
}

/** Cells as flat lists: the women of cell `i` are state `2 i`, the men `2 i + 1`. */
type Run = ReturnType<typeof layOut>

function layOut(problem: ProjectionProblem, chance: Chance, most: number) {
  const { cells, entry, years, ceiling, target, firstYear, growth } = problem
  const flows = cells.flatMap(({ women, men }) => [women, men])
  const ranks = ranksOf(cells)
  const moveStart = new Int32Array(flows.length + 1)
  for (const [state, { moves }] of flows.entries()) moveStart[state + 1] = (moveStart[state] ?? 0) + moves.length
  const people = Int32Array.from(flows, (flow) => flow.people)
  const first = people.reduce((sum, each) => sum + each, 0)
  return {
    chance,
    most,
    years,
    states: flows.length,
    series: ranks.length + 1,
    people,
    exit: Float64Array.from(flows, (flow) => flow.exit),
    known: Float64Array.from(flows, (flow) => flow.known),
    moveStart,
    moveTo: Int32Array.from(flows.flatMap(({ moves }, state) => moves.map(({ to }) => 2 * to + (state % 2)))),
    moveRate: Float64Array.from(flows.flatMap(({ moves }) => moves.map(({ rate }) => rate))),
    rankOf: Int32Array.from(flows, (_, state) => 1 + ranks.indexOf(cells[state >> 1]?.rank ?? '')),
    entries: entry.flatMap((weight, cell) => (weight > 0 ? [{ cell, weight }] : [])),
    wanted: Float64Array.from({ length: years + 1 }, (_, t) => first * (1 + growth) ** t),
    intakeShare: problem.intakeShare,
    ceiling: ceiling ?? 1,
    targetShare: target?.share ?? 2,
    targetYear: target ? target.year - firstYear : 0,
    // Of the draw that is being made.
    now: new Int32Array(flows.length),
    next: new Int32Array(flows.length),
    exitNow: new Float64Array(flows.length),
    moveNow: new Float64Array(moveStart[flows.length] ?? 0),
    womenIn: new Float64Array(ranks.length + 1),
    peopleIn: new Float64Array(ranks.length + 1),
    // Of all draws: the share of women by series (0 is all, then ranks), year and draw; the first year at or over the target.
    shares: new Float32Array((ranks.length + 1) * (years + 1) * most),
    metIn: new Float64Array(most),
    metAtTarget: new Uint8Array(most),
  }
}

function drawOne(run: Run, draw: number): void {
  drawRates(run)
  run.now.set(run.people)
  run.metIn[draw] = Number.POSITIVE_INFINITY
  note(run, draw, 0)
  for (let t = 1; t <= run.years; t++) {
    oneYear(run)
    recruit(run, t)
    run.now.set(run.next)
    note(run, draw, t)
  }
}

/**
 * Dirichlet by gammas, one row for each state: Gelman and others, ch. 3. What does not happen stays at nothing. Exit is kept
 * as it is, each move as a part of those whom exit and the moves before it have left.
 */
function drawRates({ chance, states, exit, known, moveStart, moveRate, exitNow, moveNow }: Run): void {
  for (let state = 0; state < states; state++) {
    const [begin, end, weight] = [moveStart[state] ?? 0, moveStart[state + 1] ?? 0, known[state] ?? 1]
    const gone = chance.gamma((exit[state] ?? 0) * weight)
    let stays = 1 - (exit[state] ?? 0)
    let all = gone
    for (let m = begin; m < end; m++) {
      const rate = moveRate[m] ?? 0
      stays -= rate
      moveNow[m] = chance.gamma(rate * weight)
      all += moveNow[m] ?? 0
    }
    all += chance.gamma(Math.max(0, stays) * weight)
    exitNow[state] = all > 0 ? gone / all : 0
    let left = all - gone
    for (let m = begin; m < end; m++) {
      const moved = moveNow[m] ?? 0
      moveNow[m] = left > 0 ? Math.min(1, moved / left) : 0
      left -= moved
    }
  }
}

function oneYear({ chance, states, now, next, exitNow, moveStart, moveTo, moveNow }: Run): void {
  next.fill(0)
  for (let state = 0; state < states; state++) {
    let left = now[state] ?? 0
    if (left === 0) continue
    left -= chance.binomial(left, exitNow[state] ?? 0)
    const end = moveStart[state + 1] ?? 0
    for (let m = moveStart[state] ?? 0; m < end; m++) {
      const moved = chance.binomial(left, moveNow[m] ?? 0)
      const to = moveTo[m] ?? 0
      next[to] = (next[to] ?? 0) + moved
      left -= moved
    }
    next[state] = (next[state] ?? 0) + left
  }
}

function recruit({ chance, states, next, wanted, intakeShare, ceiling, entries }: Run, t: number): void {
  let there = 0
  for (let state = 0; state < states; state++) there += next[state] ?? 0
  const recruits = Math.round((wanted[t] ?? 0) - there)
  if (recruits <= 0) return
  // Chance fills a quota that is a ceiling, and never passes it.
  const women = Math.min(chance.binomial(recruits, intakeShare), Math.floor(ceiling * recruits))
  spread(women, 0)
  spread(recruits - women, 1)

  function spread(people: number, sex: 0 | 1): void {
    let [left, weights] = [people, entries.reduce((sum, { weight }) => sum + weight, 0)]
    for (const { cell, weight } of entries) {
      const here = chance.binomial(left, Math.min(1, weight / weights))
      const state = 2 * cell + sex
      next[state] = (next[state] ?? 0) + here
      left -= here
      weights -= weight
    }
  }
}

function note(run: Run, draw: number, t: number): void {
  const { states, series, now, rankOf, womenIn, peopleIn, shares, years, most } = run
  womenIn.fill(0)
  peopleIn.fill(0)
  for (let state = 0; state < states; state++) {
    const [people, rank] = [now[state] ?? 0, rankOf[state] ?? 0]
    peopleIn[rank] = (peopleIn[rank] ?? 0) + people
    peopleIn[0] = (peopleIn[0] ?? 0) + people
    if (state % 2 === 1) continue
    womenIn[rank] = (womenIn[rank] ?? 0) + people
    womenIn[0] = (womenIn[0] ?? 0) + people
  }
  for (let each = 0; each < series; each++)
    shares[(each * (years + 1) + t) * most + draw] = (womenIn[each] ?? 0) / (peopleIn[each] ?? 0)
  const isMet = (womenIn[0] ?? 0) / (peopleIn[0] ?? 0) >= run.targetShare
  if (isMet && t < (run.metIn[draw] ?? 0)) run.metIn[draw] = t
  if (t === run.targetYear) run.metAtTarget[draw] = Number(isMet)
}

// ---------------------------------------------------------------- what the draws say

function readBands(problem: ProjectionProblem, run: Run, made: number): Bands {
  const { firstYear, target } = problem
  const column = (series: number, t: number): Band | undefined => {
    const from = (series * (run.years + 1) + t) * run.most
    return bandOf(run.shares.slice(from, from + made))
  }
  const columns = (series: number) => Array.from({ length: run.years + 1 }, (_, t) => column(series, t))
  return {
    draws: made,
    all: columns(0).flatMap((band) => band ?? []),
    ranks: ranksOf(problem.cells).map((rank, at) => ({ rank, shares: columns(at + 1) })),
    target: target
      ? { met: reachedIn(run.metIn.slice(0, made), firstYear), chance: chanceOfTarget(run, made) }
      : undefined,
  }
}

/** Quantiles by the nearest rank; nobody in a rank has no share (NaN, which sorts last). */
function bandOf(values: Float32Array): Band | undefined {
  values.sort()
  let known = values.length
  while (known > 0 && Number.isNaN(values[known - 1])) known--
  if (known === 0) return undefined
  const at = (part: number): number => values[Math.ceil(part * known) - 1] ?? 0
  return { low: at(0.1), mid: at(0.5), high: at(0.9) }
}

function reachedIn(years: Float64Array, firstYear: number): ReachedIn {
  years.sort()
  const at = (part: number): number | null => {
    const year = years[Math.ceil(part * years.length) - 1] ?? Number.POSITIVE_INFINITY
    return Number.isFinite(year) ? firstYear + year : null
  }
  return { low: at(0.1), mid: at(0.5), high: at(0.9) }
}

const chanceOfTarget = ({ metAtTarget }: Run, made: number): number =>
  metAtTarget.subarray(0, made).reduce((sum, met) => sum + met, 0) / made
