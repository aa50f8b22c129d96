import { describe, expect, it } from 'vitest'
import { typedOf, wishOf, wrongCount } from './step-typed.ts'

const hire = (count: string) => wishOf({ ...typedOf(undefined), kind: 'hire', post: 'A-1', count }, { years: 1 })

describe('how many women are hired by hand', () => {
  it.each(['', '0', '-3', '1.5', '1,5', '1e3', 'abc', '201', '9999'])(
    '“%s” is refused by name, with what is allowed, and is no step',
    (typed) => {
      expect(wrongCount(typed)).toEqual({ code: 'cover.hire-count', values: { most: 200 } })
      expect(hire(typed)).toBeUndefined()
    },
  )

  it.each([
    ['1', 1],
    ['200', 200],
    ['၁၂', 12],
  ])('%s is a step', (typed, count) => {
    expect(wrongCount(typed)).toBeUndefined()
    expect(hire(typed)).toEqual({ kind: 'hire', post: 'A-1', count, year: 1 })
  })
})
