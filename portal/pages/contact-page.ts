import { type Html, html } from '../html.ts'
import { page, type Sheet } from './page.ts'

/** Reporting's place: not open, and nothing that could be taken for a form. */
export function contactPage(sheet: Sheet): Html {
  const { t } = sheet.texts
  return page(
    sheet,
    { at: 'contact', name: t('portal.contact.title') },
    html`<h1>${t('portal.contact.heading')}</h1>
<p class="card empty">${t('portal.contact.closed')}</p>
<h2>${t('portal.not-yet')}</h2>
<p>${t('portal.contact.later')}</p>`,
  )
}
