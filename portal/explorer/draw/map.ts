import { type Html, html } from '../../html.ts'
import { atLeast, type Counted } from '../count.ts'
import { cellText, labelOf } from '../labels.ts'
import { type Drawn, largest, tenth } from './drawn.ts'
import { grain, type Outlines, pointOf, size } from './outlines.ts'

/**
 * Counts by country as circles whose area is the count: a country filled by its count would tell of its size. Hidden is a striped square,
 * not published a dash; the unknown is a circle in lines beside the map. Countries that are not on it stand in the table below.
 */
export function map({ publication, view, counted, texts, title }: Drawn, outlines: Outlines): Html {
  const { t } = texts
  const field = publication.fields[view.by[0] ?? -1]
  if (!field || !counted.rows) return html``
  const placed = counted.rows.map((category, at) => ({
    category,
    cell: counted.rowTotals[at],
    point: category.isUnknown ? undefined : pointOf(outlines, category.code),
  }))
  const scale = largest(placed.map(({ cell }) => cell?.value ?? null))
  const radius = (value: number): number => tenth(maximum * Math.sqrt(Math.max(0, value) / scale))
  const unknown = placed.filter(({ category }) => category.isUnknown)
  const outside = placed.filter(({ category, point, cell }) => !category.isUnknown && !point && atLeast(cell) !== 0)
  return html`<figure>
<svg class="chart" role="img" viewBox="0 0 ${size.width} ${size.height}" aria-labelledby="picture"><title id="picture">${title}</title>
${land(outlines)}
${placed
  .filter(({ point }) => point)
  .toSorted((a, b) => (b.cell?.value ?? 0) - (a.cell?.value ?? 0))
  .map(({ category, cell, point }) => {
    const [x, y] = point ?? [0, 0]
    const said = html`<title>${labelOf(field, category, texts).text}: ${cell && cellText(cell, texts)}</title>`
    if (cell?.value === null)
      return cell.why === 'hidden'
        ? html`<rect class="hidden" x="${x - 6}" y="${y - 6}" width="12" height="12" fill="url(#hidden)">${said}</rect>`
        : html`<path class="none" d="M${x - 5} ${y}h10">${said}</path>`
    return html`<circle class="area" cx="${x}" cy="${y}" r="${radius(cell?.value ?? 0)}">${said}</circle>`
  })}
${placed
  .filter(({ cell, point }) => point && radius(cell?.value ?? 0) > 14)
  .map(
    ({ cell, point: [x, y] = [0, 0] }) =>
      html`<text class="in" x="${x}" y="${y + 4}" text-anchor="middle" aria-hidden="true">${cell && cellText(cell, texts)}</text>`,
  )}
${unknown
  .filter(({ cell }) => cell && atLeast(cell) !== 0)
  .map(({ category, cell }, at) => {
    const [x, y] = [size.width - maximum - 6, 8 + maximum + at * (2 * maximum + 22)]
    const r = Math.max(6, radius(cell?.value ?? 0))
    const piece =
      cell?.value === null
        ? cell.why === 'hidden' &&
          html`<rect class="hidden" x="${x - 6}" y="${y - 6}" width="12" height="12" fill="url(#hidden)"/>`
        : html`<circle class="unknown" cx="${x}" cy="${y}" r="${radius(cell?.value ?? 0)}" fill="url(#unknown)"/>`
    return html`${piece}<text x="${size.width - 6}" y="${y + r + 14}" text-anchor="end">${labelOf(field, category, texts).text}: ${cell && cellText(cell, texts)}</text>`
  })}
</svg>
${outside.length > 0 && html`<p class="small">${t('portal.view.outside', { count: outside.length })}</p>\n`}</figure>`
}

const land = ({ path }: Outlines): Html => html`<path class="land" transform="scale(${grain})" d="${path}"/>`

/** Radius of the largest circle. */
const maximum = 26

/**
 * The largest flows as lines between countries, thick by their count; within a country as a ring. Told again by the list below, so
 * that no reading depends on following a line.
 */
export function arcs({ publication, view, counted, title }: Drawn, outlines: Outlines): Html {
  const isFromFirst = publication.fields[view.by[0] ?? -1]?.kind === 'country-of-origin'
  const flows = flowsOf(counted)
    .map(({ row, column, cell }) => {
      const [from, to] = isFromFirst ? [row, column] : [column, row]
      return {
        value: cell.value ?? 0,
        from: from.isUnknown ? undefined : pointOf(outlines, from.code),
        to: to.isUnknown ? undefined : pointOf(outlines, to.code),
      }
    })
    .filter(({ value, from, to }) => value > 0 && from && to)
    .toSorted((a, b) => b.value - a.value)
    .slice(0, mostArcs)
  if (flows.length === 0) return html``
  const scale = largest(flows.map(({ value }) => value))
  return html`<figure>
<svg class="chart" role="img" viewBox="0 0 ${size.width} ${size.height}" aria-labelledby="picture"><title id="picture">${title}</title>
${land(outlines)}
${flows.map(({ value, from = [0, 0], to = [0, 0] }) => {
  const width = tenth(Math.max(0.8, (8 * value) / scale))
  if (from === to) return html`<circle class="flow" cx="${from[0]}" cy="${from[1]}" r="7" stroke-width="${width}"/>`
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  // Bent to the left of its way, so that the two directions between two countries lie apart.
  const [cx, cy] = [from[0] + dx / 2 + dy / 4, from[1] + dy / 2 - dx / 4]
  return html`<path class="flow" d="M${from[0]} ${from[1]}Q${tenth(cx)} ${tenth(cy)} ${to[0]} ${to[1]}" stroke-width="${width}"/><circle class="end" cx="${to[0]}" cy="${to[1]}" r="${tenth(2.5 + width / 2)}"/>`
})}
</svg>
</figure>`
}

const mostArcs = 20

type Flow = {
  readonly row: NonNullable<Counted['rows']>[number]
  readonly column: NonNullable<Counted['columns']>[number]
  readonly cell: Counted['total']
}

/** Every pair of a row and a column with its cell. */
export function flowsOf({ rows, columns, cells }: Counted): readonly Flow[] {
  return (rows ?? []).flatMap((row, r) =>
    (columns ?? []).flatMap((column, c) => {
      const cell = cells[r]?.[c]
      return cell ? [{ row, column, cell }] : []
    }),
  )
}
