import type { CoverDemand, Person, RosterProblem, ShiftKey } from '@lentera/planner/roster'
import { humane } from './humane.ts'

/**
 * Why not every shift can have two: the shifts that these officers can work together, each as many as her hours allow, and two on each.
 * Undefined where there are enough, so that it proves nothing.
 */
export function tooFewForTwo({ people, shifts, company = [], days }: RosterProblem) {
  const shortest = Math.min(...shifts.filter(({ isOnCall }) => !isOnCall).map(({ minutes }) => minutes))
  const have = people.reduce((sum, { mostMinutes }) => sum + Math.min(days, Math.floor(mostMinutes / shortest)), 0)
  const need = company.reduce((sum, { least }) => sum + least, 0)
  return have < need ? { officers: people.length, have, shifts: company.length, need } : undefined
}

/**
 * Why not every shift can have its trained women: the shifts that they can cover, each as many as her own rules allow (`mostCovered`), and
 * those that ask for one; and how many women more could be enough, each with as many as one of this roster who is there on all days.
 * Undefined where there are enough, so that it proves nothing.
 */
export function tooFewTrained(problem: RosterProblem) {
  const asked = problem.cover.filter(({ skill, under }) => skill !== null && under === humane.missingWoman)
  const need = asked.reduce((sum, { required }) => sum + required, 0)
  let [women, have] = [0, 0]
  for (const person of problem.people) {
    const most = mostCovered(problem, person, asked)
    // Who can cover none is none of them.
    if (most > 0) women++
    have += most
    if (have >= need) return undefined
  }
  if (need === 0) return undefined
  const each = Math.max(
    1,
    ...problem.people.map((person) => mostCovered(problem, thereAndTrained(person, asked), asked)),
  )
  return { women, have, need, more: Math.ceil((need - have) / each) }
}

/** The same officer, there on all days, and trained for each shift of her post. */
const thereAndTrained = (person: Person, asked: readonly CoverDemand[]): Person => ({
  ...person,
  skills: [
    ...person.skills,
    ...asked.flatMap(({ by: [own], skill }) =>
      own !== undefined && skill !== null && mayWork(person, own) ? [skill] : [],
    ),
  ],
  daysOff: [],
  away: [],
  elsewhere: [],
})

const mayWork = ({ mostShifts }: Person, shift: ShiftKey): boolean => mostShifts[shift] !== 0

/**
 * No roster that keeps her rules lets her cover more of what is asked than this: of the days on which she is there, by her minutes, days
 * on call, days in a row and free days, windows over all her shifts, and the most of each. Who is with her, which shift follows which,
 * nights in a row, weekends and the days before are left out.
 */
function mostCovered(problem: RosterProblem, person: Person, asked: readonly CoverDemand[]): number {
  const gains = gainsOf(problem, person, asked)
  const days = gains.map(({ duty, call }) => Math.max(0, duty, call))
  const hers = problem.shifts.flatMap(({ key }) => (mayWork(person, key) ? [key] : []))
  return Math.min(
    inRows(problem, person, gains),
    ...person.windows.flatMap(({ days: length, most, shifts }) =>
      hers.every((key) => shifts?.includes(key) ?? true) ? [inWindows(days, length, most)] : [],
    ),
    byShifts(problem, person, Math.max(0, ...days)),
  )
}

/** What she covers at the most on one day, on duty or on call, two where she is called from her own shift; `none` where she may not work. */
type Gains = { readonly duty: number; readonly call: number }

function gainsOf(
  { days, startsOn, shifts }: RosterProblem,
  person: Person,
  asked: readonly CoverDemand[],
): readonly Gains[] {
  const hers = asked.filter(({ skill, required }) => skill !== null && required > 0 && person.skills.includes(skill))
  const { daysOff, away = [], elsewhere = [] } = person
  return Array.from({ length: days }, (_, day) => {
    const stands = elsewhere.find((each) => each.day === day)
    const open = shifts.filter(({ key, starts, minutes, lasts = minutes, weekdays }) => {
      if (stands) return key === stands.shift
      const isOpen = weekdays?.includes((startsOn + day) % 7) ?? true
      return isOpen && mayWork(person, key) && !(starts + lasts > 1440 && away.includes(day + 1))
    })
    const most = (isOnCall: boolean): number =>
      daysOff.includes(day)
        ? none
        : Math.max(
            none,
            ...open
              .filter((shift) => shift.isOnCall === isOnCall)
              .map(({ key }) => hers.filter((demand) => demand.day === day && demand.by.includes(key)).length),
          )
    return { duty: most(false), call: most(true) }
  })
}

const none = -1

/** The most by days in a row, free days in a row, minutes and days on call: day by day, from what each state so far can have covered. */
function inRows({ shifts }: RosterProblem, person: Person, gains: readonly Gains[]): number {
  const lengths = shifts.filter(({ key, isOnCall }) => !isOnCall && mayWork(person, key)).map(({ minutes }) => minutes)
  const mostDuties = Math.min(gains.length, Math.floor(person.mostMinutes / Math.max(1, Math.min(...lengths))))
  const mostCalls = Math.min(gains.length, person.mostOnCall)
  // Worked for 1 .. `longest` days, or free for 1 .. `rest`: who has been free for so many may work again.
  const longest = Math.min(gains.length, person.mostInARow)
  const rest = Math.max(1, Math.min(gains.length, person.leastFreeInARow))
  const rested = longest + rest
  const at = (run: number, duties: number, calls: number): number =>
    (run * (mostDuties + 1) + duties) * (mostCalls + 1) + calls
  const size = at(rested, mostDuties, mostCalls) + 1
  let best = new Int32Array(size).fill(none)
  best[at(rested, 0, 0)] = 0
  for (const { duty, call } of gains) {
    const next = new Int32Array(size).fill(none)
    const reach = (to: number, covered: number): void => {
      next[to] = Math.max(next[to] ?? none, covered)
    }
    for (let run = 1; run <= rested; run++) {
      const isFree = run > longest
      const [freed, worked] = [isFree ? Math.min(run + 1, rested) : longest + 1, run === rested ? 1 : run + 1]
      const mayGoOn = run === rested ? longest > 0 : run < longest
      for (let duties = 0; duties <= mostDuties; duties++) {
        for (let calls = 0; calls <= mostCalls; calls++) {
          const covered = best[at(run, duties, calls)] ?? none
          if (covered === none) continue
          reach(at(freed, duties, calls), covered)
          if (!mayGoOn) continue
          if (duty > none && duties < mostDuties) reach(at(worked, duties + 1, calls), covered + duty)
          if (call > none && calls < mostCalls) reach(at(worked, duties, calls + 1), covered + call)
        }
      }
    }
    best = next
  }
  return Math.max(...best)
}

/** The most by a window: of each so many days, one after the other, the best that it leaves. */
function inWindows(days: readonly number[], length: number, most: number): number {
  const blocks = Array.from({ length: Math.ceil(days.length / length) }, (_, block) =>
    days.slice(block * length, (block + 1) * length),
  )
  return blocks.flatMap((block) => block.toSorted((a, b) => b - a).slice(0, most)).reduce((sum, each) => sum + each, 0)
}

/** The most by how many of each shift she may work, each worth as much as the best day. */
const byShifts = ({ shifts, days }: RosterProblem, { mostShifts, mostOnCall }: Person, best: number): number => {
  const most = (isOnCall: boolean): number =>
    shifts
      .filter((shift) => shift.isOnCall === isOnCall)
      .reduce((sum, { key }) => sum + Math.min(days, mostShifts[key] ?? days), 0)
  return best * (most(false) + Math.min(mostOnCall, most(true)))
}

/**
 * Why not every night can be worked: the nights that these officers may work, each as many as are hers in 28 days and in a row, and those
 * that are asked for. Undefined where there are enough, so that it proves nothing.
 */
export function tooFewForNights({ people, shifts, company = [], cover, days }: RosterProblem) {
  const nights = new Set(shifts.filter(({ isNight, isOnCall }) => isNight && !isOnCall).map(({ key }) => key))
  // One day of so many is no night: with four in a row every fifth.
  const inRows = (most: number): number => days - Math.floor(days / (most + 1))
  const mostOf = ({ windows, mostShifts, mostNightsInARow = days }: RosterProblem['people'][number]): number =>
    Math.min(
      inRows(mostNightsInARow),
      [...nights].reduce((sum, key) => sum + (mostShifts[key] ?? Infinity), 0),
      ...windows.flatMap(({ days: length, most, shifts: of }) =>
        length >= humane.days && of && [...nights].every((key) => mostShifts[key] === 0 || of.includes(key))
          ? [most]
          : [],
      ),
    )
  const have = people.reduce((sum, person) => sum + mostOf(person), 0)
  const need = cover.reduce((sum, { day, by, required, under }) => {
    const [shift] = by
    if (under !== humane.missingWoman || shift === undefined || !nights.has(shift)) return sum
    // One who is called covers a night that nobody works; where nobody may be alone, she covers none.
    const two = company.find((each) => each.day === day && each.shift === shift)
    return sum + (two ? two.least : by.length === 1 ? required : 0)
  }, 0)
  return have < need ? { officers: people.length, have, need } : undefined
}
