import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { joinSheets } from '@lentera/sealed/open'
import { type RunningServer, startServer } from '@lentera/server/main'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { builtDesk } from './built-desk.ts'

const world = {} as { server: RunningServer; browser: Browser; database: TestDatabase; folder: string } // filled before all tests

beforeAll(async () => {
  world.folder = mkdtempSync(join(tmpdir(), 'lentera-first-run-'))
  world.database = await createTestDatabase()
  world.server = await startServer({
    databaseUrl: world.database.ownerUrl,
    deskPort: 0,
    portalPort: 0,
    deskFolder: await builtDesk(),
    dataFolder: world.folder,
    empty: true,
    say: () => undefined,
  })
  world.browser = await openBrowser()
})

afterAll(async () => {
  await world.browser?.close()
  await world.server?.stop()
  await world.database?.drop()
  rmSync(world.folder, { recursive: true, force: true })
})

const administrators = 'seven wet lanterns at noon'
const workers = 'quiet green kettle walks'
/** The caseworker's recovery code, as it went to paper. */
const hersPrinted: string[] = []

describe('the guided path from an empty server', () => {
  it('founds an organisation whose key is on the two sheets and nowhere else, and admits its first caseworker', async () => {
    const page = await (await world.browser.newContext()).newPage()
    page.setDefaultTimeout(patience)
    await page.goto(world.server.setup ?? '')
    await at(page, 'Your organisation')
    // The right to found is used up by whoever reads it in a history: it must not stand in the address.
    expect(page.url()).not.toContain('#')
    await fill(page, 'Name of the organisation', 'River house')
    await fill(page, 'Name of the programme', 'Cambodia')
    await page.getByLabel('Country').selectOption('KH')
    await next(page, 'Your own account')
    await fill(page, 'Name of the post', 'Administrator')
    await fill(page, 'Login name', 'administrator')
    await fill(page, 'Passphrase', 'too short')
    await fill(page, 'The same passphrase again', 'too short')
    expect(await page.getByRole('button', { name: 'Continue' }).isEnabled()).toBe(false)
    await fill(page, 'Passphrase', administrators)
    await fill(page, 'The same passphrase again', administrators)
    await next(page, "The organisation's key")

    await page.getByRole('button', { name: 'Back' }).click()
    await at(page, 'Your own account')
    expect(await page.getByLabel('Login name').inputValue()).toBe('administrator')
    await next(page, "The organisation's key")

    await next(page, 'Print sheet 1 of 2')
    const first = await printed(page)
    await next(page, 'Print sheet 2 of 2')
    const second = await printed(page)
    await next(page, 'Read the paper back')
    await fill(page, 'Line 5 of sheet 1', second[4] ?? '')
    await fill(page, 'Line 5 of sheet 2', second[4] ?? '')
    expect(await page.getByRole('button', { name: 'Continue' }).isEnabled()).toBe(false)
    await fill(page, 'Line 5 of sheet 1', (first[4] ?? '').toLowerCase().replaceAll('-', ' '))
    await next(page, 'Found River house')
    await next(page, 'Print your recovery code')
    expect(await printed(page)).toHaveLength(4)

    await next(page, 'Admit the first caseworker')
    await fill(page, 'Name of the post', 'Caseworker 1')
    await fill(page, 'Name of her team', 'Casework')
    await fill(page, 'Login name', 'worker')
    await fill(page, 'Passphrase', workers)
    await fill(page, 'The same passphrase again', workers)
    await next(page, 'Print her recovery code')
    expect(await printed(page)).toHaveLength(4)
    hersPrinted.push(...(await printed(page)))
    await next(page, 'River house is founded')
    await page.getByRole('button', { name: 'Open the desk' }).click()
    await page.getByRole('navigation').first().waitFor()

    const joined = await joinSheets([first.join('\n'), second.join('\n')])
    if (!joined.ok) throw new Error(joined.refusal.code)
    expect(await rootsOf(world.database)).toEqual([joined.value.root.sign.public])
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))
    for (const line of [...first, ...second]) expect(kept).not.toContain(line)

    const hers = await (await world.browser.newContext()).newPage()
    hers.setDefaultTimeout(patience)
    await hers.goto(world.server.desk)
    await fill(hers, 'Login name', 'worker')
    await fill(hers, 'Passphrase', workers)
    await hers.getByRole('button', { name: 'Sign in' }).click()
    await hers.getByRole('navigation').first().waitFor()
    await hers.keyboard.press('n')
    await at(hers, 'New case')
  })

  it('leads back in by the printed code, and to another passphrase on the page of the device', async () => {
    const page = await (await world.browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
    page.setDefaultTimeout(patience)
    await page.goto(world.server.desk)
    await page.getByRole('button', { name: 'I have lost my passphrase' }).click()
    await at(page, 'A new passphrase by your recovery code')
    await fill(page, 'Login name', 'worker')
    await fill(page, 'Recovery code', hersPrinted.join('\n').toLowerCase())
    await fill(page, 'New passphrase', 'a heron over wet roofs')
    await fill(page, 'The same passphrase again', 'a heron over wet roofs')
    await next(page, 'Print your new recovery code')
    const anew = await printed(page)
    expect(anew).toHaveLength(4)
    expect(anew).not.toEqual(hersPrinted)
    await page.getByRole('button', { name: 'It is printed' }).click()
    await page.getByRole('button', { name: 'Lock' }).first().waitFor()

    await page.goto(`${world.server.desk}/device`)
    await fill(page, 'Passphrase', 'a heron over wet roofs')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('button', { name: 'Change the passphrase' }).click()
    await fill(page, 'Present passphrase', workers)
    await fill(page, 'New passphrase', 'tin boats under the bridge')
    await fill(page, 'The same passphrase again', 'tin boats under the bridge')
    await page.getByRole('button', { name: 'Change the passphrase' }).click()
    await page.getByRole('alert').getByText('desk.passphrase-wrong').waitFor()
    await fill(page, 'Present passphrase', 'a heron over wet roofs')
    await page.getByRole('button', { name: 'Change the passphrase' }).click()
    await page.getByText('Your passphrase is changed.').waitFor()
    await page.getByRole('button', { name: 'Print a new recovery code' }).click()
    await fill(page, 'Present passphrase', 'tin boats under the bridge')
    await page.getByRole('button', { name: 'Print a new recovery code' }).click()
    await page.getByRole('figure').waitFor()
    expect(await printed(page)).not.toEqual(anew)
    await page.getByRole('button', { name: 'It is printed' }).click()
    await page.getByText('The new recovery code holds.').waitFor()
    await page.context().close()
  })

  it('cannot be walked twice with one address', async () => {
    const page = await (await world.browser.newContext()).newPage()
    await page.goto(world.server.setup ?? '')
    await at(page, 'Sign in')
    expect(page.url()).not.toContain('#')
  })
})

const at = (page: Page, title: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()

const fill = (page: Page, label: string, value: string): Promise<void> =>
  page.getByLabel(label, { exact: true }).fill(value)

async function next(page: Page, title: string): Promise<void> {
  await page.locator('button[type=submit]').click()
  await at(page, title)
}

const printed = (page: Page): Promise<string[]> => page.locator('figure li').allTextContents()

/** What the programme has written down of its organisations' roots. */
async function rootsOf({ ownerUrl }: TestDatabase): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ root_sign: string }>('select root_sign from lentera.organisation')
    return rows.map((row) => row.root_sign)
  } finally {
    await client.end()
  }
}
