import { readFileSync } from 'node:fs'
import { openFile } from '@lentera/core/sheets/sheet'
import { workbookOf } from '@lentera/core/sheets/test-files'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { walksThroughDemonstration } from './walks.ts'

/** A planner in an agency: from the gap on the board to a page that can be signed, and a roster changed by hand; without the network. */
const { pageOf } = walksThroughDemonstration()

/** To another address of the desk without loading it anew, which would lock it. */
async function to(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState({}, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
  }, address)
}

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

async function boardOf(page: Page): Promise<void> {
  await page.getByText('Everything sent').first().waitFor()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Workforce' }).click()
  await page.getByRole('link', { name: 'Women at every crossing' }).click()
  await page.getByRole('heading', { level: 1, name: /of \d+ posts have a trained woman for every shift/ }).waitFor()
}

describe('who plans', () => {
  it.each(['Caseworker, Cambodia', 'Front-line officer, Cambodia', 'Regional manager'])(
    '%s opens no board, no plan and no roster, and is told so',
    async (label) => {
      const page = await pageOf(label)
      for (const address of ['/workforce/cover', '/workforce/cover/plan', '/workforce/cover/roster']) {
        await to(page, address)
        await page.getByText('not the work of your post').first().waitFor()
      }
      expect(await page.getByText('(invented)').filter({ hasText: 'gate' }).count()).toBe(0)
      await page.context().close()
    },
  )
})

/** The planner's messages of this page are held until the function that it gives is called. */
async function holdPlanner(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const Real = Worker
    const held: (() => void)[] = []
    class Held extends Real {
      override set onmessage(listener: (event: MessageEvent) => void) {
        super.onmessage = (event) => held.push(() => listener.call(this, event))
      }
    }
    window.Worker = Held
    addEventListener('planner-heard', () => {
      window.Worker = Real
      held.push = (...rest) => {
        for (const each of rest) each()
        return 0
      }
      for (const each of held.splice(0)) each()
    })
  })
  return () => page.evaluate(() => void dispatchEvent(new Event('planner-heard')))
}

/** What this page asks of the planner does not reach it until the function that it gives is called. */
async function holdQuestion(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const Real = Worker
    class Held extends Real {
      override postMessage(said: unknown, options?: StructuredSerializeOptions | Transferable[]) {
        const transfer = Array.isArray(options) ? options : []
        addEventListener('question-let-go', () => super.postMessage(said, transfer), { once: true })
      }
    }
    window.Worker = Held
    addEventListener(
      'question-let-go',
      () => {
        window.Worker = Real
      },
      { once: true },
    )
  })
  return () => page.evaluate(() => void dispatchEvent(new Event('question-let-go')))
}

/** The next planner of this page ends as one that the system takes away: without an answer, and without an error. */
const endQuietly = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const Real = Worker
    window.Worker = class extends Real {
      constructor(...of: ConstructorParameters<typeof Worker>) {
        super(...of)
        window.Worker = Real
        this.addEventListener('message', () => this.terminate(), { once: true })
      }
    }
  })

describe('a plan', () => {
  it('goes from the gap to a page to sign without the network; a step that is struck out stays out; kept, it is opened again', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await boardOf(page)
    expect(await width(page)).toBe(320)
    await plannerIsHere(page)
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Plan for cover' }).click()
    await page.getByText('What the plan takes for granted').click()
    await page.getByLabel('Years').fill('9')
    await page.getByRole('alert').getByText('Years must be a whole number from 1 to 5').waitFor()
    await page.getByLabel('Years').fill('2')
    await page.getByText('What the plan takes for granted').click()
    // What a step costs is the agency's to say: before it does, no cost is told as nothing.
    await page.getByText('No price is given.').waitFor()
    await page.getByLabel('Training one woman').fill('300')
    await page.getByText('7 prices are not given').waitFor()
    // Stopped with a planner that is slow to hear: the page waits for the best so far, and says so.
    const letHear = await holdPlanner(page)
    await page.getByRole('button', { name: 'Draw three plans' }).click()
    await page.getByRole('button', { name: 'Stop and take the best so far' }).click()
    await page.getByText('Taking the best so far.').waitFor()
    await page.getByRole('button', { name: 'Wait no longer' }).waitFor()
    expect(await width(page)).toBe(320)
    await letHear()
    // Stopped so early it may leave open what must be covered, and the checker says so.
    await page.getByRole('heading', { name: 'Nobody moves' }).waitFor()
    await page.getByRole('button', { name: 'Draw again from here' }).click()
    await page.getByText('The independent checker finds no rule broken').waitFor()
    await page.getByRole('button', { name: 'Draw again from here' }).waitFor()
    expect(await width(page)).toBe(320)

    // Nobody waits for a planner that is gone, whether it said so or not.
    await endQuietly(page)
    await page.getByRole('button', { name: 'Draw again from here' }).click()
    await page.getByRole('alert').getByText('The planning stopped by itself. Nothing is lost: plan again.').waitFor()
    await page.getByText('The independent checker finds no rule broken').waitFor()

    // Stopped before it began, it has less than what stands, which stays until she says otherwise.
    const letAsk = await holdQuestion(page)
    await page.getByRole('button', { name: 'Draw again from here' }).click()
    await page.getByRole('button', { name: 'Stop and take the best so far' }).click()
    await letAsk()
    await page.getByRole('heading', { name: 'The plan drawn before still stands' }).waitFor()
    await page.getByText('You stopped early.').waitFor()
    await page.getByText('The independent checker finds no rule broken').waitFor()
    expect(await width(page)).toBe(320)
    await page.getByRole('button', { name: 'Stay with the plan from before' }).click()
    expect(await page.getByText('You stopped early.').count()).toBe(0)

    const steps = page.getByRole('region', { name: /^\d+ steps?$/ }).getByRole('listitem')
    const first = steps.filter({ hasText: /^year 1 Train/ }).first()
    const said = (await first.textContent())?.split('INV')[0]?.trim() ?? ''
    expect(said).toMatch(/^year 1 Train/)
    await first.getByRole('button', { name: 'Strike out' }).click()
    await page.getByRole('heading', { name: 'One thing is struck out' }).waitFor()
    await page.getByRole('button', { name: 'Draw again from here' }).waitFor()
    // A look at the board loses neither what was struck out nor the plan.
    await page.getByRole('main').getByRole('link', { name: 'Women at every crossing' }).click()
    await page.getByRole('button', { name: 'Plan for cover' }).click()
    await page.getByRole('heading', { name: 'One thing is struck out' }).waitFor()
    await page.getByRole('button', { name: 'Draw again from here' }).waitFor()
    const place = /of (.*)$/.exec(said)?.[1] ?? 'nowhere'
    expect(await steps.filter({ hasText: new RegExp(`Train .* of ${place.replace(/[()]/g, '.')}`) }).count()).toBe(0)

    await page.getByLabel('Name of the plan').fill('Next year (invented)')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Kept.').waitFor()
    await page.getByRole('button', { name: 'One page to sign' }).click()
    const paper = page.getByRole('region', { name: 'A trained woman on every shift: what is proposed' })
    await paper.getByText('DEMONSTRATION').waitFor()
    expect(await paper.getByText('Signature').count()).toBe(2)
    expect(await paper.getByRole('heading', { level: 3 }).allTextContents()).toEqual(
      expect.arrayContaining(['Nobody moves', 'Fewest changes', 'With those who serve today']),
    )
    const before = await steps.count()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the plan as a workbook' }).click(),
    ])
    const book = await openFile(new Uint8Array(readFileSync(await file.path())))
    if (!book.ok) throw new Error(book.refusal.code)
    const sheets = new Map(book.value.sheets.map(({ name, lines }) => [name, lines.map(({ cells }) => cells)]))
    expect([...sheets.keys()]).toEqual([
      'Gaps',
      'Options',
      'Steps',
      'Impossible and why',
      'What the plan takes for granted',
    ])
    const rows = sheets.get('Steps') ?? []
    const head = rows.findIndex(([first]) => first === 'Year')
    expect(rows[0]?.[0]).toMatch(/^DEMONSTRATION/)
    expect(rows.length - head - 1).toBe(before)
    // Nobody is in the file whom she did not choose to put there.
    expect(JSON.stringify([...sheets.values()])).not.toContain('INV-')
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Next year (invented)' })
      .getByRole('button', { name: 'Open' })
      .click()
    // The page as it was signed, beside what would be different today: nothing yet.
    await page.getByText('Nothing: the register gives the same.').waitFor()
    await paper.getByText('Signature').first().waitFor()
    await page.getByRole('button', { name: 'Draw it again from where it stands today' }).click()
    await page.getByRole('button', { name: 'Draw again from here' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: /^Kept: / }).count()).toBe(before)
    await page.context().setOffline(false)
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })
})

describe('from her own workbook to a page for the commissioner', () => {
  it.each([
    ['on a telephone', { width: 320, height: 640 }, 'T-1', 'Thistle ferry (invented)'],
    ['on a desk', { width: 1280, height: 900 }, 'Q-1', 'Dogrose bridge (invented)'],
  ])(
    '%s, without the network once her device has the planner: imported, seen on the map, planned, edited by hand, exported',
    async (_, viewport, code, name) => {
      const page = await pageOf('Gender focal point, Cambodia', viewport)
      await page.getByText('Everything sent').first().waitFor()
      await open(page, 'Workforce')
      await page.getByRole('link', { name: 'Women at every crossing' }).click()
      await plannerIsHere(page)
      await keyboardIsKept(page)
      await page.context().setOffline(true)
      const began = Date.now()

      await to(page, '/workforce/register')
      await page.getByRole('button', { name: 'Import from a workbook' }).click()
      await page.getByLabel('Choose a file').setInputFiles({
        name: 'ours.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: Buffer.from(ownWorkbook(code, name)),
      })
      // How her lists are read is remembered: the second time nobody asks.
      const seal = page.getByRole('button', { name: 'Seal and write 10 rows' })
      for (const list of ['The list of posts', 'The list of officers']) {
        await page.getByRole('heading', { name: list }).or(seal).first().waitFor()
        if (await seal.isVisible()) break
        await page.getByRole('button', { name: 'Read the rows' }).click()
        await keyboardIsKept(page)
      }
      await seal.click()
      await page.getByText('10 rows were sealed and written.').waitFor()
      await keyboardIsKept(page)

      // Her gap on the map: by shape and by word, in the list beside it too.
      await to(page, '/workforce/evidence')
      await page.getByRole('img', { name: /^Map of crossings: .* too few/ }).waitFor()
      await page
        .getByRole('list', { name: 'The posts' })
        .getByRole('button', { name: new RegExp(`${escaped(name)}.*too few trained women`) })
        .click()
      await page.getByText('One trained woman serves here; one on every shift needs 5').waitFor()
      expect(await page.locator('[data-chosen="true"]').count()).toBe(1)
      expect(await width(page)).toBe(viewport.width)

      await to(page, '/workforce/cover')
      const line = page
        .getByRole(viewport.width < 480 ? 'listitem' : 'row')
        .filter({ hasText: name })
        .first()
      await line.getByText('gap', { exact: true }).waitFor()
      await to(page, '/workforce/cover/plan')
      await page.getByRole('button', { name: 'Draw three plans' }).click()
      await page.getByText('The independent checker finds no rule broken').waitFor()
      // She is led to what was drawn.
      await page.locator('[tabindex="-1"]:focus:not(#content)').waitFor({ state: 'attached' })

      const steps = page.getByRole('region', { name: /^\d+ steps?$/ }).getByRole('listitem')
      const form = page.getByRole('form', { name: 'A step of your own' })
      const choose = async (label: string, choice: string): Promise<void> => {
        await form.getByRole('combobox', { name: label }).selectOption({ label: choice })
      }
      // What nobody offered is refused by its name, with what is allowed instead; nothing was solved for it.
      await page.getByRole('button', { name: 'Add a step of your own' }).click()
      await choose('What is to be done', 'move an officer who offered')
      await choose('Where she serves', name)
      await choose('Officer', `${code}-W2, not trained`)
      await choose('Where to', 'Lantern bridge (invented)')
      await form
        .getByRole('alert')
        .getByText('This move is for whoever has offered it; another step may take its place.')
        .waitFor()
      await form
        .getByRole('alert')
        .getByText(/^.*(Allowed: |Nobody has offered to go to)/)
        .first()
        .waitFor()
      expect(await form.getByRole('button', { name: 'Set this step', exact: true }).isDisabled()).toBe(true)
      // Nobody is sent to a post without safe lodging: what the plan builds there is set with her step.
      await choose('What is to be done', 'hire for a post')
      await choose('Post', name)
      for (const wrong of ['0', '1.5', '9999']) {
        await form.getByLabel('How many women').fill(wrong)
        await form.getByText('How many women must be a whole number from 1 to 200.').waitFor()
      }
      await form.getByLabel('How many women').fill('2')
      await form.getByText('must be a whole number from 1 to 200').waitFor({ state: 'detached' })
      await form
        .getByRole('status')
        .getByText(`It stands on a part of the plan, which is set with it: Build at ${name}: safe lodging`)
        .waitFor()
      expect(await width(page)).toBe(viewport.width)
      await form.getByRole('button', { name: 'Set this step', exact: true }).click()
      await page.getByRole('button', { name: 'Undo the last change' }).waitFor()
      await expect.poll(() => page.getByRole('button', { name: /^Kept: / }).count()).toBe(2)
      await page.getByText('The independent checker finds no rule broken').waitFor()
      expect(await steps.filter({ hasText: `Build at ${name}: safe lodging` }).count()).toBe(1)

      // One of them is changed in its place, and taken back.
      const hired = steps.filter({ hasText: new RegExp(`^ ?Hire 2 women for ${escaped(name)}`) })
      await hired.getByRole('button', { name: 'Change' }).click()
      const changing = page.getByRole('form', { name: 'Change this step' })
      await changing.getByLabel('How many women').fill('3')
      await changing.getByText(/covers \d+ shifts more in 28 days/).waitFor()
      await changing.getByRole('button', { name: 'Set this step', exact: true }).click()
      await steps.filter({ hasText: `Hire 3 women for ${name}` }).waitFor()
      await page.getByRole('button', { name: 'Undo the last change' }).click()
      await hired.waitFor()
      await page.getByRole('button', { name: 'Draw again from here' }).waitFor()

      await page.getByRole('button', { name: 'One page to sign' }).click()
      const paper = page.getByRole('region', { name: 'A trained woman on every shift: what is proposed' })
      await paper.getByText('No price is given: every cost is not known.').waitFor()
      expect(await paper.textContent()).not.toContain(`${code}-W2`)
      expect(await width(page)).toBe(viewport.width)
      expect(await printed(page)).toEqual({ pages: 1, isCutOff: false })
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save the plan as a workbook' }).click(),
      ])
      const book = await openFile(new Uint8Array(readFileSync(await file.path())))
      if (!book.ok) throw new Error(book.refusal.code)
      const cells = book.value.sheets.flatMap(({ lines }) => lines.map((line) => line.cells))
      expect(
        cells.filter(([, text]) => text?.startsWith(`Hire 2 women for ${name}`)).map(([, , , , by]) => by),
      ).toEqual(['yes'])
      console.log(
        `from her own workbook to the saved plan, ${viewport.width} px: ${((Date.now() - began) / 1000).toFixed(1)} s, by machine, beside other work`,
      )
      await page.context().setOffline(false)
      await page.getByText('Everything sent').first().waitFor()
      await page.context().close()
    },
  )
})

async function open(page: Page, link: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Menu' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('link', { name: link, exact: true }).click()
}

/** The solver and every script are kept on the device: from now on the planner needs no network. */
async function plannerIsHere(page: Page): Promise<void> {
  // `waitForFunction` takes the promise of an async predicate for its answer: it is asked again and again here.
  const isKept = (): Promise<boolean> =>
    page.evaluate(async () => {
      if (navigator.serviceWorker.controller === null) return false
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) if (/\/highs[^/]*\.wasm$/.test(url)) return true
      return false
    })
  await expect.poll(isKept).toBe(true)
}

/** What was pressed is gone; whoever has no mouse goes on from where it stood, and not from the top of the page. */
async function keyboardIsKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true)
}

/** How many sheets of A4 the page makes, and whether the last line for a signature stands on the first. */
async function printed(page: Page): Promise<{ readonly pages: number; readonly isCutOff: boolean }> {
  const before = page.viewportSize()
  const bytes = await page.pdf({ preferCSSPageSize: true })
  // Chromium writes each page of a document as an object of its own, uncompressed.
  const pages = bytes.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  const pixels = (millimetres: number): number => Math.floor((millimetres * 96) / 25.4)
  await page.emulateMedia({ media: 'print' })
  // A4 less the margins that the style sheet sets.
  await page.setViewportSize({ width: pixels(210 - 28), height: pixels(297 - 24) })
  const last = await page.getByText('Signature').last().boundingBox()
  await page.emulateMedia({ media: 'screen' })
  if (before) await page.setViewportSize(before)
  return { pages, isCutOff: last === null || last.y + last.height > pixels(297 - 24) }
}

const escaped = (text: string): string => text.replaceAll(/[()]/g, '.')

/** One post of hers that is open day and night, without lodging; a trained woman, two who are not, and men enough for company. */
const ownWorkbook = (code: string, name: string): Uint8Array =>
  workbookOf(
    {
      Posts: [
        ['Code', 'Name of post', 'Lat', 'Long', 'Hours', 'Risk', 'Separate toilets', 'Safe lodging'],
        [code, name, '11.9', '105.6', '24 h', 'high', 'yes', 'no'],
      ],
      Officers: [
        ['Service No', 'Name', 'Sex', 'Post', 'Home district', 'See until', 'Meet until'],
        [`${code}-W1`, 'Elder ten (invented)', 'F', code, 'Hill', until, until],
        [`${code}-W2`, 'Birch ten (invented)', 'F', code, 'Hill', '', ''],
        [`${code}-W3`, 'Maple ten (invented)', 'F', code, 'Hill', '', ''],
        ...Array.from({ length: 6 }, (_, nth) => [
          `${code}-M${nth}`,
          `Larch ten ${nth} (invented)`,
          'M',
          code,
          'Hill',
          '',
          '',
        ]),
      ],
    },
    'shared',
  )

/** Past the year of the plan, and within the years a certificate may hold. */
const until = `${new Date().getFullYear() + 2}-03-10`

/** Shifts with somebody alone, and other rules that are broken, are kept only by who says so. */
async function keptThoughAlone(page: Page): Promise<void> {
  for (const name of [/with somebody alone/, /^Keep it though/]) {
    const keep = page.getByRole('checkbox', { name })
    if ((await keep.count()) > 0) await keep.check()
  }
}

describe('a roster', () => {
  it('is made, judged by the checker, broken by a hand and said to be, undone, kept and changed', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await boardOf(page)
    await page.getByRole('button', { name: 'Rosters' }).click()
    await page.getByRole('combobox', { name: 'Post' }).selectOption({ label: 'Lantern bridge (invented)' })
    await page.getByRole('button', { name: 'Make the roster' }).click()
    await page.getByText(/^No (other )?rule is broken\.$/).waitFor({ timeout: patience })
    expect(await width(page)).toBe(320)
    // Seven days in a row by hand: the checker says whom and how many, whoever made it.
    const row = page.getByRole('row').filter({ hasText: 'trained woman' }).first()
    const officer = (await row.getByRole('rowheader').textContent())?.split(' ')[0] ?? 'nobody'
    for (let day = 0; day < 7; day++) await row.getByRole('combobox').nth(day).selectOption({ index: 1 })
    await page
      .getByRole('alert')
      .getByText(new RegExp(`${officer}.* days in a row`))
      .first()
      .waitFor()
    // Kept so only by who says so, even where she has agreed to whatever else is asked.
    await page.getByRole('checkbox', { name: /^Keep it though/ }).waitFor()
    expect(await page.getByRole('button', { name: 'Keep this roster' }).isDisabled()).toBe(true)
    await keptThoughAlone(page)
    expect(await page.getByRole('button', { name: 'Keep this roster' }).isEnabled()).toBe(true)
    for (let day = 0; day < 7; day++) await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText(/^No (other )?rule is broken\.$/).waitFor()
    await keptThoughAlone(page)
    await page.getByRole('button', { name: 'Keep this roster' }).click()
    await page.getByText('Kept.').waitFor()
    const kept = page.getByRole('region', { name: 'One roster is kept' })
    await kept.getByRole('button', { name: 'Open' }).click()
    // Another than what stands there: she may be free on the first day already.
    const first = row.getByRole('combobox').first()
    const stood = await first.evaluate((choice) => (choice instanceof HTMLSelectElement ? choice.selectedIndex : 0))
    const table = page.locator('table').filter({ has: page.locator('[data-cell]') })
    // One tab stop, however many cells: keys go between them, and change none.
    const before = await table.evaluate((all) => [...all.querySelectorAll('select')].map((cell) => cell.value).join())
    await first.focus()
    for (const key of ['ArrowRight', 'End', 'ArrowDown', 'Home', 'PageDown', 'ArrowLeft'])
      await page.keyboard.press(key)
    expect(await table.evaluate((all) => all.querySelectorAll('select[tabindex="0"]').length)).toBe(1)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell')?.split(' ')[1])).toBe('6')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-cell'))).toBe(false)
    expect(await table.evaluate((all) => [...all.querySelectorAll('select')].map((cell) => cell.value).join())).toBe(
      before,
    )
    await first.selectOption({ index: stood === 0 ? 1 : 0 })
    await keptThoughAlone(page)
    await page.getByRole('button', { name: 'Keep the change' }).click()
    await page.getByText('Kept.').waitFor()
    await page.getByText('Everything sent').first().waitFor()
    await kept.getByRole('button', { name: 'Entered in error' }).click()
    await kept.waitFor({ state: 'detached' })
    // Or her duties in it would stand in the next roster of these days.
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })

  it('is made again twice from where it stands: what a hand has set stays, is marked, also when it is opened again', async () => {
    // Straight to its page by the address, and without the network from there on.
    const page = await pageOf('Gender focal point, Cambodia')
    await page.getByText('Everything sent').first().waitFor()
    await to(page, '/workforce/cover/roster')
    await page.getByRole('combobox', { name: 'Post' }).selectOption({ label: 'Airfield of the morning (invented)' })
    await plannerIsHere(page)
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Make the roster' }).click()
    const judged = page.getByText(/^No (other )?rule is broken\.$/)
    await judged.waitFor({ timeout: patience })
    const officers = page.getByRole('row').filter({ hasText: 'trained woman' })
    /** The first day she works, set free: it has a name, and stays free whatever is made around it. */
    const free = async (nth: number): Promise<string> => {
      for (const cell of await officers.nth(nth).getByRole('combobox').all()) {
        const label = (await cell.getAttribute('aria-label')) ?? ''
        if ((await cell.inputValue()) === '' || label.includes('set by hand')) continue
        await cell.selectOption('')
        return label.split(', ').slice(0, 2).join(', ')
      }
      throw new Error('she works on no day')
    }
    const set = [await free(0)]
    for (const nth of [1, 2]) {
      await page.getByText(nth === 1 ? 'One day is set by hand' : '2 days are set by hand').waitFor()
      await page.getByRole('button', { name: 'Make the rest again' }).click()
      await page.getByRole('button', { name: 'Make the rest again' }).waitFor({ timeout: patience })
      await judged.waitFor()
      for (const label of set) expect(await page.getByRole('combobox', { name: label }).inputValue()).toBe('')
      if (nth === 1) set.push(await free(1))
    }
    expect(await width(page)).toBe(320)
    await keptThoughAlone(page)
    await page.getByRole('button', { name: 'Keep this roster' }).click()
    await page.getByText('Kept.').waitFor()
    await page.getByRole('region', { name: 'One roster is kept' }).getByRole('button', { name: 'Open' }).click()
    await page.getByText('2 days are set by hand').waitFor()
    for (const label of set)
      await page.getByRole('combobox', { name: new RegExp(`^${escaped(label)}.*set by hand`) }).waitFor()
    await page.context().setOffline(false)
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })

  it('of two posts that share their women on call meets a wish, which is gone when it is taken back', async () => {
    const page = await pageOf('Gender focal point, Cambodia')
    await boardOf(page)
    await page.getByRole('button', { name: 'Rosters' }).click()
    await page.getByRole('combobox', { name: 'Post' }).selectOption({ label: 'Lantern bridge (invented)' })
    await page
      .getByRole('combobox', { name: 'Shares its women on call with' })
      .selectOption({ label: 'Willow road gate (invented), 20 minutes away' })
    await page.getByText('Wishes for rosters').click()
    await page.getByRole('combobox', { name: 'Officer' }).selectOption({ index: 1 })
    await page.getByRole('form', { name: 'Add the wish' }).getByRole('combobox').first().selectOption({ index: 3 })
    await page.getByRole('button', { name: 'Add the wish' }).click()
    await page.getByRole('listitem').filter({ hasText: 'A day off' }).waitFor()
    await page.getByRole('button', { name: 'Make the roster' }).click()
    await page.getByText(/^No (other )?rule is broken\.$/).waitFor({ timeout: patience })
    await page.getByText('Every shift has a trained woman, there or on call.').waitFor()
    await page.getByText(/shifts? (is|are) covered on call/).waitFor()
    await page.getByRole('combobox', { name: /, wish met$/ }).waitFor()
    expect(await width(page)).toBe(320)
    await keptThoughAlone(page)
    await page.getByRole('button', { name: 'Keep this roster' }).click()
    await page.getByText('Kept.').waitFor()
    await page.getByText('Lantern bridge (invented) + Willow road gate (invented)').first().waitFor()
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('No wish for a day to come.').waitFor()
    expect(await page.getByRole('combobox', { name: /wish met$/ }).count()).toBe(0)
    await page.getByText('Everything sent').first().waitFor()
    await page.context().close()
  })
})
