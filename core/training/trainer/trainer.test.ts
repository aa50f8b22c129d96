import { describe, expect, it } from 'vitest'
import type { Draft } from '../../log/draft.ts'
import { Entry } from '../../log/entry.ts'
import { emptyState, fold, type StreamState } from '../../log/fold.ts'
import { check, gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { OrganisationId, PersonKey, StreamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import { Module } from '../words.ts'
import {
  type Certify,
  certifyTrainer,
  correctCertificate,
  describeTrainer,
  lapseCertificate,
  markTrainerInError,
  registerTrainer,
  takeStep,
} from './capture.ts'
import { trainerKinds } from './entries.ts'
import { type Certificate, checklistOf, type NationalTrainer, projectTrainer, standingOf, treeOf } from './project.ts'
import { contributionsOfTrainer } from './tally.ts'
import { lastDayOf, Step, stepsNeeded, trainerStream } from './words.ts'

const kinds = gatherKinds(trainerKinds)
const day = (text: string): CivilDate => CivilDate.parse(text)
const today = day('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const organisation = OrganisationId.parse(id(2))
const keyOf = (n: number): PersonKey => PersonKey.parse(id(100 + n))
const about = { country: 'KH', agency: 'police', sex: 'female' } as const
const given = {
  module: 'see',
  moduleVersion: '1',
  language: 'km',
  by: 'founding-trainers',
  certifiedOn: day('2026-03-02'),
} as const satisfies Certify
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

/** Trainers as a device has them: each command decided on what stands, its drafts made entries that know their parents. */
class Cohort {
  entries: Entry[] = []

  state(n: number): StreamState {
    const own = this.entries.filter(({ stream }) => stream === trainerStream(keyOf(n)))
    return own.length === 0 ? emptyState : fold(kinds, own)
  }

  trainer(n: number): NationalTrainer {
    const trainer = projectTrainer(this.state(n))
    if (!trainer) throw new Error('no trainer yet')
    return trainer
  }

  get all(): readonly NationalTrainer[] {
    return Array.from({ length: 9 }, (_, n) => projectTrainer(this.state(n))).flatMap((each) => each ?? [])
  }

  certificate(n: number, at = 0): Certificate {
    const found = this.trainer(n).certificates[at]
    if (!found) throw new Error('no certificate yet')
    return found
  }

  write(n: number, decided: Decision<Draft[]>, parents = this.state(n).heads): void {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const { kind, version, on, coded, stream } of decided.value) {
      const entry = Entry.parse({
        v: 1,
        id: `0199${String(this.entries.length + 1).padStart(4, '0')}-0000-7000-8000-000000000000`,
        programme: id(3),
        stream,
        parents,
        kind,
        version,
        on,
        coded,
        sealed: {},
        author: id(4),
        device: id(5),
        at: { time: this.entries.length, clock: [this.entries.length, 0] },
        prev: null,
      })
      expect(check(kinds, entry)).toMatchObject({ ok: true, value: { known: true } })
      this.entries.push(entry)
    }
  }

  /** Registered, with every step that is needed taken. */
  ready(n: number): void {
    this.write(n, registerTrainer(organisation, keyOf(n), about, this.all, today))
    for (const step of Step.options)
      for (let i = 0; i < stepsNeeded[step]; i++)
        this.write(n, takeStep(this.trainer(n), { step, on: day('2026-02-01'), session: null }, today))
  }

  certify(n: number, change: Partial<Certify> = {}): Decision<Draft[]> {
    return certifyTrainer(this.trainer(n), { ...given, ...change }, this.all, today)
  }
}

function cohort(size: number): Cohort {
  const made = new Cohort()
  for (let n = 0; n < size; n++) made.ready(n)
  return made
}

const counted = (all: Cohort, n = 0) =>
  contributionsOfTrainer(all.state(n)).map(({ on, person, dimensions }) => ({ on, person, ...dimensions }))

describe('what is refused, by name', () => {
  it('a trainer who is written down already, and a step in the future, twice at one session, or of nobody', () => {
    const all = cohort(1)
    expect(codeOf(registerTrainer(organisation, keyOf(0), about, all.all, today))).toBe('training.trainer-here-already')
    const session = StreamId.parse(id(900))
    const take = (on: string, step: Step = 'led') => takeStep(all.trainer(0), { step, on: day(on), session }, today)
    expect(codeOf(take('2026-11-25'))).toBe('training.step-in-the-future')
    expect(codeOf(take('2026-11'))).toBe('training.not-a-day')
    all.write(0, take('2026-04-01'))
    expect(codeOf(take('2026-04-01'))).toBe('training.session-counted-already')
    expect(codeOf(take('2026-04-01', 'observed'))).toBeUndefined()
    all.write(0, markTrainerInError(all.trainer(0), all.trainer(0).opening, true, today))
    expect(codeOf(take('2026-05-01'))).toBe('training.trainer-in-error')
    expect(codeOf(all.certify(0))).toBe('training.trainer-in-error')
  })

  it('a certificate before every step is taken on its day, with how many are missing', () => {
    const all = new Cohort()
    all.write(0, registerTrainer(organisation, keyOf(0), about, [], today))
    expect(all.certify(0)).toMatchObject({ refusal: { code: 'training.steps-missing', values: { missing: 8 } } })
    const ready = cohort(1)
    expect(ready.certify(0, { certifiedOn: day('2026-01-31') })).toMatchObject({ refusal: { values: { missing: 8 } } })
    const passed = ready.trainer(0).steps.find(({ step }) => step === 'passed-meet')
    if (!passed) throw new Error('a step')
    ready.write(0, markTrainerInError(ready.trainer(0), passed.record, true, today))
    expect(ready.certify(0)).toMatchObject({ refusal: { code: 'training.steps-missing', values: { missing: 1 } } })
  })

  it('a trainer who certifies herself, or one not certified for that module on that day', () => {
    const all = cohort(2)
    expect(codeOf(all.certify(0, { by: keyOf(0) }))).toBe('training.certifies-herself')
    expect(codeOf(all.certify(0, { by: keyOf(1) }))).toBe('training.certifier-not-certified')
    expect(codeOf(all.certify(0, { by: keyOf(7) }))).toBe('training.certifier-not-certified')
    all.write(1, all.certify(1))
    expect(codeOf(all.certify(0, { by: keyOf(1), certifiedOn: day('2026-03-01') }))).toBe(
      'training.certifier-not-certified',
    )
    expect(codeOf(all.certify(0, { by: keyOf(1), module: 'meet' }))).toBe('training.certifier-not-certified')
    expect(codeOf(all.certify(0, { by: keyOf(1) }))).toBeUndefined()
    const { record } = all.certificate(1)
    all.write(1, lapseCertificate(all.trainer(1), record, { why: 'module-changed', on: day('2026-06-01') }, today))
    expect(codeOf(all.certify(0, { by: keyOf(1), certifiedOn: day('2026-06-01') }))).toBe(
      'training.certifier-not-certified',
    )
    expect(codeOf(all.certify(0, { by: keyOf(1), certifiedOn: day('2026-05-31') }))).toBeUndefined()
  })

  it('a second certificate while one stands, one of tomorrow, and a version that is none', () => {
    const all = cohort(1)
    all.write(0, all.certify(0))
    expect(all.certify(0, { certifiedOn: today })).toMatchObject({
      refusal: { code: 'training.certificate-stands', values: { until: '2028-03-02' } },
    })
    for (const other of [{ module: 'meet' }, { moduleVersion: '2' }, { language: 'en' }] as const)
      expect(codeOf(all.certify(0, other))).toBeUndefined()
    expect(codeOf(all.certify(0, { certifiedOn: day('2026-11-25') }))).toBe('training.certified-in-the-future')
    expect(codeOf(all.certify(0, { certifiedOn: day('2026') }))).toBe('training.not-a-day')
    for (const moduleVersion of ['', '0', 'two', '1.2.3'])
      expect(codeOf(all.certify(0, { moduleVersion }))).toBe('training.version-not-understood')
  })

  it('a correction that changes nothing or breaks what a new certificate may not, and a lapse that cannot be', () => {
    const all = cohort(1)
    all.write(0, all.certify(0))
    const { record } = all.certificate(0)
    const correct = (change: Partial<Certify>) => correctCertificate(all.trainer(0), record, change, all.all, today)
    expect(codeOf(correct({}))).toBe('training.nothing-changed')
    expect(codeOf(correct({ by: keyOf(0) }))).toBe('training.certifies-herself')
    expect(codeOf(correct({ certifiedOn: day('2026-01-01') }))).toBe('training.steps-missing')
    expect(codeOf(correct({ language: 'en' }))).toBeUndefined()
    expect(codeOf(describeTrainer(all.trainer(0), {}, today))).toBe('training.nothing-changed')
    expect(codeOf(correctCertificate(all.trainer(0), all.trainer(0).opening, { language: 'en' }, [], today))).toBe(
      'training.no-such-row',
    )
    const lapse = (on: string, why: 'module-changed' | null = 'module-changed') =>
      lapseCertificate(all.trainer(0), record, { why, on: day(on) }, today)
    expect(codeOf(lapse('2026-03-01'))).toBe('training.lapsed-before-certified')
    expect(codeOf(lapse('2026-11-25'))).toBe('training.lapsed-in-the-future')
    expect(codeOf(lapse('2026-10-01', null))).toBe('training.not-lapsed')
    all.write(0, lapse('2026-10-01'))
    expect(codeOf(lapse('2026-10-01'))).toBe('training.lapsed-already')
    expect(codeOf(markTrainerInError(all.trainer(0), all.certificate(0).record, true, today))).toBeUndefined()
  })
})

describe('whether a certificate stands', () => {
  it('depends on the day that is asked: for two years, and no longer once the module changed', () => {
    const all = cohort(1)
    all.write(0, all.certify(0))
    const on = (text: string) => standingOf(all.certificate(0), day(text))
    expect(['2026-03-01', '2026-03-02', '2028-03-02', '2028-03-03'].map(on)).toEqual([
      'not-yet',
      'standing',
      'standing',
      'ended',
    ])
    const { record } = all.certificate(0)
    all.write(0, lapseCertificate(all.trainer(0), record, { why: 'module-changed', on: day('2026-10-01') }, today))
    expect(['2026-09-30', '2026-10-01'].map(on)).toEqual(['standing', 'lapsed'])
    all.write(0, lapseCertificate(all.trainer(0), record, { why: null, on: today }, today))
    expect(on('2026-10-01')).toBe('standing')
    expect(lastDayOf(day('2024-02-29'))).toBe('2026-02-28')
  })

  it('and the checklist says what of each step is done until that day', () => {
    const list = checklistOf(cohort(1).trainer(0), today)
    expect(list.map(({ step }) => step)).toEqual(Step.options)
    expect(list.every(({ done, needed }) => done === needed)).toBe(true)
    expect(checklistOf(cohort(1).trainer(0), day('2026-01-01')).every(({ done }) => done === 0)).toBe(true)
  })
})

describe('the tree', () => {
  it('has each trainer of a module once, under whoever certified her first, also where entries run in a circle', () => {
    const all = cohort(4)
    all.write(0, all.certify(0))
    all.write(1, all.certify(1, { by: keyOf(0) }))
    all.write(2, all.certify(2, { by: keyOf(1) }))
    all.write(3, all.certify(3, { module: 'meet' }))
    const shape = (module: Module) =>
      JSON.stringify(treeOf(all.all, module), (key, value) => (key === 'trainer' ? value.trainer.at(-1) : value))
    const leaf = { trainer: '2', certified: [] }
    const line = { trainer: '0', certified: [{ trainer: '1', certified: [leaf] }] }
    expect(shape('see')).toBe(JSON.stringify([line]))
    expect(shape('meet')).toBe(JSON.stringify([{ trainer: '3', certified: [] }]))
    expect(shape('carry-through')).toBe('[]')
    const { record } = all.certificate(0)
    all.write(0, correctCertificate(all.trainer(0), record, { by: keyOf(2) }, all.all, today))
    expect(shape('see')).toBe(JSON.stringify([line]))
    all.write(0, markTrainerInError(all.trainer(0), record, true, today))
    expect(shape('see')).toBe(JSON.stringify([{ trainer: '1', certified: [leaf] }]))
  })
})

describe('what a trainer contributes', () => {
  it('is each certificate on the day it was given, by her key; it follows corrections, lapses and what never was', () => {
    const all = cohort(1)
    expect(counted(all)).toEqual([])
    all.write(0, all.certify(0))
    all.write(0, all.certify(0, { module: 'meet', certifiedOn: day('2026-05-05') }))
    const first = { person: keyOf(0), country: 'KH', sex: 'female', module: 'see', language: 'km' }
    expect(counted(all)).toEqual([
      { ...first, on: '2026-03-02', certificate: 'standing' },
      { ...first, module: 'meet', on: '2026-05-05', certificate: 'standing' },
    ])
    const { record } = all.certificate(0)
    const change = { language: 'en', certifiedOn: day('2026-04-01') } as const
    all.write(0, correctCertificate(all.trainer(0), record, change, all.all, today))
    all.write(0, describeTrainer(all.trainer(0), { country: 'TH' }, today))
    all.write(0, lapseCertificate(all.trainer(0), record, { why: 'left-the-service', on: today }, today))
    expect(counted(all)[0]).toEqual({
      ...first,
      country: 'TH',
      language: 'en',
      on: '2026-04-01',
      certificate: 'lapsed',
    })
    all.write(0, markTrainerInError(all.trainer(0), record, true, today))
    expect(counted(all)).toHaveLength(1)
    all.write(0, markTrainerInError(all.trainer(0), all.trainer(0).opening, true, today))
    expect(counted(all)).toEqual([])
    all.write(0, markTrainerInError(all.trainer(0), all.trainer(0).opening, false, today))
    expect(counted(all)).toHaveLength(1)
  })

  it('is unsettled, and counted still, where two people gave two answers apart; a lapse that one disputes stands', () => {
    const all = cohort(1)
    all.write(0, all.certify(0))
    const { heads } = all.state(0)
    const { record } = all.certificate(0)
    const said = (['meet', 'carry-through'] as const).map((module) =>
      correctCertificate(all.trainer(0), record, { module }, all.all, today),
    )
    for (const decided of said) all.write(0, decided, heads)
    expect(all.trainer(0).conflicts.map(({ field }) => field)).toEqual(['module'])
    expect(counted(all)).toMatchObject([{ module: 'unsettled', certificate: 'standing' }])
    const apart = all.state(0).heads
    const lapsed = (['module-changed', 'at-her-own-wish'] as const).map((why) =>
      lapseCertificate(all.trainer(0), record, { why, on: today }, today),
    )
    for (const decided of lapsed) all.write(0, decided, apart)
    expect(all.certificate(0).lapsed).toEqual({ on: today, why: undefined })
    expect(counted(all)).toMatchObject([{ certificate: 'lapsed' }])
    // Said once more, it is settled.
    all.write(0, lapseCertificate(all.trainer(0), record, { why: 'module-changed', on: today }, today))
    expect(all.certificate(0).lapsed).toEqual({ on: today, why: 'module-changed' })
  })

  it('written down by two people apart, is one: her stream is named by her key', () => {
    const all = new Cohort()
    all.write(0, registerTrainer(organisation, keyOf(0), about, [], today), [])
    all.write(0, registerTrainer(organisation, keyOf(0), { ...about, sex: 'male' }, [], today), [])
    expect(all.trainer(0).conflicts.map(({ field }) => field)).toEqual(['sex'])
    expect(all.trainer(0).trainer).toBe(keyOf(0))
    expect(Module.options).toHaveLength(3)
  })
})
