import { strToU8, zipSync } from 'fflate'

/** Tables as people bring them, made for tests. */

export const utf8 = (text: string): Uint8Array => strToU8(text)

/** As Excel's "Unicode text", with its byte order mark. */
export function utf16(text: string, order: 'little' | 'big' = 'little'): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2)
  const view = new DataView(bytes.buffer)
  for (const [i, unit] of ['\ufeff', ...text.split('')].entries())
    view.setUint16(i * 2, unit.charCodeAt(0), order === 'little')
  return bytes
}

/** RFC 4180, CRLF; every cell that needs quotes gets them. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

export const csvOf = (rows: readonly (readonly string[])[]): Uint8Array => utf8(csvText(rows))

/** A date is kept as the number of its day since 1899-12-30, shown as a date by its style. */
export type WorkbookCell = string | number | { readonly day: number }

/**
 * The least a workbook is made of. `strings` says how its text cells are kept: beside the sheet, or in their cells. `merged`: cells of
 * every sheet, such as `A2:A4`.
 */
export function workbookOf(
  sheets: Readonly<Record<string, readonly (readonly WorkbookCell[])[]>>,
  strings: 'shared' | 'inline',
  merged: readonly string[] = [],
): Uint8Array {
  const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  const shared = new Map<string, number>()
  const cellXml = (value: WorkbookCell, at: string): string => {
    if (typeof value === 'object') return `<c r="${at}" s="1"><v>${value.day}</v></c>`
    if (value === '') return ''
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`
    if (strings === 'inline') {
      return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
    }
    const index = shared.get(value) ?? shared.size
    shared.set(value, index)
    return `<c r="${at}" t="s"><v>${index}</v></c>`
  }
  const parts: Record<string, Uint8Array> = {}
  const names = Object.keys(sheets)
  for (const [index, name] of names.entries()) {
    // A row without cells is left out of the file, as Excel does: only the number of the next row tells.
    const rows = (sheets[name] ?? []).map((row, at) =>
      row.length === 0
        ? ''
        : `<row r="${at + 1}">${row.map((value, column) => cellXml(value, `${letter(column)}${at + 1}`)).join('')}</row>`,
    )
    parts[`xl/worksheets/sheet${index + 1}.xml`] = xml(
      `<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData>${merges && `<mergeCells>${merges}</mergeCells>`}</worksheet>`,
    )
  }
  const relation = (index: number, kind: string, target: string) =>
    `<Relationship Id="rId${index}" Type="${office}/${kind}" Target="${target}"/>`
  const items = [...shared.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`)
  parts['xl/sharedStrings.xml'] = xml(`<sst xmlns="${main}">${items.join('')}</sst>`)
  parts['[Content_Types].xml'] = xml(
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
  )
  parts['_rels/.rels'] = xml(
    `<Relationships xmlns="${relations}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
  )
  const listed = names.map(
    (name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  parts['xl/workbook.xml'] = xml(
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets></workbook>`,
  )
  const related = names.map((_, index) => relation(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`))
  parts['xl/_rels/workbook.xml.rels'] = xml(
    `<Relationships xmlns="${relations}">${related.join('')}${relation(names.length + 1, 'sharedStrings', 'sharedStrings.xml')}${relation(names.length + 2, 'styles', 'styles.xml')}</Relationships>`,
  )
  // Number format 14 is the built-in date (ECMA-376 part 1, 18.8.30).
  parts['xl/styles.xml'] = xml(
    `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  )
  return zipSync(parts)
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const xml = (body: string): Uint8Array => utf8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`)
const letter = (column: number): string => String.fromCharCode(65 + column)
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
