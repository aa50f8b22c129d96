import type {
  Inside,
  Preparation,
  PublicationBoard,
  PublicationDraft,
} from '@lentera/core/evidence/publication/answers'
import { Hash, StreamId } from '@lentera/core/shared/ids'
import { accept, refuse } from '@lentera/core/shared/refusals'
import { hashNow } from '@lentera/sealed/verify'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { mayReadDrafts, preparesPublications, readsDrafts, seesWhatItWasMadeOf } from '../../access/publications.ts'
import { type Route, route } from '../../http/route.ts'
import { publicationBoard, publicationDraft, publicationPicture } from './board.ts'
import { holdingLimit, storeHolding } from './holding-bytes.ts'

const of = { params: z.strictObject({ stream: StreamId }) }

const board = route({
  at: 'GET /api/publications',
  who: 'signed-in',
  may: noMoreThanWho,
  parse: {},
  decide: async (_, { viewer }, server) => accept(await publicationBoard(server, viewer)),
  present: { status: 200, body: z.custom<PublicationBoard>(isObject) },
})

const prepare = route({
  at: 'POST /api/publications/:stream/prepare',
  who: preparesPublications,
  may: noMoreThanWho,
  parse: of,
  decide: ({ params: { stream } }, { viewer }, { publications }) => publications.prepare(viewer, stream),
  present: {
    status: ({ state }) => (state === 'made' ? 200 : 202),
    body: z.custom<Preparation>(isObject),
  },
})

const cancel = route({
  at: 'POST /api/publications/:stream/cancel',
  who: preparesPublications,
  may: noMoreThanWho,
  parse: of,
  decide: async ({ params: { stream } }, { viewer }, server) => {
    const { publications } = await publicationBoard(server, viewer)
    // Only one of her own programme: of another she learns nothing, and stops nothing.
    if (publications.some((each) => each.stream === stream)) server.publications.cancel(stream)
    return accept({ state: 'stopped' as const })
  },
  present: { status: 200, body: z.strictObject({ state: z.literal('stopped') }) },
})

const draft = route({
  at: 'GET /api/publications/:stream',
  who: readsDrafts,
  may: ({ viewer }) => mayReadDrafts(viewer),
  parse: of,
  decide: ({ params: { stream } }, { viewer }, server) => publicationDraft(server, viewer, stream),
  // What will be public, and counts about it.
  present: { status: 200, body: z.custom<PublicationDraft>(isObject) },
})

const picture = route({
  at: 'GET /api/publications/:stream/picture',
  who: seesWhatItWasMadeOf,
  may: noMoreThanWho,
  parse: of,
  decide: ({ params: { stream } }, { viewer }, server) => publicationPicture(server, viewer, stream),
  present: { status: 200, body: z.custom<Pick<Inside, 'picture'>>(isObject) },
})

const bringHolding = route({
  at: 'PUT /api/publications/holdings/:hash',
  who: preparesPublications,
  may: noMoreThanWho,
  parse: { params: z.strictObject({ hash: Hash }), bytes: holdingLimit },
  decide: async ({ params: { hash }, bytes }, { viewer }, { database, secret }) => {
    if (!(bytes instanceof Uint8Array) || hashNow(bytes) !== hash) return refuse('evidence.bytes-not-as-named')
    const isNew = await database.asViewer(viewer, (transaction) =>
      storeHolding(transaction, secret, { programme: viewer.programme, hash }, bytes),
    )
    return accept({ stored: isNew })
  },
  present: { status: ({ stored }) => (stored ? 201 : 200), body: z.object({ stored: z.boolean() }) },
})

export const publicationRoutes: readonly Route[] = [bringHolding, board, prepare, cancel, draft, picture]

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
