import { type Draft, draft } from '../log/draft.ts'
import { CivilDate, firstDayOf } from '../shared/dates.ts'
import type { Hash, StreamId } from '../shared/ids.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { type CtdcTable, readCtdc, type Split, smallestClass, splitsOf } from './ctdc.ts'
import { DataSetImported, dataSetImported, FactCited, factCited } from './entries.ts'
import { type Coverage, coverage } from './figures.ts'
import { type GlotipTable, readGlotip } from './glotip.ts'
import { type OpenedFile, openFile } from './sheet.ts'
import { type Dataset, glotip, type Issue, type IssueReason, type Watch } from './words.ts'

/**
 * A file as it would be imported: nothing is stored. `content` is what the data set's hash is to be taken of; `edition`
 * is the date the publisher put above the table, null where there is none.
 */
export type DryRun = {
  readonly format: OpenedFile['format']
  readonly content: Uint8Array
  readonly edition: CivilDate | null
  readonly table: GlotipTable | CtdcTable
  readonly report: Report
}

/** What a person reads before she says yes. */
export type Report = {
  readonly rows: number
  readonly issues: readonly Issue[]
  readonly issuesByReason: Readonly<Partial<Record<IssueReason, number>>>
  /** The lines above the header, as they stand in the file. */
  readonly preamble: readonly string[]
  /** For UNODC's table: what it covers, and classes this version does not know: kept, and in no figure. */
  readonly glotip: { readonly coverage: Coverage; readonly unfamiliar: readonly Unfamiliar[] } | null
  /** For the k-anonymous data set: its splits, and how few records its rarest combination of all columns has. */
  readonly ctdc: { readonly splits: readonly Split[]; readonly smallestClass: number } | null
}

export type Unfamiliar = { readonly column: string; readonly value: string; readonly rows: number }

/**
 * Reads a file (CSV or XLSX, gzipped or not) as the data set named. Refuses what `openFile`, `readGlotip` and `readCtdc`
 * refuse; lines that cannot be read are in the report and refuse nothing.
 */
export async function dryRun(
  dataset: Dataset,
  bytes: Uint8Array,
  watch: Watch = () => true,
): Promise<Decision<DryRun>> {
  const opened = await openFile(bytes, watch)
  if (!opened.ok) return opened
  const { format, content, sheets } = opened.value
  const read = dataset === 'glotip' ? await readGlotip(sheets, watch) : await readCtdc(sheets, watch)
  if (!read.ok) return read
  return accept({
    format,
    content,
    edition: editionOf(read.value.preamble),
    table: read.value,
    report: reportOf(read.value),
  })
}

/** The rows of a table as one text, whatever the file around them: what a data set is known again by. */
export function rowsText(table: GlotipTable | CtdcTable): string {
  if (table.dataset === 'ctdc') return JSON.stringify([table.columns, table.records.map(({ cells }) => cells)])
  // Not as written: a workbook keeps "1,200" as a number.
  return JSON.stringify(table.observations.map(({ line: _, text: __, ...row }) => row))
}

/** What is known of each data set before a file is seen. The terms say only what is known here of them. */
export const published = {
  glotip: {
    name: 'GLOTIP, detected trafficking victims',
    publisher: 'United Nations Office on Drugs and Crime (UNODC)',
    source: 'dataunodc.un.org, trafficking in persons',
    terms: 'The file states none. UNODC asks to be named as the source; its site sets its own terms for data.',
  },
  ctdc: {
    name: 'Global k-anonymised data set',
    publisher: 'Counter-Trafficking Data Collaborative (CTDC)',
    source: 'www.ctdatacollaborative.org',
    terms: 'Use means agreeing to www.ctdatacollaborative.org/terms-use. Never try to identify anyone in it.',
  },
} as const satisfies Record<Dataset, Record<'name' | 'publisher' | 'source' | 'terms', string>>

export type ImportDataSet = {
  readonly stream: StreamId
  /** Of `content`, by the caller. */
  readonly hash: Hash
  /** Of `rowsText`, by the caller. */
  readonly rowsHash: Hash
  /** As the publisher dates or numbers it; needed where the file does not say. */
  readonly edition?: string
  readonly source?: string
  readonly terms?: string
  /** She has read the report and takes the good rows without the unreadable lines. */
  readonly leaveOutUnreadable: boolean
  /** The hashes, and the hashes of the rows, of the data sets already imported. */
  readonly imported: ReadonlySet<string>
}

/**
 * Decides an import after its dry run: one entry, or none where these very bytes, or these very rows in another file, were
 * imported before (the same table twice changes nothing). Refuses `evidence.lines-unreadable`, `evidence.edition-missing`, what `checkEdition` refuses, and
 * `evidence.data-set-not-allowed` with the field that is too long.
 */
export function importDataSet(run: DryRun, command: ImportDataSet, today: CivilDate): Decision<Draft[]> {
  if (command.imported.has(command.hash) || command.imported.has(command.rowsHash)) return accept([])
  const { report, table } = run
  if (report.issues.length > 0 && !command.leaveOutUnreadable) {
    return refuse('evidence.lines-unreadable', { lines: report.issues.length, rows: report.rows })
  }
  const edition = command.edition?.trim() || run.edition
  if (!edition) return refuse('evidence.edition-missing')
  const dated = checkEdition(edition, report.glotip?.coverage.years?.last, today)
  if (!dated.ok) return dated
  const { name, publisher, source, terms } = published[table.dataset]
  const coded = DataSetImported.safeParse({
    dataset: table.dataset,
    name,
    publisher,
    edition,
    hash: command.hash,
    bytes: run.content.length,
    columns: table.columns,
    rows: report.rows,
    leftOut: report.issues.length,
    terms: command.terms?.trim() || terms,
    source: command.source?.trim() || source,
  })
  if (!coded.success) {
    return refuse('evidence.data-set-not-allowed', { field: coded.error.issues[0]?.path.join('.') ?? '' })
  }
  return accept([draft(dataSetImported, command.stream, today, { ...coded.data, rowsHash: command.rowsHash })])
}

/**
 * An edition is a day, month or year that has come, or a number the publisher gives (`version 4`). Refuses
 * `evidence.edition-not-understood`; `evidence.edition-in-the-future`; and, where it names a year, `evidence.rows-after-edition`
 * if the table speaks of later ones: one of the two is wrong.
 *
 * @param last the last year the table has rows of
 */
function checkEdition(edition: string, last: number | undefined, today: CivilDate): Decision<void> {
  const date = CivilDate.safeParse(edition)
  if (!/\d/.test(edition) || (/^\d+(-\d+)+$/.test(edition) && !date.success))
    return refuse('evidence.edition-not-understood', { edition: edition.slice(0, 40) })
  const year = Number(/(?<!\d)(19|20)\d\d(?!\d)/.exec(edition)?.[0] ?? Number.NaN)
  if (date.success ? firstDayOf(date.data) > today : year > Number(today.slice(0, 4)))
    return refuse('evidence.edition-in-the-future', { edition: edition.slice(0, 40), today })
  return last !== undefined && last > year
    ? refuse('evidence.rows-after-edition', { edition: edition.slice(0, 40), last })
    : accept(undefined)
}

/** Cites somebody else's figure. Refuses `evidence.fact-incomplete` (the field), `evidence.verified-in-the-future`. */
export function citeFact(stream: StreamId, fact: FactCited, today: CivilDate): Decision<Draft[]> {
  const parsed = FactCited.safeParse(fact)
  if (!parsed.success)
    return refuse('evidence.fact-incomplete', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
  if (fact.verifiedOn > today) return refuse('evidence.verified-in-the-future', { today })
  const { period, page, readIn, ...rest } = parsed.data
  // An absent field is left out: a canonical entry has no place for undefined.
  const coded = { ...rest, ...(period && { period }), ...(page && { page }), ...(readIn && { readIn }) }
  return accept([draft(factCited, stream, today, coded)])
}

function reportOf(table: GlotipTable | CtdcTable): Report {
  const issuesByReason: Partial<Record<IssueReason, number>> = {}
  for (const { reason } of table.issues) issuesByReason[reason] = (issuesByReason[reason] ?? 0) + 1
  const common = { issues: table.issues, issuesByReason, preamble: table.preamble }
  if (table.dataset === 'ctdc') {
    const ctdc = { splits: splitsOf(table), smallestClass: smallestClass(table) }
    return { ...common, rows: table.records.length, glotip: null, ctdc }
  }
  const { observations } = table
  const covered = { coverage: coverage(observations), unfamiliar: unfamiliarIn(table) }
  return { ...common, rows: observations.length, glotip: covered, ctdc: null }
}

const familiar = {
  indicator: new Set<string>(Object.values(glotip.indicators)),
  dimension: new Set<string>(Object.values(glotip.dimensions)),
  sex: new Set<string>(Object.values(glotip.sexes)),
  age: new Set<string>(Object.values(glotip.ages)),
  unit: new Set<string>(Object.values(glotip.units)),
} as const

function unfamiliarIn({ observations }: GlotipTable): Unfamiliar[] {
  const found = new Map<string, { column: string; value: string; rows: number }>()
  for (const row of observations) {
    for (const column of ['indicator', 'dimension', 'sex', 'age', 'unit'] as const) {
      const value = row[column]
      if (familiar[column].has(value)) continue
      const known = found.get(`${column}|${value}`)
      if (known) known.rows++
      else found.set(`${column}|${value}`, { column, value, rows: 1 })
    }
  }
  return [...found.values()].sort((a, b) => b.rows - a.rows)
}

/** The first date above the table, as the publishers write it: 30/05/2023, or 2023-05-30 where a cell was a date. */
function editionOf(preamble: readonly string[]): CivilDate | null {
  for (const text of preamble) {
    const found = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text) ?? /\b(?<year>\d{4})-(\d{2})-(\d{2})\b/.exec(text)
    if (!found) continue
    const [, first = '', second = '', third = ''] = found
    const parts = found.groups ? [first, second, third] : [third, second, first]
    const date = CivilDate.safeParse(parts.map((part) => part.padStart(2, '0')).join('-'))
    if (date.success) return date.data
  }
  return null
}
