import * as fc from 'fast-check'
import { checkRoster } from '../../checker/checker.ts'
import { shifts, somebody, someDemand, upTo } from '../../checker/testing/roster-problems.ts'
import type { Person, Roster, RosterProblem } from '../roster.ts'

/** Up to two people, with any rules, on three or four days; now and then nobody may be alone. */
export const tiny: fc.Arbitrary<RosterProblem> = fc
  .tuple(fc.integer({ min: 3, max: 4 }), fc.integer({ min: 1, max: 2 }), fc.boolean())
  .chain(([days, count, isTogether]) =>
    fc.record({
      days: fc.constant(days),
      startsOn: upTo(6),
      weekendsByHours: fc.boolean(),
      shifts: fc.constant(shifts.filter(({ key }) => key === 'D' || key === 'N')),
      people: fc.tuple(...['P', 'Q'].slice(0, count).map((key) => somebody(key, days))).map((all) => all.map(within)),
      cover: fc.array(
        someDemand(days).map((demand) => ({ ...demand, by: [demand.day % 2 === 0 ? 'D' : 'N'] })),
        { maxLength: 12 },
      ),
      isTogether: fc.constant(isTogether),
    }),
  )
  .map(({ isTogether, ...problem }): RosterProblem => {
    if (!isTogether) return problem
    const types = problem.shifts.map((type) => ({ ...type, leastTogether: 2 }))
    const company = types.flatMap(({ key }) =>
      Array.from({ length: problem.days }, (_, day) => ({ day, shift: key, least: 2, others: 0 })),
    )
    return { ...problem, shifts: types, company }
  })

/** Her rules name no shift that is not here. */
const within = (person: Person): Person => ({
  ...person,
  mostShifts: {},
  windows: person.windows.filter(({ shifts: of }) => of === undefined),
  wishes: [],
  balance: [],
  fixed: [],
  elsewhere: [],
  before: person.before.map((shift) => (shift === 'D' || shift === 'N' ? shift : null)),
})

const everyRow = (length: number): readonly (readonly (string | null)[])[] =>
  length === 0 ? [[]] : everyRow(length - 1).flatMap((row) => [null, 'D', 'N'].map((shift) => [...row, shift]))

/** What the checker says of every roster there is that keeps the rules. */
export const everyJudged = (problem: RosterProblem): readonly ReturnType<typeof checkRoster>[] =>
  everyRoster(problem.people, problem.days)
    .map((roster) => checkRoster(problem, roster))
    .filter(({ broken }) => broken.length === 0)

/** Every roster there can be of these people on so many days. */
const everyRoster = ([first, ...others]: readonly Person[], days: number): readonly Roster[] =>
  first === undefined
    ? [{}]
    : everyRoster(others, days).flatMap((roster) => everyRow(days).map((row) => ({ ...roster, [first.key]: row })))
