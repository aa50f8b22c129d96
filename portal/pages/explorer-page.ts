import type { Publication } from '@lentera/core/shared/publication'
import { formatNumber } from '@lentera/ui/tokens/numbers'
import { categoriesOf, isSynthetic } from '../explorer/categories.ts'
import { atLeast, type Cell, type Counted, countView, type Untold } from '../explorer/count.ts'
import { answers } from '../explorer/draw/answers.ts'
import { bars } from '../explorer/draw/bars.ts'
import type { Drawn } from '../explorer/draw/drawn.ts'
import { flows } from '../explorer/draw/flows.ts'
import { lines } from '../explorer/draw/lines.ts'
import { map } from '../explorer/draw/map.ts'
import { findOutlines } from '../explorer/draw/outlines.ts'
import { patterns } from '../explorer/draw/patterns.ts'
import { pyramid } from '../explorer/draw/pyramid.ts'
import { table } from '../explorer/draw/table.ts'
import { fieldLabel, labelOf } from '../explorer/labels.ts'
import { readyMadeViews } from '../explorer/ready-made.ts'
import {
  type Drawing,
  drawingOf,
  drawings,
  needsChoice,
  onlyPrefix,
  queryOf,
  readView,
  type View,
} from '../explorer/view.ts'
import { type Html, html } from '../html.ts'
import { inPage, langOf, type Spoken, spoken } from '../spoken.ts'
import type { Texts } from '../texts.ts'
import { standing } from './data-page.ts'
import { page, type Sheet } from './page.ts'

export type Answered = { readonly status: 200 | 400; readonly html: Html; readonly hasForm: boolean }

/**
 * The explorer of one publication: the view that the query asks for, drawn, with what it takes to see another. A query that cannot be
 * answered gets a page that says what can (400).
 */
export async function explorerPage(sheet: Sheet, publication: Publication, query: string): Promise<Answered> {
  const view = readView(publication, query)
  if (!view.ok) return { status: 400, html: refusedPage(sheet, publication, view.refusal), hasForm: false }
  const { texts } = sheet
  const { t, language } = texts
  const counted = countView(publication, view.value)
  const { as, isAsked } = drawingOf(publication, view.value)
  const named = titleOf(publication, view.value, as, texts)
  const title = named.map(({ text }) => text).join('')
  const drawn: Drawn = { publication, view: view.value, counted, texts, title }
  const own = queryOf(publication, view.value)
  const parts = own === '' ? overviewed(publication, view.value) : []
  const at = `data/${publication.address}`
  return {
    status: 200,
    hasForm: true,
    html: page(
      sheet,
      { at, name: t('portal.data.title'), query: own, isWide: true },
      html`${patterns}
<h1>${inPage(spoken(publication.title, language))}</h1>
<p class="small">${standing(publication, texts)}</p>
${publication.demonstration && html`<p class="notice strong">${t('portal.data.invented')}</p>\n`}<p><a href="/${language}/${at}/about">${t('portal.view.about')}</a></p>
${readyMade(publication, own, texts)}${form(publication, view.value, texts)}
<section class="view" aria-labelledby="view">
<h2 id="view">${named.map(inPage)}</h2>
${finding(publication, view.value, counted, texts)}${!isAsked && html`<p class="notice">${t('portal.view.fallback')}</p>\n`}${await picture(drawn, as)}${own === '' && overview(drawn, parts)}${meanings(publication, view.value, [counted, ...parts.map((part) => part.counted)], texts)}${error(publication, view.value, as, texts)}<p class="small">${t('portal.view.share')}</p>
${downloads(publication, own, texts)}
</section>`,
    ),
  }
}

async function picture(drawn: Drawn, as: Drawing): Promise<Html> {
  switch (as) {
    case 'table':
      return table(drawn)
    case 'bars':
      return bars(drawn)
    case 'lines':
      return html`${lines(drawn)}${inNumbers(drawn)}`
    case 'pyramid':
      return html`${pyramid(drawn)}${inNumbers(drawn)}`
    case 'map':
      return html`${map(drawn, await findOutlines())}${inNumbers(drawn)}`
    case 'answers':
      return answers(drawn)
    case 'flows':
      return flows(drawn, await findOutlines())
  }
}

type Part = { readonly split: View; readonly counted: Counted }

/** Field by field, without those by which nothing was counted out. */
function overviewed(publication: Publication, view: View): readonly Part[] {
  return publication.fields
    .map((_, place) => {
      const split = { ...view, by: [place], only: new Map([...view.only].filter(([other]) => other !== place)) }
      return { split, counted: countView(publication, split) }
    })
    .filter(({ counted }) => counted.rowTotals.some((cell) => cell.value !== null || cell.why !== 'not-published'))
    .slice(0, mostOverviewed)
}

/** What whoever comes first sees: of each field its largest parts, and the way to the whole of it. */
function overview({ publication, texts }: Drawn, parts: readonly Part[]): Html {
  const { language } = texts
  const sections = parts.flatMap(({ split, counted }) => {
    const field = publication.fields[split.by[0] ?? -1]
    if (!field) return []
    const title = fieldLabel(field, texts)
    const most = field.kind === 'year' || field.kind === 'age' ? 12 : 6
    return html`<section>
<h3><a href="/${language}/data/${publication.address}?${queryOf(publication, split)}"${langOf(title)}>${title.text}</a></h3>
${bars({ publication, view: split, counted, texts, title: title.text }, { most })}</section>
`
  })
  return html`<div class="overview">
${sections}</div>
`
}

const mostOverviewed = 8

/** A picture is never alone: what it draws stands below it in numbers. */
function inNumbers(drawn: Drawn): Html {
  const { t } = drawn.texts
  return html`<h3>${t('portal.view.numbers')}</h3>
${table(drawn)}`
}

// ---------------------------------------------------------------- words of a view

/** "Persons: Age × Sex · Form: labour": what is counted, by what, and what is left in. */
function titleOf(publication: Publication, { by, only }: View, as: Drawing, texts: Texts): readonly Spoken[] {
  const { t } = texts
  const own = (text: string): Spoken => ({ text, isEnglish: false })
  const between = (parts: readonly Spoken[], sign: string): readonly Spoken[] =>
    parts.flatMap((part, at) => (at === 0 ? [part] : [own(sign), part]))
  const split = by.flatMap((place) => publication.fields[place] ?? []).map((field) => fieldLabel(field, texts))
  const parts = as === 'answers' ? [own(t('portal.drawing.answers'))] : between(split, ' × ')
  const left = [...only].flatMap(([place, category]) => {
    const field = publication.fields[place]
    return field ? [own(' · '), fieldLabel(field, texts), own(': '), labelOf(field, category, texts)] : []
  })
  const unit = own(t(`portal.unit.${unitOf(publication)}`))
  return [unit, ...(parts.length > 0 ? [own(': '), ...parts] : []), ...left]
}

const units = ['persons', 'contacts', 'records'] as const
const unitOf = ({ unit }: Publication): (typeof units)[number] | 'counts' =>
  units.find((each) => each === unit) ?? 'counts'

/**
 * What a reader would find first: the largest part, beside the whole. It is said to be the most only where every part is told and nobody
 * is unknown; else it is the most of what is known, with how many numbers there are of which nobody can say whether they are larger.
 */
function finding(publication: Publication, { by }: View, counted: Counted, texts: Texts): Html | false {
  const [first, second] = by.map((place) => publication.fields[place])
  const whole = counted.total.value
  if (!first || !counted.rows || whole === null || whole <= 0) return false
  const parts = counted.rows.flatMap((row, r) =>
    (second && counted.columns ? counted.columns : [null]).flatMap((column, c) => {
      const cell: Cell | undefined = column ? counted.cells[r]?.[c] : counted.rowTotals[r]
      if (!cell) return []
      const names = [labelOf(first, row, texts), ...(second && column ? [labelOf(second, column, texts)] : [])]
      return [{ cell, names, isUnknown: row.isUnknown || (column?.isUnknown ?? false) }]
    }),
  )
  const most = parts.filter(({ isUnknown }) => !isUnknown).toSorted((a, b) => size(b) - size(a))[0]
  if (!most || size(most) <= 0) return false
  const untold = parts.filter(({ cell }) => atLeast(cell) === null).length
  const isAll = untold === 0 && parts.every((part) => !part.isUnknown || size(part) <= 0)
  const { t, language } = texts
  const share = t('portal.view.of', { part: formatNumber(size(most), language), whole: formatNumber(whole, language) })
  return html`<p class="finding">${t(isAll ? 'portal.view.most' : 'portal.view.most-known')} <b>${most.names.map((name, at) => [at > 0 && ' · ', inPage(name)])}</b>: ${share}${untold > 0 && html`<br>${t('portal.view.untold', { count: untold })}`}</p>
`
}

const size = ({ cell }: { readonly cell: Cell }): number => cell.value ?? -1

/** What unknown, hidden and not published mean, each where it is drawn, with what it is drawn as. */
function meanings(publication: Publication, { by }: View, drawn: readonly Counted[], { t }: Texts): Html {
  const cells = drawn.flatMap(({ cells, rowTotals, columnTotals, total }) => [
    ...cells.flat(),
    ...rowTotals,
    ...columnTotals,
    total,
  ])
  const has = (why: Untold): boolean => cells.some((cell) => cell.value === null && cell.why === why)
  const shown = by.length > 0 ? by : publication.fields.map((_, place) => place)
  const hasUnknown = shown.some((place) => categoriesOf(publication, place).some(({ isUnknown }) => isUnknown))
  const swatch = (fill: string): Html =>
    html`<svg class="swatch" viewBox="0 0 22 14" aria-hidden="true"><rect class="${fill}" width="22" height="14" fill="url(#${fill})"/></svg>`
  return html`<ul class="key">${hasUnknown && html`<li>${swatch('unknown')} ${t(isSynthetic(publication.method) ? 'portal.view.unknown-or-left-out-means' : 'portal.view.unknown-means')}</li>\n`}${has('hidden') && html`<li>${swatch('hidden')} ${t('portal.view.hidden-means')}</li>\n`}${has('not-published') && html`<li>${t('portal.view.not-published-means')}</li>\n`}${has('few-or-none') && html`<li>${t('portal.view.few-or-none-means')}</li>\n`}</ul>
`
}

/** How far a count of synthetic records is from what was counted, as far as it was measured, at as many fields as this view fixes. */
function error({ method, quality }: Publication, { by, only }: View, as: Drawing, { t }: Texts): Html | false {
  if (!isSynthetic(method)) return false
  // Each answer is a count of one field more.
  const length = new Set([...by, ...only.keys()]).size + (as === 'answers' ? 1 : 0)
  const measured = quality?.byLength.find((each) => each.length === length)
  const said =
    length === 0
      ? t('portal.view.synthetic')
      : measured
        ? `${t('portal.view.synthetic')} ${t('portal.view.error', { length, error: Math.round(measured.error * 10) / 10 })}${quality?.estimated ? ` ${t('portal.view.estimated')}` : ''}`
        : `${t('portal.view.synthetic')} ${t('portal.view.error-unknown', { length })}`
  return html`<p class="notice">${said}</p>
`
}

// ---------------------------------------------------------------- ways on

function readyMade(publication: Publication, current: string, { t, language }: Texts): Html | false {
  const named = readyMadeViews(publication)
  return (
    named.length > 0 &&
    html`<nav class="ready" aria-label="${t('portal.view.ready')}">
${named.map(({ name, query }) => html`<a href="/${language}/data/${publication.address}?${query}"${query === current && html` aria-current="page"`}>${t(`portal.ready.${name}`)}</a>\n`)}</nav>
`
  )
}

/** Everything there is to choose, as a form that writes the address: a field to split by, another, a drawing, and a code of each field. */
function form(publication: Publication, view: View, texts: Texts): Html {
  const { t, language } = texts
  const { fields } = publication
  const splitBy = (at: number): Html => html`<select name="by" id="by-${at}">
<option value="">${t('portal.view.not-split')}</option>
${fields.map((field, place) => html`<option value="${field.name}"${view.by[at] === place && html` selected`}${langOf(fieldLabel(field, texts))}>${fieldLabel(field, texts).text}</option>\n`)}</select>`
  return html`<details class="card choose">
<summary>${t('portal.view.choose')}</summary>
<form action="/${language}/data/${publication.address}" method="get">${view.of !== null && html`<input type="hidden" name="of" value="${view.of}">`}
<p><label for="by-0">${t('portal.view.by')}</label> ${splitBy(0)}</p>
<p><label for="by-1">${t('portal.view.by-too')}</label> ${splitBy(1)}</p>
<p><label for="as">${t('portal.view.as')}</label> <select name="as" id="as">
<option value="">${t('portal.drawing.best')}</option>
${drawings.map((each) => html`<option value="${each}"${view.as === each && html` selected`}>${t(`portal.drawing.${each}`)}</option>\n`)}</select></p>
<fieldset>
<legend>${t('portal.view.only')}</legend>
${fields.map(
  (
    field,
    place,
  ) => html`<p><label for="only-${place}"${langOf(fieldLabel(field, texts))}>${fieldLabel(field, texts).text}</label> <select name="${onlyPrefix}${field.name}" id="only-${place}">
${!needsChoice(publication, field) || view.by.includes(place) ? html`<option value="">${t('portal.view.all')}</option>\n` : ''}${categoriesOf(publication, place).map((category) => html`<option value="${category.code}"${view.only.get(place)?.code === category.code && html` selected`}${langOf(labelOf(field, category, texts))}>${labelOf(field, category, texts).text}</option>\n`)}</select></p>
`,
)}</fieldset>
<p><button type="submit">${t('portal.view.show')}</button></p>
</form>
</details>`
}

function downloads({ address }: Publication, query: string, { t }: Texts): Html {
  return html`<h3>${t('portal.view.download')}</h3>
<ul>
<li><a href="/data/${address}/view.csv${query && `?${query}`}" download>${t('portal.view.this-csv')}</a></li>
<li><a href="/data/${address}.csv" download>${t('portal.view.all-csv')}</a></li>
<li><a href="/data/${address}.json" download>${t('portal.view.all-json')}</a></li>
<li><a href="/data/${address}/dictionary.csv" download>${t('portal.view.dictionary')}</a></li>
</ul>`
}

// ---------------------------------------------------------------- what cannot be shown

function refusedPage(
  sheet: Sheet,
  { address }: Publication,
  { code, values }: { readonly code: string; readonly values: Readonly<Record<string, string | number>> },
): Html {
  const { t, language } = sheet.texts
  const at = `data/${address}`
  return page(
    sheet,
    { at, name: t('portal.data.title') },
    html`<h1>${t('portal.view.refused')}</h1>
<p class="card empty">${t(`refusal.${code}`, values)}</p>
<p><a href="/${language}/${at}">${t('portal.view.anew')}</a></p>`,
  )
}
