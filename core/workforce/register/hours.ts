import { latinDigits } from '../../shared/whole-number.ts'
import type { Opening, Shift } from '../post/words.ts'

const dayAndNight =
  /^(24|24 ?h|24 ?hrs?|24 ?hours?|24\/7|day and night|round the clock|24 ?(ชั่วโมง|ชม\.?)|24 ?နာရီ|24 ?ម៉ោង|24 ?ຊົ່ວໂມງ|24 ?giờ|24 ?jam)$/
const byDay = /^(day|by day|daytime|day only|กลางวัน|နေ့|ថ្ងៃ|ກາງເວັນ|ban ngày|siang|siang hari)$/
const shift = /^(\d{1,2})[:.h]?(\d{2})?\s*(?:-|–|to|until)\s*(\d{1,2})[:.h]?(\d{2})?$/

/**
 * When a post is open, as lists write it: `24 h`, `day`, or shifts: `06:00-14:00; 14:00-22:00`. A shift may run over midnight.
 * Undefined where it says nothing that could be planned by.
 */
export function readHours(typed: string): Opening | undefined {
  const text = latinDigits(typed).toLowerCase()
  if (dayAndNight.test(text)) return { hours: 'day-and-night' }
  if (byDay.test(text)) return { hours: 'day' }
  const shifts = text
    .split(/[;,\n]| and /)
    .map((each) => each.trim())
    .filter(Boolean)
    .map(readShift)
  if (shifts.length === 0 || shifts.length > 8 || shifts.some((each) => each === undefined)) return undefined
  const read = shifts.filter((each) => each !== undefined)
  const isTwice = new Set(read.map(({ starts }) => starts)).size !== read.length
  return isTwice ? undefined : { hours: 'shifts', shifts: read }
}

/** `06:00-14:00`; undefined where it is no shift, or one shorter than an hour. */
function readShift(text: string): Shift | undefined {
  const found = shift.exec(text)
  if (!found) return undefined
  const [from, to] = [minutesOf(found[1], found[2]), minutesOf(found[3], found[4])]
  if (from === undefined || to === undefined) return undefined
  const minutes = (to - from + 1440) % 1440 || 1440
  return minutes < 60 ? undefined : { starts: from % 1440, minutes, daysAWeek: 7 }
}

/** Up to 24:00, which is the next day's beginning. */
function minutesOf(hour: string | undefined, minute: string | undefined): number | undefined {
  const [h, m] = [Number(hour), Number(minute ?? '0')]
  return h > 24 || m > 59 || (h === 24 && m > 0) ? undefined : h * 60 + m
}
