import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { Qualifier } from '../../shared/counts.ts'
import { EntryId, OrganisationId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { awarenessWriters, Channel, mostReached, ReachSource, ReachUnit } from '../words.ts'

/** A public work (an exhibition, a video, a page), and statements of how far it had reached by a day. */
const reach = {
  version: 1,
  stream: 'reach',
  opens: false,
  who: awarenessWriters,
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

/** As the public reads it: a title that already hangs on a wall or stands on a page. */
const Title = z.string().trim().min(1).max(120)

export const workShown: Kind = {
  ...reach,
  kind: 'awareness.work-shown',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, country: Country, channel: Channel, title: Title }),
}

export const workDescribed: Kind = {
  ...reach,
  kind: 'awareness.work-described',
  sets: 'stream',
  coded: z
    .strictObject({ channel: Channel.optional(), title: Title.optional() })
    .refine((coded) => Object.keys(coded).length > 0),
}

/** The whole reach of the work up to the day, as a source says it. A unit is never corrected: it is another statement. */
export const reachStated: Kind = {
  ...reach,
  kind: 'awareness.reach-stated',
  sets: 'itself',
  coded: z.strictObject({
    unit: ReachUnit,
    amount: z.int().min(1).max(mostReached),
    qualifier: Qualifier,
    source: ReachSource,
  }),
}

export const reachCorrected: Kind = {
  ...reach,
  kind: 'awareness.reach-corrected',
  sets: 'named',
  coded: z.strictObject({
    record: EntryId,
    amount: z.int().min(1).max(mostReached),
    qualifier: Qualifier,
    source: ReachSource,
  }),
}

/** A statement that never was, or (`record` is then the entry that opened it) a whole work; `false` takes it back. */
export const reachInError: Kind = {
  ...reach,
  kind: 'awareness.reach-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const reachKinds: readonly Kind[] = [workShown, workDescribed, reachStated, reachCorrected, reachInError]
