import { Gunzip, strFromU8, unzipSync, zipSync } from 'fflate'
import readWorkbook from 'read-excel-file/universal'
import type { CivilDate } from '../shared/dates.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { dayZeros } from './dates.ts'
import { type UnreadableLine, type Watch, watchEvery } from './words.ts'

/** One line of a sheet. `line` counts from 1 as a person counts: physical lines in a CSV, rows in a workbook. */
export type Line = { readonly line: number; readonly cells: readonly string[] }

export type Sheet = {
  readonly name: string
  readonly lines: readonly Line[]
  readonly issues: readonly UnreadableLine[]
  /** The day that a workbook numbers 0, from which it counts the days of its dates. A CSV has none. */
  readonly dayZero?: CivilDate
  /** Cells of a workbook that are merged downwards: what stands in the first line is meant of them all. */
  readonly merged?: readonly Merged[]
}

/** `at`: place of the cell in its line; `from` and `to`: the first and the last line, counted as `Line.line`. */
export type Merged = { readonly at: number; readonly from: number; readonly to: number }

/** `content` is the file after gunzipping: what its hash is taken of. */
export type OpenedFile = {
  readonly format: 'csv' | 'xlsx'
  readonly content: Uint8Array
  readonly sheets: readonly Sheet[]
}

export const fileLimits = {
  /** Bytes of a file after gunzipping. The published tables are under 10 MB. */
  contentBytes: 128 * 1024 * 1024,
  /** Bytes of all parts of a workbook after unzipping, as its directory declares them. */
  workbookBytes: 256 * 1024 * 1024,
  /** UTF-16 units a quoted cell may have, where nobody says otherwise: beyond that the quote was never closed. */
  quotedCell: 4096,
} as const

/**
 * Bytes of a CSV (RFC 4180, UTF-8 with or without BOM or UTF-16 with one, LF or CRLF, separated by comma, semicolon or tab,
 * or as Excel's own first line `sep=` says) or of an XLSX workbook, gzipped or not, to lines of text cells as they stand in
 * the file. Nothing is trimmed or turned into numbers.
 *
 * Refuses: `sheets.file-empty`, `sheets.file-too-large`, `sheets.file-damaged`, `sheets.old-excel-file`,
 * `sheets.is-an-image`, `sheets.is-a-pdf`, `sheets.is-a-web-page`, `sheets.not-a-workbook`, `sheets.wrong-encoding` (with
 * the first line that is not what the file is taken for), `sheets.no-letter` (with the first line that holds a NUL), `sheets.stopped`.
 */
export async function openFile(
  bytes: Uint8Array,
  watch: Watch = () => true,
  quotedCell: number = fileLimits.quotedCell,
): Promise<Decision<OpenedFile>> {
  const unpacked = startsWith(bytes, [0x1f, 0x8b]) ? gunzip(bytes) : accept(bytes)
  if (!unpacked.ok) return unpacked
  const content = unpacked.value
  if (content.length === 0) return refuse('sheets.file-empty')
  if (content.length > fileLimits.contentBytes) return tooLarge(content.length, fileLimits.contentBytes)
  // The container of Excel before 2007, and of any workbook behind a password.
  if (startsWith(content, [0xd0, 0xcf, 0x11, 0xe0])) return refuse('sheets.old-excel-file')
  const other = otherThanATable(content)
  if (other) return other
  const zipped = startsWith(content, [0x50, 0x4b, 0x03, 0x04])
  const sheets = zipped ? await readXlsx(content, watch) : await readCsv(content, watch, quotedCell)
  if (!sheets.ok) return sheets
  return accept({ format: zipped ? 'xlsx' : 'csv', content, sheets: sheets.value })
}

// ---------------------------------------------------------------- what is no table, whatever its name says

/** What browsers and scanners save in place of the table: named, so that nobody looks for a fault in its letters. */
function otherThanATable(content: Uint8Array): Decision<never> | undefined {
  if (pictures.some((signature) => startsWith(content, signature))) return refuse('sheets.is-an-image')
  const start = String.fromCharCode(...content.subarray(0, 1024))
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return refuse('sheets.is-an-image')
  if (start.startsWith('%PDF-')) return refuse('sheets.is-a-pdf')
  const first = start.replace(aboveAPage, '')
  if (/^<svg[\s>]/i.test(first)) return refuse('sheets.is-an-image')
  return /^<(!doctype\s+html|html|head|body|title|meta|table|script)\b/i.test(first)
    ? refuse('sheets.is-a-web-page')
    : undefined
}

/** PNG, JPEG, GIF, TIFF of either byte order. A bitmap's mere `BM` could begin a table. */
const pictures: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
  [0x47, 0x49, 0x46, 0x38, 0x37, 0x61],
  [0x49, 0x49, 0x2a, 0],
  [0x4d, 0x4d, 0, 0x2a],
]

/** A byte order mark, an XML declaration, comments and blanks may stand above the first element. */
const aboveAPage = /^(\xef\xbb\xbf)?(\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!doctype svg[^>]*>)*/i

// ---------------------------------------------------------------- packed files

function gunzip(bytes: Uint8Array): Decision<Uint8Array> {
  // RFC 1952, 2.2: a member is never shorter than its header and trailer.
  if (bytes.length < 18) return refuse('sheets.file-damaged')
  const parts: Uint8Array[] = []
  let length = 0
  let finished = false
  let members = 1
  const stream = new Gunzip((part, final) => {
    parts.push(part)
    length += part.length
    finished = final
  })
  stream.onmember = () => {
    members++
  }
  try {
    // In slices, so that a small file that unpacks to a huge one is noticed before it fills the memory.
    for (let at = 0; at < bytes.length; at += 65536) {
      stream.push(bytes.subarray(at, at + 65536), at + 65536 >= bytes.length)
      if (length > fileLimits.contentBytes) return tooLarge(length, fileLimits.contentBytes)
    }
  } catch {
    return refuse('sheets.file-damaged')
  }
  const content = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    content.set(part, at)
    at += part.length
  }
  // RFC 1952, 2.3.1: the last four bytes are the unpacked length modulo 2^32, of the last member.
  const declared = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true)
  if (!finished || (members === 1 && declared !== length)) return refuse('sheets.file-damaged')
  return accept(content)
}

async function readXlsx(content: Uint8Array, watch: Watch): Promise<Decision<readonly Sheet[]>> {
  const isText = (name: string): boolean => /\.(xml|rels)$/.test(name)
  let size = 0
  let parts: Record<string, Uint8Array>
  try {
    // Looked at before anything is inflated. A part is inflated into no more room than the directory declares for it.
    unzipSync(content, {
      filter: ({ name, originalSize }) => {
        if (isText(name)) size += originalSize
        return false
      },
    })
    if (size > fileLimits.workbookBytes) return tooLarge(size, fileLimits.workbookBytes)
    parts = unzipSync(content, { filter: ({ name }) => isText(name) })
  } catch {
    return refuse('sheets.file-damaged')
  }
  const directory = parts['xl/workbook.xml']
  if (!directory) return refuse('sheets.not-a-workbook')
  // As the Macintosh's first workbooks count, and what was copied from them.
  const isOf1904 = /<(\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](1|true)["']/.test(strFromU8(directory))
  if (!(await watch({ stage: 'reading', done: 0, of: content.length }))) return refuse('sheets.stopped')
  let workbook: Awaited<ReturnType<typeof readWorkbook<string>>>
  try {
    // Handed on unpacked (level 0): the reader inflates larger files in workers it makes from blobs, which our content
    // security policy forbids, and would inflate pictures and all without a limit. Numbers stay as they are written.
    const stored = zipSync(parts, { level: 0 })
    workbook = await readWorkbook(stored.buffer, { trim: false, parseNumber: (text) => text })
  } catch {
    return refuse('sheets.file-damaged')
  }
  if (!(await watch({ stage: 'reading', done: content.length, of: content.length }))) return refuse('sheets.stopped')
  return accept(
    workbook.map(({ sheet, data }) => ({
      name: sheet,
      lines: data.map((cells, index) => ({ line: index + 1, cells: cells.map(cellText) })),
      issues: [],
      dayZero: dayZeros[isOf1904 ? 'macintosh' : 'usual'],
      merged: mergedIn(parts, sheet),
    })),
  )
}

/** ECMA-376, 18.3.1.55: the reader leaves them out. A sheet that is not found by its name has none. */
function mergedIn(parts: Readonly<Record<string, Uint8Array>>, sheet: string): readonly Merged[] {
  const xml = (part: string): string => (parts[part] ? strFromU8(parts[part]) : '')
  const attribute = (element: string, name: string): string =>
    new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(element)?.[1] ?? ''
  const elements = (text: string, name: string): string[] =>
    text.match(new RegExp(`<(\\w+:)?${name}\\b[^>]*>`, 'g')) ?? []
  const [listed] = elements(xml('xl/workbook.xml'), 'sheet').filter(
    (each) => unescaped(attribute(each, 'name')) === sheet,
  )
  const id = listed && attribute(listed, '\\w+:id')
  const [related] = elements(xml('xl/_rels/workbook.xml.rels'), 'Relationship').filter(
    (each) => attribute(each, 'Id') === id,
  )
  const target = related ? attribute(related, 'Target').replace(/^\/?(xl\/)?/, 'xl/') : ''
  return elements(xml(target), 'mergeCell').flatMap((each) => {
    const [, column = '', from, to] = /^([A-Z]+)(\d+):[A-Z]+(\d+)$/.exec(attribute(each, 'ref')) ?? []
    const at = [...column].reduce((place, letter) => 26 * place + letter.charCodeAt(0) - 64, 0) - 1
    return Number(to) > Number(from) ? [{ at, from: Number(from), to: Number(to) }] : []
  })
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** A cell as text. The reader's own type says `typeof Date` for a date; what it hands over is a Date at midnight UTC. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return String(cell)
}

// ---------------------------------------------------------------- CSV

// In browsers, their workers and Node alike (WHATWG Encoding), but in no ECMAScript library that could be named here.
declare const TextDecoder: new (label: Encoding, options: { fatal: true }) => { decode(bytes: Uint8Array): string }

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

async function readCsv(content: Uint8Array, watch: Watch, quotedCell: number): Promise<Decision<readonly Sheet[]>> {
  const decoded = decode(content)
  if (!decoded.ok) return decoded
  const text = decoded.value
  const said = /^sep=([,;\t])\r?\n/.exec(text)
  const separator = said?.[1] ?? separatorOf(text)
  const lines: Line[] = []
  const issues: UnreadableLine[] = []
  // Few distinct cells make up these tables: keeping one copy of each is what lets a browser hold them.
  const seen = new Map<string, string>()
  const once = (cell: string): string => {
    const known = seen.get(cell)
    if (known !== undefined) return known
    seen.set(cell, cell)
    return cell
  }
  let at = said?.[0].length ?? 0
  let line = said ? 2 : 1
  let sinceWatch = 0
  while (at < text.length) {
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline
    const plain = text.slice(at, text[end - 1] === '\r' ? end - 1 : end)
    const quoted = plain.includes('"') ? readQuoted(text, at, separator, quotedCell) : undefined
    if (quoted === 'not closed') {
      issues.push({ line, reason: 'quote-not-closed', values: {} })
    } else if (plain !== '') {
      const cells = quoted ? quoted.cells : plain.split(separator)
      lines.push({ line, cells: cells.map(once) })
    }
    line += quoted && quoted !== 'not closed' ? quoted.newlines + 1 : 1
    at = (quoted && quoted !== 'not closed' ? quoted.end : end) + 1
    if (++sinceWatch === watchEvery) {
      sinceWatch = 0
      if (!(await watch({ stage: 'reading', done: at, of: text.length }))) return refuse('sheets.stopped')
    }
  }
  return accept([{ name: '', lines, issues }])
}

/**
 * One record that has a quote in its first line: its cells, where it ends, and how many line breaks stand inside quotes.
 * A quote that is not closed, or closed in the middle of a cell, spoils this line only: reading goes on with the next.
 */
function readQuoted(text: string, start: number, separator: string, quotedCell: number) {
  const cells: string[] = []
  let newlines = 0
  let at = start
  for (;;) {
    let cell = ''
    if (text[at] === '"') {
      const opened = at
      at++
      for (;;) {
        const close = text.indexOf('"', at)
        if (close === -1 || close - opened > quotedCell) return 'not closed'
        cell += text.slice(at, close)
        at = close + 1
        if (text[at] !== '"') break
        cell += '"'
        at++
      }
      for (const character of cell) if (character === '\n') newlines++
    } else {
      const from = at
      while (at < text.length && text[at] !== separator && text[at] !== '\n') at++
      cell = text.slice(from, at)
      if (text[at] !== separator && cell.endsWith('\r')) cell = cell.slice(0, -1)
    }
    cells.push(cell)
    if (text[at] === separator) {
      at++
      continue
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    if (at >= text.length || text[at] === '\n') return { cells, end: at, newlines }
    return 'not closed'
  }
}

/** So much of a CSV tells how it is separated. */
const told = 65536

const separators = [',', ';', '\t'] as const

/**
 * The separator by which most lines have the same number of cells: some regions' Excel writes semicolons or tabs, and what stands in
 * one cell may hold the other marks. Of two alike the one that makes more cells.
 */
function separatorOf(text: string): string {
  const judged = separators.map((separator) => ({ separator, ...regularity(text, separator) }))
  const best = judged.toSorted((a, b) => b.lines - a.lines || b.cells - a.cells)[0]
  return best?.separator ?? ','
}

/** How many of the first lines have the number of cells that most lines of several cells have. */
function regularity(text: string, separator: string): { readonly lines: number; readonly cells: number } {
  const lines = new Map<number, number>()
  for (let at = 0; at < Math.min(text.length, told); ) {
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline
    const plain = text.slice(at, end)
    const quoted = plain.includes('"') ? readQuoted(text, at, separator, fileLimits.quotedCell) : undefined
    const cells = quoted && quoted !== 'not closed' ? quoted.cells.length : plain.split(separator).length
    if (cells > 1) lines.set(cells, (lines.get(cells) ?? 0) + 1)
    at = (quoted && quoted !== 'not closed' ? quoted.end : end) + 1
  }
  const [cells, count] = [...lines].toSorted(([a, n], [b, m]) => m - n || b - a)[0] ?? [0, 0]
  return { lines: count, cells }
}

function decode(content: Uint8Array): Decision<string> {
  const encoding = encodingOf(content)
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    const text = decoder.decode(content)
    const nul = text.indexOf('\0')
    if (nul !== -1) {
      const line = text.slice(0, nul).split('\n').length
      return isWide(text) ? wrongEncoding(line, encoding) : refuse('sheets.no-letter', { line })
    }
    // Line ends of the oldest Macintosh programs.
    return accept(text.includes('\n') ? text : text.replaceAll('\r', '\n'))
  } catch {
    return wrongEncoding(encoding === 'utf-8' ? firstLineNotUtf8(content, decoder) : 1, encoding)
  }
}

/**
 * Whether what was read as UTF-8 was written in UTF-16: there every break of a line has its NUL, always on the same side, and where
 * nothing breaks every Latin letter has. A stray NUL is something else.
 */
function isWide(text: string): boolean {
  const breaks = text.split('\n').length - 1
  const on = (side: string): number => text.split(side).length - 1
  return breaks > 0 ? [on('\n\0'), on('\0\n')].includes(breaks) : 2 * on('\0') >= text.length
}

/** Without a byte order mark UTF-16 is not guessed at: it is refused by name, as every code page before Unicode is. */
function encodingOf(content: Uint8Array): Encoding {
  if (startsWith(content, [0xff, 0xfe])) return 'utf-16le'
  return startsWith(content, [0xfe, 0xff]) ? 'utf-16be' : 'utf-8'
}

function firstLineNotUtf8(content: Uint8Array, decoder: { decode(bytes: Uint8Array): string }): number {
  let line = 1
  for (let from = 0; from < content.length; line++) {
    const newline = content.indexOf(0x0a, from)
    const end = newline === -1 ? content.length : newline
    try {
      decoder.decode(content.subarray(from, end))
    } catch {
      return line
    }
    from = end + 1
  }
  return line
}

const wrongEncoding = (line: number, encoding: Encoding) =>
  refuse('sheets.wrong-encoding', { line, expected: encoding === 'utf-8' ? 'UTF-8' : 'UTF-16' })
const tooLarge = (bytes: number, most: number) => refuse('sheets.file-too-large', { bytes, most })

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}
