import { fewInside } from '@lentera/core/results/few-inside'
import type { Figure, FigurePart, FigureValue } from '@lentera/core/results/figure'
import { added, type CountedPart, liveValue, ofPlace, valuesOf } from '@lentera/core/results/figure-values'
import { phases } from '@lentera/core/results/framework'
import { factsInYears, type Indicator, indicators } from '@lentera/core/results/indicators'
import {
  type LatestIndicator,
  newest,
  type Stock,
  shareOf,
  stocksOfIndicator,
  toldOf,
} from '@lentera/core/results/latest'
import { figureValueOf, type ReleasedCell } from '@lentera/release/release'
import { type FigureView, viewsOf } from '../../access/figures.ts'
import type { Viewer } from '../../access/viewer.ts'
import type { Database } from '../../database/database.ts'
import { phasesOf } from '../../projections/phases.ts'
import { isReleasedPeriod, type Population, type Release, type Releases } from '../../publish/releases.ts'
import type { EvidenceSource } from '../evidence/board.ts'
import { publishedFigures } from '../evidence/figures.ts'
import { countedPart, type RegionRow, readTallies, type Tallies } from './tallies.ts'

/** What boards are read from. */
export type BoardSource = EvidenceSource & { readonly releases: Releases }

/**
 * Every indicator as this viewer may see it, for a period (`all`, `2026`, `2026-Q4`, `japan-1`): her own team's work live, that of
 * others as of a cut-off and protected, nothing where it is not for her; and what published tables say, open to all.
 *
 * @param now milliseconds since 1970, for `countedAt`
 */
export async function figuresFor(
  { database, releases, evidence }: BoardSource,
  viewer: Viewer,
  period: string,
  now: number = Date.now(),
): Promise<Figure[]> {
  const countedAt = new Date(now).toISOString()
  const undated = await isUndated(database, viewer, period)
  const shown = indicators.flatMap((indicator) => viewsOf(viewer, indicator).map((view) => ({ indicator, view })))
  const tallies = await readTallies(
    database,
    viewer,
    factsOf(shown, isLive),
    [...new Set([period, 'all'])],
    factsInYears,
  )
  const released = new Map<FigureView['kind'], ReadonlyMap<string, Release>>()
  for (const kind of ['programme', 'region'] as const) {
    const facts = factsOf(shown, (view) => view.kind === kind)
    if (facts.length > 0) released.set(kind, await releases.latest(populationOf(viewer, { kind }), facts))
  }
  const figures = shown.map(({ indicator, view }): Figure => {
    const figure =
      view.kind === 'team'
        ? teamFigure(tallies, indicator, view, period)
        : view.kind === 'open'
          ? openFigureOf(tallies, viewer, indicator, view, period)
          : releasedFigure(released.get(view.kind)?.get(indicator.fact), indicator, view, period)
    return { ...figure, ...(undated ? { value: saidUndated(figure.value) } : {}), countedAt }
  })
  return [...figures, ...(await publishedFigures({ database, evidence }, viewer, countedAt))]
}

type Shown = { readonly indicator: Indicator; readonly view: FigureView }

const isLive = ({ kind }: FigureView): boolean => kind === 'team' || kind === 'open'

const factsOf = (shown: readonly Shown[], isOf: (view: FigureView) => boolean): string[] => [
  ...new Set(shown.filter(({ view }) => isOf(view)).map(({ indicator }) => indicator.fact)),
]

/** Whether the period is a phase of which this programme has not said, or not agreed, when it is: nothing is counted in it. */
async function isUndated(database: Database, viewer: Viewer, period: string): Promise<boolean> {
  if (viewer.country === null || !phases.some(({ key }) => key === period)) return false
  const dated = await database.asViewer(viewer, (transaction) => phasesOf(transaction, viewer.programme))
  return !dated.some(({ key }) => key === period)
}

const saidUndated = (value: FigureValue): FigureValue =>
  value.kind === 'none' && value.why === 'nothing-recorded' ? { kind: 'none', why: 'phase-not-dated' } : value

/** A figure's name for the scope of a view: `team:<id>`, `programme`, `region`, `open`. */
export function scopeOf(view: FigureView): string {
  return view.kind === 'team' ? `team:${view.team}` : view.kind
}

export function populationOf(viewer: Viewer, view: FigureView): Population {
  return view.kind === 'region' ? { kind: 'region' } : { kind: 'programme', programme: viewer.programme }
}

// ---------------------------------------------------------------- live, for the case team

type Uncounted = Omit<Figure, 'countedAt'>

function teamFigure(
  tallies: Tallies,
  indicator: Indicator,
  view: Extract<FigureView, { kind: 'team' }>,
  period: string,
): Uncounted {
  const cells = tallies.team(indicator.fact, period).map((row) => ({
    key: row.dimensions,
    value: liveValue(indicator, {
      persons: { low: Number(row.low), high: Number(row.high) },
      contacts: Number(row.contacts),
    }),
  }))
  return assemble(indicator, view, period, indicator.breakdowns, cells, {
    missing: { kind: 'none', why: 'nothing-recorded' },
    asOf: null,
    opensTo: 'records',
  })
}

// ---------------------------------------------------------------- as of a cut-off, for everyone else

function releasedFigure(
  release: Release | undefined,
  indicator: Indicator,
  view: FigureView,
  period: string,
): Uncounted {
  const cells = (release?.tables.cells ?? []).filter(({ cell }) => cell.period === period)
  const kept = indicator.breakdowns
  const breakdowns = view.kind === 'region' ? [[], ['country'], ...regional(kept)] : kept
  const values = cells.map((cell) => ({ key: cell.cell.dimensions, value: releasedValue(indicator, cell) }))
  return assemble(indicator, view, period, breakdowns, values, {
    missing: { kind: 'none', why: whyNotReleased(release, period) },
    // A cell that moved by too few persons keeps its earlier value, and says as of when.
    asOf: cells.find(({ cell }) => Object.keys(cell.dimensions).length === 0)?.asOf ?? release?.asOf ?? null,
    opensTo: release ? 'groups' : 'none',
  })
}

function whyNotReleased(release: Release | undefined, period: string): (FigureValue & { kind: 'none' })['why'] {
  if (!release) return 'no-cut-off-yet'
  if (isReleasedPeriod(period)) return 'nothing-recorded'
  return period.includes('Q') ? 'not-for-this-reader' : 'not-by-phase'
}

export function releasedValue({ measure }: Pick<Indicator, 'measure'>, cell: ReleasedCell): FigureValue {
  return figureValueOf(measure === 'persons' ? cell.persons : cell.contacts)
}

const regional = (kept: Indicator['breakdowns']): (readonly string[])[] =>
  kept.filter((names) => names.length > 0).flatMap((names) => [names, ['country', ...names]])

// ---------------------------------------------------------------- of nobody who could be harmed, for everyone

export function openFigureOf(
  tallies: Tallies,
  viewer: Viewer,
  indicator: Indicator,
  view: Extract<FigureView, { kind: 'open' }>,
  period: string,
): Uncounted {
  const isRegion = viewer.country === null
  if (indicator.latest) return latestFigure(tallies, viewer, { ...indicator, latest: indicator.latest }, view, period)
  const { cells, asOf, hasOwn } = openCellsFor(tallies, viewer, indicator.fact, period)
  const kept = indicator.breakdowns
  const breakdowns = isRegion && !kept.some((by) => by.join() === 'country') ? [...kept, ['country']] : kept
  const values = valuesOf(indicator, cells)
  const told = indicator.fewInside ? toldParts(tallies, viewer, indicator, indicator.fewInside, period, values) : values
  return assemble(indicator, view, period, breakdowns, told, {
    missing: { kind: 'none', why: isRegion && asOf === null && !hasOwn ? 'no-cut-off-yet' : 'nothing-recorded' },
    asOf,
    opensTo: isRegion && !hasOwn ? (asOf === null ? 'none' : 'groups') : 'entries',
  })
}

/**
 * What is told of parts of which few stay inside: by year and over all time; by quarter and by phase none of them, from which and the
 * years beside it the few could be taken.
 */
function toldParts(
  tallies: Tallies,
  viewer: Viewer,
  { fact }: Indicator,
  few: NonNullable<Indicator['fewInside']>,
  period: string,
  values: readonly FigurePart[],
): readonly FigurePart[] {
  const periods = new Map(tallies.told(fact).map((of) => [of, openCellsFor(tallies, viewer, fact, of).cells]))
  const { inside, isInside } = fewInside(periods, few)
  const isOfPart = ({ key }: FigurePart): boolean => few.by in key
  if (!periods.has(period)) return values.filter((value) => !isOfPart(value))
  // One face for the few, for those who stay with them, and for nobody.
  const kept = inside.map((key): FigurePart => ({ key, value: { kind: 'protected', rule: 'complement' } }))
  return [...values.filter((value) => !isOfPart(value) || !isInside(value.key)), ...kept]
}

export type OpenCells = {
  readonly cells: readonly CountedPart[]
  /** The latest cut-off among those the cells are as of; null where all of them are live. */
  readonly asOf: string | null
  /** Whether the viewer's own programme has counted any of it. */
  readonly hasOwn: boolean
}

/**
 * What is counted of an open fact, for this viewer: her own programme live; in a regional office also the countries, as of
 * their cut-offs. What belongs to no country (`country: region`) is the office's own.
 */
export function openCellsFor(tallies: Tallies, viewer: Viewer, fact: string, period: string): OpenCells {
  const own = tallies.programme(fact, period).map(countedPart)
  const hasOwn = own.length > 0
  if (viewer.country !== null) return { cells: own, asOf: null, hasOwn }
  const rows = tallies.region(fact, period).filter(({ programme }) => programme !== viewer.programme)
  const cells = rows.flatMap((row) => ofPlace([countedPart(row)], row.country ?? 'unknown'))
  return { cells: added([...cells, ...ofPlace(own, ownOfRegion)]), asOf: lastOf(rows), hasOwn }
}

/** In the place of a country, what a regional office counts itself. */
export const ownOfRegion = 'region'

const lastOf = (rows: readonly RegionRow[]): string | null =>
  rows
    .map(({ label }) => label)
    .sort()
    .at(-1) ?? null

// ---------------------------------------------------------------- the newest of each stock

/**
 * The share over the newest stocks of a programme, or of every programme as of its cut-off. Small groups stay with the
 * organisation that counted them, on her own board too: it is one board for the whole programme.
 */
function latestFigure(
  tallies: Tallies,
  viewer: Viewer,
  indicator: Indicator & LatestIndicator,
  view: FigureView,
  period: string,
): Uncounted {
  const { by, lead } = indicator.latest
  const isRegion = viewer.country === null
  const everyIn = (of: string): StocksAsOf => {
    if (!isRegion) return { stocks: everyStockOf(tallies, indicator, of), asOf: null }
    const rows = tallies.region(indicator.fact, of)
    return { stocks: stocksByCountry(indicator, rows), asOf: lastOf(rows) }
  }
  const { stocks: counted, asOf } = everyIn(period)
  // Judged over all that was ever counted, whatever is asked for: two periods are two views of one thing.
  const every = period === 'all' ? counted : everyIn('all').stocks
  const { stocks, inside } = toldOf(counted, every, indicator)
  const breakdowns = isRegion ? [['country'], ...by, ...by.map((names) => ['country', ...names])] : by
  const isLead = ({ key }: Stock): boolean => Object.entries(lead).every(([name, value]) => key[name] === value)
  const cells = [[], ...breakdowns].flatMap((names) => {
    // What contains one another is not added: where the lead's dimension is not told apart, the lead stands alone.
    const told = Object.keys(lead).every((name) => names.includes(name)) ? stocks : stocks.filter(isLead)
    return [...Map.groupBy(told, ({ key }) => JSON.stringify(names.map((name) => key[name]))).values()].map(
      (group): FigurePart => ({
        key: Object.fromEntries(names.map((name) => [name, group[0]?.key[name] ?? 'unknown'])),
        value: shareOf(group, inside),
      }),
    )
  })
  return assemble(indicator, view, period, breakdowns, cells, {
    missing: { kind: 'none', why: isRegion && asOf === null ? 'no-cut-off-yet' : 'nothing-recorded' },
    asOf,
    opensTo: !isRegion ? 'entries' : asOf === null ? 'none' : 'groups',
  })
}

type StocksAsOf = { readonly stocks: readonly Stock[]; readonly asOf: string | null }

/** The stocks that count for a programme in a period: what its newest headcounts say. */
export const stocksOfProgramme = (...of: Parameters<typeof everyStockOf>): Stock[] => newest(everyStockOf(...of))

function everyStockOf(tallies: Tallies, indicator: Indicator & LatestIndicator, period: string): Stock[] {
  const amounts = tallies
    .programme(indicator.fact, period)
    .map(({ dimensions, contacts }) => ({ dimensions, amount: Number(contacts) }))
  return stocksOfIndicator(amounts, indicator)
}

function stocksByCountry(indicator: Indicator & LatestIndicator, rows: readonly RegionRow[]): Stock[] {
  const amounts = rows.map(({ dimensions, contacts, country }) => ({
    dimensions: { ...dimensions, country: country ?? 'unknown' },
    amount: Number(contacts),
  }))
  return stocksOfIndicator(amounts, indicator, ['country'])
}

// ---------------------------------------------------------------- one figure from its cells

function assemble(
  indicator: Indicator,
  view: FigureView,
  period: string,
  breakdowns: Indicator['breakdowns'],
  cells: readonly FigurePart[],
  { missing, ...rest }: { readonly missing: FigureValue } & Pick<Figure, 'asOf' | 'opensTo'>,
): Uncounted {
  const sliced = (by: readonly string[]): FigurePart[] => {
    const parts = cells
      .filter(({ key }) => Object.keys(key).length === by.length && by.every((name) => name in key))
      .sort((a, b) => compareKeys(by, a.key, b.key))
    return parts.length > longList ? parts.filter(({ value }) => !isNobody(value)) : parts
  }
  return {
    key: indicator.key,
    definition: indicator.definition,
    unit: indicator.unit,
    scope: scopeOf(view),
    period,
    value: sliced([])[0]?.value ?? missing,
    breakdowns: breakdowns.filter((by) => by.length > 0).map((by) => ({ by, parts: sliced(by) })),
    ...rest,
  }
}

/** From so many parts on (terms of imprisonment, by country) those of nobody are left out: what is not in the list is none. */
const longList = 40
const isNobody = (value: FigureValue): boolean => value.kind === 'count' && value.count.high === 0

/** Nine years before ten. */
const byNumber = new Intl.Collator('en', { numeric: true })

function compareKeys(by: readonly string[], a: FigurePart['key'], b: FigurePart['key']): number {
  for (const name of by) {
    const [left = '', right = ''] = [a[name], b[name]]
    if (left !== right) return byNumber.compare(left, right)
  }
  return 0
}
