import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRoster, checkRosterProblem } from '../checker/checker.ts'
import { unbound } from '../checker/testing/roster-problems.ts'
import { chanceOf } from './chance.ts'
import { searchJointly } from './jointly.ts'
import { modelOf, rosterOf } from './model.ts'
import { absentByPresence } from './presence.ts'
import { makeRoster, type Person, type RosterProblem, type ShiftType } from './roster.ts'
import { everyJudged } from './testing/every-roster.ts'
import { tiny } from './testing/tiny.ts'

const solver = await loadSolver()
const runs = { seed: 20261129, endOnFailure: true }

/** What is asked for in all, and what it costs where nobody is there. */
const allAsked = ({ cover }: RosterProblem): number =>
  cover.reduce((sum, { required, under }) => sum + required * under, 0)

describe('all people of a small post together', () => {
  test('leave missing at the least no more than the best of every roster there is, and where theirs keeps the rules, as little', () => {
    const seen = { missing: 0, best: 0 }
    fc.assert(
      fc.property(
        tiny.filter((problem) => checkRosterProblem({ ...problem, cover: [] }).length === 0),
        (problem) => {
          const judged = everyJudged(problem)
          if (judged.length === 0) return
          const fewest = Math.min(...judged.map(({ parts }) => parts.underCover))
          const model = modelOf(problem)
          const found = allAsked(problem)
          const joint = searchJointly(model, model.under, found, { chance: chanceOf(1) })
          expect(joint?.least).toBeLessThanOrEqual(fewest)
          if (fewest > 0 && joint?.least === fewest) seen.missing += 1
          if (joint === null || joint.rows === null) return
          const made = checkRoster(problem, rosterOf(model, joint.rows))
          expect(made.parts.underCover).toBe(joint.least)
          if (made.broken.length > 0) return
          expect(made.parts.underCover).toBe(fewest)
          seen.best += 1
        },
      ),
      { ...runs, numRuns: 200 },
    )
    console.log(`of 200 ${JSON.stringify(seen)}`)
    expect(Math.min(seen.missing, seen.best)).toBeGreaterThan(10)
  })

  test('leave missing what one of them on leave leaves, and never less', () => {
    const least = (problem: RosterProblem): number => {
      const model = modelOf(problem)
      return searchJointly(model, model.under, allAsked(problem), { chance: chanceOf(1) })?.least ?? Number.NaN
    }
    fc.assert(
      fc.property(fc.array(leave, { minLength: 2, maxLength: 4 }), fc.nat(13), fc.nat(3), (all, day, person) => {
        const more = all.map((days, index) => (index === person % all.length ? [...days, day] : days))
        expect(least(alone(14, more))).toBeGreaterThanOrEqual(least(alone(14, all)))
      }),
      { ...runs, numRuns: 40 },
    )
  })

  test('prove of women who may not be alone what counting does not, with a roster that leaves no more', async () => {
    const seen = { proven: 0, beyond: 0 }
    for (const [index, all] of fc
      .sample(fc.array(leave, { minLength: 3, maxLength: 5 }), { ...runs, numRuns: 6 })
      .entries()) {
      const problem = alone(28, all)
      const made = await makeRoster(problem, solver, { seed: index, rounds: 0 })
      if (!made.ok) throw new Error(made.refusal.code)
      const { fewest, roster } = made.value
      const judged = checkRoster(problem, roster)
      expect(judged.broken).toEqual([])
      expect(judged.parts.underCover).toBeGreaterThanOrEqual(fewest?.least ?? Number.NaN)
      if (judged.parts.underCover === fewest?.least) seen.proven += 1
      if ((fewest?.least ?? 0) > absentByPresence(modelOf(problem)).missing) seen.beyond += 1
    }
    expect(seen.proven).toBe(6)
    expect(seen.beyond).toBeGreaterThan(0)
  })
})

const leave = fc.uniqueArray(fc.nat(13), { maxLength: 3 })

const shift = (key: string, starts: number, cannotFollow: readonly string[]): ShiftType => ({
  key,
  starts,
  minutes: 480,
  isNight: key === 'N',
  isOnCall: false,
  leastTogether: 2,
  cannotFollow,
})
const three = [shift('E', 360, []), shift('L', 840, ['E']), shift('N', 1320, ['E', 'L'])]
const her: Person = {
  ...unbound,
  key: '',
  leastInARow: 1,
  mostInARow: 5,
  leastFreeInARow: 2,
  mostNightsInARow: 4,
  mostWeekends: 3,
}

/** Women with leave on these days, one of them on each of three shifts a day, and nobody alone. */
function alone(days: number, leaves: readonly (readonly number[])[]): RosterProblem {
  const all = Array.from({ length: days }, (_, day) => three.map(({ key }) => ({ day, shift: key }))).flat()
  return {
    days,
    startsOn: 0,
    weekendsByHours: true,
    shifts: three,
    people: leaves.map((daysOff, index) => ({ ...her, key: `P${index}`, daysOff })),
    cover: all.map(({ day, shift: key }) => ({ day, by: [key], skill: null, required: 1, under: 1, over: 0 })),
    company: all.map((place) => ({ ...place, least: 2 })),
  }
}
