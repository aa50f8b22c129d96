import { type Draft, draft, isNothing } from '../log/draft.ts'
import { type CivilDate, firstDayOf, quarterOf } from '../shared/dates.ts'
import type { EntryId, OrganisationId, StreamId } from '../shared/ids.ts'
import type { Country } from '../shared/places.ts'
import { accept, type Decision, type Refusal, refuse } from '../shared/refusals.ts'
import { type Counts, correctCounts, countsOf, describeCounted, type Headed, wrongCounts } from './counted/capture.ts'
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
import type { Headcount, Recommendation, Reform } from './project.ts'
import { mark, wrongLine } from './records.ts'
import {
  type Concern,
  longestLine,
  longestText,
  mostFollowed,
  type Origin,
  type Rank,
  type Sphere,
  type Status,
  statusMoves,
  type Unit,
} from './words.ts'

type New = { readonly stream: StreamId; readonly organisation: OrganisationId; readonly on: CivilDate }

// ---------------------------------------------------------------- headcounts

export type HeadcountHeaded = Headed & { readonly unit: Unit }

export type TakeHeadcount = New &
  HeadcountHeaded & { readonly country: Country; readonly rows: readonly (Counts & { readonly rank: Rank })[] }

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

/** Only what was wrong. Refused: as `describeCounted` refuses. */
export const describeHeadcount = (
  stream: StreamId,
  headcount: Headcount,
  change: Partial<HeadcountHeaded>,
): Decision<Draft[]> => describeCounted(headcountDescribed, stream, headcount, change)

/** The numbers of one rank, corrected. Refused: as `correctCounts` refuses, and `workforce.empty-headcount`. */
export function correctRank(
  stream: StreamId,
  headcount: Headcount,
  record: EntryId,
  change: Partial<Counts>,
): Decision<Draft[]> {
  const corrected = correctCounts(rankCorrected, stream, headcount, record, change)
  const rows = headcount.rows.map((row) => ({ ...countsOf(row), ...(row.record === record ? change : {}) }))
  const isNobody = rows.every((row) => Object.values(row).every((value) => value === 0))
  return corrected.ok && isNobody ? refuse('workforce.empty-headcount') : corrected
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

function wrongRows(rows: TakeHeadcount['rows']): Refusal | undefined {
  const twice = rows.findIndex(({ rank }, i) => rows.findIndex((each) => each.rank === rank) < i)
  if (twice >= 0) return { code: 'workforce.rank-twice', values: { row: twice + 1 } }
  const all = rows.reduce((sum, { women, men, unrecorded }) => sum + women + men + unrecorded, 0)
  return wrongCounts(rows) ?? (all === 0 ? { code: 'workforce.empty-headcount', values: {} } : undefined)
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
 * @param others the recommendations there are, as they stand: of one source each number is one of them
 * Refused: `workforce.not-yet`, `workforce.no-number`, `workforce.no-text`, `workforce.no-source`,
 * `workforce.text-too-long` {most}, `workforce.number-twice` {number}, `workforce.no-origin`.
 */
export function makeRecommendation(
  command: New & Recommended,
  others: Recommendations,
  today: CivilDate,
): Decision<Draft[]> {
  const { stream, on, organisation, ...said } = command
  if (firstDayOf(on) > today) return refuse('workforce.not-yet')
  const coded = trimmed(said)
  const wrong = wrongRecommended(coded) ?? doubled(stream, coded, others)
  if (wrong) return { ok: false, refusal: wrong }
  if (coded.origin === 'not-said') return refuse('workforce.no-origin')
  return accept([draft(recommendationMade, stream, on, { organisation, ...coded })])
}

/**
 * Only what was wrong. Refused: `workforce.nothing-changed`, `workforce.no-number`, `workforce.no-text`,
 * `workforce.no-source`, `workforce.text-too-long` {most}, `workforce.number-twice` {number}.
 */
export function describeRecommendation(
  stream: StreamId,
  { on, number, source }: Recommendation,
  change: Partial<Recommended>,
  others: Recommendations,
): Decision<Draft[]> {
  const coded = trimmed(change)
  if (isNothing(coded)) return refuse('workforce.nothing-changed')
  const wrong = wrongRecommended(coded) ?? doubled(stream, { number, source, ...coded }, others)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(recommendationDescribed, stream, on, coded)])
}

export type SetStatus = { readonly status: Status; readonly on: CivilDate; readonly evidence?: string }

/**
 * The next step of its way. Where two answers stand, any status settles them; that it was adopted is said with its evidence.
 * Refused: `workforce.not-yet`, `workforce.status-not-next`, `workforce.before-last-status`, `workforce.text-too-long` {most},
 * `workforce.adopted-without-evidence`, `workforce.in-error`.
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
  const last = [recommendation, ...statuses.filter(({ record }) => standing.includes(record))].map((each) =>
    firstDayOf(each.on),
  )
  if (last.some((day) => firstDayOf(on) < day)) return refuse('workforce.before-last-status')
  const why = evidence?.trim() || undefined
  if (status === 'adopted' && why === undefined) return refuse('workforce.adopted-without-evidence')
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

function doubled(
  stream: StreamId,
  { number, source }: Pick<Recommendation, 'number' | 'source'>,
  others: Recommendations,
): Refusal | undefined {
  const plain = (text: string | undefined): string | undefined => text?.trim().toLowerCase()
  const isDoubled = [...others].some(
    ([of, other]) =>
      of !== stream && !other.enteredInError && other.number === number && plain(other.source) === plain(source),
  )
  return isDoubled && number !== undefined ? { code: 'workforce.number-twice', values: { number } } : undefined
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
 * `workforce.recommendation-rejected`, `workforce.before-recommendation`, `workforce.follows-too-many` {most}.
 */
export function makeReform(
  command: New & Reformed & { readonly country: Country },
  follows: Recommendations,
  today: CivilDate,
): Decision<Draft[]> {
  const { stream, on, organisation, country, ...said } = command
  if (firstDayOf(on) > today) return refuse('workforce.not-yet')
  const coded = { ...trimmed(said), recommendations: [...new Set(said.recommendations)] }
  const wrong = wrongReformed({ ...coded, on }, follows)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(reformMade, stream, on, { organisation, country, ...coded })])
}

/**
 * Only what was wrong. Refused: `workforce.nothing-changed`, `workforce.no-text`, `workforce.no-evidence`,
 * `workforce.text-too-long` {most}, `workforce.recommendation-rejected`, `workforce.before-recommendation`,
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
  if (isNothing(coded)) return refuse('workforce.nothing-changed')
  const wrong = wrongReformed({ ...coded, on }, follows)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(reformDescribed, stream, on, coded)])
}

/** Marks the reform as never having been, or takes that back. */
export function markReformInError(stream: StreamId, reform: Reform, isInError: boolean): Decision<Draft[]> {
  return mark(reformInError, stream, reform, [], reform.opening, isInError)
}

type Recommendations = ReadonlyMap<StreamId, Recommendation>

function wrongReformed(
  { on, what, evidence, recommendations = [] }: Partial<Reformed> & Pick<Reform, 'on'>,
  follows: Recommendations,
): Refusal | undefined {
  // What was turned down, or never was, is followed by nothing.
  const isOpen = (stream: StreamId): boolean => {
    const followed = follows.get(stream)
    return followed !== undefined && !followed.enteredInError && followed.status !== 'rejected'
  }
  if (!recommendations.every(isOpen)) return { code: 'workforce.recommendation-rejected', values: {} }
  const made = recommendations.flatMap((stream) => follows.get(stream)?.on ?? [])
  if (made.some((day) => liesBefore(on, day))) return { code: 'workforce.before-recommendation', values: {} }
  if (recommendations.length > mostFollowed)
    return { code: 'workforce.follows-too-many', values: { most: mostFollowed } }
  return (
    (what === undefined ? undefined : wrongText(what)) ??
    (evidence === undefined ? undefined : wrongLine(evidence, 'workforce.no-evidence'))
  )
}

/** Surely: of a day in the month that is said it is not known which came first. */
const liesBefore = (on: CivilDate, day: CivilDate): boolean =>
  firstDayOf(on) < firstDayOf(day) && !day.startsWith(on) && quarterOf(day) !== on

// ---------------------------------------------------------------- what both share

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
