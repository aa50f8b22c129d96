import { workbookOf } from '@lentera/core/sheets/test-files'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { walksThroughDemonstration } from './walks.ts'

/** The focal point of an invented border agency marks who of hers attended sessions that another organisation held. */
const { pageOf: opened, world } = walksThroughDemonstration()

/** When all that the device has is sent. */
async function pageOf(...of: Parameters<typeof opened>): Promise<Page> {
  const page = await opened(...of)
  await page.getByText('Everything sent').first().waitFor()
  return page
}

const refused = (page: Page, code: string) => page.getByRole('alert').getByText(code).waitFor()
/** A table where the screen is wide, a list where it is not. */
const sessionsIn = (page: Page) =>
  page
    .getByRole('table', { name: 'Sessions' })
    .getByRole('row')
    .or(page.getByRole('list', { name: 'Sessions' }).getByRole('listitem'))
    .filter({ has: page.getByRole('button', { name: /20\d\d/ }) })

describe('who attended a session of the training room', () => {
  it('is asked of whoever keeps a register, and of nobody else', async () => {
    const page = await pageOf('Caseworker, Cambodia', { width: 1280, height: 900 })
    await page.goto(`${world.server.desk}/workforce/register/sessions`)
    await page.getByLabel('Passphrase').fill('demonstration caseworker.kh')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByText('This is not the work of your post').waitFor()
    await page.context().close()
  })

  it('is marked in the agency’s own register: certificates for all of them at once, more than the sheet counts only when she is sure', async () => {
    const page = await pageOf('Gender focal point, Cambodia', { width: 1280, height: 900 })
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`))
    await page.getByRole('link', { name: 'Workforce' }).first().click()
    await page.getByRole('link', { name: 'Posts and officers' }).click()
    await page.getByRole('link', { name: /B-1 Ferry landing/ }).waitFor()
    await page.getByText(/8 officers, 1 woman, 0 trained today/).waitFor()
    await page.getByRole('button', { name: 'Training sessions attended' }).click()
    await page.getByLabel('Your kind of agency', { exact: true }).selectOption('police')
    await sessionsIn(page).first().getByRole('button').first().click()
    await page.getByRole('heading', { level: 1, name: /^Who attended on/ }).waitFor()
    await page.getByLabel('At the post').selectOption({ label: 'A-1 Lantern bridge (invented)' })
    const marks = page.getByRole('list', { name: 'Officers' }).getByRole('checkbox')
    await expect.poll(() => marks.count()).toBe(24)
    for (const mark of await marks.all()) await mark.check()
    await page.getByLabel('Months a certificate holds').fill('36')
    await page.getByRole('button', { name: 'Certify 24 officers' }).click()
    await refused(page, 'workforce.no-validity-source')
    await page.getByLabel('Where it stands how long it holds').fill('Order 7 of the agency (invented)')
    await page.getByRole('button', { name: 'Certify 24 officers' }).click()
    // Of so few of another organisation's sheet only a band is known: not so many can have been there.
    await refused(page, 'workforce.more-than-attended')
    await page.getByRole('checkbox', { name: /^They were there/ }).check()
    await page.getByRole('button', { name: 'Certify 24 officers' }).click()
    await page.getByText('Written. 24 officers are marked at this session.').waitFor()

    // One was not there: her certificate of this session never was.
    await marks.first().uncheck()
    await page.getByRole('button', { name: 'Certify 23 officers' }).click()
    // Being sure is said for each number anew.
    await refused(page, 'workforce.more-than-attended')
    await page.getByRole('checkbox', { name: /^They were there/ }).check()
    await page.getByRole('button', { name: 'Certify 23 officers' }).click()
    await page.getByText('Written. 23 officers are marked at this session.').waitFor()
    await page.getByRole('link', { name: 'Sessions attended' }).click()
    await sessionsIn(page).first().getByText('23', { exact: true }).waitFor()
    await page.getByText('Everything sent').first().waitFor()
    // What left says neither who it was, nor by which order, nor how many she marked.
    const left = asked.join('\n')
    expect(left).toContain('workforce.officer-certified')
    for (const word of ['Order 7 of the agency', 'INV-', 'Cedar', 'beyondSheet":"yes']) expect(left).not.toContain(word)
    await page.context().close()
  })

  it('is found among two hundred: by her number, by her post, and forty more at a touch, at 320 px', async () => {
    const page = await pageOf('Gender focal point, Cambodia', { width: 320, height: 640 })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Workforce' }).click()
    await page.getByRole('link', { name: 'Posts and officers' }).click()
    await page.getByRole('button', { name: 'Import from a workbook' }).click()
    await page.getByLabel('Choose a file').setInputFiles({
      name: 'two-hundred.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: Buffer.from(twoHundred),
    })
    const seal = page.getByRole('button', { name: 'Seal and write 201 rows' })
    for (const list of ['The list of posts', 'The list of officers']) {
      await page.getByRole('heading', { name: list }).or(seal).first().waitFor()
      if (await seal.isVisible()) break
      await page.getByRole('button', { name: 'Read the rows' }).click()
    }
    await seal.click()
    await page.getByText('201 rows were sealed and written.').waitFor({ timeout: 120_000 })
    await page.getByRole('link', { name: 'Posts and officers' }).first().click()
    await page.getByRole('button', { name: 'Training sessions attended' }).click()
    await page.getByLabel('Your kind of agency', { exact: true }).selectOption('police')
    await sessionsIn(page).nth(1).getByRole('button').first().click()
    const rows = page.getByRole('list', { name: 'Officers' }).getByRole('listitem')
    await page.getByLabel('At the post').selectOption({ label: 'Z-1 Moss gate (invented)' })
    await expect.poll(() => rows.count()).toBe(40)
    await page.getByText('40 of 200 are shown').waitFor()
    const one = rows.filter({ hasText: 'Z-W037' }).getByRole('checkbox')
    await one.check()
    for (const left of ['Show 40 more', 'Show 40 more', 'Show 40 more', 'Show 40 more'])
      await page.getByRole('button', { name: left }).click()
    expect(await rows.count()).toBe(200)
    expect(await one.isChecked()).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await page.getByLabel('Search officers').fill('Z-W199')
    await expect.poll(() => rows.count()).toBe(1)
    await rows.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Certify 2 officers' }).waitFor()
    await page.context().close()
  })

  it('changes the board of the post at once', async () => {
    const page = await pageOf('Gender focal point, Cambodia', { width: 320, height: 640 })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Workforce' }).click()
    await page.getByRole('link', { name: 'Posts and officers' }).click()
    const before = await page.getByRole('link', { name: /B-1 Ferry landing/ }).textContent()
    await page.getByRole('button', { name: 'Training sessions attended' }).click()
    await page.getByLabel('Your kind of agency', { exact: true }).selectOption('police')
    await sessionsIn(page).first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    // Between them the sessions taught every module; how long certificates hold was said once, and is remembered.
    for (const nth of [0, 1, 2]) {
      await sessionsIn(page).nth(nth).getByRole('button').first().click()
      await page.getByLabel('At the post').selectOption({ label: 'B-1 Ferry landing of the three trees (invented)' })
      await page
        .getByRole('list', { name: 'Officers' })
        .getByRole('listitem')
        .filter({ hasText: 'woman' })
        .getByRole('checkbox')
        .check()
      await page.getByLabel('Months a certificate holds').fill('36')
      await page.getByLabel('Where it stands how long it holds').fill('Order 7 of the agency (invented)')
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      const written = page.getByText(/^Written\./)
      const sure = page.getByRole('checkbox', { name: /^They were there/ })
      await page.getByRole('button', { name: /^Certify/ }).click()
      await written.or(sure).first().waitFor()
      if (await sure.isVisible()) {
        await sure.check()
        await page.getByRole('button', { name: /^Certify/ }).click()
        await written.waitFor()
      }
      await page.getByRole('link', { name: 'Sessions attended' }).click()
      await sessionsIn(page).first().waitFor()
    }
    await page.getByRole('link', { name: 'Posts and officers' }).first().click()
    await page.getByText(/8 officers, 1 woman, 1 trained today/).waitFor()
    expect(before).toContain('0 trained today')
    await page.context().close()
  })
})

/** One gate (invented) with two hundred officers: more than anybody reads. */
const twoHundred: Uint8Array = workbookOf(
  {
    Posts: [
      ['Code', 'Name of post', 'Lat', 'Long', 'Hours', 'Risk', 'Separate toilets', 'Safe lodging'],
      ['Z-1', 'Moss gate (invented)', '11.7', '105.9', '24 h', 'low', 'yes', 'yes'],
    ],
    Officers: [
      ['Service No', 'Name', 'Sex', 'Post', 'Home district', 'See until', 'Meet until'],
      ...Array.from({ length: 200 }, (_, nth) => [
        `Z-W${String(nth).padStart(3, '0')}`,
        `Moss ${nth} (invented)`,
        nth % 2 === 0 ? 'F' : 'M',
        'Z-1',
        'Hill',
        '',
        '',
      ]),
    ],
  },
  'shared',
)
