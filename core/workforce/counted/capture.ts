import { type Draft, draft, isNothing } from '../../log/draft.ts'
import type { Kind } from '../../log/kind.ts'
import type { Agency } from '../../shared/agencies.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { EntryId, StreamId } from '../../shared/ids.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import { wrongLine } from '../records.ts'
import { type Counted, mostCounted, type Place, type Trust } from '../words.ts'
import type { CountedRow } from './project.ts'

/** Of whom numbers are, and where they come from. */
export type Headed = {
  readonly agency: Agency
  readonly place: Place
  readonly counted: Counted
  readonly trust: Trust
  /** Where the numbers come from, in words: a report, a table, a letter. */
  readonly source: string
}

export type Counts = { readonly women: number; readonly men: number; readonly unrecorded: number }

/** A record of rows, as far as its corrections look at it. */
type Stands = { readonly on: CivilDate; readonly rows: readonly CountedRow[] }

/** Only what was wrong. Refused: `workforce.nothing-changed`, `workforce.no-source`, `workforce.text-too-long` {most}. */
export function describeCounted<Head extends Headed>(
  kind: Kind,
  stream: StreamId,
  { on }: Pick<Stands, 'on'>,
  change: Partial<Head>,
): Decision<Draft[]> {
  const source = change.source?.trim()
  const coded = { ...change, source }
  if (isNothing(coded)) return refuse('workforce.nothing-changed')
  const wrong = source === undefined ? undefined : wrongLine(source, 'workforce.no-source')
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(kind, stream, on, coded)])
}

/** The numbers of one row: only those named change. Refused: `workforce.no-such-row`, `workforce.nothing-changed`, `workforce.not-a-count` {row, most}. */
export function correctCounts(
  kind: Kind,
  stream: StreamId,
  { on, rows }: Stands,
  record: EntryId,
  change: Partial<Counts>,
): Decision<Draft[]> {
  const at = rows.findIndex((row) => row.record === record)
  if (at < 0) return refuse('workforce.no-such-row')
  if (isNothing(change)) return refuse('workforce.nothing-changed')
  const isGood = Object.values(change).every((value) => value === undefined || isCount(value))
  if (!isGood) return { ok: false, refusal: notACount(at) }
  return accept([draft(kind, stream, on, { record, ...change })])
}

export const countsOf = ({ women, men, unrecorded }: Pick<CountedRow, keyof Counts>): Counts => ({
  women: women.high,
  men: men.high,
  unrecorded: unrecorded.high,
})

/** Why the numbers of rows cannot be kept: `workforce.not-a-count` {row, most}, by the first that is none. */
export function wrongCounts(rows: readonly Counts[]): Refusal | undefined {
  const at = rows.findIndex(({ women, men, unrecorded }) => ![women, men, unrecorded].every(isCount))
  return at < 0 ? undefined : notACount(at)
}

const notACount = (at: number): Refusal => ({
  code: 'workforce.not-a-count',
  values: { row: at + 1, most: mostCounted },
})

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= mostCounted
