import type { Publication, PublicationHead, Said } from '@lentera/core/shared/publication'
import { allLanguages, chooseLanguage, isLanguage, type Language } from '@lentera/ui/tokens/scripts'
import type { Html } from './html.ts'
import { lettersOf } from './letters.ts'
import { contactPage } from './pages/contact-page.ts'
import { dataPage } from './pages/data-page.ts'
import { explorerPage } from './pages/explorer-page.ts'
import { frontPage } from './pages/front-page.ts'
import { guidePage } from './pages/guide-page.ts'
import { missingPage } from './pages/missing-page.ts'
import type { Sheet } from './pages/page.ts'
import { releasePage, withdrawnPage } from './pages/release-page.ts'
import { servicesPage } from './pages/services-page.ts'
import { split } from './published-files.ts'
import { textsOf } from './texts.ts'

export { findPortalFile } from './files.ts'
export { findPublishedFile, type PublishedFile } from './published-files.ts'

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
  | {
      readonly kind: 'page'
      /** 400: the query asks for what is not there; 410: it was withdrawn. */
      readonly status: 200 | 400 | 404 | 410
      readonly language: string
      readonly html: string
      /** Whether there is a form on it, which writes an address of these pages. */
      readonly hasForm: boolean
    }
  | { readonly kind: 'elsewhere'; readonly path: string }

/**
 * The page at an address (a path, and a query where there is one): `/` leads to the visitor's language (`Accept-Language`), `/th`
 * is the front page in Thai, whatever her browser asks for. A page is whole as it comes: it needs no script, stores nothing, and
 * fetches nothing from elsewhere.
 */
export async function portalPage(address: string, acceptLanguage: string, handed: PortalHanded): Promise<PortalPage> {
  const [path, query] = split(address)
  const [, tag = '', ...rest] = path.replace(/\/$/, '').split('/')
  const wished = (): Language => chooseLanguage(wanted(acceptLanguage), allLanguages)
  if (tag === '' && rest.length === 0) return { kind: 'elsewhere', path: `/${wished()}` }
  const language = isLanguage(tag) ? tag : wished()
  const at = rest.join('/')
  const sheet: Sheet = {
    texts: textsOf(language),
    handed,
    letters: await lettersOf(language, await publishedWords(rest, handed, language)),
  }
  const page = isLanguage(tag) && Object.hasOwn(pages, at) ? pages[at] : undefined
  const made = page
    ? { status: 200 as const, html: page(sheet), hasForm: false }
    : ((isLanguage(tag) ? await publishedPage(rest, query, sheet) : undefined) ?? {
        status: 404 as const,
        html: missingPage(sheet),
        hasForm: false,
      })
  const { status, hasForm = false } = made
  return { kind: 'page', status, language, html: made.html.toString(), hasForm }
}

/** By what follows the language. The words are neutral too: an address stays in a browser's history. */
const pages: Readonly<Record<string, (sheet: Sheet) => Html>> = {
  '': frontPage,
  guide: guidePage,
  services: servicesPage,
  contact: contactPage,
  data: dataPage,
}

type PublishedPage = { readonly status: 200 | 400 | 410; readonly html: Html; readonly hasForm?: boolean }

/** `data/<address>` is the explorer of a publication, `data/<address>/about` the page of its release. */
async function publishedPage(
  [data, address, about, ...more]: readonly string[],
  query: string,
  sheet: Sheet,
): Promise<PublishedPage | undefined> {
  if (data !== 'data' || more.length > 0 || (about !== undefined && about !== 'about')) return undefined
  const head = sheet.handed.publications.find((each) => each.address === address)
  if (!head) return undefined
  if (head.withdrawn) return { status: 410, html: withdrawnPage(sheet, head) }
  const publication = await sheet.handed.publication(head.address)
  if (!publication) return undefined
  return about ? { status: 200, html: releasePage(sheet, publication) } : explorerPage(sheet, publication, query)
}

/** The words that a page has from what is published: all that it could say of it in a language, whatever the view. */
async function publishedWords(
  [data, address]: readonly string[],
  handed: PortalHanded,
  language: Language,
): Promise<string> {
  if (data !== 'data') return ''
  const heads = handed.publications.filter((head) => address === undefined || head.address === address)
  const whole = address === undefined || heads[0]?.withdrawn ? undefined : await handed.publication(address)
  const labels = (whole?.fields ?? []).flatMap(({ label, codes }) => [label, ...codes.map((code) => code.label)])
  return [
    ...heads.flatMap(({ title, about, publisher, source }) => [...said(title), ...said(about), publisher, source]),
    ...labels.flatMap(said),
  ].join('')
  function said(text: Said): readonly string[] {
    return [text[language] ?? '', text.en]
  }
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
