import { type Draft, draft } from '../log/draft.ts'
import type { Kind } from '../log/kind.ts'
import type { CivilDate } from '../shared/dates.ts'
import type { EntryId, StreamId } from '../shared/ids.ts'
import { accept, type Decision, type Refusal, refuse } from '../shared/refusals.ts'
import { longestLine } from './words.ts'

/**
 * Marks a record, or (`opening`) the whole, as never having been; or takes that back. Refused: `workforce.no-such-row`.
 */
export function mark(
  kind: Kind,
  stream: StreamId,
  { opening, on }: { readonly opening: EntryId; readonly on: CivilDate },
  records: readonly { readonly record: EntryId }[],
  record: EntryId,
  isInError: boolean,
): Decision<Draft[]> {
  if (record !== opening && !records.some((each) => each.record === record)) return refuse('workforce.no-such-row')
  return accept([draft(kind, stream, on, { record, enteredInError: isInError })])
}

/** Why a line of text cannot be kept; `empty` is the name of the refusal where it is missing. */
export function wrongLine(line: string, empty: string): Refusal | undefined {
  if (line === '') return { code: empty, values: {} }
  return line.length > longestLine ? { code: 'workforce.text-too-long', values: { most: longestLine } } : undefined
}
