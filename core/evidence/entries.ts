import * as z from 'zod'
import type { Kind } from '../log/kind.ts'
import { CivilDate } from '../shared/dates.ts'
import { Hash } from '../shared/ids.ts'
import { Dataset } from './words.ts'

const line = z.string().trim().min(1).max(300)

/**
 * A published data set was brought in. The rows themselves lie beside the log under `hash`: the entry says which bytes
 * they were, whose, and how many rows were read from them.
 */
export const DataSetImported = z.strictObject({
  dataset: Dataset,
  name: line,
  publisher: line,
  /** As the publisher dates or numbers it: `2023-05-30`. */
  edition: line,
  /** SHA-256 of the file's bytes after unpacking: the same table, gzipped or not, is the same data set. */
  hash: Hash,
  /**
   * SHA-256 of the rows as they were read (`rowsText`): the same table with or without lines above it, as CSV or as a
   * workbook, is known again. Left out by the first versions of this program.
   */
  rowsHash: Hash.optional(),
  bytes: z.int().min(1),
  /** The header of the table, as the file names its columns: what the cells of its rows are. */
  columns: z.array(z.string().max(200)).min(1).max(300),
  rows: z.int().min(1),
  /** Lines that could not be read and were left out because the person said so. */
  leftOut: z.int().min(0),
  /** The publisher's terms as the importer knows them. */
  terms: z.string().trim().min(1).max(4000),
  /** Where it was got from: an address or a citation. */
  source: z.string().trim().min(1).max(1000),
})
export type DataSetImported = z.infer<typeof DataSetImported>

/** Whole numbers only: a share as its parts where they are known, else as printed, in tenths of a percent (650 is 65.0 %). */
export const FactValue = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('ratio'), numerator: z.int().min(0), denominator: z.int().min(1) })
    .refine((value) => value.numerator <= value.denominator, 'a share is at most the whole'),
  z.strictObject({ kind: z.literal('percent-tenths'), tenths: z.int().min(0).max(1000) }),
])
export type FactValue = z.infer<typeof FactValue>

/** A figure somebody else published, cited: never counted by us, always shown with its source. */
export const FactCited = z.strictObject({
  /** Id of its sentence in the catalogues, under `fact.<text>`. */
  text: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(100),
  value: FactValue,
  /** What period the source says it of; left out where it says none. */
  period: CivilDate.optional(),
  source: line,
  edition: line,
  page: z.string().trim().min(1).max(40).optional(),
  /** The document it was read in, where that is not the source itself. */
  readIn: line.optional(),
  /** The day a person compared it with the document it was read in. */
  verifiedOn: CivilDate,
})
export type FactCited = z.infer<typeof FactCited>

export const dataSetImported: Kind = {
  kind: 'evidence.data-set-imported',
  version: 1,
  stream: 'data-set',
  opens: true,
  sets: 'stream',
  who: ['steward'],
  coded: DataSetImported,
  sealed: [],
  precisions: ['day'],
  time: 'clear',
}

export const factCited: Kind = {
  kind: 'evidence.fact-cited',
  version: 1,
  stream: 'fact',
  opens: true,
  sets: 'stream',
  who: ['steward'],
  coded: FactCited,
  sealed: [],
  precisions: ['day'],
  time: 'clear',
}

/** The same fact as it should have been cited, whole: what was printed before names the entry that it was printed from. */
export const factCorrected: Kind = {
  ...factCited,
  kind: 'evidence.fact-corrected',
  opens: false,
}

/** Withdrawn by whoever cited it, or (`false`) standing again; the note says why. */
export const factWithdrawn: Kind = {
  ...factCited,
  kind: 'evidence.fact-withdrawn',
  opens: false,
  coded: z.strictObject({ withdrawn: z.boolean(), note: line }),
}

export const evidenceKinds: readonly Kind[] = [dataSetImported, factCited, factCorrected, factWithdrawn]
