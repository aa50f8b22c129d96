import { setTimeout as pause } from 'node:timers/promises'
import { dayIn } from '@lentera/core/shared/dates'
import type { ProgrammeId } from '@lentera/core/shared/ids'
import type { Database } from '../database/database.ts'
import { type Events, traceOf } from '../http/events.ts'
import { makeCutOff } from '../projections/cut-off.ts'

/**
 * Makes the cut-off of each month while the server runs, labelled with the day it is made on in the programme's zone. A
 * programme that counts nobody yet gets none, nor one in the month of its first entry: a figure that appears on the day it
 * begins to count would say who came that day.
 */
export function keepCutOffs(database: Database, events: Events): { readonly stop: () => Promise<void> } {
  const stopped = new AbortController()
  const running = (async () => {
    while (!stopped.signal.aborted) {
      await makeDueCutOffs(database, Date.now()).catch((error) => events.record('request-failed', traceOf(error)))
      await pause(hour, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined)
    }
  })()
  return {
    stop: () => {
      stopped.abort()
      return running
    },
  }
}

const hour = 60 * 60 * 1000

/** @param now milliseconds since 1970. @returns the programmes for which a cut-off was made */
export async function makeDueCutOffs(database: Database, now: number): Promise<ProgrammeId[]> {
  const programmes = await database.asPublisher((transaction) =>
    transaction.query<{ programme: ProgrammeId; zone: string; labels: string[] }>(
      'cut-offs by programme',
      `select programme.programme, programme.zone,
         array(select label from lentera.cut_off where cut_off.programme = programme.programme) as labels
       from lentera.programme`,
    ),
  )
  const made: ProgrammeId[] = []
  for (const { programme, zone, labels } of programmes) {
    const today = dayIn(zone, now)
    const month = today.slice(0, 7)
    if (labels.some((label) => label.startsWith(month))) continue
    const counts = await database.asLog(programme, (transaction) =>
      transaction.query(
        'any tally, and not of a first month',
        `select 1 from lentera.tally where programme = $1
           and (select to_char(min(received_on), 'YYYY-MM') from lentera.entry where entry.programme = $1) < $2 limit 1`,
        [programme, month],
      ),
    )
    if (counts.length > 0 && (await makeCutOff(database, programme, today))) made.push(programme)
  }
  return made
}
