import { openPool } from '@lentera/server/database'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'
import { spellings } from './spellings.ts'

/** A livelihoods officer at a course in a village, with a telephone and no network; and those who may not see whom she meets. */
const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests
const name = 'កាណារី Canary Pearlwoman'

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

async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: place }).click()
}

const tileOf = (page: Page, indicator: string) => page.getByRole('button', { name: new RegExp(indicator) }).first()
const numberOf = async (page: Page, indicator: string): Promise<number> =>
  Number(/\d+/.exec((await tileOf(page, indicator).textContent()) ?? '')?.[0])

const trained = 'women trained in livelihoods'
const supported = 'women given cash or in-kind support'

const counts = async (page: Page): Promise<number[]> => [await numberOf(page, trained), await numberOf(page, supported)]

/** Every row of every table, as text. */
async function everythingKept(): Promise<string> {
  const database = openPool(world.databaseUrl, 1)
  try {
    return await database.asOwner(async (transaction) => {
      const tables = await transaction.query<{ name: string }>(
        'tables',
        "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'lentera'",
      )
      const texts: string[] = []
      for (const table of tables) {
        const rows = await transaction.query<{ row: string }>(
          `rows of ${table.name}`,
          `select kept::text as row from ${table.name} as kept`,
        )
        texts.push(...rows.map(({ row }) => row))
      }
      return texts.join('\n')
    })
  } finally {
    await database.close()
  }
}

describe('a participant', () => {
  it('is registered offline on a small screen, counted for her officer’s team, and named nowhere but on its devices', async () => {
    const officer = await pageOf('Livelihoods officer, Cambodia', { width: 320, height: 640 })
    await officer.getByText('Everything sent').first().waitFor()
    await go(officer, 'Results')
    const before = await counts(officer)
    const [ofCourses = 0, ofGrants = 0] = before
    expect(ofCourses).toBeGreaterThan(ofGrants)
    expect(ofGrants).toBeGreaterThan(5)
    await go(officer, 'Livelihoods')
    await officer.getByRole('heading', { level: 1, name: /^\d+ participants/ }).waitFor()
    await officer.getByLabel('Search by name, contact or code').fill('jade 15')
    await expect.poll(() => officer.getByRole('listitem').filter({ hasText: '(invented)' }).count()).toBe(1)

    await officer.context().setOffline(true)
    await officer.getByRole('button', { name: 'Register a participant' }).click()
    await officer.getByRole('button', { name: 'Register her' }).click()
    await officer.getByRole('alert').getByText('livelihoods.no-name').waitFor()
    await officer.getByLabel('Name').fill(name)
    await officer.getByRole('button', { name: 'Register her' }).click()
    await officer.getByRole('alert').getByText('livelihoods.counting-not-asked').waitFor()
    await officer.getByRole('radio', { name: 'Yes' }).check()
    await officer.getByRole('button', { name: 'Register her' }).click()
    await officer.getByRole('heading', { level: 1, name }).waitFor()
    await officer.getByRole('button', { name: 'Write down a course' }).click()
    await officer.getByRole('button', { name: 'Save', exact: true }).click()
    await officer.getByRole('alert').getByText('livelihoods.no-course').waitFor()
    await officer.getByRole('radio', { name: 'marketing' }).check()
    await officer.getByRole('button', { name: 'Save', exact: true }).click()
    await officer.getByRole('button', { name: 'Write down a course' }).click()
    await officer.getByRole('radio', { name: 'marketing' }).check()
    await officer.getByRole('button', { name: 'Save', exact: true }).click()
    await officer.getByRole('alert').getByText('livelihoods.course-twice').waitFor()
    await officer.getByRole('button', { name: 'Give up' }).click()
    await officer.getByRole('button', { name: 'Write down a grant' }).click()
    await officer.getByRole('radio', { name: 'in cash' }).check()
    await officer.getByRole('button', { name: 'Save', exact: true }).click()
    await officer.getByRole('alert').getByText('livelihoods.grant-without-amount').waitFor()
    await officer.getByLabel('Amount').fill('៤០០ ០០០')
    await officer.getByRole('button', { name: 'Save', exact: true }).click()
    await officer.getByText('400,000 KHR').waitFor()
    await officer.getByText('Not known in dollars: its day is not written down.').waitFor()
    await officer.getByText('No sum here is known in dollars.').waitFor()
    await officer.getByRole('button', { name: 'Write down a follow-up' }).click()
    await officer.getByRole('radio', { name: 'Not known' }).check()
    await officer.getByRole('button', { name: 'Save', exact: true }).click()
    await officer.getByText('not known whether it runs').waitFor()
    expect(await officer.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await officer.context().setOffline(false)
    await officer.getByText('Everything sent').first().waitFor()

    // Her team's figures move at once, and open down to her.
    await go(officer, 'Results')
    await expect
      .poll(async () => {
        await officer.getByRole('button', { name: 'Count again' }).click()
        return counts(officer)
      })
      .toEqual([ofCourses + 1, ofGrants + 1])
    await tileOf(officer, supported).click()
    await officer.getByRole('dialog').getByText(name).waitFor()
    await officer.getByRole('dialog').getByRole('listitem').filter({ hasText: name }).getByRole('link').click()
    await officer.getByRole('heading', { level: 1, name }).waitFor()

    // A correction is an entry, and moves one of them back.
    const grants = officer.getByRole('region', { name: 'Grants she was given' })
    await grants.getByRole('button', { name: 'Correct', exact: true }).click()
    await grants.getByLabel('Amount').fill('450000')
    await grants.getByRole('button', { name: 'Save', exact: true }).click()
    await grants.getByText('450,000 KHR').waitFor()
    await grants.getByRole('button', { name: 'Correct', exact: true }).click()
    await grants.getByRole('button', { name: 'This never was' }).click()
    await grants.getByText('entered in error').waitFor()
    await officer.getByText('Everything sent').first().waitFor()
    await go(officer, 'Results')
    await expect
      .poll(async () => {
        await officer.getByRole('button', { name: 'Count again' }).click()
        return counts(officer)
      })
      .toEqual([ofCourses + 1, ofGrants])

    // The manager sees counts as of the cut-off, and nobody; the caseworker of the same house sees neither.
    const manager = await pageOf('Programme manager, Cambodia', { width: 1280, height: 900 })
    expect(await manager.getByRole('link', { name: 'Livelihoods' }).count()).toBe(0)
    await manager.getByRole('link', { name: 'Results' }).click()
    expect(await numberOf(manager, supported)).toBe(ofGrants)
    const caseworker = await pageOf('Caseworker, Cambodia', { width: 1280, height: 900 })
    await caseworker.getByText('Everything sent').first().waitFor()
    expect(await caseworker.getByRole('link', { name: 'Livelihoods' }).count()).toBe(0)
    await caseworker.goto(`${world.server.desk}/livelihoods`)
    await caseworker.getByLabel('Passphrase').fill('demonstration caseworker.kh')
    await caseworker.getByRole('button', { name: 'Open', exact: true }).click()
    await caseworker.getByText('Nobody is registered yet').waitFor()
    await caseworker.getByRole('link', { name: 'Results' }).click()
    await caseworker.getByText('survivors supported').first().waitFor()
    expect(await caseworker.getByText(trained).count()).toBe(0)

    // Gone at the lock, and opened again from her stream.
    await go(officer, 'Livelihoods')
    await officer.getByText(name).waitFor()
    await officer.getByRole('button', { name: 'Lock' }).first().click()
    await officer.getByLabel('Passphrase').waitFor()
    expect(await officer.evaluate(() => document.documentElement.outerHTML)).not.toContain('Pearlwoman')
    await officer.getByLabel('Passphrase').fill('demonstration livelihoods.kh')
    await officer.getByRole('button', { name: 'Open', exact: true }).click()
    await go(officer, 'Livelihoods')
    await officer.getByText(name).waitFor()

    // She travels without anybody, and brings them back.
    await go(officer, 'This device')
    await officer.getByRole('button', { name: 'Travel: leave with no cases' }).click()
    await officer.getByRole('button', { name: 'Leave with none' }).click()
    await officer.getByRole('button', { name: 'Open', exact: true }).waitFor()
    await officer.getByLabel('Passphrase').fill('demonstration livelihoods.kh')
    await officer.getByRole('button', { name: 'Open', exact: true }).click()
    await go(officer, 'Livelihoods')
    await officer.getByText('Travel mode: no participant is on this device').waitFor()
    expect(await officer.getByText(name).count()).toBe(0)
    await officer.getByRole('button', { name: 'Bring the cases back' }).click()
    await officer.getByText(name).waitFor()

    const kept = Buffer.from(await everythingKept())
    expect(kept.includes('livelihoods.participant-registered')).toBe(true)
    for (const said of [name, 'Pearlwoman'])
      expect(spellings(said).filter((spelling) => kept.includes(spelling))).toEqual([])
    for (const page of [officer, manager, caseworker]) await page.context().close()
  })
})

/** A file as somebody chooses it. Invented: no market has these rates. */
const rates = (...rows: readonly string[]) => ({
  name: 'rates.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['day,currency,units per USD', ...rows, ''].join('\n')),
})
const day = (daysAgo: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Phnom_Penh' }).format(Date.now() - daysAgo * 86_400_000)

/** Day, month and year of a date field, as they are chosen. */
async function choose(field: Locator, date: string): Promise<void> {
  const [year = '', month = '', of = ''] = date.split('-')
  await field.getByLabel('Year').fill(year)
  await field.getByLabel('Month').selectOption(String(Number(month)))
  await field.getByLabel('Day').selectOption(String(Number(of)))
}

/** On a first visit the whole desk comes to the device behind what is shown. */
const atFirst = { timeout: 60_000 }

describe('what she was given, in dollars', () => {
  it('is turned by the rate of its day from a table with its source, brought in and read without a network', async () => {
    const officer = await pageOf('Livelihoods officer, Cambodia', { width: 320, height: 640 })
    await officer.getByText('Everything sent').first().waitFor()
    await go(officer, 'Livelihoods')
    await officer.getByRole('button', { name: 'Exchange rates' }).click()
    // The demonstration's own table goes first: the sums are to be turned by what is brought in here.
    await officer.getByRole('link', { name: /A table of rates \(invented\)/ }).click()
    await officer.getByRole('button', { name: 'This table never should have been brought in' }).click()
    await officer.getByText('entered in error').first().waitFor()
    await officer.getByRole('link', { name: 'All tables of rates' }).click()
    // Her device has kept every part of the desk, the reader of tables too.
    await expect.poll(() => officer.evaluate(() => navigator.serviceWorker.controller !== null), atFirst).toBe(true)
    await officer.context().setOffline(true)
    await officer.getByRole('button', { name: 'Bring in a table' }).click()
    const bring = officer.getByRole('button', { name: 'Bring it in' })
    await bring.click()
    await officer.getByRole('alert').getByText('Choose the file first').waitFor()
    await officer.setInputFiles('input[type=file]', rates(`${day(5)},KHR,4000`, `${day(4)},EUR,0.9`, `${day(3)},KHR,0`))
    await officer.getByText('rates.csv: one rate can be read, 2 lines cannot.').waitFor()
    await officer.getByText('Line 3: no grant is given in "EUR"').waitFor()
    await bring.click()
    await officer.getByRole('alert').getByText('a table without its source is not taken').waitFor()
    await officer.getByLabel('Source', { exact: true }).fill('Bank of nowhere (invented)')
    await officer.getByLabel('Edition').fill('one')
    await choose(officer.getByRole('group', { name: 'Compared with the source on' }), day(0))
    await bring.click()
    await officer.getByRole('alert').getByText('2 lines give no rate').waitFor()
    await officer.getByLabel('Take the good lines without these').check()
    await bring.click()
    await officer.getByRole('heading', { level: 1, name: 'Bank of nowhere (invented)' }).waitFor()
    expect(await officer.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

    await go(officer, 'Livelihoods')
    await officer.getByRole('list', { name: 'Livelihoods' }).getByRole('link').first().click()
    await officer.getByRole('button', { name: 'Write down a grant' }).click()
    await officer.getByRole('radio', { name: 'in cash' }).check()
    await officer.getByLabel('Amount').fill('401000')
    await choose(officer.getByRole('group', { name: 'The day it was given' }), day(1))
    await officer.getByRole('button', { name: 'Save', exact: true }).click()
    const grants = officer.getByRole('region', { name: 'Grants she was given' })
    await grants
      .getByText(/100\.25 USD, at 4000 KHR to the dollar of .+ \(Bank of nowhere \(invented\), one\)/)
      .waitFor()
    await grants.getByText(/In dollars: 100\.25 USD/).waitFor()
    expect(await officer.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

    // A day before every rate: not known, and not nought.
    const row = grants.getByRole('listitem').filter({ hasText: '401,000 KHR' })
    await row.getByRole('button', { name: 'Correct', exact: true }).click()
    await choose(row.getByRole('group', { name: 'The day it was given' }), day(6))
    await row.getByRole('button', { name: 'Save', exact: true }).click()
    await row.getByText('no rate of that day').waitFor()
    await row.getByRole('button', { name: 'Correct', exact: true }).click()
    await choose(row.getByRole('group', { name: 'The day it was given' }), day(1))
    await row.getByRole('button', { name: 'Save', exact: true }).click()
    await row.getByText(/100\.25 USD/).waitFor()

    // The table is marked: what it turned is not known any more; another one may then say otherwise of its day.
    await go(officer, 'Livelihoods')
    await officer.getByRole('button', { name: 'Exchange rates' }).click()
    await officer.getByRole('button', { name: 'Bring in a table' }).click()
    await officer.setInputFiles('input[type=file]', rates(`${day(5)},KHR,4010`))
    await officer.getByLabel('Source', { exact: true }).fill('Bank of elsewhere (invented)')
    await officer.getByLabel('Edition').fill('two')
    await choose(officer.getByRole('group', { name: 'Compared with the source on' }), day(0))
    await bring.click()
    await officer.getByRole('alert').getByText('Mark the wrong one as entered in error first').waitFor()
    await officer.getByRole('link', { name: 'All tables of rates' }).click()
    await officer.getByRole('link', { name: /Bank of nowhere/ }).click()
    await officer.getByRole('button', { name: 'This table never should have been brought in' }).click()
    await officer.getByText('entered in error').first().waitFor()
    await officer.context().setOffline(false)
    await officer.getByText('Everything sent').first().waitFor()

    // The server has the table, and neither the sum nor its day.
    const kept = await everythingKept()
    expect(kept).toContain('Bank of nowhere')
    expect(kept).not.toMatch(/KHR 40100000|401000/)
  })
})
