import type { Cell, Count } from '@lentera/core/results/count'
import { indicators } from '@lentera/core/results/indicators'
import { unsettled } from '@lentera/core/shared/contribution'
import { add, exactly } from '@lentera/core/shared/counts'
import type { ProgrammeId } from '@lentera/core/shared/ids'
import { ProgrammeLanguage } from '@lentera/core/shared/languages'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import type { Country } from '@lentera/core/shared/places'
import type { Role } from '@lentera/core/shared/roles'
import { Compensation, Stage, Standing, terms } from '@lentera/core/support/justice/words'
import { Course, GrantKind, Running } from '@lentera/core/support/livelihoods/words'
import { Use } from '@lentera/core/support/story/words'
import { Form, Service } from '@lentera/core/support/words'
import {
  type Before,
  type Dimension,
  type ReleasedTables,
  readReleased,
  releaseTables,
  type TablesInput,
} from '@lentera/release/release'
import type { Database, Transaction } from '../database/database.ts'

/** Whose people a release is about: those of one programme, or of every programme, by country. */
export type Population = { readonly kind: 'programme'; readonly programme: ProgrammeId } | { readonly kind: 'region' }

/** The released tables of one fact; `asOf` is the cut-off they stand at. */
export type Release = { readonly asOf: string; readonly tables: ReleasedTables }

export type Releases = {
  /** The latest release of each fact over a population; of a fact before its first cut-off there is none. */
  readonly latest: (population: Population, facts: readonly string[]) => Promise<ReadonlyMap<string, Release>>
  /** The latest release and the one before it: what moved between them is between two things this reader was shown. */
  readonly lastTwo: (population: Population, fact: string) => Promise<readonly Release[]>
  /** The release of a label, or the last before it: what was said then, whatever has been released since. */
  readonly at: (population: Population, fact: string, label: string) => Promise<Release | undefined>
}

/**
 * Turns the tallies of each cut-off into released tables, each release knowing the one before it, and keeps what was
 * released. There is one chain of releases, of every programme by country; what a programme's own readers see is cut from
 * it: two releases of the same people, protected apart, could be laid against each other.
 */
export function releasesOf(database: Database): Releases {
  const made = new Map<string, Release>()
  const twoUpTo = async (
    transaction: Transaction,
    fact: string,
    asOfs: readonly AsOf[],
  ): Promise<readonly Release[]> => {
    const path: string[] = []
    const state: { last?: Release; before?: Release } = {}
    for (const asOf of asOfs) {
      path.push(`${asOf.label}=${asOf.cuts.map((cut) => `${cut.programme} ${cut.label}`).join(',')}`)
      const key = `${fact}|${path.join('|')}`
      const release =
        made.get(key) ??
        (await findStored(transaction, fact, key)) ??
        (await keep(
          transaction,
          key,
          await releaseAt(
            transaction,
            fact,
            asOf,
            await beforeOf(transaction, fact, asOfs.slice(0, path.length - 1), state.last),
          ),
        ))
      made.set(key, release)
      if (state.last) state.before = state.last
      state.last = release
    }
    return [state.before ?? [], state.last ?? []].flat()
  }
  const twoOfEach = (population: Population, facts: readonly string[], label?: string) =>
    database.asPublisher(async (transaction) => {
      const asOfs = upTo(label, await cutOffsOf(transaction))
      const country = population.kind === 'region' ? undefined : await countryOf(transaction, population.programme)
      const two = new Map<string, readonly Release[]>()
      for (const fact of facts) {
        const whole = await twoUpTo(transaction, fact, asOfs)
        two.set(fact, country === undefined ? whole : whole.map((release) => cutFrom(release, country)))
      }
      return two
    })
  return {
    lastTwo: async (population, fact) => (await twoOfEach(population, [fact])).get(fact) ?? [],
    latest: async (population, facts) => {
      const two = [...(await twoOfEach(population, facts))]
      return new Map(two.flatMap(([fact, releases]) => releases.slice(-1).map((last) => [fact, last] as const)))
    },
    at: async (population, fact, label) => (await twoOfEach(population, [fact], label)).get(fact)?.at(-1),
  }
}

/** A release knows those before it: the chain is cut off at its end, never in between. */
const upTo = (label: string | undefined, all: readonly AsOf[]): readonly AsOf[] =>
  label === undefined ? all : all.slice(0, all.findLastIndex((each) => each.label <= label) + 1)

async function findStored(transaction: Transaction, fact: string, path: string): Promise<Release | undefined> {
  const [row] = await transaction.query<{ as_of: string; tables: ReleasedTables }>(
    'stored release',
    'select as_of, tables from lentera.release where fact = $1 and path = $2',
    [fact, path],
  )
  return row && { asOf: row.as_of, tables: readReleased(row.tables) }
}

/** Keeps a release; where another request kept it a moment earlier, that one stands. */
async function keep(transaction: Transaction, path: string, release: Release): Promise<Release> {
  const { fact } = release.tables
  await transaction.query(
    'store release',
    `insert into lentera.release (fact, as_of, path, released_at, tables) values ($1, $2, $3, now(), $4)
     on conflict (fact, path) do nothing`,
    [fact, release.asOf, path, JSON.stringify(release.tables)],
  )
  return (await findStored(transaction, fact, path)) ?? release
}

/** Of a release by country, one country's cells, as if it were all. Nothing is shown that the whole does not show. */
function cutFrom({ asOf, tables }: Release, country: string): Release {
  const cells = tables.cells.flatMap(({ cell, ...rest }) => {
    const { country: of, ...dimensions } = cell.dimensions
    return of === country ? [{ ...rest, cell: { ...cell, dimensions } }] : []
  })
  return { asOf, tables: readReleased({ ...tables, cells }) }
}

async function countryOf(transaction: Transaction, programme: ProgrammeId): Promise<string> {
  const [row] = await transaction.query<{ country: Country | null }>(
    'country of a programme',
    'select country from lentera.programme where programme = $1',
    [programme],
  )
  return row?.country ?? 'unknown'
}

// ---------------------------------------------------------------- which cut-offs

type Cut = {
  readonly programme: ProgrammeId
  readonly country: Country | null
  readonly label: string
  /** Those that members of the programme have or had; none of a cut-off made before they were noted. */
  readonly roles: readonly Role[]
}
type AsOf = { readonly label: string; readonly cuts: readonly Cut[] }

/** For each label, the latest cut-off of every programme up to it. */
async function cutOffsOf(transaction: Transaction): Promise<AsOf[]> {
  const rows = await transaction.query<Cut>(
    'cut-offs',
    `select cut_off.programme, programme.country, cut_off.label, cut_off.roles from lentera.cut_off
     join lentera.programme on programme.programme = cut_off.programme
     order by cut_off.made_at, cut_off.label`,
  )
  const latest = new Map<ProgrammeId, Cut>()
  const asOf: AsOf[] = []
  for (const cut of rows) {
    latest.set(cut.programme, cut)
    const last = asOf.at(-1)
    const now = { label: cut.label, cuts: [...latest.values()] }
    // Programmes cut at one label stand in one release, whichever of them was cut first.
    if (last?.label === cut.label) asOf.splice(-1, 1, now)
    else asOf.push(now)
  }
  return asOf
}

// ---------------------------------------------------------------- one release

async function releaseAt(
  transaction: Transaction,
  fact: string,
  asOf: AsOf,
  before: Before | undefined,
): Promise<Release> {
  const kept = releasedBreakdowns(fact)
  const released = releaseTables(
    {
      fact,
      asOf: asOf.label,
      cells: await countedAt(transaction, fact, asOf),
      breakdowns: [...kept, ...kept.map((names) => ['country', ...names])],
      dimensions: { ...dimensions, country: { parts: 'exclusive', values: countriesOf(asOf, fact) } },
    },
    before,
  )
  if (!released.ok) throw new Error(`a release was refused: ${released.refusal.code}`)
  return { asOf: asOf.label, tables: released.value }
}

/** The release before, with the counts it stands on taken once more from those cut-offs before that it and its cells name. */
async function beforeOf(
  transaction: Transaction,
  fact: string,
  asOfs: readonly AsOf[],
  last: Release | undefined,
): Promise<Before | undefined> {
  if (!last) return undefined
  const { tables: release } = last
  const named = new Set([release.asOf, ...release.cells.map((cell) => cell.asOf)])
  const counted: Before['counted'][number][] = []
  for (const asOf of asOfs)
    if (named.has(asOf.label)) counted.push({ asOf: asOf.label, cells: await countedAt(transaction, fact, asOf) })
  return { release, counted }
}

async function countedAt(transaction: Transaction, fact: string, { cuts }: AsOf): Promise<TablesInput['cells']> {
  const cells = new Map<string, { cell: Cell; count: Count }>()
  for (const cut of cuts) {
    for (const row of await talliesAt(transaction, cut, fact)) {
      if (!isReleased(row)) continue
      const count: Count = {
        persons: { low: Number(row.persons_low), high: Number(row.persons_high) },
        contacts: Number(row.contacts),
      }
      const cell: Cell = { fact, period: row.period, scope: 'programme', dimensions: row.dimensions }
      addTo(cells, cell, count)
      // Person keys are a programme's own: someone registered in two countries counts in both.
      addTo(cells, { ...cell, dimensions: { ...row.dimensions, country: cut.country ?? 'unknown' } }, count)
    }
  }
  return [...cells.values()]
}

/**
 * The parts of each breakdown. A woman may have several services, courses and grants, and be followed up more than once, and agree to several uses of
 * a story; a criminal case reaches several stages, and one accused may be sentenced to several terms; of the others each has one value.
 */
const dimensions: Readonly<Record<string, Dimension>> = {
  sex: { parts: 'exclusive', values: [...Sex.options, unsettled] },
  age: { parts: 'exclusive', values: [...AgeGroup.options, unsettled] },
  form: { parts: 'exclusive', values: [...Form.options, unsettled] },
  service: { parts: 'overlapping', values: [...Service.options, unsettled] },
  course: { parts: 'overlapping', values: [...Course.options, unsettled] },
  grant: { parts: 'overlapping', values: [...GrantKind.options, unsettled] },
  use: { parts: 'overlapping', values: [...Use.options, unsettled] },
  language: { parts: 'exclusive', values: [...ProgrammeLanguage.options, unsettled] },
  stage: { parts: 'overlapping', values: [...Stage.options, unsettled] },
  verdict: { parts: 'exclusive', values: [...Standing.options, unsettled] },
  years: { parts: 'overlapping', values: [...terms, unsettled] },
  compensation: { parts: 'overlapping', values: [...Compensation.options, unsettled] },
  running: { parts: 'overlapping', values: [...Running.options, unsettled] },
}

/**
 * The countries that a table about this fact has rows for: those in which somebody does, or ever did, the work it tells of.
 * That nobody does is known to all and says nothing of a survivor. A regional office holds what belongs to no country.
 */
function countriesOf({ cuts }: AsOf, fact: string): string[] {
  const workers = new Set(indicators.flatMap((each) => (each.fact === fact ? (each.workers ?? []) : [])))
  const isDone = ({ roles }: Cut): boolean => roles.length === 0 || roles.some((role) => workers.has(role))
  return [...new Set(cuts.filter(isDone).flatMap((cut) => cut.country ?? []))].sort()
}

/**
 * What is released of survivors: one dimension at a time, each by country too; years and the whole, no quarters and no phases
 * (a phase beside the years it lies across is two counts to subtract). Every further table is another way to work a small cell out, and is paid for with larger ones: with quarters and crossed
 * tables, of a programme of eighty not even the total could stay.
 */
function releasedBreakdowns(fact: string): readonly (readonly string[])[] {
  const kept = indicators.find((indicator) => indicator.fact === fact)?.breakdowns ?? [[]]
  return kept.filter((by) => by.length <= 1)
}

const isReleased = ({ period, dimensions }: Tally): boolean =>
  isReleasedPeriod(period) && Object.keys(dimensions).length <= 1

/** Named one by one: a kind of period that comes later is not released because nobody thought of it here. */
export const isReleasedPeriod = (period: string): boolean => period === 'all' || /^\d{4}$/.test(period)

type Tally = {
  readonly period: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly persons_low: string
  readonly persons_high: string
  readonly contacts: string
}

function talliesAt(transaction: Transaction, cut: Cut, fact: string): Promise<Tally[]> {
  return transaction.query<Tally>(
    'tallies of a release',
    `select period, dimensions, persons_low, persons_high, contacts from lentera.tally_at_cut_off
     where programme = $1 and label = $2 and fact = $3 and scope = 'programme' order by name`,
    [cut.programme, cut.label, fact],
  )
}

function addTo(cells: Map<string, { cell: Cell; count: Count }>, cell: Cell, count: Count): void {
  const name = JSON.stringify([cell.period, Object.entries(cell.dimensions).sort()])
  const known = cells.get(name)?.count ?? { persons: exactly(0), contacts: 0 }
  cells.set(name, {
    cell,
    count: { persons: add(known.persons, count.persons), contacts: known.contacts + count.contacts },
  })
}
