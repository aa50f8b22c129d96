import { CivilDate } from '@lentera/core/shared/dates'

export function earlier(today: CivilDate, days: number): CivilDate {
  const date = new Date(`${today}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - days)
  return CivilDate.parse(date.toISOString().slice(0, 10))
}
