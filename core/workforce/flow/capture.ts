import { type Draft, draft } from '../../log/draft.ts'
import { type CivilDate, firstDayOf, precisionOf } from '../../shared/dates.ts'
import type { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import { type Counts, countsOf, type Headed, isCount, isEmpty, mark, wrongLine } from '../capture.ts'
import { mostCounted, type Rank } from '../words.ts'
import { flowCorrected, flowCounted, flowDescribed, flowInError, flowWritten } from './entries.ts'
import type { Flow } from './project.ts'
import { type Happening, isAbove } from './words.ts'

/** `to` is the rank of those promoted, and null of all others. */
export type FlowCounts = Counts & { readonly happening: Happening; readonly rank: Rank; readonly to: Rank | null }

export type FlowHeaded = Omit<Headed, 'unit'>

export type WriteFlow = FlowHeaded & {
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

/** Only what was wrong. Refused: `workforce.nothing-changed`, `workforce.no-source`, `workforce.text-too-long` {most}. */
export function describeFlow(stream: StreamId, { on }: Flow, change: Partial<FlowHeaded>): Decision<Draft[]> {
  const source = change.source?.trim()
  const coded = { ...change, source }
  if (isEmpty(coded)) return refuse('workforce.nothing-changed')
  const wrong = source === undefined ? undefined : wrongLine(source, 'workforce.no-source')
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(flowDescribed, stream, on, coded)])
}

/** The numbers of one row: only those named change. Refused: `workforce.no-such-row`, `workforce.nothing-changed`, `workforce.not-a-count` {row, most}. */
export function correctFlow(
  stream: StreamId,
  { on, rows }: Flow,
  record: EntryId,
  change: Partial<Counts>,
): Decision<Draft[]> {
  const at = rows.findIndex((row) => row.record === record)
  const row = rows[at]
  if (!row) return refuse('workforce.no-such-row')
  if (isEmpty(change)) return refuse('workforce.nothing-changed')
  if (!Object.values({ ...countsOf(row), ...change }).every(isCount))
    return refuse('workforce.not-a-count', { row: at + 1, most: mostCounted })
  return accept([draft(flowCorrected, stream, on, { record, ...change })])
}

/** Marks a row, or (`flow.opening`) the whole, as never having been; or takes that back. Refused: `workforce.no-such-row`. */
export function markFlowInError(stream: StreamId, flow: Flow, record: EntryId, isInError: boolean): Decision<Draft[]> {
  return mark(flowInError, stream, flow, flow.rows, record, isInError)
}

function wrongRows(rows: readonly FlowCounts[]): Refusal | undefined {
  if (rows.length === 0) return { code: 'workforce.no-flow', values: {} }
  const seen = new Set<string>()
  for (const [i, { happening, rank, to, women, men, unrecorded }] of rows.entries()) {
    const name = [happening, rank, to].join()
    if (seen.has(name)) return { code: 'workforce.flow-twice', values: { row: i + 1 } }
    seen.add(name)
    if (happening === 'promoted' ? to === null || !isAbove(to, rank) : to !== null)
      return { code: 'workforce.not-a-promotion', values: { row: i + 1 } }
    if (![women, men, unrecorded].every(isCount))
      return { code: 'workforce.not-a-count', values: { row: i + 1, most: mostCounted } }
  }
  return undefined
}
