import { readMessages } from '@lentera/ui/catalogues/compile'
import { poText } from '@lentera/ui/catalogues/node'
import { type Language, languages } from '@lentera/ui/tokens/scripts'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { walksThroughDemonstration } from './walks.ts'

/** A gender focal point hands her telephone to an officer, offline; and what she then may see of what officers answered. */
const { pageOf: opened, world } = walksThroughDemonstration()

/** When all that the device has is sent. */
async function pageOf(...of: Parameters<typeof opened>): Promise<Page> {
  const page = await opened(...of)
  await page.getByText('Everything sent').first().waitFor()
  return page
}
const passphrase = 'demonstration focal-point.kh'
const small = { width: 320, height: 640 }

/** The words of the screen that an officer is handed, in her language. */
function saidIn(language: Language): (id: string) => string {
  const words = readMessages(poText(language, 'survey'))
  return (id) => words.get(id) ?? '?'
}

async function workforce(page: Page, link: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: /^Workforce/ }).click()
  await page.getByRole('link', { name: link }).click()
}

async function unlock(page: Page): Promise<void> {
  await page.getByLabel('Passphrase').fill(passphrase)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
}

const refusal = (page: Page, code: string) => page.getByRole('alert').getByText(code).waitFor()
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const isNarrow = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(small.width)

/** How many streams rest on the device. */
const streamsKept = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { name } = (await indexedDB.databases()).find((each) => each.name?.match(/^lentera-.{36}$/)) ?? {}
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await answer(indexedDB.open(name ?? ''))
    const count = await answer(database.transaction('streams').objectStore('streams').count())
    database.close()
    return count
  })

describe('what officers are asked', () => {
  it('is nobody else’s: another organisation is told of no survey, by its address neither', async () => {
    const focalPoint = await pageOf('Gender focal point, Cambodia', { width: 1280, height: 900 })
    await focalPoint.goto(`${world.server.desk}/workforce/research`)
    await unlock(focalPoint)
    await focalPoint.getByRole('button', { name: /first round/ }).click()
    await focalPoint.getByRole('heading', { name: /officers answered/ }).waitFor()
    const { pathname } = new URL(focalPoint.url())
    const manager = await pageOf('Programme manager, Cambodia', { width: 1280, height: 900 })
    await manager.goto(`${world.server.desk}${pathname}`)
    await manager.getByLabel('Passphrase').fill('demonstration manager.kh')
    await manager.getByRole('button', { name: 'Open', exact: true }).click()
    await manager.getByRole('heading', { name: 'This survey is not on this device' }).waitFor()
    for (const page of [manager, focalPoint]) await page.context().close()
  })

  it('an officer answers in Burmese on the device that was handed to her, and no way leads back to it or to the desk', async () => {
    const page = await pageOf('Gender focal point, Cambodia', small)
    await workforce(page, 'Surveys of officers')
    // The installed program: without it a page that is loaded anew offline is none.
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Open a survey' }).click()
    await save(page)
    await refusal(page, 'research.no-instrument')
    await page.getByRole('radio', { name: 'Careers and contribution' }).check()
    await save(page)
    await refusal(page, 'research.no-agency')
    await page.getByRole('checkbox', { name: 'border police' }).check()
    await save(page)
    await refusal(page, 'research.no-name')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('At one table (invented)')
    await save(page)
    await refusal(page, 'research.not-a-number-asked')
    await page.getByRole('textbox', { name: 'Officers asked' }).fill('၁၂')
    await save(page)
    await page.getByRole('heading', { level: 1, name: 'At one table (invented): officers are asked' }).waitFor()
    await page.getByText('Nothing is shown while officers are asked').waitFor()
    await isNarrow(page)
    const keptBefore = await streamsKept(page)
    // The survey itself waits, offline. Whoever hands the device over must read the same afterwards, whatever an officer did.
    const corner = page.getByText(/unsent, officers’ answers not counted/)
    const before = await corner.textContent()
    const waiting = Number.parseInt(before ?? '', 10)
    expect(waiting).toBeGreaterThan(0)

    await page.getByRole('button', { name: 'Hand the device over' }).click()
    await page.getByRole('button', { name: 'Show only the questions' }).click()
    await page.getByRole('button', { name: 'မြန်မာ' }).click()
    await page.getByRole('heading', { level: 1, name: 'အသက်မွေးမှုနှင့် ပံ့ပိုးမှု' }).waitFor()
    // Its letters were fetched with its words: a title of empty boxes would be no title.
    const hasLetters = () => document.fonts.check('600 16px "Noto Sans Myanmar"', 'မြန်မာ')
    expect(await page.evaluate(hasLetters)).toBe(true)
    await page.getByRole('button', { name: 'စတင်ပါ' }).click()
    const handIn = page.getByRole('button', { name: 'ပေးပို့ပါ', exact: true })
    await handIn.click()
    await refusal(page, 'research.no-agency-said')
    await page.getByRole('radio', { name: 'အမျိုးသမီး', exact: true }).check()
    await page
      .getByRole('radiogroup', { name: /သင်အမှုထမ်းသည့်ဌာန/ })
      .getByRole('radio')
      .check()
    await handIn.click()
    await refusal(page, 'research.nothing-answered')
    const promotion = page.getByRole('radiogroup', { name: /ရာထူးတိုးခွင့်အလမ်း/ })
    await promotion.getByRole('radio', { name: 'အမျိုးသမီးအတွက် ပိုနည်း' }).check()
    await page.getByRole('textbox').fill('ညဘက် အမျိုးသမီး နည်းသည် (invented)')
    await isNarrow(page)
    await handIn.click()
    await page.getByRole('heading', { level: 1, name: 'ကျေးဇူးတင်ပါသည်' }).waitFor()

    // Neither back nor the next officer's empty sheet shows what she answered.
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'ကျေးဇူးတင်ပါသည်' }).waitFor()
    expect(await page.getByRole('navigation').count()).toBe(0)
    await page.getByRole('button', { name: 'နောက်အရာရှိ' }).click()
    await page.getByRole('button', { name: 'စတင်ပါ' }).click()
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0)
    expect(await page.getByRole('textbox').inputValue()).toBe('')
    // Nor does the page, loaded anew: without her passphrase there is no desk.
    await page.reload()
    await page.getByLabel('Passphrase').waitFor()
    expect(await page.getByRole('link', { name: 'Workforce' }).count()).toBe(0)

    // A sheet and words of her own wait beside the survey: neither the locked screen nor the desk tells that she handed in any.
    await page.getByText(new RegExp(`^${waiting} entr(y waits|ies wait) to be sent`)).waitFor()
    await unlock(page)
    expect(await corner.textContent()).toBe(before)
    await page.context().setOffline(false)
    await page.getByText('Everything sent').first().waitFor()
    // Her sheet is gone from the device; of what she did her own words are here, for the team they are sealed to.
    await expect.poll(() => streamsKept(page)).toBe(keptBefore + 1)

    await workforce(page, 'Surveys of officers')
    await page.getByRole('button', { name: /At one table/ }).click()
    await page.getByRole('button', { name: 'Close the survey' }).click()
    await page.getByRole('heading', { name: 'Fewer than five, not shown' }).waitFor()
    await page.getByText('12 officers were asked.').waitFor()
    expect(await page.getByRole('main').textContent()).not.toMatch(/ညဘက်/)
    await isNarrow(page)
    await page.context().close()
  })

  it('an officer of any country of the programme answers in her own language, offline, on a small telephone', async () => {
    const page = await pageOf('Gender focal point, Cambodia', small)
    await workforce(page, 'Surveys of officers')
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    // Those that the desk itself does not speak.
    const own = ['km', 'lo', 'vi', 'id', 'ms', 'fil'] as const
    const letters = { km: 'Noto Sans Khmer', lo: 'Noto Sans Lao' } as const
    const asked = [
      { title: 'Careers and contribution', key: 'contribution', hand: 'Hand the device over' },
      { title: 'Interview guide', key: 'interview', hand: 'Interview officers' },
    ]
    for (const { title, key, hand } of asked) {
      await page.getByRole('button', { name: 'Open a survey' }).click()
      await page.getByRole('radio', { name: title }).check()
      await page.getByRole('checkbox', { name: 'border police' }).check()
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`In nine languages: ${key} (invented)`)
      await page.getByRole('textbox', { name: 'Officers asked' }).fill('12')
      await save(page)
      await page.getByRole('button', { name: hand }).click()
      await page.getByRole('button', { name: 'Show only the questions' }).click()
      for (const language of own) {
        const said = saidIn(language)
        await page.getByRole('button', { name: languages[language].name, exact: true }).click()
        await page.getByRole('heading', { level: 1, name: said(`research.instrument.${key}.title`) }).waitFor()
        await page.getByRole('note').getByText(said('ui.language.draft')).waitFor()
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
        if (language in letters) {
          const font = letters[language as keyof typeof letters]
          const written = languages[language].name
          // 400 and 600: what runs and what is a title.
          for (const weight of [400, 600])
            expect(
              await page.evaluate(
                ([face, text]) => document.fonts.check(face ?? '', text),
                [`${weight} 16px "${font}"`, written],
              ),
            ).toBe(true)
        }
        await isNarrow(page)
        if (key === 'interview') {
          for (const line of ['what', 'free', 'known', 'counts', 'words'])
            await page.getByText(said(`research.consent.${line}`)).waitFor()
          await page.getByRole('checkbox', { name: said('research.consent.read') }).check()
          await page.getByRole('button', { name: said('research.consent.yes') }).click()
        } else await page.getByRole('button', { name: said('research.begin') }).click()
        const handIn = page.getByRole('button', { name: said('research.hand-in'), exact: true })
        await handIn.waitFor()
        await isNarrow(page)
        if (language !== 'km') {
          await page.getByRole('button', { name: said('research.leave-out') }).click()
          continue
        }
        await handIn.click()
        await page.getByRole('alert').getByText(said('refusal.research.no-agency-said')).waitFor()
        await page.getByRole('radio', { name: said('research.sex.female'), exact: true }).check()
        await page.getByRole('radio', { name: said('agency.border-police'), exact: true }).check()
        await handIn.click()
        await page.getByRole('alert').getByText(said('refusal.research.nothing-answered')).waitFor()
        if (key === 'interview')
          await page.getByRole('checkbox', { name: said('research.several.would-help.facilities') }).check()
        else
          await page
            .getByRole('radiogroup', { name: said('research.instrument.contribution.promotion') })
            .getByRole('radio', { name: said('research.scale.chances.women-less') })
            .check()
        await isNarrow(page)
        await handIn.click()
        await page.getByRole('heading', { level: 1, name: said('research.thanks') }).waitFor()
        await page.getByText(said('research.thanks-text')).waitFor()
        await isNarrow(page)
        const next = key === 'interview' ? 'research.next-interview' : 'research.next-officer'
        await page.getByRole('button', { name: said(next) }).click()
      }
      // The way back is the passphrase, and the desk behind speaks as before.
      await page.getByRole('button', { name: saidIn('fil')('research.give-back') }).click()
      await unlock(page)
      await workforce(page, 'Surveys of officers')
    }
    await page.context().setOffline(false)
    await page.getByText('Everything sent').first().waitFor()
    const client = new pg.Client({ connectionString: world.databaseUrl })
    await client.connect()
    const { rows } = await client.query(
      `select text::json->'coded'->>'language' as language from lentera.entry
       where kind = 'research.sheet-handed-in' and text::json->'coded'->>'agency' = 'border-police'`,
    )
    await client.end()
    expect(rows.length).toBeGreaterThanOrEqual(2)
    // Where few read a language it would say who she is.
    expect(rows.every(({ language }) => language === null)).toBe(true)
    await page.context().close()
  })

  it('of thirty-eight the tables are shown, without a cell of fewer than five and without what would give one away', async () => {
    const page = await pageOf('Gender focal point, Cambodia', small)
    await workforce(page, 'Surveys of officers')
    await page.getByRole('button', { name: /first round/ }).click()
    await page.getByRole('heading', { name: '38 officers answered' }).waitFor()
    await page.getByText(/Of 57 who were asked/).waitFor()
    const tables = page.getByRole('table')
    expect(await tables.count()).toBe(9)
    const cells = (await tables.locator('tbody td').allTextContents()).map((text) => text.trim())
    const numbers = cells.filter((text) => /^\d+$/.test(text)).map(Number)
    expect(numbers.length).toBeGreaterThan(20)
    expect(numbers.filter((number) => number > 0 && number < 5)).toEqual([])
    expect(cells.filter((text) => text.includes('protected')).length).toBeGreaterThan(5)
    await page.getByText('Invented: the night turn is short of one woman every week.').waitFor()
    await isNarrow(page)
    await page.context().close()
  })

  it('no device fetches a sheet: every one lies where nobody reads, and names no person, day or moment', async () => {
    const client = new pg.Client({ connectionString: world.databaseUrl })
    await client.connect()
    const { rows } = await client.query<{ audience: string; text: string }>(
      `select audience, text from lentera.entry where kind = 'research.sheet-handed-in'`,
    )
    await client.end()
    expect(rows.length).toBeGreaterThanOrEqual(43)
    expect([...new Set(rows.map(({ audience }) => audience))]).toEqual(['nobody'])
    for (const { text } of rows) {
      const { at, on, id, coded } = JSON.parse(text)
      expect([at, /^\d{4}-Q[1-4]$/.test(on), id[14]]).toEqual([null, true, '4'])
      // Of an interview besides, that she was told what is done with her words and said yes.
      const { consent = 'read-and-given', ...said } = coded
      expect(consent).toBe('read-and-given')
      expect(Object.keys(said).sort()).toEqual(['agency', 'answers', 'organisation', 'sex', 'survey'])
    }
  })
})

describe('a barrier', () => {
  it('is refused without its evidence, stands in the matrix, and is corrected', async () => {
    const page = await pageOf('Gender focal point, Cambodia', small)
    await workforce(page, 'Barriers by area')
    await page.getByText('have not been checked against the publication yet').first().waitFor()
    await page.getByRole('button', { name: 'Write down a barrier' }).click()
    await save(page)
    await refusal(page, 'workforce.not-complete')
    await page.getByLabel('Kind of agency').selectOption('customs')
    await page.getByRole('combobox', { name: 'Area' }).selectOption('career-value')
    await page.getByRole('radio', { name: 'medium' }).check()
    await save(page)
    await refusal(page, 'workforce.no-barrier-evidence')
    await page.getByRole('textbox', { name: 'Evidence' }).fill('A turn at a crossing counts half (invented)')
    await save(page)
    await page.getByRole('heading', { level: 1, name: 'Career value: medium barrier' }).waitFor()
    await page.getByRole('button', { name: 'Correct' }).click()
    await page.getByRole('radio', { name: 'high' }).check()
    await save(page)
    await page.getByRole('heading', { level: 1, name: 'Career value: high barrier' }).waitFor()
    await isNarrow(page)
    await page.getByRole('link', { name: 'Barriers' }).click()
    const row = page.getByRole('table', { name: /Ten areas/ }).getByRole('row', { name: /Career value/ })
    await row.getByText('high').waitFor()
    await isNarrow(page)
    await page.context().close()
  })

  it('leads by a recommendation to what changed: from the Road-map of 29 September 2021 on, each with whose words it is', async () => {
    const page = await pageOf('Gender focal point, Cambodia', small)
    await workforce(page, 'From recommendation to change')
    await page.getByRole('heading', { level: 1, name: '3 changes are written down' }).waitFor()
    const quoted = page.getByRole('region', { name: /^1\. “To address this growing trend/ })
    await quoted.getByText(/Quoted from a source/).waitFor()
    await quoted.getByText('29 September 2021').first().waitFor()
    await quoted.getByRole('link', { name: /Road-map is adopted/ }).waitFor()
    const own = page.getByRole('region', { name: /^2\. Invented/ })
    await own.getByText(/Our own words/).waitFor()
    await own.getByText(/Barrier found: Infrastructure \(high\)/).waitFor()
    await isNarrow(page)
    await page.context().close()
  })
})
