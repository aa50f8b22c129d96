/**
 * A text as a cell of a file for spreadsheets: what a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV
 * injection). A plain number stays one. In a workbook a text is never run, but a workbook is saved on as CSV. A text that has
 * such an apostrophe of its own gets another, so that `meantByCell` gives every text back.
 */
export const harmlessCell = (text: string): string => (isGuarded(text) ? `'${text}` : text)

/** The text that a cell stands for: the inverse of `harmlessCell`. Every other cell stands for itself. */
export const meantByCell = (cell: string): string =>
  cell.startsWith("'") && isGuarded(cell.slice(1)) ? cell.slice(1) : cell

const isGuarded = (text: string): boolean => /^'*[=+\-@\t\r]/.test(text) && !isNumber(text)

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)
