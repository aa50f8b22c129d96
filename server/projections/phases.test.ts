import { identify, type PersonLink } from '@lentera/core/log/persons'
import { countCells, type Located } from '@lentera/core/results/count'
import type { DatedPhase } from '@lentera/core/results/periods'
import { CivilDate } from '@lentera/core/shared/dates'
import { OrganisationId, PersonKey, ProgrammeId, TeamId } from '@lentera/core/shared/ids'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tools/database/testing/test-database.ts'
import { type Database, openPool } from '../database/database.ts'
import { countPhase } from './phases.ts'

/** A phase counted page by page, against the same contributions counted all at once. */
let test: TestDatabase
let database: Database

beforeAll(async () => {
  test = await createTestDatabase()
  database = openPool(test.ownerUrl)
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const programme = ProgrammeId.parse(id(1))
const people = Array.from({ length: 12 }, (_, n) => PersonKey.parse(id(100 + n)))
const phase: DatedPhase = { key: 'japan-2', from: CivilDate.parse('2025-Q3'), to: CivilDate.parse('2026-Q2') }

const contribution: fc.Arbitrary<Located> = fc.record({
  fact: fc.constantFrom('training.officer-attended', 'awareness.people-reached', 'support.service-delivered'),
  record: fc.uuid({ version: 4 }),
  person: fc.option(fc.constantFrom(...people), { freq: 4 }),
  on: fc
    .constantFrom('2025', '2026', '2025-Q2', '2025-07-01', '2025-12', '2026-Q2', '2026-07-01', '2024-Q3')
    .map((on) => CivilDate.parse(on)),
  organisation: fc.constant(OrganisationId.parse(id(2))),
  team: fc.option(fc.constant(TeamId.parse(id(3)))),
  dimensions: fc.record({ sex: fc.constantFrom('female', 'male') }, { requiredKeys: [] }),
  amount: fc.integer({ min: 1, max: 9 }),
})
const link: fc.Arbitrary<PersonLink> = fc
  .tuple(
    fc.shuffledSubarray(people, { minLength: 2, maxLength: 2 }),
    fc.constantFrom<PersonLink['relation']>('same', 'same', 'not-same', 'doubt'),
  )
  .map(([pair, relation]) => {
    const [a = people[0], b = people[1]] = pair.sort()
    if (!a || !b) throw new Error('a pair was asked for')
    return { a, b, relation }
  })

describe('a phase counted again', () => {
  it('is the same whatever is read at once: linked persons together, nobody twice, nobody left out', async () => {
    let phased = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(contribution, { maxLength: 60 }),
        fc.array(link, { maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, links, page) => {
          const tallied = await database.asOwner(async (transaction) => {
            await transaction.query(
              'empty',
              'truncate lentera.contribution, lentera.tally, lentera.person_link cascade',
            )
            await transaction.query(
              'programme',
              `insert into lentera.programme (programme, name, zone, demonstration) values ($1, 'x', 'UTC', true)
               on conflict do nothing`,
              [programme],
            )
            await transaction.query(
              'contributions',
              `insert into lentera.contribution select $1, 'programme', gen_random_uuid(), * from unnest($2::text[], $3::text[],
                 $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::jsonb[], $9::bigint[])`,
              [
                programme,
                all.map((each) => each.fact),
                all.map((each) => each.record),
                all.map((each) => each.person),
                all.map((each) => each.on),
                all.map((each) => each.organisation),
                all.map((each) => each.team),
                all.map((each) => JSON.stringify(each.dimensions)),
                all.map((each) => each.amount),
              ],
            )
            await transaction.query(
              'links',
              `insert into lentera.person_link select $1, gen_random_uuid(), * from unnest($2::uuid[], $3::uuid[], $4::text[])`,
              [programme, links.map(({ a }) => a), links.map(({ b }) => b), links.map(({ relation }) => relation)],
            )
            await countPhase(transaction, programme, phase, page)
            return transaction.query<{ name: string; low: number; high: number; contacts: number }>(
              'tallies',
              'select name, persons_low::int as low, persons_high::int as high, contacts::int from lentera.tally order by name',
            )
          })
          const atOnce = [...countCells(all, identify(links), [phase])]
            .filter(([, { cell }]) => cell.period === phase.key)
            .map(([name, { count }]) => ({ name, ...count.persons, contacts: count.contacts }))
          phased += atOnce.length
          const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
          expect([...tallied].sort(byName)).toEqual(atOnce.sort(byName))
        },
      ),
      { numRuns: 40, seed: 20261128 },
    )
    expect(phased).toBeGreaterThan(500)
  })
})
