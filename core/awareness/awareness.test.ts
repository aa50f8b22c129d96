import { describe, expect, it } from 'vitest'
import type { Draft } from '../log/draft.ts'
import type { StreamState } from '../log/fold.ts'
import { gatherKinds } from '../log/kind.ts'
import { ensureBegun, WrittenStream } from '../log/testing/written-stream.ts'
import { CivilDate } from '../shared/dates.ts'
import { OrganisationId, PersonKey, StreamId } from '../shared/ids.ts'
import { cardCode, plainCode } from '../shared/person-codes.ts'
import type { Decision } from '../shared/refusals.ts'
import { awarenessKinds } from './entries.ts'
import {
  type CountedHeads,
  correctHeads,
  correctPerson,
  countHeads,
  describeOutreach,
  holdOutreach,
  markOutreachInError,
  meetPersons,
} from './outreach/capture.ts'
import { type OutreachSession, projectOutreach } from './outreach/project.ts'
import { correctReach, describeWork, markReachInError, showWork, stateReach } from './reach/capture.ts'
import { projectWork, type Work } from './reach/project.ts'
import { correctSample, markSampleInError, takeSample } from './sample/capture.ts'
import { projectSample, type Sample } from './sample/project.ts'
import { awarenessFacts, contributionsOfOutreach, contributionsOfReach, contributionsOfSample } from './tally.ts'
import { longestList, mostHeads } from './words.ts'

const kinds = gatherKinds(awarenessKinds)
const today = CivilDate.parse('2026-11-24')
const tomorrow = CivilDate.parse('2026-11-25')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const organisation = OrganisationId.parse(id(2))
const where = { stream, organisation, country: 'KH' } as const
const person = (n: number): PersonKey => PersonKey.parse(id(100 + n))
const woman = (n: number) => ({ person: person(n), sex: 'female', age: 'adult' }) as const
const heads = (sex: CountedHeads['sex'], age: CountedHeads['age'], n: number): CountedHeads => ({ sex, age, heads: n })

/** A stream as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class OneStream<T> extends WrittenStream {
  private readonly project: (state: StreamState) => T | undefined
  constructor(project: (state: StreamState) => T | undefined, decided: Decision<Draft[]>) {
    super(kinds)
    this.project = project
    this.write(decided)
  }

  get now(): T {
    return ensureBegun(this.project(this.state))
  }

  /** Both are decided on what stands now, neither knowing of the other. */
  apart(first: Decision<Draft[]>, second: Decision<Draft[]>): void {
    const { heads: known } = this.state
    const from = this.entries.length
    this.write(first)
    this.write(second)
    this.entries = this.entries.map((entry, i) => (i < from ? entry : { ...entry, parents: [...known] }))
  }
}

const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

const session = (...counted: CountedHeads[]): OneStream<OutreachSession> => {
  const one = new OneStream(projectOutreach, holdOutreach({ ...where, setting: 'village', heldOn: today }, today))
  if (counted.length > 0) one.write(countHeads(stream, one.now, counted))
  return one
}
const reachedAt = (one: OneStream<OutreachSession>) =>
  contributionsOfOutreach(one.state)
    .filter(({ fact }) => fact === awarenessFacts.reached)
    .map(({ person: who, dimensions: { sex, age }, amount }) => [who === null ? 'heads' : 'person', sex, age, amount])

describe('an outreach session', () => {
  it('is refused before it was held, and a headcount that is empty, is none, or is of a group counted already', () => {
    expect(codeOf(holdOutreach({ ...where, setting: 'village', heldOn: tomorrow }, today))).toBe(
      'awareness.not-happened-yet',
    )
    const one = session(heads('female', 'adult', 30))
    const count = (...counted: CountedHeads[]) => codeOf(countHeads(stream, one.now, counted))
    expect(count()).toBe('awareness.empty-headcount')
    expect(count(heads('male', 'adult', 0))).toBe('awareness.empty-headcount')
    for (const wrong of [-1, 1.5, Number.NaN, mostHeads + 1])
      expect(count(heads('male', 'adult', wrong))).toBe('awareness.not-a-headcount')
    expect(count(heads('female', 'adult', 3))).toBe('awareness.group-twice')
    expect(count(heads('female', 'child', 3))).toBeUndefined()
  })

  it('refuses a list that is empty, too long, or names one person twice', () => {
    const one = session()
    one.write(meetPersons(stream, one.now, [woman(1)]))
    const meet = (list: readonly ReturnType<typeof woman>[]) => codeOf(meetPersons(stream, one.now, list))
    expect(meet([])).toBe('awareness.empty-list')
    expect(meet(Array.from({ length: longestList + 1 }, (_, n) => woman(n + 10)))).toBe('awareness.list-too-long')
    expect(meet([woman(7), woman(7)])).toBe('awareness.person-twice')
    expect(meet([woman(1)])).toBe('awareness.person-twice')
  })

  it('refuses a correction that changes nothing or is of no row, and takes nothing more once it never was', () => {
    const one = session(heads('female', 'adult', 30))
    const { opening, headcounts } = one.now
    const row = headcounts[0]?.record ?? opening
    expect(codeOf(describeOutreach(stream, one.now, 'village'))).toBe('awareness.nothing-changed')
    expect(codeOf(correctHeads(stream, one.now, row, 30))).toBe('awareness.nothing-changed')
    expect(codeOf(correctHeads(stream, one.now, row, 0))).toBe('awareness.not-a-headcount')
    expect(codeOf(correctHeads(stream, one.now, opening, 31))).toBe('awareness.no-such-row')
    expect(codeOf(correctPerson(stream, one.now, row, { sex: 'male' }))).toBe('awareness.no-such-row')
    one.write(markOutreachInError(stream, one.now, opening, true))
    expect(contributionsOfOutreach(one.state)).toEqual([])
    expect(codeOf(countHeads(stream, one.now, [heads('male', 'adult', 2)]))).toBe('awareness.session-in-error')
    expect(codeOf(meetPersons(stream, one.now, [woman(1)]))).toBe('awareness.session-in-error')
    one.write(markOutreachInError(stream, one.now, opening, false))
    expect(reachedAt(one)).toEqual([['heads', 'female', 'adult', 30]])
  })

  it('counts everybody once: who gave a key is taken out of the heads of her group, then of those not known', () => {
    const one = session(heads('female', 'adult', 2), heads('female', 'unknown', 5), heads('male', 'adult', 3))
    one.write(meetPersons(stream, one.now, [woman(1), woman(2), woman(3)]))
    expect(reachedAt(one)).toEqual([
      ['person', 'female', 'adult', 1],
      ['person', 'female', 'adult', 1],
      ['person', 'female', 'adult', 1],
      ['heads', 'female', 'unknown', 4],
      ['heads', 'male', 'adult', 3],
    ])
  })

  it('counts a person whom no headcount holds: she was there', () => {
    const one = session(heads('male', 'adult', 1))
    one.write(meetPersons(stream, one.now, [woman(1)]))
    expect(reachedAt(one)).toEqual([
      ['person', 'female', 'adult', 1],
      ['heads', 'male', 'adult', 1],
    ])
  })

  it('follows corrections, and counts no row that never was', () => {
    const one = session(heads('female', 'adult', 30))
    one.write(meetPersons(stream, one.now, [woman(1)]))
    const [row, met] = [one.now.headcounts[0], one.now.persons[0]]
    if (!row || !met) throw new Error('two rows')
    one.write(correctHeads(stream, one.now, row.record, 20))
    one.write(correctPerson(stream, one.now, met.record, { age: 'child' }))
    expect(reachedAt(one)).toEqual([
      ['person', 'female', 'child', 1],
      ['heads', 'female', 'adult', 20],
    ])
    one.write(markOutreachInError(stream, one.now, met.record, true))
    expect(reachedAt(one)).toEqual([['heads', 'female', 'adult', 20]])
  })

  it('claims the smaller of two headcounts until somebody settles them, and an unsettled setting is counted as that', () => {
    const one = session(heads('female', 'adult', 30))
    const row = one.now.headcounts[0]?.record ?? one.now.opening
    one.apart(correctHeads(stream, one.now, row, 28), correctHeads(stream, one.now, row, 35))
    expect(reachedAt(one)).toEqual([['heads', 'female', 'adult', 28]])
    one.apart(describeOutreach(stream, one.now, 'school'), describeOutreach(stream, one.now, 'transit'))
    expect(one.now.conflicts.map(({ field }) => field).sort()).toEqual(['heads', 'setting'])
    expect(contributionsOfOutreach(one.state).map(({ dimensions }) => dimensions.setting)).toEqual([
      'unsettled',
      'unsettled',
    ])
    one.write(correctHeads(stream, one.now, row, 28))
    expect(one.now.conflicts.map(({ field }) => field)).toEqual(['setting'])
  })
})

describe('a sample', () => {
  const taken = { ...where, question: 'rights', asked: 40, moreAware: 31, askedOn: today } as const
  const sample = (): OneStream<Sample> => new OneStream(projectSample, takeSample(taken, today))
  const answers = (one: OneStream<Sample>) =>
    contributionsOfSample(one.state).map(({ dimensions, amount, person: who }) => [dimensions.answer, amount, who])

  it('is refused where nobody was asked, more knew more than were asked, or it was not taken yet', () => {
    expect(codeOf(takeSample({ ...taken, asked: 0, moreAware: 0 }, today))).toBe('awareness.nobody-asked')
    expect(codeOf(takeSample({ ...taken, asked: Number.NaN }, today))).toBe('awareness.nobody-asked')
    expect(codeOf(takeSample({ ...taken, moreAware: 41 }, today))).toBe('awareness.more-than-asked')
    expect(codeOf(takeSample({ ...taken, askedOn: tomorrow }, today))).toBe('awareness.not-happened-yet')
    expect(codeOf(correctSample(stream, sample().now, taken))).toBe('awareness.nothing-changed')
    expect(codeOf(correctSample(stream, sample().now, { ...taken, asked: 30 }))).toBe('awareness.more-than-asked')
  })

  it('counts those asked and nobody else, follows its correction, and is gone where it never was', () => {
    const one = sample()
    expect(answers(one)).toEqual([
      ['more-aware', 31, null],
      ['not-more-aware', 9, null],
    ])
    one.write(correctSample(stream, one.now, { ...taken, asked: 50 }))
    expect(answers(one)).toEqual([
      ['more-aware', 31, null],
      ['not-more-aware', 19, null],
    ])
    one.write(markSampleInError(stream, one.now, true))
    expect(answers(one)).toEqual([])
  })

  it('claims the fewest out of the most where two corrections stand beside each other', () => {
    const one = sample()
    one.apart(
      correctSample(stream, one.now, { ...taken, asked: 50, moreAware: 35 }),
      correctSample(stream, one.now, { ...taken, question: 'services', moreAware: 29 }),
    )
    expect(one.now).toMatchObject({ asked: 50, moreAware: 29, question: undefined })
    expect(contributionsOfSample(one.state)[0]?.dimensions.question).toBe('unsettled')
  })
})

describe('reach', () => {
  const shownOn = CivilDate.parse('2026-03-01')
  const shown = { ...where, channel: 'video', title: 'A video (invented)', shownOn } as const
  const work = (): OneStream<Work> => new OneStream(projectWork, showWork(shown, today))
  const told = { unit: 'views', amount: 300_000, qualifier: 'at-least', source: 'platform' } as const
  const june = { ...told, asOf: CivilDate.parse('2026-06-30') }
  const reached = (one: OneStream<Work>) =>
    contributionsOfReach(one.state)
      .filter(({ fact }) => fact !== awarenessFacts.shown)
      .map(({ fact, amount, dimensions }) => [fact, amount, dimensions.qualifier])

  it('is refused without a title, before it was shown, for nobody, or running backwards', () => {
    expect(codeOf(showWork({ ...shown, title: ' ' }, today))).toBe('awareness.no-title')
    expect(codeOf(showWork({ ...shown, shownOn: tomorrow }, today))).toBe('awareness.not-happened-yet')
    const one = work()
    const state = (change: { readonly asOf?: CivilDate; readonly amount?: number }) =>
      codeOf(stateReach(stream, one.now, { ...june, ...change }, today))
    expect(state({ asOf: tomorrow })).toBe('awareness.not-happened-yet')
    expect(state({ asOf: CivilDate.parse('2026-02-01') })).toBe('awareness.before-shown')
    expect(state({ amount: 0 })).toBe('awareness.no-reach')
    one.write(stateReach(stream, one.now, june, today))
    expect(state({ asOf: today, amount: 200_000 })).toBe('awareness.less-than-before')
    expect(codeOf(describeWork(stream, one.now, {}))).toBe('awareness.nothing-changed')
    expect(codeOf(describeWork(stream, one.now, { title: '' }))).toBe('awareness.no-title')
    const row = one.now.statements[0]?.record ?? one.now.opening
    expect(codeOf(correctReach(stream, one.now, row, told))).toBe('awareness.nothing-changed')
    expect(codeOf(correctReach(stream, one.now, one.now.opening, told))).toBe('awareness.no-such-row')
    one.write(markReachInError(stream, one.now, one.now.opening, true))
    expect(state({ asOf: today })).toBe('awareness.work-in-error')
  })

  it('is of a work that was shown, once, whether its reach was told or not', () => {
    const one = work()
    expect(contributionsOfReach(one.state)).toMatchObject([
      { fact: awarenessFacts.shown, on: shownOn, dimensions: { channel: 'video' }, amount: 1 },
    ])
    one.write(describeWork(stream, one.now, { channel: 'page' }))
    expect(contributionsOfReach(one.state)).toMatchObject([{ dimensions: { channel: 'page' } }])
    one.write(markReachInError(stream, one.now, one.now.opening, true))
    expect(contributionsOfReach(one.state)).toEqual([])
  })

  it('counts the latest statement of each unit, and no unit with another', () => {
    const one = work()
    one.write(stateReach(stream, one.now, june, today))
    one.write(stateReach(stream, one.now, { ...june, unit: 'people-claimed', amount: 90_000 }, today))
    one.write(stateReach(stream, one.now, { ...june, asOf: today, amount: 400_000, qualifier: 'about' }, today))
    expect(reached(one)).toEqual([
      [awarenessFacts.views, 400_000, 'about'],
      [awarenessFacts.claimed, 90_000, 'at-least'],
    ])
    const latest = one.now.statements[0]?.record ?? one.now.opening
    one.write(correctReach(stream, one.now, latest, { ...told, amount: 410_000 }))
    expect(reached(one)[0]).toEqual([awarenessFacts.views, 410_000, 'at-least'])
    one.write(markReachInError(stream, one.now, latest, true))
    expect(reached(one)[0]).toEqual([awarenessFacts.views, 300_000, 'at-least'])
  })

  it('claims the smaller of two amounts that stand beside each other', () => {
    const one = work()
    one.write(stateReach(stream, one.now, june, today))
    const row = one.now.statements[0]?.record ?? one.now.opening
    one.apart(
      correctReach(stream, one.now, row, { ...told, amount: 310_000 }),
      correctReach(stream, one.now, row, { ...told, amount: 290_000, qualifier: 'exact' }),
    )
    expect(reached(one)).toEqual([[awarenessFacts.views, 290_000, 'unsettled']])
  })
})

describe('the code of a person', () => {
  it('is found however it is typed from the card', () => {
    const code = cardCode(person(1))
    expect(code).toMatch(/^[2-9A-HJ-KMNP-Z]{4}-[2-9A-HJ-KMNP-Z]{4}$/)
    expect(plainCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(plainCode(code))
  })
})
