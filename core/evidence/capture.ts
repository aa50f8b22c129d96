import { type Draft, draft } from '../log/draft.ts'
import { canonicalText } from '../log/entry.ts'
import { agreedValue, type StreamState, streamRecord } from '../log/fold.ts'
import { answersIn } from '../log/records.ts'
import type { CivilDate } from '../shared/dates.ts'
import type { EntryId, Hash, StreamId } from '../shared/ids.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { type OpenedFile, openFile } from '../sheets/sheet.ts'
import type { Watch } from '../sheets/words.ts'
import { type CtdcTable, ctdcTexts, layoutOf, readCtdc, type Split, smallestClass, splitsOf } from './ctdc.ts'
import { checkEdition, readEdition } from './edition.ts'
import { DataSetImported, dataSetImported, FactCited, factCited, factCorrected, factWithdrawn } from './entries.ts'
import { type Coverage, coverage } from './figures.ts'
import { type Contradiction, contradictionsIn, type GlotipTable, glotipRowText, readGlotip } from './glotip.ts'
import { newestYearIn, type TableRows, type Unfamiliar, unfamiliarIn } from './unfamiliar.ts'
import type { CtdcLayout, Dataset, Issue, IssueReason } from './words.ts'

/**
 * A file as it would be imported: nothing is stored. `content` is what the data set's hash is to be taken of; `edition`
 * is the date the publisher put above the table, null where there is none.
 */
export type DryRun = {
  readonly format: OpenedFile['format']
  readonly content: Uint8Array
  readonly edition: string | null
  readonly table: GlotipTable | CtdcTable
  readonly report: Report
}

/** What a person reads before she says yes. */
export type Report = {
  readonly rows: number
  /** The newest year of the rows, of the years a row can be of; null where none gives one. */
  readonly newestYear: number | null
  /** What this version does not know: kept as it came, never refused, and named with its lines for a person to look at. */
  readonly unfamiliar: readonly Unfamiliar[]
  readonly issues: readonly Issue[]
  readonly issuesByReason: Readonly<Partial<Record<IssueReason, number>>>
  /** The lines above the header, as they stand in the file. */
  readonly preamble: readonly string[]
  /** For UNODC's table: what it covers, and which cells it tells twice and differently. */
  readonly glotip: { readonly coverage: Coverage; readonly contradictions: readonly Contradiction[] } | null
  /** For one of CTDC's: which of them it is as far as its columns tell, its splits, and how few records its rarest combination of all columns has. */
  readonly ctdc: {
    readonly layout: CtdcLayout
    readonly splits: readonly Split[]
    readonly smallestClass: number
  } | null
}

/**
 * Reads a file (CSV or XLSX, gzipped or not) as the data set named; `today` tells which years have come. Refuses what `openFile`, `readGlotip` and `readCtdc`
 * refuse; lines that cannot be read are in the report and refuse nothing.
 */
export async function dryRun(
  dataset: Dataset,
  bytes: Uint8Array,
  today: CivilDate,
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
    report: reportOf(read.value, today),
  })
}

/**
 * The rows of a table as one text, whatever the file around them: what a data set is known again by. In no order but that of
 * the alphabet, since no figure asks for one; by what the cells say, since programs change spaces and the writing of numbers.
 */
export function rowsText(table: TableRows): string {
  if (table.dataset === 'glotip') return inAnyOrder(table.observations.map(glotipRowText))
  const { names, rows } = ctdcTexts(table)
  return `${names}\n${inAnyOrder(rows)}`
}

/** As earlier versions wrote that text: entries of theirs vouch for their rows by its hash. */
export function earlierRowsText(table: TableRows): string {
  return table.dataset === 'glotip'
    ? JSON.stringify(table.observations.map(({ line: _, text: __, ...row }) => row))
    : JSON.stringify([table.columns, table.records.map(({ cells }) => cells)])
}

/** What is known of each data set before a file is seen. The terms say only what is known here of them. */
export const published = {
  glotip: {
    publisher: 'United Nations Office on Drugs and Crime (UNODC)',
    source: 'dataunodc.un.org, trafficking in persons',
    terms: 'The file states none. UNODC asks to be named as the source; its site sets its own terms for data.',
  },
  ctdc: {
    publisher: 'Counter-Trafficking Data Collaborative (CTDC)',
    source: 'www.ctdatacollaborative.org',
    terms:
      'Use means agreeing to www.ctdatacollaborative.org/terms-use, which nobody here has read: for use inside the programme only, until somebody has. Never try to identify anyone in it.',
  },
} as const satisfies Record<Dataset, Record<'publisher' | 'source' | 'terms', string>>

/** What a table is called: of CTDC's as far as its columns tell. */
export function nameOfTable(table: Pick<GlotipTable, 'dataset'> | Pick<CtdcTable, 'dataset' | 'columns'>): string {
  if (table.dataset === 'glotip') return 'GLOTIP, detected trafficking victims'
  return ctdcNames[layoutOf(table.columns)]
}

const ctdcNames = {
  'k-anonymous': 'Global k-anonymised data set',
  synthetic: 'Global synthetic data set',
  unclear: 'Global data set, k-anonymised or synthetic',
} as const satisfies Record<CtdcLayout, string>

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
  /** The data sets already imported, as far as the caller knows. */
  readonly imported: readonly Imported[]
}

/** What an imported data set is known again by; entries of the first versions give no hash of the rows. */
export type Imported = { readonly hash: Hash; readonly rowsHash?: Hash | undefined }

/** The data set among those imported that has these very bytes, or these very rows in another file. */
export function findImported<T extends Imported>(
  file: { readonly hash: Hash; readonly rowsHash: Hash },
  imported: readonly T[],
): T | undefined {
  return imported.find(({ hash, rowsHash }) => hash === file.hash || rowsHash === file.rowsHash)
}

/**
 * Decides an import after its dry run: one entry, or none where these very bytes, or these very rows in another file, were
 * imported before (the same table twice changes nothing). Refuses `evidence.lines-unreadable`, `evidence.edition-missing`,
 * what `checkDataSet` refuses, and `evidence.data-set-not-allowed` with the field that is too long.
 */
export function importDataSet(run: DryRun, command: ImportDataSet, today: CivilDate): Decision<Draft[]> {
  if (findImported(command, command.imported)) return accept([])
  const { report, table } = run
  if (report.issues.length > 0 && !command.leaveOutUnreadable) {
    return refuse('evidence.lines-unreadable', { lines: report.issues.length, rows: report.rows })
  }
  const written = command.edition?.trim() || run.edition
  if (!written) return refuse('evidence.edition-missing')
  const { publisher, source, terms } = published[table.dataset]
  const name = nameOfTable(table)
  const coded = DataSetImported.safeParse({
    dataset: table.dataset,
    name,
    publisher,
    edition: readEdition(written) ?? written.slice(0, 300),
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
  const checked = checkDataSet(run, coded.data, today)
  if (!checked.ok) return checked
  return accept([draft(dataSetImported, command.stream, today, { ...coded.data, rowsHash: command.rowsHash })])
}

/**
 * Whether an entry says of a file what the file holds: one rule, for the device that writes the entry and for the server
 * that takes it. Not asked is whether the table was imported before: two devices may bring one table without knowing of
 * each other, and both are right. Refuses `evidence.rows-differ`, `evidence.entry-differs` with the field, what
 * `checkEdition` refuses, and `evidence.edition-not-understood` for an edition that is not written as it is kept.
 *
 * @param run the dry run of the very bytes the entry names
 * @param today the day of the entry
 */
export function checkDataSet(run: DryRun, said: DataSetImported, today: CivilDate): Decision<void> {
  const { report, table, content } = run
  if (said.rows !== report.rows) return refuse('evidence.rows-differ', { said: said.rows, read: report.rows })
  // Text in an entry is in one normal form (NFC), whatever the file's is.
  const columns = (of: readonly string[]): string => JSON.stringify(of).normalize()
  const differs =
    (said.dataset !== table.dataset && 'dataset') ||
    (said.bytes !== content.length && 'bytes') ||
    (said.leftOut !== report.issues.length && 'leftOut') ||
    (columns(said.columns) !== columns(table.columns) && 'columns')
  if (differs) return refuse('evidence.entry-differs', { field: differs })
  const dated = checkEdition(said.edition, { dataset: table.dataset, newest: report.newestYear }, today)
  if (!dated.ok) return dated
  return dated.value === said.edition
    ? accept(undefined)
    : refuse('evidence.edition-not-understood', { edition: said.edition.slice(0, 40) })
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

/** A fact as it stands on the log: what it says, by which entry, and whether it was withdrawn. */
export type StandingFact = {
  readonly fact: FactCited
  /** The entry that said it last: what an edition links to. */
  readonly said: EntryId
  readonly withdrawn: { readonly note: string } | null
}

/** The state of a stream as a cited fact; undefined while it has not arrived, or while two people say it differently. */
export function projectFact({ records }: StreamState): StandingFact | undefined {
  const root = records[streamRecord]
  if (root?.kind !== factCited.kind) return undefined
  const coded = FactCited.keyof().options.map((field) => [field, agreedValue(root, field)] as const)
  const fact = FactCited.safeParse(Object.fromEntries(coded.filter(([, value]) => value !== undefined)))
  const said = (root.fields.value ?? []).map(({ entry }) => entry).toSorted()[0]
  if (!fact.success || !said) return undefined
  const note = agreedValue(root, 'note')
  const isWithdrawn = answersIn(root, 'withdrawn').includes(true)
  return { fact: fact.data, said, withdrawn: isWithdrawn ? { note: typeof note === 'string' ? note : '' } : null }
}

/**
 * Cites the same fact as it should have been. What the first said and the second does not, stays: say it anew.
 * Refused: as `citeFact`; `evidence.nothing-changed`.
 */
export function correctFact(
  stream: StreamId,
  stood: StandingFact,
  fact: FactCited,
  today: CivilDate,
): Decision<Draft[]> {
  const cited = citeFact(stream, fact, today)
  if (!cited.ok) return cited
  if (canonicalText(stood.fact) === canonicalText(fact)) return refuse('evidence.nothing-changed')
  return accept(cited.value.map((each) => ({ ...each, kind: factCorrected.kind })))
}

/** Withdraws a fact, or lets it stand again. Refused: `evidence.no-withdrawal-note`, `evidence.withdrawn-already`, `evidence.not-withdrawn`. */
export function withdrawFact(
  stream: StreamId,
  stood: StandingFact,
  { withdrawn, note }: { readonly withdrawn: boolean; readonly note: string },
  today: CivilDate,
): Decision<Draft[]> {
  if (withdrawn && stood.withdrawn) return refuse('evidence.withdrawn-already')
  if (!withdrawn && !stood.withdrawn) return refuse('evidence.not-withdrawn')
  if (note.trim() === '') return refuse('evidence.no-withdrawal-note')
  return accept([draft(factWithdrawn, stream, today, { withdrawn, note: note.trim() })])
}

/** One text of many, the same however they are ordered and whichever form of accents they are in. */
const inAnyOrder = (rows: readonly string[]): string =>
  rows
    .map((row) => row.normalize())
    .sort()
    .join('\n')

function reportOf(table: GlotipTable | CtdcTable, today: CivilDate): Report {
  const issuesByReason: Partial<Record<IssueReason, number>> = {}
  for (const { reason } of table.issues) issuesByReason[reason] = (issuesByReason[reason] ?? 0) + 1
  const common = {
    newestYear: newestYearIn(table, today),
    unfamiliar: unfamiliarIn(table, today),
    issues: table.issues,
    issuesByReason,
    preamble: table.preamble,
  }
  if (table.dataset === 'ctdc') {
    const layout = layoutOf(table.columns)
    const ctdc = { layout, splits: splitsOf(table), smallestClass: smallestClass(table) }
    return { ...common, rows: table.records.length, glotip: null, ctdc }
  }
  const { observations } = table
  const glotip = { coverage: coverage(observations), contradictions: contradictionsIn(observations) }
  return { ...common, rows: observations.length, glotip, ctdc: null }
}

/** The first day above the table, as the publishers write it: 30/05/2023, or 2023-05-30 where a cell was a date. */
function editionOf(preamble: readonly string[]): string | null {
  for (const text of preamble) {
    const [found] = /\b\d{1,2}\/\d{1,2}\/\d{4}\b|\b\d{4}-\d{2}-\d{2}\b/.exec(text) ?? []
    const edition = found && readEdition(found)
    if (edition) return edition
  }
  return null
}
