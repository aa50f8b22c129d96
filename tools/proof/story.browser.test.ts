import { openPool } from '@lentera/server/database'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'
import { spellings } from './spellings.ts'

/** A caseworker who writes down a story, her supervisor who reads it a second time, and those who may not see it. */
const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests
const her = 'កាណារី Canary Loomwright'
const changed = 'Sparrow (invented)'
const draft = 'Invented text about learning to weave in Canaryville.'
const approved = 'Invented text about learning to weave on a saffronwood loom.'
const receiver = 'Canary web desk (invented)'

beforeAll(async () => {
  Object.assign(world, await openDemonstration(), { browser: await openBrowser() })
})

afterAll(async () => {
  await world.browser?.close()
  await world.close?.()
})

const small = { width: 320, height: 640 }

async function pageOf(label: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await (await world.browser.newContext({ viewport })).newPage()
  page.setDefaultTimeout(patience)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
  await page.getByText('Everything sent').first().waitFor()
  return page
}

async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: place, exact: true }).click()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const isRefused = (page: Page, code: string) => page.getByRole('alert').getByText(code).waitFor()
const isSmall = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(small.width)

const indicator = 'stories with consent'
const tile = (page: Page) => page.getByRole('button', { name: new RegExp(indicator) }).first()

async function becomes(page: Page, number: number): Promise<void> {
  await go(page, 'Results')
  await expect
    .poll(
      async () => {
        await press(page, 'Count again')
        return Number(/\d+/.exec((await tile(page).textContent()) ?? '')?.[0] ?? 0)
      },
      { timeout: patience },
    )
    .toBe(number)
}

async function openStory(page: Page): Promise<void> {
  await go(page, 'Stories')
  await page.getByRole('link', { name: new RegExp(changed.replace(/[()]/g, '.')) }).click()
  await page.getByRole('heading', { level: 1, name: changed }).waitFor()
}

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
      for (const { name } of tables) {
        const rows = await transaction.query<{ row: string }>(
          `rows of ${name}`,
          `select kept::text as row from ${name} as kept`,
        )
        texts.push(...rows.map(({ row }) => row))
      }
      return texts.join('\n')
    })
  } finally {
    await database.close()
  }
}

describe('a story', () => {
  it('is written offline on a small screen, read a second time by another, used only as she agreed, and taken back in one touch', async () => {
    const writer = await pageOf('Caseworker, Cambodia', small)
    await go(writer, 'Results')
    await tile(writer).waitFor()
    const before = Number(/\d+/.exec((await tile(writer).textContent()) ?? '')?.[0])
    expect(before).toBeGreaterThan(0)
    await go(writer, 'Stories')
    await writer.getByRole('heading', { level: 1, name: /^\d+ stor/ }).waitFor()
    await isSmall(writer)

    // Written down without a network.
    await writer.context().setOffline(true)
    await press(writer, 'Begin a story')
    await press(writer, 'Keep the draft')
    await isRefused(writer, 'story.no-who')
    await writer.getByLabel('Her name').fill(her)
    await writer.getByLabel('Changed name').fill('Canary')
    await writer.getByLabel('Text', { exact: true }).fill(`${draft} Loomwright is her name.`)
    await writer.getByLabel('Language of the text').selectOption('English')
    await press(writer, 'Keep the draft')
    await isRefused(writer, 'story.name-not-changed')
    await writer.getByLabel('Changed name').fill(changed)
    await press(writer, 'Keep the draft')
    await isRefused(writer, 'story.text-names-her')
    await writer.getByLabel('Text', { exact: true }).fill(draft)
    await isSmall(writer)
    await press(writer, 'Keep the draft')
    await writer.getByRole('heading', { level: 1, name: changed }).waitFor()
    await writer.getByText('You wrote this version').waitFor()
    expect(await writer.getByRole('button', { name: 'Read it a second time' }).count()).toBe(0)

    // Her answers, by whoever controls no aid and after the warning.
    await press(writer, 'Write down her answers')
    await press(writer, 'Keep her answers')
    await isRefused(writer, 'story.asker-gives-aid')
    await writer.getByLabel('I control no aid to her').check()
    await press(writer, 'Keep her answers')
    await isRefused(writer, 'story.warning-not-read')
    await writer.getByLabel('I read her the warning, and the text').check()
    await press(writer, 'Keep her answers')
    await isRefused(writer, 'story.nothing-answered')
    await writer.getByLabel('a website').selectOption('she agrees')
    await writer.getByLabel('the press').selectOption('she refuses')
    await press(writer, 'Keep her answers')
    await isRefused(writer, 'story.no-expiry')
    const end = writer.getByRole('group', { name: 'Her consent ends with' })
    await end.getByLabel('Quarter').selectOption({ index: 1 })
    const nextYear = String(new Date().getFullYear() + 1)
    await end.getByLabel('Year').fill(nextYear)
    await press(writer, 'Keep her answers')
    await writer.getByText(/^agreed, until the end of/).waitFor()
    await isSmall(writer)
    await writer.context().setOffline(false)
    await writer.getByText('Everything sent').first().waitFor()

    // A second reader, who is another member of the team.
    const reader = await pageOf('Supervisor, Cambodia', small)
    await openStory(reader)
    await press(reader, 'Preview')
    await reader.getByText('No second reader has approved this text as it stands').first().waitFor()
    await press(reader, 'Read it a second time')
    await press(reader, 'Approve this version')
    await isRefused(reader, 'story.not-all-checked')
    await press(reader, 'Send it back')
    await isRefused(reader, 'story.nothing-to-remove')
    await reader.getByLabel('To be removed').fill('The town (Canaryville).')
    await isSmall(reader)
    await press(reader, 'Send it back')
    await reader.getByText('sent this version back').waitFor()
    await reader.getByText('Everything sent').first().waitFor()

    await writer.getByText('The town (Canaryville).').waitFor()
    await press(writer, 'Change the text')
    await press(writer, 'Save')
    await isRefused(writer, 'story.nothing-changed')
    await writer.getByLabel('Text', { exact: true }).fill(approved)
    await press(writer, 'Save')
    await writer.getByText('Nobody but its writer has read this version.').waitFor()
    await writer.getByText('Everything sent').first().waitFor()

    await reader.getByText(approved).first().waitFor()
    await press(reader, 'Read it a second time')
    await reader.getByRole('checkbox').first().waitFor()
    for (const box of await reader
      .getByRole('group', { name: /I looked for each/ })
      .getByRole('checkbox')
      .all())
      await box.check()
    await press(reader, 'Approve this version')
    await reader.getByText('read this version and approved it').waitFor()
    await reader.getByText('Everything sent').first().waitFor()

    // It counts for her team, and opens to it.
    await writer.getByText('read this version and approved it').waitFor()
    await becomes(writer, before + 1)
    await tile(writer).click()
    await writer.getByRole('dialog').getByRole('listitem').filter({ hasText: changed }).getByRole('link').click()
    await writer.getByRole('heading', { level: 1, name: changed }).waitFor()

    // As it would be printed, and given out only for what she agreed to.
    await press(writer, 'Preview')
    const page = writer.getByRole('article', { name: 'As it would be printed' })
    await page.getByText('Demonstration').waitFor()
    await page.getByText(approved).waitFor()
    await writer.getByText('She agreed to a website').waitFor()
    await isSmall(writer)
    await press(writer, 'Close the preview')
    await press(writer, 'Write down a copy')
    await writer.getByLabel('Used for').selectOption('the press')
    await writer.getByLabel('To whom').fill('Canary gazette (invented)')
    await press(writer, 'Save')
    await isRefused(writer, 'story.use-refused')
    await writer.getByLabel('Used for').selectOption('a website')
    await writer.getByLabel('with the photograph').check()
    await press(writer, 'Save')
    await isRefused(writer, 'story.photograph-without-consent')
    await writer.getByLabel('with the photograph').uncheck()
    await press(writer, 'Save')
    const copies = writer.getByRole('region', { name: 'Copies that are out' })
    await copies.getByText('Canary gazette (invented)').waitFor()
    await copies.getByRole('button', { name: 'Correct', exact: true }).click()
    await copies.getByLabel('To whom').fill(receiver)
    await copies.getByRole('button', { name: 'Save', exact: true }).click()
    await copies.getByText(receiver).waitFor()

    // One touch, no reason: what is out stays out, and she is told where.
    await press(writer, 'She takes everything back')
    const consents = writer.getByRole('region', { name: 'What she agreed to' })
    await consents.getByText('Copies that are out cannot be called back').waitFor()
    await consents.getByText(receiver).waitFor()
    expect(await consents.getByText('taken back', { exact: true }).count()).toBe(7)
    await isSmall(writer)
    await press(writer, 'Write down a copy')
    await writer.getByLabel('Used for').selectOption('a website')
    await writer.getByLabel('To whom').fill(receiver)
    await press(writer, 'Save')
    await isRefused(writer, 'story.use-withdrawn')
    await press(writer, 'Give up')
    await writer.getByText('Everything sent').first().waitFor()
    await becomes(writer, before)

    // Nobody outside the team has it, and the server cannot read it.
    const manager = await pageOf('Programme manager, Cambodia', { width: 1280, height: 900 })
    expect(await manager.getByRole('link', { name: 'Stories', exact: true }).count()).toBe(0)
    const clinic = await pageOf('Caseworker of the clinic, Cambodia', small)
    await go(clinic, 'Stories')
    await clinic.getByRole('heading', { level: 1 }).waitFor()
    expect(await clinic.getByText(changed).count()).toBe(0)
    const kept = Buffer.from(await everythingKept())
    expect(kept.includes('story.consent-withdrawn')).toBe(true)
    for (const said of [her, 'Loomwright', changed, draft, approved, receiver, 'Canaryville', 'Canary gazette'])
      expect(spellings(said).filter((spelling) => kept.includes(spelling))).toEqual([])
    await press(writer, 'Lock').catch(() => writer.getByRole('button', { name: 'Lock' }).first().click())
    await writer.getByLabel('Passphrase').waitFor()
    expect(await writer.evaluate(() => document.documentElement.outerHTML)).not.toContain('saffronwood')
    for (const each of [writer, reader, manager, clinic]) await each.context().close()
  })
})
