import { type RunningServer, startServer } from '@lentera/server/main'
import type { BrowserContext, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { builtDesk } from './built-desk.ts'
import { type DeskWorld, makeDeskWorld, passphrase } from './desk-world.ts'

const world = {} as DeskWorld // filled before all tests

beforeAll(async () => {
  Object.assign(world, await makeDeskWorld())
})

afterAll(() => world.close?.())

describe('the built desk', () => {
  it('opens and unlocks with the server stopped from the second visit on, and breaks no rule of its content policy', async () => {
    const server = await serve()
    const { page, wrong } = await openAs('caseworker-1', server.desk)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await server.stop()

    await page.reload()
    await page.getByLabel('Passphrase').fill(passphrase)
    await page.getByLabel('Passphrase').press('Enter')
    await page.getByRole('navigation').waitFor()
    expect(await page.title()).toBe('Lentera')
    const cached = await page.evaluate(async () => {
      const names = await caches.keys()
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return requests.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(cached.length).toBeGreaterThan(5)
    expect(cached.filter((path) => path.startsWith('/api'))).toEqual([])
    expect(wrong).toEqual([])
    await page.context().close()
  })

  it('begins with few files, and sends each text of them compressed', async () => {
    const server = await serve()
    const context = await world.browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    const came: Response[] = []
    page.on('response', (response) => came.push(response))
    await page.goto(server.desk)
    await page.getByLabel('Login name').waitFor()
    const texts = came.filter((each) => /\.(js|css)$|\/$/.test(each.url()) && !each.url().includes('/api/'))
    const packed = texts.filter((each) => each.headers()['content-encoding'] === 'br')
    // The page, its style sheet, three scripts, and the words of her language.
    expect(texts.length).toBeLessThanOrEqual(6)
    expect(packed).toHaveLength(texts.length)
    const sizes = await Promise.all(packed.map(async (each) => (await each.request().sizes()).responseBodySize))
    const bytes = sizes.reduce((all, one) => all + one, 0)
    expect(bytes).toBeGreaterThan(100_000)
    expect(bytes).toBeLessThan(600_000)
    await context.close()
    await server.stop()
  })

  it('says plainly that a part of it is gone from the server, and what to do, in the words of the screen', async () => {
    const server = await serve()
    // As it is after the desk was built anew under an open page, on a device that has not kept it for use offline.
    const context = await world.browser.newContext({ serviceWorkers: 'block' })
    await context.route(/\/assets\/pages-.*\.js$/, (route) => route.fulfill({ status: 404, body: '' }))
    const page = await signInOn(context, 'caseworker-1', server.desk)
    await page.getByRole('link', { name: /^Cases/ }).click()
    // The router loads the page anew once by itself, which locks the device.
    await page.getByLabel('Passphrase').fill(passphrase)
    await page.getByLabel('Passphrase').press('Enter')
    const said = page.getByRole('alert').filter({ hasText: 'This did not work' })
    await said.waitFor()
    expect(await said.textContent()).toContain('kept on this device')
    await said.getByRole('button', { name: 'Try again' }).waitFor()
    await context.close()
    await server.stop()
  })

  it('shows two people, who changed one answer without a network, both answers, until one of them settles it', async () => {
    const server = await serve()
    const { page: one, wrong } = await openAs('caseworker-1', server.desk)
    await one.getByRole('button', { name: 'New case', exact: true }).click()
    await one.getByLabel('I have read the limits of confidentiality to her').check()
    for (const question of ['She agrees to receive services', 'She agrees to be counted']) {
      await one.getByRole('radiogroup', { name: question }).getByLabel('Yes').check()
    }
    await one.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Sokha')
    await one.getByRole('button', { name: 'Open the case' }).click()
    await one.getByRole('heading', { name: 'Sokha' }).waitFor()
    await one.getByText('Everything sent').first().waitFor()

    const { page: two } = await openAs('caseworker-2', server.desk)
    await two.getByRole('link', { name: /^Cases/ }).click()
    await two.getByRole('link', { name: /Sokha/ }).click()
    await two.getByRole('heading', { name: 'Sokha' }).waitFor()

    await one.context().setOffline(true)
    await two.context().setOffline(true)
    await correct(one, 'Mornings only')
    await correct(two, 'After six')
    await one.getByText('1 unsent').first().waitFor()
    await one.context().setOffline(false)
    await two.context().setOffline(false)

    for (const page of [one, two]) {
      const conflict = page.getByRole('region', { name: 'Two versions of one answer' })
      await conflict.waitFor({ timeout: patience })
      expect(await conflict.textContent()).toMatch(/(Mornings only.*After six)|(After six.*Mornings only)/)
      expect(await conflict.textContent()).toMatch(/Caseworker 1/)
      expect(await conflict.textContent()).toMatch(/Caseworker 2/)
    }
    const kept = two.getByRole('listitem').filter({ hasText: 'Mornings only' })
    await kept.getByRole('button', { name: 'Keep this one' }).click()
    for (const page of [one, two]) {
      const conflict = page.getByRole('region', { name: 'Two versions of one answer' })
      await conflict.waitFor({ state: 'detached', timeout: patience })
    }
    const known = one.getByRole('region', { name: 'What is known' })
    expect(await known.textContent()).toContain('Mornings only')
    expect(await known.textContent()).not.toContain('After six')
    expect(wrong).toEqual([])
    await one.context().close()
    await two.context().close()
    await server.stop()
  })
})

async function serve(): Promise<RunningServer> {
  return startServer({
    databaseUrl: world.database.ownerUrl,
    deskPort: 0,
    portalPort: 0,
    deskFolder: await builtDesk(),
    dataFolder: world.folder,
    empty: false,
    say: () => undefined,
  })
}

/** Signs in on a fresh device; `wrong` gathers what a reader of the console would be ashamed of. */
async function openAs(login: string, address: string): Promise<{ readonly page: Page; readonly wrong: string[] }> {
  const context = await world.browser.newContext({ viewport: { width: 1280, height: 800 } })
  const wrong: string[] = []
  context.on('weberror', (error) => wrong.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text()))
      wrong.push(message.text())
  })
  return { page: await signInOn(context, login, address), wrong }
}

async function signInOn(context: BrowserContext, login: string, address: string): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  await page.goto(address)
  await page.getByLabel('Login name').fill(login)
  await page.getByLabel('Passphrase').fill(passphrase)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').waitFor()
  return page
}

async function correct(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Correct: Safe contact' }).click()
  await page.getByRole('textbox', { name: /Safe contact/ }).fill(text)
  await page.getByRole('textbox', { name: /Safe contact/ }).press('Enter')
  await page.getByRole('button', { name: 'Correct: Safe contact' }).waitFor()
}
