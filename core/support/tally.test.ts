import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreedValue, fold, streamRecord } from '../log/fold.ts'
import { CivilDate } from '../shared/dates.ts'
import {
  correctRecord,
  deliverService,
  describeCase,
  markEnteredInError,
  recordConsent,
  restoreRecord,
} from './capture.ts'
import { contributionsOfCase, supportBreakdowns, supportFacts } from './tally.ts'
import { caseHistories, type Device, enter, fileOn, kinds, meet, moment, openedCase, stateOn } from './testing/cases.ts'

const given = { service: 'health', deliveredOn: CivilDate.parse('2026-11-20') } as const
const factsOn = (device: Device) => contributionsOfCase(stateOn(device)).map(({ fact }) => fact)

/** A case with one service, on two devices. */
function served() {
  const { stream, one, two, random } = openedCase()
  const record = enter(one, deliverService(stream, fileOn(one), given, moment), random).id
  meet(one, two)
  return { stream, one, two, random, record }
}

describe('nothing is contributed', () => {
  test.each(['refused', 'withdrawn'] as const)(
    'by a survivor whose consent to being counted is %s',
    (consentCounting) => {
      const { stream, one, random } = served()
      expect(factsOn(one)).toHaveLength(2)
      enter(one, recordConsent(stream, { consentCounting }, moment), random)
      expect(factsOn(one)).toEqual([])
      enter(one, recordConsent(stream, { consentCounting: 'given' }, moment), random)
      expect(factsOn(one)).toHaveLength(2)
    },
  )

  test('while two devices differ on her consent: the answer that protects her holds', () => {
    const { stream, one, two, random } = served()
    enter(one, recordConsent(stream, { consentCounting: 'withdrawn' }, moment), random)
    enter(two, recordConsent(stream, { consentCounting: 'given' }, moment), random)
    meet(one, two)
    expect(factsOn(one)).toEqual([])
  })

  test('by a service given on another device while she took her consent back', () => {
    const { stream, one, two, random } = served()
    enter(one, recordConsent(stream, { consentCounting: 'withdrawn' }, moment), random)
    enter(two, deliverService(stream, fileOn(two), given, moment), random)
    meet(one, two)
    expect(factsOn(two)).toEqual([])
  })

  test('by a case that was itself entered in error, with all its services', () => {
    const { stream, one, random } = served()
    const whole = { record: fileOn(one).opening, reason: 'opened for the wrong woman' }
    enter(one, markEnteredInError(stream, fileOn(one), whole, moment), random)
    expect(fileOn(one).enteredInError).toBe(true)
    expect(factsOn(one)).toEqual([])
    enter(one, restoreRecord(stream, fileOn(one), whole, moment), random)
    expect(factsOn(one)).toHaveLength(2)
  })
})

describe('a service', () => {
  test('entered in error is not counted, also while another device disputes that', () => {
    const { stream, one, two, random, record } = served()
    const command = { record, reason: 'was another woman' }
    enter(one, markEnteredInError(stream, fileOn(one), command, moment), random)
    expect(factsOn(one)).toEqual([supportFacts.opened])
    meet(one, two)
    enter(one, restoreRecord(stream, fileOn(one), command, moment), random)
    enter(two, restoreRecord(stream, fileOn(two), command, moment), random)
    expect(factsOn(two)).toEqual([supportFacts.opened, supportFacts.served])
    enter(two, markEnteredInError(stream, fileOn(two), command, moment), random)
    meet(one, two)
    expect(factsOn(one)).toEqual([supportFacts.opened])
  })

  test('is counted in the quarter it was corrected to', () => {
    const { stream, one, random, record } = served()
    const correction = { record, deliveredOn: CivilDate.parse('2025-12-30'), reason: 'last year' }
    enter(one, correctRecord(stream, fileOn(one), correction, moment), random)
    expect(contributionsOfCase(stateOn(one)).map(({ on }) => on)).toEqual(['2026-Q4', '2025-Q4'])
  })

  test('keeps its place in the totals while its kind is disputed, under a name of its own', () => {
    const { stream, one, two, random, record } = served()
    enter(one, correctRecord(stream, fileOn(one), { record, service: 'other', reason: 'x' }, moment), random)
    enter(two, correctRecord(stream, fileOn(two), { record, service: 'legal-aid', reason: 'y' }, moment), random)
    enter(two, describeCase(stream, { sex: 'male', opened: {} }, moment), random)
    enter(one, describeCase(stream, { sex: 'another', opened: {} }, moment), random)
    meet(one, two)
    expect(contributionsOfCase(stateOn(one)).map(({ dimensions }) => dimensions)).toEqual([
      { country: 'KH', sex: 'unsettled', age: 'adult', form: 'forced-labour' },
      { country: 'KH', sex: 'unsettled', age: 'adult', form: 'forced-labour', service: 'unsettled' },
    ])
  })
})

test('any case contributes itself once and each service once, with every dimension that a figure is broken down by', () => {
  fc.assert(
    fc.property(caseHistories, ({ entries }) => {
      const state = fold(kinds, entries)
      const contributions = contributionsOfCase(state)
      const consents = state.records[streamRecord]?.fields.consentCounting ?? []
      const isGiven = agreedValue(state.records[streamRecord], 'consentCounting') === 'given'
      if (!isGiven) expect(contributions).toEqual([])
      if (consents.some((head) => 'value' in head && head.value !== 'given')) expect(contributions).toEqual([])
      expect(new Set(contributions.map(({ fact, record }) => `${fact} ${record}`)).size).toBe(contributions.length)
      expect(contributions.filter(({ fact }) => fact === supportFacts.opened).length).toBe(
        contributions.length > 0 ? 1 : 0,
      )
      for (const { fact, dimensions, amount, on } of contributions) {
        expect(amount).toBe(1)
        expect(on).toMatch(/^\d{4}-Q[1-4]$/)
        const broken =
          Object.entries(supportBreakdowns)
            .find(([name]) => name === fact)?.[1]
            .flat() ?? []
        expect(Object.keys(dimensions)).toEqual(expect.arrayContaining(broken))
      }
    }),
    { seed: 20261124, numRuns: 200 },
  )
})
