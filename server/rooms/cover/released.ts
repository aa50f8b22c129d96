import { Agency } from '@lentera/core/shared/agencies'
import type { Interval } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import { coverReleaseFacts } from '@lentera/core/workforce/cover-release/tally'
import { Bands } from '@lentera/core/workforce/cover-release/words'
import { Counted } from '@lentera/core/workforce/words'
import type { Viewer } from '../../access/viewer.ts'
import type { Database } from '../../database/database.ts'
import { openCellsFor } from '../results/figures.ts'
import { readTallies } from '../results/tallies.ts'

/** One release of one agency. `bands` are of the cut-off `made`; null where so little is there that nothing could be told. */
export type ReleasedOfAgency = {
  readonly country: string
  readonly agency: Agency
  readonly counted: Counted
  readonly cutOff: CivilDate
  readonly made: CivilDate
  readonly bands: Bands | null
}

/** `asOf`: the last cut-off of the countries, for a regional office; null where it is live. The newest release of each agency first. */
export type ReleasedOfAgencies = { readonly asOf: string | null; readonly releases: readonly ReleasedOfAgency[] }

/** Every release that stands: of the viewer's own programme as they are, for a regional office as of the cut-offs of the countries. */
export async function releasedFor(database: Database, viewer: Viewer): Promise<ReleasedOfAgencies> {
  const tallies = await readTallies(database, viewer, [coverReleaseFacts.released], ['all'])
  const { cells, asOf } = openCellsFor(tallies, viewer, coverReleaseFacts.released, 'all')
  const ends = cells
    // For a regional office every cell comes twice: of its country, and of all.
    .filter(({ key }) => viewer.country !== null || key.country !== undefined)
    .filter(({ key, count }) => key.source !== undefined && (count.contacts > 0 || key.bound === 'low'))
    .map(({ key, count }): End => ({ key, amount: count.contacts }))
  const releases = [...Map.groupBy(ends, ({ key }) => key.source).values()].flatMap((of) => releaseIn(of, viewer) ?? [])
  return { asOf, releases: releases.sort(inOrder) }
}

type End = { readonly key: Readonly<Record<string, string>>; readonly amount: number }

/** Undefined where it was withdrawn: its tallies are those of nothing. */
function releaseIn(ends: readonly End[], viewer: Viewer): ReleasedOfAgency | undefined {
  const [first] = ends
  const key = first?.key ?? {}
  const agency = Agency.safeParse(key.agency).data
  const counted = Counted.safeParse(key.counted).data
  const cutOff = CivilDate.safeParse(key.cutOff).data
  const made = CivilDate.safeParse(key.on).data
  if (!agency || !counted || !cutOff || !made) return undefined
  const said = { country: key.country ?? viewer.country ?? 'unknown', agency, counted, cutOff, made }
  if (ends.some(({ key: { of }, amount }) => of === 'nothing' && amount > 0)) return { ...said, bands: null }
  const bandOf = (name: string): Interval | null => {
    const end = (bound: string) => ends.find(({ key: { of, bound: is } }) => of === name && is === bound)?.amount ?? 0
    return end('high') === 0 ? null : { low: end('low'), high: end('high') }
  }
  const names = ['posts', 'shifts', 'present', 'onCall', 'women', 'expiring'] as const
  const bands = Bands.safeParse(Object.fromEntries(names.map((name) => [name, bandOf(name)]))).data
  return bands && { ...said, bands }
}

/** By country and agency, the newest first. */
function inOrder(a: ReleasedOfAgency, b: ReleasedOfAgency): number {
  const [one, other] = [`${a.country} ${a.agency}`, `${b.country} ${b.agency}`]
  if (one !== other) return one < other ? -1 : 1
  return a.cutOff < b.cutOff ? 1 : a.cutOff > b.cutOff ? -1 : 0
}
