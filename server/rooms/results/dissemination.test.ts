import {
  correctDistribution,
  describeEvent,
  holdEvent,
  markEventInError,
  markProductInError,
  publishProduct,
  recordDistribution,
  withdrawProduct,
} from '@lentera/core/evidence/dissemination/capture'
import { projectEvent, projectProduct } from '@lentera/core/evidence/dissemination/project'
import { Audience, type Headcount, Level } from '@lentera/core/evidence/dissemination/words'
import type { Draft } from '@lentera/core/log/draft'
import type { Figure } from '@lentera/core/results/figure'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import { LanguageState, ProgrammeLanguage } from '@lentera/core/shared/languages'
import type { Decision } from '@lentera/core/shared/refusals'
import { openModule, stateLanguages } from '@lentera/core/training/module/capture'
import { projectModule } from '@lentera/core/training/module/project'
import { moduleStream } from '@lentera/core/training/module/words'
import { Module } from '@lentera/core/training/words'
import { randomBytes } from '@lentera/sealed/open'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { Opened } from './opening.ts'

/** A manager and a caseworker of one organisation, and a manager of another in the same programme. */
let running: Running
let office: Place
let manager: Worker
let caseworker: Worker
let other: Worker
const tokens = new Map<Worker, string>()

beforeAll(async () => {
  running = await runServer()
  office = await found(running.database, 'Poipet office')
  const clinic = await found(running.database, 'Poipet clinic', office.organisation)
  manager = await join(running.database, office, ['manager'], 'Manager')
  caseworker = await join(running.database, office, ['caseworker'], 'Caseworker')
  other = await join(running.database, clinic, ['manager'], 'Manager of the clinic')
  for (const worker of [manager, caseworker, other])
    tokens.set(worker, await signIn(running, worker.viewer.programme, worker.viewer.member))
})

afterAll(async () => {
  await running.stop()
})

const newStream = (): StreamId => StreamId.parse(randomUuid(randomBytes(16)))

async function figure(key: string, of = manager): Promise<Figure> {
  const { body } = await ask<{ figures: Figure[] }>(running.server.desk, 'GET /api/figures?period=all', {
    token: tokens.get(of),
  })
  const found = body.figures.find((each) => each.key === key)
  if (!found) throw new Error(`no figure ${key}`)
  return found
}

const held = { level: 'country', country: 'KH', audiences: ['academia'], products: [], heldOn: today } as const
const published = { title: 'Invented', kind: 'study', edition: '2026', languages: ['en'], publishedOn: today } as const

describe('who writes and who reads', () => {
  it('a caseworker may not write an event down: the server refuses it by name', async () => {
    const { organisation } = office.organisation
    const decided = holdEvent(newStream(), organisation, { ...held, participants: null }, today)
    if (!decided.ok) throw new Error(decided.refusal.code)
    await caseworker.device.write(decided.value)
    expect(await caseworker.device.push(caseworker.door)).toMatchObject([
      { outcome: 'refused', refusal: { code: 'access.role' } },
    ])
  })

  it('everyone of the programme counts an event; its row opens to her own organisation, of others only how many', async () => {
    const decided = holdEvent(newStream(), office.organisation.organisation, { ...held, participants: null }, today)
    if (!decided.ok) throw new Error(decided.refusal.code)
    await manager.device.write(decided.value)
    expect(await manager.device.push(manager.door)).toEqual([])
    for (const [of, rows] of [
      [caseworker, [1, 0]],
      [other, [0, 1]],
    ] as const) {
      const events = await figure('events-held', of)
      expect(events.value).toEqual({ kind: 'count', count: { low: 1, high: 1 } })
      const { body } = await ask<Opened>(running.server.desk, 'POST /api/figures/open', {
        token: tokens.get(of),
        body: { key: events.key, scope: events.scope, period: events.period, part: {} },
      })
      expect(body.opening === 'entries' && [body.entries.length, body.elsewhere]).toEqual(rows)
    }
  })
})

describe('every figure of dissemination', () => {
  it('equals an independent count in plain SQL while entries are added, repeated, corrected and withdrawn', async () => {
    const products: StreamId[] = []
    const events: StreamId[] = []
    const { organisation } = office.organisation
    const { device } = manager
    const write = async (decided: Decision<Draft[]>): Promise<void> => {
      if (decided.ok) await device.write(decided.value)
    }
    const onProduct = async (what: number, n: number): Promise<void> => {
      const stream = products[n % Math.max(1, products.length)]
      const product = stream && projectProduct(device.state(stream))
      if (what === 0 || !stream || !product) {
        const made = newStream()
        products.push(made)
        return write(publishProduct(made, organisation, published, today))
      }
      const row = product.distributions[n % 3]
      if (what === 1) {
        const qualifier = n % 3 === 0 ? 'at-least' : 'exact'
        const said = {
          audience: Audience.options[n % 6] ?? 'academia',
          amount: 1 + n,
          qualifier,
          source: 'Invented',
        } as const
        const carrier = n % 2 ? 'copies' : 'downloads'
        return write(recordDistribution(stream, product, { ...said, carrier }, { on: today, today }))
      }
      if (what === 2 && row) return write(correctDistribution(stream, product, row.record, { amount: 1 + (n % 70) }))
      if (what === 3) {
        const said = { withdrawn: product.standing !== 'withdrawn', note: 'Invented' }
        return write(withdrawProduct(stream, product, said, today))
      }
      const marked = n % 4 === 0 ? product : row
      const record = marked && ('record' in marked ? marked.record : marked.opening)
      if (record) await write(markProductInError(stream, product, record, !marked.enteredInError))
    }
    const onEvent = async (what: number, n: number): Promise<void> => {
      const stream = events[n % Math.max(1, events.length)]
      const event = stream && projectEvent(device.state(stream))
      const participants: Headcount | null =
        n % 5 === 0
          ? null
          : { total: 40 + (n % 30), ...(n % 2 ? { female: n % 20 } : {}), ...(n % 3 ? { male: n % 17 } : {}) }
      if (what === 5 || !stream || !event) {
        const made = newStream()
        events.push(made)
        return write(holdEvent(made, organisation, { ...held, participants }, today))
      }
      if (what === 6) return write(describeEvent(stream, event, { participants }, today))
      const level = Level.options[n % 3] ?? 'country'
      if (what === 7) return write(describeEvent(stream, event, { level, country: 'KH' }, today))
      await write(markEventInError(stream, event, !event.enteredInError))
    }
    const onModule = async (n: number): Promise<void> => {
      const module = Module.options[n % 3] ?? 'see'
      const stream = moduleStream(organisation, module)
      const here = projectModule(device.state(stream))
      const language = ProgrammeLanguage.options[n % ProgrammeLanguage.options.length] ?? 'en'
      if (!here) return write(openModule(organisation, module, [], today))
      await write(stateLanguages(stream, here, { [language]: LanguageState.options[n % 4] }, today))
    }
    const step = (what: number, n: number): Promise<void> =>
      what < 5 ? onProduct(what, n) : what < 9 ? onEvent(what, n) : onModule(n)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(10), fc.nat(500)), { minLength: 8, maxLength: 25 }),
        fc.boolean(),
        async (steps, sendTwice) => {
          for (const [what, n] of steps) await step(what, n)
          for (let batch = await device.nextBatch(30); batch; batch = await device.nextBatch(30)) {
            const reply = await manager.door(batch)
            if (sendTwice) await manager.door(batch)
            expect(device.placed(batch, reply)).toEqual([])
          }
          expect(await asFigures()).toEqual(await countInSql())
        },
      ),
      { numRuns: 20, seed: 20261128, endOnFailure: true },
    )
    const counted = await countInSql()
    for (const least of [counted.products, counted.copies, counted.high, counted.reviewed])
      expect(least).toBeGreaterThan(2)
  })
})

type Counted = Record<
  'products' | 'withdrawn' | 'copies' | 'downloads' | 'events' | 'people' | 'low' | 'high' | 'modules' | 'reviewed',
  number
>

/** What the board says; where nothing is recorded yet, none of it was counted. */
async function asFigures(): Promise<Counted> {
  const shown = async (key: string) => (await figure(key)).value
  const count = async (key: string): Promise<number> => {
    const value = await shown(key)
    return value.kind === 'count' ? value.count.low : 0
  }
  const [women, reviewed] = [await shown('women-among-event-participants'), await shown('module-languages-reviewed')]
  const standing = (await figure('knowledge-products-published')).breakdowns.find(({ by }) => by.join() === 'standing')
  const gone = standing?.parts.find(({ key }) => key.standing === 'withdrawn')?.value
  return {
    products: await count('knowledge-products-published'),
    withdrawn: gone?.kind === 'count' ? gone.count.low : 0,
    copies: await count('copies-distributed'),
    downloads: await count('downloads'),
    events: await count('events-held'),
    people: await count('event-participants'),
    low: women.kind === 'ratio' ? women.numerator.low : 0,
    high: women.kind === 'ratio' ? women.numerator.high : 0,
    modules: await count('training-modules'),
    reviewed: reviewed.kind === 'ratio' ? reviewed.numerator.low : 0,
  }
}

/** Straight from the texts of the entries: of each field the last word counts, of what is in error nothing. */
async function countInSql(): Promise<Counted> {
  const [row] = await running.database.asOwner((transaction) =>
    transaction.query<Counted>(
      'independent count of dissemination',
      `with said as (
         select number, stream, id::text as id, kind, text::jsonb -> 'coded' as coded from lentera.entry
         where kind like 'evidence.%' or kind like 'training.module-%'
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
       product as (select stream from standing where kind = 'evidence.product-published'),
       claim as (
         select coded ->> 'carrier' as carrier, coalesce((
             select (c.coded ->> 'amount')::int from said c
             where c.kind = 'evidence.distribution-corrected' and c.coded ->> 'record' = standing.id
             order by c.number desc limit 1), (coded ->> 'amount')::int) as amount
         from standing join product using (stream) where kind = 'evidence.product-distributed'
       ),
       withdrawal as (
         select distinct on (stream) (coded ->> 'withdrawn')::boolean as withdrawn
         from said join product using (stream) where kind = 'evidence.product-withdrawn' order by stream, number desc
       ),
       event as (select stream from standing where kind = 'evidence.event-held'),
       headcount as (
         select distinct on (stream) coded -> 'participants' as heads from said join event using (stream)
         where kind in ('evidence.event-held', 'evidence.event-described') and coded ? 'participants'
         order by stream, number desc
       ),
       people as (
         select (heads ->> 'total')::int as total, (heads ->> 'female')::int as female, (heads ->> 'male')::int as male
         from headcount where jsonb_typeof(heads) = 'object'
       ),
       module as (select stream from standing where kind = 'training.module-opened'),
       stated as (
         select distinct on (stream, language) state
         from said join module using (stream), jsonb_each_text(coded) as each (language, state)
         where kind = 'training.module-languages-stated' order by stream, language, number desc
       )
       select (select count(*)::int from product) as products,
         (select count(*)::int from withdrawal where withdrawn) as withdrawn,
         (select coalesce(sum(amount), 0)::int from claim where carrier = 'copies') as copies,
         (select coalesce(sum(amount), 0)::int from claim where carrier = 'downloads') as downloads,
         (select count(*)::int from event) as events,
         (select coalesce(sum(total), 0)::int from people) as people,
         (select coalesce(sum(female), 0)::int from people) as low,
         (select coalesce(sum(case when female is null then total - coalesce(male, 0) when male is null then female
           else total - male end), 0)::int from people) as high,
         (select count(*)::int from module) as modules,
         (select count(*)::int from stated where state = 'reviewed') as reviewed`,
    ),
  )
  if (!row) throw new Error('a count is one row')
  return row
}
