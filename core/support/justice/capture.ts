import { type Draft, draft, isNothing } from '../../log/draft.ts'
import type { NewStream } from '../../log/sealed-kinds.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { EntryId, StreamId } from '../../shared/ids.ts'
import { type Money, writeMoney } from '../../shared/money.ts'
import type { AgeGroup, Sex } from '../../shared/people.ts'
import { quarterSaid, thisQuarter } from '../../shared/quarters.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import type { Moment } from '../capture.ts'
import type { Recorded } from '../recorded.ts'
import {
  accusedRecorded,
  appealDecided,
  appealFiled,
  compensationRecorded,
  criminalCaseDescribed,
  criminalCaseOpened,
  enteredInError,
  recordCorrected,
  sentencePassed,
  stageReached,
  verdictGiven,
} from './entries.ts'
import { type CriminalCase, verdictsThatHold } from './project.ts'
import {
  type AppealOutcome,
  type Compensation,
  type CriminalCaseSealed,
  type SentenceKind,
  type Stage,
  type Verdict,
  writeLinks,
  Years,
} from './words.ts'

/** What is sealed of the case, as it was typed; an empty text takes back what stood there. */
export type SealedTexts = { readonly [Field in CriminalCaseSealed]?: string | undefined }

/** The quarter something happened in, as it was typed, and what is said beside it: sealed. */
type InQuarter = { readonly quarter: CivilDate | undefined; readonly note?: string }

/** `person`: whose keys these are, the case itself. */
export type OpenCriminalCase = InQuarter &
  NewStream & {
    /** How far it has come already. */
    readonly stage: Stage | undefined
    readonly opened: SealedTexts
  }

/** Refused: `justice.no-stage`, `justice.no-quarter`, `justice.not-yet`. */
export function openCriminalCase(command: OpenCriminalCase, moment: Moment): Decision<Draft[]> {
  const { stream, stage, quarter, note, opened, ...coded } = command
  if (!stage) return refuse('justice.no-stage')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  const sealed = { ...filled(opened), survivors: writeLinks([]), at: moment.at }
  return accept([
    draft(criminalCaseOpened, stream, thisQuarter(moment), coded, sealed),
    draft(stageReached, stream, on.value, { stage }, beside(note, moment)),
  ])
}

/**
 * What stands sealed in it, as this device has opened it. The links are sealed along with every text, and the notes with every link,
 * so that nobody without the keys sees when a link was made. `notes` is undefined where two answers stand: both are kept.
 */
export type Opened = { readonly links: readonly StreamId[]; readonly notes: string | undefined }

/** Refused: `justice.nothing-changed`. */
export function describeCriminalCase(
  stream: StreamId,
  { links }: Opened,
  said: SealedTexts,
  moment: Moment,
): Decision<Draft[]> {
  if (isNothing(said)) return refuse('justice.nothing-changed')
  return accept([describing(stream, said, links, moment)])
}

export type LinkSurvivor = {
  readonly survivor: StreamId | undefined
  /** She was asked and agreed that her case and this one are connected on the devices of her team. */
  readonly agreed: boolean
}

/** Refused: `justice.no-survivor-case`, `justice.link-not-agreed`, `justice.already-linked`, `justice.case-in-error`. */
export function linkSurvivor(
  stream: StreamId,
  of: CriminalCase,
  { links, notes }: Opened,
  { survivor, agreed }: LinkSurvivor,
  moment: Moment,
): Decision<Draft[]> {
  if (of.enteredInError) return refuse('justice.case-in-error')
  if (!survivor) return refuse('justice.no-survivor-case')
  if (links.includes(survivor)) return refuse('justice.already-linked')
  if (!agreed) return refuse('justice.link-not-agreed')
  return accept([describing(stream, { notes }, [...links, survivor], moment)])
}

/** At any time, and for no reason given. Refused: `justice.nothing-changed`. */
export function unlinkSurvivor(
  stream: StreamId,
  { links, notes }: Opened,
  survivor: StreamId,
  moment: Moment,
): Decision<Draft[]> {
  const left = links.filter((each) => each !== survivor)
  if (left.length === links.length) return refuse('justice.nothing-changed')
  return accept([describing(stream, { notes }, left, moment)])
}

/**
 * Refused: `justice.case-in-error`, `justice.no-stage`, `justice.no-quarter`, `justice.not-yet`, `justice.stage-twice` (in one
 * quarter).
 */
export function reachStage(
  stream: StreamId,
  of: CriminalCase,
  { stage, quarter, note }: InQuarter & { readonly stage: Stage | undefined },
  moment: Moment,
): Decision<Draft[]> {
  if (of.enteredInError) return refuse('justice.case-in-error')
  if (!stage) return refuse('justice.no-stage')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  if (isStageTwice(of, stage, on.value)) return refuse('justice.stage-twice')
  return accept([draft(stageReached, stream, on.value, { stage }, beside(note, moment))])
}

export type RecordAccused = InQuarter & {
  readonly sex: Sex | undefined
  readonly age: AgeGroup | undefined
  /** Sealed; left empty where it is not known. */
  readonly name: string
  /** HTCDS `per_RoleInProcess`: sealed. */
  readonly role: string
}

/**
 * A person accused, of whatever sex. Refused: `justice.case-in-error`, `justice.no-sex`, `justice.no-quarter`, `justice.not-yet`.
 */
export function recordAccused(
  stream: StreamId,
  of: CriminalCase,
  { sex, age, name, role, quarter, note }: RecordAccused,
  moment: Moment,
): Decision<Draft[]> {
  if (of.enteredInError) return refuse('justice.case-in-error')
  if (!sex) return refuse('justice.no-sex')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  const opened = { ...filled({ name, role }), ...beside(note, moment) }
  return accept([draft(accusedRecorded, stream, on.value, { sex, age: age ?? 'unknown' }, opened)])
}

/**
 * Refused: as `accusedIn`, `justice.no-verdict`, `justice.verdict-stands` (until an appeal overturns it), `justice.no-quarter`,
 * `justice.not-yet`.
 */
export function giveVerdict(
  stream: StreamId,
  of: CriminalCase,
  { accused, verdict, quarter, note }: InQuarter & OfAccused & { readonly verdict: Verdict | undefined },
  moment: Moment,
): Decision<Draft[]> {
  const known = accusedIn(of, accused)
  if (!known.ok) return known
  if (!verdict) return refuse('justice.no-verdict')
  if (verdictsThatHold(known.value, of.verdicts).length > 0) return refuse('justice.verdict-stands')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  return accept([draft(verdictGiven, stream, on.value, { accused: known.value, verdict }, beside(note, moment))])
}

export type PassSentence = InQuarter &
  OfAccused & {
    readonly sentence: SentenceKind | undefined
    /** Of imprisonment, whole years. */
    readonly years: number | undefined
  }

/**
 * Refused: as `accusedIn`, `justice.sentence-without-conviction`, `justice.no-sentence`, `justice.years-out-of-range`,
 * `justice.no-quarter`, `justice.not-yet`, `justice.sentence-before-verdict`.
 */
export function passSentence(
  stream: StreamId,
  of: CriminalCase,
  { accused, sentence, years, quarter, note }: PassSentence,
  moment: Moment,
): Decision<Draft[]> {
  const known = accusedIn(of, accused)
  if (!known.ok) return known
  const conviction = verdictsThatHold(known.value, of.verdicts).find(({ verdict }) => verdict === 'convicted')
  if (!conviction) return refuse('justice.sentence-without-conviction')
  if (!sentence) return refuse('justice.no-sentence')
  const term = sentence === 'imprisonment' ? yearsSaid(years) : accept(undefined)
  if (!term.ok) return term
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  if (conviction.on && on.value < conviction.on) return refuse('justice.sentence-before-verdict')
  const coded = { verdict: conviction.record, sentence, years: term.value }
  return accept([draft(sentencePassed, stream, on.value, coded, beside(note, moment))])
}

/**
 * Of the accused or of the prosecution. Refused: as `accusedIn`, `justice.appeal-without-verdict`, `justice.appeal-pending`,
 * `justice.no-quarter`, `justice.not-yet`.
 */
export function fileAppeal(
  stream: StreamId,
  of: CriminalCase,
  { accused, quarter, note }: InQuarter & OfAccused,
  moment: Moment,
): Decision<Draft[]> {
  const known = accusedIn(of, accused)
  if (!known.ok) return known
  const given = verdictsThatHold(known.value, of.verdicts).at(-1)
  if (!given) return refuse('justice.appeal-without-verdict')
  if (given.holds !== 'stands') return refuse('justice.appeal-pending')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  const coded = { verdict: given.record, outcome: 'pending' }
  return accept([draft(appealFiled, stream, on.value, coded, beside(note, moment))])
}

export type DecideAppeal = InQuarter & { readonly appeal: EntryId; readonly outcome: AppealOutcome | undefined }

/**
 * Refused: `justice.case-in-error`, `justice.no-such-record`, `justice.appeal-decided-already`, `justice.no-outcome`,
 * `justice.no-quarter`, `justice.not-yet`.
 */
export function decideAppeal(
  stream: StreamId,
  of: CriminalCase,
  { appeal, outcome, quarter, note }: DecideAppeal,
  moment: Moment,
): Decision<Draft[]> {
  if (of.enteredInError) return refuse('justice.case-in-error')
  const known = of.appeals.find(({ record, enteredInError: isError }) => record === appeal && !isError)
  if (!known) return refuse('justice.no-such-record')
  if (known.outcome !== 'pending') return refuse('justice.appeal-decided-already')
  if (!outcome || outcome === 'pending') return refuse('justice.no-outcome')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  const opened = { ...filled({ decidedNote: note }), decidedAt: moment.at }
  return accept([draft(appealDecided, stream, on.value, { record: appeal, outcome }, opened)])
}

export type RecordCompensation = InQuarter & {
  readonly compensation: Compensation | undefined
  /** Sealed: no figure sums money. */
  readonly amount: Money | undefined
}

/** Refused: `justice.case-in-error`, `justice.no-compensation`, `justice.no-quarter`, `justice.not-yet`. */
export function recordCompensation(
  stream: StreamId,
  of: CriminalCase,
  { compensation, amount, quarter, note }: RecordCompensation,
  moment: Moment,
): Decision<Draft[]> {
  if (of.enteredInError) return refuse('justice.case-in-error')
  if (!compensation) return refuse('justice.no-compensation')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  const opened = { amount: amount && writeMoney(amount), ...beside(note, moment) }
  return accept([draft(compensationRecorded, stream, on.value, { compensation }, opened)])
}

/** Only what was wrong. */
export type CorrectRecord = {
  readonly stage?: Stage
  readonly sex?: Sex
  readonly age?: AgeGroup
  readonly verdict?: Verdict
  readonly sentence?: SentenceKind
  readonly years?: number
  readonly outcome?: AppealOutcome
  readonly compensation?: Compensation
  readonly name?: string
  readonly role?: string
  readonly amount?: Money
  readonly note?: string
  /** Of an appeal: what was said beside the decision. */
  readonly decidedNote?: string
  readonly quarter?: CivilDate
}

/**
 * Refused: `justice.no-such-record`, `justice.nothing-changed`, `justice.years-out-of-range`, `justice.no-quarter`,
 * `justice.not-yet`, `justice.stage-twice`.
 */
export function correctRecord(
  stream: StreamId,
  of: CriminalCase,
  record: EntryId,
  change: CorrectRecord,
  moment: Moment,
): Decision<Draft[]> {
  const known = recordsOf(of).find((each) => each.record === record)
  if (!known) return refuse('justice.no-such-record')
  if (isNothing(change)) return refuse('justice.nothing-changed')
  const { quarter, years, name, role, amount, note, decidedNote, ...coded } = change
  const term = needsYears(of, record, change) ? yearsSaid(years) : accept(undefined)
  if (!term.ok) return term
  const on = quarter === undefined ? accept(undefined) : quarterIn(quarter, moment)
  if (!on.ok) return on
  const reached = of.stages.find((each) => each.record === record)
  const [stage, when] = [change.stage ?? reached?.stage, on.value ?? known.on]
  if (reached && stage && when && isStageTwice(of, stage, when, record)) return refuse('justice.stage-twice')
  const texts = trimmed({ name, role, note, decidedNote })
  const opened = { ...texts, amount: amount && writeMoney(amount), correctedAt: moment.at }
  const corrected = { record, ...coded, years: term.value, quarter: on.value }
  return accept([draft(recordCorrected, stream, thisQuarter(moment), corrected, opened)])
}

/** Marks a record, or (`of.opening`) the whole criminal case, as never having been; or takes that back. Refused: `justice.no-such-record`. */
export function markInError(
  stream: StreamId,
  of: CriminalCase,
  record: EntryId,
  isInError: boolean,
  moment: Moment,
): Decision<Draft[]> {
  if (record !== of.opening && !recordsOf(of).some((each) => each.record === record))
    return refuse('justice.no-such-record')
  const coded = { record, enteredInError: isInError }
  return accept([draft(enteredInError, stream, thisQuarter(moment), coded, { markedAt: moment.at })])
}

type OfAccused = { readonly accused: EntryId | undefined }

/** Refused: `justice.case-in-error`, `justice.no-accused`, `justice.accused-in-error`. */
function accusedIn(of: CriminalCase, accused: EntryId | undefined): Decision<EntryId> {
  if (of.enteredInError) return refuse('justice.case-in-error')
  const known = of.accused.find(({ record }) => record === accused)
  if (!known) return refuse('justice.no-accused')
  return known.enteredInError ? refuse('justice.accused-in-error') : accept(known.record)
}

/** A sentence that becomes imprisonment by a correction needs years as a new one does; and years are never corrected to none. */
function needsYears(of: CriminalCase, record: EntryId, { sentence, years }: CorrectRecord): boolean {
  const passed = of.sentences.find((each) => each.record === record)
  const isImprisonment = (sentence ?? passed?.sentence) === 'imprisonment'
  return isImprisonment && (years !== undefined || passed?.years === undefined)
}

/** Refused: `justice.years-out-of-range`. */
function yearsSaid(years: number | undefined): Decision<number> {
  const said = Years.safeParse(years)
  return said.success ? accept(said.data) : refuse('justice.years-out-of-range')
}

const recordsOf = (of: CriminalCase): readonly Recorded[] => [
  ...of.stages,
  ...of.accused,
  ...of.verdicts,
  ...of.sentences,
  ...of.appeals,
  ...of.compensations,
]

/** @param besides the record that is being corrected */
const isStageTwice = ({ stages }: CriminalCase, stage: Stage, on: CivilDate, besides?: EntryId): boolean =>
  stages.some((each) => each.record !== besides && !each.enteredInError && each.stage === stage && each.on === on)

const describing = (stream: StreamId, said: SealedTexts, links: readonly StreamId[], moment: Moment): Draft =>
  draft(
    criminalCaseDescribed,
    stream,
    thisQuarter(moment),
    {},
    {
      ...trimmed(said),
      survivors: writeLinks(links),
      describedAt: moment.at,
    },
  )

/** Refused: `justice.no-quarter`, `justice.not-yet`. */
const quarterIn = (quarter: CivilDate | undefined, moment: Moment): Decision<CivilDate> =>
  quarterSaid(quarter, moment, { none: refuse('justice.no-quarter'), ahead: refuse('justice.not-yet') })

const beside = (note: string | undefined, { at }: Moment) => ({ ...filled({ note }), at })

const trimmed = (texts: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([field, text]) => (text === undefined ? [] : [[field, text.trim()]])),
  )

/** Without the texts that were left empty: on a new record there is nothing they could take back. */
const filled = (texts: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(trimmed(texts)).filter(([, text]) => text !== ''))
