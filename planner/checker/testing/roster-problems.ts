import * as fc from 'fast-check'
import type { CoverDemand, Person, ShiftType } from '../../roster/words.ts'

/** A day shift, a night, standby that may follow anything, and a shift of every day but Sunday. */
export const shifts: readonly ShiftType[] = [
  { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] },
  { key: 'N', starts: 1320, minutes: 600, isNight: true, isOnCall: false, cannotFollow: ['D'] },
  { key: 'S', starts: 0, minutes: 60, isNight: false, isOnCall: true, cannotFollow: [] },
  {
    key: 'W',
    starts: 480,
    minutes: 240,
    isNight: false,
    isOnCall: false,
    cannotFollow: [],
    weekdays: [0, 1, 2, 3, 4, 5],
  },
]

export const shiftKey = fc.constantFrom('D', 'N', 'S', 'W')
export const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })

/** So many stretches, of one shift or of free days. */
export const stretches = (most: number): fc.Arbitrary<(string | null)[]> =>
  fc
    .array(fc.tuple(fc.option(shiftKey, { freq: 2 }), fc.integer({ min: 1, max: 5 })), {
      minLength: most,
      maxLength: most,
    })
    .map((parts) => parts.flatMap(([one, days]) => Array<string | null>(days).fill(one)))

/** Somebody whom no rule binds, until one is said. */
export const unbound: Person = {
  key: 'P',
  skills: [],
  mostShifts: {},
  mostOnCall: Infinity,
  leastMinutes: 0,
  mostMinutes: Infinity,
  leastInARow: 0,
  mostInARow: Infinity,
  leastFreeInARow: 0,
  mostWeekends: Infinity,
  windows: [],
  daysOff: [],
  wishes: [],
  balance: [],
  fixed: [],
  before: [],
}

/** Somebody whose rules bind now and then, all of them, and may contradict one another. */
export const somebody = (key: string, days: number): fc.Arbitrary<Person> =>
  fc
    .tuple(
      someRules(key, days),
      fc.option(fc.record({ weekends: fc.integer({ min: 2, max: 4 }), most: upTo(3) })),
      fc.option(fc.uniqueArray(upTo(days), { maxLength: 3 })),
      fc.option(fc.record({ day: upTo(days - 1), shift: shiftKey }), { freq: 3 }),
      fc.option(upTo(4)),
    )
    .map(([rules, weekendWindow, away, elsewhere, mostNightsInARow]) => ({
      ...rules,
      ...(weekendWindow ? { weekendWindow } : {}),
      ...(away ? { away } : {}),
      ...(elsewhere ? { elsewhere: [elsewhere] } : {}),
      ...(mostNightsInARow === null ? {} : { mostNightsInARow }),
    }))

const someRules = (key: string, days: number): fc.Arbitrary<Person> =>
  fc.record<Person>({
    key: fc.constant(key),
    skills: fc.constantFrom([], ['trained-woman']),
    mostShifts: fc.dictionary(shiftKey, upTo(6), { maxKeys: 2 }),
    mostOnCall: fc.oneof(upTo(4), fc.constant(Infinity)),
    leastMinutes: upTo(days * 100),
    mostMinutes: fc.integer({ min: days * 200, max: days * 500 }),
    leastInARow: upTo(3),
    mostInARow: fc.integer({ min: 3, max: 7 }),
    leastFreeInARow: upTo(3),
    mostWeekends: upTo(3),
    windows: fc.array(
      fc.record(
        {
          days: fc.integer({ min: 2, max: 18 }),
          most: fc.integer({ min: 1, max: 7 }),
          shifts: fc.uniqueArray(shiftKey, { minLength: 1, maxLength: 2 }),
        },
        { requiredKeys: ['days', 'most'] },
      ),
      { maxLength: 2 },
    ),
    daysOff: fc.array(upTo(days - 1), { maxLength: 3 }),
    wishes: fc.array(
      fc.record({ day: upTo(days - 1), shift: fc.option(shiftKey), weight: upTo(9), isWanted: fc.boolean() }),
      { maxLength: 4 },
    ),
    balance: fc.array(
      fc.record({
        shifts: fc.uniqueArray(shiftKey, { minLength: 1 }),
        low: upTo(3),
        high: fc.integer({ min: 3, max: 6 }),
        weight: upTo(9),
      }),
      { maxLength: 2 },
    ),
    fixed: fc.array(fc.record({ day: upTo(days - 1), shift: fc.option(shiftKey) }), { maxLength: 2 }),
    before: stretches(8).chain((before) =>
      fc.constantFrom(0, 1, 3, 9, 16, 24).map((length) => before.slice(0, length)),
    ),
  })

export const someDemand = (days: number): fc.Arbitrary<CoverDemand> =>
  fc.record({
    day: upTo(days - 1),
    by: fc.uniqueArray(shiftKey, { minLength: 1 }),
    skill: fc.constantFrom(null, 'trained-woman'),
    required: upTo(3),
    under: upTo(100),
    over: upTo(5),
  })
