import { meantByCell } from '@lentera/core/shared/harmless-cell'
import { holdsAddresses, holdsNames, mayHoldNames } from '@lentera/core/shared/names-of-persons'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { whoSomebodyIs } from '@lentera/core/shared/who-somebody-is'
import { codesFor, type RecordColumn, type Records, recordLimits } from './words.ts'

export type ReadingSettings = {
  /**
   * What "0" says in a column of nothing but 0 and 1. SDS takes it as absent unless told otherwise; so do we, except in the
   * columns named here, where 0 is a statement ("sensitive zero"). A choice of whoever knows the file, never of the data.
   */
  readonly zerosCount?: readonly string[]
  /** Columns to leave out, by name: what a refusal of a column asks for. */
  readonly without?: readonly string[]
  /** Columns of which whoever knows the file says that they hold kinds of something, and no names: what `records.may-be-names` asks for. */
  readonly categories?: readonly string[]
  /** What was read before, and of which something is out: its columns are not judged anew, or whom it tells of would be forgotten. */
  readonly wasRead?: boolean
  /** Fewest records taken. Publication asks for `recordLimits.least`; reading alone for two. */
  readonly least?: number
}

/** Takes a file piece by piece. A refusal is final: whoever gets one stops. */
export type RecordsReader = {
  push(bytes: Uint8Array): Decision<undefined>
  end(): Decision<Records>
}

/**
 * Reads a CSV (RFC 4180; UTF-8 with or without BOM, or UTF-16 with one; LF or CRLF; comma, semicolon or tab; the first line names the columns) straight
 * to codes. `core/sheets` reads the same files for people, cell by cell and whole; here a million records must fit into
 * megabytes, so no text but the lists of values is kept.
 *
 * Absent are empty cells and the words of `absentWords`, in any case. Cells are trimmed, and are what they stand for (`meantByCell`): records that were written here are read as they were.
 *
 * Refuses, each with what is allowed instead: `records.file-empty`, `records.wrong-encoding` (line), `records.no-header`,
 * `records.column-unnamed` (number), `records.column-twice`, `records.too-many-columns`, `records.one-column`, `records.no-such-column`,
 * `records.line-length` (line), `records.quote-not-closed` (line), `records.too-many`, `records.too-few`, `records.one-value`,
 * `records.names-column`, `records.looks-like-names`, `records.holds-addresses`, `records.may-be-names`, `records.identifier-column`, `records.mixed-column` (line), `records.nothing-present`.
 */
export function recordsReader(settings: ReadingSettings = {}): RecordsReader {
  const lines = new Lines()
  let file: Gathering | undefined
  let refused: Decision<never> | undefined
  const take = (cells: readonly string[], line: number): Decision<undefined> => {
    if (file) return file.add(cells, line)
    const begun = begin(cells, settings)
    if (!begun.ok) return begun
    file = begun.value
    return accept(undefined)
  }
  const once = (decision: Decision<undefined>): Decision<undefined> => {
    if (!decision.ok) refused = decision
    return decision
  }
  return {
    push: (bytes) => refused ?? once(lines.push(bytes, take)),
    end: () => {
      if (refused) return refused
      const ended = lines.end(take)
      if (!ended.ok) return ended
      return file ? file.finish(settings) : refuse('records.file-empty')
    },
  }
}

/** Reads a whole file at once. */
export function readRecords(bytes: Uint8Array, settings: ReadingSettings = {}): Decision<Records> {
  const reader = recordsReader(settings)
  const pushed = reader.push(bytes)
  return pushed.ok ? reader.end() : pushed
}

/** What files write where nothing is known; compared in lower case. */
const absentWords: ReadonlySet<string> = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-99', '.', '#n/a'])

// ---------------------------------------------------------------- what the columns may be

/** Half as many values as records, or more: such a column tells people apart, whatever its name. */
const identifierShare = 0.5

class Gathering {
  private count = 0
  private capacity = 4096
  private readonly columns: Column[]
  private readonly width: number

  constructor(width: number, columns: Column[]) {
    this.width = width
    this.columns = columns
  }

  add(cells: readonly string[], line: number): Decision<undefined> {
    if (cells.length !== this.width)
      return refuse('records.line-length', { line, cells: cells.length, expected: this.width })
    if (this.count === recordLimits.records) return refuse('records.too-many', { most: recordLimits.records })
    if (this.count === this.capacity) {
      this.capacity *= 2
      for (const column of this.columns) column.grow(this.capacity)
    }
    for (const column of this.columns) {
      if (!column.set(this.count, meantByCell((cells[column.at] ?? '').trim()), line))
        return refuse('records.identifier-column', { column: column.name, values: recordLimits.values })
    }
    this.count++
    return accept(undefined)
  }

  finish({ zerosCount = [], categories = [], wasRead = false, least = 2 }: ReadingSettings): Decision<Records> {
    const { count } = this
    // What may leave is what is said: a file of nobody would not do with two.
    if (count < Math.max(2, least))
      return refuse('records.too-few', { records: count, least: Math.max(recordLimits.least, least) })
    const columns: RecordColumn[] = []
    for (const column of this.columns) {
      const { name } = column
      const made = column.finish(count, zerosCount.includes(name))
      const { length } = made.values
      const held = { head: name, values: column.valuesIn(count), rows: count }
      if (!wasRead && holdsAddresses(held)) return refuse('records.holds-addresses', { column: name })
      if (!wasRead && holdsNames(held)) return refuse('records.looks-like-names', { column: name })
      if (!wasRead && !categories.includes(name) && mayHoldNames(held))
        return refuse('records.may-be-names', { column: name })
      // A few hundred records have many values by chance: at least a hundred different ones.
      if (length > 100 && length >= identifierShare * count)
        return refuse('records.identifier-column', { column: name, values: length })
      const mixed = column.mixedAt(count)
      if (mixed !== undefined) return refuse('records.mixed-column', { column: name, line: mixed })
      columns.push(made)
    }
    const kept = columns.filter(({ values }) => values.length > 0)
    if (kept.length === 0) return refuse('records.nothing-present')
    if (kept.every((column) => column.values.length === 1 && column.codes.every((code) => code === 1)))
      return refuse('records.one-value')
    return accept({ count, columns })
  }
}

/** One column while it is read: values in the order of their coming, codes 0 for absent. */
class Column {
  readonly at: number
  readonly name: string
  private readonly values: string[] = []
  private readonly firstLines: number[] = []
  private readonly seen = new Map<string, number>()
  private codes = new Uint16Array(4096)

  constructor(at: number, name: string) {
    this.at = at
    this.name = name
  }

  grow(capacity: number): void {
    const wider = new Uint16Array(capacity)
    wider.set(this.codes)
    this.codes = wider
  }

  /** False when there are more values than codes. */
  set(record: number, cell: string, line: number): boolean {
    let code = this.seen.get(cell)
    if (code === undefined) {
      code = absentWords.has(cell.toLowerCase()) ? 0 : this.values.push(cell)
      if (code > recordLimits.values) return false
      if (code > 0) this.firstLines.push(line)
      this.seen.set(cell, code)
    }
    this.codes[record] = code
    return true
  }

  finish(count: number, zeroCounts: boolean): RecordColumn {
    const onlyZeroAndOne = this.values.every((value) => zero.test(value) || one.test(value))
    const absent = (value: string): boolean => onlyZeroAndOne && !zeroCounts && zero.test(value)
    const values = this.values.filter((value) => !absent(value)).toSorted(byCodeUnits)
    const place = new Map(values.map((value, index) => [value, index + 1]))
    const mapped = Uint16Array.from([0, ...this.values.map((value) => place.get(value) ?? 0)])
    const codes = codesFor(values.length, count)
    for (let record = 0; record < count; record++) codes[record] = mapped[this.codes[record] ?? 0] ?? 0
    return { name: this.name, values, codes }
  }

  /** Each value and how many records have it. */
  valuesIn(count: number): readonly { readonly value: string; readonly rows: number }[] {
    const rows = new Uint32Array(this.values.length + 1)
    for (let record = 0; record < count; record++) {
      const code = this.codes[record] ?? 0
      rows[code] = (rows[code] ?? 0) + 1
    }
    return this.values.map((value, at) => ({ value, rows: rows[at + 1] ?? 0 }))
  }

  /**
   * Nearly all numbers and a few words, or the other way round, is a fault of the file (a shifted line, a note in a cell): the
   * line of the first odd one. "18--20" and "2016" are both words and numbers of codes that belong together, so that a column is only
   * called mixed when the odd values are fewer than 1 in 100 and stand beside five or more of the other kind.
   */
  mixedAt(count: number): number | undefined {
    const numbers = this.values.map((value) => plainNumber.test(value))
    const many = numbers.filter((is) => is).length
    const few = numbers.length - many
    if (many < 5 || few === 0 || few > many) return undefined
    const odd = new Set(this.values.flatMap((_, index) => (numbers[index] ? [] : [index + 1])))
    let cells = 0
    for (let record = 0; record < count; record++) if (odd.has(this.codes[record] ?? 0)) cells++
    const first = numbers.indexOf(false)
    return cells * 100 < count ? this.firstLines[first] : undefined
  }
}

const zero = /^0+([.,]0+)?$/
const one = /^1([.,]0+)?$/
const plainNumber = /^[+-]?\d+([.,]\d+)?$/
const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function begin(
  cells: readonly string[],
  { without = [], zerosCount = [], categories = [], wasRead = false }: ReadingSettings,
): Decision<Gathering> {
  const names = cells.map((cell) => meantByCell(cell.trim()))
  const unnamed = names.indexOf('')
  if (names.every((name) => name === '')) return refuse('records.no-header')
  if (unnamed !== -1) return refuse('records.column-unnamed', { number: unnamed + 1 })
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return refuse('records.column-twice', { column: twice })
  const missing = [...without, ...zerosCount, ...categories].find((name) => !names.includes(name))
  if (missing !== undefined) return refuse('records.no-such-column', { column: missing })
  const columns = names.flatMap((name, at) => (without.includes(name) ? [] : [new Column(at, name)]))
  const naming = wasRead ? undefined : columns.find(({ name }) => whoSomebodyIs.test(name))
  if (naming) return refuse('records.names-column', { column: naming.name })
  if (columns.length > recordLimits.columns)
    return refuse('records.too-many-columns', { columns: columns.length, most: recordLimits.columns })
  if (columns.length < 2) return refuse('records.one-column')
  return accept(new Gathering(names.length, columns))
}

// ---------------------------------------------------------------- bytes to lines

// In browsers, their workers and Node alike (WHATWG Encoding), but in no ECMAScript library that could be named here.
declare const TextDecoder: new (
  label: 'utf-8' | 'utf-16le' | 'utf-16be',
  options: { fatal: true },
) => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string }

type Take = (cells: readonly string[], line: number) => Decision<undefined>

/** Cuts pieces of a file into lines of cells; what is not whole yet waits for the next piece. */
class Lines {
  private decoder = new TextDecoder('utf-8', { fatal: true })
  /** Of UTF-16 half of the bytes are naught; in UTF-8 a naught is no text. */
  private isWide = false
  private hasBegun = false
  private rest = ''
  private line = 1
  private separator: string | undefined
  /** Line breaks of the bytes taken so far: where a piece cannot be decoded, its line is counted in bytes. */
  private newlines = 0

  push(bytes: Uint8Array, take: Take): Decision<undefined> {
    if (!this.hasBegun && bytes.length > 0) this.begin(bytes)
    // In slices: a whole file in one piece must not become one string.
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      const slice = bytes.subarray(at, at + sliceBytes)
      const decoded = this.decode(slice)
      if (!decoded.ok) return decoded
      const cut = this.cut(this.rest + decoded.value, false, take)
      if (!cut.ok) return cut
    }
    return accept(undefined)
  }

  end(take: Take): Decision<undefined> {
    try {
      this.rest += this.decoder.decode()
    } catch {
      return refuse('records.wrong-encoding', { line: this.newlines + 1 })
    }
    return this.cut(this.rest, true, take)
  }

  private begin(bytes: Uint8Array): void {
    this.hasBegun = true
    const [first, second] = bytes
    const isLittle = first === 0xff && second === 0xfe
    this.isWide = isLittle || (first === 0xfe && second === 0xff)
    if (this.isWide) this.decoder = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be', { fatal: true })
  }

  private decode(slice: Uint8Array): Decision<string> {
    const nul = this.isWide ? -1 : slice.indexOf(0)
    try {
      if (nul === -1) {
        const text = this.decoder.decode(slice, { stream: true })
        for (let from = slice.indexOf(10); from !== -1; from = slice.indexOf(10, from + 1)) this.newlines++
        return accept(text)
      }
    } catch {
      return refuse('records.wrong-encoding', { line: this.newlines + (this.isWide ? 1 : lineOfFault(slice)) })
    }
    let line = this.newlines + 1
    for (let at = 0; at < nul; at++) if (slice[at] === 10) line++
    return refuse('records.wrong-encoding', { line })
  }

  private cut(text: string, last: boolean, take: Take): Decision<undefined> {
    let at = 0
    while (at < text.length) {
      const newline = text.indexOf('\n', at)
      if (newline === -1 && !last) break
      const end = newline === -1 ? text.length : newline
      const plain = text.slice(at, text[end - 1] === '\r' ? end - 1 : end)
      this.separator ??= separatorOf(plain)
      if (!plain.includes('"')) {
        if (plain.trim() !== '') {
          const taken = take(plain.split(this.separator), this.line)
          if (!taken.ok) return taken
        }
        this.line++
        at = end + 1
        continue
      }
      const quoted = readQuoted(text, at, this.separator)
      if (quoted === 'wants more' && !last && text.length - at < quotedLine) break
      if (typeof quoted === 'string') return refuse('records.quote-not-closed', { line: this.line })
      const taken = take(quoted.cells, this.line)
      if (!taken.ok) return taken
      this.line += 1 + quoted.newlines
      at = quoted.end + 1
    }
    this.rest = text.slice(at)
    return accept(undefined)
  }
}

const sliceBytes = 1 << 20
/** UTF-16 units a line with quotes may have: beyond that the quote was never closed. */
const quotedLine = 1 << 16

function separatorOf(head: string): string {
  const often = (separator: string): number => head.split(separator).length
  if (often(';') > often(',') && often(';') >= often('\t')) return ';'
  return often('\t') > often(',') ? '\t' : ','
}

function readQuoted(text: string, start: number, separator: string) {
  const cells: string[] = []
  let newlines = 0
  let at = start
  for (;;) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; ; at++) {
        const close = text.indexOf('"', at)
        if (close === -1) return 'wants more'
        cell += text.slice(at, close)
        at = close + 1
        if (text[at] !== '"') break
        cell += '"'
      }
      newlines += cell.split('\n').length - 1
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
    if (text[at] === '\r') at++
    if (at >= text.length) return { cells, end: at, newlines }
    if (text[at] === '\n') return { cells, end: at, newlines }
    return 'not closed'
  }
}

/** In which line of a piece the first byte stands that is no UTF-8, from 1. */
function lineOfFault(slice: Uint8Array): number {
  let line = 1
  for (let from = 0; from < slice.length; line++) {
    const newline = slice.indexOf(10, from)
    const end = newline === -1 ? slice.length : newline
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(slice.subarray(from, end))
    } catch {
      // The first line of a piece may begin in the middle of a letter that is whole.
      if (line > 1 || from > 0 || end < slice.length) return line
    }
    from = end + 1
  }
  return line
}
