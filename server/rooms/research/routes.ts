import { StreamId } from '@lentera/core/shared/ids'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { type Route, route } from '../../http/route.ts'
import { resultsOf, type SurveyResults } from './results.ts'

const results = route({
  at: 'GET /api/research',
  who: 'signed-in',
  // Of her own organisation only: what is another's is answered as if it were not there.
  may: noMoreThanWho,
  parse: { query: z.strictObject({ survey: StreamId }) },
  decide: ({ query }, { viewer }, { database }) => resultsOf(database, viewer, query.survey),
  // Made whole of released counts; nothing is left to strip.
  present: { status: 200, body: z.custom<SurveyResults>((value) => typeof value === 'object' && value !== null) },
})

export const researchRoutes: readonly Route[] = [results]
