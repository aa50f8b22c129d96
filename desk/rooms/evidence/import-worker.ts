import { type DryRun, dryRun, rowsText } from '@lentera/core/evidence/capture'
import type { CivilDate } from '@lentera/core/shared/dates'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Watch } from '@lentera/core/sheets/words'
import { hash } from '@lentera/sealed/verify'
import type { FromWorker, ReadRun, ToWorker } from './import-words.ts'

/** Reads a published table apart from the page: nothing is stored, nothing is sent. */
const stop = new AbortController()

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  if (data.say === 'stop') return stop.abort()
  try {
    const run = await readAsEither(data.bytes, data.today)
    tell({ say: 'done', run: run.ok ? accept(await withoutRows(run.value)) : run })
  } catch (error) {
    // A broken promise reaches nobody outside; a fault that is thrown from a turn of its own is heard by the page.
    setTimeout(() => {
      throw error
    })
  }
}

/** The two tables have different headers: whichever the file has, says what it is. */
async function readAsEither(bytes: Uint8Array, today: CivilDate): Promise<Decision<DryRun>> {
  const asGlotip = await dryRun('glotip', bytes, today, watch)
  if (asGlotip.ok || asGlotip.refusal.code !== 'evidence.not-a-glotip-table') return asGlotip
  const asCtdc = await dryRun('ctdc', bytes, today, watch)
  if (asCtdc.ok || asCtdc.refusal.code !== 'evidence.not-a-ctdc-table') return asCtdc
  return refuse('evidence.not-a-known-table')
}

const watch: Watch = async ({ stage, done, of }) => {
  tell({ say: 'progress', stage, done, of })
  // A turn of the loop, in which "stop" can arrive.
  await new Promise((resolve) => setTimeout(resolve))
  return !stop.signal.aborted
}

async function withoutRows(run: DryRun): Promise<ReadRun> {
  const { table } = run
  return {
    ...run,
    hash: await hash(new Uint8Array(run.content)),
    rowsHash: await hash(new TextEncoder().encode(rowsText(table))),
    table: table.dataset === 'glotip' ? { ...table, observations: [] } : { ...table, records: [] },
  }
}

const tell = (message: FromWorker): void => self.postMessage(message)
