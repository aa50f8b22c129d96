import type { Publication, PublicationHead, Said } from '@lentera/core/shared/publication'
import { answersOf } from './explorer/answers.ts'
import { allOf, type Category, categoriesOf, free } from './explorer/categories.ts'
import { type Cell, countView } from './explorer/count.ts'
import { drawingOf, onlyPrefix, readView, type View } from './explorer/view.ts'
import { citation } from './pages/release-page.ts'
import type { PortalHanded } from './pages.ts'
import { textsOf } from './texts.ts'

/** A file of what was published. It is made when asked for: whoever has it already need not. */
export type PublishedFile = {
  readonly status: 200 | 400 | 410
  readonly type: string
  /** As it is to be called where it is kept. */
  readonly name: string
  /** What it is a file of, as a hash and a form: the same mark, the same bytes. */
  readonly mark: string
  readonly content: () => string
}

/**
 * `/data/<address>.csv` and `.json` (all of it, the JSON with its dictionary), `/data/<address>/dictionary.csv` (fields and
 * codes), `/data/<address>/view.csv?<query>` (what a view shows; the others are whole, and asked for a part they refuse). Of what was withdrawn only the note, with 410.
 */
export async function findPublishedFile(address: string, handed: PortalHanded): Promise<PublishedFile | undefined> {
  const [path = '', query = ''] = split(address)
  const [, name = '', kind = ''] =
    /^\/data\/([a-z0-9-]{1,100})(\.csv|\.json|\/dictionary\.csv|\/view\.csv)$/.exec(path) ?? []
  const head = handed.publications.find((each) => each.address === name)
  if (!head) return undefined
  if (head.withdrawn) return withdrawnNote(head, head.withdrawn)
  const publication = await handed.publication(name)
  if (!publication) return undefined
  const { hash } = publication
  // Whoever asks the whole file for a part of it would take all of it for that part.
  if (kind !== '/view.csv' && query !== '') {
    const whole = textsOf('en').t('refusal.portal.whole-file', { view: `/data/${name}/view.csv` })
    return { ...file(`${name}.txt`, plainType, `${hash}?${query}`, () => `${whole}\n`), status: 400 }
  }
  if (kind === '.json') return file(`${name}.json`, 'application/json', hash, () => jsonOf(publication))
  if (kind === '.csv') return file(`${name}.csv`, csvType, hash, () => dataCsv(publication))
  if (kind === '/dictionary.csv') return file(`${name}-dictionary.csv`, csvType, hash, () => dictionaryCsv(publication))
  const view = readView(publication, query)
  if (view.ok) return file(`${name}-view.csv`, csvType, `${hash}?${query}`, () => viewCsv(publication, view.value))
  const said = textsOf('en').t(`refusal.${view.refusal.code}`, view.refusal.values)
  return { ...file(`${name}-view.txt`, plainType, `${hash}?${query}`, () => `${said}\n`), status: 400 }
}

function file(name: string, type: string, of: string, content: () => string): PublishedFile {
  return { status: 200, type, name, mark: `${form} ${name} ${of}`, content }
}

/** Raised whenever the same publication is written otherwise than before. */
const form = 2

/** An address cut at its query. */
export const split = (address: string): readonly [path: string, query: string] => {
  const at = address.indexOf('?')
  return at === -1 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
}

const csvType = 'text/csv; charset=utf-8; header=present'
const plainType = 'text/plain; charset=utf-8'

function withdrawnNote(head: PublicationHead, { on, why }: NonNullable<PublicationHead['withdrawn']>): PublishedFile {
  return {
    ...file(
      `${head.address}-withdrawn.txt`,
      plainType,
      head.hash,
      () => `${head.title.en}\nWithdrawn on ${on}: ${why}\n`,
    ),
    status: 410,
  }
}

// ---------------------------------------------------------------- CSV

/**
 * RFC 4180, in UTF-8 with a byte order mark: without it the spreadsheets that most readers open it with take Burmese for
 * something else. A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return) gets an
 * apostrophe before it; numbers are numbers, and the JSON holds every text as it is.
 */
export function csvText(rows: Iterable<readonly (string | number | null)[]>): string {
  const lines: string[] = []
  for (const row of rows) lines.push(row.map(csvCell).join(','))
  return `\ufeff${lines.join('\r\n')}\r\n`
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * Records: a line for each distinct record with how many there are, an empty cell where nothing stands. A table: a line for each
 * cell, its status `shown` or `hidden`, and why where the publication says; what has no line was not published.
 */
function dataCsv({ fields, data }: Publication): string {
  const names = fields.map(({ name }) => name)
  const codesOf = (codes: readonly number[]): (string | null)[] =>
    fields.map((field, at) => field.codes[codes[at] ?? -1]?.code ?? null)
  if (data.kind === 'records')
    return csvText([
      [...names, free('count', names)],
      ...data.rows.map(({ codes, count }) => [...codesOf(codes), count]),
    ])
  return csvText([
    [...names, free('count', names), free('status', names), free('why', names)],
    ...data.cells.map(({ codes, value, why }) => [
      ...codesOf(codes),
      value,
      value === null ? 'hidden' : 'shown',
      why ?? null,
    ]),
  ])
}

/** Fields and codes: those of the data, and those that a view writes beside them, of all together and of where nothing stands. */
function dictionaryCsv(publication: Publication): string {
  const { fields } = publication
  const tags = [
    ...new Set(
      fields.flatMap(({ label, codes }) =>
        [label, ...codes.map((code) => code.label)].flatMap((said) => Object.keys(said)),
      ),
    ),
  ].toSorted((a, b) => (a === 'en' ? -1 : b === 'en' ? 1 : a < b ? -1 : 1))
  const said = (label: Said): (string | null)[] => {
    const texts = new Map(Object.entries(label))
    return tags.map((tag) => texts.get(tag) ?? null)
  }
  return csvText([
    ['field', 'kind', 'code', 'is', ...tags.map((tag) => `label_${tag}`)],
    ...fields.flatMap((field, place) => {
      const { name, kind, label, codes } = field
      const all = allOf(field)
      const absent = categoriesOf(publication, place).filter((category) => category.place === -1)
      return [
        [name, kind, null, null, ...said(label)],
        ...codes.map((code) => [name, kind, code.code, code.is ?? null, ...said(code.label)]),
        ...absent.map((category) => {
          const en = `${inEnglish(category)}; in the file of all data an empty cell`
          return [name, kind, category.code, 'unknown', ...said({ en })]
        }),
        ...(codes.includes(all) ? [] : [[name, kind, all.code, all.is ?? null, ...said(all.label)]]),
      ]
    }),
  ])
}

const inEnglish = ({ label, mayBeLeftOut }: Category): string =>
  label?.en ?? (mayBeLeftOut ? 'not recorded or left out' : 'not recorded')

/** What each field that is answered with yes or no was answered, a line an answer. */
function answersCsv(publication: Publication, view: View): string {
  const { fields } = publication
  const only = [...view.only].map(([place, { code }]) => [fields[place]?.name ?? '', code] as const)
  return csvText([
    [...only.map(([name]) => name), 'field', 'label', 'code', 'count', 'status'],
    ...answersOf(publication, view).flatMap(({ field, counted }) =>
      (counted.rows ?? []).flatMap((category, at) => {
        const cell = counted.rowTotals[at]
        if (!cell) return []
        const { name = '', label } = fields[field] ?? {}
        const told = [cell.value, cell.value === null ? cell.why : 'shown']
        return [[...only.map(([, code]) => code), name, label?.en ?? '', category.code, ...told]]
      }),
    ),
  ])
}

/**
 * What a view shows, a line a cell, all rows and columns, the totals among them. Every code is in the dictionary, and no two lines have
 * the same.
 */
function viewCsv(publication: Publication, view: View): string {
  if (drawingOf(publication, view).as === 'answers') return answersCsv(publication, view)
  const { fields } = publication
  const counted = countView(publication, view)
  const split = view.by.flatMap((place) => fields[place] ?? [])
  const only = [...view.only].flatMap(([place, category]) =>
    fields[place]
      ? [[`${view.by.includes(place) ? onlyPrefix : ''}${fields[place].name}`, category.code] as const]
      : [],
  )
  const names = [...only.map(([name]) => name), ...split.flatMap(({ name }) => [name, `${name} (label)`])]
  const line = (categories: readonly (Category | null)[], cell: Cell): (string | number | null)[] => [
    ...only.map(([, code]) => code),
    ...split.flatMap((field, at): string[] => {
      const category = categories[at]
      const all = allOf(field)
      return category ? [category.code, inEnglish(category)] : [all.code, all.label.en]
    }),
    cell.value,
    cell.value === null ? cell.why : 'shown',
  ]
  const rows = counted.rows?.flatMap((row, r) => [
    ...(counted.columns?.flatMap((column, c) => {
      const cell = counted.cells[r]?.[c]
      return cell ? [line([row, column], cell)] : []
    }) ?? []),
    ...(counted.rowTotals[r] ? [line([row, null], counted.rowTotals[r])] : []),
  ])
  const columns = counted.columns?.flatMap((column, c) =>
    counted.columnTotals[c] ? [line([null, column], counted.columnTotals[c])] : [],
  )
  return csvText([
    [...names, free('count', names), free('status', names)],
    ...(rows ?? []),
    ...(columns ?? []),
    line([null, null], counted.total),
  ])
}

// ---------------------------------------------------------------- JSON

/** Everything that the portal knows of it: the head, the dictionary, the quality, and the data as codes by name. */
function jsonOf({ data, fields, ...rest }: Publication): string {
  const code = (codes: readonly number[]): (string | null)[] =>
    fields.map((field, at) => field.codes[codes[at] ?? -1]?.code ?? null)
  const columns = fields.map(({ name }) => name)
  const told =
    data.kind === 'records'
      ? { kind: data.kind, columns, rows: data.rows.map(({ codes, count }) => ({ codes: code(codes), count })) }
      : {
          kind: data.kind,
          columns,
          rows: data.cells.map(({ codes, value, why }) => ({
            codes: code(codes),
            count: value,
            status: value === null ? 'hidden' : 'shown',
            ...(why === undefined ? {} : { why }),
          })),
        }
  return `${JSON.stringify({ ...rest, citation: citation(rest), dictionary: fields, data: told })}\n`
}
