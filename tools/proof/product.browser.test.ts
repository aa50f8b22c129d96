import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A programme manager with a telephone writes an edition: texts without the network, figures that are linked and never typed. */
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
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const refused = (page: Page, code: string) => page.getByRole('alert').getByText(code).waitFor()
const sent = (page: Page) => page.getByText('Everything sent').first().waitFor()

async function fileOf(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)])
  return { name: download.suggestedFilename(), text: (await readFile(await download.path())).toString('latin1') }
}

describe('an edition of a knowledge product', () => {
  it('cannot be written by whoever does not keep products', async () => {
    const reader = await pageOf('Trainer, Cambodia', { width: 1280, height: 900 })
    await sent(reader)
    await reader.getByRole('link', { name: 'Dissemination' }).click()
    await reader.getByRole('button', { name: 'Who is at the crossing (invented)' }).click()
    await reader.getByRole('heading', { name: 'Editions written here' }).waitFor()
    expect(await reader.getByRole('button', { name: /^Begin the/ }).count()).toBe(0)
    expect(await reader.getByRole('button', { name: 'Note what came of it' }).count()).toBe(0)
    await reader.context().close()
  })

  it('is written, linked, frozen and taken along; what came of it is noted with its evidence', async () => {
    const manager = await pageOf('Programme manager, Cambodia', { width: 320, height: 640 })
    await sent(manager)
    await press(manager, 'Menu')
    await manager.getByRole('link', { name: 'Dissemination' }).click()
    await press(manager, 'Write down a product')
    await manager.getByLabel('Title').fill('Asked at the border (invented)')
    await manager.getByLabel('Kind of product').selectOption('policy-brief')
    await manager.getByLabel('Edition').fill('2026')
    await manager.getByRole('checkbox', { name: 'English' }).check()
    await manager.getByLabel('Year').fill('2026')
    await press(manager, 'Save the product')
    await manager.getByRole('heading', { level: 1, name: 'Asked at the border (invented)' }).waitFor()
    await press(manager, 'Begin the first edition')
    await manager.getByRole('heading', { name: 'Freeze it' }).waitFor()

    // A figure is linked before it is called, and never typed.
    await manager.context().setOffline(true)
    await press(manager, 'Write a section')
    await manager.getByLabel('Heading').fill('What was found')
    await manager.getByRole('textbox', { name: /^Text/ }).fill('In all {officers} officers learnt & listened.')
    await press(manager, 'Save the section')
    await refused(manager, 'evidence.unknown-figure')
    await press(manager, 'Give up')
    await press(manager, 'Freeze this edition')
    await refused(manager, 'evidence.edition-without-text')
    await manager.context().setOffline(false)
    await sent(manager)

    await press(manager, 'Link a figure')
    await press(manager, 'Save the link')
    await refused(manager, 'evidence.figure-source-not-understood')
    await manager.getByRole('radio', { name: 'An indicator of the programme' }).check()
    await manager.getByLabel('Indicator', { exact: true }).selectOption('officers trained')
    await manager.getByLabel('Name, by which the texts call it').fill('2 many')
    await press(manager, 'Save the link')
    await refused(manager, 'evidence.figure-name-not-understood')
    await manager.getByLabel('Name, by which the texts call it').fill('officers')
    await manager.getByLabel('Bars beside it, by').selectOption('Sex')
    await press(manager, 'Save the link')
    await manager.getByText('as it was linked').first().waitFor()
    expect(await width(manager)).toBe(320)

    await press(manager, 'Write a section')
    await manager.getByLabel('Heading').fill('What was found')
    await manager
      .getByRole('textbox', { name: /^Text/ })
      .fill('In all {officers} officers learnt & listened.\n{officers}')
    await press(manager, 'Save the section')
    await sent(manager)
    const reads = manager.getByRole('region', { name: 'How it reads' })
    await reads.getByText(/officers learnt & listened/).waitFor()
    // A figure that is being asked for has no number yet.
    await expect.poll(() => reads.locator('p b').first().textContent()).toMatch(/^[\d,]+$/)
    const number = (await reads.locator('p b').first().textContent()) ?? ''
    await expect.poll(() => reads.getByRole('img').getAttribute('aria-label')).toMatch(/^Bar chart\..*\d/)
    expect(await width(manager)).toBe(320)

    await manager.getByLabel('Licence').selectOption('CC-BY-4.0')
    await manager.getByLabel('ISBN').fill('978-3-16-148410-1')
    await press(manager, 'Save the cover')
    await refused(manager, 'evidence.isbn-wrong-digit')
    await manager.getByLabel('ISBN').fill('978-3-16-148410-0')
    await press(manager, 'Save the cover')
    await manager.getByText('Typed and kept').waitFor({ state: 'detached' })
    await press(manager, 'Name an author')
    await manager.getByRole('radio', { name: 'a person who agreed to be named' }).check()
    await manager.getByLabel('Name, as it is to be printed').fill('An Invented Person')
    await press(manager, 'Save the author')
    await refused(manager, 'evidence.author-without-agreement')
    await manager.getByRole('radio', { name: 'organisation', exact: true }).check()
    await manager.getByLabel('Name, as it is to be printed').fill('An invented office')
    await press(manager, 'Save the author')
    await press(manager, 'Say: reviewed')
    await press(manager, 'Freeze this edition')
    await manager.getByRole('heading', { name: 'Freeze it' }).waitFor({ state: 'detached' })
    await sent(manager)
    await manager.getByText(/^Frozen on /).waitFor()
    expect(await manager.getByRole('button', { name: 'Write a section' }).count()).toBe(0)

    const pdf = await fileOf(manager, 'Download as PDF')
    expect(pdf.name).toBe('DEMONSTRATION-edition-1-en.pdf')
    expect(pdf.text).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/)
    const page = await fileOf(manager, 'HTML')
    expect(page.text).toContain(`<b>${number}</b>`)
    expect(page.text).toContain('learnt &#38; listened')
    const data = JSON.parse((await fileOf(manager, 'Figures as JSON')).text)
    expect(data.figures[0]).toMatchObject({ name: 'officers', number: Number(number.replace(',', '')) })
    expect((await fileOf(manager, 'Figures as CSV')).text).toContain(',DEMONSTRATION')
    const cited = (await fileOf(manager, 'Citation as BibTeX')).text
    for (const part of ['isbn = {9783161484100}', '[DEMONSTRATION]}}', 'note = {{DEMONSTRATION: '])
      expect(cited).toContain(part)
    expect((await fileOf(manager, 'Citation as RIS')).text).toContain('N1  - DEMONSTRATION: ')

    // The page stands alone: opened from its file, without the network, it fetches nothing and fits a telephone.
    const alone = await (
      await world.browser.newContext({ viewport: { width: 320, height: 640 }, offline: true })
    ).newPage()
    await alone.setContent(Buffer.from(page.text, 'latin1').toString('utf8'))
    await alone.getByRole('heading', { level: 1, name: 'Asked at the border (invented)' }).waitFor()
    expect(await width(alone)).toBe(320)
    await alone.context().close()

    await manager.getByRole('link', { name: 'Asked at the border (invented)' }).click()
    await press(manager, 'Note what came of it')
    await press(manager, 'Save what came of it')
    await refused(manager, 'evidence.outcome-incomplete')
    await manager.getByLabel('What kind of outcome').selectOption('used-in-training')
    await manager.getByLabel('What happened').fill('An academy teaches from its second chapter (invented).')
    await manager.getByRole('radio', { name: 'anybody can read it' }).check()
    await manager.getByLabel('Source', { exact: true }).fill('Curriculum of the academy (invented)')
    await press(manager, 'Save what came of it')
    await refused(manager, 'evidence.public-without-address')
    await manager.getByLabel('Where anybody can read it').fill('https://example.org/curriculum')
    await press(manager, 'Save what came of it')
    // It stands in the list a moment before its form has gone.
    await manager
      .locator('span')
      .filter({ hasText: 'An academy teaches from its second chapter (invented).' })
      .waitFor()
    expect(await width(manager)).toBe(320)
    await sent(manager)

    await press(manager, 'Begin the next edition')
    await manager
      .getByText(/What changed since the edition before/)
      .first()
      .waitFor()
    await press(manager, 'Freeze this edition')
    await refused(manager, 'evidence.changes-not-said')
    await manager.context().close()
  })
})

describe('an edition of the regional office', () => {
  it('leads to a cited fact and to what was published, each with its source', async () => {
    const steward = await pageOf('Data steward, region', { width: 1280, height: 900 })
    await sent(steward)
    await steward.getByRole('link', { name: 'Dissemination' }).click()
    await steward.getByRole('button', { name: 'Six questions for a planner (invented)' }).click()
    await steward.getByRole('link', { name: 'edition 1', exact: true }).click()
    const figures = steward.getByRole('region', { name: 'Figures of this edition' })
    const records = figures.getByRole('listitem').filter({ hasText: '{records}' })
    await records.getByText('as it was linked').waitFor()
    expect(await records.innerText()).toMatch(/: [\d,]{4,}[\s\S]*content /)
    const detected = figures.getByRole('listitem').filter({ hasText: '{detected}' })
    expect(await detected.innerText()).toMatch(/65.0 %[\s\S]*UNODC, Global Report[\s\S]*as it was linked/)
    await steward.context().close()
  })
})

describe('the international classification', () => {
  it('is empty until a steward brings its codes; then one of ours is mapped, and both sides say so', async () => {
    const steward = await pageOf('Data steward, region', { width: 320, height: 640 })
    await sent(steward)
    await press(steward, 'Menu')
    await steward.getByRole('link', { name: 'Evidence' }).click()
    const room = steward.getByRole('region', { name: 'International classification (IC-TIP)' })
    await room.getByText('Its code lists are not here yet; nothing is mapped').waitFor()
    const bring = (name: string, rows: string) =>
      room
        .getByLabel('Bring a code list')
        .first()
        .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(rows) })
    await bring('wrong.csv', 'a,b\n1,2\n')
    await refused(steward, 'evidence.not-a-code-list')
    await bring('invented.csv', 'Code,Label\nX-1,Invented one\nX-2,Invented two\n')
    await room.getByText('2 codes were read.').waitFor()
    await press(steward, 'Save the code list')
    await refused(steward, 'evidence.code-list-incomplete')
    await room.getByLabel('Version, as the custodians number it').fill('invented 1')
    await room.getByLabel('Source', { exact: true }).fill('An invented document')
    await room.getByLabel('Year').first().fill('2025')
    await room.getByLabel('Year').last().fill('2026')
    await room.getByLabel('Month').last().selectOption({ index: 1 })
    await room.getByLabel('Day').last().selectOption('1')
    await press(steward, 'Save the code list')
    await room.getByText(/^Ours to theirs: 0 of/).waitFor()
    await room.getByLabel('Our code').selectOption('forced labour')
    await room.getByRole('checkbox', { name: 'X-1 Invented one' }).check()
    await press(steward, 'Save the mapping')
    await room.getByText(/^Ours to theirs: 1 of/).waitFor()
    await room.getByRole('row', { name: /^X-1 Invented one forced labour/ }).waitFor()
    await room.getByRole('row', { name: /^X-2 Invented two not mapped/ }).waitFor()
    expect(await width(steward)).toBe(320)
    await sent(steward)
    await steward.context().close()
  })
})
