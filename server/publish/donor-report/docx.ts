import type { SaidNarrative, SaidReport, SaidRow } from '@lentera/core/donor-report/say'
import { ReportedPeriod } from '@lentera/core/donor-report/words'
import type { PrintedLanguage } from '@lentera/core/shared/languages'
import { languages } from '@lentera/ui/tokens/scripts'
import {
  AlignmentType,
  Bookmark,
  Document,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  InternalHyperlink,
  type IParagraphOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { latinFont, scriptFonts } from '../typst.ts'

/**
 * The report as a document that can be edited: headings, narratives as plain paragraphs, tables whose first row is a heading
 * on every page, a footnote to each indicator, and each figure a link to its definition.
 *
 * @param demonstration stands at the head and the foot of every page; null where nothing is invented
 */
export async function reportDocx(
  report: SaidReport,
  { t, demonstration }: { readonly t: (id: string) => string; readonly demonstration: string | null },
): Promise<Uint8Array> {
  const { language, title } = report
  const over = demonstration === null ? [] : [note(demonstration, { alignment: AlignmentType.CENTER })]
  const pages = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
  })
  const document = new Document({
    title,
    // Whoever sends it signs it: neither a person nor an agency is written into the file.
    creator: 'Lentera',
    lastModifiedBy: 'Lentera',
    description: demonstration ?? '',
    styles: stylesOf(language),
    footnotes: Object.fromEntries(
      report.definitions.map(({ text, unit, count, version, counted }, at) => [
        at + 1,
        {
          children: [
            new Paragraph({ children: [new TextRun(`${text} ${[version, unit, count, counted].join('; ')}.`)] }),
          ],
        },
      ]),
    ),
    sections: [
      {
        properties: {
          page: {
            size: { orientation: PageOrientation.LANDSCAPE, width: a4.short, height: a4.long },
            margin: { top: 1000, bottom: 1000, left: 850, right: 850 },
          },
        },
        headers: { default: new Header({ children: [...over, note(title)] }) },
        footers: { default: new Footer({ children: [...over, pages] }) },
        children: [
          heading(title, HeadingLevel.TITLE),
          new Paragraph({ text: report.under }),
          ...report.notes.map((each) => note(each)),
          heading(t('donor-report.summary'), HeadingLevel.HEADING_1),
          ...narrative(report.summary),
          ...report.objectives.flatMap((objective) => [
            heading(objective.title, HeadingLevel.HEADING_1),
            ...narrative(objective.narrative),
            ...objective.outcomes.flatMap((outcome) => [
              heading(outcome.title, HeadingLevel.HEADING_2),
              ...outcome.outputs.flatMap((output) => [
                heading(output.title, HeadingLevel.HEADING_3),
                figures(report, output.rows),
              ]),
            ]),
          ]),
          heading(t('donor-report.definitions'), HeadingLevel.HEADING_1),
          ...report.definitions.flatMap(({ key, name, text, unit, count, version, counted }) => [
            new Paragraph({
              heading: HeadingLevel.HEADING_3,
              children: [new Bookmark({ id: bookmarkOf(key), children: [new TextRun(name)] })],
            }),
            new Paragraph({ text }),
            note([version, unit, count, counted].join('; ')),
          ]),
          heading(t('brochure.sources'), HeadingLevel.HEADING_1),
          ...report.sources.map((source) => new Paragraph({ text: source, bullet: { level: 0 } })),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

/** Of a bookmark Word takes letters, digits and low lines, forty at most. */
export const bookmarkOf = (key: string): string => `d_${key.replaceAll('-', '_')}`

// ---------------------------------------------------------------- pieces

/** Twentieths of a point. */
const a4 = { short: 11_906, long: 16_838 }

const heading = (text: string, level: IParagraphOptions['heading']): Paragraph =>
  new Paragraph({ text, ...(level ? { heading: level } : {}) })

const note = (text: string, options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({ ...options, style: 'Note', children: [new TextRun(text)] })

function narrative({ language, paragraphs, note: said }: SaidNarrative): Paragraph[] {
  return [
    ...(said === null ? [] : [note(said)]),
    ...paragraphs.map(
      (text) => new Paragraph({ children: [new TextRun({ text, ...inLanguage(language) })], spacing: { after: 120 } }),
    ),
  ]
}

/** The column of what has changed since is there where anything has. */
function figures({ columns, definitions, hasChanged }: SaidReport, rows: readonly SaidRow[]): Table {
  const heads = [
    columns.indicator,
    columns.baseline,
    columns.target,
    ...ReportedPeriod.options.map((period) => columns[period]),
    ...(hasChanged ? [columns.since] : []),
  ]
  const widths = columnWidths.slice(0, heads.length)
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: heads.map((text, at) => cell(at, [bold(text)])) }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: [
              cell(0, [
                new TextRun(row.name),
                new FootnoteReferenceRun(definitions.findIndex(({ key }) => key === row.key) + 1),
              ]),
              cell(1, [new TextRun(row.baseline.text)]),
              cell(2, [new TextRun(row.target)]),
              ...ReportedPeriod.options.map((period, at) => cell(3 + at, [linked(row, row.values[period].text)])),
              ...(hasChanged ? [cell(7, row.since ? [linked(row, row.since.text)] : [])] : []),
            ],
          }),
      ),
    ],
  })
}

const columnWidths = [3300, 1500, 2000, 1700, 1700, 1700, 1700, 1500] as const

const cell = (at: number, children: IParagraphOptions['children'] & object): TableCell =>
  new TableCell({
    width: { size: columnWidths[at] ?? 1500, type: WidthType.DXA },
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: [new Paragraph({ style: 'Cell', children: [...children] })],
  })

const bold = (text: string): TextRun => new TextRun({ text, bold: true })

const linked = ({ key }: SaidRow, text: string): InternalHyperlink =>
  new InternalHyperlink({ anchor: bookmarkOf(key), children: [new TextRun({ text, style: 'Hyperlink' })] })

// ---------------------------------------------------------------- language and look

const inLanguage = (language: PrintedLanguage) => ({
  language: { value: language === 'en' ? 'en-GB' : language, bidirectional: language },
  font: fontOf(language),
})

/** Thai and Burmese are complex scripts to Word, which takes another font for them than for the Latin letters beside. */
function fontOf(language: PrintedLanguage) {
  const { script } = languages[language]
  return { ascii: latinFont, hAnsi: latinFont, cs: script === 'latin' ? latinFont : scriptFonts[script] }
}

function stylesOf(language: PrintedLanguage) {
  const run = inLanguage(language)
  const head = (size: number) => ({
    run: { ...run, size, sizeComplexScript: size, bold: true, color: '17494d' },
    paragraph: { spacing: { before: 240, after: 80 }, keepNext: true },
  })
  return {
    default: {
      document: { run: { ...run, size: 20, sizeComplexScript: 20 }, paragraph: { spacing: { after: 80 } } },
      title: head(36),
      heading1: head(28),
      heading2: head(23),
      heading3: head(20),
    },
    paragraphStyles: [
      { id: 'Note', name: 'Note', basedOn: 'Normal', run: { size: 17, sizeComplexScript: 17, color: '4a5a5c' } },
      {
        id: 'Cell',
        name: 'Cell',
        basedOn: 'Normal',
        run: { size: 17, sizeComplexScript: 17 },
        paragraph: { spacing: { after: 0 } },
      },
    ],
  }
}
