import { expect, it } from 'vitest'
import { readWholeNumber } from './whole-number.ts'

it.each(['1200', ' 1,200 ', '1 200', '១២០០', '๑๒๐๐', '໑໒໐໐', '၁၂၀၀'])('%s is read as twelve hundred', (text) => {
  expect(readWholeNumber(text)).toEqual({ ok: true, value: 1200 })
})

it('nothing typed is no number, and neither zero', () => {
  expect(readWholeNumber(' ')).toEqual({ ok: true, value: undefined })
})

it.each(['20+', 'about 20', '1.5', '-3', '1e5'])(
  '%s is refused: a qualifier is no digit, and nobody comes in part',
  (text) => {
    expect(readWholeNumber(text)).toMatchObject({ ok: false, refusal: { code: 'evidence.number-not-understood' } })
  },
)
