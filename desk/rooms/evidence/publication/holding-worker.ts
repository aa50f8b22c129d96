import { accept, type Decision } from '@lentera/core/shared/refusals'
import { readLongTable } from '@lentera/core/sheets/long-table'
import { readRecords } from '@lentera/release/microdata'
import { hash } from '@lentera/sealed/verify'
import type { FromHoldingWorker, ReadHolding, ToHoldingWorker } from './holding-words.ts'

/** Reads a file apart from the page, as the server will when something is made of it: what it refuses is refused here first. */
self.onmessage = async ({ data }: MessageEvent<ToHoldingWorker>) => {
  try {
    self.postMessage((await read(data)) satisfies FromHoldingWorker)
  } catch (error) {
    // A fault that is thrown from a turn of its own is heard by the page.
    setTimeout(() => {
      throw error
    })
  }
}

async function read({ form, bytes, categories }: ToHoldingWorker): Promise<Decision<ReadHolding>> {
  const shape = form === 'records' ? recordsIn(bytes, categories) : await tableIn(bytes)
  if (!shape.ok) return shape
  return accept({ form, content: bytes, hash: await hash(bytes), ...shape.value })
}

type Shape = Pick<ReadHolding, 'rows' | 'columns'>

function recordsIn(bytes: Uint8Array, categories: readonly string[]): Decision<Shape> {
  const records = readRecords(bytes, { categories })
  if (!records.ok) return records
  const { count, columns } = records.value
  return accept({ rows: count, columns: columns.map(({ name }) => name) })
}

async function tableIn(bytes: Uint8Array): Promise<Decision<Shape>> {
  const table = await readLongTable(bytes, null, 'table')
  if (!table.ok) return table
  return accept({ rows: table.value.rows.length, columns: [...table.value.dimensions, 'value'] })
}
