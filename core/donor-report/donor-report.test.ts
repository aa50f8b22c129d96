import { describe, expect, it } from 'vitest'
import type { Entry } from '../log/entry.ts'
import { gatherKinds } from '../log/kind.ts'
import { ensureBegun, WrittenStream } from '../log/testing/written-stream.ts'
import type { FigureValue } from '../results/figure.ts'
import { objectives } from '../results/framework.ts'
import { indicators } from '../results/indicators.ts'
import { CivilDate } from '../shared/dates.ts'
import { OrganisationId, StreamId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import { isOver, markReportInError, openReport, writeNarrative } from './capture.ts'
import { donorReportKinds } from './entries.ts'
import type { ReportedIndicator, ReportModel } from './model.ts'
import { narrativeIn, projectDonorReport } from './project.ts'
import { fillNarrative, type ReportVoice, sayFigure, sayNarrative, sayReport } from './say.ts'
import { readNarrative, slotsOf } from './slots.ts'
import { longestNarrative, Part } from './words.ts'

const kinds = gatherKinds(donorReportKinds)
const today = CivilDate.parse('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const organisation = OrganisationId.parse(id(2))
const stream = StreamId.parse(id(1))
const dates = [{ from: CivilDate.parse('2025-Q1'), to: CivilDate.parse('2026-Q4') }]
const known = { dates, cutOffs: ['2026-10-01', '2026-11-01'] }
const asked = { stream, organisation, phase: 'japan-2', quarter: '2026-Q3', cutOff: '2026-10-01' } as const

/** One report as a device has it, its drafts made entries that know their parents. */
class OneReport extends WrittenStream {
  constructor() {
    super(kinds)
  }

  get report() {
    return ensureBegun(projectDonorReport(this.state))
  }

  say(part: Part, language: 'en' | 'th' | 'my', text: string, parents?: readonly Entry['id'][]): void {
    this.write(writeNarrative(stream, this.report, { part, language, text }, today), parents)
  }
}

function opened(): OneReport {
  const one = new OneReport()
  one.write(openReport(asked, known, [], today))
  return one
}

const refusalOf = (decided: Decision<unknown>) => (decided.ok ? 'accepted' : decided.refusal)

describe('a report is refused', () => {
  it('of a phase that nobody has dated', () => {
    const refused = openReport(asked, { ...known, dates: [] }, [], today)
    expect(refusalOf(refused)).toEqual({ code: 'donor-report.phase-not-dated', values: {} })
  })

  it('of a quarter outside the phase, and of no quarter, saying from when to when it is', () => {
    for (const quarter of ['2024-Q4', '2027-Q1', '', '2026'])
      expect(refusalOf(openReport({ ...asked, quarter }, known, [], today))).toEqual({
        code: 'donor-report.quarter-outside-phase',
        values: { from: '2025-Q1', to: '2026-Q4' },
      })
  })

  it('at a cut-off that was never made, naming those there are', () => {
    expect(refusalOf(openReport({ ...asked, cutOff: '2026-10-02' }, known, [], today))).toEqual({
      code: 'donor-report.no-such-cut-off',
      values: { allowed: '2026-10-01, 2026-11-01' },
    })
  })

  it('at a cut-off from before the quarter began', () => {
    expect(refusalOf(openReport({ ...asked, quarter: '2026-Q4', cutOff: '2026-10-01' }, known, [], today))).toBe(
      'accepted',
    )
    const early = { ...known, cutOffs: ['2026-06-30'] }
    expect(refusalOf(openReport({ ...asked, cutOff: '2026-06-30' }, early, [], today))).toMatchObject({
      code: 'donor-report.cut-off-before-quarter',
      values: { from: '2026-07-01' },
    })
  })

  it('where it is open already, until that one is marked as entered in error', () => {
    const one = opened()
    expect(refusalOf(openReport(asked, known, [one.report], today))).toMatchObject({
      code: 'donor-report.opened-already',
    })
    one.write(markReportInError(stream, one.report, true, today))
    expect(openReport(asked, known, [one.report], today).ok).toBe(true)
  })
})

it('a cut-off before the end of the quarter is taken, and the report knows it', () => {
  expect(isOver({ quarter: CivilDate.parse('2026-Q3'), cutOff: CivilDate.parse('2026-10-01') })).toBe(true)
  expect(isOver({ quarter: CivilDate.parse('2026-Q3'), cutOff: CivilDate.parse('2026-09-30') })).toBe(false)
  expect(isOver({ quarter: CivilDate.parse('2026-Q4'), cutOff: CivilDate.parse('2026-12-31') })).toBe(false)
  expect(isOver({ quarter: CivilDate.parse('2026-Q4'), cutOff: CivilDate.parse('2027-01-01') })).toBe(true)
})

it('keeps by which definition each figure is counted', () => {
  const { definitions } = opened().report
  expect(definitions['officers-trained']).toBe(1)
  expect(Object.keys(definitions)).toHaveLength(indicators.length)
})

describe('a text is refused', () => {
  const write = (text: string, part: Part = 'objective-3') =>
    refusalOf(writeNarrative(stream, opened().report, { part, language: 'en', text }, today))

  it('with a slot that is no figure of its part, naming it and every one that is', () => {
    const refused = write('We trained {officers-traned} officers.')
    expect(refused).toMatchObject({ code: 'donor-report.unknown-slot', values: { slot: 'officers-traned' } })
    expect(JSON.stringify(refused)).toContain('{officers-trained:phase}')
    expect(write('{events-held}')).toMatchObject({ code: 'donor-report.unknown-slot' })
    expect(write('{events-held}', 'objective-2')).toBe('accepted')
    expect(write('{events-held}', 'summary')).toBe('accepted')
    for (const text of ['{officers-trained:month}', '{officers-trained:phase:x}', '{}'])
      expect(write(text)).toMatchObject({ code: 'donor-report.unknown-slot' })
  })

  it('with a figure of survivors by quarter or by phase, which is never released', () => {
    for (const slot of ['survivors-supported', 'survivors-supported:phase'])
      expect(write(`{${slot}}`, 'objective-1')).toEqual({
        code: 'donor-report.slot-not-released',
        values: { slot, allowed: '{survivors-supported:year} {survivors-supported:all}' },
      })
    expect(write('{survivors-supported:year}', 'objective-1')).toBe('accepted')
  })

  it('that is too long, saying how long it is', () => {
    expect(write('x'.repeat(longestNarrative))).toBe('accepted')
    expect(write('x'.repeat(longestNarrative + 1))).toEqual({
      code: 'donor-report.text-too-long',
      values: { most: 4000, has: 4001 },
    })
  })

  it('that says nothing new, or in a report marked as entered in error', () => {
    const one = opened()
    one.say('summary', 'en', 'A good quarter.')
    const same = { part: 'summary', language: 'en', text: ' A good quarter. ' } as const
    expect(refusalOf(writeNarrative(stream, one.report, same, today))).toMatchObject({
      code: 'donor-report.nothing-changed',
    })
    one.write(markReportInError(stream, one.report, true, today))
    expect(refusalOf(writeNarrative(stream, one.report, { ...same, text: 'Other.' }, today))).toMatchObject({
      code: 'donor-report.entered-in-error',
    })
  })
})

describe('texts', () => {
  it('that were written apart both stand until one is written over both; other parts and languages are not touched', () => {
    const one = opened()
    const { heads } = one.state
    one.say('objective-3', 'en', 'One.', heads)
    one.say('objective-3', 'th', 'หนึ่ง', heads)
    one.say('objective-3', 'en', 'Two.', heads)
    const both = narrativeIn(one.report, 'objective-3', 'en')
    expect([...(both?.versions ?? [])].sort()).toEqual(['One.', 'Two.'])
    expect(narrativeIn(one.report, 'objective-3', 'th')?.versions).toEqual(['หนึ่ง'])
    expect(one.report.conflicts).toHaveLength(1)
    one.say('objective-3', 'en', 'One.')
    expect(narrativeIn(one.report, 'objective-3', 'en')?.versions).toEqual(['One.'])
    expect(one.report.conflicts).toEqual([])
  })

  it('are taken back by an empty one', () => {
    const one = opened()
    one.say('summary', 'en', 'A good quarter.')
    one.say('summary', 'en', '')
    expect(narrativeIn(one.report, 'summary', 'en')).toBeUndefined()
  })

  it('may hold every slot that is offered for their part', () => {
    for (const part of Part.options)
      for (const slot of slotsOf(part)) expect(readNarrative(part, slot)).toMatchObject({ ok: true })
  })
})

// ---------------------------------------------------------------- in words

const exactly = (value: number): FigureValue => ({ kind: 'count', count: { low: value, high: value } })
const voice: ReportVoice = {
  language: 'en',
  isDraft: false,
  t: (text, values = {}) => [text, ...Object.values(values)].join(' '),
  number: String,
  interval: ({ low, high }) => (low === high ? String(low) : `${low}–${high}`),
  percent: (percent) => `${percent} %`,
  date: (date) => date,
  instant: (at) => at,
  of: () => voice,
}

function modelWith(values: Partial<Record<string, Partial<ReportedIndicator['values']>>>): ReportModel {
  const one = opened()
  one.say('objective-3', 'en', 'We trained {officers-trained} officers,\n\n{officers-trained:all} in all.')
  return {
    phase: {
      key: 'japan-2',
      donor: 'JP',
      dates: [{ country: 'KH', from: '2025-Q1', to: '2026-Q4', source: 'Grant (invented)' }],
    },
    quarter: CivilDate.parse('2026-Q3'),
    year: CivilDate.parse('2026'),
    cutOff: CivilDate.parse('2026-10-01'),
    isOver: true,
    programme: { name: 'Cambodia', country: 'KH' },
    cutOffs: [{ programme: 'Cambodia', country: 'KH', label: '2026-10-01', madeAt: '2026-10-01T00:00:00.000Z' }],
    newest: '2026-11-01',
    narratives: one.report.narratives,
    objectives: objectives.map(({ number, outcomes }) => ({
      number,
      outcomes: outcomes.map(({ key, outputs }) => ({
        key,
        outputs: outputs.map((output) => ({
          key: output.key,
          indicators: output.indicators.flatMap((each) => {
            const none: FigureValue = { kind: 'none', why: 'nothing-recorded' }
            return [
              {
                key: each,
                definition: 1,
                isRedefined: false,
                unit: 'officers' as const,
                count: 'sum' as const,
                about: 'open' as const,
                baseline: null,
                targets: [],
                values: { quarter: none, phase: none, year: none, all: none, ...values[each] },
                asOf: null,
                since: null,
              },
            ]
          }),
        })),
      })),
    })),
  }
}

describe('a report in words', () => {
  it('fills each slot with its figure, of the period that it names', () => {
    const model = modelWith({ 'officers-trained': { quarter: exactly(26), all: exactly(578) } })
    expect(sayNarrative(model, 'objective-3', voice)).toEqual({
      language: 'en',
      paragraphs: ['We trained 26 officers,', '578 in all.'],
      note: null,
    })
  })

  it('says in a slot that its figure is protected, and no number', () => {
    const model = modelWith({ 'officers-trained': { quarter: { kind: 'protected', rule: 'fewer-than-five' } } })
    expect(fillNarrative(model, 'objective-3', '{officers-trained} officers', voice)).toBe(
      '[donor-report.protected.fewer-than-five] officers',
    )
  })

  it('writes the figures of a text in another language as that language does', () => {
    const model = modelWith({ 'officers-trained': { quarter: exactly(26), all: exactly(578) } })
    const burmese: ReportVoice = { ...voice, language: 'my', interval: () => '၂၆' }
    expect(sayNarrative(model, 'objective-3', burmese).paragraphs).toEqual(['We trained 26 officers,', '578 in all.'])
  })

  it('gives a text in another language under its own name, and says that there is none', () => {
    const model = modelWith({})
    expect(sayNarrative(model, 'objective-3', { ...voice, language: 'my' })).toMatchObject({
      language: 'en',
      note: 'donor-report.text-in-other language.en',
    })
    expect(sayNarrative(model, 'summary', voice)).toMatchObject({ paragraphs: [], note: 'donor-report.no-text' })
  })

  it('makes a number of what is one, and nothing, never a zero, of what is not', () => {
    const ratio = {
      kind: 'ratio',
      numerator: { low: 277, high: 277 },
      denominator: { low: 578, high: 578 },
      percentTenths: { low: 479, high: 479 },
    } as const
    expect(sayFigure(exactly(0), voice).number).toEqual({ value: 0, as: 'count' })
    expect(sayFigure({ ...exactly(40), qualifier: 'at-least' } as FigureValue, voice).number).toEqual({
      value: 40,
      as: 'at-least',
    })
    expect(sayFigure(ratio, voice)).toMatchObject({
      number: { value: 0.479, as: 'percent' },
      parts: [
        { name: 'part', value: 277 },
        { name: 'whole', value: 578 },
      ],
    })
    expect(sayFigure({ kind: 'count', count: { low: 10, high: 14 } }, voice)).toMatchObject({
      text: '10–14',
      number: null,
      parts: [
        { name: 'from', value: 10 },
        { name: 'to', value: 14 },
      ],
    })
    for (const value of [
      { kind: 'protected', rule: 'complement' },
      { kind: 'none', why: 'not-by-quarter' },
    ] as const)
      expect(sayFigure(value, voice)).toMatchObject({ number: null, parts: [] })
  })

  it('says that the quarter was not over, and that a definition has changed since', () => {
    const model = modelWith({})
    expect(sayReport(model, voice).notes.join()).not.toContain('not-over')
    expect(sayReport({ ...model, isOver: false }, voice).notes.join()).toContain(
      'donor-report.not-over 2026-Q3 2026-10-01',
    )
    expect(sayReport(model, voice).definitions[0]?.version).toBe('donor-report.definition 1')
    expect(sayReport(model, voice).sources.join()).toContain('Grant (invented)')
  })
})
