import {
  correctHeads,
  correctPerson,
  countHeads,
  holdOutreach,
  markOutreachInError,
  meetPersons,
} from '@lentera/core/awareness/outreach/capture'
import { projectOutreach } from '@lentera/core/awareness/outreach/project'
import { showWork, stateReach } from '@lentera/core/awareness/reach/capture'
import { projectWork } from '@lentera/core/awareness/reach/project'
import { correctSample, markSampleInError, takeSample } from '@lentera/core/awareness/sample/capture'
import { projectSample } from '@lentera/core/awareness/sample/project'
import { Setting } from '@lentera/core/awareness/words'
import { draft } from '@lentera/core/log/draft'
import { pairStream, personLinked } from '@lentera/core/log/persons'
import type { Figure } from '@lentera/core/results/figure'
import { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import { randomBytes } from '@lentera/sealed/open'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get } from '../../../tools/device/found.ts'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { Opened } from './opening.ts'

/** Two organisations that go out in one programme, and a manager beside them: contacts, persons, samples and reach. */
let running: Running
let shelter: Place
let clinic: Place
let officer: Worker
let other: Worker
let steward: Worker
const tokens = new Map<Worker, string>()

beforeAll(async () => {
  running = await runServer()
  shelter = await found(running.database, 'Poipet shelter')
  clinic = await found(running.database, 'Poipet clinic', shelter.organisation)
  officer = await join(running.database, shelter, ['livelihoods-officer'], 'Officer')
  other = await join(running.database, clinic, ['trainer'], 'Trainer')
  steward = await join(running.database, shelter, ['steward'], 'Steward')
  for (const worker of [officer, other, steward])
    tokens.set(worker, await signIn(running, worker.viewer.programme, worker.viewer.member))
})

afterAll(async () => {
  await running.stop()
})

const newStream = (): StreamId => StreamId.parse(randomUuid(randomBytes(16)))
const newPerson = (): PersonKey => PersonKey.parse(randomUuid(randomBytes(16)))

async function send(by: Worker): Promise<void> {
  expect(await by.device.push(by.door)).toEqual([])
}

async function figure(key: string, of = officer): Promise<Figure> {
  const { body } = await ask<{ figures: Figure[] }>(running.server.desk, 'GET /api/figures?period=all', {
    token: tokens.get(of),
  })
  const found_ = body.figures.find((each) => each.key === key)
  if (!found_) throw new Error(`${key} is open to everyone of the programme`)
  return found_
}

const open = (key: string, part: Record<string, string> = {}, of = officer) =>
  ask<Opened>(running.server.desk, 'POST /api/figures/open', {
    token: tokens.get(of),
    body: { key, scope: 'open', period: 'all', part },
  })

const count = (low: number, high = low) => ({ kind: 'count', count: { low, high } })

/** A session of women alone: so many heads, of whom these gave a key. */
async function outreach(by: Worker, place: Place, heads: number, people: readonly PersonKey[]): Promise<StreamId> {
  const stream = newStream()
  const { organisation } = place.organisation
  const held = { stream, organisation, country: 'KH', setting: 'village', heldOn: today } as const
  await by.device.write(get(holdOutreach(held, today)))
  const session = projectOutreach(by.device.state(stream))
  if (!session) throw new Error('a session')
  await by.device.write(get(countHeads(stream, session, [{ sex: 'female', age: 'adult', heads }])))
  const met = people.map((person) => ({ person, sex: 'female', age: 'adult' }) as const)
  await by.device.write(get(meetPersons(stream, session, met)))
  await send(by)
  return stream
}

describe('awareness', () => {
  it('is nothing before anyone went out, and is written down by those who go out, not by a steward', async () => {
    for (const key of ['women-reached-contacts', 'women-reached-persons', 'women-more-aware', 'reach-views'])
      expect((await figure(key)).value).toEqual({ kind: 'none', why: 'nothing-recorded' })
    const { organisation } = shelter.organisation
    const held = { stream: newStream(), organisation, country: 'KH', setting: 'village', heldOn: today } as const
    await steward.device.write(get(holdOutreach(held, today)))
    expect((await steward.device.push(steward.door)).length).toBeGreaterThan(0)
    expect((await figure('outreach-sessions-held')).value).toEqual({ kind: 'none', why: 'nothing-recorded' })
  })

  it('counts contacts exactly and persons between bounds, once across organisations where a link says so', async () => {
    const [a, b, c, d] = [newPerson(), newPerson(), newPerson(), newPerson()]
    await outreach(officer, shelter, 30, [a, b])
    await outreach(officer, shelter, 10, [b, c])
    await outreach(other, clinic, 20, [d])
    for (const reader of [officer, other, steward]) {
      expect((await figure('women-reached-contacts', reader)).value).toEqual(count(60))
      expect((await figure('women-reached-persons', reader)).value).toEqual(count(4, 59))
      expect((await figure('people-reached-contacts', reader)).value).toEqual(count(60))
    }
    const [x, y] = [a, d].sort()
    if (!x || !y) throw new Error('two persons')
    await steward.device.write([
      draft(personLinked, pairStream(x, y), CivilDate.parse('2026-Q4'), {
        a: x,
        b: y,
        relation: 'same',
        consented: true,
      }),
    ])
    await steward.device.push(steward.door)
    expect((await figure('women-reached-persons')).value).toEqual(count(3, 58))
    expect((await figure('women-reached-contacts')).value).toEqual(count(60))
  })

  it('opens to the rows of her own organisation, and says how many contacts are of another', async () => {
    const { body } = await open('women-reached-contacts', { age: 'adult' })
    if (body.opening !== 'entries') throw new Error('it opens to rows')
    expect(body.entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(40)
    expect(body.elsewhere).toBe(20)
  })

  it('shows a sample as a share of those asked with its interval, whole and by question', async () => {
    const { organisation } = shelter.organisation
    const taken = { organisation, country: 'KH', askedOn: today } as const
    const samples = [
      { question: 'rights', asked: 20, moreAware: 15 },
      { question: 'services', asked: 30, moreAware: 18 },
    ] as const
    for (const each of samples)
      await officer.device.write(get(takeSample({ ...taken, ...each, stream: newStream() }, today)))
    await send(officer)
    const { value, breakdowns } = await figure('women-more-aware')
    // 33 of 50: by the formula, 52.15 % to 77.56 %.
    expect(value).toEqual({
      kind: 'sample',
      said: 33,
      asked: 50,
      percentTenths: 660,
      between: { low: 522, high: 776 },
    })
    expect(breakdowns.flatMap(({ parts }) => parts.map(({ key, value: part }) => [key.question, part]))).toEqual([
      ['rights', expect.objectContaining({ said: 15, asked: 20, between: { low: 531, high: 888 } })],
      ['services', expect.objectContaining({ said: 18, asked: 30 })],
    ])
    const { body } = await open('women-more-aware', { question: 'rights' })
    expect(body.opening === 'entries' && body.entries.map(({ amount }) => amount).sort()).toEqual([15, 5])
  })

  it('sums reach by its unit, and the sum is read as its least certain part', async () => {
    const { organisation } = shelter.organisation
    const told = [
      { channel: 'video', unit: 'views', amount: 5000, qualifier: 'exact' },
      { channel: 'video', unit: 'views', amount: 300, qualifier: 'at-least' },
      { channel: 'page', unit: 'views', amount: 70, qualifier: 'exact' },
      { channel: 'exhibition', unit: 'visits', amount: 3000, qualifier: 'at-least' },
      { channel: 'exhibition', unit: 'people-claimed', amount: 900, qualifier: 'about' },
    ] as const
    for (const { channel, ...said } of told) {
      const stream = newStream()
      const work = { stream, organisation, country: 'KH', channel, title: 'Invented', shownOn: today } as const
      await officer.device.write(get(showWork(work, today)))
      const shown = projectWork(officer.device.state(stream))
      if (!shown) throw new Error('a work')
      await officer.device.write(get(stateReach(stream, shown, { ...said, source: 'partner', asOf: today }, today)))
    }
    await send(officer)
    const views = await figure('reach-views')
    expect(views.value).toEqual({ ...count(5370), qualifier: 'at-least' })
    expect(views.breakdowns.find(({ by }) => by[0] === 'channel')?.parts).toEqual([
      { key: { channel: 'page' }, value: count(70) },
      { key: { channel: 'video' }, value: { ...count(5300), qualifier: 'at-least' } },
    ])
    expect((await figure('reach-visits')).value).toEqual({ ...count(3000), qualifier: 'at-least' })
    expect((await figure('reach-people-claimed')).value).toEqual({ ...count(900), qualifier: 'about' })
    // None of it is a contact or a person.
    expect((await figure('women-reached-contacts')).value).toEqual(count(60))
  })

  it('equals an independent count in plain SQL while entries are added, repeated, corrected and withdrawn', async () => {
    const pool = Array.from({ length: 9 }, newPerson)
    const sessions: StreamId[] = []
    const samples: StreamId[] = []
    const { organisation } = shelter.organisation
    const device = officer.device
    const step = async (what: number, n: number): Promise<void> => {
      const stream = sessions[n % Math.max(1, sessions.length)]
      const session = stream && projectOutreach(device.state(stream))
      const [row, met] = [session?.headcounts[n % 2], session?.persons[n % 3]]
      if (what === 0 || !stream || !session) {
        const made = newStream()
        sessions.push(made)
        const setting = Setting.options[n % Setting.options.length] ?? 'other'
        await device.write(
          get(holdOutreach({ stream: made, organisation, country: 'KH', setting, heldOn: today }, today)),
        )
      } else if (what <= 2) {
        const group = { sex: n % 3 ? 'female' : 'male', age: n % 2 ? 'adult' : 'child', heads: 1 + (n % 9) } as const
        const decided = countHeads(stream, session, [group])
        if (decided.ok) await device.write(decided.value)
      } else if (what <= 4) {
        const person = pool[n % pool.length] ?? newPerson()
        const decided = meetPersons(stream, session, [{ person, sex: 'female', age: n % 4 ? 'adult' : 'child' }])
        if (decided.ok) await device.write(decided.value)
      } else if (what === 5 && row) {
        const decided = correctHeads(stream, session, row.record, 1 + (n % 20))
        if (decided.ok) await device.write(decided.value)
      } else if (what === 6 && met) {
        await device.write(get(correctPerson(stream, session, met.record, { age: n % 2 ? 'child' : 'adult' })))
      } else if (what === 7) {
        const marked = n % 5 === 0 ? session : n % 2 ? met : row
        const record = marked && ('record' in marked ? marked.record : marked.opening)
        if (record) await device.write(get(markOutreachInError(stream, session, record, !marked.enteredInError)))
      } else if (what === 8) {
        const made = newStream()
        samples.push(made)
        const said = { question: 'rights', asked: 10 + (n % 30), moreAware: n % 10, askedOn: today } as const
        await device.write(get(takeSample({ stream: made, organisation, country: 'KH', ...said }, today)))
      } else {
        const at = samples[n % Math.max(1, samples.length)]
        const sample = at && projectSample(device.state(at))
        if (!at || !sample) return
        const decided =
          n % 2
            ? correctSample(at, sample, { question: 'services', asked: 40, moreAware: n % 41 })
            : markSampleInError(at, sample, !sample.enteredInError)
        if (decided.ok) await device.write(decided.value)
      }
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(9), fc.nat(500)), { minLength: 8, maxLength: 25 }),
        fc.boolean(),
        async (steps, sendTwice) => {
          for (const [what, n] of steps) await step(what, n)
          for (let batch = await device.nextBatch(30); batch; batch = await device.nextBatch(30)) {
            const reply = await officer.door(batch)
            if (sendTwice) await officer.door(batch)
            expect(device.placed(batch, reply)).toEqual([])
          }
          const [contacts, women, aware] = await Promise.all(
            ['women-reached-contacts', 'women-reached-persons', 'women-more-aware'].map((key) => figure(key)),
          )
          const expected = await countInSql()
          expect(contacts?.value).toEqual(count(expected.contacts))
          expect(women?.value).toEqual(count(expected.low, expected.high))
          expect(aware?.value).toMatchObject({ said: expected.said, asked: expected.asked })
        },
      ),
      { numRuns: 20, seed: 20261128, endOnFailure: true },
    )
    expect((await countInSql()).contacts).toBeGreaterThan(60)
  })
})

type SqlCount = Record<'contacts' | 'low' | 'high' | 'said' | 'asked', number>

/**
 * Straight from the texts of the entries. Each group of a session counts the larger of its headcount and its persons with a
 * key (here no group is of unknown sex or age); persons are told apart by the links.
 */
async function countInSql(): Promise<SqlCount> {
  const [row] = await running.database.asOwner((transaction) =>
    transaction.query<SqlCount>(
      'independent count of awareness',
      `with said as (
         select number, stream, id, kind, text::jsonb -> 'coded' as coded from lentera.entry where kind like 'awareness.%'
       ),
       gone as (
         select distinct on (stream, record) stream, record, gone from (
           select number, stream, coded ->> 'record' as record, (coded ->> 'enteredInError')::boolean as gone
           from said where kind in ('awareness.outreach-in-error', 'awareness.sample-in-error')
         ) each order by stream, record, number desc
       ),
       standing as (
         select said.* from said
         where not exists (select from gone where gone.stream = said.stream and gone.record = said.id::text and gone)
       ),
       session as (select stream from standing where kind = 'awareness.outreach-held'),
       heads as (
         select stream, coded ->> 'sex' as sex, coded ->> 'age' as age, coalesce((
             select (c.coded ->> 'heads')::int from said c
             where c.kind = 'awareness.heads-corrected' and c.coded ->> 'record' = standing.id::text
             order by c.number desc limit 1), (coded ->> 'heads')::int) as n
         from standing join session using (stream) where kind = 'awareness.heads-counted'
       ),
       met as (
         select stream, coded ->> 'person' as person, coded ->> 'sex' as sex, coalesce((
             select c.coded ->> 'age' from said c
             where c.kind = 'awareness.person-corrected' and c.coded ->> 'record' = standing.id::text
             order by c.number desc limit 1), coded ->> 'age') as age
         from standing join session using (stream) where kind = 'awareness.person-met'
       ),
       grouped as (
         select stream, sex, age, coalesce(n, 0) as n, coalesce(keyed, 0) as keyed
         from (select stream, sex, age, sum(n) as n from heads group by 1, 2, 3) h
         full join (select stream, sex, age, count(*) as keyed from met group by 1, 2, 3) m using (stream, sex, age)
       ),
       linked as (
         select text::jsonb -> 'coded' ->> 'a' as a, text::jsonb -> 'coded' ->> 'b' as b
         from lentera.entry where kind = 'log.person-linked'
       ),
       counted as (
         select count(distinct coalesce((select a from linked where b = met.person), met.person)) as n
         from met where sex = 'female'
       ),
       sample as (
         select distinct on (stream) stream, (coded ->> 'asked')::int as asked, (coded ->> 'moreAware')::int as said
         from said where kind in ('awareness.sample-taken', 'awareness.sample-corrected')
           and exists (select from standing s where s.stream = said.stream and s.kind = 'awareness.sample-taken')
         order by stream, number desc
       )
       select (select coalesce(sum(greatest(n, keyed)), 0)::int from grouped where sex = 'female') as contacts,
         (select n::int from counted) as low,
         (select (select n from counted) + coalesce(sum(greatest(n - keyed, 0)), 0) from grouped where sex = 'female')::int
           as high,
         (select coalesce(sum(said), 0)::int from sample) as said, (select coalesce(sum(asked), 0)::int from sample) as asked`,
    ),
  )
  if (!row) throw new Error('a count is one row')
  return row
}
