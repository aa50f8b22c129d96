import type { Draft } from '@lentera/core/log/draft'
import type { Entry } from '@lentera/core/log/entry'
import type { StreamState } from '@lentera/core/log/fold'
import type { StreamNoun } from '@lentera/core/log/kind'
import type { NewStream } from '@lentera/core/log/sealed-kinds'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { EntryId, MemberId, StreamId, TeamId } from '@lentera/core/shared/ids'
import type { Me } from '@lentera/core/shared/me'
import type { Country } from '@lentera/core/shared/places'
import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import type { Moment, OpenCase } from '@lentera/core/support/capture'
import type { OpenCriminalCase } from '@lentera/core/support/justice/capture'
import type { CriminalCase } from '@lentera/core/support/justice/project'
import type { RegisterParticipant } from '@lentera/core/support/livelihoods/capture'
import type { Participant } from '@lentera/core/support/livelihoods/project'
import type { CaseFile } from '@lentera/core/support/project'
import type { BeginStory } from '@lentera/core/support/story/capture'
import type { Story } from '@lentera/core/support/story/project'
import type { KeepPlan, KeepRoster } from '@lentera/core/workforce/cover/capture'
import type { Kept, PlanOpened, RosterOpened } from '@lentera/core/workforce/cover/project'
import type { OfficerAt, RegisterOfficer } from '@lentera/core/workforce/officer/capture'
import type { PostAt, RegisterPost } from '@lentera/core/workforce/post/capture'
import type { WriteRemark } from '@lentera/core/workforce/research/capture'

/**
 * What the screens know of the device: one immutable snapshot, and the few things they may ask for. Keys, ciphertext and
 * the network stay behind it. Made by `device/open-desk.ts`; screens get it by `useDesk()` and `useSnapshot()`.
 */
export type Desk = {
  readonly snapshot: () => Snapshot
  readonly subscribe: (listener: () => void) => () => void

  /** First time on this device, online: makes the device's key and store. Later: the same as `unlock`. */
  readonly signIn: (login: string, passphrase: string) => Promise<Decision<void>>
  /** Offline too. Refused: `desk.passphrase-wrong`. */
  readonly unlock: (passphrase: string) => Promise<Decision<void>>
  /** Forgets every key and everything opened; nothing unwrapped survives. */
  readonly lock: () => void
  /** Deletes this member's store. Refused while entries are unsent (`desk.unsent-would-be-lost`), unless told to lose them. */
  readonly wipe: (options: { readonly losingUnsent: boolean }) => Promise<Decision<void>>
  /**
   * Leaves with no cases: this device forgets them, their keys first, and locks; until `bringBack` it fetches and takes none.
   * Refused while entries of them are unsent (`desk.unsent-would-be-lost`), unless told to lose them.
   */
  readonly travel: (options: { readonly losingUnsent: boolean }) => Promise<Decision<void>>
  /** Ends that: every case is fetched anew and checked. Needs the network (`desk.offline`). */
  readonly bringBack: () => Promise<Decision<void>>
  /** Sends what was written before the asking, and fetches; also runs by itself. Never throws: offline is a state. */
  readonly exchange: () => Promise<void>

  /** Now, in the programme's zone: what commands of `core/support/capture` ask for. */
  readonly moment: () => Moment
  /**
   * Makes, seals, signs and durably stores an entry of each draft; the snapshot has moved when it returns.
   *
   * @param seen what whoever decided them had before her eyes: what was written meanwhile they stand beside, and do not replace
   */
  readonly write: (drafts: readonly Draft[], seen?: Seen) => Promise<Decision<void>>
  /** What is on the screen of this tab now. */
  readonly seen: () => Seen
  /** An officer as she stood when she was looked at; undefined where that is not here any more. */
  readonly officerSeen: (officer: StreamId, seen: Seen) => Promise<OfficerSeen | undefined>
  /** Opens a case: its keys made and granted to the team and to recovery. */
  readonly openCase: (command: NewCase) => Promise<Decision<StreamId>>
  /** Registers a participant, with keys of her own as a case has. */
  readonly registerParticipant: (command: NewParticipant) => Promise<Decision<StreamId>>
  /** Opens a criminal case, with keys of its own: nothing but what is sealed in it says whose case it is. */
  readonly openCriminalCase: (command: NewCriminalCase) => Promise<Decision<StreamId>>
  /** Begins a story, with keys of its own: nothing in it leads to a case. */
  readonly beginStory: (command: NewStory) => Promise<Decision<StreamId>>
  /** Writes down a crossing post, with a key of its own for the team. */
  readonly registerPost: (command: NewPost) => Promise<Decision<StreamId>>
  /** Writes down an officer, with a key of her own: one of them can be erased alone. */
  readonly registerOfficer: (command: NewOfficer) => Promise<Decision<StreamId>>
  /** Keeps a plan for cover, or a roster of one post, with a key of its own for the team. */
  readonly keepPlan: (command: NewCoverPlan) => Promise<Decision<StreamId>>
  readonly keepRoster: (command: NewRoster) => Promise<Decision<StreamId>>
  /**
   * Writes down many posts and officers, some dozens in each durable write; told to stop, or cut off, what was written stays
   * written. Refused as the first that is not accepted; those written before it stay.
   *
   * @param watch told how many are written; answers whether to go on
   */
  readonly registerMany: (
    many: readonly NewOfMany[],
    watch: (done: number) => boolean,
  ) => Promise<Decision<{ readonly done: number }>>
  /** Words of an officer, in a stream of their own with keys of its own: nothing in it leads to her sheet. */
  readonly writeRemark: (remark: NewRemark) => Promise<Decision<StreamId>>
  /** This device goes from officer to officer: only the survey is shown, here and in no other tab, until it is locked. */
  readonly handOver: (survey: StreamId) => void
  /** Every entry of a case with its sealed fields opened, oldest first. */
  readonly history: (stream: StreamId) => Promise<readonly HistoryItem[]>
  /** Sets a refused entry aside: it stays on the device, and is shown no more as waiting. */
  readonly setAside: (entry: EntryId) => Promise<void>

  /**
   * What she is typing, sealed at rest, by the name of its form: one for all tabs of this device. The fields given are laid over those
   * that are kept, which another tab may have written; undefined forgets them all.
   */
  readonly keepForm: (name: string, fields: Readonly<Record<string, string>> | undefined) => Promise<Decision<void>>
  /** Undefined where nothing was kept. */
  readonly keptForm: (name: string) => Promise<Readonly<Record<string, string>> | undefined>
  /** Told whenever another tab has changed what is kept of a form. @returns the end of it */
  readonly hearForm: (name: string, listener: () => void) => () => void

  /** An authorised request to the server, for what only it knows (figures, evidence). Refused `desk.offline` without it. */
  readonly ask: <T>(path: string, body?: unknown, parse?: (answer: unknown) => T) => Promise<Decision<T>>
  /** The first organisation of an empty server: its root is made here, and lives until `found` or `giveUp`. */
  readonly prepareFounding: (plan: FoundingPlan) => Promise<Founding>
  /**
   * An administrator admits a member whose account she makes; the member types her own passphrase. Both this and taking a
   * member out ask for the administrator's (`present`): a desk left open must not be enough. Refused: `desk.passphrase-wrong`.
   */
  readonly admit: (admission: Admission) => Promise<Decision<Recovery>>
  /** An administrator ends a membership: what she has not sent is laid aside for a person, and her device forgets its cases. */
  readonly remove: (member: MemberId, present: string) => Promise<Decision<void>>

  /** Another passphrase for her account, on all her devices. Refused: `desk.passphrase-wrong`, `desk.passphrase-short`. */
  readonly changePassphrase: (present: string, next: string) => Promise<Decision<void>>
  /** A new recovery code. Refused: `desk.passphrase-wrong`. */
  readonly newRecoveryCode: (passphrase: string) => Promise<Decision<NewRecovery>>
  /** A new passphrase by the printed recovery code, where the old one is lost; signing in with it comes after. */
  readonly recover: (lost: {
    readonly login: string
    readonly code: string
    readonly passphrase: string
  }) => Promise<Decision<NewRecovery>>

  /** Sends a file's bytes under their hash (PUT). */
  readonly sendBytes: (path: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Decision<void>>
}

/** Of a stream the entries that a look at it ended with: what is decided from that look builds on them. Undefined of one not looked at. */
export type Seen = (stream: StreamId) => readonly EntryId[] | undefined

/** An officer as she stood at a look at her. */
export type OfficerSeen = Pick<OfficerAt, 'officer' | 'said'>

/** Four lines to print once, for the day a passphrase is lost. */
export type Recovery = { readonly recoveryCode: string }

/**
 * A code to print first. `confirm` then makes it hold in the place of the one before, which until then is good still: no
 * cut, lock or closed page leaves her without one. It may be asked again after `desk.offline`.
 */
export type NewRecovery = Recovery & { readonly confirm: () => Promise<Decision<void>> }

export type NewCase = Pick<
  OpenCase,
  'sex' | 'age' | 'form' | 'consentServices' | 'consentCounting' | 'limitsExplained' | 'opened'
>

export type NewParticipant = Pick<RegisterParticipant, 'sex' | 'age' | 'consentCounting' | 'name' | 'safeContact'>

export type NewCriminalCase = Pick<OpenCriminalCase, 'stage' | 'quarter' | 'note' | 'opened'>
export type NewStory = Pick<BeginStory, 'language' | 'changedName' | 'text' | 'photo' | 'who' | 'contact' | 'notes'>

export type NewPost = Pick<RegisterPost, 'said'>
export type NewOfficer = Pick<RegisterOfficer, 'post' | 'sex' | 'said'>
export type NewCoverPlan = Pick<KeepPlan, 'title' | 'drawn' | 'page'>
export type NewRoster = Pick<KeepRoster, 'post' | 'partner' | 'from' | 'duties' | 'alone' | 'byHand' | 'broken'>
/** A stream whose id its maker chose, so that others of the same batch can name it; decided once its keys are made. */
export type NewOfMany = { readonly stream: StreamId; readonly decide: (ids: NewStream) => Decision<readonly Draft[]> }

export type FoundingPlan = {
  readonly organisationName: string
  readonly programmeName: string
  readonly country: Country | null
  /** IANA name. */
  readonly zone: string
}

export type Founding = {
  /** Two, to print one after the other and keep apart; both together restore the root. */
  readonly sheets: readonly { readonly number: number; readonly code: string }[]
  /**
   * Whether a line (from 1) of a sheet's code, typed from the paper, is right: proof that it was printed. Ask for line 4 or
   * later: those before hold what both sheets share.
   */
  readonly proves: (sheet: number, line: number, typed: string) => boolean
  /**
   * Certifies the administrator, wipes the root, founds, and signs her in on this device. May be asked again after
   * `desk.offline`. `recoveryCode`: to print once, for the day her passphrase is lost.
   */
  readonly found: (account: {
    readonly setup: string
    readonly label: string
    readonly login: string
    readonly passphrase: string
  }) => Promise<Decision<Recovery>>
  /** Wipes the root; nothing has been founded. */
  readonly giveUp: () => void
}

export type Admission = {
  /** The administrator's own passphrase. */
  readonly present: string
  /** What colleagues call the post: never a name. */
  readonly label: string
  readonly roles: readonly Role[]
  /** A team that is there, or the name of a new one. */
  readonly team: { readonly team: TeamId } | { readonly name: string } | null
  readonly login: string
  readonly passphrase: string
}

export type Team = { readonly team: TeamId; readonly name: string }

export type Snapshot = {
  /** `first-run`: nothing is founded on this server yet. `signed-out`: nobody's store on this device is chosen. */
  readonly phase: 'starting' | 'first-run' | 'signed-out' | 'locked' | 'open'
  readonly demonstration: boolean
  /** One-click people of the demonstration. */
  readonly cast: readonly CastMember[]
  readonly me: Me | undefined
  readonly today: CivilDate | undefined
  readonly online: boolean
  readonly exchanging: boolean
  readonly lastExchange: number | undefined
  /** Everything that was there for her at some exchange is on this device. False on a fresh one until its first exchange has ended: what it shows is a part. */
  readonly hasAll: boolean
  /** What this device keeps has been read and opened; for a moment after the unlocking only lists are. */
  readonly loaded: boolean
  /** Entries that wait to be sent; what officers answered is not among them. */
  readonly unsent: number
  /**
   * Officers are asked with this device, so their answers may wait on it: the same whether one does or none, from the moment a survey
   * is open until that it was closed, and all before it, has been sent.
   */
  readonly answersMayWait: boolean
  readonly refused: readonly RefusedEntry[]
  /** What this device holds does not add up to what the server says it should: a fresh pull has been asked for. */
  readonly incomplete: boolean
  /** States are here, their entries are still being fetched and verified behind them: done of total. */
  readonly verifying: { readonly done: number; readonly total: number } | undefined
  readonly caseload: readonly OpenedCase[]
  /** The women at risk in her team's courses: never cases. */
  readonly participants: readonly OpenedParticipant[]
  /** The criminal cases her team follows. */
  readonly criminalCases: readonly OpenedCriminalCase[]
  /** Survivors' stories that her team keeps: apart from every case. */
  readonly stories: readonly OpenedStory[]
  /** The crossing posts and officers of her agency, where she is of the team they are sealed to. */
  readonly posts: readonly OpenedPost[]
  readonly officers: readonly OpenedOfficer[]
  /** What officers wrote in words of their own, in no order. */
  readonly remarks: readonly OpenedRemark[]
  /** The survey this device is handed round for: nothing else of the desk is shown until it was locked and opened again. */
  readonly handedOver: StreamId | undefined
  /** The plans for cover and the rosters that her agency keeps, likewise. */
  readonly coverPlans: readonly OpenedCoverPlan[]
  readonly rosters: readonly OpenedRoster[]
  /** What her organisation does, each stream folded: sessions held, people reached, women counted where they serve. */
  readonly streams: readonly OrganisationStream[]
  /** No case is on this device, and none is fetched, until she brings them back. */
  readonly travelling: boolean
  readonly members: readonly Colleague[]
  readonly teams: readonly Team[]
  /** Why the last exchange stopped, where it was not only the network. */
  readonly stopped: Refusal | undefined
}

export type CastMember = {
  readonly login: string
  readonly passphrase: string
  readonly label: string
  readonly programmeName: string
  readonly roles: readonly Role[]
}

export type Colleague = {
  readonly member: MemberId
  readonly label: string
  readonly team: TeamId | null
  readonly roles: readonly Role[]
  readonly removed: boolean
  /** Somebody who may certify gave her other keys as well: they are not believed, and it is said. */
  readonly disputed: boolean
}

export type RefusedEntry = {
  readonly entry: EntryId
  readonly stream: StreamId
  readonly kind: string
  readonly refusal: Refusal
  readonly quarantined: boolean
}

/** A stream whose rows everyone of the organisation may read: a room projects it. */
export type OrganisationStream = {
  readonly stream: StreamId
  readonly noun: StreamNoun
  readonly state: StreamState
  /** True where an entry of it waits to be sent. */
  readonly unsent: boolean
}

/** One value of a sealed field, opened; `value` is undefined where this device has no key for it. */
export type OpenedHead = { readonly entry: EntryId; readonly author: MemberId; readonly value: string | undefined }

/** Sealed fields opened: the stream's own, and those of its records. More than one head is a conflict. */
export type OpenedRecords = {
  readonly fields: Readonly<Record<string, readonly OpenedHead[]>>
  readonly records: Readonly<Record<EntryId, Readonly<Record<string, readonly OpenedHead[]>>>>
}

/** A participant as her officer sees her: coded frame, and the sealed fields opened into it. */
export type OpenedParticipant = OpenedRecords & {
  readonly stream: StreamId
  /** `KH-L-4R7K`: made of the stream's id, the same on every device. */
  readonly code: string
  readonly participant: Participant
  /** True where an entry of it waits to be sent. */
  readonly unsent: boolean
  /** Her code, name and contact, folded for search; held in memory only. */
  readonly search: string
}

/** A criminal case as its team sees it: coded frame, and the sealed fields opened into it. */
export type OpenedCriminalCase = OpenedRecords & {
  readonly stream: StreamId
  /** `MM-J-4R7K`: made of the stream's id, the same on every device. */
  readonly code: string
  readonly criminalCase: CriminalCase
  /** The survivors' cases it is linked to: sealed, and in clear nowhere but here. */
  readonly survivors: readonly StreamId[]
  /** True where an entry of it waits to be sent. */
  readonly unsent: boolean
  /** Its code, name and court, folded for search; held in memory only. */
  readonly search: string
}

/** A story as its team sees it: coded frame, and the texts opened into it. */
export type OpenedStory = OpenedRecords & {
  readonly stream: StreamId
  /** `KH-S-4R7K`: made of the stream's id, the same on every device. */
  readonly code: string
  readonly story: Story
  /** True where an entry of it waits to be sent. */
  readonly unsent: boolean
  /** Its code, the changed name and who she is, folded for search; held in memory only. */
  readonly search: string
}

/** A crossing post as its agency sees it: `said` is what is agreed on. */
export type OpenedPost = OpenedRecords &
  PostAt & {
    /** The last entries that it was opened from. */
    readonly heads: readonly EntryId[]
    /** `KH-P-4R7K`: made of the stream's id, the same on every device. The agency's own code is in `said`. */
    readonly code: string
    /** True where an entry of it waits to be sent. */
    readonly unsent: boolean
    /** Its codes and name, folded for search; held in memory only. */
    readonly search: string
  }

/** An officer as her agency sees her. */
export type OpenedOfficer = OpenedRecords &
  OfficerAt & {
    /** The last entries that it was opened from. */
    readonly heads: readonly EntryId[]
    /** `KH-O-4R7K`: made of the stream's id, the same on every device. */
    readonly code: string
    /** True where an entry of it waits to be sent. */
    readonly unsent: boolean
    /** Her code, number, name, rank and home, folded for search; held in memory only. */
    readonly search: string
  }
export type NewRemark = Pick<WriteRemark, 'survey' | 'question' | 'text'>

/** Words that an officer wrote: whose they are is nowhere. */
export type OpenedRemark = {
  readonly stream: StreamId
  readonly survey: StreamId
  readonly question: string
  readonly text: string
}

type OpenedKept<Said> = OpenedRecords & {
  readonly stream: StreamId
  readonly kept: Kept
  readonly said: Said
  /** `KH-C-4R7K`, a roster's `KH-R-4R7K`: made of the stream's id, the same on every device. */
  readonly code: string
  /** True where an entry of it waits to be sent. */
  readonly unsent: boolean
}
export type OpenedCoverPlan = OpenedKept<PlanOpened>
export type OpenedRoster = OpenedKept<RosterOpened>

/** A case as its worker sees it: coded frame, and the sealed fields opened into it. */
export type OpenedCase = OpenedRecords & {
  readonly stream: StreamId
  /** `KH-4R7`: made of the stream's id, the same on every device. */
  readonly code: string
  readonly file: CaseFile
  /** True where an entry of it waits to be sent. */
  readonly unsent: boolean
  /** Everything in it that can be searched, folded for search; held in memory only. */
  readonly search: string
}

/** Neither closed nor entered in error. */
export const isOpen = ({ file }: OpenedCase): boolean => file.status !== 'closed' && !file.enteredInError

export type HistoryItem = {
  readonly entry: Entry
  readonly author: string
  /** The sealed moment (ISO 8601, UTC) if it could be opened. */
  readonly at: string | undefined
  readonly opened: Readonly<Record<string, string | undefined>>
  readonly state: 'sent' | 'unsent' | 'refused' | 'quarantined'
}
