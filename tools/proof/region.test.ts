import { publicationOfRecord } from '@lentera/core/results/publication-of-record'
import { supportFacts } from '@lentera/core/support/tally'
import { type Database, openPool } from '@lentera/server/database'
import { compareWithRecord } from '@lentera/server/publication'
import { releasesOf } from '@lentera/server/releases'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

/** The demonstration as `npm start` loads it, whole: what is counted over its records, and what plain SQL says of the same entries. */
let world: DemonstrationWorld
let database: Database
const seen: number[] = []

beforeAll(async () => {
  world = await openDemonstration({ size: 1, progress: (done, total) => seen.push(done / total) })
  database = openPool(world.databaseUrl, 2)
})

afterAll(async () => {
  await database.close()
  await world.close()
})

const sql = <Row extends object>(text: string): Promise<Row[]> =>
  database.asOwner((transaction) => transaction.query<Row>(`plain ${text.length}`, text))

const number = async (text: string): Promise<number> => Number((await sql<{ n: string }>(text))[0]?.n)

/** Entries of some rooms as they were signed, and the country of their programme. */
const saidIn = (...rooms: string[]): string => `said as (
  select entry.kind, entry.stream, entry.id, programme.country, text::jsonb -> 'coded' as coded
  from lentera.entry join lentera.programme using (programme)
  where ${rooms.map((room) => `kind like '${room}.%'`).join(' or ')}
)`

/** Of each registration the one woman whom it is counted as. */
const women = `${saidIn('support', 'livelihoods', 'log')},
  pair as (select coded ->> 'a' as a, coded ->> 'b' as b from said where kind = 'log.person-linked'),
  opened as (
    select stream, country, coded ->> 'person' as person, coded ->> 'organisation' as organisation
    from said
    where kind in ('support.case-opened', 'livelihoods.participant-registered')
      and coded ->> 'consentCounting' = 'given' and coded ->> 'sex' = 'female'
  ),
  woman as (
    select opened.*, coalesce(pair.a, person) as counted_as from opened left join pair on pair.b = opened.person
  )`

const byCountry = async (kind: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await sql<{ country: string; n: number }>(
        `with ${women} select woman.country, count(distinct counted_as)::int as n
         from woman join said on said.stream = woman.stream and said.kind = '${kind}' group by 1 order by 1`,
      )
    ).map(({ country, n }) => [country, n]),
  )

describe('the region of the demonstration', () => {
  it('comes to the publication of record by counting, line by line', async () => {
    const { lines } = await compareWithRecord(database, releasesOf(database))
    expect(lines.map(({ key, agrees }) => [key, agrees])).toEqual(
      publicationOfRecord.figures.map(({ key }) => [key, true]),
    )
  })

  it('and a count in plain SQL over its entries says the same', async () => {
    expect(await byCountry('support.service-delivered')).toEqual({ KH: 55, MM: 24, TH: 2 })
    expect(await byCountry('livelihoods.course-attended')).toEqual({ KH: 185, MM: 129, TH: 58 })
    const supported = await byCountry('livelihoods.grant-given')
    expect(Object.values(supported).reduce((a, b) => a + b)).toBe(207)
    const officers = (where: string): Promise<number> =>
      number(`with ${saidIn('training')} select count(distinct coded ->> 'officer') as n from said
              where kind = 'training.attendance-recorded' ${where}`)
    expect([await officers(''), await officers(`and coded ->> 'sex' = 'female'`)]).toEqual([578, 277])
    expect(
      await number(
        `with ${saidIn('training')} select count(distinct country) as n from said where kind = 'training.attendance-recorded'`,
      ),
    ).toBe(7)
    const reached = await number(
      `with ${saidIn('awareness')} select count(distinct coded ->> 'person') as n from said where kind = 'awareness.person-met'`,
    )
    expect(reached).toBeGreaterThan(24_000)
    const sentenced = await number(
      `with ${saidIn('justice')}
       select count(distinct given.coded ->> 'accused') as n from said passed
       join said given on given.id::text = passed.coded ->> 'verdict' and given.coded ->> 'verdict' = 'convicted'
       where passed.kind = 'justice.sentence-passed' and passed.coded ->> 'years' = '10' and passed.country = 'MM'`,
    )
    expect(sentenced).toBe(5)
  })

  it('holds its figures only through the word that two registrations are one woman', async () => {
    const pairs = await sql<{ one: string; other: string }>(
      `with ${women} select a.organisation as one, b.organisation as other
       from pair join opened a on a.person = pair.a join opened b on b.person = pair.b`,
    )
    expect(pairs.length).toBeGreaterThanOrEqual(20)
    expect(pairs.filter(({ one, other }) => one === other)).toEqual([])
    const registrations = await number(
      `with ${women} select count(distinct person) as n
       from woman join said on said.stream = woman.stream and said.kind = 'support.service-delivered'`,
    )
    expect(registrations).toBe(81 + pairs.length)
  })

  it('shows no row for a country in which nobody does the work: a row that is protected says that somebody does', async () => {
    const release = (await releasesOf(database).latest({ kind: 'region' }, [supportFacts.served])).get(
      supportFacts.served,
    )
    const countries = new Set(release?.tables.cells.flatMap(({ cell }) => cell.dimensions.country ?? []))
    expect([...countries].sort()).toEqual(['KH', 'MM', 'TH'])
  })

  it('says how far it has come while it loads', () => {
    expect(seen.at(-1)).toBe(1)
    expect([...seen].sort((a, b) => a - b)).toEqual(seen)
  })
})

describe('another seed and another size', () => {
  it('make another region, whose parts agree with its whole', async () => {
    const other = await openDemonstration({ size: 0.05, seed: 'another' })
    const others = openPool(other.databaseUrl, 1)
    try {
      const rows = await others.asOwner((transaction) =>
        transaction.query<{ programme: string; whole: number; parts: number }>(
          'parts and whole',
          `select programme, sum(persons_high) filter (where dimensions = '{}')::int as whole,
             sum(persons_high) filter (where dimensions ? 'sex' and dimensions - 'sex' = '{}')::int as parts
           from lentera.tally where fact = 'training.officer-attended' and period = 'all' and scope = 'programme'
           group by 1`,
        ),
      )
      expect(rows.length).toBe(7)
      expect(rows.filter(({ whole, parts }) => whole !== parts || whole === 0)).toEqual([])
      const [first] = await sql<{ n: number }>('select count(*)::int as n from lentera.entry')
      const [second] = await others.asOwner((transaction) =>
        transaction.query<{ n: number }>('entries', 'select count(*)::int as n from lentera.entry'),
      )
      expect(second?.n).toBeLessThan((first?.n ?? 0) / 4)
      const shared = await others.asOwner((transaction) =>
        transaction.query<{ id: string }>('ids', 'select id from lentera.entry limit 50'),
      )
      const known = await sql<{ id: string }>(
        `select id from lentera.entry where id in (${shared.map(({ id }) => `'${id}'`).join(', ')})`,
      )
      expect(known).toEqual([])
    } finally {
      await others.close()
      await other.close()
    }
  })
})
