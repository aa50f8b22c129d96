import { chooseLanguage, isTranslated } from '@lentera/ui/tokens/scripts'
import { frontPage } from './pages/front-page.ts'
import { missingPage } from './pages/missing-page.ts'
import { textsOf } from './texts.ts'

export { findPortalFile } from './files.ts'

/** What the server hands to the pages. Only what may be public, and figures only as released counts. */
export type PortalHanded = {
  /** Then every page says so, and texts on safety that nobody has reviewed are shown as such; else they are not shown. */
  readonly demonstration: boolean
}

export type PortalPage =
  | { readonly kind: 'page'; readonly status: 200 | 404; readonly language: string; readonly html: string }
  | { readonly kind: 'elsewhere'; readonly path: string }

/**
 * The page at a path: `/` leads to the visitor's language (`Accept-Language`), `/th` is the front page in Thai. A page is
 * whole as it comes: it needs no script, stores nothing, and fetches nothing from elsewhere.
 */
export function portalPage(path: string, acceptLanguage: string, handed: PortalHanded): PortalPage {
  const [, tag = '', ...rest] = path.replace(/\/$/, '').split('/')
  if (tag === '' && rest.length === 0) return { kind: 'elsewhere', path: `/${chooseLanguage(wanted(acceptLanguage))}` }
  const language = isTranslated(tag) ? tag : chooseLanguage(wanted(acceptLanguage))
  const texts = textsOf(language)
  const isFront = isTranslated(tag) && rest.length === 0
  return {
    kind: 'page',
    status: isFront ? 200 : 404,
    language,
    html: (isFront ? frontPage(texts, handed) : missingPage(texts, handed)).toString(),
  }
}

/** The tags of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first. */
function wanted(header: string): string[] {
  const choices = header
    .slice(0, 200)
    .split(',')
    .map((choice) => {
      const [tag = '', ...parameters] = choice.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
  return choices.toSorted((a, b) => b.quality - a.quality).map(({ tag }) => tag)
}
