import { checkRoster } from '../../checker/checker.ts'
import type { Person, Roster, RosterProblem, ShiftKey } from '../roster.ts'

/** Every row of so many days: free, or one of these shifts. */
export const everyRow = (days: number, keys: readonly ShiftKey[]): readonly (readonly (ShiftKey | null)[])[] =>
  days === 0 ? [[]] : everyRow(days - 1, keys).flatMap((row) => [null, ...keys].map((shift) => [...row, shift]))

/** Every roster there can be of these people on so many days of `D` and `N`. */
export const everyRoster = ([first, ...others]: readonly Person[], days: number): readonly Roster[] =>
  first === undefined
    ? [{}]
    : everyRoster(others, days).flatMap((roster) =>
        everyRow(days, ['D', 'N']).map((row) => ({ ...roster, [first.key]: row })),
      )

/** What the checker says of every roster there is that keeps the rules. */
export const everyJudged = (problem: RosterProblem): readonly ReturnType<typeof checkRoster>[] =>
  everyRoster(problem.people, problem.days)
    .map((roster) => checkRoster(problem, roster))
    .filter(({ broken }) => broken.length === 0)
