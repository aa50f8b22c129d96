import type { Content, Inside } from '@lentera/core/evidence/publication/answers'
import type { Spending } from '@lentera/core/evidence/publication/ledger'
import {
  type Budget,
  type Holding,
  type Publication,
  projectBudget,
  projectDataSet,
  projectHolding,
  projectPublication,
} from '@lentera/core/evidence/publication/project'
import type { StreamState } from '@lentera/core/log/fold'
import type { Hash, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import { hashNow } from '@lentera/sealed/verify'
import type { Transaction } from '../../database/database.ts'
import type { ContentRow } from './words.ts'

/** What a programme says about publishing: all of it, as its log stands. */
export type Publishing = {
  readonly publications: ReadonlyMap<StreamId, Publication>
  readonly holdings: ReadonlyMap<StreamId, Holding>
  /** Imported as evidence; something may be made of them as of a holding. */
  readonly dataSets: ReadonlyMap<StreamId, Holding>
  readonly budgets: ReadonlyMap<StreamId, Budget>
}

/** Nouns of the streams that publishing is told by. */
const nouns = ['publication', 'release-budget', 'holding', 'data-set'] as const

/**
 * Under the publishing role, of every programme that says anything of it.
 *
 * @param programme undefined reads all of them
 * @param of the nouns that are asked for
 */
export async function publishingOf(
  transaction: Transaction,
  programme?: ProgrammeId,
  of: readonly (typeof nouns)[number][] = nouns,
): Promise<ReadonlyMap<ProgrammeId, Publishing>> {
  const rows = await transaction.query<{ programme: ProgrammeId; stream: StreamId; noun: string; state: StreamState }>(
    'streams of publishing',
    `select programme, stream, noun, state from lentera.stream
     where ($1::uuid is null or programme = $1) and audience = 'programme' and noun = any($2::text[])
     order by programme, stream`,
    [programme ?? null, of],
  )
  const found = Map.groupBy(rows, (row) => row.programme)
  return new Map([...found].map(([whose, own]) => [whose, foldedOf(own)]))
}

export const nothingPublished: Publishing = {
  publications: new Map(),
  holdings: new Map(),
  dataSets: new Map(),
  budgets: new Map(),
}

function foldedOf(rows: readonly { stream: StreamId; noun: string; state: StreamState }[]): Publishing {
  const of = <T>(noun: string, project: (state: StreamState) => T | undefined): ReadonlyMap<StreamId, T> =>
    new Map(
      rows.flatMap((row) => {
        const projected = row.noun === noun ? project(row.state) : undefined
        return projected === undefined ? [] : [[row.stream, projected] as const]
      }),
    )
  return {
    publications: of('publication', projectPublication),
    holdings: of('holding', projectHolding),
    dataSets: of('data-set', projectDataSet),
    budgets: of('release-budget', projectBudget),
  }
}

type Stored = Omit<ContentRow, 'epsilon' | 'delta' | 'madeOf'> & {
  readonly epsilon: string
  readonly delta: string
  readonly made_of: Hash | null
}

/** Every content that was made, in the order of its making, without its text. */
export async function contentsOf(transaction: Transaction, programme?: ProgrammeId): Promise<ContentRow[]> {
  const rows = await transaction.query<Stored>(
    'contents',
    `select programme, publication, address, hash, population, method, epsilon, delta, made_of
     from lentera.publication_content where $1::uuid is null or programme = $1
     order by programme, prepared_at, publication`,
    [programme ?? null],
  )
  return rows.map(({ made_of: madeOf, epsilon, delta, ...row }) => ({
    ...row,
    madeOf,
    epsilon: Number(epsilon),
    delta: Number(delta),
  }))
}

/** Of what a proposal is: a holding or an imported data set. */
export const findHolding = ({ holdings, dataSets }: Publishing, stream: StreamId): Holding | undefined =>
  holdings.get(stream) ?? dataSets.get(stream)

export const spendingsOf = (contents: readonly ContentRow[], population: string): Spending[] =>
  contents
    .filter((each) => each.population === population)
    .map(({ publication, epsilon, delta }) => ({ publication, epsilon, delta }))

/** The text of a content: this very text is hashed, kept and, read again, shown. */
export const textOfContent = (content: Content): string => JSON.stringify(content)
export const hashOfContent = (text: string): Hash => hashNow(text)

/** Written by `storeContent` and by nobody else; its hash says that it is the same. */
export async function readContent(
  transaction: Transaction,
  programme: ProgrammeId,
  publication: StreamId,
): Promise<{ readonly content: Content; readonly inside: Inside; readonly hash: Hash } | undefined> {
  const [row] = await transaction.query<{ content: string; inside: Inside; hash: Hash }>(
    'a content',
    'select content, inside, hash from lentera.publication_content where programme = $1 and publication = $2',
    [programme, publication],
  )
  if (!row) return undefined
  if (hashOfContent(row.content) !== row.hash) throw new Error('a content is not what its hash says')
  return { content: JSON.parse(row.content) as Content, inside: row.inside, hash: row.hash }
}

/** Keeps a content for ever. */
export async function storeContent(
  transaction: Transaction,
  row: Omit<ContentRow, 'hash'>,
  content: Content,
  inside: Inside,
): Promise<Hash> {
  const text = textOfContent(content)
  const hash = hashOfContent(text)
  const { programme, publication, address, population, method, epsilon, delta, madeOf } = row
  await transaction.query(
    'store content',
    `insert into lentera.publication_content (programme, publication, address, hash, content, inside, population, method,
       epsilon, delta, made_of, prepared_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp())`,
    [programme, publication, address, hash, text, JSON.stringify(inside), population, method, epsilon, delta, madeOf],
  )
  return hash
}

/** One preparation of a programme at a time ends here: what two spend together is seen by the second. */
export async function lockPublishing(transaction: Transaction, programme: ProgrammeId): Promise<void> {
  await transaction.query('lock publishing', `select pg_advisory_xact_lock(hashtext('lentera.publishing ' || $1))`, [
    programme,
  ])
}
