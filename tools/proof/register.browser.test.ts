import { workbookOf } from '@lentera/core/sheets/test-files'
import { openPool } from '@lentera/server/database'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { walksThroughDemonstration } from './walks.ts'

/** The planner of an invented border agency with a telephone, a workbook and no network; and those to whom its register says nothing. */
const { pageOf, world } = walksThroughDemonstration()

/** To an address of the desk, as whoever is here already: an address typed anew asks for the passphrase. */
async function goAs(page: Page, login: string, path: string): Promise<void> {
  await page.getByText('Everything sent').first().waitFor()
  await page.goto(`${world.server.desk}${path}`)
  await page.getByLabel('Passphrase').fill(`demonstration ${login}`)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
}

const wide = { width: 1280, height: 900 }
const narrow = { width: 320, height: 640 }

describe('the register of an agency', () => {
  it.each([
    ['Caseworker, Cambodia', 'caseworker.kh'],
    ['Front-line officer, Cambodia', 'officer.kh'],
    ['Regional manager', 'manager.region'],
  ])('opens nothing to %s', async (label, login) => {
    const page = await pageOf(label, wide)
    await goAs(page, login, '/workforce/register')
    await page.getByText('This is not the work of your post').waitFor()
    expect(await page.getByRole('main').textContent()).not.toContain('Lantern bridge')
    await page.context().close()
  })

  it('of another country shows its own posts to its own focal point, and no officer of this one', async () => {
    const page = await pageOf('Gender focal point of the border agency, Myanmar', wide)
    await goAs(page, 'agency.mm', '/workforce/register')
    await page.getByRole('heading', { level: 1, name: '7 posts, 45 officers' }).waitFor()
    await page.context().close()
  })

  it('of which a part has come reckons nothing from it: neither board, plan, roster, release nor import, also the next day', async () => {
    const context = await world.browser.newContext({ viewport: narrow })
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    const held = Promise.withResolvers<void>()
    await page.route('**/api/log/pull', async (route) => {
      await held.promise
      await route.continue().catch(() => undefined) // gone with the network
    })
    await page.goto(world.server.desk)
    await page
      .getByRole('button', { name: /^Gender focal point, Cambodia/ })
      .first()
      .click()
    await page.getByText('Not everything is on this device yet').waitFor()
    await page.getByText(/So far [1-9]\d* posts and [1-9]\d* officers have come/).waitFor()
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50))
    })
    await context.setOffline(true)
    await page.reload()
    await page.getByLabel('Passphrase').fill('demonstration focal-point.kh')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    for (const path of ['cover', 'cover/plan', 'cover/roster', 'cover/release', 'register', 'register/import']) {
      await page.evaluate((to) => {
        window.history.pushState(null, '', to)
        window.dispatchEvent(new PopStateEvent('popstate'))
      }, `/workforce/${path}`)
      await page.getByText('The network went before all of it had come').waitFor()
      expect(await page.getByRole('main').getByRole('button').count()).toBe(0)
    }
    held.resolve()
    await context.setOffline(false)
    await page.getByLabel('Choose a file').waitFor({ state: 'attached' })
    await context.close()
  })

  it('keeps the file and what its columns mean through a refusal, and reads it again against what stands by then', async () => {
    const page = await pageOf('Gender focal point of the border agency, Myanmar', narrow)
    await goAs(page, 'agency.mm', '/workforce/register')
    const other = await page.context().newPage()
    await other.goto(`${world.server.desk}/workforce/register`)
    await other.getByLabel('Passphrase').fill('demonstration agency.mm')
    await other.getByRole('button', { name: 'Open', exact: true }).click()
    const list = {
      name: 'posts.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Code,Post,Hours\nR-1,Reed gate (invented),06:00-14:00; 14:00-22:00\n'),
    }
    for (const each of [page, other]) {
      await each.getByRole('button', { name: 'Import from a workbook' }).click()
      await each.getByLabel('Choose a file').setInputFiles(list)
      await each.getByRole('button', { name: 'Read the rows' }).click()
      await each.getByText('Posts: 1 new, 0 changed, 0 as before.').waitFor()
    }
    await other.getByRole('button', { name: 'Seal and write 1 row' }).click()
    await other.getByText('1 row was sealed and written.').waitFor()
    await other.getByText('Everything sent').first().waitFor()
    await page.getByText('Everything sent').first().waitFor()
    await page.getByRole('button', { name: 'Seal and write 1 row' }).click()
    await page.getByRole('alert').getByText('workforce.list-overtaken').waitFor()
    await page.getByText('Posts: 0 new, 0 changed, 1 as before.').waitFor()
    await page.getByText('This list says nothing that is not written down already.').waitFor()
    await page.context().close()
  })

  it('has every correction there again that was half written when the desk locked, until it is written or given up', async () => {
    const page = await pageOf('Gender focal point of the border agency, Myanmar', narrow)
    await goAs(page, 'agency.mm', '/workforce/register')
    const lockAndOpen = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Lock' }).first().click()
      await page.getByLabel('Passphrase').fill('demonstration agency.mm')
      await page.getByRole('button', { name: 'Open', exact: true }).click()
    }
    const save = () => page.getByRole('button', { name: 'Save', exact: true }).click()
    const giveUp = () => page.getByRole('button', { name: 'Give up' }).click()
    await page.getByRole('list', { name: 'Posts' }).getByRole('link').first().click()
    const post = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''

    // Of a post: given up, it is as it stood; written, it is what was typed, and nothing waits any more.
    await page.getByRole('button', { name: 'Correct the post' }).click()
    const flow = page.getByLabel('Travellers a day')
    const stood = await flow.inputValue()
    await flow.fill('777')
    await lockAndOpen()
    await flow.waitFor()
    expect(await flow.inputValue()).toBe('777')
    await giveUp()
    await page.getByRole('button', { name: 'Correct the post' }).click()
    expect(await flow.inputValue()).toBe(stood)
    await flow.fill('778')
    await lockAndOpen()
    await flow.waitFor()
    await save()
    await page.getByText('778', { exact: true }).waitFor()
    await lockAndOpen()
    await page.getByText('778', { exact: true }).waitFor()
    expect(await flow.count()).toBe(0)

    // Of an officer who is trained, and of one of her certificates.
    await page.getByRole('list', { name: 'Officers' }).getByRole('link').filter({ hasText: 'trained' }).first().click()
    await page.getByRole('button', { name: 'Correct the officer' }).click()
    const absences = page.getByLabel('Days not there')
    await absences.fill('01/02/2031 / 03/02/2031')
    await page.getByRole('button', { name: 'Correct', exact: true }).first().click()
    const source = page.getByLabel('Where it stands how long it holds')
    await source.fill('Order 9 (invented)')
    await page.getByRole('button', { name: 'Move to another post' }).click()
    const offered = page.getByLabel('Post', { exact: true })
    const choices = await offered.locator('option').allTextContents()
    expect(choices.filter((each) => each !== '').length).toBeGreaterThan(1)
    expect(choices).not.toContain(post)
    await offered.selectOption({ index: 1 })
    await lockAndOpen()
    for (const [field, typed] of [
      [absences, '01/02/2031 / 03/02/2031'],
      [source, 'Order 9 (invented)'],
    ] as const) {
      await field.waitFor()
      expect(await field.inputValue()).toBe(typed)
    }
    await offered.waitFor()
    expect(await offered.inputValue()).not.toBe('')
    await page.context().close()
  })

  it('has what was said of a list there again when the desk locked before its rows were written', async () => {
    const page = await pageOf('Gender focal point of the border agency, Myanmar', narrow)
    await goAs(page, 'agency.mm', '/workforce/register')
    await page.getByRole('button', { name: 'Import from a workbook' }).click()
    const choose = async (): Promise<void> => {
      await page.getByLabel('Choose a file').setInputFiles({
        name: 'strength.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('Service No,Sex,Post,Home,Gate\nX-1,L,R-9,Hill,M-1\n'),
      })
      await page.getByRole('heading', { name: 'The list of officers' }).waitFor()
    }
    await choose()
    const [home, at] = [page.getByLabel('Home area'), page.getByLabel('Post, by code or name')]
    const word = page.getByLabel(/^“L”/)
    expect(await home.inputValue()).toBe('in Home')
    // That a column that the heads suggest is none of hers is said, too.
    await home.selectOption('')
    await at.selectOption('in Gate')
    await word.selectOption({ label: 'man' })
    await page.getByRole('button', { name: 'Lock' }).first().click()
    await page.getByLabel('Passphrase').fill('demonstration agency.mm')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await choose()
    expect(await home.inputValue()).toBe('')
    expect(await at.inputValue()).toBe('in Gate')
    expect(await word.inputValue()).toBe('male')
    await page.getByRole('button', { name: 'Give up' }).click()
    await page.getByRole('button', { name: 'Import from a workbook' }).click()
    await choose()
    expect(await home.inputValue()).toBe('in Home')
    await page.context().close()
  })

  it('is filled from a workbook at 320 px without a network, two bad rows left out; a certificate moves the post’s count', async () => {
    const page = await pageOf('Gender focal point, Cambodia', narrow)
    await page.getByText('Everything sent').first().waitFor()
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Workforce' }).click()
    await page.getByRole('link', { name: 'Posts and officers' }).click()
    await page.getByRole('heading', { level: 1, name: '8 posts, 114 officers' }).waitFor()
    await page.getByText('24 officers, 7 women, 6 trained today').waitFor()
    await page.context().setOffline(true)

    await page.getByRole('button', { name: 'Import from a workbook' }).click()
    await bring(page)
    // The list of posts, then that of officers: what the heads suggest is what she says.
    await page.getByRole('heading', { name: 'The list of posts' }).waitFor()
    expect(await page.getByLabel('Opening hours').inputValue()).toBe('in Hours')
    await page.getByRole('button', { name: 'Read the rows' }).click()
    await page.getByRole('heading', { name: 'The list of officers' }).waitFor()
    expect(await page.getByLabel('Service number or pseudonym').inputValue()).toBe('in Service No')
    await page.getByRole('button', { name: 'Read the rows' }).click()
    await page.getByText('Posts: 1 new, 1 changed, 0 as before.').waitFor()
    await page.getByText('Officers: 3 new, 1 changed, 0 as before.').waitFor()
    const bad = page.getByRole('list', { name: '2 rows that cannot be taken' })
    // Each by the number that the row says, which stays on this device.
    for (const number of ['W-4', 'W-5']) await bad.getByText(number, { exact: true }).waitFor()
    await page
      .getByRole('list', { name: '1 new post, as it would be written' })
      .getByText('F-1 Fern gate (invented)')
      .waitFor()
    const fresh = page.getByRole('list', { name: '3 new officers, as they would be written' })
    for (const said of ['W-1', 'F-1 Fern gate (invented)', `10 March ${until}`])
      await fresh.getByText(said).first().waitFor()
    await bad.getByText('It names a post that is neither written down nor in the list.').waitFor()
    await bad.getByText(/under “Meet until” is no day/).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    // What it changes of whom stands there before anything is sealed, that of a woman's post first.
    const grave = page.getByRole('list', { name: /^1 change to look at first/ })
    await grave.getByText('INV-0001').waitFor()
    await grave.getByText('Post, by code or name').waitFor()
    await grave.getByText(/^A-3 /).waitFor()
    await page
      .getByRole('list', { name: /other changes?$/ })
      .getByText('B-1 Ferry landing')
      .first()
      .waitFor()
    // Not without her word.
    await page.getByRole('button', { name: 'Seal and write 6 rows' }).click()
    await page.getByRole('alert').getByText('workforce.rows-not-good').waitFor()
    await page.getByRole('checkbox', { name: 'Leave these 2 rows out and take the others' }).check()
    await page.getByRole('button', { name: 'Seal and write 6 rows' }).click()
    await page.getByRole('alert').getByText('workforce.changes-not-seen').waitFor()
    const looked = page.getByRole('checkbox', { name: /^I have looked at this change of sex, post or certificate/ })
    await looked.check()
    await page.getByRole('button', { name: 'Seal and write 6 rows' }).click()
    await page.getByText('6 rows were sealed and written.').waitFor()
    await page.getByRole('button', { name: 'Look at the posts' }).click()
    await page.getByRole('heading', { level: 1, name: '9 posts, 117 officers' }).waitFor()

    // The same file again doubles nobody, and nobody is asked anew what its columns mean.
    await page.getByRole('button', { name: 'Import from a workbook' }).click()
    await bring(page)
    await page.getByText('Read as a colleague read this list before.').waitFor()
    await page.getByText('Officers: 0 new, 0 changed, 4 as before.').waitFor()
    await page.getByRole('button', { name: 'Give up' }).click()

    // A list whose every date could be two days: she says which is meant, and sees what is made of it.
    await page.getByRole('button', { name: 'Import from a workbook' }).click()
    await page.getByLabel('Choose a file').setInputFiles({
      name: 'certificates.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Service No,Sex,Post,See issued,See until\nW-2,M,F-1,05/04/${issued},05/04/${until}\n`),
    })
    await page.getByRole('heading', { name: 'The list of officers' }).waitFor()
    expect(await page.getByLabel('Certificate See, last day').inputValue()).toBe('in See until')
    await page
      .getByLabel(`Which day is meant by 05/04/${until}`)
      .selectOption({ label: `4 May ${until}: the month is first` })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await page.getByRole('button', { name: 'Read the rows' }).click()
    // A woman would be a man: it stands first, and nothing is written of it.
    const turned = page.getByRole('list', { name: /^1 change to look at first/ })
    await turned.getByText('woman', { exact: true }).waitFor()
    await turned.getByText('man', { exact: true }).waitFor()
    await page.getByRole('list', { name: '1 other change' }).getByText(`4 May ${until}`).waitFor()
    await page.getByRole('button', { name: 'Give up' }).click()

    await page.getByRole('link', { name: /F-1 Fern gate \(invented\)/ }).click()
    await page.getByRole('heading', { name: '3 officers, 2 women, 1 trained today' }).waitFor()
    await page.getByText(/Nobody may be sent here before this is known to be there: Safe lodging/).waitFor()
    await page.getByRole('link', { name: /W-2/ }).click()
    await page.getByRole('button', { name: 'Correct the officer' }).click()
    await page.getByLabel('Home area').fill('West valley (invented)')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('West valley (invented)').waitFor()
    for (const module of ['1 See', '2 Meet']) await certify(page, module)
    await page.getByText('trained today').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await page.goBack()
    await page.getByRole('heading', { name: '3 officers, 2 women, 2 trained today' }).waitFor()

    await page.context().setOffline(false)
    await page.getByText('Everything sent').first().waitFor()
    await neverInTheDatabase(['Fern gate', 'West valley', 'Rowan nine', 'INV-0001'])
    await page.context().close()
  })
})

async function bring(page: Page): Promise<void> {
  await page.getByLabel('Choose a file').setInputFiles({
    name: 'register.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(workbook),
  })
}

/** Years that are past the life of a test and within those a certificate may hold. */
const [issued, until] = [String(new Date().getFullYear() - 1), String(new Date().getFullYear() + 1)]

/** One post more and one that changed; three officers more and one who moved; an unknown post and a date that is none. */
const workbook = workbookOf(
  {
    Posts: [
      ['Code', 'Name of post', 'Hours', 'Risk', 'Separate toilets', 'Safe lodging'],
      ['F-1', 'Fern gate (invented)', '06:00-14:00; 14:00-22:00', 'medium', 'yes', 'no'],
      ['B-1', 'Ferry landing of the three trees (invented)', 'day', 'high', 'yes', 'yes'],
    ],
    Officers: [
      ['Service No', 'Name', 'Sex', 'Post', 'Home district', 'See until', 'Meet until'],
      ['W-1', 'Rowan nine (invented)', 'F', 'F-1', 'Hill', `${until}-03-10`, `${until}-03-10`],
      ['W-2', 'Alder nine (invented)', 'F', 'F-1', 'Hill', '', ''],
      ['W-3', 'Hazel nine (invented)', 'M', 'F-1', 'Hill', '', ''],
      ['W-4', 'Aspen nine (invented)', 'F', 'Z-9', 'Hill', '', ''],
      ['W-5', 'Linden nine (invented)', 'F', 'F-1', 'Hill', '', '31.02.2027'],
      ['INV-0001', '', 'F', 'A-3', '', '', ''],
    ],
  },
  'shared',
)

async function certify(page: Page, module: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a certificate' }).click()
  await page.getByRole('radio', { name: module }).check()
  for (const [label, year] of [
    ['Issued on', issued],
    ['Last day it holds', until],
  ] as const) {
    const date = page.getByRole('group', { name: label })
    await date.getByLabel('Day').selectOption('10')
    await date.getByLabel('Month').selectOption('3')
    await date.getByLabel('Year').fill(year)
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Add a certificate' }).waitFor()
}

/** What the agency said of its posts and officers stands in no row of any table. */
async function neverInTheDatabase(words: readonly string[]): Promise<void> {
  const database = openPool(world.databaseUrl, 1)
  try {
    const rows = await database.asOwner(async (transaction) => {
      const tables = await transaction.query<{ name: string }>(
        'tables',
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
      )
      const found: string[] = []
      for (const { name } of tables) {
        const text = words.map((_, i) => `t::text like '%' || $${i + 1} || '%'`).join(' or ')
        const named = await transaction.query<{ row: string }>(
          `search ${name}`,
          `select t::text as row from ${name} t where ${text}`,
          [...words],
        )
        found.push(...named.map(({ row }) => `${name}: ${row.slice(0, 200)}`))
      }
      return found
    })
    expect(rows).toEqual([])
  } finally {
    await database.close()
  }
}
