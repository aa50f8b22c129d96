import type { Agency } from '@lentera/core/shared/agencies'
import { unsettled } from '@lentera/core/shared/contribution'
import type { Interval } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import { Module } from '@lentera/core/shared/modules'
import { Sex } from '@lentera/core/shared/people'
import type { Country } from '@lentera/core/shared/places'
import { trainingFacts } from '@lentera/core/training/tally'
import { defaultSettings } from '@lentera/release/release'
import type { Viewer } from '../../access/viewer.ts'
import type { Database } from '../../database/database.ts'

/** `isOwn`: held by the viewer's own organisation, whose rows her device has besides. */
export type SessionOfProgramme = {
  readonly stream: StreamId
  readonly heldOn: CivilDate
  /** `unsettled` where two answers stand. */
  readonly country: Country | typeof unsettled
  readonly modules: readonly Module[]
  readonly isOwn: boolean
  readonly attended: Readonly<Record<Sex, Interval>>
}

/**
 * Every session of the viewer's programme that was held, the newest first, with how many officers of one kind of agency came, by sex.
 *
 * Which agency of the country an officer serves in is written nowhere, so nothing keeps a focal point from asking for another kind than
 * her own: a number under five is therefore told to nobody, nor that it is none. Between what is shown and what is not stands no total from
 * which it could be taken. An answer that stands twice may be hers: it widens the upper end.
 */
export async function sessionsFor(
  database: Database,
  viewer: Viewer,
  agency: Agency,
): Promise<readonly SessionOfProgramme[]> {
  const rows = await database.asLog(viewer.programme, (transaction) =>
    transaction.query<Row>(
      'sessions of a programme',
      `select stream, audience, fact, happened_on as on, organisation, dimensions ->> 'country' as country,
         dimensions ->> 'module' as module, dimensions ->> 'sex' as sex, dimensions ->> 'agency' as agency, count(*) as count
       from lentera.contribution
       where programme = $1 and fact = any($2::text[])
         and (fact <> $3 or dimensions ->> 'agency' = any($4::text[]))
       group by 1, 2, 3, 4, 5, 6, 7, 8, 9
       order by 1, 2`,
      [viewer.programme, Object.values(trainingFacts), trainingFacts.attended, [agency, unsettled]],
    ),
  )
  // Two organisations may write on one id: each says it of a session of its own.
  return [...Map.groupBy(rows, ({ stream, audience }) => `${stream} ${audience}`).values()]
    .flatMap((of) => sessionIn(of, viewer, agency) ?? [])
    .sort((a, b) => (a.heldOn < b.heldOn ? 1 : a.heldOn > b.heldOn ? -1 : a.stream < b.stream ? -1 : 1))
}

type Row = {
  stream: StreamId
  audience: string
  fact: string
  on: CivilDate
  organisation: string
  country: Country | typeof unsettled
  module: string | null
  sex: string | null
  agency: string | null
  count: string
}

function sessionIn(rows: readonly Row[], { organisation }: Viewer, agency: Agency): SessionOfProgramme | undefined {
  const held = rows.find(({ fact }) => fact === trainingFacts.held)
  const heldOn = CivilDate.safeParse(held?.on).data
  if (!held || !heldOn) return undefined
  const taught = new Set(rows.map(({ module }) => module))
  const attended = rows.filter(({ fact }) => fact === trainingFacts.attended)
  const countOf = (isCounted: (row: Row) => boolean): number =>
    attended.filter(isCounted).reduce((sum, { count }) => sum + Number(count), 0)
  return {
    stream: held.stream,
    heldOn,
    country: held.country,
    modules: Module.options.filter((module) => taught.has(module)),
    isOwn: held.organisation === organisation,
    attended: Object.fromEntries(
      Sex.options.map((sex) => {
        const isOfSex = (row: Row): boolean => row.sex === sex || (sex === 'unknown' && row.sex === unsettled)
        const settled = countOf((row) => isOfSex(row) && row.agency === agency && row.sex !== unsettled)
        const maybe = countOf((row) => isOfSex(row) && (row.agency !== agency || row.sex === unsettled))
        return [sex, told(settled, maybe)]
      }),
      // The keys of the record are all of the options.
    ) as SessionOfProgramme['attended'],
  }
}

/** `maybe`: who may be counted or not. A count under the release room's smallest says no more than that. */
function told(settled: number, maybe: number): Interval {
  const { minimum } = defaultSettings
  if (settled + maybe < minimum) return { low: 0, high: minimum - 1 }
  return settled < minimum ? { low: 0, high: settled + maybe } : { low: settled, high: settled + maybe }
}
