import { type Html, html } from '../html.ts'
import { page, type Sheet } from './page.ts'
import { mayShowAdvice } from './shown.ts'

/** The guide's place: a few questions to ask and rights to know, of every country and none, and what is not here yet. */
export function guidePage(sheet: Sheet): Html {
  const { t } = sheet.texts
  return page(
    sheet,
    { at: 'guide', name: t('portal.guide.title') },
    html`<h1>${t('portal.guide.title')}</h1>
<p class="lead">${t('portal.guide.lead')}</p>
${mayShowAdvice(sheet) ? advice(sheet) : html`<p class="notice">${t('portal.guide.held-back')}</p>`}
<h2>${t('portal.not-yet')}</h2>
<ul>
<li>${t('portal.guide.later-questions')}</li>
<li>${t('portal.guide.later-law')}</li>
</ul>`,
  )
}

function advice({ texts: { t, isReviewed } }: Sheet): Html {
  return html`${!isReviewed && html`<p class="notice">${t('portal.advice.unreviewed')}</p>\n`}<section class="card">
<h2>${t('portal.advice.offer')}</h2>
<ul>
<li>${t('portal.advice.employer')}</li>
<li>${t('portal.advice.pay')}</li>
<li>${t('portal.advice.contract')}</li>
<li>${t('portal.advice.time')}</li>
</ul>
</section>
<section class="card">
<h2>${t('portal.advice.rights')}</h2>
<ul>
<li>${t('portal.advice.force')}</li>
<li>${t('portal.advice.passport')}</li>
<li>${t('portal.advice.someone')}</li>
</ul>
</section>`
}
