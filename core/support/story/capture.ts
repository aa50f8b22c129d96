import { type Draft, draft } from '../../log/draft.ts'
import type { NewStream } from '../../log/sealed-kinds.ts'
import { type CivilDate, precisionOf } from '../../shared/dates.ts'
import type { EntryId, MemberId, StreamId } from '../../shared/ids.ts'
import type { ProgrammeLanguage } from '../../shared/languages.ts'
import { quarterSaid, thisQuarter } from '../../shared/quarters.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import type { Moment } from '../capture.ts'
import {
  consentAnswered,
  consentWithdrawn,
  enteredInError,
  givenOut,
  recordCorrected,
  storyBegun,
  storyDescribed,
  textApproved,
  textChanged,
  textSentBack,
} from './entries.ts'
import { mayShowPhotograph, type Story, whyNotReady } from './project.ts'
import { type Answer, Asked, Check, latestExpiry, longestConsent, type Use } from './words.ts'

// ---------------------------------------------------------------- the text

/** What would be printed. `photo`: which photograph, and what it shows; left empty where there is none. */
export type StoryText = {
  readonly language: ProgrammeLanguage | undefined
  readonly changedName: string
  readonly text: string
  readonly photo: string
}

export type BeginStory = StoryText &
  NewStream & {
    readonly who: string
    readonly contact: string
    readonly notes: string
  }

/**
 * Refused: `story.no-who` (nobody could ask her, and she could take nothing back), and as `written` does.
 */
export function beginStory(command: BeginStory, moment: Moment): Decision<Draft[]> {
  const { stream, person, caseKey, personKey, organisation, team, country, who, contact, notes } = command
  if (!who.trim()) return refuse('story.no-who')
  const text = written(command, who)
  if (!text.ok) return text
  const { language, ...sealed } = text.value
  const coded = { person, organisation, team, country, caseKey, personKey, language }
  const opened = {
    ...sealed,
    who: who.trim(),
    contact: contact.trim() || undefined,
    notes: notes.trim() || undefined,
    at: moment.at,
  }
  return accept([draft(storyBegun, stream, thisQuarter(moment), coded, opened)])
}

/**
 * Another version, whole; it must be read a second time before anything is done with it.
 * @param stands what is opened of the version that stands, and who she is; texts that cannot be opened are empty
 * Refused: `story.in-error`, `story.erased`, `story.nothing-changed`, and as `written` does.
 */
export function changeText(
  stream: StreamId,
  story: Story,
  command: StoryText,
  stands: StoryText & { readonly who: string },
  moment: Moment,
): Decision<Draft[]> {
  const closed = whyClosed(story)
  if (closed) return refuse(closed)
  const text = written(command, stands.who)
  if (!text.ok) return text
  const { language, ...sealed } = text.value
  const isSame =
    story.version !== undefined &&
    language === stands.language &&
    sealed.text === stands.text &&
    sealed.changedName === stands.changedName &&
    sealed.photo === stands.photo
  if (isSame) return refuse('story.nothing-changed')
  return accept([draft(textChanged, stream, thisQuarter(moment), { language }, { ...sealed, textAt: moment.at })])
}

/** Only what is said anew; none of it is printed. */
export type DescribeStory = { readonly who?: string; readonly contact?: string; readonly notes?: string }

/** Refused: `story.erased`, `story.nothing-changed`, `story.no-who`. */
export function describeStory(
  stream: StreamId,
  story: Story,
  { who, contact, notes }: DescribeStory,
  moment: Moment,
): Decision<Draft[]> {
  if (story.erased) return refuse('story.erased')
  if (who === undefined && contact === undefined && notes === undefined) return refuse('story.nothing-changed')
  if (who !== undefined && !who.trim()) return refuse('story.no-who')
  const opened = { who: who?.trim(), contact: contact?.trim(), notes: notes?.trim(), describedAt: moment.at }
  return accept([draft(storyDescribed, stream, thisQuarter(moment), {}, opened)])
}

/**
 * Refused: `story.no-changed-name`, `story.no-text`, `story.no-language`, `story.name-not-changed`, `story.text-names-her`
 * (her name, or a word of three letters or more that is part of it, stands in the text or under the photograph).
 */
function written(
  { language, changedName, text, photo }: StoryText,
  who: string,
): Decision<{ language: ProgrammeLanguage; changedName: string; text: string; photo: string }> {
  const said = { changedName: changedName.trim(), text: text.trim(), photo: photo.trim() }
  if (!said.changedName) return refuse('story.no-changed-name')
  if (!said.text) return refuse('story.no-text')
  if (!language) return refuse('story.no-language')
  if (isNamedIn(said.changedName, who)) return refuse('story.name-not-changed')
  if (isNamedIn(said.text, who) || isNamedIn(said.photo, who)) return refuse('story.text-names-her')
  return accept({ language, ...said })
}

/**
 * Whole words, but for scripts that write none apart: there the name as it is written. What stands in brackets beside her
 * name is a remark and no part of it.
 */
function isNamedIn(text: string, who: string): boolean {
  const plain = (each: string): string => each.normalize('NFKC').toLowerCase().trim()
  const [within, name] = [plain(text), plain(who.replace(/\([^)]*\)/g, ' '))]
  if (!within || !name) return false
  const words = wordsOf(within)
  const parts = wordsOf(name).filter((part) => [...part].length >= 3)
  const hasSpaces = /^[\p{Script=Latin}\p{M}\p{P}\p{N}\s]+$/u.test(name)
  return parts.some((part) => words.includes(part)) || (!hasSpaces && within.includes(name)) || within === name
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean)

// ---------------------------------------------------------------- the second reading

/** `version`: the entry that wrote what she has read, as it stood on her screen. */
export type ReadText = { readonly reader: MemberId; readonly version: EntryId | undefined }

/** Refused: as `readable` does; `story.not-all-checked`. */
export function approveText(
  stream: StreamId,
  story: Story,
  { checked, ...read }: ReadText & { readonly checked: readonly Check[] },
  moment: Moment,
): Decision<Draft[]> {
  const record = readable(story, read)
  if (!record.ok) return record
  if (!Check.options.every((each) => checked.includes(each))) return refuse('story.not-all-checked')
  const coded = { record: record.value, reading: 'approved', checked: Check.options }
  return accept([draft(textApproved, stream, thisQuarter(moment), coded, { approvedAt: moment.at })])
}

/** Refused: as `readable` does; `story.nothing-to-remove`. */
export function sendBack(
  stream: StreamId,
  story: Story,
  { remove, ...read }: ReadText & { readonly remove: string },
  moment: Moment,
): Decision<Draft[]> {
  const record = readable(story, read)
  if (!record.ok) return record
  if (!remove.trim()) return refuse('story.nothing-to-remove')
  const coded = { record: record.value, reading: 'sent-back' }
  const opened = { remove: remove.trim(), sentBackAt: moment.at }
  return accept([draft(textSentBack, stream, thisQuarter(moment), coded, opened)])
}

/** Refused: `story.in-error`, `story.erased`, `story.two-texts`, `story.changed-meanwhile`, `story.own-text`. */
function readable(story: Story, { reader, version }: ReadText): Decision<EntryId> {
  const closed = whyClosed(story)
  if (closed) return refuse(closed)
  if (!story.version) return refuse('story.two-texts')
  if (story.version.entry !== version) return refuse('story.changed-meanwhile')
  if (story.version.author === reader) return refuse('story.own-text')
  return accept(version)
}

// ---------------------------------------------------------------- consent

export type AnswerConsent = {
  readonly answers: Readonly<Partial<Record<Asked, 'given' | 'refused'>>>
  /** The quarter with which all that is given here ends. */
  readonly until: CivilDate | undefined
  /** That copies which are out cannot be called back. */
  readonly warningRead: boolean
  readonly askerControlsNoAid: boolean
}

/**
 * Refused: `story.in-error`, `story.erased`, `story.asker-gives-aid`, `story.warning-not-read`, `story.nothing-answered`,
 * and where something is given `story.no-expiry`, `story.expiry-past`, `story.expiry-too-far`.
 */
export function answerConsent(
  stream: StreamId,
  story: Story,
  { answers, until, warningRead, askerControlsNoAid }: AnswerConsent,
  moment: Moment,
): Decision<Draft[]> {
  const closed = whyClosed(story)
  if (closed) return refuse(closed)
  if (!askerControlsNoAid) return refuse('story.asker-gives-aid')
  if (!warningRead) return refuse('story.warning-not-read')
  const said = Asked.options.flatMap((asked) => (answers[asked] ? [[asked, answers[asked]] as const] : []))
  if (said.length === 0) return refuse('story.nothing-answered')
  if (said.every(([, answer]) => answer === 'refused')) {
    const refused = said.map(([asked]) => [asked, { answer: 'refused' }] as const)
    return accept([answered(stream, refused, moment)])
  }
  if (!until || precisionOf(until) !== 'quarter') return refuse('story.no-expiry')
  if (until < thisQuarter(moment)) return refuse('story.expiry-past')
  if (until > latestExpiry(moment.today)) return refuse('story.expiry-too-far', { quarters: longestConsent })
  const all = said.map(([asked, answer]) => [asked, answer === 'given' ? { answer, until } : { answer }] as const)
  return accept([answered(stream, all, moment)])
}

/**
 * She takes it back, for one use or for all there are, also those she was never asked about: what another device writes down
 * meanwhile does not stand against it. Never refused.
 */
export function withdrawConsent(stream: StreamId, what: Asked | 'all', moment: Moment): Decision<Draft[]> {
  const uses = what === 'all' ? Asked.options : [what]
  const coded = Object.fromEntries(uses.map((use) => [use, { answer: 'withdrawn' }]))
  return accept([draft(consentWithdrawn, stream, thisQuarter(moment), coded, { withdrawnAt: moment.at })])
}

function answered(stream: StreamId, answers: readonly (readonly [Asked, Answer])[], moment: Moment): Draft {
  const coded = { ...Object.fromEntries(answers), warningRead: true, askerControlsNoAid: true }
  return draft(consentAnswered, stream, thisQuarter(moment), coded, { consentAt: moment.at })
}

// ---------------------------------------------------------------- copies that are out

export type GiveOut = {
  readonly use: Use | undefined
  readonly quarter: CivilDate | undefined
  readonly toWhom: string
  readonly withPhotograph: boolean
}

/**
 * Refused: `story.no-use`; by the name of what it lacks where it is not ready for that use today (`notReady`);
 * `story.photograph-without-consent`, `story.no-receiver`, `story.no-quarter`, `story.not-yet`.
 */
export function giveOut(
  stream: StreamId,
  story: Story,
  { use, quarter, toWhom, withPhotograph }: GiveOut,
  moment: Moment,
): Decision<Draft[]> {
  if (!use) return refuse('story.no-use')
  const why = whyNotReady(story, use, moment.today)
  if (why) return refuse(notReady[why])
  if (withPhotograph && !mayShowPhotograph(story, use, moment.today)) return refuse('story.photograph-without-consent')
  if (!toWhom.trim()) return refuse('story.no-receiver')
  const when = quarterIn(quarter, moment)
  if (!when.ok) return when
  const opened = {
    use,
    quarter: when.value,
    toWhom: toWhom.trim(),
    withPhotograph: withPhotograph ? 'yes' : undefined,
    at: moment.at,
  }
  return accept([draft(givenOut, stream, thisQuarter(moment), {}, opened)])
}

/** The refusal of a story that is not ready. */
export const notReady = {
  erased: 'story.erased',
  'in-error': 'story.in-error',
  'not-asked': 'story.use-not-asked',
  refused: 'story.use-refused',
  withdrawn: 'story.use-withdrawn',
  expired: 'story.use-expired',
  'not-approved': 'story.not-approved',
} as const satisfies Record<NonNullable<ReturnType<typeof whyNotReady>>, string>

/** Only what was wrong. */
export type CorrectGivenOut = { readonly use?: Use; readonly quarter?: CivilDate; readonly toWhom?: string }

/**
 * A copy that is out is out, whatever stands today: only what was said of it is corrected.
 * Refused: `story.no-such-record`, `story.nothing-changed`, `story.no-receiver`, `story.no-quarter`, `story.not-yet`.
 */
export function correctGivenOut(
  stream: StreamId,
  story: Story,
  record: EntryId,
  { use, quarter, toWhom }: CorrectGivenOut,
  moment: Moment,
): Decision<Draft[]> {
  if (!story.givenOut.some((each) => each.record === record)) return refuse('story.no-such-record')
  if (use === undefined && quarter === undefined && toWhom === undefined) return refuse('story.nothing-changed')
  if (toWhom !== undefined && !toWhom.trim()) return refuse('story.no-receiver')
  const when = quarter === undefined ? accept(undefined) : quarterIn(quarter, moment)
  if (!when.ok) return when
  const opened = { use, quarter: when.value, toWhom: toWhom?.trim(), correctedAt: moment.at }
  return accept([draft(recordCorrected, stream, thisQuarter(moment), { record }, opened)])
}

/** Marks a copy, or (`story.opening`) the whole story, as never having been; or takes that back. Refused: `story.no-such-record`. */
export function markInError(
  stream: StreamId,
  story: Story,
  record: EntryId,
  isInError: boolean,
  moment: Moment,
): Decision<Draft[]> {
  if (record !== story.opening && !story.givenOut.some((each) => each.record === record))
    return refuse('story.no-such-record')
  const coded = { record, enteredInError: isInError }
  return accept([draft(enteredInError, stream, thisQuarter(moment), coded, { markedAt: moment.at })])
}

// ----------------------------------------------------------------

const whyClosed = (story: Story): 'story.erased' | 'story.in-error' | undefined =>
  story.erased ? 'story.erased' : story.enteredInError ? 'story.in-error' : undefined

const quarterIn = (quarter: CivilDate | undefined, moment: Moment): Decision<CivilDate> =>
  quarterSaid(quarter, moment, { none: refuse('story.no-quarter'), ahead: refuse('story.not-yet') })
