import { type Cell, type FemaleShare, inWords, percentTenths, type Where } from '@lentera/core/evidence/figures'
import type { Figure, FigurePart, FigureValue } from '@lentera/core/results/figure'
import { exactly } from '@lentera/core/shared/counts'
import type { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Viewer } from '../../access/viewer.ts'
import { type DataSet, type DataSetFigures, type EvidenceSource, evidenceBoard } from './board.ts'
import type { Filter } from './rows.ts'

/** The scope of figures that others published: no survivor of ours is in them. */
export const publishedScope = 'published'

export type EvidenceOpening = {
  readonly opening: 'rows'
  readonly dataSet: StreamId
  readonly filters: readonly Filter[]
}

/** What the imported data sets say, as figures like any other: value, parts, formula in the source's words, source. */
export async function publishedFigures(source: EvidenceSource, viewer: Viewer, countedAt: string): Promise<Figure[]> {
  const measured = await measure(source, viewer)
  return measured.map(({ opens: _, dataSet: __, ...figure }) => ({ ...figure, countedAt }))
}

/** The rows behind a part of a published figure; the whole figure where no part is named. */
export async function openEvidence(
  source: EvidenceSource,
  viewer: Viewer,
  open: { readonly key: string; readonly scope: string; readonly part: Readonly<Record<string, string>> },
): Promise<Decision<EvidenceOpening>> {
  const measured = await measure(source, viewer)
  const figure = open.scope === publishedScope ? measured.find((each) => each.key === open.key) : undefined
  const filters = figure?.opens(open.part)
  if (!figure?.dataSet || !filters || filters.length === 0) return refuse('access.not-found')
  return accept({ opening: 'rows', dataSet: figure.dataSet, filters })
}

type Measured = Omit<Figure, 'countedAt'> & {
  readonly dataSet?: StreamId
  readonly opens: (part: Readonly<Record<string, string>>) => readonly Filter[]
}

async function measure(source: EvidenceSource, viewer: Viewer): Promise<Measured[]> {
  const board = await evidenceBoard(source, viewer)
  const sourceOf = (stream: StreamId): string => cite(board.dataSets.find((dataSet) => dataSet.stream === stream))
  const measured = board.figures.flatMap((figures) =>
    figures.dataset === 'glotip'
      ? glotipFigures(figures, sourceOf(figures.stream))
      : ctdcFigures(figures, sourceOf(figures.stream)),
  )
  const isThere = (dataset: string): boolean => board.figures.some((figures) => figures.dataset === dataset)
  return [
    ...measured,
    ...(isThere('glotip') ? [] : [notImported('detected-victims-female-share', 'victims')]),
    ...(isThere('ctdc') ? [] : [notImported('global-data-set-records', 'records')]),
  ]
}

const cite = (dataSet: DataSet | undefined): string =>
  dataSet ? `${dataSet.publisher}: ${dataSet.name}, ${dataSet.edition}` : ''

// ---------------------------------------------------------------- UNODC's table

function glotipFigures(
  { figures, stream, year }: Extract<DataSetFigures, { dataset: 'glotip' }>,
  source: string,
): Measured[] {
  const shared = { ...published(stream, source), unit: 'victims' }
  const { femaleShare, forms, asean, coverage } = figures
  const formParts = forms.everyRow.groups.flatMap((group) =>
    group.forms.map(({ form, cell }) => partOf({ sex: group.sex, age: group.age, form }, cell)),
  )
  const years = asean.countries.flatMap(({ country, years }) =>
    years.map(({ year, total }) => partOf({ country, year: String(year) }, total)),
  )
  const classes = asean.countries.flatMap(({ country, years }) =>
    years.flatMap(({ year, bySex, byForm }) => [
      ...bySex.map((cell) => partOf({ country, year: String(year), sex: cell.where.sex }, cell)),
      ...byForm.map((cell) => partOf({ country, year: String(year), form: cell.where.category }, cell)),
    ]),
  )
  return [
    shareFigure(shared, femaleShare.everyRow, 'detected-victims-female-share'),
    shareFigure(shared, femaleShare.areasOnly, 'detected-victims-female-share-areas-only'),
    {
      ...shared,
      key: forms.everyRow.key,
      definition: forms.everyRow.definition,
      period: String(year),
      value: { kind: 'none', why: 'nothing-recorded' },
      breakdowns: [{ by: ['sex', 'age', 'form'], parts: formParts.map(withoutWhere) }],
      opens: (part) => wheresOf(formParts, part),
    },
    {
      ...shared,
      key: asean.key,
      definition: asean.definition,
      period: 'all',
      value: { kind: 'none', why: 'nothing-recorded' },
      breakdowns: [
        { by: ['country', 'year'], parts: years.map(withoutWhere) },
        { by: ['country', 'year', 'sex'], parts: classes.filter((part) => 'sex' in part.key).map(withoutWhere) },
        { by: ['country', 'year', 'form'], parts: classes.filter((part) => 'form' in part.key).map(withoutWhere) },
      ],
      opens: (part) => wheresOf([...years, ...classes], part),
    },
    {
      ...shared,
      key: coverage.key,
      definition: coverage.definition,
      unit: 'rows',
      period: 'all',
      value: { kind: 'count', count: exactly(coverage.rows) },
      breakdowns: [
        {
          by: ['counted'],
          parts: (['areas', 'subregions', 'repeats', 'lessThanFive'] as const).map((name) => ({
            key: { counted: name },
            value: { kind: 'count', count: exactly(coverage[name]) },
          })),
        },
      ],
      opens: () => [{}],
    },
  ]
}

/**
 * The share of those given as numbers, and between what it lies with each "<5" anywhere from 0 to 4: the least value of
 * one class meets the greatest of the other.
 */
function shareFigure(
  shared: Published,
  { share, female, male, formula, definition, year }: FemaleShare,
  key: string,
): Measured {
  const value: FigureValue = share
    ? {
        kind: 'ratio',
        numerator: { low: share.low.numerator, high: share.high.numerator },
        denominator: spanOf(share.low.denominator, share.high.denominator),
        percentTenths: { low: percentTenths(share.low), high: percentTenths(share.high) },
        ...(share.value ? { given: { ...share.value, percentTenths: percentTenths(share.value) } } : {}),
      }
    : { kind: 'none', why: 'nothing-recorded' }
  const parts = [partOf({ sex: female.where.sex }, female), partOf({ sex: male.where.sex }, male)]
  return {
    ...shared,
    unit: 'victims',
    key,
    definition,
    period: String(year),
    value,
    breakdowns: [{ by: ['sex'], parts: parts.map(withoutWhere) }],
    formula: `(${formula.numerator.map(inWords).join(' + ')}) / (${formula.denominator.map(inWords).join(' + ')}) x 100`,
    opens: (part) => (Object.keys(part).length === 0 ? formula.denominator : wheresOf(parts, part)),
  }
}

const spanOf = (a: number, b: number) => ({ low: Math.min(a, b), high: Math.max(a, b) })

type PartOfRows = FigurePart & { readonly where: Where }

function partOf(key: FigurePart['key'], cell: Cell): PartOfRows {
  const value: FigureValue = cell.count
    ? { kind: 'count', count: cell.count }
    : { kind: 'none', why: 'nothing-recorded' }
  return { key, value, where: cell.where }
}

const withoutWhere = ({ key, value }: PartOfRows): FigurePart => ({ key, value })

function wheresOf(parts: readonly PartOfRows[], wanted: Readonly<Record<string, string>>): Where[] {
  const names = Object.entries(wanted)
  const isWanted = ({ key }: PartOfRows): boolean =>
    Object.keys(key).length === names.length && names.every(([name, value]) => key[name] === value)
  return parts.filter(isWanted).map((part) => part.where)
}

// ---------------------------------------------------------------- the k-anonymous global data set

function ctdcFigures(
  { stream, records, splits, smallestClass }: Extract<DataSetFigures, { dataset: 'ctdc' }>,
  source: string,
): Measured[] {
  return [
    {
      ...published(stream, source),
      key: 'global-data-set-records',
      definition: 1,
      unit: 'records',
      period: 'all',
      value: { kind: 'count', count: exactly(records) },
      breakdowns: [
        ...splits.map(({ column, parts }) => ({
          by: [column],
          parts: parts.map((part) => ({
            key: { [column]: part.value ?? 'unknown' },
            value: { kind: 'count' as const, count: exactly(part.records) },
          })),
        })),
        {
          by: ['counted'],
          parts: [{ key: { counted: 'smallestClass' }, value: { kind: 'count', count: exactly(smallestClass) } }],
        },
      ],
      opens: (part) => {
        const wanted = Object.entries(part)
        if (wanted.length === 0) return [{}]
        return splits.flatMap(({ column, parts }) =>
          parts
            .filter(({ value }) => wanted.length === 1 && part[column] === (value ?? 'unknown'))
            .map(({ value }) => ({ column, value })),
        )
      },
    },
  ]
}

// ---------------------------------------------------------------- what they share

type Published = Pick<Measured, 'scope' | 'asOf' | 'opensTo'> & {
  readonly source: string
  readonly dataSet: StreamId
}

const published = (stream: StreamId, source: string): Published => ({
  scope: publishedScope,
  asOf: null,
  opensTo: 'rows',
  source,
  dataSet: stream,
})

const notImported = (key: string, unit: string): Measured => ({
  scope: publishedScope,
  asOf: null,
  opensTo: 'none',
  key,
  definition: 1,
  unit,
  period: 'all',
  value: { kind: 'none', why: 'not-imported' },
  breakdowns: [],
  opens: () => [],
})
