import { type Draft, draft, isNothing } from '../../log/draft.ts'
import { type ErasureReason, personErased } from '../../log/erasure.ts'
import type { Moment, NewStream } from '../../log/sealed-kinds.ts'
import { CivilDate } from '../../shared/dates.ts'
import type { EntryId, StreamId } from '../../shared/ids.ts'
import { type Module, ModuleVersion } from '../../shared/modules.ts'
import type { Sex } from '../../shared/people.ts'
import { thisQuarter } from '../../shared/quarters.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import type { Post } from '../post/project.ts'
import { Day } from '../post/words.ts'
import {
  answersOf,
  atLeast,
  readText,
  type Saying,
  said,
  sayingsIn,
  textOf,
  unsaid,
  writtenOf,
} from '../sealed-texts.ts'
import {
  certificateCorrected,
  certificateWithdrawn,
  officerCertified,
  officerDescribed,
  officerInError,
  officerLeft,
  officerPosted,
  officerRegistered,
} from './entries.ts'
import {
  type CertificateAt,
  numbersOf,
  type Officer,
  type OfficerOpened,
  servesOn,
  standingOf,
  wishesFrom,
} from './project.ts'
import {
  carried,
  longest,
  most,
  type OfficerField,
  type OfficerSaid,
  type Stay,
  sealedOfOfficer,
  textsOfOfficer,
} from './words.ts'

/** What is said of her; a field left out stays unsaid, null takes back what stood there. */
export type SayOfficer = {
  readonly [Field in Exclude<keyof OfficerSaid, 'leftOn' | 'stays'>]?: OfficerSaid[Field] | null
}

export type RegisterOfficer = NewStream & {
  readonly post: StreamId | undefined
  readonly sex: Sex | undefined
  readonly said: SayOfficer
}

/** An officer as a device of her agency has her: what is coded, what was opened, and her certificates opened beside it. */
export type OfficerAt = {
  readonly stream: StreamId
  readonly officer: Officer
  readonly said: OfficerOpened
  readonly certificates: readonly CertificateAt[]
}

/** A post that she may be written down at, or move to. */
export type KnownPost = { readonly stream: StreamId; readonly post: Pick<Post, 'enteredInError'> }

// ---------------------------------------------------------------- who she is

/**
 * Refused: `workforce.no-service-number`, `workforce.no-sex`, `workforce.no-post`, and as `wrongOfficer` says.
 *
 * @param posts, officers those of the agency that are known here
 */
export function registerOfficer(
  { stream, post, sex, said, ...ids }: RegisterOfficer,
  posts: readonly KnownPost[],
  officers: readonly OfficerAt[],
  moment: Moment,
): Decision<Draft[]> {
  const plain = trimmed(said)
  if (!plain.number) return refuse('workforce.no-service-number')
  if (!sex) return refuse('workforce.no-sex')
  if (!post || !isKnown(post, posts)) return refuse('workforce.no-post')
  const wrong = wrongOfficer(stream, plain, officers, moment)
  if (wrong) return { ok: false, refusal: wrong }
  const opened = { ...allOf(undefined, plain, moment), at: moment.at }
  return accept([draft(officerRegistered, stream, thisQuarter(moment), { ...ids, post, sex }, opened)])
}

/**
 * Only what is said anew; wishes of days that are over are carried no further.
 *
 * @param seen what stood of her when whoever says it looked, where that may be less than stands by now: what came since is answered by nothing here
 *
 * Refused: `workforce.in-error`, `workforce.nothing-changed`, `workforce.no-service-number`, and as
 * `wrongOfficer` says.
 */
export function describeOfficer(
  { stream, officer, said: stands }: Pick<OfficerAt, 'stream' | 'officer' | 'said'>,
  change: SayOfficer & { readonly sex?: Sex },
  officers: readonly OfficerAt[],
  moment: Moment,
  seen: OfficerOpened = stands,
): Decision<Draft[]> {
  if (officer.enteredInError) return refuse('workforce.in-error')
  const { sex: sexSaid, ...rest } = change
  const sex = sexSaid === officer.sex ? undefined : sexSaid
  const plain = changed(stands, trimmed(rest))
  if (sex === undefined && isNothing(plain)) return refuse('workforce.nothing-changed')
  if (plain.number === null) return refuse('workforce.no-service-number')
  const wrong = wrongOfficer(stream, plain, officers, moment)
  if (wrong) return { ok: false, refusal: wrong }
  const overSeen = (field: CarriedField): OfficerOpened => (field in plain ? seen : stands)
  const opened = { ...allOf(stands, plain, moment, overSeen), describedAt: moment.at }
  return accept([draft(officerDescribed, stream, thisQuarter(moment), { sex }, opened)])
}

/**
 * She moves to another post, or (where two posts stand beside each other, or two days on which she came) one of them is settled.
 * Refused: `workforce.in-error`, `workforce.officer-left`, `workforce.no-post`, `workforce.at-that-post`, `workforce.not-a-day`,
 * `workforce.not-yet`.
 */
export function moveOfficer(
  { stream, officer, said }: Pick<OfficerAt, 'stream' | 'officer' | 'said'>,
  { post, on }: { readonly post: StreamId | undefined; readonly on: CivilDate | undefined },
  posts: readonly KnownPost[],
  moment: Moment,
): Decision<Draft[]> {
  if (officer.enteredInError) return refuse('workforce.in-error')
  if (!servesOn({ officer, said }, moment.today)) return refuse('workforce.officer-left')
  if (!post || !isKnown(post, posts)) return refuse('workforce.no-post')
  const isApart = said.disputed.includes('postedOn') || said.disputed.includes('stays')
  if (post === officer.post && !isApart) return refuse('workforce.at-that-post')
  const wrong = wrongDay(on, moment)
  if (wrong) return { ok: false, refusal: wrong }
  const opened = {
    postedOn: on,
    stays: textOf(staysUntil(post === officer.post ? undefined : officer.post, said, on)),
    postedAt: moment.at,
  }
  return accept([draft(officerPosted, stream, thisQuarter(moment), { post }, opened)])
}

/**
 * Where she served before, and the post that she leaves with it; a move on the day she came, or before it, mends what was wrong. Where two people
 * moved her apart what both say of before stays, and with it nothing is disputed any more.
 */
function staysUntil(
  left: StreamId | undefined,
  said: OfficerOpened,
  on: CivilDate | undefined,
): readonly Stay[] | undefined {
  const { postedOn } = said
  const before = staysIn(said)
  const isMended = !left || !on || (postedOn && on <= postedOn)
  if (isMended) return said.disputed.includes('stays') ? before : undefined
  return [...before, { post: left, from: postedOn ?? null, until: on }].slice(-most.stays)
}

/** Of two answers to when she left a post the earlier: what nobody is sure of covers nothing. */
function staysIn(said: OfficerOpened): readonly Stay[] {
  if (said.stays) return said.stays
  const stays = answersOf(said, 'stays').flatMap((text) => readText(textsOfOfficer.stays, text) ?? [])
  const latestFirst = stays.toSorted((a, b) => (a.until < b.until ? 1 : -1))
  return [...new Map(latestFirst.map((stay) => [`${stay.post} ${stay.from}`, stay])).values()].reverse()
}

/**
 * Her last day of service may be to come: the board shows the gap that she will leave, and until then it can be another day.
 * Refused: `workforce.in-error`, `workforce.left-already`, `workforce.not-left`, `workforce.not-a-day`, `workforce.leaves-too-late` {years}.
 */
export function leaveService(
  { stream, officer, said }: Pick<OfficerAt, 'stream' | 'officer' | 'said'>,
  { left, on }: { readonly left: boolean; readonly on: CivilDate | undefined },
  moment: Moment,
): Decision<Draft[]> {
  if (officer.enteredInError) return refuse('workforce.in-error')
  // Two last days that were said apart: one of them is an answer.
  const isApart = said.disputed.includes('leftOn')
  if (left && officer.left && !isApart && (!servesOn({ officer, said }, moment.today) || on === said.leftOn))
    return refuse('workforce.left-already')
  if (!left && !officer.left) return refuse('workforce.not-left')
  if (left && (!on || !Day.safeParse(on).success)) return refuse('workforce.not-a-day')
  if (left && on && Number(on.slice(0, 4)) - Number(moment.today.slice(0, 4)) > most.yearsToLeave)
    return refuse('workforce.leaves-too-late', { years: most.yearsToLeave })
  const opened = { leftOn: left ? on : '', leftAt: moment.at }
  return accept([draft(officerLeft, stream, thisQuarter(moment), { left }, opened)])
}

// ---------------------------------------------------------------- certificates

export type Certify = {
  readonly module: Module | undefined
  readonly moduleVersion: string
  readonly issued: CivilDate | undefined
  /** The last day it holds. */
  readonly until: CivilDate | undefined
  /** The training session she attended, where the training room knows it. */
  readonly session: StreamId | undefined
  /** Where it stands how long it holds; unsaid where nobody asked. */
  readonly validBy?: string
  readonly beyondSheet?: 'yes'
}

/** Refused: `workforce.in-error`, `workforce.officer-left`, and as `wrongCertificate` says. */
export function certifyOfficer(at: OfficerAt, said: Certify, moment: Moment): Decision<Draft[]> {
  if (at.officer.enteredInError) return refuse('workforce.in-error')
  if (!servesOn(at, moment.today)) return refuse('workforce.officer-left')
  const checked = checkCertificate(at, said, moment)
  if (!checked.ok) return checked
  const { module, expires, ...opened } = checked.value
  return accept([
    draft(
      officerCertified,
      at.stream,
      thisQuarter(moment),
      { module, expires },
      withoutEmpty({ ...opened, certifiedAt: moment.at }),
    ),
  ])
}

/**
 * A certificate as an agency's own list has it, which gives the day it ends and no more.
 * Refused: `workforce.in-error`, `workforce.officer-left`, `workforce.certificate-stands` {until}.
 */
export function certifyFromList(
  at: OfficerAt,
  { module, until }: { readonly module: Module; readonly until: CivilDate },
  moment: Moment,
): Decision<Draft[]> {
  if (at.officer.enteredInError) return refuse('workforce.in-error')
  if (!servesOn(at, moment.today)) return refuse('workforce.officer-left')
  if (holdsUntil(at, module, until)) return refuse('workforce.certificate-stands', { until })
  return accept([listed(at.stream, module, until, moment)])
}

/** A certificate of an officer who is registered from a list in the same write. */
export const listed = (stream: StreamId, module: Module, until: CivilDate, moment: Moment): Draft =>
  draft(
    officerCertified,
    stream,
    thisQuarter(moment),
    { module, expires: CivilDate.parse(until.slice(0, 7)) },
    { until, certifiedAt: moment.at },
  )

/** The whole certificate said anew: where two answers stand it settles them, with what it leaves empty too. Refused: `workforce.no-such-row`, `workforce.nothing-changed`, and as `wrongCertificate` says. */
export function correctCertificate(at: OfficerAt, record: EntryId, said: Certify, moment: Moment): Decision<Draft[]> {
  const known = at.certificates.find(({ certificate }) => certificate.record === record)
  if (!known) return refuse('workforce.no-such-row')
  const checked = checkCertificate(at, said, moment, record)
  if (!checked.ok) return checked
  const { module, expires, ...opened } = checked.value
  const isTwofold = at.officer.conflicts.some((each) => each.record === record && each.field === 'expires')
  const coded = {
    module: module === known.certificate.module ? undefined : module,
    // Of two months the earlier counts until one is said: saying that one is an answer.
    expires: expires === known.certificate.expires && !isTwofold ? undefined : expires,
  }
  const texts = Object.fromEntries(
    Object.entries(opened).flatMap(([name, text = '']) => {
      const field = name as keyof typeof opened // of a literal whose keys they are
      const isSaid = known.said?.disputed.includes(field) !== true && (known.said?.[field] ?? '') === text
      return isSaid ? [] : [[field, text]]
    }),
  )
  if (isNothing(coded) && isNothing(texts)) return refuse('workforce.nothing-changed')
  const corrected = { ...texts, correctedAt: moment.at }
  return accept([draft(certificateCorrected, at.stream, thisQuarter(moment), { record, ...coded }, corrected)])
}

/** Says that a certificate holds no more, or (`false`) that it does. Refused: `workforce.no-such-row`, `workforce.nothing-changed`. */
export function withdrawCertificate(
  { stream, certificates }: OfficerAt,
  record: EntryId,
  withdrawn: boolean,
  moment: Moment,
): Decision<Draft[]> {
  const known = certificates.find(({ certificate }) => certificate.record === record)
  if (!known) return refuse('workforce.no-such-row')
  if (known.certificate.withdrawn === withdrawn) return refuse('workforce.nothing-changed')
  const opened = { withdrawnAt: moment.at }
  return accept([draft(certificateWithdrawn, stream, thisQuarter(moment), { record, withdrawn }, opened)])
}

/** Marks a certificate, or (`officer.opening`) all of hers, as never having been; or takes that back. Refused: `workforce.no-such-row`. */
export function markOfficerInError(
  { stream, officer, certificates }: OfficerAt,
  record: EntryId,
  isInError: boolean,
  moment: Moment,
): Decision<Draft[]> {
  const isHere = record === officer.opening || certificates.some(({ certificate }) => certificate.record === record)
  if (!isHere) return refuse('workforce.no-such-row')
  const coded = { record, enteredInError: isInError }
  return accept([draft(officerInError, stream, thisQuarter(moment), coded, { markedAt: moment.at })])
}

/**
 * Erases who she is for ever: her key is destroyed wherever the entry is heard, and nobody plans with her any more. Her coded fields stay.
 * Only a supervisor of the team may (`log.person-erased`). Refused: `workforce.already-erased`, `workforce.erasure-reason-first`.
 */
export function eraseOfficer(
  { stream, officer }: Pick<OfficerAt, 'stream' | 'officer'>,
  reason: ErasureReason | undefined,
  moment: Moment,
): Decision<Draft[]> {
  if (officer.erased) return refuse('workforce.already-erased')
  if (!reason) return refuse('workforce.erasure-reason-first')
  return accept([draft(personErased, stream, thisQuarter(moment), { erasureReason: reason })])
}

/** Whether a certificate of a module that holds to a day is written down already, from whatever list or session. */
export const holdsUntil = (
  { certificates }: Pick<OfficerAt, 'certificates'>,
  module: Module,
  until: CivilDate,
  itself?: EntryId,
): boolean =>
  certificates.some(
    ({ certificate, said }) =>
      certificate.record !== itself &&
      certificate.module === module &&
      said?.until === until &&
      standingOf(certificate, said, until) === 'holds',
  )

type Checked = {
  readonly module: Module
  readonly expires: CivilDate
  readonly moduleVersion: string | undefined
  readonly issued: string
  readonly until: string
  readonly session: string | undefined
  readonly validBy?: string
  readonly beyondSheet?: 'yes'
}

/**
 * `workforce.no-module`, `workforce.version-not-understood`, `workforce.not-a-day`, `workforce.not-yet`,
 * `workforce.ends-before-issued`, `workforce.ends-too-late` {years}, `workforce.not-understood` {field}, `workforce.certificate-stands` {until}.
 */
function checkCertificate(
  { certificates }: OfficerAt,
  { module, moduleVersion, issued, until, session, validBy, beyondSheet }: Certify,
  { today }: Moment,
  itself?: EntryId,
): Decision<Checked> {
  if (!module) return refuse('workforce.no-module')
  const version = moduleVersion.trim() || undefined
  if (version && !ModuleVersion.safeParse(version).success) return refuse('workforce.version-not-understood')
  if (!Day.safeParse(issued).success || !Day.safeParse(until).success || !issued || !until)
    return refuse('workforce.not-a-day')
  if (issued > today) return refuse('workforce.not-yet')
  if (until < issued) return refuse('workforce.ends-before-issued')
  if (Number(until.slice(0, 4)) > Number(issued.slice(0, 4)) + most.yearsOfCertificate)
    return refuse('workforce.ends-too-late', { years: most.yearsOfCertificate })
  if (validBy && validBy.trim().length > longest.source) return refuse('workforce.not-understood', { field: 'validBy' })
  if (holdsUntil({ certificates }, module, until, itself)) return refuse('workforce.certificate-stands', { until })
  return accept({
    module,
    expires: CivilDate.parse(until.slice(0, 7)),
    moduleVersion: version,
    issued,
    until,
    session,
    ...(validBy === undefined ? {} : { validBy: validBy.trim() }),
    ...(beyondSheet ? { beyondSheet } : {}),
  })
}

// ---------------------------------------------------------------- what is said of her

/**
 * `workforce.number-taken` (by another who was not entered in error), `workforce.not-understood` {field},
 * `workforce.absence-ends-first`, `workforce.wish-of-a-day-over`, `workforce.wish-twice` (two for one day), `workforce.not-yet`.
 */
function wrongOfficer(
  stream: StreamId,
  said: SayOfficer,
  officers: readonly OfficerAt[],
  { today }: Moment,
): Refusal | undefined {
  const strange = sealedOfOfficer.find((field) => !isAllowed(field, said[field as keyof SayOfficer]))
  if (strange) return { code: 'workforce.not-understood', values: { field: strange } }
  const { number, absences, rosterWishes, postedOn } = said
  const isTaken = (each: OfficerAt): boolean =>
    each.stream !== stream && !each.officer.enteredInError && numbersOf(each.said).some((known) => known === number)
  if (number && officers.some(isTaken)) return { code: 'workforce.number-taken', values: {} }
  if (absences?.some(({ from, to }) => to < from)) return { code: 'workforce.absence-ends-first', values: {} }
  if (rosterWishes?.some(({ on }) => on < today)) return { code: 'workforce.wish-of-a-day-over', values: {} }
  if (new Set(rosterWishes?.map(({ on }) => on)).size !== (rosterWishes?.length ?? 0))
    return { code: 'workforce.wish-twice', values: {} }
  return postedOn && postedOn > today ? { code: 'workforce.not-yet', values: {} } : undefined
}

function wrongDay(on: CivilDate | undefined, { today }: Moment): Refusal | undefined {
  if (!on || !Day.safeParse(on).success) return { code: 'workforce.not-a-day', values: {} }
  return on > today ? { code: 'workforce.not-yet', values: {} } : undefined
}

const isKnown = (post: StreamId, posts: readonly KnownPost[]): boolean =>
  posts.some((each) => each.stream === post && !each.post.enteredInError)

const isAllowed = (field: OfficerField, value: unknown): boolean =>
  value === undefined || value === null || textsOfOfficer[field].safeParse(value).success

function trimmed(said: SayOfficer): SayOfficer {
  const texts = (['number', 'name', 'rank', 'home'] as const).flatMap((field) => {
    const text = said[field]
    return typeof text === 'string' ? [[field, text.trim() || null] as const] : []
  })
  return { ...said, ...Object.fromEntries(texts) }
}

/** Without the wishes of days that are over. That is no word of anybody's: the mark of whoever said the others stays. */
function lapsed({ text, ...saying }: Saying, { today }: Pick<Moment, 'today'>): Saying {
  const wishes = readText(textsOfOfficer.rosterWishes, text)
  const standing = wishes && wishesFrom({ rosterWishes: wishes }, today)
  if (!standing || standing.length === wishes.length) return { ...saying, text }
  return { ...saying, text: standing.length === 0 ? '' : JSON.stringify(standing) }
}

/** Without what stands so already; where two answers stand, the same said again settles it. */
function changed(said: OfficerOpened, change: SayOfficer): SayOfficer {
  const fields = sealedOfOfficer.filter((field): field is keyof SayOfficer => {
    const value = field === 'leftOn' || field === 'stays' ? undefined : change[field]
    if (value === undefined) return false
    return said.disputed.includes(field) || (textOf(value) ?? '') !== (textOf(said[field]) ?? '')
  })
  return Object.fromEntries(fields.map((field) => [field, change[field]]))
}

/** When she is registered there is nothing yet that could be taken back. */
const withoutEmpty = (texts: Record<string, string | undefined>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))

/** What is told, and beside it all that every entry about her carries, also what two say apart; what this device cannot read is left as it is. */
function allOf(
  known: OfficerOpened | undefined,
  told: SayOfficer,
  moment: Moment,
  over: (field: CarriedField) => OfficerOpened | undefined = () => known,
): Record<string, string | undefined> {
  const all = Object.entries(carried).flatMap(([name, { least, ...rest }]) => {
    // The keys of a record are those its type names: it is written as a literal.
    const field = name as CarriedField
    const most = 'marks' in rest ? rest.marks : undefined
    const text = textOf(told[field])
    if (text !== undefined)
      return [[field, atLeast(writtenOf([said(text, sayingsOf(over(field), field), moment.at, most)]), least)] as const]
    const isUnknown = known?.unread?.includes(field) || (known?.disputed.includes(field) && !known.sayings?.[field])
    const stands = sayingsOf(known, field).map((each) => (field === 'rosterWishes' ? lapsed(each, moment) : each))
    return isUnknown ? [] : [[field, atLeast(writtenOf(stands), least)] as const]
  })
  return { ...textsIn(told), ...Object.fromEntries(all) }
}

type CarriedField = keyof typeof carried

/** What stands in a field, also where it was written before sayings had marks. */
function sayingsOf(known: OfficerOpened | undefined, field: CarriedField): readonly Saying[] {
  const text = textOf(known?.[field])
  return known?.sayings?.[field] ?? (text === undefined ? [unsaid] : sayingsIn(text))
}

const textsIn = (said: SayOfficer): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(said).map(([field, value]) => [field, textOf(value)]))
