import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A trainer with a ministry's list on her telephone, and no network; and the programme manager, whose figure moves. */
const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests

beforeAll(async () => {
  Object.assign(world, await openDemonstration(), { browser: await openBrowser() })
})

afterAll(async () => {
  await world.browser?.close()
  await world.close?.()
})

async function pageOf(label: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await (await world.browser.newContext({ viewport, acceptDownloads: true })).newPage()
  page.setDefaultTimeout(patience)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
  return page
}

async function figure(page: Page, indicator: string): Promise<number> {
  const tile = page.getByRole('button', { name: new RegExp(`\\d+ ${indicator}`) }).first()
  return Number(/\d+/.exec((await tile.textContent()) ?? '')?.[0])
}

/** A form as a ministry's Excel saves it: a title, semicolons, a byte order mark, names and telephones. Its people are invented. */
const listOf = (...rows: string[]): Buffer =>
  Buffer.from(`\ufeffList of participants (invented);;;;\r\n${['Full name;Sex;Unit;Phone', ...rows].join('\r\n')}\r\n`)

async function openRoom(trainer: Page): Promise<void> {
  await trainer.getByRole('button', { name: 'Menu' }).click()
  await trainer.getByRole('link', { name: 'Training', exact: true }).click()
  await trainer.getByRole('heading', { level: 1, name: /^\d+ sessions held/ }).waitFor()
}

async function newSession(trainer: Page): Promise<void> {
  await openRoom(trainer)
  await trainer.getByRole('button', { name: 'Write down a session' }).click()
  await trainer.getByRole('checkbox', { name: '1 See' }).check()
  await trainer.getByRole('button', { name: 'Save the session' }).click()
  await trainer.getByRole('button', { name: 'Bring attendance from a file' }).click()
}

async function choose(trainer: Page, name: string, buffer: Buffer): Promise<void> {
  const chooser = trainer.waitForEvent('filechooser')
  await trainer.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer })
}

describe('attendance from a ministry’s file', () => {
  it('is mapped once, taken offline without names or bad rows, counted when the network returns, and known again', async () => {
    const manager = await pageOf('Programme manager, Cambodia', { width: 1280, height: 900 })
    await manager.goto(`${world.server.desk}/results`)
    await manager.getByLabel('Passphrase').fill('demonstration manager.kh')
    await manager.getByRole('button', { name: 'Open', exact: true }).click()
    const before = await figure(manager, 'officers trained')

    const trainer = await pageOf('Trainer, Cambodia', { width: 320, height: 640 })
    await trainer.getByText('Everything sent').first().waitFor()
    await openRoom(trainer)
    await trainer.context().setOffline(true)
    await newSession(trainer)

    // What cannot be read is said by name, and nothing is lost.
    await choose(trainer, 'list.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))
    await trainer.getByRole('alert').getByText('sheets.old-excel-file').waitFor()
    const list = listOf(
      'Planted Alpha (invented);ស្រី;RBG;+855 000 001',
      'Planted Beta (invented);M;Customs;+855 000 002',
      'Planted Gamma (invented);;Customs;+855 000 003',
      'Planted Alpha (invented);ស្រី;RBG;+855 000 001',
    )
    await choose(trainer, 'list of participants.csv', list)
    await trainer.getByText('These columns stay in your file and are not read: Full name, Phone.').waitFor()
    await trainer.getByLabel(/^Sex/).selectOption('')
    await trainer.getByRole('button', { name: 'Read the rows' }).click()
    await trainer.getByRole('alert').getByText('sheets.field-missing').waitFor()
    await trainer.getByLabel(/^Sex/).selectOption({ label: 'Sex' })
    expect(await trainer.getByLabel('“M” (Sex)').inputValue()).toBe('male')
    await trainer.getByLabel('“RBG” (Kind of agency)').selectOption('police')
    expect(await trainer.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await trainer.getByRole('button', { name: 'Read the rows' }).click()
    await trainer.getByText('2 officers can be taken, one of them a woman. 2 rows cannot be taken.').waitFor()
    await trainer.getByRole('row', { name: '5 “Sex” is empty' }).waitFor()
    await trainer.getByRole('row', { name: /^6 Says the same of who she is as line 3/ }).waitFor()
    await trainer.getByRole('button', { name: 'Take 2 officers' }).click()
    await trainer.getByRole('alert').getByText('training.rows-not-good').waitFor()
    await trainer.getByRole('checkbox', { name: 'Leave these 2 rows out and take the others' }).check()
    expect(await trainer.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await trainer.getByRole('button', { name: 'Take 2 officers' }).click()
    await trainer.getByText('2 officers are on the sheet.').waitFor()
    const download = trainer.waitForEvent('download')
    await trainer.getByRole('button', { name: 'Save your file with the codes' }).click()
    const saved = await download.then(async (file) => readFileSync(await file.path(), 'utf8'))
    expect(saved).toMatch(
      /^\ufeffFull name,Sex,Unit,Phone,Lentera code\r\nPlanted Alpha \(invented\),ស្រី,RBG,.*,\w{3}-\w{3}\r\n/,
    )
    await trainer.getByRole('button', { name: 'Close' }).click()
    await trainer.getByRole('heading', { level: 1, name: '2 officers, one of them a woman' }).waitFor()
    await trainer.getByText('police · a file').waitFor()
    expect(await figure(manager, 'officers trained')).toBe(before)

    await trainer.context().setOffline(false)
    await trainer.getByText('Everything sent').first().waitFor()
    await manager.getByRole('button', { name: 'Count again' }).click()
    await expect.poll(() => figure(manager, 'officers trained')).toBe(before + 2)

    // The next file of the same form: one touch. Who came before has her code in it, and is counted once.
    await newSession(trainer)
    await choose(
      trainer,
      'saved with codes.csv',
      Buffer.from(saved.replace(/\r\n(Planted Beta)/, '\r\nPlanted Delta (invented),f,RBG,1,\r\n$1')),
    )
    await trainer.getByText('Read as your organisation remembered this form').waitFor()
    await trainer.getByRole('row', { name: '5 “Sex” is empty' }).waitFor()
    await trainer.getByRole('button', { name: 'Give up' }).click()
    await trainer.getByRole('button', { name: 'Bring attendance from a file' }).click()
    const good = saved.split('\r\n').slice(0, 3).join('\r\n')
    await choose(trainer, 'saved with codes.csv', Buffer.from(`${good}\r\nPlanted Delta (invented),f,RBG,1,\r\n`))
    await trainer.getByRole('button', { name: 'Take 3 officers' }).click()
    await trainer.getByText('3 officers are on the sheet.').waitFor()
    await trainer.getByText('Everything sent').first().waitFor()
    await expect
      .poll(
        async () => {
          await manager.getByRole('button', { name: 'Count again' }).click()
          return figure(manager, 'officers trained')
        },
        { timeout: patience },
      )
      .toBe(before + 3)

    // A mapping that was wrong is corrected by an entry: the same form is read another way from now on.
    await trainer.getByRole('button', { name: 'Close' }).click()
    await newSession(trainer)
    await choose(trainer, 'third.csv', listOf('Planted Epsilon (invented);f;RBG;1'))
    await trainer.getByRole('button', { name: 'Say anew what the columns mean' }).click()
    await trainer.getByLabel('“RBG” (Kind of agency)').selectOption('maritime')
    await trainer.getByRole('button', { name: 'Read the rows' }).click()
    await trainer.getByRole('button', { name: 'Take one officer' }).click()
    await trainer.getByRole('button', { name: 'Close' }).click()
    await trainer.getByText('maritime enforcement · a file').waitFor()
    await trainer.getByText('Everything sent').first().waitFor()

    const client = new pg.Client({ connectionString: world.databaseUrl })
    await client.connect()
    const { rows } = await client.query<{ text: string }>(
      "select text from entry where kind like 'sheets.%' or text like '%Planted%'",
    )
    await client.end()
    expect(rows.map(({ text }) => JSON.parse(text).kind)).toEqual([
      'sheets.mapping-remembered',
      'sheets.mapping-corrected',
    ])
    for (const page of [manager, trainer]) await page.context().close()
  })
})
