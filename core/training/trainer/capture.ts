import { type Draft, draft } from '../../log/draft.ts'
import type { Agency } from '../../shared/agencies.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { EntryId, OrganisationId, PersonKey, StreamId } from '../../shared/ids.ts'
import type { ProgrammeLanguage } from '../../shared/languages.ts'
import type { Sex } from '../../shared/people.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import type { Module } from '../words.ts'
import {
  certificateCorrected,
  certificateLapsed,
  trainerCertified,
  trainerDescribed,
  trainerEnteredInError,
  trainerRegistered,
  trainerStepTaken,
} from './entries.ts'
import { type Certificate, checklistOf, isCertifiedOn, type NationalTrainer, standingOf } from './project.ts'
import {
  atSession,
  type Certifier,
  Day,
  type LapseReason,
  lastDayOf,
  ModuleVersion,
  type Step,
  trainerStream,
} from './words.ts'

export type SaidOfTrainer = { readonly country: Country; readonly agency: Agency; readonly sex: Sex }

/**
 * @param trainers whom her organisation has written down already, also those by mistake
 * Refused: `training.trainer-here-already`.
 */
export function registerTrainer(
  organisation: OrganisationId,
  trainer: PersonKey,
  said: SaidOfTrainer,
  trainers: readonly NationalTrainer[],
  today: CivilDate,
): Decision<Draft[]> {
  if (trainers.some((each) => each.trainer === trainer)) return refuse('training.trainer-here-already')
  return accept([draft(trainerRegistered, trainerStream(trainer), today, { organisation, trainer, ...said })])
}

/** Only what was wrong. Refused: `training.nothing-changed`. */
export function describeTrainer(
  { trainer }: NationalTrainer,
  change: Partial<SaidOfTrainer>,
  today: CivilDate,
): Decision<Draft[]> {
  if (Object.keys(change).length === 0) return refuse('training.nothing-changed')
  return accept([draft(trainerDescribed, trainerStream(trainer), today, change)])
}

export type TakeStep = { readonly step: Step; readonly on: CivilDate; readonly session: StreamId | null }

/**
 * A step on her way, or a session she led. Refused: `training.trainer-in-error`, `training.not-a-day`,
 * `training.step-in-the-future`, `training.session-counted-already`.
 */
export function takeStep(
  trainer: NationalTrainer,
  { step, on, session }: TakeStep,
  today: CivilDate,
): Decision<Draft[]> {
  if (trainer.enteredInError) return refuse('training.trainer-in-error')
  if (!Day.safeParse(on).success) return refuse('training.not-a-day')
  if (on > today) return refuse('training.step-in-the-future')
  const at = atSession.has(step) ? session : null
  const isSame = (each: NationalTrainer['steps'][number]): boolean =>
    !each.enteredInError && each.step === step && each.session === at
  if (at && trainer.steps.some(isSame)) return refuse('training.session-counted-already')
  return accept([draft(trainerStepTaken, trainerStream(trainer.trainer), on, { step, session: at })])
}

export type Certify = {
  readonly module: Module
  readonly moduleVersion: string
  readonly language: ProgrammeLanguage
  readonly by: Certifier
  readonly certifiedOn: CivilDate
}

/**
 * A certificate for one module, in one version and language, for two years.
 *
 * @param trainers of her organisation: whoever certifies must be certified for the module herself on that day
 * Refused: `training.trainer-in-error`, `training.version-not-understood`, `training.not-a-day`,
 * `training.certified-in-the-future`, `training.certifies-herself`, `training.certifier-not-certified` {day},
 * `training.certificate-stands` {until}, `training.steps-missing` {missing}.
 */
export function certifyTrainer(
  trainer: NationalTrainer,
  said: Certify,
  trainers: readonly NationalTrainer[],
  today: CivilDate,
): Decision<Draft[]> {
  if (trainer.enteredInError) return refuse('training.trainer-in-error')
  const checked = checkCertificate(trainer, said, trainers, today)
  if (!checked.ok) return checked
  const moduleVersion = said.moduleVersion.trim()
  return accept([draft(trainerCertified, trainerStream(trainer.trainer), said.certifiedOn, { ...said, moduleVersion })])
}

/** Only what was wrong. Refused: `training.no-such-row`, `training.nothing-changed`, and as `certifyTrainer` refuses. */
export function correctCertificate(
  trainer: NationalTrainer,
  record: EntryId,
  change: Partial<Certify>,
  trainers: readonly NationalTrainer[],
  today: CivilDate,
): Decision<Draft[]> {
  const row = trainer.certificates.find((each) => each.record === record)
  if (!row) return refuse('training.no-such-row')
  if (Object.keys(change).length === 0) return refuse('training.nothing-changed')
  const checked = checkCertificate(trainer, { ...row, ...change }, trainers, today, row)
  if (!checked.ok) return checked
  const coded = { ...change, moduleVersion: change.moduleVersion?.trim(), record }
  return accept([draft(certificateCorrected, trainerStream(trainer.trainer), today, coded)])
}

/** What two people disagree of is not looked at: their correction settles it. */
type Judged = { readonly [Field in keyof Certify]: Certify[Field] | undefined }

function checkCertificate(
  trainer: NationalTrainer,
  { module, moduleVersion, language, by, certifiedOn }: Judged,
  trainers: readonly NationalTrainer[],
  today: CivilDate,
  itself?: Certificate,
): Decision<undefined> {
  const version = moduleVersion?.trim()
  if (version !== undefined && !ModuleVersion.safeParse(version).success)
    return refuse('training.version-not-understood')
  if (!certifiedOn || !Day.safeParse(certifiedOn).success) return refuse('training.not-a-day')
  if (certifiedOn > today) return refuse('training.certified-in-the-future')
  if (by === trainer.trainer) return refuse('training.certifies-herself')
  const certifier = trainers.find((each) => each.trainer === by)
  if (module && by && by !== 'founding-trainers' && !(certifier && isCertifiedOn(certifier, module, certifiedOn)))
    return refuse('training.certifier-not-certified', { day: certifiedOn })
  const stands = trainer.certificates.find(
    (each) =>
      each !== itself &&
      each.module === module &&
      each.moduleVersion === version &&
      each.language === language &&
      standingOf(each, certifiedOn) === 'standing',
  )
  if (stands) return refuse('training.certificate-stands', { until: lastDayOf(stands.certifiedOn) })
  const missing = checklistOf(trainer, certifiedOn).reduce(
    (sum, { needed, done }) => sum + Math.max(0, needed - done),
    0,
  )
  return missing > 0 ? refuse('training.steps-missing', { missing }) : accept(undefined)
}

/**
 * Says that a certificate lapsed before its time, or (`why: null`) that it did not.
 * Refused: `training.no-such-row`, `training.not-a-day`, `training.lapsed-in-the-future`, `training.lapsed-before-certified`,
 * `training.lapsed-already`, `training.not-lapsed`.
 */
export function lapseCertificate(
  trainer: NationalTrainer,
  record: EntryId,
  { why, on }: { readonly why: LapseReason | null; readonly on: CivilDate },
  today: CivilDate,
): Decision<Draft[]> {
  const row = trainer.certificates.find((each) => each.record === record)
  if (!row) return refuse('training.no-such-row')
  if (!Day.safeParse(on).success) return refuse('training.not-a-day')
  if (on > today) return refuse('training.lapsed-in-the-future')
  if (why !== null && on < row.certifiedOn) return refuse('training.lapsed-before-certified')
  // Where two people gave two reasons apart, one of them said again settles it.
  if (why !== null && row.lapsed?.why !== undefined) return refuse('training.lapsed-already')
  if (why === null && !row.lapsed) return refuse('training.not-lapsed')
  return accept([
    draft(certificateLapsed, trainerStream(trainer.trainer), today, { record, lapsed: why, lapsedOn: on }),
  ])
}

/**
 * Marks a step, a certificate, or (`trainer.opening`) the trainer as never having been; or takes that back.
 * Refused: `training.no-such-row`.
 */
export function markTrainerInError(
  trainer: NationalTrainer,
  record: EntryId,
  isInError: boolean,
  today: CivilDate,
): Decision<Draft[]> {
  const isHere = [...trainer.certificates, ...trainer.steps].some((each) => each.record === record)
  if (record !== trainer.opening && !isHere) return refuse('training.no-such-row')
  const coded = { record, enteredInError: isInError }
  return accept([draft(trainerEnteredInError, trainerStream(trainer.trainer), today, coded)])
}
