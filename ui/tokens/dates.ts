import { type CivilDate, precisionOf, toBuddhistYear } from '@lentera/core/shared/dates'
import { formatPlain } from './numbers.ts'
import type { Language } from './scripts.ts'

/**
 * A civil date as the reader writes it, at the precision it has: nothing is added to a quarter to make it look like a
 * day. Thai readers see the Buddhist era; all others the Gregorian year. Digits are the reader's.
 */
export function formatDate(date: CivilDate, language: Language): string {
  const year = Number(date.slice(0, 4))
  switch (precisionOf(date)) {
    case 'year':
      return patterns[language].year(yearText(year, language))
    case 'quarter': {
      const first = (Number(date.slice(6)) - 1) * 3
      return patterns[language].quarter(
        yearText(year, language),
        monthAt(first, language),
        monthAt(first + 2, language),
      )
    }
    case 'month':
      return patterns[language].month(yearText(year, language), monthAt(Number(date.slice(5, 7)) - 1, language))
    case 'day':
      return patterns[language].day(
        yearText(year, language),
        monthAt(Number(date.slice(5, 7)) - 1, language),
        formatPlain(Number(date.slice(8)), language),
      )
  }
}

/** A civil day with its weekday; a date of lesser precision as `formatDate` gives it. */
export function formatDateWithWeekday(date: CivilDate, language: Language): string {
  const text = formatDate(date, language)
  if (precisionOf(date) !== 'day') return text
  const weekday = names[language].weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''
  return patterns[language].weekday(weekday, text)
}

/**
 * An instant (milliseconds since 1970, UTC) as the clock on the wall of `zone` (IANA name) shows it: `24 November 2026,
 * 14:05`; with `shape: 'time'` only `14:05`, for a day already said. Always the 24-hour clock.
 */
export function formatInstant(
  instant: number,
  zone: string,
  language: Language,
  shape: 'day and time' | 'time' = 'day and time',
): string {
  const part = Object.fromEntries(
    wallClock(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const time = `${formatPlain(part.hour ?? 0, language, 2)}:${formatPlain(part.minute ?? 0, language, 2)}`
  if (shape === 'time') return time
  const day = patterns[language].day(
    yearText(part.year ?? 0, language),
    monthAt((part.month ?? 1) - 1, language),
    formatPlain(part.day ?? 1, language),
  )
  return patterns[language].instant(day, time)
}

function wallClock(zone: string): Intl.DateTimeFormat {
  const format =
    wallClocks.get(zone) ??
    // hourCycle h23, calendar and digits are set: no setting of the device may change what is read.
    new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
  wallClocks.set(zone, format)
  return format
}

/** Kept, as in `numbers.ts`: the history of a case made one for every row, which took longer than all else on its screen. */
const wallClocks = new Map<string, Intl.DateTimeFormat>()

/** The year as the reader counts it: Buddhist era in Thai, Gregorian in every other language. */
export function yearText(year: number, language: Language): string {
  return formatPlain(language === 'th' ? toBuddhistYear(year) : year, language)
}

function monthAt(index: number, language: Language): string {
  return names[language].months[index] ?? ''
}

type Names = { readonly months: readonly string[]; readonly weekdays: readonly string[] }

/** Months from January, weekdays from Sunday: CLDR 48, main/<language>, ca-gregorian, wide names in a date. */
export const names: Readonly<Record<Language, Names>> = {
  en: table(
    'January February March April May June July August September October November December',
    'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
  ),
  id: table(
    'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember',
    'Minggu Senin Selasa Rabu Kamis Jumat Sabtu',
  ),
  ms: table(
    'Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember',
    'Ahad Isnin Selasa Rabu Khamis Jumaat Sabtu',
  ),
  fil: table(
    'Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre',
    'Linggo Lunes Martes Miyerkules Huwebes Biyernes Sabado',
  ),
  km: table('មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ', 'អាទិត្យ ចន្ទ អង្គារ ពុធ ព្រហស្បតិ៍ សុក្រ សៅរ៍'),
  lo: table(
    'ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ',
    'ວັນອາທິດ ວັນຈັນ ວັນອັງຄານ ວັນພຸດ ວັນພະຫັດ ວັນສຸກ ວັນເສົາ',
  ),
  my: table(
    'ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ',
    'တနင်္ဂနွေ တနင်္လာ အင်္ဂါ ဗုဒ္ဓဟူး ကြာသပတေး သောကြာ စနေ',
  ),
  th: table(
    'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม',
    'วันอาทิตย์ วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์',
  ),
  vi: {
    months: Array.from({ length: 12 }, (_, index) => `tháng ${index + 1}`),
    weekdays: ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
  },
}

type Pattern = {
  readonly year: (year: string) => string
  readonly quarter: (year: string, first: string, last: string) => string
  readonly month: (year: string, month: string) => string
  readonly day: (year: string, month: string, day: string) => string
  readonly weekday: (weekday: string, day: string) => string
  readonly instant: (day: string, time: string) => string
}

/** Day, month, year with spaces between: English, Indonesian, Malay, Khmer and Lao write it alike. */
const dayFirst: Pattern = {
  year: (year) => year,
  quarter: (year, first, last) => `${first}–${last} ${year}`,
  month: (year, month) => `${month} ${year}`,
  day: (year, month, day) => `${day} ${month} ${year}`,
  weekday: (weekday, day) => `${weekday}, ${day}`,
  instant: (day, time) => `${day}, ${time}`,
}

const patterns: Readonly<Record<Language, Pattern>> = {
  en: { ...dayFirst, weekday: (weekday, day) => `${weekday} ${day}` },
  id: dayFirst,
  ms: dayFirst,
  fil: { ...dayFirst, day: (year, month, day) => `${month} ${day}, ${year}` },
  km: { ...dayFirst, weekday: (weekday, day) => `${weekday} ${day}` },
  lo: dayFirst,
  my: {
    year: (year) => `${year} ခုနှစ်`,
    quarter: (year, first, last) => `${year} ခုနှစ် ${first}လမှ ${last}လ`,
    month: (year, month) => `${year} ခုနှစ် ${month}လ`,
    day: (year, month, day) => `${year} ခုနှစ် ${month}လ ${day} ရက်`,
    weekday: (weekday, day) => `${day}၊ ${weekday}နေ့`,
    instant: (day, time) => `${day}၊ ${time}`,
  },
  th: {
    year: (year) => `พ.ศ. ${year}`,
    quarter: (year, first, last) => `${first}–${last} ${year}`,
    month: (year, month) => `${month} ${year}`,
    day: (year, month, day) => `${day} ${month} ${year}`,
    weekday: (weekday, day) => `${weekday}ที่ ${day}`,
    instant: (day, time) => `${day} เวลา ${time} น.`,
  },
  vi: {
    ...dayFirst,
    year: (year) => `năm ${year}`,
    quarter: (year, first, last) => `${first} – ${last}, ${year}`,
    month: (year, month) => `${month}, ${year}`,
    day: (year, month, day) => `${day} ${month}, ${year}`,
  },
}

function table(months: string, weekdays: string): Names {
  return { months: months.split(' '), weekdays: weekdays.split(' ') }
}
