import type { Figure, FigurePart, FigureValue } from '@lentera/core/results/figure'
import { added, type CountedPart, liveValue, ofPlace, valuesOf } from '@lentera/core/results/figure-values'
import { phases } from '@lentera/core/results/framework'
import { type Indicator, indicators } from '@lentera/core/results/indicators'
import {
  bandedStocksOf,
  keptInside,
  newest,
  type Stock,
  type StockCell,
  shareOf,
  stocksOf,
} from '@lentera/core/results/latest'
import { figureValueOf, type ReleasedCell } from '@lentera/release/release'
import { type FigureView, viewsOf } from '../../access/figures.ts'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { phasesOf } from '../../projections/phases.ts'
import { isReleasedPeriod, type Population, type Release, type Releases } from '../../publish/releases.ts'
import type { EvidenceSource } from '../evidence/board.ts'
import { publishedFigures } from '../evidence/figures.ts'

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
  const figures: Figure[] = []
  for (const indicator of indicators) {
    for (const view of viewsOf(viewer, indicator)) {
      const figure =
        view.kind === 'team'
          ? await teamFigure(database, viewer, indicator, view, period)
          : view.kind === 'open'
            ? await openFigureOf(database, viewer, indicator, view, period)
            : await releasedFigure(releases, viewer, indicator, view, period)
      figures.push({ ...figure, ...(undated ? { value: saidUndated(figure.value) } : {}), countedAt })
    }
  }
  return [...figures, ...(await publishedFigures({ database, evidence }, viewer, countedAt))]
}

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

async function teamFigure(
  database: Database,
  viewer: Viewer,
  indicator: Indicator,
  view: Extract<FigureView, { kind: 'team' }>,
  period: string,
): Promise<Uncounted> {
  const tallies = await database.asViewer(viewer, (transaction) =>
    transaction.query<{ dimensions: Record<string, string>; low: string; high: string; contacts: string }>(
      'tallies of a team',
      `select dimensions, persons_low as low, persons_high as high, contacts from lentera.tally
       where programme = $1 and audience = $2 and fact = $3 and period = $4`,
      [viewer.programme, scopeOf(view), indicator.fact, period],
    ),
  )
  const cells = tallies.map((row) => ({
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

async function releasedFigure(
  releases: Releases,
  viewer: Viewer,
  indicator: Indicator,
  view: FigureView,
  period: string,
): Promise<Uncounted> {
  const release = await releases.latest(populationOf(viewer, view), indicator.fact)
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

export async function openFigureOf(
  database: Database,
  viewer: Viewer,
  indicator: Indicator,
  view: Extract<FigureView, { kind: 'open' }>,
  period: string,
): Promise<Uncounted> {
  const isRegion = viewer.country === null
  if (indicator.latest) return latestFigure(database, viewer, { ...indicator, latest: indicator.latest }, view, period)
  const { cells, asOf, hasOwn } = await openCellsFor(database, viewer, indicator.fact, period)
  const kept = indicator.breakdowns
  const breakdowns = isRegion && !kept.some((by) => by.join() === 'country') ? [...kept, ['country']] : kept
  return assemble(indicator, view, period, breakdowns, valuesOf(indicator, cells), {
    missing: { kind: 'none', why: isRegion && asOf === null && !hasOwn ? 'no-cut-off-yet' : 'nothing-recorded' },
    asOf,
    opensTo: isRegion && !hasOwn ? (asOf === null ? 'none' : 'groups') : 'entries',
  })
}

/** What one programme had counted of an open fact at its latest cut-off; undefined before the first. */
export async function cellsAtCutOff(
  transaction: Transaction,
  { programme }: Viewer,
  fact: string,
  period: string,
): Promise<{ readonly label: string; readonly head: string; readonly cells: readonly CountedPart[] } | undefined> {
  const [cut] = await transaction.query<{ label: string; head: string }>(
    'latest cut-off',
    'select label, head from lentera.cut_off where programme = $1 order by label desc limit 1',
    [programme],
  )
  if (!cut) return undefined
  const rows = await transaction.query<TallyRow>(
    'tallies of a programme at a cut-off',
    `select dimensions, persons_low as low, persons_high as high, contacts from lentera.tally_at_cut_off
     where programme = $1 and label = $2 and audience = 'programme' and scope = 'programme' and fact = $3
       and period = $4`,
    [programme, cut.label, fact, period],
  )
  return { ...cut, cells: rows.map(countedPart) }
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
export async function openCellsFor(
  database: Database,
  viewer: Viewer,
  fact: string,
  period: string,
): Promise<OpenCells> {
  const own = await cellsOfProgramme(database, viewer, fact, period)
  const hasOwn = own.length > 0
  if (viewer.country !== null) return { cells: own, asOf: null, hasOwn }
  const rows = (await talliesOfRegion(database, fact, period)).filter(({ programme }) => programme !== viewer.programme)
  const cells = rows.flatMap((row) => ofPlace([countedPart(row)], row.country ?? 'unknown'))
  return { cells: added([...cells, ...ofPlace(own, ownOfRegion)]), asOf: lastOf(rows), hasOwn }
}

/** In the place of a country, what a regional office counts itself. */
export const ownOfRegion = 'region'

async function cellsOfProgramme(
  database: Database,
  viewer: Viewer,
  fact: string,
  period: string,
): Promise<readonly CountedPart[]> {
  const rows = await database.asViewer(viewer, (transaction) =>
    transaction.query<TallyRow>(
      'tallies of a programme',
      `select dimensions, persons_low as low, persons_high as high, contacts from lentera.tally
       where programme = $1 and audience = 'programme' and scope = 'programme' and fact = $2 and period = $3`,
      [viewer.programme, fact, period],
    ),
  )
  return rows.map(countedPart)
}

/** What every programme counted at its latest cut-off. */
function talliesOfRegion(database: Database, fact: string, period: string): Promise<RegionRow[]> {
  return database.asPublisher((transaction) =>
    transaction.query<RegionRow>(
      'tallies of a region',
      `select tally.dimensions, tally.persons_low as low, tally.persons_high as high, tally.contacts, programme.country,
         tally.label, tally.programme
       from lentera.tally_at_cut_off tally
       join lentera.programme on programme.programme = tally.programme
       join (select programme, max(label) as label from lentera.cut_off group by programme) latest
         on latest.programme = tally.programme and latest.label = tally.label
       where tally.fact = $1 and tally.period = $2 and tally.scope = 'programme'`,
      [fact, period],
    ),
  )
}

const lastOf = (rows: readonly RegionRow[]): string | null =>
  rows
    .map(({ label }) => label)
    .sort()
    .at(-1) ?? null

type TallyRow = { dimensions: Record<string, string>; low: string; high: string; contacts: string }
type RegionRow = TallyRow & { country: string | null; label: string; programme: string }

const countedPart = ({ dimensions, low, high, contacts }: TallyRow): CountedPart => ({
  key: dimensions,
  count: { persons: { low: Number(low), high: Number(high) }, contacts: Number(contacts) },
})

// ---------------------------------------------------------------- the newest of each stock

type LatestIndicator = Indicator & { readonly latest: NonNullable<Indicator['latest']> }

/**
 * The share over the newest stocks of a programme, or of every programme as of its cut-off. Small groups stay with the
 * organisation that counted them, on her own board too: it is one board for the whole programme.
 */
async function latestFigure(
  database: Database,
  viewer: Viewer,
  indicator: LatestIndicator,
  view: FigureView,
  period: string,
): Promise<Uncounted> {
  const { by, lead, bands } = indicator.latest
  const isRegion = viewer.country === null
  const everyIn = async (of: string): Promise<StocksAsOf> => {
    if (!isRegion) return { stocks: await everyStockOf(database, viewer, indicator, of), asOf: null }
    const rows = await talliesOfRegion(database, indicator.fact, of)
    return { stocks: stocksByCountry(indicator, rows), asOf: lastOf(rows) }
  }
  const { stocks: counted, asOf } = await everyIn(period)
  const stocks = newest(counted)
  const breakdowns = isRegion ? [['country'], ...by, ...by.map((names) => ['country', ...names])] : by
  const isLead = ({ key }: Stock): boolean => Object.entries(lead).every(([name, value]) => key[name] === value)
  // Judged over all that was ever counted, whatever is asked for: two periods are two views of one thing.
  const inside = bands ? undefined : keptInside(period === 'all' ? counted : (await everyIn('all')).stocks, lead)
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
export const stocksOfProgramme = async (...of: Parameters<typeof everyStockOf>): Promise<Stock[]> =>
  newest(await everyStockOf(...of))

async function everyStockOf(
  database: Database,
  viewer: Viewer,
  indicator: LatestIndicator,
  period: string,
): Promise<Stock[]> {
  const cells = await cellsOfProgramme(database, viewer, indicator.fact, period)
  const amounts = cells.map(({ key, count }) => ({ dimensions: key, amount: count.contacts }))
  return stocksIn(amounts, indicator, indicator.latest.each)
}

function stocksByCountry(indicator: LatestIndicator, rows: readonly RegionRow[]): Stock[] {
  const amounts = rows.map(({ dimensions, contacts, country }) => ({
    dimensions: { ...dimensions, country: country ?? 'unknown' },
    amount: Number(contacts),
  }))
  return stocksIn(amounts, indicator, ['country', ...indicator.latest.each])
}

const stocksIn = (
  cells: readonly StockCell[],
  { latest, part = {} }: LatestIndicator,
  each: readonly string[],
): Stock[] => (latest.bands ? bandedStocksOf(cells, each, latest.bands) : stocksOf(cells, each, part))

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
