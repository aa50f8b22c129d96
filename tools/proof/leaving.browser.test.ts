import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { passphraseOf } from '../demonstration/cast.ts'
import { type DemonstrationWorld, openDemonstration, signInAs } from './demonstration-world.ts'

/** Erasing an identity and travelling, by hand on the screens of the demonstration. */
const world = {} as DemonstrationWorld // filled before all tests
let browser: Browser
let supervisor: Page
let caseworker: Page
let code: string
let name: string

beforeAll(async () => {
  ;[browser] = await Promise.all([openBrowser(), openDemonstration().then((opened) => Object.assign(world, opened))])
  supervisor = await signedIn('Supervisor, Cambodia')
  caseworker = await signedIn('Caseworker, Cambodia')
})

afterAll(async () => {
  await browser?.close()
  await world.close?.()
})

async function signedIn(label: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  await signInAs(page, world.server.desk, label)
  await page.getByText('Everything sent').first().waitFor()
  return page
}

const go = (page: Page, href: string) => page.locator(`nav a[href="${href}"]`).first().click()
const list = (page: Page) => page.getByRole('list', { name: 'Cases' })
const identity = (page: Page) => page.getByRole('region', { name: 'Her identity' })
const figures = async (page: Page): Promise<string> => {
  await go(page, '/results')
  const heading = page.getByRole('main').getByRole('heading', { level: 1, name: /[0-9] survivors were supported/ })
  await heading.waitFor()
  return heading.innerText()
}

describe('erasing her identity', () => {
  it('is not offered to a caseworker, who reads who may do it', async () => {
    await go(caseworker, '/cases')
    await list(caseworker).getByRole('link').first().click()
    await identity(caseworker).waitFor()
    const heading = (await caseworker.getByRole('heading', { level: 1 }).textContent()) ?? ''
    code = /KH-[A-Z0-9]{4}/.exec(heading)?.[0] ?? ''
    name = /\S+ \d+(?= \(invented\))/.exec(heading)?.[0] ?? ''
    expect([code.length, name.length > 3]).toEqual([7, true])
    await identity(caseworker).getByText('the supervisor of the team can erase').waitFor()
    expect(await identity(caseworker).getByRole('button').count()).toBe(0)
  })

  it('says what goes and what stays, and happens only after the code of the case was typed and a reason given', async () => {
    const before = await figures(supervisor)
    await go(supervisor, '/cases')
    await list(supervisor).getByRole('link', { name: code }).click()
    await identity(supervisor).getByRole('button', { name: 'Erase her identity' }).click()
    const said = await identity(supervisor).innerText()
    for (const words of ['What goes', 'What stays', 'offline', 'cannot be undone']) expect(said).toContain(words)
    const form = identity(supervisor).getByRole('form', { name: 'Erase her identity' })
    const confirm = form.getByRole('button', { name: 'Erase for ever' })
    await form.getByRole('textbox').fill('KH-0000')
    await confirm.click()
    await form.getByText('That is not the code of this case').waitFor()
    await form.getByRole('textbox').fill(code)
    await confirm.click()
    await form.getByText('Say why her identity is erased').waitFor()
    await form.getByRole('radio', { name: 'She asked for it' }).check()
    await confirm.click()
    await identity(supervisor).getByText('Erased in').waitFor()
    expect(await supervisor.getByRole('main').innerText()).not.toContain(name)
    expect(await supervisor.getByRole('button', { name: 'Record a service' }).count()).toBe(0)
    await supervisor.getByText('Everything sent').first().waitFor()
    expect(await figures(supervisor)).toBe(before)
  })

  it('stands as erased on the caseworker’s open screen, in her history, her list and her search', async () => {
    const heading = caseworker.getByRole('heading', { level: 1 })
    await expect.poll(() => heading.innerText()).toContain('erased')
    await caseworker.getByText('Identity erased').nth(1).waitFor()
    await expect.poll(() => caseworker.getByRole('main').innerText()).not.toContain(name)
    await caseworker.getByRole('button', { name: 'Change consent' }).click()
    await caseworker.getByRole('radiogroup', { name: 'She agrees to be counted' }).getByRole('radio').nth(2).check()
    expect(await caseworker.getByRole('textbox').count()).toBe(0)
    await caseworker.getByRole('button', { name: 'Save' }).click()
    await caseworker.getByRole('button', { name: 'Change consent' }).waitFor()
    await go(caseworker, '/cases')
    const search = caseworker.getByLabel('Search by code, name, place or contact')
    await search.fill(name)
    await caseworker.getByText('No case matches').waitFor()
    await search.fill(code)
    await list(caseworker).getByRole('link', { name: code }).getByText('erased').waitFor()
  })
})

describe('travelling', () => {
  it('leaves with none, says so on today and in the caseload, and brings them back', async () => {
    await go(caseworker, '/')
    await go(caseworker, '/cases')
    await list(caseworker).getByRole('link').nth(10).waitFor({ state: 'attached' })
    const before = await list(caseworker).getByRole('link').count()
    expect(before).toBeGreaterThan(10)
    await go(caseworker, '/device')
    await caseworker.getByRole('button', { name: 'Travel: leave with no cases' }).click()
    await caseworker.getByRole('dialog').getByRole('button', { name: 'Leave with none' }).click()
    await caseworker.getByRole('heading', { name: 'This device is locked' }).waitFor()
    await caseworker.getByLabel('Passphrase').fill(passphraseOf('caseworker.kh'))
    await caseworker.getByLabel('Passphrase').press('Enter')
    await caseworker.getByRole('navigation').first().waitFor({ state: 'attached' })
    for (const href of ['/', '/cases']) {
      await go(caseworker, href)
      await caseworker.getByRole('heading', { name: 'Travel mode: no case is on this device' }).waitFor()
    }
    await caseworker.goto(`${world.server.desk}/cases/new`)
    await caseworker.getByLabel('Passphrase').fill(passphraseOf('caseworker.kh'))
    await caseworker.getByLabel('Passphrase').press('Enter')
    await caseworker.getByRole('heading', { name: 'Travel mode: no case is on this device' }).waitFor()
    expect(await caseworker.getByRole('button', { name: 'Open the case' }).count()).toBe(0)
    await caseworker.context().setOffline(true)
    await caseworker.getByRole('button', { name: 'Bring the cases back' }).click()
    await caseworker.getByText('There is no connection to the server').waitFor()
    await caseworker.context().setOffline(false)
    await caseworker.getByRole('button', { name: 'Bring the cases back' }).click()
    await go(caseworker, '/cases')
    await expect.poll(() => list(caseworker).getByRole('link').count()).toBe(before)
    expect(await list(caseworker).getByRole('link', { name: code }).textContent()).toContain('erased')
  })
})
