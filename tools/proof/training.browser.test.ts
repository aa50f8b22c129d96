import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A trainer with a sheet of paper, a telephone and no network; and the programme manager, whose figure moves. */
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

/** The number on a tile of the board. */
async function figure(page: Page, indicator: string): Promise<number> {
  const tile = page.getByRole('button', { name: new RegExp(`\\d+ ${indicator}`) }).first()
  return Number(/\d+/.exec((await tile.textContent()) ?? '')?.[0])
}

describe('an officer who works with no survivor', () => {
  it.each(['/cases/new', '/justice/new', '/stories/new', '/livelihoods/new'])(
    'is asked for nobody’s name at %s',
    async (path) => {
      const officer = await pageOf('Front-line officer, Cambodia', { width: 320, height: 640 })
      await officer.getByText('Everything sent').first().waitFor()
      await officer.goto(`${world.server.desk}${path}`)
      await officer.getByLabel('Passphrase').fill('demonstration officer.kh')
      await officer.getByRole('button', { name: 'Open', exact: true }).click()
      await officer.getByText('This is not the work of your post').waitFor()
      expect(await officer.getByRole('main').getByRole('textbox').count()).toBe(0)
      await officer.context().close()
    },
  )
})

describe('a sheet of attendance', () => {
  it('is entered offline on a small screen, and moves the manager’s figure, which opens down to its row', async () => {
    const manager = await pageOf('Programme manager, Cambodia', { width: 1280, height: 900 })
    await manager.goto(`${world.server.desk}/results`)
    await manager.getByLabel('Passphrase').fill('demonstration manager.kh')
    await manager.getByRole('button', { name: 'Open', exact: true }).click()
    const before = await figure(manager, 'officers trained')
    expect(before).toBeGreaterThan(20)

    const trainer = await pageOf('Trainer, Cambodia', { width: 320, height: 640 })
    await trainer.getByText('Everything sent').first().waitFor()
    await trainer.getByRole('button', { name: 'Menu' }).click()
    await trainer.getByRole('link', { name: 'Training' }).click()
    await trainer.getByRole('heading', { level: 1, name: /^\d+ sessions held/ }).waitFor()
    await trainer.context().setOffline(true)
    await trainer.getByRole('button', { name: 'Write down a session' }).click()
    await trainer.getByRole('button', { name: 'Save the session' }).click()
    await trainer.getByRole('alert').getByText('training.no-module').waitFor()
    await trainer.getByRole('checkbox', { name: '1 See' }).check()
    await trainer.getByRole('button', { name: 'Save the session' }).click()
    await trainer.getByRole('button', { name: 'Enter a sheet of attendance' }).click()
    await trainer.getByRole('radio', { name: 'woman', exact: true }).check()
    await trainer.getByLabel('Kind of agency').selectOption('customs')
    await trainer.getByRole('button', { name: 'Add an officer' }).click()
    await trainer.getByRole('button', { name: 'Save 2 officers' }).click()
    await trainer.getByRole('alert').getByText('Row 2 is not complete').waitFor()
    // Locked in the middle of the sheet: it is open again, with what was typed.
    await trainer.getByRole('button', { name: 'Lock' }).first().click()
    await trainer.getByLabel('Passphrase').fill('demonstration trainer.kh')
    await trainer.getByRole('button', { name: 'Open', exact: true }).click()
    await trainer.getByRole('button', { name: 'Save 2 officers' }).waitFor()
    expect(await trainer.getByRole('radio', { name: 'woman', exact: true }).first().isChecked()).toBe(true)
    await trainer.getByRole('radio', { name: 'man', exact: true }).nth(1).check()
    await trainer.getByRole('button', { name: 'Save 2 officers' }).click()
    await trainer.getByRole('heading', { level: 1, name: '2 officers, one of them a woman' }).waitFor()
    expect(await trainer.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await trainer.context().setOffline(false)
    await trainer.getByText('Everything sent').first().waitFor()

    await manager.getByRole('button', { name: 'Count again' }).click()
    await expect.poll(() => figure(manager, 'officers trained')).toBe(before + 2)
    await manager
      .getByRole('button', { name: /officers trained/ })
      .first()
      .click()
    const door = manager.getByRole('dialog')
    await door
      .getByRole('row', { name: /customs/ })
      .first()
      .getByRole('button')
      .first()
      .click()
    await manager.getByRole('heading', { level: 1, name: /officers/ }).waitFor()
    expect(new URL(manager.url()).pathname).toMatch(/^\/training\/[0-9a-f-]{36}$/)

    // A correction is an entry, and moves it back.
    await trainer.getByRole('button', { name: 'Correct', exact: true }).first().click()
    await trainer.getByRole('button', { name: 'She was not there' }).click()
    await trainer.getByText('entered in error').first().waitFor()
    await manager.goBack()
    await expect
      .poll(
        async () => {
          await manager.getByRole('button', { name: 'Count again' }).click()
          return figure(manager, 'officers trained')
        },
        { timeout: patience },
      )
      .toBe(before + 1)
    for (const page of [manager, trainer]) await page.context().close()
  })
})
