import type { StreamId } from '@lentera/core/shared/ids'
import type { DevicePage } from '@lentera/desk/testing/page'
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type DeskWorld,
  everythingKept,
  lock,
  makeDeskWorld,
  openCase,
  passphrase,
  settled,
  signIn,
} from './desk-world.ts'

/** What `desk/testing/page.ts` puts on the window. */
declare const desk: DevicePage['desk']

const world = {} as DeskWorld // filled before all tests

beforeAll(async () => {
  Object.assign(world, await makeDeskWorld())
})

afterAll(() => world.close?.())

const second = 'seven grey herons in the reeds'
const third = 'a kettle hums behind the gate'

describe('a passphrase', () => {
  it('is not changed without the present one, to a short one, or without the network; a session left open is not enough', async () => {
    const { login, code } = await newMember('Caseworker 10')
    const device = await world.newDevice()
    await enter(device.page, login, passphrase)
    const refused = [
      await change(device.page, 'not her passphrase', second),
      await change(device.page, passphrase, 'too short'),
      await newCode(device.page, 'not her passphrase'),
    ]
    expect(refused.map(codeOf)).toEqual(['desk.passphrase-wrong', 'desk.passphrase-short', 'desk.passphrase-wrong'])
    await device.context.setOffline(true)
    expect(codeOf(await change(device.page, passphrase, second))).toBe('desk.account-offline')
    await device.context.setOffline(false)
    await lock(device.page)
    await enter(device.page, login, passphrase)
    await settled(device.page)
    expect(await recover(device.page, login, code, 'too short')).toMatchObject({ ok: false })
    await device.context.close()
  })

  it('changed on one device opens it offline at once and the old one no more; the other device is told, keeps what it has, and takes the new one', async () => {
    const { login } = await newMember('Caseworker 11')
    const [one, two] = [await world.newDevice(), await world.newDevice()]
    await enter(one.page, login, passphrase)
    await enter(two.page, login, passphrase)
    await settled(one.page)
    await settled(two.page)
    // From now on: a device exchanges at its own pace, too, and may be told as soon as it is so.
    const asked = countSignIns(two.page)
    expect(await change(one.page, passphrase, second)).toEqual({ ok: true })
    // The same unlocking goes on.
    await openCase(one.page, 'After the change')
    await settled(one.page)
    await lock(one.page)
    await one.context.setOffline(true)
    expect(codeOf(await unlock(one.page, passphrase))).toBe('desk.passphrase-wrong')
    expect(await unlock(one.page, second)).toEqual({ ok: true })

    // Her other sessions have ended; what she signs in again with is refused once, and not asked again and again.
    const stream = await openCase(two.page, 'Written with the old passphrase')
    for (let i = 0; i < 4; i++) await two.page.evaluate(() => desk.exchange())
    const told = await two.page.evaluate(() => desk.snapshot())
    expect([told.stopped?.code, told.unsent > 0]).toEqual(['desk.passphrase-changed', true])
    expect(asked.count).toBe(1)
    expect(codeOf(await change(two.page, passphrase, third))).toBe('desk.passphrase-changed')
    await lock(two.page)
    expect(codeOf(await unlock(two.page, second))).toBe('desk.passphrase-wrong')
    await enter(two.page, login, second)
    await expect.poll(() => nameOf(two.page, stream)).toBe('Written with the old passphrase')
    await settled(two.page)
    await lock(two.page)
    await two.context.setOffline(true)
    expect(codeOf(await unlock(two.page, passphrase))).toBe('desk.passphrase-wrong')
    expect(await unlock(two.page, second)).toEqual({ ok: true })
    for (const { context } of [one, two]) await context.close()
  })

  it('whose change was cut off is settled by the server: both open the device until it says which holds', async () => {
    const { login } = await newMember('Caseworker 12')
    const device = await world.newDevice()
    await enter(device.page, login, passphrase)
    await settled(device.page)
    // The answer is lost: the server has the new one.
    await device.page.route('**/api/account', answerLost)
    expect(codeOf(await change(device.page, passphrase, second))).toBe('desk.passphrase-unsure')
    await device.page.unroute('**/api/account')
    await device.context.setOffline(true)
    await lock(device.page)
    expect(await unlock(device.page, passphrase)).toEqual({ ok: true })
    await lock(device.page)
    expect(await unlock(device.page, second)).toEqual({ ok: true })
    await device.context.setOffline(false)
    await settled(device.page)
    await lock(device.page)
    await device.context.setOffline(true)
    expect(codeOf(await unlock(device.page, passphrase))).toBe('desk.passphrase-wrong')
    expect(await unlock(device.page, second)).toEqual({ ok: true })
    await device.context.setOffline(false)

    // The request is lost: the server has the old one still, and asked again it takes the very change that was kept.
    await settled(device.page)
    await device.page.route('**/api/account', (route) => route.abort())
    expect(codeOf(await change(device.page, second, third))).toBe('desk.passphrase-unsure')
    await device.page.unroute('**/api/account')
    expect(await change(device.page, second, third)).toEqual({ ok: true })
    // And where the answer was lost, asking again finds it changed.
    await device.page.route('**/api/account', answerLost)
    expect(codeOf(await change(device.page, third, passphrase))).toBe('desk.passphrase-unsure')
    await device.page.unroute('**/api/account')
    expect(await change(device.page, third, passphrase)).toEqual({ ok: true })
    await lock(device.page)
    expect(await unlock(device.page, passphrase)).toEqual({ ok: true })
    await settled(device.page)
    await device.context.close()
  })

  it('changed in one tab locks the others of the device', async () => {
    const { login } = await newMember('Caseworker 13')
    const device = await world.newDevice()
    await enter(device.page, login, passphrase)
    const other = await world.pageOf(device.context)
    expect(await unlock(other, passphrase)).toEqual({ ok: true })
    expect(await change(device.page, passphrase, second)).toEqual({ ok: true })
    await other.waitForFunction(() => desk.snapshot().phase === 'locked')
    expect(await unlock(other, second)).toEqual({ ok: true })
    await device.context.close()
  })
})

describe('a lost passphrase', () => {
  it('is replaced by the printed code, which names a slip of the pen by its line, opens nothing of another, and is used up', async () => {
    const { login, code } = await newMember('Caseworker 14')
    const other = await newMember('Caseworker 15')
    const device = await world.newDevice()
    await enter(device.page, login, passphrase)
    await settled(device.page)
    await device.context.setOffline(true)
    const stream = await openCase(device.page, 'Unsent when she forgot')
    await lock(device.page)
    expect(codeOf(await recover(device.page, login, code, second))).toBe('desk.account-offline')
    await device.context.setOffline(false)
    const lines = code.split('\n')
    const slip = [lines[0], lines[1]?.replace(/^./, (sign) => (sign === '7' ? '8' : '7')), lines[2], lines[3]].join(
      '\n',
    )
    expect(await recover(device.page, login, slip, second)).toMatchObject({
      refusal: { code: 'sealed.code-line-mistyped', values: { line: 2 } },
    })
    for (const [name, of] of [
      [login, other.code],
      ['nobody at all', code],
    ] as const) {
      expect(codeOf(await recover(device.page, name, of, second))).toBe('access.recovery-wrong')
    }
    const recovered = await recover(device.page, login, code.toLowerCase().replaceAll('-', ' '), second)
    if (!recovered.ok) throw new Error(recovered.refusal.code)
    expect(recovered.value.recoveryCode).not.toBe(code)
    expect(await device.page.evaluate(() => desk.snapshot().phase)).toBe('locked')
    await enter(device.page, login, second)
    await expect.poll(() => nameOf(device.page, stream)).toBe('Unsent when she forgot')
    await settled(device.page)

    const elsewhere = await world.newDevice()
    expect(codeOf(await recover(elsewhere.page, login, code, third))).toBe('access.recovery-wrong')
    expect(await recover(elsewhere.page, login, recovered.value.recoveryCode, third)).toMatchObject({ ok: true })
    await enter(elsewhere.page, login, third)
    await settled(elsewhere.page)
    await expect.poll(() => nameOf(elsewhere.page, stream)).toBe('Unsent when she forgot')
    const kept = await elsewhere.page.evaluate(everythingKept)
    for (const line of [...lines, ...recovered.value.recoveryCode.split('\n')]) expect(kept).not.toContain(line)
    for (const { context } of [device, elsewhere]) await context.close()
  })

  it('is replaced by a code printed later, and then the first code opens nothing', async () => {
    const { login, code } = await newMember('Caseworker 16')
    const device = await world.newDevice()
    await enter(device.page, login, passphrase)
    const printed = await newCode(device.page, passphrase)
    if (!printed.ok) throw new Error(printed.refusal.code)
    await lock(device.page)
    expect(codeOf(await recover(device.page, login, code, second))).toBe('access.recovery-wrong')
    expect(await recover(device.page, login, printed.value.recoveryCode, second)).toMatchObject({ ok: true })
    await enter(device.page, login, second)
    await device.context.close()
  })
})

describe('a code that was never printed', () => {
  it('changes nothing: until she says that the new one is printed, the one before is good, and a lost answer is asked for again', async () => {
    const { login, code } = await newMember('Caseworker 17')
    const device = await world.newDevice()
    await enter(device.page, login, passphrase)
    // Shown, and the device is locked before she has said so.
    const shown = await device.page.evaluate(async (text) => {
      const made = await desk.newRecoveryCode(text)
      return made.ok ? made.value.recoveryCode : made.refusal.code
    }, passphrase)
    expect(shown.split('\n')).toHaveLength(4)
    await lock(device.page)
    expect(codeOf(await recover(device.page, login, shown, second))).toBe('access.recovery-wrong')
    // The answer is lost: said again, it is done.
    const cut = { left: 1 }
    await device.page.route('**/api/account', (route) => (cut.left-- > 0 ? answerLost(route) : route.continue()))
    expect(codeOf(await recover(device.page, login, code, second))).toBe('desk.account-offline')
    await device.page.unroute('**/api/account')
    await enter(device.page, login, second)
    await settled(device.page)
    const printed = await newCode(device.page, second)
    if (!printed.ok) throw new Error(printed.refusal.code)
    await lock(device.page)
    cut.left = 1
    await device.page.route('**/api/account', (route) => (cut.left-- > 0 ? answerLost(route) : route.continue()))
    const again = await recover(device.page, login, printed.value.recoveryCode, third, 2)
    expect(again).toMatchObject({ ok: true })
    await device.page.unroute('**/api/account')
    await enter(device.page, login, third)
    await device.context.close()
  })
})

describe('a device that two people share', () => {
  it('gives nobody the session of the one before, however late her answers come', async () => {
    const [first, other] = [await newMember('Caseworker 18'), await newMember('Caseworker 19')]
    const device = await world.newDevice()
    const { page } = device
    for (const { login } of [other, first]) {
      await enter(page, login, passphrase)
      await settled(page)
      await lock(page)
    }
    const held: (() => Promise<void>)[] = []
    await page.route('**/api/sign-in', async (route) => {
      if (held.length > 0) return route.continue()
      // The first one's answer comes only when the other is here.
      await new Promise<void>((resolve) => {
        held.push(async () => resolve())
      })
      await route.continue()
    })
    await enter(page, first.login, passphrase)
    await page.waitForFunction(() => desk.snapshot().phase === 'open')
    await expect.poll(() => held.length).toBe(1)
    await lock(page)
    await enter(page, other.login, passphrase)
    await held[0]?.()
    const stream = await openCase(page, 'Of the second one')
    await settled(page)
    const me = await page.evaluate(() => desk.snapshot().me?.label)
    expect(me).toBe('Caseworker 19')
    expect(await nameOf(page, stream)).toBe('Of the second one')
    const history = await page.evaluate((id) => desk.history(id), stream)
    expect(new Set(history.map(({ author }) => author))).toEqual(new Set(['Caseworker 19']))
    expect(await page.evaluate(() => desk.snapshot().refused)).toEqual([])
    await device.context.close()
  })
})

describe('a desk left open', () => {
  it('is not enough to admit anybody or to take anybody out', async () => {
    const administrator = await world.newDevice()
    await signIn(administrator.page, 'admin')
    await settled(administrator.page)
    const [admitted, removed] = await administrator.page.evaluate(async () => {
      const colleague = desk.snapshot().members.find(({ label }) => label === 'Caseworker 1')
      const present = 'a thief does not know it'
      return [
        await desk.admit({
          present,
          label: 'Administrator 2',
          roles: ['administrator'],
          team: null,
          login: 'second',
          passphrase: 'a thief knows this one well',
        }),
        colleague && (await desk.remove(colleague.member, present)),
      ]
    })
    expect([admitted, removed]).toMatchObject([
      { refusal: { code: 'desk.passphrase-wrong' } },
      { refusal: { code: 'desk.passphrase-wrong' } },
    ])
    expect(await administrator.page.evaluate(() => desk.snapshot().unsent)).toBe(0)
    await administrator.context.close()
  })

  it('over midnight and without the network shows the new day', async () => {
    const device = await world.newDevice()
    const { page } = device
    await page.clock.install()
    await signIn(page, 'caseworker-1')
    await settled(page)
    await device.context.setOffline(true)
    const today = () => page.evaluate(() => desk.snapshot().today ?? '')
    const before = await today()
    // In one leap, as on a device whose lid was shut: nothing that waits for a time has run meanwhile.
    await page.clock.setSystemTime(Date.now() + 26 * 3_600_000)
    await page.clock.runFor(25_000)
    expect((await today()) > before).toBe(true)
    expect(await page.evaluate(() => desk.snapshot().phase)).toBe('open')
    await device.context.close()
  })

  it('says where a full disk keeps nothing of what is typed', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    const kept = await device.page.evaluate(async () => {
      const put = IDBObjectStore.prototype.put
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no room', 'QuotaExceededError')
      }
      const full = await desk.keepForm('new-case', { name: 'Invented' })
      IDBObjectStore.prototype.put = put
      return [full, await desk.keepForm('new-case', { name: 'Invented' })]
    })
    expect(kept).toMatchObject([{ ok: false, refusal: { code: 'desk.storage-full' } }, { ok: true }])
    await device.context.close()
  })
})

describe('an admission', () => {
  it('whose login name is taken leaves nobody behind, and the team that was formed is joined the next time', async () => {
    const administrator = await world.newDevice()
    await signIn(administrator.page, 'admin')
    await settled(administrator.page)
    const admit = (login: string) =>
      administrator.page.evaluate(
        ([name, text]) =>
          desk.admit({
            present: text,
            label: 'Caseworker 20',
            roles: ['caseworker'],
            team: { name: 'Legal aid' },
            login: name,
            passphrase: text,
          }),
        [login, passphrase] as const,
      )
    expect(codeOf(await admit('caseworker-1'))).toBe('access.login-taken')
    expect(await admit('caseworker-20')).toMatchObject({ ok: true })
    await settled(administrator.page)
    const { members, teams } = await administrator.page.evaluate(() => desk.snapshot())
    const hers = members.filter(({ label }) => label === 'Caseworker 20')
    expect(hers.map(({ removed }) => removed).toSorted()).toEqual([false, true])
    expect(teams.filter(({ name }) => name === 'Legal aid')).toHaveLength(1)
    await administrator.context.close()
  })
})

/** Undefined until the case is listed: the list kept for an opening may be a moment older than what was written. */
const nameOf = (page: Page, stream: StreamId): Promise<string | undefined> =>
  page.evaluate((id) => desk.snapshot().caseload.find((each) => each.stream === id)?.fields.name?.[0]?.value, stream)

/** A member of a name of her own, admitted by the administrator: with the code that was printed for her. */
async function newMember(label: string): Promise<{ readonly login: string; readonly code: string }> {
  const administrator = await world.newDevice()
  await signIn(administrator.page, 'admin')
  await settled(administrator.page)
  const login = label.toLowerCase().replace(' ', '-')
  const admitted = await administrator.page.evaluate(
    ([post, name, text]) => {
      const team = desk.snapshot().teams[0] ?? null
      return desk.admit({ present: text, label: post, roles: ['caseworker'], team, login: name, passphrase: text })
    },
    [label, login, passphrase] as const,
  )
  if (!admitted.ok) throw new Error(admitted.refusal.code)
  await settled(administrator.page)
  await administrator.context.close()
  return { login, code: admitted.value.recoveryCode }
}

async function enter(page: Page, login: string, text: string): Promise<void> {
  const entered = await page.evaluate(([name, typed]) => desk.signIn(name, typed), [login, text] as const)
  expect(entered).toEqual({ ok: true })
}

const unlock = (page: Page, text: string) => page.evaluate((typed) => desk.unlock(typed), text)

const change = (page: Page, present: string, next: string) =>
  page.evaluate(([before, after]) => desk.changePassphrase(before, after), [present, next] as const)

/** Printed, and said to be so. */
const newCode = (page: Page, present: string) =>
  page.evaluate(async (typed) => {
    const made = await desk.newRecoveryCode(typed)
    if (!made.ok) return made
    const confirmed = await made.value.confirm()
    return confirmed.ok ? { ok: true as const, value: { recoveryCode: made.value.recoveryCode } } : confirmed
  }, present)

/** @param times how often she says that it is printed: once more where the answer was lost */
const recover = (page: Page, login: string, code: string, text: string, times = 1) =>
  page.evaluate(
    async ([name, typed, next, often]) => {
      const made = await desk.recover({ login: name, code: typed, passphrase: next })
      if (!made.ok) return made
      let confirmed = await made.value.confirm()
      for (let i = 1; i < often; i++) confirmed = await made.value.confirm()
      return confirmed.ok ? { ok: true as const, value: { recoveryCode: made.value.recoveryCode } } : confirmed
    },
    [login, code, text, times] as const,
  )

const codeOf = (decided: { readonly ok: boolean; readonly refusal?: { readonly code: string } }): string | undefined =>
  decided.refusal?.code

/** The server has it, and the device does not hear so. */
async function answerLost(route: Route): Promise<void> {
  await route.fetch()
  await route.abort()
}

function countSignIns(page: Page): { count: number } {
  const asked = { count: 0 }
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/sign-in') asked.count += 1
  })
  return asked
}
