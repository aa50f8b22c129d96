import type { Publication, PublicationHead, PublishedField } from '@lentera/core/shared/publication'
import { formatNumber } from '@lentera/ui/tokens/numbers'
import { isSynthetic } from '../explorer/categories.ts'
import { fieldLabel, labelOf } from '../explorer/labels.ts'
import { type Html, html } from '../html.ts'
import { inPage, spoken } from '../spoken.ts'
import type { Texts } from '../texts.ts'
import { dateText, withdrawal } from './data-page.ts'
import { howFar } from './how-far.ts'
import { methodText } from './method.ts'
import { page, type Sheet } from './page.ts'

/** The page of a release: what it tells of, how it was protected, its fields and codes, how far it is off, and how to cite it. */
export function releasePage(sheet: Sheet, publication: Publication): Html {
  const { texts } = sheet
  const { t, language } = texts
  const at = `data/${publication.address}`
  return page(
    sheet,
    { at: `${at}/about`, name: t('portal.data.title'), isWide: true },
    html`<h1>${inPage(spoken(publication.title, language))}</h1>
${publication.demonstration && html`<p class="notice strong">${t('portal.data.invented')}</p>\n`}<p class="lead">${inPage(spoken(publication.about, language))}</p>
<p><a href="/${language}/${at}">${t('portal.release.explore')}</a></p>
<h2>${t('portal.release.method')}</h2>
<p>${methodText(publication.method, texts)}</p>
${isSynthetic(publication.method) && html`<p>${t('portal.view.synthetic')}</p>\n`}<p>${t('portal.release.signed')}</p>
${facts(publication, texts)}
<h2>${t('portal.release.errors')}</h2>
${howFar(publication, texts)}
<h2>${t('portal.release.fields')}</h2>
${publication.fields.map((field) => codes(field, texts))}
<p><a href="/data/${publication.address}/dictionary.csv" download>${t('portal.view.dictionary')}</a></p>
<h2>${t('portal.release.cite')}</h2>
<p class="card empty" lang="en">${citation(publication)}</p>`,
  )
}

/** What stays of a release that was withdrawn: what it was, when and why it went, and none of its data. */
export function withdrawnPage(sheet: Sheet, head: PublicationHead): Html {
  const { texts } = sheet
  const { t, language } = texts
  return page(
    sheet,
    { at: `data/${head.address}`, name: t('portal.data.title') },
    html`<h1>${inPage(spoken(head.title, language))}</h1>
${head.withdrawn && withdrawal(head.withdrawn, texts)}
<p>${inPage(spoken(head.about, language))}</p>
<p>${methodText(head.method, texts)}</p>
${facts(head, texts)}
<p><a href="/${language}/data">${t('portal.data.heading')}</a></p>`,
  )
}

/** As it is to be cited; in English, whatever the page, so that a citation is the same everywhere. */
export function citation(head: PublicationHead): string {
  const { publisher, title, asOf, releasedOn, licence, hash, address, demonstration } = head
  return `${publisher} (${releasedOn.slice(0, 4)}). ${title.en}${demonstration ? ' [DEMONSTRATION]' : ''}, as of ${asOf}. ${licence}. data/${address}, SHA-256 ${hash}.`
}

function facts(head: PublicationHead, { t, language }: Texts): Html {
  const lines: readonly (readonly [string, string])[] = [
    [t('portal.release.as-of'), dateText(head.asOf, language)],
    [t('portal.release.released'), dateText(head.releasedOn, language)],
    [t('portal.release.publisher'), head.publisher],
    [t('portal.release.source'), head.source],
    [t('portal.release.licence'), head.licence],
    ...(head.persons === null ? [] : [[t('portal.release.persons'), formatNumber(head.persons, language)] as const]),
    [t('portal.release.hash'), head.hash],
  ]
  return html`<dl>
${lines.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>`
}

// ---------------------------------------------------------------- fields

const mostCodes = 40

function codes(field: PublishedField, texts: Texts): Html {
  const { t } = texts
  const left = field.codes.length - mostCodes
  return html`<details class="card choose">
<summary>${inPage(fieldLabel(field, texts))}</summary>
<p class="small">${t('portal.release.column')} <span lang="en">${field.name}</span></p>
<table class="facts">
<thead><tr><th scope="col">${t('portal.release.code')}</th><th scope="col">${t('portal.release.meaning')}</th></tr></thead>
<tbody>
${field.codes.slice(0, mostCodes).map((code, place) => html`<tr><td lang="en">${code.code}</td><td>${inPage(labelOf(field, { place, code: code.code, label: code.label, isUnknown: code.is === 'unknown' }, texts))}</td></tr>\n`)}</tbody>
</table>
${left > 0 && html`<p class="small">${t('portal.release.more-codes', { count: left })}</p>\n`}</details>
`
}
