import { agreedValue, streamRecord } from '@lentera/core/log/fold'
import {
  closeCase,
  correctRecord,
  deliverService,
  describeCase,
  markEnteredInError,
  recordConsent,
  restoreRecord,
} from '@lentera/core/support/capture'
import { type Device, enter, fileOn, meet, moment, openedCase, stateOn } from '@lentera/core/support/testing/cases'
import { describe, expect, test } from 'vitest'
import { isSettled, settlement } from './settlement.ts'

const given = { service: 'health', deliveredOn: moment.today } as const

/** Settles the one conflict in a case by `value` and gives back what is left of it. */
function settle(at: Device, stream: ReturnType<typeof openedCase>['stream'], value: unknown, random: () => number) {
  const file = fileOn(at)
  const [conflict, ...others] = file.conflicts
  if (!conflict || others.length > 0) throw new Error(`one conflict was to be settled, not ${file.conflicts.length}`)
  expect(isSettled(conflict.field)).toBe(true)
  enter(at, asList(settlement({ stream, file }, conflict, value, 'settled', moment)), random)
  return fileOn(at)
}

const asList = <T>(
  decision: { ok: true; value: readonly T[] } | Extract<ReturnType<typeof settlement>, { ok: false }>,
) => (decision.ok ? { ok: true as const, value: [...decision.value] } : decision)

describe('two versions are settled', () => {
  test('of a coded answer, by one of them or by a third', () => {
    for (const chosen of ['male', 'another', 'unknown']) {
      const { stream, one, two, random } = openedCase()
      enter(one, describeCase(stream, { sex: 'male', opened: {} }, moment), random)
      enter(two, describeCase(stream, { sex: 'another', opened: {} }, moment), random)
      meet(one, two)
      expect(settle(one, stream, chosen, random)).toMatchObject({ sex: chosen, conflicts: [] })
    }
  })

  test('of a sealed answer, also by taking it back', () => {
    for (const chosen of ['evenings', '']) {
      const { stream, one, two, random } = openedCase()
      enter(one, describeCase(stream, { opened: { safeContact: 'evenings' } }, moment), random)
      enter(two, describeCase(stream, { opened: { safeContact: 'her sister' } }, moment), random)
      meet(one, two)
      expect(settle(two, stream, chosen, random).conflicts).toEqual([])
    }
  })

  test('of consent, each of the two by itself', () => {
    const { stream, one, two, random } = openedCase()
    enter(one, recordConsent(stream, { consentCounting: 'withdrawn' }, moment), random)
    enter(two, recordConsent(stream, { consentCounting: 'refused' }, moment), random)
    meet(one, two)
    expect(settle(one, stream, 'withdrawn', random)).toMatchObject({
      consentCounting: 'withdrawn',
      consentServices: 'given',
      conflicts: [],
    })
  })

  test('of a service: its kind, and whether it ever was', () => {
    const { stream, one, two, random } = openedCase()
    const record = enter(one, deliverService(stream, fileOn(one), given, moment), random).id
    meet(one, two)
    enter(one, correctRecord(stream, fileOn(one), { record, service: 'other', reason: 'misread' }, moment), random)
    enter(two, correctRecord(stream, fileOn(two), { record, service: 'legal-aid', reason: 'misread' }, moment), random)
    meet(one, two)
    expect(settle(one, stream, 'legal-aid', random).services).toMatchObject([{ service: 'legal-aid' }])
    meet(one, two)
    enter(one, markEnteredInError(stream, fileOn(one), { record, reason: 'twice' }, moment), random)
    meet(one, two)
    enter(one, restoreRecord(stream, fileOn(one), { record, reason: 'not twice' }, moment), random)
    enter(two, restoreRecord(stream, fileOn(two), { record, reason: 'right' }, moment), random)
    enter(two, markEnteredInError(stream, fileOn(two), { record, reason: 'twice after all' }, moment), random)
    meet(one, two)
    expect(settle(two, stream, false, random).services).toMatchObject([{ enteredInError: false }])
  })

  test('of the reason a case was closed for', () => {
    const { stream, one, two, random } = openedCase()
    enter(one, closeCase(stream, fileOn(one), { reason: 'her-wish' }, moment), random)
    enter(two, closeCase(stream, fileOn(two), { reason: 'moved-away' }, moment), random)
    meet(one, two)
    expect(settle(one, stream, 'moved-away', random)).toMatchObject({ closingReason: 'moved-away', conflicts: [] })
    expect(agreedValue(stateOn(one).records[streamRecord], 'status')).toBe('closed')
  })
})

test('who she is to the programme is no question a screen settles', () => {
  for (const field of ['person', 'team', 'organisation', 'caseKey', 'personKey', 'country']) {
    expect(isSettled(field)).toBe(false)
  }
})
