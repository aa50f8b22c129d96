import { CivilDate } from '@lentera/core/shared/dates'
import * as fc from 'fast-check'
import type { MayMove, Officer, OfficerGroup, PlanProblem, Post, YearCaps } from '../../plan/words.ts'

/**
 * Small invented problems in which every word occurs: posts that are safe or not, by day or all hours, women who said yes
 * and no, certificates that end within the plan, groups, caps, budgets, late trainings.
 */
export const planProblems: fc.Arbitrary<PlanProblem> = fc
  .record({ years: fc.integer({ min: 1, max: 3 }), postCount: fc.integer({ min: 2, max: 5 }) })
  .chain(({ years, postCount }) => {
    const keys = ['A', 'B', 'C', 'D', 'E'].slice(0, postCount)
    return fc
      .record({
        posts: fc.tuple(...keys.map(post)),
        officers: fc.tuple(...keys.map((key) => fc.array(officer(key, keys), { maxLength: 6 }))),
        groups: fc.array(fc.record({ serves: officer('A', keys), at: fc.constantFrom(...keys), count: below(5) }), {
          maxLength: 2,
        }),
        rules,
        costs: fc.record({
          training: below(200),
          move: below(1000),
          movePerKm: below(5),
          hire: fc.integer({ min: 1000, max: 9000 }),
          facility: fc.constantFrom({ lodging: 5000 }, { lodging: 5000, toilets: 800 }),
          poolYear: below(300),
          dayOnlyYear: below(100),
        }),
        caps: fc.array(cap, { minLength: years, maxLength: years }),
        aim,
        forbidden: fc.array(
          fc.record({
            kind: fc.constantFrom('move', 'hire', 'train', null),
            post: fc.constantFrom(null, ...keys),
            from: fc.constantFrom(null, null, ...keys),
            to: fc.constantFrom(null, null, ...keys),
            who: fc.constantFrom(null, null, 'A0', 'B0'),
            year: fc.constantFrom(null, 1, 2),
          }),
          { maxLength: 1 },
        ),
      })
      .map(
        ({ posts, officers, groups, ...rest }): PlanProblem => ({
          startsOn: CivilDate.parse('2027-01-01'),
          years,
          posts,
          officers: officers.flatMap((all) =>
            all.map((one, index): Officer => ({ ...one, key: `${one.post}${index}` })),
          ),
          groups: groups.map(({ serves, at, count }, index): OfficerGroup => {
            const { home: _, ...alike } = serves
            return { ...alike, key: `G${index}`, post: at, count }
          }),
          changes: {
            facility: 1,
            training: 1,
            pool: 2,
            hire: 3,
            volunteerMove: 4,
            move: 40,
            movePer100Km: 1,
            dayOnly: 5,
          },
          fixed: [],
          ...rest,
        }),
      )
  })

const below = (max: number) => fc.integer({ min: 0, max })

/** Within some 110 km. */
const place = fc.record({
  latitude: fc.integer({ min: 0, max: 100 }).map((north) => north / 100),
  longitude: fc.integer({ min: 0, max: 100 }).map((east) => east / 100),
})

const nowhere = { latitude: null, longitude: null }

const has = fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'unknown' as const)

function post(key: string): fc.Arbitrary<Post> {
  return fc
    .record({
      // One post in eight nobody has said the place of.
      place: fc.oneof({ weight: 7, arbitrary: place }, { weight: 1, arbitrary: fc.constant(nowhere) }),
      minutes: fc.constantFrom(480, 720),
      shifts: fc.constantFrom(['D'], ['D', 'N'], ['D', 'E', 'N']),
      daysAWeek: fc.constantFrom(5, 7),
      isCut: fc.boolean(),
      risk: fc.integer({ min: 1, max: 5 }),
      lodging: has,
      toilets: has,
      vacancies: fc.option(below(4)),
      mustBeCovered: fc.constantFrom(...Array<boolean>(9).fill(false), true),
    })
    .map(({ place, minutes, shifts, daysAWeek, isCut, risk, lodging, toilets, vacancies, mustBeCovered }) => ({
      key,
      ...place,
      shifts: shifts.map((shift, index) => ({ key: shift, starts: index * 480, minutes, daysAWeek })),
      dayShifts: isCut ? ['D'] : null,
      flow: null,
      risk,
      facilities: { lodging, toilets },
      vacancies,
      mustBeCovered,
    }))
}

function officer(at: string, posts: readonly string[]): fc.Arbitrary<Officer> {
  const mayMove: fc.Arbitrary<MayMove> = fc.record({
    kind: fc.constantFrom('no', 'volunteer', 'volunteer', 'if-asked'),
    mostKm: fc.option(below(120), { freq: 2 }),
    onlyTo: fc.option(fc.subarray([...posts]), { freq: 2 }),
    notTo: fc.subarray([...posts], { maxLength: 1 }),
  })
  const until = fc
    .constantFrom('2026-11-30', '2027-06-30', '2028-01-01', '2028-12-31', '2029-05-01')
    .map((day) => CivilDate.parse(day))
  return fc.record({
    key: fc.constant(''),
    post: fc.constant(at),
    isWoman: fc.constantFrom(true, true, false),
    training: fc.oneof(
      fc.constant({ isTrained: false } as const),
      fc.record({ isTrained: fc.constant(true as const), until: fc.option(until) }),
    ),
    mayBeTrained: fc.constantFrom(true, true, false),
    mayMove,
    isOnCall: fc.boolean(),
    home: fc.option(place),
  })
}

const rules: fc.Arbitrary<PlanProblem['rules']> = fc.record({
  absence: fc.constantFrom(0, 0.05, 0.15),
  shiftsPerPerson: fc.constantFrom(18, 20),
  minutesPerPerson: fc.constant(9600),
  womenPerShift: fc.constantFrom(1, 1, 2),
  together: fc.record({ women: fc.constantFrom(0, 1, 2), officersPerShift: fc.constantFrom(0, 0, 1) }),
  facilitiesNeeded: fc.constantFrom([], ['lodging'], ['lodging', 'toilets']),
  moves: fc.constantFrom('none', 'volunteers', 'if-asked', 'if-asked'),
  mostMoveKm: fc.constantFrom(50, 100, 400),
  onCall: fc.record({ minutes: fc.constantFrom(0, 60, 120), hires: fc.boolean() }),
  travel: fc.record({
    kmPerHour: fc.constantFrom(30, 60),
    known: fc.constantFrom([], [{ from: 'A', to: 'B', minutes: 45 }]),
  }),
  attrition: fc.constantFrom(0, 0, 0.05),
  leadMonths: fc.record({
    training: fc.constantFrom(0, 6, 14),
    hiring: fc.constantFrom(9, 18),
    facility: fc.constantFrom(6, 13),
  }),
})

const maybe = (max: number) => fc.option(below(max), { freq: 2 })
const cap: fc.Arbitrary<YearCaps> = fc.record({
  trainings: maybe(3),
  moves: maybe(2),
  hires: maybe(4),
  facilities: maybe(2),
  pools: maybe(1),
  dayOnly: maybe(1),
  budget: maybe(30_000),
})

const aim: fc.Arbitrary<PlanProblem['aim']> = fc
  .record({ budget: fc.option(below(60_000)) })
  .chain(({ budget }) =>
    fc.constantFrom(
      { kind: 'every-shift' as const, budget },
      { kind: 'most-cover' as const, budget, counts: 'shifts' as const },
      { kind: 'most-cover' as const, budget, counts: 'posts' as const },
    ),
  )
