import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { type Her, isElsewhere, type OfAll, type StandingDuty } from './roster-sides.ts'

/** When she is there. */
export type There = {
  /** Days, from 0, on which she is away; the day after the last one may be among them. */
  readonly away: readonly number[]
  /** Her duties in other rosters that stand: leave that was written down since goes before them. */
  readonly stands: readonly StandingDuty[]
  readonly isOff: (day: number) => boolean
}

export function thereOf({ at }: Her, { dates, elsewhere }: Pick<OfAll, 'dates' | 'elsewhere'>): There {
  const last = dates.at(-1)
  const away = [...dates, ...(last ? [daysAfter(last, 1)] : [])].flatMap((date, day) => (isAway(at, date) ? [day] : []))
  const said = elsewhere.get(at.stream) ?? []
  const stands = said.filter(
    ({ day, duty }) => !away.includes(day) && !(away.includes(day + 1) && duty.starts + duty.minutes > 1440),
  )
  const isOff = (day: number): boolean =>
    away.includes(day) || (said.some((each) => each.day === day) && !stands.some((each) => each.day === day))
  return { away, stands, isOff }
}

/** On leave, not yet posted, or gone. */
export const isAway = ({ said }: Her['at'], date: CivilDate): boolean =>
  (said.absences ?? []).some(({ from, to }) => from <= date && date <= to) ||
  (said.postedOn !== undefined && date < said.postedOn) ||
  (said.leftOn !== undefined && date > said.leftOn)

/** She works on that day at a post that this roster is not made for. */
export const isElsewhereOn = ({ stands }: There, on: number): boolean =>
  stands.some(({ day, duty }) => day === on && isElsewhere(duty.key))
