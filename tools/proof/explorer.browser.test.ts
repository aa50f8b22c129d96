import type { Publication } from '@lentera/core/shared/publication'
import { readMessages } from '@lentera/ui/catalogues/compile'
import { poText } from '@lentera/ui/catalogues/node'
import { allLanguages, type Language } from '@lentera/ui/tokens/scripts'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portalOrigin } from '../../server/http/portal-origin.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { handing, inventedPublications } from '../release/invented-publications.ts'
import { brokenLines, cutText, faultsOf, opened, smallTargets, strangeFonts, weigh } from './public-page.ts'

/**
 * What was published, as anybody meets it: explored on a small telephone without JavaScript, in nine languages, in letters of our
 * own, at no more than 50 KB a page; what is shown is counted again from the file that is handed out.
 */
const narrow = { width: 320, height: 640 }
const neutralSite = 'https://www.bbc.com/weather'
const publications = await inventedPublications()
const origin = portalOrigin(async () => handing(publications))
const records = '/data/invented-records'
const table = '/data/invented-table'
let at = '' // filled before all tests
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
  at = await origin.listen({ port: 0, host: '127.0.0.1' })
})

afterAll(async () => {
  await browser?.close()
  await origin.close()
})

async function telephone(options: BrowserContextOptions = {}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: narrow, javaScriptEnabled: false, ...options })
  await context.route(`${neutralSite}*`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Weather</title><h1>Weather</h1>' }),
  )
  return { context, page: await context.newPage() }
}

const say = (language: Language, id: string): string => readMessages(poText(language, 'portal')).get(id) ?? '?'

/** Every kind of page and every drawing. */
const views = {
  list: '/data',
  overview: records,
  bars: `${records}?by=form&by=sex`,
  lines: `${records}?by=year&by=form`,
  map: `${records}?by=citizenship&as=map`,
  flows: `${records}?by=citizenship&by=exploited_in&as=flows`,
  matrix: `${records}?by=citizenship&by=exploited_in&as=table`,
  pyramid: `${records}?by=age&by=sex`,
  'something hidden': `${table}?by=Country&by=Sex&only.Year=2022`,
  'something not published': `${table}?by=Country&as=map`,
  'hidden years': `${table}?only.Country=KH&by=Year&by=Sex`,
  release: `${records}/about`,
  'release of a table': `${table}/about`,
  refused: `${records}?by=nobody`,
  withdrawn: '/data/figures-before',
} as const
const every = Object.entries(views)
/** The one that says most, the one that weighs most, and the one with most words. */
const hardest = every.filter(([kind]) => ['overview', 'flows', 'release'].includes(kind))
/** All of them in the languages whose letters are unlike, the hardest in the others. */
const looked = allLanguages.map((language) => ({
  language,
  pages: ['en', 'km', 'my'].includes(language) ? every : hardest,
}))

describe('what cannot be shown', () => {
  it('is refused on a page that says what there is, in the reader’s language', async () => {
    const { context, page } = await telephone()
    for (const language of ['en', 'my', 'km'] as const) {
      for (const query of ['by=nobody', 'only.sex=Z', 'by=sex&by=age&by=form', 'as=pie']) {
        const answer = await page.goto(`${at}/${language}${records}?${query}`)
        expect(answer?.status()).toBe(400)
        expect(await page.locator('h1').textContent()).toBe(say(language, 'portal.view.refused'))
      }
      await page.getByRole('link', { name: say(language, 'portal.view.anew') }).click()
      expect(new URL(page.url()).pathname).toBe(`/${language}${records}`)
    }
    await context.close()
  })

  it('because it was withdrawn says why, and none of its files is handed out', async () => {
    const { context, page } = await telephone()
    expect((await page.goto(`${at}/vi/data/figures-before`))?.status()).toBe(410)
    expect(await page.locator('main').textContent()).toContain('Two countries were exchanged')
    for (const file of ['.csv', '.json', '/dictionary.csv', '/view.csv']) {
      const answer = await fetch(`${at}/data/figures-before${file}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([410, 'text/plain; charset=utf-8'])
    }
    await context.close()
  })
})

describe.each(looked)('in $language, at 320 px, without JavaScript', ({ language, pages }) => {
  it.each(pages)(
    'the page of %s is all there, in our own letters, weighs at most 50 KB, and asks nobody else',
    async (_, path) => {
      const { context, page } = await telephone()
      const asked: string[] = []
      context.on('request', (request) => asked.push(request.url()))
      const weight = await weigh(page)
      await opened(page, `${at}/${language}${path}`)
      expect(await page.locator('h1').count()).toBe(1)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(narrow.width)
      expect(await strangeFonts(page)).toEqual([])
      expect(await page.evaluate(brokenLines)).toEqual([])
      expect(await page.evaluate(cutText)).toEqual([])
      expect(await page.evaluate(smallTargets)).toEqual([])
      expect(weight()).toBeLessThanOrEqual(50 * 1024)
      expect(asked.filter((url) => !url.startsWith(at))).toEqual([])
      expect(await context.storageState()).toEqual({ cookies: [], origins: [] })
      await context.close()
    },
  )
})

describe('a page', () => {
  it.each(every.flatMap(([kind, path]) => (['en', 'my'] as const).map((language) => ({ kind, path, language }))))(
    'of $kind in $language has no fault that axe-core finds, in the light and in the dark',
    async ({ path, language }) => {
      // Axe is a script; the page does without one.
      const { context, page } = await telephone({ javaScriptEnabled: true })
      await opened(page, `${at}/${language}${path}`)
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true
      })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await faultsOf(page)).toEqual([])
      }
      await context.close()
    },
  )

  it('draws bars in the colours that a reader has chosen for everything, and is printed without what only a screen needs', async () => {
    const { context, page } = await telephone({ javaScriptEnabled: true })
    await opened(page, `${at}/en${views.bars}`)
    await page.emulateMedia({ forcedColors: 'active' })
    const [bar, text] = await page.evaluate(() =>
      ['.bar .known', 'body'].map((selector) => {
        const style = getComputedStyle(document.querySelector(selector) ?? document.body)
        return selector === 'body' ? style.color : style.fill
      }),
    )
    expect(bar).toBe(text)
    await page.emulateMedia({ forcedColors: 'none', media: 'print' })
    for (const selector of ['.leave', '.choose', '.ready', '.languages'])
      expect(await page.locator(selector).first().isVisible()).toBe(false)
    expect(await page.locator('table.bars').isVisible()).toBe(true)
    await context.close()
  })
})

describe('somebody with a keyboard and no JavaScript', () => {
  it.each(['en', 'my'] as const)('chooses a view in %s, shares its address, and takes its file', async (language) => {
    const { context, page } = await telephone()
    await page.goto(`${at}/${language}`)
    await page.locator(`a[href="/${language}/data"]`).first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/${language}/data`)
    await page.locator(`a[href="/${language}${records}"]`).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${records}`)
    await page.locator('summary').focus()
    await page.keyboard.press('Enter')
    await page.locator('#by-0').focus()
    for (let field = 0; field < 5; field++) await page.keyboard.press('ArrowDown')
    await page.locator('#only-6').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    expect(await page.locator('button').evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForURL('**by=form**')
    const address = new URL(page.url())
    expect(address.searchParams.getAll('by').filter(Boolean)).toEqual(['form'])
    expect(address.searchParams.get('only.sex')).toBe('F')

    const other = await telephone()
    await other.page.goto(page.url())
    expect(await other.page.locator('main').innerHTML()).toBe(await page.locator('main').innerHTML())
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: say(language, 'portal.view.this-csv') }).click(),
    ])
    expect(file.suggestedFilename()).toBe('invented-records-view.csv')
    await context.close()
    await other.context.close()
  })
})

describe('somebody with JavaScript', () => {
  it('leaves no trail of the views she chose: back leads to where she was before, and so does leaving', async () => {
    const { context, page } = await telephone({ javaScriptEnabled: true })
    await page.goto('about:blank')
    await page.goto(`${at}/en${records}`)
    await page.locator('.ready a').first().click()
    await page.waitForURL('**as=map**')
    await page.locator('summary').click()
    await page.locator('#as').selectOption('bars')
    await page.locator('button').click()
    await page.waitForURL('**as=bars**')
    // What was not chosen is not in the address.
    expect(page.url()).toBe(`${at}/en${records}?by=exploited_in&as=bars`)
    await page.locator('.leave').click()
    await page.waitForURL(neutralSite)
    await page.goBack()
    expect(page.url()).toBe('about:blank')
    await context.close()
  })

  it('is in the same view in every other language', async () => {
    const { context, page } = await telephone()
    await page.goto(`${at}/en${views.pyramid}`)
    await page.getByRole('link', { name: 'မြန်မာ', exact: true }).click()
    expect(page.url()).toBe(`${at}/my${views.pyramid}`)
    await context.close()
  })
})

describe('the numbers of a page', () => {
  /** The file that is handed out, counted by hand: nothing of the explorer's is used. */
  const counted = async (
    name: string,
    wanted: Readonly<Record<string, string>>,
  ): Promise<ReadonlyMap<string, number>> => {
    const text = await (await fetch(`${at}${records}.csv`)).text()
    const [head = [], ...lines] = text
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    const counts = new Map<string, number>()
    for (const line of lines) {
      const cell = (column: string): string => line[head.indexOf(column)] ?? '?'
      if (Object.entries(wanted).some(([column, code]) => cell(column) !== code)) continue
      counts.set(cell(name), (counts.get(cell(name)) ?? 0) + Number(cell('count')))
    }
    return counts
  }
  /** Labels and numbers as they stand in the table of a page. */
  const shown = async (path: string): Promise<ReadonlyMap<string, string>> => {
    const { context, page } = await telephone()
    await page.goto(`${at}/en${path}`)
    const rows = await page.locator('table.bars tr:not(.bar):not(.sum)').all()
    const pairs = await Promise.all(
      rows
        .slice(1)
        .map(
          async (row) => [await row.locator('th').innerText(), await row.locator('td').first().innerText()] as const,
        ),
    )
    await context.close()
    return new Map(pairs)
  }
  const labelOf = (field: string, code: string): string => {
    const found = (publications.find((each) => each.address === 'invented-records') as Publication | undefined)?.fields // one of ours, with its data
      .find(({ name }) => name === field)
      ?.codes.find((each) => each.code === code)
    return found?.label.en ?? 'Not recorded, or left out'
  }

  it.each([
    ['form', {}],
    ['sex', { form: 'labour' }],
    ['control', { sex: 'F', year: '2020' }],
    ['age', { citizenship: 'MMR', exploited_in: '' }],
  ] as const)('are those of the file that is handed out: by %s, of %o', async (field, wanted) => {
    const truth = await counted(field, wanted)
    const query = new URLSearchParams({
      ...Object.fromEntries(
        Object.entries(wanted).map(([name, code]) => [`only.${name}`, code === '' ? 'not-recorded' : code]),
      ),
      by: field,
      as: 'bars',
    })
    const page = await shown(`${records}?${query}`)
    expect(truth.size).toBeGreaterThan(2)
    for (const [code, count] of truth)
      expect([code, page.get(labelOf(field, code))]).toEqual([code, count.toLocaleString('en')])
  })
})

it('a page may send what its form holds to itself, and only a page that has one', async () => {
  const ruleOf = async (path: string) => (await fetch(`${at}/en${path}`)).headers.get('content-security-policy')
  expect(await ruleOf(records)).toContain("form-action 'self'")
  for (const path of ['', '/data', `${records}/about`, `${records}?by=nobody`, '/data/figures-before'])
    expect(await ruleOf(path)).toContain("form-action 'none'")
})

describe('a file', () => {
  it.each([
    ['.csv', 'text/csv; charset=utf-8; header=present'],
    ['.json', 'application/json'],
    ['/dictionary.csv', 'text/csv; charset=utf-8; header=present'],
    ['/view.csv?by=sex', 'text/csv; charset=utf-8; header=present'],
  ])('%s is asked for anew each time, and sent only where it is another: it may be withdrawn', async (kind, type) => {
    const first = await fetch(`${at}${records}${kind}`)
    const tag = first.headers.get('etag') ?? ''
    expect([first.status, first.headers.get('content-type')]).toEqual([200, type])
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    expect(first.headers.get('content-disposition')).toMatch(/^attachment; filename="invented-records/)
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'")
    const again = await fetch(`${at}${records}${kind}`, { headers: { 'if-none-match': tag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await fetch(`${at}${records}${kind}`, { headers: { 'if-none-match': 'W/"another"' } })).status).toBe(200)
  })
})
