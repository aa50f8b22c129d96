import { type Html, html } from '../html.ts'
import type { PortalHanded } from '../pages.ts'
import type { Texts } from '../texts.ts'
import { page } from './page.ts'

/** The page for an address that leads nowhere. */
export function missingPage(texts: Texts, handed: PortalHanded): Html {
  const { t, language } = texts
  return page(
    texts,
    handed,
    html`<h1>${t('portal.missing')}</h1>
<p><a href="/${language}">${t('portal.to-front')}</a></p>`,
  )
}
