import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { walksThroughDemonstration } from './walks.ts'

/** A gender focal point lets counts of her cover out; a manager and the region see them, and nobody else can let anything out. */
const { world } = walksThroughDemonstration()

/** @param pullsAfter how late each answer with entries comes, milliseconds: what a fresh device shows is not checked until then */
async function pageAt(path: string, label: string, login: string, width = 1280, pullsAfter = 0): Promise<Page> {
  const page = await (await world.browser.newContext({ viewport: { width, height: 900 } })).newPage()
  page.setDefaultTimeout(patience)
  if (pullsAfter > 0)
    await page.route('**/api/log/pull', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, pullsAfter))
      await route.continue().catch(() => undefined)
    })
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
  await page.goto(world.server.desk + path)
  await page.getByLabel('Passphrase').fill(`demonstration ${login}`)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  return page
}

describe('counts of cover', () => {
  it('are let out by no caseworker and no manager: to them the page is not there', async () => {
    for (const [label, login] of [
      ['Caseworker, Cambodia', 'caseworker.kh'],
      ['Programme manager, Cambodia', 'manager.kh'],
    ] as const) {
      const page = await pageAt('/workforce/cover/release', label, login)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await page.getByText('What leaves of your cover').count()).toBe(0)
      await page.context().close()
    }
  })

  it('are withdrawn in two steps, seen before they leave, and let out again: in bands, held to what was shown', async () => {
    const page = await pageAt('/workforce/cover/release', 'Gender focal point, Cambodia', 'focal-point.kh', 320, 3_000)
    await page.getByText('All cut-offs are released').waitFor()
    await page.getByRole('button', { name: 'Withdraw' }).first().click()
    await page.getByText(/Whoever saw it has seen it/).waitFor()
    await page.getByRole('button', { name: 'Withdraw it' }).click()
    await page.getByRole('button', { name: 'Show what would leave' }).click()
    const leaves = page.getByRole('region', { name: 'This leaves, and nothing else' })
    await leaves
      .getByText(/^\d+–\d+ of \d+–\d+ \(\d+–\d+ %\)$/)
      .first()
      .waitFor()
    await leaves.getByText(/Held as it was shown for/).waitFor()
    // Neither a post, nor a number that is no end of a band.
    expect(await leaves.textContent()).not.toMatch(/\(invented\)|A-1|night gap/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await leaves.getByRole('button', { name: 'Let this out' }).click()
    await page.getByText('All cut-offs are released').waitFor()
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })

  it('stand by country, agency and cut-off before a manager of the programme and before the region', async () => {
    const manager = await pageAt('/workforce/cover/released', 'Programme manager, Cambodia', 'manager.kh')
    const newest = (of: Page) => of.getByRole('table', { name: 'The newest release of each agency' })
    await newest(manager)
      .getByRole('row', { name: /Cambodia border police/ })
      .waitFor()
    expect(await newest(manager).getByRole('row').count()).toBe(2)
    const region = await pageAt('/workforce/cover/released', 'Regional manager', 'manager.region')
    await newest(region)
      .getByRole('row', { name: /Indonesia border police/ })
      .waitFor()
    expect(await newest(region).getByRole('row').count()).toBe(8)
    await newest(region)
      .getByRole('row', { name: /Lao PDR.*Too few posts or shifts to tell/ })
      .waitFor()
    const trend = region.getByRole('table', { name: /^Cut-off by cut-off/ })
    expect(await trend.getByRole('columnheader').count()).toBe(5)
    // A year of training in one agency is seen; what it lets out has moved past a neighbouring band.
    const moved = trend.getByRole('row', { name: /Indonesia/ }).getByRole('cell')
    const said = (await moved.allTextContents()).slice(1).map((each) => each.replace(/ \(.*$/, ''))
    expect(new Set(said).size).toBeGreaterThan(1)
  })
})
