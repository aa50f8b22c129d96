import { Entry } from '@lentera/core/log/entry'
import { foldVersion } from '@lentera/core/log/fold'
import { kinds } from '@lentera/core/rooms'
import type { ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import type { Audience } from '../access/viewer.ts'
import type { Database } from '../database/database.ts'
import { project } from './project.ts'

/**
 * Folds again what an earlier version of this program could not understand, or folded by other rules: its entries were
 * kept, and now count. Runs at start; finds nothing to do at every other one.
 *
 * @returns how many streams were folded again
 */
export async function catchUp(database: Database): Promise<number> {
  const known = [...kinds.keys()]
  const behind = await database.asOwner((transaction) =>
    transaction.query<{ programme: ProgrammeId; audience: Audience; stream: StreamId; text: string }>(
      'streams behind',
      `select distinct on (entry.programme, entry.audience, entry.stream)
         entry.programme, entry.audience, entry.stream, entry.text
       from lentera.stream join lentera.entry using (programme, audience, stream)
       where (stream.state ->> 'fold')::int <> $1
         or (jsonb_array_length(stream.state -> 'needsUpdate') > 0 and entry.kind = any($2::text[])
             and stream.state -> 'needsUpdate' ? entry.id::text)
       order by entry.programme, entry.audience, entry.stream, entry.number desc`,
      [foldVersion, known],
    ),
  )
  for (const { programme, audience, text } of behind) {
    const entry = Entry.parse(JSON.parse(text))
    // Any entry of a stream that is not at its end makes the projection fold the whole of it again.
    await database.asLog(programme, (transaction) => project(transaction, programme, [{ audience, entry }]))
  }
  return behind.length
}
