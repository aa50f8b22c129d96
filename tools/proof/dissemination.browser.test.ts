import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration, openTables } from './demonstration-world.ts'

/** A programme manager back from a meeting, with a telephone and no network; a colleague at the board; and the regional office. */
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
  await page.getByText('Everything sent').first().waitFor()
  return page
}

const board = async (label: string): Promise<Page> => {
  const page = await pageOf(label, { width: 1280, height: 900 })
  await page.getByRole('link', { name: 'Results' }).click()
  return page
}

const tile = (page: Page, indicator: string) =>
  page.getByRole('button', { name: new RegExp(`\\d+ ${indicator}`) }).first()

/** The number on a tile of the board. */
async function figure(page: Page, indicator: string): Promise<number> {
  return Number(/[\d,]+/.exec((await tile(page, indicator).textContent()) ?? '')?.[0].replace(',', ''))
}

/** The same, once it has been counted again and is `value`. */
async function becomes(page: Page, indicator: string, value: number): Promise<void> {
  const countAgain = async (): Promise<number> => {
    await page.getByRole('button', { name: 'Count again' }).click()
    return figure(page, indicator)
  }
  await expect.poll(countAgain).toBe(value)
}

const refused = (page: Page, code: string) => page.getByRole('alert').getByText(code).waitFor()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

describe('an event', () => {
  it('is written down offline on a small screen, moves the board, and is corrected; nobody who was there is named', async () => {
    const reader = await board('Data protection officer, Cambodia')
    const before = {
      events: await figure(reader, 'events held'),
      people: await figure(reader, 'participants of events'),
    }
    expect(before.events).toBeGreaterThan(0)

    const manager = await pageOf('Programme manager, Cambodia', { width: 320, height: 640 })
    await press(manager, 'Menu')
    await manager.getByRole('link', { name: 'Dissemination' }).click()
    await manager.getByRole('heading', { level: 1, name: /^One product and / }).waitFor()
    await manager.context().setOffline(true)
    await press(manager, 'Write down an event')
    await press(manager, 'Save the event')
    await refused(manager, 'evidence.no-level')
    await manager.getByRole('radio', { name: 'country' }).check()
    await press(manager, 'Save the event')
    await refused(manager, 'evidence.no-audience')
    await manager.getByRole('checkbox', { name: 'academia' }).check()
    await manager.getByRole('checkbox', { name: 'Who is at the crossing (invented)' }).check()
    await manager.getByLabel('All participants').fill('20+')
    await press(manager, 'Save the event')
    await refused(manager, 'evidence.number-not-understood')
    await manager.getByLabel('All participants').fill('20')
    await manager.getByLabel('Women').fill('21')
    await press(manager, 'Save the event')
    await refused(manager, 'evidence.headcount-differs')
    await manager.getByLabel('Women').fill('')
    await press(manager, 'Save the event')
    await manager.getByRole('heading', { level: 1, name: /^Event of / }).waitFor()
    await manager.getByText('between 0 and 20').waitFor({ state: 'attached' })
    expect(await manager.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await manager.context().setOffline(false)
    await manager.getByText('Everything sent').first().waitFor()

    await becomes(reader, 'events held', before.events + 1)
    expect(await figure(reader, 'participants of events')).toBe(before.people + 20)

    // A correction is an entry, and moves it.
    await press(manager, 'Correct the event')
    await press(manager, 'Save')
    await refused(manager, 'evidence.nothing-changed')
    await manager.getByLabel('All participants').fill('24')
    await manager.getByLabel('Women').fill('14')
    await press(manager, 'Save')
    await manager.locator('dd').getByText('24', { exact: true }).waitFor()
    await becomes(reader, 'participants of events', before.people + 24)
    await tile(reader, 'participants of events').click()
    const row = reader.getByRole('dialog').getByRole('row', { name: /14/ }).first()
    await row.getByRole('button').first().click()
    await reader.getByRole('heading', { level: 1, name: /^Event of / }).waitFor()
    expect(new URL(reader.url()).pathname).toMatch(/^\/dissemination\/events\/[0-9a-f-]{36}$/)
    await reader.locator('dd').getByText('14', { exact: true }).waitFor()
    expect(await reader.getByRole('button', { name: 'Correct the event' }).count()).toBe(0)

    await press(manager, 'This event never was')
    await manager.getByText('entered in error').first().waitFor()
    await reader.goBack()
    await becomes(reader, 'events held', before.events)
    for (const page of [manager, reader]) await page.context().close()
  })
})

describe('a knowledge product', () => {
  it('is written down, received by somebody as claimed, corrected and withdrawn, and the board keeps each apart', async () => {
    const reader = await board('Data protection officer, Cambodia')
    expect(await figure(reader, 'knowledge products published')).toBe(1)
    const copies = await figure(reader, 'copies distributed')

    const manager = await pageOf('Programme manager, Cambodia', { width: 320, height: 640 })
    await press(manager, 'Menu')
    await manager.getByRole('link', { name: 'Dissemination' }).click()
    // Her device has the room once it stands there; whoever cuts the network before has cut its arrival.
    await manager.getByRole('button', { name: 'Write down a product', exact: true }).waitFor()
    await manager.context().setOffline(true)
    await press(manager, 'Write down a product')
    await manager.getByLabel('Title').fill('Asked at the border (invented)')
    await manager.getByLabel('Kind of product').selectOption('guidance')
    await manager.getByLabel('Edition').fill('second')
    await manager.getByRole('checkbox', { name: 'Khmer' }).check()
    await manager.getByLabel('Year').fill('2026')
    await press(manager, 'Save the product')
    await refused(manager, 'evidence.edition-not-understood')
    await manager.getByLabel('Edition').fill('v2')
    await press(manager, 'Save the product')
    await manager.getByRole('heading', { level: 1, name: 'Asked at the border (invented)' }).waitFor()
    await manager.getByText('edition version 2').waitFor()

    await press(manager, 'Write down who received it')
    await press(manager, 'Save what was received')
    await refused(manager, 'evidence.claim-incomplete')
    await manager.getByLabel('Audience').selectOption('communities')
    await manager.getByRole('radio', { name: 'copies on paper' }).check()
    await manager.getByLabel('How many').fill('១២០០')
    await manager.getByRole('radio', { name: /^at least/ }).check()
    await press(manager, 'Save what was received')
    await refused(manager, 'evidence.source-missing')
    await manager.getByLabel('Source', { exact: true }).fill('Delivery notes (invented)')
    await press(manager, 'Save what was received')
    await manager.getByText('at least 1,200').waitFor()
    expect(await manager.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await manager.context().setOffline(false)
    await manager.getByText('Everything sent').first().waitFor()
    await becomes(reader, 'knowledge products published', 2)
    expect(await figure(reader, 'copies distributed')).toBe(copies + 1200)

    await press(manager, 'Correct')
    await manager.getByLabel('How many').fill('200')
    await press(manager, 'Save')
    await becomes(reader, 'copies distributed', copies + 200)
    await press(manager, 'Withdraw it')
    await manager.getByRole('form').getByRole('button', { name: 'Withdraw it' }).click()
    await refused(manager, 'evidence.no-withdrawal-note')
    await manager.getByLabel('Why').fill('Its table was wrong (invented)')
    await manager.getByRole('form').getByRole('button', { name: 'Withdraw it' }).click()
    await manager.getByText('Withdrawn: Its table was wrong (invented)').waitFor()

    // It was published all the same: the number stays, and says how many of it are withdrawn.
    await becomes(reader, 'knowledge products published', 2)
    await openTables(reader)
    await reader
      .getByRole('row', { name: /^withdrawn/ })
      .first()
      .waitFor()
    for (const page of [manager, reader]) await page.context().close()
  })
})

describe('the regional office', () => {
  it('sees its own live beside the countries, opens it to its rows, and says in which languages the modules stand', async () => {
    const steward = await board('Data steward, region')
    const events = await figure(steward, 'events held')
    await tile(steward, 'events held').click()
    const door = steward.getByRole('dialog')
    await door.getByText(/rows stand behind it/).waitFor()
    const own = Number(/(\d+) rows stand behind it/.exec(await door.innerText())?.[1])
    expect(own).toBeGreaterThan(0)
    expect(own).toBeLessThan(events)
    await door.getByText(`${events - own} more are counted by the countries’ programmes`).waitFor()
    await press(steward, 'Close')

    await steward.getByRole('link', { name: 'Dissemination' }).click()
    await steward.getByRole('heading', { level: 1, name: `One product and ${own} events` }).waitFor()
    await press(steward, 'Write down an event')
    await steward.getByRole('radio', { name: 'country' }).check()
    await steward.getByRole('checkbox', { name: 'academia' }).check()
    await press(steward, 'Save the event')
    await refused(steward, 'evidence.event-without-country')
    await steward.getByRole('radio', { name: 'regional' }).check()
    await press(steward, 'Save the event')
    await steward.getByRole('heading', { level: 1, name: /^Event of / }).waitFor()
    await steward.getByText('Everything sent').first().waitFor()

    await steward.getByRole('link', { name: 'Dissemination' }).first().click()
    await steward
      .getByRole('row', { name: /^1 See/ })
      .getByRole('button')
      .first()
      .click()
    await steward.getByText('reviewed in 6 of 13 languages').waitFor()
    await steward.getByLabel('Tetum').selectOption('outdated')
    await press(steward, 'Save one language')
    await refused(steward, 'training.outdated-before-reviewed')
    await steward.getByLabel('Tetum').selectOption('reviewed')
    await press(steward, 'Save one language')
    await steward.getByText('reviewed in 7 of 13 languages').waitFor()
    await steward.getByText('Everything sent').first().waitFor()

    await steward.getByRole('link', { name: 'Results' }).click()
    await becomes(steward, 'events held', events + 1)
    await steward.context().close()
  })
})
