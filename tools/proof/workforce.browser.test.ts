import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { openTables } from './demonstration-world.ts'
import { walksThroughDemonstration } from './walks.ts'

/** A gender focal point with a telephone and no network; and a manager of another organisation, who sees shares and no rows. */
const { pageOf, world } = walksThroughDemonstration()

/** The tile of an indicator: its number stands before its name. */
const tileOf = (page: Page, indicator: string) =>
  page
    .locator('button')
    .filter({ hasText: new RegExp(`^[\\d,]+ ?${indicator}`) })
    .first()
const tile = async (page: Page, indicator: string): Promise<string> =>
  (await tileOf(page, indicator).textContent()) ?? ''
const patient = { timeout: patience }

const countAgain = (page: Page) => page.getByRole('button', { name: 'Count again' }).click()

describe('women in law enforcement', () => {
  it('a headcount entered offline on a small screen moves the share on the board; its few women do not leave the agency', async () => {
    const manager = await pageOf('Programme manager, Cambodia', { width: 1280, height: 900 })
    await manager.goto(`${world.server.desk}/results`)
    await manager.getByLabel('Passphrase').fill('demonstration manager.kh')
    await manager.getByRole('button', { name: 'Open', exact: true }).click()
    // 1,120 of 16,000 police and 160 of 1,400 in immigration; those of two years ago count no more.
    await expect.poll(() => tile(manager, 'women among officers'), patient).toMatch(/^1,280.*7\.4 % of 17,400/)
    // Three women of customs at the crossings: neither they nor the sum they could be taken from are shown.
    await openTables(manager)
    const places = manager.getByRole('table', { name: 'By where they serve' })
    const crossings = places.getByRole('row', { name: /border crossings/ })
    await crossings.getByText('Protected').waitFor()
    await places
      .getByRole('row', { name: /regions and provinces/ })
      .getByText(/6\.0 % – 8\.4 %/)
      .waitFor()
    expect(await manager.getByRole('main').textContent()).not.toMatch(/\b3 of 62\b|\b24 of 782\b/)

    const focalPoint = await pageOf('Gender focal point, Cambodia', { width: 320, height: 640 })
    await focalPoint.getByText('Everything sent').first().waitFor()
    await focalPoint.getByRole('button', { name: 'Menu' }).click()
    await focalPoint.getByRole('link', { name: 'Workforce' }).click()
    await focalPoint
      .getByRole('heading', { level: 1, name: 'Women are 7.4 % of officers nationally, 3.1 % at border crossings' })
      .waitFor()
    await focalPoint.context().setOffline(true)
    await focalPoint.getByRole('button', { name: 'Write down a headcount' }).click()
    await focalPoint.getByRole('button', { name: 'Save', exact: true }).click()
    await focalPoint.getByRole('alert').getByText('workforce.not-complete').waitFor()
    await focalPoint.getByLabel('Kind of agency').selectOption('immigration')
    await focalPoint.getByRole('radio', { name: 'the whole agency' }).check()
    await focalPoint.getByRole('radio', { name: 'sworn officers' }).check()
    await focalPoint.getByRole('radio', { name: 'counted from personnel records' }).check()
    await focalPoint.getByRole('button', { name: 'Save', exact: true }).click()
    await focalPoint.getByRole('alert').getByText('workforce.no-source').waitFor()
    await focalPoint.getByRole('textbox', { name: 'Source' }).fill('Personnel table of today (invented)')
    const line = focalPoint.getByRole('group', { name: 'Line officers' })
    await line.getByLabel('Women').fill('twenty')
    await line.getByLabel('Men', { exact: true }).fill('1,200')
    await focalPoint.getByRole('button', { name: 'Save', exact: true }).click()
    await focalPoint.getByRole('alert').getByText('workforce.not-a-count').waitFor()
    await line.getByLabel('Women').fill('២០០')
    await focalPoint.getByRole('button', { name: 'Save', exact: true }).click()
    await focalPoint.getByRole('heading', { level: 1, name: '200 women among 1,400 officers' }).waitFor()
    expect(await focalPoint.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await focalPoint.context().setOffline(false)
    await focalPoint.getByText('Everything sent').first().waitFor()

    await countAgain(manager)
    await expect.poll(() => tile(manager, 'women among officers'), patient).toMatch(/^1,320.*7\.6 % of 17,400/)
    // The rows behind it are another organisation's: she is told how many headcounts, and no number of theirs.
    await tileOf(manager, 'women among officers').click()
    const door = manager.getByRole('dialog')
    await door.getByText('2 more are counted by other organisations').waitFor()
    await door.getByRole('button', { name: 'Close' }).click()

    // A correction is an entry, and moves the share again.
    await focalPoint.getByRole('listitem').filter({ hasText: 'Line officers' }).getByRole('button').click()
    await focalPoint.getByRole('listitem').getByLabel('Women').fill('220')
    await focalPoint.getByRole('button', { name: 'Save', exact: true }).click()
    await focalPoint.getByRole('heading', { level: 1, name: '220 women among 1,420 officers' }).waitFor()
    await expect
      .poll(async () => {
        await countAgain(manager)
        return tile(manager, 'women among officers')
      }, patient)
      .toMatch(/^1,340.*7\.7 % of 17,420/)

    // And what never was is counted no more: the headcount before it is the newest again.
    await focalPoint.getByRole('button', { name: 'This was entered in error' }).last().click()
    await focalPoint.getByText('entered in error').first().waitFor()
    await expect
      .poll(async () => {
        await countAgain(manager)
        return tile(manager, 'women among officers')
      }, patient)
      .toMatch(/^1,280.*7\.4 % of 17,400/)
    for (const page of [manager, focalPoint]) await page.context().close()
  })

  it('a recommendation goes its way, and the reform that follows it opens from the board of those who wrote it', async () => {
    const page = await pageOf('Gender focal point, Cambodia', { width: 320, height: 640 })
    await page.getByText('Everything sent').first().waitFor()
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Workforce' }).click()
    await page.getByRole('button', { name: /^2\. Invented for the demonstration/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Recommendation 2: in progress' }).waitFor()
    await page.getByRole('link', { name: /notices of recruitment/ }).waitFor()
    await page.getByRole('button', { name: 'Write down its next status' }).click()
    await page.getByRole('radio', { name: 'adopted' }).check()
    await page.getByLabel('Year').fill('2020')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').getByText('workforce.before-last-status').waitFor()
    await page.getByRole('button', { name: 'Give up' }).click()
    await page.getByRole('button', { name: 'Write down its next status' }).click()
    await page.getByRole('radio', { name: 'adopted' }).check()
    await page.getByLabel('Evidence').fill('Order 3 (invented)')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Recommendation 2: adopted' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await page.getByText('Everything sent').first().waitFor()

    await page.getByRole('main').getByRole('link', { name: 'Workforce' }).click()
    await page.getByRole('link', { name: 'From recommendation to change' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('changes.csv')
    const rows = (await readFile(await file.path(), 'utf8')).split('\r\n')
    expect(rows.find((row) => row.includes('Order 3 (invented)'))).toMatch(/^2,.*,adopted,,Order 3 \(invented\)$/)
    expect(rows.filter((row) => row.includes('notices of recruitment')).map((row) => row.slice(0, 2))).toContain('2,')
    expect(rows.join('')).toContain('DEMONSTRATION')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Results' }).click()
    await expect.poll(() => tile(page, 'recommendations followed'), patient).toMatch(/^2/)
    await openTables(page)
    await page
      .getByRole('table', { name: 'By status' })
      .getByRole('row', { name: /adopted/ })
      .getByRole('button', { name: '1' })
      .waitFor()
    await tileOf(page, 'reforms').click()
    await page
      .getByRole('dialog')
      .getByRole('row', { name: /promotion/ })
      .getByRole('button')
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: /a turn of duty at a crossing/ }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/workforce\/reforms\/[0-9a-f-]{36}$/)
    await page.context().close()
  })
})
