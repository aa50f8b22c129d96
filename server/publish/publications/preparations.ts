import { createHmac } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Content, Made, Preparation } from '@lentera/core/evidence/publication/answers'
import type { Proposal } from '@lentera/core/evidence/publication/entries'
import { ledgerOf, maySpend } from '@lentera/core/evidence/publication/ledger'
import {
  type Holding,
  judgePublication,
  type Publication,
  populationOf,
} from '@lentera/core/evidence/publication/project'
import { lossOf, methods, type Population, populationKey } from '@lentera/core/evidence/publication/words'
import { type CivilDate, dayIn } from '@lentera/core/shared/dates'
import type { Hash, StreamId } from '@lentera/core/shared/ids'
import type { PublishedMethod } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { MethodOfTable } from '@lentera/release/editions'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { type Events, traceOf } from '../../http/events.ts'
import { findBlob } from '../../rooms/evidence/blobs.ts'
import { labelsOf } from '../donor-report/frozen.ts'
import type { Population as Counted, Releases } from '../releases.ts'
import type { ContentTask } from './content-thread.ts'
import { workOnContent } from './content-work.ts'
import type { EarlierTable } from './earlier-tables.ts'
import { findHoldingBytes } from './holding-bytes.ts'
import { labelsFromCatalogues } from './labels.ts'
import { makeFacts } from './made-facts.ts'
import type { EarlierRecords } from './made-records.ts'
import type { EarlierRecordsOfTable } from './made-table.ts'
import {
  contentsOf,
  findHolding,
  lockPublishing,
  nothingPublished,
  type Publishing,
  publishingOf,
  readContent,
  spendingsOf,
  storeContent,
} from './store.ts'
import type { ContentRow } from './words.ts'

export type Preparations = {
  /** Begins, or says how far it is. Refused: `access.not-found`, and as `publication.withdrawn-already`. */
  readonly prepare: (viewer: Viewer, publication: StreamId) => Promise<Decision<Preparation>>
  readonly find: (publication: StreamId) => Preparation | undefined
  /** Stops it; nothing of it is left, and nothing was spent: nobody has seen it. */
  readonly cancel: (publication: StreamId) => void
  readonly stop: () => Promise<void>
}

export type PreparationSource = {
  readonly database: Database
  readonly releases: Releases
  readonly secret: Uint8Array
  readonly events: Events
}

/** Makes the content of each proposal once, one after another, and keeps it before anybody sees it. */
export function preparationsOf(source: PreparationSource): Preparations {
  const jobs = new Map<StreamId, { now: Preparation; readonly stop: AbortController }>()
  const turn: { last: Promise<void> } = { last: Promise.resolve() }
  const begin = (viewer: Viewer, publication: StreamId): Preparation => {
    const job = {
      now: { state: 'running', stage: 'waiting', done: 0, of: 1 } as Preparation,
      stop: new AbortController(),
    }
    jobs.set(publication, job)
    turn.last = turn.last.then(async () => {
      const decision = await prepareOne(source, viewer, publication, job.stop.signal, (stage, done, of) => {
        job.now = { state: 'running', stage, done, of }
      }).catch((error: unknown) => {
        source.events.record('request-failed', traceOf(error))
        return refuse('publication.failed')
      })
      // What was stopped is as if it had not been begun.
      if (decision === undefined) jobs.delete(publication)
      else job.now = decision.ok ? { state: 'made' } : { state: 'refused', refusal: decision.refusal }
    })
    return job.now
  }
  return {
    prepare: async (viewer, publication) => {
      const { database } = source
      const { proposed, isMade } = await database.asPublisher(async (transaction) => ({
        proposed: (await publishingOf(transaction, viewer.programme))
          .get(viewer.programme)
          ?.publications.get(publication),
        isMade: (await contentsOf(transaction, viewer.programme)).some((each) => each.publication === publication),
      }))
      if (!proposed) return refuse('access.not-found')
      if (isMade) return accept({ state: 'made' })
      if (proposed.withdrawn) return refuse('publication.withdrawn-already')
      const running = jobs.get(publication)
      if (running?.now.state === 'running') return accept(running.now)
      return accept(begin(viewer, publication))
    },
    find: (publication) => jobs.get(publication)?.now,
    cancel: (publication) => jobs.get(publication)?.stop.abort(),
    stop: async () => {
      for (const { stop } of jobs.values()) stop.abort()
      await turn.last
    },
  }
}

/** Cells of a table, or different records: more is more than a page or a person can look at before signing. */
const mostRows = 200_000

/** @returns undefined when stopped */
async function prepareOne(
  source: PreparationSource,
  viewer: Viewer,
  publication: StreamId,
  stop: AbortSignal,
  progress: (stage: string, done: number, of: number) => void,
): Promise<Decision<Hash> | undefined> {
  if (stop.aborted) return undefined
  const { database } = source
  const { programme } = viewer
  const all = await database.asPublisher(async (transaction) => ({
    publishing: (await publishingOf(transaction, programme)).get(programme) ?? nothingPublished,
    contents: await contentsOf(transaction),
  }))
  const proposed = all.publishing.publications.get(publication)
  if (!proposed) return refuse('access.not-found')
  const { proposal } = proposed
  const holding = proposal.from.kind === 'holding' ? findHolding(all.publishing, proposal.from.holding) : undefined
  const checked = checkProposal(proposal, holding, all.contents, all.publishing)
  if (!checked.ok) return checked
  const population: Population = holding ? populationOf(holding) : { kind: 'own' }
  const row = {
    programme,
    publication,
    address: proposal.address,
    population: populationKey(population),
    method: proposal.method.name,
    madeOf: holding?.hash ?? null,
    ...lossOf(proposal.method),
  }
  const mayBegin = checkSpending(row, population, all.publishing, all.contents)
  if (!mayBegin.ok) return mayBegin
  const made = holding
    ? await madeOfHolding(source, viewer, { proposal, holding, row, ...all }, stop, progress)
    : await madeOfFacts(source, viewer, proposal)
  if (stop.aborted || made === undefined) return undefined
  if (!made.ok) return made
  const { data } = made.value
  const size = data.kind === 'table' ? data.cells.length : data.rows.length
  if (size > mostRows) return refuse('publication.too-large', { rows: size, most: mostRows })
  const [{ demonstration } = { demonstration: false }] = await database.asPublisher((transaction) =>
    transaction.query<{ demonstration: boolean }>(
      'whether a programme is invented',
      'select demonstration from lentera.programme where programme = $1',
      [programme],
    ),
  )
  const { inside, ...shown } = made.value
  const { address, title, about, publisher, source: from, licence } = proposal
  const content: Content = {
    address,
    title,
    about,
    publisher,
    source: from,
    licence,
    demonstration: demonstration || holding?.invented === true,
    ...shown,
  }
  const kept = await database.asPublisher(async (transaction) => {
    await lockPublishing(transaction, programme)
    // While it was made another may have spent, or taken the address: then this one was never seen, and is not kept.
    const now = await contentsOf(transaction)
    const publishing = (await publishingOf(transaction, programme)).get(programme) ?? nothingPublished
    const still = checkProposal(proposal, holding, now, publishing)
    const mayEnd = still.ok ? checkSpending(row, population, publishing, now) : still
    if (!mayEnd.ok) return mayEnd
    // Nor was it laid beside what was made meanwhile: it is begun anew.
    const known = new Set(all.contents.map(({ hash }) => hash))
    if (holding && now.some((each) => each.programme === programme && each.madeOf && !known.has(each.hash))) return null
    return accept(await storeContent(transaction, row, content, inside))
  })
  return kept ?? prepareOne(source, viewer, publication, stop, progress)
}

/**
 * Refused: `publication.address-taken` {address}, `publication.no-holding`, `publication.method-not-for-this` {method},
 * `publication.same-people` {name}: the same bytes under another name would have another budget; `publication.same-people-draft` {name, address}, of a draft that nobody has to keep.
 */
function checkProposal(
  { address, from, method }: Proposal,
  holding: Holding | undefined,
  contents: readonly ContentRow[],
  { publications }: Publishing,
): Decision<void> {
  if (contents.some((each) => each.address === address)) return refuse('publication.address-taken', { address })
  if (from.kind === 'holding' && !holding) return refuse('publication.no-holding')
  if (methods[method.name].on !== (holding?.form ?? 'facts'))
    return refuse('publication.method-not-for-this', { method: method.name })
  if (!holding) return accept(undefined)
  const key = populationKey(populationOf(holding))
  const mayGo = ({ method: by }: ContentRow): boolean => methods[by].on === 'table' && by !== 'dp-table'
  const binds = (each: ContentRow): boolean =>
    !mayGo(each) || !wasNeverPublic(publications.get(each.publication), each.hash)
  const other = contents.find((each) => each.madeOf === holding.hash && each.population !== key && binds(each))
  if (!other) return accept(undefined)
  const { address: name } = other
  return mayGo(other) && isDraft(publications.get(other.publication), other.hash)
    ? refuse('publication.same-people-draft', { name, address: name })
    : refuse('publication.same-people', { name })
}

function checkSpending(
  row: Omit<ContentRow, 'hash'>,
  population: Population,
  { budgets }: Publishing,
  contents: readonly ContentRow[],
): Decision<unknown> {
  const own = contents.filter(({ programme }) => programme === row.programme)
  return maySpend(ledgerOf(population, [...budgets.values()], spendingsOf(own, row.population)), row)
}

// ---------------------------------------------------------------- the programme's own figures

export const countedFor = ({ country, programme }: Pick<Viewer, 'country' | 'programme'>): Counted =>
  country === null ? { kind: 'region' } : { kind: 'programme', programme }

/** Labels of cut-offs that are over, the newest first: on its own day a programme in another zone may still have to be cut. */
export async function cutOffsOver(transaction: Transaction, viewer: Viewer): Promise<string[]> {
  const rows = await transaction.query<{ label: string; cut: string; programmes: string }>(
    'cut-offs that are over',
    `select label, count(*) as cut, (select count(distinct programme) from lentera.cut_off) as programmes
     from lentera.cut_off group by label order by label desc`,
  )
  const own = new Set(await labelsOf(transaction, countedFor(viewer)))
  const today = dayIn(viewer.zone, Date.now())
  return rows.flatMap(({ label, cut, programmes }) =>
    own.has(label) && (label < today || cut === programmes) ? [label] : [],
  )
}

async function madeOfFacts(
  { database, releases }: PreparationSource,
  viewer: Viewer,
  { from }: Proposal,
): Promise<Decision<Made>> {
  if (from.kind !== 'facts') return refuse('publication.no-holding')
  const labels = await database.asPublisher((transaction) => cutOffsOver(transaction, viewer))
  return makeFacts(from, countedFor(viewer), releases, { labels }, labelsFromCatalogues())
}

// ---------------------------------------------------------------- a holding

type OfHolding = {
  readonly proposal: Proposal
  readonly holding: Holding
  readonly row: Omit<ContentRow, 'hash'>
  readonly publishing: Publishing
  readonly contents: readonly ContentRow[]
}

async function madeOfHolding(
  source: PreparationSource,
  viewer: Viewer,
  of: OfHolding,
  stop: AbortSignal,
  progress: (stage: string, done: number, of: number) => void,
): Promise<Decision<Made> | undefined> {
  const { holding } = of
  const bytes = await bytesOf(source, viewer, holding.hash)
  if (!bytes) return refuse('publication.bytes-missing')
  const task = await taskFor(source, viewer, of, bytes)
  // A stop that came while the files were read is heard before the thread is started.
  await nextTurn()
  return task.ok ? workOnContent(task.value, progress, stop) : task
}

async function taskFor(
  source: PreparationSource,
  viewer: Viewer,
  { proposal: { method }, holding, row, publishing, contents }: OfHolding,
  bytes: Uint8Array,
): Promise<Decision<ContentTask>> {
  const { database, secret } = source
  const { edition, about, categories = [] } = holding
  // Lines of an imported data set may have been left out: its own dry run counted them.
  const isDataSet = [...publishing.dataSets.values()].includes(holding)
  const rows = isDataSet ? null : holding.rows
  const own = contents.filter(({ programme }) => programme === viewer.programme)
  // The same bytes may have been brought under several names: it is called as the people it was made of are.
  const nameOf = (made: Hash, population: string): string =>
    [...publishing.holdings.values(), ...publishing.dataSets.values()].find(
      (each) => each.hash === made && populationKey(populationOf(each)) === population,
    )?.name ?? ''
  // One that cannot be read would be forgotten, and with it whom it tells of.
  const files = new Map<Hash, Uint8Array>()
  for (const { madeOf, population } of own) {
    if (madeOf === null || files.has(madeOf)) continue
    const before = await bytesOf(source, viewer, madeOf)
    if (!before) return refuse('publication.earlier-file-missing', { name: nameOf(madeOf, population) })
    files.set(madeOf, before)
  }
  const tablesBefore = async (): Promise<EarlierTable[]> => {
    const earlier: EarlierTable[] = []
    for (const { madeOf, method: by, population, publication, hash, address } of own) {
      if (methods[by].on !== 'table' || madeOf === null) continue
      if (by !== 'dp-table' && wasNeverPublic(publishing.publications.get(publication), hash)) continue
      const before = files.get(madeOf)
      const shown = await database.asPublisher((transaction) => readContent(transaction, viewer.programme, publication))
      if (!before || shown?.content.data.kind !== 'table') continue
      const { fields, data, method: said } = shown.content
      if (!isOfTables(said)) continue
      const sameName = population === row.population
      earlier.push({
        bytes: before,
        name: nameOf(madeOf, population),
        sameName,
        method: said,
        shown: { fields, cells: data.cells },
        release: {
          publication,
          title: shown.content.title,
          asOf: shown.content.asOf,
          releasedOn: releasedOn(publishing.publications.get(publication), hash),
        },
        isOut: isOut(publishing.publications.get(publication), hash),
        ...(by !== 'dp-table' && isDraft(publishing.publications.get(publication), hash) ? { draft: address } : {}),
      })
    }
    return earlier
  }
  if (method.name === 'dp-records' || method.name === 'k-records') {
    const earlier: EarlierRecords[] = []
    for (const { madeOf, method: by, population } of own) {
      if ((by !== 'dp-records' && by !== 'k-records') || madeOf === null) continue
      const before = files.get(madeOf)
      if (before)
        earlier.push({
          bytes: before,
          method: by,
          name: nameOf(madeOf, population),
          sameName: population === row.population,
        })
    }
    const counted = await tablesBefore()
    return accept({ form: 'records', bytes, rows, edition, about, categories, method, earlier, counted })
  }
  if (method.name === 'cut-off-tables') return refuse('publication.method-not-for-this', { method: method.name })
  const earlier = await tablesBefore()
  const records: EarlierRecordsOfTable[] = []
  for (const { madeOf, method: by, population, publication } of own) {
    if (methods[by].on !== 'records' || madeOf === null) continue
    const before = files.get(madeOf)
    const shown = await database.asPublisher((transaction) => readContent(transaction, viewer.programme, publication))
    if (!before || shown?.content.data.kind !== 'records') continue
    const { fields, data, method: said } = shown.content
    records.push({
      bytes: before,
      name: nameOf(madeOf, population),
      sameName: population === row.population,
      held: said.name === 'k-records' ? { k: said.k, shown: { fields, rows: data.rows } } : null,
    })
  }
  const keySecret = new Uint8Array(createHmac('sha256', secret).update(`cell-key ${row.population}`).digest())
  return accept({ form: 'table', bytes, rows, edition, method, earlier, records, keySecret })
}

const releasedOn = (publication: Publication | undefined, hash: Hash): CivilDate | null =>
  publication ? judgePublication(publication, hash).releasedOn : null

const isOut = (publication: Publication | undefined, hash: Hash): boolean =>
  publication !== undefined && !publication.withdrawn && judgePublication(publication, hash).releasedOn !== null

/** Two have not signed it, and may yet. */
const isDraft = (publication: Publication | undefined, hash: Hash): boolean =>
  publication !== undefined && !publication.withdrawn && judgePublication(publication, hash).releasedOn === null

/** Withdrawn for ever before two had signed it: nobody outside has it to lay beside another. */
function wasNeverPublic(publication: Publication | undefined, hash: Hash): boolean {
  return publication?.withdrawn != null && judgePublication(publication, hash).releasedOn === null
}

const isOfTables = (method: PublishedMethod): method is MethodOfTable => methods[method.name].on === 'table'

/** Of a holding, sealed; of an imported data set as everybody has it. */
const bytesOf = (
  { database, secret }: PreparationSource,
  viewer: Viewer,
  hash: Hash,
): Promise<Uint8Array | undefined> =>
  database.asViewer(viewer, async (transaction) => {
    const { programme } = viewer
    const held = await findHoldingBytes(transaction, secret, { programme, hash })
    return held ?? (await findBlob(transaction, programme, hash))
  })
