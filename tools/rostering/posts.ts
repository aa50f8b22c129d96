import { type CivilDate, CivilDate as Day, daysAfter } from '@lentera/core/shared/dates'
import { EntryId, OrganisationId, PersonKey, StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { modulesForTrained } from '@lentera/core/workforce/officer/words'
import { rosterAsked } from '@lentera/desk/roster-asked'
import type { RosterProblem } from '@lentera/planner/roster'

/**
 * Rosters of invented posts, for measuring: open by day and night, in 28 days of three shifts of eight hours, by the very rules of the desk.
 * One day in twenty of everybody is leave.
 */
export function womenOfPost(seed: number): RosterProblem {
  const next = chanceOf(seed)
  const women = 5 + Math.floor(next() * 3)
  const post = postOf(women, women, next)
  const isWomans = ({ skill }: { readonly skill: string | null }): boolean => skill !== null
  // Her colleagues stand on every shift: what is asked is one of the women.
  return {
    ...post,
    shifts: post.shifts.map(({ leastTogether: _, ...shift }) => shift),
    people: post.people.filter(({ skills }) => skills.length > 0),
    cover: post.cover.filter(isWomans),
    company: [],
  }
}

/** All officers of a post, a third of them women: nobody alone, as many together as five in six of all days worked come to. */
export function officersOfPost(seed: number, officers: number): RosterProblem {
  const women = Math.max(5, Math.round(officers / 3))
  return postOf(women, officers - women, chanceOf(seed), { together: Math.floor((officers * 17) / 84) })
}

/** The same with what people ask for: a day off and a night not wanted, each of everybody; every second woman stands by when called. */
export function askedOfPost(seed: number, officers: number): RosterProblem {
  const women = Math.max(5, Math.round(officers / 3))
  const together = Math.floor((officers * 17) / 84)
  return postOf(women, officers - women, chanceOf(seed), { together, isAsked: true })
}

/** Trained women and nobody else, none of them alone: most shifts of such a post stay empty. */
export const womenAlone = (seed: number, women: number): RosterProblem => postOf(women, 0, chanceOf(seed))

type Asked = { readonly together?: number; readonly isAsked?: boolean }

function postOf(
  women: number,
  men: number,
  next: () => number,
  { together = 2, isAsked = false }: Asked = {},
): RosterProblem {
  const officers = Array.from({ length: women + men }, (_, n) => officer(n, n < women, isAsked, next))
  const opening = { hours: 'day-and-night' } as const
  return rosterAsked({ stream: post, opening, officers }, monday, { officersPerShift: `${Math.max(2, together)}` })
}

function officer(n: number, isWoman: boolean, isAsked: boolean, next: () => number): OfficerAt {
  const someDay = (): CivilDate => daysAfter(monday, Math.floor(next() * days))
  const leave = Array.from({ length: days }, (_, day) => daysAfter(monday, day)).filter(() => next() < 0.05)
  return {
    stream: StreamId.parse(idOf(n)),
    officer: {
      opening: EntryId.parse(idOf(n)),
      person: PersonKey.parse(idOf(n)),
      organisation: OrganisationId.parse(idOf(0)),
      country: 'TH',
      on: monday,
      post,
      posts: [post],
      sex: isWoman ? 'female' : 'male',
      left: false,
      enteredInError: false,
      erased: undefined,
      certificates: [],
      conflicts: [],
    },
    said: {
      disputed: [],
      absences: leave.map((day) => ({ from: day, to: day })),
      ...(isAsked
        ? {
            rosterWishes: [
              { on: someDay(), wish: 'free', starts: null, weight: 1 },
              { on: someDay(), wish: 'not-shift', starts: 1320, weight: 1 },
            ],
          }
        : {}),
      ...(isAsked && isWoman && n % 2 === 0 ? { reach: 20 } : {}),
    },
    certificates: (isWoman ? modulesForTrained : []).map((module) => ({
      certificate: {
        record: EntryId.parse(idOf(n)),
        module,
        expires: Day.parse('2028-01'),
        withdrawn: false,
        enteredInError: false,
      },
    })),
  }
}

const days = 28
const monday = Day.parse('2026-11-30')
const idOf = (n: number): string => `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}`
const post = StreamId.parse(idOf(999_999))

/** The minimal standard of Park & Miller (1988). */
function chanceOf(seed: number): () => number {
  let state = ((seed * 7919 + 104729) % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return (state - 1) / 2147483646
  }
}
