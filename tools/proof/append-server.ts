import type { Batch } from '@lentera/core/log/batch'
import { type Database, openPool } from '@lentera/server/database'
import { appendBatch } from '@lentera/server/log/append'
import type { Viewer } from '@lentera/server/viewer'

/**
 * The log's own server in a process of its own, so that it can be killed: batches come in as messages, answers go out the
 * same way. The faults proof starts and kills it hundreds of times.
 */
export type Asked = { readonly number: number; readonly viewer: Viewer; readonly batch: Batch }

const [url] = process.argv.slice(2)
if (!url) throw new Error('the database to append to is missing')
const database: Database = openPool(url)

process.on('message', ({ number, viewer, batch }: Asked) => {
  appendBatch(database, viewer, batch).then(
    (reply) => process.send?.({ number, reply }),
    // A database that is gone is no answer: the device sends again.
    () => process.send?.({ number, reply: null }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
