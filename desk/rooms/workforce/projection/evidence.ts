import { isExact } from '@lentera/core/shared/counts'
import { type CivilDate, firstDayOf, precisionOf, yearOf } from '@lentera/core/shared/dates'
import type { Flow, FlowRow } from '@lentera/core/workforce/flow/project'
import type { Happening } from '@lentera/core/workforce/flow/words'
import type { Headcount, RankCount } from '@lentera/core/workforce/project'
import { Rank, Trust } from '@lentera/core/workforce/words'
import type { Evidence } from '@lentera/planner/projection'

/** Headcounts of a whole agency that a projection can start from: nothing in them is disputed. The newest and most trusted first. */
export function startingPoints<T extends { readonly state: Headcount }>(headcounts: readonly T[]): readonly T[] {
  return headcounts
    .filter(({ state }) => state.unit === 'all' && state.place === 'national' && isSettled(state))
    .toSorted((a, b) => compare(firstDayOf(b.state.on), firstDayOf(a.state.on)) || byTrust(a.state, b.state))
}

/** What was written down of an agency, and what of it was used. */
export type Gathered = {
  readonly evidence: Evidence
  readonly firstYear: number
  readonly used: readonly Flow[]
  /** Officers whose sex is not given: of nobody's share, and left out. */
  readonly unrecorded: number
  /** Ranks were not told apart in everything that was used, so that none is. */
  readonly isOneRank: boolean
}

/** All ranks together, where some source does not tell them apart. */
export const allRanks = 'all'

/**
 * What happened in the five years up to the headcount. Who was recruited, who rose and who left are three questions: of each, and of
 * each month, quarter or year, what the most trusted source that answers it says, and each day once.
 */
export function gather(headcount: Headcount, flows: readonly Flow[]): Gathered {
  const firstYear = Number(yearOf(headcount.on))
  const fitting = flows.filter(
    (flow) =>
      isSettled(flow) &&
      flow.agency === headcount.agency &&
      flow.place === headcount.place &&
      flow.counted === headcount.counted &&
      Number(yearOf(flow.on)) > firstYear - yearsLookedBack &&
      firstDayOf(flow.on) <= firstDayOf(headcount.on),
  )
  const ofOne = (flow: Flow, happening: Happening): readonly FlowRow[] =>
    standing(flow).filter((row) => row.happening === happening)
  const answers = (happening: Happening) => {
    const periods = periodsOnce(fitting.filter((flow) => ofOne(flow, happening).length > 0))
    return { periods, rows: periods.flatMap((flow) => ofOne(flow, happening)) }
  }
  const [recruited, left, promoted] = [answers('recruited'), answers('left'), answers('promoted')]
  const told = new Set([recruited, left, promoted].flatMap(({ periods }) => periods))
  const used = fitting
    .filter((flow) => told.has(flow))
    .toSorted((a, b) => compare(firstDayOf(a.on), firstDayOf(b.on)) || byTrust(a, b))
  const rows = standing(headcount)
  const happened = [recruited, left, promoted].flatMap((each) => each.rows)
  const isOneRank = [...rows, ...happened].some(({ rank }) => rank === undefined || rank === 'not-given')
  const rankOf = (row: Pick<RankCount, 'rank'>): string => (isOneRank ? allRanks : (row.rank ?? allRanks))
  const ranked = new Set([...rows, ...happened.filter(isNotPromoted)].map(rankOf))
  const ranks = isOneRank ? [allRanks] : fromBelow.filter((rank) => ranked.has(rank))
  const counted = ({ periods, rows: happenedTo }: ReturnType<typeof answers>) =>
    periods.length === 0
      ? null
      : { years: periods.reduce((sum, { on }) => sum + monthsIn(on) / 12, 0), rows: happenedTo }
  const byRank = (of: readonly RankCount[]) =>
    Object.fromEntries(
      ranks.map((rank) => {
        const here = of.filter((row) => rankOf(row) === rank)
        return [rank, { women: add(here, 'women'), men: add(here, 'men') }] as const
      }),
    )
  const [recruits, exits, promotions] = [counted(recruited), counted(left), counted(promoted)]
  return {
    evidence: {
      ranks,
      stock: byRank(rows),
      recruits: recruits && { years: recruits.years, of: byRank(recruits.rows) },
      exits: exits && { years: exits.years, of: byRank(exits.rows) },
      promotions: promotions && !isOneRank ? { years: promotions.years, of: promotionsOf(promotions.rows) } : null,
    },
    firstYear,
    used,
    unrecorded: add(rows, 'unrecorded'),
    isOneRank,
  }
}

const yearsLookedBack = 5
const fromBelow = Rank.options.filter((rank) => rank !== 'not-given').toReversed()

/** What rows of a record still stand. */
const standing = <Row extends RankCount>({ rows }: { readonly rows: readonly Row[] }): readonly Row[] =>
  rows.filter(({ enteredInError }) => !enteredInError)

const isNotPromoted = ({ happening }: FlowRow): boolean => happening !== 'promoted'

const isSettled = (of: Headcount | Flow): boolean =>
  !of.enteredInError &&
  of.conflicts.length === 0 &&
  standing<RankCount>(of).every((row) => isExact(row.women) && isExact(row.men) && isExact(row.unrecorded))

const add = (rows: readonly RankCount[], what: 'women' | 'men' | 'unrecorded'): number =>
  rows.reduce((sum, row) => sum + row[what].low, 0)

function promotionsOf(rows: readonly FlowRow[]) {
  const ways = Map.groupBy(rows, ({ rank, to }) => `${rank} ${to}`)
  return [...ways.values()].flatMap((way) => {
    const [first] = way
    return first?.rank && first.to
      ? [{ from: first.rank, to: first.to, women: add(way, 'women'), men: add(way, 'men') }]
      : []
  })
}

/** The most trusted first, then the newest; a period that shares a day with one that is taken is left. */
function periodsOnce(flows: readonly Flow[]): readonly Flow[] {
  const taken: Flow[] = []
  for (const flow of flows.toSorted((a, b) => byTrust(a, b) || compare(firstDayOf(b.on), firstDayOf(a.on))))
    if (!taken.some((other) => overlap(flow, other))) taken.push(flow)
  return taken
}

const overlap = (a: Flow, b: Flow): boolean => {
  const [beginA, beginB] = [monthOf(a.on), monthOf(b.on)]
  return beginA < beginB + monthsIn(b.on) && beginB < beginA + monthsIn(a.on)
}

/** The month a period begins with, counted through the years. */
function monthOf(period: CivilDate): number {
  const [year = 0, month = 1] = firstDayOf(period).split('-').map(Number)
  return 12 * year + month
}

const monthsIn = (period: CivilDate): number => ({ year: 12, quarter: 3, month: 1, day: 0 })[precisionOf(period)]

const byTrust = (a: Pick<Headcount, 'trust'>, b: Pick<Headcount, 'trust'>): number =>
  Trust.options.indexOf(a.trust ?? 'reported') - Trust.options.indexOf(b.trust ?? 'reported')

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
