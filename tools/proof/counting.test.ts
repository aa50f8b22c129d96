import { draft } from '@lentera/core/log/draft'
import { pairStream, personLinked } from '@lentera/core/log/persons'
import { correctPhase, datePhase, markPhaseInError } from '@lentera/core/plan/capture'
import { projectPhase } from '@lentera/core/plan/project'
import { Phase, planStream } from '@lentera/core/plan/words'
import { CivilDate } from '@lentera/core/shared/dates'
import type { PersonKey, StreamId } from '@lentera/core/shared/ids'
import {
  closeCase,
  correctRecord,
  deliverService,
  describeCase,
  markEnteredInError,
  recordConsent,
  recordNeed,
} from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { Service } from '@lentera/core/support/words'
import { type PersonKeySecret, randomBytes } from '@lentera/sealed/open'
import { type Database, openPool } from '@lentera/server/database'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { writeNewCase } from '../device/found.ts'
import { found, join, type Place, today, type Worker } from '../device/world.ts'

/**
 * Every tally against a count in plain SQL over the entries themselves, which knows nothing of folds, contributions or
 * tallies: while services are delivered, corrected and withdrawn, consents taken back, persons joined and parted, phases
 * dated and dated anew, and batches sent twice.
 */
let test: TestDatabase
let database: Database
let place: Place
let bopha: Worker
let steward: Worker
let manager: Worker

beforeAll(async () => {
  test = await createTestDatabase()
  database = openPool(test.ownerUrl)
  place = await found(database, 'Poipet shelter')
  bopha = await join(database, place, ['caseworker'], 'Caseworker 1')
  steward = await join(database, place, ['steward'], 'Data steward')
  manager = await join(database, place, ['manager'], 'Programme manager')
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

const moment = { today, at: '2026-11-24T09:00:00Z' }
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]

type Known = { readonly stream: StreamId; readonly person: PersonKey; readonly key: PersonKeySecret }

/** One step of a programme's work, chosen by two numbers. */
async function step(
  cases: Known[],
  links: Map<string, 'same' | 'not-same'>,
  what: number,
  which: number,
): Promise<void> {
  const known = pick(cases, which)
  const day = CivilDate.parse(`2026-0${1 + (which % 9)}-15`)
  if (what === 0 || !known) {
    const made = await writeNewCase(
      bopha.device,
      place.organisation,
      [bopha.person],
      {
        team: place.team,
        country: 'KH',
        sex: which % 4 ? 'female' : 'male',
        age: which % 3 ? 'adult' : 'child',
        form: 'forced-labour',
        consentCounting: which % 7 ? 'given' : 'refused',
        opened: { name: 'Invented' },
      },
      today,
      randomBytes,
    )
    cases.push(made)
    return
  }
  if (what >= 12) return dateSomePhase(what, which)
  const { stream, key, person } = known
  const file = projectCase(bopha.device.state(stream))
  if (!file) throw new Error('no case')
  const service = pick(Service.options, which) ?? 'other'
  const record = pick(file.services, which)?.record
  const other = pick(cases, which + 1)?.person
  const decided =
    what <= 4
      ? deliverService(stream, file, { service, deliveredOn: day }, moment)
      : what === 5 && record
        ? correctRecord(stream, file, { record, service, reason: 'invented' }, moment)
        : what === 6 && record
          ? markEnteredInError(stream, file, { record, reason: 'invented' }, moment)
          : what === 7
            ? recordConsent(stream, { consentCounting: which % 2 ? 'withdrawn' : 'given' }, moment)
            : what === 8
              ? describeCase(stream, { sex: which % 2 ? 'male' : 'female', opened: {} }, moment)
              : what === 9
                ? recordNeed(stream, file, { service }, moment)
                : what === 11
                  ? closeCase(stream, file, { reason: 'goals-reached' }, moment)
                  : undefined
  if (what === 10 && other && other !== person) {
    const [a, b] = person < other ? [person, other] : [other, person]
    const relation = which % 3 ? 'same' : 'not-same'
    links.set(`${a}|${b}`, relation)
    await steward.device.write([
      draft(personLinked, pairStream(a, b), CivilDate.parse('2026-Q4'), { a, b, relation, consented: true }),
    ])
  }
  // A closed case refuses more services, and to be closed: then this step is none.
  else if (decided?.ok) await bopha.device.write(decided.value, key)
}

/** Says or corrects when a phase is, or says that it never was dated; where core refuses (they would overlap), nothing. */
async function dateSomePhase(what: number, which: number): Promise<void> {
  const phase = pick(Phase.options, which) ?? 'japan-1'
  const planned = Phase.options.flatMap((each) => projectPhase(manager.device.state(planStream('phase', each))) ?? [])
  const known = planned.find((each) => each.phase === phase)
  const first = which % 3
  const dates = {
    from: `2026-Q${1 + first}`,
    to: `2026-Q${Math.min(3, 1 + first + (which % 2))}`,
    source: `Grant ${which}`,
  }
  const decided = !known
    ? datePhase(phase, dates, planned, { organisation: place.organisation.organisation, today })
    : what === 13
      ? markPhaseInError(known, !known.enteredInError, planned, today)
      : correctPhase(known, dates, planned, today)
  phasesSaid.push(decided.ok ? (known ? (what === 13 ? 'in error' : 'corrected') : 'dated') : decided.refusal.code)
  if (decided.ok) await manager.device.write(decided.value)
}
const phasesSaid: string[] = []

/** Persons and services by sex, service and quarter, straight from the texts of the entries. */
const countInSql = (): Promise<unknown[]> =>
  inSql(`select coalesce(service, '*') as service, coalesce(sex, '*') as sex, coalesce(quarter, '*') as period,
         count(distinct possible)::int as low, count(distinct certain)::int as high, count(*)::int as contacts
       from fact group by grouping sets ((), (service), (sex), (service, sex), (quarter), (service, quarter), (sex, quarter), (service, sex, quarter))
       having count(*) > 0
       order by 1, 2, 3`)

/** The same by phase: of each, the dates said last, where they were not said to be an error last. */
const countPhasesInSql = (): Promise<unknown[]> =>
  inSql(`, planned as (select number, stream, id, kind, text::jsonb -> 'coded' as coded from lentera.entry where kind like 'plan.%'),
       dated as (
         select opened.coded ->> 'phase' as phase, said.first, said.last
         from planned opened cross join lateral (
           select (array_agg(coded ->> 'from' order by number desc) filter (where coded ? 'from'))[1] as first,
             (array_agg(coded ->> 'to' order by number desc) filter (where coded ? 'to'))[1] as last,
             coalesce((array_agg(coded ->> 'enteredInError' order by number desc) filter (where coded ? 'enteredInError'))[1], 'false') as wrong
           from planned each where each.stream = opened.stream
         ) as said where opened.kind = 'plan.phase-dated' and said.wrong = 'false'
       )
       select coalesce(service, '*') as service, coalesce(sex, '*') as sex, phase as period,
         count(distinct possible)::int as low, count(distinct certain)::int as high, count(*)::int as contacts
       from fact join dated on fact.quarter between dated.first and dated.last
       group by grouping sets ((phase), (service, phase), (sex, phase), (service, sex, phase))
       order by 1, 2, 3`)

async function inSql(count: string): Promise<unknown[]> {
  return database.asOwner((transaction) =>
    transaction.query(
      `independent count ${count.length}`,
      `with recursive
       said as (
         select number, stream, id, kind, text::jsonb as entry from lentera.entry where kind like 'support.%'
       ),
       latest as (
         select distinct on (stream, field) stream, field, value from (
           select number, stream, field, value from said, jsonb_each_text(entry -> 'coded') as coded (field, value)
           where kind in ('support.case-opened', 'support.case-described', 'support.consent-recorded')
         ) each order by stream, field, number desc
       ),
       counted as (
         select stream, max(value) filter (where field = 'person') as person, max(value) filter (where field = 'sex') as sex
         from latest group by stream
         having max(value) filter (where field = 'consentCounting') = 'given'
       ),
       service as (
         select made.stream, made.entry ->> 'on' as quarter, coalesce((
             select c.entry -> 'coded' ->> 'service' from said c
             where c.kind = 'support.record-corrected' and c.entry -> 'coded' ->> 'record' = made.id::text
               and c.entry -> 'coded' ? 'service' order by c.number desc limit 1
           ), made.entry -> 'coded' ->> 'service') as service
         from said made where made.kind = 'support.service-delivered'
           and not coalesce((
             select (e.entry -> 'coded' ->> 'enteredInError')::boolean from said e
             where e.kind = 'support.entered-in-error' and e.entry -> 'coded' ->> 'record' = made.id::text
             order by e.number desc limit 1
           ), false)
       ),
       relation as (
         select distinct on (stream) text::jsonb -> 'coded' as pair from lentera.entry
         where kind = 'log.person-linked' order by stream, number desc
       ),
       edge as (
         select pair ->> 'a' as a, pair ->> 'b' as b from relation where pair ->> 'relation' = 'same'
         union select pair ->> 'b', pair ->> 'a' from relation where pair ->> 'relation' = 'same'
       ),
       node as (select person from counted union select a from edge),
       reach as (
         select person, person as other from node
         union select reach.person, edge.b from reach join edge on edge.a = reach.other
       ),
       component as (select person, min(other) as whole from reach group by person),
       torn as (
         select distinct c.whole from relation
         join component c on c.person = pair ->> 'a' join component d on d.person = pair ->> 'b'
         where pair ->> 'relation' = 'not-same' and c.whole = d.whole
       ),
       counted_as as (
         select component.person, component.whole as possible,
           case when torn.whole is null then component.whole else component.person end as certain
         from component left join torn on torn.whole = component.whole
       ),
       fact as (
         select service.service, service.quarter, counted.sex, counted_as.possible, counted_as.certain
         from service join counted using (stream) join counted_as on counted_as.person = counted.person
       )
       ${count}`,
    ),
  )
}

async function tallied(periods = "period = 'all' or period like '%Q%'"): Promise<unknown[]> {
  return database.asOwner((transaction) =>
    transaction.query(
      `tallies to compare ${periods.length}`,
      `select coalesce(dimensions ->> 'service', '*') as service, coalesce(dimensions ->> 'sex', '*') as sex,
         case period when 'all' then '*' else period end as period,
         persons_low::int as low, persons_high::int as high, contacts::int as contacts
       from lentera.tally
       where fact = 'support.service-delivered' and scope = 'programme' and (${periods})
         and not dimensions ?| array['age', 'form'] and contacts > 0
       order by 1, 2, 3`,
    ),
  )
}

describe('every figure', () => {
  it('equals an independent count in plain SQL while entries are added, repeated, corrected and withdrawn', async () => {
    const cases: Known[] = []
    const links = new Map<string, 'same' | 'not-same'>()
    const done = new Map<number, number>()
    let phased = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 13 }), fc.nat(50)), { minLength: 5, maxLength: 25 }),
        fc.boolean(),
        async (steps, sendTwice) => {
          for (const [what, which] of steps) {
            done.set(what, (done.get(what) ?? 0) + 1)
            await step(cases, links, what, which)
          }
          for (const worker of [manager, bopha, steward]) {
            for (let batch = await worker.device.nextBatch(40); batch; batch = await worker.device.nextBatch(40)) {
              const reply = await worker.door(batch)
              if (sendTwice) await worker.door(batch)
              expect(worker.device.placed(batch, reply)).toEqual([])
            }
          }
          expect(await tallied()).toEqual(await countInSql())
          const phases = await tallied("period in ('japan-1', 'japan-2', 'canada-3')")
          expect(phases).toEqual(await countPhasesInSql())
          phased += phases.length
        },
      ),
      { numRuns: 25, seed: 20261124, endOnFailure: true },
    )
    const said = Map.groupBy(phasesSaid, (each) => each)
    console.log(
      `phases: ${[...said].map(([each, all]) => `${all.length} ${each}`).join(', ')}; ${phased} cells of phases compared`,
    )
    for (const each of ['dated', 'corrected', 'in error', 'plan.phases-overlap']) expect(said.has(each)).toBe(true)
    expect(phased).toBeGreaterThan(100)
    const doubts = [...links.values()].filter((relation) => relation === 'not-same').length
    console.log(
      `steps by kind: ${JSON.stringify([...done].sort((a, b) => a[0] - b[0]))}; ${cases.length} cases, ${links.size} links, ${doubts} of them not the same`,
    )
    expect(Math.min(...Array.from({ length: 14 }, (_, what) => done.get(what) ?? 0))).toBeGreaterThan(0)
  })

  it('is never below zero, and nothing is left of what nobody states any more', async () => {
    const rows = await database.asOwner((transaction) =>
      transaction.query(
        'bad tallies',
        'select name from lentera.tally where persons_low > persons_high or (contacts = 0 and persons_high > 0)',
      ),
    )
    expect(rows).toEqual([])
  })
})
