import { type Html, html } from '../../html.ts'
import { inPage } from '../../spoken.ts'
import type { Texts } from '../../texts.ts'
import type { Cell } from '../count.ts'
import { cellText, fieldLabel, labelOf } from '../labels.ts'
import { ordered } from '../order.ts'
import { bars } from './bars.ts'
import type { Drawn } from './drawn.ts'

/** A view as numbers: one alone, a list, or a table of one field against another, which is moved sideways where it is wide. */
export function table(drawn: Drawn): Html {
  const { publication, view, counted, texts, title } = drawn
  const [first, second] = view.by.map((place) => publication.fields[place])
  if (!first || !counted.rows) return html`<p class="alone"><b>${cellText(counted.total, texts)}</b> ${title}</p>`
  if (!second || !counted.columns) return bars(drawn, { mayDraw: false })
  const rows = ordered(first, counted.rows, counted.rowTotals, mostRows)
  const columns = ordered(second, counted.columns, counted.columnTotals, mostColumns)
  const left = rows.left + columns.left
  const { t } = texts
  return html`<div class="wide" role="region" aria-label="${title}" tabindex="0"><table class="cross">
<caption class="said">${title}</caption>
<thead><tr><th scope="col">${inPage(fieldLabel(first, texts))}</th>${columns.shown.map(({ category }) => html`<th scope="col">${inPage(labelOf(second, category, texts))}</th>`)}<th scope="col">${t('portal.view.all')}</th></tr></thead>
<tbody>
${rows.shown.map(({ category, at }) => html`<tr><th scope="row">${inPage(labelOf(first, category, texts))}</th>${columns.shown.map((column) => cellOf(counted.cells[at]?.[column.at], texts))}${cellOf(counted.rowTotals[at], texts)}</tr>\n`)}<tr class="sum"><th scope="row">${t('portal.view.all')}</th>${columns.shown.map(({ at }) => cellOf(counted.columnTotals[at], texts))}${cellOf(counted.total, texts)}</tr>
</tbody>
</table></div>
${left > 0 && html`<p class="small">${t('portal.view.more', { count: left })}</p>\n`}`
}

const mostRows = 40
const mostColumns = 16

function cellOf(cell: Cell | undefined, texts: Texts): Html {
  if (!cell) return html`<td></td>`
  return cell.value === null
    ? html`<td class="${cell.why}">${cellText(cell, texts)}</td>`
    : html`<td>${cellText(cell, texts)}</td>`
}
