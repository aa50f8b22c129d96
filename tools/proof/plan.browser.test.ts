import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser/open-browser.ts'
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
  page.setDefaultTimeout(20_000)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
  return page
}

const patient = { timeout: 20_000 }

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

describe('what a programme plans', () => {
  it('is said offline on a small screen, with a refusal and a correction, and the board counts by it', async () => {
    const manager = await pageOf('Programme manager, Cambodia', { width: 320, height: 640 })
    await manager.getByText('Everything sent').first().waitFor()
    await go(manager, 'Results')
    const sessions = 'training sessions held'
    await manager.getByText(sessions).first().waitFor()
    const all = await tile(manager, sessions)
    expect(all).toContain('Baseline and target: not given')
    const held = Number(/^\d+/.exec(all)?.[0])
    expect(held).toBeGreaterThan(0)
    await manager.getByLabel('Period').selectOption('Japan, phase I')
    await manager.getByText('Nobody has said when this phase is').waitFor()
    await manager.getByRole('link', { name: 'Plan: phases, baselines, targets' }).click()
    await manager.getByRole('heading', { level: 1, name: 'What the programme plans' }).waitFor()
    await manager.context().setOffline(true)

    const phases = manager.getByRole('region', { name: 'Phases' })
    await phases.getByRole('button', { name: 'Say when' }).first().click()
    const form = phases.getByRole('form', { name: 'Japan, phase I', exact: true })
    const save = () => form.getByRole('button', { name: 'Save', exact: true }).click()
    await quarter(form, 'First quarter', '1', '2026')
    await quarter(form, 'Last quarter', '4', '2018')
    await save()
    await form.getByRole('alert').getByText('plan.phase-backwards').waitFor()
    await quarter(form, 'Last quarter', '4', '2026')
    await quarter(form, 'First quarter', '1', '2018')
    await save()
    await form.getByRole('alert').getByText('plan.no-source').waitFor()
    await form.getByLabel('Source').fill('Grant agreement (invented)')
    await save()
    await phases.getByText('Source: Grant agreement (invented)').waitFor()
    await phases.getByRole('button', { name: 'Say when' }).first().click()
    const second = phases.getByRole('form', { name: 'Japan, phase II', exact: true })
    await quarter(second, 'First quarter', '4', '2026')
    await quarter(second, 'Last quarter', '4', '2027')
    await second.getByLabel('Source').fill('Grant agreement (invented)')
    await second.getByRole('button', { name: 'Save', exact: true }).click()
    await second.getByRole('alert').getByText('plan.phases-overlap').waitFor()
    await second.getByRole('button', { name: 'Give up' }).click()

    await manager.getByRole('table', { name: 'Officers trained' }).getByRole('button', { name: sessions }).click()
    await manager.getByText('Each session that was held, once').waitFor()
    await manager.getByRole('button', { name: 'Set a target' }).click()
    const target = manager.getByRole('form', { name: 'Set a target' })
    await target.getByLabel('Of which period').selectOption('Japan, phase I')
    await target.getByLabel('Number').fill('many')
    await target.getByLabel('Source').fill('Project document (invented)')
    await target.getByRole('button', { name: 'Save', exact: true }).click()
    await target.getByRole('alert').getByText('plan.not-a-number').waitFor()
    await target.getByLabel('Number').fill(String(held + 6))
    await target.getByRole('button', { name: 'Save', exact: true }).click()
    await manager.getByText(`at least ${held + 6}`).waitFor()
    await manager.getByRole('button', { name: 'Set a baseline' }).click()
    const baseline = manager.getByRole('form', { name: 'Set a baseline' })
    await baseline.getByLabel('Number').fill('2')
    await baseline.getByRole('radio', { name: 'about' }).check()
    await baseline.getByLabel('Year').fill('2019')
    await baseline.getByLabel('Source').fill('Survey (invented)')
    await baseline.getByRole('button', { name: 'Save', exact: true }).click()
    await manager.getByText('about 2', { exact: true }).waitFor()
    expect(await scroll(manager)).toBe(320)
    await manager.context().setOffline(false)
    await manager.getByText('Everything sent').first().waitFor()

    // The whole programme lies in the phase as it is dated now.
    await go(manager, 'Results')
    await manager.getByLabel('Period').selectOption('Japan, phase I')
    const aim = `Target: at least ${held + 6}. Project document (invented)`
    await expect.poll(() => tile(manager, sessions), patient).toContain(aim)
    expect(await tile(manager, sessions)).toMatch(new RegExp(`^${held}training sessions held`))
    expect(await tile(manager, sessions)).toContain('Baseline, 2019: about 2. Survey (invented)')
    await manager.getByRole('progressbar', { name: `${held} of ${held + 6}` }).waitFor()
    // Of survivors no phase is shown beside the years, and the screen says why.
    await manager.getByText('Not shown by phase').first().waitFor()
    expect(await scroll(manager)).toBe(320)

    // A correction is an entry, and the figures of the phase are counted again.
    await manager.getByRole('link', { name: 'Plan: phases, baselines, targets' }).click()
    await phases.getByRole('button', { name: 'Correct', exact: true }).click()
    await quarter(form, 'Last quarter', '1', '2018')
    await save()
    await form.waitFor({ state: 'detached' })
    await manager.getByText('Everything sent').first().waitFor()
    await go(manager, 'Results')
    await manager.getByLabel('Period').selectOption('Japan, phase I')
    await expect.poll(() => tile(manager, sessions), patient).toContain('Nothing recorded')
    await manager.context().close()
  })

  it('is read by everyone of the programme, and written by nobody else', async () => {
    const trainer = await pageOf('Trainer, Cambodia', { width: 1280, height: 900 })
    await trainer.goto(`${world.server.desk}/results/plan`)
    await trainer.getByLabel('Passphrase').fill('demonstration trainer.kh')
    await trainer.getByRole('button', { name: 'Open', exact: true }).click()
    await trainer.getByText('Source: Grant agreement (invented)').waitFor()
    expect(await trainer.getByRole('button', { name: /^(Say when|Correct)$/ }).count()).toBe(0)
    await trainer.context().close()
  })
})
