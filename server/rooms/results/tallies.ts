import type { CountedPart } from '@lentera/core/results/figure-values'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'

export type TallyRow = {
  readonly dimensions: Readonly<Record<string, string>>
  readonly low: string
  readonly high: string
  readonly contacts: string
}
/** What a programme counted at its latest cut-off, `label`. */
export type RegionRow = TallyRow & {
  readonly country: string | null
  readonly label: string
  readonly programme: string
}

/** The tallies that a board is made of, read at once: a question of its own for each figure makes a board wait forty times. */
export type Tallies = {
  /** The viewer's own case team. */
  readonly team: (fact: string, period: string) => readonly TallyRow[]
  /** The viewer's own programme, live. */
  readonly programme: (fact: string, period: string) => readonly TallyRow[]
  /** Every programme at its latest cut-off; nothing except in a regional office. */
  readonly region: (fact: string, period: string) => readonly RegionRow[]
  /** All time and the years in which something of a fact was counted, of the facts of which they were asked for. */
  readonly told: (fact: string) => readonly string[]
}

/**
 * What this viewer may read of the tallies of these facts in these periods.
 *
 * @param inYears those of them that are read of every year and all time besides
 */
export async function readTallies(
  database: Database,
  viewer: Viewer,
  facts: readonly string[],
  periods: readonly string[],
  inYears: readonly string[] = [],
): Promise<Tallies> {
  const own = await database.asViewer(viewer, (transaction) =>
    transaction.query<TallyRow & Where & { audience: string }>(
      'tallies of a board',
      `select fact, period, audience, dimensions, persons_low as low, persons_high as high, contacts from lentera.tally
       where programme = $1 and audience = any($2::text[]) and fact = any($3::text[])
         and (period = any($4::text[]) or (fact = any($5::text[]) and period ~ '^(all|[0-9]{4})$'))
         and (audience <> 'programme' or scope = 'programme')`,
      [viewer.programme, [teamOf(viewer), 'programme'], facts, periods, inYears],
    ),
  )
  const region = viewer.country === null ? await talliesOfRegion(database, facts, periods, inYears) : []
  const [ofTeam, ofProgramme] = [teamOf(viewer), 'programme'].map((audience) =>
    byWhere(own.filter((row) => row.audience === audience)),
  )
  const ofRegion = byWhere(region)
  return {
    team: (fact, period) => ofTeam?.get(`${fact}|${period}`) ?? [],
    programme: (fact, period) => ofProgramme?.get(`${fact}|${period}`) ?? [],
    region: (fact, period) => ofRegion.get(`${fact}|${period}`) ?? [],
    told: (fact) => [
      ...new Set(
        [...own, ...region].flatMap((row) => (row.fact === fact && isYearOrAll(row.period) ? row.period : [])),
      ),
    ],
  }
}

/** What one programme had counted of an open fact at its latest cut-off; undefined before the first. */
export async function cellsAtCutOff(
  transaction: Transaction,
  { programme }: Viewer,
  fact: string,
  period: string,
): Promise<{ readonly label: string; readonly head: string; readonly cells: readonly CountedPart[] } | undefined> {
  const [cut] = await transaction.query<{ label: string; head: string }>(
    'latest cut-off',
    'select label, head from lentera.cut_off where programme = $1 order by label desc limit 1',
    [programme],
  )
  if (!cut) return undefined
  const rows = await transaction.query<TallyRow>(
    'tallies of a programme at a cut-off',
    `select dimensions, persons_low as low, persons_high as high, contacts from lentera.tally_at_cut_off
     where programme = $1 and label = $2 and audience = 'programme' and scope = 'programme' and fact = $3
       and period = $4`,
    [programme, cut.label, fact, period],
  )
  return { ...cut, cells: rows.map(countedPart) }
}

export const countedPart = ({ dimensions, low, high, contacts }: TallyRow): CountedPart => ({
  key: dimensions,
  count: { persons: { low: Number(low), high: Number(high) }, contacts: Number(contacts) },
})

const isYearOrAll = (period: string): boolean => /^(all|\d{4})$/.test(period)

type Where = { readonly fact: string; readonly period: string }

const teamOf = ({ team }: Viewer): string => `team:${team}`

const byWhere = <Row extends Where>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> =>
  Map.groupBy(rows, ({ fact, period }) => `${fact}|${period}`)

function talliesOfRegion(
  database: Database,
  facts: readonly string[],
  periods: readonly string[],
  inYears: readonly string[],
): Promise<(RegionRow & Where)[]> {
  return database.asPublisher((transaction) =>
    transaction.query<RegionRow & Where>(
      'tallies of a region',
      `select tally.fact, tally.period, tally.dimensions, tally.persons_low as low, tally.persons_high as high, tally.contacts,
         programme.country, tally.label, tally.programme
       from lentera.tally_at_cut_off tally
       join lentera.programme on programme.programme = tally.programme
       join (select programme, max(label) as label from lentera.cut_off group by programme) latest
         on latest.programme = tally.programme and latest.label = tally.label
       where tally.fact = any($1::text[]) and tally.scope = 'programme'
         and (tally.period = any($2::text[]) or (tally.fact = any($3::text[]) and tally.period ~ '^(all|[0-9]{4})$'))`,
      [facts, periods, inYears],
    ),
  )
}
