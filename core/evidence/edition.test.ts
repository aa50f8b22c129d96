import { expect, test } from 'vitest'
import { CivilDate } from '../shared/dates.ts'
import { checkEdition, inOrderOfEdition, readEdition } from './edition.ts'

const today = CivilDate.parse('2026-11-24')

test.each([
  ['2023-05-30', '2023-05-30'],
  ['2023-05', '2023-05'],
  ['2023-Q2', '2023-Q2'],
  ['2023', '2023'],
  [' 2023 ', '2023'],
  // As UNODC writes it above its table.
  ['30/05/2023', '2023-05-30'],
  ['3/9/2018', '2018-09-03'],
  ['version 4', 'version 4'],
  ['Version 4.1', 'version 4.1'],
  ['v4', 'version 4'],
])('"%s" is the edition %s', (text, edition) => {
  expect(readEdition(text)).toBe(edition)
})

test.each([
  'yesterday',
  'yesterday 2',
  '4',
  '2023-13-45',
  '2023-02-30',
  '30/02/2023',
  '05/30/2023',
  '2023-5-30',
  '2023-Q5',
  '2566-05-30 BE',
  'report of 2099',
  'Global report 2020',
  '2023; 2024',
  '٢٠٢٣',
  'version',
  'version 4 or 5',
  'version 99999',
])('"%s" is no edition', (text) => {
  expect(readEdition(text)).toBeUndefined()
})

const rows = { dataset: 'glotip', newest: 2021 } as const

test.each([
  ['yesterday 2', 'evidence.edition-not-understood'],
  ['1850-01-01', 'evidence.rows-after-edition'],
  ['2020-12-31', 'evidence.rows-after-edition'],
  ['2027', 'evidence.edition-in-the-future'],
  ['2026-12', 'evidence.edition-in-the-future'],
  ['2026-11-25', 'evidence.edition-in-the-future'],
])('the edition "%s" of rows up to 2021 is refused as %s', (edition, code) => {
  const checked = checkEdition(edition, rows, today)
  expect(checked.ok || checked.refusal.code).toBe(code)
})

test.each(['2021', '2021-01', '2023-Q2', '2026-11-24', 'version 1'])('"%s" is one', (edition) => {
  expect(checkEdition(edition, rows, today)).toEqual({ ok: true, value: edition })
})

test('rows that give no year cannot be older than the collection they come from', () => {
  const checked = checkEdition('1850-01-01', { dataset: 'ctdc', newest: null }, today)
  expect(checked.ok || checked.refusal.values).toEqual({ edition: '1850-01-01', last: 2002 })
})

test('editions stand newest first: dates by what they begin with, numbers as numbers, dates before numbers', () => {
  const editions = ['yesterday 2', 'version 4', '2019', '2023-05-30', 'version 10', '2023', 'version 4.2']
  expect([...editions].sort(inOrderOfEdition)).toEqual([
    '2023-05-30',
    '2023',
    '2019',
    'version 10',
    'version 4.2',
    'version 4',
    'yesterday 2',
  ])
})
