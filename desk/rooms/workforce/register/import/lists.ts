import type { Moment } from '@lentera/core/log/sealed-kinds'
import { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Form, type Mapping, recalled } from '@lentera/core/sheets/mapping'
import { findRemembered, type RememberedMapping } from '@lentera/core/sheets/project'
import { openFile } from '@lentera/core/sheets/sheet'
import type { Purpose } from '@lentera/core/sheets/words'
import {
  type OfficerColumn,
  officerColumns,
  type PostColumn,
  postColumns,
} from '@lentera/core/workforce/register/fields'
import { findLists } from '@lentera/core/workforce/register/forms'
import { type OfficerFile, readOfficers } from '@lentera/core/workforce/register/officer-file'
import { type PostFile, postsByName, readPosts } from '@lentera/core/workforce/register/post-file'
import type { Projected } from '../../../../device/context.ts'
import type { Desk, OpenedOfficer, OpenedPost } from '../../../../device/desk.ts'
import { asOpened, type Opened } from '../../../sheets/open-form.ts'

/** The lists of a file as it was opened: they live in the screen that asked for them. */
export type OpenedLists = {
  readonly posts: Opened | undefined
  readonly officers: Opened | undefined
  /** Names of sheets that are neither. */
  readonly left: readonly string[]
}

/** How each list is read; undefined where nobody has said it yet. */
export type Mappings = {
  readonly posts: Mapping<PostColumn> | undefined
  readonly officers: Mapping<OfficerColumn> | undefined
}

/** Both lists as they would be taken. */
export type Lists = { readonly posts: PostFile | undefined; readonly officers: OfficerFile | undefined }

export const purposes = { posts: 'workforce.posts', officers: 'workforce.officers' } as const

/** Bytes that are read on this page, where she waits for them: several thousand officers are under a megabyte. */
const mostBytes = 8 * 1024 * 1024

/** Refused: what `openFile` and `findLists` refuse, and `evidence.file-gone` where the browser cannot read it. */
export async function openLists(
  chosen: File,
  known: readonly Projected<RememberedMapping>[],
  desk: Pick<Desk, 'keptForm'>,
): Promise<Decision<OpenedLists>> {
  if (chosen.size > mostBytes) return refuse('sheets.file-too-large', { bytes: chosen.size, most: mostBytes })
  const bytes = await chosen.arrayBuffer().catch(() => undefined)
  if (!bytes) return refuse('evidence.file-gone')
  const opened = await openFile(new Uint8Array(bytes))
  if (!opened.ok) return opened
  const found = findLists(opened.value.sheets)
  if (!found.ok) return found
  const listOf = async (form: Form | undefined, purpose: Purpose): Promise<Opened | undefined> =>
    form && asOpened(chosen.name, form, purpose, known, desk)
  const { posts, officers, left } = found.value
  return accept({
    posts: await listOf(posts, purposes.posts),
    officers: await listOf(officers, purposes.officers),
    left,
  })
}

/** The lists with what is remembered of them by now: what a refused sealing wrote of it is not written twice. */
export function withKnown(opened: OpenedLists, known: readonly Projected<RememberedMapping>[]): OpenedLists {
  const found = (list: Opened | undefined, purpose: Purpose): Opened | undefined =>
    list && { ...list, known: findRemembered(known, purpose, list.hash) }
  return { ...opened, posts: found(opened.posts, purposes.posts), officers: found(opened.officers, purposes.officers) }
}

/** How the lists were read before, where that is remembered. */
export const remembered = ({ posts, officers }: OpenedLists): Mappings => ({
  posts: posts?.known?.state.mapping && recalled(postColumns, posts.known.state.mapping),
  officers: officers?.known?.state.mapping && recalled(officerColumns, officers.known.state.mapping),
})

/** Without those of which she is saying something: she is asked. */
export const withoutBeingSaid = ({ posts, officers }: OpenedLists, mappings: Mappings): Mappings => ({
  posts: posts?.isBeingSaid ? undefined : mappings.posts,
  officers: officers?.isBeingSaid ? undefined : mappings.officers,
})

/**
 * Refused: as a mapping is, of either list.
 *
 * @param most minutes that a shift of divided hours lasts at most
 */
export function readLists(
  opened: OpenedLists,
  mappings: Mappings,
  standing: { readonly posts: readonly OpenedPost[]; readonly officers: readonly OpenedOfficer[] },
  moment: Moment,
  most: number,
): Decision<Lists> {
  const newStream = (): StreamId => StreamId.parse(crypto.randomUUID())
  const posts =
    opened.posts && mappings.posts
      ? readPosts(opened.posts.form, mappings.posts, { posts: standing.posts, newStream, moment, most })
      : accept(undefined)
  if (!posts.ok) return posts
  const brought = posts.value?.rows.map(({ stream, said }) => ({ stream, said, post: { enteredInError: false } })) ?? []
  const officers =
    opened.officers && mappings.officers
      ? readOfficers(opened.officers.form, mappings.officers, {
          posts: [...brought, ...standing.posts],
          found: postsByName([...brought, ...standing.posts]),
          ...(posts.value ? { notTaken: posts.value.notTaken } : {}),
          officers: standing.officers,
          newStream,
          moment,
        })
      : accept(undefined)
  return officers.ok ? accept({ posts: posts.value, officers: officers.value }) : officers
}
