import type { Draft } from '../../log/draft.ts'
import type { Moment } from '../../log/sealed-kinds.ts'
import type { Interval } from '../../shared/counts.ts'
import { CivilDate } from '../../shared/dates.ts'
import type { StreamId } from '../../shared/ids.ts'
import type { Module } from '../../shared/modules.ts'
import { Sex } from '../../shared/people.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import { certifyOfficer, correctCertificate, holdsUntil, markOfficerInError, type OfficerAt } from './capture.ts'
import { type CertificateAt, servesOn } from './project.ts'
import { longest, most, validityOfOurs } from './words.ts'

/**
 * A session of the training room as an agency's register meets it. `attended`: how many officers of this kind of agency its sheet counts, by
 * sex; both ends where the count is too small to be told, or was said twice. Who they were is not in it: that the agency knows itself.
 */
export type HeldSession = {
  readonly stream: StreamId
  /** A day. */
  readonly heldOn: CivilDate
  readonly modules: readonly Module[]
  readonly attended: Readonly<Record<Sex, Interval>>
}

/** How long a certificate holds: `months` from the day of the session on, and where that is written down. */
export type Validity = { readonly months: number; readonly source: string }

export type TaughtModule = { readonly module: Module; readonly version: string }

export type CertifyAttended = {
  readonly session: HeldSession
  readonly modules: readonly TaughtModule[]
  /** Everybody who attended, those who were marked before with them: who is not among them any more was not there. */
  readonly officers: readonly StreamId[]
  readonly validity: Validity
  /** Those who were marked before get this version and this last day too. */
  readonly changesEarlier: boolean
  /** She was told that more are marked than the sheet counts, and says that they were there. */
  readonly isSure: boolean
}

/**
 * Certificates for everyone who attended a session, each dated the day it was held; of whoever is not marked any more, those that name the
 * session are marked as never having been. What stands so already is not written again.
 *
 * More officers than the sheet counts are no refusal for good: a sheet may miss somebody, or count her in another kind of agency, and a
 * woman who was trained must not stay untrained by a slip of another's pen. But it is asked, and the certificate says so.
 *
 * Refused: `workforce.no-module`, `workforce.validity-wrong` {least, most}, `workforce.no-validity-source`, `workforce.too-many-marked`
 * {most}, `workforce.more-than-attended` {sex, marked, counted} until she is sure, `workforce.nothing-changed`, and as `certifyOfficer` says.
 *
 * @param register all officers of the agency that are known here
 */
export function certifyAttended(
  { session, modules, officers, validity, changesEarlier, isSure }: CertifyAttended,
  register: readonly OfficerAt[],
  moment: Moment,
): Decision<Draft[]> {
  if (modules.length === 0) return refuse('workforce.no-module')
  const wrong = wrongValidity(validity)
  if (wrong) return { ok: false, refusal: wrong }
  const marked = new Set(officers)
  if (marked.size > most.marked) return refuse('workforce.too-many-marked', { most: most.marked })
  const beyond = beyondSheet(session, register, marked)
  if (beyond && !isSure) return { ok: false, refusal: beyond }
  const until = monthsAfter(session.heldOn, validity.months)
  const drafts: Draft[] = []
  for (const each of register) {
    const decided = marked.has(each.stream)
      ? certifyOne(each, { session, modules, until, validity, changesEarlier, isBeyond: beyond !== undefined }, moment)
      : takeBack(each, session.stream, moment)
    if (!decided.ok) return decided
    drafts.push(...decided.value)
  }
  return drafts.length === 0 ? refuse('workforce.nothing-changed') : accept(drafts)
}

/** Her certificates that name a session, those marked as never having been left out. */
export const certificatesOf = (
  { certificates }: Pick<OfficerAt, 'certificates'>,
  session: StreamId,
): readonly CertificateAt[] =>
  certificates.filter(({ certificate, said }) => !certificate.enteredInError && said?.session === session)

/** Whoever is marked as having attended a session. */
export const markedAt = (register: readonly OfficerAt[], session: StreamId): readonly OfficerAt[] =>
  register.filter((each) => certificatesOf(each, session).length > 0)

/** The same day of a later month, or the last of a month that has no such day. */
export function monthsAfter(day: CivilDate, months: number): CivilDate {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  last.setUTCDate(Math.min(date, last.getUTCDate()))
  return CivilDate.parse(last.toISOString().slice(0, 10))
}

// ---------------------------------------------------------------- one officer

type Given = Pick<CertifyAttended, 'session' | 'modules' | 'validity' | 'changesEarlier'> & {
  readonly until: CivilDate
  readonly isBeyond: boolean
}

function certifyOne(
  each: OfficerAt,
  { session, modules, until, validity, changesEarlier, isBeyond }: Given,
  moment: Moment,
): Decision<Draft[]> {
  const drafts: Draft[] = []
  const before = certificatesOf(each, session.stream)
  for (const { module, version } of modules) {
    const said = {
      module,
      moduleVersion: version,
      issued: session.heldOn,
      until,
      session: session.stream,
      validBy: validity.source.trim(),
    }
    const known = before.find(({ certificate }) => certificate.module === module)
    if (known && !changesEarlier) continue
    // Whoever left, or holds a certificate of this module to the same day, has nothing to gain from another.
    if (!known && (!servesOn(each, moment.today) || holdsUntil(each, module, until))) continue
    const decided = known
      ? correctCertificate(
          each,
          known.certificate.record,
          { ...known.said, ...said, moduleVersion: version || (known.said?.moduleVersion ?? '') },
          moment,
        )
      : certifyOfficer(each, { ...said, ...(isBeyond ? { beyondSheet: 'yes' } : {}) }, moment)
    if (decided.ok) drafts.push(...decided.value)
    else if (decided.refusal.code !== 'workforce.nothing-changed') return decided
  }
  return accept(drafts)
}

function takeBack(each: OfficerAt, session: StreamId, moment: Moment): Decision<Draft[]> {
  const drafts: Draft[] = []
  for (const { certificate } of certificatesOf(each, session)) {
    const decided = markOfficerInError(each, certificate.record, true, moment)
    if (!decided.ok) return decided
    drafts.push(...decided.value)
  }
  return accept(drafts)
}

// ---------------------------------------------------------------- what is refused

function wrongValidity({ months, source }: Validity): Refusal | undefined {
  const longestValidity = 12 * most.yearsOfCertificate
  if (!Number.isSafeInteger(months) || months < 1 || months > longestValidity)
    return { code: 'workforce.validity-wrong', values: { least: 1, most: longestValidity } }
  const said = source.trim()
  if (said.length > longest.source) return { code: 'workforce.not-understood', values: { field: 'validBy' } }
  return said === '' && months !== validityOfOurs ? { code: 'workforce.no-validity-source', values: {} } : undefined
}

/** Of whom two sexes are said is counted with no sex, and bounded by none. */
function beyondSheet(
  { attended }: HeldSession,
  register: readonly OfficerAt[],
  marked: ReadonlySet<StreamId>,
): Refusal | undefined {
  for (const sex of Sex.options) {
    const there = register.filter(({ stream, officer }) => marked.has(stream) && officer.sex === sex).length
    // Whose sex the sheet does not give may be of any.
    const counted = attended[sex].high + (sex === 'unknown' ? 0 : attended.unknown.high)
    if (there > counted) return { code: 'workforce.more-than-attended', values: { sex, marked: there, counted } }
  }
  return undefined
}
