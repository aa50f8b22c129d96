import { type Html, html } from '../../html.ts'
import { inPage } from '../../spoken.ts'
import { cellText, fieldLabel, labelOf, shareText } from '../labels.ts'
import { type Drawn, largest, tenth } from './drawn.ts'
import { arcs, flowsOf } from './map.ts'
import type { Outlines } from './outlines.ts'

/**
 * Flows between countries: on the map the largest, in the list all that there is room for, the largest first, the hidden and those
 * with an unknown end after them; where from and where to stand in words, which is what reads on a telephone.
 */
export function flows(drawn: Drawn, outlines: Outlines): Html {
  const { publication, view, counted, texts, title } = drawn
  const { t } = texts
  const [first, second] = view.by.map((place) => publication.fields[place])
  if (!first || !second) return html``
  const isFromFirst = first.kind === 'country-of-origin'
  const [fromField, toField] = isFromFirst ? [first, second] : [second, first]
  const all = flowsOf(counted)
    .map(({ row, column, cell }) => ({
      ...(isFromFirst ? { from: row, to: column } : { from: column, to: row }),
      cell,
    }))
    .filter(({ cell }) => cell.value !== 0 && (cell.value !== null || cell.why === 'hidden'))
    .map((flow) => ({ ...flow, isUnknown: flow.from.isUnknown || flow.to.isUnknown }))
  const rank = ({ cell, isUnknown }: (typeof all)[number]): number => (isUnknown ? -1e12 : 0) + (cell.value ?? -1)
  const known = all.filter(({ isUnknown }) => !isUnknown).toSorted((a, b) => rank(b) - rank(a))
  const unknown = all.filter(({ isUnknown }) => isUnknown).toSorted((a, b) => rank(b) - rank(a))
  const shown = [...known.slice(0, mostKnown), ...unknown.slice(0, mostUnknown)]
  const left = all.length - shown.length
  const scale = largest(shown.map(({ cell }) => cell.value))
  return html`${arcs(drawn, outlines)}
<table class="bars">
<caption class="said">${title}</caption>
<thead><tr><th scope="col">${inPage(fieldLabel(fromField, texts))} › ${inPage(fieldLabel(toField, texts))}</th><th scope="col">${t('portal.view.number')}</th><th scope="col">${t('portal.view.of-all')}</th></tr></thead>
<tbody>
${shown.map(({ from, to, cell, isUnknown }) => {
  const width = cell.value === null ? 100 : tenth((100 * Math.max(0, cell.value)) / scale)
  const fill = cell.value === null ? 'hidden' : isUnknown ? 'unknown' : null
  return html`<tr><th scope="row">${inPage(labelOf(fromField, from, texts))} › ${inPage(labelOf(toField, to, texts))}</th>${cell.value === null ? html`<td class="none" colspan="2">${cellText(cell, texts)}</td>` : html`<td>${cellText(cell, texts)}</td><td>${shareText(cell, counted.total.value, texts)}</td>`}</tr>
<tr class="bar" aria-hidden="true"><td colspan="3"><svg>${fill ? html`<rect class="${fill}" width="${width}%" height="100%" fill="url(#${fill})"/>` : html`<rect class="known" width="${width}%" height="100%"/>`}</svg></td></tr>
`
})}<tr class="sum"><th scope="row">${t('portal.view.all')}</th><td>${cellText(counted.total, texts)}</td><td></td></tr>
</tbody>
</table>
${left > 0 && html`<p class="small">${t('portal.view.more', { count: left })}</p>\n`}`
}

const mostKnown = 20
const mostUnknown = 6
