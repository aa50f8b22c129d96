import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A programme manager with a telephone and no network says what is planned; the board counts by it and shows it. */
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

async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name, exact: true }).click()
}

/** The whole text of the tile of an indicator; its number stands first. */
async function tile(page: Page, indicator: string): Promise<string> {
  return (await page.locator('.card').filter({ hasText: indicator }).first().textContent()) ?? ''
}

async function quarter(page: Locator, label: string, of: string, year: string): Promise<void> {
  const field = page.getByRole('group', { name: label })
  await field.getByLabel('Quarter').selectOption(of)
  await field.getByLabel('Year').fill(year)
}

const scroll = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

/** The quarter that runs: the demonstration's last phase ends with it. */
const runs = new Date()
const [year, thisQuarter] = [String(runs.getFullYear()), String(Math.floor(runs.getMonth() / 3) + 1)]

describe('what a programme plans', () => {
  it('is said offline on a small screen, with refusals and a correction, and the board counts by it', async () => {
    const manager = await pageOf('Programme manager, Cambodia', { width: 320, height: 640 })
    await manager.getByText('Everything sent').first().waitFor()
    await go(manager, 'Results')
    const sessions = 'training sessions held'
    await manager.getByText(sessions).first().waitFor()
    expect(await tile(manager, sessions)).toContain('Baseline and target: not given')
    /** The sessions of a phase; none where nothing is recorded. */
    const heldIn = async (phase: string): Promise<number> => {
      const answered = manager.waitForResponse((response) => response.url().includes('/api/figures?period='))
      await manager.getByLabel('Period').selectOption(phase)
      await (await answered).finished()
      // Of survivors no phase is shown beside the years, and the screen says why.
      await manager.getByText('Not shown by phase').first().waitFor()
      // What was answered is drawn a moment later, in the place of the phase before.
      await manager.waitForTimeout(500)
      return Number(/^\d+/.exec(await tile(manager, sessions))?.[0] ?? 0)
    }
    const held = (await heldIn('Canada, phase III')) + (await heldIn('Japan, phase II'))
    expect(held).toBeGreaterThan(0)
    await manager.getByRole('link', { name: 'Plan: phases, baselines, targets' }).click()
    await manager.getByRole('heading', { level: 1, name: 'What the programme plans' }).waitFor()
    await manager.context().setOffline(true)

    const row = (phase: string) =>
      manager.getByRole('region', { name: 'Phases' }).getByRole('listitem').filter({ hasText: phase })
    const correct = async (phase: string): Promise<Locator> => {
      await row(phase).getByRole('button', { name: 'Correct', exact: true }).click()
      return row(phase).getByRole('form')
    }
    const save = (form: Locator) => form.getByRole('button', { name: 'Save', exact: true }).click()
    const japan = await correct('Japan, phase II')
    await quarter(japan, 'Last quarter', '4', '2018')
    await save(japan)
    await japan.getByRole('alert').getByText('plan.phase-backwards').waitFor()
    await quarter(japan, 'Last quarter', thisQuarter, year)
    await save(japan)
    await japan.getByRole('alert').getByText('plan.phases-overlap').waitFor()
    // The last grant never was: then the one before it may have its quarters, and not the other way round afterwards.
    await (await correct('Canada, phase III')).getByRole('button', { name: 'This was never so' }).click()
    await row('Canada, phase III').getByText('entered in error').waitFor()
    await japan.getByLabel('Source').fill(' ')
    await save(japan)
    await japan.getByRole('alert').getByText('plan.no-source').waitFor()
    await japan.getByLabel('Source').fill('Grant agreement, prolonged (invented)')
    await save(japan)
    await row('Japan, phase II').getByText('Grant agreement, prolonged (invented)').waitFor()
    const canada = await correct('Canada, phase III')
    await canada.getByRole('button', { name: 'It was', exact: false }).click()
    await canada.getByRole('alert').getByText('plan.phases-overlap').waitFor()
    await canada.getByRole('button', { name: 'Give up' }).click()

    await manager.getByRole('list', { name: 'Officers trained' }).getByRole('button', { name: sessions }).click()
    await manager.getByText('Each session that was held, once').waitFor()
    await manager.getByRole('button', { name: 'Set a target' }).click()
    const target = manager.getByRole('form', { name: 'Set a target' })
    await target.getByLabel('Of which period').selectOption('Japan, phase II')
    await target.getByLabel('Number').fill('many')
    await target.getByLabel('Source').fill('Project document (invented)')
    await save(target)
    await target.getByRole('alert').getByText('plan.not-a-number').waitFor()
    await target.getByLabel('Number').fill(String(held + 6))
    await save(target)
    await manager.getByText(`at least ${held + 6}`).waitFor()
    await manager.getByRole('button', { name: 'Set a baseline' }).click()
    const baseline = manager.getByRole('form', { name: 'Set a baseline' })
    await baseline.getByLabel('Number').fill('2')
    await baseline.getByRole('radio', { name: 'about' }).check()
    await baseline.getByLabel('Year').fill('2019')
    await baseline.getByLabel('Source').fill('Survey (invented)')
    await save(baseline)
    await manager.getByText('about 2', { exact: true }).waitFor()
    expect(await scroll(manager)).toBe(320)
    await manager.context().setOffline(false)
    await manager.getByText('Everything sent').first().waitFor()

    // Counted again with the entry that moved it: the quarters of both, and the target beside them.
    await go(manager, 'Results')
    expect(await heldIn('Japan, phase II')).toBe(held)
    expect(await tile(manager, sessions)).toContain(`Target: at least ${held + 6}. Project document (invented)`)
    expect(await tile(manager, sessions)).toContain('Baseline, 2019: about 2. Survey (invented)')
    await manager.getByRole('progressbar', { name: `${held} of ${held + 6}` }).waitFor()
    expect(await heldIn('Canada, phase III')).toBe(0)
    await manager.getByText('Nobody has said when this phase is').waitFor()
    expect(await scroll(manager)).toBe(320)
    await manager.context().close()
  })

  it('is read by everyone of the programme, and written by nobody else', async () => {
    const trainer = await pageOf('Trainer, Cambodia', { width: 1280, height: 900 })
    await trainer.goto(`${world.server.desk}/results/plan`)
    await trainer.getByLabel('Passphrase').fill('demonstration trainer.kh')
    await trainer.getByRole('button', { name: 'Open', exact: true }).click()
    await trainer.getByText('Source: Grant agreement, prolonged (invented)').waitFor()
    expect(await trainer.getByRole('button', { name: /^(Say when|Correct)$/ }).count()).toBe(0)
    await trainer.context().close()
  })
})
