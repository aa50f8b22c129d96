import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { walksThroughDemonstration } from './walks.ts'

/** Where women serve: who is not offered it, who sees stripes, and a focal point with a ministry's table and no network. */
const { pageOf, world } = walksThroughDemonstration()

/** By her own way: a page that is loaded anew is locked. */
async function openBoards(page: Page): Promise<void> {
  if ((page.viewportSize()?.width ?? 0) < 800) await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Workforce', exact: true }).click()
  await page.getByRole('link', { name: /^Boards: by place/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Where women serve' }).waitFor()
}

/** Newer than all that the demonstration counted, and written as a ministry of the Buddhist era writes it. */
const lastWeek = new Date(Date.now() - 7 * 86_400_000)
  .toISOString()
  .slice(0, 10)
  .replace(/^\d{4}/, (year) => `${Number(year) + 543}`)

const isNarrow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

const table = (...rows: string[]): Buffer =>
  Buffer.from(
    ['\ufeffตาราง Personnel (invented);;;;;', 'Agency;Post kind;Crossing;Rank;Women;Men;Date', ...rows].join('\r\n'),
  )

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer })
}

describe('where women serve', () => {
  it('is not offered to a caseworker, nor to whoever types its address; only a focal point brings a file', async () => {
    const caseworker = await pageOf('Caseworker, Cambodia', { width: 1280, height: 800 })
    expect(await caseworker.getByRole('link', { name: 'Workforce', exact: true }).count()).toBe(0)
    for (const [post, login, address] of [
      ['Caseworker, Cambodia', 'caseworker.kh', '/workforce/evidence'],
      ['Programme manager, Cambodia', 'manager.kh', '/workforce/headcounts/file'],
    ] as const) {
      const page = post.startsWith('Caseworker') ? caseworker : await pageOf(post)
      await page.goto(`${world.server.desk}${address}`)
      await page.getByLabel('Passphrase').fill(`demonstration ${login}`)
      await page.getByRole('button', { name: 'Open', exact: true }).click()
      await page.getByRole('heading', { name: 'This is not the work of your post' }).waitFor()
      await page.context().close()
    }
  })

  it('shows a regional office, and a manager of another organisation, stripes and no number where few women serve, and no post', async () => {
    const region = await pageOf('Regional manager')
    await openBoards(region)
    await region.getByText('From each country’s whole force to its border crossings').first().waitFor()
    const cambodia = region
      .getByRole('listitem')
      .filter({ hasText: /^Cambodia/ })
      .first()
    await cambodia.getByText(/border crossings.*protected/i).waitFor()
    await region
      .getByRole('listitem')
      .filter({ hasText: /^Lao PDR/ })
      .first()
      .waitFor()
    const map = region.getByRole('list', { name: 'Countries and their shares' })
    await map
      .getByRole('listitem')
      .filter({ hasText: /Lao PDR.*20\.0 %/ })
      .waitFor()
    await map
      .getByRole('listitem')
      .filter({ hasText: /Singapore.*Nothing/i })
      .waitFor()
    expect(await region.getByRole('list', { name: 'The posts' }).count()).toBe(0)
    expect(await isNarrow(region)).toBe(320)
    for (const period of ['', '2026', '2025', '2024']) {
      await region.getByLabel('Period').selectOption(period)
      await expect.poll(() => region.getByLabel('Period').inputValue()).toBe(period)
      // The three women of customs at the crossings, and all they could be taken from.
      expect(await region.getByRole('main').textContent()).not.toMatch(/\b3 of 62\b|\b24 of 782\b/)
    }
    await region.context().close()

    // A manager of the same country, in another organisation: shares, and no post.
    const manager = await pageOf('Programme manager, Cambodia')
    await openBoards(manager)
    await manager.getByText('From each agency’s whole force to its border crossings').first().waitFor()
    await manager.getByText('border crossings: protected').first().waitFor()
    expect(await manager.getByRole('list', { name: 'The posts' }).count()).toBe(0)
    expect(await manager.getByRole('main').textContent()).not.toMatch(/\b3 of 62\b|\b24 of 782\b/)
    await manager.context().close()
  })

  it('takes a table offline without its two bad rows, adds up its crossings, and does not take it twice', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await page.getByText('Everything sent').first().waitFor()
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Workforce', exact: true }).click()
    await page.getByRole('button', { name: 'Bring headcounts from a file' }).waitFor()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Bring headcounts from a file' }).click()

    await choose(page, 'old.csv', Buffer.from([0x41, 0x67, 0xe0, 0xa1, 0x0a, 0xbb, 0xc3]))
    await page.getByRole('alert').getByText('sheets.wrong-encoding').waitFor()
    const rows = table(
      `Customs;border;Planted north (invented);line;0;31;${lastWeek}`,
      `Customs;border;Planted south (invented);line;8;52;${lastWeek}`,
      `Customs;national;;command;4;86;${lastWeek}`,
      `Customs;national;;line;96;-4;${lastWeek}`,
      'Immigration;national;;line;170;1250;31/02/2569',
    )
    await choose(page, 'table.csv', rows)
    await page.getByText('These columns stay in your file and are not read: Crossing.').waitFor()
    await page.getByRole('button', { name: 'Read the rows' }).click()
    await page.getByRole('alert').getByText('sheets.field-missing').waitFor()
    await page.getByLabel(/^Who is counted/).selectOption({ label: 'all of them: sworn officers' })
    await page
      .getByLabel(/^How far it can be trusted/)
      .selectOption({ label: 'all of them: counted from personnel records' })
    expect(await isNarrow(page)).toBe(320)
    await page.getByRole('button', { name: 'Read the rows' }).click()
    await page.getByRole('textbox', { name: 'Source' }).fill('Personnel table of last week (invented)')
    await page.getByRole('button', { name: 'Look at the rows' }).click()
    await page.getByText('One headcount can be taken. 3 rows cannot be taken.').waitFor()
    await page.getByRole('row', { name: /^6 .*no whole number/ }).waitFor()
    await page.getByRole('row', { name: /^5 .*without it the share would be another/ }).waitFor()
    await page.getByRole('row', { name: /^7 .*The date in/ }).waitFor()
    await page.getByRole('button', { name: 'Take one headcount' }).click()
    await page.getByRole('alert').getByText('workforce.rows-not-good').waitFor()
    await page.getByRole('checkbox', { name: 'Leave these 3 rows out and take the others' }).check()
    await page.getByRole('button', { name: 'Take one headcount' }).click()
    await page.getByRole('alert').getByText('workforce.rows-added-up').waitFor()
    await page.getByRole('checkbox', { name: /different crossings or units, add them up/ }).check()
    expect(await isNarrow(page)).toBe(320)
    await page.getByRole('button', { name: 'Take one headcount' }).click()
    await page.getByText('One headcount is written down.').waitFor()
    await page.getByRole('button', { name: 'Look at the boards' }).click()

    // The share of the crossings, 8 of 91, opens to the headcount that it is of.
    await page.getByRole('button', { name: /^customs, border crossings: 8\.8\s%\s\(8 of 91\)/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '8 women among 91 officers' }).waitFor()
    await page.getByText('Personnel table of last week (invented)').waitFor()

    // The same form again: one touch, and nothing of it is taken a second time.
    await page.getByRole('link', { name: 'The whole workforce room' }).first().click()
    await page.getByRole('button', { name: 'Bring headcounts from a file' }).click()
    await choose(page, 'again.csv', rows)
    await page.getByRole('textbox', { name: 'Source' }).fill('personnel table  of last week (invented)')
    await page.getByRole('button', { name: 'Look at the rows' }).click()
    await page.getByText('Read as your organisation remembered this form').waitFor()
    await page.getByText('One headcount stands here already, number for number, and is not taken again.').waitFor()
    expect(await page.getByRole('button', { name: /^Take/ }).count()).toBe(0)
    await page.context().setOffline(false)
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })

  it('takes who came, rose and left from a table offline, names what it cannot take, and takes nothing of it twice', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await page.getByText('Everything sent').first().waitFor()
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Workforce', exact: true }).click()
    await page.getByRole('link', { name: /^Who came, rose and left/ }).click()
    await page.getByRole('button', { name: 'Bring flows from a file' }).waitFor()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Bring flows from a file' }).click()
    const rows = Buffer.from(
      [
        '\ufeffMovement;Agency;Rank;Women;Men;Year',
        'Recruits;Customs;line;5;61;2568',
        'Promotion;Customs;line;1;14;2568',
        'Retired;Customs;command;0;3;2568',
        'Recruits;Customs;line;7;fifty;2567',
      ].join('\r\n'),
    )
    await choose(page, 'flows.csv', rows)
    await page.getByLabel(/^Which part of the agency/).selectOption({ label: 'all of them: the whole agency' })
    await page.getByLabel(/^Who is counted/).selectOption({ label: 'all of them: sworn officers' })
    await page
      .getByLabel(/^How far it can be trusted/)
      .selectOption({ label: 'all of them: counted from personnel records' })
    expect(await isNarrow(page)).toBe(320)
    await page.getByRole('button', { name: 'Read the rows' }).click()
    await page.getByRole('textbox', { name: 'Source' }).fill('Personnel orders (invented)')
    await page.getByRole('button', { name: 'Look at the rows' }).click()
    await page.getByText('One period can be taken. One row cannot be taken.').waitFor()
    await page.getByRole('row', { name: /^5 .*no whole number/ }).waitFor()
    await page.getByRole('checkbox', { name: 'Leave this row out and take the others' }).check()
    expect(await isNarrow(page)).toBe(320)
    await page.getByRole('button', { name: 'Take one period' }).click()
    await page.getByText('One period is written down.').waitFor()
    await page.getByRole('button', { name: 'Look at who came, rose and left' }).click()
    await page
      .getByRole('listitem')
      .filter({ hasText: /Personnel orders \(invented\)/ })
      .waitFor()

    // The same form again: nobody is asked what its columns mean, and nothing of it is taken a second time.
    await page.getByRole('button', { name: 'Bring flows from a file' }).click()
    await choose(page, 'again.csv', rows)
    await page.getByRole('textbox', { name: 'Source' }).fill('Personnel orders (invented)')
    await page.getByRole('button', { name: 'Look at the rows' }).click()
    await page.getByText('Read as your organisation remembered this form').waitFor()
    await page.getByText('One period stands here already, number for number, and is not taken again.').waitFor()
    expect(await page.getByRole('button', { name: /^Take/ }).count()).toBe(0)
    await page.context().setOffline(false)
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })

  it('draws an agency its own crossings, offline too; the list beside the map is walked by keyboard', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await page.getByText('Everything sent').first().waitFor()
    // The map was never loaded: it comes out of what the service worker keeps.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.context().setOffline(true)
    await openBoards(page)
    await page
      .getByRole('img', { name: /^Map of crossings: 2 posts have enough trained women for every shift/ })
      .waitFor()
    await page
      .getByText(/without any statement about them/)
      .first()
      .waitFor()
    const list = page.getByRole('list', { name: 'The posts' })
    const posts = await list.getByRole('listitem').allTextContents()
    // What is to be mended first stands first, in the order of the coverage board: the riskiest of those that are open.
    expect(posts[0]).toMatch(/too few trained women for every shift$/)
    expect(posts.at(-1)).toMatch(/enough trained women for every shift$/)
    await list
      .getByRole('button', { name: /no trained woman$/ })
      .first()
      .focus()
    await page.keyboard.press('Enter')
    await list.getByText(/^No trained woman serves here; one on every shift needs \d+\./).waitFor()
    await list.getByRole('link', { name: 'Open this post' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await list.getByRole('button', { pressed: true }).count()).toBe(1)
    await page.getByRole('button', { name: 'Southeast Asia' }).click()
    expect(await isNarrow(page)).toBe(320)
    await page.context().close()
  })
})
