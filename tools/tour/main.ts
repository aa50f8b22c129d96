import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ProgrammeLanguage } from '@lentera/core/shared/languages'
import { startServer } from '@lentera/server/main'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../browser/open-browser.ts'
import { openDatabase } from '../database/open-database.ts'
import { cast } from '../demonstration/cast.ts'
import { loadDemonstration } from '../demonstration/load.ts'
import { ensureDesk } from '../start/desk.ts'
import { walks } from './walks.ts'

/** From one record to one figure, with the network cut in between; then every room as its own people see it. */
const project = join(import.meta.dirname, '../..')
const t = textOf(readCatalogue('en'))
const folder = mkdtempSync(join(tmpdir(), 'lentera-tour-'))
chmodSync(folder, 0o711)
const pictures = join(folder, 'pictures')
mkdirSync(pictures)
const data = join(folder, 'data')
const canary = 'Canary Sreynimol (invented)'

const database = await openDatabase({ dataFolder: data, say: console.log })
// A copy: the desk may be built again while the tour walks.
const deskFolder = join(folder, 'desk')
cpSync(await ensureDesk(project, console.log), deskFolder, { recursive: true })
const start = (deskPort: number) =>
  startServer({
    databaseUrl: database.url,
    deskPort,
    portalPort: 0,
    deskFolder,
    dataFolder: data,
    empty: false,
    say: console.log,
    cast,
  })
let server = await start(0)
const port = Number(new URL(server.desk).port)
let browser: Browser | undefined
try {
  await loadDemonstration({ databaseUrl: database.url, deskUrl: server.desk })
  browser = await openBrowser()
  await caseworker(browser)
  await manager(browser)
  await steward(browser)
  await rooms(browser)
  await small(browser)
  await portal(browser)
  await explorer(browser)
} finally {
  await browser?.close()
  await server.stop()
  await database.stop()
}
traces()
mkdirSync(join(project, 'docs/pictures'), { recursive: true })
cpSync(pictures, join(project, 'docs/pictures'), { recursive: true })
rmSync(folder, { recursive: true, force: true })
console.log(`The tour came out as it should; its pictures are in docs/pictures.`)

// ---------------------------------------------------------------- a caseworker in Cambodia

async function caseworker(within: Browser): Promise<void> {
  const { page } = await become(within, 'Caseworker, Cambodia')
  await picture(page, 'today')
  const before = await supported(page)

  await page.keyboard.press('n')
  await page.getByLabel(t('support.new.limits.read')).check()
  await answer(page, t('support.field.consentServices'), t('support.answer.given'))
  await answer(page, t('support.field.consentCounting'), t('support.answer.given'))
  await answer(page, t('support.field.sex'), t('sex.female'))
  await answer(page, t('support.field.age'), t('age.adult'))
  await answer(page, t('support.field.form'), t('form.forced-labour'))
  await page
    .getByRole('textbox', { name: t('support.field.name') })
    .first()
    .fill(canary)
  await picture(page, 'new-case')
  await page.getByRole('button', { name: t('support.new.open') }).click()
  await page.getByRole('heading', { level: 1, name: canary }).waitFor()
  await waitUntilSent(page)

  // The network is gone: the server is stopped, and the page is opened again from the device alone.
  await ready(page)
  await server.stop()
  await page.getByRole('button', { name: t('support.record.new.service') }).click()
  await page
    .getByRole('radio', { name: t('service.legal-aid') })
    .first()
    .check()
  await day(page)
  await page.getByRole('button', { name: t('support.save') }).click()
  await page.getByText(t('support.unsent')).first().waitFor()
  await picture(page, 'offline')
  await page.reload()
  await unlock(page, 'caseworker.kh')
  await page.getByRole('heading', { level: 1, name: canary }).waitFor()

  server = await start(port)
  await waitUntilSent(page)
  await picture(page, 'case')
  const after = await supported(page)
  if (after !== before + 1) throw new Error(`her team's board showed ${before} and then ${after}`)
  await picture(page, 'results')
  await page.context().close()
}

/** Survivors supported, as her team's board says. */
async function supported(page: Page): Promise<number> {
  await page.getByRole('link', { name: t('nav.results') }).click()
  const heading = page.getByRole('heading', { level: 1 }).filter({ hasText: /^\d/ })
  await heading.waitFor()
  return Number.parseInt(await heading.innerText(), 10)
}

// ---------------------------------------------------------------- who may not see her

async function manager(within: Browser): Promise<void> {
  const { page } = await become(within, 'Programme manager, Cambodia')
  await page.getByRole('link', { name: t('nav.results') }).click()
  await page
    .getByRole('button', { name: new RegExp(t('indicator.survivors-supported')) })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await page.waitForTimeout(500)
  if ((await dialog.innerText()).includes('KH-')) throw new Error('the manager saw a case')
  await picture(page, 'manager')
  await page.context().close()
}

async function steward(within: Browser): Promise<void> {
  const file = [process.env.LENTERA_GLOTIP, join(project, '../shared/data/glotip/data_glotip_2023-05-30.csv.gz')].find(
    (each) => each && existsSync(each),
  )
  if (!file) {
    console.log('Skipped: the steward, who needs a copy of UNODC’s table (LENTERA_GLOTIP).')
    return
  }
  const { page } = await become(within, 'Data steward, region')
  await page.getByRole('link', { name: t('nav.evidence') }).click()
  await drop(page, file)
  await page.getByText('46,556').first().waitFor({ timeout: 60_000 })
  await picture(page, 'import')
  const edition = page.getByRole('textbox', { name: t('evidence.import.edition') })
  if (await edition.isVisible().catch(() => false)) await edition.fill('2023-05-30')
  await page.getByRole('button', { name: t('evidence.import.confirm') }).click()
  await page.getByText('65.1').first().waitFor({ timeout: 60_000 })
  await picture(page, 'evidence', true)
  await page.context().close()
}

/** Drops a file where it says that files may be dropped, with the events a hand makes. */
async function drop(page: Page, file: string): Promise<void> {
  const place = page.getByText(t('evidence.import.drop')).locator('..')
  await place.waitFor()
  await place.evaluate(
    (target, { name, text }) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name))
      for (const type of ['dragenter', 'dragover', 'drop'])
        target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }))
    },
    { name: basename(file), text: readFileSync(file).toString('base64') },
  )
}

// ---------------------------------------------------------------- every room, as its own people see it

async function rooms(within: Browser): Promise<void> {
  for (const { label, today, opens } of walks) {
    const { page } = await become(within, label)
    await waitUntilSent(page)
    // What her day says of a part is not what it says of all.
    await page.getByText('Not everything is on this device yet').waitFor({ state: 'hidden', timeout: 60_000 })
    if (today) await picture(page, today)
    for (const [name, text] of opens) {
      const words = wordsOf(text)
      await page
        .getByRole('link', { name: words })
        .or(page.getByRole('button', { name: words }))
        .first()
        .click()
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      await page.waitForTimeout(1200)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 1280) throw new Error(`${text} is ${width} px wide for ${label}`)
      if (name) await picture(page, name)
    }
    await page.context().close()
  }
  await roster(within)
  await sheet(within)
}

/** Twenty-eight days of a post and its neighbour, made and judged. */
async function roster(within: Browser): Promise<void> {
  const { page } = await become(within, 'Gender focal point, Cambodia')
  for (const text of ['nav.workforce', 'cover.title-short', 'roster.open-page']) {
    const words = wordsOf(text)
    await page
      .getByRole('link', { name: words })
      .or(page.getByRole('button', { name: words }))
      .first()
      .click()
  }
  await page.getByLabel(t('roster.post'), { exact: true }).selectOption({ index: 1 })
  await page.getByRole('button', { name: t('roster.make') }).click()
  await page.getByRole('grid').or(page.getByRole('table')).first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(5000)
  await picture(page, 'roster', true)
  await page.context().close()
}

/** A text of the catalogue by its id, which stands first or last in what it names; anything else, wherever it stands. */
function wordsOf(text: string): RegExp {
  return text.includes('.') ? new RegExp(`^${t(text)}|${t(text)}$`) : new RegExp(text)
}

/** A trainer's sheet of attendance, on a small screen and without the network. */
async function sheet(within: Browser): Promise<void> {
  const { page, context } = await become(within, 'Trainer, Cambodia', { viewport: { width: 320, height: 720 } })
  await waitUntilSent(page)
  await page.getByRole('button', { name: t('today.own.training.first') }).click()
  await context.setOffline(true)
  await page.getByRole('checkbox', { name: t('module.see') }).check()
  await page.getByRole('button', { name: t('training.new.do') }).click()
  await page.getByRole('button', { name: t('training.sheet.begin') }).click()
  await page.getByRole('radio', { name: t('officer.female'), exact: true }).check()
  await page.getByLabel(t('training.agency')).selectOption('immigration')
  await picture(page, 'small-sheet')
  await page.getByRole('button', { name: t('training.sheet.save', { count: 1 }) }).click()
  await page.getByRole('heading', { level: 1, name: t('training.session.title', { officers: 1, women: 1 }) }).waitFor()
  await context.setOffline(false)
  await waitUntilSent(page)
  await context.close()
}

// ---------------------------------------------------------------- small, dark, Burmese

async function small(within: Browser): Promise<void> {
  const { page } = await become(within, 'Caseworker, Myanmar', {
    viewport: { width: 320, height: 720 },
    locale: 'my',
    colorScheme: 'dark',
  })
  await page.waitForTimeout(800)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  if (width > 320) throw new Error(`the page is ${width} px wide on a screen of 320`)
  await picture(page, 'small-burmese-dark')
  await page.context().close()
}

/** The front page in each of its languages, on a telephone, and the way out of it. */
async function portal(within: Browser): Promise<void> {
  const context = await within.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  for (const language of ProgrammeLanguage.options.slice(0, 9)) {
    await page.goto(`${server.portal}/${language}/`)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > 320) throw new Error(`the front page in ${language} is ${width} px wide on a screen of 320`)
    await picture(page, language === 'en' ? 'portal' : `portal-${language}`)
  }
  await context.close()
}

/** What was published, as anybody explores it on a telephone: the flows, who they are, and how it was made. */
async function explorer(within: Browser): Promise<void> {
  const context = await within.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  const at = '/my/data/synthetic-records'
  const views = [
    ['explorer', '/my/data'],
    ['explorer-flows', `${at}?by=citizenship&by=countryOfExploitation&as=flows`],
    ['explorer-ages', `${at}?by=ageGroup&by=sex`],
    ['explorer-about', `${at}/about`],
  ] as const
  for (const [name, path] of views) {
    const answer = await page.goto(`${server.portal}${path}`)
    if (answer?.status() !== 200) throw new Error(`${path} answers ${answer?.status()}`)
    await picture(page, name, true)
  }
  await context.close()
}

// ---------------------------------------------------------------- the ways all of them go

async function become(
  within: Browser,
  label: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await within.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en', ...options })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`in the browser: ${error.message}`))
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).waitFor()
  if (label.startsWith('Caseworker, Cambodia')) await picture(page, 'sign-in')
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ timeout: 30_000 })
  await page.waitForTimeout(1500)
  return { page, context }
}

/** Waits until this device opens without the network, and says so where it never does. */
async function ready(page: Page): Promise<void> {
  const isReady = await page.evaluate(() =>
    Promise.race([
      navigator.serviceWorker.ready.then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 30_000)),
    ]),
  )
  if (!isReady) throw new Error('the desk did not become ready to open without the network')
}

async function unlock(page: Page, login: string): Promise<void> {
  const passphrase = page.locator('input[type=password]')
  await passphrase.waitFor({ timeout: 15_000 })
  await passphrase.fill(`demonstration ${login}`)
  await page.keyboard.press('Enter')
}

async function answer(page: Page, group: string, choice: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: choice, exact: true }).check()
}

/** The day the service was given: the first of this month. */
async function day(page: Page): Promise<void> {
  const group = page.getByRole('group', { name: t('support.field.deliveredOn') })
  const now = new Date()
  await group.getByRole('combobox').nth(0).selectOption({ index: 1 })
  await group
    .getByRole('combobox')
    .nth(1)
    .selectOption({ index: now.getUTCMonth() + 1 })
  await group.getByRole('textbox').fill(String(now.getUTCFullYear()))
}

async function waitUntilSent(page: Page): Promise<void> {
  await page
    .getByText(t('ui.device.unsent', { count: 0, answers: 'none' }))
    .first()
    .waitFor({ timeout: 60_000 })
}

async function picture(page: Page, name: string, whole = false): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: whole })
  console.log(`  ${name}`)
}

/** The database, its write-ahead log and the server's own log hold no trace of the name she typed. */
function traces(): void {
  const planted = [Buffer.from(canary), Buffer.from(canary, 'utf16le'), Buffer.from('Sreynimol')]
  const found = [...filesBelow(data)].filter((file) => {
    const bytes = readFileSync(file)
    return planted.some((name) => bytes.includes(name))
  })
  if (found.length > 0) throw new Error(`her name is in ${found.join(', ')}`)
}

function* filesBelow(at: string): Generator<string> {
  for (const name of readdirSync(at)) {
    const file = join(at, name)
    if (statSync(file).isDirectory()) yield* filesBelow(file)
    else yield file
  }
}
