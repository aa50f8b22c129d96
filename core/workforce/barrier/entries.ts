import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { markInError } from '../../log/sealed-kinds.ts'
import { Agency } from '../../shared/agencies.ts'
import { CivilDate } from '../../shared/dates.ts'
import { OrganisationId, StreamId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { BarrierLevel, longestLine, longestText, MowipArea } from './words.ts'

/** A barrier is an agency's, and nobody's: so everyone of the organisation that found it may read it. */
const barrier = {
  version: 1,
  stream: 'barrier',
  opens: false,
  who: ['focal-point'],
  sealed: [],
  precisions: ['day', 'month', 'quarter', 'year'],
  time: 'clear',
} as const

/** `owner`: a post or an office that does something about it, never a person. `recommendation`: the one it leads to. */
const Found = {
  agency: Agency,
  area: MowipArea,
  level: BarrierLevel,
  evidence: z.string().trim().min(1).max(longestText),
  practice: z.string().trim().max(longestText),
  recommendation: StreamId.nullable(),
  owner: z.string().trim().max(longestLine),
  due: CivilDate.nullable(),
}

export const barrierFound: Kind = {
  ...barrier,
  kind: 'workforce.barrier-found',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, country: Country, ...Found }),
}

export const barrierDescribed: Kind = {
  ...barrier,
  kind: 'workforce.barrier-described',
  sets: 'stream',
  coded: z
    .strictObject(Found)
    .partial()
    .refine((coded) => Object.values(coded).some((value) => value !== undefined)),
}

export const barrierInError: Kind = {
  ...barrier,
  kind: 'workforce.barrier-in-error',
  sets: 'named',
  coded: markInError,
}

export const barrierKinds: readonly Kind[] = [barrierFound, barrierDescribed, barrierInError]
