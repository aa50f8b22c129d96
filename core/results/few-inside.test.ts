import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fewInside } from './few-inside.ts'
import type { CountedPart } from './figure-values.ts'

const by = 'agency'
const within = 'sex'
const sexes = ['female', 'male'] as const

type Rows = Readonly<Record<string, readonly [women: number, men: number]>>

const cell = (key: CountedPart['key'], number: number): CountedPart[] =>
  number === 0 ? [] : [{ key, count: { persons: { low: number, high: number }, contacts: number } }]

/** The cells of a period as they are tallied: what nobody is in is not among them. */
function cellsOf(rows: Rows): CountedPart[] {
  const all = Object.values(rows)
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
  return [
    ...cell({}, sum(all.flat())),
    ...sexes.flatMap((sex, i) => cell({ sex }, sum(all.map((row) => row[i] ?? 0)))),
    ...Object.entries(rows).flatMap(([agency, row]) => [
      ...cell({ agency }, sum(row)),
      ...sexes.flatMap((sex, i) => cell({ sex, agency }, row[i] ?? 0)),
    ]),
  ]
}

const judged = (periods: Readonly<Record<string, Rows>>) =>
  fewInside(new Map(Object.entries(periods).map(([period, rows]) => [period, cellsOf(rows)])), { by, within })

describe('the few of an agency', () => {
  it('stay inside with another agency, from whom and the totals they could be taken', () => {
    const { isInside } = judged({ all: { police: [30, 60], customs: [2, 40], immigration: [12, 20] } })
    expect(isInside({ sex: 'female', agency: 'customs' })).toBe(true)
    // The men of customs, and customs, would leave the women; immigration is the smallest that can stand with it.
    expect(isInside({ sex: 'male', agency: 'customs' })).toBe(true)
    expect(isInside({ sex: 'female', agency: 'immigration' })).toBe(true)
    expect(isInside({ sex: 'female', agency: 'police' })).toBe(false)
    for (const agency of ['police', 'customs', 'immigration']) expect(isInside({ agency })).toBe(false)
    for (const key of [{}, { sex: 'female' }, { country: 'KH' }]) expect(isInside(key)).toBe(false)
  })

  it('stay inside in every period, and none of a sex looks like few', () => {
    const { isInside, inside } = judged({
      all: { police: [30, 60], customs: [12, 40], immigration: [12, 20] },
      '2025': { police: [20, 30], customs: [0, 20], immigration: [6, 10] },
      '2026': { police: [10, 30], customs: [12, 20], immigration: [6, 10] },
    })
    expect(isInside({ sex: 'female', agency: 'customs' })).toBe(true)
    expect(inside).toContainEqual({ sex: 'female', agency: 'customs' })
    expect(inside).toContainEqual({ sex: 'male', agency: 'customs' })
  })

  it('of an agency of one to four, not even how many is told', () => {
    const { isInside } = judged({ all: { police: [30, 60], customs: [2, 1], immigration: [12, 20] } })
    for (const agency of ['customs', 'immigration']) expect(isInside({ agency })).toBe(true)
    expect(isInside({ agency: 'police' })).toBe(false)
  })

  it('nothing stays inside where nobody is few', () => {
    expect(judged({ all: { police: [30, 60], customs: [9, 40] } }).inside).toEqual([])
  })

  it('could always be five or more: there is another count, equal in all that is told, in which they are', () => {
    const row = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }))
    let [hidden, told] = [0, 0]
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 4 }), (rows) => {
        const agencies = rows.map(([women, men], i) => ({ agency: `a${i}`, women, men, all: women + men }))
        const present = agencies.filter(({ all }) => all > 0)
        const { isInside } = judged({ all: Object.fromEntries(present.map((a) => [a.agency, [a.women, a.men]])) })
        const totals = [present.reduce((sum, a) => sum + a.women, 0), present.reduce((sum, a) => sum + a.men, 0)]
        // Of a total that is few itself, which is told, nothing can be more.
        if (totals.some((total) => total < 5)) return
        // Shown rows fall away, and what is left has a total of each sex; of each agency how many is told, or of some only together.
        const left = present.filter(({ agency }) => isInside({ sex: 'female', agency }))
        for (const few of present.filter(({ women, men }) => women < 5 || men < 5)) {
          hidden += 1
          expect(isInside({ sex: 'female', agency: few.agency })).toBe(true)
          for (const of of ['women', 'men'] as const) {
            const together = left.reduce((sum, a) => sum + a[of], 0)
            const pool = left.filter(({ agency }) => isInside({ agency }))
            const most = isInside({ agency: few.agency }) ? pool.reduce((sum, a) => sum + a.all, 0) : few.all
            // Fréchet's bound, which some table reaches.
            expect(Math.min(together, most)).toBeGreaterThanOrEqual(5)
          }
          expect(left.length).toBeGreaterThan(1)
        }
        told += present.length - left.length
        for (const { agency, all } of present) if (all < 5) expect(isInside({ agency })).toBe(true)
      }),
      { numRuns: 2000, seed: 20261129 },
    )
    expect(Math.min(hidden, told)).toBeGreaterThan(100)
  })
})
