import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration, signInAs } from './demonstration-world.ts'

/** What `desk.browser.test.ts` proves of the devices, here by the screens, as two people would live it. */
const world = {} as DemonstrationWorld // filled before all tests
let browser: Browser

beforeAll(async () => {
  ;[browser] = await Promise.all([openBrowser(), openDemonstration().then((opened) => Object.assign(world, opened))])
})

afterAll(async () => {
  await browser?.close()
  await world.close?.()
})

describe('two people who change the same answer while offline', () => {
  it('both find both versions on today, one settles it, and it is settled for both', async () => {
    const caseworker = await enter('Caseworker, Cambodia')
    const supervisor = await enter('Supervisor, Cambodia')
    await openFirstCase(caseworker)
    await openFirstCase(supervisor)
    expect(supervisor.url()).toBe(caseworker.url())

    await writePlace(caseworker, 'near the old bridge')
    await writePlace(supervisor, 'behind the school')
    for (const page of [caseworker, supervisor]) await page.context().setOffline(false)

    for (const page of [caseworker, supervisor]) {
      await page.getByRole('heading', { name: 'Two versions of one answer' }).waitFor()
      await toToday(page)
      await page.getByRole('button', { name: 'Settle' }).waitFor()
      // Nobody is named on the first screen, nor where she is.
      expect(await page.getByRole('main').textContent()).not.toMatch(/old bridge|the school|\(invented\)/)
      expect(await page.title()).toBe('Lentera')
    }
    await supervisor.getByRole('button', { name: 'Settle' }).click()
    const kept = supervisor.getByRole('listitem').filter({ hasText: 'near the old bridge' })
    await kept.getByRole('button', { name: 'Keep this one' }).click()
    await supervisor.getByRole('heading', { name: 'Two versions of one answer' }).waitFor({ state: 'detached' })
    await caseworker.getByRole('button', { name: 'Settle' }).waitFor({ state: 'detached' })
    await openFirstCase(caseworker)
    const main = caseworker.getByRole('main')
    await main.getByText('behind the school').first().waitFor()
    expect(
      await main
        .getByRole('listitem')
        .filter({ hasText: /^\s*\S* ?Place/ })
        .first()
        .textContent(),
    ).toContain('near the old bridge')
  })
})

async function enter(label: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  page.setDefaultTimeout(30_000)
  await signInAs(page, world.server.desk, label)
  await page.getByRole('heading', { level: 1, name: /wait/ }).waitFor()
  return page
}

const openFirstCase = (page: Page): Promise<void> =>
  page.getByRole('main').getByRole('button', { name: 'Open', exact: true }).first().click()

async function toToday(page: Page): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('t')
}

/** Offline, until the test says otherwise. */
async function writePlace(page: Page, text: string): Promise<void> {
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Correct: Place' }).click()
  await page.getByRole('textbox', { name: /Place/ }).fill(text)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('1 unsent').waitFor()
}
