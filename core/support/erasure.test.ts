import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ErasureReason, erasureOf, personErased } from '../log/erasure.ts'
import { fold, parentsAfter } from '../log/fold.ts'
import { check } from '../log/kind.ts'
import { entryOf, randomFrom, shuffled, uuidFrom } from '../log/testing/generators.ts'
import { CivilDate } from '../shared/dates.ts'
import { EntryId } from '../shared/ids.ts'
import {
  afterErasure,
  closeCase,
  correctRecord,
  deliverService,
  describeCase,
  eraseIdentity,
  markEnteredInError,
  recordConsent,
  recordNeed,
  reopenCase,
} from './capture.ts'
import { projectCase } from './project.ts'
import { contributionsOfCase } from './tally.ts'
import {
  accepted,
  caseHistories,
  enter,
  fileOn,
  kinds,
  letPass,
  meet,
  moment,
  openedCase,
  stateOn,
} from './testing/cases.ts'

const given = { service: 'health', deliveredOn: CivilDate.parse('2026-11-20') } as const
const asked = { reason: 'her-request' } as const

/** A case with one service on two devices; on the first her identity is erased. */
function erased() {
  const { stream, one, two, random } = openedCase()
  const service = enter(one, deliverService(stream, fileOn(one), given, moment), random).id
  meet(one, two)
  enter(one, eraseIdentity(stream, fileOn(one), asked, moment), random)
  return { stream, one, two, random, service }
}

describe('an erasure is refused', () => {
  test('without a reason, and a second time', () => {
    const { stream, one, two } = erased()
    expect(eraseIdentity(stream, fileOn(two), { reason: undefined }, moment)).toMatchObject({
      refusal: { code: 'support.erasure-reason-first' },
    })
    expect(eraseIdentity(stream, fileOn(one), asked, moment)).toMatchObject({
      refusal: { code: 'support.already-erased' },
    })
  })

  test('with anything in it but its reason and its quarter, and by whoever is not a supervisor', () => {
    const { stream, two } = erased()
    const [draft] = accepted(eraseIdentity(stream, fileOn(two), asked, moment))
    if (!draft) throw new Error('one draft')
    const { opened, ...rest } = draft
    expect(opened).toEqual({})
    expect(rest).toMatchObject({ on: '2026-Q4', coded: { erasureReason: 'her-request' } })
    const entry = entryOf({ ...rest, id: EntryId.parse(uuidFrom(randomFrom(5))) })
    expect(check(kinds, entry)).toMatchObject({ ok: true })
    for (const bad of [
      { coded: { erasureReason: 'her-request', name: 'Invented' } },
      { coded: { erasureReason: 'because' } },
      { sealed: { reason: 'AAAA' } },
      { on: CivilDate.parse('2026-11-24') },
    ])
      expect(check(kinds, { ...entry, ...bad })).toMatchObject({ ok: false })
    expect(personErased.who).toEqual(['supervisor'])
  })
})

describe('an erased case', () => {
  test('says so with reason and quarter, also beside what another device wrote meanwhile, and keeps that too', () => {
    const { stream, one, two, random } = erased()
    enter(two, describeCase(stream, { sex: 'male', opened: { safeContact: 'her sister' } }, moment), random)
    enter(one, describeCase(stream, { age: 'child', opened: {} }, moment), random)
    meet(one, two)
    expect(fileOn(one)).toMatchObject({ erased: { reason: 'her-request', on: '2026-Q4' }, sex: 'male', age: 'child' })
    expect(fileOn(one)).toEqual(fileOn(two))
    expect(fileOn(one).sealed.safeContact).toHaveLength(1)
  })

  test('asks nobody to settle what nobody can open, and lets coded answers be settled without a reason', () => {
    const { stream, one, two, random, service } = erased()
    const apart = { record: service, reason: 'misread' }
    enter(two, correctRecord(stream, fileOn(two), { ...apart, service: 'other', provider: 'clinic' }, moment), random)
    enter(
      one,
      correctRecord(stream, fileOn(one), { record: service, service: 'legal-aid', reason: '' }, moment),
      random,
    )
    meet(one, two)
    expect(fileOn(one).conflicts.map(({ field }) => field)).toEqual(['service'])
    const settled = correctRecord(stream, fileOn(one), { record: service, service: 'other', reason: '' }, moment)
    enter(one, letPass(fileOn(one), settled), random)
    expect(fileOn(one).conflicts).toEqual([])
  })

  test('takes coded words, without the moment they were written at, and refuses by name whatever would be sealed', () => {
    const { stream, one, service } = erased()
    const file = fileOn(one)
    const whole = { record: file.opening, reason: '' }
    for (const coded of [
      describeCase(stream, { sex: 'male', opened: {} }, moment),
      recordConsent(stream, { consentCounting: 'withdrawn', note: '' }, moment),
      recordNeed(stream, file, { service: 'health' }, moment),
      markEnteredInError(stream, file, whole, moment),
      closeCase(stream, file, { reason: 'her-wish', note: '' }, moment),
    ])
      for (const draft of accepted(letPass(file, coded))) expect(draft.opened).toEqual({})
    for (const sealing of [
      describeCase(stream, { sex: 'male', opened: { name: 'Invented' } }, moment),
      describeCase(stream, { opened: { name: '' } }, moment),
      recordConsent(stream, { consentCounting: 'withdrawn', note: 'she said' }, moment),
      recordNeed(stream, file, { service: 'health', detail: 'soon' }, moment),
      deliverService(stream, file, given, moment),
      correctRecord(stream, file, { record: service, provider: 'clinic', reason: '' }, moment),
      markEnteredInError(stream, file, { ...whole, reason: 'another woman' }, moment),
      closeCase(stream, file, { reason: 'her-wish', note: 'moved' }, moment),
      reopenCase(stream, { ...file, status: 'closed' }, 'she came back', moment),
    ])
      expect(letPass(file, sealing)).toMatchObject({ ok: false, refusal: { code: 'support.identity-erased' } })
    const [first] = accepted(describeCase(stream, { opened: { name: 'Invented' } }, moment))
    expect(first && afterErasure(first)).toMatchObject({ refusal: { code: 'support.identity-erased' } })
  })

  test('is counted as before, and no more once she takes back her consent to that', () => {
    const { stream, one, two, random } = erased()
    expect(contributionsOfCase(stateOn(one))).toEqual(contributionsOfCase(stateOn(two)))
    expect(contributionsOfCase(stateOn(one))).toHaveLength(2)
    enter(one, letPass(fileOn(one), recordConsent(stream, { consentCounting: 'withdrawn' }, moment)), random)
    expect(contributionsOfCase(stateOn(one))).toEqual([])
  })
})

test('an erasure set anywhere into any case gives the same state in any order, moves no figure and replaces nothing', () => {
  fc.assert(
    fc.property(
      caseHistories,
      fc.nat(),
      fc.nat(),
      fc.array(fc.constantFrom(...ErasureReason.options), { minLength: 1, maxLength: 3 }),
      ({ entries: all }, cut, seed, reasons) => {
        const random = randomFrom(seed)
        const entries = all.filter(({ kind }) => kind !== personErased.kind)
        const erasures = reasons.map((erasureReason, i) => {
          // What the eraser had seen: anything from nothing to all of it; those after it know nothing of it.
          const seen = fold(kinds, entries.slice(0, (cut * (i + 1)) % (entries.length + 1)))
          const id = EntryId.parse(uuidFrom(random))
          const { kind } = personErased
          return entryOf({
            id,
            kind,
            stream: all[0]?.stream ?? entryOf({ id, kind }).stream,
            coded: { erasureReason },
            parents: parentsAfter(seen),
          })
        })
        const state = fold(kinds, [...entries, ...erasures])
        expect(fold(kinds, shuffled([...erasures, ...entries, ...erasures], random))).toEqual(state)
        expect(erasureOf(state)).toBeDefined()
        const [before, after] = [fold(kinds, entries), state]
        expect(contributionsOfCase(after)).toEqual(contributionsOfCase(before))
        const { erased: _, conflicts: __, ...coded } = projectCase(after) ?? { erased: 0, conflicts: 0 }
        const { erased: ___, conflicts: ____, ...was } = projectCase(before) ?? { erased: 0, conflicts: 0 }
        const flagsOf = (of: object) => ({ ...of, flags: [] })
        // An entry that builds on one of the removed erasures waits for it in both alike.
        expect(flagsOf(coded)).toEqual(flagsOf(was))
      },
    ),
    { seed: 20261127, numRuns: 200 },
  )
})
