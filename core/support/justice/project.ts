import { agreedValue, type RecordState, type StreamState } from '../../log/fold.ts'
import { type Conflict, conflictsOf, recordsOfKind, setOnce } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { EntryId, type PersonKey } from '../../shared/ids.ts'
import { AgeGroup, Sex } from '../../shared/people.ts'
import type { Country } from '../../shared/places.ts'
import { openingOf, type Recorded, recorded } from '../recorded.ts'
import {
  accusedRecorded,
  appealFiled,
  compensationRecorded,
  sentencePassed,
  stageReached,
  verdictGiven,
} from './entries.ts'
import { AppealOutcome, Compensation, SentenceKind, Stage, type Standing, Verdict, Years } from './words.ts'

/** Undefined where two answers stand beside each other, here and below. */
export type Reached = Recorded & { readonly stage: Stage | undefined }
export type Accused = Recorded & {
  readonly sex: Sex | undefined
  readonly age: AgeGroup | undefined
  /** Of all verdicts and appeals together. Undefined too where verdicts that stand differ. */
  readonly standing: Standing | undefined
}
export type Given = Recorded & {
  readonly accused: EntryId | undefined
  readonly verdict: Verdict | undefined
  /** What its appeals have made of it. */
  readonly holds: 'stands' | 'under-appeal' | 'overturned' | undefined
}
export type Passed = Recorded & {
  readonly verdict: EntryId | undefined
  readonly sentence: SentenceKind | undefined
  readonly years: number | undefined
}
export type Appealed = Recorded & { readonly verdict: EntryId | undefined; readonly outcome: AppealOutcome | undefined }
export type Compensated = Recorded & { readonly compensation: Compensation | undefined }

/** A criminal case as its coded fields tell it: what the server can know. Court, charge, names and links a device opens beside it. */
export type CriminalCase = {
  /** The entry that opened it: the name by which all of it can be marked as entered in error. */
  readonly opening: EntryId
  /** The case itself, counted once however often it is told of; no human being. */
  readonly key: PersonKey
  readonly country: Country
  readonly openedOn: CivilDate
  readonly enteredInError: boolean
  /** The last stage reached. */
  readonly stage: Stage | undefined
  readonly stages: readonly Reached[]
  readonly accused: readonly Accused[]
  readonly verdicts: readonly Given[]
  readonly sentences: readonly Passed[]
  readonly appeals: readonly Appealed[]
  readonly compensations: readonly Compensated[]
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a criminal case; undefined while the entry that opens it has not arrived. */
export function projectCriminalCase(state: StreamState): CriminalCase | undefined {
  const opened = openingOf(state)
  if (!opened) return undefined
  const { opening, person, country, on, enteredInError } = opened
  const of = <T>(kind: string, read: (said: RecordState) => T): (Recorded & T)[] =>
    recordsOfKind(state, kind)
      .map(({ record, state: said }) => ({ ...recorded(record, said), ...read(said) }))
      .sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? -1 : (a.on ?? '') > (b.on ?? '') ? 1 : 0))
  const stages = of(stageReached.kind, (said) => ({ stage: Stage.safeParse(agreedValue(said, 'stage')).data }))
  const appeals = of(appealFiled.kind, (said) => ({
    verdict: EntryId.safeParse(setOnce(said, 'verdict')).data,
    outcome: AppealOutcome.safeParse(agreedValue(said, 'outcome')).data,
  }))
  const verdicts = of(verdictGiven.kind, (said) => ({
    accused: EntryId.safeParse(setOnce(said, 'accused')).data,
    verdict: Verdict.safeParse(agreedValue(said, 'verdict')).data,
  })).map((given) => ({ ...given, holds: holds(given, appeals) }))
  return {
    opening,
    key: person,
    country,
    openedOn: on,
    enteredInError,
    stage: lastOf(stages),
    stages,
    accused: of(accusedRecorded.kind, (said) => ({
      sex: Sex.safeParse(agreedValue(said, 'sex')).data,
      age: AgeGroup.safeParse(agreedValue(said, 'age')).data,
    })).map((each) => ({ ...each, standing: standingOf(each.record, verdicts) })),
    verdicts,
    sentences: of(sentencePassed.kind, (said) => ({
      verdict: EntryId.safeParse(setOnce(said, 'verdict')).data,
      sentence: SentenceKind.safeParse(agreedValue(said, 'sentence')).data,
      years: Years.safeParse(agreedValue(said, 'years')).data,
    })),
    appeals,
    compensations: of(compensationRecorded.kind, (said) => ({
      compensation: Compensation.safeParse(agreedValue(said, 'compensation')).data,
    })),
    // Links written apart are read together, whoever wrote them.
    conflicts: conflictsOf(state).filter(({ field }) => field !== 'survivors'),
  }
}

/** The sentences that count: of a conviction that stands, of an accused all of whose verdicts that hold convict. */
export const standingSentences = (of: CriminalCase): readonly (Passed & { readonly accused: Accused })[] =>
  of.sentences.flatMap((passed) => {
    const given = of.verdicts.find(({ record }) => record === passed.verdict)
    const accused = of.accused.find(({ record }) => record === given?.accused)
    const isOfConviction = given?.verdict === 'convicted' && given.holds === 'stands' && !given.enteredInError
    return isOfConviction && accused?.standing === 'convicted' && !accused.enteredInError && !passed.enteredInError
      ? [{ ...passed, accused }]
      : []
  })

/** The verdicts on an accused that no appeal has overturned. */
export const verdictsThatHold = (accused: EntryId, verdicts: readonly Given[]): readonly Given[] =>
  verdicts.filter((each) => each.accused === accused && !each.enteredInError && each.holds !== 'overturned')

/** By its quarter, and of one quarter the furthest. */
function lastOf(stages: readonly Reached[]): Stage | undefined {
  const standing = stages.filter(({ enteredInError }) => !enteredInError)
  const last = standing.filter(({ on }) => on === standing.at(-1)?.on)
  return Stage.options.findLast((stage) => last.some((each) => each.stage === stage))
}

function holds({ record }: Recorded, appeals: readonly Appealed[]): Given['holds'] {
  const outcomes = appeals.flatMap((each) => (each.verdict === record && !each.enteredInError ? [each.outcome] : []))
  if (outcomes.includes('overturned')) return 'overturned'
  if (outcomes.includes(undefined)) return undefined
  return outcomes.includes('pending') ? 'under-appeal' : 'stands'
}

function standingOf(accused: EntryId, verdicts: readonly Given[]): Standing | undefined {
  const holding = verdictsThatHold(accused, verdicts)
  const said = new Set(holding.map(({ verdict }) => verdict))
  const [only] = said
  if (holding.length === 0) return 'none-yet'
  if (said.size > 1 || holding.some((each) => each.holds === undefined)) return undefined
  return holding.some((each) => each.holds === 'under-appeal') ? 'under-appeal' : only
}
