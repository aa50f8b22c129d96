import { join } from 'node:path'
import type { StreamId } from '@lentera/core/shared/ids'
import type { DevicePage } from '@lentera/desk/testing/page'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDevice } from '../browser/open-browser.ts'
import {
  caseOn,
  type DeskWorld,
  describeCase,
  everythingKept,
  lock,
  makeDeskWorld,
  openCase,
  passphrase,
  settled,
  signIn,
} from './desk-world.ts'
import { keptBelow } from './kept-files.ts'
import { spellings } from './spellings.ts'

/** What `desk/testing/page.ts` puts on the window. */
declare const desk: DevicePage['desk']

/** A worker leaves with no cases: what her device then holds, on the screen, in its store and on its disk, until she is back. */
const canary = 'Canary Rumduolwati'
const world = {} as DeskWorld // filled before all tests
let context: BrowserContext
let page: Page
let profile: string
const cases: StreamId[] = []

beforeAll(async () => {
  Object.assign(world, await makeDeskWorld())
  profile = join(world.folder, 'profile')
  await openBrowser()
  await signIn(page, 'caseworker-1')
  await settled(page)
  for (let i = 0; i < 30; i++) cases.push(await openCase(page, `${canary} ${i}`))
  await settled(page)
})

afterAll(async () => {
  await context?.close()
  await world.close?.()
})

async function openBrowser(): Promise<void> {
  context = await openDevice(profile)
  page = await world.pageOf(context)
}

const unlock = (on: Page) => on.evaluate((text) => desk.unlock(text), passphrase)
const shown = (on: Page) =>
  on.evaluate(() => {
    const { phase, travelling, caseload, unsent, incomplete } = desk.snapshot()
    return { phase, travelling, cases: caseload.length, unsent, incomplete }
  })

/** Where on the disk a case's id or her name lies, in any spelling; ids also as IndexedDB writes its keys. */
function onDisk(): string[] {
  const names = spellings(canary)
  const ids = cases.flatMap((id) => [
    Buffer.from(id),
    Buffer.from(id, 'utf16le'),
    Buffer.from(id, 'utf16le').swap16(),
    Buffer.from(id.replaceAll('-', ''), 'hex'),
  ])
  const found = [...keptBelow(profile)].filter(({ bytes }) => [...names, ...ids].some((way) => bytes.includes(way)))
  return [...new Set(found.map(({ where }) => where.slice(profile.length)))]
}

describe('leaving with no cases', () => {
  it('is refused while an entry is unsent, with its number, and nothing is forgotten', async () => {
    await context.setOffline(true)
    await describeCase(page, cases[0] as StreamId, { opened: { place: 'Poipet' } })
    const left = await page.evaluate(() => desk.travel({ losingUnsent: false }))
    expect(left).toMatchObject({ ok: false, refusal: { code: 'desk.unsent-would-be-lost', values: { count: 1 } } })
    expect(await shown(page)).toMatchObject({ phase: 'open', travelling: false, cases: 30, unsent: 1 })
    await context.setOffline(false)
    await settled(page)
    expect((await caseOn(page, cases[0] as StreamId)).fields.place?.[0]?.value).toBe('Poipet')
  })

  it('forgets every case, locks every tab, and stays so over unlocking, reloading and an exchange that fetches none', async () => {
    await page.evaluate(
      async ([id, name]) => {
        await desk.keepForm(`case ${id} place`, { place: name })
        await desk.keepForm('new-case', { name })
      },
      [cases[0] as StreamId, canary] as const,
    )
    const other = await world.pageOf(context)
    await unlock(other)
    const before = await page.evaluate(everythingKept)
    expect(cases.filter((id) => before.includes(id))).toHaveLength(30)

    expect(await page.evaluate(() => desk.travel({ losingUnsent: false }))).toEqual({ ok: true })
    expect(await shown(page)).toMatchObject({ phase: 'locked', cases: 0 })
    await expect.poll(() => shown(other)).toMatchObject({ phase: 'locked', cases: 0 })
    await other.close()
    const asked: string[] = []
    context.on('request', (request) => asked.push(new URL(request.url()).pathname))
    for (const again of ['unlocked', 'reloaded']) {
      if (again === 'reloaded') {
        await page.reload()
        await page.waitForFunction(() => typeof desk !== 'undefined' && desk.snapshot().phase === 'locked')
      }
      await unlock(page)
      await settled(page)
      expect(await shown(page)).toEqual({ phase: 'open', travelling: true, cases: 0, unsent: 0, incomplete: false })
      expect(await page.evaluate(() => desk.keptForm('new-case'))).toBeUndefined()
      const rest = await page.evaluate(everythingKept)
      expect(cases.filter((id) => rest.includes(id))).toEqual([])
      await lock(page)
    }
    expect(asked).toContain('/api/me')
    expect(asked.filter((path) => path === '/api/log/pull' || path === '/api/log/states')).toEqual([])
  })

  it('leaves neither a name nor the id of a case on the disk', async () => {
    // The browser tidies what it dropped a moment later, as work of its lowest rank (decision 0016): on a busy machine it takes longer.
    await expect.poll(onDisk).toEqual([])
    await context.close()
    expect(onDisk()).toEqual([])
    await openBrowser()
    await unlock(page)
    await settled(page)
    expect(await shown(page)).toMatchObject({ travelling: true, cases: 0 })
  })

  it('opens no new case meanwhile, by name', async () => {
    const opened = await page.evaluate(() =>
      desk.openCase({
        sex: 'female',
        age: 'adult',
        form: 'unknown',
        consentServices: 'given',
        consentCounting: 'given',
        limitsExplained: true,
        opened: { name: 'New' },
      }),
    )
    expect(opened).toMatchObject({ ok: false, refusal: { code: 'desk.travelling' } })
    await settled(page)
    expect(await shown(page)).toMatchObject({ travelling: true, cases: 0, unsent: 0 })
  })

  it('is not ended without the network', async () => {
    await context.setOffline(true)
    expect(await page.evaluate(() => desk.bringBack())).toMatchObject({ ok: false, refusal: { code: 'desk.offline' } })
    expect(await shown(page)).toMatchObject({ travelling: true, cases: 0 })
    await context.setOffline(false)
  })

  it('ends when she brings them back: all is there again, checked, and her chain goes on', async () => {
    expect(await page.evaluate(() => desk.bringBack())).toEqual({ ok: true })
    await settled(page)
    expect(await shown(page)).toEqual({ phase: 'open', travelling: false, cases: 30, unsent: 0, incomplete: false })
    for (const [i, id] of cases.entries())
      expect((await caseOn(page, id)).fields.name?.[0]?.value).toBe(`${canary} ${i}`)
    await describeCase(page, cases[1] as StreamId, { opened: { place: 'Kampot' } })
    await openCase(page, 'Back again')
    await settled(page)
    expect(await page.evaluate(() => desk.snapshot().refused)).toEqual([])
    await lock(page)
    await unlock(page)
    await settled(page)
    expect((await caseOn(page, cases[1] as StreamId)).fields.place?.[0]?.value).toBe('Kampot')
  })

  it('loses what is unsent only where she says so, and sends on from there afterwards', async () => {
    await context.setOffline(true)
    await describeCase(page, cases[2] as StreamId, { opened: { place: 'Lost on the way' } })
    expect(await page.evaluate(() => desk.travel({ losingUnsent: true }))).toEqual({ ok: true })
    await context.setOffline(false)
    await unlock(page)
    await settled(page)
    expect(await page.evaluate(() => desk.bringBack())).toEqual({ ok: true })
    await settled(page)
    expect((await caseOn(page, cases[2] as StreamId)).fields.place).toBeUndefined()
    await describeCase(page, cases[2] as StreamId, { opened: { place: 'Written anew' } })
    await settled(page)
    expect(await page.evaluate(() => desk.snapshot().refused)).toEqual([])
    expect((await caseOn(page, cases[2] as StreamId)).fields.place?.[0]?.value).toBe('Written anew')
  })
})

describe('a store that is written anew', () => {
  it('opens with all that was in it where that was cut off between the old one and the new', async () => {
    await lock(page)
    // As the cut leaves it: all rows in the spare one, the first one gone.
    await page.evaluate(async () => {
      const answer = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const name = (await indexedDB.databases()).flatMap((each) => each.name?.match(/^lentera-.{36}$/)?.[0] ?? [])[0]
      const from = await answer(indexedDB.open(name ?? ''))
      const request = indexedDB.open(`${name}-spare`, from.version)
      request.onupgradeneeded = () => {
        for (const table of from.objectStoreNames) {
          const like = from.transaction(table).objectStore(table)
          const store = request.result.createObjectStore(table, { keyPath: like.keyPath })
          for (const index of like.indexNames) store.createIndex(index, like.index(index).keyPath)
        }
      }
      const to = await answer(request)
      for (const table of from.objectStoreNames) {
        const rows = await answer(from.transaction(table).objectStore(table).getAll())
        const store = to.transaction(table, 'readwrite').objectStore(table)
        for (const row of rows) await answer(store.put(row))
      }
      from.close()
      to.close()
      await answer(indexedDB.deleteDatabase(name ?? ''))
    })
    await page.reload()
    await page.waitForFunction(() => typeof desk !== 'undefined' && desk.snapshot().phase === 'locked')
    expect(await unlock(page)).toEqual({ ok: true })
    await settled(page)
    expect(await shown(page)).toMatchObject({ phase: 'open', travelling: false, cases: 31, incomplete: false })
    expect((await caseOn(page, cases[3] as StreamId)).fields.name?.[0]?.value).toBe(`${canary} 3`)
    const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    expect(left.filter((name) => name?.endsWith('-spare'))).toEqual([])
  })

  it('the search of the disk would find an id: it finds them all now', async () => {
    await lock(page)
    await context.close()
    expect(onDisk().length).toBeGreaterThan(0)
    await openBrowser()
  })
})
