import { type Draft, draft } from '../../log/draft.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { Hash, MemberId, OrganisationId, StreamId } from '../../shared/ids.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import {
  budgetChanged,
  budgetSet,
  holdingBrought,
  Proposal,
  publicationProposed,
  publicationSigned,
  publicationWithdrawn,
} from './entries.ts'
import { inOnes, inPowers, type Ledger } from './ledger.ts'
import type { Holding, Judged, Publication } from './project.ts'
import { Address, deltaUnits, methods, type Population, type SignsAs } from './words.ts'

// ---------------------------------------------------------------- a holding

export type BringHolding = Omit<Holding, 'broughtOn' | 'broughtBy'>

/** Refused: `publication.holding-incomplete` {field}. What the file itself may not be is judged where it is read. */
export function bringHolding(
  stream: StreamId,
  organisation: OrganisationId,
  said: BringHolding,
  today: CivilDate,
): Decision<Draft[]> {
  const { categories, ...others } = said
  const coded = {
    ...others,
    columns: [...said.columns],
    ...(categories ? { categories: [...categories] } : {}),
    organisation,
  }
  const read = holdingBrought.coded.safeParse(coded)
  if (!read.success) return refuse('publication.holding-incomplete', { field: firstOf(read.error) })
  return accept([draft(holdingBrought, stream, today, coded)])
}

// ---------------------------------------------------------------- a budget

export type SaidOfBudget = {
  /** Thousandths. */
  readonly epsilon: number
  readonly deltaExponent: number
  readonly why: string
}

/** Refused: `publication.budget-there`, and as `changeBudget`. */
export function setBudget(
  stream: StreamId,
  organisation: OrganisationId,
  population: Population,
  said: SaidOfBudget,
  ledger: Ledger,
  today: CivilDate,
): Decision<Draft[]> {
  if (ledger.budget !== null) return refuse('publication.budget-there')
  const checked = checkBudget(said, ledger)
  if (!checked.ok) return checked
  return accept([draft(budgetSet, stream, today, { organisation, population, ...said, why: said.why.trim() })])
}

/**
 * Refused: `publication.budget-incomplete` {field}, `publication.budget-below-spent` {spent}, `publication.budget-delta-below-spent`
 * {spent}: what is lost already cannot be taken back by writing a smaller number.
 */
export function changeBudget(
  stream: StreamId,
  said: SaidOfBudget,
  ledger: Ledger,
  today: CivilDate,
): Decision<Draft[]> {
  const checked = checkBudget(said, ledger)
  if (!checked.ok) return checked
  return accept([draft(budgetChanged, stream, today, { ...said, why: said.why.trim() })])
}

function checkBudget(said: SaidOfBudget, { spent }: Ledger): Decision<void> {
  const read = budgetChanged.coded.safeParse(said)
  if (!read.success) return refuse('publication.budget-incomplete', { field: firstOf(read.error) })
  if (said.epsilon < spent.epsilon) return refuse('publication.budget-below-spent', { spent: inOnes(spent.epsilon) })
  if (deltaUnits(said.deltaExponent) < spent.delta)
    return refuse('publication.budget-delta-below-spent', { spent: inPowers(spent.delta) })
  return accept(undefined)
}

// ---------------------------------------------------------------- a publication

/**
 * Refused: `publication.address-not-understood` {address}, `publication.address-taken` {address}, `publication.english-missing`,
 * `publication.incomplete` {field}, `publication.method-not-for-this` {method}.
 *
 * @param known what is proposed already, and the form of the holding it is of (null of the programme's own figures)
 */
export function proposePublication(
  stream: StreamId,
  organisation: OrganisationId,
  proposal: Proposal,
  known: { readonly addresses: readonly string[]; readonly form: Holding['form'] | null },
  today: CivilDate,
): Decision<Draft[]> {
  const { address, title, about, method } = proposal
  if (!Address.safeParse(address).success)
    return refuse('publication.address-not-understood', { address: address.slice(0, 80) })
  if (known.addresses.includes(address)) return refuse('publication.address-taken', { address })
  if (!title.en?.trim() || !about.en?.trim()) return refuse('publication.english-missing')
  const read = Proposal.safeParse(proposal)
  if (!read.success) return refuse('publication.incomplete', { field: firstOf(read.error) })
  if (methods[method.name].on !== (known.form ?? 'facts'))
    return refuse('publication.method-not-for-this', { method: method.name })
  return accept([draft(publicationProposed, stream, today, { organisation, ...read.data })])
}

/**
 * Signs a content by its hash. Refused: `publication.no-content`, `publication.withdrawn-already`, `publication.released-already`,
 * `publication.signed-already`.
 */
export function signPublication(
  stream: StreamId,
  { standing, counting }: Judged,
  signing: { readonly hash: Hash | undefined; readonly as: SignsAs; readonly member: MemberId },
  today: CivilDate,
): Decision<Draft[]> {
  const { hash, as, member } = signing
  if (standing === 'withdrawn') return refuse('publication.withdrawn-already')
  if (standing === 'released') return refuse('publication.released-already')
  if (hash === undefined) return refuse('publication.no-content')
  if (counting.some((each) => each.member === member)) return refuse('publication.signed-already')
  return accept([draft(publicationSigned, stream, today, { hash, as })])
}

/** Refused: `publication.withdrawn-already`, `publication.no-withdrawal-note`. */
export function withdrawPublication(
  stream: StreamId,
  { withdrawn }: Publication,
  why: string,
  today: CivilDate,
): Decision<Draft[]> {
  if (withdrawn) return refuse('publication.withdrawn-already')
  if (why.trim() === '') return refuse('publication.no-withdrawal-note')
  return accept([draft(publicationWithdrawn, stream, today, { why: why.trim() })])
}

type Issues = { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }
const firstOf = ({ issues }: Issues): string => issues[0]?.path.map(String).join('.') ?? ''
