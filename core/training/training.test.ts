import { describe, expect, it } from 'vitest'
import { gatherKinds } from '../log/kind.ts'
import { ensureBegun, WrittenStream } from '../log/testing/written-stream.ts'
import { CivilDate } from '../shared/dates.ts'
import { OrganisationId, PersonKey, StreamId } from '../shared/ids.ts'
import { officerCode, plainCode } from '../shared/person-codes.ts'
import type { Decision } from '../shared/refusals.ts'
import { correctAttendance, describeSession, holdSession, markInError, recordAttendance } from './capture.ts'
import { trainingKinds } from './entries.ts'
import { projectSession, type TrainingSession } from './project.ts'
import { contributionsOfSession, trainingFacts } from './tally.ts'
import { longestSheet } from './words.ts'

const kinds = gatherKinds(trainingKinds)
const today = CivilDate.parse('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const organisation = OrganisationId.parse(id(2))
const officer = (n: number): PersonKey => PersonKey.parse(id(100 + n))
const held = { stream, organisation, country: 'KH', modules: ['see'], heldOn: today } as const
const row = (n: number) => ({ officer: officer(n), sex: 'female', agency: 'police' }) as const

/** A session as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class OneSession extends WrittenStream {
  constructor() {
    super(kinds)
  }

  get session(): TrainingSession {
    return ensureBegun(projectSession(this.state))
  }
}

function begun(rows: number): OneSession {
  const one = new OneSession()
  one.write(holdSession(held, today))
  if (rows > 0)
    one.write(
      recordAttendance(
        stream,
        one.session,
        Array.from({ length: rows }, (_, n) => row(n)),
        'paper',
      ),
    )
  return one
}

const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)
const attended = (one: OneSession) =>
  contributionsOfSession(one.state).filter(({ fact }) => fact === trainingFacts.attended)

describe('what is refused, by name', () => {
  it('a session without a module, or before it was held', () => {
    expect(codeOf(holdSession({ ...held, modules: [] }, today))).toBe('training.no-module')
    const tomorrow = CivilDate.parse('2026-11-25')
    expect(codeOf(holdSession({ ...held, heldOn: tomorrow }, today))).toBe('training.not-held-yet')
  })

  it('a sheet that is empty, too long, or names one officer twice', () => {
    const { session } = begun(2)
    const sheet = (rows: readonly ReturnType<typeof row>[]) => codeOf(recordAttendance(stream, session, rows, 'paper'))
    expect(sheet([])).toBe('training.empty-sheet')
    expect(sheet(Array.from({ length: longestSheet + 1 }, (_, n) => row(n + 10)))).toBe('training.sheet-too-long')
    expect(sheet([row(7), row(7)])).toBe('training.officer-twice')
    expect(sheet([row(1)])).toBe('training.officer-twice')
    expect(sheet([row(7)])).toBeUndefined()
  })

  it('a correction that changes nothing, of a row that is not there, or into an officer who is there already', () => {
    const { session } = begun(2)
    const [first, second] = session.attendance
    if (!first || !second) throw new Error('two rows')
    expect(codeOf(correctAttendance(stream, session, first.record, {}))).toBe('training.nothing-changed')
    expect(codeOf(correctAttendance(stream, session, session.opening, { sex: 'male' }))).toBe('training.no-such-row')
    const same = correctAttendance(stream, session, first.record, { officer: officer(1) })
    expect(codeOf(same)).toBe('training.officer-twice')
    expect(codeOf(describeSession(stream, session, {}))).toBe('training.nothing-changed')
    expect(codeOf(describeSession(stream, session, { modules: [] }))).toBe('training.no-module')
  })
})

describe('what a session contributes', () => {
  it('is itself once, each of its modules, and each officer once', () => {
    const one = begun(3)
    one.write(describeSession(stream, one.session, { modules: ['see', 'meet'] }))
    const facts = contributionsOfSession(one.state).map(({ fact, dimensions }) => [fact, dimensions.module ?? ''])
    expect(facts).toEqual([
      [trainingFacts.held, ''],
      [trainingFacts.taught, 'see'],
      [trainingFacts.taught, 'meet'],
      [trainingFacts.attended, ''],
      [trainingFacts.attended, ''],
      [trainingFacts.attended, ''],
    ])
    expect(new Set(attended(one).map(({ person }) => person)).size).toBe(3)
  })

  it('follows a correction, and a row or a session that never was is counted no more until that is taken back', () => {
    const one = begun(2)
    const [first] = one.session.attendance
    if (!first) throw new Error('a row')
    one.write(correctAttendance(stream, one.session, first.record, { sex: 'male', agency: 'customs' }))
    expect(attended(one).map(({ dimensions }) => [dimensions.sex, dimensions.agency])).toEqual([
      ['male', 'customs'],
      ['female', 'police'],
    ])
    one.write(markInError(stream, one.session, first.record, true))
    expect(attended(one)).toHaveLength(1)
    one.write(markInError(stream, one.session, first.record, false))
    expect(attended(one)).toHaveLength(2)
    one.write(markInError(stream, one.session, one.session.opening, true))
    expect(contributionsOfSession(one.state)).toEqual([])
    expect(codeOf(recordAttendance(stream, one.session, [row(9)], 'paper'))).toBe('training.session-in-error')
  })

  it('is unsettled, and counted still, where two trainers gave two answers apart', () => {
    const one = begun(1)
    const [first] = one.session.attendance
    if (!first) throw new Error('a row')
    const before = one.entries.length
    const heads = one.state.heads
    one.write(correctAttendance(stream, one.session, first.record, { sex: 'male' }))
    one.write(correctAttendance(stream, begun(1).session, first.record, { sex: 'another' }))
    // The second knew nothing of the first.
    one.entries = one.entries.map((entry, i) => (i === before + 1 ? { ...entry, parents: [...heads] } : entry))
    expect(one.session.conflicts.map(({ field }) => field)).toEqual(['sex'])
    expect(attended(one).map(({ dimensions }) => dimensions.sex)).toEqual(['unsettled'])
  })
})

describe('the code of an officer', () => {
  it('is the same everywhere, and found however it is typed from the paper', () => {
    const code = officerCode(officer(1))
    expect(code).toMatch(/^[2-9A-HJ-KMNP-Z]{3}-[2-9A-HJ-KMNP-Z]{3}$/)
    expect(plainCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(plainCode(code))
  })
})
