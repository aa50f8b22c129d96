import { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { isServing, isTrainedWomanOn } from '@lentera/core/workforce/officer/project'
import { isKeptOn, missingToPost, type PostOpened } from '@lentera/core/workforce/post/project'
import { type Facility, type Risk, shiftsOf } from '@lentera/core/workforce/post/words'
import { type OpenShift, shiftsNeeded, shiftsOfOne, wholeWomen, womenNeeded } from '@lentera/planner/plan'
import type { Assumptions } from './assumptions.ts'
import { keyOfShift } from './roster-problem.ts'

/** A post as this device knows it. */
export type BoardPost = { readonly stream: StreamId; readonly said: PostOpened; readonly enteredInError: boolean }

/** How a post is covered on a day. Shifts are those of 28 days; women are those who serve there. */
export type PostCover = {
  readonly key: string
  readonly risk: Risk | undefined
  readonly officers: number
  readonly women: number
  readonly trained: number
  /** Trained women that its hours need; undefined where nobody has said when it is open. */
  readonly needs: number | undefined
  readonly needed: number
  readonly covered: number
  /** The month since which it is uncovered as far back as is known; null where it is covered. */
  readonly since: CivilDate | null
  /** The next month in which certificates that end leave it worse covered; null where none does within a year. */
  readonly worsensIn: CivilDate | null
  readonly missing: readonly Facility[]
}

type Rules = Assumptions['rules']

/**
 * Which posts have a trained woman on every shift on `day`, the riskiest gaps first; since when not, and where a certificate that ends
 * will open a gap. What it says is of whoever serves, not of a roster: enough women for the shifts of 28 days.
 */
export function boardOf(
  posts: readonly BoardPost[],
  officers: readonly OfficerAt[],
  day: CivilDate,
  rules: Rules,
): readonly PostCover[] {
  const byPost = Map.groupBy(
    officers.filter(({ officer }) => isServing(officer)),
    ({ officer }) => officer.post,
  )
  return posts
    .filter(({ said, enteredInError }) => !enteredInError && isKeptOn(said, day))
    .map((post) => coverOf(post, byPost.get(post.stream) ?? [], day, rules))
    .sort(
      (a, b) =>
        Number(b.covered < b.needed) - Number(a.covered < a.needed) ||
        weight(b.risk) - weight(a.risk) ||
        b.needed - b.covered - (a.needed - a.covered),
    )
}

function coverOf({ stream, said }: BoardPost, serving: readonly OfficerAt[], day: CivilDate, rules: Rules): PostCover {
  const shifts = openShiftsOf(said)
  const trainedOn = (on: CivilDate): number =>
    serving.filter(
      ({ officer, certificates, said: own }) =>
        (own.postedOn === undefined || own.postedOn <= on) && isTrainedWomanOn(officer, certificates, on),
    ).length
  const needed = shiftsNeeded(shifts, rules)
  const coveredBy = (women: number): number => Math.min(needed, Math.floor(women * shiftsOfOne(shifts, rules) + 1e-9))
  const trained = trainedOn(day)
  const covered = coveredBy(trained)
  return {
    key: stream,
    risk: said.risk,
    officers: serving.length,
    women: serving.filter(({ officer }) => officer.sex === 'female').length,
    trained,
    needs: shifts.length === 0 ? undefined : wholeWomen(womenNeeded(shifts, { ...rules, travel: noTravel })),
    needed,
    covered,
    since: covered >= needed ? null : sinceWhen(day, (on) => coveredBy(trainedOn(on)) < needed),
    worsensIn: monthsFrom(day, 1, 12).find((on) => coveredBy(trainedOn(on)) < covered) ?? null,
    missing: missingToPost(said),
  }
}

export const openShiftsOf = ({ opening }: PostOpened): readonly OpenShift[] =>
  opening ? shiftsOf(opening).map((shift) => ({ key: keyOfShift(shift.starts), ...shift })) : []

/** The first of the months back from `day` through which it was so without a break; two years are looked at. */
function sinceWhen(day: CivilDate, isOpen: (on: CivilDate) => boolean): CivilDate {
  const back = monthsFrom(day, -1, 24)
  const closed = back.findIndex((on) => !isOpen(on))
  const last = closed === -1 ? back.at(-1) : back[closed - 1]
  return CivilDate.parse((last ?? day).slice(0, 7))
}

/** The first days of the months after (`step` 1) or up to (`step` -1) a day. */
function monthsFrom(day: CivilDate, step: 1 | -1, count: number): readonly CivilDate[] {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return Array.from({ length: count }, (_, i) => {
    const months = year * 12 + month - 1 + (step === 1 ? i + 1 : -i)
    return CivilDate.parse(`${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`)
  })
}

const weight = (risk: Risk | undefined): number => (risk === 'high' ? 3 : risk === 'medium' ? 2 : 1)
const noTravel = { kmPerHour: 1, known: [] }
