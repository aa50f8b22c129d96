import { accept } from '@lentera/core/shared/refusals'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { type Route, route } from '../../http/route.ts'
import { type ReleasedOfAgencies, releasedFor } from './released.ts'

const releases = route({
  at: 'GET /api/cover-releases',
  who: 'signed-in',
  // Bands that were protected before they came: everyone of the programme sees them, and the region those of all countries.
  may: noMoreThanWho,
  parse: {},
  decide: async (_, { viewer }, { database }) => accept(await releasedFor(database, viewer)),
  // Made whole of released bands; nothing is left to strip.
  present: { status: 200, body: z.custom<ReleasedOfAgencies>((value) => typeof value === 'object' && value !== null) },
})

export const coverRoutes: readonly Route[] = [releases]
