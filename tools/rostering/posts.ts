import type { CoverDemand, Person, RosterProblem, ShiftType } from '@lentera/planner/roster'

/**
 * Rosters of invented posts, for measuring: 28 days of three shifts of eight hours. Rest: no day or evening shift after a
 * night, no day shift after an evening; at most 5 days worked of any 7, 20 shifts in all; one day in twenty is leave.
 * Fairness: nights and shifts within a band around an equal share, each shift outside it a cost of 1.
 */
export function womenOfPost(seed: number): RosterProblem {
  const next = chanceOf(seed)
  const women = 5 + Math.floor(next() * 3)
  const people = Array.from({ length: women }, (_, index) =>
    officer(`W${index + 1}`, ['trained-woman'], women / 3, next),
  )
  return { days, startsOn: 0, shifts, people, cover: coverOf([{ skill: 'trained-woman', required: 1, under: 100 }]) }
}

/** All officers of a post, a third of them women: three or more on every shift, one of them a trained woman. */
export function officersOfPost(seed: number, officers: number): RosterProblem {
  const next = chanceOf(seed)
  const women = Math.max(5, Math.round(officers / 3))
  const required = Math.floor((officers * 17) / 84)
  const people = Array.from({ length: officers }, (_, index) =>
    officer(`O${index + 1}`, index < women ? ['trained-woman'] : [], officers / (3 * required), next),
  )
  const cover = coverOf([
    { skill: 'trained-woman', required: 1, under: 100 },
    { skill: null, required, under: 20 },
  ])
  return { days, startsOn: 0, shifts, people, cover }
}

/**
 * The same with what people ask for: two wishes each, a day off and a shift not wanted, of 12 points together; every second woman on
 * call, four days of 28, where no woman is there. A shift that is covered on call alone costs 30, and a day on call 3.
 */
export function askedOfPost(seed: number, officers: number): RosterProblem {
  const post = officersOfPost(seed, officers)
  const next = chanceOf(seed + 1)
  const calls = shifts.map((shift): ShiftType => ({ ...shift, key: `~${shift.key}`, minutes: 0, isOnCall: true }))
  const all = [...shifts, ...calls].map((shift) => ({
    ...shift,
    cannotFollow: shift.cannotFollow.flatMap((key) => [key, `~${key}`]),
  }))
  const people = post.people.map((her, index): Person => {
    const isCalled = her.skills.length > 0 && index % 2 === 0
    const wishes = [
      { day: Math.floor(next() * days), shift: null, weight: 6, isWanted: true },
      { day: Math.floor(next() * days), shift: 'N', weight: 6, isWanted: false },
    ]
    const never = Object.fromEntries(calls.map(({ key }) => [key, 0]))
    return { ...her, wishes, mostOnCall: 4, mostShifts: isCalled ? {} : never }
  })
  const cover = post.cover.flatMap((demand): readonly CoverDemand[] =>
    demand.skill === null
      ? [demand]
      : [
          { ...demand, by: demand.by.flatMap((key) => [key, `~${key}`]), under: 1000 },
          { ...demand, under: 30 },
          { ...demand, by: demand.by.map((key) => `~${key}`), required: 0, under: 0, over: 3 },
        ],
  )
  return { ...post, shifts: all, people, cover }
}

const days = 28
const shifts: readonly ShiftType[] = [
  { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] },
  { key: 'E', starts: 840, minutes: 480, isNight: false, isOnCall: false, cannotFollow: ['D'] },
  { key: 'N', starts: 1320, minutes: 480, isNight: true, isOnCall: false, cannotFollow: ['D', 'E'] },
]

/** `rotation`: how many officers share one place on a shift, divided by three. */
function officer(key: string, skills: readonly string[], rotation: number, next: () => number): Person {
  const nights = days / (3 * rotation)
  const all = 3 * nights
  return {
    key,
    skills,
    mostShifts: {},
    mostOnCall: Infinity,
    leastMinutes: 0,
    mostMinutes: 20 * 480,
    leastInARow: 1,
    mostInARow: 5,
    mostNightsInARow: 4,
    leastFreeInARow: 1,
    mostWeekends: 4,
    windows: [{ days: 7, most: 5 }],
    daysOff: Array.from({ length: days }, (_, day) => day).filter(() => next() < 0.05),
    wishes: [],
    balance: [
      { shifts: ['N'], low: Math.floor(nights) - 1, high: Math.ceil(nights) + 1, weight: 1 },
      { shifts: ['D', 'E', 'N'], low: Math.floor(all) - 2, high: Math.min(20, Math.ceil(all) + 2), weight: 1 },
    ],
    fixed: [],
    before: [],
  }
}

function coverOf(
  demands: readonly { readonly skill: string | null; readonly required: number; readonly under: number }[],
): RosterProblem['cover'] {
  return Array.from({ length: days }, (_, day) => day).flatMap((day) =>
    shifts.flatMap(({ key }) => demands.map((demand) => ({ ...demand, day, by: [key], over: 0 }))),
  )
}

/** The minimal standard of Park & Miller (1988). */
function chanceOf(seed: number): () => number {
  let state = ((seed * 7919 + 104729) % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return (state - 1) / 2147483646
  }
}
