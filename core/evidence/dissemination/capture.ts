import { type Draft, draft } from '../../log/draft.ts'
import type { Qualifier } from '../../shared/counts.ts'
import { type CivilDate, firstDayOf } from '../../shared/dates.ts'
import type { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import type { ProgrammeLanguage } from '../../shared/languages.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import { readEdition } from '../edition.ts'
import {
  distributionCorrected,
  eventDescribed,
  eventEnteredInError,
  eventHeld,
  outcomeCorrected,
  outcomeNoted,
  productDescribed,
  productDistributed,
  productEnteredInError,
  productPublished,
  productWithdrawn,
} from './entries.ts'
import type { DisseminationEvent, Product } from './project.ts'
import {
  type Audience,
  type Carrier,
  Headcount,
  highestClaim,
  type Level,
  type OutcomeKind,
  type ProductKind,
  type Strength,
  WebAddress,
} from './words.ts'

// ---------------------------------------------------------------- a knowledge product

export type SaidOfProduct = {
  readonly title: string
  readonly kind: ProductKind
  /** As typed: `readEdition` says how it is kept. */
  readonly edition: string
  readonly languages: readonly ProgrammeLanguage[]
  readonly publishedOn: CivilDate
}

/**
 * Refused: `evidence.title-missing`, `evidence.edition-not-understood` {edition}, `evidence.edition-in-the-future` {edition,
 * today}, `evidence.no-language`, `evidence.published-in-the-future` {today}.
 */
export function publishProduct(
  stream: StreamId,
  organisation: OrganisationId,
  said: SaidOfProduct,
  today: CivilDate,
): Decision<Draft[]> {
  const checked = checkProduct(said, today)
  if (!checked.ok) return checked
  return accept([draft(productPublished, stream, said.publishedOn, { organisation, ...codedProduct(checked.value) })])
}

/** Only what was wrong. Refused: `evidence.nothing-changed`, and as `publishProduct` refuses. */
export function describeProduct(
  stream: StreamId,
  product: Product,
  change: Partial<SaidOfProduct>,
  today: CivilDate,
): Decision<Draft[]> {
  if (Object.keys(change).length === 0) return refuse('evidence.nothing-changed')
  const checked = checkProduct(change, today)
  if (!checked.ok) return checked
  return accept([
    draft(productDescribed, stream, change.publishedOn ?? product.publishedOn, codedProduct(checked.value)),
  ])
}

const codedProduct = ({ languages, ...said }: Partial<SaidOfProduct>) => ({
  ...said,
  ...(languages ? { languages: [...languages] } : {}),
})

function checkProduct(said: Partial<SaidOfProduct>, today: CivilDate): Decision<Partial<SaidOfProduct>> {
  const { title, edition, languages, publishedOn } = said
  if (title?.trim() === '') return refuse('evidence.title-missing')
  const kept = edition === undefined ? undefined : readEdition(edition)
  if (edition !== undefined && kept === undefined)
    return refuse('evidence.edition-not-understood', { edition: edition.trim().slice(0, 40) })
  // A numbered edition has no day; a dated one cannot be of one that has not come.
  if (kept && /^\d/.test(kept) && kept > today)
    return refuse('evidence.edition-in-the-future', { edition: kept, today })
  if (languages?.length === 0) return refuse('evidence.no-language')
  if (publishedOn && firstDayOf(publishedOn) > today) return refuse('evidence.published-in-the-future', { today })
  return accept({
    ...said,
    ...(title === undefined ? {} : { title: title.trim() }),
    ...(kept ? { edition: kept } : {}),
  })
}

/**
 * Withdraws a product, or lets it stand again.
 * Refused: `evidence.no-withdrawal-note`, `evidence.withdrawn-already`, `evidence.not-withdrawn`.
 */
export function withdrawProduct(
  stream: StreamId,
  { standing }: Product,
  { withdrawn, note }: { readonly withdrawn: boolean; readonly note: string },
  today: CivilDate,
): Decision<Draft[]> {
  if (withdrawn && standing === 'withdrawn') return refuse('evidence.withdrawn-already')
  if (!withdrawn && standing === 'standing') return refuse('evidence.not-withdrawn')
  if (note.trim() === '') return refuse('evidence.no-withdrawal-note')
  return accept([draft(productWithdrawn, stream, today, { withdrawn, note: note.trim() })])
}

export type Distributed = {
  readonly audience: Audience
  readonly carrier: Carrier
  readonly amount: number
  readonly qualifier: Qualifier
  readonly source: string
  readonly event?: StreamId | null
}

/**
 * Who received a product, as somebody claims.
 * Refused: `evidence.product-in-error`, `evidence.number-missing` {most}, `evidence.source-missing`,
 * `evidence.distributed-in-the-future` {today}, `evidence.distributed-before-published` {publishedOn}.
 */
export function recordDistribution(
  stream: StreamId,
  product: Product,
  row: Distributed,
  { on, today }: { readonly on: CivilDate; readonly today: CivilDate },
): Decision<Draft[]> {
  if (product.enteredInError) return refuse('evidence.product-in-error')
  const checked = checkDistribution(row)
  if (!checked.ok) return checked
  if (firstDayOf(on) > today) return refuse('evidence.distributed-in-the-future', { today })
  if (isBefore(on, product.publishedOn))
    return refuse('evidence.distributed-before-published', { publishedOn: product.publishedOn })
  return accept([draft(productDistributed, stream, on, { ...row, source: row.source.trim() })])
}

/** Refused: `evidence.no-such-row`, `evidence.nothing-changed`, `evidence.number-missing` {most}, `evidence.source-missing`. */
export function correctDistribution(
  stream: StreamId,
  product: Product,
  record: EntryId,
  change: Partial<Distributed>,
): Decision<Draft[]> {
  const row = product.distributions.find((each) => each.record === record)
  if (!row) return refuse('evidence.no-such-row')
  if (Object.keys(change).length === 0) return refuse('evidence.nothing-changed')
  const checked = checkDistribution(change)
  if (!checked.ok) return checked
  return accept([draft(distributionCorrected, stream, row.on, { ...change, record, source: change.source?.trim() })])
}

function checkDistribution({ amount, source }: Partial<Distributed>): Decision<undefined> {
  if (amount !== undefined && !(Number.isInteger(amount) && amount >= 1 && amount <= highestClaim))
    return refuse('evidence.number-missing', { most: highestClaim })
  return source?.trim() === '' ? refuse('evidence.source-missing') : accept(undefined)
}

/** As far as both dates go: a year is not before a day of it. */
function isBefore(a: CivilDate, b: CivilDate): boolean {
  const shared = Math.min(a.length, b.length)
  return a.slice(0, shared) < b.slice(0, shared)
}

// ---------------------------------------------------------------- what came of it

export type SaidOfOutcome = {
  readonly outcome: OutcomeKind
  readonly what: string
  readonly audience: Audience | null
  readonly event: StreamId | null
  readonly source: string
  /** As typed; empty where nobody can read it anywhere. */
  readonly address: string
  readonly strength: Strength
}

/**
 * What came of a product, shown as strongly as it can be.
 * Refused: `evidence.product-in-error`, `evidence.outcome-missing`, `evidence.source-missing`, `evidence.address-not-understood`,
 * `evidence.public-without-address`, `evidence.outcome-in-the-future` {today}, `evidence.outcome-before-published` {publishedOn}.
 */
export function noteOutcome(
  stream: StreamId,
  product: Product,
  said: SaidOfOutcome,
  { on, today }: { readonly on: CivilDate; readonly today: CivilDate },
): Decision<Draft[]> {
  if (product.enteredInError) return refuse('evidence.product-in-error')
  const checked = checkOutcome(said)
  if (!checked.ok) return checked
  if (firstDayOf(on) > today) return refuse('evidence.outcome-in-the-future', { today })
  if (isBefore(on, product.publishedOn))
    return refuse('evidence.outcome-before-published', { publishedOn: product.publishedOn })
  return accept([draft(outcomeNoted, stream, on, codedOutcome(said))])
}

/** The outcome as it should have been said. Refused: `evidence.no-such-row`, `evidence.nothing-changed`, and as `noteOutcome`. */
export function correctOutcome(
  stream: StreamId,
  product: Product,
  record: EntryId,
  said: SaidOfOutcome,
): Decision<Draft[]> {
  const row = product.outcomes.find((each) => each.record === record)
  if (!row) return refuse('evidence.no-such-row')
  const checked = checkOutcome(said)
  if (!checked.ok) return checked
  const stood: Readonly<Record<string, unknown>> = row
  const change = Object.entries(codedOutcome(said)).filter(([field, value]) => value !== (stood[field] ?? null))
  if (change.length === 0) return refuse('evidence.nothing-changed')
  return accept([draft(outcomeCorrected, stream, row.on, { ...Object.fromEntries(change), record })])
}

const codedOutcome = ({ what, source, address, ...said }: SaidOfOutcome) => ({
  ...said,
  what: what.trim(),
  source: source.trim(),
  address: address.trim() || null,
})

function checkOutcome({ what, source, address, strength }: SaidOfOutcome): Decision<undefined> {
  if (what.trim() === '') return refuse('evidence.outcome-missing')
  if (source.trim() === '') return refuse('evidence.source-missing')
  if (address.trim() !== '' && !WebAddress.safeParse(address.trim()).success)
    return refuse('evidence.address-not-understood')
  // What anybody can read must say where.
  return strength === 'public' && address.trim() === '' ? refuse('evidence.public-without-address') : accept(undefined)
}

/** Marks a distribution or an outcome, or (`product.opening`) the whole product, as never having been; or takes that back. Refused: `evidence.no-such-row`. */
export function markProductInError(
  stream: StreamId,
  product: Product,
  record: EntryId,
  isInError: boolean,
): Decision<Draft[]> {
  const rows = [...product.distributions, ...product.outcomes]
  if (record !== product.opening && !rows.some((each) => each.record === record)) return refuse('evidence.no-such-row')
  return accept([draft(productEnteredInError, stream, product.publishedOn, { record, enteredInError: isInError })])
}

// ---------------------------------------------------------------- an event

export type SaidOfEvent = {
  readonly level: Level
  /** Of which country: asked for only where the level is a country's. */
  readonly country: Country | null
  readonly audiences: readonly Audience[]
  readonly products: readonly StreamId[]
  readonly heldOn: CivilDate
  readonly participants: Headcount | null
}

/**
 * Refused: `evidence.event-without-country`, `evidence.no-audience`, `evidence.event-in-the-future` {today},
 * `evidence.headcount-differs`.
 */
export function holdEvent(
  stream: StreamId,
  organisation: OrganisationId,
  said: SaidOfEvent,
  today: CivilDate,
): Decision<Draft[]> {
  const checked = checkEvent(said, today)
  if (!checked.ok) return checked
  return accept([draft(eventHeld, stream, said.heldOn, { organisation, ...codedEvent(said) })])
}

/** Only what was wrong. Refused: `evidence.nothing-changed`, and as `holdEvent` refuses. */
export function describeEvent(
  stream: StreamId,
  event: DisseminationEvent,
  change: Partial<SaidOfEvent>,
  today: CivilDate,
): Decision<Draft[]> {
  if (Object.keys(change).length === 0) return refuse('evidence.nothing-changed')
  const checked = checkEvent({ level: event.level, country: event.country, ...change }, today)
  if (!checked.ok) return checked
  return accept([draft(eventDescribed, stream, change.heldOn ?? event.heldOn, codedEvent(change))])
}

function codedEvent({ level, country, audiences, products, participants, heldOn }: Partial<SaidOfEvent>) {
  return {
    level,
    // An event of several countries is of none of them.
    country: level === undefined || level === 'country' ? country : null,
    heldOn,
    audiences: audiences && [...audiences],
    products: products && [...products],
    // An answer that is not there has no place in an entry.
    participants:
      participants &&
      Object.fromEntries(Object.entries(participants).flatMap(([of, n]) => (n === undefined ? [] : [[of, n]]))),
  }
}

type Claimed = { readonly [Field in keyof SaidOfEvent]?: SaidOfEvent[Field] | undefined }

function checkEvent(
  { level, country, audiences, heldOn, participants }: Claimed,
  today: CivilDate,
): Decision<undefined> {
  if (level === 'country' && !country) return refuse('evidence.event-without-country')
  if (audiences?.length === 0) return refuse('evidence.no-audience')
  if (heldOn && firstDayOf(heldOn) > today) return refuse('evidence.event-in-the-future', { today })
  if (participants && !Headcount.safeParse(participants).success) return refuse('evidence.headcount-differs')
  return accept(undefined)
}

/** Marks the event as never having been; or takes that back. */
export function markEventInError(stream: StreamId, event: DisseminationEvent, isInError: boolean): Decision<Draft[]> {
  const { opening: record, heldOn } = event
  return accept([draft(eventEnteredInError, stream, heldOn, { record, enteredInError: isInError })])
}
