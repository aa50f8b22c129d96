import { draft } from '@lentera/core/log/draft'
import { memberRemoved } from '@lentera/core/log/membership'
import { Hash, MemberId } from '@lentera/core/shared/ids'
import type { openCase } from '@lentera/core/support/capture'
import { hashNow, LoginVerifier, newToken, RecoveryVerifier } from '@lentera/sealed/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeNewCase } from '../../tools/device/found.ts'
import { anyRandoms, found, join, type Place, today, type Worker } from '../../tools/device/world.ts'
import { accountOf, ask, type Running, runServer, signIn } from '../testing/running.ts'
import { addAccount } from './accounts.ts'
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
    addAccount(transaction, programme, account),
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

  it('counts attempts before they are judged: of a hundred at once ten are', async () => {
    const lookup = hashNow('login guessed at in parallel')
    const attempts = Array.from({ length: 100 }, () => post('/api/sign-in', { lookup, verifier: newToken() }))
    const statuses = (await Promise.all(attempts)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(attemptLimits.perLogin)
  })

  it('forgets wrong attempts after a quarter of an hour, and those of a name at once when its owner signs in', () => {
    const clock = { now: 0 }
    const attempts = countAttempts(() => clock.now)
    for (let i = 0; i < attemptLimits.perLogin; i++) attempts.begin('a', 'here')
    expect(attempts.begin('a', 'here').ok).toBe(false)
    // Who guesses elsewhere does not keep her out.
    expect(attempts.begin('a', 'elsewhere').ok).toBe(true)
    expect(attempts.begin('b', 'here').ok).toBe(true)
    clock.now = 15 * 60_000
    const right = attempts.begin('a', 'here')
    expect(right.ok).toBe(true)
    for (let i = 1; i < attemptLimits.perLogin; i++) attempts.begin('a', 'here')
    expect(attempts.begin('a', 'here').ok).toBe(false)
    if (right.ok) right.value.right()
    expect(attempts.begin('a', 'here').ok).toBe(true)
  })

  it('is braked at one name from anywhere, and from one place at any names', () => {
    const attempts = countAttempts(() => 0)
    for (let i = 0; i < attemptLimits.perLoginAnywhere; i++) expect(attempts.begin('a', `place ${i}`).ok).toBe(true)
    expect(attempts.begin('a', 'another place').ok).toBe(false)
    for (let i = 0; i < attemptLimits.perAddress; i++) expect(attempts.begin(`name ${i}`, 'here').ok).toBe(true)
    expect(attempts.begin('a name more', 'here').ok).toBe(false)
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
  it('is refused in a demonstration, whose keys are public, and so is changing one', async () => {
    const { programme } = shelter.organisation
    const token = await signIn(running, programme, shelter.administrator.viewer.member)
    const added = await post('/api/accounts', accountOf(shelter.administrator.viewer.member, 'new'), token)
    const proof = { by: 'passphrase', verifier: newToken() }
    const changed = await post('/api/account', { proof, account: {} }, token)
    expect([added, changed].map(({ body }) => body.refusal.code)).toEqual([
      'access.demonstration',
      'access.demonstration',
    ])
  })

  it('is refused to a colleague, to an administrator for another organisation, and where there is one already; a name that is taken stays whose it is', async () => {
    await inReal(async (real, own) => {
      const { programme } = own.organisation
      const other = await found(real.database, 'Clinic', own.organisation)
      const [bopha, dara, maly] = [
        await join(real.database, own, ['caseworker'], 'Caseworker 1'),
        await join(real.database, other, ['caseworker'], 'Caseworker 1'),
        await join(real.database, own, ['caseworker'], 'Caseworker 2'),
      ]
      const token = await signIn(real, programme, bopha.viewer.member)
      const admin = await signIn(real, programme, own.administrator.viewer.member)
      const keep = (account: unknown, by: string) =>
        ask<Refused>(real.server.desk, 'POST /api/accounts', { body: account, token: by })
      const strangers = [
        await keep(accountOf(own.administrator.viewer.member, 'x'), token),
        await keep(accountOf(bopha.viewer.member, 'bopha'), token),
        await keep(accountOf(dara.viewer.member, 'x'), admin),
        await keep(accountOf(MemberId.parse(bopha.viewer.programme), 'x'), admin),
      ]
      for (const answer of strangers) {
        expect([answer.status, answer.text]).toEqual([404, strangers[0]?.text])
      }
      const hers = accountOf(maly.viewer.member, 'maly')
      expect((await keep(hers, admin)).status).toBe(201)
      // An answer that was lost: the same again is there already.
      expect((await keep(hers, admin)).status).toBe(201)
      for (const account of [
        accountOf(maly.viewer.member, 'maly'),
        accountOf(maly.viewer.member, 'another name'),
        accountOf(bopha.viewer.member, 'bopha'),
        accountOf(own.administrator.viewer.member, 'admin'),
      ]) {
        const there = await keep(account, admin)
        expect([there.status, there.body.refusal.code]).toEqual([409, 'access.account-there'])
      }
      const sokha = await join(real.database, own, ['caseworker'], 'Caseworker 3')
      const taken = await keep(accountOf(sokha.viewer.member, 'maly'), admin)
      expect([taken.status, taken.body.refusal.code]).toEqual([409, 'access.login-taken'])
      const { lookup, verifier } = hers
      expect((await ask(real.server.desk, 'POST /api/sign-in', { body: { lookup, verifier } })).status).toBe(200)
    })
  })
})

describe('changing her account', () => {
  it('is refused to a session that cannot show what the account opens with now, and braked like guessing', async () => {
    await inReal(async (real, own) => {
      const { account, token, change } = await memberOf(real, own)
      const passphrase = { kdf: account.kdf, verifier: newToken() }
      for (const proof of [
        { by: 'passphrase', verifier: newToken() },
        { by: 'recovery-code', verifier: newToken() },
        // Each only as what it is.
        { by: 'passphrase', verifier: account.recovery },
        { by: 'recovery-code', verifier: account.verifier },
      ]) {
        const answer = await change({ proof, passphrase, account: { byPassphrase: 'a thief' } }, token)
        const code = proof.by === 'passphrase' ? 'access.sign-in-wrong' : 'access.recovery-wrong'
        expect([answer.status, answer.body.refusal.code]).toEqual([401, code])
      }
      const malformed = await change({ passphrase, account: {} }, token)
      expect(malformed.status).toBe(400)
      const stranger = await change({ proof: { by: 'passphrase', verifier: account.verifier }, account: {} })
      expect(stranger.status).toBe(401)
      const guesses = Array.from({ length: attemptLimits.perLogin - 4 }, () =>
        change({ proof: { by: 'passphrase', verifier: newToken() }, account: {} }, token),
      )
      for (const guess of await Promise.all(guesses)) expect(guess.status).toBe(401)
      const braked = await change({ proof: { by: 'passphrase', verifier: account.verifier }, account: {} }, token)
      expect(braked.status).toBe(429)
      expect(await keptOf(real, account.lookup)).toEqual({ wrapped: 'opaque' })
    })
  })

  it('puts the new passphrase in the place of the old, keeps what it does not name, and ends her other sessions', async () => {
    await inReal(async (real, own) => {
      const { account, token, change, enter } = await memberOf(real, own)
      const elsewhere = (await enter('POST /api/sign-in', account.verifier)).body.token
      const kdf = { ...account.kdf, salt: 'B'.repeat(22) }
      const made = ['one', 'two'].map((name) => ({ kdf, verifier: LoginVerifier.parse(newToken()), name }))
      const proof = { by: 'passphrase', verifier: account.verifier }
      const changes = made.map(({ kdf, verifier, name }) => ({
        proof,
        passphrase: { kdf, verifier },
        account: { byPassphrase: name },
      }))
      const both = await Promise.all(changes.map((body) => change(body, token)))
      // Of two with one proof one is taken: the other proves nothing any more.
      expect(both.map(({ status }) => status).toSorted()).toEqual([204, 401])
      const [won = 0, lost = 1] = both[0]?.status === 204 ? [0, 1] : [1, 0]
      // The answer was lost, and it is asked for again: it is there.
      expect((await change(changes[won], token)).status).toBe(204)
      expect((await change(changes[lost], token)).status).toBe(401)
      const passphrase = made[won]
      if (!passphrase) throw new Error('one of two')
      const me = (by: string) => ask(real.server.desk, 'GET /api/me', { token: by })
      expect([(await me(token)).status, (await me(elsewhere)).status]).toEqual([200, 401])
      expect((await enter('POST /api/sign-in', account.verifier)).status).toBe(401)
      const entered = await enter('POST /api/sign-in', passphrase.verifier)
      expect(entered.body.account).toMatchObject({
        wrapped: 'opaque',
        byPassphrase: passphrase.name,
      })
      const parameters = (
        await ask<{ kdf: unknown }>(real.server.desk, 'POST /api/sign-in/parameters', {
          body: { lookup: account.lookup },
        })
      ).body
      expect(parameters.kdf).toEqual(kdf)
      // The printed code is the same still.
      expect((await enter('POST /api/sign-in/recovery', account.recovery)).status).toBe(200)
    })
  })

  it('by the printed code gives a new passphrase and a new code, after which the old ones open nothing', async () => {
    await inReal(async (real, own) => {
      const { account, change, enter } = await memberOf(real, own)
      const byCode = await enter('POST /api/sign-in/recovery', account.recovery)
      expect(byCode.status).toBe(200)
      const passphrase = { kdf: account.kdf, verifier: LoginVerifier.parse(newToken()) }
      const recovery = RecoveryVerifier.parse(newToken())
      const proof = { by: 'recovery-code', verifier: account.recovery }
      const changed = await change({ proof, passphrase, recovery, account: { byPassphrase: 'new' } }, byCode.body.token)
      expect(changed.status).toBe(204)
      const statuses = [
        await enter('POST /api/sign-in', account.verifier),
        await enter('POST /api/sign-in/recovery', account.recovery),
        await enter('POST /api/sign-in', passphrase.verifier),
        await enter('POST /api/sign-in/recovery', recovery),
      ].map(({ status }) => status)
      expect(statuses).toEqual([401, 401, 200, 200])
      const events = await real.events()
      expect(events).toContain('signed-in-by-code')
      for (const never of [account.recovery, recovery, account.verifier]) expect(events).not.toContain(never)
    })
  })
})

describe('the printed code', () => {
  it('is answered for a name nobody has, for one without a code and for a wrong code in the same words, and braked with the passphrase', async () => {
    const worker = await join(running.database, shelter, ['caseworker'], 'Caseworker Vanna')
    const older = await join(running.database, shelter, ['caseworker'], 'Caseworker Older')
    const { lookup } = await keepAccount(worker.viewer.member, 'vanna')
    const before = await keepAccount(older.viewer.member, 'older')
    await running.database.asOwner((transaction) =>
      transaction.query('an account from before', 'update lentera.account set recovery = null where lookup = $1', [
        before.lookup,
      ]),
    )
    const answers = [
      await post('/api/sign-in/recovery', { lookup, verifier: newToken() }),
      await post('/api/sign-in/recovery', { lookup: hashNow('login nobody at all'), verifier: newToken() }),
      await post('/api/sign-in/recovery', { lookup: before.lookup, verifier: before.recovery }),
    ]
    for (const { status, text, headers } of answers) {
      expect([status, text, [...headers.keys()]]).toEqual([
        401,
        answers[0]?.text,
        [...(answers[0]?.headers.keys() ?? [])],
      ])
    }
    expect(answers[0]?.body.refusal.code).toBe('access.recovery-wrong')
    for (let i = 1; i < attemptLimits.perLogin; i++) {
      await post('/api/sign-in/recovery', { lookup, verifier: newToken() })
    }
    expect((await post('/api/sign-in', { lookup, verifier: newToken() })).status).toBe(429)
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

/** A server of its own that is no demonstration. */
async function inReal(work: (real: Running, own: Place) => Promise<void>): Promise<void> {
  const real = await runServer()
  try {
    const own = await found(real.database, 'Shelter')
    await real.database.asOwner((transaction) =>
      transaction.query('no demonstration', 'update lentera.programme set demonstration = false'),
    )
    await work(real, own)
  } finally {
    await real.stop()
  }
}

/** A caseworker with an account, signed in. */
async function memberOf(real: Running, own: Place) {
  const { viewer } = await join(real.database, own, ['caseworker'], 'Caseworker 1')
  const account = accountOf(viewer.member, 'bopha')
  await real.database.inProgramme(viewer.programme, (transaction) => addAccount(transaction, viewer.programme, account))
  type SignedIn = Refused & { token: string; account: unknown }
  const enter = (at: string, verifier: string) =>
    ask<SignedIn>(real.server.desk, at, { body: { lookup: account.lookup, verifier } })
  const change = (body: unknown, token?: string) => ask<Refused>(real.server.desk, 'POST /api/account', { body, token })
  return { account, token: (await enter('POST /api/sign-in', account.verifier)).body.token, change, enter }
}

async function keptOf({ database }: Running, lookup: string): Promise<unknown> {
  const [row] = await database.asOwner((transaction) =>
    transaction.query<{ wrapped: unknown }>('what is kept', 'select wrapped from lentera.account where lookup = $1', [
      lookup,
    ]),
  )
  return row?.wrapped
}
