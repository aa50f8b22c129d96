import {
  leastMove,
  type Publication,
  type PublishedField,
  type PublishedMethod,
  type PublishedQuality,
  type PublishedTable,
} from '@lentera/core/shared/publication'
import { formatNumber, percentText } from '@lentera/ui/tokens/numbers'
import { type Html, html } from '../html.ts'
import type { Texts } from '../texts.ts'

/**
 * How far a release is from what was counted, as far as saying so tells nothing of the people: what its method promises, what is
 * counted in the release itself, and what was measured of it (`quality`).
 */
export function howFar({ method, fields, data, quality }: Publication, texts: Texts): Html {
  const { t, language } = texts
  const say = (text: string): Html => html`<p>${text}</p>`
  if (quality) return errors(quality, data.kind === 'table', texts)
  switch (method.name) {
    case 'suppression':
      if (data.kind !== 'table') return say(t('portal.release.no-errors'))
      return method.stood
        ? html`${stands(method, texts)}${hidden(fields, data, t('portal.release.hidden-lead'), texts)}`
        : hidden(fields, data, t('portal.release.exact'), texts)
    // Nothing is measured of the programme's own figures: how far they lag is how many came, and is told when it is told.
    case 'cut-off-tables':
      return data.kind === 'table'
        ? hidden(fields, data, t('portal.release.stood'), texts)
        : say(t('portal.release.no-errors'))
    case 'rounding':
      return html`${say(t('portal.release.rounded', { within: method.within ?? method.base }))}${stands(method, texts)}`
    case 'cell-key':
      return html`${say(
        method.average === undefined
          ? t('portal.release.moved-most', { most: method.most })
          : t('portal.release.moved', { most: method.most, average: formatNumber(method.average, language) }),
      )}${stands(method, texts)}`
    default:
      return say(t('portal.release.no-errors'))
  }
}

/** Of a later edition: whether anybody moved or not. */
function stands({ stood, ...method }: Stood, { t }: Texts): Html {
  const least = leastMove(method)
  return html`${stood && html`<p>${t('portal.release.stands', { least, most: least - 1 })}</p>`}`
}

type Stood = Extract<PublishedMethod, { readonly stood?: true }>

/** What is hidden, by how many fields a number is split by: as anybody counts it in the release. */
function hidden(
  fields: readonly PublishedField[],
  { cells }: PublishedTable,
  lead: string,
  { t, language }: Texts,
): Html {
  const byLength = Map.groupBy(
    cells,
    ({ codes }) => codes.filter((code, field) => fields[field]?.codes[code]?.is !== 'total').length,
  )
  return html`<p>${lead}</p>
${[...byLength]
  .sort(([a], [b]) => a - b)
  .map(([length, own]) => {
    const many = own.filter(({ value }) => value === null).length
    return html`<table class="facts">
<caption>${length === 0 ? t('portal.release.all-together') : t('portal.release.length', { length })}</caption>
<tbody>
<tr><th scope="row">${t('portal.release.numbers')}</th><td>${formatNumber(own.length, language)}</td></tr>
<tr><th scope="row">${t('portal.release.hidden')}</th><td>${formatNumber(many, language)} (${percentText((100 * many) / own.length, language, 1)})</td></tr>
</tbody>
</table>
`
  })}`
}

function errors(
  { estimated, byLength, tail, questions }: PublishedQuality,
  isTable: boolean,
  { t, language }: Texts,
): Html {
  const number = (value: number): string => formatNumber(Math.round(value * 100) / 100, language)
  const share = (value: number): string => percentText(100 * value, language, 1)
  const lead = isTable
    ? t('portal.release.estimated-table')
    : html`${t('portal.release.errors-lead')}${estimated && html` ${t('portal.release.estimated')}`}`
  return html`<p>${lead}</p>
${byLength.map(
  (each) => html`<table class="facts">
<caption>${t('portal.release.length', { length: each.length })}</caption>
<tbody>
<tr><th scope="row">${t('portal.release.combinations')}</th><td>${number(each.combinations)}</td></tr>
<tr><th scope="row">${t('portal.release.error')}</th><td>${number(each.error)}</td></tr>
<tr><th scope="row">${t('portal.release.lost-number')}</th><td>${share(each.suppressed.number)}</td></tr>
<tr><th scope="row">${t('portal.release.lost-weight')}</th><td>${share(each.suppressed.weight)}</td></tr>
<tr><th scope="row">${t('portal.release.added-number')}</th><td>${share(each.fabricated.number)}</td></tr>
<tr><th scope="row">${t('portal.release.added-weight')}</th><td>${share(each.fabricated.weight)}</td></tr>
</tbody>
</table>
`,
)}${
  tail &&
  html`<p>${t('portal.release.tail', {
    half: number(tail.half),
    ninety: number(tail.ninety),
    ninetyNine: number(tail.ninetyNine),
    largest: number(tail.largest),
  })}</p>
`
}${
  questions.length > 0 &&
  html`<table class="facts">
<caption>${t('portal.release.questions')}</caption>
<tbody>
${questions.map(({ name, distance }) => html`<tr><th scope="row" lang="en">${name}</th><td>${formatNumber(distance, language, 3)}</td></tr>\n`)}</tbody>
</table>
`
}`
}
