import { agrees, type CountedAgain } from '@lentera/core/results/agreement'
import type { FigureValue } from '@lentera/core/results/figure'
import { added, type CountedPart, ofPlace, valuesOf } from '@lentera/core/results/figure-values'
import { type Indicator, indicators } from '@lentera/core/results/indicators'
import { type LatestIndicator, shareOf, stocksOfIndicator, toldOf } from '@lentera/core/results/latest'
import { publicationOfRecord, type RecordedFigure } from '@lentera/core/results/publication-of-record'
import { type ReleasedValue, releaseBeside, releaseNothing, releaseOpen } from '@lentera/release/release'
import type { Database, Transaction } from '../../database/database.ts'
import type { Releases } from '../releases.ts'

/** One line of the publication of record, laid beside what is counted here of the same thing. */
export type ComparedLine = {
  readonly key: string
  /** Of the whole line: which of its numbers differs is said to nobody. */
  readonly agrees: boolean
  /** What is counted here, as it may leave. */
  readonly counted: ReleasedValue
  /** Where the record does not say which of them it means: each under its own name. */
  readonly beside: readonly { readonly key: string; readonly counted: ReleasedValue }[]
}

/** `asOf`: the latest cut-off counted; null before the first. */
export type ComparedRecord = { readonly asOf: string | null; readonly lines: readonly ComparedLine[] }

/**
 * Counts every line of the publication of record again, over all programmes at their latest cut-offs, whole and by country,
 * and compares.
 *
 * What leaves of the people counted is one bit for a line (SECURITY.md, "The brochure"): that the whole and every part are what
 * was public already, or that something is not. Beside it stands the released count of the whole, which is held back where it
 * is so near to the recorded number that the difference would be one or a few persons. No part is ever handed out: the parts
 * that are printed are the record's own.
 */
export async function compareWithRecord(database: Database, releases: Releases): Promise<ComparedRecord> {
  const lines: readonly RecordedFigure[] = publicationOfRecord.figures
  const facts = lines.flatMap((line) => indicatorsOf(line).map(({ fact }) => fact))
  const rows = await database.asPublisher((transaction) => talliesAtCutOffs(transaction, facts))
  const compared: ComparedLine[] = []
  for (const line of lines) compared.push(await compareLine(line, rows, releases))
  return {
    asOf:
      rows
        .map(({ label }) => label)
        .sort()
        .at(-1) ?? null,
    lines: compared,
  }
}

async function compareLine(line: RecordedFigure, rows: readonly Row[], releases: Releases): Promise<ComparedLine> {
  const [indicator] = indicatorsOf(line)
  const { key, companions = [] } = line
  if (!indicator) return { key, agrees: false, counted: releaseNothing('nothing-recorded'), beside: [] }
  const counted = countAgain(indicator, line, rows)
  return {
    key,
    agrees: agrees(line, counted),
    counted: await released(indicator, line, counted.whole, releases),
    beside: companions.flatMap((companion) => {
      const named = indicators.filter((each) => each.key === companion && each.subject === 'open')
      return named.map((each) => ({ key: companion, counted: releaseOpen(countAgain(each, {}, rows).whole) }))
    }),
  }
}

function indicatorsOf({ indicator, companions = [] }: RecordedFigure): readonly Indicator[] {
  return [indicator, ...companions].flatMap((key) => indicators.filter((each) => each.key === key))
}

// ---------------------------------------------------------------- counted again

function countAgain(
  indicator: Indicator,
  { part, country }: Pick<RecordedFigure, 'part' | 'country'>,
  rows: readonly Row[],
): CountedAgain {
  const of = rows.filter(({ fact }) => fact === indicator.fact)
  const values = indicator.latest
    ? newestShares({ ...indicator, latest: indicator.latest }, part ?? {}, of)
    : valuesOf(
        part && !indicator.ratio ? { ...indicator, part: { ...indicator.part, ...part } } : indicator,
        added(of.flatMap((row) => ofPlace([row], row.country ?? nowhere))),
      )
  const byCountry = new Map(
    values.flatMap(({ key, value }) =>
      Object.keys(key).length === 1 && key.country && key.country !== nowhere ? [[key.country, value]] : [],
    ),
  )
  const whole = country ? byCountry.get(country) : values.find(({ key }) => Object.keys(key).length === 0)?.value
  return { whole: whole ?? { kind: 'none', why: rows.length === 0 ? 'no-cut-off-yet' : 'nothing-recorded' }, byCountry }
}

/** What a regional office counts itself belongs to no country. */
const nowhere = 'unknown'

/** Of each country the share in its newest stocks of this kind; stocks of several countries are not added. */
function newestShares(
  indicator: LatestIndicator,
  part: Readonly<Record<string, string>>,
  rows: readonly Row[],
): { readonly key: Readonly<Record<string, string>>; readonly value: FigureValue }[] {
  const amounts = rows.map(({ key, count, country }) => ({
    dimensions: { ...key, country: country ?? nowhere },
    amount: count.contacts,
  }))
  const every = stocksOfIndicator(amounts, indicator, ['country'])
  const { stocks, inside } = toldOf(every, every, indicator)
  const wanted = stocks.filter(({ key }) => Object.entries(part).every(([name, value]) => key[name] === value))
  return [...Map.groupBy(wanted, ({ key }) => key.country ?? nowhere)].map(([country, group]) => ({
    key: { country },
    value: shareOf(group, inside),
  }))
}

// ---------------------------------------------------------------- what may leave of it

/** Of whoever could be harmed the release decides, over all that is released of them; what we counted here does not leave. */
async function released(
  indicator: Indicator,
  { part = {}, country, value }: RecordedFigure,
  whole: FigureValue,
  releases: Releases,
): Promise<ReleasedValue> {
  if (indicator.subject === 'open') return releaseOpen(whole)
  const wanted = { ...part, ...(country ? { country } : {}) }
  const release = (await releases.latest({ kind: 'region' }, [indicator.fact])).get(indicator.fact)
  if (!release) return releaseNothing('no-cut-off-yet')
  const cell = release.tables.cells.find(
    ({ cell: { period, dimensions } }) =>
      period === 'all' &&
      Object.keys(dimensions).length === Object.keys(wanted).length &&
      Object.entries(wanted).every(([name, wantedValue]) => dimensions[name] === wantedValue),
  )
  if (!cell) return releaseNothing('nothing-recorded')
  return releaseBeside(indicator.measure === 'persons' ? cell.persons : cell.contacts, value)
}

// ---------------------------------------------------------------- the tallies at the latest cut-offs

type Row = CountedPart & { readonly fact: string; readonly country: string | null; readonly label: string }

async function talliesAtCutOffs(transaction: Transaction, facts: readonly string[]): Promise<Row[]> {
  const rows = await transaction.query<{
    fact: string
    dimensions: Record<string, string>
    low: string
    high: string
    contacts: string
    country: string | null
    label: string
  }>(
    'tallies beside the publication of record',
    `select tally.fact, tally.dimensions, tally.persons_low as low, tally.persons_high as high, tally.contacts,
       programme.country, tally.label
     from lentera.tally_at_cut_off tally
     join lentera.programme on programme.programme = tally.programme
     join (select programme, max(label) as label from lentera.cut_off group by programme) latest
       on latest.programme = tally.programme and latest.label = tally.label
     where tally.fact = any($1) and tally.period = 'all' and tally.scope = 'programme'`,
    [[...new Set(facts)]],
  )
  return rows.map(({ fact, dimensions, low, high, contacts, country, label }) => ({
    fact,
    key: dimensions,
    count: { persons: { low: Number(low), high: Number(high) }, contacts: Number(contacts) },
    country,
    label,
  }))
}
