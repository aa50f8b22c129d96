import type { Figure } from '@lentera/core/results/figure'
import { Agency } from '@lentera/core/shared/agencies'
import { CivilDate } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import {
  correctRank,
  describeHeadcount,
  markHeadcountInError,
  type TakeHeadcount,
  takeHeadcount,
} from '@lentera/core/workforce/capture'
import { projectHeadcount } from '@lentera/core/workforce/project'
import { Place } from '@lentera/core/workforce/words'
import { randomBytes } from '@lentera/sealed/open'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundOrganisation, get } from '../../../tools/device/found.ts'
import { found, join, today, until, type Worker } from '../../../tools/device/world.ts'
import { foundOrganisation as foundOnServer } from '../../log/found.ts'
import { migrate } from '../../migrations/migrate.ts'
import { catchUp } from '../../projections/catch-up.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { Opened } from './opening.ts'

/** Two focal points of two agencies in one programme, and a manager beside them: whose numbers go how far. */
let running: Running
let police: Worker
let customs: Worker
let manager: Worker
type Reader = Worker | 'manager' | 'region'
const tokens = new Map<Reader, string>()
const places = new Map<Worker, Parameters<typeof join>[1]>()

beforeAll(async () => {
  running = await runServer()
  const shelter = await found(running.database, 'Shelter')
  manager = await join(running.database, shelter, ['manager'], 'Manager')
  places.set(manager, shelter)
  const worker = async (name: string): Promise<Worker> => {
    const place = await found(running.database, name, shelter.organisation)
    const made = await join(running.database, place, ['focal-point'], name)
    places.set(made, place)
    tokens.set(made, await signIn(running, made.viewer.programme, made.viewer.member))
    return made
  }
  police = await worker('Police')
  customs = await worker('Customs')
  tokens.set('manager', await signIn(running, manager.viewer.programme, manager.viewer.member))
})

afterAll(async () => {
  await running.stop()
})

async function take(by: Worker, change: Partial<TakeHeadcount>): Promise<StreamId> {
  const stream = StreamId.parse(randomUuid(randomBytes(16)))
  const organisation = places.get(by)?.organisation.organisation
  if (!organisation) throw new Error('she has an organisation')
  const command: TakeHeadcount = {
    stream,
    organisation,
    on: today,
    country: 'KH',
    agency: 'police',
    unit: 'all',
    place: 'national',
    counted: 'sworn',
    trust: 'records',
    source: 'Invented',
    rows: [{ rank: 'line', women: 60, men: 940, unrecorded: 0 }],
    ...change,
  }
  await by.device.write(get(takeHeadcount(command, today)))
  return stream
}

async function send(by: Worker): Promise<void> {
  expect(await by.device.push(by.door)).toEqual([])
}

async function share(of: Reader, period = 'all', named = 'women-share-by-place'): Promise<Figure> {
  const token = tokens.get(of)
  const { body } = await ask<{ figures: Figure[] }>(running.server.desk, `GET /api/figures?period=${period}`, { token })
  const figure = body.figures.find(({ key }) => key === named)
  if (!figure) throw new Error('the share is open to everyone of the programme')
  return figure
}

const open = (of: Reader, part: Record<string, string> = {}, key = 'women-share-by-place') =>
  ask<Opened>(running.server.desk, 'POST /api/figures/open', {
    token: tokens.get(of),
    body: { key, scope: 'open', period: 'all', part },
  })

const partsBy = (figure: Figure, by: string) => figure.breakdowns.find((each) => each.by.join() === by)?.parts ?? []
const ratio = (numerator: number, denominator: number, tenths: number) => ({
  kind: 'ratio',
  numerator: { low: numerator, high: numerator },
  denominator: { low: denominator, high: denominator },
  percentTenths: { low: tenths, high: tenths },
})

describe('the share of women by place', () => {
  it('is nothing before anyone counted, and nobody but a focal point counts', async () => {
    expect((await share('manager')).value).toEqual({ kind: 'none', why: 'nothing-recorded' })
    await take(manager, {})
    expect((await manager.device.push(manager.door)).length).toBeGreaterThan(0)
    expect((await share('manager')).value).toEqual({ kind: 'none', why: 'nothing-recorded' })
    await take(police, {})
    await send(police)
    expect((await share('manager')).value).toMatchObject(ratio(60, 1000, 60))
  })

  it('of fewer than five women, and every sum with them, stays in the agency, also when it is opened', async () => {
    await take(customs, {
      agency: 'customs',
      place: 'border-crossing',
      rows: [{ rank: 'line', women: 3, men: 37, unrecorded: 0 }],
    })
    await take(customs, { agency: 'customs', rows: [{ rank: 'line', women: 41, men: 333, unrecorded: 0 }] })
    await send(customs)
    for (const reader of ['manager', police, customs] as const) {
      const figure = await share(reader)
      expect(figure.value).toMatchObject(ratio(101, 1374, 74))
      expect(partsBy(figure, 'place')).toEqual([
        { key: { place: 'border-crossing' }, value: { kind: 'protected', rule: 'fewer-than-five' } },
        { key: { place: 'national' }, value: expect.objectContaining(ratio(101, 1374, 74)) },
      ])
    }
    const outside = await open('manager', { place: 'border-crossing' })
    expect(outside.body).toEqual({ opening: 'entries', entries: [], elsewhere: 1, since: null })
    const inside = await open(customs, { place: 'border-crossing' })
    expect(inside.body.opening === 'entries' && inside.body.entries.map(({ amount }) => amount)).toEqual([3, 37])
  })

  it('is in a regional office of every country, as of its cut-off, and as protected', async () => {
    expect(await makeCutOff(running.database, police.viewer.programme, '2026-11-20')).toBe(true)
    tokens.set('region', await signInRegion())
    const figure = await share('region')
    expect(figure).toMatchObject({ asOf: '2026-11-20', opensTo: 'groups', value: ratio(101, 1374, 74) })
    expect(partsBy(figure, 'country').map(({ key }) => key)).toEqual([{ country: 'KH' }])
    expect(partsBy(figure, 'country,place').map(({ value }) => value.kind)).toEqual(['protected', 'ratio'])
    // It opens to whose officers they are, no finer than its board tells them, and to nobody's rows.
    const { status, body } = await open('region')
    expect([status, body]).toEqual([
      200,
      {
        opening: 'groups',
        groups: [{ key: { country: 'KH' }, value: expect.objectContaining(ratio(101, 1374, 74)) }],
        asOf: '2026-11-20',
        why: 'rows-are-the-countries',
        since: null,
      },
    ])
    const small = (await open('region', { place: 'border-crossing' })).body
    expect(small.opening === 'groups' && small.groups.map(({ value }) => value.kind)).toEqual(
      small.opening === 'groups' && small.groups.map(() => 'protected'),
    )
    expect(small.opening === 'groups' && small.groups.length).toBeGreaterThan(0)
  })

  it('of an agency that two organisations counted apart is the interval between them, and the rows of the newest only', async () => {
    await take(police, { on: CivilDate.parse('2025'), rows: [{ rank: 'line', women: 900, men: 100, unrecorded: 0 }] })
    await take(customs, {
      source: 'A newspaper (invented)',
      rows: [{ rank: 'line', women: 90, men: 910, unrecorded: 0 }],
    })
    for (const worker of [police, customs]) await send(worker)
    const parts = partsBy(await share('manager'), 'agency,place')
    expect(parts.find(({ key }) => key.agency === 'police')?.value).toMatchObject({
      numerator: { low: 60, high: 90 },
      percentTenths: { low: 60, high: 90 },
    })
    const { body } = await open(police, { agency: 'police', place: 'national' })
    expect(body.opening === 'entries' && body.entries.map(({ amount }) => amount)).toEqual([60, 940])
    expect(body.opening === 'entries' && body.elsewhere).toBe(1)
    expect((await share('manager', '2025')).value).toMatchObject(ratio(900, 1000, 900))
  })

  it('equals an independent count in plain SQL while headcounts are taken, corrected, withdrawn and sent twice', async () => {
    const streams: StreamId[] = []
    const step = async (what: number, n: number): Promise<void> => {
      const stream = streams[n % Math.max(1, streams.length)]
      const headcount = stream && projectHeadcount(police.device.state(stream))
      const row = headcount?.rows[n % headcount.rows.length]
      const place = Place.options[n % 3] ?? 'national'
      if (what < 4 || !stream || !headcount || !row) {
        const counts = { women: n % 40, men: 5 + ((n * 7) % 400), unrecorded: n % 3 }
        const on = CivilDate.parse(['2026', '2026-05', `2026-0${1 + (n % 9)}-0${1 + (n % 4)}`][n % 3])
        const agency = Agency.options[2 + (n % 3)] ?? 'other'
        const rows = [
          { rank: 'line', ...counts },
          { rank: 'command', ...counts },
        ] as const
        streams.push(await take(police, { on, agency, place, rows }))
      } else if (what === 4)
        await police.device.write(get(correctRank(stream, headcount, row.record, { women: 6 + n })))
      else if (what === 5)
        await police.device.write(get(markHeadcountInError(stream, headcount, row.record, !row.enteredInError)))
      else if (what === 6)
        await police.device.write(
          get(markHeadcountInError(stream, headcount, headcount.opening, !headcount.enteredInError)),
        )
      else await police.device.write(get(describeHeadcount(stream, headcount, { place })))
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(7), fc.nat(200)), { minLength: 5, maxLength: 20 }),
        fc.boolean(),
        async (steps, sendTwice) => {
          for (const [what, n] of steps) await step(what, n)
          for (let batch = await police.device.nextBatch(30); batch; batch = await police.device.nextBatch(30)) {
            const reply = await police.door(batch)
            if (sendTwice) await police.door(batch)
            expect(police.device.placed(batch, reply)).toEqual([])
          }
          const figure = await share('manager')
          const counted = await countInSql()
          expect(partsBy(figure, 'agency,place').map(({ key, value }) => ({ ...key, value }))).toEqual(counted)
          for (const place of Place.options) {
            const of = counted.filter((each) => each.place === place).map(({ value }) => value)
            const shown = partsBy(figure, 'place').find(({ key }) => key.place === place)?.value
            const women = of.map((value) => ('numerator' in value ? value.numerator.low : undefined))
            if (of.length === 0) expect(shown).toBeUndefined()
            else if (women.includes(undefined)) expect(shown?.kind).toBe('protected')
            else
              expect(shown?.kind === 'ratio' && shown.numerator.low).toBe(
                women.reduce<number>((a, b) => a + (b ?? 0), 0),
              )
          }
        },
      ),
      { numRuns: 25, seed: 20261128, endOnFailure: true },
    )
  })
})

describe('the share of women by rank', () => {
  const byRank = 'women-share-by-rank'
  const command = (women: number) => ({ rank: 'command', women, men: 60, unrecorded: 0 }) as const
  const line = { rank: 'line', women: 50, men: 700, unrecorded: 0 } as const
  const ranksOf = async (agency: string) =>
    partsBy(await share('manager', 'all', byRank), 'agency,rank').flatMap(({ key, value }) =>
      key.agency === agency ? [[key.rank, value]] : [],
    )
  const kept = expect.objectContaining({ kind: 'protected' })

  it('of a rank of fewer than five women stays in the agency with all its ranks; the whole is shown', async () => {
    await take(police, { agency: 'military', rows: [command(4), line] })
    await send(police)
    expect(await ranksOf('military')).toEqual([
      ['all', expect.objectContaining(ratio(54, 814, 66))],
      ['command', kept],
      ['line', kept],
    ])
    const outside = await open('manager', { agency: 'military', rank: 'line' }, byRank)
    expect(outside.body).toEqual({ opening: 'entries', entries: [], elsewhere: 1, since: null })
  })

  it('is that of whole agencies, and opens in her own agency to the rows of that rank', async () => {
    await take(customs, { agency: 'other', rows: [command(14), line] })
    await take(customs, { agency: 'other', place: 'border-crossing', rows: [command(40)] })
    await send(customs)
    expect(await ranksOf('other')).toEqual([
      ['all', expect.objectContaining(ratio(64, 824, 78))],
      ['command', expect.objectContaining(ratio(14, 74, 189))],
      ['line', expect.objectContaining(ratio(50, 750, 67))],
    ])
    // What one agency keeps could be taken from a sum with it.
    expect(
      partsBy(await share('manager', 'all', byRank), 'rank').find(({ key }) => key.rank === 'line')?.value,
    ).toEqual(kept)
    const { body } = await open(customs, { agency: 'other', rank: 'command' }, byRank)
    expect(body.opening === 'entries' && body.entries.map(({ amount }) => amount)).toEqual([14, 60])
  })

  it('counts again what an earlier version tallied without ranks', async () => {
    const before = await Promise.all([share('manager', 'all', byRank), share('manager')])
    await running.database.asOwner(async (transaction) => {
      for (const [name, sql] of [
        [
          'forget',
          `delete from lentera.tally where fact = 'workforce.officers-counted' and dimensions ->> 'rank' <> 'line'`,
        ],
        [
          'without ranks',
          `update lentera.tally set dimensions = dimensions - 'rank' where fact = 'workforce.officers-counted'`,
        ],
        ['not applied', `delete from public.lentera_migration where file = '0010-headcounts-by-rank.sql'`],
      ] as const)
        await transaction.query(name, sql)
    })
    expect((await ranksOf('other')).map(([rank]) => rank)).toEqual(['all', 'unknown'])
    expect(await migrate(running.ownerUrl)).toEqual(['0010-headcounts-by-rank.sql'])
    expect(await catchUp(running.database)).toBeGreaterThan(10)
    const after = await Promise.all([share('manager', 'all', byRank), share('manager')])
    for (const [i, figure] of after.entries())
      expect({ ...figure, countedAt: '' }).toEqual({ ...before[i], countedAt: '' })
  })
})

/** A regional office is a programme without a country. */
async function signInRegion(): Promise<string> {
  const { organisation, device } = await foundOrganisation(
    {
      programme: { name: 'Regional office', country: null, zone: 'Asia/Bangkok', demonstration: true },
      country: null,
      name: 'Regional office',
      teams: [],
      today,
      until,
    },
    () => randomBytes,
    'region',
  )
  const batch = await device.nextBatch()
  if (!batch) throw new Error('a founding has entries')
  expect(device.placed(batch, await foundOnServer(running.database, batch))).toEqual([])
  return signIn(running, organisation.programme, organisation.administrator.member)
}

/** Straight from the texts of the entries: the newest day of each agency and place, each source with its own numbers. */
async function countInSql() {
  const rows = await running.database.asOwner((transaction) =>
    transaction.query<{
      agency: string
      place: string
      since: string
      isNewest: boolean
      first: string
      nums: number[]
      alls: number[]
    }>(
      'independent count of stocks',
      `with said as (
         select number, stream, id, kind, text::jsonb as entry from lentera.entry where kind like 'workforce.%'
       ),
       gone as (
         select distinct on (stream, entry -> 'coded' ->> 'record') stream, entry -> 'coded' ->> 'record' as record,
           (entry -> 'coded' ->> 'enteredInError')::boolean as gone
         from said where kind = 'workforce.headcount-in-error' order by 1, 2, number desc
       ),
       headcount as (
         select made.stream, made.id::text as source, made.entry ->> 'on' as day,
           rpad(made.entry ->> 'on', 10, '-01') as since, made.entry -> 'coded' ->> 'agency' as agency,
           coalesce((select d.entry -> 'coded' ->> 'place' from said d
             where d.stream = made.stream and d.kind = 'workforce.headcount-described' and d.entry -> 'coded' ? 'place'
             order by d.number desc limit 1), made.entry -> 'coded' ->> 'place') as place
         from said made where made.kind = 'workforce.headcount-taken'
           and not exists (select from gone where gone.stream = made.stream and record = made.id::text and gone)
       ),
       counted as (
         select made.stream, field, coalesce((select (c.entry -> 'coded' ->> field)::int from said c
             where c.kind = 'workforce.rank-corrected' and c.entry -> 'coded' ->> 'record' = made.id::text
               and c.entry -> 'coded' ? field order by c.number desc limit 1),
             (made.entry -> 'coded' ->> field)::int) as n
         from said made, unnest(array['women', 'men', 'unrecorded']) as field where made.kind = 'workforce.rank-counted'
           and not exists (select from gone where gone.stream = made.stream and record = made.id::text and gone)
       ),
       source as (
         select agency, place, day, since, source, sum(n) filter (where field = 'women') as part, sum(n) as whole
         from headcount join counted using (stream) group by 1, 2, 3, 4, 5 having sum(n) > 0
       ),
       newest as (
         select *, max(since) over (partition by agency, place) as last from source
       )
       select agency, place, since, since = last as "isNewest", min(day) as first,
         array_agg(part::int order by part, whole) as nums, array_agg(whole::int order by part, whole) as alls
       from newest group by agency, place, since, last order by agency collate "C", place collate "C"`,
    ),
  )
  const isSmall = ({ nums, alls }: (typeof rows)[number]): boolean =>
    nums.some((n, i) => n < 5 || (alls[i] ?? 0) - n < 5)
  /** In some period, from a first day to a last, it stands beside few, or it and all beside it, or it alone, leave few. */
  const isTouchedAmong = (some: typeof rows, row: (typeof rows)[number]): boolean => {
    const family = some.filter(({ agency }) => agency === row.agency)
    const days = family.map(({ since }) => since)
    return days.some((from) =>
      days.some((to) => {
        const within = family.filter(({ since }) => since >= from && since <= to)
        const shown = within.filter(
          (each) => !within.some(({ place, since }) => place === each.place && since > each.since),
        )
        const parts = shown.filter(({ place }) => place !== 'national')
        if (!parts.includes(row)) return false
        const whole = shown.find(({ place }) => place === 'national')
        return parts.some(isSmall) || (whole !== undefined && (leavesFew(whole, [row]) || leavesFew(whole, parts)))
      }),
    )
  }
  /** When it was counted nothing newer was there: then it was shown or not. */
  const wasInside = (row: (typeof rows)[number]): boolean =>
    isSmall(row) ||
    (row.place !== 'national' &&
      isTouchedAmong(
        rows.filter(({ since }) => since <= row.since),
        row,
      ))
  return rows
    .filter(({ isNewest }) => isNewest)
    .map((row) => {
      const { agency, place } = row
      const { nums, alls } = standing(
        rows.filter((each) => each.agency === agency && each.place === place && each.since <= row.since),
        wasInside,
      )
      const tenths = nums.map((n, i) => Math.round((1000 * n) / (alls[i] ?? 1)))
      const isInside = isSmall(row) || (place !== 'national' && isTouchedAmong(rows, row))
      const value = isInside
        ? { kind: 'protected', rule: row.nums.some((n) => n < 5) ? 'fewer-than-five' : 'complement' }
        : {
            kind: 'ratio',
            numerator: { low: Math.min(...nums), high: Math.max(...nums) },
            denominator: { low: Math.min(...alls), high: Math.max(...alls) },
            percentTenths: { low: Math.min(...tenths), high: Math.max(...tenths) },
            on: expect.anything(),
          }
      return { agency, place, value }
    })
}

/** The last of some days as it is told: women and others as they were told before, of the same day too, where less than five away. */
function standing<Row extends Counts & { readonly since: string }>(
  days: readonly Row[],
  wasInside: (row: Row) => boolean,
): Counts {
  const told: { readonly women: number[]; readonly others: number[] } = { women: [], others: [] }
  const tell = (before: number[], counts: readonly number[]): readonly number[] => {
    const as = new Map<number, number>()
    for (const n of counts.toSorted((a, b) => a - b)) {
      const [nearest] = before
        .map((b, i) => ({ b, i, away: Math.abs(b - n) }))
        .filter(({ away }) => away < 5)
        .sort((x, y) => x.away - y.away || y.i - x.i)
      as.set(n, nearest?.b ?? n)
      if (!nearest) before.push(n)
    }
    return counts.map((n) => as.get(n) ?? n)
  }
  let last: Counts = { nums: [], alls: [] }
  for (const day of days.toSorted((a, b) => (a.since < b.since ? -1 : 1))) {
    last = day
    if (wasInside(day)) continue
    const women = tell(told.women, day.nums)
    const others = tell(
      told.others,
      day.nums.map((n, i) => (day.alls[i] ?? 0) - n),
    )
    last = { nums: women, alls: women.map((n, i) => n + (others[i] ?? 0)) }
  }
  return last
}

type Counts = { readonly nums: readonly number[]; readonly alls: readonly number[] }

/** By some choice of one source each, the parts leave one to four women, or others, of the whole, or none of one of them. */
function leavesFew(whole: Counts, parts: readonly Counts[]): boolean {
  const choose = ([first, ...others]: readonly Counts[]): (readonly [women: number, all: number])[] =>
    first === undefined
      ? [[0, 0]]
      : choose(others).flatMap(([women, all]) =>
          first.nums.map((n, i) => [women + n, all + (first.alls[i] ?? 0)] as const),
        )
  return whole.nums.some((women, i) =>
    choose(parts).some(([taken, all]) => {
      const [left, others] = [women - taken, (whole.alls[i] ?? 0) - women - (all - taken)]
      return left >= 0 && others >= 0 && left + others > 0 && Math.min(left, others) < 5
    }),
  )
}
