import type { Draft } from '@lentera/core/log/draft'
import type { Figure } from '@lentera/core/results/figure'
import { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Decision } from '@lentera/core/shared/refusals'
import {
  describeRequest,
  describeWebinar,
  holdWebinar,
  markRequestInError,
  markWebinarInError,
  requestSelfCare,
} from '@lentera/core/training/self-care/capture'
import { projectRequest, projectWebinar } from '@lentera/core/training/self-care/project'
import { SelfCareTopic } from '@lentera/core/training/self-care/words'
import {
  type Certify,
  certifyTrainer,
  correctCertificate,
  lapseCertificate,
  markTrainerInError,
  registerTrainer,
  takeStep,
} from '@lentera/core/training/trainer/capture'
import { projectTrainer } from '@lentera/core/training/trainer/project'
import { Step, stepsNeeded, trainerStream } from '@lentera/core/training/trainer/words'
import { Module } from '@lentera/core/training/words'
import { randomBytes } from '@lentera/sealed/open'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { Opened } from './opening.ts'

/** A trainer and a manager of one organisation, and a manager of another in the same programme. */
let running: Running
let academy: Place
let trainer: Worker
let manager: Worker
let other: Worker
const tokens = new Map<Worker, string>()

beforeAll(async () => {
  running = await runServer()
  academy = await found(running.database, 'Academy')
  const clinic = await found(running.database, 'Clinic', academy.organisation)
  trainer = await join(running.database, academy, ['trainer'], 'Trainer')
  manager = await join(running.database, academy, ['manager'], 'Manager')
  other = await join(running.database, clinic, ['manager'], 'Manager of the clinic')
  for (const worker of [trainer, manager, other])
    tokens.set(worker, await signIn(running, worker.viewer.programme, worker.viewer.member))
})

afterAll(async () => {
  await running.stop()
})

const newKey = (): PersonKey => PersonKey.parse(randomUuid(randomBytes(16)))
const newStream = (): StreamId => StreamId.parse(randomUuid(randomBytes(16)))

async function figure(key: string, of = trainer): Promise<Figure> {
  const { body } = await ask<{ figures: Figure[] }>(running.server.desk, 'GET /api/figures?period=all', {
    token: tokens.get(of),
  })
  const shown = body.figures.find((each) => each.key === key)
  if (!shown) throw new Error(`no figure ${key}`)
  return shown
}

async function opened(key: string, of: Worker): Promise<readonly [rows: number, elsewhere: number | null]> {
  const { scope, period } = await figure(key, of)
  const { body } = await ask<Opened>(running.server.desk, 'POST /api/figures/open', {
    token: tokens.get(of),
    body: { key, scope, period, part: {} },
  })
  if (body.opening !== 'entries') throw new Error('opens to entries')
  return [body.entries.length, body.elsewhere]
}

async function write(decided: Decision<Draft[]>, by = trainer): Promise<boolean> {
  if (decided.ok) await by.device.write(decided.value)
  return decided.ok
}

async function send(by = trainer, twice = false): Promise<void> {
  for (let batch = await by.device.nextBatch(40); batch; batch = await by.device.nextBatch(40)) {
    const reply = await by.door(batch)
    if (twice) await by.door(batch)
    expect(by.device.placed(batch, reply)).toEqual([])
  }
}

const about = { country: 'KH', agency: 'police', sex: 'female' } as const
const asked = { country: 'KH', agency: 'police', unit: 'border-post', people: 7, askedOn: today } as const

describe('who writes and who reads', () => {
  it('a manager may write down neither a trainer nor a webinar: the server refuses both by name', async () => {
    const { organisation } = academy.organisation
    await write(registerTrainer(organisation, newKey(), about, [], today), manager)
    await write(requestSelfCare(newStream(), organisation, { ...asked, topic: 'recovering' }, today), manager)
    expect(await manager.device.push(manager.door)).toMatchObject([
      { outcome: 'refused', refusal: { code: 'access.role' } },
      { outcome: 'refused', refusal: { code: 'access.role' } },
    ])
  })

  it('everyone of the programme counts a webinar, whose rows open to its own organisation; under five, no attendance', async () => {
    const { organisation } = academy.organisation
    const held = { topic: 'recovering', heldOn: today, minutes: 60, answers: [] } as const
    const few = { female: 3, male: 1, another: 0, unknown: 0 }
    await write(holdWebinar(newStream(), organisation, { ...held, attendance: few }, new Map(), today))
    const many = { female: 20, male: 4, another: 0, unknown: 0 }
    await write(holdWebinar(newStream(), organisation, { ...held, attendance: many }, new Map(), today))
    await send()
    for (const [of, held, attended] of [
      [manager, [2, 0], [1, 0]],
      [other, [0, 2], [0, 24]],
    ] as const) {
      expect(await opened('self-care-webinars-held', of)).toEqual(held)
      expect(await opened('self-care-attendances', of)).toEqual(attended)
      const { value, breakdowns } = await figure('self-care-attendances', of)
      expect(value).toEqual({ kind: 'count', count: { low: 24, high: 24 } })
      const bySex = breakdowns.find(({ by }) => by.join() === 'sex')?.parts
      expect(bySex).toEqual([{ key: { sex: 'not-split' }, value }])
    }
  })
})

describe('every figure of trainers and self-care', () => {
  it('equals an independent count in plain SQL while entries are added, repeated, corrected and withdrawn', async () => {
    const { device } = trainer
    const { organisation } = academy.organisation
    const keys: PersonKey[] = []
    const requests: StreamId[] = []
    const webinars: StreamId[] = []
    const done = new Map<string, number>()
    const note = async (what: string, decided: Decision<Draft[]>): Promise<void> => {
      const how = (await write(decided)) ? what : decided.ok ? what : decided.refusal.code
      done.set(how, (done.get(how) ?? 0) + 1)
    }
    const all = () => keys.flatMap((key) => projectTrainer(device.state(trainerStream(key))) ?? [])
    const onTrainer = async (what: number, n: number): Promise<void> => {
      const one = all()[n % Math.max(1, keys.length)]
      if (what === 0 || !one) {
        const key = newKey()
        keys.push(key)
        const sex = n % 3 ? 'female' : 'male'
        await note('registered', registerTrainer(organisation, key, { ...about, sex }, all(), today))
        for (const step of Step.options)
          for (let i = 0; i < stepsNeeded[step] - (n % 11 ? 0 : 1); i++) {
            const [made] = all().filter((each) => each.trainer === key)
            if (made) await write(takeStep(made, { step, on: CivilDate.parse('2026-01-10'), session: null }, today))
          }
        return
      }
      const said: Certify = {
        module: Module.options[n % 3] ?? 'see',
        moduleVersion: String(1 + (n % 2)),
        language: n % 5 ? 'km' : 'en',
        by: n % 4 ? 'founding-trainers' : (keys[(n + 1) % keys.length] ?? 'founding-trainers'),
        certifiedOn: CivilDate.parse(`2026-0${2 + (n % 7)}-10`),
      }
      if (what <= 2) return note('certified', certifyTrainer(one, said, all(), today))
      const row = one.certificates[n % Math.max(1, one.certificates.length)]
      if (what === 3 && row) {
        const { module, language } = said
        return note('corrected', correctCertificate(one, row.record, n % 2 ? { module } : { language }, all(), today))
      }
      if (what === 4 && row) {
        const why = row.lapsed ? null : 'module-changed'
        return note(why ? 'lapsed' : 'not lapsed', lapseCertificate(one, row.record, { why, on: today }, today))
      }
      const marked = n % 4 ? row : undefined
      const record = marked?.record ?? one.opening
      const isInError = marked ? marked.enteredInError : one.enteredInError
      await note(marked ? 'certificate in error' : 'in error', markTrainerInError(one, record, !isInError, today))
    }
    const onRequest = async (n: number): Promise<void> => {
      const stream = requests[n % Math.max(1, requests.length)]
      const request = stream && projectRequest(device.state(stream))
      const topic = SelfCareTopic.options[n % 3] ?? 'recovering'
      if (n % 3 === 0 || !stream || !request) {
        const made = newStream()
        requests.push(made)
        return note('requested', requestSelfCare(made, organisation, { ...asked, topic }, today))
      }
      if (n % 3 === 1) return note('request corrected', describeRequest(stream, { people: n % 9, topic }, today))
      await note('request in error', markRequestInError(stream, request, !request.enteredInError, today))
    }
    const onWebinar = async (what: number, n: number): Promise<void> => {
      const stream = webinars[n % Math.max(1, webinars.length)]
      const webinar = stream && projectWebinar(device.state(stream))
      const attendance = { female: n % 13, male: (n >> 2) % 11, another: n % 7 ? 0 : 5, unknown: n % 6 ? 0 : n % 9 }
      if (what === 7 || !stream || !webinar) {
        const made = newStream()
        webinars.push(made)
        const topic = SelfCareTopic.options[n % 3] ?? 'recovering'
        const said = { topic, heldOn: today, minutes: 60, attendance, answers: [] }
        return note('held', holdWebinar(made, organisation, said, new Map(), today))
      }
      if (what === 8)
        return note('webinar corrected', describeWebinar(stream, webinar, { attendance }, new Map(), today))
      await note('webinar in error', markWebinarInError(stream, webinar, !webinar.enteredInError, today))
    }
    const step = (what: number, n: number): Promise<void> =>
      what < 6 ? onTrainer(what, n) : what === 6 ? onRequest(n) : onWebinar(what, n)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(9), fc.nat(500)), { minLength: 8, maxLength: 25 }),
        fc.boolean(),
        async (steps, sendTwice) => {
          for (const [what, n] of steps) await step(what, n)
          await send(trainer, sendTwice)
          expect(await asFigures()).toEqual(await countInSql())
        },
      ),
      { numRuns: 20, seed: 20261128, endOnFailure: true },
    )
    console.log(`steps: ${[...done].map(([what, times]) => `${times} ${what}`).join(', ')}`)
    for (const what of ['certified', 'corrected', 'lapsed', 'not lapsed', 'in error', 'training.certificate-stands'])
      expect(done.get(what)).toBeGreaterThan(0)
    expect(done.get('training.certifier-not-certified')).toBeGreaterThan(0)
    for (const least of Object.values(await countInSql())) expect(least).toBeGreaterThan(0)
  })
})

type Counted = Record<
  'trainers' | 'women' | 'see' | 'certificates' | 'lapsed' | 'khmer' | 'requests' | 'webinars' | 'attended' | 'female',
  number
>

/** What the board says; where nothing is recorded yet, none of it was counted. */
async function asFigures(): Promise<Counted> {
  const count = async (key: string, part: Readonly<Record<string, string>> = {}): Promise<number> => {
    const { value, breakdowns } = await figure(key)
    const names = Object.keys(part)
    const parts = breakdowns.find(({ by }) => by.join() === names.join())?.parts ?? []
    const shown =
      names.length === 0 ? value : parts.find(({ key: of }) => names.every((name) => of[name] === part[name]))?.value
    return shown?.kind === 'count' ? shown.count.low : 0
  }
  return {
    trainers: await count('national-trainers-certified'),
    women: await count('national-trainers-certified', { sex: 'female' }),
    see: await count('national-trainers-certified', { module: 'see' }),
    certificates: await count('trainer-certificates-given'),
    lapsed: await count('trainer-certificates-given', { certificate: 'lapsed' }),
    khmer: await count('trainer-certificates-given', { language: 'km' }),
    requests: await count('self-care-requests'),
    webinars: await count('self-care-webinars-held'),
    attended: await count('self-care-attendances'),
    female: await count('self-care-attendances', { sex: 'female' }),
  }
}

/** Straight from the texts of the entries: of each field the last word counts, of what is in error nothing. */
async function countInSql(): Promise<Counted> {
  const [row] = await running.database.asOwner((transaction) =>
    transaction.query<Counted>(
      'independent count of trainers and self-care',
      `with said as (
         select number, stream, id::text as id, kind, text::jsonb -> 'coded' as coded from lentera.entry
         where kind like 'training.%'
       ),
       gone as (
         select distinct on (stream, coded ->> 'record') stream, coded ->> 'record' as record,
           (coded ->> 'enteredInError')::boolean as gone
         from said where kind like '%entered-in-error' order by stream, coded ->> 'record', number desc
       ),
       standing as (
         select * from said where not exists (
           select from gone where gone.stream = said.stream and gone.record = said.id and gone.gone)
       ),
       trainer as (
         select stream, coded ->> 'trainer' as trainer, coded ->> 'sex' as sex
         from standing where kind = 'training.trainer-registered'
       ),
       certificate as (
         select trainer.trainer, trainer.sex,
           coalesce((select c.coded ->> 'module' from said c where c.kind = 'training.certificate-corrected'
             and c.coded ->> 'record' = given.id and c.coded ? 'module' order by c.number desc limit 1),
             given.coded ->> 'module') as module,
           coalesce((select c.coded ->> 'language' from said c where c.kind = 'training.certificate-corrected'
             and c.coded ->> 'record' = given.id and c.coded ? 'language' order by c.number desc limit 1),
             given.coded ->> 'language') as language,
           coalesce((select l.coded ->> 'lapsed' is not null from said l where l.kind = 'training.certificate-lapsed'
             and l.coded ->> 'record' = given.id order by l.number desc limit 1), false) as lapsed
         from standing given join trainer using (stream) where given.kind = 'training.trainer-certified'
       ),
       webinar as (select stream from standing where kind = 'training.self-care-webinar-held'),
       attendance as (
         select distinct on (stream) (coded -> 'attendance' ->> 'female')::int as female,
           (coded -> 'attendance' ->> 'male')::int as male, (coded -> 'attendance' ->> 'another')::int as another,
           (coded -> 'attendance' ->> 'unknown')::int as unknown
         from said join webinar using (stream)
         where kind in ('training.self-care-webinar-held', 'training.self-care-webinar-described')
           and coded ? 'attendance' order by stream, number desc
       ),
       shown as (select * from attendance where female + male + another + unknown >= 5)
       select (select count(distinct trainer)::int from certificate where not lapsed) as trainers,
         (select count(distinct trainer)::int from certificate where not lapsed and sex = 'female') as women,
         (select count(distinct trainer)::int from certificate where not lapsed and module = 'see') as see,
         (select count(*)::int from certificate) as certificates,
         (select count(*)::int from certificate where lapsed) as lapsed,
         (select count(*)::int from certificate where language = 'km') as khmer,
         (select count(*)::int from standing where kind = 'training.self-care-requested') as requests,
         (select count(*)::int from webinar) as webinars,
         (select coalesce(sum(female + male + another + unknown), 0)::int from shown) as attended,
         (select coalesce(sum(female), 0)::int from shown where female >= 5 and male >= 5
           and another not between 1 and 4 and unknown not between 1 and 4) as female`,
    ),
  )
  if (!row) throw new Error('a count is one row')
  return row
}
