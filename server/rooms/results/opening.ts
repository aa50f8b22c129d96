import { nounOfFact } from '@lentera/core/facts'
import type { StreamNoun } from '@lentera/core/log/kind'
import type { FigureValue } from '@lentera/core/results/figure'
import { valueAt } from '@lentera/core/results/figure-values'
import { type Indicator, indicators } from '@lentera/core/results/indicators'
import type { LatestIndicator } from '@lentera/core/results/latest'
import { periodsOf } from '@lentera/core/results/periods'
import { kinds } from '@lentera/core/rooms'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type FigureView, viewsOf } from '../../access/figures.ts'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { phasesOf } from '../../projections/phases.ts'
import type { Release, Releases } from '../../publish/releases.ts'
import { type EvidenceOpening, openEvidence } from '../evidence/figures.ts'
import {
  type BoardSource,
  type OpenCells,
  openCellsFor,
  openFigureOf,
  ownOfRegion,
  populationOf,
  releasedValue,
  scopeOf,
  stocksOfProgramme,
} from './figures.ts'
import { cellsAtCutOff, readTallies, type Tallies } from './tallies.ts'

export type OpenFigure = {
  readonly key: string
  readonly scope: string
  readonly period: string
  /** The part to open; empty for the whole figure. */
  readonly part: Readonly<Record<string, string>>
}

/** What a figure opens to. `why` names the sentence that says why it goes no further. */
export type Opened =
  | { readonly opening: 'records'; readonly streams: readonly StreamId[] }
  | {
      readonly opening: 'groups'
      readonly groups: readonly { readonly key: Readonly<Record<string, string>>; readonly value: FigureValue }[]
      readonly asOf: string | null
      readonly why: 'only-the-case-team-opens-records' | 'rows-are-the-countries'
      readonly since: Since | null
    }
  | {
      readonly opening: 'entries'
      readonly entries: readonly OpenedEntry[]
      /** Counted too, by other organisations of the programme, or for a regional office by the countries: their rows are theirs. Null of a part of which few stay inside: what is not hers would be taken from it. */
      readonly elsewhere: number | null
      readonly since: Since | null
    }
  | EvidenceOpening

/**
 * What the figure was at an earlier cut-off, beside what it is. Of survivors that is the release before this one: both were
 * shown to this reader. `corrections`: how many correcting entries were written since in records of this kind, as far as she
 * may read them; null of survivors.
 */
export type Since = {
  readonly asOf: string
  readonly was: FigureValue
  readonly is: FigureValue
  readonly corrections: number | null
}

/** One contribution: which record of which stream states it, and what it counts. */
export type OpenedEntry = {
  readonly stream: StreamId
  readonly noun: StreamNoun
  readonly record: string
  readonly on: CivilDate
  readonly dimensions: Readonly<Record<string, string>>
  readonly amount: number
}

/**
 * Opens a figure as far as this viewer may: the case team to the streams it counts, everyone else to groups of five or
 * more as of the cut-off, published data to rows. A figure that is not hers and one that is not are the same answer.
 */
export async function openFigure(
  { database, releases, evidence }: BoardSource,
  viewer: Viewer,
  open: OpenFigure,
): Promise<Decision<Opened>> {
  const indicator = indicators.find((each) => each.key === open.key)
  if (!indicator) return openEvidence({ database, evidence }, viewer, open)
  const view = viewsOf(viewer, indicator).find((each) => scopeOf(each) === open.scope)
  if (!view) return refuse('access.not-found')
  if (view.kind === 'open') return openToEntries(database, viewer, indicator, view, open)
  return accept(
    view.kind === 'team'
      ? await openToRecords(database, viewer, indicator, view, open)
      : await openToGroups(releases, viewer, indicator, view, open),
  )
}

async function openToRecords(
  database: Database,
  viewer: Viewer,
  indicator: Indicator,
  view: FigureView,
  { period, part }: OpenFigure,
): Promise<Opened> {
  const [rows, phases] = await database.asViewer(viewer, async (transaction) => [
    await transaction.query<{ stream: StreamId; happened_on: CivilDate; dimensions: Record<string, string> }>(
      'contributions behind a figure',
      `select stream, happened_on, dimensions from lentera.contribution
       where programme = $1 and audience = $2 and fact = $3 order by stream`,
      [viewer.programme, scopeOf(view), indicator.fact],
    ),
    await phasesOf(transaction, viewer.programme),
  ])
  const counted = rows.filter(
    (row) =>
      periodsOf(row.happened_on, phases).includes(period) &&
      Object.entries(part).every(([name, value]) => (row.dimensions[name] ?? 'unknown') === value),
  )
  return { opening: 'records', streams: [...new Set(counted.map((row) => row.stream))] }
}

async function openToEntries(
  database: Database,
  viewer: Viewer,
  indicator: Indicator,
  view: OpenView,
  { period, part }: OpenFigure,
): Promise<Decision<Opened>> {
  const tallies = await readTallies(
    database,
    viewer,
    [indicator.fact],
    [...new Set([period, 'all'])],
    indicator.fewInside ? [indicator.fact] : [],
  )
  if (indicator.latest) {
    if (viewer.country === null) return openToCountries(tallies, viewer, indicator, view, { period, part })
    return openToNewest(database, tallies, viewer, { ...indicator, latest: indicator.latest }, { period, part })
  }
  const { cells, hasOwn } = openCellsFor(tallies, viewer, indicator.fact, period)
  if (viewer.country === null && !hasOwn) return openToCountries(tallies, viewer, indicator, view, { period, part })
  const wanted = { ...part, ...(indicator.ratio ? {} : indicator.part) }
  const [rows, phases] = await database.asViewer(viewer, async (transaction) => [
    await entriesBehind(transaction, viewer, indicator),
    await phasesOf(transaction, viewer.programme),
  ])
  const isOwn = ownRowsOf(viewer, wanted)
  const entries = rows.filter((row) => periodsOf(row.on, phases).includes(period) && isOwn(row.dimensions))
  if (indicator.fewInside && indicator.fewInside.by in part)
    return accept({ opening: 'entries', entries, elsewhere: null, since: null })
  const cell = cells.find(({ key }) => Object.keys(key).length === Object.keys(wanted).length && matches(key, wanted))
  const here = entries.reduce((sum, { amount }) => sum + amount, 0)
  const elsewhere = Math.max(0, (cell?.count.contacts ?? here) - here)
  // A regional office lays live figures beside those of cut-offs: there is no one day before.
  const since = viewer.country === null ? null : await sinceCutOff(database, viewer, indicator, { period, part }, cells)
  return accept({ opening: 'entries', entries, elsewhere, since })
}

type OpenView = Extract<FigureView, { kind: 'open' }>

/**
 * What the countries counted as of their cut-offs: their rows are theirs, and a regional office opens down to whose they are, and
 * a part of the whole to its own parts, no finer than its board tells them.
 */
function openToCountries(
  tallies: Tallies,
  viewer: Viewer,
  indicator: Indicator,
  view: OpenView,
  { period, part }: Pick<OpenFigure, 'period' | 'part'>,
): Decision<Opened> {
  const { breakdowns, asOf } = openFigureOf(tallies, viewer, indicator, view, period)
  if (asOf === null) return refuse('access.not-found')
  const isWhole = Object.keys(part).length === 0
  const groups = breakdowns
    .filter(({ by }) => (isWhole ? by.join() === 'country' : Object.keys(part).every((name) => by.includes(name))))
    .flatMap(({ parts }) => parts.filter(({ key }) => matches(key, part)))
  return accept({ opening: 'groups', groups, asOf, why: 'rows-are-the-countries', since: null })
}

async function sinceCutOff(
  database: Database,
  viewer: Viewer,
  indicator: Indicator,
  { period, part }: Pick<OpenFigure, 'period' | 'part'>,
  cells: OpenCells['cells'],
): Promise<Since | null> {
  const nothing: FigureValue = { kind: 'none', why: 'nothing-recorded' }
  return database.asViewer(viewer, async (transaction) => {
    const before = await cellsAtCutOff(transaction, viewer, indicator.fact, period)
    if (!before) return null
    const [row] = await transaction.query<{ corrections: number }>(
      'corrections since a cut-off',
      `select count(*)::int as corrections from lentera.entry join lentera.stream using (programme, audience, stream)
       where programme = $1 and entry.number > $2 and entry.kind = any($3::text[]) and stream.noun = $4`,
      [viewer.programme, before.head, corrections, nounOfFact(indicator.fact)],
    )
    return {
      asOf: before.label,
      was: valueAt(indicator, before.cells, part) ?? nothing,
      is: valueAt(indicator, cells, part) ?? nothing,
      corrections: row?.corrections ?? 0,
    }
  })
}

/** Kinds that say anew what a stream or a record of it says already. */
const corrections = [...kinds.values()]
  .filter(({ sets, opens }) => sets === 'named' || (sets === 'stream' && !opens))
  .map(({ kind }) => kind)

type Dimensions = Readonly<Record<string, string>>

const matches = (dimensions: Dimensions, wanted: Dimensions): boolean =>
  Object.entries(wanted).every(([name, value]) => (dimensions[name] ?? 'unknown') === value)

/** Which of her own rows are of this part. In a regional office a country is whose rows they are: its own are of none. */
function ownRowsOf(viewer: Viewer, wanted: Dimensions): (dimensions: Dimensions) => boolean {
  const { country, ...rest } = wanted
  if (viewer.country !== null || country === undefined) return (dimensions) => matches(dimensions, wanted)
  return (dimensions) => country === ownOfRegion && matches(dimensions, rest)
}

/**
 * The rows of the stocks that count: what is older counts no more and is not among them. Of other organisations only how
 * many headcounts are counted is said, never how many officers: that could be the few of one agency.
 */
async function openToNewest(
  database: Database,
  tallies: Tallies,
  viewer: Viewer,
  indicator: Indicator & LatestIndicator,
  { period, part }: Pick<OpenFigure, 'period' | 'part'>,
): Promise<Decision<Opened>> {
  const { bands, lead } = indicator.latest
  const wanted = Object.entries({ ...lead, ...part })
  const stocks = stocksOfProgramme(tallies, indicator, period)
  const counted = new Set(
    stocks
      .filter(({ key }) => wanted.every(([name, value]) => key[name] === value))
      .flatMap(({ sources }) => sources.map(({ source }) => source)),
  )
  const rows = await database.asViewer(viewer, (transaction) => entriesBehind(transaction, viewer, indicator))
  // A rank is a part of the headcount that its source is; a lead is the whole of it.
  const told = Object.fromEntries(Object.entries(part).filter(([name, value]) => lead[name] !== value))
  const isOf = (dimensions: Dimensions): boolean =>
    bands === undefined ? matches(dimensions, told) : dimensions.of === bands.part || dimensions.of === bands.whole
  const entries = rows.filter(
    ({ dimensions }) => dimensions.source !== undefined && counted.has(dimensions.source) && isOf(dimensions),
  )
  const here = new Set(entries.map(({ dimensions: { source } }) => source))
  // Of stocks the newest counts: what an older one was says nothing about a correction.
  return accept({ opening: 'entries', entries, elsewhere: counted.size - here.size, since: null })
}

/** Every row that this viewer may read of a fact: her own organisation's, the newest first. */
async function entriesBehind(transaction: Transaction, viewer: Viewer, { fact }: Indicator): Promise<OpenedEntry[]> {
  const rows = await transaction.query<Omit<OpenedEntry, 'amount'> & { amount: string }>(
    'entries behind a figure',
    `select contribution.stream, stream.noun, record, happened_on as "on", dimensions, amount from lentera.contribution
     join lentera.stream using (programme, audience, stream)
     where contribution.programme = $1 and fact = $2 order by happened_on desc, contribution.stream, record`,
    [viewer.programme, fact],
  )
  return rows.map(({ amount, ...row }) => ({ ...row, amount: Number(amount) }))
}

async function openToGroups(
  releases: Releases,
  viewer: Viewer,
  indicator: Indicator,
  view: FigureView,
  { period, part }: OpenFigure,
): Promise<Opened> {
  const two = await releases.lastTwo(populationOf(viewer, view), indicator.fact)
  const release = two.at(-1)
  const cellsOf = (of: Release | undefined) => (of?.tables.cells ?? []).filter(({ cell }) => cell.period === period)
  const groups = cellsOf(release)
    .filter(({ cell }) => Object.entries(part).every(([name, value]) => cell.dimensions[name] === value))
    .map((cell) => ({ key: cell.cell.dimensions, value: releasedValue(indicator, cell) }))
  const valueIn = (of: Release): FigureValue | undefined => {
    const found = cellsOf(of).find(({ cell: { dimensions } }) => isSame(dimensions, part))
    return found && releasedValue(indicator, found)
  }
  const [before, latest] = two
  const [was, is] = [before && latest && valueIn(before), latest && valueIn(latest)]
  return {
    opening: 'groups',
    groups,
    asOf: release?.asOf ?? null,
    why: 'only-the-case-team-opens-records',
    since: before && was && is ? { asOf: before.asOf, was, is, corrections: null } : null,
  }
}

const isSame = (dimensions: Dimensions, part: Dimensions): boolean =>
  Object.keys(dimensions).length === Object.keys(part).length && matches(dimensions, part)
