import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** A caseworker outside a courtroom, with a telephone and no network, who follows a criminal case to its sentence. */
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
  await page.getByText('Everything sent').first().waitFor()
  return page
}

async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page
    .getByRole('link', { name: new RegExp(`^${place}`) })
    .first()
    .click()
}

const save = (within: Page | Locator) => within.getByRole('button', { name: 'Save', exact: true }).click()

const sentenced = 'perpetrators sentenced'
const tile = (page: Page, indicator: string) => page.getByRole('button', { name: new RegExp(indicator) }).first()

/** What the tile of an indicator says now; nothing where nothing is recorded yet. */
async function counted(page: Page, indicator: string): Promise<number> {
  await page.getByRole('button', { name: 'Count again' }).click()
  const said = (await tile(page, indicator).textContent()) ?? ''
  return Number(new RegExp(`(\\d+)\\s*${indicator}`).exec(said)?.[1] ?? 0)
}

const becomes = (page: Page, indicator: string, number: number) =>
  expect.poll(() => counted(page, indicator)).toBe(number)

describe('a criminal case', () => {
  it('is followed offline on a small screen to a sentence that is counted, appealed, corrected, and linked to a survivor unseen', async () => {
    const worker = await pageOf('Caseworker, Myanmar', { width: 320, height: 640 })
    await go(worker, 'Results')
    await worker.getByRole('button', { name: 'Count again' }).waitFor()
    const isCounted = (await tile(worker, sentenced).count()) > 0
    const before = isCounted ? await counted(worker, sentenced) : 0
    // This browser keeps a screen for offline use from the second visit on: she has looked at her caseload before.
    await go(worker, 'Cases')
    await worker.getByRole('heading', { level: 1 }).waitFor()
    await go(worker, 'Criminal cases')

    await worker.context().setOffline(true)
    await worker.getByRole('button', { name: 'Follow a criminal case' }).click()
    await worker.getByRole('button', { name: 'Follow this case' }).click()
    await worker.getByRole('alert').getByText('justice.no-stage').waitFor()
    await worker.getByRole('radio', { name: 'trial' }).check()
    await worker.getByLabel('What your team calls it').fill('Canary workshop (invented)')
    await worker.getByLabel('Court and file number').fill('District court (invented)')
    await worker.getByRole('button', { name: 'Follow this case' }).click()
    await worker.getByRole('heading', { level: 1, name: 'Canary workshop (invented)' }).waitFor()
    const code =
      /[A-Z]{2}-J-\w{4}/.exec((await worker.getByRole('heading', { level: 1 }).textContent()) ?? '')?.[0] ?? ''

    // Two accused, a woman and a man: the one is acquitted, the other convicted and sentenced.
    for (const [sex, said] of [
      ['female', 'woman or girl'],
      ['male', 'man or boy'],
    ] as const) {
      await worker.getByRole('button', { name: 'Write down a person accused' }).click()
      if (sex === 'female') {
        await save(worker)
        await worker.getByRole('alert').getByText('justice.no-sex').waitFor()
      }
      await worker.getByRole('radio', { name: said, exact: true }).check()
      await worker.getByRole('radio', { name: 'adult' }).check()
      await worker.getByLabel('Name of the accused').fill(`Accused ${sex} (invented)`)
      await save(worker)
      await worker.getByRole('heading', { level: 3, name: new RegExp(`Accused ${sex} `) }).waitFor()
    }
    const one = (sex: string) => worker.getByRole('article').filter({ hasText: `Accused ${sex} (invented)` })
    for (const [sex, verdict] of [
      ['female', 'acquitted'],
      ['male', 'convicted'],
    ] as const) {
      await one(sex).getByRole('button', { name: 'Write down the verdict' }).click()
      await save(one(sex))
      await one(sex).getByRole('alert').getByText('justice.no-verdict').waitFor()
      await one(sex).getByRole('radio', { name: verdict }).check()
      await save(one(sex))
      await one(sex).getByRole('heading', { level: 3 }).getByText(verdict).waitFor()
    }
    expect(await one('female').getByRole('button', { name: 'Write down the sentence' }).count()).toBe(0)
    await one('male').getByRole('button', { name: 'Write down the sentence' }).click()
    await one('male').getByRole('radio', { name: 'imprisonment', exact: true }).check()
    await one('male').getByLabel('Whole years').fill('120')
    await save(one('male'))
    await one('male').getByRole('alert').getByText('justice.years-out-of-range').waitFor()
    await one('male').getByLabel('Whole years').fill('၁၀')
    await save(one('male'))
    await one('male').getByText('imprisonment, 10 years').waitFor()
    expect(await worker.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

    // Her case is linked only as she agreed.
    const links = worker.getByRole('region', { name: 'Survivors’ cases' })
    await links.getByRole('button', { name: 'Link a survivor’s case' }).click()
    const choice = links.getByLabel('Her case, by its code')
    await choice.selectOption({ index: 1 })
    await save(links)
    await links.getByRole('alert').getByText('justice.link-not-agreed').waitFor()
    await links.getByLabel('She was asked, and agreed').check()
    await save(links)
    const survivor = links.getByRole('link')
    const hers = (await survivor.textContent()) ?? ''
    await survivor.click()
    await worker.getByRole('heading', { level: 1 }).getByText(hers).waitFor()
    await worker.getByRole('region', { name: 'Criminal cases' }).getByRole('link', { name: code }).click()
    await worker.getByRole('heading', { level: 1, name: code }).waitFor()
    await worker.context().setOffline(false)
    await worker.getByText('Everything sent').first().waitFor()

    // Counted at once for the team, and opened down to the criminal case, which is where the link stays.
    await go(worker, 'Results')
    await becomes(worker, sentenced, before + 1)
    await tile(worker, sentenced).click()
    await worker.getByRole('dialog').getByRole('link', { name: code }).click()
    await worker.getByRole('heading', { level: 1, name: code }).waitFor()

    // Under appeal nobody is sentenced; upheld, he is; and a correction is an entry.
    await one('male').getByRole('button', { name: 'Write down an appeal' }).click()
    await save(one('male'))
    await one('male').getByText('Appeal: not decided yet').waitFor()
    await worker.getByText('Everything sent').first().waitFor()
    await go(worker, 'Results')
    await becomes(worker, sentenced, before)
    await go(worker, 'Criminal cases')
    await worker.getByRole('link', { name: code }).click()
    await one('male').getByRole('button', { name: 'Write down the decision on the appeal' }).click()
    await one('male').getByRole('radio', { name: 'verdict upheld' }).check()
    await save(one('male'))
    await one('male').getByText('Appeal: verdict upheld').waitFor()
    const row = one('male').getByRole('listitem').filter({ hasText: 'imprisonment, 10 years' })
    await row.getByRole('button', { name: 'Correct', exact: true }).click()
    await row.getByLabel('Whole years').fill('12')
    await save(row)
    await one('male').getByText('imprisonment, 12 years').waitFor()
    await worker.getByText('Everything sent').first().waitFor()
    await go(worker, 'Results')
    await becomes(worker, sentenced, before + 1)
    await worker
      .getByRole('rowheader', { name: '12 years' })
      .or(worker.getByRole('cell', { name: '12 years' }))
      .first()
      .waitFor()

    // What never was is counted no more; and the link goes when she wants it to.
    await go(worker, 'Criminal cases')
    await worker.getByRole('link', { name: code }).click()
    await worker.getByRole('button', { name: `Unlink ${hers}` }).click()
    await worker.getByText('Linked to no case.').waitFor()
    await worker.getByRole('button', { name: 'This criminal case never was' }).click()
    await worker.getByText('entered in error').first().waitFor()
    await worker.getByText('Everything sent').first().waitFor()
    await go(worker, 'Results')
    await becomes(worker, sentenced, before)

    // Gone at the lock; and whoever works with women at risk is not led to it.
    await go(worker, 'Criminal cases')
    await worker.getByText('Canary workshop (invented)').waitFor()
    await worker.getByRole('button', { name: 'Lock' }).first().click()
    await worker.getByLabel('Passphrase').waitFor()
    expect(await worker.evaluate(() => document.documentElement.outerHTML)).not.toContain('Canary')
    const officer = await pageOf('Livelihoods officer, Cambodia', { width: 1280, height: 900 })
    expect(await officer.getByRole('link', { name: 'Criminal cases' }).count()).toBe(0)
    for (const page of [worker, officer]) await page.context().close()
  })
})
