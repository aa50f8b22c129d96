import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** An officer back from a village, with a telephone and no network; and the programme manager, whose figures move. */
const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests

beforeAll(async () => {
  Object.assign(world, await openDemonstration(), { browser: await openBrowser() })
})

afterAll(async () => {
  await world.browser?.close()
  await world.close?.()
})

async function pageOf(label: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await (await world.browser.newContext({ viewport })).newPage()
  page.setDefaultTimeout(patience)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
  return page
}

const tileOf = (page: Page, indicator: string) => page.getByRole('button', { name: new RegExp(indicator) }).first()
const textOf = async (page: Page, indicator: string): Promise<string> =>
  (await tileOf(page, indicator).textContent()) ?? ''

/** The number on a tile of the board, or both bounds of it. */
async function numbers(page: Page, indicator: string): Promise<number[]> {
  const [said = ''] = (await textOf(page, indicator)).split(indicator)
  return [...said.matchAll(/\d[\d,]*/g)].map(([digits]) => Number(digits.replaceAll(',', '')))
}
const contacts = async (page: Page): Promise<number> => (await numbers(page, 'contacts with women and girls'))[0] ?? 0
/** Written as bounds, then said as bounds: the last two are what is read aloud. */
const persons = async (page: Page): Promise<number[]> =>
  (await numbers(page, 'women and girls reached, each once')).slice(-2)

async function counted(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Count again' }).click()
}

describe('awareness', () => {
  it('is written down offline on a small screen: heads and persons apart, a sample and its interval, reach by its unit', async () => {
    const manager = await pageOf('Programme manager, Cambodia', { width: 1280, height: 900 })
    await manager.getByRole('link', { name: 'Results' }).click()
    const before = { contacts: await contacts(manager), persons: await persons(manager) }
    expect(before.contacts).toBeGreaterThan(100)
    const [low = 0, high = 0] = before.persons
    expect(low).toBeGreaterThan(10)
    expect(high).toBeGreaterThan(low)
    expect(high).toBeLessThanOrEqual(before.contacts)
    expect(await textOf(manager, 'more aware, of the women asked')).toMatch(/\d+ of \d+ asked; 95 % interval/)
    expect(await textOf(manager, 'views')).toMatch(/about 113,287/)

    const officer = await pageOf('Livelihoods officer, Cambodia', { width: 320, height: 640 })
    await officer.getByText('Everything sent').first().waitFor()
    await officer.getByRole('button', { name: 'Menu' }).click()
    await officer.getByRole('link', { name: 'Awareness' }).click()
    await officer.getByRole('heading', { level: 1, name: '6 outreach sessions held' }).waitFor()
    await officer.context().setOffline(true)
    await officer.getByRole('button', { name: 'Write down a session' }).click()
    await officer.getByRole('button', { name: 'Save the session' }).click()
    await officer.getByRole('alert').getByText('awareness.no-setting').waitFor()
    await officer.getByRole('radio', { name: 'village' }).check()
    await officer.getByRole('button', { name: 'Save the session' }).click()

    await officer.getByRole('button', { name: 'Count who was there' }).click()
    await officer.getByRole('textbox', { name: 'women', exact: true }).fill('100+')
    await officer.getByRole('button', { name: 'Save the headcount' }).click()
    await officer.getByRole('alert').getByText('awareness.not-a-headcount').waitFor()
    // Typed with the digits of the keyboard she has.
    await officer.getByRole('textbox', { name: 'women', exact: true }).fill('១០០')
    await officer.getByRole('textbox', { name: 'men', exact: true }).fill('12')
    await officer.getByRole('button', { name: 'Save the headcount' }).click()
    await officer
      .getByRole('heading', { level: 1, name: '112 people were there, 100 of them women and girls' })
      .waitFor()

    await officer.getByRole('button', { name: 'Enter those with a code' }).click()
    await officer.getByRole('radio', { name: 'woman or girl' }).check()
    await officer.getByRole('radio', { name: 'adult' }).check()
    await officer.getByLabel('Code on her card').fill('2222-2222')
    await officer.getByRole('button', { name: 'Save one person' }).click()
    await officer.getByRole('alert').getByText('awareness.code-unknown').waitFor()
    await officer.getByLabel('Code on her card').fill('')
    await officer.getByRole('button', { name: 'Save one person' }).click()
    await officer.getByText('one with a code').waitFor()
    // She was among those counted by head: nobody is added.
    await officer.getByRole('heading', { level: 1, name: '112 people were there' }).waitFor()
    expect(await officer.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

    await officer.context().setOffline(false)
    await officer.getByText('Everything sent').first().waitFor()
    await counted(manager)
    await expect.poll(() => contacts(manager)).toBe(before.contacts + 100)
    // One more is a person beyond doubt; each of the others may be somebody who was counted before.
    expect(await persons(manager)).toEqual([low + 1, high + 100])

    await tileOf(manager, 'contacts with women and girls').click()
    const door = manager.getByRole('dialog')
    await door
      .getByRole('row', { name: /village.* 99$/ })
      .first()
      .getByRole('button')
      .first()
      .click()
    await manager.getByRole('heading', { level: 1, name: '112 people were there' }).waitFor()
    expect(new URL(manager.url()).pathname).toMatch(/^\/awareness\/outreach\/[0-9a-f-]{36}$/)
    await manager.goBack()

    // A correction is an entry, and moves it back; so is what never was.
    const women = officer.getByRole('listitem').filter({ hasText: /^100women/ })
    await women.getByRole('button', { name: 'Correct', exact: true }).click()
    await officer.getByRole('textbox', { name: 'women' }).fill('80')
    await officer.getByRole('button', { name: 'Save', exact: true }).click()
    await officer.getByRole('heading', { level: 1, name: '92 people were there, 80 of them' }).waitFor()
    await expect
      .poll(
        async () => {
          await counted(manager)
          return contacts(manager)
        },
        { timeout: patience },
      )
      .toBe(before.contacts + 80)

    await officer.getByRole('link', { name: 'All of awareness' }).click()
    await officer.getByRole('button', { name: 'Write down a sample' }).click()
    await officer.getByLabel('What they were asked about').selectOption('rights')
    await officer.getByLabel('Women asked').fill('20')
    await officer.getByLabel('Of them, how many knew more after').fill('25')
    await officer.getByRole('button', { name: 'Save the sample' }).click()
    await officer.getByRole('alert').getByText('awareness.more-than-asked').waitFor()
    await officer.getByLabel('Of them, how many knew more after').fill('15')
    await officer.getByRole('button', { name: 'Save the sample' }).click()
    await officer.getByRole('heading', { level: 1, name: '75.0 % of the women asked knew more after' }).waitFor()
    await officer.getByText('15 of 20 asked; 95 % interval 53.1 % – 88.8 %').waitFor()

    await officer.getByRole('link', { name: 'All of awareness' }).click()
    await officer.getByRole('listitem').filter({ hasText: 'A job too good' }).getByRole('button').click()
    await officer.getByRole('button', { name: 'Say how far it reached' }).click()
    await officer.getByRole('radio', { name: 'views', exact: true }).check()
    await officer.getByRole('radio', { name: /at least/ }).check()
    await officer.getByLabel('Number').fill('9000')
    await officer.getByLabel('Who says so').selectOption('platform')
    await officer.getByRole('button', { name: 'Save what was said' }).click()
    await officer.getByText('earlier, counted no more').first().waitFor()
    expect(await officer.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await expect
      .poll(
        async () => {
          await counted(manager)
          return textOf(manager, 'views')
        },
        { timeout: patience },
      )
      // What was about so many counts no more, and what is left is at least this.
      .toMatch(/at least 10,287/)
    for (const page of [manager, officer]) await page.context().close()
  })
})
