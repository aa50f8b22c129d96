import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StreamId } from '@lentera/core/shared/ids'
import type { DevicePage } from '@lentera/desk/testing/page'
import { type RunningServer, startServer } from '@lentera/server/main'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser/open-browser.ts'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'

/** What `desk/testing/page.ts` puts on the window. */
declare const desk: DevicePage['desk']
declare const support: DevicePage['support']

const planted = 'Sreymom Plantedname'
const passphrase = 'lanterns over the river at dusk'

const folder = mkdtempSync(join(tmpdir(), 'lentera-desk-'))
const running = { server: undefined as RunningServer | undefined }
const world = {} as { database: TestDatabase; browser: Browser } // filled before all tests

beforeAll(async () => {
  const project = join(import.meta.dirname, '../..')
  await build({
    configFile: join(project, 'desk/testing/vite.config.ts'),
    build: { outDir: join(folder, 'page') },
    logLevel: 'error',
  })
  world.database = await createTestDatabase()
  const server = await startServer({
    databaseUrl: world.database.ownerUrl,
    deskPort: 0,
    portalPort: 0,
    deskFolder: join(folder, 'page'),
    dataFolder: folder,
    empty: true,
    say: () => undefined,
  })
  running.server = server
  world.browser = await openBrowser()
  await foundAndAdmit(server)
})

afterAll(async () => {
  await world.browser?.close()
  await running.server?.stop()
  await world.database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a device, by its door', () => {
  it('refuses a wrong passphrase by name, at the first signing in and offline', async () => {
    const device = await newDevice()
    const wrong = await device.page.evaluate(() => desk.signIn('caseworker-1', 'not her passphrase'))
    expect(wrong).toMatchObject({ ok: false, refusal: { code: 'access.sign-in-wrong' } })
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    await device.context.setOffline(true)
    expect(await lock(device.page).then(({ phase }) => phase)).toBe('locked')
    const still = await device.page.evaluate(() => desk.unlock('not her passphrase'))
    expect(still).toMatchObject({ ok: false, refusal: { code: 'desk.passphrase-wrong' } })
    const opened = await device.page.evaluate((text) => desk.unlock(text), passphrase)
    expect(opened).toEqual({ ok: true })
    expect(await device.page.evaluate(() => desk.snapshot().phase)).toBe('open')
    await device.context.close()
  })

  it('keeps nothing readable at rest, and nothing at all in memory after the lock', async () => {
    const device = await newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    await openCase(device.page, planted)
    await device.page.evaluate((name) => desk.keepForm('new-case', { name }), planted)
    const rest = await device.page.evaluate(everythingKept)
    expect(rest.length).toBeGreaterThan(2_000)
    expect(rest).toContain('streams')
    expect(rest).not.toContain('Plantedname')
    const locked = await lock(device.page).then((snapshot) => JSON.stringify(snapshot))
    expect(locked).not.toContain('Plantedname')
    await device.page.evaluate((text) => desk.unlock(text), passphrase)
    expect(await device.page.evaluate(() => desk.keptForm('new-case'))).toEqual({ name: planted })
    await settled(device.page)
    await device.context.close()
  })
})

describe('two devices on one case, both without a network', () => {
  it('keep both answers to one question, clear and sealed, show both on both, and agree once it is settled', async () => {
    const [one, two] = [await newDevice(), await newDevice()]
    await signIn(one.page, 'caseworker-1')
    await signIn(two.page, 'caseworker-2')
    await settled(one.page)
    await settled(two.page)
    const stream = await openCase(one.page, 'Sokha')
    await settled(one.page)
    await settled(two.page)
    await eventually(two.page, stream, ({ fields }) => fields.name?.[0]?.value === 'Sokha')

    await one.context.setOffline(true)
    await two.context.setOffline(true)
    await describeCase(one.page, stream, {
      form: 'forced-labour',
      opened: { safeContact: 'mornings', place: 'Poipet' },
    })
    await describeCase(two.page, stream, { form: 'other', opened: { safeContact: 'evenings', language: 'Khmer' } })
    expect(await unsent(one.page)).toBe(1)
    await one.context.setOffline(false)
    await two.context.setOffline(false)
    await settled(one.page)
    await settled(two.page)
    await settled(one.page)

    for (const { page } of [one, two]) {
      const seen = await caseOn(page, stream)
      expect(seen.file.conflicts.map(({ field }) => field).sort()).toEqual(['form', 'safeContact'])
      expect(seen.fields.safeContact?.map(({ value }) => value).sort()).toEqual(['evenings', 'mornings'])
      expect(new Set(seen.fields.safeContact?.map(({ author }) => author)).size).toBe(2)
      // What only one of them answered stands without a question.
      expect(seen.fields.place?.map(({ value }) => value)).toEqual(['Poipet'])
      expect(seen.fields.language?.map(({ value }) => value)).toEqual(['Khmer'])
    }

    await describeCase(two.page, stream, { form: 'other', opened: { safeContact: 'mornings' } })
    await settled(two.page)
    await settled(one.page)
    const states = []
    for (const { page } of [one, two]) {
      const seen = await caseOn(page, stream)
      expect(seen.file.conflicts).toEqual([])
      expect(seen.fields.safeContact?.map(({ value }) => value)).toEqual(['mornings'])
      expect(await page.evaluate(() => desk.snapshot().incomplete)).toBe(false)
      states.push({ ...seen, unsent: false })
    }
    expect(states[0]).toEqual(states[1])
    const history = await one.page.evaluate((id) => desk.history(id), stream)
    expect(history.filter(({ entry }) => entry.kind === 'support.case-described')).toHaveLength(3)
    expect(history.at(-1)?.entry.parents).toHaveLength(2)
    await one.context.close()
    await two.context.close()
  })
})

describe('what is written', () => {
  it('stays when it is refused, named, and stops nothing that is written after it', async () => {
    const device = await newDevice()
    await signIn(device.page, 'caseworker-2')
    await settled(device.page)
    const stream = await openCase(device.page, 'Dara')
    await settled(device.page)
    await device.page.evaluate(async (id) => {
      const { today } = desk.moment()
      const on = `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}` as never
      const bad = {
        kind: 'support.need-recorded',
        version: 1,
        stream: id,
        on,
        coded: { service: 'nonsense' },
        opened: {},
      }
      await desk.write([bad])
    }, stream)
    await settled(device.page)
    const refused = await device.page.evaluate(() => desk.snapshot().refused)
    expect(refused).toMatchObject([{ kind: 'support.need-recorded', refusal: { code: 'log.coded-field-not-allowed' } }])
    await describeCase(device.page, stream, { opened: { place: 'Battambang' } })
    await settled(device.page)
    expect(await unsent(device.page)).toBe(0)
    expect((await caseOn(device.page, stream)).fields.place?.[0]?.value).toBe('Battambang')
    expect((await caseOn(device.page, stream)).file.flags).not.toContain('entries-missing')
    const kept = await device.page.evaluate((id) => desk.history(id), stream)
    expect(kept.find(({ state }) => state === 'refused')?.entry.coded).toEqual({ service: 'nonsense' })
    const entry = refused[0]?.entry
    if (!entry) throw new Error('an entry was refused')
    await device.page.evaluate((id) => desk.setAside(id), entry)
    expect(await device.page.evaluate(() => desk.snapshot().refused)).toEqual([])
    await device.context.close()
  })

  it('is one chain from two tabs of one device', async () => {
    const device = await newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    const stream = await openCase(device.page, 'Chenda')
    await settled(device.page)
    const other = await pageOf(device.context)
    await other.evaluate((text) => desk.unlock(text), passphrase)
    await Promise.all([describeMany(device.page, stream, 'place', 8), describeMany(other, stream, 'language', 8)])
    await settled(device.page)
    await settled(other)
    for (const page of [device.page, other]) {
      expect(await page.evaluate(() => desk.snapshot().refused)).toEqual([])
      expect(await page.evaluate(() => desk.snapshot().stopped)).toBeUndefined()
      const seen = await caseOn(page, stream)
      expect(seen.file.conflicts).toEqual([])
      expect(seen.fields.place?.map(({ value }) => value)).toEqual(['place 7'])
      expect(seen.fields.language?.map(({ value }) => value)).toEqual(['language 7'])
    }
    await device.context.close()
  })

  it('is wiped only after the unsent number was said', async () => {
    const device = await newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    await device.context.setOffline(true)
    await openCase(device.page, 'Unsent')
    const asked = await device.page.evaluate(() => desk.wipe({ losingUnsent: false }))
    expect(asked).toMatchObject({ ok: false, refusal: { code: 'desk.unsent-would-be-lost', values: { count: 2 } } })
    expect(await device.page.evaluate(() => desk.wipe({ losingUnsent: true }))).toEqual({ ok: true })
    const left = await device.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    expect(left.filter((name) => name !== 'lentera')).toEqual([])
    await device.context.close()
  })
})

// --- how the tests reach it ---------------------------------------------------------------------------------------------

type OpenedDevice = { readonly context: BrowserContext; readonly page: Page }

async function newDevice(): Promise<OpenedDevice> {
  const context = await world.browser.newContext()
  return { context, page: await pageOf(context) }
}

async function pageOf(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    console.error('on the page:', error)
  })
  await page.goto(running.server?.desk ?? '')
  await page.waitForFunction(() => typeof desk !== 'undefined' && desk.snapshot().phase !== 'starting')
  return page
}

async function foundAndAdmit(server: RunningServer): Promise<void> {
  const { context, page } = await newDevice()
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
    const first = { label: 'Caseworker 1', roles, team: { name: 'Casework' }, login: 'caseworker-1', passphrase: text }
    const answers = [await desk.admit(first)]
    const team = desk.snapshot().teams[0] ?? null
    answers.push(await desk.admit({ ...first, label: 'Caseworker 2', team, login: 'Caseworker-2' }))
    return answers
  }, passphrase)
  expect(admitted).toEqual([{ ok: true }, { ok: true }])
  await context.close()
}

function lock(page: Page): Promise<ReturnType<typeof desk.snapshot>> {
  return page.evaluate(() => {
    desk.lock()
    return desk.snapshot()
  })
}

async function signIn(page: Page, login: string): Promise<void> {
  const entered = await page.evaluate(([name, text]) => desk.signIn(name, text), [login, passphrase] as const)
  expect(entered).toEqual({ ok: true })
}

/** Exchanges until nothing waits. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => desk.exchange())
  await page.evaluate(() => desk.exchange())
  const { unsent: left, stopped } = await page.evaluate(() => desk.snapshot())
  expect({ left, stopped }).toEqual({ left: 0, stopped: undefined })
}

async function openCase(page: Page, name: string): Promise<StreamId> {
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

async function describeCase(
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

function describeMany(page: Page, stream: StreamId, field: 'place' | 'language', times: number): Promise<void> {
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

const unsent = (page: Page): Promise<number> => page.evaluate(() => desk.snapshot().unsent)

async function caseOn(page: Page, stream: StreamId) {
  const found = await page.evaluate((id) => desk.snapshot().caseload.find((each) => each.stream === id), stream)
  if (!found) throw new Error('the case is not on this device')
  return found
}

async function eventually(
  page: Page,
  stream: StreamId,
  holds: (seen: Awaited<ReturnType<typeof caseOn>>) => boolean,
): Promise<void> {
  expect(holds(await caseOn(page, stream))).toBe(true)
}

/** Every byte that IndexedDB and local storage of the page hold, as text. */
async function everythingKept(): Promise<string> {
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
