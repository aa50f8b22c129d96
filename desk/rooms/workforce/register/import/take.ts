import type { Draft } from '@lentera/core/log/draft'
import { StreamId } from '@lentera/core/shared/ids'
import type { Me } from '@lentera/core/shared/me'
import { accept, type Decision } from '@lentera/core/shared/refusals'
import { rememberMapping } from '@lentera/core/sheets/capture'
import { listed, registerOfficer } from '@lentera/core/workforce/officer/capture'
import { registerPost } from '@lentera/core/workforce/post/capture'
import type { Desk, NewOfMany, Seen } from '../../../../device/desk.ts'
import type { Opened } from '../../../sheets/open-form.ts'
import { saidOfForm } from '../../../sheets/said-of-form.ts'
import { type Lists, type Mappings, type OpenedLists, purposes } from './lists.ts'

/** Rows that will be written, of both lists. */
export const rowsToWrite = ({ posts, officers }: Lists): number =>
  [...(posts?.rows ?? []), ...(officers?.rows ?? [])].filter(({ what }) => what !== 'same').length

/** What would be written of which row: another text where something was written down since the lists were read. */
export const whatOf = ({ posts, officers }: Lists): string =>
  JSON.stringify(
    [...(posts?.rows ?? []), ...(officers?.rows ?? [])].map((row) => [
      row.line,
      row.what,
      row.what === 'changed' ? row.changes.map(({ field, before, apart }) => [field, before, apart]) : [],
    ]),
  )

/**
 * Writes what the lists say: posts before the officers who serve there, and how the lists are read for the next time. What was written
 * before a refusal or a stop stays: read again, the file goes on from there.
 *
 * @param seen what the lists were read against: what comes while they are written stands beside it
 * @param watch told how many rows are written; answers whether to go on
 * @returns how many rows were written
 */
export async function takeLists(
  desk: Desk,
  me: Me,
  { opened, mappings, lists }: { readonly opened: OpenedLists; readonly mappings: Mappings; readonly lists: Lists },
  seen: Seen,
  watch: (done: number) => boolean,
): Promise<Decision<number>> {
  const moment = desk.moment()
  const posts = lists.posts?.rows ?? []
  const officers = lists.officers?.rows ?? []
  let done = 0
  const told = (more: number): boolean => watch(done + more)
  const known = await desk.write(remembering(me, opened, mappings, moment.today))
  if (!known.ok) return known
  const before = desk.snapshot().posts
  const newPosts = posts
    .filter(({ what }) => what === 'new')
    .map(
      ({ stream, said }): NewOfMany => ({
        stream,
        decide: (ids) => registerPost({ ...ids, said }, before, moment),
      }),
    )
  const newOfficers = officers
    .filter(({ what }) => what === 'new')
    .map(
      ({ stream, post, sex, said, certificates }): NewOfMany => ({
        stream,
        decide: (ids) => {
          // The file was read against all who are known, and no two of its rows have one number.
          const opening = registerOfficer({ ...ids, post, sex, said }, desk.snapshot().posts, [], moment)
          const drafts = certificates.map(({ module, until }) => listed(stream, module, until, moment))
          return opening.ok ? accept([...opening.value, ...drafts]) : opening
        },
      }),
    )
  const changes = (rows: readonly { readonly what: string; readonly drafts?: readonly Draft[] }[]) =>
    rows.flatMap(({ what, drafts }) => (what === 'changed' && drafts ? [drafts] : []))
  for (const [fresh, changed] of [
    [newPosts, changes(posts)],
    [newOfficers, changes(officers)],
  ] as const) {
    const written = await desk.registerMany(fresh, told)
    if (!written.ok) return written
    done += written.value.done
    if (written.value.done < fresh.length) return accept(done)
    for (let from = 0; from < changed.length; from += atOnce) {
      if (!told(from)) return accept(done + from)
      const some = await desk.write(changed.slice(from, from + atOnce).flat(), seen)
      if (!some.ok) return some
    }
    done += changed.length
  }
  // The organisation remembers by now what she said of the columns.
  for (const [list, purpose] of [
    [opened.posts, purposes.posts],
    [opened.officers, purposes.officers],
  ] as const)
    if (list) await desk.keepForm(saidOfForm(purpose, list.hash), undefined)
  watch(done)
  return accept(done)
}

/** As many rows as are kept in one write. */
const atOnce = 50

function remembering(
  { organisation }: Me,
  opened: OpenedLists,
  mappings: Mappings,
  today: Parameters<typeof rememberMapping>[2],
): readonly Draft[] {
  const lists = [
    { list: opened.posts, mapping: mappings.posts, purpose: purposes.posts },
    { list: opened.officers, mapping: mappings.officers, purpose: purposes.officers },
  ] satisfies readonly { readonly list: Opened | undefined; readonly mapping: unknown; readonly purpose: unknown }[]
  return lists.flatMap(({ list, mapping, purpose }) => {
    if (!list || !mapping) return []
    const command = { stream: StreamId.parse(crypto.randomUUID()), organisation, purpose, form: list.hash, mapping }
    const said = rememberMapping(command, list.known, today)
    // A head or a word too long to be remembered is asked for again the next time; the file is taken all the same.
    return said.ok ? said.value : []
  })
}
