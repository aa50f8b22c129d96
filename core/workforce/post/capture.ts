import { type Draft, draft, isNothing } from '../../log/draft.ts'
import type { Moment, NewStream } from '../../log/sealed-kinds.ts'
import type { StreamId } from '../../shared/ids.ts'
import { thisQuarter } from '../../shared/quarters.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import { textOf } from '../sealed-texts.ts'
import { postDescribed, postInError, postRegistered } from './entries.ts'
import type { Post, PostOpened } from './project.ts'
import { isWrittenTwice, type PostField, type PostSaid, sealedOfPost, textsOfPost } from './words.ts'

/** What is said; a field left out stays unsaid, null takes back what stood there. */
export type SayPost = { readonly [Field in keyof PostSaid]?: PostSaid[Field] | null }

export type RegisterPost = NewStream & { readonly said: SayPost }

/**
 * Refused: `workforce.no-post-name`, `workforce.no-hours` (nobody could plan it), and as `wrongPost` says.
 *
 * @param posts those of the agency that are known here: two of one code would be taken for one at the next import
 */
export function registerPost(
  { stream, said, ...ids }: RegisterPost,
  posts: readonly PostAt[],
  moment: Moment,
): Decision<Draft[]> {
  const plain = trimmed(said)
  if (!plain.name) return refuse('workforce.no-post-name')
  if (!plain.opening) return refuse('workforce.no-hours')
  const wrong = wrongPost(stream, plain, posts)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([
    draft(postRegistered, stream, thisQuarter(moment), ids, { ...withoutEmpty(textsIn(plain)), at: moment.at }),
  ])
}

/**
 * Only what is said anew. Refused: `workforce.in-error`, `workforce.nothing-changed`, `workforce.no-post-name`, `workforce.no-hours`,
 * and as `wrongPost` says.
 */
export function describePost(
  stream: StreamId,
  { post, said }: { readonly post: Post; readonly said: PostOpened },
  change: SayPost,
  posts: readonly PostAt[],
  moment: Moment,
): Decision<Draft[]> {
  if (post.enteredInError) return refuse('workforce.in-error')
  const plain = changed(said, trimmed(change))
  if (isNothing(plain)) return refuse('workforce.nothing-changed')
  if (plain.name === null || plain.name === '') return refuse('workforce.no-post-name')
  if (plain.opening === null) return refuse('workforce.no-hours')
  const { disputed: _, sayings: __, ...before } = said
  const wrong = wrongPost(stream, { ...before, ...plain }, posts)
  if (wrong) return { ok: false, refusal: wrong }
  const opened = { ...textsIn(plain), describedAt: moment.at }
  return accept([draft(postDescribed, stream, thisQuarter(moment), {}, opened)])
}

/** Marks the post as never having been; or takes that back. */
export const markPostInError = (
  stream: StreamId,
  { opening }: Post,
  isInError: boolean,
  moment: Moment,
): Decision<Draft[]> =>
  accept([
    draft(
      postInError,
      stream,
      thisQuarter(moment),
      { record: opening, enteredInError: isInError },
      { markedAt: moment.at },
    ),
  ])

export type PostAt = { readonly stream: StreamId; readonly post: Post; readonly said: PostOpened }

/**
 * `workforce.post-code-taken` {code}, `workforce.shifts-overlap`, `workforce.closed-before-opened`, `workforce.neighbour-of-itself`,
 * `workforce.not-understood` {field}.
 */
function wrongPost(stream: StreamId, said: SayPost, posts: readonly PostAt[]): Refusal | undefined {
  const { code, opening, from, until, neighbours } = said
  const strange = sealedOfPost.find((field) => !isAllowed(field, said[field]))
  if (strange) return { code: 'workforce.not-understood', values: { field: strange } }
  const isTaken = posts.some((each) => each.stream !== stream && !each.post.enteredInError && each.said.code === code)
  if (code && isTaken) return { code: 'workforce.post-code-taken', values: { code } }
  if (opening?.hours === 'shifts' && isWrittenTwice(opening.shifts))
    return { code: 'workforce.shifts-overlap', values: {} }
  if (from && until && until < from) return { code: 'workforce.closed-before-opened', values: {} }
  const isItself = neighbours?.some(({ post }) => post === stream)
  return isItself ? { code: 'workforce.neighbour-of-itself', values: {} } : undefined
}

const isAllowed = (field: PostField, value: unknown): boolean =>
  value === undefined || value === null || textsOfPost[field].safeParse(value).success

const trimmed = (said: SayPost): SayPost => ({
  ...said,
  ...(typeof said.code === 'string' ? { code: said.code.trim() || null } : {}),
  ...(typeof said.name === 'string' ? { name: said.name.trim() } : {}),
})

/** Without what stands so already; where two answers stand, the same said again settles it. */
function changed(said: PostOpened, change: SayPost): SayPost {
  const same = (field: PostField): boolean =>
    !said.disputed.includes(field) && (textOf(change[field]) ?? '') === (textOf(said[field]) ?? '')
  const fields = sealedOfPost.filter((field) => change[field] !== undefined && !same(field))
  return Object.fromEntries(fields.map((field) => [field, change[field]]))
}

/** When it is registered there is nothing yet that could be taken back. */
const withoutEmpty = (texts: Record<string, string | undefined>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))

const textsIn = (said: SayPost): Record<string, string | undefined> =>
  Object.fromEntries(sealedOfPost.map((field) => [field, textOf(said[field])]))
