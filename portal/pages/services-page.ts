import { type Html, html } from '../html.ts'
import { page, type Sheet } from './page.ts'

/** The place of the services directory: empty, and said to be, until an entry has been verified. */
export function servicesPage(sheet: Sheet): Html {
  const { t } = sheet.texts
  return page(
    sheet,
    { at: 'services', name: t('portal.services.title') },
    html`<h1>${t('portal.services.heading')}</h1>
<p class="lead">${t('portal.services.lead')}</p>
<p class="card empty">${t('portal.services.empty')}</p>
<p>${t('portal.services.entry')}</p>
<p>${t('portal.services.no-call')}</p>`,
  )
}
