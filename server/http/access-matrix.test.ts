import { MemberId } from '@lentera/core/shared/ids'
import type { Role } from '@lentera/core/shared/roles'
import { hashNow, newToken } from '@lentera/sealed/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { found, join, type Place } from '../../tools/device/world.ts'
import { accountOf, ask, type Running, runServer, signIn } from '../testing/running.ts'
import { routes } from './routes.ts'

/**
 * Who gets what from each route, refusals first. Made from the route list: a route without a row, or a row without a
 * route, fails here.
 */
type Actor = 'stranger' | 'idle' | 'removed' | Role
const actors: readonly Actor[] = [
  'stranger',
  'idle',
  'removed',
  'caseworker',
  'supervisor',
  'manager',
  'steward',
  'protection-officer',
  'administrator',
  'regional-manager',
]

type Row = {
  /** Who is let in; everyone else is answered like at a door that is not there. */
  readonly may: readonly Actor[]
  /** A request that would do no harm, and its status for those who may. */
  readonly body?: unknown
  readonly path?: string
  readonly status: number
}

const everyone = actors
const members = actors.filter((actor) => !['stranger', 'idle', 'removed'].includes(actor))
const known = [...members, 'removed' as const]
const uuid = '6b1f0a52-9a6e-4f8e-9d53-0c4f8f7a1b11'
const bytes = new TextEncoder().encode('a,b\n1,2\n')
const lookup = hashNow('nobody has this name')
// Another, for wrong attempts at one name are counted together.
const nobody = hashNow('nor this one')

const matrix: Readonly<Record<string, Row>> = {
  'GET /api/state': { may: everyone, status: 200 },
  'GET /api/openapi.json': { may: everyone, status: 200 },
  'POST /api/sign-in/parameters': { may: everyone, body: { lookup }, status: 200 },
  'POST /api/sign-in': { may: everyone, body: { lookup, verifier: newToken() }, status: 401 },
  'POST /api/sign-in/recovery': { may: everyone, body: { lookup: nobody, verifier: newToken() }, status: 401 },
  'POST /api/found': { may: everyone, body: null, status: 400 },
  'GET /api/me': { may: known, status: 200 },
  'GET /api/members': { may: members, status: 200 },
  'POST /api/log/append': { may: known, body: null, status: 400 },
  'POST /api/log/pull': { may: members, body: { epoch: null, after: null }, status: 200 },
  'POST /api/log/states': { may: members, body: { after: null }, status: 200 },
  'GET /api/figures': { may: members, status: 200 },
  'GET /api/framework': { may: members, status: 200 },
  'GET /api/cover-releases': { may: members, status: 200 },
  // Whoever keeps a register of officers: none of these.
  'GET /api/training/sessions': { may: [], path: '/api/training/sessions?agency=police', status: 404 },
  'GET /api/research': {
    may: members,
    path: `/api/research?survey=${uuid}`,
    status: 404,
  },
  'POST /api/figures/open': {
    may: members,
    body: { key: 'no-such-figure', scope: 'programme', period: 'all', part: {} },
    status: 404,
  },
  'PUT /api/evidence/blobs/:hash': {
    may: ['steward'],
    path: `/api/evidence/blobs/${hashNow(bytes)}`,
    body: bytes,
    status: 201,
  },
  'PUT /api/publications/holdings/:hash': {
    may: ['steward'],
    path: `/api/publications/holdings/${hashNow(bytes)}`,
    body: bytes,
    status: 201,
  },
  'GET /api/evidence': { may: members, status: 200 },
  'POST /api/evidence/rows': { may: members, body: { dataSet: uuid, filter: {} }, status: 200 },
  'GET /api/brochure': { may: ['manager', 'steward', 'regional-manager'], status: 200 },
  'GET /api/brochure/pdf': {
    may: ['manager', 'steward', 'regional-manager'],
    path: '/api/brochure/pdf?language=my',
    status: 200,
  },
  // Of a country: a region is reported on in its own office. No report of that name is anybody's.
  'GET /api/donor-reports': { may: ['manager', 'steward'], status: 200 },
  'GET /api/donor-reports/:stream': { may: [], path: `/api/donor-reports/${uuid}`, status: 404 },
  'GET /api/donor-reports/:stream/file': {
    may: [],
    path: `/api/donor-reports/${uuid}/file?form=docx&language=my`,
    status: 404,
  },
  // A publication of that name is nobody's; of those that are: `publish/publications/publications.test.ts`.
  'GET /api/publications': { may: members, status: 200 },
  'GET /api/publications/:stream': { may: [], path: `/api/publications/${uuid}`, status: 404 },
  'GET /api/publications/:stream/picture': { may: [], path: `/api/publications/${uuid}/picture`, status: 404 },
  'POST /api/publications/:stream/prepare': { may: [], path: `/api/publications/${uuid}/prepare`, status: 404 },
  'POST /api/publications/:stream/cancel': {
    may: ['steward'],
    path: `/api/publications/${uuid}/cancel`,
    status: 200,
  },
  'GET /api/editions': { may: ['manager', 'steward', 'regional-manager'], status: 200 },
  'GET /api/editions/:stream': { may: [], path: `/api/editions/${uuid}`, status: 404 },
  'GET /api/editions/:stream/file': {
    may: [],
    path: `/api/editions/${uuid}/file?form=pdf&language=my`,
    status: 404,
  },
  // In a demonstration nobody's: the status says which came first.
  'POST /api/accounts': { may: ['administrator'], body: accountOf(MemberId.parse(uuid), 'x'), status: 409 },
  'POST /api/account': {
    may: members,
    body: { proof: { by: 'passphrase', verifier: newToken() }, account: {} },
    status: 409,
  },
  'POST /api/sign-out': { may: known, status: 204 },
}

let running: Running
let place: Place
const tokens = new Map<Actor, string>()

beforeAll(async () => {
  running = await runServer()
  place = await found(running.database, 'Poipet shelter')
  const { programme } = place.organisation
  for (const actor of [...members, 'idle' as const, 'removed' as const]) {
    const roles = actor === 'idle' || actor === 'removed' ? (['steward'] as const) : [actor as Role]
    const worker = await join(running.database, place, roles, actor)
    tokens.set(actor, await signIn(running, programme, worker.viewer.member))
    if (actor === 'idle') await age(running, worker.viewer.member)
    if (actor === 'removed') {
      await running.database.asOwner((transaction) =>
        transaction.query('remove', 'update lentera.member set removed = true where member = $1', [
          worker.viewer.member,
        ]),
      )
    }
  }
})

afterAll(async () => {
  await running.stop()
})

async function age(of: Running, member: string): Promise<void> {
  await of.database.asOwner((transaction) =>
    transaction.query('age', `update lentera.session set last_used = now() - interval '31 minutes' where member = $1`, [
      member,
    ]),
  )
}

it('every route has a row, and every row a route', () => {
  expect(routes.map(({ at }) => at).toSorted()).toEqual(Object.keys(matrix).toSorted())
})

it('every route says who may', () => {
  for (const { who } of routes) expect(Array.isArray(who) ? who.length : who).toBeTruthy()
})

describe.each(Object.entries(matrix))('%s', (at, row) => {
  const [method = '', declared = ''] = at.split(' ')
  const request = (token: string | undefined, path: string) =>
    ask(running.server.desk, `${method} ${path}`, { token, body: row.body })
  const refused = actors.filter((actor) => !row.may.includes(actor))

  it.each(refused)('is not there for: %s', async (actor) => {
    const here = await request(tokens.get(actor), row.path ?? declared)
    const nowhere = await request(tokens.get(actor), '/api/no-such-route')
    expect({ status: here.status, text: here.text }).toEqual({ status: nowhere.status, text: nowhere.text })
    expect(here.status).toBe(actor === 'stranger' || actor === 'idle' ? 401 : 404)
  })

  // Signing out comes last in the matrix: it ends the sessions the other rows ask with.
  it.each(row.may)('answers: %s', async (actor) => {
    const { status } = await request(tokens.get(actor), row.path ?? declared)
    // What a steward has brought already is there the second time.
    expect(status).toBe(row.status)
  })
})
