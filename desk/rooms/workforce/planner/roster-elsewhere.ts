import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import { namesOfShifts, type Opening, type Shift, shiftsOf } from '@lentera/core/workforce/post/words'
import type { OpenedRoster } from '../../../device/desk.ts'
import { humane } from './humane.ts'
import {
  type Duty,
  datesFrom,
  isNightDuty,
  mayWork,
  type OfAll,
  openOn,
  padded,
  type RosterPost,
  type StandingDuty,
} from './roster-sides.ts'

/** A duty of an officer on a day (from 0) of the roster that is asked for, as another roster tells it. `name`: of its post's shift, `0360`. */
export type DutyElsewhere = {
  readonly day: number
  readonly post: StreamId
  readonly name: string
  readonly starts: number
  readonly minutes: number
  readonly isOnCall: boolean
}

/** What other rosters that are kept say of the days of this one: from which they are, and the duties of each officer. */
export type Elsewhere = {
  readonly rosters: readonly OfPosts[]
  readonly duties: ReadonlyMap<string, readonly DutyElsewhere[]>
}
type OfPosts = { readonly post: StreamId; readonly partner: StreamId | undefined; readonly from: CivilDate }
type Kept = Pick<OpenedRoster, 'said' | 'kept'>
type PostOpen = { readonly stream: StreamId; readonly said: { readonly opening?: Opening | undefined } }

/**
 * Of two rosters of the same posts and first day the later by its code counts, until a person takes one back (`ofTheSameDays`); one of these
 * posts and this first day is what is made anew, and does not. Of two others that tell of one day of hers likewise.
 *
 * @param kept in the order of their codes
 */
export function rosterElsewhere(
  kept: readonly Kept[],
  posts: readonly PostOpen[],
  {
    own,
    from,
    officers,
  }: { readonly own: readonly StreamId[]; readonly from: CivilDate; readonly officers: readonly string[] },
): Elsewhere {
  const standing = new Map<string, OfPosts & { readonly duties: Readonly<Record<string, string>> }>()
  for (const { said, kept: each } of kept) {
    if (each.enteredInError || !said.post || !said.from || !said.duties) continue
    const of = { post: said.post, partner: said.partner, from: said.from, duties: said.duties }
    standing.set(nameOf([of.post, ...(of.partner ? [of.partner] : [])], of.from), of)
  }
  standing.delete(nameOf(own, from))
  const days = new Map(datesFrom(from, humane.days).map((date, day) => [date, day]))
  const rosters: OfPosts[] = []
  const duties = new Map<string, Map<number, DutyElsewhere>>()
  for (const { duties: rows, ...of } of standing.values()) {
    let isTold = false
    for (const officer of officers) {
      const keys = Object.hasOwn(rows, officer) ? (rows[officer] ?? '').split(',') : []
      for (const [at, key] of keys.entries()) {
        const day = days.get(daysAfter(of.from, at))
        if (key === '' || day === undefined) continue
        const hers = duties.get(officer) ?? new Map<number, DutyElsewhere>()
        duties.set(officer, hers.set(day, { day, ...dutyOf(key, of, posts) }))
        isTold = true
      }
    }
    if (isTold) rosters.push(of)
  }
  return { rosters, duties: new Map([...duties].map(([officer, hers]) => [officer, [...hers.values()]])) }
}

const nameOf = (posts: readonly StreamId[], from: CivilDate): string => [...posts.toSorted(), from].join()

/** `~+0360`: on call, the neighbour's, from six. A shift that its post no longer has is as long as most are. */
function dutyOf(key: string, { post, partner }: OfPosts, posts: readonly PostOpen[]): Omit<DutyElsewhere, 'day'> {
  const isOnCall = key.startsWith('~')
  const worked = isOnCall ? key.slice(1) : key
  const isPartner = worked.startsWith('+')
  const name = isPartner ? worked.slice(1) : worked
  const of = isPartner ? (partner ?? post) : post
  const opening = posts.find(({ stream }) => stream === of)?.said.opening
  const shifts = opening ? shiftsOf(opening) : []
  const names = namesOfShifts(shifts).map(padded)
  const shift: Pick<Shift, 'starts' | 'minutes'> | undefined = shifts[names.indexOf(name)]
  const { starts, minutes } = shift ?? { starts: Number(/\d+/.exec(name)?.[0] ?? 0), minutes: 480 }
  return { post: of, name, starts, minutes, isOnCall }
}

/**
 * Each duty as the roster that is asked for knows it: the very shift where it is one of its own that is open to her, so that it covers;
 * otherwise work of its length somewhere else, with the rest before it and after it.
 */
export function inTheseKeys(
  duties: Elsewhere['duties'],
  own: readonly Duty[],
  { sides, dates, assumptions }: Pick<OfAll, 'sides' | 'dates' | 'assumptions'>,
  [post, partner]: readonly [RosterPost, RosterPost | null],
): OfAll['elsewhere'] {
  return new Map(
    sides.flatMap(({ people }) =>
      people.map((her): readonly [string, readonly StandingDuty[]] => {
        const hers = duties.get(her.at.stream) ?? []
        return [
          her.at.stream,
          hers.map((each) => {
            const key = `${each.isOnCall ? '~' : ''}${each.post === partner?.stream ? '+' : ''}${each.name}`
            const date = dates[each.day]
            const isHere = each.post === post.stream || each.post === partner?.stream
            const duty = date && isHere ? openOn(own, date).find((one) => one.key === key) : undefined
            return { day: each.day, duty: duty && mayWork(her, duty, assumptions) ? duty : somewhere(each) }
          }),
        ]
      }),
    ),
  )
}

const somewhere = ({ name, starts, minutes, isOnCall }: DutyElsewhere): Duty => ({
  key: `@${isOnCall ? '~' : ''}${name}-${minutes}`,
  side: 'post',
  starts,
  minutes,
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  isOnCall,
  isNight: isNightDuty({ starts, minutes }),
})
