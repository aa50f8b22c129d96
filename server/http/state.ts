import { accept } from '@lentera/core/shared/refusals'
import * as z from 'zod'
import { noMoreThanWho } from '../access/anyone.ts'
import { type Route, route } from './route.ts'

const State = z.object({
  version: z.string(),
  founded: z.boolean(),
  demonstration: z.boolean(),
  cast: z.array(
    z.object({
      login: z.string(),
      passphrase: z.string(),
      label: z.string(),
      programmeName: z.string(),
      roles: z.array(z.string()).readonly(),
    }),
  ),
})

const state = route({
  at: 'GET /api/state',
  who: 'anyone',
  may: noMoreThanWho,
  parse: {},
  decide: async (_, __, { version, cast, database }) => {
    const programmes = await database.asPublisher((transaction) =>
      transaction.query<{ demonstration: boolean }>('programmes', 'select demonstration from lentera.programme'),
    )
    const demonstration = programmes.length > 0 && programmes.every((programme) => programme.demonstration)
    // Passphrases of the cast are public by nature; beside one real programme they would still mislead.
    return accept({ version, founded: programmes.length > 0, demonstration, cast: demonstration ? [...cast] : [] })
  },
  present: { status: 200, body: State },
})

const openApi = route({
  at: 'GET /api/openapi.json',
  who: 'anyone',
  may: noMoreThanWho,
  parse: {},
  decide: (_, __, server) => accept(server.openApi()),
  present: { status: 200, body: z.record(z.string(), z.unknown()) },
})

export const stateRoutes: readonly Route[] = [state, openApi]
