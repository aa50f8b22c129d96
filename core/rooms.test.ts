import { describe, expect, it } from 'vitest'
import { nounOfFact } from './facts.ts'
import { objectives } from './results/framework.ts'
import { indicators } from './results/indicators.ts'
import { contributes } from './rooms.ts'

describe('the rooms', () => {
  it('say of every fact that an indicator counts which streams contribute it', () => {
    for (const { fact } of indicators) {
      const noun = nounOfFact(fact)
      expect([fact, noun, noun && contributes(noun)]).toEqual([fact, expect.any(String), true])
    }
  })

  it('are told of by a framework in which every indicator stands once', () => {
    const told = objectives.flatMap(({ number, outcomes }) =>
      outcomes.flatMap(({ outputs }) =>
        outputs.flatMap((output) => output.indicators.map((key) => `${number} ${key}`)),
      ),
    )
    expect(told.sort()).toEqual(indicators.map(({ key, objective }) => `${objective} ${key}`).sort())
  })
})
