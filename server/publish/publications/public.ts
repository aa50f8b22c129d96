import type { Content } from '@lentera/core/evidence/publication/answers'
import { judgePublication } from '@lentera/core/evidence/publication/project'
import type { Hash, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import type { Publication, PublicationHead } from '@lentera/core/shared/publication'
import type { Database } from '../../database/database.ts'
import { contentsOf, publishingOf, readContent } from './store.ts'
import type { ContentRow } from './words.ts'

/** Publications as anybody may have them. */
export type PublicPublications = {
  /** The newest first; the withdrawn among them, without their data. */
  readonly heads: () => Promise<readonly PublicationHead[]>
  /** The whole of one, unless it was withdrawn. */
  readonly find: (address: string) => Promise<Publication | undefined>
}

/** Cells and records kept in memory at most, of all contents together: they are immutable, so that a hash is all there is to know of one. */
const keptRows = 500_000

/**
 * What two people signed, of every programme. Who signed is read anew each time, since a withdrawal must be heard at once; a
 * content is read once and kept by its hash.
 */
export function publicPublications(database: Database): PublicPublications {
  const kept = new Map<Hash, Content>()
  const contentOf = async ({ programme, publication, hash }: ContentRow): Promise<Content | undefined> => {
    const known = kept.get(hash)
    if (known) return known
    const read = await database.asPublisher((transaction) => readContent(transaction, programme, publication))
    if (!read) return undefined
    const rows = [read.content, ...kept.values()].reduce((sum, { data }) => sum + rowsOf(data), 0)
    if (rows > keptRows) kept.clear()
    kept.set(hash, read.content)
    return read.content
  }
  const wholeOf = async (each: Released): Promise<Publication | undefined> => {
    const content = await contentOf(each.row)
    return content && { ...content, releasedOn: each.releasedOn, hash: each.row.hash, withdrawn: each.withdrawn }
  }
  return {
    heads: async () => {
      const heads = await Promise.all((await releasedOf(database)).map(wholeOf))
      return heads.flatMap((whole) => (whole ? headOf(whole) : []))
    },
    find: async (address) => {
      const found = (await releasedOf(database)).find(({ row }) => row.address === address)
      return found && !found.withdrawn ? wholeOf(found) : undefined
    },
  }
}

const rowsOf = (data: Content['data']): number => (data.kind === 'table' ? data.cells : data.rows).length

const headOf = ({ fields: _, data: __, quality: ___, ...head }: Publication): PublicationHead => head

type Released = {
  readonly row: ContentRow
  readonly releasedOn: string
  readonly withdrawn: PublicationHead['withdrawn']
}

/** Of two programmes that took one address the one that made its content first has it. */
async function releasedOf(database: Database): Promise<readonly Released[]> {
  const { publishing, contents } = await database.asPublisher(async (transaction) => ({
    publishing: await publishingOf(transaction, undefined, ['publication']),
    contents: await contentsOf(transaction),
  }))
  const byStream = new Map<StreamId, ContentRow>(contents.map((row) => [row.publication, row]))
  const released: Released[] = []
  for (const { publications } of publishing.values()) {
    for (const [stream, publication] of publications) {
      const row = byStream.get(stream)
      if (!row) continue
      const { releasedOn } = judgePublication(publication, row.hash)
      if (releasedOn === null) continue
      const { withdrawn } = publication
      released.push({ row, releasedOn, withdrawn: withdrawn && { on: withdrawn.on, why: withdrawn.why } })
    }
  }
  return released.sort(
    (a, b) => (a.releasedOn < b.releasedOn ? 1 : a.releasedOn > b.releasedOn ? -1 : 0) || compare(a.row, b.row),
  )
}

const compare = (a: { readonly programme: ProgrammeId }, b: { readonly programme: ProgrammeId }): number =>
  a.programme < b.programme ? -1 : a.programme > b.programme ? 1 : 0
