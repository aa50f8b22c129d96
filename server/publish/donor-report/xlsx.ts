import type { PartName, SaidFigure, SaidReport, SaidRow } from '@lentera/core/donor-report/say'
import { ReportedPeriod } from '@lentera/core/donor-report/words'
import writeExcelFile, { type Cell, type Row } from 'write-excel-file/node'

type Translate = (id: string) => string

/**
 * The report as a workbook: figures, narratives, definitions, sources. A number is a number; what is protected or missing is the
 * sentence that says so, and never a zero. Each indicator is a link to its definition.
 *
 * @param demonstration stands on every sheet and on every printed page; null where nothing is invented
 */
export async function reportXlsx(
  report: SaidReport,
  { t, demonstration }: { readonly t: Translate; readonly demonstration: string | null },
): Promise<Uint8Array> {
  const head = headOf(report, demonstration)
  const definitions = definitionRows(report, t)
  const rows = figureRows(report, t)
  // Links are told by place: a row of a definition is counted from the head of its own sheet.
  const lines = new Map(report.definitions.map(({ key }, at) => [key, head.length + 2 + at]))
  const name = t('donor-report.definitions')
  const links = rows.flatMap(({ links: key }, at) => {
    const line = key === undefined ? undefined : lines.get(key)
    return line === undefined ? [] : [{ from: `B${head.length + 2 + at}`, to: `'${name}'!A${line}` }]
  })
  const sheets: readonly Sheet[] = [
    sheet(t('donor-report.figures'), [head, figureHead(report, t), rows.map(({ cells }) => cells)], wide),
    sheet(
      t('donor-report.texts'),
      [head, [bold(t('donor-report.part')), bold(t('donor-report.text'))], textRows(report, t)],
      [40, 120],
    ),
    sheet(name, [head, definitions.head, definitions.rows], [44, 90, 24, 34, 24, 50]),
    sheet(
      t('brochure.sources'),
      [head, [bold(t('brochure.sources'))], report.sources.map((source) => [wrapped(source)])],
      [140],
    ),
  ]
  const made = await writeExcelFile([...sheets], {
    fontFamily: 'Noto Sans',
    fontSize: 10,
    features: [linking(t('donor-report.figures'), links), ...(demonstration === null ? [] : [heading(demonstration)])],
  }).toBuffer()
  return new Uint8Array(made)
}

// ---------------------------------------------------------------- rows

type FigureRow = { readonly cells: Row; readonly links?: string }

const wide = [34, 44, 24, 24, 40, 22, 22, 22, 22, 22]

const figureHead = ({ columns }: SaidReport, t: Translate): Row =>
  [
    t('donor-report.output'),
    columns.indicator,
    t('plan.unit'),
    columns.baseline,
    columns.target,
    ...ReportedPeriod.options.map((period) => columns[period]),
    columns.since,
  ].map(bold)

function figureRows({ objectives, definitions }: SaidReport, t: Translate): readonly FigureRow[] {
  return objectives.flatMap(({ title, outcomes }) => [
    { cells: [bold(title)] },
    ...outcomes.flatMap(({ outputs }) =>
      outputs.flatMap((output) =>
        output.rows.flatMap((row) => {
          const unit = definitions.find(({ key }) => key === row.key)?.unit ?? ''
          return [indicatorRow(output.title, unit, row), ...partRows(row, t)]
        }),
      ),
    ),
  ])
}

function indicatorRow(output: string, unit: string, row: SaidRow): FigureRow {
  return {
    links: row.key,
    cells: [
      wrapped(output),
      { value: row.name, wrap: true, textDecoration: { underline: true }, textColor: '#17494d' },
      unit,
      figureCell(row.baseline),
      wrapped(row.target),
      ...ReportedPeriod.options.map((period) => figureCell(row.values[period])),
      row.since ? figureCell(row.since) : null,
    ],
  }
}

/** Under a share its two numbers, under an interval its bounds: a row each, so that they are numbers too. */
function partRows({ values, since }: SaidRow, t: Translate): readonly FigureRow[] {
  const cells = [...ReportedPeriod.options.map((period) => values[period]), since]
  const names = [...new Set(cells.flatMap((each) => each?.parts.map(({ name }) => name) ?? []))]
  const numberOf = (figure: SaidFigure | null, name: PartName) =>
    figure?.parts.find((part) => part.name === name)?.value ?? null
  return names.map((name) => ({
    cells: [
      null,
      { value: t(`donor-report.number.${name}`), indent: 1 },
      null,
      null,
      null,
      ...cells.map((each) => numberOf(each, name)),
    ],
  }))
}

/** "At least" and "about" are said by the format of the number, which stays a number. */
function figureCell({ number, text }: SaidFigure): Cell {
  if (number === null) return wrapped(text)
  return { value: number.value, format: formats[number.as], align: 'right' }
}

const formats = { count: '#,##0', 'at-least': '"≥ "#,##0', about: '"≈ "#,##0', percent: '0.0%' } as const

function textRows({ summary, objectives }: SaidReport, t: Translate): readonly Row[] {
  return [{ title: t('donor-report.summary'), narrative: summary }, ...objectives].flatMap(
    ({ title, narrative: { note, paragraphs } }) => [
      [bold(title), note === null ? null : wrapped(note)],
      ...paragraphs.map((text) => [null, wrapped(text)]),
    ],
  )
}

const definitionRows = (
  { definitions, columns }: SaidReport,
  t: Translate,
): { readonly head: Row; readonly rows: readonly Row[] } => ({
  head: [
    columns.indicator,
    t('plan.definition'),
    t('plan.unit'),
    t('plan.count'),
    t('donor-report.version'),
    t('donor-report.counted-when'),
  ].map(bold),
  rows: definitions.map(({ name, text, unit, count, version, counted }) =>
    [name, text, unit, count, version, counted].map(wrapped),
  ),
})

/** What each sheet begins with, so that none can be taken out and be taken for something else. */
const headOf = ({ title, under, notes }: SaidReport, demonstration: string | null): readonly Row[] => [
  ...(demonstration === null ? [] : [[{ value: demonstration, fontWeight: 'bold' as const, textColor: '#8a2b1d' }]]),
  [{ value: title, fontWeight: 'bold' as const, fontSize: 14 }],
  ...[under, ...notes].map((text) => [text]),
]

const bold = (value: string): Cell => ({ value, fontWeight: 'bold', wrap: true, alignVertical: 'top' })
const wrapped = (value: string): Cell => ({ value, wrap: true, alignVertical: 'top' })

// ---------------------------------------------------------------- sheets

type Written = Parameters<typeof writeExcelFile>
type Feature = NonNullable<NonNullable<Written[1]>['features']>[number]
type Sheet = Written[0][number]

const sheet = (
  name: string,
  [head, columns, rows]: readonly [readonly Row[], Row, readonly Row[]],
  columnWidths: readonly number[],
): Sheet => ({
  sheet: name,
  data: [...head, columns, ...rows],
  columns: columnWidths.map((width) => ({ width })),
  orientation: 'landscape',
})

/** The package writes no links: they are put where the standard has them (ECMA-376 part 1, 18.3.1.48), before the margins. */
const linking = (of: string, links: readonly { readonly from: string; readonly to: string }[]): Feature => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (content, options) =>
          options.sheet === of && links.length > 0
            ? content.replace('<pageMargins', `<hyperlinks>${links.map(link).join('')}</hyperlinks><pageMargins`)
            : content,
      },
    },
  },
})

const link = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  `<hyperlink ref="${from}" location="${escaped(to)}"/>`

/** On every printed page (18.3.1.46); an ampersand would begin a code of its own. */
const heading = (text: string): Feature => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (content) =>
          content.replace(
            '</worksheet>',
            `<headerFooter><oddHeader>${escaped(text.replaceAll('&', ''))}</oddHeader></headerFooter></worksheet>`,
          ),
      },
    },
  },
})

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
