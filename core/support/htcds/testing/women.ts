import { fieldNames } from '../words.ts'

/** Invented people with names nobody bears: a file as another programme would hand it over. */
const columns = [
  'CaseNumber',
  'prs_FirstName',
  'prs_SecondName',
  'prs_Birthdate',
  'prs_Gender',
  'prs_MobilePhone',
  'prs_MailingCity',
  'prs_PrimaryLanguage',
  'vic_TypeOfExploitation',
  'vic_MethodsOfControl',
  'cas_Status',
  'cas_ReasonForCaseClosure',
  'cas_CaseOwner',
  'spl_Type',
  'spl_Objectives',
  'cco_CaseComment',
  'con_Consent',
  'lentera_ConsentToCounting',
] as const
export type Column = (typeof columns)[number]

export const invented = {
  CaseNumber: 'A-1',
  prs_FirstName: 'Invented',
  prs_SecondName: 'One',
  prs_Birthdate: '1999-04-30',
  prs_Gender: 'Feminine',
  vic_TypeOfExploitation: 'ForcedMarriage',
  con_Consent: 'TRUE',
} as const satisfies Partial<Record<Column, string>>

/** Lines as a reader of CSV hands them over. */
export function linesOf(
  rows: readonly Partial<Record<string, string>>[],
  named: readonly string[] = columns,
): { line: number; cells: readonly string[] }[] {
  const body = rows.map((row) => named.map((column) => row[column] ?? ''))
  return [named, ...body].map((cells, at) => ({ line: at + 1, cells }))
}

export const csvOf = (rows: readonly Partial<Record<string, string>>[], named: readonly string[] = columns): string =>
  linesOf(rows, named)
    .map(({ cells }) => cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\n')

export const everyField: readonly string[] = fieldNames
