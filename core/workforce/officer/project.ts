import * as z from 'zod'
import { type Erasure, erasureOf } from '../../log/erasure.ts'
import { agreedValue, type RecordState, type StreamState, streamRecord } from '../../log/fold.ts'
import {
  answersIn,
  type Conflict,
  conflictsOf,
  isEnteredInError,
  openingOf,
  personOf,
  recordsOfKind,
  setOnce,
} from '../../log/records.ts'
import { type CivilDate, daysAfter } from '../../shared/dates.ts'
import { type EntryId, OrganisationId, type PersonKey, StreamId } from '../../shared/ids.ts'
import { Module, ModuleVersion } from '../../shared/modules.ts'
import { Sex } from '../../shared/people.ts'
import { Country } from '../../shared/places.ts'
import { Day } from '../post/words.ts'
import { answersOf, readSealed, readText, type Sayings } from '../sealed-texts.ts'
import { officerCertified } from './entries.ts'
import {
  type Absence,
  type CertificateField,
  carried,
  longest,
  Month,
  modulesForTrained,
  type OfficerField,
  type OfficerSaid,
  textsOfOfficer,
} from './words.ts'

/** A certificate as its coded fields tell it. Undefined is what two answers stand beside each other for. */
export type Certificate = {
  readonly record: EntryId
  readonly module: Module | undefined
  /** The month in which it ends: of two answers the earlier, so that nobody counts as trained who may not be. */
  readonly expires: CivilDate | undefined
  /** True as soon as one answer says so. */
  readonly withdrawn: boolean
  readonly enteredInError: boolean
}

/** An officer as her coded fields tell it: all that the server can know of her. */
export type Officer = {
  /** The entry that registered her: the name by which she can be marked as entered in error. */
  readonly opening: EntryId
  readonly person: PersonKey
  readonly organisation: OrganisationId
  readonly country: Country
  /** The quarter in which she was written down. */
  readonly on: CivilDate
  /** Undefined where two posts stand beside each other: `posts` has them both, and she covers neither. */
  readonly post: StreamId | undefined
  readonly posts: readonly StreamId[]
  readonly sex: Sex | undefined
  /** True as soon as one answer says so: who may have left covers nothing. */
  readonly left: boolean
  readonly enteredInError: boolean
  /** Nobody can say any more who she is: her coded fields stay, and she covers nothing. */
  readonly erased: Erasure | undefined
  readonly certificates: readonly Certificate[]
  readonly conflicts: readonly Conflict[]
}

/** Undefined while the entry that registers her has not arrived. */
export function projectOfficer(state: StreamState): Officer | undefined {
  const root = state.records[streamRecord]
  const opening = openingOf(state)
  const person = personOf(state)
  if (!root?.on || !opening || !person) return undefined
  const organisation = OrganisationId.safeParse(setOnce(root, 'organisation')).data
  const country = Country.safeParse(setOnce(root, 'country')).data
  if (!organisation || !country) return undefined
  return {
    opening,
    person,
    organisation,
    country,
    on: root.on,
    post: StreamId.safeParse(agreedValue(root, 'post')).data,
    posts: [...new Set(answersIn(root, 'post').flatMap((value) => StreamId.safeParse(value).data ?? []))].sort(),
    sex: Sex.safeParse(agreedValue(root, 'sex')).data,
    left: answersIn(root, 'left').includes(true),
    enteredInError: isEnteredInError(state.records[opening]),
    erased: erasureOf(state),
    certificates: recordsOfKind(state, officerCertified.kind).map(({ record, state: said }) => ({
      record,
      ...certificateIn(said),
    })),
    // Whether two sealed answers differ is known once they are opened: `disputed`.
    conflicts: conflictsOf(state).filter(({ heads }) => heads.some((head) => 'value' in head)),
  }
}

const certificateIn = (said: RecordState): Omit<Certificate, 'record'> => ({
  module: Module.safeParse(agreedValue(said, 'module')).data,
  expires: answersIn(said, 'expires')
    .flatMap((value) => Month.safeParse(value).data ?? [])
    .toSorted()[0],
  withdrawn: answersIn(said, 'withdrawn').includes(true),
  enteredInError: isEnteredInError(said),
})

// ---------------------------------------------------------------- as a device of her agency opens her

/** What is agreed on of her; `disputed` are the fields on which two answers stand: two homes, two numbers. */
export type OfficerOpened = Partial<OfficerSaid> & {
  readonly disputed: readonly OfficerField[]
  readonly unread?: readonly OfficerField[]
  readonly sayings?: Sayings<OfficerField>
}

/** The sealed fields of a stream or a record, as they were opened. */
type Fields = Readonly<Record<string, readonly { readonly value: string | undefined }[]>>

export const officerSaid = (fields: Fields): OfficerOpened =>
  readSealed<OfficerSaid, OfficerField>(textsOfOfficer, fields, carried)

/** By which number she is known: her own, or each of those that two people said apart. */
export const numbersOf = (said: OfficerOpened): readonly string[] =>
  said.number === undefined ? answersOf(said, 'number').filter(Boolean) : [said.number]

/**
 * What a roster is planned with where two answers stand and nobody has settled them: she is away on the days of both, does nights more than
 * her share only if both say so, and no more of them than either allows; what she wishes for is what either says, two things of one day too.
 */
export function plannedWith(said: OfficerOpened): OfficerOpened {
  if (said.disputed.length === 0) return said
  const answers = <Field extends OfficerField>(field: Field) =>
    answersOf(said, field).map((text) => readText<OfficerSaid[Field]>(textsOfOfficer[field], text))
  const absences = answers('absences').flatMap((each) => each ?? [])
  const wished = answers('rosterWishes').flatMap((each) => each ?? [])
  const wishes = answers('wishes')
  const bounds = wishes.flatMap((each) => each?.mostNights ?? [])
  return {
    ...said,
    ...(absences.length > 0 ? { absences } : {}),
    ...(wished.length > 0
      ? { rosterWishes: [...new Map(wished.map((each) => [JSON.stringify(each), each])).values()] }
      : {}),
    ...(wishes.length > 0
      ? {
          wishes: {
            volunteersForNights: wishes.every((each) => each?.volunteersForNights),
            volunteersFor: [],
            mostNights: bounds.length > 0 ? Math.min(...bounds) : null,
          },
        }
      : {}),
  }
}

/** `until`: the last day it holds. `session`: the stream of the training session she attended, where it was one of ours. */
export type CertificateSaid = {
  readonly moduleVersion: string
  readonly issued: CivilDate
  readonly until: CivilDate
  readonly session: StreamId
  readonly validBy: string
  readonly beyondSheet: 'yes'
}
export type CertificateOpened = Partial<CertificateSaid> & {
  readonly disputed: readonly CertificateField[]
  readonly sayings?: Sayings<CertificateField>
}

export const certificateSaid = (fields: Fields): CertificateOpened =>
  readSealed<CertificateSaid, CertificateField>(textsOfCertificate, fields)

const textsOfCertificate = {
  moduleVersion: ModuleVersion,
  issued: Day,
  until: Day,
  session: StreamId,
  validBy: z.string().min(1).max(longest.source),
  beyondSheet: z.literal('yes'),
} as const

// ---------------------------------------------------------------- when she is away

/** Days from which an absence is none of the short ones that a plan reckons with for everybody. A figure of ours: the days of a roster. */
export const longAbsence = 28

/** Absences of four weeks or longer, the earliest first; those that follow each other without a day between are one. */
export function longAbsences(said: OfficerOpened): readonly Absence[] {
  const joined: Absence[] = []
  for (const next of (plannedWith(said).absences ?? []).toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1)
    if (last && next.from <= daysAfter(last.to, 1))
      joined[joined.length - 1] = { from: last.from, to: next.to > last.to ? next.to : last.to }
    else joined.push(next)
  }
  return joined.filter(({ from, to }) => to >= daysAfter(from, longAbsence - 1))
}

/** Whether a day is one of a long absence: then she covers nothing, whatever certificates she holds. */
export const isLongAwayOn = (said: OfficerOpened, day: CivilDate): boolean =>
  longAbsences(said).some(({ from, to }) => from <= day && day <= to)

// ---------------------------------------------------------------- what holds on a day

/** Her wishes for days that are still to come; those of days that are over say nothing any more. In the order of the days. */
export const wishesFrom = ({ rosterWishes = [] }: Pick<OfficerOpened, 'rosterWishes'>, day: CivilDate) =>
  rosterWishes.filter(({ on }) => on >= day).toSorted((a, b) => (a.on < b.on ? -1 : 1))

export type CertificateStanding = 'holds' | 'expired' | 'withdrawn' | 'not-yet' | 'unclear' | 'in-error'

/**
 * How a certificate stands on a day. Where its last day is not known (sealed, and no key here; or never said) it holds to the end of
 * its month, as one that names only a month means it; where two were said apart, to the earlier, and from the later of two first days on.
 */
export function standingOf(
  { module, expires, withdrawn, enteredInError }: Certificate,
  said: Partial<CertificateOpened> | undefined,
  day: CivilDate,
): CertificateStanding {
  if (enteredInError) return 'in-error'
  if (withdrawn) return 'withdrawn'
  if (!module || !expires) return 'unclear'
  const issued = firstDaySaid(said)
  if (issued && day < issued) return 'not-yet'
  const until = lastDaySaid({ expires, said })
  return (until ? day > until : day.slice(0, 7) > expires) ? 'expired' : 'holds'
}

/** The last day of a certificate; undefined of one that is known by its month alone. */
export function lastDaySaid({
  expires,
  said,
}: Pick<Certificate, 'expires'> & { readonly said: Partial<CertificateOpened> | undefined }): CivilDate | undefined {
  if (said?.until) return expires && said.until.startsWith(expires) ? said.until : undefined
  return daysApart(said, 'until')[0]
}

/** The first day of a certificate, of two that were said apart the later. */
export const firstDaySaid = (said: Partial<CertificateOpened> | undefined): CivilDate | undefined =>
  said?.issued ?? daysApart(said, 'issued').at(-1)

const daysApart = (said: Partial<CertificateOpened> | undefined, field: 'issued' | 'until'): readonly CivilDate[] =>
  answersOf({ disputed: [], ...said }, field)
    .flatMap((text) => Day.safeParse(text).data ?? [])
    .toSorted()

/** A certificate with what this device could open of it. */
export type CertificateAt = { readonly certificate: Certificate; readonly said?: CertificateOpened }

/** The modules whose certificate holds on a day. */
export const modulesOn = (certificates: readonly CertificateAt[], day: CivilDate): readonly Module[] =>
  Module.options.filter((module) =>
    certificates.some(
      ({ certificate, said }) => certificate.module === module && standingOf(certificate, said, day) === 'holds',
    ),
  )

/** Neither gone, nor never there, nor somebody of whom nobody knows any more who she is. */
export const isServing = ({ left, enteredInError, erased }: Officer): boolean => !left && !enteredInError && !erased

/** An officer with what this device could open of her. */
type Opened = { readonly officer: Officer; readonly said: Pick<OfficerOpened, 'leftOn'> }

/**
 * Serves on a day. Her last day of service is one: she is gone the day after, on the board as in a roster. Of whom it is not known when
 * she left (its key is not here, or two days stand beside each other) serves on none.
 */
export const servesOn = ({ officer, said: { leftOn } }: Opened, day: CivilDate): boolean =>
  isServing(officer.left && leftOn !== undefined && day <= leftOn ? { ...officer, left: false } : officer)

/**
 * Whether an officer is trained on a day: every module that the programme asks for, each with a certificate that holds.
 *
 * @param asked see `modulesForTrained`
 */
export function isTrainedOn(
  certificates: readonly CertificateAt[],
  day: CivilDate,
  asked: readonly Module[] = modulesForTrained,
): boolean {
  const held = modulesOn(certificates, day)
  return asked.every((module) => held.includes(module))
}

/** A trained woman: the rule of every shift. Of whom two sexes are said, is counted as none. */
export const isTrainedWomanOn = (
  of: Opened & { readonly certificates: readonly CertificateAt[] },
  day: CivilDate,
  asked: readonly Module[] = modulesForTrained,
): boolean => of.officer.sex === 'female' && servesOn(of, day) && isTrainedOn(of.certificates, day, asked)
