import { describe, expect, it } from 'vitest'
import { gatherKinds } from '../../log/kind.ts'
import { ensureBegun, WrittenStream } from '../../log/testing/written-stream.ts'
import { CivilDate } from '../../shared/dates.ts'
import { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import {
  describeRequest,
  describeWebinar,
  holdWebinar,
  markRequestInError,
  markWebinarInError,
  requestSelfCare,
  type SaidOfRequest,
  type SaidOfWebinar,
} from './capture.ts'
import { selfCareKinds, selfCareWebinarHeld } from './entries.ts'
import { projectRequest, projectWebinar, type SelfCareRequest, type SelfCareWebinar } from './project.ts'
import { contributionsOfRequest, contributionsOfWebinar, selfCareFacts } from './tally.ts'
import type { AttendanceCounts } from './words.ts'

const kinds = gatherKinds(selfCareKinds)
const today = CivilDate.parse('2026-11-24')
const tomorrow = CivilDate.parse('2026-11-25')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const organisation = OrganisationId.parse(id(2))
const asked = {
  country: 'KH',
  agency: 'police',
  unit: 'women-and-children-protection',
  topic: 'recovering',
  people: 12,
  askedOn: today,
} as const satisfies SaidOfRequest
const counts = (female: number, male: number, another = 0, unknown = 0): AttendanceCounts => ({
  female,
  male,
  another,
  unknown,
})
const held: SaidOfWebinar = {
  topic: 'recovering',
  heldOn: today,
  minutes: 60,
  attendance: counts(14, 9),
  answers: [],
}
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

/** One stream as a device has it. */
class One extends WrittenStream {
  constructor() {
    super(kinds)
  }

  get request(): SelfCareRequest {
    return ensureBegun(projectRequest(this.state))
  }

  get webinar(): SelfCareWebinar {
    return ensureBegun(projectWebinar(this.state))
  }

  get counted() {
    return contributionsOfWebinar(this.state)
      .filter(({ fact }) => fact === selfCareFacts.attended)
      .map(({ dimensions: { topic, sex }, amount, person }) => [topic, sex, amount, person])
  }
}

function heldWith(attendance: AttendanceCounts): One {
  const one = new One()
  one.write(holdWebinar(stream, organisation, { ...held, attendance }, new Map(), today))
  return one
}

function requested(): One {
  const one = new One()
  one.write(requestSelfCare(stream, organisation, asked, today))
  return one
}

describe('what is refused, by name', () => {
  it('a request of nobody, of part of a person, or of tomorrow', () => {
    const ask = (change: Partial<SaidOfRequest>) =>
      codeOf(requestSelfCare(stream, organisation, { ...asked, ...change }, today))
    expect(ask({ people: 0 })).toBe('training.nobody-asked')
    expect(ask({ people: 1.5 })).toBe('training.not-a-count')
    expect(ask({ people: Number.NaN })).toBe('training.not-a-count')
    expect(ask({ askedOn: tomorrow })).toBe('training.asked-in-the-future')
    expect(ask({ askedOn: CivilDate.parse('2026-11') })).toBe('training.not-a-day')
    expect(codeOf(describeRequest(stream, {}, today))).toBe('training.nothing-changed')
    expect(codeOf(describeRequest(stream, { people: 0 }, today))).toBe('training.nobody-asked')
  })

  it('a webinar that nobody attended, that is still to come, or of no webinar’s length', () => {
    const hold = (change: Partial<SaidOfWebinar>) =>
      codeOf(holdWebinar(stream, organisation, { ...held, ...change }, new Map(), today))
    expect(hold({ attendance: counts(0, 0) })).toBe('training.nobody-attended')
    expect(hold({ attendance: counts(-1, 4) })).toBe('training.not-a-count')
    expect(hold({ heldOn: tomorrow })).toBe('training.webinar-in-the-future')
    expect(hold({ heldOn: CivilDate.parse('2026') })).toBe('training.not-a-day')
    expect(hold({ minutes: 5 })).toBe('training.webinar-length')
    expect(hold({ minutes: 481 })).toBe('training.webinar-length')
    expect(hold({})).toBeUndefined()
  })

  it('a webinar that answers what was asked after it, and a correction that changes nothing', () => {
    const requests = new Map([[stream, requested().request]])
    const heldOn = CivilDate.parse('2026-11-01')
    const answers = { ...held, heldOn, answers: [stream] }
    expect(codeOf(holdWebinar(stream, organisation, answers, requests, today))).toBe('training.request-after-webinar')
    const one = heldWith(counts(14, 9))
    const correct = (change: Partial<SaidOfWebinar>) =>
      codeOf(describeWebinar(stream, one.webinar, change, requests, today))
    expect(correct({})).toBe('training.nothing-changed')
    expect(correct({ answers: [stream] })).toBeUndefined()
    expect(correct({ answers: [stream], heldOn })).toBe('training.request-after-webinar')
    expect(correct({ attendance: counts(0, 0) })).toBe('training.nobody-attended')
  })

  it('a name: no kind of entry has a field that could hold one', () => {
    const { coded } = selfCareWebinarHeld
    const { answers, attendance, ...said } = held
    const entry = { organisation, ...said, attendance: { ...attendance }, answers: [...answers] }
    expect(coded.safeParse(entry).success).toBe(true)
    expect(coded.safeParse({ ...entry, names: 'invented' }).success).toBe(false)
    expect(coded.safeParse({ ...entry, attendance: { ...attendance, names: 'invented' } }).success).toBe(false)
    expect(selfCareKinds.every(({ sealed }) => sealed.length === 0)).toBe(true)
  })
})

describe('what self-care contributes', () => {
  it('is a request once, by topic, and follows its correction', () => {
    const one = requested()
    const topics = () => contributionsOfRequest(one.state).map(({ dimensions }) => dimensions)
    expect(topics()).toEqual([{ topic: 'recovering' }])
    one.write(describeRequest(stream, { topic: 'what-leaders-owe', people: 14 }, today))
    expect(one.request.people).toBe(14)
    expect(topics()).toEqual([{ topic: 'what-leaders-owe' }])
    one.write(markRequestInError(stream, one.request, true, today))
    expect(topics()).toEqual([])
  })

  it('is attendances and never persons, and the sexes only where every group is of five or more', () => {
    const split = (female: number, male: number, another = 0, unknown = 0) =>
      heldWith(counts(female, male, another, unknown)).counted
    expect(split(14, 9)).toEqual([
      ['recovering', 'female', 14, null],
      ['recovering', 'male', 9, null],
    ])
    expect(split(14, 9, 5, 6)).toHaveLength(4)
    const undivided = (total: number) => [['recovering', 'not-split', total, null]]
    expect(split(14, 4)).toEqual(undivided(18))
    expect(split(14, 0)).toEqual(undivided(14))
    expect(split(14, 9, 1)).toEqual(undivided(24))
    expect(split(14, 9, 0, 4)).toEqual(undivided(27))
    expect(split(3, 2)).toEqual(undivided(5))
  })

  it('of fewer than five is a webinar that was held, and no attendance that others could read', () => {
    const one = heldWith(counts(2, 2))
    expect(contributionsOfWebinar(one.state).map(({ fact }) => fact)).toEqual([selfCareFacts.held])
    one.write(describeWebinar(stream, one.webinar, { attendance: counts(3, 2) }, new Map(), today))
    expect(one.counted).toEqual([['recovering', 'not-split', 5, null]])
    one.write(markWebinarInError(stream, one.webinar, true, today))
    expect(contributionsOfWebinar(one.state)).toEqual([])
    one.write(markWebinarInError(stream, one.webinar, false, today))
    expect(one.counted).toHaveLength(1)
  })

  it('is unsettled, and counted as what both allow, where two people counted apart', () => {
    const one = heldWith(counts(14, 9))
    const { heads } = one.state
    const said = [counts(15, 9), counts(14, 8)].map((attendance) =>
      describeWebinar(stream, one.webinar, { attendance }, new Map(), today),
    )
    for (const decided of said) one.write(decided, heads)
    expect(one.webinar.conflicts.map(({ field }) => field)).toEqual(['attendance'])
    expect(one.counted).toEqual([['recovering', 'unsettled', 22, null]])
    one.write(
      describeWebinar(stream, one.webinar, { attendance: counts(15, 9), topic: 'recovering' }, new Map(), today),
    )
    expect(one.counted).toHaveLength(2)
  })
})
