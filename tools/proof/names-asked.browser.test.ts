import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration, signInAs } from './demonstration-world.ts'

/** A steward who brings records of which one column looks like names, on a small screen. */
const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests

beforeAll(async () => {
  Object.assign(world, await openDemonstration(), { browser: await openBrowser() })
})

afterAll(async () => {
  await world.browser?.close()
  await world.close?.()
})

it('the column is named, and the file is taken only once she ticks that it holds no names', async () => {
  const names = ['Anna Brown', 'John Jones', 'Mary Miller', 'Peter Smith', 'Ruth Sok', 'Lin Phan']
  const rows = Array.from({ length: 1200 }, (_, at) => `${at % 2 ? 'f' : 'm'},${at % 3},${names[at % 6]}`)
  const page = await (await world.browser.newContext()).newPage()
  page.setDefaultTimeout(patience)
  await signInAs(page, world.server.desk, 'Data steward, region')
  await page
    .getByRole('link', { name: /^Publications/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Bring a file' }).click()
  await page.setViewportSize({ width: 320, height: 640 })
  await page.getByRole('radio', { name: /^Coded records/ }).check()
  await page.getByLabel('Choose the file').setInputFiles({
    name: 'records.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`sex,group,remark\n${rows.join('\n')}\n`),
  })
  await page.getByText('The column “remark” may hold names of persons').waitFor()
  const tick = page.getByLabel('“remark” holds no names of persons and no telephone numbers')
  expect(await page.getByText('rows with the columns').count()).toBe(0)
  await tick.check()
  await page.getByText('1,200 rows with the columns sex, group, remark.').waitFor()
  expect(await tick.isChecked()).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  await tick.uncheck()
  await page.getByText('The column “remark” may hold names of persons').waitFor()
  expect(await page.getByText('rows with the columns').count()).toBe(0)
})
