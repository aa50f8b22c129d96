import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../../log/draft.ts'
import { Entry } from '../../log/entry.ts'
import { fold, type StreamState } from '../../log/fold.ts'
import { check, gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { KeyId, OrganisationId, PersonKey, StreamId, TeamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import { MowipArea } from '../barrier/words.ts'
import { codeOf, idOf, ids, moment } from '../testing/written.ts'
import {
  bandOf,
  closeSurvey,
  describeSurvey,
  type HandIn,
  handIn,
  markSurveyInError,
  type OpenSurvey,
  openSurvey,
  writeRemark,
} from './capture.ts'
import { researchKinds } from './entries.ts'
import { instruments } from './instruments.ts'
import { projectRemark, projectSheet, projectSurvey, type Sheet, type Survey } from './project.ts'
import { contributionsOfSheet, sheetIn, tablesOf } from './tally.ts'
import { Instrument } from './words.ts'

const kinds = gatherKinds(researchKinds)
const { today } = moment
const organisation = OrganisationId.parse(ids.organisation)
const stream = StreamId.parse(idOf(20))

/** The entries of one stream, each knowing those before it; every one passes the check that the server makes. */
class Stream {
  readonly entries: Entry[] = []

  write(decided: Decision<Draft[]>): this {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const { kind, version, on, coded, opened, stream: of } of decided.value) {
      const isTimed = kinds.get(kind)?.time !== 'sealed'
      const entry = Entry.parse({
        v: 1,
        id: idOf(100 + this.entries.length),
        programme: idOf(7),
        stream: of,
        parents: this.entries.length === 0 ? [] : [this.entries.at(-1)?.id],
        kind,
        version,
        on,
        coded,
        sealed: Object.fromEntries(Object.keys(opened).map((field) => [field, 'eA'])),
        author: idOf(8),
        device: idOf(9),
        at: isTimed ? { time: 1, clock: [1, 0] } : null,
        prev: null,
      })
      expect(check(kinds, entry)).toMatchObject({ ok: true, value: { known: true } })
      this.entries.push(entry)
    }
    return this
  }

  get state(): StreamState {
    return fold(kinds, this.entries)
  }

  get survey(): Survey {
    const survey = projectSurvey(this.state)
    if (!survey) throw new Error('no survey yet')
    return survey
  }
}

const opening: OpenSurvey = {
  stream,
  organisation,
  country: 'KH',
  on: today,
  instrument: 'contribution',
  agencies: ['police', 'immigration'],
  name: ' Officers of the crossings (invented) ',
  asked: 40,
}
const opened = (change: Partial<OpenSurvey> = {}): Stream =>
  new Stream().write(openSurvey({ ...opening, ...change }, today))
const sheet: HandIn = {
  stream: StreamId.parse(idOf(30)),
  survey: stream,
  organisation,
  sex: 'female',
  agency: 'police',
  answers: { promotion: 'women-less', obstacles: ['training'], cases: 5 },
}
const handed = (change: Partial<HandIn> = {}) => handIn({ ...sheet, ...change }, opened().survey, moment)

describe('what is refused, by name', () => {
  it('a survey without a questionnaire, a name, an agency or a number of those asked, or of tomorrow', () => {
    const open = (change: Partial<OpenSurvey>) => codeOf(openSurvey({ ...opening, ...change }, today))
    expect(open({ instrument: 'another' })).toBe('research.no-instrument')
    expect(open({ name: ' ' })).toBe('research.no-name')
    expect(open({ name: 'x'.repeat(121) })).toBe('research.name-too-long')
    expect(open({ agencies: [] })).toBe('research.no-agency')
    for (const asked of [0, -1, 1.5, Number.NaN, 100_001]) expect(open({ asked })).toBe('research.not-a-number-asked')
    expect(open({ on: CivilDate.parse('2026-11-25') })).toBe('research.not-yet')
    expect(codeOf(describeSurvey(stream, opened().survey, {}))).toBe('research.nothing-changed')
    expect(codeOf(closeSurvey(stream, opened().survey, false, today))).toBe('research.not-closed')
  })

  it('a sheet with no answer, with one that is not offered, of an agency that is not asked, or after the end', () => {
    expect(codeOf(handed({ answers: {} }))).toBe('research.nothing-answered')
    for (const answers of [
      { promotion: 'never' },
      { promotion: ['women-less'] },
      { obstacles: [] },
      { obstacles: 'training' },
      { cases: 3 },
      { 'own-words': 'my-name' },
      { 'no-such-question': 'yes' },
    ])
      expect(codeOf(handed({ answers }))).toBe('research.answer-not-offered')
    expect(codeOf(handed({ agency: 'customs' }))).toBe('research.no-agency-said')
    expect(codeOf(handed({ agency: undefined }))).toBe('research.no-agency-said')
    const closed = opened()
    closed.write(closeSurvey(stream, closed.survey, true, today))
    expect(codeOf(handIn(sheet, closed.survey, moment))).toBe('research.survey-closed')
    const mistaken = opened()
    mistaken.write(markSurveyInError(stream, mistaken.survey, true))
    expect(codeOf(handIn(sheet, mistaken.survey, moment))).toBe('research.survey-closed')
  })
})

describe('a survey', () => {
  it('is corrected, closed, opened again, and taken back', () => {
    const all = opened()
    expect(all.survey).toMatchObject({ name: 'Officers of the crossings (invented)', asked: 40, closed: false })
    all.write(describeSurvey(stream, all.survey, { asked: 44 }))
    all.write(closeSurvey(stream, all.survey, true, today))
    expect(all.survey).toMatchObject({ asked: 44, closed: true, enteredInError: false })
    all.write(closeSurvey(stream, all.survey, false, today))
    all.write(markSurveyInError(stream, all.survey, true))
    expect(all.survey).toMatchObject({ closed: false, enteredInError: true })
  })

  it('asks by questionnaires that say whose words they are, and claim no check that nobody made', () => {
    for (const each of instruments) {
      expect(Instrument.parse(each)).toEqual(each)
      expect(new Set(each.questions.map(({ key }) => key)).size).toBe(each.questions.length)
      expect([each.wording, each.frame?.verifiedOn ?? null]).toEqual(['ours', null])
    }
    expect(instruments.map(({ key }) => key)).toEqual(['contribution', 'ten-areas', 'interview'])
  })

  describe('in an interview', () => {
    const asked = new Stream().write(openSurvey({ ...opening, instrument: 'interview' }, today)).survey
    const heard: HandIn = {
      stream: StreamId.parse(idOf(60)),
      survey: stream,
      organisation,
      sex: 'female',
      agency: 'police',
      answers: {
        'case-work': ['she-spoke', 'seen-sooner'],
        infrastructure: 'of-itself',
        'social-exclusion': 'not-asked',
      },
      consent: 'read-and-given',
    }

    it('nothing is kept before what is done with her words was read to her and she said yes', () => {
      const { consent: _, ...unasked } = heard
      expect(codeOf(handIn(unasked, asked, moment))).toBe('research.no-consent')
      const entries = new Stream().write(handIn(heard, asked, moment)).entries
      expect(entries[0]?.coded).toMatchObject({ consent: 'read-and-given' })
    })

    it('she is asked of cases, of tense situations, of trust, and of each of the ten areas, and only themes of the list are kept', () => {
      const { instrument } = asked
      expect(instrument?.questions.flatMap(({ kind, part, key }) => (kind === 'text' ? [] : `${part} ${key}`))).toEqual(
        [
          ...['case-work', 'calming', 'trust-given'].map((key) => `contribution ${key}`),
          ...MowipArea.options.map((area) => `barriers ${area}`),
          'barriers would-help',
        ],
      )
      const other = { ...heard, answers: { 'case-work': ['a theme of hers'] } }
      expect(codeOf(handIn(other, asked, moment))).toBe('research.answer-not-offered')
    })

    it('what is noted of each theme is sealed and stands apart from what was ticked, its words in no clear field', () => {
      const of = { ...ids, stream: StreamId.parse(idOf(61)), survey: stream }
      const noted = new Stream().write(
        writeRemark({ ...of, question: 'case-notes', text: 'Invented words.' }, asked, moment),
      )
      const [entry] = noted.entries
      expect(entry?.coded).not.toHaveProperty('sex')
      expect(JSON.stringify(entry?.coded)).not.toContain('Invented')
      expect(projectRemark(noted.state)?.question).toBe('case-notes')
    })

    it('each theme is counted by itself, and where all of five said the same it is held back', () => {
      const sheets = [0, 1, 2, 3, 4].map((n): Sheet => {
        const { answers, survey, sex } = heard
        const on = CivilDate.parse('2026-Q4')
        return {
          survey,
          sex,
          agency: 'police',
          on,
          answers: n === 0 ? { ...answers, 'case-work': ['she-spoke'] } : answers,
        }
      })
      if (!asked.instrument) throw new Error('a guide')
      const tables = tablesOf(asked.instrument, asked.agencies, sheets)
      const names = tables.questions.map(({ name }) => name)
      expect(names).toContain('case-work.seen-sooner')
      for (const all of ['case-work.she-spoke', 'infrastructure']) expect(names).not.toContain(all)
      expect(
        tables
          .cells(['case-work.seen-sooner'])
          .map(({ sheets: count }) => count)
          .toSorted(),
      ).toEqual([1, 4])
    })
  })

  it('keeps a number only as the band it lies in', () => {
    expect([0, 1, 4, 5, 19, 20, 700].map((number) => bandOf([0, 1, 5, 20], number))).toEqual([0, 1, 1, 5, 5, 20, 20])
  })
})

describe('a sheet in the log', () => {
  it('names no officer and no time: a quarter, an id of chance, and her answers', () => {
    const [entry] = new Stream().write(handed()).entries
    expect(entry).toMatchObject({ on: '2026-Q4', at: null, sealed: {} })
    expect(Object.keys(entry?.coded ?? {}).sort()).toEqual(['agency', 'answers', 'organisation', 'sex', 'survey'])
    const timed = Entry.parse({ ...entry, id: '01990001-0000-7000-8000-000000000000' })
    expect(check(kinds, timed)).toMatchObject({ ok: false, refusal: { code: 'log.id-tells-time' } })
    const onADay = Entry.parse({ ...entry, on: '2026-11-24' })
    expect(check(kinds, onADay)).toMatchObject({ ok: false, refusal: { code: 'log.date-precision' } })
  })

  it('contributes itself once, and is read again from what it contributed', () => {
    const { state } = new Stream().write(handed())
    const [counted, ...more] = contributionsOfSheet(state)
    expect(more).toEqual([])
    expect(counted && sheetIn(counted)).toEqual(projectSheet(state))
    expect(sheetIn({ dimensions: { survey: stream }, on: today })).toBeUndefined()
  })

  it('and words of her own stand apart from it, sealed, without her sex or her agency', () => {
    const keys = {
      stream: StreamId.parse(idOf(31)),
      organisation,
      country: 'KH',
      person: PersonKey.parse(ids.person),
      team: TeamId.parse(ids.team),
      caseKey: KeyId.parse(ids.caseKey),
      personKey: KeyId.parse(ids.personKey),
    } as const
    const write = (text: string) =>
      writeRemark({ ...keys, survey: stream, question: 'own-words', text }, opened().survey, moment)
    expect(codeOf(write('  '))).toBe('research.no-words')
    expect(codeOf(write('x'.repeat(601)))).toBe('research.words-too-long')
    const all = new Stream().write(write(' More women at night. '))
    expect(projectRemark(all.state)).toEqual({ survey: stream, question: 'own-words' })
    expect(Object.keys(all.entries[0]?.coded ?? {})).not.toContain('sex')
    expect(JSON.stringify(all.entries)).not.toContain('night')
  })
})

describe('the sheets of a survey, counted', () => {
  const instrument = Instrument.parse({
    ...instruments[0],
    questions: instruments[0]?.questions.filter(({ key }) => key === 'promotion' || key === 'obstacles'),
  })
  const of = (sex: Sheet['sex'], agency: Sheet['agency'], answers: Sheet['answers']): Sheet => ({
    survey: stream,
    on: CivilDate.parse('2026-Q4'),
    sex,
    agency,
    answers,
  })
  const mixed = Array.from({ length: 12 }, (_, i) =>
    of(i % 2 === 0 ? 'female' : 'male', i % 3 === 0 ? 'police' : 'immigration', {
      ...(i === 11 ? {} : { promotion: i < 6 ? 'alike' : 'women-less' }),
      obstacles: i < 5 ? ['training', 'promotion'] : ['none'],
    }),
  )
  const counted = (sheets: readonly Sheet[]) => tablesOf(instrument, ['police', 'immigration'], sheets)

  it('have each officer once in every table of one question, a skipped one too', () => {
    const { questions, cells } = counted(mixed)
    for (const { name, crossedWith } of questions)
      for (const by of [[name], ...crossedWith.map((group) => [name, group])])
        expect([by, cells(by).reduce((sum, { sheets }) => sum + sheets, 0)]).toEqual([by, 12])
    expect(cells(['promotion'])).toEqual([
      { dimensions: { promotion: 'alike' }, sheets: 6 },
      { dimensions: { promotion: 'women-less' }, sheets: 5 },
      { dimensions: { promotion: 'skipped' }, sheets: 1 },
    ])
  })

  it('cross a question with sex and kind of agency, and with nothing else', () => {
    const { questions } = counted(mixed)
    expect(questions.find(({ name }) => name === 'promotion')?.crossedWith).toEqual(['sex', 'agency'])
    expect(new Set(questions.flatMap(({ crossedWith }) => crossedWith))).toEqual(new Set(['sex', 'agency']))
  })

  it('do not cross a question on which all women answered alike: each of them would be known', () => {
    const asked = (women: number, others: number, alike: number) =>
      counted([
        ...Array.from({ length: women }, () => of('female', 'police', { promotion: 'women-less' })),
        ...Array.from({ length: others }, (_, i) =>
          of('male', 'police', { promotion: i < alike ? 'alike' : 'women-less' }),
        ),
      ]).questions.find(({ name }) => name === 'promotion')?.crossedWith
    // Seven said “alike”, seven “less”: which of both all six women said is not known.
    expect(asked(6, 8, 7)).toEqual(['agency'])
    // Of 22 women and 16 others only “less” was said by as many as either: then it is not shown at all.
    expect(asked(22, 16, 11)).toBeUndefined()
    expect(asked(6, 8, 5)).toBeUndefined()
    expect(asked(6, 8, 6)).toEqual(['agency'])
  })

  it('do not show a question on which everybody answered alike, unless everybody left it out', () => {
    const names = (answers: Sheet['answers']) =>
      counted(mixed.map((each) => ({ ...each, answers }))).questions.map(({ name }) => name)
    expect(names({ promotion: 'women-less' })).toEqual([])
    expect(names({ obstacles: ['none'] })).toEqual(['promotion'])
  })

  it('leave out an agency that was not asked, whoever wrote it', () => {
    const { cells } = counted([...mixed, of('female', 'military', { promotion: 'alike' })])
    expect(cells([])).toEqual([{ dimensions: {}, sheets: 12 }])
  })

  it('say of several officers together what they answered, and never which answers are one officer’s: so much learns whoever planted the others', () => {
    const choices = {
      promotion: ['alike', 'women-less', undefined],
      obstacles: [['training'], ['none'], ['promotion', 'training']],
    }
    const answers = fc.record({
      promotion: fc.constantFrom(...choices.promotion),
      obstacles: fc.constantFrom(...choices.obstacles),
    })
    const real = fc.array(answers, { minLength: 2, maxLength: 8 })
    let moved = 0
    fc.assert(
      fc.property(
        real,
        fc.array(answers, { minLength: 4, maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        (sheets, planted, by) => {
          // Each answer to the second question goes to another officer of the same group.
          const mixed = sheets.map(({ promotion }, i) => ({
            promotion,
            obstacles: sheets[(i + by) % sheets.length]?.obstacles,
          }))
          if (JSON.stringify(mixed) !== JSON.stringify(sheets)) moved += 1
          const tables = (all: typeof mixed) => {
            const { questions, cells } = counted(
              [...planted, ...all].map((each) => of('female', 'police', sheetOf(each))),
            )
            return questions.map(({ name, crossedWith }) => [
              name,
              crossedWith,
              byName(cells([name])),
              byName(cells([name, 'sex'])),
            ])
          }
          expect(tables(mixed)).toEqual(tables(sheets))
        },
      ),
      { seed: 20261128, numRuns: 200 },
    )
    expect(moved).toBeGreaterThan(80)
  })

  const sheetOf = ({
    promotion,
    obstacles,
  }: {
    promotion: string | undefined
    obstacles: string[] | undefined
  }): Sheet['answers'] => ({
    ...(promotion === undefined ? {} : { promotion }),
    ...(obstacles === undefined ? {} : { obstacles }),
  })
  const byName = (cells: readonly { readonly dimensions: object; readonly sheets: number }[]) =>
    cells.map((each) => JSON.stringify(each)).toSorted()
})
