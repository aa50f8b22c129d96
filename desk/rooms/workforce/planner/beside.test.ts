import type { Action, PlanProblem } from '@lentera/planner/plan'
import { expect, it } from 'vitest'
import { rulesOf } from './assumptions.ts'
import { judgeBeside } from './beside.ts'
import { facilityFirst } from './say-instead.ts'
import { assumed, day } from './testing/register.ts'

const { costs, changes, caps, ...said } = assumed({ hiringMonths: '12' })

/** One post day and night without toilets or lodging, and twelve men for company (invented). */
const problem: PlanProblem = {
  startsOn: day('2026-11-28'),
  years: 1,
  posts: [
    {
      key: 'ferry',
      latitude: 12,
      longitude: 105,
      shifts: [360, 840, 1320].map((starts) => ({ key: `${starts}`, starts, minutes: 480, daysAWeek: 7 })),
      dayShifts: null,
      flow: null,
      risk: 1,
      facilities: { toilets: 'no', lodging: 'no' },
      vacancies: null,
      mustBeCovered: false,
    },
  ],
  officers: Array.from({ length: 12 }, (_, at) => ({
    key: `m${at}`,
    post: 'ferry',
    isWoman: false,
    training: { isTrained: false },
    mayBeTrained: false,
    mayMove: { kind: 'no', mostKm: null, onlyTo: null, notTo: [] },
    isOnCall: false,
    home: null,
  })),
  groups: [],
  rules: rulesOf({ costs, changes, caps, ...said }, []),
  costs,
  changes,
  caps: [caps],
  aim: { kind: 'every-shift', budget: null },
  fixed: [],
  forbidden: [],
}

const build = (facility: string): Action => ({ kind: 'facility', post: 'ferry', facility, year: 1, count: 1, cost: 0 })
const hire = (count: number): Action => ({ kind: 'hire', post: 'ferry', year: 1, count, cost: 0 })
const buildings = [build('toilets'), build('lodging')]

it('a step stands on what the plan on the screen builds, which is set with it and nothing else', () => {
  const { broken, standsOn, wins } = judgeBeside(problem, [], buildings, hire(3))
  expect(broken).toEqual([])
  expect(standsOn).toEqual(buildings)
  expect(wins).toBeGreaterThan(0)
})

it('what a hand has kept already is not set twice', () => {
  expect(judgeBeside(problem, buildings, buildings, hire(3))).toMatchObject({ broken: [], standsOn: [] })
  expect(judgeBeside(problem, [build('toilets')], buildings, hire(3)).standsOn).toEqual([build('lodging')])
})

it('where the plan builds one of two, it is refused for both, by name', () => {
  const { broken, standsOn } = judgeBeside(problem, [], [build('toilets')], hire(3))
  expect(broken.map(({ code, of }) => [code, of])).toEqual([
    ['plan.facility-missing', 'toilets'],
    ['plan.facility-missing', 'lodging'],
  ])
  expect(standsOn).toEqual([])
})

it('another hire of the plan that would be unsafe itself is no ground to stand on', () => {
  expect(judgeBeside(problem, [], [hire(2)], { ...hire(3) }).broken.length).toBeGreaterThan(0)
})

it('where the plan builds nothing, what must be built first is named, and with it the step is allowed', () => {
  const { broken, standsOn } = judgeBeside(problem, [], [], hire(3))
  expect(standsOn).toEqual([])
  expect(broken.map(({ code }) => code)).toEqual(['plan.facility-missing', 'plan.facility-missing'])
  const first = broken.flatMap((rule) => facilityFirst(rule, problem, hire(3)) ?? [])
  expect(first).toEqual(['toilets', 'lodging'].map((facility) => ({ post: 'ferry', facility, year: 1 })))
  const built = first.map(({ facility }) => build(facility))
  expect(judgeBeside(problem, built, [], hire(3)).broken).toEqual([])
})

it('no building comes first that cannot be ready in the year of the step', () => {
  const late = { ...problem, rules: { ...problem.rules, leadMonths: { ...problem.rules.leadMonths, facility: 13 } } }
  const { broken } = judgeBeside(late, [], [], hire(3))
  expect(broken.length).toBeGreaterThan(0)
  expect(broken.flatMap((rule) => facilityFirst(rule, late, hire(3)) ?? [])).toEqual([])
})
