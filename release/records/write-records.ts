import { harmlessCell } from '@lentera/core/shared/harmless-cell'
import type { Records } from './words.ts'

/** Records as CSV (RFC 4180, LF), in pieces of some thousand lines; absent cells are empty, and none is run by a spreadsheet. */
export function* csvOf({ count, columns }: Records): Generator<string> {
  yield `${columns.map(({ name }) => quoted(name)).join(',')}\n`
  const texts = columns.map(({ values }) => ['', ...values.map(quoted)])
  for (let from = 0; from < count; from += pieceLines) {
    let piece = ''
    for (let record = from; record < Math.min(count, from + pieceLines); record++)
      piece += `${columns.map(({ codes }, column) => texts[column]?.[codes[record] ?? 0] ?? '').join(',')}\n`
    yield piece
  }
}

const pieceLines = 8192

const quoted = (text: string): string => {
  const safe = harmlessCell(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
