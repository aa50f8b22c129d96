import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration, signInAs } from './demonstration-world.ts'

/**
 * A steward brings published tables to the board by hand: what she drops is a file of her disk, dropped by the browser itself,
 * so that what is not held back is opened in place of the page.
 */
const world = {} as DemonstrationWorld // filled before all tests
let browser: Browser
let context: BrowserContext
let page: Page
const files: Record<string, string> = {}

const header =
  'Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source'
const row = (iso3: string, country: string, sex: string, year: string, value: string): string =>
  `${iso3},${country},Asia,South-eastern Asia,Detected trafficking victims,Total,Total,${sex},Total,${year},Counts,${value},UNODC`
const table = [
  header,
  row('KHM', 'Cambodia', 'Female', '2018', '1200'),
  row('THA', 'Thailand', 'Male', '2018', '<5'),
  row('THA', 'Thailand', 'Male', '1918', '600'),
  row('XQZ', 'Nowhere', 'Male', '2017', '7'),
]

beforeAll(async () => {
  ;[browser] = await Promise.all([openBrowser(), openDemonstration().then((opened) => Object.assign(world, opened))])
  const put = (name: string, content: string | Uint8Array): void => {
    const file = join(world.folder, name)
    writeFileSync(file, content)
    files[name] = file
  }
  put('table.csv', `${table.join('\n')}\n`)
  // The same rows, saved by another program, under lines of its own.
  put('saved-again.csv', `\ufeffTrafficking in persons\r\n30/05/2023\r\n${table.join('\r\n')}\r\n`)
  put('later.csv', `${[...table, row('LAO', 'Laos', 'Female', '2018', '9')].join('\n')}\n`)
  put('picture.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d))
  put('page.csv', '<!DOCTYPE html><title>Moved</title>')
  files.folder = join(world.folder, 'tables of 2023')
  mkdirSync(files.folder)
})

afterAll(async () => {
  await browser?.close()
  await world.close?.()
})

beforeEach(async () => {
  context = await openContext()
  page = await context.newPage()
  page.setDefaultTimeout(patience)
})

afterEach(() => context.close())

/** Without the worker that keeps the shell: a reader that does not load is then really not there. */
const openContext = (): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block', locale: 'en' })

async function openEvidence(label = 'Data steward, region'): Promise<void> {
  await signInAs(page, world.server.desk, label)
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Evidence/ })
    .first()
    .click()
  await title().waitFor()
}

const title = (): Locator => page.getByRole('heading', { level: 1, name: 'What others have published' })
const place = (): Locator => page.getByText('Drop a CSV or Excel file here').locator('..')
const alert = (): Locator => page.getByRole('main').getByRole('alert')

/** Drops files of the disk on the middle of an element, by the browser's own door for it. */
async function drop(target: Locator, ...names: readonly string[]): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (!box) throw new Error('there is nothing to drop on')
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: names.map((name) => files[name] ?? name), dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  await session.detach()
}

async function isInView(): Promise<boolean> {
  const box = await alert().boundingBox()
  return box !== null && box.y >= 0 && Math.floor(box.y + box.height) <= (page.viewportSize()?.height ?? 0)
}

async function report(): Promise<void> {
  await page.getByText('4 rows read').first().waitFor()
}

describe('a file that is no table', () => {
  it('is refused as what it is, a folder too, and the place for files stays usable', async () => {
    await openEvidence()
    await drop(place(), 'folder')
    await expect.poll(() => alert().innerText()).toContain('This is a folder, not a table')
    await drop(place(), 'picture.csv')
    await expect.poll(() => alert().innerText()).toContain('This is an image, not a table')
    await drop(place(), 'page.csv')
    await expect.poll(() => alert().innerText()).toContain('This is a web page, not a table')
    await drop(place(), 'table.csv', 'picture.csv')
    await expect.poll(() => alert().innerText()).toContain('One file is read at a time')
    await drop(place(), 'table.csv')
    await report()
    expect(await alert().count()).toBe(0)
  })
})

describe('a file dropped beside the place for it', () => {
  it('is not opened by the browser: the page says where to drop it, and a report that stands there stays', async () => {
    await openEvidence()
    const { desk } = world.server
    await drop(title(), 'table.csv')
    await expect.poll(() => alert().innerText()).toContain('dropped beside the place for it')
    // Where she looks, however far down the page the place for files is.
    await expect.poll(isInView).toBe(true)
    expect(page.url()).toBe(new URL('/evidence', desk).href)
    await drop(place(), 'table.csv')
    await report()
    await drop(title(), 'picture.csv')
    await expect.poll(() => alert().innerText()).toContain('One file is read at a time')
    await expect.poll(isInView).toBe(true)
    await report()
    expect(context.pages()).toHaveLength(1)
    expect(page.url()).toBe(new URL('/evidence', desk).href)
  })

  it('by one who brings no tables is held back too, and she is told who does', async () => {
    await openEvidence('Caseworker, Cambodia')
    await drop(title(), 'table.csv')
    await page.getByRole('status').getByText('A steward of the programme brings published tables in').waitFor()
    expect(page.url()).toBe(new URL('/evidence', world.server.desk).href)
  })
})

const isReader = /import-worker/

/** Gives another script for a worker's own, with the headers of the server: without them no worker starts. */
async function instead(route: Route, script: (real: string) => string): Promise<void> {
  const response = await route.fetch()
  await route.fulfill({ response, body: script(await response.text()) })
}

describe('a reader that stops', () => {
  it.each([
    ['does not load', undefined],
    ['breaks as it begins', () => 'throw new Error("no reader")'],
    ['breaks over a file', () => 'self.onmessage = () => { throw new Error("out of memory") }'],
    [
      'breaks while it waits for something itself',
      (real: string) => `SubtleCrypto.prototype.digest = () => Promise.reject(new Error("no digest"))\n${real}`,
    ],
  ])('because it %s is no fault of the file, which can be read again', async (_, broken) => {
    await openEvidence()
    await page.route(isReader, (route) => (broken ? instead(route, broken) : route.abort()))
    await drop(place(), 'table.csv')
    await expect.poll(() => alert().innerText()).toContain('The program that reads files stopped')
    await page.unroute(isReader)
    await alert().getByRole('button', { name: 'Try again' }).click()
    await report()
    expect(await alert().count()).toBe(0)
  })

  it('without a word is not waited for once it was told to stop', async () => {
    await openEvidence()
    await page.route(isReader, (route) => instead(route, () => 'self.onmessage = () => {}'))
    await drop(place(), 'table.csv')
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(() => alert().innerText()).toContain('Stopped. Nothing was imported')
    await place().waitFor()
  })
})

describe('the report before anything is sent', () => {
  it('names what is unfamiliar with its lines, and says of the same rows in another file that they are here', async () => {
    await openEvidence()
    await drop(place(), 'table.csv')
    await report()
    const unfamiliar = page.getByRole('table', { name: /^Values this version does not know/ })
    const rows = await unfamiliar.getByRole('row').allInnerTexts()
    expect(rows.some((text) => /Year\s+1918\s+4\s/.test(text))).toBe(true)
    expect(rows.some((text) => /Iso3_code\s+XQZ\s+5\s/.test(text))).toBe(true)
    expect(await page.getByText('are here already').count()).toBe(0)

    const edition = page.getByRole('textbox', { name: 'Edition' })
    await edition.fill('yesterday 2')
    await page.getByRole('button', { name: 'Import these rows' }).click()
    await expect.poll(() => alert().innerText()).toContain('2023-Q2')
    await edition.fill('v2')
    await page.getByRole('button', { name: 'Import these rows' }).click()
    await page.getByText('edition version 2').first().waitFor()

    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`))
    const another = page.getByRole('button', { name: 'Bring another file' })
    if (await another.isVisible()) await another.click()
    await drop(place(), 'saved-again.csv')
    await report()
    await page.getByRole('status').getByText('These very rows are here already: edition version 2').waitFor()
    expect(await page.getByRole('button', { name: 'Import these rows' }).count()).toBe(0)
    expect(sent.filter((each) => each.startsWith('PUT'))).toEqual([])
    await another.click()
    await place().waitFor()
  })
})

describe('two stewards with one table', () => {
  it('who do not know of each other both bring it: counted once, and shown as brought again', async () => {
    const read = async (edition: string): Promise<void> => {
      await openEvidence()
      await drop(place(), 'later.csv')
      await page.getByText('5 rows read').first().waitFor()
      await page.getByRole('textbox', { name: 'Edition' }).fill(edition)
    }
    await read('version 7')
    const first = page
    const other = await openContext()
    try {
      page = await other.newPage()
      await read('version 8')
      await first.getByRole('button', { name: 'Import these rows' }).click()
      await first.getByText('edition version 7').first().waitFor()
      expect(await first.getByText('were brought again').count()).toBe(0)
      await page.getByRole('button', { name: 'Import these rows' }).click()
      await page.getByText(/The same rows were brought again on .*, as edition version 8: counted once/).waitFor()
      await page.getByText('edition version 7').first().waitFor()
    } finally {
      await other.close()
    }
  })
})
