import type { Draft } from '@lentera/core/log/draft'
import type { Moment } from '@lentera/core/log/sealed-kinds'
import type { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision } from '@lentera/core/shared/refusals'
import { markOfficerInError, type OfficerAt } from '@lentera/core/workforce/officer/capture'
import { sealedOfOfficer } from '@lentera/core/workforce/officer/words'
import { markPostInError, type PostAt } from '@lentera/core/workforce/post/capture'
import { sealedOfPost } from '@lentera/core/workforce/post/words'
import { plain } from '@lentera/core/workforce/register/rows'
import { textOf } from '@lentera/core/workforce/sealed-texts'

/** Officers and posts written down twice under one number or code, on two devices that could not know of each other: two or one, only a person can say. */
export type Twice = {
  readonly officers: ReadonlySet<StreamId>
  readonly posts: ReadonlySet<StreamId>
  /** Who is counted no second time, and covers nothing where what is said of both differs. */
  readonly uncounted: ReadonlySet<StreamId>
  /** Of a post that stands twice the one that is counted; every other stands for itself. */
  readonly countedPost: (post: StreamId) => StreamId
  /**
   * Officers and posts that may be marked as never having been in one go: everything they say stands in the one that is left, and at such a post nobody
   * else serves. What only one of two says a person has to look at.
   */
  readonly spare: ReadonlySet<StreamId>
}

/**
 * What stands twice in a register. Until it is settled a number covers once: of two that say the same the one who would be trained for less long; of two
 * that say another sex or another post, neither.
 *
 * @param trainedUntil the last day of her certificates, empty where she is not trained
 */
export function twiceIn(
  posts: readonly PostAt[],
  officers: readonly OfficerAt[],
  trainedUntil: (officer: OfficerAt) => string,
): Twice {
  const families = <T>(all: readonly T[], nameOf: (each: T) => string): readonly (readonly T[])[] =>
    [...Map.groupBy(all, nameOf)].flatMap(([name, some]) => (name !== '' && some.length > 1 ? [some] : []))
  const postsTwice = families(
    posts.filter(({ post }) => !post.enteredInError),
    ({ said }) => plain(said.code ?? ''),
  )
  const counted = new Map(
    postsTwice.flatMap((some) => {
      const [first, ...others] = some.map(({ stream }) => stream).toSorted()
      return first ? others.map((other) => [other, first] as const) : []
    }),
  )
  const countedPost = (post: StreamId): StreamId => counted.get(post) ?? post
  const officersTwice = families(
    officers.filter(({ officer }) => !officer.enteredInError && !officer.erased),
    ({ said }) => plain(said.number ?? ''),
  )
  const uncounted = new Set<StreamId>(counted.keys())
  const spare = new Set<StreamId>()
  for (const some of officersTwice) {
    const saidOf = ({ officer: { post, sex } }: OfficerAt): string => `${post ? countedPost(post) : ''} ${sex ?? ''}`
    const [kept, ...others] = some.toSorted((a, b) =>
      `${trainedUntil(a)} ${a.stream}` < `${trainedUntil(b)} ${b.stream}` ? -1 : 1,
    )
    const isOfOne = kept !== undefined && others.every((other) => saidOf(other) === saidOf(kept))
    for (const each of isOfOne ? others : some) uncounted.add(each.stream)
    const left = isOfOne && [kept, ...others].find((each) => some.every((other) => saysAllOf(each, other)))
    if (left) for (const each of some) if (each !== left) spare.add(each.stream)
  }
  const isServedByOthers = (post: StreamId): boolean =>
    officers.some((each) => each.officer.post === post && !each.officer.enteredInError && !spare.has(each.stream))
  const saidAt = new Map(posts.map(({ stream, said }) => [stream, said]))
  for (const [post, first] of counted) {
    const [said, left] = [saidAt.get(post), saidAt.get(first)]
    if (said && left && saysAll(left, said, postFields) && !isServedByOthers(post)) spare.add(post)
  }
  return {
    officers: new Set(officersTwice.flat().map(({ stream }) => stream)),
    posts: new Set(postsTwice.flat().map(({ stream }) => stream)),
    uncounted,
    countedPost,
    spare,
  }
}

const postFields = sealedOfPost.filter((field) => field !== 'code')
const officerFields = sealedOfOfficer.filter((field) => field !== 'number')

/** Whether all that is said of one who stands twice is said of the other too; what is disputed, or opened by no key here, is said of neither. */
function saysAllOf(left: OfficerAt, other: OfficerAt): boolean {
  const isHeld = ({ certificate, said }: OfficerAt['certificates'][number]): boolean =>
    certificate.enteredInError ||
    left.certificates.some(
      (each) =>
        each.said?.until === said?.until &&
        (['module', 'expires', 'withdrawn', 'enteredInError'] as const).every(
          (field) => each.certificate[field] === certificate[field],
        ),
    )
  return saysAll(left.said, other.said, officerFields) && other.certificates.every(isHeld)
}

type Said<Field extends string> = Readonly<Partial<Record<Field, unknown>>> & {
  readonly disputed: readonly string[]
  readonly unread?: readonly string[]
}

const saysAll = <Field extends string>(left: Said<Field>, other: Said<Field>, fields: readonly Field[]): boolean =>
  other.disputed.length === 0 &&
  !other.unread &&
  fields.every((field) => {
    const text = textOf(other[field])
    return text === undefined || text === textOf(left[field])
  })

/** Marks what a list brought twice as never having been, in one go: each can be taken back on its own page. */
export function settleTwice(
  { spare }: Twice,
  posts: readonly PostAt[],
  officers: readonly OfficerAt[],
  moment: Moment,
): Decision<Draft[]> {
  const drafts: Draft[] = []
  for (const each of officers) {
    if (!spare.has(each.stream)) continue
    const marked = markOfficerInError(each, each.officer.opening, true, moment)
    if (!marked.ok) return marked
    drafts.push(...marked.value)
  }
  for (const { stream, post } of posts) {
    if (!spare.has(stream)) continue
    const marked = markPostInError(stream, post, true, moment)
    if (!marked.ok) return marked
    drafts.push(...marked.value)
  }
  return accept(drafts)
}
