import * as z from 'zod'
import type { CivilDate } from '../shared/dates.ts'
import { agreedValue, type StreamState } from './fold.ts'
import type { Kind } from './kind.ts'

/** She asked for it; the time for which the programme keeps identities is over; she should never have been written down. */
export const ErasureReason = z.enum(['her-request', 'retention-ended', 'entered-in-error'])
export type ErasureReason = z.infer<typeof ErasureReason>

/**
 * Her identity is erased: whoever hears of it destroys the keys of this case, and what was sealed in it opens nowhere more.
 * The entries stay as they are, and so does what they count. It cannot be taken back: there is no key left to take back.
 */
export const personErased: Kind = {
  kind: 'log.person-erased',
  version: 1,
  stream: 'keyed',
  opens: false,
  // A record of its own: two who erase apart from one another do not disagree.
  sets: 'itself',
  who: ['supervisor'],
  coded: z.strictObject({ erasureReason: ErasureReason }),
  sealed: [],
  precisions: ['quarter'],
  time: 'sealed',
}

export type Erasure = { readonly reason: ErasureReason; readonly on: CivilDate }

/** Undefined where nobody has erased it. Of several the one with the least id, so that every reader says the same. */
export function erasureOf(state: StreamState): Erasure | undefined {
  const [first] = Object.entries(state.records)
    .filter(([, { kind }]) => kind === personErased.kind)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const record = first?.[1]
  if (!record?.on) return undefined
  // A reason of a later version reads as the plainest there is: that it is erased must not hang on it.
  const reason = ErasureReason.safeParse(agreedValue(record, 'erasureReason')).data ?? 'her-request'
  return { reason, on: record.on }
}

export const isErased = (state: StreamState): boolean => erasureOf(state) !== undefined
