import { strToU8, zipSync } from 'fflate'
import { harmlessCell } from '../shared/harmless-cell.ts'

/** One sheet of a workbook: lines above its head, the head, and rows. A number is a number, null an empty cell. */
export type SheetToWrite = {
  /** As its tab reads; letters that no tab may have are left out, and it is cut to 31. */
  readonly name: string
  readonly above: readonly string[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly CellToWrite[])[]
  /** Of the columns, in letters. */
  readonly widths: readonly number[]
}
export type CellToWrite = string | number | null

/**
 * The least that a workbook is made of (ECMA-376 part 1): texts in their cells, three looks, one sheet of paper wide. Made in one turn
 * and in one thread: a packer that begins a worker from a text of its own is stopped by the content policy of the desk.
 *
 * @param stamp stands on each printed page; null where nothing is invented
 */
export function writeWorkbook(sheets: readonly SheetToWrite[], stamp: string | null): Uint8Array {
  const names = tabNames(sheets)
  const numbered = sheets.map((_, index) => index + 1)
  return zipSync({
    '[Content_Types].xml': xml(
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="${packageType}.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${numbered.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`).join('')}</Types>`,
    ),
    '_rels/.rels': related([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names.map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': related([
      ...numbered.map((n) => ['worksheet', `worksheets/sheet${n}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': xml(looks),
    ...Object.fromEntries(
      sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, xml(sheetXml(sheet, stamp))]),
    ),
  })
}

/** Cell formats by their place in `looks`: text that wraps, bold, a number with its thousands apart. */
const plain = 0
const wrapped = 1
const bold = 2
const number = 3

function sheetXml({ above, head, rows, widths }: SheetToWrite, stamp: string | null): string {
  const lines: readonly string[] = [
    ...(stamp === null ? [] : [{ cells: [stamp], look: bold }]),
    ...above.map((text, index) => ({ cells: [text], look: index === 0 ? bold : plain })),
    { cells: head, look: bold },
    ...rows.map((cells) => ({ cells, look: wrapped })),
  ].map(({ cells, look }, index) => rowXml(cells, look, index + 1))
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  // An ampersand would begin a code of its own in a header (18.3.1.46).
  const header =
    stamp === null ? '' : `<headerFooter><oddHeader>${escaped(stamp.replaceAll('&', ''))}</oddHeader></headerFooter>`
  return `<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>${header}</worksheet>`
}

const rowXml = (cells: readonly CellToWrite[], look: number, line: number): string =>
  `<row r="${line}">${cells.map((cell, column) => cellXml(cell, look, `${letters(column)}${line}`)).join('')}</row>`

/** A, B, ... Z, AA: of a column counted from 0. */
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))

function cellXml(cell: CellToWrite, look: number, at: string): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${at}" s="${number}"><v>${cell}</v></c>`
  return `<c r="${at}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${escaped(harmlessCell(cell))}</t></is></c>`
}

/** Without the letters that a tab may not have, at most 31, and no two alike (18.2.19, and what Excel opens). */
function tabNames(sheets: readonly SheetToWrite[]): readonly string[] {
  const taken = new Set<string>()
  return sheets.map(({ name }, index) => {
    const fit = name
      .replaceAll(/[\\/?*[\]:']/g, ' ')
      .trim()
      .slice(0, 31)
    const tab = fit === '' || taken.has(fit.toLowerCase()) ? `${index + 1} ${fit}`.trim().slice(0, 31) : fit
    taken.add(tab.toLowerCase())
    return tab
  })
}

const related = (parts: readonly (readonly [kind: string, target: string])[]): Uint8Array =>
  xml(
    `<Relationships xmlns="${packages}/relationships">${parts.map(([kind, target], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${kind}" Target="${target}"/>`).join('')}</Relationships>`,
  )

const xml = (text: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`)

/** Letters that no XML may hold are left out: a name with one must not make the file unreadable. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const packages = 'http://schemas.openxmlformats.org/package/2006'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageType = 'application/vnd.openxmlformats-package'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const top = '<alignment vertical="top" wrapText="1"/>'
const looks = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="10"/><name val="Noto Sans"/></font><font><b/><sz val="10"/><name val="Noto Sans"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="0" applyAlignment="1">${top}</xf><xf numFmtId="0" fontId="1" applyFont="1"/><xf numFmtId="3" fontId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>`
