import { agreedValue, type RecordState, type StreamState } from '../../log/fold.ts'
import { answersIn, isEnteredInError, recordsOfKind, setOnce } from '../../log/records.ts'
import { Agency } from '../../shared/agencies.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { type EntryId, PersonKey, StreamId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import { Sex } from '../../shared/people.ts'
import { Country } from '../../shared/places.ts'
import { type Opened, openedOf } from '../opened.ts'
import { Module } from '../words.ts'
import { trainerCertified, trainerStepTaken } from './entries.ts'
import { Certifier, Day, LapseReason, lastDayOf, ModuleVersion, Step, stepsNeeded } from './words.ts'

/** Undefined, in each of these, where two answers stand beside each other. */
export type Certificate = {
  readonly record: EntryId
  readonly module: Module | undefined
  readonly moduleVersion: string | undefined
  readonly language: ProgrammeLanguage | undefined
  readonly by: Certifier | undefined
  /** Of two days that two people said apart, the later. */
  readonly certifiedOn: CivilDate
  /** Null where it did not lapse before its time. As soon as one of two says it did, it did. */
  readonly lapsed: { readonly on: CivilDate; readonly why: LapseReason | undefined } | null
  readonly enteredInError: boolean
}

export type StepTaken = {
  readonly record: EntryId
  readonly on: CivilDate
  readonly step: Step | undefined
  readonly session: StreamId | null
  readonly enteredInError: boolean
}

export type NationalTrainer = Opened & {
  readonly trainer: PersonKey
  readonly registeredOn: CivilDate
  readonly country: Country | undefined
  readonly agency: Agency | undefined
  readonly sex: Sex | undefined
  readonly steps: readonly StepTaken[]
  /** In the order in which they were given. */
  readonly certificates: readonly Certificate[]
}

/** The state of a stream as a national trainer; undefined while the entry that opens it has not arrived. */
export function projectTrainer(state: StreamState): NationalTrainer | undefined {
  const found = openedOf(state)
  const trainer = found && PersonKey.safeParse(setOnce(found.root, 'trainer')).data
  if (!found || !trainer) return undefined
  const { root, on, opened } = found
  return {
    ...opened,
    trainer,
    registeredOn: on,
    country: Country.safeParse(agreedValue(root, 'country')).data,
    agency: Agency.safeParse(agreedValue(root, 'agency')).data,
    sex: Sex.safeParse(agreedValue(root, 'sex')).data,
    steps: recordsOfKind(state, trainerStepTaken.kind)
      .map(({ record, state: said }) => ({
        record,
        on: said.on ?? on,
        step: Step.safeParse(agreedValue(said, 'step')).data,
        session: StreamId.safeParse(agreedValue(said, 'session')).data ?? null,
        enteredInError: isEnteredInError(said),
      }))
      .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    certificates: recordsOfKind(state, trainerCertified.kind)
      .map(({ record, state: said }) => ({
        record,
        ...certificateOf(said, on),
        enteredInError: isEnteredInError(said),
      }))
      .toSorted((a, b) => (a.certifiedOn < b.certifiedOn ? -1 : a.certifiedOn > b.certifiedOn ? 1 : 0)),
  }
}

function certificateOf(said: RecordState, on: CivilDate): Omit<Certificate, 'record' | 'enteredInError'> {
  return {
    module: Module.safeParse(agreedValue(said, 'module')).data,
    moduleVersion: ModuleVersion.safeParse(agreedValue(said, 'moduleVersion')).data,
    language: ProgrammeLanguage.safeParse(agreedValue(said, 'language')).data,
    by: Certifier.safeParse(agreedValue(said, 'by')).data,
    certifiedOn: daysIn(said, 'certifiedOn').at(-1) ?? said.on ?? on,
    lapsed: lapseOf(said, on),
  }
}

function lapseOf(said: RecordState, on: CivilDate): Certificate['lapsed'] {
  const reasons = answersIn(said, 'lapsed').flatMap((value) => LapseReason.safeParse(value).data ?? [])
  if (reasons.length === 0) return null
  const [why, ...others] = new Set(reasons)
  return { on: daysIn(said, 'lapsedOn')[0] ?? on, why: others.length === 0 ? why : undefined }
}

/** Every day that stands in a field, the first first. */
const daysIn = (record: RecordState, field: string): CivilDate[] =>
  answersIn(record, field)
    .flatMap((value) => Day.safeParse(value).data ?? [])
    .toSorted()

// ---------------------------------------------------------------- what holds on a day

export type Standing = 'standing' | 'ended' | 'lapsed' | 'not-yet' | 'in-error'

/** How a certificate stands on a day. The day is the caller's: nothing that is folded or counted looks at a clock. */
export function standingOf({ enteredInError, certifiedOn, lapsed }: Certificate, day: CivilDate): Standing {
  if (enteredInError) return 'in-error'
  if (lapsed && lapsed.on <= day) return 'lapsed'
  if (day < certifiedOn) return 'not-yet'
  return day > lastDayOf(certifiedOn) ? 'ended' : 'standing'
}

export const isCertifiedOn = (
  { certificates, enteredInError }: NationalTrainer,
  module: Module,
  day: CivilDate,
): boolean =>
  !enteredInError && certificates.some((each) => each.module === module && standingOf(each, day) === 'standing')

/** What she has done of each step until a day, and what of it is needed. */
export function checklistOf(
  { steps }: Pick<NationalTrainer, 'steps'>,
  day: CivilDate,
): readonly { readonly step: Step; readonly done: number; readonly needed: number }[] {
  const taken = steps.filter(({ on, enteredInError }) => on <= day && !enteredInError)
  return Step.options.map((step) => ({
    step,
    done: taken.filter((each) => each.step === step).length,
    needed: stepsNeeded[step],
  }))
}

// ---------------------------------------------------------------- who certified whom

export type TrainerNode = { readonly trainer: NationalTrainer; readonly certified: readonly TrainerNode[] }

/**
 * The trainers of a module under whoever certified them for it first. At the top stand those certified by the founding
 * trainers, or by somebody of whom nothing is known here; and, where entries put people in a circle, one of them.
 */
export function treeOf(trainers: readonly NationalTrainer[], module: Module): readonly TrainerNode[] {
  const firsts = trainers.flatMap((trainer) => {
    if (trainer.enteredInError) return []
    const first = trainer.certificates.find((each) => each.module === module && !each.enteredInError)
    return first ? [{ trainer, by: first.by }] : []
  })
  const known = new Set(firsts.map(({ trainer }) => trainer.trainer))
  const placed = new Set<PersonKey>()
  const nodeOf = ({ trainer }: (typeof firsts)[number]): TrainerNode[] => {
    if (placed.has(trainer.trainer)) return []
    placed.add(trainer.trainer)
    return [{ trainer, certified: firsts.filter(({ by }) => by === trainer.trainer).flatMap(nodeOf) }]
  }
  const isTop = ({ by }: (typeof firsts)[number]): boolean =>
    by === undefined || by === 'founding-trainers' || !known.has(by)
  return [...firsts.filter(isTop), ...firsts].flatMap(nodeOf)
}
