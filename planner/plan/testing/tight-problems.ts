import { CivilDate } from '@lentera/core/shared/dates'
import { chanceOf, noCaps, rules } from '../../invented/country.ts'
import type { Forbidden, Officer, OpenShift, PlanProblem, Post } from '../plan.ts'

/** Two or three posts near one another with one to three officers each, for one year; the same for the same seed. */
export function tightProblem(seed: number): PlanProblem {
  const next = chanceOf(seed * 7919 + 13)
  for (let nth = 0; nth < 20; nth++) next()
  const pick = <T>(first: T, ...others: readonly T[]): T =>
    [first, ...others][Math.floor(next() * (others.length + 1))] ?? first
  const keys = ['A', 'B', 'C'].slice(0, 2 + Math.floor(next() * 2))
  const posts = keys.map((key, index) => postAt(key, index, next, pick))
  const withDay = posts.map((post) => (post.shifts.length === 2 && next() < 0.5 ? { ...post, dayShifts: ['d'] } : post))
  const officers = keys.flatMap((key) =>
    Array.from({ length: 1 + Math.floor(next() * 3) }, (_, index) => officerAt(key, index, next, pick)),
  )
  const caps = {
    ...noCaps,
    hires: pick<number | null>(null, 1, 2),
    trainings: pick<number | null>(null, 1, 2),
    budget: pick<number | null>(null, null, 12_000),
  }
  const together = { women: pick(0, 2), officersPerShift: pick(0, 1) }
  const moves = pick<PlanProblem['rules']['moves']>('if-asked', 'volunteers')
  const onCall = { minutes: pick(0, 60), hires: next() < 0.5 }
  const aim = pick<PlanProblem['aim']>(
    { kind: 'every-shift', budget: null },
    {
      kind: 'most-cover',
      budget: pick<number | null>(null, 15_000),
      counts: pick<'shifts' | 'posts'>('shifts', 'posts'),
    },
  )
  return {
    startsOn: CivilDate.parse('2027-01-01'),
    years: 1,
    posts: withDay,
    officers,
    groups: [],
    rules: { ...rules, together, moves, onCall },
    costs: {
      training: 900,
      move: 1500,
      movePerKm: 4,
      hire: 9000,
      facility: { toilets: 4000 },
      poolYear: 1200,
      dayOnlyYear: 3000,
    },
    changes: { facility: 0.5, training: 1, pool: 0.5, hire: 2, volunteerMove: 3, move: 9, movePer100Km: 1, dayOnly: 4 },
    caps: [caps],
    aim,
    fixed: [],
    forbidden: [],
  }
}

/**
 * Two or three posts over two or three years with little room, officers whose certificates end before the plan does, and steps that a hand
 * has struck out; the same for the same seed.
 */
export function passingProblem(seed: number): PlanProblem {
  const next = chanceOf(seed * 49_979_687 + 11)
  for (let nth = 0; nth < 10; nth++) next()
  const pick = <T>(first: T, ...others: readonly T[]): T =>
    [first, ...others][Math.floor(next() * (others.length + 1))] ?? first
  const tight = tightProblem(seed)
  const years = pick(2, 2, 3)
  const keys = pick(['A', 'B'], ['A', 'B'], ['A', 'B', 'C'])
  const posts = keys.map((key, index) => narrowPostAt(key, index, next, pick))
  const officers: Officer[] = []
  for (const key of keys)
    for (let left = pick(0, 1, 1, 2, 2, 3); left > 0; left--)
      officers.push(passingOfficerAt(key, officers.length, next, pick))
  return {
    ...tight,
    years,
    posts,
    officers,
    aim:
      next() < 0.5
        ? { kind: 'every-shift', budget: pick<number | null>(null, null, 20_000) }
        : {
            kind: 'most-cover',
            budget: pick<number | null>(null, 12_000, 25_000),
            counts: pick<'shifts' | 'posts'>('shifts', 'posts'),
          },
    caps: Array.from({ length: years }, () => ({
      ...noCaps,
      trainings: pick<number | null>(null, null, null, 1, 0),
      moves: pick<number | null>(null, null, null, 1),
      hires: pick<number | null>(null, 1, 1, 2, 0),
      pools: pick<number | null>(null, null, null, 0),
      facilities: pick<number | null>(null, null, null, 0),
      budget: pick<number | null>(null, null, null, 10_500, 14_000),
    })),
    forbidden:
      next() < 0.25
        ? [
            {
              kind: pick<Forbidden['kind']>('hire', 'move', 'train', 'pool'),
              post: pick<string | null>(null, ...keys),
              from: null,
              to: null,
              who: null,
              year: pick<number | null>(null, 1, 2),
            },
          ]
        : [],
    costs: {
      ...tight.costs,
      facility: pick<PlanProblem['costs']['facility']>({ toilets: 4000 }, { toilets: 4000 }, {}),
    },
    rules: {
      ...rules,
      together: { women: pick(0, 0, 2), officersPerShift: pick(0, 0, 1) },
      attrition: pick(0, 0, 0, 0.1),
      onCall: { minutes: pick(0, 60, 60), hires: next() < 0.5 },
      leadMonths: { training: pick(3, 3, 3, 14), hiring: pick(12, 12, 6, 18), facility: pick(6, 6, 12, 18) },
    },
  }
}

type Pick = <T>(first: T, ...others: readonly T[]) => T

const shift = (key: string, starts: number, daysAWeek: number): OpenShift => ({ key, starts, minutes: 480, daysAWeek })

function postAt(key: string, index: number, next: () => number, pick: Pick): Post {
  return {
    key,
    latitude: 10 + index * 0.15 * next(),
    longitude: 100 + 0.2 * next(),
    shifts: pick([shift('d', 480, 5)], [shift('d', 480, 7), shift('n', 1320, 7)], [shift('d', 480, 3)]),
    dayShifts: null,
    flow: 10,
    risk: pick(1, 2, 0.5),
    facilities: { toilets: pick<'yes' | 'no'>('yes', 'yes', 'no'), lodging: 'yes' },
    vacancies: pick<number | null>(null, 1, 2, 0),
    mustBeCovered: false,
  }
}

function officerAt(post: string, index: number, next: () => number, pick: Pick): Officer {
  const isWoman = next() < 0.85
  const isTrained = next() < 0.55
  return {
    key: `${post}${index}`,
    post,
    isWoman,
    training: isTrained ? { isTrained, until: next() < 0.2 ? CivilDate.parse('2027-06-01') : null } : { isTrained },
    mayBeTrained: next() < 0.8,
    mayMove: { kind: pick('no', 'volunteer', 'if-asked'), mostKm: null, onlyTo: null, notTo: [] },
    isOnCall: next() < 0.6,
    home: null,
  }
}

function narrowPostAt(key: string, index: number, next: () => number, pick: Pick): Post {
  const shifts = pick(
    [shift('d', 480, 3)],
    [shift('d', 480, 5)],
    [shift('d', 480, 5)],
    [shift('d', 480, 5), shift('n', 1320, 5)],
    [shift('d', 480, 7), shift('n', 1320, 7)],
  )
  return {
    key,
    latitude: 10 + index * 0.1 * next(),
    longitude: 100 + 0.2 * next(),
    shifts,
    dayShifts: shifts.length > 1 && next() < 0.4 ? ['d'] : null,
    flow: 10,
    facilities: { toilets: pick<'yes' | 'no'>('yes', 'yes', 'yes', 'no'), lodging: 'yes' },
    vacancies: pick<number | null>(null, 0, 0, 1, 1, 2),
    risk: pick(1, 2, 0.5),
    mustBeCovered: next() < 0.05,
  }
}

function passingOfficerAt(post: string, index: number, next: () => number, pick: Pick): Officer {
  return {
    key: `${post}${index}`,
    post,
    isWoman: next() < 0.9,
    isOnCall: next() < 0.6,
    mayBeTrained: next() < 0.5,
    mayMove: { kind: pick('volunteer', 'volunteer', 'if-asked', 'no'), mostKm: null, onlyTo: null, notTo: [] },
    training: next() < 0.7 ? { isTrained: true, until: untilOf(pick) } : { isTrained: false },
    home: null,
  }
}

function untilOf(pick: Pick): CivilDate | null {
  const until = pick(null, null, '2028-06-01', '2028-06-01', '2029-03-01', '2027-05-01')
  return until === null ? null : CivilDate.parse(until)
}
