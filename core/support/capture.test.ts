import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Draft } from '../log/draft.ts'
import { check } from '../log/kind.ts'
import { entryOf, randomFrom, uuidFrom } from '../log/testing/generators.ts'
import { CivilDate } from '../shared/dates.ts'
import { EntryId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import {
  closeCase,
  correctRecord,
  deliverService,
  describeCase,
  markEnteredInError,
  openCase,
  recordConsent,
  recordNeed,
  reopenCase,
  restoreRecord,
} from './capture.ts'
import {
  accepted,
  caseHistories,
  enter,
  fileOn,
  kinds,
  meet,
  moment,
  openedCase,
  opening,
  works,
} from './testing/cases.ts'

const day = (text: string) => CivilDate.parse(text)
const stranger = EntryId.parse(uuidFrom(randomFrom(99)))
const codeOf = (decision: Decision<Draft[]>) => (decision.ok ? 'accepted' : decision.refusal.code)
const given = (service = 'health' as const) => ({ service, deliveredOn: day('2026-11-20') })

/** A case with one need and one service, on two devices. */
function casework() {
  const { stream, one, two, random } = openedCase()
  const need = enter(one, recordNeed(stream, fileOn(one), { service: 'health' }, moment), random).id
  const service = enter(one, deliverService(stream, fileOn(one), { ...given(), need }, moment), random).id
  meet(one, two)
  return { stream, one, two, random, need, service, file: () => fileOn(one) }
}

describe('a case is not opened', () => {
  test('before the limits of confidentiality were explained to her', () => {
    expect(codeOf(openCase({ ...opening(), limitsExplained: false }, moment))).toBe('support.limits-not-explained')
  })

  test.each(['refused', 'withdrawn', undefined] as const)('with her consent to services %s', (consentServices) => {
    expect(codeOf(openCase({ ...opening(), consentServices }, moment))).toBe('support.no-consent-to-services')
  })

  test('before she was asked whether she may be counted', () => {
    expect(codeOf(openCase({ ...opening(), consentCounting: undefined }, moment))).toBe('support.counting-not-asked')
  })
})

describe('refused by name is', () => {
  test('a description or a consent that says nothing', () => {
    const { stream } = openedCase()
    expect(codeOf(describeCase(stream, { opened: {} }, moment))).toBe('support.nothing-changed')
    expect(codeOf(describeCase(stream, { opened: { at: 'x' } }, moment))).toBe('support.nothing-changed')
    expect(codeOf(recordConsent(stream, { note: 'a note alone' }, moment))).toBe('support.nothing-changed')
  })

  test('a need, a service or a second closure on a closed case', () => {
    const { stream, one, random, file } = casework()
    enter(one, closeCase(stream, file(), { reason: 'her-wish' }, moment), random)
    expect(codeOf(recordNeed(stream, file(), { service: 'health' }, moment))).toBe('support.case-is-closed')
    expect(codeOf(deliverService(stream, file(), given(), moment))).toBe('support.case-is-closed')
    expect(codeOf(closeCase(stream, file(), { reason: 'died' }, moment))).toBe('support.case-is-closed')
  })

  test.each(['refused', 'withdrawn'] as const)('a service while her consent to services is %s', (consentServices) => {
    const { stream, one, random, file } = casework()
    enter(one, recordConsent(stream, { consentServices }, moment), random)
    expect(codeOf(deliverService(stream, file(), given(), moment))).toBe('support.no-consent-to-services')
  })

  test('a service while two devices differ on her consent', () => {
    const { stream, one, two, random, file } = casework()
    enter(one, recordConsent(stream, { consentServices: 'withdrawn' }, moment), random)
    enter(two, recordConsent(stream, { consentServices: 'given' }, moment), random)
    meet(one, two)
    expect(codeOf(deliverService(stream, file(), given(), moment))).toBe('support.no-consent-to-services')
  })

  test('a service for a need that is not in this case', () => {
    const { stream, file } = casework()
    expect(codeOf(deliverService(stream, file(), { ...given(), need: stranger }, moment))).toBe(
      'support.no-such-record',
    )
  })

  test.each(['2026-11-25', '2026-12', '2027-Q1', '2062-11-24'])('a service given on %s, which lies ahead', (text) => {
    const { stream, file, service } = casework()
    const deliveredOn = day(text)
    const code = 'support.date-in-the-future'
    expect(codeOf(deliverService(stream, file(), { service: 'health', deliveredOn }, moment))).toBe(code)
    expect(codeOf(correctRecord(stream, file(), { record: service, deliveredOn, reason: 'x' }, moment))).toBe(code)
  })

  test('a service of which only the year is known: no quarter is made up', () => {
    const { stream, file } = casework()
    const vague = { service: 'health', deliveredOn: day('2026') } as const
    expect(codeOf(deliverService(stream, file(), vague, moment))).toBe('support.date-too-vague')
  })

  test('a correction or a mark on a record that is not in this case', () => {
    const { stream, file } = casework()
    const command = { record: stranger, reason: 'x' }
    for (const decision of [
      correctRecord(stream, file(), { ...command, service: 'health' }, moment),
      markEnteredInError(stream, file(), command, moment),
      restoreRecord(stream, file(), command, moment),
    ])
      expect(codeOf(decision)).toBe('support.no-such-record')
  })

  test('a correction or a mark without a reason', () => {
    const { stream, file, service } = casework()
    const command = { record: service, reason: '  ' }
    for (const decision of [
      correctRecord(stream, file(), { ...command, service: 'other' }, moment),
      markEnteredInError(stream, file(), command, moment),
      restoreRecord(stream, file(), command, moment),
    ])
      expect(codeOf(decision)).toBe('support.reason-missing')
  })

  test('a correction that corrects nothing, and a day of delivery for a need', () => {
    const { stream, file, need, service } = casework()
    expect(codeOf(correctRecord(stream, file(), { record: service, reason: 'x' }, moment))).toBe(
      'support.nothing-changed',
    )
    expect(
      codeOf(correctRecord(stream, file(), { record: need, deliveredOn: day('2026-11-01'), reason: 'x' }, moment)),
    ).toBe('support.need-has-no-day')
  })

  test('a mark that stands already, and taking back one that does not', () => {
    const { stream, one, random, file, service } = casework()
    const command = { record: service, reason: 'x' }
    expect(codeOf(restoreRecord(stream, file(), command, moment))).toBe('support.not-in-error')
    enter(one, markEnteredInError(stream, file(), command, moment), random)
    expect(codeOf(markEnteredInError(stream, file(), command, moment))).toBe('support.already-in-error')
  })

  test('reopening a case that is open', () => {
    const { stream, file } = casework()
    expect(codeOf(reopenCase(stream, file(), '', moment))).toBe('support.case-is-open')
  })
})

describe('allowed is', () => {
  test('opening a case for a woman who does not want to be counted', () => {
    expect(codeOf(openCase({ ...opening(), consentCounting: 'refused' }, moment))).toBe('accepted')
  })

  test('taking consent back, and describing, on a closed case', () => {
    const { stream, one, random, file } = casework()
    enter(one, closeCase(stream, file(), { reason: 'her-wish' }, moment), random)
    expect(codeOf(recordConsent(stream, { consentCounting: 'withdrawn' }, moment))).toBe('accepted')
    expect(codeOf(describeCase(stream, { sex: 'female', opened: {} }, moment))).toBe('accepted')
    expect(codeOf(reopenCase(stream, file(), '', moment))).toBe('accepted')
  })

  test('taking back a contact that is no longer safe: an emptied field is sealed, one left out is not touched', () => {
    const { stream } = openedCase()
    const [draft] = accepted(describeCase(stream, { opened: { safeContact: '' } }, moment))
    expect(draft?.opened).toEqual({ safeContact: '', describedAt: moment.at })
  })

  test('leaving fields empty at the opening: nothing is sealed for them', () => {
    const [draft] = accepted(openCase(opening(), moment))
    expect(Object.keys(draft?.opened ?? {}).sort()).toEqual(['at', 'name', 'safeContact'])
  })

  test('settling a closure for two different reasons, and a closure against a reopening, either way', () => {
    const { stream, one, two, random, file } = casework()
    enter(one, closeCase(stream, file(), { reason: 'her-wish' }, moment), random)
    enter(two, closeCase(stream, fileOn(two), { reason: 'moved-away' }, moment), random)
    meet(one, two)
    expect(file().closingReason).toBeUndefined()
    enter(one, closeCase(stream, file(), { reason: 'moved-away' }, moment), random)
    expect(file()).toMatchObject({ status: 'closed', closingReason: 'moved-away' })
    meet(one, two)
    enter(one, reopenCase(stream, file(), 'she came back', moment), random)
    const apart = fileOn(two)
    enter(two, describeCase(stream, { sex: 'male', opened: {} }, moment), random)
    expect(apart.status).toBe('closed')
    meet(one, two)
    enter(one, closeCase(stream, file(), { reason: 'died' }, moment), random)
    enter(two, describeCase(stream, { form: 'other', opened: {} }, moment), random)
    meet(one, two)
    expect(file().status).toBe('closed')
    enter(one, reopenCase(stream, file(), '', moment), random)
    enter(two, recordConsent(stream, { consentCounting: 'given' }, moment), random)
    meet(one, two)
    expect(file().status).toBe('open')
  })

  test('settling a mark on which two differ, either way', () => {
    const { stream, one, two, random, file, service } = casework()
    const command = { record: service, reason: 'x' }
    enter(one, markEnteredInError(stream, file(), command, moment), random)
    meet(one, two)
    enter(one, restoreRecord(stream, file(), command, moment), random)
    enter(two, restoreRecord(stream, fileOn(two), command, moment), random)
    enter(two, markEnteredInError(stream, fileOn(two), command, moment), random)
    meet(one, two)
    expect(file().conflicts).toEqual([expect.objectContaining({ record: service, field: 'enteredInError' })])
    expect(codeOf(markEnteredInError(stream, file(), command, moment))).toBe('accepted')
    expect(codeOf(restoreRecord(stream, file(), command, moment))).toBe('accepted')
  })
})

describe('what is decided', () => {
  test('every draft of every command, made into an entry, is what its kind allows', () => {
    const did = new Map<string, number>()
    const conflicts = { clear: 0, sealed: 0 }
    fc.assert(
      fc.property(caseHistories, (history) => {
        for (const entry of history.entries)
          expect(check(kinds, entry)).toMatchObject({ ok: true, value: { known: true } })
        for (const [what, times] of Object.entries(history.did)) did.set(what, (did.get(what) ?? 0) + times)
        for (const what of Object.keys(history.did)) {
          if (what.startsWith('conflict'))
            conflicts[/Note|safeContact|narrative|provider/.test(what) ? 'sealed' : 'clear']++
        }
      }),
      { seed: 20261124, numRuns: 200 },
    )
    console.info(
      [...did]
        .map(([what, times]) => `${what} ${times}`)
        .sort()
        .join(', '),
    )
    for (const work of works) expect(did.get(work) ?? 0, work).toBeGreaterThan(20)
    expect(conflicts.clear).toBeGreaterThan(20)
    expect(conflicts.sealed).toBeGreaterThan(20)
  })

  test('tells in the clear no day, no time and no name: a quarter, coarse words and ids', () => {
    fc.assert(
      fc.property(caseHistories, ({ drafts }) => {
        for (const { on, coded } of drafts) {
          expect(on).toMatch(/^\d{4}-Q[1-4]$/)
          for (const value of Object.values(coded)) {
            const isCoarse =
              typeof value === 'boolean' || /^(\d{4}-Q[1-4]|[A-Z]{2}|[a-z]+(-[a-z]+)*)$/.test(String(value))
            expect(isCoarse || EntryId.safeParse(value).success, String(value)).toBe(true)
          }
        }
      }),
      { seed: 20261124, numRuns: 50 },
    )
  })

  test('a service of the past lies in the quarter it was given in, and its day is sealed', () => {
    const { stream, file } = casework()
    const [draft] = accepted(
      deliverService(stream, file(), { service: 'health', deliveredOn: day('2026-08-14') }, moment),
    )
    expect(draft?.on).toBe('2026-Q3')
    expect(draft?.opened.deliveredOn).toBe('2026-08-14')
    expect(JSON.stringify(draft?.coded)).not.toContain('08-14')
  })
})

describe('an entry of support is refused', () => {
  const [draft] = accepted(openCase(opening(), moment))
  const { opened: _, ...rest } = draft ?? { opened: {}, kind: '' }
  const good = entryOf({ ...rest, id: EntryId.parse(uuidFrom(randomFrom(3))) })

  test.each<[string, object, string]>([
    ['with a name in the clear', { coded: { ...good.coded, name: 'x' } }, 'log.coded-field-not-allowed'],
    ['with a finer age than child or adult', { coded: { ...good.coded, age: '17' } }, 'log.coded-field-not-allowed'],
    [
      'that opens a case without her consent',
      { coded: { ...good.coded, consentServices: 'refused' } },
      'log.coded-field-not-allowed',
    ],
    ['with a sealed field nobody declared', { sealed: { diagnosis: 'eA' } }, 'log.sealed-field-not-allowed'],
    ['dated to the day', { on: day('2026-11-24') }, 'log.date-precision'],
    ['that shows the time of the device', { at: { time: 1, clock: [1, 0] } }, 'log.time-not-as-declared'],
    ['whose id shows when it was made', { id: '019a0000-0000-7000-8000-000000000000' }, 'log.id-tells-time'],
  ])('%s', (_what, wrong, code) => {
    expect(check(kinds, good).ok).toBe(true)
    expect(check(kinds, { ...good, ...wrong })).toMatchObject({ ok: false, refusal: { code } })
  })
})
