import { describe, expect, test } from 'vitest'
import type { Person, Roster, RosterProblem, ShiftKey } from '../roster/words.ts'
import { checkRoster, type RosterRule, rosterRules } from './checker.ts'
import { unbound } from './testing/roster-problems.ts'

/** `DDN-S` reads as a day shift twice, a night, a free day, on call. */
function days(text: string): (ShiftKey | null)[] {
  return [...text].map((letter) => (letter === '-' ? null : letter))
}

/** Two weeks from a Monday, for one person who is bound by `bounds` alone. */
function problemOf(bounds: Partial<Person>, other: Partial<RosterProblem> = {}): RosterProblem {
  const day = { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] }
  const night = { key: 'N', starts: 1320, minutes: 600, isNight: true, isOnCall: false, cannotFollow: ['D'] }
  const standby = { key: 'S', starts: 0, minutes: 0, isNight: false, isOnCall: true, cannotFollow: [] }
  return {
    days: 14,
    startsOn: 0,
    shifts: [day, night, standby],
    people: [{ ...unbound, ...bounds }],
    cover: [],
    ...other,
  }
}

const codesOf = (problem: RosterProblem, roster: Roster) => checkRoster(problem, roster).broken.map(({ code }) => code)

// ---------------------------------------------------------------------------------------------------------------------
// Every hard rule: at its very edge, and one step over it

type Case = readonly [
  rule: RosterRule,
  what: string,
  bounds: Partial<Person>,
  kept: string,
  broken: string,
  finding: Readonly<{ days?: readonly number[]; found?: number; allowed?: number; shifts?: readonly string[] }>,
  other?: Partial<RosterProblem>,
]

/** Standby from which somebody may be called: she rests before it as before any shift. */
const rested: RosterProblem['shifts'] = [
  { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] },
  { key: 'N', starts: 1320, minutes: 600, isNight: true, isOnCall: false, cannotFollow: ['D', 'R'] },
  { key: 'R', starts: 0, minutes: 0, isNight: false, isOnCall: true, cannotFollow: [] },
]

const cases: readonly Case[] = [
  [
    'roster.follows-too-soon',
    'a day shift on the morning after a night',
    {},
    'N-D-----------',
    'ND------------',
    { days: [0, 1], shifts: ['N', 'D'] },
  ],
  [
    'roster.follows-too-soon',
    'a day shift after the night before the roster begins',
    { before: days('--N') },
    'N-------------',
    'D-------------',
    { days: [-1, 0], shifts: ['N', 'D'] },
  ],
  [
    'roster.too-many-of-a-shift',
    'a third night where two are allowed',
    { mostShifts: { N: 2 } },
    'NN--DD--------',
    'NN--NN--------',
    { days: [0, 1, 4, 5], found: 4, allowed: 2, shifts: ['N'] },
  ],
  [
    'roster.too-many-of-a-shift',
    'a shift she may never work',
    { mostShifts: { N: 0 } },
    'D-------------',
    'N-------------',
    { days: [0], found: 1, allowed: 0, shifts: ['N'] },
  ],
  [
    'roster.shift-closed',
    'a shift of Mondays to Fridays on a Saturday',
    {},
    '----W--W------',
    '-----W-W------',
    { days: [5], shifts: ['W'] },
    {
      shifts: [
        ...rested,
        {
          key: 'W',
          starts: 480,
          minutes: 480,
          isNight: false,
          isOnCall: false,
          cannotFollow: [],
          weekdays: [0, 1, 2, 3, 4],
        },
      ],
    },
  ],
  [
    'roster.duty-too-long',
    'a night of ten hours where nobody works for longer than eight',
    {},
    'DD------------',
    'DN------------',
    { days: [1], shifts: ['N'], found: 600, allowed: 480 },
    { longestDuty: 480 },
  ],
  [
    'roster.alone',
    'alone at night where two stand together; a day shift is not bound, and nobody on it is alone',
    {},
    'DD--DD--------',
    'DD--DN--------',
    { days: [5], shifts: ['N'], found: 1, allowed: 2 },
    { shifts: rested.map((type) => (type.key === 'N' ? { ...type, leastTogether: 2 } : type)) },
  ],
  [
    'roster.too-many-on-call',
    'a third day on call where two are allowed',
    { mostOnCall: 2 },
    'SS--DD--------',
    'SS--DS--------',
    { days: [0, 1, 5], found: 3, allowed: 2 },
  ],
  [
    'roster.follows-too-soon',
    'on call from midnight on the day after a night',
    {},
    'N-R-----------',
    'NR------------',
    { days: [0, 1], shifts: ['N', 'R'] },
    { shifts: rested },
  ],
  [
    'roster.too-many-weekends',
    'on call on a second weekend',
    { mostWeekends: 1 },
    '-----D--------',
    '-----D------S-',
    { days: [5, 12], found: 2, allowed: 1 },
  ],
  [
    'roster.too-many-of-a-shift',
    'on call, of which she offered none',
    { mostShifts: { S: 0 } },
    'D-------------',
    'S-------------',
    { days: [0], found: 1, allowed: 0, shifts: ['S'] },
  ],
  [
    'roster.too-many-minutes',
    'ten minutes over',
    { mostMinutes: 1080 },
    'DN------------',
    'NN------------',
    { found: 1200, allowed: 1080 },
  ],
  [
    'roster.too-few-minutes',
    'standby that counts no minutes',
    { leastMinutes: 960 },
    'DD------------',
    'DS------------',
    { found: 480, allowed: 960 },
  ],
  [
    'roster.too-many-in-a-row',
    'a sixth day in a row, standby included',
    { mostInARow: 5 },
    '-DDDDS--------',
    '-DDDDDS-------',
    { days: [1, 2, 3, 4, 5, 6], found: 6, allowed: 5 },
  ],
  [
    'roster.too-many-in-a-row',
    'a row that began before the roster does',
    { mostInARow: 5, before: days('-DDD') },
    'DD------------',
    'DDD-----------',
    { days: [-3, -2, -1, 0, 1, 2], found: 6, allowed: 5 },
  ],
  [
    'roster.too-many-in-a-row',
    'a row that was too long before, and is gone on with',
    { mostInARow: 2, before: days('-DDD') },
    '-DD-----------',
    'D-------------',
    { days: [-3, -2, -1, 0], found: 4, allowed: 2 },
  ],
  [
    'roster.too-many-in-a-row',
    'a row at the very end',
    { mostInARow: 3 },
    '----------DDD-',
    '----------DDDD',
    { days: [10, 11, 12, 13], found: 4, allowed: 3 },
  ],
  [
    'roster.too-few-in-a-row',
    'a single day where two are the least',
    { leastInARow: 2 },
    '-DD-----------',
    '-D------------',
    { days: [1], found: 1, allowed: 2 },
  ],
  [
    'roster.too-few-in-a-row',
    'a row that ends before the last day; one that touches an end is not known to be short',
    { leastInARow: 3 },
    'D------------D',
    'D----------DD-',
    { days: [11, 12], found: 2, allowed: 3 },
  ],
  [
    'roster.too-few-in-a-row',
    'a row of the days before that is not gone on with',
    { leastInARow: 3, before: days('-DD') },
    'D-------------',
    '--------------',
    { days: [-2, -1], found: 2, allowed: 3 },
  ],
  [
    'roster.too-few-in-a-row',
    'what was short and ended before is not held against the roster; what begins with it is',
    { leastInARow: 2, before: days('-D-') },
    'DD------------',
    'D-------------',
    { days: [0], found: 1, allowed: 2 },
  ],
  [
    'roster.too-many-nights-in-a-row',
    'a fourth night one after the other where three are allowed; a free day ends them',
    { mostNightsInARow: 3 },
    'NNN--NNN------',
    'NNNN----------',
    { days: [0, 1, 2, 3], found: 4, allowed: 3 },
  ],
  [
    'roster.too-many-nights-in-a-row',
    'nights just before the roster go on over its beginning',
    { mostNightsInARow: 3, before: days('NN') },
    'N--NNN--------',
    'NN------------',
    { days: [-2, -1, 0, 1], found: 4, allowed: 3 },
  ],
  [
    'roster.too-many-nights-in-a-row',
    'a night on call is one of them, and nights of two names are in a row',
    { mostNightsInARow: 2 },
    'NRD-----------',
    'NRM-----------',
    { days: [0, 1, 2], found: 3, allowed: 2 },
    {
      shifts: [
        { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] },
        { key: 'N', starts: 1320, minutes: 480, isNight: true, isOnCall: false, cannotFollow: [] },
        { key: 'M', starts: 1200, minutes: 600, isNight: true, isOnCall: false, cannotFollow: [] },
        { key: 'R', starts: 1320, minutes: 0, lasts: 480, isNight: true, isOnCall: true, cannotFollow: [] },
      ],
    },
  ],
  [
    'roster.too-few-free-in-a-row',
    'one free day between two rows',
    { leastFreeInARow: 2 },
    'DD--DD-------D',
    'DD-DD--------D',
    { days: [2], found: 1, allowed: 2 },
  ],
  [
    'roster.too-few-free-in-a-row',
    'a rest of the days before that is cut short',
    { leastFreeInARow: 2, before: days('D-') },
    '-DD-----------',
    'DDD-----------',
    { days: [-1], found: 1, allowed: 2 },
  ],
  [
    'roster.too-few-free-in-a-row',
    'a rest whose beginning is not known may be longer than it looks',
    { leastFreeInARow: 3, before: days('--') },
    'DD------------',
    'DD--D---------',
    { days: [2, 3], found: 2, allowed: 3 },
  ],
  [
    'roster.too-many-weekends',
    'Saturday and Sunday are one weekend; the next Sunday is another',
    { mostWeekends: 1 },
    '-----DD-------',
    '-----DD------D',
    { days: [5, 6, 13], found: 2, allowed: 1 },
  ],
  [
    'roster.too-many-weekends',
    'a roster that begins on a Sunday begins with half a weekend',
    { mostWeekends: 1 },
    'D-------------',
    'D-----D-------',
    { days: [0, 6], found: 2, allowed: 1 },
    { startsOn: 6 },
  ],
  [
    'roster.too-many-weekends',
    'a Friday night that ends on Saturday is work of that weekend, also where it is the last day; an evening is not',
    { mostWeekends: 1 },
    '----NNN----D--',
    '----N------N--',
    { days: [4, 11], found: 2, allowed: 1 },
    { weekendsByHours: true, days: 14 },
  ],
  [
    'roster.weekend-window',
    'a weekend that a Friday night before the roster began is worked already, and counts',
    { weekendWindow: { weekends: 2, most: 1 }, before: days('N') },
    'NN-----------D',
    'NN----N-------',
    { days: [-1, 0, 1, 6], found: 2, allowed: 1 },
    { weekendsByHours: true, startsOn: 5 },
  ],
  [
    'roster.weekend-window',
    'the weekends before count, and one whose Saturday was worked before is worked already',
    { weekendWindow: { weekends: 3, most: 2 }, before: days('D------D------D') },
    'D-------------',
    'D-----D-------',
    { days: [-8, -1, 0, 6], found: 3, allowed: 2 },
    { startsOn: 6 },
  ],
  [
    'roster.window',
    'a sixth day among seven',
    { windows: [{ days: 7, most: 5 }] },
    'DDD-DD-DDD-DD-',
    'DDD-DDD-------',
    { days: [0, 1, 2, 4, 5, 6], found: 6, allowed: 5 },
  ],
  [
    'roster.window',
    'days worked before the roster begins are among them',
    { windows: [{ days: 4, most: 2 }], before: days('DD-') },
    '-D------------',
    'D-------------',
    { days: [-3, -2, 0], found: 3, allowed: 2 },
  ],
  [
    'roster.window-of-shifts',
    'a third night, under whichever of two names',
    { windows: [{ days: 7, most: 2, shifts: ['N', 'S'] }] },
    'NS---DD-NS----',
    'NS--N---------',
    { days: [0, 1, 4], found: 3, allowed: 2, shifts: ['N', 'S'] },
  ],
  [
    'roster.window-of-shifts',
    'nights of the days before are among them',
    { windows: [{ days: 7, most: 2, shifts: ['N'] }], before: days('NN-DD-') },
    '-N------------',
    'N-------------',
    { days: [-6, -5, 0], found: 3, allowed: 2 },
  ],
  [
    'roster.day-off',
    'standby on a day of leave',
    { daysOff: [4] },
    '---D-D--------',
    '---DSD--------',
    { days: [4], shifts: ['S'] },
  ],
  [
    'roster.reaches-day-off',
    'a night that runs into leave, also into the day after the last',
    { away: [5, 14] },
    '---N---------D',
    '----N---------',
    { days: [4, 5], shifts: ['N'] },
  ],
  [
    'roster.reaches-day-off',
    'a night that runs into the day after the roster',
    { away: [14] },
    '------------N-',
    '-------------N',
    { days: [13, 14], shifts: ['N'] },
  ],
  [
    'roster.reaches-day-off',
    'standby that lasts into leave',
    { away: [5] },
    '---SD---------',
    '----S---------',
    { days: [4, 5], shifts: ['S'] },
    {
      shifts: [
        { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] },
        { key: 'S', starts: 1320, minutes: 0, lasts: 480, isNight: true, isOnCall: true, cannotFollow: [] },
      ],
    },
  ],
  [
    'roster.two-duties',
    'another shift where she is on duty in another roster',
    { elsewhere: [{ day: 2, shift: 'D' }] },
    '--D-----------',
    '--N-----------',
    { days: [2], shifts: ['D'] },
  ],
  [
    'roster.fixed-changed',
    'another shift where one was set by hand',
    { fixed: [{ day: 2, shift: 'D' }] },
    '--D-----------',
    '--N-----------',
    { days: [2], shifts: ['D'] },
  ],
  [
    'roster.fixed-changed',
    'work on a day that was set free',
    { fixed: [{ day: 2, shift: null }] },
    'DD-D----------',
    'DDDD----------',
    { days: [2], shifts: [] },
  ],
  [
    'roster.unknown-shift',
    'a shift of another post',
    {},
    '---D----------',
    '---X----------',
    { days: [3], shifts: ['X'] },
  ],
  [
    'roster.wrong-length',
    'a day too many',
    { leastMinutes: 0 },
    '--------------',
    '---------------',
    { found: 15, allowed: 14 },
  ],
]

describe('every hard rule is kept at its edge, and broken one step further, alone', () => {
  test.each(cases.map((one) => [one[0], one[1], one] as const))('%s: %s', (rule, _, one) => {
    const [, , bounds, kept, brokenRow, finding, other] = one
    const problem = problemOf(bounds, other)
    expect(checkRoster(problem, { P: days(kept) }).broken).toEqual([])
    const { broken } = checkRoster(problem, { P: days(brokenRow) })
    expect(broken).toHaveLength(1)
    expect(broken[0]).toMatchObject({ code: rule, person: 'P', ...finding })
  })

  test('somebody without a row, and a row of somebody else', () => {
    const problem = problemOf({})
    expect(codesOf(problem, { P: days('--------------') })).toEqual([])
    expect(codesOf(problem, {})).toEqual(['roster.person-missing'])
    expect(checkRoster(problem, { P: days('--------------'), Q: [] }).broken).toMatchObject([
      { code: 'roster.person-unknown', person: 'Q' },
    ])
  })

  test('no rule is left without an example here', () => {
    const shown = new Set<RosterRule>([
      ...cases.map(([rule]) => rule),
      'roster.person-missing',
      'roster.person-unknown',
    ])
    expect(rosterRules.filter((rule) => !shown.has(rule))).toEqual([])
  })
})

describe('nobody is posted alone', () => {
  const guarded = rested.map((type) => (type.key === 'N' ? { ...type, leastTogether: 2 } : type))
  const problem: RosterProblem = {
    ...problemOf({}, { shifts: guarded }),
    people: ['P', 'Q', 'R'].map((key) => ({ ...unbound, key })),
  }
  const nobody = days('--------------')

  test('two on the shift are together, whoever they are; who is on call is not there', () => {
    expect(codesOf(problem, { P: days('N-------------'), Q: days('N-------------'), R: nobody })).toEqual([])
    expect(codesOf(problem, { P: days('N-------------'), Q: days('R-------------'), R: nobody })).toEqual([
      'roster.alone',
    ])
  })

  test('where three stand together two are too few, and both are named', () => {
    const three = { ...problem, shifts: guarded.map((type) => ({ ...type, leastTogether: 3 })) }
    const { broken } = checkRoster(three, { P: days('N-------------'), Q: days('N-------------'), R: nobody })
    expect(broken.map(({ person, found, allowed }) => [person, found, allowed])).toEqual([
      ['P', 2, 3],
      ['Q', 2, 3],
    ])
  })
})

describe('a roster a hand has changed', () => {
  test('each rule that is broken is named, with the person and the days, whoever else keeps them', () => {
    const problem: RosterProblem = {
      ...problemOf({}),
      people: [
        { ...unbound, key: 'P1', mostInARow: 5, leastFreeInARow: 2, mostMinutes: 4800 },
        { ...unbound, key: 'P2', mostWeekends: 1, daysOff: [3] },
        { ...unbound, key: 'P3', mostShifts: { N: 4 } },
      ],
    }
    const { broken } = checkRoster(problem, {
      P1: days('DDDDDD-DDDDDD-'),
      P2: days('DDDD-N-----DN-'),
      P3: days('NNNN----DDDDD-'),
    })
    expect(broken.map(({ code, person, days: on }) => [person, code, on[0]])).toEqual([
      ['P1', 'roster.too-many-minutes', undefined],
      ['P1', 'roster.too-many-in-a-row', 0],
      ['P1', 'roster.too-many-in-a-row', 7],
      ['P1', 'roster.too-few-free-in-a-row', 6],
      ['P2', 'roster.too-many-weekends', 5],
      ['P2', 'roster.day-off', 3],
    ])
  })

  test('of windows that share days one is said, and the next one that does not', () => {
    const problem = problemOf({ windows: [{ days: 4, most: 3 }] })
    const { broken } = checkRoster(problem, { P: days('DDDDDD--DDDDD-') })
    expect(broken.map(({ days: on }) => on)).toEqual([
      [0, 1, 2, 3],
      [8, 9, 10, 11],
    ])
  })

  test('a person called after something every object has is nobody until she has a row', () => {
    const problem = problemOf({ key: 'constructor' })
    expect(codesOf(problem, {})).toEqual(['roster.person-missing'])
  })
})

// ---------------------------------------------------------------------------------------------------------------------
// Cost

describe('what a roster costs', () => {
  const demand = { day: 0, by: ['D'], skill: null, required: 2, under: 100, over: 3 }
  const people = ['P1', 'P2', 'P3'].map((key) => ({ ...unbound, key, skills: key === 'P1' ? ['trained-woman'] : [] }))
  const problem: RosterProblem = { ...problemOf({}, { days: 1 }), people, cover: [demand] }
  const costOf = (cover: RosterProblem['cover'], rows: readonly string[]) =>
    checkRoster({ ...problem, cover }, { P1: days(rows[0] ?? ''), P2: days(rows[1] ?? ''), P3: days(rows[2] ?? '') })
      .parts

  test('each one missing and each one too many, in the weights of the demand', () => {
    expect(costOf([demand], ['-', '-', '-']).underCover).toBe(200)
    expect(costOf([demand], ['D', 'D', '-'])).toEqual({ underCover: 0, overCover: 0, wishes: 0, balance: 0 })
    expect(costOf([demand], ['D', 'D', 'D']).overCover).toBe(3)
  })

  test('a demand for a skill counts only who has it', () => {
    const trained = { ...demand, skill: 'trained-woman', required: 1 }
    expect(costOf([trained], ['-', 'D', 'D']).underCover).toBe(100)
    expect(costOf([trained], ['D', 'D', 'D'])).toMatchObject({ underCover: 0, overCover: 0 })
  })

  test('standby meets a demand that takes it, and one person is counted once', () => {
    const either = { ...demand, by: ['D', 'S'], required: 1 }
    expect(costOf([either], ['S', '-', '-']).underCover).toBe(0)
    expect(costOf([{ ...either, by: ['D'] }], ['S', '-', '-']).underCover).toBe(100)
    expect(costOf([{ ...either, by: ['D', 'D'] }], ['D', '-', '-'])).toMatchObject({ underCover: 0, overCover: 0 })
  })

  test('a wish costs its weight when she does not have it: a shift wanted, a shift not wanted', () => {
    const wishes = [
      { day: 0, shift: 'D', weight: 2, isWanted: true },
      { day: 1, shift: 'N', weight: 5, isWanted: false },
    ]
    const wish = (row: string) => checkRoster(problemOf({ wishes }, { days: 2 }), { P: days(row) }).parts.wishes
    expect([wish('DD'), wish('ND'), wish('DN'), wish('-N')]).toEqual([0, 2, 5, 7])
  })

  test('a free day that was wished for costs its weight on any work, standby too', () => {
    const wishes = [{ day: 0, shift: null, weight: 4, isWanted: true }]
    const wish = (row: string) => checkRoster(problemOf({ wishes }, { days: 1 }), { P: days(row) }).parts.wishes
    expect([wish('-'), wish('D'), wish('S')]).toEqual([0, 4, 4])
  })

  test('a share that is too small or too large costs each shift of it', () => {
    const balance = [{ shifts: ['N', 'S'], low: 1, high: 2, weight: 10 }]
    const share = (row: string) => checkRoster(problemOf({ balance }, { days: 4 }), { P: days(row) }).parts.balance
    expect([share('DDDD'), share('NDDD'), share('NS--'), share('NNSS')]).toEqual([10, 0, 0, 20])
  })
})
