import type { Homogeneity } from './homogeneity.ts'
import type { Compared, Quality } from './quality.ts'

/** The figures as lines of text, for a terminal. */
export function qualityTable({ records, k, all, byLength, byCount, tail, questions }: Quality): string {
  const head = ['length', 'combinations', 'mean count', 'error', 'over real', 'over union', 'suppressed', 'by weight']
  const more = ['fabricated', 'by weight', `rare shown`, `shown under ${k}`]
  const lines = [
    `${whole(records.real)} real records, ${whole(records.released)} released`,
    '',
    ...table([[...head, ...more], ...byLength.map(rowOf), rowOf(all)]),
    '',
    ...table([
      ['real count', 'combinations', 'preserved', 'error', 'of the count'],
      ...byCount.map(({ from, to, combinations, preserved, error, proportionalError }) => [
        to === null ? `${whole(from)} and more` : `${whole(from)} to ${whole(to - 1)}`,
        whole(combinations),
        percent(preserved),
        error.toFixed(2),
        percent(proportionalError),
      ]),
    ]),
    '',
    `errors: half of them at most ${whole(tail.half)}, nine in ten ${whole(tail.ninety)}, 99 in 100 ${whole(tail.ninetyNine)}, the largest ${whole(tail.largest)}`,
    '',
    ...table([
      ['question', 'cells', 'distance of shares'],
      ...questions.map(({ name, distance, cells }) => [name, whole(cells), percent(distance)]),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

/** How many groups tell something of everyone in them. */
export function homogeneityLine({ groups, homogeneous, leastL, telling }: Homogeneity): string {
  const most = telling
    .slice(0, 3)
    .map(({ column, groups: told }) => `${column} (${whole(told)})`)
    .join(', ')
  return `of ${whole(groups)} groups ${whole(homogeneous)} share one value of another column (l-diversity ${leastL})${most ? `: most often ${most}` : ''}\n`
}

const whole = (n: number): string => Math.round(n).toLocaleString('en')
const percent = (share: number): string => `${(100 * share).toFixed(share !== 0 && share < 0.01 ? 3 : 1)} %`

function rowOf(each: Compared): string[] {
  return [
    each.length === 0 ? 'all' : String(each.length),
    whole(each.combinations),
    each.meanCount.toFixed(1),
    each.errorShared.toFixed(2),
    each.errorReal.toFixed(2),
    each.errorUnion.toFixed(2),
    percent(each.suppressed.number),
    percent(each.suppressed.weight),
    percent(each.fabricated.number),
    percent(each.fabricated.weight),
    whole(each.rareShown),
    whole(each.shownUnderK),
  ]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  )
}
