import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration, openTables } from './demonstration-world.ts'

/** A trainer with a telephone and no network, who certifies a colleague and holds a webinar; and the manager, whose figures move. */
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

async function managersBoard(): Promise<Page> {
  const page = await pageOf('Programme manager, Cambodia', { width: 1280, height: 900 })
  await page.goto(`${world.server.desk}/results`)
  await page.getByLabel('Passphrase').fill('demonstration manager.kh')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: 'Count again' }).waitFor()
  return page
}

/** On a small screen, in a part of the training room, without a network from then on. */
async function trainerIn(part: string): Promise<Page> {
  const page = await pageOf('Trainer, Cambodia', { width: 320, height: 640 })
  await page.getByText('Everything sent').first().waitFor()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Training' }).click()
  await page.getByRole('navigation', { name: 'Parts of training' }).getByRole('link', { name: part }).click()
  await page
    .getByRole('button', { name: /^Write down a/ })
    .first()
    .waitFor()
  await page.context().setOffline(true)
  return page
}

const tileOf = (page: Page, indicator: string) => page.getByRole('button').filter({ hasText: indicator }).first()

/** The number on a tile of the board; none where nothing was counted yet. */
async function figure(page: Page, indicator: string): Promise<number> {
  const text = (await tileOf(page, indicator).textContent()) ?? ''
  return Number((/^[\d,]+/.exec(text)?.[0] ?? '0').replace(',', ''))
}

async function becomes(page: Page, indicator: string, number: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Count again' }).click()
        return figure(page, indicator)
      },
      { timeout: patience },
    )
    .toBe(number)
}

const refused = (page: Page, code: string) => page.getByRole('alert').getByText(code).waitFor()
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

async function sent(page: Page): Promise<void> {
  await page.context().setOffline(false)
  await page.getByText('Everything sent').first().waitFor()
}

async function fillCertificate(page: Page, module: string, by: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Certify her' }).click()
  await page.getByRole('radio', { name: module }).check()
  await page.getByLabel('Version of the module').fill('១')
  await page.getByLabel('Language').last().selectOption('km')
  const certifier = page.getByLabel('Certified by')
  const options = await certifier.getByRole('option').allTextContents()
  const label = options.find((each) => (typeof by === 'string' ? each.includes(by) : by.test(each)))
  await certifier.selectOption({ label: label ?? 'nobody' })
  await save(page)
}

async function writeDownTrainer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Write down a trainer' }).click()
  await page.getByLabel('Kind of agency').selectOption('border-police')
  await save(page)
  await refused(page, 'training.trainer-incomplete')
  await page.getByRole('radio', { name: 'woman', exact: true }).check()
  await save(page)
  await page.getByRole('heading', { level: 1, name: /no certificate stands today$/ }).waitFor()
}

const steps = [
  ...['passed module 1 See', 'passed module 2 Meet', 'passed module 3 Carry through', 'took the five-day course'],
  ...['co-led a session', 'co-led a session', 'was observed at a session', 'was observed at a session'],
]

describe('a national trainer', () => {
  it('is certified offline on a small screen once her steps are taken, by somebody who is; the figure follows, and goes back', async () => {
    const manager = await managersBoard()
    const before = await figure(manager, 'national trainers certified')
    const trainer = await trainerIn('National trainers')
    await writeDownTrainer(trainer)
    await fillCertificate(trainer, '1 See', 'founding trainers')
    await refused(trainer, 'training.steps-missing')
    await trainer.getByText('8 steps are not written down until that day').waitFor()
    await trainer.getByRole('button', { name: 'Give up' }).click()
    for (const step of steps) {
      await trainer.getByRole('button', { name: 'Write down a step' }).click()
      await trainer.getByLabel('Step', { exact: true }).selectOption({ label: step })
      await save(trainer)
      await trainer.getByRole('button', { name: 'Write down a step' }).waitFor()
    }
    await trainer.getByText('co-led a session: done (2)').waitFor()
    await fillCertificate(trainer, '1 See', 'founding trainers')
    const code = await trainer.getByRole('heading', { level: 1, name: /one certificate stands today$/ }).textContent()
    expect(await fits(trainer)).toBe(320)

    // A second: whoever certifies has to be certified for that module herself.
    await trainer.getByRole('link', { name: 'All national trainers' }).click()
    await writeDownTrainer(trainer)
    const first = new RegExp(`^${code?.split(':')[0]}$`)
    await fillCertificate(trainer, '2 Meet', first)
    await refused(trainer, 'training.certifier-not-certified')
    await trainer.getByRole('radio', { name: '1 See' }).check()
    await save(trainer)
    await refused(trainer, 'training.steps-missing')
    await sent(trainer)

    await becomes(manager, 'national trainers certified', before + 1)
    await tileOf(manager, 'national trainers certified').click()
    await manager.getByRole('dialog').getByRole('row', { name: /1 See/ }).first().getByRole('button').first().click()
    await manager.getByRole('heading', { level: 1, name: /one certificate stands today$/ }).waitFor()
    expect(new URL(manager.url()).pathname).toMatch(/^\/training\/trainers\/[0-9a-f-]{36}$/)
    expect(await manager.getByRole('button', { name: 'Certify her' }).count()).toBe(0)
    await manager.goBack()

    // A correction is an entry; and what was never given counts no more.
    await trainer.getByRole('link', { name: 'All national trainers' }).click()
    const tree = trainer.getByRole('region', { name: 'Who certified whom' })
    await tree
      .getByRole('listitem')
      .filter({ hasText: code?.split(':')[0] ?? '' })
      .getByRole('link')
      .first()
      .click()
    await trainer.getByRole('button', { name: 'Correct', exact: true }).click()
    await trainer.getByLabel('Version of the module').fill('2.1')
    await save(trainer)
    await trainer.getByText('1 See, version 2.1, Khmer').waitFor()
    await trainer.getByRole('button', { name: 'It lapsed' }).click()
    await trainer.getByRole('radio', { name: 'the module changed' }).check()
    await save(trainer)
    await trainer.getByText(/^lapsed on .*: the module changed$/).waitFor()
    await becomes(manager, 'national trainers certified', before)
    await trainer.getByRole('button', { name: 'It did not lapse' }).click()
    await save(trainer)
    await trainer.getByRole('heading', { level: 1, name: /one certificate stands today$/ }).waitFor()
    await becomes(manager, 'national trainers certified', before + 1)
    await trainer.getByRole('button', { name: 'Correct', exact: true }).click()
    await trainer.getByRole('button', { name: 'This certificate was never given' }).click()
    await trainer.getByRole('heading', { level: 1, name: /no certificate stands today$/ }).waitFor()
    await becomes(manager, 'national trainers certified', before)
    for (const page of [manager, trainer]) await page.context().close()
  })
})

describe('self-care', () => {
  it('is asked for and held offline on a small screen as counts alone; few of one sex are told apart nowhere', async () => {
    const manager = await managersBoard()
    const [held, attended] = [
      await figure(manager, 'webinars on self-care held'),
      await figure(manager, 'attendances at webinars on self-care'),
    ]
    const trainer = await trainerIn('Self-care')
    await trainer.getByRole('button', { name: 'Write down a request' }).click()
    await trainer.getByLabel('Kind of agency').selectOption('police')
    await trainer.getByLabel('Kind of unit').selectOption('women-and-children-protection')
    await trainer.getByRole('radio', { name: 'stress and secondary trauma' }).check()
    await save(trainer)
    await refused(trainer, 'training.nobody-asked')
    await trainer.getByLabel('How many asked').fill('១២')
    await save(trainer)
    await trainer.getByRole('heading', { level: 1, name: '12 officers asked' }).waitFor()
    await trainer.getByRole('link', { name: 'All of self-care' }).click()
    await trainer.getByRole('button', { name: 'Write down a webinar' }).click()
    await trainer.getByRole('radio', { name: 'stress and secondary trauma' }).check()
    await save(trainer)
    await refused(trainer, 'training.nobody-attended')
    await trainer.getByRole('textbox', { name: 'Women' }).fill('14')
    await trainer.getByRole('textbox', { name: 'Men', exact: true }).fill('9')
    await trainer
      .getByRole('checkbox', { name: /women and children protection, police/ })
      .last()
      .check()
    await save(trainer)
    await trainer.getByText('Women 14 · Men 9').waitFor()
    await trainer.getByRole('link', { name: /women and children protection, police/ }).click()
    await trainer.getByRole('link', { name: /^Webinar of/ }).click()
    expect(await fits(trainer)).toBe(320)
    await sent(trainer)

    await becomes(manager, 'webinars on self-care held', held + 1)
    expect(await figure(manager, 'attendances at webinars on self-care')).toBe(attended + 23)
    await tileOf(manager, 'webinars on self-care held').click()
    await manager.getByRole('dialog').getByRole('row').nth(1).getByRole('button').first().click()
    await manager.getByText('Women 14 · Men 9').waitFor()
    expect(new URL(manager.url()).pathname).toMatch(/^\/training\/self-care\/webinars\/[0-9a-f-]{36}$/)
    await manager.goBack()

    // Four men are too few: the sexes are no longer told apart, on her own screen and on the board.
    await trainer.getByRole('button', { name: 'Correct', exact: true }).click()
    await trainer.getByRole('textbox', { name: 'Men', exact: true }).fill('4')
    await save(trainer)
    await trainer.getByText('Not told apart: a group is of fewer than five').waitFor()
    expect(await trainer.getByText('Women 14').count()).toBe(0)
    await becomes(manager, 'attendances at webinars on self-care', attended + 18)
    await openTables(manager)
    const rows = manager.getByRole('row', { name: /not split: a group was under five/ })
    await rows.getByRole('button').first().waitFor()

    await trainer.getByRole('button', { name: 'This webinar never was' }).click()
    await trainer.getByText('entered in error').first().waitFor()
    await becomes(manager, 'webinars on self-care held', held)
    for (const page of [manager, trainer]) await page.context().close()
  })
})
