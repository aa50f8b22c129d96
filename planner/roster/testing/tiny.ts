import * as fc from 'fast-check'
import { checkRosterProblem } from '../../checker/checker.ts'
import { shifts, somebody, someDemand, upTo } from '../../checker/testing/roster-problems.ts'
import type { Person, RosterProblem, ShiftType } from '../roster.ts'

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
      Array.from({ length: problem.days }, (_, day) => ({ day, shift: key, least: 2 })),
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

/** Up to three people whose rules a row of free days keeps, on so many days; on each shift so many are there, or nobody. */
export const together = (days: number): fc.Arbitrary<RosterProblem> =>
  fc
    .integer({ min: 1, max: 3 })
    .chain((count) =>
      fc.record({
        days: fc.constant(days),
        startsOn: upTo(6),
        shifts: fc.constant(shifts.filter(({ key }) => key === 'D' || key === 'N')),
        people: fc
          .tuple(...['P', 'Q', 'R'].slice(0, count).map((key) => somebody(key, days)))
          .map((people) => people.map(bare)),
        cover: fc.array(
          someDemand(days).map((demand) => ({ ...demand, by: [demand.day % 2 === 0 ? 'D' : 'N'] })),
          { maxLength: 6 },
        ),
        // With a colleague who is there whatever is decided, one is enough.
        least: fc.tuple(fc.constantFrom(0, 1, 2, 3), fc.constantFrom(1, 2, 2)),
      }),
    )
    .map(({ least, ...problem }): RosterProblem => {
      const types = problem.shifts.map((type, index) => ({ ...type, leastTogether: least[index] ?? 1 }))
      return { ...problem, shifts: types, company: companyOn(types, days) }
    })
    .filter((problem) => checkRosterProblem({ ...problem, cover: [] }).length === 0)

/** Of every day, for each shift. */
const companyOn = (types: readonly ShiftType[], days: number): NonNullable<RosterProblem['company']> =>
  types.flatMap(({ key: shift, leastTogether: least = 1 }) =>
    Array.from({ length: days }, (_, day) => ({ day, shift, least })),
  )

/** Her rules name no shift that is not here, and a row of free days keeps them. */
const bare = (person: Person): Person => ({
  ...person,
  mostShifts: {},
  leastMinutes: 0,
  windows: [],
  wishes: person.wishes.filter(({ shift }) => shift === null || shift === 'D' || shift === 'N'),
  balance: [],
  fixed: [],
  elsewhere: [],
  before: [],
})
