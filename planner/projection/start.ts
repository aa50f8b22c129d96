import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { checkProjection } from './check.ts'
import type { Cell, Flowing, ProjectionProblem, Sex } from './words.ts'

type BySex = Readonly<Record<Sex, number>>
type ByRank = Readonly<Record<string, BySex>>

/** What was written down of something that happens to people, and in how many years; null where nothing was. */
export type Happened<T> = { readonly years: number; readonly of: T } | null

/** What an agency knows of itself. */
export type Evidence = {
  /** The lowest first. */
  readonly ranks: readonly string[]
  readonly stock: ByRank
  readonly exits: Happened<ByRank>
  /** Each way from one rank to another once. */
  readonly promotions: Happened<readonly (BySex & { readonly from: string; readonly to: string })[]>
  /** By the rank they begin in. */
  readonly recruits: Happened<ByRank>
}

/** What its planner says of a year where nothing was written down, as parts of one. */
export type Assumed = {
  readonly exit?: number | undefined
  readonly promotion?: number | undefined
  readonly intakeShare?: number | undefined
}

export type Missing = keyof Assumed

/** What has to be assumed before anything can be said. One rank alone has no promotions. */
export function missingOf({ ranks, exits, promotions, recruits }: Evidence): Missing[] {
  const missing: Missing[] = []
  if (!recruits || totalOf(recruits.of) === 0) missing.push('intakeShare')
  if (!exits) missing.push('exit')
  if (!promotions && ranks.length > 1) missing.push('promotion')
  return missing
}

/** Of which years, and what is aimed at. */
export type Frame = Pick<ProjectionProblem, 'ceiling' | 'growth' | 'firstYear' | 'years' | 'target'>

/**
 * A problem from what was counted. A rate that happened `n` times among `N` officers of a year is (n + 1/2) / (N + k/2), `k`
 * being the number of things that can happen to one (Jeffreys' prior: Gelman and others, "Bayesian Data Analysis", 3rd ed.,
 * ch. 2): that nobody of a few left does not mean that nobody ever will.
 * Refused: `projection.missing` {what}, `projection.more-than-served` {rank}, and as `checkProjection` refuses.
 */
export function problemFrom(evidence: Evidence, assumed: Assumed, frame: Frame): Decision<ProjectionProblem> {
  const missing = missingOf(evidence).find((what) => assumed[what] === undefined)
  if (missing) return refuse('projection.missing', { what: missing })
  const cells: Cell[] = []
  for (const rank of evidence.ranks) {
    const [women, men] = [flowOf(evidence, assumed, rank, 'women'), flowOf(evidence, assumed, rank, 'men')]
    if (!women || !men) return refuse('projection.more-than-served', { rank })
    cells.push({ rank, women, men })
  }
  const { recruits } = evidence
  const isKnown = recruits !== null && totalOf(recruits.of) > 0
  const entry = evidence.ranks.map((rank, at) => {
    const { women, men } = recruits?.of[rank] ?? none
    return isKnown ? women + men : Number(at === 0)
  })
  const intakeShare = isKnown ? shareOfWomen(recruits.of) : (assumed.intakeShare ?? 0)
  return checkProjection({ ...frame, cells, entry, intakeShare })
}

/** An assumption is taken as no better known than what happened to so many officers in one year. */
export const assumedAmong = 100

const none: BySex = { women: 0, men: 0 }

const totalOf = (of: ByRank): number => Object.values(of).reduce((sum, { women, men }) => sum + women + men, 0)

const shareOfWomen = (of: ByRank): number => Object.values(of).reduce((sum, { women }) => sum + women, 0) / totalOf(of)

/** Undefined where more people left a rank than served in it. */
function flowOf(evidence: Evidence, assumed: Assumed, rank: string, sex: Sex): Flowing | undefined {
  const { ranks, stock, exits, promotions } = evidence
  const people = stock[rank]?.[sex] ?? 0
  const left = exits?.of[rank]?.[sex] ?? 0
  const above = ranks[ranks.indexOf(rank) + 1]
  const rises = promotions
    ? promotions.of.filter(({ from, to }) => from === rank && ranks.includes(to) && to !== rank)
    : []
  const risen = rises.reduce((sum, each) => sum + each[sex], 0)
  const [exitAmong, riseAmong] = [people * (exits?.years ?? 0), people * (promotions?.years ?? 0)]
  if (left > exitAmong || risen > riseAmong) return undefined
  const outcomes = 2 + (promotions ? rises.length : Number(above !== undefined))
  const counted = (happened: number, among: number): number => (happened + 1 / 2) / (among + outcomes / 2)
  const moves = promotions
    ? rises.map((each) => ({ to: ranks.indexOf(each.to), rate: counted(each[sex], riseAmong) }))
    : above === undefined
      ? []
      : [{ to: ranks.indexOf(above), rate: assumed.promotion ?? 0 }]
  const known = [
    exits ? exitAmong + outcomes / 2 : assumedAmong,
    ...(moves.length === 0 ? [] : [promotions ? riseAmong + outcomes / 2 : assumedAmong]),
  ]
  return {
    people,
    exit: exits ? counted(left, exitAmong) : (assumed.exit ?? 0),
    moves,
    // A row of rates is known no better than the least known of it.
    known: Math.min(...known),
  }
}
