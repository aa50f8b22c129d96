import { type Html, html } from '../html.ts'
import { page, type Sheet } from './page.ts'
import { placeCards } from './places.ts'
import { mayShowPromises } from './shown.ts'

/** The first page: what this site is for, three places to go, and what it does not do. */
export function frontPage(sheet: Sheet): Html {
  const { t } = sheet.texts
  return page(
    sheet,
    { at: '' },
    html`<h1>${t('portal.question')}</h1>
<p class="lead">${t('portal.lead')}</p>
<h2>${t('portal.choose')}</h2>
${placeCards(sheet.texts)}
${mayShowPromises(sheet) ? promises(sheet) : leftOut(sheet)}`,
  )
}

function promises({ texts: { t } }: Sheet): Html {
  return html`<h2>${t('portal.private.title')}</h2>
<ul>
<li>${t('portal.private.no-name')}</li>
<li>${t('portal.private.no-trace')}</li>
<li>${t('portal.private.history')}</li>
</ul>`
}

function leftOut({ texts: { t } }: Sheet): Html {
  return html`<p class="notice">${t('portal.left-out')} <a href="/en" hreflang="en">${t('portal.in-english')}</a></p>`
}
