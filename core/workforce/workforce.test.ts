import { describe, expect, it } from 'vitest'
import type { Draft } from '../log/draft.ts'
import type { StreamState } from '../log/fold.ts'
import { gatherKinds } from '../log/kind.ts'
import { ensureBegun, WrittenStream } from '../log/testing/written-stream.ts'
import { CivilDate } from '../shared/dates.ts'
import { EntryId, OrganisationId, StreamId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import {
  correctRank,
  describeHeadcount,
  describeRecommendation,
  describeReform,
  makeRecommendation,
  makeReform,
  markHeadcountInError,
  markRecommendationInError,
  markReformInError,
  nextStatuses,
  setStatus,
  takeHeadcount,
} from './capture.ts'
import { workforceKinds } from './entries.ts'
import { projectHeadcount, projectRecommendation, projectReform, type Recommendation } from './project.ts'
import { contributionsOfHeadcount, contributionsOfRecommendation, contributionsOfReform } from './tally.ts'
import { longestLine, longestText, mostCounted, Status } from './words.ts'

const kinds = gatherKinds(workforceKinds)
const today = CivilDate.parse('2026-11-24')
const tomorrow = CivilDate.parse('2026-11-25')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const organisation = OrganisationId.parse(id(2))
const nowhere = EntryId.parse(id(99))

const headcount = {
  stream,
  organisation,
  on: today,
  country: 'KH',
  agency: 'police',
  unit: 'all',
  place: 'national',
  counted: 'sworn',
  trust: 'records',
  source: 'Personnel table, page 3 (invented)',
  rows: [
    { rank: 'command', women: 6, men: 94, unrecorded: 0 },
    { rank: 'line', women: 90, men: 900, unrecorded: 10 },
  ],
} as const
const recommendation = {
  stream,
  organisation,
  on: CivilDate.parse('2026-01-15'),
  number: 1,
  text: 'Invented for the test.',
  origin: 'own',
  source: 'A test',
} as const
const reform = {
  stream,
  organisation,
  on: CivilDate.parse('2026-03'),
  country: 'KH',
  what: 'Invented for the test.',
  concern: 'access',
  sphere: 'law',
  evidence: 'Order 12 (invented)',
  recommendations: [],
} as const

const nothingFollowed = new Map<StreamId, Recommendation>()

/** A record as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class OneStream<T> extends WrittenStream {
  readonly project: (state: StreamState) => T | undefined

  constructor(project: (state: StreamState) => T | undefined, opened: Decision<Draft[]>) {
    super(kinds)
    this.project = project
    this.write(opened)
  }

  get now(): T {
    return ensureBegun(this.project(this.state))
  }
}

const counted = () => new OneStream(projectHeadcount, takeHeadcount(headcount, today))
const other = StreamId.parse('00000000-0000-4000-8000-000000000077')
const recommended = () =>
  new OneStream(projectRecommendation, makeRecommendation(recommendation, nothingFollowed, today))
const reformed = () => new OneStream(projectReform, makeReform(reform, nothingFollowed, today))
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)
const amounts = (state: StreamState) =>
  contributionsOfHeadcount(state).map(({ dimensions: { rank, sex }, amount }) => `${rank} ${sex} ${amount}`)

describe('a headcount of a kind of unit', () => {
  it('contributes to no figure, also while two answers stand for which it is; of all units it does', () => {
    const of = (unit: 'patrol' | 'all') => new OneStream(projectHeadcount, takeHeadcount({ ...headcount, unit }, today))
    expect(amounts(of('patrol').state)).toEqual([])
    const all = of('all')
    expect(amounts(all.state).length).toBeGreaterThan(0)
    const apart = all.state.heads
    all.write(describeHeadcount(stream, all.now, { unit: 'patrol' }), apart)
    all.write(describeHeadcount(stream, all.now, { unit: 'training' }), apart)
    expect([all.now.unit, amounts(all.state)]).toEqual([undefined, []])
  })

  it('of before there were kinds is of all of them', () => {
    const before = counted()
    before.entries = before.entries.map((entry) => {
      const { unit: _, ...coded } = entry.coded
      return entry.kind === 'workforce.headcount-taken' ? { ...entry, version: 1, coded } : entry
    })
    expect([before.now.unit, amounts(before.state)]).toEqual(['all', amounts(counted().state)])
  })
})

describe('what is refused of a headcount, by name', () => {
  it('one of tomorrow, without a source, of nobody, of one rank twice, or with a number that is none', () => {
    const take = (change: object) => codeOf(takeHeadcount({ ...headcount, ...change }, today))
    const row = { rank: 'line', women: 1, men: 1, unrecorded: 0 } as const
    expect(take({ on: tomorrow })).toBe('workforce.not-yet')
    expect(take({ source: '  ' })).toBe('workforce.no-source')
    expect(take({ source: 'x'.repeat(longestLine + 1) })).toBe('workforce.text-too-long')
    expect(take({ rows: [] })).toBe('workforce.empty-headcount')
    expect(take({ rows: [{ ...row, women: 0, men: 0 }] })).toBe('workforce.empty-headcount')
    expect(take({ rows: [row, row] })).toBe('workforce.rank-twice')
    for (const women of [-1, 0.5, Number.NaN, mostCounted + 1])
      expect(take({ rows: [{ ...row, women }] })).toBe('workforce.not-a-count')
    expect(take({})).toBeUndefined()
  })

  it('a correction that changes nothing, of a rank that is not there, or until nobody is left', () => {
    const { now } = counted()
    const [first] = now.rows
    if (!first) throw new Error('a rank')
    expect(codeOf(describeHeadcount(stream, now, {}))).toBe('workforce.nothing-changed')
    expect(codeOf(describeHeadcount(stream, now, { source: ' ' }))).toBe('workforce.no-source')
    expect(codeOf(correctRank(stream, now, first.record, {}))).toBe('workforce.nothing-changed')
    expect(codeOf(correctRank(stream, now, nowhere, { women: 1 }))).toBe('workforce.no-such-row')
    expect(codeOf(correctRank(stream, now, first.record, { women: -1 }))).toBe('workforce.not-a-count')
    expect(codeOf(markHeadcountInError(stream, now, nowhere, true))).toBe('workforce.no-such-row')
    const alone = new OneStream(
      projectHeadcount,
      takeHeadcount({ ...headcount, rows: [{ rank: 'line', women: 1, men: 0, unrecorded: 0 }] }, today),
    )
    const [only] = alone.now.rows
    expect(only && codeOf(correctRank(stream, alone.now, only.record, { women: 0 }))).toBe('workforce.empty-headcount')
  })
})

describe('what a headcount contributes', () => {
  it('is each rank by sex, with its day and its source; that there is no woman is an answer', () => {
    const one = counted()
    expect(amounts(one.state)).toEqual([
      'command female 6',
      'command male 94',
      'line female 90',
      'line male 900',
      'line unknown 10',
    ])
    const [first] = one.now.rows
    if (!first) throw new Error('a rank')
    one.write(correctRank(stream, one.now, first.record, { women: 0 }))
    expect(amounts(one.state)[0]).toBe('command female 0')
    const [contribution] = contributionsOfHeadcount(one.state)
    expect(contribution?.dimensions).toMatchObject({ on: today, source: one.now.opening, place: 'national' })
  })

  it('follows a correction; a rank, or all of it, that never was is counted no more until that is taken back', () => {
    const one = counted()
    const [first] = one.now.rows
    if (!first) throw new Error('a rank')
    one.write(describeHeadcount(stream, one.now, { place: 'border-crossing' }))
    expect(contributionsOfHeadcount(one.state)[0]?.dimensions.place).toBe('border-crossing')
    one.write(markHeadcountInError(stream, one.now, first.record, true))
    expect(amounts(one.state)).toHaveLength(3)
    one.write(markHeadcountInError(stream, one.now, one.now.opening, true))
    expect(amounts(one.state)).toEqual([])
    one.write(markHeadcountInError(stream, one.now, one.now.opening, false))
    expect(amounts(one.state)).toHaveLength(3)
  })

  it('is two sources where two numbers stand beside each other, and unsettled where two answers do', () => {
    const one = counted()
    const [first] = one.now.rows
    const { heads } = one.state
    if (!first) throw new Error('a rank')
    const asItWas = one.now
    one.write(correctRank(stream, asItWas, first.record, { women: 8 }))
    one.write(correctRank(stream, asItWas, first.record, { women: 16 }), heads)
    one.write(describeHeadcount(stream, asItWas, { trust: 'official' }), heads)
    one.write(describeHeadcount(stream, asItWas, { trust: 'reported' }), heads)
    expect(one.now.rows[0]?.women).toEqual({ low: 8, high: 16 })
    expect(one.now.conflicts.map(({ field }) => field).sort()).toEqual(['trust', 'women'])
    const all = contributionsOfHeadcount(one.state)
    expect(new Set(all.map(({ dimensions }) => dimensions.trust))).toEqual(new Set(['unsettled']))
    expect(all.filter(({ dimensions }) => dimensions.sex === 'female').map(({ amount }) => amount)).toEqual([
      8, 90, 16, 90,
    ])
    expect(new Set(all.map(({ record }) => record)).size).toBe(all.length)
    one.write(correctRank(stream, one.now, first.record, { women: 8 }))
    expect(contributionsOfHeadcount(one.state)).toHaveLength(5)
  })
})

describe('a recommendation', () => {
  it('is refused without number, text or source, or of tomorrow', () => {
    const make = (change: object) =>
      codeOf(makeRecommendation({ ...recommendation, ...change }, nothingFollowed, today))
    expect(make({ origin: 'not-said' })).toBe('workforce.no-origin')
    expect(make({ on: tomorrow })).toBe('workforce.not-yet')
    expect(make({ number: 0 })).toBe('workforce.no-number')
    expect(make({ text: ' ' })).toBe('workforce.no-text')
    expect(make({ text: 'x'.repeat(longestText + 1) })).toBe('workforce.text-too-long')
    expect(make({ source: '' })).toBe('workforce.no-source')
    const { now } = recommended()
    expect(codeOf(describeRecommendation(stream, now, {}, nothingFollowed))).toBe('workforce.nothing-changed')
    expect(codeOf(describeRecommendation(stream, now, { number: 1000 }, nothingFollowed))).toBe('workforce.no-number')
  })

  it('has a number of its own among those of its source, but for one that never was', () => {
    const one = recommended()
    const others = new Map([[other, one.now]])
    const make = (change: object) => codeOf(makeRecommendation({ ...recommendation, ...change }, others, today))
    expect(make({})).toBe('workforce.number-twice')
    expect(make({ source: ` ${recommendation.source.toUpperCase()}` })).toBe('workforce.number-twice')
    expect(make({ source: 'Another report (invented)' })).toBeUndefined()
    expect(make({ number: recommendation.number + 1 })).toBeUndefined()
    const next = { ...one.now, number: recommendation.number + 1 }
    const renumber = { number: recommendation.number }
    expect(codeOf(describeRecommendation(stream, next, renumber, others))).toBe('workforce.number-twice')
    expect(codeOf(describeRecommendation(other, next, renumber, others))).toBeUndefined()
    one.write(markRecommendationInError(stream, one.now, one.now.opening, true))
    expect(codeOf(makeRecommendation(recommendation, new Map([[other, one.now]]), today))).toBeUndefined()
  })

  it('is accepted no day before it was made', () => {
    const one = recommended()
    const before = { status: 'accepted', on: CivilDate.parse('2019-12-31') } as const
    expect(codeOf(setStatus(stream, one.now, before, today))).toBe('workforce.before-last-status')
  })

  it('takes no step that does not follow, none before its last, none of tomorrow, and none once it never was', () => {
    const one = recommended()
    const set = (status: Status, on = today) => codeOf(setStatus(stream, one.now, { status, on }, today))
    expect(set('adopted')).toBe('workforce.status-not-next')
    expect(set('accepted', tomorrow)).toBe('workforce.not-yet')
    one.write(setStatus(stream, one.now, { status: 'accepted', on: CivilDate.parse('2026-05') }, today))
    expect(set('in-progress', CivilDate.parse('2026-04-30'))).toBe('workforce.before-last-status')
    expect(set('in-progress')).toBeUndefined()
    expect(codeOf(markRecommendationInError(stream, one.now, nowhere, true))).toBe('workforce.no-such-row')
    one.write(markRecommendationInError(stream, one.now, one.now.opening, true))
    expect(set('in-progress')).toBe('workforce.in-error')
    expect(contributionsOfRecommendation(one.state)).toEqual([])
  })

  it('stands where its last step left it; a step that never was leaves it where it stood', () => {
    const one = recommended()
    const status = () => contributionsOfRecommendation(one.state)[0]?.dimensions.status
    expect(status()).toBe('proposed')
    one.write(setStatus(stream, one.now, { status: 'accepted', on: today, evidence: 'Letter 4 (invented)' }, today))
    const adopted = { status: 'adopted', on: today } as const
    expect(codeOf(setStatus(stream, one.now, adopted, today))).toBe('workforce.adopted-without-evidence')
    one.write(setStatus(stream, one.now, { ...adopted, evidence: 'Order 9 (invented)' }, today))
    expect(status()).toBe('adopted')
    const last = one.now.statuses.at(-1)
    if (!last) throw new Error('a step')
    one.write(markRecommendationInError(stream, one.now, last.record, true))
    expect(status()).toBe('accepted')
    expect(one.now.statuses.map(({ evidence }) => evidence)).toEqual(['Letter 4 (invented)', 'Order 9 (invented)'])
  })

  it('is unsettled, and counted still, where two steps were taken apart; any status then settles it', () => {
    const one = recommended()
    const { heads } = one.state
    const asItWas = one.now
    one.write(setStatus(stream, asItWas, { status: 'accepted', on: today }, today))
    one.write(setStatus(stream, asItWas, { status: 'rejected', on: today }, today), heads)
    expect(one.now.status).toBeUndefined()
    expect(contributionsOfRecommendation(one.state).map(({ dimensions }) => dimensions.status)).toEqual(['unsettled'])
    expect(nextStatuses(one.now)).toEqual(Status.options)
    one.write(setStatus(stream, one.now, { status: 'in-progress', on: today }, today))
    expect(one.now.status).toBe('in-progress')
  })
})

describe('a reform', () => {
  it('is refused without what changed or its evidence, and where it follows what was turned down', () => {
    const make = (change: object, follows?: ReturnType<typeof recommended>['now']) =>
      codeOf(makeReform({ ...reform, ...change }, follows ? new Map([[stream, follows]]) : nothingFollowed, today))
    expect(make({ on: tomorrow })).toBe('workforce.not-yet')
    expect(make({ what: '' })).toBe('workforce.no-text')
    expect(make({ evidence: ' ' })).toBe('workforce.no-evidence')
    const followed = recommended()
    const follows = { recommendations: [stream] }
    expect(make(follows, followed.now)).toBeUndefined()
    expect(make({ ...follows, on: CivilDate.parse('2020') }, followed.now)).toBe('workforce.before-recommendation')
    // Both in one year: which came first is not known.
    expect(make({ ...follows, on: CivilDate.parse(followed.now.on.slice(0, 4)) }, followed.now)).toBeUndefined()
    expect(make(follows)).toBe('workforce.recommendation-rejected')
    followed.write(setStatus(stream, followed.now, { status: 'rejected', on: today }, today))
    expect(make(follows, followed.now)).toBe('workforce.recommendation-rejected')
    expect(codeOf(describeReform(stream, reformed().now, {}, nothingFollowed))).toBe('workforce.nothing-changed')
  })

  it('follows several recommendations, each named once; what an earlier version wrote follows the one it named', () => {
    const known = new Map([stream, other].map((each) => [each, recommended().now]))
    const one = reformed()
    one.write(describeReform(stream, one.now, { recommendations: [other, stream, other] }, known))
    expect(one.now.recommendations).toEqual([other, stream])
    const many = Array.from({ length: 21 }, (_, n) => StreamId.parse(`00000000-0000-4000-8000-0000000001${n + 10}`))
    const all = new Map(many.map((each) => [each, recommended().now]))
    expect(codeOf(describeReform(stream, one.now, { recommendations: many }, all))).toBe('workforce.follows-too-many')
    const { recommendations: _, ...earlier } = reform
    const upcast = kinds.get('workforce.reform-made')?.upcasts?.[2]
    expect(upcast?.({ ...earlier, recommendation: stream })).toMatchObject({ recommendations: [stream] })
    expect(upcast?.({ ...earlier, recommendation: null })).toMatchObject({ recommendations: [] })
  })

  it('is counted once by what it changes and where; a correction moves it, and what never was is not counted', () => {
    const one = reformed()
    one.write(describeReform(stream, one.now, { concern: 'promotion', sphere: 'practice' }, nothingFollowed))
    const [contribution] = contributionsOfReform(one.state)
    expect(contribution?.dimensions).toEqual({ country: 'KH', concern: 'promotion', sphere: 'practice' })
    one.write(markReformInError(stream, one.now, true))
    expect(contributionsOfReform(one.state)).toEqual([])
  })
})
