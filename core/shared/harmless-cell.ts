/**
 * A text as a cell of a file for spreadsheets: what a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV
 * injection). A plain number stays one. In a workbook a text is never run, but a workbook is saved on as CSV.
 */
export const harmlessCell = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !isNumber(text) ? `'${text}` : text)

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)
