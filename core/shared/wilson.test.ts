import { expect, it } from 'vitest'
import { wilsonInterval } from './wilson.ts'

const rounded = (k: number, n: number): number[] => {
  const { low, high } = wilsonInterval(k, n)
  return [low, high].map((share) => Number(share.toFixed(4)))
}

it('is refused where nobody was asked, or more said yes than were asked', () => {
  for (const [k, n] of [
    [0, 0],
    [3, 2],
    [-1, 4],
    [0.5, 4],
  ] as const)
    expect(() => wilsonInterval(k, n)).toThrow(RangeError)
})

it('is the interval of the published example: 81 of 263 and 15 of 148 (Newcombe 1998, table I, method 3)', () => {
  expect(rounded(81, 263)).toEqual([0.2553, 0.3662])
  expect(rounded(15, 148)).toEqual([0.0624, 0.1605])
  expect(rounded(0, 20)).toEqual([0, 0.1611])
  expect(rounded(1, 29)).toEqual([0.0061, 0.1718])
})

it('stays between 0 and 1, holds the share itself, and narrows as more are asked', () => {
  expect(rounded(0, 7)[0]).toBe(0)
  expect(rounded(7, 7)[1]).toBe(1)
  const width = (n: number): number => {
    const { low, high } = wilsonInterval(n * 0.6, n)
    expect(low).toBeLessThan(0.6)
    expect(high).toBeGreaterThan(0.6)
    return high - low
  }
  expect(width(10)).toBeGreaterThan(width(100))
  expect(width(100)).toBeGreaterThan(width(1000))
})
