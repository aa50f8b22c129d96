import { CivilDate } from '@lentera/core/shared/dates'
import type { HasFacility, MayMove, Officer, PlanProblem, PlanRules, Post, YearCaps } from '../plan/words.ts'

/**
 * An invented country: `posts` crossings with about 15 officers each, 9 % of them women (fewer at the remote 40 %), half
 * of these trained; two thirds open for 24 hours; most without all that makes a post safe. The same for the same seed.
 */
export function countryOf({
  posts,
  seed,
  years = 1,
  changes = {},
}: {
  readonly posts: number
  readonly seed: number
  readonly years?: number
  readonly changes?: Partial<PlanProblem> & { readonly rules?: PlanRules }
}): PlanProblem {
  const next = chanceOf(seed)
  // About a post each 40 km, whatever their number.
  const side = Math.sqrt(posts) * 0.36
  const made = Array.from({ length: posts }, (_, index) => postOf(index, side, next))
  return {
    startsOn: CivilDate.parse('2027-01-01'),
    years,
    posts: made.map(({ post }) => post),
    officers: made.flatMap(({ post, isRemote }) => officersOf(post.key, isRemote, next)),
    groups: [],
    rules,
    costs: {
      training: 900,
      move: 1500,
      movePerKm: 4,
      hire: 9000,
      facility: { toilets: 4000, lodging: 12_000 },
      poolYear: 1200,
      dayOnlyYear: 3000,
    },
    changes: {
      facility: 0.5,
      training: 1,
      pool: 0.5,
      hire: 2,
      volunteerMove: 3,
      move: 9,
      movePer100Km: 1,
      dayOnly: 4,
    },
    caps: Array.from({ length: years }, () => noCaps),
    aim: { kind: 'every-shift', budget: null },
    fixed: [],
    forbidden: [],
    ...changes,
  }
}

export const noCaps: YearCaps = {
  trainings: null,
  moves: null,
  hires: null,
  facilities: null,
  pools: null,
  dayOnly: null,
  budget: null,
}

/** What an agency of this size might be given in a year. */
export function capsFor(posts: number): YearCaps {
  return { ...noCaps, trainings: 0.4 * posts, moves: 0.8 * posts, hires: 0.6 * posts, facilities: 0.5 * posts }
}

export const rules: PlanRules = {
  absence: 0.05,
  shiftsPerPerson: 20,
  minutesPerPerson: 9600,
  womenPerShift: 1,
  together: { women: 2, officersPerShift: 2 },
  facilitiesNeeded: ['toilets', 'lodging'],
  moves: 'if-asked',
  mostMoveKm: 400,
  nearestPosts: 12,
  onCall: { minutes: 60, hires: true },
  travel: { kmPerHour: 40, known: [] },
  attrition: 0,
  leadMonths: { training: 3, hiring: 12, facility: 6 },
}

export const dayAndNight = [
  { key: 'early', starts: 360, minutes: 480, daysAWeek: 7 },
  { key: 'late', starts: 840, minutes: 480, daysAWeek: 7 },
  { key: 'night', starts: 1320, minutes: 480, daysAWeek: 7 },
]

/** Lehmer's generator (Park & Miller 1988): numbers from 0 to 1. */
export function chanceOf(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

function postOf(index: number, side: number, next: () => number): { readonly post: Post; readonly isRemote: boolean } {
  const isRemote = next() < 0.4
  const isOpenAlways = next() < 0.67
  const has = (likely: number): HasFacility => (next() < likely ? 'yes' : next() < 0.2 ? 'unknown' : 'no')
  return {
    isRemote,
    post: {
      key: `P${index + 1}`,
      latitude: 10 + side * next(),
      longitude: 100 + side * next(),
      shifts: isOpenAlways ? dayAndNight : dayAndNight.slice(0, 2),
      dayShifts: isOpenAlways && next() < 0.3 ? ['early', 'late'] : null,
      flow: Math.round(20 + 2000 * next() ** 3),
      risk: 1 + Math.round(40 * next()) / 10,
      facilities: { toilets: has(0.6), lodging: has(isRemote ? 0.3 : 0.6) },
      vacancies: next() < 0.2 ? Math.floor(4 * next()) : null,
      mustBeCovered: false,
    },
  }
}

function officersOf(post: string, isRemote: boolean, next: () => number): readonly Officer[] {
  const count = 10 + Math.floor(11 * next())
  return Array.from({ length: count }, (_, index): Officer => {
    const isWoman = next() < (isRemote ? 0.05 : 0.117)
    const isTrained = next() < 0.5
    const until = next() < 0.3 ? CivilDate.parse('2027-08-31') : null
    const said = next()
    const mayMove: MayMove = {
      kind: said < 0.15 ? 'volunteer' : said < 0.4 ? 'if-asked' : 'no',
      mostKm: said < 0.15 && next() < 0.5 ? 200 : null,
      onlyTo: null,
      notTo: [],
    }
    return {
      key: `${post}-${index + 1}`,
      post,
      isWoman,
      training: isTrained ? { isTrained, until } : { isTrained },
      mayBeTrained: next() < 0.9,
      mayMove,
      isOnCall: next() < 0.7,
      home: null,
    }
  })
}
