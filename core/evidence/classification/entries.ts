import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { CodeList, ForeignCode, OurCode } from './words.ts'

/** What everyone of the programme reads, and its steward writes. */
const codeList = {
  version: 1,
  stream: 'code-list',
  opens: false,
  who: ['steward'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

/** A code list was brought as its custodians publish it. Another version is another stream: mappings never cross. */
export const codeListBrought: Kind = {
  ...codeList,
  kind: 'evidence.code-list-brought',
  opens: true,
  sets: 'stream',
  coded: CodeList,
}

/** Which of their codes each of ours is, all of them anew: a field of its own for each of ours, an empty list for none. */
export const codesMapped: Kind = {
  ...codeList,
  kind: 'evidence.codes-mapped',
  sets: 'stream',
  coded: z
    .object({})
    .catchall(z.array(ForeignCode).max(20))
    .refine((coded) => {
      const names = Object.keys(coded)
      return names.length > 0 && names.length <= 100 && names.every((name) => OurCode.safeParse(name).success)
    }),
}

export const codeListInError: Kind = {
  ...codeList,
  kind: 'evidence.code-list-in-error',
  sets: 'stream',
  coded: z.strictObject({ inError: z.boolean() }),
}

export const classificationKinds: readonly Kind[] = [codeListBrought, codesMapped, codeListInError]
