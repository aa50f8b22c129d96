import { type Html, html } from '../html.ts'
import { page, type Sheet } from './page.ts'
import { placeCards } from './places.ts'

/** The page for an address that leads nowhere. */
export function missingPage(sheet: Sheet): Html {
  const { t, language } = sheet.texts
  return page(
    sheet,
    { at: '' },
    html`<h1>${t('portal.missing')}</h1>
<p><a href="/${language}">${t('portal.to-front')}</a></p>
${placeCards(sheet.texts)}`,
  )
}
