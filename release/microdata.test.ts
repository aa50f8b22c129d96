import { expect, it } from 'vitest'
import { inventedRecords } from './invented/records.ts'
import { releaseMicrodata, seededBits } from './microdata.ts'

it('how many people there were is not said where noise drowns them', () => {
  const settings = { method: 'dp', notSurvivors: true, epsilon: 4, length: 3 } as const
  let said = 0
  for (let seed = 1; seed <= 8; seed++) {
    const made = releaseMicrodata(
      inventedRecords({ records: 100, columns: 3, values: 6, density: 0.95, seed: 3 }),
      settings,
      seededBits(seed),
      () => true,
    )
    if (!made.ok) throw new Error(made.refusal.code)
    const { people, records } = made.value
    if (people === null) continue
    said++
    expect(people).toBeGreaterThan(records.count / 2)
    expect(people).toBeLessThan(2 * records.count)
  }
  expect(said).toBeLessThan(8)
})
