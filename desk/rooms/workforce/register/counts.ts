import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { isTrainedWomanOn, servesOn } from '@lentera/core/workforce/officer/project'
import { soonDays } from '@lentera/core/workforce/officer/words'

/** Who serves at a post on a day. `ending`: trained women who will not be any more within `soonDays`. */
export type PostCounts = {
  readonly officers: number
  readonly women: number
  readonly trained: number
  readonly ending: number
}

export const nobody: PostCounts = { officers: 0, women: 0, trained: 0, ending: 0 }

/** By post. Of whom two posts are said is counted at neither. */
export function countsByPost(officers: readonly OfficerAt[], day: CivilDate): ReadonlyMap<StreamId, PostCounts> {
  const later = daysAfter(day, soonDays)
  const counts = new Map<StreamId, PostCounts>()
  for (const each of officers) {
    const { officer } = each
    if (!officer.post || !servesOn(each, day)) continue
    const before = counts.get(officer.post) ?? nobody
    const isTrained = isTrainedWomanOn(each, day)
    counts.set(officer.post, {
      officers: before.officers + 1,
      women: before.women + (officer.sex === 'female' ? 1 : 0),
      trained: before.trained + (isTrained ? 1 : 0),
      ending: before.ending + (isTrained && !isTrainedWomanOn(each, later) ? 1 : 0),
    })
  }
  return counts
}
