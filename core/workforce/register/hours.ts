import { latinDigits } from '../../shared/whole-number.ts'
import {
  divided,
  everyDay,
  isWrittenTwice,
  longestDuty,
  type Opening,
  type Shift,
  shiftMinutes,
  shiftsOf,
} from '../post/words.ts'
import { readWeekdays } from './weekdays.ts'

const dayAndNight =
  /^(24|h ?24|24 ?h|24 ?hrs?|24 ?hours?|24\/7|day and night|round the clock|24 ?(ชั่วโมง|ชม\.?)|24 ?နာရီ|24 ?ម៉ោង|24 ?ຊົ່ວໂມງ|24 ?giờ|24 ?jam)$/
const byDay = /^(day|by day|daytime|day only|กลางวัน|နေ့|ថ្ងៃ|ກາງເວັນ|ban ngày|siang|siang hari)$/
/** `06:00`, `6.00 น.`, `0600 hrs`, `6 am`. */
const time = String.raw`(?<!\d)(\d{1,2})[:.h]?(\d{2})?(?!\d)\s*(am|pm|a\.m\.|p\.m\.)?\s*(?:น\.?|hrs?\.?|h|giờ)?`
const hours = new RegExp(`${time}\\s*(?:-|–|—|to|until|till|ถึง|đến|hingga|sampai|s/d|ដល់|ຫາ)\\s*${time}`)

/**
 * When a post is open, as lists write it: `24 h`, `day`, or shifts: `06:00-14:00; 14:00-22:00`, of the weekdays that are named with
 * them: `Mon-Fri 06:00-14:00; Sat 06:00-12:00`, `24 h Mon-Sat`. A shift may run over midnight, and is one of the day it begins on.
 * Hours that are longer than one duty (`00:00-24:00`) are divided into shifts. Undefined where it says nothing that could be planned by.
 *
 * @param most minutes that a shift of what is divided lasts at most
 */
export function readHours(typed: string, most = shiftMinutes): Opening | undefined {
  const text = latinDigits(typed).toLowerCase()
  const whole = wholeOpening(text)
  if (whole === 'day-and-night' && most !== shiftMinutes)
    return { hours: 'shifts', shifts: [...divided({ starts: 360, minutes: 1440, weekdays: [...everyDay] }, most)] }
  if (whole) return { hours: whole }
  const read = readShifts(text)?.flatMap((shift) => divided(shift, most))
  return !read || read.length > 8 || isWrittenTwice(read) ? undefined : { hours: 'shifts', shifts: read }
}

/** Whether shifts are made of hours that name none: of a day and a night, or of hours longer than one duty. */
export function isDivided(typed: string): boolean {
  const text = latinDigits(typed).toLowerCase()
  return wholeOpening(text) === 'day-and-night' || (readShifts(text) ?? []).some(({ minutes }) => minutes > longestDuty)
}

function readShifts(text: string): readonly Shift[] | undefined {
  const shifts = segments(text).map(readSegment)
  if (shifts.length === 0 || shifts.some((each) => each === undefined)) return undefined
  return shifts.flatMap((each) => each ?? [])
}

function wholeOpening(text: string): 'day-and-night' | 'day' | undefined {
  if (dayAndNight.test(text)) return 'day-and-night'
  return byDay.test(text) ? 'day' : undefined
}

/** Days that stand alone belong to the hours after them: `Sat, Sun 06:00-12:00`. */
function segments(text: string): readonly string[] {
  const found: string[] = []
  let days = ''
  for (const each of text.split(/[;,\n]| and |\/(?=\s*\d)(?!7)/)) {
    const said = `${days} ${each}`.trim()
    days = readWeekdays(each) && each.trim() !== '' ? said : ''
    if (days === '' && said !== '') found.push(said)
  }
  return days === '' ? found : [...found, days]
}

/** Undefined where it is no shift, one shorter than an hour, or of days that nobody knows. */
function readSegment(text: string): readonly Shift[] | undefined {
  const found = hours.exec(text)
  if (!found) return wholeOnDays(text)
  const weekdays = readWeekdays(text.replace(found[0], ' ').replaceAll(/^[\s:]+|[\s:]+$/g, ''))
  // Of `8 - 5 pm` nobody can say which eight is meant.
  if ((found[3] === undefined) !== (found[6] === undefined)) return undefined
  const [from, to] = [minutesOf(found[1], found[2], found[3]), minutesOf(found[4], found[5], found[6])]
  if (from === undefined || to === undefined || weekdays === undefined) return undefined
  const minutes = (to - from + 1440) % 1440 || 1440
  return minutes < 60 ? undefined : [{ starts: from % 1440, minutes, weekdays: [...weekdays] }]
}

/** `24 h Mon-Fri`: words for all of a day, with its days before or after them. */
function wholeOnDays(text: string): readonly Shift[] | undefined {
  const parts = text.split(' ')
  for (let at = 1; at < parts.length; at++) {
    const [before, after] = [parts.slice(0, at).join(' '), parts.slice(at).join(' ')]
    for (const [whole, days] of [
      [wholeOpening(before), readWeekdays(after)],
      [wholeOpening(after), readWeekdays(before)],
    ] as const) {
      if (whole && days) return shiftsOf({ hours: whole }).map((shift) => ({ ...shift, weekdays: [...days] }))
    }
  }
  return undefined
}

/** Up to 24:00, which is the next day's beginning. */
function minutesOf(hour: string | undefined, minute: string | undefined, half: string | undefined): number | undefined {
  const [said, m] = [Number(hour), Number(minute ?? '0')]
  if (half && (said < 1 || said > 12)) return undefined
  const h = half ? (said % 12) + (half.startsWith('p') ? 12 : 0) : said
  return h > 24 || m > 59 || (h === 24 && m > 0) ? undefined : h * 60 + m
}
