import { type CtdcTable, type Split, smallestClass, splitsOf } from '@lentera/core/evidence/ctdc'
import { DataSetImported, dataSetImported, FactCited, factCited } from '@lentera/core/evidence/entries'
import { evidenceFigures, type Figures } from '@lentera/core/evidence/figures'
import { type Observation, readValue } from '@lentera/core/evidence/glotip'
import { ctdcColumns, ctdcCountry, ctdcExploitation } from '@lentera/core/evidence/words'
import { agreedValue, type StreamState, streamRecord } from '@lentera/core/log/fold'
import { exactly } from '@lentera/core/shared/counts'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'

export type DataSet = DataSetImported & { readonly stream: StreamId; readonly importedOn: string }
export type Fact = FactCited & { readonly stream: StreamId }

/** What an imported data set says: UNODC's table its figures, the k-anonymous set its splits. */
export type DataSetFigures =
  | { readonly dataset: 'glotip'; readonly stream: StreamId; readonly year: number; readonly figures: Figures }
  | {
      readonly dataset: 'ctdc'
      readonly stream: StreamId
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

/** The year the programme's brochure speaks of; where a table has no such year, its last. */
export const boardYear = 2018

/** What the board reads from, and what it has counted before. */
export type EvidenceSource = { readonly database: Database; readonly evidence: CountedEvidence }

export async function evidenceBoard(
  { database, evidence }: EvidenceSource,
  viewer: Viewer,
  year?: number,
): Promise<EvidenceBoard> {
  return database.asViewer(viewer, async (transaction) => {
    const states = await transaction.query<{ stream: StreamId; noun: string; state: StreamState }>(
      'streams of evidence',
      `select stream, noun, state from lentera.stream
       where programme = $1 and audience = 'programme' and noun in ('data-set', 'fact') order by noun, stream`,
      [viewer.programme],
    )
    const dataSets = withoutRepeats(states.flatMap(dataSetOf)).sort(newestFirst)
    const figures: DataSetFigures[] = []
    for (const dataSet of dataSets) figures.push(await figuresOf(transaction, evidence, viewer, dataSet, year))
    return { dataSets, facts: states.flatMap(factOf), figures }
  })
}

function dataSetOf({ stream, state }: { readonly stream: StreamId; readonly state: StreamState }): DataSet[] {
  const record = state.records[streamRecord]
  if (record?.kind !== dataSetImported.kind) return []
  const parsed = DataSetImported.safeParse(codedOf(record, DataSetImported.keyof().options))
  return parsed.success ? [{ ...parsed.data, stream, importedOn: record.on ?? '' }] : []
}

function factOf({ stream, state }: { readonly stream: StreamId; readonly state: StreamState }): Fact[] {
  const record = state.records[streamRecord]
  if (record?.kind !== factCited.kind) return []
  const parsed = FactCited.safeParse(codedOf(record, FactCited.keyof().options))
  return parsed.success ? [{ ...parsed.data, stream }] : []
}

type RecordOf = NonNullable<StreamState['records'][string]>

function codedOf(record: RecordOf, fields: readonly string[]): Record<string, unknown> {
  const values = fields.map((field) => [field, agreedValue(record, field)] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

/** By edition, as dates read; of one edition what was brought last. */
const newestFirst = (a: DataSet, b: DataSet): number =>
  a.edition === b.edition ? compare(b.importedOn, a.importedOn) : compare(b.edition, a.edition)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The same bytes or rows brought twice, by two stewards who did not know of each other, are one data set. */
function withoutRepeats(dataSets: readonly DataSet[]): DataSet[] {
  const seen = new Set<string>()
  return dataSets.filter(({ hash, rowsHash }) => {
    const isRepeat = seen.has(hash) || (rowsHash !== undefined && seen.has(rowsHash))
    seen.add(hash)
    if (rowsHash !== undefined) seen.add(rowsHash)
    return !isRepeat
  })
}

// ---------------------------------------------------------------- figures of one data set

/**
 * Figures by the hash of the bytes they were counted from: the same bytes always give the same figures, whoever asks. The
 * rows themselves are not kept in memory.
 */
export type CountedEvidence = Map<string, Counted>
type Counted =
  | { readonly dataset: 'glotip'; readonly year: number; readonly figures: Figures }
  | Pick<Extract<DataSetFigures, { dataset: 'ctdc' }>, 'dataset' | 'records' | 'splits' | 'smallestClass'>

async function figuresOf(
  transaction: Transaction,
  counted: CountedEvidence,
  viewer: Viewer,
  dataSet: DataSet,
  year: number | undefined,
): Promise<DataSetFigures> {
  const key = `${dataSet.hash}|${dataSet.dataset}|${year ?? ''}`
  const known = counted.get(key) ?? (await count(transaction, viewer, dataSet, year))
  if (counted.size > 64) counted.clear()
  counted.set(key, known)
  return { ...known, stream: dataSet.stream }
}

async function count(
  transaction: Transaction,
  viewer: Viewer,
  dataSet: DataSet,
  asked: number | undefined,
): Promise<Counted> {
  const rows = await transaction.query<{ line: number; cells: Record<string, string> }>(
    'rows of a data set',
    'select line, cells from lentera.data_set_row where programme = $1 and data_set = $2 order by line',
    [viewer.programme, dataSet.stream],
  )
  if (dataSet.dataset === 'ctdc') {
    const table = ctdcTable(rows)
    return { dataset: 'ctdc', records: rows.length, splits: splitsOf(table), smallestClass: smallestClass(table) }
  }
  const observations = rows.map(observationOf)
  const years = new Set(observations.map((row) => row.year))
  const wanted = asked ?? boardYear
  const year = years.has(wanted) ? wanted : Math.max(...years)
  return { dataset: 'glotip', year, figures: evidenceFigures(observations, year) }
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
