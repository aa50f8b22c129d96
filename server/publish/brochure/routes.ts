import { accept } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { type Route, route } from '../../http/route.ts'
import { type ComparedRecord, compareWithRecord } from './compare.ts'

/** Who answers for what the programme publishes. What they get may leave the house: it is the same for each of them. */
const publishers = ['manager', 'steward', 'regional-manager'] as const satisfies readonly Role[]

const record = route({
  at: 'GET /api/brochure',
  who: publishers,
  may: noMoreThanWho,
  parse: {},
  decide: async (_, __, { database, releases }) => accept(await compareWithRecord(database, releases)),
  present: { status: 200, body: z.custom<ComparedRecord>((value) => typeof value === 'object' && value !== null) },
})

export const brochureRoutes: readonly Route[] = [record]
