import { type Erasure, erasureOf } from '../../log/erasure.ts'
import { agreedValue, type Head, type RecordState, type StreamState } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, recordsOfKind } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { EntryId, MemberId, PersonKey } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import type { Country } from '../../shared/places.ts'
import { thisQuarter } from '../../shared/quarters.ts'
import { openingOf } from '../recorded.ts'
import { givenOut } from './entries.ts'
import { Answer, Asked, latestExpiry, photograph, type Use } from './words.ts'

/** Her answer as it stands, and the quarter it was given in. */
export type Consent = Answer & { readonly on: CivilDate }

/** The version of the text that stands: the entry that wrote it, and who reads it a second time is another than `author`. */
export type Version = { readonly entry: EntryId; readonly author: MemberId; readonly on: CivilDate }

export type Reading = {
  readonly reading: 'unread' | 'approved' | 'sent-back'
  readonly by: MemberId | undefined
  readonly on: CivilDate | undefined
}

export type GivenOut = {
  readonly record: EntryId
  readonly on: CivilDate | null
  readonly enteredInError: boolean
}

/** A story as its coded fields tell it: what the server can know. Its texts a device opens beside it. */
export type Story = {
  /** The entry that began it: the name by which all of it can be marked as entered in error. */
  readonly opening: EntryId
  readonly person: PersonKey
  readonly country: Country
  readonly begunOn: CivilDate
  /** Undefined where two answers stand beside each other. */
  readonly language: ProgrammeLanguage | undefined
  readonly enteredInError: boolean
  /** Its keys are destroyed: the texts open nowhere more. */
  readonly erased: Erasure | undefined
  /** Undefined where two texts stand beside each other: neither is the one that was read. */
  readonly version: Version | undefined
  readonly reading: Reading
  /** By use; one that is not here has never been asked. */
  readonly consents: Readonly<Partial<Record<Asked, Consent>>>
  readonly givenOut: readonly GivenOut[]
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a story; undefined while the entry that begins it has not arrived. */
export function projectStory(state: StreamState): Story | undefined {
  const opened = openingOf(state)
  if (!opened) return undefined
  const { root, opening, person, country, on, enteredInError } = opened
  const version = versionOf(root)
  return {
    opening,
    person,
    country,
    begunOn: on,
    language: ProgrammeLanguage.safeParse(agreedValue(root, 'language')).data,
    enteredInError,
    erased: erasureOf(state),
    version,
    reading: readingOf(version, state.records[version?.entry ?? '']),
    consents: consentsOf(root),
    givenOut: recordsOfKind(state, givenOut.kind).map(({ record, state: said }) => ({
      record,
      on: said.on,
      enteredInError: isEnteredInError(said),
    })),
    conflicts: conflictsOf(state),
  }
}

export type Standing = 'not-asked' | 'given' | 'expired' | 'refused' | 'withdrawn'

/** How her answer for a use stands today: what she agreed to holds to the end of its last quarter. */
export function standingOf({ consents }: Story, asked: Asked, today: CivilDate): Standing {
  const consent = consents[asked]
  if (!consent) return 'not-asked'
  if (consent.answer !== 'given') return consent.answer
  return consent.until < thisQuarter({ today }) ? 'expired' : 'given'
}

/** Why a story must not be used so today, the gravest reason first; undefined where it may. */
export function whyNotReady(story: Story, use: Use, today: CivilDate): NotReady | undefined {
  if (story.erased) return 'erased'
  if (story.enteredInError) return 'in-error'
  const standing = standingOf(story, use, today)
  if (standing !== 'given') return standing
  return story.reading.reading === 'approved' ? undefined : 'not-approved'
}

export type NotReady = 'erased' | 'in-error' | Exclude<Standing, 'given'> | 'not-approved'

/** A photograph stands only beside a text that may be used, and only while her consent to it stands as well. */
export const mayShowPhotograph = (story: Story, use: Use, today: CivilDate): boolean =>
  whyNotReady(story, use, today) === undefined && standingOf(story, photograph, today) === 'given'

// ---------------------------------------------------------------- the text and its second reading

/** All of one entry: a text beside another's changed name is nobody's version. */
function versionOf({ fields }: RecordState): Version | undefined {
  const [text, ...others] = fields.text ?? []
  if (!text || others.length > 0) return undefined
  const isWhole = ['changedName', 'photo'].every((field) =>
    (fields[field] ?? []).every(({ entry }) => entry === text.entry),
  )
  return isWhole && fields.changedName ? { entry: text.entry, author: text.author, on: text.on } : undefined
}

/** What its own writer says of it is no second reading. Where two readers differ, sent back holds. */
function readingOf(version: Version | undefined, record: RecordState | undefined): Reading {
  const others = (record?.fields.reading ?? []).filter(({ author }) => version && author !== version.author)
  const said = (reading: 'approved' | 'sent-back'): Head | undefined =>
    others.find((head) => 'value' in head && head.value === reading)
  for (const reading of ['sent-back', 'approved'] as const) {
    const head = said(reading)
    if (head) return { reading, by: head.author, on: head.on }
  }
  return { reading: 'unread', by: undefined, on: undefined }
}

// ---------------------------------------------------------------- consent

function consentsOf({ fields }: RecordState): Partial<Record<Asked, Consent>> {
  const consents: Partial<Record<Asked, Consent>> = {}
  for (const asked of Asked.options) {
    const heads = fields[asked] ?? []
    const said = heads.map((head): Consent => {
      const answer = 'value' in head ? Answer.safeParse(head.value).data : undefined
      // What a later version says and this one does not understand is not taken for a yes.
      if (!answer) return { answer: 'refused', on: head.on }
      if (answer.answer !== 'given') return { ...answer, on: head.on }
      const latest = latestExpiry(head.on)
      return { answer: 'given', until: answer.until < latest ? answer.until : latest, on: head.on }
    })
    const [first] = said.sort(byProtection)
    if (first) consents[asked] = first
  }
  return consents
}

/** Where two devices differ, what protects her holds: withdrawn, then refused, then what ends sooner. */
const byProtection = (a: Consent, b: Consent): number =>
  order[a.answer] - order[b.answer] || compare(untilOf(a), untilOf(b)) || compare(b.on, a.on)

const order = { withdrawn: 0, refused: 1, given: 2 } as const satisfies Record<Answer['answer'], number>
const untilOf = (consent: Consent): string => (consent.answer === 'given' ? consent.until : '')
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
