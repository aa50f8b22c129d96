import { type BrokenRule, checkRoster } from '@lentera/planner/checker'
import type { Person, PersonKey, Roster, RosterProblem, ShiftKey } from '@lentera/planner/roster'
import { changed, shiftsCovered } from './roster-edits.ts'

/** A shift of one day on which somebody would be without company, and why nobody else is there. */
export type AloneShift = {
  readonly day: number
  readonly shift: ShiftKey
  readonly isNight: boolean
  readonly there: readonly PersonKey[]
  /** As many must be there. */
  readonly required: number
  /** On call for it, or free that day and allowed by every rule of hers to come. */
  readonly onCall: readonly PersonKey[]
  readonly free: readonly PersonKey[]
  /** The other officers of the post, by what keeps them: leave; another duty that day; rest, hours or nights. */
  readonly away: number
  readonly busy: number
  readonly bound: number
}

/** Every shift that the checker names as one with somebody alone, in the order of the days. */
export function shiftsAlone(problem: RosterProblem, roster: Roster): readonly AloneShift[] {
  const rules = checkRoster(problem, roster).broken.filter(({ code }) => code === 'roster.alone')
  if (rules.length === 0) return []
  const called = new Map(shiftsCovered(problem, roster).map((each) => [keyOf(each), each.onCall] as const))
  return [...Map.groupBy(rules, ({ days, shifts }) => keyOf({ day: days[0] ?? 0, shift: shifts[0] ?? '' })).entries()]
    .map(([key, of]) => aloneOn(problem, roster, of, called.get(key)?.map(({ person }) => person) ?? []))
    .toSorted((a, b) => a.day - b.day || startOf(problem, a) - startOf(problem, b))
}

/** How a shift of a day is written down as one that was kept: `12 1320`. */
export const keyOf = ({ day, shift }: Pick<AloneShift, 'day' | 'shift'>): string => `${day} ${shift}`

const startOf = ({ shifts }: RosterProblem, { shift }: AloneShift): number =>
  shifts.find(({ key }) => key === shift)?.starts ?? 0

function aloneOn(
  problem: RosterProblem,
  roster: Roster,
  rules: readonly BrokenRule[],
  onCall: readonly PersonKey[],
): AloneShift {
  const [{ days, shifts, allowed } = { days: [], shifts: [], allowed: null }] = rules
  const [day = 0] = days
  const [shift = ''] = shifts
  const there = rules.flatMap(({ person }) => person ?? [])
  const others = problem.people.filter(
    ({ key, mostShifts }) => mostShifts[shift] !== 0 && !there.includes(key) && !onCall.includes(key),
  )
  const away = others.filter(({ daysOff }) => daysOff.includes(day))
  const busy = others.filter((each) => !away.includes(each) && (roster[each.key]?.[day] ?? null) !== null)
  const rest = others.filter((each) => !away.includes(each) && !busy.includes(each))
  const free = rest.filter((each) => mayCome(problem, roster, each, day, shift)).map(({ key }) => key)
  return {
    day,
    shift,
    isNight: problem.shifts.some(({ key, isNight }) => key === shift && isNight),
    there,
    required: allowed ?? 0,
    onCall,
    free,
    away: away.length,
    busy: busy.length,
    bound: rest.length - free.length,
  }
}

/** Trained women who could be called to a shift that is open: free that day, and no rule of theirs against it. */
export const couldCome = (
  problem: RosterProblem,
  roster: Roster,
  { day, shift }: Pick<AloneShift, 'day' | 'shift'>,
): readonly PersonKey[] =>
  problem.people
    .filter(
      (each) =>
        problem.cover.some(
          ({ day: of, by, skill }) => of === day && by.includes(shift) && skill !== null && each.skills.includes(skill),
        ) &&
        each.mostShifts[shift] !== 0 &&
        (roster[each.key]?.[day] ?? null) === null &&
        mayCome(problem, roster, each, day, shift),
    )
    .map(({ key }) => key)

/** Whether no rule of hers is broken by it that is not broken already. Who is with her is asked of the shift, not of her. */
function mayCome(problem: RosterProblem, roster: Roster, person: Person, day: number, shift: ShiftKey): boolean {
  const hers: RosterProblem = {
    ...problem,
    people: [person],
    cover: [],
    company: [],
    shifts: problem.shifts.map(({ leastTogether: _, ...type }) => type),
  }
  const own: Roster = { [person.key]: roster[person.key] ?? [] }
  const brokenIn = (of: Roster): readonly string[] =>
    checkRoster(hers, of).broken.map(({ code, days, shifts }) => `${code} ${days.join()} ${shifts.join()}`)
  const already = new Set(brokenIn(own))
  return brokenIn(changed(own, person.key, day, shift)).every((rule) => already.has(rule))
}
