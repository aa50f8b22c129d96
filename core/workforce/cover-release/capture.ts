import { type Draft, draft } from '../../log/draft.ts'
import type { Agency } from '../../shared/agencies.ts'
import { CivilDate, firstDayOf, quarterOf } from '../../shared/dates.ts'
import type { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import { mark } from '../records.ts'
import type { Counted } from '../words.ts'
import { coverReleased, coverReleaseInError } from './entries.ts'
import type { CoverRelease } from './project.ts'
import { Bands, isCutOff, mostCutOffsBack } from './words.ts'

export type ReleaseCover = {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly agency: Agency
  /** Whom the register holds. */
  readonly counted: Counted
  readonly cutOff: CivilDate
  /** As the release room made them; null where it let nothing through. */
  readonly released: { readonly made: string; readonly bands: Bands } | null
}

/**
 * What leaves of an agency's cover as of a cut-off.
 * Refused: `cover-release.not-a-cut-off`, `cover-release.already` {date}, `cover-release.not-bands`.
 *
 * @param before every release of the organisation, those withdrawn too
 */
export function releaseCover(
  { stream, organisation, country, agency, counted, cutOff, released }: ReleaseCover,
  before: readonly CoverRelease[],
  today: CivilDate,
): Decision<Draft[]> {
  if (!isCutOff(cutOff)) return refuse('cover-release.not-a-cut-off')
  if (!cutOffsFor(before, today).includes(cutOff)) return refuse('cover-release.already', { date: cutOff })
  const made = CivilDate.safeParse(released?.made ?? cutOff).data
  const bands = Bands.nullable().safeParse(released?.bands ?? null)
  if (!made || !isCutOff(made) || made > cutOff || !bands.success) return refuse('cover-release.not-bands')
  return accept([
    draft(coverReleased, stream, cutOff, { organisation, country, agency, counted, made, bands: bands.data }),
  ])
}

/**
 * Withdraws a release, or takes that back while no other stands in its place or after it.
 * Refused: `cover-release.already` {date}.
 */
export function withdrawCoverRelease(
  stream: StreamId,
  release: CoverRelease,
  is: boolean,
  all: readonly CoverRelease[],
): Decision<Draft[]> {
  const isFollowed = all.some(
    ({ opening, enteredInError, on }) => opening !== release.opening && !enteredInError && on >= release.on,
  )
  if (!is && isFollowed) return refuse('cover-release.already', { date: release.on })
  return mark(coverReleaseInError, stream, release, [], release.opening, is)
}

/** The cut-offs that can be released, the newest first: of the last few, those since the last release that stands, which has its own. */
export function cutOffsFor(before: readonly CoverRelease[], today: CivilDate): readonly CivilDate[] {
  const last = before
    .filter(({ enteredInError }) => !enteredInError)
    .map(({ on }) => on)
    .toSorted()
    .at(-1)
  // A later one that was withdrawn was shown: nothing is told of before it.
  const shown = before
    .map(({ on }) => on)
    .toSorted()
    .at(-1)
  return cutOffsBack(today).filter((day) => (!last || day > last) && (!shown || day >= shown))
}

function cutOffsBack(today: CivilDate): readonly CivilDate[] {
  const quarter = quarterOf(today)
  if (!quarter) return []
  const [year, month] = firstDayOf(quarter).split('-').map(Number)
  return Array.from({ length: mostCutOffsBack }, (_, back) => {
    const months = (year ?? 0) * 12 + (month ?? 1) - 1 - 3 * back
    return CivilDate.parse(`${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`)
  })
}
