import { type Html, html } from '../html.ts'
import type { PortalHanded } from '../pages.ts'
import type { Texts } from '../texts.ts'
import { page } from './page.ts'

/**
 * The first page: what this site is for, and what it does not do. Advice on safety is shown only in the demonstration,
 * and said to be unreviewed, until somebody has reviewed it.
 */
export function frontPage(texts: Texts, handed: PortalHanded): Html {
  const { t } = texts
  return page(
    texts,
    handed,
    html`<h1>${t('portal.question')}</h1>
<p class="lead">${t('portal.lead')}</p>
<h2>${t('portal.private.title')}</h2>
<ul>
<li>${t('portal.private.no-name')}</li>
<li>${t('portal.private.no-trace')}</li>
<li>${t('portal.private.history')}</li>
</ul>
${handed.demonstration && advice(texts)}`,
  )
}

function advice({ t }: Texts): Html {
  return html`<section class="card">
<h2>${t('portal.advice.title')}</h2>
<p class="small">${t('portal.advice.unreviewed')}</p>
<ul>
<li>${t('portal.advice.contract')}</li>
<li>${t('portal.advice.passport')}</li>
<li>${t('portal.advice.someone')}</li>
</ul>
</section>`
}
