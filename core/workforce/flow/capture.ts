import { type Draft, draft } from '../../log/draft.ts'
import { type CivilDate, firstDayOf, precisionOf } from '../../shared/dates.ts'
import type { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import { type Counts, correctCounts, describeCounted, type Headed, wrongCounts } from '../counted/capture.ts'
import { mark, wrongLine } from '../records.ts'
import type { Rank } from '../words.ts'
import { flowCorrected, flowCounted, flowDescribed, flowInError, flowWritten } from './entries.ts'
import type { Flow } from './project.ts'
import { type Happening, isAbove } from './words.ts'

/** `to` is the rank of those promoted, and null of all others. */
export type FlowCounts = Counts & { readonly happening: Happening; readonly rank: Rank; readonly to: Rank | null }

export type WriteFlow = Headed & {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  /** The month, quarter or year in which it happened; it must have begun. */
  readonly on: CivilDate
  readonly rows: readonly FlowCounts[]
}

/**
 * Who came, rose and left in a period. That nobody did is an answer: a row of nobody.
 * Refused: `workforce.not-a-period`, `workforce.not-yet`, `workforce.no-source`, `workforce.text-too-long` {most},
 * `workforce.no-flow`, `workforce.flow-twice` {row}, `workforce.not-a-promotion` {row}, `workforce.not-a-count` {row, most}.
 */
export function writeFlow(command: WriteFlow, today: CivilDate): Decision<Draft[]> {
  const { stream, on, rows, organisation, country, agency, place, counted, trust } = command
  if (precisionOf(on) === 'day') return refuse('workforce.not-a-period')
  if (firstDayOf(on) > today) return refuse('workforce.not-yet')
  const source = command.source.trim()
  const wrong = wrongLine(source, 'workforce.no-source') ?? wrongRows(rows)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([
    draft(flowWritten, stream, on, { organisation, country, agency, place, counted, trust, source }),
    ...rows.map((row) => draft(flowCounted, stream, on, row)),
  ])
}

/** Only what was wrong. Refused: as `describeCounted` refuses. */
export const describeFlow = (stream: StreamId, flow: Flow, change: Partial<Headed>): Decision<Draft[]> =>
  describeCounted(flowDescribed, stream, flow, change)

/** The numbers of one row. Refused: as `correctCounts` refuses. */
export const correctFlow = (
  stream: StreamId,
  flow: Flow,
  record: EntryId,
  change: Partial<Counts>,
): Decision<Draft[]> => correctCounts(flowCorrected, stream, flow, record, change)

/** Marks a row, or (`flow.opening`) the whole, as never having been; or takes that back. Refused: `workforce.no-such-row`. */
export function markFlowInError(stream: StreamId, flow: Flow, record: EntryId, isInError: boolean): Decision<Draft[]> {
  return mark(flowInError, stream, flow, flow.rows, record, isInError)
}

function wrongRows(rows: readonly FlowCounts[]): Refusal | undefined {
  if (rows.length === 0) return { code: 'workforce.no-flow', values: {} }
  const seen = new Set<string>()
  for (const [i, { happening, rank, to }] of rows.entries()) {
    const name = [happening, rank, to].join()
    if (seen.has(name)) return { code: 'workforce.flow-twice', values: { row: i + 1 } }
    seen.add(name)
    if (happening === 'promoted' ? to === null || !isAbove(to, rank) : to !== null)
      return { code: 'workforce.not-a-promotion', values: { row: i + 1 } }
  }
  return wrongCounts(rows)
}
