import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { inQuarters, markInError, withKeys } from '../../log/sealed-kinds.ts'
import { sealedOfPost } from './words.ts'

/**
 * A crossing post of an agency. In the clear stands whose it is and in which country, and nothing that finds it; the day on which it
 * was written down is a quarter, for a roster made on one day says which posts were written together.
 */
const post = { ...inQuarters, stream: 'post', who: ['focal-point'] } as const

export const postRegistered: Kind = {
  ...post,
  kind: 'workforce.post-registered',
  opens: true,
  sets: 'stream',
  coded: z.strictObject(withKeys),
  sealed: [...sealedOfPost, 'at'],
}

/** Says something of it anew: a correction, or what has changed. Only the fields it names change; an empty one is taken back. */
export const postDescribed: Kind = {
  ...post,
  kind: 'workforce.post-described',
  sets: 'stream',
  coded: z.strictObject({}),
  sealed: [...sealedOfPost, 'describedAt'],
}

/** A post that never was (`record` is the entry that registered it); `false` takes it back. */
export const postInError: Kind = {
  ...post,
  kind: 'workforce.post-in-error',
  sets: 'named',
  coded: markInError,
  sealed: ['markedAt'],
}

export const postKinds: readonly Kind[] = [postRegistered, postDescribed, postInError]
