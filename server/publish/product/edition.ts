import type { EditionModel } from '@lentera/core/edition/model'
import {
  type Edition,
  editionText,
  projectEdition,
  standing,
} from '@lentera/core/evidence/dissemination/edition/project'
import { type Product, projectProduct } from '@lentera/core/evidence/dissemination/project'
import type { StreamState } from '@lentera/core/log/fold'
import type { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { ReleasedValue } from '@lentera/release/release'
import { hashNow } from '@lentera/sealed/verify'
import type { Viewer } from '../../access/viewer.ts'
import type { Transaction } from '../../database/database.ts'
import { labelsOf } from '../donor-report/frozen.ts'
import { type EditionSource, holdingsOf } from './linked.ts'

/**
 * An edition of the viewer's organisation with its figures, all of which may leave.
 * Refused: `access.not-found`, `evidence.edition-in-error`, `evidence.product-in-error`.
 */
export async function editionFor(
  source: EditionSource,
  viewer: Viewer,
  stream: StreamId,
): Promise<Decision<EditionModel<ReleasedValue>>> {
  const read = await source.database.asViewer(viewer, (transaction) => readEdition(transaction, viewer, stream))
  if (!read?.product) return refuse('access.not-found')
  const { edition, product, others, publisher } = read
  if (edition.enteredInError) return refuse('evidence.edition-in-error')
  if (product.enteredInError) return refuse('evidence.product-in-error')
  const figures = standing(edition.figures)
  const links = figures.map(({ source: link }) => link ?? null)
  const holdings = await holdingsOf(source, viewer, links)
  return accept({
    product: { title: product.title, kind: product.kind, standing: product.standing, note: product.note },
    edition,
    publisher,
    isAsFrozen: edition.frozen === null || hashNow(editionText(edition)) === edition.frozen.hash,
    others,
    figures: holdings.map((found, at) => ({
      record: figures[at]?.record ?? '',
      name: figures[at]?.name ?? '',
      source: links[at] ?? null,
      ...found,
    })),
  })
}

/** What there is to link to, besides the facts and indicators that every device knows: cut-offs, the newest first, and publications. */
export type EditionChoices = {
  readonly cutOffs: readonly string[]
  readonly publications: readonly PublicationChoice[]
}
type PublicationChoice = {
  readonly address: string
  readonly title: string
  readonly hash: string
  readonly fields: readonly {
    readonly name: string
    readonly codes: readonly { readonly code: string; readonly label: string }[]
  }[]
}

export async function editionChoices(
  { database, handed: hand }: EditionSource,
  viewer: Viewer,
): Promise<EditionChoices> {
  const population =
    viewer.country === null
      ? ({ kind: 'region' } as const)
      : ({ kind: 'programme', programme: viewer.programme } as const)
  const handed = await hand()
  const standingOnes = handed.publications.filter(({ withdrawn }) => withdrawn === null)
  const whole = await Promise.all(standingOnes.map(({ address }) => handed.publication(address)))
  return {
    cutOffs: await database.asPublisher((transaction) => labelsOf(transaction, population)),
    publications: whole.flatMap((each) =>
      each
        ? [
            {
              address: each.address,
              title: each.title.en,
              hash: each.hash,
              fields: each.fields.map(({ name, codes }) => ({
                name,
                codes: codes.map(({ code, label }) => ({ code, label: label.en })),
              })),
            },
          ]
        : [],
    ),
  }
}

type Read = {
  readonly edition: Edition
  readonly product: Product | undefined
  readonly others: EditionModel['others']
  readonly publisher: string
}

async function readEdition(transaction: Transaction, viewer: Viewer, stream: StreamId): Promise<Read | undefined> {
  const audience = `organisation:${viewer.organisation}`
  const rows = await transaction.query<{ stream: StreamId; state: StreamState }>(
    'editions of an organisation',
    `select stream, state from lentera.stream where programme = $1 and audience = $2 and noun = 'edition'`,
    [viewer.programme, audience],
  )
  const editions = rows.flatMap((row) => {
    const edition = projectEdition(row.state)
    return edition ? [{ stream: row.stream, edition }] : []
  })
  const found = editions.find((each) => each.stream === stream)
  if (!found) return undefined
  const [product] = await transaction.query<{ state: StreamState }>(
    'the product of an edition',
    `select state from lentera.stream where programme = $1 and audience = $2 and stream = $3 and noun = 'product'`,
    [viewer.programme, audience, found.edition.product],
  )
  return {
    edition: found.edition,
    product: product && projectProduct(product.state),
    others: editions
      .filter((each) => each.stream !== stream && each.edition.product === found.edition.product)
      .filter(({ edition }) => !edition.enteredInError)
      .map((each) => ({
        stream: each.stream,
        number: each.edition.number,
        frozenOn: each.edition.frozen?.on ?? null,
        changed: each.edition.changed ?? null,
      }))
      .toSorted((a, b) => b.number - a.number),
    publisher: await nameOf(transaction, viewer),
  }
}

async function nameOf(transaction: Transaction, { programme, organisation }: Viewer): Promise<string> {
  const [row] = await transaction.query<{ name: string }>(
    'name of an organisation',
    'select name from lentera.organisation where programme = $1 and organisation = $2',
    [programme, organisation],
  )
  return row?.name ?? ''
}
