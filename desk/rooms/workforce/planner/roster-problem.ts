import type { CivilDate } from '@lentera/core/shared/dates'
import type { Company, CoverDemand, PersonKey, RosterProblem } from '@lentera/planner/roster'
import type { Assumptions } from './assumptions.ts'
import { humane } from './humane.ts'
import { inKeysOf, type RosterBefore } from './roster-before.ts'
import { type Elsewhere, inTheseKeys } from './roster-elsewhere.ts'
import { nightSharesOf } from './roster-nights.ts'
import { personOf } from './roster-person.ts'
import {
  callsFor,
  coverOf,
  type Duty,
  datesFrom,
  isElsewhere,
  mayStandBy,
  type OfAll,
  onCallFor,
  openOn,
  type RosterPost,
  readSide,
  type Side,
  shiftTypeOf,
  spellsOf,
  togetherOn,
  weekdayOf,
} from './roster-sides.ts'

export type RosterQuestion = {
  readonly problem: RosterProblem
  readonly duties: readonly Duty[]
  /** Whose post somebody serves at; and who of the shown are trained women, on every day or on some. */
  readonly sideOf: ReadonlyMap<PersonKey, Side>
  readonly trained: ReadonlyMap<PersonKey, 'every-day' | 'some-days'>
}

export type AskedRoster = {
  readonly post: RosterPost
  readonly partner: RosterPost | null
  readonly from: CivilDate
  readonly assumptions: Pick<Assumptions, 'rules' | 'roster'>
  /** Nothing is known of the days before when absent. */
  readonly before?: RosterBefore | undefined
  /** Duties on the same days that stand in other rosters; none when absent. */
  readonly elsewhere?: Pick<Elsewhere, 'duties'> | undefined
}

/**
 * The roster of one post, or of two that share their women on call, for 28 days from `from`: nobody is on a shift alone, which stays empty
 * instead; only where a post has a law or order written down is it weighed, and who is alone named by the checker. Then a trained woman on
 * every shift, or where none is there one on call; then enough officers; then wishes, and nights, work and calls shared alike.
 * Absences, the most nights she can do, nights in a row and the hours of rest are kept; what she offered is not a duty.
 *
 * What another roster that is kept says of these days stands (`elsewhere`): as the very shift of these posts, which it covers, or as work
 * somewhere else.
 *
 * On call counts as the plan counts it. She has offered it (a reach is written down). For her own post she stands by within the minutes
 * of the plan's rule; for the neighbour, which lies within them, she stands by or is called from her own shift while that lasts. Standby
 * is a day worked, with the rest of any shift before it and after it, on at most so many days of 28, and counts no minutes.
 */
export function askRoster({ post, partner, from, assumptions, before, elsewhere }: AskedRoster): RosterQuestion {
  const of = partner
    ? ([
        ['post', post],
        ['partner', partner],
      ] as const)
    : ([['post', post]] as const)
  const sides = of.map(([side, each]) => readSide(side, each, from))
  const worked = sides.flatMap(({ duties }) => duties)
  const calls = worked.filter((duty) =>
    sides.some(({ people }) => people.some((her) => mayStandBy(her, duty, assumptions))),
  )
  const own = [...worked, ...calls.map(onCallFor)]
  const days = new Map([...(before?.days ?? [])].map(([officer, row]) => [officer, inKeysOf(row, own)] as const))
  const known = { sides, dates: datesFrom(from, humane.days), spells: spellsOf(sides), assumptions }
  const there = inTheseKeys(elsewhere?.duties ?? new Map(), own, known, [post, partner])
  const all: OfAll = { ...known, duties: own, days, elsewhere: there }
  const others = [...there.values()].flat().flatMap(({ duty }) => (isElsewhere(duty.key) ? [duty] : []))
  const duties = [...own, ...new Map(others.map((duty) => [duty.key, duty])).values()]
  const people = sides.flatMap((side) => {
    const shares = nightSharesOf(side, all)
    return side.people.map((her) => personOf(her, side, all, shares.get(her.at.stream)))
  })
  const problem: RosterProblem = {
    days: humane.days,
    startsOn: weekdayOf(from),
    // Whoever comes home on Saturday morning has no free weekend.
    weekendsByHours: true,
    longestDuty: assumptions.roster.longestDuty,
    shifts: duties.map((duty) => shiftTypeOf(duty, duties, assumptions)),
    people,
    cover: all.dates.flatMap((date, day) => openOn(worked, date).flatMap((duty) => demandsOf(day, duty, all))),
    company: all.dates.flatMap((date, day) =>
      openOn(worked, date)
        .filter(({ side }) => (side === 'post' ? post : partner)?.aloneBecause === undefined)
        .map(({ key }): Company => ({ day, shift: key, least: humane.together })),
    ),
  }
  return {
    problem,
    duties,
    sideOf: new Map(sides.flatMap(({ side, people: own }) => own.map(({ at }) => [at.stream, side] as const))),
    trained: new Map(
      sides.flatMap(({ people: own }) =>
        own.flatMap(({ at, trainedOn, isTrained }) =>
          isTrained ? [[at.stream, trainedOn.includes(false) ? 'some-days' : 'every-day'] as const] : [],
        ),
      ),
    ),
  }
}

// ---------------------------------------------------------------- what is asked of a day

function demandsOf(day: number, duty: Duty, all: OfAll): readonly CoverDemand[] {
  const { rules } = all.assumptions
  const own = all.sides.find(({ side }) => side === duty.side)?.people.length ?? 0
  const by = [duty.key, ...callsFor(duty, all).map(({ key }) => key)]
  const nothing = { day, by: [duty.key], skill: null, required: 0, under: 0, over: 0 }
  const woman = { ...nothing, skill: coverOf(duty.side, all.spells[day] ?? 0), required: rules.womenPerShift }
  return [
    { ...woman, by, under: humane.missingWoman },
    ...(by.length > 1 ? [{ ...woman, under: humane.absentWoman }] : []),
    // Standby that nobody needs is a day taken from her.
    ...by.flatMap((key) => (key.startsWith('~') ? [{ ...nothing, by: [key], over: humane.onCall }] : [])),
    // One who serves there by herself is never asked for as company: it would only bring her on more shifts alone.
    ...(own < 2 ? [] : [{ ...nothing, required: Math.min(own, togetherOn(rules)), under: humane.missingOfficer }]),
  ]
}
