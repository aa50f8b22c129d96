import { accept } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import { translated } from '@lentera/ui/tokens/scripts'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { type Route, route } from '../../http/route.ts'
import { isDemonstration } from '../demonstration.ts'
import { type ComparedRecord, compareWithRecord } from './compare.ts'
import { documentOf } from './document.ts'
import { brochurePdf } from './pdf.ts'

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

const pdf = route({
  at: 'GET /api/brochure/pdf',
  who: publishers,
  may: noMoreThanWho,
  parse: { query: z.strictObject({ language: z.enum(translated) }) },
  decide: async ({ query: { language } }, _, { database, releases }) => {
    const [compared, demonstration] = [await compareWithRecord(database, releases), await isDemonstration(database)]
    const made = await brochurePdf(documentOf(compared, language, demonstration), Date.now())
    const name = `${demonstration ? 'DEMONSTRATION-' : ''}brochure-${language}.pdf`
    return accept({ name, pdf: Buffer.from(made).toString('base64') })
  },
  // Some hundred kilobytes: as text they travel by the one way in which every answer does.
  present: { status: 200, body: z.strictObject({ name: z.string(), pdf: z.base64() }) },
})

export const brochureRoutes: readonly Route[] = [record, pdf]
