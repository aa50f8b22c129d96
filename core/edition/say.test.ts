import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ReportVoice, sayFigure } from '../donor-report/say.ts'
import type { Edition } from '../evidence/dissemination/edition/project.ts'
import type { FigureValue } from '../results/figure.ts'
import { CivilDate } from '../shared/dates.ts'
import { EntryId, OrganisationId, StreamId } from '../shared/ids.ts'
import { dataCsv, dataOf } from './data.ts'
import type { EditionFigure, EditionModel } from './model.ts'
import { sayEdition } from './say.ts'

/** Words that have no digit: whatever number stands in what is said was put there by a figure. */
const voice: ReportVoice = {
  language: 'en',
  isDraft: false,
  of: () => voice,
  t: (id, values = {}) =>
    id === 'ui.share'
      ? `${values.percent} (${values.part} / ${values.whole})`
      : id.replaceAll(/\d/g, '').replace('.', ' '),
  number: String,
  interval: ({ low, high }) => (low === high ? String(low) : `${low} to ${high}`),
  percent: (percent) => `${percent} %`,
  date: () => 'a day',
  instant: () => 'a time',
}
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const edition = (text: string): Edition => ({
  opening: EntryId.parse(id(1)),
  organisation: OrganisationId.parse(id(2)),
  product: StreamId.parse(id(3)),
  number: 0,
  begunOn: CivilDate.parse('2026-11-24'),
  titles: { en: 'An invented title' },
  changed: undefined,
  licence: undefined,
  doi: undefined,
  isbn: undefined,
  issn: undefined,
  publishedOn: undefined,
  states: [],
  sections: [
    { record: EntryId.parse(id(4)), place: 1, headings: { en: 'Found' }, texts: { en: text }, enteredInError: false },
  ],
  figures: [],
  authors: [],
  frozen: null,
  enteredInError: false,
  conflicts: [],
})

const model = (text: string, figures: readonly EditionFigure[]): EditionModel => ({
  product: { title: 'An invented title', kind: 'study', standing: 'standing', note: undefined },
  edition: edition(text),
  publisher: 'An invented office',
  isAsFrozen: true,
  others: [],
  figures,
})

const interval = fc.tuple(fc.nat(9999), fc.nat(9999)).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }))
const value: fc.Arbitrary<FigureValue> = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), count: interval }),
  fc.nat(9999).map((n) => ({ kind: 'count' as const, count: { low: n, high: n } })),
  fc.record({
    kind: fc.constant('ratio' as const),
    numerator: interval,
    denominator: interval,
    percentTenths: interval,
  }),
  fc.constantFrom(
    { kind: 'protected' as const, rule: 'fewer-than-five' as const },
    { kind: 'none' as const, why: 'nothing-recorded' as const },
  ),
)
const standing: fc.Arbitrary<EditionFigure['standing']> = fc.constantFrom(
  { is: 'linked' },
  { is: 'moved', why: 'counted-anew', now: null },
  { is: 'withdrawn', why: 'no-cut-off', note: null },
)
const figure = (name: string): fc.Arbitrary<EditionFigure> =>
  fc.record({ value, standing }).map(({ value: of, standing: stands }) => ({
    record: id(9),
    name,
    source: {
      from: 'indicator',
      indicator: 'officers-trained',
      definition: 1,
      period: 'all',
      cutOff: CivilDate.parse('2026-11-01'),
    },
    holds: { from: 'indicator', value: of, unit: 'officers', asOf: null, bars: null },
    standing: stands,
  }))

const isNumber = ({ kind }: FigureValue): boolean => kind !== 'protected' && kind !== 'none'

describe('what an edition prints', () => {
  it('is what its figures hold: in the text, in the table and as data, and no other number', () => {
    const seen = { linked: 0, moved: 0, withdrawn: 0, without: 0 }
    const text = 'Of these {a} and {b} were there.\n{a}'
    fc.assert(
      fc.property(figure('a'), figure('b'), (a, b) => {
        const of = model(text, [a, b])
        const said = sayEdition(of, voice)
        const expected = [a, b].map(({ holds, standing: stands }) => {
          const held = holds.from === 'indicator' ? holds.value : undefined
          if (!held) throw new Error('it holds an indicator')
          seen[stands.is]++
          if (!isNumber(held)) seen.without++
          return stands.is === 'withdrawn' || !isNumber(held) ? null : sayFigure(held, voice)
        })
        const [paragraph] = said.sections[0]?.blocks ?? []
        if (paragraph?.kind !== 'paragraph') throw new Error('the first line is a paragraph')
        const pieces = paragraph.pieces.filter((piece) => piece.figure !== null)
        for (const [at, words] of expected.entries()) {
          const { text: printed } = pieces[at] ?? { text: '' }
          // A number stands as the figure says it; what is none has brackets and no digit.
          if (words) expect(printed).toBe(words.text)
          else expect(printed).toMatch(/^\[[^\d]+\]$/)
          expect(said.figures[at]?.numbers ?? null).toEqual(words?.number ?? null)
        }
        const rest = paragraph.pieces.filter((piece) => piece.figure === null).map((piece) => piece.text)
        expect(rest.join('')).not.toMatch(/\d/)
        const data = dataOf(of, said, true)
        expect(data.figures.map(({ number }) => number)).toEqual(expected.map((words) => words?.number?.value ?? null))
        const lines = dataCsv(data).trim().split('\r\n')
        expect(lines).toHaveLength(3)
        for (const line of lines.slice(1)) expect(line).toMatch(/,DEMONSTRATION$/)
      }),
      { numRuns: 300, seed: 5 },
    )
    // The generators really made each kind.
    for (const many of Object.values(seen)) expect(many).toBeGreaterThan(60)
  })

  it('keeps a name that no figure has as it was typed', () => {
    const { sections } = sayEdition(model('Of {nobody} it is said.', []), voice)
    expect(sections[0]?.blocks).toEqual([
      { kind: 'paragraph', pieces: [{ text: 'Of {nobody} it is said.', figure: null }] },
    ])
  })

  it('draws no bars where one of them has no exact number', () => {
    const count = (n: number): FigureValue => ({ kind: 'count', count: { low: n, high: n } })
    const barred = (values: readonly FigureValue[]): EditionFigure => ({
      record: id(9),
      name: 'a',
      source: {
        from: 'indicator',
        indicator: 'officers-trained',
        definition: 1,
        period: 'all',
        cutOff: CivilDate.parse('2026-11-01'),
        by: 'agency',
      },
      holds: {
        from: 'indicator',
        value: count(30),
        unit: 'officers',
        asOf: null,
        bars: values.map((of, at) => ({ group: `g-${at}`, value: of })),
      },
      standing: { is: 'linked' },
    })
    const barsOf = (values: readonly FigureValue[]) =>
      sayEdition(model('{a}', [barred(values)]), voice).figures[0]?.bars
    expect(barsOf([count(20), count(10)])?.rows.map(({ value: of, share }) => [of, share])).toEqual([
      [20, 1],
      [10, 0.5],
    ])
    expect(barsOf([count(20), { kind: 'protected', rule: 'fewer-than-five' }])).toBeNull()
    expect(barsOf([count(20), { kind: 'count', count: { low: 1, high: 9 } }])).toBeNull()
  })
})
