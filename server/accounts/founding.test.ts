import { randomBytes } from '@lentera/sealed/open'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { foundOrganisation } from '../../tools/device/found.ts'
import { today, until } from '../../tools/device/world.ts'
import { startServer } from '../main.ts'
import { accountOf, ask, type Running, runServer } from '../testing/running.ts'

/** From an empty database to the first administrator: the one-time address, once. */
let running: Running
const said: string[] = []

beforeAll(async () => {
  running = await runServer({ empty: true, say: (line) => said.push(line) })
})

afterAll(async () => {
  await running.stop()
})

async function founding(name: string) {
  const { organisation, device } = await foundOrganisation(
    {
      programme: { name: 'Cambodia', country: 'KH', zone: 'Asia/Phnom_Penh', demonstration: false },
      country: 'KH',
      name,
      teams: ['Casework'],
      today,
      until,
    },
    () => randomBytes,
    name,
  )
  const batch = await device.nextBatch()
  return { batch, account: accountOf(organisation.administrator.member, 'first') }
}

type State = { founded: boolean; demonstration: boolean; cast: unknown[] }
type Founded = { ok: boolean; refusal: { code: string } }

it('founds nothing for one who has not read the terminal, once for one who has, and then no more', async () => {
  const { desk, setup } = running.server
  const { founded } = (await ask<State>(desk, 'GET /api/state')).body
  expect(founded).toBe(false)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(`${setup}`)
  const token = setup?.split('#')[1] ?? ''

  const first = await founding('Shelter')
  const guessed = await ask(desk, 'POST /api/found', { body: { ...first, setup: 'A'.repeat(43) } })
  expect([guessed.status, (await ask<State>(desk, 'GET /api/state')).body.founded]).toEqual([404, false])

  const done = await ask<Founded>(desk, 'POST /api/found', { body: { ...first, setup: token } })
  expect([done.status, done.body.ok]).toEqual([201, true])
  expect((await ask<State>(desk, 'GET /api/state')).body).toMatchObject({
    founded: true,
    demonstration: false,
    cast: [],
  })
  const { lookup, verifier } = first.account
  expect((await ask(desk, 'POST /api/sign-in', { body: { lookup, verifier } })).status).toBe(200)

  const second = await founding('Another')
  expect((await ask(desk, 'POST /api/found', { body: { ...second, setup: token } })).status).toBe(404)
  // The token stands behind the #, which no browser sends: it is in no log either.
  expect(await running.events()).not.toContain(token)
})

it('goes on with a founding whose account was cut off', async () => {
  const cut = await runServer({ empty: true })
  try {
    const token = cut.server.setup?.split('#')[1] ?? ''
    const first = await founding('Shelter')
    await ask(cut.server.desk, 'POST /api/found', { body: { ...first, setup: token } })
    await cut.database.asOwner((transaction) => transaction.query('cut', 'delete from lentera.account'))
    // The server starts again, bare as it was, and shows a new address.
    const again = await startServer({
      databaseUrl: cut.ownerUrl,
      deskPort: 0,
      portalPort: 0,
      deskFolder: cut.dataFolder,
      dataFolder: cut.dataFolder,
      empty: true,
      say: () => undefined,
    })
    const next = again.setup?.split('#')[1]
    const done = await ask(again.desk, 'POST /api/found', { body: { ...first, setup: next } })
    const { lookup, verifier } = first.account
    const signedIn = await ask(again.desk, 'POST /api/sign-in', { body: { lookup, verifier } })
    await again.stop()
    expect([done.status, signedIn.status]).toEqual([201, 200])
  } finally {
    await cut.stop()
  }
})
