import { setTimeout } from 'node:timers/promises'
import { type Database, openPool } from '@lentera/server/database'
import { portalHanded } from '@lentera/server/portal'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A steward proposes, the server makes, she and a protection officer sign in two browsers, and the officer withdraws: what anybody is handed moves with them. */
const world = {} as DemonstrationWorld & { browser: Browser; database: Database } // filled before all tests

beforeAll(async () => {
  const demonstration = await openDemonstration()
  Object.assign(world, demonstration, {
    browser: await openBrowser(),
    database: openPool(demonstration.databaseUrl, 2),
  })
})

afterAll(async () => {
  await world.browser?.close()
  await world.database?.close()
  await world.close?.()
})

async function pageOf(label: string, width = 1280): Promise<Page> {
  const page = await (await world.browser.newContext({ viewport: { width, height: 900 } })).newPage()
  page.setDefaultTimeout(patience)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByText('Everything sent').first().waitFor()
  return page
}

async function publicationsOf(label: string): Promise<Page> {
  const page = await pageOf(label)
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Publications/ })
    .click()
  await page.getByRole('heading', { level: 1, name: 'What is published' }).waitFor()
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const refused = (page: Page, code: string) => page.getByRole('alert').getByText(code).waitFor()
const standing = (page: Page, words: string) => page.getByText(words).first().waitFor()
const open = (page: Page, title: string) => page.getByRole('button', { name: title, exact: true }).click()

/** What anybody may have now. */
async function handed(): Promise<Awaited<ReturnType<ReturnType<typeof portalHanded>>>> {
  return portalHanded(world.database)()
}

describe('who has nothing to do with it', () => {
  it('is not shown the way: a caseworker has cases', async () => {
    const page = await pageOf('Caseworker, Cambodia')
    expect(
      await page
        .getByRole('navigation')
        .getByRole('link', { name: /^Publications/ })
        .count(),
    ).toBe(0)
    await page.context().close()
  })

  it('sees what was published of another programme nowhere in her own, and may propose nothing', async () => {
    const page = await publicationsOf('Data protection officer, Cambodia')
    await page.getByText('Nothing has been proposed yet').waitFor()
    expect(await page.getByRole('button', { name: 'New publication' }).count()).toBe(0)
    await page.context().close()
  })
})

describe('a table', () => {
  const title = 'Referred persons, the walk'

  it('is proposed with what is missing said first, is made, signed by two in two browsers, public, and withdrawn', async () => {
    const steward = await publicationsOf('Data steward, region')
    await press(steward, 'New publication')
    await press(steward, 'Propose')
    await refused(steward, 'publication.no-indicator')
    await steward.getByLabel('What is published').selectOption({ label: await optionOf(steward, 'Persons referred') })
    await press(steward, 'Propose')
    await refused(steward, 'publication.address-not-understood')
    await steward.getByLabel('Last part of its address').fill('persons-referred')
    await press(steward, 'Propose')
    await refused(steward, 'publication.address-taken')
    await steward.getByLabel('Last part of its address').fill('the-walk')
    await steward.getByLabel('Title in English').fill(title)
    await steward.getByLabel('What it tells, in English').fill('Invented.')
    await steward.getByRole('textbox', { name: /^Publisher/ }).fill('Nobody (invented)')
    await steward.getByRole('textbox', { name: /^Source/ }).fill('Invented.')
    await press(steward, 'Propose')
    await steward.getByRole('heading', { level: 1, name: title }).waitFor()
    await standing(steward, 'Proposed')
    // Answers may take longer than it is until the desk looks again.
    await steward.route('**/api/publications', async (route) => {
      const response = await route.fetch()
      await setTimeout(1500)
      await route.fulfill({ response })
    })
    await press(steward, 'Make it')
    await steward.getByText(/open to an outsider: 0/).waitFor()
    await steward.unrouteAll({ behavior: 'wait' })
    await steward.getByRole('heading', { name: 'Counted, and as released' }).waitFor()
    // The demonstration has published a table of these people: she is told which, and what became of its numbers.
    const since = steward.getByRole('region', { name: 'Laid beside the release before it' })
    await since.getByRole('link', { name: /^Persons referred/ }).waitFor()
    await since.getByText('released on', { exact: false }).waitFor()
    const fates = (await since.getByRole('definition').allTextContents()).map(Number)
    expect(fates.length).toBeGreaterThanOrEqual(4)
    expect(fates.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(108)
    await steward.getByText('not compared here: an earlier edition has decided it').waitFor()
    await press(steward, 'Sign as data steward')
    await standing(steward, 'Signed once')
    expect((await handed()).publications.map(({ address }) => address)).not.toContain('the-walk')

    // Whoever may sign and may not see survivors finer than a cut-off sees the content, and not what it was made of.
    const manager = await publicationsOf('Regional manager')
    await open(manager, title)
    await manager.getByText(/open to an outsider: 0/).waitFor()
    expect(await manager.getByRole('heading', { name: 'Counted, and as released' }).count()).toBe(0)
    await manager.context().close()

    const officer = await publicationsOf('Data protection officer, region')
    // What waits for her is a number beside the way to it.
    await officer
      .getByRole('navigation')
      .getByRole('link', { name: /^Publications.*1$/ })
      .waitFor()
    await open(officer, title)
    const signed = officer.getByRole('region', { name: 'Who signed' }).getByRole('listitem')
    await signed.filter({ hasText: 'Signed as data steward' }).getByText('Data steward, region').waitFor()
    await press(officer, 'Sign as data protection officer')
    await officer.getByRole('heading', { name: 'Where it is public' }).waitFor()
    const { publications, publication } = await handed()
    expect(publications.find(({ address }) => address === 'the-walk')).toMatchObject({
      title: { en: title },
      method: { name: 'suppression', minimum: 5 },
      demonstration: true,
      withdrawn: null,
    })
    const whole = await publication('the-walk')
    expect(whole?.data.kind === 'table' && whole.data.cells.length).toBe(108)

    await press(officer, 'Withdraw')
    await press(officer, 'Withdraw')
    await refused(officer, 'publication.no-withdrawal-note')
    await officer.getByLabel('Why it is withdrawn').fill('Made for a walk.')
    await press(officer, 'Withdraw')
    await standing(officer, 'Withdrawn: Made for a walk.')
    const after = await handed()
    expect(after.publications.find(({ address }) => address === 'the-walk')?.withdrawn?.why).toBe('Made for a walk.')
    expect(await after.publication('the-walk')).toBeUndefined()

    await steward.context().setOffline(true)
    await steward.getByRole('link', { name: 'Evidence', exact: true }).click()
    await steward
      .getByRole('navigation')
      .getByRole('link', { name: /^Publications/ })
      .click()
    await steward.getByText('Contents are never kept on this device').waitFor()
    await officer.context().close()
    await steward.context().close()
  })
})

async function optionOf(page: Page, name: string): Promise<string> {
  const option = page.locator('option', { hasText: name }).first()
  return (await option.textContent()) ?? ''
}

describe('the ledger', () => {
  it('shows what is left before and after, and a budget is not set below what is spent', async () => {
    const officer = await publicationsOf('Data protection officer, region')
    await officer.getByText('2 of 4 is left').waitFor()
    await press(officer, 'Change the budget')
    await officer.getByLabel('Epsilon in all').fill('1.5')
    await officer.getByLabel('Why this much').fill('Too much was planned.')
    await officer
      .getByRole('form', { name: 'Change the budget' })
      .getByRole('button', { name: 'Change the budget' })
      .click()
    await refused(officer, 'publication.budget-below-spent')
    await officer.getByLabel('Epsilon in all').fill('3')
    await officer
      .getByRole('form', { name: 'Change the budget' })
      .getByRole('button', { name: 'Change the budget' })
      .click()
    await officer.getByText('1 of 3 is left').waitFor()
    const steward = await publicationsOf('Data steward, region')
    await press(steward, 'New publication')
    await steward
      .getByLabel('What is published')
      .selectOption({ label: await optionOf(steward, 'Records of people who are not') })
    await steward.getByLabel('Epsilon').first().fill('0.5')
    await steward.getByText('1 of 3 is left before, 0.5 after').waitFor()
    await steward.context().close()
    await officer.context().close()
  })
})

describe('on a small screen, in Burmese', () => {
  it('no screen is wider than the screen', async () => {
    const context = await world.browser.newContext({ viewport: { width: 320, height: 700 }, locale: 'my' })
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    await page.goto(world.server.desk)
    await page.getByRole('button', { name: /Data steward, region/ }).click()
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    for (const path of ['/publications', '/publications/new']) {
      await page.evaluate((to) => history.pushState({}, '', to), path)
      await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')))
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      await page.locator('main :is(form, table, dl):visible').first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    }
    await context.close()
  })
})
