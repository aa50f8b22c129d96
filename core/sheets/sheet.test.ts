import fc from 'fast-check'
import { gzipSync, strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test, vi } from 'vitest'
import { openFile } from './sheet.ts'
import { csvOf, utf8, utf16, workbookOf } from './test-files.ts'

// Whole tables on two cores that others use too.
vi.setConfig({ testTimeout: 60_000 })

async function linesOf(bytes: Uint8Array) {
  const opened = await openFile(bytes)
  if (!opened.ok) throw new Error(opened.refusal.code)
  const [sheet] = opened.value.sheets
  return { lines: sheet?.lines ?? [], issues: sheet?.issues ?? [] }
}

const refusalOf = async (bytes: Uint8Array) => {
  const opened = await openFile(bytes)
  return opened.ok ? undefined : opened.refusal
}

test.each([
  ['an empty file', new Uint8Array(), 'sheets.file-empty'],
  [
    'a workbook of Excel before 2007, or one behind a password',
    Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2),
    'sheets.old-excel-file',
  ],
  ['a zip that is no workbook', zipSync({ 'notes.txt': utf8('hello') }), 'sheets.not-a-workbook'],
  ['a broken zip', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 9, 9, 9), 'sheets.file-damaged'],
  ['a workbook cut short', workbookOf({ a: [['b']] }, 'shared').slice(0, 700), 'sheets.file-damaged'],
  ['a gzip cut short', gzipSync(utf8('a,b\n'.repeat(5000))).slice(0, 40), 'sheets.file-damaged'],
  ['two bytes that only begin like a gzip', Uint8Array.of(0x1f, 0x8b), 'sheets.file-damaged'],
  ['UTF-16 without its mark', utf16('a;b\n').slice(2), 'sheets.wrong-encoding'],
  ['UTF-16 that ends within a letter', utf16('a;b\n').slice(0, -1), 'sheets.wrong-encoding'],
  [
    'a table in the code page of Thai Windows',
    Uint8Array.of(0xe0, 0xbe, 0xc8, 0x2c, 0x61, 0x0a),
    'sheets.wrong-encoding',
  ],
  [
    'a PNG',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52),
    'sheets.is-an-image',
  ],
  ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46), 'sheets.is-an-image'],
  ['a GIF', utf8('GIF89a\x01'), 'sheets.is-an-image'],
  ['a WebP', utf8('RIFF\x24\0\0\0WEBPVP8 '), 'sheets.is-an-image'],
  ['a drawing', utf8('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'), 'sheets.is-an-image'],
  ['a PDF', utf8('%PDF-1.7\n%\xb5\xb5'), 'sheets.is-a-pdf'],
  ['a PDF packed with gzip', gzipSync(utf8('%PDF-1.7\n')), 'sheets.is-a-pdf'],
  ['a web page', utf8('<!DOCTYPE html><html><body>table</body></html>'), 'sheets.is-a-web-page'],
  [
    'a web page saved as .csv, with what browsers put above it',
    utf8('\ufeff\r\n<!-- saved from url=(0014)about:internet -->\n<HTML lang="en"><head></head>'),
    'sheets.is-a-web-page',
  ],
  ['a table of a web page', utf8('<table border=1><tr><td>Iso3_code</td></tr></table>'), 'sheets.is-a-web-page'],
])('%s is refused by name', async (_, bytes, code) => {
  expect((await refusalOf(bytes))?.code).toBe(code)
})

test('a text that only speaks of a page or a picture is read', async () => {
  const { lines } = await linesOf(utf8('"<html>, %PDF- and GIF89a",b\n<5,1\n<unknown>,2\n'))
  expect(lines.map(({ cells }) => cells[0])).toEqual(['<html>, %PDF- and GIF89a', '<5', '<unknown>'])
})

test('a file that is not UTF-8 is refused with the first line that is not', async () => {
  const latin1 = Uint8Array.from('a,b\nc,d\nCura\u00e7ao,1\n', (character) => character.charCodeAt(0))
  expect(await refusalOf(latin1)).toEqual({ code: 'sheets.wrong-encoding', values: { line: 3, expected: 'UTF-8' } })
})

test('a NUL in a file is told as what it is, with its line; where every letter has one the file is UTF-16', async () => {
  const stray = { code: 'sheets.no-letter', values: { line: 3 } }
  expect(await refusalOf(utf8('a,b\nc,d\nCam\0bodia,1\ne,f\n'))).toEqual(stray)
  expect(await refusalOf(utf8('a,b\nc,d\n\0\0\0\0,1\n\0e,f\n'))).toEqual(stray)
  expect(await refusalOf(utf16('a,b\nc,d\nCam\0bodia,1\n'))).toEqual(stray)
  expect((await refusalOf(utf8('Cam\0bodia,1')))?.code).toBe('sheets.no-letter')
  for (const text of ['a,b', 'a,b\nc,d\n', 'a,b\r\nc,d', '\u0e01,b\n\u0e02,d\n']) {
    const little = utf16(text).slice(2)
    const big = little.map((_, at) => little[at ^ 1] ?? 0)
    for (const bytes of [little, big])
      expect(await refusalOf(bytes)).toEqual({ code: 'sheets.wrong-encoding', values: { line: 1, expected: 'UTF-8' } })
  }
})

test('a small gzip that unpacks to more than the limit is refused before it fills the memory', async () => {
  const member = gzipSync(new Uint8Array(1024 * 1024))
  const bomb = new Uint8Array(member.length * 200)
  for (let copy = 0; copy < 200; copy++) bomb.set(member, copy * member.length)
  expect(await refusalOf(bomb)).toMatchObject({ code: 'sheets.file-too-large', values: { most: 128 * 1024 * 1024 } })
})

test('a workbook that would unpack to more than the limit is refused before it is unpacked', async () => {
  const bomb = workbookOf({ data: [['a']] }, 'shared')
  const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.length)
  // APPNOTE 4.3.12: in the directory at the end, a part's size stands 24 bytes after its signature.
  const directory = bomb.findLastIndex((_, at) => at + 4 <= bomb.length && view.getUint32(at, true) === 0x02014b50)
  view.setUint32(directory + 24, 300 * 1024 * 1024, true)
  expect((await refusalOf(bomb))?.code).toBe('sheets.file-too-large')
})

test('a line is told by where a person finds it: blank lines and line breaks inside quotes are counted', async () => {
  const { lines } = await linesOf(utf8('\ufeffa,b\r\n\r\n"x, ""y""","two\r\nlines"\r\nc,\r\n'))
  expect(lines).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['x, "y"', 'two\r\nlines'] },
    { line: 5, cells: ['c', ''] },
  ])
})

test('semicolons and tabs separate too, and thousands commas inside cells do not mislead', async () => {
  expect((await linesOf(utf8('a;b;c\n1,200;2,300;x\n'))).lines[1]?.cells).toEqual(['1,200', '2,300', 'x'])
  expect((await linesOf(utf8('a\tb\n1\t2\n'))).lines[1]?.cells).toEqual(['1', '2'])
})

test('the separator is the one by which the lines have alike many cells, whatever stands in the cells and in quotes', async () => {
  const cellsOf = async (text: string) => (await linesOf(utf8(text))).lines.map(({ cells }) => cells)
  expect(await cellsOf('Post,Hours\nA gate,06:00-14:00; 14:00-22:00; 22:00-06:00\n')).toEqual([
    ['Post', 'Hours'],
    ['A gate', '06:00-14:00; 14:00-22:00; 22:00-06:00'],
  ])
  expect((await cellsOf('lat;long\n13,5;103,4\n13,6;103,5\n'))[1]).toEqual(['13,5', '103,4'])
  expect((await cellsOf('List, of 2026, invented\n\na;b\n"1;2;3";x\n2;y\n'))[2]).toEqual(['1;2;3', 'x'])
  expect((await cellsOf('a\tb\n1, 2\t3; 4\n'))[1]).toEqual(['1, 2', '3; 4'])
})

test('a workbook says from which day it counts the days of its dates', async () => {
  const book = workbookOf({ Sheet: [['a'], [46000]] }, 'shared')
  const dayZero = async (bytes: Uint8Array) => {
    const opened = await openFile(bytes)
    return opened.ok && opened.value.sheets[0]?.dayZero
  }
  expect(await dayZero(book)).toBe('1899-12-30')
  const parts = unzipSync(book)
  const directory = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array()).replace(
    '<sheets>',
    '<workbookPr date1904="1"/><sheets>',
  )
  expect(await dayZero(zipSync({ ...parts, 'xl/workbook.xml': strToU8(directory) }))).toBe('1904-01-01')
  expect(await dayZero(utf8('a,b\n1,2\n'))).toBeUndefined()
})

test('what a ministry’s Excel saves is read alike: UTF-8 with its mark, UTF-16 of either order, its own line about the separator', async () => {
  const text = 'รหัส;เพศ\r\nX7K;หญิง\r\n'
  const expected = [
    ['รหัส', 'เพศ'],
    ['X7K', 'หญิง'],
  ]
  for (const bytes of [utf8(text), utf8(`\ufeff${text}`), utf16(text), utf16(text, 'big')])
    expect((await linesOf(bytes)).lines.map(({ cells }) => cells)).toEqual(expected)
  const said = await linesOf(utf8('sep=;\r\na;"b, c"\r\n1,5;2,5\r\n'))
  expect(said.lines).toEqual([
    { line: 2, cells: ['a', 'b, c'] },
    { line: 3, cells: ['1,5', '2,5'] },
  ])
})

test('a long text in quotes is a cell where the caller says that there are such', async () => {
  const bytes = new TextEncoder().encode(`a,b\n"${'told '.repeat(2000)}",1\n`)
  const [usual, long] = [await openFile(bytes), await openFile(bytes, undefined, 20_000)]
  expect(usual.ok && usual.value.sheets[0]?.issues).toHaveLength(1)
  expect(long.ok && long.value.sheets[0]?.lines[1]?.cells[1]).toBe('1')
})

test('a quote that is never closed spoils its own line and no other', async () => {
  const { lines, issues } = await linesOf(utf8('a,b\n"open,1\nc,2\n"mid"dle,3\nd,"4"\n'))
  expect(issues).toEqual([
    { line: 2, reason: 'quote-not-closed', values: {} },
    { line: 4, reason: 'quote-not-closed', values: {} },
  ])
  expect(lines.map(({ cells }) => cells)).toEqual([
    ['a', 'b'],
    ['c', '2'],
    ['d', '4'],
  ])
})

test('whatever is written as CSV is read back cell by cell, gzipped or not', async () => {
  const cell = fc
    .oneof(fc.string(), fc.stringMatching(/^[a",\n\r\u1000\u0e01]{0,8}$/))
    .filter((text) => text !== '\ufeff')
  // Two cells at least, the first not empty: a lone empty cell is a blank line, and no separator is none to find.
  const row = fc.tuple(
    fc.stringMatching(/^[a-z]{1,5}$/),
    cell.map((text) => text.replaceAll('\0', '')),
    fc.constant(','),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), fc.boolean(), async (rows, packed) => {
      const bytes = csvOf(rows)
      const { lines, issues } = await linesOf(packed ? gzipSync(bytes) : bytes)
      expect(issues).toEqual([])
      expect(lines.map(({ cells }) => cells)).toEqual(rows.map((cells) => cells.map((text) => text.toWellFormed())))
    }),
    { seed: 20261124, numRuns: 200 },
  )
})

test.each(['shared', 'inline'] as const)(
  'a workbook with %s strings keeps its text, its numbers as written, and its empty rows',
  async (strings) => {
    const sheet = [['Title & "more" <5'], [], ['a', 'b', 'c'], [' <5 ', 2018, '1,200'], ['', '', 'last']]
    const opened = await openFile(workbookOf({ First: [['nothing here']], Data: sheet }, strings))
    expect(opened.ok && opened.value.format).toBe('xlsx')
    expect(opened.ok && opened.value.sheets.map(({ name }) => name)).toEqual(['First', 'Data'])
    expect(opened.ok && opened.value.sheets[1]?.lines.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'Title & "more" <5', '', ''],
      [2, '', '', ''],
      [3, 'a', 'b', 'c'],
      [4, ' <5 ', '2018', '1,200'],
      [5, '', '', 'last'],
    ])
  },
)

test('a reading can be stopped, and says how far it has come', async () => {
  const bytes = utf8('a,b\n'.repeat(20000))
  const heard: number[] = []
  const stopped = await openFile(bytes, ({ done, of }) => {
    heard.push(done / of)
    return heard.length < 3
  })
  expect(stopped.ok || stopped.refusal.code).toBe('sheets.stopped')
  expect(heard).toEqual([0.2, 0.4, 0.6])
})
