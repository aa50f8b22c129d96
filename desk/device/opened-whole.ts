import type { StreamNoun } from '@lentera/core/log/kind'
import type { StreamId } from '@lentera/core/shared/ids'
import type { StreamToOpen } from './caseload.ts'
import { openCriminalCaseOf } from './criminal-cases.ts'
import type {
  OpenedCoverPlan,
  OpenedCriminalCase,
  OpenedOfficer,
  OpenedParticipant,
  OpenedPost,
  OpenedRemark,
  OpenedRoster,
  OpenedStory,
} from './desk.ts'
import { openParticipantOf } from './participants.ts'
import { openCoverPlanOf, openOfficerOf, openPostOf, openRosterOf } from './register.ts'
import { openRemarkOf } from './remarks.ts'
import { openStoryOf } from './story.ts'

/** What is sealed under a key of its own and small: opened whole, and no list of it is kept. */
type Opened = {
  readonly participants: OpenedParticipant
  readonly criminalCases: OpenedCriminalCase
  readonly stories: OpenedStory
  readonly posts: OpenedPost
  readonly officers: OpenedOfficer
  readonly remarks: OpenedRemark
  readonly coverPlans: OpenedCoverPlan
  readonly rosters: OpenedRoster
}
type Nouns = keyof Opened

type Opener<T> = {
  readonly noun: StreamNoun
  readonly open: (of: StreamToOpen, unsent: boolean) => Promise<T | undefined>
}

const openers: { readonly [Of in Nouns]: Opener<Opened[Of]> } = {
  participants: { noun: 'participant', open: openParticipantOf },
  criminalCases: { noun: 'criminal-case', open: openCriminalCaseOf },
  stories: { noun: 'story', open: openStoryOf },
  posts: { noun: 'post', open: openPostOf },
  officers: { noun: 'officer', open: openOfficerOf },
  remarks: { noun: 'survey-remark', open: openRemarkOf },
  coverPlans: { noun: 'cover-plan', open: openCoverPlanOf },
  rosters: { noun: 'roster', open: openRosterOf },
}
const nouns = Object.keys(openers) as readonly Nouns[] // of a table whose keys are these and no others

/** The streams of these nouns that this device has opened; a noun that is added to the table is opened, forgotten and wiped like the others. */
export class OpenedWhole {
  readonly all: { readonly [Of in Nouns]: Map<StreamId, Opened[Of]> } = {
    participants: new Map(),
    criminalCases: new Map(),
    stories: new Map(),
    posts: new Map(),
    officers: new Map(),
    remarks: new Map(),
    coverPlans: new Map(),
    rosters: new Map(),
  }

  /**
   * Opened anew, or no longer there.
   *
   * @param of undefined where nothing is kept of the stream any more
   * @param isClosed asked once it is open: nothing is remembered beyond the lock
   */
  async reopen(
    stream: StreamId,
    of: (StreamToOpen & { readonly noun: StreamNoun }) | undefined,
    unsent: boolean,
    isClosed: () => boolean,
  ): Promise<void> {
    const its = nouns.find((each) => openers[each].noun === of?.noun)
    const remember = its && of ? await this.#opened(its, stream, of, unsent) : undefined
    if (isClosed()) return
    this.forget(stream)
    remember?.()
  }

  forget(stream: StreamId): void {
    for (const each of nouns) this.all[each].delete(stream)
  }

  clear(): void {
    for (const each of nouns) this.all[each].clear()
  }

  async #opened<Of extends Nouns>(its: Of, stream: StreamId, of: StreamToOpen, unsent: boolean) {
    const opened = await openers[its].open(of, unsent)
    return opened && ((): unknown => this.all[its].set(stream, opened))
  }
}
