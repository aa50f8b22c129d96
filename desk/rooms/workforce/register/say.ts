import type { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { servesOn } from '@lentera/core/workforce/officer/project'
import { type Opening, type Shift, shiftsOf, type Weekday } from '@lentera/core/workforce/post/words'
import { writeWeekdays } from '@lentera/core/workforce/register/weekdays'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { OpenedOfficer, OpenedPost } from '../../../device/desk.ts'
import { sayHeads } from '../../records/opened.ts'

/** `A-1 Lantern bridge`, or what stands there apart; the device's own code where nobody could open it. */
export function sayPost({ said, fields, code }: OpenedPost, t: Translate): string {
  const called = [said.code, sayHeads(fields.name, t)].filter(Boolean).join(' ')
  return called || code
}

/** The posts that are said of an officer: one, or two beside each other. */
export const sayPosts = (streams: readonly StreamId[], posts: readonly OpenedPost[], t: Translate): string =>
  streams
    .map((stream) => posts.find((each) => each.stream === stream))
    .map((post) => (post ? sayPost(post, t) : t('register.post-not-here')))
    .join(' / ')

/** Her number, and her name where the agency writes one. */
export const sayOfficer = ({ fields, code }: OpenedOfficer, t: Translate): string =>
  [sayHeads(fields.number, t), sayHeads(fields.name, t)].filter(Boolean).join(' · ') || code

/** Whether two people said two things of her, of her certificates too. */
export const isTwofold = ({ officer, said, certificates }: OfficerAt): boolean =>
  officer.conflicts.length > 0 || [said, ...certificates.map((each) => each.said)].some((each) => each?.disputed.length)

/** Nothing of whoever stays. */
export function sayLeaving(
  { officer, said }: OpenedOfficer,
  today: CivilDate,
  t: Translate,
  format: { readonly date: (day: CivilDate) => string },
): readonly string[] {
  if (!officer.left) return []
  const { leftOn } = said
  return [
    leftOn && servesOn({ officer, said }, today)
      ? t('register.leaving', { until: format.date(leftOn) })
      : t('register.left'),
  ]
}

export function sayOpening(opening: Opening, t: Translate): string {
  return opening.hours === 'shifts'
    ? writeShifts(shiftsOf(opening), (day) => t(`register.weekday.${day}`))
    : t(`register.hours.${opening.hours}`)
}

/** As lists and fields write them: `06:00-14:00; Mon-Fri 14:00-22:00`. */
export const writeShifts = (shifts: readonly Shift[], weekday?: (day: Weekday) => string): string =>
  shifts
    .map(({ starts, minutes, weekdays }) =>
      `${writeWeekdays(weekdays, weekday)} ${clock(starts)}-${clock((starts + minutes) % 1440)}`.trim(),
    )
    .join('; ')

/** "06:00–14:00", in the digits every duty list has; or, with `write`, as the reader writes a time of day in minutes. */
export const sayClock = (
  { starts, minutes }: { readonly starts: number; readonly minutes?: number },
  write: (minutes: number) => string = clock,
): string => (minutes === undefined ? write(starts) : `${write(starts)}–${write((starts + minutes) % 1440)}`)

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
