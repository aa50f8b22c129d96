import { formatNumber } from '@lentera/ui/tokens/numbers'
import { type Html, html } from '../../html.ts'
import { inPage, type Spoken } from '../../spoken.ts'
import type { Cell } from '../count.ts'
import { fieldLabel, labelOf } from '../labels.ts'
import { ordered } from '../order.ts'
import { type Drawn, largest, tenth } from './drawn.ts'

/** The drawing's own units; it is as wide as there is room. */
const size = { width: 320, height: 200, top: 12, bottom: 176, right: 314 } as const

/**
 * A line over the years for each of the largest categories, told apart by its strokes and marks and not by colour alone. A year whose
 * number is hidden is a gap in stripes, a year that was not published a gap: no line runs through what nobody was told.
 */
export function lines({ publication, view, counted, texts, title }: Drawn): Html {
  const { t, language } = texts
  const fields = view.by.map((place) => publication.fields[place])
  const isFirst = fields[0]?.kind === 'year'
  const [yearField, other] = isFirst ? fields : [fields[1], fields[0]]
  const years = (isFirst ? counted.rows : counted.columns) ?? []
  const known = years.flatMap((category, at) => (category.isUnknown ? [] : [{ category, at }]))
  if (!yearField || known.length === 0) return html``
  const cellAt = (year: number, series: number): Cell | undefined =>
    isFirst ? counted.cells[year]?.[series] : counted.cells[series]?.[year]
  const categories = (isFirst ? counted.columns : counted.rows) ?? null
  const totals = isFirst ? counted.columnTotals : counted.rowTotals
  const all = (year: number): Cell | undefined => (isFirst ? counted.rowTotals[year] : counted.columnTotals[year])
  const chosen = other && categories ? ordered(other, categories, totals, mostLines) : null
  const series: readonly Series[] =
    other && chosen
      ? chosen.shown.map(({ category, at }) => ({
          label: labelOf(other, category, texts),
          isUnknown: category.isUnknown,
          cells: known.map((year) => cellAt(year.at, at)),
        }))
      : [{ label: null, isUnknown: false, cells: known.map(({ at }) => all(at)) }]

  const top = rounded(largest(series.flatMap(({ cells }) => cells.map((cell) => cell?.value ?? null))))
  const grid = [0, top / 2, top]
  const scale = grid.map((value) => formatNumber(value, language))
  const left = 8 + 7 * Math.max(...scale.map((number) => number.length))
  const step = known.length > 1 ? (size.right - 20 - left) / (known.length - 1) : 0
  const x = (year: number): number => tenth(left + 10 + year * step)
  const y = (value: number): number => tenth(size.bottom - ((size.bottom - size.top) * Math.max(0, value)) / top)
  const isHidden = (year: number): boolean =>
    series.some(({ cells }) => cells[year]?.value === null && cells[year]?.why === 'hidden')
  const names = known.map(({ category }) => labelOf(yearField, category, texts).text)
  const every = Math.max(
    1,
    Math.ceil(known.length / Math.max(2, Math.floor(300 / (8 * Math.max(...names.map((name) => name.length)))))),
  )
  return html`<figure>
<svg class="chart" role="img" viewBox="0 0 ${size.width} ${size.height}" aria-labelledby="picture"><title id="picture">${title}</title>
${known.map((_, year) => isHidden(year) && html`<rect x="${tenth(x(year) - Math.min(8, Math.max(3, step / 3)))}" y="${size.top}" width="${tenth(2 * Math.min(8, Math.max(3, step / 3)))}" height="${size.bottom - size.top}" fill="url(#hidden)"/>`)}
${grid.map((value, at) => html`<path class="grid" d="M${left} ${y(value)}H${size.right}"/><text x="${left - 4}" y="${y(value) + 4}" text-anchor="end">${scale[at]}</text>`)}
${series.map((each, at) => line(each, at, x, y))}
${names.map((name, year) => (year % every === 0 || (year === names.length - 1 && year % every >= every / 2)) && html`<text x="${x(year)}" y="${size.bottom + 16}" text-anchor="${year === 0 ? 'start' : year === names.length - 1 ? 'end' : 'middle'}">${name}</text>`)}
</svg>
${other && html`<ul class="key" aria-label="${fieldLabel(other, texts).text}">${series.map(({ label, isUnknown }, at) => html`<li><svg viewBox="0 0 30 12" aria-hidden="true"><path class="line ${styleOf(isUnknown, at)}" d="M1 6h28"/>${mark(15, 6, isUnknown, at)}</svg> ${label && inPage(label)}</li>`)}</ul>\n`}${chosen && chosen.left > 0 && html`<p class="small">${t('portal.view.more', { count: chosen.left })}</p>\n`}</figure>`
}

type Series = {
  readonly label: Spoken | null
  readonly isUnknown: boolean
  readonly cells: readonly (Cell | undefined)[]
}

const mostLines = 6

const styleOf = (isUnknown: boolean, at: number): string => (isUnknown ? 'dots' : `s${at + 1}`)

function line(
  { cells, isUnknown }: Series,
  at: number,
  x: (year: number) => number,
  y: (value: number) => number,
): Html {
  const pieces: string[] = []
  const marks: Html[] = []
  cells.forEach((cell, year) => {
    if (cell?.value === null || cell === undefined) return
    const before = year > 0 ? cells[year - 1]?.value : null
    pieces.push(`${before === null || before === undefined ? 'M' : 'L'}${x(year)} ${y(cell.value)}`)
    marks.push(mark(x(year), y(cell.value), isUnknown, at))
  })
  return html`<path class="line ${styleOf(isUnknown, at)}" d="${pieces.join('')}"/>${marks}`
}

/** A mark of a form of its own for each line. */
function mark(x: number, y: number, isUnknown: boolean, at: number): Html {
  const form = isUnknown ? 'm-3-3l6 6m0-6l-6 6' : (forms[at % forms.length] ?? '')
  return html`<path class="mark ${styleOf(isUnknown, at)}" d="M${x} ${y}${form}"/>`
}

const forms = [
  'm-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z',
  'm-3-3h6v6h-6z',
  'm0-4l4 7h-8z',
  'm0-4l4 4l-4 4l-4-4z',
  'm-4-3h8l-4 7z',
  'm-1-4h2v3h3v2h-3v3h-2v-3h-3v-2h3z',
]

/** The next number that reads well on an axis: 1, 2 or 5 with noughts, so that its half does too. */
function rounded(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return Math.max(2, ([1, 2, 4, 6, 8, 10].find((factor) => factor * power >= value) ?? 10) * power)
}
