import { Agency } from '@lentera/core/shared/agencies'
import { accept } from '@lentera/core/shared/refusals'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { type Route, route } from '../../http/route.ts'
import { type SessionOfProgramme, sessionsFor } from './sessions.ts'

const sessions = route({
  at: 'GET /api/training/sessions',
  // Whoever keeps a register of officers, and nobody besides.
  who: ['focal-point'],
  may: noMoreThanWho,
  parse: { query: z.strictObject({ agency: Agency }) },
  decide: async ({ query }, { viewer }, { database }) => accept(await sessionsFor(database, viewer, query.agency)),
  // Made whole of counts; nothing is left to strip.
  present: { status: 200, body: z.custom<readonly SessionOfProgramme[]>((value) => Array.isArray(value)) },
})

export const trainingRoutes: readonly Route[] = [sessions]
