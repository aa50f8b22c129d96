import { readFileSync } from 'node:fs'
import { openFile } from '@lentera/core/sheets/sheet'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { walksThroughDemonstration } from './walks.ts'

/** Rosters as a planner lives with them: rules of nights that she sets, one that is kept broken, two on the same days, and one as a file. */
const { pageOf, world } = walksThroughDemonstration()

const lantern = 'Lantern bridge (invented)'
const willow = 'Willow road gate (invented)'

async function rosterOf(post: string): Promise<Page> {
  const page = await pageOf('Gender focal point, Cambodia')
  await page.getByText('Everything sent').first().waitFor()
  await to(page, '/workforce/cover/roster')
  await page.getByRole('combobox', { name: 'Post', exact: true }).selectOption({ label: post })
  return page
}

/** To another address of the desk without loading it anew, which would lock it. */
async function to(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState({}, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
  }, address)
}

async function made(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make the roster' }).click()
  await page.getByText(/^No (other )?rule is broken\.$/).waitFor({ timeout: patience })
}

/** Whatever is asked before it is kept is agreed to. */
async function keep(page: Page): Promise<void> {
  for (const name of [/with somebody alone/, /^Keep it though/]) {
    const agreed = page.getByRole('checkbox', { name })
    if ((await agreed.count()) > 0) await agreed.check()
  }
  await page.getByRole('button', { name: 'Keep this roster' }).click()
  await page.getByText('Kept.').waitFor()
}

async function noneIsKept(page: Page): Promise<void> {
  const wrong = page.getByRole('button', { name: 'Entered in error' })
  while ((await wrong.count()) > 0) {
    const left = (await wrong.count()) - 1
    await wrong.first().click()
    await expect.poll(() => wrong.count()).toBe(left)
  }
  await page.getByText('Everything sent').first().waitFor()
}

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

/** What somebody works, day by day, as the cells hold it. */
const daysOf = (row: Locator): Promise<readonly string[]> =>
  row
    .locator('select')
    .evaluateAll((cells) => cells.map((cell) => (cell instanceof HTMLSelectElement ? cell.value : '')))
const nameOf = async (row: Locator): Promise<string> =>
  (await row.getByRole('rowheader').textContent())?.split(' ')[0] ?? 'nobody'

describe('nights in a row', () => {
  it('are what she sets: a number out of bounds is refused; a night too many by a hand is named, kept only by who says so, and told in the list', async () => {
    const page = await rosterOf(lantern)
    await page.getByText('Rules of the roster').click()
    const most = page.getByLabel('Nights in a row of one officer, at most')
    expect(await most.inputValue()).toBe('4')
    await most.fill('0')
    await page
      .getByRole('alert')
      .getByText(/Nights in a row .* must be a whole number from 1 to 7/)
      .waitFor()
    await most.fill('2')
    await made(page)
    const rows = await page
      .getByRole('row')
      .filter({ has: page.locator('select') })
      .all()
    for (const row of rows) expect((await daysOf(row)).join(' ')).not.toMatch(/1320 ~?1320 ~?1320/)
    expect(await width(page)).toBe(320)

    const row = page.getByRole('row').filter({ hasText: 'trained woman' }).first()
    const officer = await nameOf(row)
    for (const day of [0, 1, 2, 3, 4])
      await row
        .locator('select')
        .nth(day)
        .selectOption(day < 3 ? '1320' : '')
    await page
      .getByRole('alert')
      .getByText(new RegExp(`${officer} has 3 nights in a row, .*; 2 are allowed\\.`))
      .first()
      .waitFor()
    const button = page.getByRole('button', { name: 'Keep this roster' })
    expect(await button.isDisabled()).toBe(true)
    await keep(page)
    // In the list of those that are kept it is said what they break, as on that day; the page is narrow still.
    const list = page.getByRole('region', { name: 'One roster is kept' })
    await list.getByText(/^Kept though (one rule is|\d+ rules are) broken and/).click()
    await list.getByText(new RegExp(`${officer} has 3 nights in a row`)).waitFor()
    expect(await width(page)).toBe(320)
    await noneIsKept(page)
    await most.fill('4')
    await page.context().close()
  })
})

describe('two rosters on the same days', () => {
  it('duties of one stand in the other, cover there, and give way to no hand; the roster that holds them is named', async () => {
    const page = await rosterOf(willow)
    await made(page)
    const before = new Map<string, string>()
    for (const row of await page
      .getByRole('row')
      .filter({ has: page.locator('select') })
      .all())
      before.set(await nameOf(row), (await daysOf(row)).filter((key) => !key.startsWith('~')).join())
    await keep(page)

    await page.getByRole('combobox', { name: 'Post', exact: true }).selectOption({ label: lantern })
    await page
      .getByRole('combobox', { name: 'Shares its women on call with' })
      .selectOption({ label: `${willow}, 20 minutes away` })
    await page
      .getByText(/officers have duties on these days in another roster that is kept \(Willow road gate/)
      .waitFor()
    await made(page)
    let stood = 0
    for (const row of await page
      .getByRole('row')
      .filter({ has: page.locator('select') })
      .all()) {
      const hers = before.get(await nameOf(row))?.split(',')
      if (hers === undefined) continue
      const now = await daysOf(row)
      for (const [day, key] of hers.entries()) {
        if (key === '') continue
        expect(now[day]).toBe(`+${key}`)
        stood++
      }
    }
    expect(stood).toBeGreaterThan(20)

    // Against a duty that stands elsewhere a hand sets nothing unnoticed, and no roster is made over it.
    const [officer = '', days = ''] = [...before].find(([, all]) => all.replaceAll(',', '') !== '') ?? []
    const day = days.split(',').findIndex((key) => key !== '')
    const row = page
      .getByRole('row')
      .filter({ has: page.locator('select') })
      .filter({ hasText: officer })
      .first()
    await row.locator('select').nth(day).selectOption('')
    await page
      .getByRole('alert')
      .getByText(new RegExp(`${officer} is on duty on .* in another roster that is kept`))
      .first()
      .waitFor()
    expect(await page.getByRole('button', { name: 'Make the rest again' }).isDisabled()).toBe(true)
    expect(await width(page)).toBe(320)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText(/^No (other )?rule is broken\.$/).waitFor()
    await page.getByRole('combobox', { name: 'Post', exact: true }).selectOption({ label: willow })
    await noneIsKept(page)
    await page.context().close()
  })
})

describe('a roster as a file', () => {
  it('is saved without the network: a row for each officer, a column for each day, a key, and no name in it or in what it is called', async () => {
    const page = await rosterOf(lantern)
    await made(page)
    await page.context().setOffline(true)
    const shown = new Map<string, number>()
    for (const row of await page
      .getByRole('row')
      .filter({ has: page.locator('select') })
      .all())
      shown.set(await nameOf(row), (await daysOf(row)).filter((key) => key !== '').length)
    await page.getByText('This roster stays in your agency, on paper too').waitFor()
    for (const [button, name] of [
      ['Save as a workbook (XLSX)', 'roster.xlsx'],
      ['Save as CSV', 'roster.csv'],
    ] as const) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ])
      expect(file.suggestedFilename()).toBe(name)
      const opened = await openFile(new Uint8Array(readFileSync(await file.path())))
      if (!opened.ok) throw new Error(opened.refusal.code)
      const lines = opened.value.sheets.flatMap((sheet) => sheet.lines.map(({ cells }) => cells))
      const text = JSON.stringify(lines)
      expect(text).toContain('DEMONSTRATION')
      expect(text).toContain('goes to nobody outside it')
      expect(text).toContain('06:00–14:00')
      // The names of posts and of officers are invented ones in this world, and say so; none is in the file.
      expect(text).not.toContain('(invented)')
      const rows = new Map(lines.map(([, officer = '', ...cells]) => [officer, cells.slice(0, 28)]))
      for (const [officer, worked] of shown)
        expect(rows.get(officer)?.filter((cell) => cell !== '').length).toBe(worked)
    }
    expect(await width(page)).toBe(320)
    await page.context().setOffline(false)
    await page.context().close()
  })
})

describe('in Burmese and Thai, whose words are long and whose letters are tall', () => {
  it.each(['my', 'th'] as const)(
    '%s: nothing sticks out at 320 px, whatever is refused, broken, kept or saved',
    async (language) => {
      const t = textOf(readCatalogue(language))
      const page = await (await world.browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
      page.setDefaultTimeout(patience)
      await page.addInitScript((tag) => localStorage.setItem('lentera.language', tag), language)
      await page.goto(world.server.desk)
      await page
        .getByRole('button', { name: /^Gender focal point, Cambodia/ })
        .first()
        .click()
      await page
        .getByRole('button', { name: t('ui.device.lock') })
        .first()
        .waitFor()
      await to(page, '/workforce/cover/roster')
      const post = page.getByRole('combobox', { name: t('roster.post'), exact: true })
      await post.selectOption({ label: lantern })
      const fits = async (): Promise<void> => {
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('main details')) details.setAttribute('open', '')
        })
        expect(await width(page)).toBe(320)
        // A text that no catalogue has would stand there as its id.
        expect(await page.locator('main').innerText()).not.toMatch(/\b(roster|rule|refusal)\.[a-z]+[.-][a-z-]+\s*$/m)
      }
      const most = page.getByLabel(t('cover.assume.mostNightsInARow'))
      await fits()
      await most.fill('0')
      await page.getByRole('alert').first().waitFor()
      await fits()
      await most.fill('4')
      await page.getByRole('button', { name: t('roster.make') }).click()
      await page.getByRole('button', { name: t('roster.again') }).waitFor({ timeout: patience })
      await fits()
      const rows = page.getByRole('row').filter({ has: page.locator('select') })
      for (const day of [0, 1, 2, 3, 4, 5, 6, 11, 18, 25])
        await rows
          .nth(1)
          .locator('select')
          .nth(day)
          .selectOption(day === 6 ? '0360' : '1320')
      await page.getByRole('alert').getByRole('listitem').nth(2).waitFor()
      await fits()
      await page.getByRole('heading', { name: t('roster.file.leaves') }).waitFor()
      await page.context().close()
    },
  )
})
