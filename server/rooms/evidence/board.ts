import { projectFact, rowsText, type StandingFact } from '@lentera/core/evidence/capture'
import { type CtdcTable, layoutOf, type Split, smallestClass, splitsOf } from '@lentera/core/evidence/ctdc'
import { inOrderOfEdition } from '@lentera/core/evidence/edition'
import { DataSetImported, dataSetImported, type FactCited } from '@lentera/core/evidence/entries'
import { evidenceFigures, type Figures } from '@lentera/core/evidence/figures'
import { type Observation, readValue } from '@lentera/core/evidence/glotip'
import { newestYearIn } from '@lentera/core/evidence/unfamiliar'
import { type CtdcLayout, ctdcColumns, ctdcCountry, ctdcExploitation } from '@lentera/core/evidence/words'
import { agreedValue, type StreamState, streamRecord } from '@lentera/core/log/fold'
import { exactly } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import type { Hash, StreamId } from '@lentera/core/shared/ids'
import { hashNow } from '@lentera/sealed/verify'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'

/** An imported table, counted once however often it was brought. */
export type DataSet = DataSetImported & {
  readonly stream: StreamId
  readonly importedOn: string
  /** Of the rows as they are kept, whatever the entry says of them. */
  readonly rowsHash: Hash
  /** The later entries that brought these very rows again: shown, and in no figure. */
  readonly repeats: readonly Repeat[]
}
export type Repeat = { readonly stream: StreamId; readonly importedOn: string; readonly edition: string }
export type Fact = FactCited & Pick<StandingFact, 'said' | 'withdrawn'> & { readonly stream: StreamId }

/** What an imported data set says: UNODC's table its figures, the k-anonymous set its splits. */
export type DataSetFigures =
  | { readonly dataset: 'glotip'; readonly stream: StreamId; readonly year: number; readonly figures: Figures }
  | {
      readonly dataset: 'ctdc'
      readonly stream: StreamId
      readonly layout: CtdcLayout
      readonly records: number
      readonly splits: readonly Split[]
      readonly smallestClass: number
    }

/** The evidence board: data sets, what they say, and facts that others published, cited beside them. */
export type EvidenceBoard = {
  readonly dataSets: readonly DataSet[]
  readonly facts: readonly Fact[]
  readonly figures: readonly DataSetFigures[]
}

/** The year the programme's brochure speaks of; where a table has no such year, its last that had come. */
export const boardYear = 2018

/** What the board reads from, and what it has counted before. */
export type EvidenceSource = { readonly database: Database; readonly evidence: CountedEvidence }

export async function evidenceBoard(
  { database, evidence }: EvidenceSource,
  viewer: Viewer,
  year?: number,
): Promise<EvidenceBoard> {
  return database.asViewer(viewer, async (transaction) => {
    // In the order of the log, and not of a day that an entry gives itself: of repeats the first brought counts.
    const states = await transaction.query<{ stream: StreamId; noun: string; state: StreamState }>(
      'streams of evidence',
      `select stream.stream, stream.noun, stream.state from lentera.stream
       join lentera.entry on entry.programme = stream.programme and entry.audience = stream.audience
        and entry.stream = stream.stream
       where stream.programme = $1 and stream.audience = 'programme' and stream.noun in ('data-set', 'fact')
       group by stream.programme, stream.audience, stream.stream order by min(entry.number)`,
      [viewer.programme],
    )
    const counted = new Map<Hash, { dataSet: DataSet; figures: DataSetFigures }>()
    for (const brought of states.flatMap(dataSetOf)) {
      const { rowsHash, ...said } = await figuresOf(transaction, evidence, viewer, brought, year)
      const known = counted.get(rowsHash)
      const dataSet = known ? withRepeat(known.dataSet, brought) : { ...brought, rowsHash, repeats: [] }
      counted.set(rowsHash, { dataSet, figures: known?.figures ?? { ...said, stream: brought.stream } })
    }
    const newestFirst = [...counted.values()].sort((a, b) => byEdition(a.dataSet, b.dataSet))
    return {
      dataSets: newestFirst.map(({ dataSet }) => dataSet),
      facts: states.flatMap(factOf),
      figures: newestFirst.map(({ figures }) => figures),
    }
  })
}

/** As its entry says it. */
type Brought = DataSetImported & { readonly stream: StreamId; readonly importedOn: string }

function dataSetOf({ stream, state }: { readonly stream: StreamId; readonly state: StreamState }): Brought[] {
  const record = state.records[streamRecord]
  if (record?.kind !== dataSetImported.kind) return []
  const parsed = DataSetImported.safeParse(codedOf(record, DataSetImported.keyof().options))
  return parsed.success ? [{ ...parsed.data, stream, importedOn: record.on ?? '' }] : []
}

function factOf({ stream, state }: { readonly stream: StreamId; readonly state: StreamState }): Fact[] {
  const standing = projectFact(state)
  return standing ? [{ ...standing.fact, stream, said: standing.said, withdrawn: standing.withdrawn }] : []
}

type RecordOf = NonNullable<StreamState['records'][string]>

function codedOf(record: RecordOf, fields: readonly string[]): Record<string, unknown> {
  const values = fields.map((field) => [field, agreedValue(record, field)] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

/** Of one edition what was brought last. */
const byEdition = (a: Brought, b: Brought): number =>
  inOrderOfEdition(a.edition, b.edition) || (a.importedOn < b.importedOn ? 1 : a.importedOn > b.importedOn ? -1 : 0)

/** The same rows brought again, by stewards who did not know of each other or to have them counted twice: one data set. */
function withRepeat(dataSet: DataSet, { stream, importedOn, edition }: Brought): DataSet {
  return { ...dataSet, repeats: [...dataSet.repeats, { stream, importedOn, edition }] }
}

// ---------------------------------------------------------------- figures of one data set

/**
 * Figures by the hash of the bytes they were counted from: the same bytes always give the same figures, whoever asks. The
 * rows themselves are not kept in memory.
 */
export type CountedEvidence = Map<string, Counted>
type Counted =
  | { readonly dataset: 'glotip'; readonly rowsHash: Hash; readonly year: number; readonly figures: Figures }
  | (Pick<
      Extract<DataSetFigures, { dataset: 'ctdc' }>,
      'dataset' | 'layout' | 'records' | 'splits' | 'smallestClass'
    > & {
      readonly rowsHash: Hash
    })

async function figuresOf(
  transaction: Transaction,
  counted: CountedEvidence,
  viewer: Viewer,
  dataSet: Brought,
  year: number | undefined,
): Promise<Counted> {
  const key = `${dataSet.hash}|${dataSet.dataset}|${year ?? ''}`
  const known = counted.get(key) ?? (await count(transaction, viewer, dataSet, year))
  if (counted.size > 64) counted.clear()
  counted.set(key, known)
  return known
}

async function count(
  transaction: Transaction,
  viewer: Viewer,
  dataSet: Brought,
  asked: number | undefined,
): Promise<Counted> {
  const rows = await transaction.query<{ line: number; cells: Record<string, string> }>(
    'rows of a data set',
    'select line, cells from lentera.data_set_row where programme = $1 and data_set = $2 order by line',
    [viewer.programme, dataSet.stream],
  )
  if (dataSet.dataset === 'ctdc') {
    const table = ctdcTable(rows)
    const rowsHash = hashNow(rowsText(table))
    return {
      dataset: 'ctdc',
      rowsHash,
      layout: layoutOf(table.columns),
      records: rows.length,
      splits: splitsOf(table),
      smallestClass: smallestClass(table),
    }
  }
  const observations = rows.map(observationOf)
  const years = new Set(observations.map((row) => row.year))
  const wanted = asked ?? boardYear
  // Not a year that had not come when it was imported: a slip of the source is kept, and no board is of it.
  const on = CivilDate.safeParse(dataSet.importedOn).data
  const newest = on && newestYearIn({ dataset: 'glotip', observations }, on)
  const year = years.has(wanted) ? wanted : (newest ?? Math.max(...years))
  const rowsHash = hashNow(rowsText({ dataset: 'glotip', observations }))
  return { dataset: 'glotip', rowsHash, year, figures: evidenceFigures(observations, year) }
}

export function observationOf({
  line,
  cells,
}: {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}): Observation {
  const cell = (name: string): string => cells[name] ?? ''
  return {
    line,
    iso3: cell('iso3'),
    country: cell('country'),
    region: cell('region'),
    subregion: cell('subregion'),
    indicator: cell('indicator'),
    dimension: cell('dimension'),
    category: cell('category'),
    sex: cell('sex'),
    age: cell('age'),
    year: Number(cell('year')),
    unit: cell('unit'),
    text: cell('text'),
    // Checked when it was imported; a row without a value would not have been stored.
    value: readValue(cell('text')) ?? exactly(0),
    source: cell('source'),
  }
}

/** In the order people know the columns by; the database does not keep that of the file. */
function ctdcTable(rows: readonly { readonly line: number; readonly cells: Record<string, string> }[]): CtdcTable {
  const order: string[] = [...Object.values(ctdcColumns).flat(), ...ctdcCountry, ...ctdcExploitation]
  const place = (column: string): number => (order.indexOf(column) + order.length + 1) % (order.length + 1)
  const columns = Object.keys(rows[0]?.cells ?? {}).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
  const records = rows.map(({ line, cells }) => ({ line, cells: columns.map((column) => cells[column] ?? '') }))
  return { dataset: 'ctdc', preamble: [], columns, records, issues: [] }
}
