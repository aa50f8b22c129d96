import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseCode } from './case-code.ts'

const stream = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => StreamId.parse(randomUuid(bytes)))

describe('the code of a case', () => {
  it('is the same on every device and holds no character mistaken for another', () => {
    fc.assert(
      fc.property(stream, (id) => {
        expect(caseCode('KH', id)).toBe(caseCode('KH', id))
        expect(caseCode('KH', id)).toMatch(/^KH-[2-9A-HJ-KMNP-Z]{4}$/)
      }),
      { seed: 20261124 },
    )
  })

  it('tells the cases of one caseload apart nearly always', () => {
    fc.assert(
      fc.property(fc.uniqueArray(stream, { minLength: 60, maxLength: 60 }), (ids) => {
        expect(new Set(ids.map((id) => caseCode('KH', id))).size).toBeGreaterThanOrEqual(59)
      }),
      { seed: 20261124, numRuns: 50 },
    )
  })
})
