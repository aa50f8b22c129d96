import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInterval, formatMoney, formatNumber, formatPlain, formatShare } from './numbers.ts'
import { type Language, languages } from './scripts.ts'

// Record of all nine: Object.keys loses the key type.
const all = Object.keys(languages) as Language[]

test('a Burmese reader sees Burmese digits, a Thai reader Arabic ones', () => {
  expect(formatNumber(46556, 'my')).toBe('၄၆,၅၅၆')
  expect(formatNumber(46556, 'th')).toBe('46,556')
  expect(formatNumber(46556, 'id')).toBe('46.556')
  expect(formatPlain(2026, 'my')).toBe('၂၀၂၆')
  expect(formatPlain(5, 'my', 2)).toBe('၀၅')
})

test('every language groups and points as CLDR says, though the browser has no data for three of them', () => {
  // Node carries the full CLDR, so here the language itself can be asked; the tags under test name only what Chromium has.
  const tag = (language: Language) => (language === 'en' ? 'en-GB' : language)
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.integer({ min: 10_000, max: 99_999_999 }),
      fc.nat(9),
      (language, whole, tenths) => {
        const value = whole + tenths / 10
        expect(formatNumber(value, language, 1)).toBe(
          new Intl.NumberFormat(tag(language), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value),
        )
      },
    ),
    { seed: 20261124, numRuns: 300 },
  )
})

test('a share comes with the counts it is made of, and of nothing there is no share', () => {
  expect(formatShare({ part: 277, whole: 578 }, 'en')).toEqual({ percent: '48 %', part: '277', whole: '578' })
  expect(formatShare({ part: 277, whole: 578 }, 'my', 1)).toEqual({ percent: '၄၇.၉%', part: '၂၇၇', whole: '၅၇၈' })
  expect(formatShare({ part: 0, whole: 0 }, 'en')).toBeUndefined()
})

test('an interval shows both bounds, and one figure where they meet', () => {
  expect(formatInterval({ low: 20, high: 24 }, 'en')).toBe('20–24')
  expect(formatInterval({ low: 0, high: 4 }, 'my')).toBe('၀–၄')
  expect(formatInterval({ low: 24, high: 24 }, 'th')).toBe('24')
})

test('money is shown in whole units where it has no smaller ones, with its currency', () => {
  expect(formatMoney({ minor: 120000000, currency: 'KHR', minorDigits: 2 }, 'en')).toBe('1,200,000 KHR')
  expect(formatMoney({ minor: 29650, currency: 'USD', minorDigits: 2 }, 'en')).toBe('296.50 USD')
})
