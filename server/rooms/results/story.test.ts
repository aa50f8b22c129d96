import type { Draft } from '@lentera/core/log/draft'
import type { Figure } from '@lentera/core/results/figure'
import { CivilDate, quarterOf } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Decision } from '@lentera/core/shared/refusals'
import {
  answerConsent,
  approveText,
  beginStory,
  changeText,
  markInError,
  sendBack,
  withdrawConsent,
} from '@lentera/core/support/story/capture'
import { projectStory, type Story } from '@lentera/core/support/story/project'
import { Asked, Check, Use } from '@lentera/core/support/story/words'
import { type PersonKeySecret, randomBytes } from '@lentera/sealed/open'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeNewKeyed } from '../../../tools/device/found.ts'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'

/** A writer and a second reader of one team, and a manager. */
let running: Running
let shelter: Place
let writer: Worker
let reader: Worker
let manager: Worker
const tokens = new Map<Worker, string>()

beforeAll(async () => {
  running = await runServer()
  shelter = await found(running.database, 'Poipet shelter')
  writer = await join(running.database, shelter, ['caseworker'], 'Caseworker')
  reader = await join(running.database, shelter, ['supervisor'], 'Supervisor')
  manager = await join(running.database, shelter, ['manager'], 'Manager')
  for (const worker of [writer, reader, manager])
    tokens.set(worker, await signIn(running, worker.viewer.programme, worker.viewer.member))
})

afterAll(async () => {
  await running.stop()
})

const days = ['2025-11-03', '2026-02-03', '2026-05-03', today].map((day) => CivilDate.parse(day))
const momentOf = (day: CivilDate = today) => ({ today: day, at: `${day}T09:00:00Z` })
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]
const words = {
  language: 'en',
  changedName: 'Sparrow',
  text: 'Invented text about learning to weave.',
  photo: '',
} as const
const who = 'Willow Heron (invented)'

type Known = { readonly stream: StreamId; readonly key: PersonKeySecret }

async function begin(day: CivilDate = today, language: 'en' | 'km' = 'en'): Promise<Known> {
  const { organisation } = shelter.organisation
  const known = await writeNewKeyed(
    writer.device,
    shelter.organisation,
    [writer.person, reader.person],
    (ids) =>
      beginStory(
        { ...ids, ...words, language, organisation, team: shelter.team, country: 'KH', who, contact: '', notes: '' },
        momentOf(day),
      ),
    day,
    randomBytes,
  )
  expect(await writer.device.push(writer.door)).toEqual([])
  return known
}

function storyOf({ stream }: Known): Story {
  const story = projectStory(writer.device.state(stream))
  if (!story) throw new Error('it was begun')
  return story
}

/** Written by one of the two and known to the other at once. */
async function say({ stream, key }: Known, by: Worker, decided: Decision<Draft[]>): Promise<void> {
  if (!decided.ok) return
  const other = by === writer ? reader : writer
  by.device.learn(other.device.entries(stream))
  await by.device.write(decided.value, key)
  expect(await by.device.push(by.door)).toEqual([])
  other.device.learn(by.device.entries(stream))
}

const readBy = (known: Known, by: Worker) => ({
  reader: by.viewer.member,
  version: storyOf(known).version?.entry,
})

async function makeReady(): Promise<Known> {
  const known = await begin()
  const asked = { until: quarterOf(today), warningRead: true, askerControlsNoAid: true }
  await say(
    known,
    writer,
    answerConsent(known.stream, storyOf(known), { ...asked, answers: { press: 'given' } }, momentOf()),
  )
  const read = { ...readBy(known, reader), checked: Check.options }
  await say(known, reader, approveText(known.stream, storyOf(known), read, momentOf()))
  return known
}

async function figure(worker: Worker): Promise<Figure | undefined> {
  const token = tokens.get(worker)
  const { body } = await ask<{ figures: Figure[] }>(running.server.desk, 'GET /api/figures?period=all', { token })
  return body.figures.find(({ key }) => key === 'stories-with-consent')
}

describe('stories with consent', () => {
  it('are seen live by the team alone; what a manager sees stands at a cut-off, and two withdrawals do not show in the next one either', async () => {
    const told: Known[] = []
    for (let i = 0; i < 6; i++) told.push(await makeReady())
    const label = (month: string) => makeCutOff(running.database, writer.viewer.programme, month)
    expect((await figure(manager))?.value).toMatchObject({ kind: 'none' })
    await label('2026-10')
    const six = { kind: 'count', count: { low: 6, high: 6 } }
    expect([(await figure(writer))?.value, (await figure(manager))?.value]).toEqual([six, six])
    expect((await figure(manager))?.opensTo).toBe('groups')
    for (const known of told.slice(0, 2)) await say(known, writer, withdrawConsent(known.stream, 'all', momentOf()))
    expect((await figure(writer))?.value).toEqual({ kind: 'count', count: { low: 4, high: 4 } })
    expect((await figure(manager))?.value).toEqual(six)
    await label('2026-11')
    // Fewer than the minimum moved: nobody learns from a figure that two took theirs back.
    expect((await figure(manager))?.value).toEqual(six)
  })

  it('equal an independent count in plain SQL while texts are changed, read, sent back, agreed to and taken back', async () => {
    const stories: Known[] = []
    const done = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.nat(60)), { minLength: 8, maxLength: 20 }),
        async (steps) => {
          for (const [what, which] of steps) {
            done.set(what, (done.get(what) ?? 0) + 1)
            await step(stories, what, which)
          }
          const [kept, counted] = [await rows('tallied', tallied), await rows('independently', independently)]
          expect(kept).toEqual(counted)
        },
      ),
      { numRuns: 8, seed: 20261128 },
    )
    expect(done.size).toBe(9)
    expect((await rows('independently', independently)).length).toBeGreaterThan(4)
  })
})

// ---------------------------------------------------------------- against plain SQL

async function step(stories: Known[], what: number, which: number): Promise<void> {
  const moment = momentOf(pick(days, which))
  const known = pick(stories, which)
  if ((what === 0 && stories.length < 8) || !known) {
    stories.push(await begin(moment.today, which % 2 ? 'en' : 'km'))
    return
  }
  const story = storyOf(known)
  const { stream } = known
  const by = which % 3 ? reader : writer
  switch (what) {
    case 1: {
      const changed = { ...words, language: which % 2 ? 'en' : 'km', text: `Invented text, version ${which}.` } as const
      return say(known, by, changeText(stream, story, changed, { ...words, who }, moment))
    }
    case 2:
    case 3:
    case 4: {
      const second = story.version?.author === writer.viewer.member ? reader : writer
      const read = readBy(known, second)
      return what === 4 && which % 2
        ? say(known, second, sendBack(stream, story, { ...read, remove: 'The town.' }, moment))
        : say(known, second, approveText(stream, story, { ...read, checked: Check.options }, moment))
    }
    case 5:
    case 6: {
      const asked = pick(Asked.options, which) ?? 'press'
      const answers = { [asked]: which % 5 ? 'given' : 'refused', training: 'given' } as const
      const until = quarterOf(pick(days, which + 1) ?? today)
      const said = { answers, until, warningRead: true, askerControlsNoAid: true }
      return say(known, by, answerConsent(stream, story, said, moment))
    }
    case 7:
      return say(known, by, withdrawConsent(stream, which % 3 ? (pick(Use.options, which) ?? 'all') : 'all', moment))
    default:
      return say(known, by, markInError(stream, story, story.opening, !story.enteredInError, moment))
  }
}

/** Stories by use and by language, from the texts of the entries: no fold, no projection, no tally. */
const independently = `with
  said as (
    select number, stream, id::text as id, kind, text::jsonb -> 'coded' as coded, text::jsonb ->> 'on' as quarter,
      text::jsonb ->> 'author' as author
    from lentera.entry where kind like 'story.%'
  ),
  wrong as (
    select distinct on (stream) stream, (coded ->> 'enteredInError')::boolean as is_wrong
    from said where kind = 'story.entered-in-error' order by stream, number desc
  ),
  opening as (
    select stream, coded ->> 'person' as person from said where kind = 'story.begun'
      and not exists (select from wrong where wrong.stream = said.stream and is_wrong)
  ),
  version as (
    select distinct on (stream) stream, id, author, coded ->> 'language' as language
    from said where kind in ('story.begun', 'story.text-changed') order by stream, number desc
  ),
  reading as (
    select distinct on (coded ->> 'record') coded ->> 'record' as record, author, coded ->> 'reading' as reading, quarter
    from said where kind in ('story.text-approved', 'story.text-sent-back') order by coded ->> 'record', number desc
  ),
  answer as (
    select distinct on (stream, use) stream, use, value ->> 'answer' as answer, value ->> 'until' as until, quarter
    from said, jsonb_each(coded) as each (use, value)
    where kind in ('story.consent-answered', 'story.consent-withdrawn') and jsonb_typeof(value) = 'object'
      and use <> 'photograph'
    order by stream, use, number desc
  ),
  ready as (
    select opening.person, answer.use, version.language, greatest(answer.quarter, reading.quarter) as quarter
    from opening join version using (stream) join answer using (stream)
      join reading on reading.record = version.id and reading.author <> version.author
    where reading.reading = 'approved' and answer.answer = 'given'
      and greatest(answer.quarter, reading.quarter) <= answer.until
  ),
  part as (
    select person, quarter, split.by, split.value
    from ready, lateral (values ('use', use), ('language', language)) as split (by, value)
  )
  select by, value, coalesce(quarter, 'all') as period, count(distinct person)::int as persons
  from part group by grouping sets ((by, value), (by, value, quarter)) order by 1, 2, 3`

const tallied = `select split.by, split.value, period, persons_high::int as persons
  from lentera.tally, lateral (select key as by, value from jsonb_each_text(dimensions)) as split
  where fact = 'story.ready' and scope = 'programme' and (period = 'all' or period like '%Q%') and persons_high > 0
    and (select count(*) from jsonb_object_keys(dimensions)) = 1
  order by 1, 2, 3`

const rows = (name: string, sql: string) => running.database.asOwner((transaction) => transaction.query(name, sql))
