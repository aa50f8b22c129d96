import { setImmediate as nextTurn } from 'node:timers/promises'
import { readCtdc } from '@lentera/core/evidence/ctdc'
import { DataSetImported, dataSetImported } from '@lentera/core/evidence/entries'
import { type Observation, readGlotip } from '@lentera/core/evidence/glotip'
import { openFile } from '@lentera/core/evidence/sheet'
import type { Watch } from '@lentera/core/evidence/words'
import type { Entry } from '@lentera/core/log/entry'
import type { Reading } from '@lentera/core/log/kind'
import type { EntryId, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { findBlob } from './blobs.ts'

/** One row of a data set as the source has it: its line in the file and its cells, as text, by column. */
export type DataSetRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> }

/** What the data sets among the entries of a batch hold, read before the programme is locked. */
export type DataSetsRead = {
  readonly rows: ReadonlyMap<EntryId, readonly DataSetRow[]>
  readonly refusals: ReadonlyMap<EntryId, Refusal>
}

type Imported = { readonly entry: Entry; readonly reading: Reading }

/**
 * The rows behind every entry `evidence.data-set-imported` of a batch. Refused, each by its entry:
 * `evidence.bytes-missing` where the file was not brought first, and what `readDataSet` refuses.
 */
export async function readDataSets(
  database: Database,
  viewer: Viewer,
  entries: readonly Imported[],
): Promise<DataSetsRead> {
  const rows = new Map<EntryId, readonly DataSetRow[]>()
  const refusals = new Map<EntryId, Refusal>()
  for (const { entry, reading } of entries) {
    if (!reading.known || reading.kind.kind !== dataSetImported.kind) continue
    const coded = DataSetImported.parse(reading.coded)
    const bytes = await database.asViewer(viewer, (transaction) => findBlob(transaction, viewer.programme, coded.hash))
    const read = bytes ? await readDataSet(bytes, coded) : refuse('evidence.bytes-missing')
    if (read.ok) rows.set(entry.id, read.value)
    else refusals.set(entry.id, read.refusal)
  }
  return { rows, refusals }
}

/** Stores the rows of the entries that were taken, in the transaction that stored the entries. */
export async function storeDataSets(
  transaction: Transaction,
  programme: ProgrammeId,
  stored: readonly Pick<Imported, 'entry'>[],
  { rows }: DataSetsRead,
): Promise<void> {
  for (const { entry } of stored) {
    const own = rows.get(entry.id)
    if (own) await storeRows(transaction, programme, entry.stream, own)
  }
}

/**
 * Reads a file's bytes as what the entry says they are. Refused: what `openFile`, `readGlotip` and `readCtdc` refuse, and
 * `evidence.not-as-declared` {rows, leftOut} where the file holds other than the entry says.
 */
export async function readDataSet(
  bytes: Uint8Array,
  coded: Pick<DataSetImported, 'dataset' | 'bytes' | 'rows' | 'leftOut'>,
): Promise<Decision<readonly DataSetRow[]>> {
  const opened = await openFile(bytes, letOthersRun)
  if (!opened.ok) return opened
  const read =
    coded.dataset === 'glotip'
      ? await readGlotip(opened.value.sheets, letOthersRun)
      : await readCtdc(opened.value.sheets, letOthersRun)
  if (!read.ok) return read
  const table = read.value
  const rows =
    table.dataset === 'glotip'
      ? table.observations.map(glotipRow)
      : table.records.map((record) => ctdcRow(table.columns, record))
  const leftOut = table.issues.length
  if (opened.value.content.length !== coded.bytes || rows.length !== coded.rows || leftOut !== coded.leftOut) {
    return refuse('evidence.not-as-declared', { rows: rows.length, leftOut })
  }
  return accept(rows)
}

/** Stores the rows of one data set; rows that are there already stay as they are. */
export async function storeRows(
  transaction: Transaction,
  programme: ProgrammeId,
  dataSet: StreamId,
  rows: readonly DataSetRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const part = rows.slice(from, from + rowsAtOnce).map(({ line, cells }) => ({ line, cells }))
    await transaction.query(
      'store rows of a data set',
      `insert into lentera.data_set_row (programme, data_set, line, cells)
       select $1, $2, line, cells from jsonb_to_recordset($3::jsonb) as part (line int, cells jsonb)
       on conflict (programme, data_set, line) do nothing`,
      [programme, dataSet, JSON.stringify(part)],
    )
  }
}

const rowsAtOnce = 5000

/** A large file is read in slices, and between them other requests are answered. */
const letOthersRun: Watch = async () => {
  await nextTurn()
  return true
}

function glotipRow({ line, value: _, year, ...cells }: Observation): DataSetRow {
  return { line, cells: { ...cells, year: String(year) } }
}

function ctdcRow(
  columns: readonly string[],
  { line, cells }: { readonly line: number; readonly cells: readonly string[] },
): DataSetRow {
  return { line, cells: Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? ''])) }
}
