import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkDataSet, type DryRun, dryRun, earlierRowsText, rowsText } from '@lentera/core/evidence/capture'
import type { CtdcRecord } from '@lentera/core/evidence/ctdc'
import { DataSetImported, dataSetImported } from '@lentera/core/evidence/entries'
import type { Observation } from '@lentera/core/evidence/glotip'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { EntryId, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import type { Watch } from '@lentera/core/sheets/words'
import { hashNow } from '@lentera/sealed/verify'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import type { Judged } from '../../log/append.ts'
import { findBlob } from './blobs.ts'

/** One row of a data set as the source has it: its line in the file and its cells, as text, by column. */
export type DataSetRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> }

/** Rows read, or why they could not be, by the entry that says the data set was imported. */
export type DataSetsRead = {
  readonly rows: ReadonlyMap<EntryId, readonly DataSetRow[]>
  readonly refusals: ReadonlyMap<EntryId, Refusal>
}

/**
 * Reads the bytes behind each *data set imported* of a batch, before anything is locked. Refused: `evidence.bytes-missing`,
 * what `readDataSet` refuses, and what a device of this version refuses before it writes (`checkDataSet`, judged as of the
 * entry's own day). A table that is here already is not refused: two devices may bring it without knowing of each other.
 */
export async function readDataSets(
  database: Database,
  viewer: Viewer,
  judged: readonly Judged[],
): Promise<DataSetsRead> {
  const rows = new Map<EntryId, readonly DataSetRow[]>()
  const refusals = new Map<EntryId, Refusal>()
  for (const { entry } of judged.filter((each) => each.entry.kind === dataSetImported.kind)) {
    const coded = DataSetImported.safeParse(entry.coded)
    if (!coded.success) continue // another version of the kind: kept, and read when it is known
    const bytes = await database.asViewer(viewer, (transaction) =>
      findBlob(transaction, viewer.programme, coded.data.hash),
    )
    const run = bytes ? await readAsSaid(bytes, coded.data, entry.on) : refuse('evidence.bytes-missing')
    const checked = run.ok ? checkDataSet(run.value, coded.data, entry.on) : run
    if (run.ok && checked.ok) rows.set(entry.id, rowsIn(run.value))
    else if (!checked.ok) refusals.set(entry.id, checked.refusal)
  }
  return { rows, refusals }
}

/**
 * The rows of a data set that is in the log already, out of the bytes beside it. Refused: what `dryRun` refuses,
 * `evidence.hash-differs` and `evidence.rows-differ` where they are not the bytes that the entry speaks of. What an earlier
 * version let in, an edition of any words among it, stays in.
 */
export async function readDataSet(
  bytes: Uint8Array,
  coded: DataSetImported,
  on: CivilDate,
): Promise<Decision<DataSetRow[]>> {
  const run = await readAsSaid(bytes, coded, on)
  if (!run.ok) return run
  const rows = rowsIn(run.value)
  if (rows.length !== coded.rows) return refuse('evidence.rows-differ', { said: coded.rows, read: rows.length })
  return accept(rows)
}

/** The bytes read as the data set they are said to be; refused `evidence.hash-differs` where they or their rows are others. */
async function readAsSaid(bytes: Uint8Array, coded: DataSetImported, on: CivilDate): Promise<Decision<DryRun>> {
  const run = await dryRun(coded.dataset, bytes, on, letOthersRun)
  if (!run.ok) return run
  const { table, content } = run.value
  const isOfRows =
    coded.rowsHash === undefined ||
    hashNow(rowsText(table)) === coded.rowsHash ||
    hashNow(earlierRowsText(table)) === coded.rowsHash
  return hashNow(content) === coded.hash && isOfRows ? run : refuse('evidence.hash-differs')
}

function rowsIn({ table }: DryRun): DataSetRow[] {
  return table.dataset === 'glotip'
    ? table.observations.map(glotipRow)
    : table.records.map((record) => ctdcRow(table.columns, record))
}

/** A large file is read in slices, and between them other requests are answered. */
const letOthersRun: Watch = async () => {
  await nextTurn()
  return true
}

function glotipRow({ line, value: _, year, ...cells }: Observation): DataSetRow {
  return { line, cells: { ...cells, year: String(year) } }
}

function ctdcRow(columns: readonly string[], { line, cells }: CtdcRecord): DataSetRow {
  return { line, cells: Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? ''])) }
}

/** Stores the rows in the transaction of their entry: a data set is whole or not there. */
export async function storeDataSets(
  transaction: Transaction,
  programme: ProgrammeId,
  fresh: readonly Pick<Judged, 'entry'>[],
  read: Pick<DataSetsRead, 'rows'>,
): Promise<void> {
  for (const { entry } of fresh) {
    const rows = read.rows.get(entry.id)
    if (rows) await storeRows(transaction, programme, entry.stream, rows)
  }
}

async function storeRows(
  transaction: Transaction,
  programme: ProgrammeId,
  dataSet: StreamId,
  rows: readonly DataSetRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await transaction.query(
      'store rows of a data set',
      `insert into lentera.data_set_row (programme, data_set, line, cells)
       select $1, $2, line, cells from jsonb_to_recordset($3::jsonb) as part (line int, cells jsonb)
       on conflict (programme, data_set, line) do nothing`,
      [programme, dataSet, JSON.stringify(rows.slice(from, from + rowsAtOnce))],
    )
  }
}

const rowsAtOnce = 5000
