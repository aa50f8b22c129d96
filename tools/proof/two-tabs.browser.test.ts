import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { walksThroughDemonstration } from './walks.ts'

/** One person with two tabs of one browser, and with two devices: neither takes anything from the other unsaid. */
const { pageOf, world } = walksThroughDemonstration()

const wide = { width: 1280, height: 900 }
const agency = { label: 'Gender focal point of the border agency, Myanmar', login: 'agency.mm' } as const
const planner = { label: 'Gender focal point, Cambodia', login: 'focal-point.kh' } as const

async function open(page: Page, login: string): Promise<void> {
  await page.getByLabel('Passphrase').fill(`demonstration ${login}`)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
}

/** To another address of the desk without loading it anew, which would lock it. */
async function to(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState({}, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
  }, address)
}

/** Both tabs at one address of the desk. */
async function tabsOf(who: typeof agency | typeof planner, address: string): Promise<readonly [Page, Page]> {
  const page = await pageOf(who.label, wide)
  await page.getByText('Everything sent').first().waitFor()
  await to(page, address)
  const other = await page.context().newPage()
  other.setDefaultTimeout(patience)
  await other.goto(`${world.server.desk}${address}`)
  await open(other, who.login)
  return [page, other]
}

const flow = (page: Page) => page.getByRole('textbox', { name: 'Travellers a day' })
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()

async function correctFirstPost(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Posts' }).getByRole('link').first().click()
  await page.getByRole('button', { name: 'Correct the post' }).click()
  await flow(page).waitFor()
}

describe('what is typed', () => {
  it('into a correction stands in both tabs at once; saved in one, it is what the other corrects', async () => {
    const [one, other] = await tabsOf(agency, '/workforce/register')
    for (const page of [one, other]) await correctFirstPost(page)
    await flow(one).fill('411')
    await expect.poll(() => flow(other).inputValue()).toBe('411')
    await other.getByLabel('Places nobody holds').fill('77')
    await flow(other).fill('511')
    await expect.poll(() => flow(one).inputValue()).toBe('511')
    await save(one)
    for (const said of ['511', '77']) await one.getByText(said, { exact: true }).first().waitFor()
    // Nothing of hers is left to be written in the other tab, which shows what stands.
    expect(await flow(other).inputValue()).toBe('511')
    await flow(other).fill('611')
    await save(other)
    for (const page of [one, other]) {
      await page.getByText('611', { exact: true }).waitFor()
      expect(await page.getByText('two answers: correct it to settle them').count()).toBe(0)
    }
    await one.context().close()
  })

  it('into a new form of both tabs is one form, field by field, and is there after a lock', async () => {
    const [one, other] = await tabsOf(agency, '/workforce/register/officers/new')
    const number = (page: Page) => page.getByLabel('Service number or pseudonym')
    const home = (page: Page) => page.getByRole('textbox', { name: 'Home area' })
    await number(one).fill('TAB-A')
    await home(one).fill('Rose street (invented)')
    await expect.poll(() => home(other).inputValue()).toBe('Rose street (invented)')
    await number(other).fill('TAB-B')
    await expect.poll(() => number(one).inputValue()).toBe('TAB-B')
    await one.getByRole('button', { name: 'Lock' }).first().click()
    await open(one, agency.login)
    await number(one).waitFor()
    expect([await number(one).inputValue(), await home(one).inputValue()]).toEqual(['TAB-B', 'Rose street (invented)'])
    await one.context().close()
  })

  it('over a value that another device changes meanwhile stands beside it, also after a lock, until somebody settles them', async () => {
    const page = await pageOf(agency.label, wide)
    await page.getByText('Everything sent').first().waitFor()
    await to(page, '/workforce/register')
    await correctFirstPost(page)
    await flow(page).fill('711')
    const colleague = await pageOf(agency.label, wide)
    await colleague.getByText('Everything sent').first().waitFor()
    await to(colleague, '/workforce/register')
    await correctFirstPost(colleague)
    await flow(colleague).fill('811')
    await colleague.getByLabel('Name of the post').fill('Heron gate (invented)')
    await save(colleague)
    await colleague.getByText('811', { exact: true }).waitFor()
    await colleague.getByText('Everything sent').first().waitFor()
    await page.getByRole('button', { name: 'Lock' }).first().click()
    await open(page, agency.login)
    await flow(page).waitFor()
    await page.getByRole('heading', { level: 1, name: /Heron gate/ }).waitFor()
    expect(await flow(page).inputValue()).toBe('711')
    await save(page)
    await page.getByText('two answers: correct it to settle them').first().waitFor()
    const stands = page.locator('dt', { hasText: /^Travellers a day$/ }).locator('xpath=following-sibling::dd[1]')
    expect(await stands.innerText()).toMatch(/711 \/ 811|811 \/ 711/)
    await page.getByRole('button', { name: 'Correct the post' }).click()
    await flow(page).fill('911')
    await save(page)
    await page.getByText('911', { exact: true }).waitFor()
    await colleague.getByText('911', { exact: true }).waitFor()
    for (const each of [page, colleague]) await each.context().close()
  })
})

describe('what is said of an officer', () => {
  const home = (page: Page) => page.getByRole('textbox', { name: 'Home area' })
  const herHome = (page: Page) =>
    page.locator('dt', { hasText: /^Home area$/ }).locator('xpath=following-sibling::dd[1]')
  const correct = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Correct the officer' }).click()
    await home(page).waitFor()
  }
  const openHer = async (page: Page): Promise<void> => {
    await page.getByText('Everything sent').first().waitFor()
    await to(page, '/workforce/register')
    await page.getByRole('list', { name: 'Posts' }).getByRole('link').first().click()
    await page.getByRole('list', { name: 'Officers' }).getByRole('link').filter({ hasText: 'trained' }).first().click()
    await correct(page)
  }

  it('over what another device said meanwhile stands beside it, also after a lock, and neither hides the other', async () => {
    const page = await pageOf(agency.label, wide)
    await openHer(page)
    await home(page).fill('Mango lane (invented)')
    const colleague = await pageOf(agency.label, wide)
    await openHer(colleague)
    await home(colleague).fill('Tamarind lane (invented)')
    await colleague.getByLabel('Rank').fill('Inspector (invented)')
    await save(colleague)
    await expect.poll(() => herHome(colleague).innerText()).toContain('Tamarind lane')
    await colleague.getByText('Everything sent').first().waitFor()
    await page.getByRole('button', { name: 'Lock' }).first().click()
    await open(page, agency.login)
    await home(page).waitFor()
    await expect.poll(() => page.getByLabel('Rank').inputValue()).toBe('Inspector (invented)')
    expect(await home(page).inputValue()).toBe('Mango lane (invented)')
    await save(page)
    for (const each of [page, colleague]) {
      await expect.poll(() => herHome(each).innerText()).toContain('Mango lane (invented)')
      expect(await herHome(each).innerText()).toContain('Tamarind lane (invented)')
      await each.getByText(/^Two people wrote two things\./).waitFor()
      // What says who said what over what is for devices alone.
      expect(await each.locator('main').innerText()).not.toMatch(/#[0-9a-z]{5}/)
    }
    await correct(page)
    await home(page).fill('Mango lane (invented)')
    await save(page)
    for (const each of [page, colleague]) {
      await expect.poll(() => herHome(each).innerText()).not.toContain('Tamarind')
      expect(await herHome(each).innerText()).toContain('Mango lane (invented)')
    }
    for (const each of [page, colleague]) await each.context().close()
  })

  it('when she is moved by two who could not know of each other is two posts, until one of them is said', async () => {
    const [page, colleague] = [await pageOf(agency.label, wide), await pageOf(agency.label, wide)]
    await openHer(page)
    await page.getByRole('button', { name: 'Give up' }).click()
    await colleague.getByText('Everything sent').first().waitFor()
    await to(colleague, new URL(page.url()).pathname)
    const post = (each: Page) => each.getByRole('combobox', { name: /^Post/ }).first()
    const move = async (each: Page, at: number): Promise<void> => {
      await each.getByRole('button', { name: 'Move to another post' }).click()
      await post(each).selectOption({ index: at })
    }
    const said =
      'Two posts stand beside each other, and this officer covers neither. Move her or him to the one that holds.'
    await move(page, 1)
    await move(colleague, 2)
    await save(colleague)
    const name = await post(page).locator('option').nth(2).innerText()
    await page.locator('main').getByText(`· ${name}`).first().waitFor()
    await save(page)
    for (const each of [page, colleague]) await each.getByText(said).waitFor()
    await move(page, 2)
    await save(page)
    for (const each of [page, colleague]) await each.getByText(said).waitFor({ state: 'detached' })
    for (const each of [page, colleague]) await each.context().close()
  })
})

describe('what a hand changes', () => {
  it('in a plan in one tab stands in the other, which says that its plan is older; the last change of either is taken back first', async () => {
    const [one, other] = await tabsOf(planner, '/workforce/cover/plan')
    for (const page of [one, other]) {
      await page.getByRole('button', { name: /^Draw (three plans|again from here)$/ }).click()
      await page.getByText('The independent checker finds no rule broken').waitFor()
    }
    const strike = (page: Page) => page.getByRole('button', { name: 'Strike out' }).first().click()
    const struck = (page: Page, says: string) => page.getByRole('heading', { name: says }).waitFor()
    await strike(one)
    for (const page of [one, other]) await struck(page, 'One thing is struck out')
    await other.getByRole('heading', { name: 'This is not the plan you asked for' }).waitFor()
    await other.getByRole('button', { name: 'Draw again from here' }).click()
    await other.getByRole('heading', { name: 'This is not the plan you asked for' }).waitFor({ state: 'detached' })
    await strike(other)
    for (const page of [one, other]) await struck(page, '2 things are struck out')
    await one.getByRole('button', { name: 'Undo the last change' }).first().click()
    for (const page of [one, other]) await struck(page, 'One thing is struck out')
    await one.context().close()
  })

  it('in a roster is a step in both tabs; a tab at another post stays there, and its roster too', async () => {
    const [one, other] = await tabsOf(planner, '/workforce/cover/roster')
    const choose = (page: Page, post: string) =>
      page.getByRole('combobox', { name: 'Post', exact: true }).selectOption({ label: post })
    const make = async (page: Page): Promise<void> => {
      await page.getByRole('button', { name: 'Make the roster' }).click()
      await page.getByText(/^No (other )?rule is broken\.$/).waitFor()
    }
    const rows = (page: Page) => page.getByRole('row').filter({ has: page.locator('select') })
    const cell = (page: Page) => rows(page).first().locator('select').first()
    await choose(one, lantern)
    await make(one)
    await choose(other, willow)
    await make(other)
    const stood = await cell(other).inputValue()
    await one.getByRole('heading', { level: 1, name: /Lantern bridge/ }).waitFor()
    await choose(other, lantern)
    const before = await cell(one).inputValue()
    await expect.poll(() => cell(other).inputValue()).toBe(before)
    const after = before === '' ? '0360' : ''
    await cell(other).selectOption(after)
    await expect.poll(() => cell(one).inputValue()).toBe(after)
    await one.getByRole('button', { name: 'Undo', exact: true }).click()
    for (const page of [one, other]) await expect.poll(() => cell(page).inputValue()).toBe(before)
    await choose(other, willow)
    await expect.poll(() => cell(other).inputValue()).toBe(stood)
    await one.context().close()
  })
})

const lantern = 'Lantern bridge (invented)'
const willow = 'Willow road gate (invented)'
