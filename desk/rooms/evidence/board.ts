import type { Split } from '@lentera/core/evidence/ctdc'
import { DataSetImported, FactCited } from '@lentera/core/evidence/entries'
import type { Figures } from '@lentera/core/evidence/figures'
import { CtdcLayout } from '@lentera/core/evidence/words'
import { Hash, StreamId } from '@lentera/core/shared/ids'
import * as z from 'zod'

/** The server's answer of `GET /api/evidence`, as this room reads it. */
const DataSet = z.object({
  ...DataSetImported.shape,
  stream: StreamId,
  importedOn: z.string(),
  rowsHash: Hash,
  repeats: z.array(z.object({ stream: StreamId, importedOn: z.string(), edition: z.string() })),
})
export type DataSet = z.infer<typeof DataSet>
const Fact = z.object({
  ...FactCited.shape,
  stream: StreamId,
  withdrawn: z.object({ note: z.string() }).nullable(),
})
export type Fact = z.infer<typeof Fact>

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

const Glotip = z.object({
  dataset: z.literal('glotip'),
  stream: StreamId,
  year: z.int(),
  figures: z.custom<Figures>(isObject),
})
export type GlotipFigures = z.infer<typeof Glotip>
const Ctdc = z.object({
  dataset: z.literal('ctdc'),
  stream: StreamId,
  layout: CtdcLayout,
  records: z.int(),
  splits: z.array(z.custom<Split>(isObject)),
  smallestClass: z.int(),
})
export type CtdcFigures = z.infer<typeof Ctdc>

const Board = z.object({
  dataSets: z.array(DataSet),
  facts: z.array(Fact),
  figures: z.array(z.discriminatedUnion('dataset', [Glotip, Ctdc])),
})
export type Board = z.infer<typeof Board>

export const parseBoard = (answer: unknown): Board => Board.parse(answer)

export const citeOf = ({ publisher, name, edition }: DataSet): string => `${publisher}: ${name}, ${edition}`
