import { intakeFor } from '@lentera/planner/projection'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { walksThroughDemonstration } from './walks.ts'

/** A gender focal point with a telephone and no network, who asks what a target in ten years takes. */
const { world } = walksThroughDemonstration()

async function focalPointOffline(): Promise<Page> {
  const page = await (await world.browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
  page.setDefaultTimeout(patience)
  await page.goto(world.server.desk)
  await page.getByRole('button', { name: /^Gender focal point, Cambodia/ }).click()
  await page.getByText('Everything sent').first().waitFor()
  // Installed with every screen of it, and answering for this page.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50))
  })
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Workforce' }).click()
  return page
}

const patient = { timeout: patience }

/** "For 20.0 % in 2036, 47.6 % of all recruits must be women": the figure of a sentence. */
const percentIn = (text: string | null, before: string): number =>
  Number(new RegExp(`([\\d.]+) %${before}`).exec((text ?? '').replaceAll('\u00a0', ' '))?.[1] ?? Number.NaN)

describe('in years to come', () => {
  it('a slider moved by the keyboard, without the network, moves the path; the intake a target needs is the closed form', async () => {
    const page = await focalPointOffline()
    await page.getByRole('link', { name: 'In years to come' }).click()
    await page.getByRole('heading', { level: 1, name: 'In years to come' }).waitFor()

    // The police has written down who came, rose and left: nothing has to be assumed.
    const needs = page.getByRole('region', { name: 'What the target needs' })
    await needs.getByRole('status').waitFor()
    expect(await page.getByRole('region', { name: 'Your assumptions' }).count()).toBe(0)
    await page.getByText('DEMONSTRATION: every number here is invented.').waitFor()
    await page
      .getByText(/counted over 2 years/)
      .first()
      .waitFor()
    await page.getByText(/^10,000 draws/).waitFor({ timeout: patience })

    // Immigration has not: her assumptions are asked for, and marked as hers.
    const choices = await page.getByLabel('Start from this headcount').locator('option').allTextContents()
    await page
      .getByLabel('Start from this headcount')
      .selectOption({ label: choices.find((each) => each.startsWith('immigration')) ?? '' })
    await page.getByRole('alert').getByText('projection.missing').waitFor()
    await page.getByLabel('Officers who leave within a year, %').fill('၄')
    await page.getByLabel('Women among recruits, %').fill('101')
    await page.getByText('A part of the officers lies between 0 and 100 %.').first().waitFor()
    await page.getByLabel('Women among recruits, %').fill('12')
    await page.getByText(/your assumption, taken as no better known than from 100 officers/).waitFor()

    // Keys alone: a share of 20 % and ten years are where the sliders begin; one step up and back again.
    const share = page.getByRole('slider', { name: 'Share of women' })
    expect([await share.inputValue(), await page.getByRole('slider', { name: 'By the year' }).inputValue()]).toEqual([
      '20',
      String(new Date().getFullYear() + 10),
    ])
    const closed = (target: number): number =>
      100 * intakeFor({ from: 160 / 1400, exit: 0.04, growth: 0, years: 10 }, target)
    const needed = async (): Promise<number> =>
      percentIn(await needs.getByRole('status').textContent(), ' of all recruits')
    await expect.poll(needed).toBeCloseTo(closed(0.2), 1)
    await share.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(needed).toBeCloseTo(closed(0.21), 1)
    await needs.getByText(`the closed form asks for ${closed(0.21).toFixed(1)} %.`).waitFor()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(needed).toBeCloseTo(closed(0.2), 1)

    // On the assumed intake the target is far away; with what it needs, about every second draw reaches it.
    const reached = async (): Promise<number> =>
      Number(/in (\d+) of 100 draws/.exec((await needs.textContent()) ?? '')?.[1] ?? Number.NaN)
    await expect.poll(reached).toBeLessThan(5)
    const box = page.getByRole('textbox', { name: 'Women among recruits, typed (%)' })
    await box.fill(closed(0.2).toFixed(1))
    await expect.poll(reached).toBeGreaterThan(35)
    expect(await reached()).toBeLessThan(65)

    // Kept by a name and laid beside another decision; still there when the page is opened anew.
    await page.getByLabel('Name of this path').fill('As it must be')
    await page.getByRole('button', { name: 'Keep this path' }).click()
    const intake = page.getByRole('slider', { name: 'Women among recruits' })
    await intake.focus()
    await page.keyboard.press('Home')
    const compared = page.getByRole('table', { name: /^Paths compared in/ })
    await compared.getByRole('columnheader', { name: 'As it must be' }).waitFor()
    const saidOf = async (row: RegExp): Promise<string> =>
      (await compared.getByRole('row', { name: row }).textContent()) ?? ''
    // Nobody of the recruits a woman: fewer than today. Beside it what was kept.
    await expect.poll(() => saidOf(/^Share in \d+, P50/), patient).toMatch(/P507\.\d.%(19|20)\.\d.%$/)
    expect(await saidOf(/^Women among recruits/)).toMatch(/0\.0.%\d\d\.\d.%$/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await page.getByRole('link', { name: 'The whole workforce room' }).click()
    await page.getByRole('link', { name: 'In years to come' }).click()
    await page
      .getByRole('table', { name: /^Paths compared in/ })
      .getByRole('columnheader', { name: 'As it must be' })
      .waitFor()

    // A quota that is kept as a most can never give more than itself.
    for (const wrong of ['abc', '-5', '250']) {
      await page.getByRole('textbox', { name: /^Quota that acts as a ceiling/ }).fill(wrong)
      await page.getByText('a number from 0 to 100, or nothing where there is none').waitFor()
    }
    await page.getByRole('textbox', { name: /^Quota that acts as a ceiling/ }).fill('10')
    await page.getByText('a number from 0 to 100, or nothing where there is none').waitFor({ state: 'detached' })
    await needs.getByText(/A quota of 10\.0 % as a ceiling does not lead there/).waitFor()
    await page.getByRole('textbox', { name: /^Quota that acts as a ceiling/ }).fill('')

    // What is written down is assumed no more; a correction moves the path, and what never was is asked for again.
    await page.getByRole('link', { name: 'Or write down who came, rose and left' }).click()
    await page.getByRole('button', { name: 'Write down who came, rose and left' }).click()
    await page.getByLabel('Kind of agency').selectOption('immigration')
    await page.getByRole('radio', { name: 'the whole agency' }).check()
    await page.getByRole('radio', { name: 'sworn officers' }).check()
    await page.getByRole('radio', { name: 'counted from personnel records' }).check()
    await page.getByRole('textbox', { name: 'Source' }).fill('Orders of last year (invented)')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').getByText('workforce.no-flow').waitFor()
    const type = async (group: string, women: string, men: string): Promise<void> => {
      await page.getByRole('group', { name: group }).getByLabel('Women').fill(women)
      await page.getByRole('group', { name: group }).getByLabel('Men', { exact: true }).fill(men)
    }
    await type('Recruited: Rank not given', '14', '56')
    await type('Left: Rank not given', '5', '49')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: /^Who came, rose and left: \d{4}$/ }).waitFor()
    const leverOf = async (): Promise<string> => {
      await page.getByRole('link', { name: 'Who came, rose and left' }).click()
      await page.getByRole('link', { name: 'The whole workforce room' }).click()
      await page.getByRole('link', { name: 'In years to come' }).click()
      await needs.getByRole('status').waitFor()
      expect(await page.getByRole('region', { name: 'Your assumptions' }).count()).toBe(0)
      return page.getByRole('textbox', { name: 'Women who leave in a year, typed (%)' }).inputValue()
    }
    // 5 of 160 women left, and 54 of all 1,400: (5 + 20 x 3.86 %) / (160 + 20), of one year.
    expect(await leverOf()).toBe('3.2')
    await page.getByRole('link', { name: 'The whole workforce room' }).click()
    await page.getByRole('link', { name: 'Who came, rose and left' }).click()
    await page
      .getByRole('listitem')
      .filter({ hasText: /immigration/ })
      .getByRole('button')
      .click()
    const left = page.getByRole('listitem').filter({ hasText: 'Left: Rank not given' })
    await left.getByRole('button', { name: 'Correct' }).click()
    await left.getByLabel('Women').fill('8')
    await left.getByRole('button', { name: 'Save', exact: true }).click()
    await left.getByText('8', { exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    expect(await leverOf()).toBe('4.9')
    // What a lever was moved to stands on the picture beside what was counted.
    expect(await page.getByText('by a lever that was moved here').count()).toBe(0)
    await page.getByRole('textbox', { name: 'Women who leave in a year, typed (%)' }).fill('2.5')
    await page.getByText('by a lever that was moved here, that 2.5 % of women leave in a year').waitFor()
    await page.getByText(/^In a year 4\.9 % of women leave and .*counted over 1 years/).waitFor()
    await page.context().close()
  })
})
