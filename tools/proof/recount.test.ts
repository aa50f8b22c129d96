import { readFileSync } from 'node:fs'
import { Entry } from '@lentera/core/log/entry'
import { Phase } from '@lentera/core/plan/words'
import type { Figure, FigureValue } from '@lentera/core/results/figure'
import { breakdowns, type Indicator, indicators } from '@lentera/core/results/indicators'
import type { StreamId } from '@lentera/core/shared/ids'
import { type Database, openPool } from '@lentera/server/database'
import { figuresFor } from '@lentera/server/figures'
import { openFigure } from '@lentera/server/opening'
import { project } from '@lentera/server/projections/project'
import { releasesOf } from '@lentera/server/releases'
import type { Audience, Viewer } from '@lentera/server/viewer'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { found, join, type Place } from '../device/world.ts'
import { expectedBetween, newestReleases } from './recount/bands.ts'
import { type Desk, newWorld, step, type World } from './recount/histories.ts'
import { expectedShare, isWhole, type StockRow } from './recount/newest.ts'
import { type Cell, expected, nameOf, recounts } from './recount/recounts.ts'

/**
 * Every figure of the list of indicators against a count in plain SQL over the texts of the entries (`recount/*.sql`), which
 * knows nothing of folds, contributions or tallies: while three devices that hear of each other now and then write in every
 * room, and entries are dropped, held back, repeated and corrected. No field is left out: where two answers stand beside
 * each other SQL finds them by the parents that each entry names.
 */
let test: TestDatabase
let alone: TestDatabase
let database: Database
let fresh: Database
let client: pg.Client
let world: World

/** Everyone may do everything: what is tried here is counting, not who may. */
const roles = ['caseworker', 'livelihoods-officer', 'trainer', 'focal-point', 'manager', 'steward'] as const

beforeAll(async () => {
  ;[test, alone] = await Promise.all([createTestDatabase(), createTestDatabase()])
  database = openPool(test.ownerUrl)
  fresh = openPool(alone.ownerUrl, 2)
  client = new pg.Client({ connectionString: test.ownerUrl })
  await client.connect()
  const shelter = await found(database, 'Shelter')
  const academy = await found(database, 'Academy', shelter.organisation)
  const desk = async (place: Place, label: string): Promise<Desk> => ({
    place,
    worker: await join(database, place, roles, label),
  })
  world = newWorld([await desk(shelter, 'Member 1'), await desk(shelter, 'Member 2'), await desk(academy, 'Member 3')])
  await copyProgramme()
})

afterAll(async () => {
  await client.end()
  await Promise.all([database.close(), fresh.close()])
  await Promise.all([test.drop(), alone.drop()])
})

const sourceOf = (of: Database) => ({ database: of, releases: releasesOf(of), evidence: new Map() })
const parts = ['what-stands', 'support', 'training', 'workforce', 'awareness', 'dissemination', 'count']
const recountInSql = parts.map((name) => readFileSync(new URL(`./recount/${name}.sql`, import.meta.url), 'utf8'))

const recountOf = ({ key }: Pick<Indicator, 'key'>) => {
  const recount = recounts[key]
  if (!recount) throw new Error(`${key} has no independent count`)
  return recount
}
/** Of each fact, under which name plain SQL counts it. */
const nameOfFact = new Map(
  indicators.flatMap((each) => (recounts[each.key] ? [[each.fact, recountOf(each).of] as const] : [])),
)

type Row = Cell & { readonly what: string; readonly period: string; readonly scope: string }

/** What plain SQL counts now: of each thing that happens, period and scope, the cells by their dimensions. */
type Counted = {
  readonly rows: readonly Row[]
  readonly stocks: readonly StockRow[]
  /** In which streams it happened, by what, period and scope. */
  readonly streams: ReadonlyMap<string, readonly StreamId[]>
  /** Fields in which answers stand beside each other: of what, and which. */
  readonly conflicts: readonly string[]
  readonly missing: number
}

async function recount(): Promise<Counted> {
  const asked = [...nameOfFact].flatMap(([fact, what]) =>
    (breakdowns.get(fact) ?? []).map((names) => ({ what, names })),
  )
  await client.query('begin')
  try {
    await client.query(recountInSql.slice(0, -1).join('\n'))
    await client.query('create temp table asked (what text, names text[]) on commit drop')
    await client.query(
      `insert into asked select what, array(select jsonb_array_elements_text(names))
       from jsonb_to_recordset($1::jsonb) as each (what text, names jsonb)`,
      [JSON.stringify(asked)],
    )
    await client.query(recountInSql.at(-1) ?? '')
    const { rows } = await client.query<Row>('select * from cell where contacts > 0 or high > 0')
    const { rows: said } = await client.query<{ conflicts: string[]; missing: number }>(
      `select array(
           select begun.kind || ' ' || field from head join begun using (audience, stream)
           group by audience, stream, begun.kind, record, field having count(distinct value) > 1
         ) as conflicts,
         (select count(*)::int from known child cross join jsonb_array_elements_text(parents) as parent
          where not exists (select from known where known.audience = child.audience and known.id = parent::uuid)) as missing`,
    )
    const { rows: stocks } = await client.query<StockRow>('select * from stock')
    const { rows: where } = await client.query<{ name: string; streams: StreamId[] }>(
      `select concat_ws(' ', what, period, scope) as name, array_agg(distinct stream) as streams
       from placed_in_time, unnest(array['organisation:' || organisation, 'team:' || team]) as scope
       where scope is not null group by 1`,
    )
    const streams = new Map(where.map((each) => [each.name, each.streams]))
    return { rows, stocks, streams, conflicts: said[0]?.conflicts ?? [], missing: said[0]?.missing ?? 0 }
  } finally {
    await client.query('rollback')
  }
}

const cellsOf = (rows: readonly Row[], what: string, period: string, scope: string): ReadonlyMap<string, Cell> =>
  new Map(
    rows
      .filter((row) => row.what === what && row.period === period && row.scope === scope)
      .map((row) => [nameOf(row.dims), row]),
  )

/** Every cell as one line, so that what differs is seen at once. */
const asLines = (rows: readonly Row[]): string[] =>
  rows
    .map(
      ({ what, period, scope, dims, low, high, contacts }) =>
        `${what} ${period} ${scope} ${nameOf(dims)}: ${low}-${high} persons, ${contacts} times`,
    )
    .sort()

async function tallied(): Promise<string[]> {
  const rows = await database.asOwner((transaction) =>
    transaction.query<Omit<Row, 'what'> & { fact: string }>(
      'tallies to compare',
      `select fact, period, scope, dimensions as dims, persons_low::int as low, persons_high::int as high, contacts::int as contacts
       from lentera.tally where contacts > 0 or persons_high > 0`,
    ),
  )
  return asLines(
    rows.flatMap(({ fact, ...row }) => {
      const what = nameOfFact.get(fact)
      return what ? [{ ...row, what }] : []
    }),
  )
}

// ---------------------------------------------------------------- what a viewer sees

function viewerAt(n: number): Viewer {
  const desk = world.desks[n % world.desks.length]
  if (!desk) throw new Error('somebody looks')
  return desk.worker.viewer
}

const phases: ReadonlySet<string> = new Set(Phase.options)
const periods = ['all', 'japan-1', '2025', '2026', 'japan-2', '2025-Q4', '2026-Q1', 'canada-3']

/** Without what is no count: the interval that a sample leaves open, the days of headcounts, by which rule it is protected. */
const shown = (value: FigureValue | undefined): object | null => {
  if (!value || value.kind === 'none') return null
  switch (value.kind) {
    case 'sample': {
      const { between: _, ...rest } = value
      return rest
    }
    case 'ratio': {
      const { on: _, ...rest } = value
      return rest
    }
    case 'protected':
      return { kind: value.kind }
    default:
      return value
  }
}

/** The figures of a viewer live: her own team's work, and what everyone of the programme sees. */
async function liveFigures(of: Database, viewer: Viewer, period: string): Promise<Map<string, Figure>> {
  const figures = await figuresFor(sourceOf(of), viewer, period)
  return new Map(
    figures.filter(({ scope }) => scope === 'open' || scope.startsWith('team:')).map((figure) => [figure.key, figure]),
  )
}

const scopeOf = ({ subject }: Indicator, viewer: Viewer): string =>
  subject === 'open' ? 'programme' : `team:${viewer.team}`

/** Lays one figure with all its breakdowns beside the recount of a scope. */
function compare(
  indicator: Indicator,
  figure: Figure | undefined,
  { rows, stocks: counted }: Counted,
  period: string,
  scope: string,
): void {
  const how = recountOf(indicator)
  const cells = cellsOf(rows, how.of, period, scope)
  const inPeriod = (of: string) =>
    counted.filter((row) => row.what === how.of && row.told === how.told && row.period === of)
  const stocks = inPeriod(period).filter(({ age }) => age === 1)
  const releases = how.band ? newestReleases(cells.values(), how.band) : []
  const keysOf = (by: readonly string[]): Key[] =>
    how.counts === 'bands'
      ? releases.map(({ agency }) => ({ agency }))
      : how.counts === 'newest'
        ? stocks.map(({ agency, told, part }) => ({ ...(by.length === 1 ? {} : { agency }), [told]: part }))
        : [...cells.values()]
            .map(({ dims }) => dims)
            .filter((dims) => Object.keys(dims).length === by.length && by.every((name) => name in dims))
  const expectedOf = (key: Key): object | null =>
    how.counts === 'bands'
      ? expectedBetween(releases.filter(({ agency }) => key.agency === undefined || key.agency === agency))
      : how.counts === 'newest'
        ? expectedShare(
            stocks,
            inPeriod('all'),
            (row) => {
              const { told, agency, part } = row
              const isPart = key[told] === undefined ? isWhole(row) : key[told] === part
              return isPart && (key.agency === undefined || key.agency === agency)
            },
            how.of === 'officers',
          )
        : expected(how, cells, key)
  const where = `${indicator.key} in ${period} of ${scope}`
  expect({ where, value: something(shown(figure?.value)) }).toEqual({ where, value: something(expectedOf({})) })
  for (const by of (indicator.latest?.by ?? indicator.breakdowns).filter((names) => names.length > 0)) {
    const found = figure?.breakdowns.find((each) => each.by.join() === by.join())?.parts ?? []
    const said = found.map(({ key, value }) => [nameOf(key), something(shown(value))] as const)
    const again = keysOf(by).map((key) => [nameOf(key), something(expectedOf(key))] as const)
    const where = `${indicator.key} by ${by.join(', ')} in ${period} of ${scope}`
    if (indicator.fewInside && by.includes(indicator.fewInside.by)) {
      // What stays inside has its own proof (`few-inside.test.ts`): what is told is as it was counted, of five or more, or of nobody.
      const told = found.filter(({ value }) => value.kind !== 'protected')
      for (const { key, value } of told)
        expect({ where, key, value: shown(value) }).toEqual({ where, key, value: expectedOf(key) })
      const few = told.filter(({ value }) => value.kind !== 'count' || (value.count.low > 0 && value.count.low < 5))
      expect({ where, few, quarters: /^(all|\d{4})$/.test(period) ? [] : found }).toEqual({
        where,
        few: [],
        quarters: [],
      })
      continue
    }
    expect({ where, parts: those(said) }).toEqual({ where, parts: those(again) })
  }
}

type Key = Readonly<Record<string, string>>

/** A figure of nobody and no figure are both nothing: what is left of a cell that nobody states any more. */
function something(value: object | null): object | null {
  const of = value && ('denominator' in value ? value.denominator : 'count' in value ? value.count : undefined)
  return JSON.stringify(of) === '{"low":0,"high":0}' ? null : value
}

const those = (parts: readonly (readonly [string, object | null])[]): Record<string, object> =>
  Object.fromEntries(parts.flatMap(([name, value]) => (value ? [[name, value]] : [])))

// ---------------------------------------------------------------- a figure from its entries alone

/** The second database knows the programme, and nothing that was written in it. */
async function copyProgramme(): Promise<void> {
  const { rows } = await client.query<{ row: object }>('select to_jsonb(each) as row from lentera.programme as each')
  await fresh.asOwner((transaction) =>
    transaction.query(
      'programme alone',
      'insert into lentera.programme select * from jsonb_populate_recordset(null::lentera.programme, $1::jsonb)',
      [JSON.stringify(rows.map(({ row }) => row))],
    ),
  )
}

/** Folds these streams alone in a database that has nothing else; with who is the same person, and when phases are. */
async function foldAlone(streams: readonly StreamId[], audiences: readonly Audience[], viewer: Viewer): Promise<void> {
  const { rows } = await client.query<{ audience: Audience; text: string; row: object }>(
    `select audience, text, to_jsonb(entry) as row from lentera.entry as entry
     where (stream = any($1::uuid[]) and audience = any($2::text[])) or kind = 'log.person-linked' or kind like 'plan.%' order by number`,
    [streams, audiences],
  )
  await fresh.asOwner(async (transaction) => {
    await transaction.query(
      'nothing else',
      'truncate lentera.entry, lentera.stream, lentera.contribution, lentera.tally, lentera.person_link, lentera.phase',
    )
    await transaction.query(
      'entries alone',
      'insert into lentera.entry select * from jsonb_populate_recordset(null::lentera.entry, $1::jsonb)',
      [JSON.stringify(rows.map(({ row }) => row))],
    )
    await project(
      transaction,
      viewer.programme,
      rows.map(({ audience, text }) => ({ audience, entry: Entry.parse(JSON.parse(text)) })),
    )
  })
}

// ---------------------------------------------------------------- the proof

describe('every indicator', () => {
  it('has an independent count in plain SQL, and there is none of an indicator that is not', () => {
    expect(Object.keys(recounts).sort()).toEqual(indicators.map(({ key }) => key).sort())
  })

  it('equals it in every cell and on every board, while entries are dropped, held back, repeated and corrected', async () => {
    let [compared, phased, missing, runs] = [0, 0, 0, 0]
    const [seen, conflicts] = [new Set<string>(), new Set<string>()]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 39 }), fc.nat()), { minLength: 380, maxLength: 460 }),
        fc.array(fc.constantFrom('all', 'twice', 'a part', 'held back'), { minLength: 3, maxLength: 3 }),
        async (steps, sending) => {
          for (const [what, seed] of steps) await step(world, what, seed)
          for (const [i, how] of sending.entries()) await send(world.desks[i], how)
          const counted = await recount()
          const lines = asLines(counted.rows)
          expect(await tallied()).toEqual(lines)
          compared += lines.length
          phased += counted.rows.filter(({ period }) => phases.has(period)).length
          for (const { key, of } of indicators.map((each) => ({ key: each.key, of: recountOf(each).of })))
            for (const { what, dims } of counted.rows)
              if (what === of) seen.add(`${key} by ${Object.keys(dims).sort().join(', ')}`)
          const who = viewerAt(runs)
          for (const period of ['all', ...periods.slice(1 + (runs % 4) * 2, 3 + (runs % 4) * 2)]) {
            const figures = await liveFigures(database, who, period)
            for (const indicator of indicators)
              compare(indicator, figures.get(indicator.key), counted, period, scopeOf(indicator, who))
          }
          runs += 1
          for (const field of counted.conflicts) conflicts.add(field)
          missing = Math.max(missing, counted.missing)
        },
      ),
      { numRuns: 12, seed: 20261128, endOnFailure: true },
    )
    const kept = indicators.flatMap(({ key, fact }) =>
      (breakdowns.get(fact) ?? []).map((names) => `${key} by ${[...names].sort().join(', ')}`),
    )
    expect(kept.filter((each) => !seen.has(each))).toEqual([])
    expect(Math.min(phased, conflicts.size, missing)).toBeGreaterThan(20)
    const total = [...world.done.values()].reduce((sum, each) => sum + each, 0)
    const shares = [...world.done]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, times]) => `${what} ${((100 * times) / total).toFixed(1)} %`)
    console.log(
      `${total} steps: ${shares.join(', ')}; ${compared} cells compared, ${phased} of them of phases, ${conflicts.size} kinds of field in conflict, at most ${missing} parents missing`,
    )
  })

  it('opens to entries that, folded alone, give the figure', async () => {
    const counted = await recount()
    let [opened, rowsOpened] = [0, 0]
    const dated = counted.rows.find(({ period }) => phases.has(period))?.period ?? 'all'
    const looks = [
      [1, 'all'],
      [2, '2026-Q1'],
      [1, dated],
    ] as const
    for (const [who, period] of looks) {
      const viewer = viewerAt(who)
      const figures = await liveFigures(database, viewer, period)
      for (const indicator of indicators) {
        const figure = figures.get(indicator.key)
        if (!figure || !something(shown(figure.value))) continue
        rowsOpened += await openAlone(indicator, figure, counted, viewer, period)
        opened += 1
      }
    }
    console.log(`${opened} figures opened, to ${rowsOpened} rows and records`)
    expect(opened).toBeGreaterThan(75)
  })
})

/** Opens one figure, folds what it opens to where nothing else is, and lays what comes out beside the recount. */
async function openAlone(
  indicator: Indicator,
  figure: Figure,
  counted: Counted,
  viewer: Viewer,
  period: string,
): Promise<number> {
  const where = { key: figure.key, scope: figure.scope, period, part: {} }
  const answer = await openFigure(sourceOf(database), viewer, where)
  if (!answer.ok) throw new Error(`${figure.key} does not open: ${answer.refusal.code}`)
  const { value } = answer
  if (value.opening === 'records') {
    const scope: Audience = `team:${viewer.team}`
    const behind = counted.streams.get(`${recountOf(indicator).of} ${period} ${scope}`) ?? []
    expect({ ...where, streams: value.streams.toSorted() }).toEqual({ ...where, streams: behind.toSorted() })
    await foldAlone(value.streams, [scope], viewer)
    compare(indicator, (await liveFigures(fresh, viewer, period)).get(indicator.key), counted, period, scope)
    return value.streams.length
  }
  if (value.opening !== 'entries') throw new Error(`${figure.key} opens to ${value.opening}`)
  const scope: Audience = `organisation:${viewer.organisation}`
  const how = recountOf(indicator)
  const amount = value.entries.reduce((sum, entry) => sum + entry.amount, 0)
  if (how.band) {
    const newest = newestReleases(cellsOf(counted.rows, how.of, period, 'programme').values(), how.band)
    const own = newest.filter(({ organisation }) => organisation === viewer.organisation)
    expect({ ...where, amount, elsewhere: value.elsewhere }).toEqual({
      ...where,
      amount: own.flatMap(({ part, whole }) => [...part, ...whole]).reduce((sum, end) => sum + end, 0),
      elsewhere: newest.length - own.length,
    })
    return value.entries.length
  }
  if (how.counts === 'newest') {
    const wholes = counted.stocks.filter(
      (row) => row.what === how.of && row.told === how.told && row.period === period && isWhole(row) && row.age === 1,
    )
    const own = wholes.filter(({ organisation }) => organisation === viewer.organisation)
    expect({ ...where, amount, elsewhere: value.elsewhere }).toEqual({
      ...where,
      amount: own.reduce((sum, { whole }) => sum + whole, 0),
      elsewhere: wholes.length - own.length,
    })
    return value.entries.length
  }
  const wanted = nameOf(how.as ? {} : (how.part ?? {}))
  const times = (of: string): number => cellsOf(counted.rows, how.of, period, of).get(wanted)?.contacts ?? 0
  expect({ ...where, amount, elsewhere: value.elsewhere }).toEqual({
    ...where,
    amount: times(scope),
    elsewhere: times('programme') - times(scope),
  })
  await foldAlone([...new Set(value.entries.map(({ stream }) => stream))], [scope], viewer)
  compare(indicator, (await liveFigures(fresh, viewer, period)).get(indicator.key), counted, period, scope)
  return value.entries.length
}

async function send(desk: Desk | undefined, how: string): Promise<void> {
  if (!desk) return
  world.done.set(`sent ${how}`, (world.done.get(`sent ${how}`) ?? 0) + 1)
  if (how === 'held back') return
  const { device, door } = desk.worker
  for (let batch = await device.nextBatch(30), sent = 0; batch; batch = await device.nextBatch(30), sent++) {
    if (how === 'a part' && sent === 2) return
    const reply = await door(batch)
    if (how === 'twice') await door(batch)
    expect(device.placed(batch, reply)).toEqual([])
  }
}
