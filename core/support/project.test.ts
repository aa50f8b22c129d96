import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Draft } from '../log/draft.ts'
import { fold, streamRecord } from '../log/fold.ts'
import type { Conflict } from '../log/records.ts'
import { entryOf, randomFrom, shuffled, uuidFrom } from '../log/testing/generators.ts'
import { CivilDate } from '../shared/dates.ts'
import { EntryId, KeyId, type StreamId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import {
  closeCase,
  correctRecord,
  deliverService,
  describeCase,
  type Moment,
  markEnteredInError,
  recordConsent,
  recordNeed,
  reopenCase,
} from './capture.ts'
import { caseOpened } from './entries.ts'
import { type CaseFile, projectCase } from './project.ts'
import {
  caseHistories,
  device,
  enter,
  fileOn,
  kinds,
  letPass,
  meet,
  moment,
  openedCase,
  stateOn,
} from './testing/cases.ts'

const day = (text: string) => CivilDate.parse(text)
const given = { service: 'health', deliveredOn: day('2026-11-20') } as const
const next: Moment = { today: day('2027-02-10'), at: '2027-02-10T02:00:00Z' }

describe('a case', () => {
  test('is not there before the entry that opens it', () => {
    const { stream, one, random } = openedCase()
    const need = enter(one, recordNeed(stream, fileOn(one), { service: 'health' }, moment), random)
    expect(projectCase(fold(kinds, []))).toBeUndefined()
    expect(projectCase(fold(kinds, [need]))).toBeUndefined()
  })

  test('is what its entries say', () => {
    const { stream, one, random } = openedCase({ sex: 'unknown' })
    enter(one, describeCase(stream, { sex: 'female', opened: {} }, moment), random)
    const need = enter(one, recordNeed(stream, fileOn(one), { service: 'legal-aid' }, moment), random).id
    enter(one, deliverService(stream, fileOn(one), { ...given, service: 'legal-aid', need }, moment), random)
    expect(fileOn(one)).toMatchObject({
      status: 'open',
      openedOn: '2026-Q4',
      sex: 'female',
      needs: [{ record: need, service: 'legal-aid' }],
      services: [{ service: 'legal-aid', need, on: '2026-Q4', enteredInError: false }],
      conflicts: [],
      flags: [],
    })
    expect(Object.keys(fileOn(one).sealed).sort()).toEqual(['at', 'describedAt', 'name', 'safeContact'])
  })

  test('is the same in whatever order its entries arrive', () => {
    fc.assert(
      fc.property(caseHistories, fc.nat(), ({ entries }, seed) => {
        const mixed = shuffled([...entries, ...entries], randomFrom(seed))
        expect(projectCase(fold(kinds, mixed))).toEqual(projectCase(fold(kinds, entries)))
      }),
      { seed: 20261124, numRuns: 100 },
    )
  })
})

describe('what two devices said apart', () => {
  test('stands side by side, coded and sealed, until a person settles it', () => {
    const { stream, one, two, random } = openedCase()
    enter(one, describeCase(stream, { sex: 'male', opened: { safeContact: 'sister' } }, moment), random)
    enter(two, describeCase(stream, { sex: 'another', opened: { safeContact: 'teacher' } }, moment), random)
    meet(one, two)
    const file = fileOn(one)
    expect(file.sex).toBeUndefined()
    expect(file.sealed.safeContact).toHaveLength(2)
    expect(file.conflicts.map(({ record, field, heads }) => [record, field, heads.length])).toEqual([
      [streamRecord, 'sex', 2],
      [streamRecord, 'safeContact', 2],
    ])
    enter(one, describeCase(stream, { sex: 'another', opened: { safeContact: 'teacher' } }, moment), random)
    expect(fileOn(one)).toMatchObject({ sex: 'another', conflicts: [] })
  })

  test('can always be settled with the commands there are', () => {
    const settled = new Set<string>()
    fc.assert(
      fc.property(caseHistories, ({ entries }) => {
        const [at, random] = [device(4), randomFrom(4)]
        for (const entry of entries) at.known.set(entry.id, entry)
        const stream = entries[0]?.stream
        for (let file = fileOn(at); stream && file.conflicts[0]; ) {
          const [conflict] = file.conflicts
          enter(at, letPass(file, settle(stream, file, conflict)), random)
          for (const { field } of file.conflicts) settled.add(field)
          const left = fileOn(at)
          expect(left.conflicts.length, conflict.field).toBeLessThan(file.conflicts.length)
          file = left
        }
      }),
      { seed: 20261124, numRuns: 300 },
    )
    expect([...settled]).toEqual(
      expect.arrayContaining(['service', 'quarter', 'enteredInError', 'status', 'closingReason', 'closingNote', 'age']),
    )
  })

  test('does not count as a dispute where it is only when and why each of them wrote', () => {
    const { stream, one, two, random } = openedCase()
    const record = enter(one, deliverService(stream, fileOn(one), given, moment), random).id
    meet(one, two)
    enter(one, correctRecord(stream, fileOn(one), { record, provider: 'clinic', reason: 'misread' }, moment), random)
    enter(two, correctRecord(stream, fileOn(two), { record, detail: 'x-ray', reason: 'left out' }, moment), random)
    meet(one, two)
    expect(fileOn(one).conflicts).toEqual([])
    expect(fileOn(one).services[0]?.sealed.reason).toHaveLength(2)
  })

  test('never takes the case away: a forged second opening is a conflict, and one answer stands everywhere', () => {
    const { one } = openedCase()
    const [first] = one.known.values()
    if (!first) throw new Error('the case was opened')
    const forged = entryOf({
      ...first,
      id: EntryId.parse(uuidFrom(randomFrom(31))),
      coded: { ...first.coded, caseKey: KeyId.parse(uuidFrom(randomFrom(32))) },
    })
    expect(forged.kind).toBe(caseOpened.kind)
    const file = projectCase(fold(kinds, [first, forged]))
    expect(file?.conflicts.some(({ field }) => field === 'caseKey')).toBe(true)
    expect(file).toEqual(projectCase(fold(kinds, [forged, first])))
  })
})

describe('a record', () => {
  test('moves to the quarter it was really given in, once the correction is undisputed', () => {
    const { stream, one, two, random } = openedCase()
    const record = enter(one, deliverService(stream, fileOn(one), given, moment), random).id
    meet(one, two)
    const correct = (on: string) => ({ record, deliveredOn: day(on), reason: 'wrong month' })
    enter(one, correctRecord(stream, fileOn(one), correct('2026-08-20'), moment), random)
    expect(fileOn(one).services[0]?.on).toBe('2026-Q3')
    enter(two, correctRecord(stream, fileOn(two), correct('2026-05-20'), moment), random)
    meet(one, two)
    expect(fileOn(one).services[0]?.on).toBe('2026-Q4')
    expect(
      fileOn(one)
        .conflicts.map(({ field }) => field)
        .sort(),
    ).toEqual(['deliveredOn', 'quarter'])
    enter(one, correctRecord(stream, fileOn(one), correct('2026-05-20'), moment), random)
    expect(fileOn(one)).toMatchObject({ services: [{ on: '2026-Q2' }], conflicts: [] })
  })

  test('whose maker has not arrived is neither a need nor a service, and the case says that entries are missing', () => {
    const { stream, one, random } = openedCase()
    const record = enter(one, deliverService(stream, fileOn(one), given, moment), random).id
    enter(one, correctRecord(stream, fileOn(one), { record, service: 'other', reason: 'misread' }, moment), random)
    const without = [...one.known.values()].filter((entry) => entry.id !== record)
    expect(projectCase(fold(kinds, without))).toMatchObject({ services: [], flags: ['entries-missing'] })
    expect(fileOn(one)).toMatchObject({ services: [{ service: 'other' }], flags: [] })
  })

  test('marked as entered in error by one and corrected by another stays marked, and the correction is kept', () => {
    const { stream, one, two, random } = openedCase()
    const record = enter(one, deliverService(stream, fileOn(one), given, moment), random).id
    meet(one, two)
    enter(one, markEnteredInError(stream, fileOn(one), { record, reason: 'another woman' }, moment), random)
    enter(two, correctRecord(stream, fileOn(two), { record, service: 'other', reason: 'misread' }, moment), random)
    meet(one, two)
    expect(fileOn(one).services).toEqual([expect.objectContaining({ enteredInError: true, service: 'other' })])
  })
})

describe('flags say', () => {
  test('that a case was closed twice, also for the same reason', () => {
    const { stream, one, two, random } = openedCase()
    enter(one, closeCase(stream, fileOn(one), { reason: 'her-wish' }, moment), random)
    expect(fileOn(one).flags).toEqual([])
    enter(two, closeCase(stream, fileOn(two), { reason: 'her-wish' }, moment), random)
    meet(one, two)
    expect(fileOn(one)).toMatchObject({ status: 'closed', closingReason: 'her-wish', flags: ['closed-twice'] })
    enter(one, reopenCase(stream, fileOn(one), '', moment), random)
    expect(fileOn(one).flags).toEqual([])
  })

  test('that one device closed what the other reopened: neither holds', () => {
    const { stream, one, two, random } = openedCase()
    enter(one, closeCase(stream, fileOn(one), { reason: 'her-wish' }, moment), random)
    meet(one, two)
    enter(one, reopenCase(stream, fileOn(one), '', moment), random)
    enter(two, reopenCase(stream, fileOn(two), '', moment), random)
    enter(two, closeCase(stream, fileOn(two), { reason: 'died' }, moment), random)
    meet(one, two)
    expect(fileOn(one).status).toBeUndefined()
    expect(fileOn(one).conflicts.map(({ field }) => field)).toContain('status')
  })

  test('that a service was given in or after the quarter in which she took her consent back, not before', () => {
    const { stream, one, two, random } = openedCase()
    enter(one, deliverService(stream, fileOn(one), given, moment), random)
    meet(one, two)
    enter(one, recordConsent(stream, { consentServices: 'withdrawn' }, next), random)
    expect(fileOn(one).flags).toEqual([])
    // The other device has not heard of it.
    const late = enter(
      two,
      deliverService(stream, fileOn(two), { ...given, deliveredOn: day('2027-02-01') }, next),
      random,
    )
    meet(one, two)
    expect(fileOn(one).flags).toEqual(['services-without-consent'])
    enter(one, markEnteredInError(stream, fileOn(one), { record: late.id, reason: 'was not given' }, next), random)
    expect(fileOn(one).flags).toEqual([])
  })

  test('that an entry waits for a newer program, or that entries are missing', () => {
    const { stream, one, random } = openedCase()
    const state = stateOn(one)
    const newer = entryOf({
      id: EntryId.parse(uuidFrom(random)),
      stream,
      kind: 'support.placement-made',
      parents: [...state.heads, EntryId.parse(uuidFrom(random))],
    })
    one.known.set(newer.id, newer)
    expect(fileOn(one).flags).toEqual(['needs-update', 'entries-missing'])
  })
})

/** The command a person would give to settle a conflict; which of the answers she takes does not matter here. */
function settle(stream: StreamId, file: CaseFile, { record, field }: Conflict): Decision<Draft[]> {
  // In an erased case no reason can be sealed.
  const reason = file.erased ? '' : 'we compared our notes'
  switch (field) {
    case 'sex':
      return describeCase(stream, { sex: 'female', opened: {} }, moment)
    case 'age':
      return describeCase(stream, { age: 'adult', opened: {} }, moment)
    case 'form':
      return describeCase(stream, { form: 'other', opened: {} }, moment)
    case 'narrative':
    case 'safeContact':
      return describeCase(stream, { opened: { [field]: 'both were right' } }, moment)
    case 'consentCounting':
      return recordConsent(stream, { consentCounting: 'given' }, moment)
    case 'consentServices':
      return recordConsent(stream, { consentServices: 'given' }, moment)
    case 'consentNote':
      return recordConsent(stream, { consentServices: 'given', note: 'asked again' }, moment)
    case 'status':
    case 'closingReason':
    case 'closingNote':
      return closeCase(stream, file, { reason: 'her-wish', note: file.erased ? '' : 'asked again' }, moment)
    case 'reopeningNote':
      return reopenCase(stream, file, 'she came back', moment)
  }
  const named = EntryId.parse(record)
  switch (field) {
    case 'enteredInError':
      return markEnteredInError(stream, file, { record: named, reason }, moment)
    case 'service':
      return correctRecord(stream, file, { record: named, service: 'other', reason }, moment)
    case 'provider':
      return correctRecord(stream, file, { record: named, provider: 'clinic', reason }, moment)
    case 'quarter':
    case 'deliveredOn':
      return correctRecord(stream, file, { record: named, deliveredOn: day('2026-11-01'), reason }, moment)
  }
  throw new Error(`no command settles ${field}`)
}
