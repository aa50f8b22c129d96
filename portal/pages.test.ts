import { describe, expect, it } from 'vitest'
import { findPortalFile } from './files.ts'
import { html } from './html.ts'
import { neutralSite } from './pages/page.ts'
import { portalPage } from './pages.ts'

const real = { demonstration: false }
const demonstration = { demonstration: true }

function htmlAt(path: string, handed = real): string {
  const page = portalPage(path, '', handed)
  if (page.kind !== 'page') throw new Error(`${path} is no page`)
  return page.html
}

describe('the way out', () => {
  it.each(['/en', '/th', '/my', '/th/nowhere'])('is the first thing of %s, and works without a script', (path) => {
    const body = htmlAt(path).split('<body>')[1] ?? ''
    expect(body.trim()).toMatch(/^<a class="leave"/)
    expect(body).toContain(`href="${neutralSite}"`)
    expect(body).toContain('rel="noreferrer"')
  })
})

describe('a page', () => {
  it.each(['/en', '/th', '/my'])('%s has a neutral title, its language, and a link to every other', (path) => {
    const page = htmlAt(path)
    expect(page).toContain(`<html lang="${path.slice(1)}">`)
    expect(page.match(/<title>(.*)<\/title>/)?.[1]).not.toMatch(/traffick|lentera|help|victim/i)
    for (const other of ['en', 'th', 'my']) if (`/${other}` !== path) expect(page).toContain(`href="/${other}"`)
  })

  it('has nothing inline, nothing from elsewhere and no form', () => {
    const page = htmlAt('/en', demonstration)
    expect(page).not.toMatch(/<style|style=|<script(?! src="\/)| on[a-z]+=|<form|<iframe|<img/)
    expect([...page.matchAll(/(?:href|src)="(https?:[^"]*)"/g)].map(([, address]) => address)).toEqual([neutralSite])
  })

  it.each(['/en', '/th', '/my'])(
    '%s weighs at most 50 KB with all it fetches, and its script at most 2 KB',
    async (path) => {
      const page = htmlAt(path, demonstration)
      const fetched = ['/portal.css', '/leave.js', '/icon.svg', '/noto-sans.woff2']
      if (path === '/th') fetched.push('/noto-sans-thai.woff2')
      const sizes = await Promise.all(
        fetched.map(async (file) => (await findPortalFile(file))?.content.length ?? Number.NaN),
      )
      const total = sizes.reduce((sum, size) => sum + size, Buffer.byteLength(page))
      expect(total).toBeLessThanOrEqual(50 * 1024)
      expect((await findPortalFile('/leave.js'))?.content.length).toBeLessThanOrEqual(2048)
    },
  )

  it('says that a draft is a draft, and that a demonstration is one', () => {
    expect(htmlAt('/th')).toContain('ฉบับร่าง')
    expect(htmlAt('/en')).not.toContain('Draft')
    expect(htmlAt('/en', demonstration)).toContain('DEMONSTRATION')
    expect(htmlAt('/en')).not.toContain('DEMONSTRATION')
  })

  it('shows advice on safety that nobody reviewed in the demonstration only, and says there that nobody did', () => {
    for (const path of ['/en', '/th', '/my']) expect(htmlAt(path)).not.toContain('class="card"')
    expect(htmlAt('/en', demonstration)).toContain('has not been reviewed')
  })
})

describe('an address', () => {
  it('without a language leads to the one the visitor wants most of those there are, else to English', () => {
    const leadsTo = (header: string) => portalPage('/', header, real)
    expect(leadsTo('fr, th;q=0.8, my;q=0.9')).toEqual({ kind: 'elsewhere', path: '/my' })
    expect(leadsTo('th-TH,th;q=0.9,en;q=0.8')).toEqual({ kind: 'elsewhere', path: '/th' })
    expect(leadsTo(';;;q=,,')).toEqual({ kind: 'elsewhere', path: '/en' })
  })

  it('that leads nowhere is a page that leads on, and a path cannot leave the few files', async () => {
    expect(portalPage('/th/nowhere', '', real)).toMatchObject({ kind: 'page', status: 404, language: 'th' })
    for (const path of ['/../package.json', '/files/portal.css', '/constructor', '/__proto__']) {
      expect(await findPortalFile(path)).toBeUndefined()
    }
  })
})

it('a text put into a page stays text', () => {
  expect(html`<p title="${'"><script>'}">${'<b>'}${[html`<i>${1}</i>`, null, false]}</p>`.toString()).toBe(
    '<p title="&#34;&#62;&#60;script&#62;">&#60;b&#62;<i>1</i></p>',
  )
})
