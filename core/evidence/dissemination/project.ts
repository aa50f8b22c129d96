import { canonicalText } from '../../log/entry.ts'
import { agreedValue, type RecordState, type StreamState, streamRecord } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, recordsOfKind, setOnce } from '../../log/records.ts'
import { Qualifier } from '../../shared/counts.ts'
import { CivilDate } from '../../shared/dates.ts'
import { type EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import { Country } from '../../shared/places.ts'
import { outcomeNoted, productDistributed } from './entries.ts'
import { Audience, Carrier, Headcount, Level, OutcomeKind, ProductKind, type Standing, Strength } from './words.ts'

/** What every stream of this room says of itself: the entry that opened it is the name by which all of it is in error. */
type Opened = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

// ---------------------------------------------------------------- a knowledge product

/** Who received a product. Undefined where two answers stand beside each other. */
export type Distribution = {
  readonly record: EntryId
  readonly on: CivilDate
  readonly audience: Audience | undefined
  readonly carrier: Carrier | undefined
  /** Every number that stands: one, or those that two people said apart. */
  readonly amounts: readonly number[]
  readonly qualifier: Qualifier | undefined
  readonly source: string | undefined
  /** Null where at none. */
  readonly event: StreamId | null
  readonly enteredInError: boolean
}

/** What came of a product. Undefined where two answers stand beside each other. */
export type Outcome = {
  readonly record: EntryId
  readonly on: CivilDate
  readonly outcome: OutcomeKind | undefined
  readonly what: string | undefined
  readonly audience: Audience | null | undefined
  readonly event: StreamId | null
  readonly source: string | undefined
  readonly address: string | undefined
  readonly strength: Strength | undefined
  readonly enteredInError: boolean
}

export type Product = Opened & {
  readonly title: string | undefined
  readonly kind: ProductKind | undefined
  readonly edition: string | undefined
  readonly languages: readonly ProgrammeLanguage[]
  readonly publishedOn: CivilDate
  readonly standing: Standing | undefined
  /** Why it was withdrawn, or stands again. */
  readonly note: string | undefined
  readonly distributions: readonly Distribution[]
  readonly outcomes: readonly Outcome[]
}

/** The state of a stream as a product; undefined while the entry that opens it has not arrived. */
export function projectProduct(state: StreamState): Product | undefined {
  const found = openedOf(state)
  if (!found) return undefined
  const { root, on, opened } = found
  return {
    ...opened,
    title: asText(agreedValue(root, 'title')),
    kind: ProductKind.safeParse(agreedValue(root, 'kind')).data,
    edition: asText(agreedValue(root, 'edition')),
    languages: ProgrammeLanguage.array().safeParse(agreedValue(root, 'languages')).data ?? [],
    publishedOn: CivilDate.safeParse(agreedValue(root, 'publishedOn')).data ?? on,
    standing: standingOf(root),
    note: asText(agreedValue(root, 'note')),
    distributions: recordsOfKind(state, productDistributed.kind).map(({ record, state: row }) => ({
      record,
      on: row.on ?? on,
      audience: Audience.safeParse(agreedValue(row, 'audience')).data,
      carrier: Carrier.safeParse(agreedValue(row, 'carrier')).data,
      amounts: valuesOf(row, 'amount').flatMap((value) => (typeof value === 'number' ? value : [])),
      qualifier: Qualifier.safeParse(agreedValue(row, 'qualifier')).data,
      source: asText(agreedValue(row, 'source')),
      event: StreamId.safeParse(agreedValue(row, 'event')).data ?? null,
      enteredInError: isEnteredInError(row),
    })),
    outcomes: recordsOfKind(state, outcomeNoted.kind).map(({ record, state: row }) => ({
      record,
      on: row.on ?? on,
      outcome: OutcomeKind.safeParse(agreedValue(row, 'outcome')).data,
      what: asText(agreedValue(row, 'what')),
      audience: Audience.nullable().safeParse(agreedValue(row, 'audience')).data,
      event: StreamId.safeParse(agreedValue(row, 'event')).data ?? null,
      source: asText(agreedValue(row, 'source')),
      address: asText(agreedValue(row, 'address')),
      strength: Strength.safeParse(agreedValue(row, 'strength')).data,
      enteredInError: isEnteredInError(row),
    })),
  }
}

function standingOf(root: RecordState): Standing | undefined {
  if (valuesOf(root, 'withdrawn').length === 0) return 'standing'
  const withdrawn = agreedValue(root, 'withdrawn')
  return withdrawn === undefined ? undefined : withdrawn === true ? 'withdrawn' : 'standing'
}

// ---------------------------------------------------------------- an event

export type DisseminationEvent = Opened & {
  readonly level: Level | undefined
  /** Null where it is of none; undefined where two answers stand. */
  readonly country: Country | null | undefined
  readonly audiences: readonly Audience[]
  readonly products: readonly StreamId[]
  readonly heldOn: CivilDate
  /** Every headcount that stands: none where nobody counted, several where two people counted apart. */
  readonly headcounts: readonly Headcount[]
}

/** The state of a stream as an event; undefined while the entry that opens it has not arrived. */
export function projectEvent(state: StreamState): DisseminationEvent | undefined {
  const found = openedOf(state)
  if (!found) return undefined
  const { root, on, opened } = found
  return {
    ...opened,
    level: Level.safeParse(agreedValue(root, 'level')).data,
    country: Country.nullable().safeParse(agreedValue(root, 'country')).data,
    audiences: Audience.array().safeParse(agreedValue(root, 'audiences')).data ?? [],
    products: StreamId.array().safeParse(agreedValue(root, 'products')).data ?? [],
    heldOn: CivilDate.safeParse(agreedValue(root, 'heldOn')).data ?? on,
    headcounts: valuesOf(root, 'participants').flatMap((value) => Headcount.safeParse(value).data ?? []),
  }
}

// ---------------------------------------------------------------- what both are read with

function openedOf(state: StreamState): { root: RecordState; on: CivilDate; opened: Opened } | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.organisation?.[0]?.entry
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  if (!root?.on || !opening || !organisation) return undefined
  const enteredInError = isEnteredInError(state.records[opening])
  return { root, on: root.on, opened: { opening, organisation, enteredInError, conflicts: conflictsOf(state) } }
}

/** All that stands in a field: two people who said the same said it once. */
function valuesOf(record: RecordState, field: string): readonly unknown[] {
  const said = (record.fields[field] ?? []).flatMap((head) => ('value' in head ? [head.value] : []))
  return [...new Map(said.map((value) => [canonicalText(value), value])).values()]
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
