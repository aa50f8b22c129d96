import { expect, test } from 'vitest'
import { Country, countries } from './places.ts'

test('the countries are the eleven of ASEAN, each under its two letters and its three', () => {
  expect(Country.options).toHaveLength(11)
  expect(new Set(Object.values(countries).map(({ alpha3 }) => alpha3)).size).toBe(11)
  for (const [alpha2, { alpha3 }] of Object.entries(countries))
    expect(`${alpha2} ${alpha3}`).toMatch(/^[A-Z]{2} [A-Z]{3}$/)
  expect(Country.safeParse('XX').success).toBe(false)
})
