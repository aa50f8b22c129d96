import type { Publication, PublicationHead } from '@lentera/core/shared/publication'
import { allLanguages, chooseLanguage, isLanguage, type Language } from '@lentera/ui/tokens/scripts'
import type { Html } from './html.ts'
import { lettersOf } from './letters.ts'
import { contactPage } from './pages/contact-page.ts'
import { frontPage } from './pages/front-page.ts'
import { guidePage } from './pages/guide-page.ts'
import { missingPage } from './pages/missing-page.ts'
import type { Sheet } from './pages/page.ts'
import { servicesPage } from './pages/services-page.ts'
import { textsOf } from './texts.ts'

export { findPortalFile } from './files.ts'

/** What the server hands to the pages. Only what may be public, and figures only as released counts. */
export type PortalHanded = {
  /** Then every page says so, and texts on safety that nobody has reviewed are shown as such; else they are not shown. */
  readonly demonstration: boolean
  /** What was released, the newest first; the withdrawn are among them, without their data. */
  readonly publications: readonly PublicationHead[]
  /** The whole of one, unless it was withdrawn. */
  readonly publication: (address: string) => Promise<Publication | undefined>
}

export type PortalPage =
  | { readonly kind: 'page'; readonly status: 200 | 404; readonly language: string; readonly html: string }
  | { readonly kind: 'elsewhere'; readonly path: string }

/**
 * The page at a path: `/` leads to the visitor's language (`Accept-Language`), `/th` is the front page in Thai, whatever
 * her browser asks for. A page is whole as it comes: it needs no script, stores nothing, and fetches nothing from elsewhere.
 */
export async function portalPage(path: string, acceptLanguage: string, handed: PortalHanded): Promise<PortalPage> {
  const [, tag = '', ...rest] = path.replace(/\/$/, '').split('/')
  const wished = (): Language => chooseLanguage(wanted(acceptLanguage), allLanguages)
  if (tag === '' && rest.length === 0) return { kind: 'elsewhere', path: `/${wished()}` }
  const language = isLanguage(tag) ? tag : wished()
  const at = rest.join('/')
  const page = isLanguage(tag) && Object.hasOwn(pages, at) ? pages[at] : undefined
  const sheet: Sheet = { texts: textsOf(language), handed, letters: await lettersOf(language) }
  return { kind: 'page', status: page ? 200 : 404, language, html: (page ?? missingPage)(sheet).toString() }
}

/** By what follows the language. The words are neutral too: an address stays in a browser's history. */
const pages: Readonly<Record<string, (sheet: Sheet) => Html>> = {
  '': frontPage,
  guide: guidePage,
  services: servicesPage,
  contact: contactPage,
}

/** The tags of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first; not those it refuses. */
function wanted(header: string): string[] {
  const choices = header
    .slice(0, 200)
    .split(',')
    .map((choice) => {
      const [tag = '', ...parameters] = choice.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
  return choices
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}
