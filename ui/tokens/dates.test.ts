import { CivilDate } from '@lentera/core/shared/dates'
import { expect, test } from 'vitest'
import { formatDate, formatDateWithWeekday, formatInstant, names } from './dates.ts'
import { type Language, languages } from './scripts.ts'

const date = (text: string) => CivilDate.parse(text)

test('a date is shown at the precision it has, and never finer', () => {
  expect(['2026', '2026-Q4', '2026-11', '2026-11-24'].map((text) => formatDate(date(text), 'en'))).toEqual([
    '2026',
    'October–December 2026',
    'November 2026',
    '24 November 2026',
  ])
})

test('a Thai reader sees the Buddhist year', () => {
  expect(formatDate(date('2026'), 'th')).toBe('พ.ศ. 2569')
  expect(formatDate(date('2026-Q4'), 'th')).toBe('ตุลาคม–ธันวาคม 2569')
  expect(formatDateWithWeekday(date('2026-11-24'), 'th')).toBe('วันอังคารที่ 24 พฤศจิกายน 2569')
})

test('a Burmese reader sees Burmese months and digits, with the words that belong to a date', () => {
  expect(formatDate(date('2026-11-24'), 'my')).toBe('၂၀၂၆ ခုနှစ် နိုဝင်ဘာလ ၂၄ ရက်')
  expect(formatDate(date('2026-Q4'), 'my')).toBe('၂၀၂၆ ခုနှစ် အောက်တိုဘာလမှ ဒီဇင်ဘာလ')
  expect(formatDateWithWeekday(date('2026-11-24'), 'my')).toBe('၂၀၂၆ ခုနှစ် နိုဝင်ဘာလ ၂၄ ရက်၊ အင်္ဂါနေ့')
})

test('an instant is the clock on the wall of the programme, whatever the device thinks its zone is', () => {
  const instant = Date.UTC(2026, 10, 24, 18, 5)
  expect(formatInstant(instant, 'Asia/Phnom_Penh', 'en')).toBe('25 November 2026, 01:05')
  expect(formatInstant(instant, 'Asia/Bangkok', 'th')).toBe('25 พฤศจิกายน 2569 เวลา 01:05 น.')
  expect(formatInstant(instant, 'Asia/Yangon', 'my', 'time')).toBe('၀၀:၃၅')
  expect(formatInstant(Date.UTC(2026, 10, 24, 17), 'Asia/Bangkok', 'en', 'time')).toBe('00:00')
})

test('the names of months and days are those of CLDR in all nine languages', () => {
  for (const language of Object.keys(languages) as Language[]) {
    const tag = `${language === 'en' ? 'en-GB' : language}-u-ca-gregory`
    const month = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' })
    const weekday = new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' })
    const months = Array.from({ length: 12 }, (_, index) => month.format(Date.UTC(2026, index, 15)))
    // Vietnamese writes its months with a small letter inside a date.
    expect(names[language].months).toEqual(language === 'vi' ? months.map((name) => name.toLowerCase()) : months)
    // 4 January 2026 is a Sunday.
    expect(names[language].weekdays).toEqual(
      Array.from({ length: 7 }, (_, index) => weekday.format(Date.UTC(2026, 0, 4 + index))),
    )
  }
})
