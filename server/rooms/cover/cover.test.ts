import type { Figure } from '@lentera/core/results/figure'
import { CivilDate } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import { type ReleaseCover, releaseCover, withdrawCoverRelease } from '@lentera/core/workforce/cover-release/capture'
import { projectCoverRelease } from '@lentera/core/workforce/cover-release/project'
import type { Bands } from '@lentera/core/workforce/cover-release/words'
import { randomBytes } from '@lentera/sealed/open'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundOrganisation, get } from '../../../tools/device/found.ts'
import { found, join, today, until, type Worker } from '../../../tools/device/world.ts'
import { foundOrganisation as foundOnServer } from '../../log/found.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { Opened } from '../results/opening.ts'
import type { ReleasedOfAgencies } from './released.ts'

/** Two agencies of one programme let counts of cover out; a manager, a caseworker and the region look at them. */
let running: Running
let police: Worker
let customs: Worker
let manager: Worker
type Reader = Worker | 'region'
const tokens = new Map<Reader, string>()
/** What was let out, in order. */
const streams: StreamId[] = []

beforeAll(async () => {
  running = await runServer()
  const shelter = await found(running.database, 'Shelter')
  const worker = async (name: string, role: 'focal-point' | 'manager'): Promise<Worker> => {
    const place = await found(running.database, name, shelter.organisation)
    const made = await join(running.database, place, [role], name)
    tokens.set(made, await signIn(running, made.viewer.programme, made.viewer.member))
    return made
  }
  police = await worker('Police', 'focal-point')
  customs = await worker('Customs', 'focal-point')
  manager = await worker('Office', 'manager')
})

afterAll(async () => {
  await running.stop()
})

const bands: Bands = {
  posts: { low: 5, high: 9 },
  shifts: { low: 125, high: 149 },
  present: { low: 50, high: 74 },
  onCall: { low: 100, high: 149 },
  women: { low: 10, high: 19 },
  expiring: null,
}

async function release(by: Worker, change: Partial<ReleaseCover> = {}): Promise<StreamId> {
  const stream = StreamId.parse(randomUuid(randomBytes(16)))
  const command: ReleaseCover = {
    stream,
    organisation: by.viewer.organisation,
    country: 'KH',
    agency: 'police',
    counted: 'sworn',
    cutOff: CivilDate.parse('2026-10-01'),
    released: { made: '2026-10-01', bands },
    ...change,
  }
  streams.push(stream)
  await by.device.write(get(releaseCover(command, [], today)))
  return stream
}

async function send(by: Worker): Promise<void> {
  expect(await by.device.push(by.door)).toEqual([])
}

const released = async (of: Reader) =>
  (await ask<ReleasedOfAgencies>(running.server.desk, 'GET /api/cover-releases', { token: tokens.get(of) })).body

async function figure(of: Reader, key = 'shifts-with-a-trained-woman'): Promise<Figure> {
  const token = tokens.get(of)
  const { body } = await ask<{ figures: Figure[] }>(running.server.desk, 'GET /api/figures?period=all', { token })
  const found = body.figures.find((each) => each.key === key)
  if (!found) throw new Error('the share is open to everyone of the programme')
  return found
}

describe('counts of cover', () => {
  it('are let out by nobody but a focal point, in bands and not in numbers, and read by nobody who is not signed in', async () => {
    const { status } = await ask(running.server.desk, 'GET /api/cover-releases', {})
    expect(status).toBe(401)
    await release(manager)
    expect(await manager.device.push(manager.door)).toMatchObject([{ refusal: { code: 'access.role' } }])
    const stream = await release(police)
    const naive = police.device.entries(stream)[0]
    expect(naive?.coded.bands).toEqual(bands)
    await send(police)
    expect(await released(manager)).toEqual({
      asOf: null,
      releases: [
        { country: 'KH', agency: 'police', counted: 'sworn', cutOff: '2026-10-01', made: '2026-10-01', bands },
      ],
    })
  })

  it('stand in the results with both their numbers, the share as the interval that they leave', async () => {
    expect((await figure(manager)).value).toEqual({
      kind: 'ratio',
      numerator: { low: 50, high: 74 },
      denominator: { low: 125, high: 149 },
      percentTenths: { low: 336, high: 592 },
      on: { first: '2026-10-01', last: '2026-10-01' },
    })
    expect((await figure(manager, 'shifts-with-a-trained-woman-on-call')).value).toMatchObject({
      numerator: { low: 100, high: 149 },
      percentTenths: { low: 671, high: 1000 },
    })
  })

  it('reach the region at its cut-off and not before; an agency that cannot tell says so', async () => {
    tokens.set('region', await signInRegion())
    expect(await released('region')).toEqual({ asOf: null, releases: [] })
    await release(customs, { agency: 'customs', released: null })
    await send(customs)
    expect(await makeCutOff(running.database, police.viewer.programme, '2026-11-20')).toBe(true)
    const seen = await released('region')
    expect(seen.asOf).toBe('2026-11-20')
    expect(seen.releases.map(({ country, agency, bands: are }) => [country, agency, are])).toEqual([
      ['KH', 'customs', null],
      ['KH', 'police', bands],
    ])
    const regional = await figure('region')
    expect(regional).toMatchObject({ asOf: '2026-11-20', value: { numerator: { low: 50, high: 74 } } })
    expect(regional.breakdowns.map(({ by }) => by)).toEqual([['country'], ['agency'], ['country', 'agency']])
  })

  it('that are withdrawn are counted no more: at once in the programme, in the region from its next cut-off', async () => {
    // The first was the manager's, which was refused.
    const stream = streams[1]
    const stands = stream && projectCoverRelease(police.device.state(stream))
    if (!stream || !stands) throw new Error('the police let counts out')
    await police.device.write(get(withdrawCoverRelease(stream, stands, true, [])))
    await send(police)
    expect((await released(manager)).releases.map(({ agency }) => agency)).toEqual(['customs'])
    expect((await figure(manager)).value).toEqual({ kind: 'none', why: 'nothing-recorded' })
    expect((await released('region')).releases).toHaveLength(2)
    await police.device.write(get(withdrawCoverRelease(stream, stands, false, [])))
    await send(police)
    expect((await released(manager)).releases).toHaveLength(2)
  })

  it('of two agencies are added as intervals, and open to the rows of her own alone', async () => {
    await release(customs, {
      agency: 'customs',
      cutOff: CivilDate.parse('2026-07-01'),
      released: { made: '2026-07-01', bands: { ...bands, present: { low: 0, high: 24 } } },
    })
    await send(customs)
    expect((await figure(manager)).value).toMatchObject({
      numerator: { low: 50, high: 98 },
      denominator: { low: 250, high: 298 },
      on: { first: '2026-07-01', last: '2026-10-01' },
    })
    const { body } = await ask<Opened>(running.server.desk, 'POST /api/figures/open', {
      token: tokens.get(police),
      body: { key: 'shifts-with-a-trained-woman', scope: 'open', period: 'all', part: {} },
    })
    expect(body.opening === 'entries' && body.entries.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([
      50, 74, 125, 149,
    ])
    expect(body.opening === 'entries' && body.elsewhere).toBe(1)
  })
})

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
