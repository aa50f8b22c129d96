import { objectives, phases } from '@lentera/core/results/framework'
import { countModeOf, indicators } from '@lentera/core/results/indicators'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { expect, it } from 'vitest'

it('everything of the framework has its words: titles, units, and a definition of each indicator in plain sentences', () => {
  const { messages } = readCatalogue('en')
  const asked = [
    ...phases.map(({ key }) => `phase.${key}`),
    ...objectives.flatMap(({ number, outcomes }) => [
      `objective.${number}`,
      ...outcomes.flatMap(({ key, outputs }) => [`outcome.${key}`, ...outputs.map((output) => `output.${output.key}`)]),
    ]),
    ...indicators.flatMap((indicator) => [
      `indicator.${indicator.key}`,
      `definition.${indicator.key}`,
      `unit.${indicator.unit}`,
      `count-mode.${countModeOf(indicator)}`,
    ]),
  ]
  for (const { breakdowns, latest } of indicators)
    for (const by of latest?.by ?? breakdowns)
      asked.push(...by.map((name) => `results.dimension.${name}`), ...(by.length === 1 ? [`results.by.${by[0]}`] : []))
  expect(asked.filter((id) => !(id in messages))).toEqual([])
})
