import { CivilDate } from '@lentera/core/shared/dates'
import { chanceOf, noCaps, rules } from '../../invented/country.ts'
import type { Officer, OpenShift, PlanProblem, Post } from '../plan.ts'

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

type Pick = <T>(first: T, ...others: readonly T[]) => T

function postAt(key: string, index: number, next: () => number, pick: Pick): Post {
  const shift = (name: string, starts: number, daysAWeek: number): OpenShift => ({
    key: name,
    starts,
    minutes: 480,
    daysAWeek,
  })
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
