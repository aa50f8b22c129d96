import { draft } from '@lentera/core/log/draft'
import { memberRemoved } from '@lentera/core/log/membership'
import { Hash, type MemberId } from '@lentera/core/shared/ids'
import type { openCase } from '@lentera/core/support/capture'
import { hashNow, newToken } from '@lentera/sealed/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeNewCase } from '../../tools/device/found.ts'
import { anyRandoms, found, join, type Place, today, type Worker } from '../../tools/device/world.ts'
import { accountOf, ask, type Running, runServer, signIn } from '../testing/running.ts'
import { storeAccount } from './accounts.ts'
import { attemptLimits, countAttempts } from './attempts.ts'

type Me = { member: MemberId; roles: string[]; removed: boolean; programmeName: string; teamName: string }
type Refused = { refusal: { code: string; values: Record<string, string | number> } }

let running: Running
let shelter: Place
let clinic: Place

beforeAll(async () => {
  running = await runServer()
  shelter = await found(running.database, 'Poipet shelter')
  clinic = await found(running.database, 'Poipet clinic', shelter.organisation)
})

afterAll(async () => {
  await running.stop()
})

const post = <Body = Refused>(path: string, body: unknown, token?: string) =>
  ask<Body>(running.server.desk, `POST ${path}`, { body, token })

async function keepAccount(member: MemberId, login: string) {
  const account = accountOf(member, login)
  const { programme } = shelter.organisation
  const stored = await running.database.inProgramme(programme, (transaction) =>
    storeAccount(transaction, programme, account),
  )
  expect(stored.ok).toBe(true)
  return account
}

describe('signing in', () => {
  it('answers a name nobody has like a wrong passphrase, word for word', async () => {
    const worker = await join(running.database, shelter, ['caseworker'], 'Caseworker 1')
    const { lookup } = await keepAccount(worker.viewer.member, 'bopha')
    const nobody = Hash.parse(hashNow('login nobody'))
    const wrong = await post('/api/sign-in', { lookup, verifier: newToken() })
    const unknown = await post('/api/sign-in', { lookup: nobody, verifier: newToken() })
    expect(wrong.status).toBe(401)
    expect(wrong.body.refusal.code).toBe('access.sign-in-wrong')
    expect({ status: unknown.status, text: unknown.text }).toEqual({ status: wrong.status, text: wrong.text })
    expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()])
  })

  it('gives a name nobody has parameters too, the same at every asking and shaped like real ones', async () => {
    const worker = await join(running.database, shelter, ['caseworker'], 'Caseworker 2')
    const { lookup } = await keepAccount(worker.viewer.member, 'chan')
    type Parameters = { kdf: { salt: string } }
    const real = await post<Parameters>('/api/sign-in/parameters', { lookup })
    const ask = (name: string) => post<Parameters>('/api/sign-in/parameters', { lookup: hashNow(name) })
    const fake = await ask('nobody')
    expect(fake.status).toBe(real.status)
    expect({ ...fake.body.kdf, salt: '' }).toEqual({ ...real.body.kdf, salt: '' })
    expect(fake.body.kdf.salt).toHaveLength(real.body.kdf.salt.length)
    expect((await ask('nobody')).body).toEqual(fake.body)
    expect((await ask('nobody else')).body).not.toEqual(fake.body)
  })

  it('is braked after ten wrong attempts at one name, whether anyone has it or not', async () => {
    const lookup = hashNow('login guessed at')
    const attempts = Array.from({ length: attemptLimits.perLogin }, () =>
      post('/api/sign-in', { lookup, verifier: newToken() }),
    )
    for (const attempt of await Promise.all(attempts)) expect(attempt.status).toBe(401)
    const eleventh = await post('/api/sign-in', { lookup, verifier: newToken() })
    expect(eleventh.status).toBe(429)
    expect(eleventh.body.refusal).toEqual({ code: 'access.too-many-attempts', values: { minutes: 15 } })
  })

  it('forgets wrong attempts after a quarter of an hour, and those of a name at once when its owner signs in', () => {
    const clock = { now: 0 }
    const attempts = countAttempts(() => clock.now)
    for (let i = 0; i < attemptLimits.perLogin; i++) attempts.failed('a', 'here')
    expect(attempts.may('a', 'elsewhere').ok).toBe(false)
    expect(attempts.may('b', 'here').ok).toBe(true)
    clock.now = 15 * 60_000
    expect(attempts.may('a', 'here').ok).toBe(true)
    attempts.failed('a', 'here')
    attempts.succeeded('a')
    expect(attempts.may('a', 'here').ok).toBe(true)
  })

  it('tells a device who she is and gives back her account as it was kept; the database holds neither token nor verifier', async () => {
    const worker = await join(running.database, shelter, ['caseworker', 'supervisor'], 'Supervisor 1')
    const { lookup, verifier } = await keepAccount(worker.viewer.member, 'maly')
    type SignedIn = { token: string; me: Me; account: unknown }
    const { body, headers } = await post<SignedIn>('/api/sign-in', { lookup, verifier })
    expect(body.account).toEqual({ wrapped: 'opaque' })
    expect(body.me).toMatchObject({ member: worker.viewer.member, teamName: 'Casework', removed: false })
    expect(headers.get('set-cookie')).toBeNull()
    const kept = await running.database.asOwner((transaction) =>
      transaction.query<{ all: string }>(
        'look behind',
        `select (select string_agg(session::text, '') from lentera.session)
           || (select string_agg(account::text, '') from lentera.account) as all`,
      ),
    )
    expect(kept[0]?.all).toContain(worker.viewer.member)
    expect(kept[0]?.all).not.toContain(body.token)
    expect(kept[0]?.all).not.toContain(verifier)
    expect(kept[0]?.all).not.toContain('maly')
  })
})

describe('a session', () => {
  it('ends when it is signed out', async () => {
    const worker = await join(running.database, shelter, ['caseworker'], 'Caseworker 3')
    const token = await signIn(running, shelter.organisation.programme, worker.viewer.member)
    expect((await ask(running.server.desk, 'GET /api/me', { token })).status).toBe(200)
    expect((await post('/api/sign-out', undefined, token)).status).toBe(204)
    expect((await ask(running.server.desk, 'GET /api/me', { token })).status).toBe(401)
  })

  it('ends with all others of its member when she is removed; signing in again, she can only hand in what she has', async () => {
    const worker = await join(running.database, shelter, ['caseworker'], 'Caseworker 4')
    const { member, programme } = worker.viewer
    const tokens = [await signIn(running, programme, member), await signIn(running, programme, member)]
    await writeCase(worker)
    const batch = await worker.device.nextBatch()
    await remove(member)
    for (const token of tokens) {
      const answer = await ask<Refused>(running.server.desk, 'GET /api/me', { token })
      expect(answer.status).toBe(401)
    }
    const again = await signIn(running, programme, member)
    expect((await ask<Me>(running.server.desk, 'GET /api/me', { token: again })).body.removed).toBe(true)
    expect((await post('/api/log/pull', { epoch: null, after: null }, again)).status).toBe(404)
    const handedIn = await post<{ outcomes: { outcome: string }[] }>('/api/log/append', batch, again)
    expect(new Set(handedIn.body.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['quarantined']))
  })
})

describe('keeping an account', () => {
  it('is refused in a demonstration, whose keys are public', async () => {
    const { programme } = shelter.organisation
    const token = await signIn(running, programme, shelter.administrator.viewer.member)
    const answer = await post('/api/accounts', accountOf(shelter.administrator.viewer.member, 'new'), token)
    expect(answer.body.refusal.code).toBe('access.demonstration')
  })

  it('is refused to a colleague, and to an administrator for another organisation; a name that is taken stays whose it is', async () => {
    const real = await runServer()
    try {
      const own = await found(real.database, 'Shelter')
      const { programme } = own.organisation
      await real.database.asOwner((transaction) =>
        transaction.query('no demonstration', 'update lentera.programme set demonstration = false'),
      )
      const other = await found(real.database, 'Clinic', own.organisation)
      const [bopha, dara] = [
        await join(real.database, own, ['caseworker'], 'Caseworker 1'),
        await join(real.database, other, ['caseworker'], 'Caseworker 1'),
      ]
      const token = await signIn(real, programme, bopha.viewer.member)
      const admin = await signIn(real, programme, own.administrator.viewer.member)
      const keep = (account: unknown, by: string) =>
        ask<Refused>(real.server.desk, 'POST /api/accounts', { body: account, token: by })
      const strangers = [
        await keep(accountOf(own.administrator.viewer.member, 'x'), token),
        await keep(accountOf(dara.viewer.member, 'x'), admin),
        await keep(accountOf(bopha.viewer.programme as unknown as MemberId, 'x'), admin),
      ]
      for (const answer of strangers) {
        expect([answer.status, answer.text]).toEqual([404, strangers[0]?.text])
      }
      expect((await keep(accountOf(bopha.viewer.member, 'bopha'), token)).status).toBe(201)
      const taken = await keep(accountOf(own.administrator.viewer.member, 'bopha'), admin)
      expect([taken.status, taken.body.refusal.code]).toEqual([409, 'access.login-taken'])
    } finally {
      await real.stop()
    }
  })
})

describe('what the server writes about it', () => {
  it('names events and ids, never a login, a token, a body or an address', async () => {
    const worker = await join(running.database, clinic, ['caseworker'], 'Caseworker Narin')
    const { lookup, verifier } = await keepAccount(worker.viewer.member, 'narin')
    const { body } = await post<{ token: string }>('/api/sign-in', { lookup, verifier })
    await ask(running.server.desk, `GET /api/figures?period=${body.token}`, { token: body.token })
    await post('/api/log/append', { narrative: 'secret words' }, body.token)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const written = await running.events()
    expect(written).toContain('signed-in')
    for (const never of [
      body.token,
      lookup,
      verifier,
      'narin',
      'Narin',
      'secret words',
      '127.0.0.1',
      '/api/figures?',
    ]) {
      expect(written).not.toContain(never)
    }
  })
})

async function writeCase(worker: Worker): Promise<void> {
  await writeNewCase(
    worker.device,
    shelter.organisation,
    [worker.person],
    {
      team: shelter.team,
      country: 'KH',
      sex: 'female',
      age: 'adult',
      form: 'other',
      consentCounting: 'given',
      opened: { name: 'Invented' },
    } satisfies Partial<Parameters<typeof openCase>[0]>,
    today,
    anyRandoms(),
  )
}

async function remove(member: MemberId): Promise<void> {
  const { device, door } = shelter.administrator
  await device.write([draft(memberRemoved, shelter.organisation.stream, today, { member })])
  expect(await device.push(door)).toEqual([])
}
