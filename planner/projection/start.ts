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
 * A problem from what was counted. Where few serve, what happened to them says little: the rate of the women, or the men, of a rank
 * leans on that of the whole rank, and the rank's on that of all ranks. What happened `n` times among `N` officers of a year is
 * (n + w p) / (N + w), `p` being the rate it leans on and `w` the weight `pooledAmong`: the mean of a beta-binomial whose prior is
 * taken from the groups together (partial pooling by empirical Bayes: Casella, "An introduction to empirical Bayes data analysis",
 * The American Statistician 39 (1985); Gelman and others, "Bayesian Data Analysis", 3rd ed., ch. 5). The weight is stated and not
 * estimated: of the half dozen groups of an agency it cannot be.
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

/** A rate leans on the one above it as if so many more officers of one year had been counted at that rate. */
export const pooledAmong = 20

/** A rate that rests to this part on others, since few serve there: parts of one. */
export type Leaning = { readonly rank: string; readonly sex: Sex; readonly part: number }

/** Whose counted rates rest on others for a tenth and more, the most first. */
export function leaningOf(evidence: Evidence): readonly Leaning[] {
  const { ranks, exits, promotions } = evidence
  const counted = [exits, promotions].flatMap((happened) => (happened ? [happened.years] : []))
  if (counted.length === 0) return []
  return ranks
    .flatMap((rank) =>
      sexes.map((sex): Leaning => {
        const among = peopleIn(evidence, rank, sex) * Math.min(...counted)
        return { rank, sex, part: pooledAmong / (among + pooledAmong) }
      }),
    )
    .filter(({ part }) => part >= 0.1)
    .toSorted((a, b) => b.part - a.part)
}

const sexes: readonly Sex[] = ['women', 'men']

const none: BySex = { women: 0, men: 0 }

const totalOf = (of: ByRank): number => Object.values(of).reduce((sum, { women, men }) => sum + women + men, 0)

const shareOfWomen = (of: ByRank): number => Object.values(of).reduce((sum, { women }) => sum + women, 0) / totalOf(of)

const peopleIn = ({ stock }: Evidence, rank: string, sex: Sex): number => stock[rank]?.[sex] ?? 0

/** How often something happened among so many officers of a year. */
type Count = { readonly happened: number; readonly among: number }

/** Undefined where many more people left a rank, or rose from it, than serve in it. */
function flowOf(evidence: Evidence, assumed: Assumed, rank: string, sex: Sex): Flowing | undefined {
  const { ranks, exits, promotions } = evidence
  const people = peopleIn(evidence, rank, sex)
  const rises = waysFrom(evidence, rank)
  const left = exits?.of[rank]?.[sex] ?? 0
  const risen = rises.reduce((sum, each) => sum + each[sex], 0)
  const [exitAmong, riseAmong] = [among(people, exits, left), among(people, promotions, risen)]
  if (left > people * (exits?.years ?? 0) + pooledAmong || risen > people * (promotions?.years ?? 0) + pooledAmong)
    return undefined
  const above = ranks.indexOf(rank) + 1
  const moves = promotions
    ? rises.map((each) => ({
        to: ranks.indexOf(each.to),
        rate: pooled(
          { happened: each[sex], among: riseAmong },
          pooled(risesOf(evidence, rank, [each]), alone(risesOfAll(evidence))),
        ),
      }))
    : above === ranks.length
      ? []
      : [{ to: above, rate: assumed.promotion ?? 0 }]
  const exit = pooled(
    { happened: left, among: exitAmong },
    pooled(exitsOf(evidence, [rank]), alone(exitsOf(evidence, ranks))),
  )
  const known = [
    exits ? exitAmong + pooledAmong : assumedAmong,
    ...(moves.length === 0 ? [] : [promotions ? riseAmong + pooledAmong : assumedAmong]),
  ]
  return {
    people,
    exit: exits ? exit : (assumed.exit ?? 0),
    moves,
    // A row of rates is known no better than the least known of it.
    known: Math.min(...known),
  }
}

/** Officers of a year to whom it could happen: those who serve now, and at the least those to whom it did, though they are not there any more. */
const among = (people: number, what: { readonly years: number } | null, happened: number): number =>
  Math.max(people * (what?.years ?? 0), happened)

const pooled = ({ happened, among }: Count, on: number): number => (happened + pooledAmong * on) / (among + pooledAmong)

/** What leans on nothing: that nothing happened does not mean that it never will (Jeffreys' prior: Gelman and others, ch. 2). */
const alone = ({ happened, among }: Count): number => (happened + 1 / 2) / (among + 1)

const waysFrom = ({ ranks, promotions }: Evidence, rank: string) =>
  promotions?.of.filter(({ from, to }) => from === rank && ranks.includes(to) && to !== rank) ?? []

function exitsOf({ stock, exits }: Evidence, ranks: readonly string[]): Count {
  const both = (of: ByRank | undefined): number =>
    ranks.reduce((sum, rank) => sum + (of?.[rank]?.women ?? 0) + (of?.[rank]?.men ?? 0), 0)
  const happened = both(exits?.of)
  return { happened, among: among(both(stock), exits, happened) }
}

function risesOf(evidence: Evidence, rank: string, ways: readonly BySex[]): Count {
  const people = sexes.reduce((sum, sex) => sum + peopleIn(evidence, rank, sex), 0)
  const happened = ways.reduce((sum, { women, men }) => sum + women + men, 0)
  return { happened, among: among(people, evidence.promotions, happened) }
}

/** Over the ways that somebody went at all: each of them is open to those who serve where it begins. */
function risesOfAll(evidence: Evidence): Count {
  const counts = evidence.ranks.flatMap((rank) => waysFrom(evidence, rank).map((way) => risesOf(evidence, rank, [way])))
  return {
    happened: counts.reduce((sum, { happened }) => sum + happened, 0),
    among: counts.reduce((sum, { among }) => sum + among, 0),
  }
}
