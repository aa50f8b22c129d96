import { describe, expect, it } from 'vitest'
import type { Draft } from '../../log/draft.ts'
import { Entry } from '../../log/entry.ts'
import { emptyState, fold, type StreamState } from '../../log/fold.ts'
import { gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { KeyId, OrganisationId, PersonKey, StreamId, TeamId } from '../../shared/ids.ts'
import { ofUnits } from '../../shared/money.ts'
import type { Decision } from '../../shared/refusals.ts'
import {
  attendCourse,
  correctRecord,
  describeParticipant,
  followUp,
  giveGrant,
  markInError,
  registerParticipant,
} from './capture.ts'
import { livelihoodsKinds } from './entries.ts'
import { type Participant, projectParticipant } from './project.ts'
import { contributionsOfParticipant, livelihoodsFacts } from './tally.ts'

const kinds = gatherKinds(livelihoodsKinds)
const moment = { today: CivilDate.parse('2026-11-24'), at: '2026-11-24T09:00:00Z' }
const [now, before, ahead] = ['2026-Q4', '2026-Q3', '2027-Q1'].map((each) => CivilDate.parse(each))
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const registered = {
  stream,
  organisation: OrganisationId.parse(id(2)),
  team: TeamId.parse(id(3)),
  person: PersonKey.parse(id(4)),
  caseKey: KeyId.parse(id(5)),
  personKey: KeyId.parse(id(6)),
  country: 'KH',
  sex: 'female',
  age: 'adult',
  consentCounting: 'given',
  name: 'Rumduol (invented)',
  safeContact: '',
} as const

/** A participant as a device has her: each command decided on what stands, its drafts made entries that know their parents. */
class One {
  entries: Entry[] = []

  constructor(changed: Partial<Parameters<typeof registerParticipant>[0]> = {}) {
    this.write(registerParticipant({ ...registered, ...changed }, moment))
  }

  get state(): StreamState {
    return this.entries.length === 0 ? emptyState : fold(kinds, this.entries)
  }

  get her(): Participant {
    const participant = projectParticipant(this.state)
    if (!participant) throw new Error('nobody yet')
    return participant
  }

  write(decided: Decision<Draft[]>): void {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const { kind, version, on, coded, opened } of decided.value)
      this.entries.push(
        Entry.parse({
          v: 1,
          id: id(100 + this.entries.length),
          programme: id(7),
          stream,
          parents: this.state.heads,
          kind,
          version,
          on,
          coded,
          sealed: Object.fromEntries(Object.keys(opened).map((field) => [field, 'eA'])),
          author: id(8),
          device: id(9),
          at: null,
          prev: null,
        }),
      )
  }

  counted(fact: string) {
    return contributionsOfParticipant(this.state).filter((each) => each.fact === fact)
  }
}

const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)
const marketing = { course: 'marketing', quarter: now } as const
const grant = { grant: 'in-cash', amount: ofUnits('KHR', 400_000), what: '', quarter: now } as const

describe('what is refused, by name', () => {
  it('nobody is registered without a name, or without being asked whether she may be counted', () => {
    expect(codeOf(registerParticipant({ ...registered, name: ' ' }, moment))).toBe('livelihoods.no-name')
    expect(codeOf(registerParticipant({ ...registered, consentCounting: undefined }, moment))).toBe(
      'livelihoods.counting-not-asked',
    )
  })

  it('a grant without an amount or a kind; anything without its quarter, or in one that has not begun', () => {
    const { her } = new One()
    expect(codeOf(giveGrant(stream, her, { ...grant, amount: undefined }, moment))).toBe(
      'livelihoods.grant-without-amount',
    )
    expect(codeOf(giveGrant(stream, her, { ...grant, grant: undefined }, moment))).toBe('livelihoods.no-grant-kind')
    expect(codeOf(giveGrant(stream, her, { ...grant, quarter: undefined }, moment))).toBe('livelihoods.no-quarter')
    expect(codeOf(attendCourse(stream, her, { ...marketing, quarter: ahead }, moment))).toBe('livelihoods.not-yet')
    expect(codeOf(attendCourse(stream, her, { ...marketing, course: undefined }, moment))).toBe('livelihoods.no-course')
    expect(codeOf(followUp(stream, her, { running: undefined, quarter: now }, moment))).toBe('livelihoods.no-answer')
  })

  it('a course twice in one quarter, also by a correction; not in another, nor where the first never was', () => {
    const one = new One()
    one.write(attendCourse(stream, one.her, marketing, moment))
    const [first] = one.her.courses
    if (!first) throw new Error('a course')
    expect(codeOf(attendCourse(stream, one.her, marketing, moment))).toBe('livelihoods.course-twice')
    one.write(attendCourse(stream, one.her, { ...marketing, quarter: before }, moment))
    expect(codeOf(correctRecord(stream, one.her, first.record, { quarter: before as CivilDate }, moment))).toBe(
      'livelihoods.course-twice',
    )
    one.write(markInError(stream, one.her, first.record, true, moment))
    expect(codeOf(attendCourse(stream, one.her, marketing, moment))).toBeUndefined()
  })

  it('a correction of nothing, or of what is not there; and anything more of who was entered in error', () => {
    const one = new One()
    expect(codeOf(describeParticipant(stream, {}, moment))).toBe('livelihoods.nothing-changed')
    expect(codeOf(describeParticipant(stream, { name: '' }, moment))).toBe('livelihoods.no-name')
    expect(codeOf(correctRecord(stream, one.her, one.her.opening, {}, moment))).toBe('livelihoods.no-such-record')
    one.write(giveGrant(stream, one.her, grant, moment))
    const [given] = one.her.grants
    if (!given) throw new Error('a grant')
    expect(codeOf(correctRecord(stream, one.her, given.record, {}, moment))).toBe('livelihoods.nothing-changed')
    one.write(markInError(stream, one.her, one.her.opening, true, moment))
    expect(codeOf(giveGrant(stream, one.her, grant, moment))).toBe('livelihoods.participant-in-error')
  })
})

describe('what she contributes', () => {
  it('is each course, grant and follow-up under her own key, and follows corrections', () => {
    const one = new One()
    one.write(attendCourse(stream, one.her, marketing, moment))
    one.write(giveGrant(stream, one.her, grant, moment))
    one.write(followUp(stream, one.her, { running: 'yes', quarter: now }, moment))
    const all = contributionsOfParticipant(one.state)
    expect(new Set(all.map(({ person }) => person))).toEqual(new Set([registered.person]))
    expect(all.map(({ fact }) => fact)).toEqual(Object.values(livelihoodsFacts))
    const [course] = one.her.courses
    if (!course) throw new Error('a course')
    one.write(
      correctRecord(
        stream,
        one.her,
        course.record,
        { course: 'vocational-skills', quarter: before as CivilDate },
        moment,
      ),
    )
    expect(one.counted(livelihoodsFacts.trained).map(({ on, dimensions }) => [on, dimensions.course])).toEqual([
      [before, 'vocational-skills'],
    ])
    one.write(markInError(stream, one.her, course.record, true, moment))
    expect(one.counted(livelihoodsFacts.trained)).toEqual([])
    expect(one.counted(livelihoodsFacts.supported)).toHaveLength(1)
  })

  it('is nothing where she refused to be counted, took it back, or was entered in error; and nothing of a man', () => {
    const some = (one: One): number => {
      one.write(attendCourse(stream, one.her, marketing, moment))
      return contributionsOfParticipant(one.state).length
    }
    expect(some(new One({ consentCounting: 'refused' }))).toBe(0)
    expect(some(new One({ sex: 'male' }))).toBe(0)
    const one = new One()
    expect(some(one)).toBe(1)
    one.write(describeParticipant(stream, { consentCounting: 'withdrawn' }, moment))
    expect(contributionsOfParticipant(one.state)).toEqual([])
  })

  it('is unsettled, and counted still, where two answers stand beside each other', () => {
    const one = new One()
    one.write(attendCourse(stream, one.her, marketing, moment))
    const [course] = one.her.courses
    if (!course) throw new Error('a course')
    const { heads } = one.state
    const said = one.her
    one.write(correctRecord(stream, said, course.record, { course: 'vocational-skills' }, moment))
    one.write(correctRecord(stream, said, course.record, { course: 'financial-management' }, moment))
    // The second knew nothing of the first.
    one.entries = one.entries.map((entry, i) =>
      i === one.entries.length - 1 ? { ...entry, parents: [...heads] } : entry,
    )
    expect(one.her.conflicts.map(({ field }) => field)).toEqual(['course'])
    expect(one.counted(livelihoodsFacts.trained).map(({ dimensions }) => dimensions.course)).toEqual(['unsettled'])
  })
})

describe('the day of a grant', () => {
  const grant = { grant: 'in-cash', amount: ofUnits('KHR', 400_000), what: '', quarter: now } as const
  const day = (text: string): CivilDate => CivilDate.parse(text)
  const codeOf = (decided: Decision<unknown>): string => (decided.ok ? 'accepted' : decided.refusal.code)

  it('lies in the quarter it is counted in, has come, and is sealed', () => {
    const one = new One()
    const given = (on: string) => giveGrant(stream, one.her, { ...grant, day: day(on) }, moment)
    expect(codeOf(given('2026-09-30'))).toBe('livelihoods.day-outside-quarter')
    expect(codeOf(given('2026-11'))).toBe('livelihoods.day-outside-quarter')
    expect(codeOf(given('2026-12-01'))).toBe('livelihoods.not-yet')
    const [made] = accepted(given('2026-11-20'))
    expect([made?.on, made?.opened.day, JSON.stringify(made?.coded)]).toEqual([
      '2026-Q4',
      '2026-11-20',
      '{"grant":"in-cash"}',
    ])
    expect(accepted(giveGrant(stream, one.her, grant, moment))[0]?.opened).not.toHaveProperty('day')
  })

  it('is corrected with the quarter, taken back, and asked of nothing else', () => {
    const one = new One()
    one.write(giveGrant(stream, one.her, { ...grant, day: day('2026-11-20') }, moment))
    one.write(attendCourse(stream, one.her, { course: 'marketing', quarter: now }, moment))
    const third = CivilDate.parse('2026-Q3')
    const [given, course] = [one.her.grants[0]?.record, one.her.courses[0]?.record]
    if (!given || !course) throw new Error('both were written')
    const correct = (record: typeof given, change: Parameters<typeof correctRecord>[3]) =>
      correctRecord(stream, one.her, record, change, moment)
    expect(codeOf(correct(given, { day: day('2026-08-01') }))).toBe('livelihoods.day-outside-quarter')
    expect(codeOf(correct(course, { day: day('2026-11-01') }))).toBe('livelihoods.only-of-a-grant')
    expect(accepted(correct(given, { day: day('2026-08-01'), quarter: third }))[0]?.opened.day).toBe('2026-08-01')
    expect(accepted(correct(given, { day: '' }))[0]?.opened.day).toBe('')
  })
})

function accepted(decided: Decision<Draft[]>): Draft[] {
  if (!decided.ok) throw new Error(decided.refusal.code)
  return decided.value
}
