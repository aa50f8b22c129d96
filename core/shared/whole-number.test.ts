import { expect, it } from 'vitest'
import { readWholeNumber } from './whole-number.ts'

it('is refused where it is no whole number, or could be read in two ways', () => {
  for (const typed of ['', '-1', '1.5', '1,5', '1,00', 'many', '3+', '9'.repeat(16)])
    expect(readWholeNumber(typed), typed).toBeUndefined()
})

it('is read in every script of the programme, its thousands apart or not', () => {
  for (const typed of ['24000', ' 24000 ', '24 000', '24,000', '24.000', '၂၄၀၀၀', '២៤០០០', '๒๔,๐๐๐', '໒໔໐໐໐'])
    expect(readWholeNumber(typed), typed).toBe(24_000)
  expect(readWholeNumber('0')).toBe(0)
})
