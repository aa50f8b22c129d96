import { describe, expect, it } from 'vitest'
import { readDecimal } from './read-decimal.ts'

describe('a small number as it is typed', () => {
  it('is read in the digits of her own script, with a point or a comma', () => {
    for (const [text, value] of [
      ['4', 4],
      ['4.5', 4.5],
      ['4,5', 4.5],
      [' 48 ', 48],
      ['-2.5', -2.5],
      ['−2', -2],
      ['၄၈', 48],
      ['၄.၅', 4.5],
      ['๔๘', 48],
      ['៤៨', 48],
      ['໔,໕', 4.5],
      ['4.', 4],
    ] as const)
      expect([text, readDecimal(text)]).toEqual([text, value])
  })

  it('is none where it is words, half a number, or one too long', () => {
    for (const text of ['', ' ', '-', '.', 'four', '4 %', '1,000.5', '4.5.6', '1e3', '12345678', 'Infinity'])
      expect([text, readDecimal(text)]).toEqual([text, undefined])
  })
})
