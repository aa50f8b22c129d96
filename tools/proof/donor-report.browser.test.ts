import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A programme manager with a telephone writes to a donor: opened with the network, written without it, taken along as a file. */
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

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

/** The choice of a list that stands at a place, the one that asks for a choice not counted. */
async function choose(page: Page, label: string, at: number | string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await field.selectOption(typeof at === 'number' ? { index: at } : at)
}

describe('a donor report', () => {
  it('is not there for a trainer, who is offered no way to it', async () => {
    const trainer = await pageOf('Trainer, Cambodia', { width: 1280, height: 900 })
    await trainer.getByRole('link', { name: 'Results' }).click()
    await trainer.getByText('officers trained').first().waitFor()
    expect(await trainer.getByRole('link', { name: 'Donor reports' }).count()).toBe(0)
    await trainer.context().close()
  })

  it('is opened at a cut-off, written offline with figures in their places, and handed over as DOCX and XLSX', async () => {
    const manager = await pageOf('Programme manager, Cambodia', { width: 320, height: 640 })
    await manager.getByText('Everything sent').first().waitFor()
    await manager.getByRole('button', { name: 'Menu' }).click()
    await manager.getByRole('link', { name: 'Results', exact: true }).click()
    await manager.getByRole('link', { name: 'Donor reports' }).click()
    await manager.getByRole('heading', { level: 1, name: 'Donor reports' }).waitFor()
    const open = () => manager.getByRole('button', { name: 'Open the report' }).click()
    await open()
    await manager.getByRole('alert').getByText('donor-report.no-phase').waitFor()
    await choose(manager, 'Phase', 'Japan, phase II')
    await open()
    await manager.getByRole('alert').getByText('donor-report.quarter-outside-phase').waitFor()
    await choose(manager, 'Quarter', 1)
    await open()
    await manager.getByRole('alert').getByText('donor-report.no-such-cut-off').waitFor()
    await choose(manager, 'Cut-off', 1)
    expect(await width(manager)).toBe(320)
    await open()
    await manager.getByRole('heading', { level: 1, name: /^Report on .*: Japan, phase II$/ }).waitFor()
    await manager.getByText('Its figures are frozen at the cut-off').waitFor()
    const table = manager.getByRole('region', { name: '3 Capacity of front-line officers' }).getByRole('table')
    const trained = table.getByRole('row', { name: /^officers trained/ })
    await trained.waitFor()
    expect(await trained.textContent()).toMatch(/\d/)
    // Of survivors neither quarter nor phase, and both say so.
    const survivors = manager
      .getByRole('region', { name: /^1 Community/ })
      .getByRole('row', { name: /^survivors supported/ })
    expect(await survivors.textContent()).toContain('not released by quarternot released by phase')

    await manager.context().setOffline(true)
    const form = manager.getByRole('form', { name: '3 Capacity of front-line officers' })
    const text = form.getByRole('textbox')
    await text.fill('In all {officers-traned} officers')
    await form.getByText('No names, no stories, no place of a survivor.').waitFor()
    await form.getByRole('button', { name: 'Save the text' }).click()
    await form.getByRole('alert').getByText('donor-report.unknown-slot').waitFor()
    await text.fill('In all')
    await form.getByLabel('Put a figure into the text').selectOption('officers trained · Since the beginning')
    expect(await text.inputValue()).toBe('In all {officers-trained:all}')
    await text.fill('In all {officers-trained:all} officers learnt to see & to help.')
    await form.getByRole('button', { name: 'Save the text' }).click()
    await form.getByText('Typed and kept on this device').waitFor({ state: 'detached' })
    const summary = manager.getByRole('form', { name: 'Summary' })
    await summary.getByRole('textbox').fill('A quarter of work (invented).')
    await summary.getByRole('button', { name: 'Save the text' }).click()
    await summary.getByText('Typed and kept on this device').waitFor({ state: 'detached' })
    expect(await width(manager)).toBe(320)
    // A file holds what has been sent: it waits for the network, and the page says so.
    await manager.getByText('What you wrote last has not been sent yet').waitFor()
    expect(await manager.getByRole('button', { name: 'Download as DOCX' }).isDisabled()).toBe(true)
    await manager.context().setOffline(false)
    await manager.getByText('Everything sent').first().waitFor()

    // A correction is the text written anew.
    await summary.getByRole('textbox').fill('A good quarter of work (invented).')
    await summary.getByRole('button', { name: 'Save the text' }).click()
    await manager.getByText('Everything sent').first().waitFor()
    const reads = (await manager.getByText('officers learnt to see & to help.').last().textContent()) ?? ''
    expect(reads).toMatch(/^In all [\d,]+ officers learnt/)

    const name = (form: string) => new RegExp(`^DEMONSTRATION-donor-report-japan-2-\\d{4}-Q\\d-en\\.${form}$`)
    for (const form of ['docx', 'xlsx'] as const) {
      const [download] = await Promise.all([
        manager.waitForEvent('download'),
        manager.getByRole('button', { name: `Download as ${form.toUpperCase()}` }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(name(form))
      const parts = unzipSync(new Uint8Array(await readFile(await download.path())))
      const body = strFromU8(parts[form === 'docx' ? 'word/document.xml' : 'xl/sharedStrings.xml'] ?? new Uint8Array())
      expect(body.includes('A good quarter of work (invented).')).toBe(true)
      expect(body.includes(reads.replace('&', '&amp;'))).toBe(true)
    }

    await manager.getByRole('button', { name: 'This report was never meant' }).click()
    await manager.getByRole('alert').getByText('donor-report.entered-in-error').waitFor()
    await manager.getByRole('link', { name: 'Donor reports' }).click()
    await manager.getByText('entered in error').waitFor()
    await manager.context().close()
  })
})
