import { type Draft, draft } from '../log/draft.ts'
import type { Kind } from '../log/kind.ts'
import type { Agency } from '../shared/agencies.ts'
import { type CivilDate, firstDayOf } from '../shared/dates.ts'
import type { EntryId, OrganisationId, StreamId } from '../shared/ids.ts'
import type { Country } from '../shared/places.ts'
import { accept, type Decision, type Refusal, refuse } from '../shared/refusals.ts'
import {
  headcountDescribed,
  headcountInError,
  headcountTaken,
  rankCorrected,
  rankCounted,
  recommendationDescribed,
  recommendationInError,
  recommendationMade,
  reformDescribed,
  reformInError,
  reformMade,
  statusSet,
} from './entries.ts'
import type { HeadcountFile } from './headcount-file.ts'
import type { Headcount, RankCount, Recommendation, Reform } from './project.ts'
import {
  type Concern,
  type Counted,
  longestLine,
  longestText,
  mostCounted,
  mostFollowed,
  type Origin,
  type Place,
  type Rank,
  type Sphere,
  type Status,
  statusMoves,
  type Trust,
  type Unit,
} from './words.ts'

type New = { readonly stream: StreamId; readonly organisation: OrganisationId; readonly on: CivilDate }

// ---------------------------------------------------------------- headcounts

export type Headed = {
  readonly agency: Agency
  readonly unit: Unit
  readonly place: Place
  readonly counted: Counted
  readonly trust: Trust
  /** Where the numbers come from, in words: a report, a table, a letter. */
  readonly source: string
}

export type Counts = { readonly women: number; readonly men: number; readonly unrecorded: number }

export type TakeHeadcount = New &
  Headed & { readonly country: Country; readonly rows: readonly (Counts & { readonly rank: Rank })[] }

/**
 * A headcount with all its ranks.
 * Refused: `workforce.not-yet`, `workforce.no-source`, `workforce.text-too-long` {most}, `workforce.empty-headcount`,
 * `workforce.rank-twice` {row}, `workforce.not-a-count` {row, most}.
 */
export function takeHeadcount(command: TakeHeadcount, today: CivilDate): Decision<Draft[]> {
  const { stream, on, rows, organisation, country, agency, unit, place, counted, trust } = command
  if (firstDayOf(on) > today) return refuse('workforce.not-yet')
  const source = command.source.trim()
  const wrong = wrongLine(source, 'workforce.no-source') ?? wrongRows(rows)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([
    draft(headcountTaken, stream, on, { organisation, country, agency, unit, place, counted, trust, source }),
    ...rows.map((row) => draft(rankCounted, stream, on, row)),
  ])
}

export type ImportHeadcounts = {
  readonly organisation: OrganisationId
  readonly country: Country
  /** A stream of its own for each headcount. */
  readonly newStream: () => StreamId
}

/** What she says before a file is taken, where it asks for it. */
export type SaidOfFile = { readonly withoutBadRows: boolean; readonly areDifferent: boolean }

/**
 * The headcounts of a file, all of them or none. Refused: `workforce.rows-not-good` {bad} where rows would be left out and she
 * has not said so, `workforce.rows-added-up` {lines} likewise where lines are added up, and what `takeHeadcount` refuses.
 */
export function importHeadcounts(
  { newStream, ...of }: ImportHeadcounts,
  { headcounts, bad, addedUp }: HeadcountFile,
  said: SaidOfFile,
  today: CivilDate,
): Decision<Draft[]> {
  if (headcounts.length > 0 && bad.length > 0 && !said.withoutBadRows)
    return refuse('workforce.rows-not-good', { bad: bad.length })
  if (addedUp > 0 && !said.areDifferent) return refuse('workforce.rows-added-up', { lines: addedUp })
  const drafts: Draft[] = []
  for (const { lines, ...headcount } of headcounts) {
    const taken = takeHeadcount({ ...of, ...headcount, stream: newStream() }, today)
    if (!taken.ok) return taken
    drafts.push(...taken.value)
  }
  return accept(drafts)
}

/** Only what was wrong. Refused: `workforce.nothing-changed`, `workforce.no-source`, `workforce.text-too-long` {most}. */
export function describeHeadcount(stream: StreamId, headcount: Headcount, change: Partial<Headed>): Decision<Draft[]> {
  const source = change.source?.trim()
  const coded = { ...change, source }
  if (isEmpty(coded)) return refuse('workforce.nothing-changed')
  const wrong = source === undefined ? undefined : wrongLine(source, 'workforce.no-source')
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(headcountDescribed, stream, headcount.on, coded)])
}

/**
 * The numbers of one rank, corrected: only those named change.
 * Refused: `workforce.no-such-row`, `workforce.nothing-changed`, `workforce.not-a-count` {row, most}, `workforce.empty-headcount`.
 */
export function correctRank(
  stream: StreamId,
  headcount: Headcount,
  record: EntryId,
  change: Partial<Counts>,
): Decision<Draft[]> {
  const at = headcount.rows.findIndex((row) => row.record === record)
  if (at < 0) return refuse('workforce.no-such-row')
  if (isEmpty(change)) return refuse('workforce.nothing-changed')
  if (!Object.values(change).every((value) => value === undefined || isCount(value)))
    return refuse('workforce.not-a-count', { row: at + 1, most: mostCounted })
  const rows = headcount.rows.map((row, i) => ({ ...countsOf(row), ...(i === at ? change : {}) }))
  if (rows.every((row) => Object.values(row).every((value) => value === 0))) return refuse('workforce.empty-headcount')
  return accept([draft(rankCorrected, stream, headcount.on, { record, ...change })])
}

/** Marks a rank, or (`headcount.opening`) the whole headcount, as never having been; or takes that back. Refused: `workforce.no-such-row`. */
export function markHeadcountInError(
  stream: StreamId,
  headcount: Headcount,
  record: EntryId,
  isInError: boolean,
): Decision<Draft[]> {
  return mark(headcountInError, stream, headcount, headcount.rows, record, isInError)
}

export const countsOf = ({ women, men, unrecorded }: Pick<RankCount, keyof Counts>): Counts => ({
  women: women.high,
  men: men.high,
  unrecorded: unrecorded.high,
})

export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= mostCounted

function wrongRows(rows: TakeHeadcount['rows']): Refusal | undefined {
  const ranks = new Set<Rank>()
  for (const [i, { rank, women, men, unrecorded }] of rows.entries()) {
    if (ranks.has(rank)) return { code: 'workforce.rank-twice', values: { row: i + 1 } }
    ranks.add(rank)
    if (![women, men, unrecorded].every(isCount))
      return { code: 'workforce.not-a-count', values: { row: i + 1, most: mostCounted } }
  }
  const all = rows.reduce((sum, { women, men, unrecorded }) => sum + women + men + unrecorded, 0)
  return all === 0 ? { code: 'workforce.empty-headcount', values: {} } : undefined
}

// ---------------------------------------------------------------- recommendations

export type Recommended = {
  readonly number: number
  readonly text: string
  readonly origin: Origin
  /** Who recommends it, and where it says so; what is invented says that it is. */
  readonly source: string
}

/**
 * Refused: `workforce.not-yet`, `workforce.no-number`, `workforce.no-text`, `workforce.no-source`,
 * `workforce.text-too-long` {most}, `workforce.no-origin`.
 */
export function makeRecommendation(command: New & Recommended, today: CivilDate): Decision<Draft[]> {
  const { stream, on, organisation, ...said } = command
  if (firstDayOf(on) > today) return refuse('workforce.not-yet')
  const coded = trimmed(said)
  const wrong = wrongRecommended(coded)
  if (wrong) return { ok: false, refusal: wrong }
  if (coded.origin === 'not-said') return refuse('workforce.no-origin')
  return accept([draft(recommendationMade, stream, on, { organisation, ...coded })])
}

/**
 * Only what was wrong. Refused: `workforce.nothing-changed`, `workforce.no-number`, `workforce.no-text`,
 * `workforce.no-source`, `workforce.text-too-long` {most}.
 */
export function describeRecommendation(
  stream: StreamId,
  { on }: Recommendation,
  change: Partial<Recommended>,
): Decision<Draft[]> {
  const coded = trimmed(change)
  if (isEmpty(coded)) return refuse('workforce.nothing-changed')
  const wrong = wrongRecommended(coded)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(recommendationDescribed, stream, on, coded)])
}

export type SetStatus = { readonly status: Status; readonly on: CivilDate; readonly evidence?: string }

/**
 * The next step of its way. Where two answers stand, any status settles them.
 * Refused: `workforce.not-yet`, `workforce.status-not-next`, `workforce.before-last-status`, `workforce.text-too-long` {most},
 * `workforce.in-error`.
 */
export function setStatus(
  stream: StreamId,
  recommendation: Recommendation,
  { status, on, evidence }: SetStatus,
  today: CivilDate,
): Decision<Draft[]> {
  if (recommendation.enteredInError) return refuse('workforce.in-error')
  if (firstDayOf(on) > today) return refuse('workforce.not-yet')
  if (!nextStatuses(recommendation).includes(status)) return refuse('workforce.status-not-next')
  const { standing, statuses } = recommendation
  const last = statuses.filter(({ record }) => standing.includes(record)).map((each) => firstDayOf(each.on))
  if (last.some((day) => firstDayOf(on) < day)) return refuse('workforce.before-last-status')
  const why = evidence?.trim() || undefined
  if (why && why.length > longestLine) return refuse('workforce.text-too-long', { most: longestLine })
  return accept([draft(statusSet, stream, on, { status, follows: [...standing], evidence: why })])
}

/** Which statuses may come next; any, where two stand beside each other. */
export const nextStatuses = ({ status }: Pick<Recommendation, 'status'>): readonly Status[] =>
  status === undefined ? (Object.keys(statusMoves) as Status[]) : statusMoves[status]

/** Marks a status, or (`recommendation.opening`) the whole, as never having been; or takes that back. Refused: `workforce.no-such-row`. */
export function markRecommendationInError(
  stream: StreamId,
  recommendation: Recommendation,
  record: EntryId,
  isInError: boolean,
): Decision<Draft[]> {
  return mark(recommendationInError, stream, recommendation, recommendation.statuses, record, isInError)
}

function wrongRecommended({ number, text, source }: Partial<Recommended>): Refusal | undefined {
  if (number !== undefined && !(Number.isSafeInteger(number) && number >= 1 && number <= 999))
    return { code: 'workforce.no-number', values: {} }
  return (
    (text === undefined ? undefined : wrongText(text)) ??
    (source === undefined ? undefined : wrongLine(source, 'workforce.no-source'))
  )
}

// ---------------------------------------------------------------- reforms

export type Reformed = {
  /** What changed, in words. */
  readonly what: string
  readonly concern: Concern
  readonly sphere: Sphere
  /** Where it can be read or seen: a gazette, an order, a letter. */
  readonly evidence: string
  readonly recommendations: readonly StreamId[]
}

/**
 * @param follows the recommendations there are, as they stand
 * Refused: `workforce.not-yet`, `workforce.no-text`, `workforce.no-evidence`, `workforce.text-too-long` {most},
 * `workforce.recommendation-rejected`, `workforce.follows-too-many` {most}.
 */
export function makeReform(
  command: New & Reformed & { readonly country: Country },
  follows: Recommendations,
  today: CivilDate,
): Decision<Draft[]> {
  const { stream, on, organisation, country, ...said } = command
  if (firstDayOf(on) > today) return refuse('workforce.not-yet')
  const coded = { ...trimmed(said), recommendations: [...new Set(said.recommendations)] }
  const wrong = wrongReformed(coded, follows)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(reformMade, stream, on, { organisation, country, ...coded })])
}

/**
 * Only what was wrong. Refused: `workforce.nothing-changed`, `workforce.no-text`, `workforce.no-evidence`,
 * `workforce.text-too-long` {most}, `workforce.recommendation-rejected`,
 * `workforce.follows-too-many` {most}.
 */
export function describeReform(
  stream: StreamId,
  { on }: Reform,
  change: Partial<Reformed>,
  follows: Recommendations,
): Decision<Draft[]> {
  const { recommendations, ...said } = change
  const coded = { ...trimmed(said), ...(recommendations ? { recommendations: [...new Set(recommendations)] } : {}) }
  if (isEmpty(coded)) return refuse('workforce.nothing-changed')
  const wrong = wrongReformed(coded, follows)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(reformDescribed, stream, on, coded)])
}

/** Marks the reform as never having been, or takes that back. */
export function markReformInError(stream: StreamId, reform: Reform, isInError: boolean): Decision<Draft[]> {
  return mark(reformInError, stream, reform, [], reform.opening, isInError)
}

type Recommendations = ReadonlyMap<StreamId, Recommendation>

function wrongReformed({ what, evidence, recommendations = [] }: Partial<Reformed>, follows: Recommendations) {
  // What was turned down, or never was, is followed by nothing.
  const isOpen = (stream: StreamId): boolean => {
    const followed = follows.get(stream)
    return followed !== undefined && !followed.enteredInError && followed.status !== 'rejected'
  }
  if (!recommendations.every(isOpen)) return { code: 'workforce.recommendation-rejected', values: {} }
  if (recommendations.length > mostFollowed)
    return { code: 'workforce.follows-too-many', values: { most: mostFollowed } }
  return (
    (what === undefined ? undefined : wrongText(what)) ??
    (evidence === undefined ? undefined : wrongLine(evidence, 'workforce.no-evidence'))
  )
}

// ---------------------------------------------------------------- what all share

/** Marks a record, or (`opening`) the whole, as never having been; or takes that back. */
export function mark(
  kind: Kind,
  stream: StreamId,
  { opening, on }: Pick<Headcount, 'opening' | 'on'>,
  records: readonly { readonly record: EntryId }[],
  record: EntryId,
  isInError: boolean,
): Decision<Draft[]> {
  if (record !== opening && !records.some((each) => each.record === record)) return refuse('workforce.no-such-row')
  return accept([draft(kind, stream, on, { record, enteredInError: isInError })])
}

export const isEmpty = (change: object): boolean => Object.values(change).every((value) => value === undefined)

/** Texts as they are kept, without the spaces around them. */
const trimmed = <T extends object>(said: T): T =>
  // The same fields with the same kinds of values: trimming a text leaves a text.
  Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  ) as T

const wrongText = (text: string): Refusal | undefined =>
  text === ''
    ? { code: 'workforce.no-text', values: {} }
    : text.length > longestText
      ? { code: 'workforce.text-too-long', values: { most: longestText } }
      : undefined

/** Why a line of text cannot be kept; `empty` is the name of the refusal where it is missing. */
export function wrongLine(line: string, empty: string): Refusal | undefined {
  if (line === '') return { code: empty, values: {} }
  return line.length > longestLine ? { code: 'workforce.text-too-long', values: { most: longestLine } } : undefined
}
