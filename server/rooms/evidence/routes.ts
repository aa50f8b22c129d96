import type { Where } from '@lentera/core/evidence/figures'
import { Hash, StreamId } from '@lentera/core/shared/ids'
import { accept, refuse } from '@lentera/core/shared/refusals'
import { hashNow } from '@lentera/sealed/verify'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { bringsEvidence, mayReadEvidence } from '../../access/evidence.ts'
import { type Route, route } from '../../http/route.ts'
import { blobLimit, storeBlob } from './blobs.ts'
import { type EvidenceBoard, evidenceBoard } from './board.ts'
import { rowsOfDataSet } from './rows.ts'

const bringBytes = route({
  at: 'PUT /api/evidence/blobs/:hash',
  who: bringsEvidence,
  may: noMoreThanWho,
  parse: { params: z.strictObject({ hash: Hash }), bytes: blobLimit },
  decide: async ({ params, bytes }, { viewer }, { database }) => {
    if (!(bytes instanceof Uint8Array) || hashNow(bytes) !== params.hash) return refuse('evidence.bytes-not-as-named')
    const isNew = await database.asViewer(viewer, (transaction) =>
      storeBlob(transaction, viewer.programme, params.hash, bytes),
    )
    return accept({ stored: isNew })
  },
  present: { status: ({ stored }) => (stored ? 201 : 200), body: z.object({ stored: z.boolean() }) },
})

const board = route({
  at: 'GET /api/evidence',
  who: 'signed-in',
  may: ({ viewer }) => mayReadEvidence(viewer),
  parse: { query: z.strictObject({ year: z.coerce.number().int().min(1900).max(2100).optional() }) },
  decide: async ({ query }, { viewer }, server) => accept(await evidenceBoard(server, viewer, query.year)),
  // Published by others to everyone: there is nothing here to strip.
  present: { status: 200, body: z.custom<EvidenceBoard>((value) => typeof value === 'object') },
})

const text = z.string().max(200)
const FilterIn = z.union([
  z.strictObject({
    indicator: text,
    dimension: text,
    category: text,
    sex: text,
    age: text,
    year: z.int().exactOptional(),
    area: text.exactOptional(),
    lines: z.enum(['every-row', 'areas']),
  }) satisfies z.ZodType<Where>,
  z.strictObject({ column: text, value: text.nullable() }),
  z.strictObject({}),
])

const rows = route({
  at: 'POST /api/evidence/rows',
  who: 'signed-in',
  may: ({ viewer }) => mayReadEvidence(viewer),
  parse: { body: z.strictObject({ dataSet: StreamId, filter: FilterIn, after: z.int().min(0).default(0) }) },
  decide: async ({ body }, { viewer }, { database }) =>
    accept(await rowsOfDataSet(database, viewer, body.dataSet, body.filter, body.after)),
  present: {
    status: 200,
    body: z.object({
      rows: z.array(z.object({ line: z.int(), cells: z.record(z.string(), z.string()) })).readonly(),
      after: z.int().nullable(),
      more: z.boolean(),
    }),
  },
})

export const evidenceRoutes: readonly Route[] = [bringBytes, board, rows]
