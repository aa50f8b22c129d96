import { describe, expect, it } from 'vitest'
import { objectives } from './framework.ts'
import { indicators } from './indicators.ts'
import { publicationOfRecord, type RecordedFigure } from './publication-of-record.ts'

const figures: readonly RecordedFigure[] = publicationOfRecord.figures
const keys = new Set(indicators.map(({ key }) => key))

describe('the publication of record', () => {
  it('has parts that add up to their whole', () => {
    const split = figures.filter(({ parts }) => parts)
    expect(split.map(({ key }) => key)).toEqual(['women-trained-in-livelihoods', 'survivors-supported'])
    for (const { parts = [], value } of split) {
      expect(parts.reduce((sum, part) => sum + part.value, 0)).toBe(value)
    }
  })

  it('names once what it names, and a part no larger than what it is of', () => {
    expect(new Set(figures.map(({ key }) => key)).size).toBe(figures.length)
    for (const figure of figures.filter(({ of, unit }) => of && unit !== 'percent')) {
      const whole = figures.find(({ key }) => key === figure.of)
      expect(whole?.value).toBeGreaterThanOrEqual(figure.value)
    }
  })

  it('and the framework name indicators that are counted here', () => {
    const named = [
      ...figures.flatMap(({ indicator, companions = [] }) => [indicator ?? [], companions].flat()),
      ...objectives.flatMap(({ outcomes }) =>
        outcomes.flatMap(({ outputs }) => outputs.flatMap((output) => output.indicators)),
      ),
    ]
    for (const key of named) expect(keys).toContain(key)
    expect(objectives.map(({ number }) => number)).toEqual([1, 2, 3, 4])
    // Each indicator stands once, under the objective it is declared for.
    const placed = objectives.flatMap(({ number, outcomes }) =>
      outcomes.flatMap(({ outputs }) =>
        outputs.flatMap((output) => output.indicators.map((key) => [key, number] as const)),
      ),
    )
    expect(new Map(placed).size).toBe(placed.length)
    expect(new Map(placed)).toEqual(new Map(indicators.map(({ key, objective }) => [key, objective])))
  })
})
