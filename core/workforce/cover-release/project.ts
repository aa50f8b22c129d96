import { type StreamState, streamRecord } from '../../log/fold.ts'
import { setOnce } from '../../log/records.ts'
import { Agency } from '../../shared/agencies.ts'
import { CivilDate } from '../../shared/dates.ts'
import { Country } from '../../shared/places.ts'
import { type Standing, standingOf } from '../project.ts'
import { Counted } from '../words.ts'
import { Bands } from './words.ts'

/** A release as it stands; `on` is its cut-off. It is never said anew: whatever was wrong is withdrawn, and released again. */
export type CoverRelease = Standing & {
  readonly country: Country
  readonly agency: Agency
  readonly counted: Counted
  readonly made: CivilDate
  readonly bands: Bands | null
}

/** Undefined while the entry that opens it has not arrived. */
export function projectCoverRelease(state: StreamState): CoverRelease | undefined {
  const root = state.records[streamRecord]
  const standing = standingOf(state)
  if (!root || !standing) return undefined
  const country = Country.safeParse(setOnce(root, 'country')).data
  const agency = Agency.safeParse(setOnce(root, 'agency')).data
  const counted = Counted.safeParse(setOnce(root, 'counted')).data
  const made = CivilDate.safeParse(setOnce(root, 'made')).data
  const bands = Bands.nullable().safeParse(setOnce(root, 'bands')).data
  if (!country || !agency || !counted || !made || bands === undefined) return undefined
  return { ...standing, country, agency, counted, made, bands }
}

/**
 * What was shown last of an agency, withdrawn or not: by this what is shown next is held. The latest cut-off; of several of one cut-off the one
 * written last.
 */
export function lastShown(releases: readonly CoverRelease[]): (CoverRelease & { readonly bands: Bands }) | undefined {
  const shown = releases.filter((each): each is CoverRelease & { readonly bands: Bands } => each.bands !== null)
  return shown.toSorted((a, b) => (a.on === b.on ? (a.opening < b.opening ? -1 : 1) : a.on < b.on ? -1 : 1)).at(-1)
}
