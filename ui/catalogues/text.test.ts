import { expect, test } from 'vitest'
import type { TranslatedLanguage } from '../tokens/scripts.ts'
import { catalogueFrom } from './catalogue.ts'
import { compilePo } from './compile.ts'
import { hasText, textOf } from './text.ts'

const english = compilePo(`
msgid "a.count"
msgstr "{count, plural, =0 {nothing} one {# entry} other {# entries}}"

msgid "a.plain"
msgstr "{count} of {name}"

msgid "a.select"
msgstr "{kind, select, health {care} other {else}}"
`)
const catalogue = (language: TranslatedLanguage, po: string) => catalogueFrom(language, compilePo(po), english)
const burmese = textOf(catalogue('my', 'msgid "a.count"\nmsgstr "{count, plural, =0 {မရှိ} other {# ခု}}"\n'))
const plain = textOf(catalogueFrom('en', english, english))

test('numbers appear in the reader’s digits, in plurals and alone', () => {
  expect(burmese('a.count', { count: 46556 })).toBe('၄၆,၅၅၆ ခု')
  expect(burmese('a.plain', { count: 12, name: 'KH-4R7' })).toBe('၁၂ of KH-4R7')
  expect(plain('a.plain', { count: 1200, name: 'KH-4R7' })).toBe('1,200 of KH-4R7')
})

test('a plural picks the exact case, then the language’s own category', () => {
  expect([0, 1, 2].map((count) => plain('a.count', { count }))).toEqual(['nothing', '1 entry', '2 entries'])
  expect([0, 1, 2].map((count) => burmese('a.count', { count }))).toEqual(['မရှိ', '၁ ခု', '၂ ခု'])
})

test('English stands in for a text that has no translation yet', () => {
  expect(burmese('a.select', { kind: 'health' })).toBe('care')
})

test('an id that nobody has comes back as itself, and can be asked for beforehand', () => {
  expect(plain('a.nowhere')).toBe('a.nowhere')
  expect(hasText(catalogueFrom('en', english, english), 'a.nowhere')).toBe(false)
})

test('a value cannot smuggle a placeholder or a property into a text', () => {
  expect(plain('a.plain', { count: 1, name: '{count}' })).toBe('1 of {count}')
  expect(plain('a.select', { kind: 'constructor' })).toBe('else')
})
