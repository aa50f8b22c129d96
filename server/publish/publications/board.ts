import type {
  HoldingRow,
  Inside,
  PublicationBoard,
  PublicationDraft,
  PublicationRow,
} from '@lentera/core/evidence/publication/answers'
import { type Ledger, ledgerOf } from '@lentera/core/evidence/publication/ledger'
import {
  type Holding,
  judgePublication,
  type Publication,
  populationOf,
} from '@lentera/core/evidence/publication/project'
import { lossOf, type Population, populationKey } from '@lentera/core/evidence/publication/words'
import type { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Viewer } from '../../access/viewer.ts'
import type { Database } from '../../database/database.ts'
import { publishable } from './made-facts.ts'
import { cutOffsOver, type Preparations } from './preparations.ts'
import {
  contentsOf,
  findHolding,
  nothingPublished,
  type Publishing,
  publishingOf,
  readContent,
  spendingsOf,
} from './store.ts'
import type { ContentRow } from './words.ts'

type Source = { readonly database: Database; readonly publications: Preparations }

export async function publicationBoard({ database, publications }: Source, viewer: Viewer): Promise<PublicationBoard> {
  const { publishing, contents, cutOffs } = await readAll(database, viewer)
  const rows = [...publishing.publications].map(([stream, publication]): PublicationRow => {
    const content = contents.find((each) => each.publication === stream)
    return {
      stream,
      publication,
      judged: judgePublication(publication, content?.hash),
      hash: content?.hash ?? null,
      population: populationFor(publication, publishing) ?? null,
      preparation: content ? { state: 'made' } : (publications.find(stream) ?? null),
    }
  })
  return {
    publications: rows.sort((a, b) => (a.publication.proposedOn < b.publication.proposedOn ? 1 : -1)),
    ledgers: ledgersOf(publishing, contents),
    holdings: [
      ...[...publishing.holdings].map(([stream, holding]) => holdingRow(stream, holding, false)),
      ...[...publishing.dataSets].map(([stream, holding]) => holdingRow(stream, holding, true)),
    ],
    choices: { indicators: publishable.map(({ key }) => key), cutOffs },
  }
}

const holdingRow = (stream: StreamId, holding: Holding, isDataSet: boolean): HoldingRow => ({
  ...holding,
  stream,
  isDataSet,
  population: populationKey(populationOf(holding)),
})

/** Refused: `access.not-found` of what is not there or not made yet. */
export async function publicationDraft(
  { database }: Source,
  viewer: Viewer,
  stream: StreamId,
): Promise<Decision<PublicationDraft>> {
  const { publishing, contents } = await readAll(database, viewer)
  const found = await database.asPublisher((transaction) => readContent(transaction, viewer.programme, stream))
  const publication = publishing.publications.get(stream)
  if (!found || !publication) return refuse('access.not-found')
  const { picture: _, ...inside } = found.inside
  const key = contents.find((each) => each.publication === stream)?.population
  const spends = lossOf(publication.proposal.method).epsilon > 0
  const ledger = ledgersOf(publishing, contents).find(({ population }) => populationKey(population) === key)
  const line = ledger?.lines.find((each) => each.publication === stream)
  return accept({ hash: found.hash, content: found.content, inside, spending: spends ? (line ?? null) : null })
}

/** Refused: `access.not-found`. */
export async function publicationPicture(
  { database }: Source,
  viewer: Viewer,
  stream: StreamId,
): Promise<Decision<Pick<Inside, 'picture'>>> {
  const found = await database.asPublisher((transaction) => readContent(transaction, viewer.programme, stream))
  return found ? accept({ picture: found.inside.picture }) : refuse('access.not-found')
}

// ---------------------------------------------------------------- what all are read from

function readAll(database: Database, viewer: Viewer) {
  return database.asPublisher(async (transaction) => ({
    publishing: (await publishingOf(transaction, viewer.programme)).get(viewer.programme) ?? nothingPublished,
    contents: await contentsOf(transaction, viewer.programme),
    cutOffs: await cutOffsOver(transaction, viewer),
  }))
}

function populationFor({ proposal: { from } }: Publication, publishing: Publishing): Population | undefined {
  if (from.kind === 'facts') return { kind: 'own' }
  const holding = findHolding(publishing, from.holding)
  return holding && populationOf(holding)
}

function ledgersOf({ budgets, holdings, dataSets }: Publishing, contents: readonly ContentRow[]): Ledger[] {
  const populations = [
    ...[...budgets.values()].map(({ population }) => population),
    ...[...holdings.values(), ...dataSets.values()].map(populationOf),
  ]
  const known = new Map(populations.map((population) => [populationKey(population), population]))
  return [...known].map(([key, population]) => ledgerOf(population, [...budgets.values()], spendingsOf(contents, key)))
}
