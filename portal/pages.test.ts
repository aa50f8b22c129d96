import { readMessages } from '@lentera/ui/catalogues/compile'
import { poText } from '@lentera/ui/catalogues/node'
import { allLanguages, type Language, languages } from '@lentera/ui/tokens/scripts'
import { describe, expect, it } from 'vitest'
import { findPortalFile } from './files.ts'
import { html } from './html.ts'
import { neutralSite } from './pages/page.ts'
import { portalPage } from './pages.ts'

const real = { demonstration: false, publications: [], publication: async () => undefined }
const demonstration = { ...real, demonstration: true }
const places = ['', '/guide', '/services', '/contact'] as const

async function htmlAt(path: string, handed = real): Promise<string> {
  const page = await portalPage(path, '', handed)
  if (page.kind !== 'page') throw new Error(`${path} is no page`)
  return page.html
}

/** The words a reader sees, of a page or a text. */
const words = (page: string): string =>
  page
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const textsOf = (language: Language, prefix: string): readonly string[] =>
  [...readMessages(poText(language, 'portal'))].filter(([id]) => id.startsWith(prefix)).map(([, text]) => text)

const every = allLanguages.flatMap((language) => places.map((place) => ({ language, path: `/${language}${place}` })))
const drafts = every.filter(({ language }) => language !== 'en')

describe('text on safety and law that nobody has reviewed', () => {
  it.each(every)('$path shows none of it outside a demonstration, English included', async ({ language, path }) => {
    const shown = words(await htmlAt(path))
    // The two headings are the names of what is still to come, which other texts name too.
    const advice = textsOf(language, 'portal.advice.').filter(
      (text) => !textsOf(language, 'portal.guide.').join().includes(text),
    )
    expect(advice.length).toBeGreaterThanOrEqual(7)
    for (const text of advice) expect(shown).not.toContain(text)
  })

  it.each(allLanguages)(
    '/%s/guide says that it is held back, and a demonstration that it is unreviewed',
    async (language) => {
      const [heldBack = '?'] = textsOf(language, 'portal.guide.held-back')
      expect(words(await htmlAt(`/${language}/guide`))).toContain(heldBack)
      const shown = words(await htmlAt(`/${language}/guide`, demonstration))
      expect(shown).not.toContain(heldBack)
      for (const text of textsOf(language, 'portal.advice.')) expect(shown).toContain(text)
    },
  )

  it.each(drafts)('$path makes no promise in a draft outside a demonstration', async ({ language, path }) => {
    const page = await htmlAt(path)
    for (const text of textsOf(language, 'portal.private.')) expect(words(page)).not.toContain(text)
    const isFront = path === `/${language}`
    // Where something is left out, and only there, the page says so and leads to the English.
    expect(words(page).includes(textsOf(language, 'portal.left-out')[0] ?? '?')).toBe(isFront)
    expect(page.includes('<a href="/en" hreflang="en">')).toBe(isFront)
  })
})

describe('the way out', () => {
  it.each([...every, { path: '/th/nowhere' }])(
    'is the first thing of $path, and works without a script',
    async ({ path }) => {
      const body = (await htmlAt(path)).split('<body>')[1] ?? ''
      expect(body.trim()).toMatch(/^<a class="leave"/)
      expect(body).toContain(`href="${neutralSite}"`)
      expect(body).toContain('rel="noreferrer"')
    },
  )
})

describe('a page', () => {
  it.each(every)(
    '$path says its language, and is one touch away from itself in every other',
    async ({ language, path }) => {
      const page = await htmlAt(path)
      expect(page).toContain(`<html lang="${language}" dir="ltr">`)
      for (const other of allLanguages.filter((tag) => tag !== language)) {
        const there = path.replace(`/${language}`, `/${other}`)
        expect(page).toContain(`<a href="${there}" lang="${other}" hreflang="${other}">${languages[other].name}</a>`)
      }
    },
  )

  it('has a title and an address that say nothing of help, harm or reports, and a title of its own', async () => {
    const titles = await Promise.all(
      places.map(async (place) => (await htmlAt(`/en${place}`)).match(/<title>(.*)<\/title>/)?.[1]),
    )
    for (const title of [...titles, ...places]) expect(title).not.toMatch(/traffick|lentera|help|victim|report|safe/i)
    expect(new Set(titles).size).toBe(places.length)
  })

  it.each(every)('$path has nothing inline, nothing from elsewhere and no form', async ({ path }) => {
    const page = await htmlAt(path, demonstration)
    expect(page).not.toMatch(/<style|style=|<script(?! src="\/)| on[a-z]+=|<form|<input|<textarea|<button|<iframe|<img/)
    expect([...page.matchAll(/(?:href|src)="(https?:[^"]*)"/g)].map(([, address]) => address)).toEqual([neutralSite])
  })

  it.each(drafts)('$path says in its own language that it is a draft', async ({ language, path }) => {
    const [draft = '?'] = textsOf(language, 'portal.draft')
    expect(words(await htmlAt(path))).toContain(draft)
    expect(words(await htmlAt(path, demonstration))).toContain(draft)
  })

  it('in English is no draft', async () => {
    expect(await htmlAt('/en')).not.toContain('Draft')
  })

  it.each([...every, { path: '/lo/nowhere' }])('$path says that a demonstration is one', async ({ path }) => {
    expect(await htmlAt(path, demonstration)).toContain('DEMONSTRATION')
    expect(await htmlAt(path)).not.toContain('DEMONSTRATION')
  })
})

describe('what is not there yet', () => {
  it.each(allLanguages)('is said in %s: no service is listed, nothing is sent', async (language) => {
    const says = async (place: string, id: string): Promise<void> => {
      const text = textsOf(language, id)[0] ?? '?'
      expect(words(await htmlAt(`/${language}${place}`))).toContain(text)
    }
    await says('/services', 'portal.services.empty')
    await says('/contact', 'portal.contact.closed')
    await says('/guide', 'portal.guide.later-law')
  })
})

it('the script is one, of at most 2 KB', async () => {
  const scripts = (await htmlAt('/en')).match(/<script/g)
  expect(scripts).toHaveLength(1)
  const script = (await findPortalFile('/leave.js'))?.content
  expect(script?.length).toBeLessThanOrEqual(2048)
  expect(script?.toString()).not.toMatch(/cookie|storage|indexedDB|caches|fetch|sendBeacon/i)
})

describe('the letters of a language', () => {
  it.each(every)('all those of $path are in the fonts that its style sheet names', async ({ path }) => {
    const page = await htmlAt(path, demonstration)
    const [style = '?'] = page.match(/\/letters\/[a-z]+\.[0-9a-f]+\.css/) ?? []
    const css = (await findPortalFile(style))?.content.toString() ?? ''
    const ranges = [...css.matchAll(/U\+([0-9A-F]+)-([0-9A-F]+)/g)].map(
      ([, first = '', last = '']) => [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const,
    )
    const strange = [...new Set(words(page))].filter((letter) => {
      const point = letter.codePointAt(0) ?? 0
      return !ranges.some(([first, last]) => first <= point && point <= last)
    })
    expect(strange).toEqual([])
    for (const [, font = '?'] of css.matchAll(/url\("([^"]+)"\)/g))
      expect((await findPortalFile(font))?.type).toBe('font/woff2')
    for (const [, font = '?'] of page.matchAll(/rel="preload" href="([^"]+)"/g)) expect(css).toContain(font)
  })

  it('of another language’s name are one small file for all pages', async () => {
    const thai = await Promise.all(
      (['km', 'vi'] as const).map(async (language) => {
        const [style = '?'] = (await htmlAt(`/${language}`)).match(/\/letters\/[a-z]+\.[0-9a-f]+\.css/) ?? []
        return (await findPortalFile(style))?.content.toString().match(/\/letters\/noto-sans-thai[^"]+/)?.[0] ?? '?'
      }),
    )
    expect(thai[0]).toBe(thai[1])
    expect((await findPortalFile(thai[0] ?? '?'))?.content.length).toBeLessThan(2048)
  })
})

describe('an address', () => {
  it('without a language leads to the one the visitor wants most of the nine, else to English', async () => {
    const leadsTo = (header: string) => portalPage('/', header, real)
    expect(await leadsTo('fr, th;q=0.8, my;q=0.9')).toEqual({ kind: 'elsewhere', path: '/my' })
    expect(await leadsTo('km-KH,km;q=0.9,en;q=0.8')).toEqual({ kind: 'elsewhere', path: '/km' })
    expect(await leadsTo('in-ID,en;q=0.8')).toEqual({ kind: 'elsewhere', path: '/id' })
    expect(await leadsTo('th;q=0, fr')).toEqual({ kind: 'elsewhere', path: '/en' })
    expect(await leadsTo(';;;q=,,')).toEqual({ kind: 'elsewhere', path: '/en' })
  })

  it('with a language is in that language, whatever the browser asks for', async () => {
    expect(await portalPage('/km/services', 'th', real)).toMatchObject({ kind: 'page', status: 200, language: 'km' })
    expect(await portalPage('/km/', 'th', real)).toMatchObject({ kind: 'page', status: 200, language: 'km' })
  })

  it('that leads nowhere is a page that leads on, and a path cannot leave the few files', async () => {
    for (const path of ['/th/nowhere', '/th/guide/more', '/th/constructor', '/th/__proto__'])
      expect(await portalPage(path, '', real)).toMatchObject({ kind: 'page', status: 404, language: 'th' })
    expect(await portalPage('/services', 'vi', real)).toMatchObject({ status: 404, language: 'vi' })
    const outside = [
      '/../package.json',
      '/files/portal.css',
      '/constructor',
      '/__proto__',
      '/letters/',
      '/letters/../files.ts',
    ]
    for (const path of outside) expect(await findPortalFile(path)).toBeUndefined()
  })
})

it('a text put into a page stays text', () => {
  expect(html`<p title="${'"><script>'}">${'<b>'}${[html`<i>${1}</i>`, null, false]}</p>`.toString()).toBe(
    '<p title="&#34;&#62;&#60;script&#62;">&#60;b&#62;<i>1</i></p>',
  )
})
