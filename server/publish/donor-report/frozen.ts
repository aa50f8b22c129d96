import type { CutOffUsed } from '@lentera/core/donor-report/model'
import { type FewInside, fewInside } from '@lentera/core/results/few-inside'
import type { FigureValue } from '@lentera/core/results/figure'
import { added, type CountedPart, valueAt, valuesOf } from '@lentera/core/results/figure-values'
import { factsInYears, type Indicator } from '@lentera/core/results/indicators'
import { type Stock, shareOf, stocksOfIndicator, toldOf } from '@lentera/core/results/latest'
import { figureValueOf, type ReleasedValue, releaseNothing, releaseOpen } from '@lentera/release/release'
import type { Database, Transaction } from '../../database/database.ts'
import { isReleasedPeriod, type Population, type Release, type Releases } from '../releases.ts'

/** The figures of a population as they stood at a label: every one may leave, and later cut-offs do not change it. */
export type Frozen = {
  readonly cutOffs: readonly CutOffUsed[]
  /** What an indicator was in a period (`all`, `2026`, `2026-Q4`, `japan-1`), and the cut-off of a released cell. */
  readonly valueOf: (
    indicator: Indicator,
    period: string,
  ) => Promise<{ readonly value: ReleasedValue; readonly asOf: string | null }>
  /** What it was by the groups of one dimension; a group of which nothing was counted is not among them. */
  readonly groupsOf: (indicator: Indicator, period: string, by: string) => Promise<readonly FrozenGroup[]>
}

export type FrozenGroup = { readonly group: string; readonly value: ReleasedValue }

/**
 * Freezes nothing itself: tallies at a cut-off stand as they were fixed. Reads them of every programme of the population at
 * this label or at its last before it, under the publishing role.
 *
 * @param periods those that will be asked for
 */
export async function figuresAt(
  { database, releases }: { readonly database: Database; readonly releases: Releases },
  population: Population,
  label: string,
  periods: readonly string[],
): Promise<Frozen> {
  const { cutOffs, rows } = await database.asPublisher(async (transaction) => {
    const cuts = await cutOffsAt(transaction, population, label)
    return { cutOffs: cuts, rows: await talliesAt(transaction, cuts, periods) }
  })
  const released = new Map<string, Promise<Release | undefined>>()
  const releaseOf = (fact: string): Promise<Release | undefined> => {
    const found = released.get(fact) ?? releases.at(population, fact, label)
    released.set(fact, found)
    return found
  }
  const ofFact = (fact: string): readonly Row[] => rows.filter((row) => row.fact === fact)
  const open = Map.groupBy(rows, ({ fact, period }) => `${fact} ${period}`)
  return {
    cutOffs: cutOffs.map(({ name, country, label: of, made }) => ({
      programme: name,
      country,
      label: of,
      madeAt: made.toISOString(),
    })),
    valueOf: async (indicator, period) =>
      indicator.subject === 'open'
        ? {
            value: releaseOpen(countedOf(indicator, (of) => open.get(`${indicator.fact} ${of}`) ?? [], period)),
            asOf: null,
          }
        : releasedOf(releaseOf, indicator, period),
    groupsOf: async (indicator, period, by) => {
      if (indicator.subject === 'survivor')
        return releasedGroups(await releaseOf(indicator.fact), indicator, period, by)
      // A stock's newest is told of one place, not by its parts.
      if (indicator.latest) return []
      if (indicator.fewInside?.by === by && staysInside(indicator.fewInside, ofFact(indicator.fact), period)) return []
      return valuesOf(indicator, added(open.get(`${indicator.fact} ${period}`) ?? []))
        .filter(({ key }) => Object.keys(key).join() === by)
        .map(({ key, value }) => ({ group: key[by] ?? '', value: releaseOpen(value) }))
        .sort((a, b) => (a.group < b.group ? -1 : 1))
    },
  }
}

// ---------------------------------------------------------------- of survivors: what was released, and nothing else

async function releasedOf(
  releaseOf: (fact: string) => Promise<Release | undefined>,
  { fact, measure }: Indicator,
  period: string,
): Promise<{ readonly value: ReleasedValue; readonly asOf: string | null }> {
  if (!isReleasedPeriod(period))
    return { value: releaseNothing(/-Q[1-4]$/.test(period) ? 'not-by-quarter' : 'not-by-phase'), asOf: null }
  const release = await releaseOf(fact)
  if (!release) return { value: releaseNothing('no-cut-off-yet'), asOf: null }
  const found = release.tables.cells.find(
    ({ cell }) => cell.period === period && Object.keys(cell.dimensions).length === 0,
  )
  return found
    ? { value: figureValueOf(measure === 'persons' ? found.persons : found.contacts), asOf: found.asOf }
    : { value: releaseNothing('nothing-recorded'), asOf: release.asOf }
}

function releasedGroups(
  release: Release | undefined,
  { measure }: Indicator,
  period: string,
  by: string,
): readonly FrozenGroup[] {
  return (release?.tables.cells ?? [])
    .filter(({ cell }) => cell.period === period && Object.keys(cell.dimensions).join() === by)
    .map(({ cell, persons, contacts }) => ({
      group: cell.dimensions[by] ?? '',
      value: figureValueOf(measure === 'persons' ? persons : contacts),
    }))
}

// ---------------------------------------------------------------- of nobody who could be harmed

/** As the board counts it (`server/rooms/results/figures.ts`), over tallies at cut-offs. */
function countedOf(indicator: Indicator, rowsIn: (period: string) => readonly Row[], period: string): FigureValue {
  const { latest } = indicator
  if (!latest) return valueAt(indicator, added(rowsIn(period)), {}) ?? { kind: 'none', why: 'nothing-recorded' }
  const stocksIn = (of: string): readonly Stock[] => {
    const amounts = rowsIn(of).map(({ key, count, programme }) => ({
      dimensions: { ...key, programme },
      amount: count.contacts,
    }))
    return stocksOfIndicator(amounts, { ...indicator, latest }, ['programme'])
  }
  const { stocks, inside } = toldOf(stocksIn(period), stocksIn('all'), { ...indicator, latest })
  const isLead = ({ key }: Stock): boolean => Object.entries(latest.lead).every(([name, value]) => key[name] === value)
  return shareOf(stocks.filter(isLead), inside)
}

/** Whether some parts stay inside, or are told of no such period: of a breakdown all is told or nothing. */
function staysInside(few: FewInside, rows: readonly Row[], period: string): boolean {
  const told = [...Map.groupBy(rows, (row) => row.period)].filter(([of]) => isReleasedPeriod(of))
  const { inside, periods } = fewInside(new Map(told.map(([of, cells]) => [of, added(cells)])), few)
  return inside.length > 0 || !periods.has(period)
}

// ---------------------------------------------------------------- tallies at cut-offs

type Cut = {
  readonly programme: string
  readonly name: string
  readonly country: string | null
  readonly label: string
  readonly made: Date
}
type Row = CountedPart & { readonly fact: string; readonly period: string; readonly programme: string }

/** Of each programme its cut-off of this label, or its last before it. */
function cutOffsAt(transaction: Transaction, population: Population, label: string): Promise<Cut[]> {
  return transaction.query<Cut>(
    'cut-offs at a label',
    `select distinct on (cut_off.programme) cut_off.programme, programme.name, programme.country, cut_off.label,
       cut_off.made_at as made
     from lentera.cut_off join lentera.programme on programme.programme = cut_off.programme
     where cut_off.label <= $1 and ($2::uuid is null or cut_off.programme = $2)
     order by cut_off.programme, cut_off.label desc`,
    [label, population.kind === 'programme' ? population.programme : null],
  )
}

/** Labels of cut-offs of a population, the newest first. */
export async function labelsOf(transaction: Transaction, population: Population): Promise<string[]> {
  const rows = await transaction.query<{ label: string }>(
    'labels of cut-offs',
    `select distinct label from lentera.cut_off where $1::uuid is null or programme = $1 order by label desc`,
    [population.kind === 'programme' ? population.programme : null],
  )
  return rows.map(({ label }) => label)
}

async function talliesAt(
  transaction: Transaction,
  cuts: readonly Cut[],
  periods: readonly string[],
): Promise<readonly Row[]> {
  const rows = await transaction.query<{
    programme: string
    fact: string
    period: string
    dimensions: Record<string, string>
    low: string
    high: string
    contacts: string
  }>(
    'tallies of a report',
    `select tally.programme, fact, period, dimensions, persons_low as low, persons_high as high, contacts
     from unnest($1::uuid[], $2::text[]) as cut (programme, label)
     join lentera.tally_at_cut_off tally on tally.programme = cut.programme and tally.label = cut.label
     where tally.scope = 'programme'
       and (tally.period = any($3::text[]) or (tally.fact = any($4::text[]) and tally.period ~ '^(all|[0-9]{4})$'))`,
    [cuts.map(({ programme }) => programme), cuts.map(({ label }) => label), [...new Set(periods)], factsInYears],
  )
  return rows.map(({ programme, fact, period, dimensions, low, high, contacts }) => ({
    programme,
    fact,
    period,
    key: dimensions,
    count: { persons: { low: Number(low), high: Number(high) }, contacts: Number(contacts) },
  }))
}
