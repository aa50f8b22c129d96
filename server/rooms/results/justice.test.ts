import type { Draft } from '@lentera/core/log/draft'
import type { Figure } from '@lentera/core/results/figure'
import { CivilDate } from '@lentera/core/shared/dates'
import type { EntryId, StreamId } from '@lentera/core/shared/ids'
import type { Decision } from '@lentera/core/shared/refusals'
import {
  correctRecord,
  decideAppeal,
  fileAppeal,
  giveVerdict,
  markInError,
  openCriminalCase,
  passSentence,
  reachStage,
  recordAccused,
  recordCompensation,
} from '@lentera/core/support/justice/capture'
import { type CriminalCase, projectCriminalCase } from '@lentera/core/support/justice/project'
import { SentenceKind, Stage, Verdict } from '@lentera/core/support/justice/words'
import { type PersonKeySecret, randomBytes } from '@lentera/sealed/open'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get, writeNewKeyed } from '../../../tools/device/found.ts'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { Opened } from './opening.ts'

/** A team that follows criminal cases, another team beside it, and a manager. */
let running: Running
let shelter: Place
let caseworker: Worker
let manager: Worker
let officer: Worker
const tokens = new Map<Worker, string>()

beforeAll(async () => {
  running = await runServer()
  shelter = await found(running.database, 'Poipet shelter')
  const workshop = await found(running.database, 'Poipet workshop', shelter.organisation)
  caseworker = await join(running.database, shelter, ['caseworker'], 'Caseworker')
  manager = await join(running.database, shelter, ['manager'], 'Manager')
  officer = await join(running.database, workshop, ['livelihoods-officer'], 'Officer')
  for (const worker of [caseworker, manager, officer])
    tokens.set(worker, await signIn(running, worker.viewer.programme, worker.viewer.member))
})

afterAll(async () => {
  await running.stop()
})

const moment = { today, at: `${today}T09:00:00Z` }
const quarters = ['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q4'].map((each) => CivilDate.parse(each))
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]

type Known = { readonly stream: StreamId; readonly key: PersonKeySecret }

function follow(by = caseworker, stage: Stage = 'complaint', quarter = quarters[0]): Promise<Known> {
  const { organisation } = shelter.organisation
  return writeNewKeyed(
    by.device,
    shelter.organisation,
    [by.person],
    (ids) =>
      openCriminalCase(
        { ...ids, organisation, team: shelter.team, country: 'KH', stage, quarter, opened: { name: 'Invented' } },
        moment,
      ),
    today,
    randomBytes,
  )
}

function it_(stream: StreamId): CriminalCase {
  const of = projectCriminalCase(caseworker.device.state(stream))
  if (!of) throw new Error('it was opened')
  return of
}

async function say({ stream, key }: Known, decide: (of: CriminalCase) => Decision<Draft[]>): Promise<EntryId> {
  const [entry] = await caseworker.device.write(get(decide(it_(stream))), key)
  if (!entry) throw new Error('nothing was written')
  return entry.id
}

async function send(by: Worker, twice = false): Promise<void> {
  for (let batch = await by.device.nextBatch(40); batch; batch = await by.device.nextBatch(40)) {
    const reply = await by.door(batch)
    if (twice) await by.door(batch)
    expect(by.device.placed(batch, reply)).toEqual([])
  }
}

async function figuresOf(worker: Worker): Promise<Figure[]> {
  const token = tokens.get(worker)
  const { body } = await ask<{ figures: Figure[] }>(running.server.desk, 'GET /api/figures?period=all', { token })
  return body.figures
}
const figure = async (worker: Worker, key: string) => (await figuresOf(worker)).find((each) => each.key === key)
const partsBy = (of: Figure | undefined, name: string) =>
  Object.fromEntries(
    (of?.breakdowns.find(({ by }) => by.join() === name)?.parts ?? []).map(({ key, value }) => [
      key[name],
      value.kind === 'count' ? value.count.high : value.kind,
    ]),
  )

async function convict(known: Known, sex: 'female' | 'male', years: number): Promise<EntryId> {
  const quarter = quarters[3]
  const accused = await say(known, (of) =>
    recordAccused(known.stream, of, { sex, age: 'adult', name: 'Invented', role: 'Exploiter', quarter }, moment),
  )
  await say(known, (of) => giveVerdict(known.stream, of, { accused, verdict: 'convicted', quarter }, moment))
  await say(known, (of) =>
    passSentence(known.stream, of, { accused, sentence: 'imprisonment', years, quarter }, moment),
  )
  return accused
}

describe('criminal cases', () => {
  it('are followed by the case team alone: nobody else opens one, or sees what is counted of them live', async () => {
    await follow(officer)
    expect(
      (await officer.device.push(officer.door)).map((each) => ('refusal' in each ? each.refusal.code : '')),
    ).toEqual(['access.role', 'access.role'])
    expect(await figure(officer, 'criminal-cases-followed')).toBeUndefined()
    expect((await figure(manager, 'criminal-cases-followed'))?.value).toMatchObject({ kind: 'none' })
  })

  it('count each perpetrator sentenced by sex and by years, for the team at once, for a manager in groups as of the cut-off', async () => {
    const known = await follow()
    for (const sex of ['male', 'male', 'male', 'male', 'female'] as const) await convict(known, sex, 10)
    const overturned = await convict(known, 'male', 3)
    await send(caseworker)
    const team = await figure(caseworker, 'perpetrators-sentenced')
    expect(team?.value).toEqual({ kind: 'count', count: { low: 6, high: 6 } })
    expect([partsBy(team, 'sex'), partsBy(team, 'years')]).toEqual([
      { female: 1, male: 5 },
      { 3: 1, 10: 5 },
    ])
    const filed = await say(known, (of) =>
      fileAppeal(known.stream, of, { accused: overturned, quarter: quarters[3] }, moment),
    )
    await send(caseworker)
    expect(partsBy(await figure(caseworker, 'perpetrators-sentenced'), 'years')).toEqual({ 3: 0, 10: 5 })
    await say(known, (of) =>
      decideAppeal(known.stream, of, { appeal: filed, outcome: 'overturned', quarter: quarters[3] }, moment),
    )
    await send(caseworker)
    await makeCutOff(running.database, caseworker.viewer.programme, '2026-11')
    const seen = await figure(manager, 'perpetrators-sentenced')
    expect([seen?.value, seen?.opensTo]).toEqual([{ kind: 'count', count: { low: 5, high: 5 } }, 'groups'])
    // The one woman among them is no figure of its own; who got which years is a group of five.
    expect(partsBy(seen, 'sex').female).toBe('protected')
    expect(partsBy(seen, 'years')).toEqual({ 10: 5 })
    const opened = (worker: Worker, scope: string) =>
      ask<Opened>(running.server.desk, 'POST /api/figures/open', {
        token: tokens.get(worker),
        body: { key: 'perpetrators-sentenced', scope, period: 'all', part: {} },
      })
    const records = await opened(caseworker, team?.scope ?? '')
    expect(records.body).toEqual({ opening: 'records', streams: [known.stream] })
    expect((await opened(manager, seen?.scope ?? '')).body).toMatchObject({ opening: 'groups' })
  })
})

// ---------------------------------------------------------------- against plain SQL

async function step(cases: Known[], what: number, which: number): Promise<void> {
  const quarter = pick(quarters, which)
  const known = pick(cases, which)
  // Few cases, so that much happens in each: beyond them a sentence is passed.
  if ((what === 0 && cases.length < 6) || !known) {
    cases.push(await follow(caseworker, pick(Stage.options, which), quarter))
    return
  }
  const { stream, key } = known
  const of = it_(stream)
  const accused = pick(of.accused, which >> 2)?.record
  const records = [of.stages, of.accused, of.verdicts, of.sentences, of.appeals, of.compensations].flat()
  const record = what % 2 ? pick([...of.verdicts, ...of.sentences, ...of.accused], which) : pick(records, which)
  const appeal = pick(
    of.appeals.filter(({ outcome }) => outcome === 'pending'),
    which,
  )?.record
  const passed = pick(of.sentences, which)?.record
  const given = pick(of.verdicts, which)?.record
  const decided = ((): Decision<Draft[]> | undefined => {
    switch (what) {
      case 1:
        return reachStage(stream, of, { stage: pick(Stage.options, which), quarter }, moment)
      case 2:
      case 3: {
        const [sex, age] = [which % 3 ? 'male' : 'female', which % 2 ? 'adult' : 'child'] as const
        return recordAccused(stream, of, { sex, age, name: '', role: '', quarter }, moment)
      }
      case 4:
      case 5:
        return giveVerdict(
          stream,
          of,
          { accused, verdict: which % 4 ? 'convicted' : pick(Verdict.options, which), quarter },
          moment,
        )
      case 0:
      case 6:
      case 7: {
        const sentence = which % 3 ? 'imprisonment' : pick(SentenceKind.options, which)
        return passSentence(stream, of, { accused, sentence, years: which % 12, quarter: quarters[3] }, moment)
      }
      case 8:
        return fileAppeal(stream, of, { accused, quarter }, moment)
      case 9:
        return (
          appeal &&
          decideAppeal(
            stream,
            of,
            { appeal, outcome: pick(['upheld', 'overturned', 'withdrawn'], which), quarter },
            moment,
          )
        )
      case 10:
        return passed && correctRecord(stream, of, passed, { years: which % 9, sentence: 'imprisonment' }, moment)
      case 11:
        return (
          given && correctRecord(stream, of, given, { verdict: pick(Verdict.options, which) ?? 'convicted' }, moment)
        )
      case 12:
        return accused && correctRecord(stream, of, accused, { sex: which % 2 ? 'female' : 'male' }, moment)
      case 13:
        return recordCompensation(
          stream,
          of,
          { compensation: which % 2 ? 'paid' : 'ordered', amount: undefined, quarter },
          moment,
        )
      case 14:
        return (
          record && correctRecord(stream, of, record.record, { quarter: quarters[(which + 1) % 4] ?? today }, moment)
        )
      default:
        return markInError(stream, of, record?.record ?? of.opening, !record?.enteredInError, moment)
    }
  })()
  if (decided?.ok) await caseworker.device.write(decided.value, key)
}

/** Persons and cases by what they are shown by, from the texts of the entries: no fold, no projection, no tally. */
const independently = `with
  said as (
    select number, stream, id::text as id, kind, text::jsonb -> 'coded' as coded, text::jsonb ->> 'on' as quarter
    from lentera.entry where kind like 'justice.%'
  ),
  wrong as (
    select distinct on (stream, coded ->> 'record') stream, coded ->> 'record' as record,
      (coded ->> 'enteredInError')::boolean as is_wrong
    from said where kind = 'justice.entered-in-error' order by stream, coded ->> 'record', number desc
  ),
  opening as (
    select stream, coded ->> 'person' as person from said where kind = 'justice.case-opened'
      and not exists (select from wrong where wrong.stream = said.stream and record = said.id and is_wrong)
  ),
  latest as (
    select distinct on (record, field) record, field, value from (
      select number, coalesce(coded ->> 'record', id) as record, field, value
      from said, jsonb_each_text(coded) as each (field, value)
      where kind not in ('justice.case-opened', 'justice.entered-in-error')
    ) each order by record, field, number desc
  ),
  record as (
    select said.stream, said.kind, said.id, opening.person,
      (select value from latest where latest.record = said.id and field = 'stage') as stage,
      (select value from latest where latest.record = said.id and field = 'sex') as sex,
      (select value from latest where latest.record = said.id and field = 'verdict') as verdict,
      (select value from latest where latest.record = said.id and field = 'sentence') as sentence,
      (select value from latest where latest.record = said.id and field = 'years') as years,
      (select value from latest where latest.record = said.id and field = 'outcome') as outcome,
      (select value from latest where latest.record = said.id and field = 'compensation') as compensation,
      said.coded ->> 'accused' as accused,
      coalesce((select value from latest where latest.record = said.id and field = 'quarter'), said.quarter) as quarter
    from said join opening using (stream)
    where not exists (select from wrong where wrong.stream = said.stream and record = said.id and is_wrong)
  ),
  given as (
    select id, accused, verdict,
      exists (select from record a where a.kind = 'justice.appeal-filed' and a.verdict = record.id and a.outcome = 'overturned') as overturned,
      exists (select from record a where a.kind = 'justice.appeal-filed' and a.verdict = record.id and a.outcome = 'pending') as pending
    from record where kind = 'justice.verdict-given'
  ),
  accused as (
    select record.*, case
      when not exists (select from given where accused = record.id and not overturned) then 'none-yet'
      when (select count(distinct verdict) from given where accused = record.id and not overturned) > 1 then 'unsettled'
      when exists (select from given where accused = record.id and not overturned and pending) then 'under-appeal'
      else (select min(verdict) from given where accused = record.id and not overturned) end as standing
    from record where kind = 'justice.accused-recorded'
  ),
  fact as (
    select 'justice.case-followed' as fact, person, quarter, 'stage' as by, stage as value from record where kind = 'justice.stage-reached'
    union all select 'justice.compensation', person, quarter, 'compensation', compensation from record where kind = 'justice.compensation-recorded'
    union all select 'justice.person-accused', id, quarter, 'sex', sex from accused
    union all select 'justice.person-accused', id, quarter, 'verdict', standing from accused
    union all select 'justice.perpetrator-sentenced', accused.id, record.quarter, by.name, by.value
      from record join given on given.id = record.verdict join accused on accused.id = given.accused,
        lateral (values ('sex', accused.sex), ('years', case record.sentence when 'imprisonment' then record.years
          when 'life-imprisonment' then 'life' else 'none' end)) as by (name, value)
      where record.kind = 'justice.sentence-passed' and given.verdict = 'convicted' and not given.overturned
        and not given.pending and accused.standing = 'convicted'
  )
  select fact, by, value, coalesce(quarter, 'all') as period, count(distinct person)::int as persons
  from fact group by grouping sets ((fact, by, value), (fact, by, value, quarter)) order by 1, 2, 3, 4`

const tallied = `select fact, split.by, split.value, period, persons_high::int as persons
  from lentera.tally, lateral (select key as by, value from jsonb_each_text(dimensions)) as split
  where fact like 'justice.%' and scope = 'programme' and (period = 'all' or period like '%Q%') and persons_high > 0
    and (select count(*) from jsonb_object_keys(dimensions)) = 1 and split.by <> 'age'
  order by 1, 2, 3, 4`

const counted = (name: string, sql: string) => running.database.asOwner((transaction) => transaction.query(name, sql))

describe('every figure of criminal cases', () => {
  it('equals an independent count in plain SQL while entries are added, repeated, corrected, appealed and taken back', async () => {
    const cases: Known[] = []
    const done = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.nat(60)), { minLength: 8, maxLength: 30 }),
        fc.boolean(),
        async (steps, sendTwice) => {
          for (const [what, which] of steps) {
            const before = caseworker.device.unsent
            await step(cases, what, which)
            if (caseworker.device.unsent !== before) done.set(what, (done.get(what) ?? 0) + 1)
          }
          await send(caseworker, sendTwice)
          expect(await counted('tallies of justice', tallied)).toEqual(
            await counted('justice by itself', independently),
          )
        },
      ),
      { numRuns: 25, seed: 20261128, endOnFailure: true },
    )
    console.log(
      `written by kind of step: ${JSON.stringify([...done].sort((a, b) => a[0] - b[0]))}; ${cases.length} cases`,
    )
    for (let what = 0; what <= 15; what++) expect(done.get(what) ?? 0).toBeGreaterThan(0)
  })
})
