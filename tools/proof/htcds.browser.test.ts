import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join as path } from 'node:path'
import { csvOf, invented } from '@lentera/core/support/htcds/testing/women'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** What a caseworker brought in from a file, on the small screen of a colleague. */
const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests

beforeAll(async () => {
  Object.assign(world, await openDemonstration(), { browser: await openBrowser() })
})

afterAll(async () => {
  await world.browser?.close()
  await world.close?.()
})

function importFile(file: string): Promise<number | null> {
  const data = path(world.folder, 'command-line')
  mkdirSync(data, { recursive: true })
  writeFileSync(path(data, 'running.json'), JSON.stringify({ stopping: false, desk: world.server.desk }))
  const child = spawn(
    process.execPath,
    [
      path(import.meta.dirname, '../lentera/main.ts'),
      'import',
      'htcds',
      file,
      '--as',
      'caseworker.kh',
      '--yes',
      '--limits-explained',
    ],
    { env: { ...process.env, LENTERA_DATA: data, INIT_CWD: world.folder }, stdio: 'ignore' },
  )
  return new Promise((resolve) => child.on('close', resolve))
}

it('a colleague of the team opens what was sealed, in her language of codes', async () => {
  const file = path(world.folder, 'women.csv')
  const women = [1, 2].map((n) => ({
    ...invented,
    prs_FirstName: 'Filewoman (invented)',
    prs_SecondName: `${n}`,
    prs_MobilePhone: '+855 00 111 222',
    vic_TypeOfExploitation: 'ForcedMarriage;Surrogacy',
    cco_CaseComment: 'Invented, told to another programme.',
  }))
  writeFileSync(file, csvOf(women))
  expect(await importFile(file)).toBe(0)

  const page = await (await world.browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
  page.setDefaultTimeout(patience)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: /^Supervisor, Cambodia/ }).click()
  await page.getByText('Everything sent').first().waitFor()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: /^Cases/ }).click()
  await page.getByLabel('Search').fill('Filewoman')
  await page.getByRole('link', { name: 'Filewoman (invented) 2' }).click()
  await page.getByText('Invented, told to another programme.').first().waitFor()
  await page.getByText('prs_MobilePhone (not known to be safe): +855 00 111 222').first().waitFor()
  await page.getByText('forced marriage, forced surrogacy').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect(await page.title()).not.toContain('Filewoman')
})
