import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { markInError } from '../../log/sealed-kinds.ts'
import { Agency } from '../../shared/agencies.ts'
import { CivilDate } from '../../shared/dates.ts'
import { OrganisationId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { Counted } from '../words.ts'
import { Bands, isCutOff } from './words.ts'

/** Bands alone: everyone of the organisation may read them, and the region gets them at its cut-offs. */
const release = {
  version: 1,
  stream: 'cover-release',
  opens: false,
  who: ['focal-point'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

/**
 * Its date is the cut-off. `made`: the cut-off the bands are of, an earlier one where they are held as they were shown. `bands`: null where
 * too little could be told.
 */
export const coverReleased: Kind = {
  ...release,
  kind: 'workforce.cover-released',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({
    organisation: OrganisationId,
    country: Country,
    agency: Agency,
    counted: Counted,
    made: CivilDate.refine(isCutOff),
    bands: Bands.nullable(),
  }),
}

/** A release that should not have been: it is counted no more, and what it showed still binds what comes after it. */
export const coverReleaseInError: Kind = {
  ...release,
  kind: 'workforce.cover-release-in-error',
  sets: 'named',
  coded: markInError,
}

export const coverReleaseKinds: readonly Kind[] = [coverReleased, coverReleaseInError]
