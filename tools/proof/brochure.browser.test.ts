import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A regional manager looks at what the programme once printed, beside what is counted, and takes it along on paper. */
const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests

beforeAll(async () => {
  Object.assign(world, await openDemonstration(), { browser: await openBrowser() })
})

afterAll(async () => {
  await world.browser?.close()
  await world.close?.()
})

async function pageOf(label: string, viewport: { width: number; height: number }, locale = 'en'): Promise<Page> {
  const page = await (await world.browser.newContext({ viewport, locale })).newPage()
  page.setDefaultTimeout(patience)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page
    .getByRole('button', { name: /^(Lock|သော့ခတ်ရန်)$/ })
    .first()
    .waitFor()
  return page
}

/** Without loading the page anew: a device that is loaded anew is locked. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
}

describe('the brochure', () => {
  it('is not there for a caseworker, who is offered no way to it', async () => {
    const page = await pageOf('Caseworker, Cambodia', { width: 1280, height: 900 })
    await page.getByRole('link', { name: 'Results' }).click()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    expect(await page.getByRole('link', { name: 'The brochure' }).count()).toBe(0)
    await go(page, '/results/brochure')
    await page.getByRole('alert').getByText('access.not-found').waitFor()
    await page.context().close()
  })

  it('shows on a small screen each line and how it stands; a number opens its door, and it comes as PDF in two scripts', async () => {
    const page = await pageOf('Regional manager', { width: 320, height: 640 })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Results' }).click()
    await page.getByRole('link', { name: 'The brochure' }).click()
    await page.getByRole('heading', { level: 1, name: /what was done, counted again/ }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    const survivors = page.getByText(/women who survived trafficking/)
    expect(await survivors.textContent()).toContain(
      '81 women who survived trafficking, in Myanmar (24), Cambodia (55) and Thailand (2)',
    )
    await survivors.getByRole('button', { name: '2', exact: true }).click()
    const door = page.getByRole('dialog')
    await door.getByText('The publication of record says: 81.').waitFor()
    await door.getByText(/UN Women and UNODC, “Enhancing/).waitFor()
    await door.getByText('On your own board').waitFor()
    await door.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: '65 %' }).click()
    await page
      .getByRole('dialog')
      .getByText(/Global Report on Trafficking in Persons, 2020/)
      .waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    for (const [language, name] of [
      ['English', 'DEMONSTRATION-brochure-en.pdf'],
      ['ไทย', 'DEMONSTRATION-brochure-th.pdf'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `Download as PDF: ${language}` }).click(),
      ])
      expect(download.suggestedFilename()).toBe(name)
      expect((await readFile(await download.path())).subarray(0, 8).toString('latin1')).toBe('%PDF-1.7')
      await page.getByRole('status').getByText(`${name} was handed to your browser`).waitFor()
    }

    // Without the network nothing is made, and the page says so.
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Download as PDF: English' }).click()
    await page.getByRole('alert').getByText('desk.offline').waitFor()
    await page.context().close()
  })

  it('fits a small screen in Burmese, its numbers in Burmese digits', async () => {
    const page = await pageOf('Regional manager', { width: 320, height: 640 }, 'my')
    await go(page, '/results/brochure')
    await page.getByRole('button', { name: '၈၁', exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await page.context().close()
  })
})
