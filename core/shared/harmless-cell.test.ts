import fc from 'fast-check'
import { expect, test } from 'vitest'
import { harmlessCell, meantByCell } from './harmless-cell.ts'

test('what is made harmless for a spreadsheet is read again as it was, texts that begin with an apostrophe too', () => {
  const texts = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '1', '7', '.', 'x'), maxLength: 6 })
  fc.assert(
    fc.property(fc.oneof(texts, fc.string()), (text) => {
      const cell = harmlessCell(text)
      expect(meantByCell(cell)).toBe(text)
      expect(/^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)).toBe(false)
    }),
    { numRuns: 2000 },
  )
  expect(['+60', '-17', "'+60", "'t Zand", '-'].map(harmlessCell)).toEqual(["'+60", '-17', "''+60", "'t Zand", "'-"])
  expect(["'+60", "'-17", "'t Zand", "'"].map(meantByCell)).toEqual(['+60', "'-17", "'t Zand", "'"])
})
