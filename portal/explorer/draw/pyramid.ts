import { formatNumber } from '@lentera/ui/tokens/numbers'
import { type Html, html } from '../../html.ts'
import { inPage } from '../../spoken.ts'
import type { Cell } from '../count.ts'
import { cellText, labelOf } from '../labels.ts'
import { type Drawn, largest, tenth } from './drawn.ts'

/** A row is a line for the age and one for its bars, so that the longest name of an age has room in every script. */
const row = { height: 38, label: 12, top: 18, bar: 14, gap: 4, reach: 154, width: 320 } as const

/**
 * Ages down the middle, two categories to the sides, the unknown of age last and in lines. What has a category other than the two
 * is not left out: it is said below, and stands in the table.
 */
export function pyramid({ publication, view, counted, texts, title }: Drawn): Html {
  const fields = view.by.map((place) => publication.fields[place])
  const isFirst = fields[0]?.kind === 'age'
  const [ageField, sideField] = isFirst ? fields : [fields[1], fields[0]]
  const ages = (isFirst ? counted.rows : counted.columns) ?? []
  const sides = ((isFirst ? counted.columns : counted.rows) ?? []).map((category, at) => ({ category, at }))
  const [left, right] = sides.filter(({ category }) => !category.isUnknown)
  if (!ageField || !sideField || !left || !right) return html``
  const cellAt = (age: number, side: number): Cell | undefined =>
    isFirst ? counted.cells[age]?.[side] : counted.cells[side]?.[age]
  const scale = largest(ages.flatMap((_, age) => [left, right].map(({ at }) => cellAt(age, at)?.value ?? null)))
  const middle = row.width / 2
  const length = (value: number): number => tenth((row.reach * Math.max(0, value)) / scale)
  const bar = (cell: Cell | undefined, y: number, toTheLeft: boolean, isUnknown: boolean): Html => {
    if (!cell) return html``
    const long = cell.value === null ? 40 : length(cell.value)
    const x = toTheLeft ? tenth(middle - row.gap / 2 - long) : middle + row.gap / 2
    const edge = toTheLeft ? tenth(x - 3) : tenth(x + long + 3)
    const anchor = toTheLeft ? 'end' : 'start'
    const fill = cell.value === null ? (cell.why === 'hidden' ? 'hidden' : null) : isUnknown ? 'unknown' : null
    const piece = fill
      ? html`<rect class="${fill}" x="${x}" y="${y}" width="${long}" height="${row.bar}" fill="url(#${fill})"/>`
      : cell.value === null
        ? html`<path class="none" d="M${x} ${y + 7}h${long}"/>`
        : html`<rect class="${toTheLeft ? 'known' : 'known-2'}" x="${x}" y="${y}" width="${long}" height="${row.bar}"/>`
    const isOver = cell.value !== null && long > row.reach - 40
    // A bar that reaches the edge has its number inside.
    return html`${piece}<text${isOver && html` class="in"`} x="${isOver ? tenth(toTheLeft ? x + 3 : x + long - 3) : edge}" y="${y + 11}" text-anchor="${isOver ? (toTheLeft ? 'start' : 'end') : anchor}">${cell.value === null ? '' : formatNumber(cell.value, texts.language)}</text>`
  }
  const others = sides.filter(({ category }) => category.isUnknown)
  const sums = isFirst ? counted.columnTotals : counted.rowTotals
  return html`<figure>
<p class="sides"><span>${inPage(labelOf(sideField, left.category, texts))}</span><span>${inPage(labelOf(sideField, right.category, texts))}</span></p>
<svg class="chart" role="img" viewBox="0 0 ${row.width} ${ages.length * row.height}" aria-labelledby="picture"><title id="picture">${title}</title>
${ages.map((age, at) => {
  const y = at * row.height + row.top
  return html`${bar(cellAt(at, left.at), y, true, age.isUnknown)}<text x="${middle}" y="${at * row.height + row.label}" text-anchor="middle">${labelOf(ageField, age, texts).text}</text>${bar(cellAt(at, right.at), y, false, age.isUnknown)}
`
})}</svg>
${others.length > 0 && html`<p class="small">${others.map(({ category, at }) => html`${inPage(labelOf(sideField, category, texts))}: ${sums[at] && cellText(sums[at], texts)} `)}</p>\n`}</figure>`
}
