import { type Identities, identify, linkOf, type PersonLink } from '@lentera/core/log/persons'
import type { PersonKey, ProgrammeId } from '@lentera/core/shared/ids'
import type { Transaction } from '../database/database.ts'
import type { FoldedStream } from './project.ts'

/** What changed of who is counted as whom: the links before and after, and the persons they touch. */
export type MovedLinks = {
  readonly persons: ReadonlySet<PersonKey>
  /** The streams of the links that were written. */
  readonly streams: ReadonlySet<string>
  /** Those of them that were there before, as they were. */
  readonly before: ReadonlyMap<string, PersonLink>
}

export async function projectPersonLinks(
  transaction: Transaction,
  programme: ProgrammeId,
  folded: readonly FoldedStream[],
): Promise<MovedLinks> {
  const persons = new Set<PersonKey>()
  const streams = new Set<string>()
  const before = new Map<string, PersonLink>()
  for (const { stream, state } of folded.filter((each) => each.noun === 'person-link')) {
    const link = linkOf(state)
    if (!link) continue
    const [was] = await transaction.query<PersonLink>(
      'person link',
      'select a, b, relation from lentera.person_link where programme = $1 and stream = $2',
      [programme, stream],
    )
    if (was) before.set(stream, was)
    streams.add(stream)
    for (const person of [link.a, link.b, ...(was ? [was.a, was.b] : [])]) persons.add(person)
    await transaction.query(
      'store person link',
      `insert into lentera.person_link values ($1, $2, $3, $4, $5)
       on conflict (programme, stream) do update set a = excluded.a, b = excluded.b, relation = excluded.relation`,
      [programme, stream, link.a, link.b, link.relation],
    )
  }
  return { persons, streams, before }
}

/**
 * All links that hang together with these persons, now and before the change: everyone whose counting could move.
 * Links are few, so most walks end at the first question.
 */
export async function linksAround(
  transaction: Transaction,
  programme: ProgrammeId,
  start: Iterable<PersonKey>,
  moved: MovedLinks,
): Promise<{ readonly persons: ReadonlySet<PersonKey>; readonly before: Identities; readonly after: Identities }> {
  const persons = new Set(start)
  const links = new Map<string, PersonLink>()
  let open: PersonKey[] = [...persons]
  while (open.length > 0) {
    const rows = await transaction.query<PersonLink & { stream: string }>(
      'links of persons',
      `select stream, a, b, relation from lentera.person_link
       where programme = $1 and (a = any($2::uuid[]) or b = any($2::uuid[]))`,
      [programme, open],
    )
    open = []
    for (const row of rows) {
      links.set(row.stream, { a: row.a, b: row.b, relation: row.relation })
      for (const person of [row.a, row.b]) {
        if (!persons.has(person)) {
          persons.add(person)
          open.push(person)
        }
      }
    }
  }
  const earlier = new Map([...links].filter(([stream]) => !moved.streams.has(stream)))
  for (const [stream, link] of moved.before) earlier.set(stream, link)
  return { persons, before: identify(earlier.values()), after: identify(links.values()) }
}
