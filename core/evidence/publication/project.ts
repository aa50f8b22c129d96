import { agreedValue, type RecordState, type StreamState, streamRecord } from '../../log/fold.ts'
import { answersIn, recordsOfKind, setOnce } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { type EntryId, Hash, type MemberId, OrganisationId } from '../../shared/ids.ts'
import { DataSetImported, dataSetImported } from '../entries.ts'
import {
  budgetSet,
  holdingBrought,
  Proposal,
  publicationProposed,
  publicationSigned,
  publicationWithdrawn,
} from './entries.ts'
import { deltaUnits, type Loss, Population, SignsAs, type Standing } from './words.ts'

// ---------------------------------------------------------------- a publication

export type Signature = {
  readonly record: EntryId
  readonly member: MemberId
  readonly as: SignsAs
  readonly hash: Hash
  readonly on: CivilDate
}

export type Withdrawal = { readonly on: CivilDate; readonly why: string; readonly member: MemberId }

export type Publication = {
  readonly organisation: OrganisationId
  readonly proposedBy: MemberId
  readonly proposedOn: CivilDate
  readonly proposal: Proposal
  /** Every one that was made, whatever it is worth: the oldest first. */
  readonly signatures: readonly Signature[]
  /** The one that counts is the earliest: what is withdrawn stays so. */
  readonly withdrawn: Withdrawal | null
}

/** The state of a stream as a publication; undefined while the entry that proposes it has not arrived. */
export function projectPublication(state: StreamState): Publication | undefined {
  const root = state.records[streamRecord]
  if (root?.kind !== publicationProposed.kind || !root.on || !root.author) return undefined
  const proposal = Proposal.safeParse(codedOnce(root, Proposal.keyof().options))
  const organisation = OrganisationId.safeParse(setOnce(root, 'organisation'))
  if (!proposal.success || !organisation.success) return undefined
  const withdrawals = recordsOfKind(state, publicationWithdrawn.kind).flatMap(({ state: { on, author, fields } }) => {
    const [why] = answersIn({ kind: null, on, author, fields }, 'why')
    return on && author && typeof why === 'string' ? [{ on, why, member: author }] : []
  })
  return {
    organisation: organisation.data,
    proposedBy: root.author,
    proposedOn: root.on,
    proposal: proposal.data,
    signatures: recordsOfKind(state, publicationSigned.kind)
      .flatMap(({ record, state: signed }) => signatureOf(record, signed))
      .sort((a, b) => byDay(a, b) || (a.record < b.record ? -1 : 1)),
    withdrawn: withdrawals.sort(byDay)[0] ?? null,
  }
}

function signatureOf(record: EntryId, signed: RecordState): Signature[] {
  const hash = Hash.safeParse(setOnce(signed, 'hash'))
  const as = SignsAs.safeParse(setOnce(signed, 'as'))
  if (!hash.success || !as.success || !signed.on || !signed.author) return []
  return [{ record, member: signed.author, as: as.data, hash: hash.data, on: signed.on }]
}

/** Why a signature counts for nothing: kept and shown, never lost. */
export type Idle = 'content-not-known' | 'other-content' | 'signed-before'

/** What is still asked for: any signature, another member's, a protection officer's. */
export type Wanted = 'signatures' | 'another-member' | 'protection-officer'

export type Judged = {
  readonly standing: Standing
  readonly counting: readonly Signature[]
  readonly idle: readonly { readonly signature: Signature; readonly why: Idle }[]
  readonly wanted: Wanted | null
  /** The day of the signature that made it whole; null where it never was. */
  readonly releasedOn: CivilDate | null
}

/**
 * Where a publication stands beside the content that was made of it. It is released by two different members who signed this
 * very content, at least one of them as protection officer; in whatever order their entries came.
 *
 * @param hash of the content; undefined while none is made, or is not known here
 */
export function judgePublication({ signatures, withdrawn }: Publication, hash: Hash | undefined): Judged {
  const counting: Signature[] = []
  const idle: Judged['idle'][number][] = []
  let releasedOn: CivilDate | null = null
  for (const signature of signatures) {
    const known = counting.findIndex(({ member }) => member === signature.member)
    if (hash === undefined) idle.push({ signature, why: 'content-not-known' })
    else if (signature.hash !== hash) idle.push({ signature, why: 'other-content' })
    else if (known === -1) counting.push(signature)
    else if (signature.as === 'protection-officer' && counting[known]?.as !== 'protection-officer') {
      // She signed as something else before: as protection officer she still is one member.
      const before = counting[known]
      if (before) idle.push({ signature: before, why: 'signed-before' })
      counting.splice(known, 1, signature)
    } else idle.push({ signature, why: 'signed-before' })
    if (releasedOn === null && wantedOf(counting) === null) releasedOn = signature.on
  }
  const wanted = wantedOf(counting)
  const standing: Standing = withdrawn
    ? 'withdrawn'
    : releasedOn !== null
      ? 'released'
      : counting.length > 0
        ? 'signed-once'
        : hash === undefined
          ? 'proposed'
          : 'prepared'
  return { standing, counting, idle, wanted, releasedOn }
}

function wantedOf(counting: readonly Signature[]): Wanted | null {
  if (counting.length === 0) return 'signatures'
  if (counting.length === 1) return counting[0]?.as === 'protection-officer' ? 'another-member' : 'protection-officer'
  return counting.some(({ as }) => as === 'protection-officer') ? null : 'protection-officer'
}

// ---------------------------------------------------------------- a holding

export type Holding = {
  readonly form: 'records' | 'table'
  readonly name: string
  readonly publisher: string
  readonly edition: string
  readonly source: string
  readonly terms: string
  readonly about: 'survivors' | 'others'
  readonly invented: boolean
  readonly hash: Hash
  readonly bytes: number
  readonly rows: number
  readonly columns: readonly string[]
  readonly categories?: readonly string[] | undefined
  readonly broughtOn: CivilDate
  readonly broughtBy: MemberId
}

export function projectHolding(state: StreamState): Holding | undefined {
  const root = state.records[streamRecord]
  if (root?.kind !== holdingBrought.kind || !root.on || !root.author) return undefined
  const read = holdingBrought.coded.safeParse(codedOnce(root, Object.keys(holdingBrought.coded.shape)))
  if (!read.success) return undefined
  // What the kind's own schema has read; a kind declares it without its fields' types.
  const { organisation: _, ...said } = read.data as { organisation: unknown } & Omit<Holding, 'broughtOn' | 'broughtBy'>
  return { ...said, broughtOn: root.on, broughtBy: root.author }
}

/** A data set that others published and that was imported, as what something may be published of: its editions share their people too. */
export function projectDataSet(state: StreamState): Holding | undefined {
  const root = state.records[streamRecord]
  if (root?.kind !== dataSetImported.kind || !root.on || !root.author) return undefined
  const read = DataSetImported.safeParse(codedOnce(root, DataSetImported.keyof().options))
  if (!read.success) return undefined
  const { dataset, name, publisher, edition, source, terms, hash, bytes, rows, columns } = read.data
  return {
    form: dataset === 'glotip' ? 'table' : 'records',
    ...{ name, publisher, edition, source, terms, hash, bytes, rows, columns },
    about: 'survivors',
    invented: false,
    broughtOn: root.on,
    broughtBy: root.author,
  }
}

export const populationOf = ({ publisher, name }: Pick<Holding, 'publisher' | 'name'>): Population => ({
  kind: 'holding',
  publisher,
  name,
})

// ---------------------------------------------------------------- a budget

export type Budget = Loss & {
  readonly population: Population
  readonly why: string
  readonly setBy: MemberId
  readonly setOn: CivilDate
}

/** Where two officers said two amounts apart, the smaller of each stands until one of them settles it. */
export function projectBudget(state: StreamState): Budget | undefined {
  const root = state.records[streamRecord]
  if (root?.kind !== budgetSet.kind || !root.on) return undefined
  const population = Population.safeParse(setOnce(root, 'population'))
  const amounts = (field: string): number[] => answersIn(root, field).filter((value) => typeof value === 'number')
  const epsilons = amounts('epsilon')
  const exponents = amounts('deltaExponent')
  const said = root.fields.epsilon?.toSorted((a, b) => byDay(b, a))[0]
  if (!population.success || epsilons.length === 0 || exponents.length === 0 || !said) return undefined
  const why = agreedValue(root, 'why')
  return {
    population: population.data,
    epsilon: Math.min(...epsilons),
    delta: deltaUnits(Math.max(...exponents)),
    why: typeof why === 'string' ? why : '',
    setBy: said.author,
    setOn: said.on,
  }
}

// ---------------------------------------------------------------- what all are read with

/** What was said first and is never said anew. */
function codedOnce(root: RecordState, fields: readonly string[]): Record<string, unknown> {
  const values = fields.map((field) => [field, setOnce(root, field)] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

const byDay = (a: { readonly on: CivilDate }, b: { readonly on: CivilDate }): number =>
  a.on < b.on ? -1 : a.on > b.on ? 1 : 0
