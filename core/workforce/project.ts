import * as z from 'zod'
import { agreedValue, type StreamState, streamRecord } from '../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, recordsOfKind, setOnce } from '../log/records.ts'
import type { CivilDate } from '../shared/dates.ts'
import { EntryId, type MemberId, OrganisationId, StreamId } from '../shared/ids.ts'
import { Country } from '../shared/places.ts'
import { type CountedRow, type HeadSaid, headOf, rowsOf } from './counted/project.ts'
import { rankCounted, statusSet } from './entries.ts'
import { Concern, Origin, Rank, Sphere, Status, Unit } from './words.ts'

/** What every record of this room has. `opening`: the entry by whose id the whole can be marked as entered in error. */
export type Standing = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly on: CivilDate
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

/** The officers of one rank. */
export type RankCount = CountedRow & { readonly rank: Rank | undefined }

/** Undefined is what two answers stand beside each other for. */
export type Headcount = Standing & HeadSaid & { readonly unit: Unit | undefined; readonly rows: readonly RankCount[] }

/** The state of a stream as a headcount; undefined while the entry that opens it has not arrived. */
export function projectHeadcount(state: StreamState): Headcount | undefined {
  const standing = standingOf(state)
  return (
    standing && {
      ...standing,
      ...headOf(state),
      unit: Unit.safeParse(agreedValue(state.records[streamRecord], 'unit')).data,
      rows: rowsOf(state, rankCounted.kind, (said) => ({ rank: Rank.safeParse(agreedValue(said, 'rank')).data }))
        // From command down, whatever order they were written in.
        .sort((a, b) => Rank.options.indexOf(a.rank ?? 'not-given') - Rank.options.indexOf(b.rank ?? 'not-given')),
    }
  )
}

/** One step of a recommendation's way. */
export type StatusRecord = {
  readonly record: EntryId
  readonly author: MemberId | null
  readonly on: CivilDate
  readonly status: Status | undefined
  readonly evidence: string | undefined
  readonly enteredInError: boolean
}

export type Recommendation = Standing & {
  readonly number: number | undefined
  readonly text: string | undefined
  readonly origin: Origin | undefined
  readonly source: string | undefined
  /** Its way so far, the oldest first; that it was proposed is the recommendation itself. */
  readonly statuses: readonly StatusRecord[]
  /** What the next status follows: the entries whose answers stand. */
  readonly standing: readonly EntryId[]
  /** Undefined where two statuses stand beside each other. */
  readonly status: Status | undefined
}

export function projectRecommendation(state: StreamState): Recommendation | undefined {
  const standing = standingOf(state)
  const root = state.records[streamRecord]
  if (!standing) return undefined
  const records = recordsOfKind(state, statusSet.kind)
  const statuses = records.flatMap(({ record, state: said }) =>
    said.on
      ? [
          {
            record,
            author: said.author,
            on: said.on,
            status: Status.safeParse(agreedValue(said, 'status')).data,
            evidence: z.string().safeParse(agreedValue(said, 'evidence')).data,
            enteredInError: isEnteredInError(said),
          },
        ]
      : [],
  )
  const valid = statuses.filter(({ enteredInError }) => !enteredInError)
  const followed = new Set(
    records
      .filter(({ state: said }) => !isEnteredInError(said))
      .flatMap(({ state: said }) => EntryId.array().safeParse(agreedValue(said, 'follows')).data ?? []),
  )
  const last = valid.filter(({ record }) => !followed.has(record))
  const answers = new Set(last.map(({ status }) => status))
  return {
    ...standing,
    number: z.int().safeParse(agreedValue(root, 'number')).data,
    text: z.string().safeParse(agreedValue(root, 'text')).data,
    origin: Origin.safeParse(agreedValue(root, 'origin')).data,
    source: z.string().safeParse(agreedValue(root, 'source')).data,
    statuses,
    standing: last.length > 0 ? last.map(({ record }) => record) : [standing.opening],
    status: valid.length === 0 ? 'proposed' : answers.size === 1 ? last[0]?.status : undefined,
  }
}

export type Reform = Standing & {
  readonly country: Country | undefined
  readonly what: string | undefined
  readonly concern: Concern | undefined
  readonly sphere: Sphere | undefined
  readonly evidence: string | undefined
  /** The recommendations it follows. */
  readonly recommendations: readonly StreamId[] | undefined
}

export function projectReform(state: StreamState): Reform | undefined {
  const standing = standingOf(state)
  const root = state.records[streamRecord]
  if (!standing) return undefined
  return {
    ...standing,
    country: Country.safeParse(agreedValue(root, 'country')).data,
    what: z.string().safeParse(agreedValue(root, 'what')).data,
    concern: Concern.safeParse(agreedValue(root, 'concern')).data,
    sphere: Sphere.safeParse(agreedValue(root, 'sphere')).data,
    evidence: z.string().safeParse(agreedValue(root, 'evidence')).data,
    recommendations: StreamId.array().safeParse(agreedValue(root, 'recommendations')).data,
  }
}

export function standingOf(state: StreamState): Standing | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.organisation?.[0]?.entry
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  if (!root?.on || !opening || !organisation) return undefined
  return {
    opening,
    organisation,
    on: root.on,
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}
