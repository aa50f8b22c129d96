import { describe, expect, test } from 'vitest'
import type { CoverDemand, Person, RosterProblem } from '../roster/words.ts'
import { checkRosterProblem, type RosterContradiction, rosterContradictions } from './checker.ts'
import { unbound } from './testing/roster-problems.ts'

const day = { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] }
const night = { key: 'N', starts: 1320, minutes: 600, isNight: true, isOnCall: false, cannotFollow: ['D'] }
const sound: RosterProblem = { days: 7, startsOn: 0, shifts: [day, night], people: [unbound], cover: [] }
const demand: CoverDemand = { day: 0, by: ['D'], skill: null, required: 2, under: 100, over: 1 }

const her = (bounds: Partial<Person>): RosterProblem => ({ ...sound, people: [{ ...unbound, ...bounds }] })
const asking = (...cover: readonly Partial<CoverDemand>[]): RosterProblem => ({
  ...sound,
  cover: cover.map((one) => ({ ...demand, ...one })),
})
const set = (...days: readonly (readonly [number, string | null])[]) => ({
  fixed: days.map(([on, shift]) => ({ day: on, shift })),
})

type Case = readonly [code: RosterContradiction, what: string, contradicts: RosterProblem, stands: RosterProblem]
const cases: readonly Case[] = [
  ['roster.no-days', 'no day at all', { ...sound, days: 0 }, { ...sound, days: 1 }],
  ['roster.no-weekday', 'an eighth weekday', { ...sound, startsOn: 7 }, { ...sound, startsOn: 6 }],
  ['roster.number-wrong', 'fewer minutes than none', her({ leastMinutes: -1 }), her({ leastMinutes: 1 })],
  ['roster.number-wrong', 'a bound that is no number', her({ mostInARow: Number.NaN }), her({ mostInARow: 1 })],
  [
    'roster.number-wrong',
    'half an officer needed; the cost of one missing may be a fraction',
    asking({ required: 0.5 }),
    asking({ required: 0, under: 0.5 }),
  ],
  [
    'roster.number-wrong',
    'a shift of fewer minutes than none; standby may have none',
    { ...sound, shifts: [day, { ...night, minutes: -1 }] },
    { ...sound, shifts: [day, { ...night, minutes: 0 }] },
  ],
  [
    'roster.shift-twice',
    'a shift type listed twice',
    { ...sound, shifts: [day, day] },
    { ...sound, shifts: [day, { ...day, key: 'D2' }] },
  ],
  [
    'roster.person-twice',
    'a person listed twice',
    { ...sound, people: [unbound, unbound] },
    { ...sound, people: [unbound, { ...unbound, key: 'Q' }] },
  ],
  ['roster.no-such-shift', 'a demand for a shift of another post', asking({ by: ['X'] }), asking({ by: ['D', 'N'] })],
  ['roster.no-such-shift', 'a day before that nobody can read', her({ before: ['X'] }), her({ before: ['N'] })],
  [
    'roster.no-such-shift',
    'a shift that cannot follow, and does not exist',
    { ...sound, shifts: [{ ...day, cannotFollow: ['X'] }] },
    { ...sound, shifts: [{ ...day, cannotFollow: ['D'] }] },
  ],
  ['roster.outside-days', 'leave after the last day', her({ daysOff: [7] }), her({ daysOff: [6] })],
  [
    'roster.number-wrong',
    'company of half a person',
    { ...sound, company: [{ day: 0, shift: 'D', least: 1.5 }] },
    { ...sound, company: [{ day: 0, shift: 'D', least: 2 }] },
  ],
  [
    'roster.outside-days',
    'company on a day after the last',
    { ...sound, company: [{ day: 7, shift: 'D', least: 2 }] },
    { ...sound, company: [{ day: 6, shift: 'D', least: 2 }] },
  ],
  [
    'roster.no-such-shift',
    'company on a shift of another post',
    { ...sound, company: [{ day: 0, shift: 'X', least: 2 }] },
    { ...sound, company: [{ day: 0, shift: 'N', least: 2 }] },
  ],
  ['roster.outside-days', 'a demand before the first', asking({ day: -1 }), asking({ day: 0 })],
  ['roster.demand-without-shift', 'a demand that names no shift', asking({ by: [] }), asking({ by: ['D'] })],
  [
    'roster.shift-too-long',
    'a night of ten hours on which somebody is asked for, where nobody works for longer than nine',
    { ...asking({ by: ['N'] }), longestDuty: 540 },
    { ...asking({ by: ['N'] }), longestDuty: 600 },
  ],
  [
    'roster.demands-contradict',
    'three and two of the same; a dear second and a cheap third do not contradict',
    asking({ required: 2 }, { required: 3 }),
    asking({ required: 2, over: 0 }, { required: 3 }),
  ],
  [
    'roster.demands-contradict',
    'three trained women among two officers; two among two',
    asking({ required: 2 }, { required: 3, skill: 'trained-woman' }),
    asking({ required: 2 }, { required: 2, skill: 'trained-woman' }),
  ],
  [
    'roster.demands-contradict',
    'three day officers where day and night together may have two; another day may',
    asking({ required: 2, by: ['D', 'N'] }, { required: 3 }),
    asking({ required: 2, by: ['D', 'N'] }, { required: 3, day: 1 }),
  ],
  [
    'roster.least-above-most-minutes',
    'more hours than she may',
    her({ leastMinutes: 481, mostMinutes: 480 }),
    her({ leastMinutes: 480, mostMinutes: 480 }),
  ],
  [
    'roster.least-above-most-in-a-row',
    'longer rows than she may',
    her({ leastInARow: 3, mostInARow: 2 }),
    her({ leastInARow: 2, mostInARow: 2 }),
  ],
  [
    'roster.low-above-high',
    'a share that ends before it begins',
    her({ balance: [{ shifts: ['N'], low: 3, high: 2, weight: 1 }] }),
    her({ balance: [{ shifts: ['N'], low: 2, high: 2, weight: 1 }] }),
  ],
  [
    'roster.too-little-time',
    'leave that leaves too few days for her hours',
    her({ leastMinutes: 1201, daysOff: [0, 1, 2, 3, 4] }),
    her({ leastMinutes: 1200, daysOff: [0, 1, 2, 3, 4] }),
  ],
  [
    'roster.too-little-time',
    'hours that only nights could fill, which she never works',
    her({ leastMinutes: 7 * 600, mostShifts: { N: 0 } }),
    her({ leastMinutes: 7 * 480, mostShifts: { N: 0 } }),
  ],
  ['roster.fixed-twice', 'a shift and a free day', her(set([1, 'D'], [1, null])), her(set([1, 'D'], [1, 'D']))],
  [
    'roster.fixed-on-day-off',
    'work set by hand on a day of leave',
    her({ daysOff: [1], ...set([1, 'D']) }),
    her({ daysOff: [1], ...set([1, null], [2, 'D']) }),
  ],
  [
    'roster.fixed-elsewhere',
    'a free day set by hand where another roster has her on duty',
    her({ ...set([1, null]), elsewhere: [{ day: 1, shift: 'D' }] }),
    her({ ...set([1, 'D'], [2, null]), elsewhere: [{ day: 1, shift: 'D' }] }),
  ],
  [
    'roster.fixed-contradicts',
    'three days in a row, two of them in another roster',
    her({ mostInARow: 2, ...set([1, 'D']), elsewhere: [2, 3].map((day) => ({ day, shift: 'D' })) }),
    her({ mostInARow: 2, ...set([1, 'D']), elsewhere: [2, 4].map((day) => ({ day, shift: 'D' })) }),
  ],
  [
    'roster.fixed-contradicts',
    'a shift she may never work',
    her({ mostShifts: { N: 0 }, ...set([1, 'N']) }),
    her({ mostShifts: { N: 1 }, ...set([1, 'N']) }),
  ],
  [
    'roster.fixed-contradicts',
    'a day shift after the night before the roster begins',
    her({ before: ['N'], ...set([0, 'D']) }),
    her({ before: ['N'], ...set([0, 'N']) }),
  ],
  [
    'roster.fixed-contradicts',
    'three days in a row set by hand where two are allowed',
    her({ mostInARow: 2, ...set([1, 'D'], [2, 'D'], [3, 'D']) }),
    her({ mostInARow: 2, ...set([1, 'D'], [2, 'D'], [4, 'D']) }),
  ],
]

describe('a contradiction is found before anybody solves it, alone, and not a step before', () => {
  test.each(cases)('%s: %s', (code, _, contradicts, stands) => {
    expect(checkRosterProblem(stands)).toEqual([])
    expect(checkRosterProblem(contradicts).map((one) => one.code)).toEqual([code])
  })

  test('no contradiction is left without an example here', () => {
    expect(rosterContradictions.filter((code) => !cases.some(([shown]) => shown === code))).toEqual([])
  })

  test('what is set by hand says which rule it breaks', () => {
    const [found] = checkRosterProblem(her({ mostInARow: 2, ...set([1, 'D'], [2, 'D'], [3, 'D']) }))
    expect(found).toMatchObject({
      person: 'P',
      because: { code: 'roster.too-many-in-a-row', days: [1, 2, 3], found: 3, allowed: 2 },
    })
  })
})

test('a wish for a shift she may not work, or that she cannot have, is dear and no contradiction', () => {
  const wishes = [
    { day: 0, shift: 'N', weight: 1, isWanted: true },
    { day: 0, shift: 'D', weight: 1, isWanted: true },
  ]
  expect(checkRosterProblem(her({ mostShifts: { N: 0 }, daysOff: [0], wishes }))).toEqual([])
})

test('a demand for more people than there are is dear and no contradiction', () => {
  expect(checkRosterProblem(asking({ required: 9 }))).toEqual([])
})
