import { dryRun } from '@lentera/core/evidence/capture'
import { DataSetImported, dataSetImported } from '@lentera/core/evidence/entries'
import type { EntryId, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import { hashNow } from '@lentera/sealed/verify'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import type { Judged } from '../../log/append.ts'

/** A row as it is in the source: its line, and its cells in the order of the file. */
export type DataSetRow = { readonly line: number; readonly cells: unknown }

/** Rows read, or why they could not be, by the entry that says the data set was imported. */
export type DataSetsRead = {
  readonly rows: ReadonlyMap<EntryId, readonly DataSetRow[]>
  readonly refusals: ReadonlyMap<EntryId, Refusal>
}

/** Reads the bytes behind each *data set imported* of a batch, before anything is locked. */
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
    const bytes = await database.asViewer(viewer, (transaction) => bytesOf(transaction, viewer, coded.data.hash))
    const read = bytes ? await readDataSet(bytes, coded.data) : refuse('evidence.bytes-missing')
    if (read.ok) rows.set(entry.id, read.value)
    else refusals.set(entry.id, read.refusal)
  }
  return { rows, refusals }
}

/** The rows in these bytes. Refused where they are not the bytes that the entry speaks of, or do not hold what it says. */
export async function readDataSet(bytes: Uint8Array, coded: DataSetImported): Promise<Decision<DataSetRow[]>> {
  const run = await dryRun(coded.dataset, bytes)
  if (!run.ok) return run
  if (hashNow(run.value.content) !== coded.hash) return refuse('evidence.hash-differs')
  const { table } = run.value
  const rows: DataSetRow[] =
    table.dataset === 'glotip'
      ? table.observations.map((observation) => ({ line: observation.line, cells: observation }))
      : table.records.map((record) => ({ line: record.line, cells: record.cells }))
  if (rows.length !== coded.rows) return refuse('evidence.rows-differ', { said: coded.rows, read: rows.length })
  return accept(rows)
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
  const page = 5000
  for (let start = 0; start < rows.length; start += page) {
    const some = rows.slice(start, start + page)
    await transaction.query(
      'store data set rows',
      `insert into lentera.data_set_row (programme, data_set, line, cells)
       select $1, $2, * from unnest($3::int[], $4::jsonb[]) on conflict (programme, data_set, line) do nothing`,
      [programme, dataSet, some.map((row) => row.line), some.map((row) => JSON.stringify(row.cells))],
    )
  }
}

async function bytesOf(transaction: Transaction, viewer: Viewer, hash: string): Promise<Uint8Array | undefined> {
  const [row] = await transaction.query<{ bytes: Uint8Array }>(
    'bytes of a blob',
    'select bytes from lentera.blob where programme = $1 and hash = $2',
    [viewer.programme, hash],
  )
  return row?.bytes
}
