import * as z from 'zod'
import { gatherKinds, type Kind } from '../kind.ts'

/**
 * A small world to fold in: things with a colour, a size and a sealed remark, and notes on them. `described` has come to
 * version 3, so that entries of versions 1 and 2 must be upcast; `tomorrow` knows one kind and one version more.
 */
const thing = {
  version: 1,
  stream: 'case',
  opens: false,
  who: ['caseworker'],
  precisions: ['quarter'],
  time: 'sealed',
} as const

export const opened: Kind = {
  ...thing,
  kind: 'test.thing-opened',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ colour: z.string(), size: z.int() }),
  sealed: ['remark'],
}

export const described: Kind = {
  ...thing,
  kind: 'test.thing-described',
  version: 3,
  sets: 'stream',
  coded: z.strictObject({ colour: z.string().optional(), size: z.int().optional() }),
  sealed: ['remark'],
  upcasts: {
    // Version 1 spelt it differently.
    2: ({ color, ...rest }) => (color === undefined ? rest : { ...rest, colour: color }),
    // Version 2 had two sizes in words.
    3: ({ size, ...rest }) => (size === undefined ? rest : { ...rest, size: String(size).trim() === 'small' ? 1 : 9 }),
  },
}

export const noteAdded: Kind = {
  ...thing,
  kind: 'test.note-added',
  sets: 'itself',
  coded: z.strictObject({ topic: z.string() }),
  sealed: ['text'],
}

export const noteCorrected: Kind = {
  ...thing,
  kind: 'test.note-corrected',
  sets: 'named',
  coded: z.strictObject({ record: z.string(), topic: z.string().optional() }),
  sealed: ['text'],
}

export const weighed: Kind = {
  ...thing,
  kind: 'test.thing-weighed',
  sets: 'stream',
  coded: z.strictObject({ weight: z.int() }),
  sealed: [],
}

const describedTomorrow: Kind = {
  ...described,
  version: 4,
  coded: z.strictObject({ colour: z.string().optional(), size: z.int().optional(), shade: z.string().optional() }),
  upcasts: { ...described.upcasts, 4: (coded) => coded },
}

export const today = gatherKinds([opened, described, noteAdded, noteCorrected])
export const tomorrow = gatherKinds([opened, describedTomorrow, noteAdded, noteCorrected, weighed])
