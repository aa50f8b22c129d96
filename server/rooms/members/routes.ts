import { accept } from '@lentera/core/shared/refusals'
import { noMoreThanWho } from '../../access/anyone.ts'
import { type Route, route } from '../../http/route.ts'
import { Members, membersOf } from './members.ts'

const members = route({
  at: 'GET /api/members',
  who: 'signed-in',
  may: noMoreThanWho,
  parse: {},
  decide: async (_, { viewer }, { database }) => accept(await membersOf(database, viewer)),
  present: { status: 200, body: Members },
})

export const memberRoutes: readonly Route[] = [members]
