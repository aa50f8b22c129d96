import { harmlessCell } from './harmless-cell.ts'

export type PlainTable = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

/**
 * RFC 4180 text with a byte order mark, so that spreadsheets read Thai and Burmese as UTF-8. Numbers are plain: point
 * for decimals, no grouping, Latin digits. Text that a spreadsheet would run as a formula gets an apostrophe before it
 * (OWASP, CSV injection).
 */
export function toCsv(table: PlainTable): string {
  const lines = [table.head, ...table.rows].map((cells) => cells.map((cell) => quoted(harmlessCell(cell))).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
