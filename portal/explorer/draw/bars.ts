import type { PublishedField } from '@lentera/core/shared/publication'
import { type Html, html } from '../../html.ts'
import { inPage } from '../../spoken.ts'
import type { Texts } from '../../texts.ts'
import { atLeast, type Cell } from '../count.ts'
import { cellText, fieldLabel, labelOf, shareText } from '../labels.ts'
import { ordered, type Placed } from '../order.ts'
import { type Drawn, largest, tenth } from './drawn.ts'

/**
 * Bars inside their own table: each number stands by its bar, and there is nothing beside it to compare with. Of two fields the first
 * makes groups, and shares are of the group. Without `mayDraw` it is the table alone; `most` rows of one field are shown.
 */
export function bars(
  { publication, view, counted, texts, title }: Drawn,
  { mayDraw = true, most = mostRows }: { readonly mayDraw?: boolean; readonly most?: number } = {},
): Html {
  const { t } = texts
  const [first, second] = view.by.map((place) => publication.fields[place])
  if (!first || !counted.rows) return html``
  const rows = ordered(first, counted.rows, counted.rowTotals, second ? mostGroups : most)
  const columns = second && counted.columns ? ordered(second, counted.columns, counted.columnTotals, mostInGroup) : null
  const values = rows.shown.flatMap(({ at }) =>
    columns
      ? columns.shown.map((column) => counted.cells[at]?.[column.at]?.value ?? null)
      : [counted.rowTotals[at]?.value ?? null],
  )
  const scale = mayDraw ? largest(values) : null
  const body =
    columns && second
      ? rows.shown.map(
          ({ category, at }) => html`<tbody>
<tr class="group"><th scope="rowgroup">${inPage(labelOf(first, category, texts))}</th>${totals(counted.rowTotals[at], texts)}</tr>
${lines(second, columns.shown, counted.cells[at] ?? [], counted.rowTotals[at], scale, texts)}</tbody>
`,
        )
      : html`<tbody>
${lines(first, rows.shown, counted.rowTotals, counted.total, scale, texts)}<tr class="sum"><th scope="row">${t('portal.view.all')}</th>${totals(counted.total, texts)}</tr>
</tbody>`
  const left = rows.left + (columns?.left ?? 0)
  return html`<table class="bars">
<caption class="said">${title}</caption>
<thead><tr><th scope="col">${inPage(fieldLabel(second ?? first, texts))}</th><th scope="col">${t('portal.view.number')}</th><th scope="col">${t('portal.view.of-all')}</th><th scope="col">${t('portal.view.of-known')}</th></tr></thead>
${body}
</table>
${second ? html`<p class="small">${t('portal.view.of-group')}</p>\n` : ''}${left > 0 && html`<p class="small">${t('portal.view.more', { count: left })}</p>\n`}`
}

const mostRows = 40
const mostGroups = 15
const mostInGroup = 12

const totals = (cell: Cell | undefined, texts: Texts): Html =>
  cell ? numberOf(cell, texts, html`<td></td><td></td>`) : html`<td></td><td></td><td></td>`

/** A number with its shares; a word that says why there is none has the room of all three. */
const numberOf = (cell: Cell, texts: Texts, shares: Html): Html =>
  cell.value === null
    ? html`<td class="none" colspan="3">${cellText(cell, texts)}</td>`
    : html`<td>${cellText(cell, texts)}</td>${shares}`

function lines(
  field: PublishedField,
  shown: readonly Placed[],
  cells: readonly Cell[],
  whole: Cell | undefined,
  scale: number | null,
  texts: Texts,
): readonly Html[] {
  const all = whole?.value ?? null
  const unknown = shown.filter(({ category }) => category.isUnknown).map(({ at }) => atLeast(cells[at]))
  // Where a number of unknown is not told, neither is that of known.
  const known =
    all === null || unknown.includes(null) ? null : unknown.reduce<number>((rest, each) => rest - (each ?? 0), all)
  return shown.flatMap(({ category, at }) => {
    const cell = cells[at]
    if (!cell) return []
    return html`<tr><th scope="row">${inPage(labelOf(field, category, texts))}</th>${numberOf(cell, texts, html`<td>${shareText(cell, all, texts)}</td><td>${category.isUnknown ? '' : shareText(cell, known, texts)}</td>`)}</tr>
${scale !== null && bar(cell, scale, category.isUnknown)}`
  })
}

/** A bar on a row of its own, as wide as the table; the row above it says the number. */
function bar(cell: Cell, scale: number, isUnknown: boolean): Html {
  const width = cell.value === null ? 100 : tenth(Math.max(0, (100 * cell.value) / scale))
  const piece =
    cell.value !== null
      ? isUnknown
        ? html`<rect class="unknown" width="${width}%" height="100%" fill="url(#unknown)"/>`
        : html`<rect class="known" width="${width}%" height="100%"/>`
      : cell.why === 'hidden'
        ? html`<rect width="100%" height="100%" fill="url(#hidden)"/>`
        : html`<path class="none" d="M0 6h2000"/>`
  return html`<tr class="bar" aria-hidden="true"><td colspan="4"><svg>${piece}</svg></td></tr>
`
}
