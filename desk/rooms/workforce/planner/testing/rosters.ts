import type { RosterSaid } from '@lentera/core/workforce/cover/words'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import type { RosterWish } from '@lentera/core/workforce/officer/words'
import type { Opening } from '@lentera/core/workforce/post/words'
import { checkRoster } from '@lentera/planner/checker'
import { fewestMissing, type Roster, solveRoster } from '@lentera/planner/roster'
import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import type { OpenedRoster } from '../../../../device/desk.ts'
import { dutiesOf } from '../kept-rosters.ts'
import { askRoster, type RosterQuestion } from '../roster-problem.ts'
import type { RosterPost } from '../roster-sides.ts'
import { assumed, day, id, officer } from './register.ts'

export const solver = await loadSolver()
/** A Monday. */
export const monday = day('2026-11-30')
export const open: Opening = { hours: 'day-and-night' }
export const byDay: Opening = {
  hours: 'shifts',
  shifts: [{ starts: 360, minutes: 720, weekdays: [0, 1, 2, 3, 4, 5, 6] }],
}

export const post = (officers: readonly OfficerAt[], opening: Opening = open, n = 1): RosterPost => ({
  stream: id(n),
  opening,
  officers,
})
/** Where a law asks that somebody is there (invented). */
export const mayBeAlone = (of: RosterPost): RosterPost => ({ ...of, aloneBecause: 'Order 7 (invented)' })
export const men = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => officer(first + index, { sex: 'male' }))
export const ask = (own: RosterPost, partner: RosterPost | null = null, typed = {}): RosterQuestion =>
  askRoster({ post: own, partner, from: monday, assumptions: assumed(typed) })
export const trained = (n: number, said: Partial<OfficerAt['said']> = {}) => officer(n, { expires: '2028-01', said })
export const women = (first: number, count: number, said: Partial<OfficerAt['said']> = {}) =>
  Array.from({ length: count }, (_, index) => trained(first + index, said))
export const freeOf = ({ problem }: RosterQuestion) =>
  Object.fromEntries(problem.people.map(({ key }) => [key, Array<string | null>(28).fill(null)]))

/** One that is kept, as the agency's device opens it. */
export const keptOf = (roster: Roster, on: string, more: Partial<RosterSaid> = {}, enteredInError = false) => ({
  kept: { enteredInError } as OpenedRoster['kept'], // no more is read of it
  said: { post: id(1), from: day(on), duties: dutiesOf(roster), disputed: [], ...more },
})

/** Broken rules but for the one that an engine weighs: a post may have too few for company. */
export const brokenBut = ({ problem }: RosterQuestion, roster: Roster) =>
  checkRoster(problem, roster).broken.filter(({ code }) => code !== 'roster.alone')

export async function solved({ problem }: RosterQuestion, rounds = 4) {
  const first = await fewestMissing(problem, solver, { seed: 1, rounds: 3 })
  const made = await solveRoster(problem, solver, {
    seed: 1,
    rounds,
    ...(first.ok ? { start: first.value.roster } : {}),
  })
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value
}

// ---------------------------------------------------------------- any register

export const anyWoman = fc.record({
  expires: fc.constantFrom(undefined, '2028-01', '2028-01', '2026-12'),
  reach: fc.constantFrom(undefined, 10, 25, 60),
  absence: fc.constantFrom(undefined, '2026-12-03', '2026-12-19'),
  wish: fc.constantFrom<RosterWish['wish'] | undefined>(undefined, 'free', 'shift', 'not-shift'),
  mostNights: fc.constantFrom(null, null, 3),
})
export type AnyWoman = typeof anyWoman extends fc.Arbitrary<infer Made> ? Made : never

export const make = ({ expires, reach, absence, wish, mostNights }: AnyWoman, n: number): OfficerAt =>
  officer(n, {
    ...(expires ? { expires } : {}),
    said: {
      wishes: { volunteersForNights: false, volunteersFor: [], mostNights },
      ...(reach ? { reach } : {}),
      ...(absence ? { absences: [{ from: day(absence), to: day(absence) }] } : {}),
      ...(wish
        ? { rosterWishes: [{ on: day('2026-12-12'), wish, starts: wish === 'free' ? null : 360, weight: 2 }] }
        : {}),
    },
  })

export const anyOpening = fc.constantFrom<Opening>(open, byDay, {
  hours: 'shifts',
  shifts: [
    { starts: 360, minutes: 480, weekdays: [0, 1, 2, 3, 4] },
    { starts: 840, minutes: 480, weekdays: [0, 1, 2, 3, 4, 5] },
  ],
})
