import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDevice, patience } from '../browser/open-browser.ts'
import { passphraseOf } from '../demonstration/cast.ts'
import { type DemonstrationWorld, openDemonstration, signInAs } from './demonstration-world.ts'
import { type Kept, keptBelow } from './kept-files.ts'
import { spellings } from './spellings.ts'

/**
 * What a caseworker types about a person must lie readable nowhere in the browser's folder once the device is locked, and
 * never stand in an address, a title, a request. Real: the built desk, a real server, a real profile on the disk.
 *
 * This Chromium has no windows, and so keeps no history, no list of typed words and no session to restore, as a person's
 * browser does. For those stands what they are made from: every address and title, and fields that ask not to be remembered.
 */
const planted = {
  name: 'Canary Rumduolwati',
  otherNames: 'កាណារី រំដួលវតី',
  safeContact: 'ကနေရီ ပိတောက်နီ',
  place: 'คานารี มะลิวัลย์',
  narrative: 'Chim Hoàng Yến kể chuyện',
  provider: 'Clinic Canarienne Champeyrath',
  detail: 'Detail of canary Kolapnari',
  typedOnly: 'Halbgetippt Kanarienvogel',
} as const
const words = Object.values(planted)

const world = {} as DemonstrationWorld // filled before all tests
let seen: { readonly addresses: string[]; readonly titles: string[]; readonly sent: string[] }
let kept: readonly Kept[]
/** Fields that let the browser remember what was typed into them. */
const remembered: string[] = []
let profile: string
let afterLock: string
let inOpenMemory: readonly string[]
let inMemory: readonly string[]

beforeAll(async () => {
  Object.assign(world, await openDemonstration())
  profile = join(world.folder, 'profile')
  const device = await openDevice(profile, { viewport: { width: 1280, height: 900 } })
  seen = await watch(device)
  await work(await device.newPage())
  await device.close()
  kept = [...keptBelow(profile)]
})

afterAll(() => world.close?.())

/** All that could carry a word out of the page: every request, and every address and title the page ever had. */
async function watch(device: BrowserContext): Promise<typeof seen> {
  const watched: typeof seen = { addresses: [], titles: [], sent: [] }
  device.on('request', (request) => {
    watched.addresses.push(request.url())
    watched.sent.push(request.postData() ?? '', JSON.stringify(request.headers()))
  })
  await device.exposeFunction('lenteraSaw', (address: string, title: string) => {
    watched.addresses.push(address)
    watched.titles.push(title)
  })
  await device.addInitScript(() => {
    const saw = () => Reflect.get(globalThis, 'lenteraSaw')(location.href, document.title)
    new MutationObserver(saw).observe(document, { subtree: true, childList: true, characterData: true })
    for (const name of ['pushState', 'replaceState'] as const) {
      const change = history[name]
      history[name] = (...given: Parameters<History['pushState']>) => {
        change.apply(history, given)
        saw()
      }
    }
  })
  return watched
}

/** A morning: a case, a service, a search for each word, a form left half typed, and the lock. */
async function work(page: Page): Promise<void> {
  page.setDefaultTimeout(patience)
  await signInAs(page, world.server.desk, 'Caseworker, Cambodia')
  await page
    .getByRole('link', { name: /^Cases/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'New case' }).click()
  await page.getByLabel('I have read the limits of confidentiality to her').check()
  for (const question of ['She agrees to receive services', 'She agrees to be counted'])
    await page.getByRole('radiogroup', { name: question }).getByRole('radio').first().check()
  const field = (label: string) => page.getByRole('textbox', { name: new RegExp(`(^|\\W)${label}`) })
  await field('Name').pressSequentially(planted.name)
  await field('Other names').pressSequentially(planted.otherNames)
  await field('Safe contact').fill(planted.safeContact)
  await field('Place').fill(planted.place)
  await field('What she has told').fill(planted.narrative)
  remembered.push(...(await page.evaluate(rememberedFields)))
  await page.getByRole('button', { name: 'Open the case' }).click()
  await page.getByRole('button', { name: 'Record a service' }).click()
  await page.getByRole('radiogroup', { name: 'Kind of help' }).getByRole('radio').first().check()
  await field('Who gave it').pressSequentially(planted.provider)
  await field('Detail').fill(planted.detail)
  remembered.push(...(await page.evaluate(rememberedFields)))
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(planted.provider).first().waitFor()
  await page.getByText('Everything sent').first().waitFor()
  await page.getByRole('link', { name: 'All cases' }).click()
  for (const word of [planted.name, planted.otherNames, planted.safeContact, planted.place]) {
    await page.getByLabel('Search by code, name, place or contact').fill(word)
    await page.getByText('1 case found').waitFor({ state: 'attached' })
    await page.getByRole('list', { name: 'Cases' }).getByText(planted.name).waitFor()
  }
  remembered.push(...(await page.evaluate(rememberedFields)))
  await page.getByRole('list', { name: 'Cases' }).getByRole('link').click()
  await page.getByRole('button', { name: 'Record a need' }).click()
  await field('Detail').pressSequentially(planted.typedOnly)
  await page.getByText('Saved on this device', { exact: true }).first().waitFor()
  inOpenMemory = await stringsInMemory(page)
  await page.getByRole('button', { name: 'Lock' }).click()
  await page.getByRole('heading', { name: 'This device is locked' }).waitFor()
  afterLock = await page.evaluate(() => {
    const typed = [...document.querySelectorAll('input, textarea')].map((field) => Reflect.get(field, 'value'))
    return document.documentElement.outerHTML + typed.join('\n')
  })
  inMemory = await stringsInMemory(page)
}

/** Every text that the page's memory still holds, once what nobody holds any more has been given back. */
async function stringsInMemory(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', {})
  await session.detach()
  // As V8 writes it: https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler
  return (JSON.parse(chunks.join('')) as { strings: string[] }).strings
}

function rememberedFields(): string[] {
  return [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
    .filter(({ type, autocomplete }) => type !== 'checkbox' && type !== 'radio' && autocomplete !== 'off')
    .map((field) => field.labels?.[0]?.textContent ?? field.outerHTML)
}

function findings(word: string, among: readonly Kept[]): string[] {
  const ways = spellings(word)
  return [...new Set(among.filter(({ bytes }) => ways.some((way) => bytes.includes(way))).map(({ where }) => where))]
}

describe('the profile of a locked browser', () => {
  it('really is a profile with the work in it', () => {
    const names = [...new Set(kept.map(({ where }) => where.slice(profile.length)))]
    expect(names.filter((name) => name.includes('IndexedDB')).length).toBeGreaterThan(3)
    expect(names.some((name) => name.includes('Local Storage'))).toBe(true)
    // Random ids stand in the clear and are found where they should be.
    const stream = /\/cases\/([0-9a-f-]{36})/.exec(seen.addresses.join('\n'))?.[1] ?? 'no case'
    expect(findings(stream, kept).some((where) => where.includes('IndexedDB'))).toBe(true)
  })

  it.each(words)('holds nowhere: %s', (word) => {
    expect(findings(word, kept)).toEqual([])
  })

  it.each(words)('has in memory no more: %s', (word) => {
    expect(inOpenMemory.some((text) => text.includes(word))).toBe(true)
    expect(inMemory.filter((text) => text.includes(word)).map((text) => text.slice(0, 200))).toEqual([])
  })

  it('held no such word in an address, a title or a request either', () => {
    expect(seen.addresses.length).toBeGreaterThan(50)
    expect(new Set(seen.titles)).toEqual(new Set(['Lentera']))
    const said = [...seen.addresses, ...seen.titles, ...seen.sent].map((text) => ({
      where: text.slice(0, 80),
      bytes: Buffer.from(text),
    }))
    for (const word of words) expect(findings(word, said)).toEqual([])
  })

  it('stands nowhere on the page any more', () => {
    expect(afterLock).toContain('This device is locked')
    for (const word of words) expect(findings(word, [{ where: 'page', bytes: Buffer.from(afterLock) }])).toEqual([])
  })

  it('has no field that lets the browser remember what was typed', () => expect(remembered).toEqual([]))

  it('opens again from these very files, and then shows what was kept, the half-typed form too', async () => {
    const device = await openDevice(profile, { viewport: { width: 1280, height: 900 } })
    const page = await device.newPage()
    await page.goto(world.server.desk)
    await page.getByLabel('Passphrase').fill(passphraseOf('caseworker.kh'))
    await page.getByLabel('Passphrase').press('Enter')
    await page
      .getByRole('link', { name: /^Cases/ })
      .first()
      .click()
    await page.getByRole('list', { name: 'Cases' }).getByText(planted.name).click()
    await page.getByText(planted.narrative).first().waitFor()
    await page.getByRole('button', { name: 'Record a need' }).click()
    expect(await page.getByRole('textbox', { name: /Detail/ }).inputValue()).toBe(planted.typedOnly)
    await device.close()
  })
})

describe('the search itself', () => {
  it('finds a word planted in each of the browser’s stores, packed ones too', async () => {
    const plain = 'Planted Plaintext Somebody'
    const folder = join(world.folder, 'careless')
    const store = async (): Promise<void> => {
      const device = await openDevice(folder)
      const page = await device.newPage()
      await page.goto(`${world.server.desk}/lantern.svg?careless`)
      await page.evaluate(async (text) => {
        localStorage.setItem('careless', `${text} in local storage`)
        sessionStorage.setItem('careless', text)
        await (await caches.open('careless')).put('/careless', new Response(`${text} in a cache`))
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open('careless', 1)
          request.onupgradeneeded = () => request.result.createObjectStore('rows')
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
        const change = database.transaction('rows', 'readwrite', { durability: 'strict' })
        change.objectStore('rows').put({ short: text }, 'short')
        // Repetition packs: of a packed text only the first copy can still be read as it lies there.
        change
          .objectStore('rows')
          .put(`${'so it is packed '.repeat(400)}${text.split(' ').join(' so it is packed ')}`, 'packed')
        await new Promise<void>((resolve, reject) => {
          change.oncomplete = () => resolve()
          change.onerror = () => reject(change.error)
        })
        database.close()
      }, plain)
      await device.close()
    }
    await store()
    // Opened once more: LevelDB then writes what its log held into a packed table.
    await store()
    const careless = [...keptBelow(folder)]
    const found = findings(plain, careless).map((where) => where.slice(folder.length))
    for (const place of ['Local Storage', 'IndexedDB', 'CacheStorage']) expect(found.join('\n')).toContain(place)
    const packed = findings('so it is packed Plaintext so it is packed', careless)
    expect(packed.some((where) => where.endsWith('unpacked'))).toBe(true)
  })
})
