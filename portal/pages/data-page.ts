import { CivilDate } from '@lentera/core/shared/dates'
import type { PublicationHead } from '@lentera/core/shared/publication'
import { formatDate } from '@lentera/ui/tokens/dates'
import { type Html, html } from '../html.ts'
import { inPage, spoken } from '../spoken.ts'
import type { Texts } from '../texts.ts'
import { methodText } from './method.ts'
import { page, type Sheet } from './page.ts'

/** Everything that was published, the newest first; what was withdrawn stays in the list with the reason. */
export function dataPage(sheet: Sheet): Html {
  const { t } = sheet.texts
  const { publications } = sheet.handed
  return page(
    sheet,
    { at: 'data', name: t('portal.data.title') },
    html`<h1>${t('portal.data.heading')}</h1>
<p class="lead">${t('portal.data.lead')}</p>
${
  publications.length === 0
    ? html`<p class="card empty">${t('portal.data.empty')}</p>`
    : html`<ul class="places">
${publications.map((head) => html`<li>${entry(head, sheet.texts)}</li>\n`)}</ul>`
}`,
  )
}

function entry(head: PublicationHead, texts: Texts): Html {
  const { t, language } = texts
  return html`<div class="card publication">
<h2><a href="/${language}/data/${head.address}">${inPage(spoken(head.title, language))}</a></h2>
${head.withdrawn ? withdrawal(head.withdrawn, texts) : html`<p>${inPage(spoken(head.about, language))}</p>`}
${head.demonstration && html`<p class="small">${t('portal.data.invented')}</p>\n`}<p class="small">${standing(head, texts)}</p>
<p class="small">${methodText(head.method, texts)}</p>
</div>`
}

/** From when it is, when it was published, and under which licence, in one line. */
export function standing({ asOf, releasedOn, licence }: PublicationHead, { t, language }: Texts): string {
  return [
    t('portal.data.as-of', { date: dateText(asOf, language) }),
    t('portal.data.released', { date: dateText(releasedOn, language) }),
    t('portal.data.licence', { licence }),
  ].join(' · ')
}

/** That something was withdrawn, when, and in the words of whoever withdrew it. */
export function withdrawal(withdrawn: NonNullable<PublicationHead['withdrawn']>, { t, language }: Texts): Html {
  return html`<p class="notice"><b>${t('portal.data.withdrawn', { date: dateText(withdrawn.on, language) })}</b> <span lang="en">${withdrawn.why}</span> ${t('portal.data.copies')}</p>`
}

/** A day in the reader's way; what is no day (the edition of a data set) as it is called. */
export function dateText(text: string, language: Texts['language']): string {
  const date = CivilDate.safeParse(text)
  return date.success ? formatDate(date.data, language) : text
}
