import { readFileSync } from 'node:fs'
import { openFile } from '@lentera/core/sheets/sheet'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A planner in an agency: from the gap on the board to a page that can be signed, and a roster changed by hand; without the network. */
const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests

beforeAll(async () => {
  Object.assign(world, await openDemonstration(), { browser: await openBrowser() })
})

afterAll(async () => {
  await world.browser?.close()
  await world.close?.()
})

async function pageOf(label: string, viewport = { width: 320, height: 640 }): Promise<Page> {
  const page = await (await world.browser.newContext({ viewport })).newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
  return page
}

/** To another address of the desk without loading it anew, which would lock it. */
async function to(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState({}, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
  }, address)
}

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

async function boardOf(page: Page): Promise<void> {
  await page.getByText('Everything sent').first().waitFor()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Workforce' }).click()
  await page.getByRole('link', { name: 'Women at every crossing' }).click()
  await page.getByRole('heading', { level: 1, name: /of \d+ posts have a trained woman for every shift/ }).waitFor()
}

describe('who plans', () => {
  it.each(['Caseworker, Cambodia', 'Front-line officer, Cambodia', 'Regional manager'])(
    '%s opens no board, no plan and no roster, and is told so',
    async (label) => {
      const page = await pageOf(label)
      for (const address of ['/workforce/cover', '/workforce/cover/plan', '/workforce/cover/roster']) {
        await to(page, address)
        await page.getByText('not the work of your post').first().waitFor()
      }
      expect(await page.getByText('(invented)').filter({ hasText: 'gate' }).count()).toBe(0)
      await page.context().close()
    },
  )
})

describe('a plan', () => {
  it('goes from the gap to a page to sign without the network; a step that is struck out stays out; kept, it is opened again', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await boardOf(page)
    expect(await width(page)).toBe(320)
    // The solver is on the device by now: the planner needs no network.
    await page.waitForFunction(async () => {
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) if (url.endsWith('.wasm')) return true
      return false
    })
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Plan for cover' }).click()
    await page.getByText('What the plan takes for granted').click()
    await page.getByLabel('Years').fill('9')
    await page.getByRole('alert').getByText('Years must be a whole number from 1 to 5').waitFor()
    await page.getByLabel('Years').fill('2')
    await page.getByText('What the plan takes for granted').click()
    // What a step costs is the agency's to say: before it does, no cost is told as nothing.
    await page.getByText('No price is given.').waitFor()
    await page.getByLabel('Training one woman').fill('300')
    await page.getByText('7 prices are not given').waitFor()
    await page.getByRole('button', { name: 'Draw three plans' }).click()
    await page.getByRole('heading', { name: 'Nobody moves' }).waitFor()
    await page.getByText('The independent checker finds no rule broken').waitFor()
    expect(await width(page)).toBe(320)

    const steps = page.getByRole('region', { name: /^\d+ steps?$/ }).getByRole('listitem')
    const first = steps.filter({ hasText: /^year 1 Train/ }).first()
    const said = (await first.textContent())?.split('INV')[0]?.trim() ?? ''
    expect(said).toMatch(/^year 1 Train/)
    await first.getByRole('button', { name: 'Strike out' }).click()
    await page.getByRole('heading', { name: 'One thing is struck out' }).waitFor()
    await page.getByRole('button', { name: 'Draw again from here' }).waitFor()
    const place = /of (.*)$/.exec(said)?.[1] ?? 'nowhere'
    expect(await steps.filter({ hasText: new RegExp(`Train .* of ${place.replace(/[()]/g, '.')}`) }).count()).toBe(0)

    await page.getByLabel('Name of the plan').fill('Next year (invented)')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Kept.').waitFor()
    await page.getByRole('button', { name: 'One page to sign' }).click()
    const paper = page.getByRole('region', { name: 'A trained woman on every shift: what is proposed' })
    await paper.getByText('DEMONSTRATION').waitFor()
    expect(await paper.getByText('Signature').count()).toBe(2)
    expect(await paper.getByRole('heading', { level: 3 }).allTextContents()).toEqual(
      expect.arrayContaining(['Nobody moves', 'Fewest changes', 'With those who serve today']),
    )
    const before = await steps.count()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the plan as a workbook' }).click(),
    ])
    const book = await openFile(new Uint8Array(readFileSync(await file.path())))
    if (!book.ok) throw new Error(book.refusal.code)
    const sheets = new Map(book.value.sheets.map(({ name, lines }) => [name, lines.map(({ cells }) => cells)]))
    expect([...sheets.keys()]).toEqual([
      'Gaps',
      'Options',
      'Steps',
      'Impossible and why',
      'What the plan takes for granted',
    ])
    const rows = sheets.get('Steps') ?? []
    const head = rows.findIndex(([first]) => first === 'Year')
    expect(rows[0]?.[0]).toMatch(/^DEMONSTRATION/)
    expect(rows.length - head - 1).toBe(before)
    // Nobody is in the file whom she did not choose to put there.
    expect(JSON.stringify([...sheets.values()])).not.toContain('INV-')
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Next year (invented)' })
      .getByRole('button', { name: 'Open' })
      .click()
    // The page as it was signed, beside what would be different today: nothing yet.
    await page.getByText('Nothing: the register gives the same.').waitFor()
    await paper.getByText('Signature').first().waitFor()
    await page.getByRole('button', { name: 'Draw it again from where it stands today' }).click()
    await page.getByRole('button', { name: 'Draw again from here' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Kept', exact: true }).count()).toBe(before)
    await page.context().setOffline(false)
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })
})

describe('a roster', () => {
  it('is made, judged by the checker, broken by a hand and said to be, undone, kept and changed', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await boardOf(page)
    await page.getByRole('button', { name: 'Rosters' }).click()
    await page.getByRole('combobox', { name: 'Post' }).selectOption({ label: 'Lantern bridge (invented)' })
    await page.getByRole('button', { name: 'Make the roster' }).click()
    await page.getByText('No rule is broken.').waitFor({ timeout: 40_000 })
    expect(await width(page)).toBe(320)
    // Seven days in a row by hand: the checker says whom and how many, whoever made it.
    const row = page.getByRole('row').filter({ hasText: 'trained woman' }).first()
    const officer = (await row.getByRole('rowheader').textContent())?.split(' ')[0] ?? 'nobody'
    for (let day = 0; day < 7; day++) await row.getByRole('combobox').nth(day).selectOption({ index: 1 })
    await page
      .getByRole('alert')
      .getByText(new RegExp(`${officer}.* days in a row`))
      .first()
      .waitFor()
    for (let day = 0; day < 7; day++) await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('No rule is broken.').waitFor()
    await page.getByRole('button', { name: 'Keep this roster' }).click()
    await page.getByText('Kept.').waitFor()
    const kept = page.getByRole('region', { name: 'One roster is kept' })
    await kept.getByRole('button', { name: 'Open' }).click()
    await row.getByRole('combobox').first().selectOption({ index: 0 })
    await page.getByRole('button', { name: 'Keep the change' }).click()
    await page.getByText('Kept.').waitFor()
    await page.getByText('Everything sent').first().waitFor()
    await kept.getByRole('button', { name: 'Entered in error' }).click()
    await kept.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('of two posts that share their women on call meets a wish, which is gone when it is taken back', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await boardOf(page)
    await page.getByRole('button', { name: 'Rosters' }).click()
    await page.getByRole('combobox', { name: 'Post' }).selectOption({ label: 'Lantern bridge (invented)' })
    await page
      .getByRole('combobox', { name: 'Shares its women on call with' })
      .selectOption({ label: 'Willow road gate (invented), 20 minutes away' })
    await page.getByText('Wishes for rosters').click()
    await page.getByRole('combobox', { name: 'Officer' }).selectOption({ index: 1 })
    await page.getByRole('combobox', { name: 'Day', exact: true }).selectOption({ index: 3 })
    await page.getByRole('button', { name: 'Add the wish' }).click()
    await page.getByRole('listitem').filter({ hasText: 'A day off' }).waitFor()
    await page.getByRole('button', { name: 'Make the roster' }).click()
    await page.getByText('No rule is broken.').waitFor({ timeout: 60_000 })
    await page.getByText('Every shift has a trained woman, there or on call.').waitFor()
    await page.getByText(/shifts? (is|are) covered on call/).waitFor()
    await page.getByRole('combobox', { name: /, wish met$/ }).waitFor()
    expect(await width(page)).toBe(320)
    await page.getByRole('button', { name: 'Keep this roster' }).click()
    await page.getByText('Kept.').waitFor()
    await page.getByText('Lantern bridge (invented) + Willow road gate (invented)').waitFor()
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('No wish for a day to come.').waitFor()
    expect(await page.getByRole('combobox', { name: /wish met$/ }).count()).toBe(0)
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })
})
