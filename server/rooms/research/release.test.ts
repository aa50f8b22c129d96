import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { instruments } from '@lentera/core/workforce/research/instruments'
import type { Sheet, Survey } from '@lentera/core/workforce/research/project'
import { skipped } from '@lentera/core/workforce/research/words'
import type { ReleasedTables } from '@lentera/release/release'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { releaseSurvey } from './release.ts'

const [contribution] = instruments
if (!contribution) throw new Error('there is a questionnaire')
// Without the numbers of cases, which hang together as the others do: so that a hundred surveys are tried in a second or two.
const instrument = { ...contribution, questions: contribution.questions.filter(({ kind }) => kind !== 'bands') }
const survey = { instrument, agencies: ['police', 'immigration'] } as unknown as Survey // of a survey only these two are read here
const fact = 'research.sheet-handed-in survey'
const on = CivilDate.parse('2026-Q4')

const answersOf = fc.record(
  {
    recruitment: fc.constantFrom('women-less', 'alike', 'women-more'),
    promotion: fc.constantFrom('women-less', 'alike'),
    obstacles: fc.subarray(['recruitment', 'training', 'none'], { minLength: 1 }),
    trust: fc.constantFrom('never', 'sometimes', 'often'),
  },
  { requiredKeys: [] },
)
const sheet: fc.Arbitrary<Sheet> = fc.record({
  survey: fc.constant(StreamId.parse('00000000-0000-4000-8000-000000000001')),
  on: fc.constant(on),
  sex: fc.constantFrom('female', 'female', 'male', 'unknown'),
  agency: fc.constantFrom('police', 'police', 'immigration'),
  answers: answersOf,
})
const seeded = { seed: 20261128, numRuns: 100 } as const

type Shown = { readonly key: Readonly<Record<string, string>>; readonly low: number }
const shownOf = (tables: readonly ReleasedTables[]): Shown[] =>
  tables.flatMap(({ cells }) =>
    cells.flatMap(({ cell, persons }) =>
      persons.kind === 'count' ? [{ key: cell.dimensions, low: persons.low }] : [],
    ),
  )

describe('the tables of a survey', () => {
  it('show no group of one to four officers, whoever answered what', () => {
    fc.assert(
      fc.property(fc.array(sheet, { maxLength: 60 }), (sheets) => {
        const shown = shownOf(releaseSurvey(fact, survey, sheets, '2026-11-28'))
        expect(shown.filter(({ low }) => low > 0 && low < 5)).toEqual([])
      }),
      seeded,
    )
  })

  it('show the same size of a group beside every question, and never hide in one what another gives away', () => {
    fc.assert(
      fc.property(fc.array(sheet, { minLength: 5, maxLength: 60 }), (sheets) => {
        const tables = releaseSurvey(fact, survey, sheets, '2026-11-28')
        const sizes = new Map(
          (tables[0]?.cells ?? []).map(({ cell, persons }) => [JSON.stringify(cell.dimensions), persons]),
        )
        for (const { cells } of tables.slice(1))
          for (const { cell } of cells)
            for (const name of ['sex', 'agency'] as const) {
              const value = cell.dimensions[name]
              // A question stands beside a group only where the size of every such group is told to all.
              if (value) expect(sizes.get(JSON.stringify({ [name]: value }))?.kind).toBe('count')
            }
      }),
      seeded,
    )
  })

  it('show no cell in which every officer of a group gave the same answer', () => {
    fc.assert(
      fc.property(fc.array(sheet, { minLength: 5, maxLength: 40 }), (sheets) => {
        const shown = shownOf(releaseSurvey(fact, survey, sheets, '2026-11-28'))
        const sizeOf = (key: Shown['key']): number | undefined =>
          shown.find((each) => JSON.stringify(each.key) === JSON.stringify(key))?.low
        for (const { key, low } of shown) {
          const { sex, agency, ...answer } = key
          const [value] = Object.values(answer)
          if (value === undefined || value === skipped || low === 0) continue
          const group = sex ? { sex } : agency ? { agency } : {}
          expect([key, low]).not.toEqual([key, sizeOf(group)])
        }
      }),
      seeded,
    )
  })

  it('say nothing of a survey that fewer than five answered', () => {
    const few = fc.sample(sheet, { seed: 1, numRuns: 4 })
    expect(shownOf(releaseSurvey(fact, survey, few, '2026-11-28'))).toEqual([])
  })

  it('do not move by one officer: what the next release shows anew has moved by five or not at all', () => {
    fc.assert(
      fc.property(
        fc.array(sheet, { minLength: 20, maxLength: 40 }),
        fc.array(sheet, { minLength: 5, maxLength: 9 }),
        (first, more) => {
          const before = releaseSurvey(fact, survey, first, '2026-10-01')
          const after = releaseSurvey(fact, survey, [...first, ...more], '2026-11-01', before)
          const was = new Map(shownOf(before).map(({ key, low }) => [JSON.stringify(key), low]))
          for (const { key, low } of shownOf(after)) {
            const earlier = was.get(JSON.stringify(key))
            if (earlier !== undefined && earlier !== low) expect(Math.abs(low - earlier)).toBeGreaterThanOrEqual(5)
          }
        },
      ),
      { ...seeded, numRuns: 30 },
    )
  })
})
