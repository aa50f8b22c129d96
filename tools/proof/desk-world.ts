import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StreamId } from '@lentera/core/shared/ids'
import type { DevicePage, SeenCase } from '@lentera/desk/testing/page'
import { type RunningServer, startServer } from '@lentera/server/main'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openBrowser } from '../browser/open-browser.ts'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { builtPage } from './built-desk.ts'

/** What `desk/testing/page.ts` puts on the window. */
declare const desk: DevicePage['desk']
declare const support: DevicePage['support']

export const passphrase = 'lanterns over the river at dusk'

/** One organisation with an administrator and two caseworkers of one team, made on its devices in a real browser. */
export type DeskWorld = {
  readonly folder: string
  readonly database: TestDatabase
  readonly browser: Browser
  readonly server: RunningServer
  readonly newDevice: () => Promise<OpenedDevice>
  readonly pageOf: (context: BrowserContext) => Promise<Page>
  readonly close: () => Promise<void>
}
export type OpenedDevice = { readonly context: BrowserContext; readonly page: Page }

export async function makeDeskWorld(): Promise<DeskWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'lentera-desk-'))
  const database = await createTestDatabase()
  const server = await startServer({
    databaseUrl: database.ownerUrl,
    deskPort: 0,
    portalPort: 0,
    deskFolder: await builtPage(),
    dataFolder: folder,
    empty: true,
    say: () => undefined,
  })
  const browser = await openBrowser()
  const pageOf = async (context: BrowserContext): Promise<Page> => {
    const page = await context.newPage()
    page.on('pageerror', (error) => {
      console.error('on the page:', error)
    })
    await page.goto(server.desk)
    await page.waitForFunction(() => typeof desk !== 'undefined' && desk.snapshot().phase !== 'starting')
    return page
  }
  const newDevice = async (): Promise<OpenedDevice> => {
    const context = await browser.newContext()
    return { context, page: await pageOf(context) }
  }
  await foundAndAdmit(server, await newDevice())
  const close = async (): Promise<void> => {
    await browser.close()
    await server.stop()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, database, browser, server, newDevice, pageOf, close }
}

async function foundAndAdmit(server: RunningServer, { context, page }: OpenedDevice): Promise<void> {
  const setup = server.setup?.split('#')[1] ?? ''
  const founded = await page.evaluate(
    async ([token, text]) => {
      const plan = {
        organisationName: 'Shelter',
        programmeName: 'Cambodia',
        country: 'KH',
        zone: 'Asia/Phnom_Penh',
      } as const
      const founding = await desk.prepareFounding(plan)
      const [first] = founding.sheets
      const line = first?.code.split('\n')[3] ?? ''
      const proven = [founding.proves(1, 4, line.toLowerCase().replaceAll('-', ' ')), founding.proves(2, 4, line)]
      const account = { setup: token, label: 'Administrator', login: 'admin', passphrase: text }
      return { proven, answer: await founding.found(account) }
    },
    [setup, passphrase] as const,
  )
  expect(founded).toMatchObject({ proven: [true, false], answer: { ok: true } })
  await settled(page)
  const admitted = await page.evaluate(async (text) => {
    const roles = ['caseworker'] as const
    const first = {
      present: text,
      label: 'Caseworker 1',
      roles,
      team: { name: 'Casework' },
      login: 'caseworker-1',
      passphrase: text,
    }
    const answers = [await desk.admit(first)]
    const team = desk.snapshot().teams[0] ?? null
    answers.push(await desk.admit({ ...first, label: 'Caseworker 2', team, login: 'Caseworker-2' }))
    return answers
  }, passphrase)
  expect(admitted).toMatchObject([{ ok: true }, { ok: true }])
  await context.close()
}

export function lock(page: Page): Promise<ReturnType<typeof desk.snapshot>> {
  return page.evaluate(() => {
    desk.lock()
    return desk.snapshot()
  })
}

export async function signIn(page: Page, login: string): Promise<void> {
  const entered = await page.evaluate(([name, text]) => desk.signIn(name, text), [login, passphrase] as const)
  expect(entered).toEqual({ ok: true })
}

/** Exchanges until nothing waits. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => desk.exchange())
  await page.evaluate(() => desk.exchange())
  const { unsent: left, stopped } = await page.evaluate(() => desk.snapshot())
  expect({ left, stopped }).toEqual({ left: 0, stopped: undefined })
}

export async function openCase(page: Page, name: string): Promise<StreamId> {
  const opened = await page.evaluate(
    (text) =>
      desk.openCase({
        sex: 'female',
        age: 'adult',
        form: 'unknown',
        consentServices: 'given',
        consentCounting: 'given',
        limitsExplained: true,
        opened: { name: text },
      }),
    name,
  )
  if (!opened.ok) throw new Error(opened.refusal.code)
  return opened.value
}

export async function describeCase(
  page: Page,
  stream: StreamId,
  command: Parameters<typeof support.describeCase>[1],
): Promise<void> {
  const written = await page.evaluate(
    ([id, said]) => {
      const drafts = support.describeCase(id, said, desk.moment())
      return drafts.ok ? desk.write(drafts.value) : drafts
    },
    [stream, command] as const,
  )
  expect(written).toEqual({ ok: true })
}

export function describeMany(page: Page, stream: StreamId, field: 'place' | 'language', times: number): Promise<void> {
  return page.evaluate(
    async ([id, name, count]) => {
      for (let i = 0; i < count; i++) {
        const drafts = support.describeCase(id, { opened: { [name]: `${name} ${i}` } }, desk.moment())
        const written = drafts.ok ? await desk.write(drafts.value) : drafts
        if (!written.ok) throw new Error(written.refusal.code)
      }
    },
    [stream, field, times] as const,
  )
}

export const unsent = (page: Page): Promise<number> => page.evaluate(() => desk.snapshot().unsent)

export async function caseOn(page: Page, stream: StreamId): Promise<SeenCase> {
  const found = await page.evaluate((id) => desk.snapshot().caseload.find((each) => each.stream === id), stream)
  if (!found) throw new Error('the case is not on this device')
  return found
}

/** Every byte that IndexedDB and local storage of the page hold, as text. */
export async function everythingKept(): Promise<string> {
  const said = [JSON.stringify({ ...localStorage })]
  const decoder = new TextDecoder()
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name ?? '')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    for (const store of database.objectStoreNames) {
      const rows = await new Promise<unknown[]>((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const asText = (_: string, value: unknown) => (value instanceof Uint8Array ? decoder.decode(value) : value)
      said.push(store, JSON.stringify(rows, asText))
    }
    database.close()
  }
  return said.join('\n')
}

export type KeptRow = { readonly id: string; readonly box: readonly number[] }

/**
 * The boxes of the kept list as they rest on the page's device, once all of them are there and differ from `older`.
 * With `back`, they are overwritten by these instead.
 */
export async function keptList({
  older,
  back,
}: {
  readonly older?: readonly KeptRow[]
  readonly back?: readonly KeptRow[]
}): Promise<readonly KeptRow[]> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.match(/^lentera-.{36}$/) ? [name] : []))
  const database = await answer(indexedDB.open(names[0] ?? ''))
  const boxes = (mode: IDBTransactionMode) => database.transaction('boxes', mode).objectStore('boxes')
  try {
    for (const { id, box } of back ?? []) await answer(boxes('readwrite').put({ id, box: Uint8Array.from(box) }))
    if (back) return back
    for (let i = 0; i < 100; i++) {
      const rows: { id: string; box: Uint8Array }[] = await answer(boxes('readonly').getAll())
      const kept = rows.filter(({ id }) => id.startsWith('list/')).map(({ id, box }) => ({ id, box: [...box] }))
      if (kept.length === 16 && JSON.stringify(kept) !== JSON.stringify(older)) return kept
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('no newer list was kept')
  } finally {
    database.close()
  }
}
