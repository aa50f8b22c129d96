import { type StreamState, streamRecord } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, openingOf, setOnce } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { type EntryId, OrganisationId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { readSealed, type Sayings } from '../sealed-texts.ts'
import { type Facility, neededToPost, type PostField, type PostSaid, textsOfPost } from './words.ts'

/** A post as its coded fields tell it: all that the server can know. */
export type Post = {
  /** The entry that registered it: the name by which it can be marked as entered in error. */
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly country: Country
  /** The quarter in which it was written down. */
  readonly on: CivilDate
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

/** Undefined while the entry that registers it has not arrived. */
export function projectPost(state: StreamState): Post | undefined {
  const root = state.records[streamRecord]
  const opening = openingOf(state)
  if (!root?.on || !opening) return undefined
  const organisation = OrganisationId.safeParse(setOnce(root, 'organisation')).data
  const country = Country.safeParse(setOnce(root, 'country')).data
  if (!organisation || !country) return undefined
  return {
    opening,
    organisation,
    country,
    on: root.on,
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}

/** What is agreed on of a post, on a device of its team; `disputed` are the fields on which two answers stand. */
export type PostOpened = Partial<PostSaid> & {
  readonly disputed: readonly PostField[]
  readonly sayings?: Sayings<PostField>
}

/** @param fields the sealed fields of the stream, as they were opened */
export const postSaid = (
  fields: Readonly<Record<string, readonly { readonly value: string | undefined }[]>>,
): PostOpened => readSealed<PostSaid, PostField>(textsOfPost, fields)

/** Whether the post is kept on a day. One without a first day is kept since before it was written down. */
export const isKeptOn = ({ from, until }: Pick<PostOpened, 'from' | 'until'>, day: CivilDate): boolean =>
  (from === undefined || from <= day) && (until === undefined || day <= until)

/** What must be mended before anybody may be posted there; empty where she may be. */
export const missingToPost = (said: PostOpened): readonly Facility[] =>
  neededToPost.filter((facility) => said[facility] !== 'yes')
