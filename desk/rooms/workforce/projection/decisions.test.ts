import { describe, expect, it } from 'vitest'
import { ceilingIn, wrongPercent } from './decisions.ts'

describe('a quota that acts as a ceiling', () => {
  it.each(['abc', '-5', '250', '1e1', '10 to 20'])('“%s” is refused by name, and none is reckoned with', (ceiling) => {
    const code = 'projection.ceiling-out-of-range'
    expect(wrongPercent(ceiling, code)).toEqual({ code, values: {} })
    expect(ceilingIn({ ceiling })).toBeNull()
  })

  it.each([
    ['', null],
    ['0', 0],
    ['10', 0.1],
    ['๑๐', 0.1],
    ['100', 1],
  ])('“%s” is none, or a part of an intake', (ceiling, part) => {
    expect(wrongPercent(ceiling)).toBeUndefined()
    expect(ceilingIn({ ceiling })).toBe(part)
  })
})
