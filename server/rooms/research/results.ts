import type { StreamState } from '@lentera/core/log/fold'
import type { FigureValue } from '@lentera/core/results/figure'
import type { Contribution } from '@lentera/core/shared/contribution'
import { dayIn } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { projectSurvey, type Sheet, type Survey } from '@lentera/core/workforce/research/project'
import { researchFacts, sheetIn } from '@lentera/core/workforce/research/tally'
import { defaultSettings, figureValueOf, type ReleasedTables, readReleased } from '@lentera/release/release'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { releaseSurvey } from './release.ts'

/** One cell of a survey's tables: how many officers of a group answered so. No key is all of them. */
export type AnswerCell = { readonly key: Readonly<Record<string, string>>; readonly value: FigureValue }

export type SurveyResults =
  /** Nothing is shown while officers are asked: nobody may watch a number move. */
  | { readonly state: 'open' }
  /** More sheets than officers were asked, or nobody agrees how many were: somebody handed in for others, and nothing is made. */
  | { readonly state: 'more-than-asked' }
  | {
      readonly state: 'closed'
      /** The day these tables were made; sheets that come later wait for the next. */
      readonly asOf: string
      readonly cells: readonly AnswerCell[]
    }

/**
 * The tables of a survey of the viewer's own organisation.
 * Refused: `access.not-found`, also where it is another's or was entered in error.
 *
 * @param now milliseconds since 1970, for the day the tables are made
 */
export async function resultsOf(
  database: Database,
  viewer: Viewer,
  stream: StreamId,
  now: number = Date.now(),
): Promise<Decision<SurveyResults>> {
  const survey = await surveyFor(database, viewer, stream)
  if (!survey?.instrument || survey.enteredInError) return refuse('access.not-found')
  if (!survey.closed) return accept({ state: 'open' })
  const sheets = await sheetsOf(database, viewer, stream)
  const fact = `${researchFacts.handedIn} ${stream}`
  const tables = await database.asPublisher(async (transaction) => {
    const last = await lastRelease(transaction, fact)
    // One officer more makes no new tables: they wait until as many came as make a group.
    if (last && Math.abs(sheets.length - last.sheets) < defaultSettings.minimum) return last.tables
    // What was shown before stays.
    if (survey.asked === undefined || sheets.length > survey.asked) return last?.tables
    const next = releaseSurvey(fact, survey, sheets, dayIn(viewer.zone, now), last?.tables)
    return keep(transaction, fact, next, sheets.length)
  })
  if (!tables) return accept({ state: 'more-than-asked' })
  const cells = tables.flatMap((each) =>
    each.cells.map(({ cell, persons }) => ({ key: cell.dimensions, value: figureValueOf(persons) })),
  )
  return accept({ state: 'closed', asOf: tables[0]?.asOf ?? dayIn(viewer.zone, now), cells })
}

async function surveyFor(database: Database, viewer: Viewer, stream: StreamId): Promise<Survey | undefined> {
  const [row] = await database.asViewer(viewer, (transaction) =>
    transaction.query<{ state: StreamState }>(
      'state of a survey',
      `select state from lentera.stream
       where programme = $1 and audience = $2 and stream = $3 and noun = 'survey'`,
      [viewer.programme, `organisation:${viewer.organisation}`, stream],
    ),
  )
  return row && projectSurvey(row.state)
}

/** What nobody reads: only counted, and only those that members of the survey's own organisation handed in. */
async function sheetsOf(database: Database, viewer: Viewer, survey: StreamId): Promise<Sheet[]> {
  const rows = await database.asLog(viewer.programme, (transaction) =>
    transaction.query<{ on: Contribution['on']; dimensions: Contribution['dimensions'] }>(
      'sheets of a survey',
      `select happened_on as on, dimensions from lentera.contribution
       where programme = $1 and audience = 'nobody' and fact = $2 and organisation = $3 and dimensions ->> 'survey' = $4`,
      [viewer.programme, researchFacts.handedIn, viewer.organisation, survey],
    ),
  )
  return rows.flatMap((row) => sheetIn(row) ?? [])
}

// ---------------------------------------------------------------- what was shown stays as it was shown

type Kept = { readonly tables: readonly ReleasedTables[]; readonly sheets: number }

async function lastRelease(transaction: Transaction, fact: string): Promise<Kept | undefined> {
  const [row] = await transaction.query<{ tables: ReleasedTables[]; sheets: string }>(
    'last release of a survey',
    'select tables, path as sheets from lentera.release where fact = $1 order by released_at desc limit 1',
    [fact],
  )
  return row && { tables: row.tables.map(readReleased), sheets: Number(row.sheets) }
}

/** Its path is how many sheets it counts. Where another request kept it a moment earlier, that one stands. */
async function keep(
  transaction: Transaction,
  fact: string,
  tables: readonly ReleasedTables[],
  sheets: number,
): Promise<readonly ReleasedTables[]> {
  await transaction.query(
    'store release of a survey',
    `insert into lentera.release (fact, as_of, path, released_at, tables) values ($1, $2, $3, now(), $4)
     on conflict (fact, path) do nothing`,
    [fact, tables[0]?.asOf ?? '', String(sheets), JSON.stringify(tables)],
  )
  return (await lastRelease(transaction, fact))?.tables ?? tables
}
