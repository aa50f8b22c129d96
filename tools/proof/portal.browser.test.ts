import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readMessages } from '@lentera/ui/catalogues/compile'
import { poText } from '@lentera/ui/catalogues/node'
import { allLanguages, type Language, languages } from '@lentera/ui/tokens/scripts'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portalOrigin } from '../../server/http/portal-origin.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { brokenLines, cutText, faultsOf, opened, smallTargets, strangeFonts, weigh } from './public-page.ts'

/**
 * The portal as a woman with a small telephone meets it: each page in each language, whole without JavaScript, in letters
 * of our own, light enough for a slow network, and left in one touch.
 */
const neutralSite = 'https://www.bbc.com/weather'
const narrow = { width: 320, height: 640 }
const origins = { demonstration: portalOrigin(demonstration(true)), real: portalOrigin(demonstration(false)) }
const at = { demonstration: '', real: '' } // filled before all tests
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
  for (const kind of ['demonstration', 'real'] as const)
    at[kind] = await origins[kind].listen({ port: 0, host: '127.0.0.1' })
})

afterAll(async () => {
  await browser?.close()
  await Promise.all([origins.demonstration.close(), origins.real.close()])
})

function demonstration(is: boolean) {
  return async () => ({ demonstration: is, publications: [], publication: async () => undefined })
}

type Asked = { readonly url: string; readonly headers: Readonly<Record<string, string>> }

/** A new telephone: nothing kept from before, the neutral site played, and every address noted that it asks for. */
async function telephone(
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; asked: Asked[] }> {
  const context = await browser.newContext({ viewport: narrow, ...options })
  const asked: Asked[] = []
  context.on('request', (request) => asked.push({ url: request.url(), headers: request.headers() }))
  await context.route(`${neutralSite}*`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Weather</title><h1>Weather</h1>' }),
  )
  return { context, page: await context.newPage(), asked }
}

const headings = {
  '': 'portal.question',
  '/guide': 'portal.guide.title',
  '/services': 'portal.services.heading',
  '/contact': 'portal.contact.heading',
} as const
type Place = keyof typeof headings
const every = allLanguages.flatMap((language) =>
  (['', '/guide', '/services', '/contact'] as const).map((place) => ({
    language,
    place,
    path: `/${language}${place}`,
  })),
)
const wordsOf = (language: Language): ReadonlyMap<string, string> => readMessages(poText(language, 'portal'))
const headingOf = (language: Language, place: Place): string => wordsOf(language).get(headings[place]) ?? '?'

describe.each(every)('$path, without JavaScript, at 320 px', ({ language, place, path }) => {
  it('is all there, in our own letters, weighs at most 50 KB, asks nobody else, and is left in one touch', async () => {
    const { context, page, asked } = await telephone({ javaScriptEnabled: false })
    const weight = await weigh(page)
    await opened(page, at.demonstration + path)
    expect(await page.locator('h1').textContent()).toBe(headingOf(language, place))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(narrow.width)
    expect(await strangeFonts(page)).toEqual([])
    expect(await page.evaluate(brokenLines)).toEqual([])
    expect(await page.evaluate(cutText)).toEqual([])
    expect(await page.evaluate(smallTargets)).toEqual([])
    expect(weight()).toBeLessThanOrEqual(50 * 1024)
    expect(asked.map(({ url }) => new URL(url).origin)).toEqual(asked.map(() => at.demonstration))
    await page.locator('.leave').click()
    await page.waitForURL(neutralSite)
    expect(asked.at(-1)?.headers.referer).toBeUndefined()
    expect(await context.storageState()).toEqual({ cookies: [], origins: [] })
    await context.close()
  })
})

describe('a page', () => {
  it.each(every)('$path has no fault that axe-core finds, in the light and in the dark', async ({ path }) => {
    const { context, page } = await telephone()
    await opened(page, at.demonstration + path)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await faultsOf(page)).toEqual([])
    }
    await context.close()
  })
})

describe('the letters cut for a language', () => {
  it.each(allLanguages)('draw %s as the whole font draws it', async (language) => {
    const { context, page } = await telephone()
    const whole = await telephone()
    await whole.context.route('**/letters/*.woff2', async (route) => {
      const name = /letters\/([a-z-]+)\./.exec(route.request().url())?.[1] ?? '?'
      await route.fulfill({ contentType: 'font/woff2', body: await wholeFont(name) })
    })
    const texts = [...wordsOf(language).values()]
    const pictures = await Promise.all(
      [page, whole.page].map(async (each) => {
        await opened(each, `${at.demonstration}/${language}`)
        // All that any page says, under the names of the languages.
        await each.evaluate(
          (all) =>
            document
              .querySelector('main')
              ?.replaceChildren(...all.flatMap((text) => [text, document.createElement('hr')])),
          texts,
        )
        await each.evaluate(() => document.fonts.ready.then(() => undefined))
        return each.screenshot({ fullPage: true })
      }),
    )
    expect(pictures[0]?.equals(pictures[1] ?? Buffer.of())).toBe(true)
    await context.close()
    await whole.context.close()
  })
})

describe('the way out', () => {
  const from = async (path: string): Promise<{ context: BrowserContext; page: Page }> => {
    const { context, page } = await telephone()
    await page.goto('about:blank')
    await page.goto(at.real + path)
    return { context, page }
  }

  it.each(['/en', '/km/guide', '/my/services', '/vi/contact', '/th/nowhere'])(
    'leaves %s with one touch, and back does not lead there',
    async (path) => {
      const { context, page } = await from(path)
      await page.locator('.leave').click()
      await page.waitForURL(neutralSite)
      await page.goBack()
      expect(page.url()).toBe('about:blank')
      await context.close()
    },
  )

  it('leaves from the fourth page she reads as from the first: back leads to none of them', async () => {
    const { context, page } = await from('/en')
    for (const path of ['/en/guide', '/en/services', '/my/services']) {
      await page.locator(`a[href="${path}"]`).first().click()
      await page.waitForURL(`**${path}`)
    }
    await page.locator('.leave').click()
    await page.waitForURL(neutralSite)
    await page.goBack()
    expect(page.url()).toBe('about:blank')
    await context.close()
  })

  it('leaves with the Shift key three times, not with two, nor with one between letters', async () => {
    const { context, page } = await from('/lo/contact')
    for (const key of ['Shift', 'Shift', 'a', 'Shift', 'Shift']) await page.keyboard.press(key)
    expect(page.url()).toContain('/lo/contact')
    await page.keyboard.press('Shift')
    await page.waitForURL(neutralSite)
    await page.goBack()
    expect(page.url()).toBe('about:blank')
    await context.close()
  })

  it('shows nothing from the moment of the touch, however slow the other site is', async () => {
    const { context, page } = await from('/en/services')
    // In the very turn of the touch, before any answer of the other site can have come.
    const seen = await page.evaluate(() => {
      document.getElementById('leave')?.click()
      return [location.pathname, document.documentElement.hidden, document.body.offsetHeight, document.title.trim()]
    })
    expect(seen).toEqual(['/en/services', true, 0, ''])
    await page.waitForURL(neutralSite)
    await context.close()
  })
})

describe('the language', () => {
  it.each(['km-KH', 'lo', 'vi-VN', 'id', 'fil-PH', 'my', 'ms'])(
    'a browser in %s is led to it from the first address, and from nowhere else',
    async (locale) => {
      const { context, page } = await telephone({ locale })
      await page.goto(at.real)
      expect(new URL(page.url()).pathname).toBe(`/${locale.split('-')[0]}`)
      await page.goto(`${at.real}/th/services`)
      expect(new URL(page.url()).pathname).toBe('/th/services')
      await context.close()
    },
  )

  it('is one touch away on every page, by its own name, and leads to the same page', async () => {
    const { context, page } = await telephone({ javaScriptEnabled: false })
    for (const place of ['', '/guide', '/services', '/contact'] as const) {
      await page.goto(`${at.real}/en${place}`)
      for (const language of allLanguages.filter((tag) => tag !== 'en')) {
        await page.getByRole('link', { name: languages[language].name, exact: true }).click()
        expect(new URL(page.url()).pathname).toBe(`/${language}${place}`)
        expect(await page.locator('h1').textContent()).toBe(headingOf(language, place))
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(narrow.width)
      }
    }
    await context.close()
  })
})

it('nothing is stored after all pages were read with JavaScript, and nobody else was asked', async () => {
  const { context, page, asked } = await telephone()
  for (const { path } of every) await page.goto(at.demonstration + path)
  await page.goto(`${at.demonstration}/my/nowhere`)
  expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] })
  const kept = await page.evaluate(async () => [
    localStorage.length + sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
  ])
  expect(kept).toEqual([0, 0, 0, 0])
  expect([...new Set(asked.map(({ url }) => new URL(url).origin))]).toEqual([at.demonstration])
  expect(asked.filter(({ headers }) => 'referer' in headers || 'cookie' in headers)).toEqual([])
  await context.close()
})

describe('what these checks look for', () => {
  it('is found where it is planted', async () => {
    const { context, page } = await telephone({ javaScriptEnabled: false })
    await page.goto(`${at.demonstration}/my/guide`)
    await page.evaluate(() => {
      const main = document.querySelector('main')
      if (main) main.innerHTML = '<p lang="my" id="broken">ကွ<br>တ်ကီး</p><p id="cut">မြန်မာ</p><p>文字</p>'
      document.getElementById('cut')?.style.setProperty('overflow', 'hidden')
    })
    expect(await page.evaluate(brokenLines)).toHaveLength(1)
    expect(await page.evaluate(cutText)).toHaveLength(1)
    expect((await strangeFonts(page)).join()).toContain('文字')
    await context.close()
  })
})

/** The font as the package has it, by the name that the portal gives the piece cut from it. */
async function wholeFont(name: string): Promise<Buffer> {
  const [, script = 'latin'] = /^noto-sans-(.*)$/.exec(name) ?? []
  const family = script === 'latin' || script === 'vietnamese' ? 'noto-sans' : name
  const file = `@fontsource/${family}/files/${family}-${script}-400-normal.woff2`
  return readFile(fileURLToPath(import.meta.resolve(file)))
}
