import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { openFile } from './sheet.ts'
import { writeWorkbook } from './write-workbook.ts'

const one = { name: 'Steps', above: [], head: ['Step', 'Cost'], widths: [40, 12] }

async function read(bytes: Uint8Array) {
  const opened = await openFile(bytes)
  if (!opened.ok) throw new Error(opened.refusal.code)
  return opened.value.sheets
}

it('a workbook that is written is read again, cell by cell, whatever letters are in it', async () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 30 })
    .map((each) => `x${each.replaceAll(/\s/g, ' ')}y`)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, fc.integer({ min: 0, max: 1e9 })), { minLength: 1, maxLength: 8 }),
      async (rows) => {
        const [sheet] = await read(writeWorkbook([{ ...one, rows }], null))
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what no XML may hold is left out
        const kept = (each: string) => each.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
        expect(sheet?.lines.map(({ cells }) => cells.slice(0, 2))).toEqual([
          ['Step', 'Cost'],
          ...rows.map(([name, cost]) => [kept(name), String(cost)]),
        ])
      },
    ),
    { seed: 20261128, numRuns: 60 },
  )
})

it('what a spreadsheet would run as a formula is a text with an apostrophe, and a number stays a number', async () => {
  const rows = [
    ['=HYPERLINK("https://example.org")', 12],
    ['-3', 0],
    ['@now', null],
  ]
  const [sheet] = await read(writeWorkbook([{ ...one, rows }], null))
  expect(sheet?.lines.slice(1).map(({ cells }) => cells[0])).toEqual([
    `'=HYPERLINK("https://example.org")`,
    '-3',
    "'@now",
  ])
})

it('the stamp of a demonstration stands first on every sheet, and no two tabs have one name', async () => {
  const name = 'What is impossible, and why: [all of it]'
  const sheets = await read(
    writeWorkbook(
      [
        { ...one, name, rows: [] },
        { ...one, name, rows: [] },
      ],
      'DEMONSTRATION & more',
    ),
  )
  expect(sheets.map(({ lines }) => lines[0]?.cells[0])).toEqual(['DEMONSTRATION & more', 'DEMONSTRATION & more'])
  expect(new Set(sheets.map((sheet) => sheet.name)).size).toBe(2)
})
