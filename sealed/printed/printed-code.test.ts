import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepted, refusalOf } from '../testing/cast.ts'
import { printCode, readCode } from './printed-code.ts'

const payload = fc.uint8Array({ minLength: 1, maxLength: 80 })

describe('a printed code', () => {
  it('is read as it was printed, whatever its length', () => {
    fc.assert(
      fc.property(payload, (bytes) => {
        expect(accepted(readCode('root-sheet', bytes.length, printCode('root-sheet', bytes)))).toEqual(
          Uint8Array.from(bytes),
        )
      }),
      { numRuns: 1000, seed: 3 },
    )
  })

  it('has lines that can be read aloud: four groups of four and a check of two, no I, L, O or U', () => {
    for (const line of printCode('root-sheet', new Uint8Array(57).fill(255)).split('\n')) {
      expect(line).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9A-HJKMNP-TV-Z]{2}$/)
    }
  })

  it('of one kind is not taken for another', () => {
    const code = printCode('root-sheet', new Uint8Array(33))
    expect(refusalOf(readCode('member-recovery', 33, code))).toBe('sealed.code-of-another-kind')
  })

  it('with more or fewer characters is refused, saying how many there should be', () => {
    const code = printCode('member-recovery', new Uint8Array(33))
    expect(readCode('member-recovery', 33, code.slice(0, -1))).toEqual({
      ok: false,
      refusal: { code: 'sealed.code-length', values: { typed: 71, expected: 72 } },
    })
    expect(refusalOf(readCode('member-recovery', 33, ''))).toBe('sealed.code-length')
  })

  it('with two lines exchanged or two neighbours exchanged is refused by its line', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 33, maxLength: 33 }), fc.integer({ min: 0, max: 2 }), (bytes, at) => {
        const lines = printCode('member-recovery', bytes).split('\n')
        const [one = '', two = ''] = [lines[at], lines[at + 1]]
        fc.pre(one !== two)
        const exchanged = [...lines.slice(0, at), two, one, ...lines.slice(at + 2)].join('\n')
        expect(['sealed.code-line-mistyped', 'sealed.code-mistyped']).toContain(
          refusalOf(readCode('member-recovery', 33, exchanged)),
        )
      }),
      { numRuns: 300, seed: 3 },
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (typed) => {
        expect(readCode('member-recovery', 33, typed).ok).toBe(false)
      }),
      { numRuns: 1000, seed: 3 },
    )
  })
})
