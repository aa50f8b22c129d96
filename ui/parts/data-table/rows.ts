import type { PlainTable } from '@lentera/core/shared/csv'
import { harmlessCell } from '@lentera/core/shared/harmless-cell'
import { compareFigures, type FigureValue } from '../cells/figure-value.ts'

export type CellValue = string | FigureValue
export type Direction = 'ascending' | 'descending'

/**
 * Rows in the order of one column. Text by the reader's collation, figures by size with protected and unknown last in
 * both directions: they have no size. Rows that are equal stay as they were.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  cellOf: (row: Row) => CellValue,
  direction: Direction,
  language: string,
): readonly Row[] {
  const collator = new Intl.Collator(language, { numeric: true })
  const sign = direction === 'ascending' ? 1 : -1
  return rows.toSorted((a, b) => {
    const left = cellOf(a)
    const right = cellOf(b)
    if (typeof left === 'string' || typeof right === 'string') {
      return sign * collator.compare(asText(left), asText(right))
    }
    const sizeless = Number(hasNoSize(left)) - Number(hasNoSize(right))
    return sizeless !== 0 ? sizeless : sign * compareFigures(left, right)
  })
}

/** Tab-separated, for the clipboard: what a spreadsheet takes when it is pasted. */
export function toClipboard(table: PlainTable): string {
  return [table.head, ...table.rows]
    .map((cells) => cells.map((cell) => harmlessCell(cell).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n')
}

/** A cell as a file carries it; `words` are the reader's words for protected and unknown. */
export function plainCell(value: CellValue, words: { readonly protected: string; readonly unknown: string }): string {
  if (typeof value === 'string') return value
  switch (value.kind) {
    case 'exact':
      return `${signs[value.read ?? 'plain']}${value.value}${value.read === 'percent' ? ' %' : ''}`
    case 'interval':
      return `${value.low}–${value.high}`
    default:
      return words[value.kind]
  }
}

const signs = { plain: '', percent: '', 'at-least': '≥ ', about: '~ ' } as const
const hasNoSize = (value: FigureValue): boolean => value.kind === 'protected' || value.kind === 'unknown'
const asText = (value: CellValue): string => (typeof value === 'string' ? value : '')
