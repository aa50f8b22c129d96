import { join } from 'node:path'
import type { StreamId } from '@lentera/core/shared/ids'
import type { DevicePage } from '@lentera/desk/testing/page'
import { openPool } from '@lentera/server/database'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDevice } from '../browser/open-browser.ts'
import {
  caseOn,
  type DeskWorld,
  describeCase,
  everythingKept,
  keptList,
  lock,
  makeDeskWorld,
  openCase,
  passphrase,
  settled,
  signIn,
  unsent,
} from './desk-world.ts'
import { keptBelow } from './kept-files.ts'
import { spellings } from './spellings.ts'

/** What `desk/testing/page.ts` puts on the window. */
declare const desk: DevicePage['desk']
declare const support: DevicePage['support']

/** An erasure, from the supervisor's hand to the devices of her team, the database, and a server that would undo it. */
const canary = 'Canary Rumduolwati'
const world = {} as DeskWorld // filled before all tests
type Device = { readonly context: BrowserContext; readonly page: Page; readonly profile: string }
let caseworker: Device
let supervisor: Device
/** A second tab of the caseworker's device. */
let other: Page
let stream: StreamId
/** What the server gave for the case while it had its keys. */
let oldKeys: readonly { readonly stream: string }[]
/** The keyring of each device as it lay there, sealed, while it could still open her name. */
let oldKeyrings: readonly Buffer[]

beforeAll(async () => {
  Object.assign(world, await makeDeskWorld())
  const administrator = await world.newDevice()
  await signIn(administrator.page, 'admin')
  await settled(administrator.page)
  const admitted = await administrator.page.evaluate((text) => {
    const team = desk.snapshot().teams[0] ?? null
    return desk.admit({
      present: text,
      label: 'Supervisor',
      roles: ['supervisor'],
      team,
      login: 'supervisor',
      passphrase: text,
    })
  }, passphrase)
  expect(admitted).toMatchObject({ ok: true })
  await administrator.context.close()
  caseworker = await onProfile('caseworker')
  supervisor = await onProfile('supervisor')
  await signIn(caseworker.page, 'caseworker-1')
  await settled(caseworker.page)
  stream = await openCase(caseworker.page, canary)
  await describeCase(caseworker.page, stream, { opened: { place: `${canary} lives here` } })
  await settled(caseworker.page)
  supervisor.page.on('response', async (response) => {
    if (!response.url().endsWith('/api/log/pull')) return
    // As the server answers (`server/http/log-answers.ts`).
    const { keys } = (await response.json()) as { keys: { stream: string }[] }
    const ofCase = keys.filter((key) => key.stream === stream)
    if (ofCase.length > 0) oldKeys = ofCase
  })
  await signIn(supervisor.page, 'supervisor')
  await settled(supervisor.page)
  expect((await caseOn(supervisor.page, stream)).fields.name?.[0]?.value).toBe(canary)
})

afterAll(async () => {
  await caseworker?.context.close()
  await supervisor?.context.close()
  await world.close?.()
})

async function onProfile(name: string): Promise<Device> {
  const profile = join(world.folder, `profile-${name}`)
  const context = await openDevice(profile)
  return { context, page: await world.pageOf(context), profile }
}

function erase(page: Page): Promise<unknown> {
  return page.evaluate((id) => {
    const file = desk.snapshot().caseload.find((each) => each.stream === id)?.file
    const drafts = file && support.eraseIdentity(id, file, { reason: 'her-request' }, desk.moment())
    return drafts?.ok ? desk.write(drafts.value) : drafts
  }, stream)
}

/** All that the open device shows of any case, its history too. */
function everythingShown(page: Page): Promise<string> {
  return page.evaluate(
    async (id) => JSON.stringify([desk.snapshot(), await desk.history(id), await desk.keptForm(`case ${id} place`)]),
    stream,
  )
}

/** The box of the keyring as it rests on the page's device. */
async function keyringOn(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const names = (await indexedDB.databases()).flatMap(({ name }) => name?.match(/^lentera-.{36}$/)?.[0] ?? [])
    const database = await answer(indexedDB.open(names[0] ?? ''))
    const row: { box: Uint8Array } = await answer(database.transaction('boxes').objectStore('boxes').get('keyring'))
    database.close()
    return [...row.box]
  })
  return Buffer.from(bytes)
}

async function inDatabase(text: string): Promise<readonly { readonly number: number }[]> {
  const database = openPool(world.database.ownerUrl)
  try {
    return await database.asOwner((transaction) => transaction.query('look', text, [stream]))
  } finally {
    await database.close()
  }
}

const keysLeft = () => inDatabase('select 1 as number from lentera.wrapped_key where stream = $1')
const entries = () => inDatabase('select number from lentera.entry where stream = $1')
const counted = () => inDatabase('select amount as number from lentera.contribution where stream = $1')

describe('an erasure', () => {
  it('is refused a caseworker on her own device, which keeps what it has', async () => {
    expect(await erase(caseworker.page)).toMatchObject({ ok: false, refusal: { code: 'access.role' } })
    expect((await caseOn(caseworker.page, stream)).fields.name?.[0]?.value).toBe(canary)
    expect((await keysLeft()).length).toBeGreaterThan(0)
  })

  it('that the server refuses is taken back on the device that thought it might: her keys are fetched again', async () => {
    const { page } = caseworker
    await page.route('**/api/me', async (route) => {
      const response = await route.fetch()
      // As the server answers (`Me`).
      const me = (await response.json()) as { roles: string[] }
      await route.fulfill({ response, json: { ...me, roles: [...me.roles, 'supervisor'] } })
    })
    await settled(page)
    expect(await erase(page)).toEqual({ ok: true })
    expect((await caseOn(page, stream)).file.erased).toBeDefined()
    await settled(page)
    const [refused] = await page.evaluate(() => desk.snapshot().refused)
    expect(refused).toMatchObject({ kind: 'log.person-erased', refusal: { code: 'access.role' } })
    if (refused) await page.evaluate((id) => desk.setAside(id), refused.entry)
    await page.unroute('**/api/me')
    await settled(page)
    const seen = await caseOn(page, stream)
    expect([seen.file.erased, seen.fields.name?.[0]?.value]).toEqual([undefined, canary])
    expect(await page.evaluate(() => desk.snapshot().incomplete)).toBe(false)
  })

  it('takes the keys from the supervisor’s device and the database, and leaves what is counted', async () => {
    const { context, page } = caseworker
    await page.evaluate(keptList, {})
    other = await world.pageOf(context)
    await other.evaluate((text) => desk.unlock(text), passphrase)
    await expect.poll(async () => (await caseOn(other, stream)).fields.name?.[0]?.value).toBe(canary)
    await context.setOffline(true)
    await describeCase(page, stream, { sex: 'another', opened: { safeContact: `${canary}’s sister` } })
    await page.evaluate(([id, text]) => desk.keepForm(`case ${id} place`, { place: text }), [stream, canary] as const)
    const before = await counted()
    oldKeyrings = await Promise.all([caseworker, supervisor].map((device) => keyringOn(device.page)))
    for (const keyring of oldKeyrings) expect(keyring.length).toBeGreaterThan(300)

    expect(await erase(supervisor.page)).toEqual({ ok: true })
    const shown = await everythingShown(supervisor.page)
    expect(shown).not.toContain('Canary')
    expect(shown).not.toContain('canary')
    expect((await caseOn(supervisor.page, stream)).file.erased).toMatchObject({ reason: 'her-request' })
    await settled(supervisor.page)
    expect(await keysLeft()).toEqual([])
    expect(await counted()).toEqual(before)
    await lock(supervisor.page)
    await supervisor.page.evaluate((text) => desk.unlock(text), passphrase)
    expect(await everythingShown(supervisor.page)).not.toMatch(/canary/i)
  })

  it('reaches a device that was offline when that comes back: what it had not sent is kept, its keys go in every tab', async () => {
    const { context, page } = caseworker
    const before = (await entries()).length
    expect(await unsent(page)).toBe(1)
    await context.setOffline(false)
    await settled(page)
    expect((await entries()).length).toBe(before + 1)
    const seen = await caseOn(page, stream)
    expect(seen.file).toMatchObject({ erased: { reason: 'her-request' }, sex: 'another', flags: [] })
    expect(seen.search.trim()).toBe(`${seen.code} ${seen.code.replace('-', '')}`.toLowerCase())
    expect(
      await page.evaluate(
        (id) => desk.history(id).then((all) => all.filter(({ state }) => state === 'sent').length),
        stream,
      ),
    ).toBe(before + 1)
    await expect.poll(() => everythingShown(other)).not.toMatch(/canary/i)
    expect(await everythingShown(page)).not.toMatch(/canary/i)
    // The other tab had the keys in memory: what it writes of its keyring brings none back.
    await openCase(other, 'Somebody else')
    await settled(other)
    await other.close()
    await page.evaluate((id) => desk.keepForm(`case ${id} place`, { place: 'Canary' }), stream)
    await lock(page)
    await page.evaluate((text) => desk.unlock(text), passphrase)
    await settled(page)
    expect(await everythingShown(page)).not.toMatch(/canary/i)
    expect(await page.evaluate(everythingKept)).not.toMatch(/canary/i)
  })

  it('lets no text be sealed in that case any more, and hears her consent as before', async () => {
    const write = (opened: Record<string, string>) =>
      caseworker.page.evaluate(
        ([id, said]) => {
          const drafts = support.describeCase(id, { age: 'adult', opened: said }, desk.moment())
          return drafts.ok ? desk.write(drafts.value) : drafts
        },
        [stream, opened] as const,
      )
    expect(await write({ name: 'Her name again' })).toMatchObject({
      ok: false,
      refusal: { code: 'support.identity-erased' },
    })
    expect(await write({})).toEqual({ ok: true })
    const consent = await caseworker.page.evaluate((id) => {
      const drafts = support.recordConsent(id, { consentCounting: 'withdrawn' }, desk.moment())
      return drafts.ok ? desk.write(drafts.value) : drafts
    }, stream)
    expect(consent).toEqual({ ok: true })
    await settled(caseworker.page)
    expect(await counted()).toEqual([])
  })

  it('opens nothing on a fresh device of the team, also where a hostile server gives the old keys once more', async () => {
    expect(oldKeys.length).toBeGreaterThan(1)
    const { context, page } = await world.newDevice()
    for (const door of ['pull', 'states']) {
      await page.route(`**/api/log/${door}`, async (route) => {
        const response = await route.fetch()
        // As the server answers (`server/http/log-answers.ts`).
        const answer = (await response.json()) as { keys: unknown[] }
        await route.fulfill({ response, json: { ...answer, keys: [...answer.keys, ...oldKeys] } })
      })
    }
    await signIn(page, 'supervisor')
    await settled(page)
    await settled(page)
    const seen = await caseOn(page, stream)
    expect(seen.file.erased).toMatchObject({ reason: 'her-request' })
    expect(seen.fields.name?.map(({ value }) => value)).toEqual([undefined])
    expect(await everythingShown(page)).not.toMatch(/canary/i)
    expect(await page.evaluate(() => desk.snapshot().caseload.length)).toBe(2)
    await context.close()
  })

  it('leaves her name nowhere: not in the locked profile of either device, not in the database', async () => {
    for (const { context, page, profile } of [caseworker, supervisor]) {
      const present = await keyringOn(page)
      await lock(page)
      await context.close()
      const kept = [...keptBelow(profile)]
      expect(kept.some(({ where }) => where.includes('IndexedDB'))).toBe(true)
      const found = kept.filter(({ bytes }) => spellings(canary).some((way) => bytes.includes(way)))
      expect(found.map(({ where }) => where)).toEqual([])
      // Nor what her passphrase would open it with: the store was written anew at the unlocking after the erasure.
      expect(kept.some(({ bytes }) => bytes.includes(present.subarray(64, 160)))).toBe(true)
      const opening = oldKeyrings.map((keyring) => keyring.subarray(64, 160))
      const left = kept.filter(({ bytes }) => opening.some((piece) => bytes.includes(piece)))
      expect(left.map(({ where }) => where)).toEqual([])
    }
    const tables = await inDatabase(
      `select 1 as number from (
         select to_jsonb(e)::text as row from lentera.entry e union all select to_jsonb(s)::text from lentera.stream s
         union all select to_jsonb(w)::text from lentera.wrapped_key w) as everything
       where row ilike '%canary%' and $1::uuid is not null`,
    )
    expect(tables).toEqual([])
  })
})
