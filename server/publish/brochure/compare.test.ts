import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Sex } from '@lentera/core/shared/people'
import type { Country } from '@lentera/core/shared/places'
import { deliverService } from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { takeHeadcount } from '@lentera/core/workforce/capture'
import { randomBytes } from '@lentera/sealed/open'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundOrganisation, get, writeNewCase } from '../../../tools/device/found.ts'
import { doorOf, join, type Place, today, until, viewerOf, type Worker } from '../../../tools/device/world.ts'
import { foundOrganisation as foundOnServer } from '../../log/found.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { ComparedLine, ComparedRecord } from './compare.ts'

/** Four countries, each with a caseworker and a focal point; a manager in one of them asks how they stand to the brochure. */
let running: Running
const places = new Map<Country, Place>()
const workers = new Map<Country, Worker>()
let token: string
let caseworker: string

beforeAll(async () => {
  running = await runServer()
  for (const country of ['MM', 'KH', 'TH', 'ID'] as const) {
    const place = await foundIn(country)
    places.set(country, place)
    workers.set(country, await join(running.database, place, ['caseworker', 'focal-point'], country))
  }
  const cambodia = placeIn('KH')
  const { programme } = cambodia.organisation
  const manager = await join(running.database, cambodia, ['manager'], 'Manager')
  token = await signIn(running, programme, manager.viewer.member)
  caseworker = await signIn(running, programme, workerIn('KH').viewer.member)
})

afterAll(async () => {
  await running.stop()
})

const placeIn = (country: Country): Place => places.get(country) ?? missing(country)
const workerIn = (country: Country): Worker => workers.get(country) ?? missing(country)
const missing = (country: Country): never => {
  throw new Error(`nobody is in ${country}`)
}

async function foundIn(country: Country): Promise<Place> {
  const zone = 'Asia/Bangkok'
  const { organisation, device } = await foundOrganisation(
    {
      programme: { name: country, country, zone, demonstration: true },
      country,
      name: `Shelter ${country}`,
      teams: ['Casework'],
      today,
      until,
    },
    () => randomBytes,
    country,
  )
  const batch = await device.nextBatch()
  if (!batch) throw new Error('a founding has entries')
  expect(device.placed(batch, await foundOnServer(running.database, batch))).toEqual([])
  const [team] = organisation.teams.values()
  if (!team) throw new Error('it has a team')
  const viewer = viewerOf(organisation, organisation.administrator)
  return { organisation, team, administrator: { device, viewer, door: doorOf(running.database, viewer) } }
}

/** So many survivors get legal aid in a country, and are counted. */
async function serve(country: Country, many: number, sex: Sex = 'female'): Promise<void> {
  const { device, person, door } = workerIn(country)
  const { organisation, team } = placeIn(country)
  const moment = { today, at: `${today}T09:00:00Z` }
  for (let i = 0; i < many; i++) {
    const { stream, key } = await writeNewCase(
      device,
      organisation,
      [person],
      { team, country, sex, age: 'adult', form: 'other', consentCounting: 'given', opened: { name: 'Invented' } },
      today,
      randomBytes,
    )
    const file = projectCase(device.state(stream))
    if (!file) throw new Error('she was registered')
    await device.write(get(deliverService(stream, file, { service: 'legal-aid', deliveredOn: today }, moment)), key)
  }
  expect(await device.push(door)).toEqual([])
}

async function headcount(country: Country, women: number, men: number, place: 'national' | 'border-crossing') {
  const { device, door } = workerIn(country)
  const { organisation } = placeIn(country).organisation
  const stream = StreamId.parse(randomUuid(randomBytes(16)))
  const rows = [{ rank: 'line', women, men, unrecorded: 0 }] as const
  await device.write(
    get(
      takeHeadcount(
        {
          stream,
          organisation,
          on: today,
          country,
          agency: 'police',
          unit: 'all',
          place,
          counted: 'sworn',
          trust: 'records',
          source: 'Invented',
          rows,
        },
        today,
      ),
    ),
  )
  expect(await device.push(door)).toEqual([])
}

async function cutOff(label: string): Promise<void> {
  for (const { organisation } of places.values()) await makeCutOff(running.database, organisation.programme, label)
}

const compared = () => ask<ComparedRecord>(running.server.desk, 'GET /api/brochure', { token })
async function line(key: string): Promise<ComparedLine | undefined> {
  return (await compared()).body.lines.find((each) => each.key === key)
}

describe('the figures of the publication of record, laid beside what is counted here', () => {
  it('are not for a caseworker, whose own figures are not what the programme publishes', async () => {
    const { status } = await ask(running.server.desk, 'GET /api/brochure', { token: caseworker })
    expect(status).toBe(404)
  })

  it('agree with nothing before the first cut-off, whatever has been entered meanwhile', async () => {
    await serve('MM', 24)
    await serve('KH', 55)
    await serve('TH', 2)
    await serve('KH', 9, 'male')
    const { body } = await compared()
    expect(body.asOf).toBeNull()
    expect(body.lines.filter((each) => each.agrees)).toEqual([])
    expect(await line('survivors-supported')).toMatchObject({ counted: { kind: 'none', why: 'no-cut-off-yet' } })
  })

  it('agree where the women and each country are the same; men who were helped beside them do not change it', async () => {
    await cutOff('2026-11-24')
    expect(await line('survivors-supported')).toEqual({
      key: 'survivors-supported',
      agrees: true,
      // So near to a number that was public before, the count itself is not handed out: the record's own is printed.
      counted: { kind: 'protected', rule: 'complement' },
      beside: [],
    })
    expect((await compared()).body.asOf).toBe('2026-11-24')
    expect(await line('officers-trained')).toMatchObject({ agrees: false, counted: { kind: 'none' } })
  })

  it('do not agree once one woman more is counted in Thailand, and no number says by how many, nor where', async () => {
    await serve('TH', 1)
    await cutOff('2026-11-25')
    const { body, text } = await compared()
    expect(body.lines.find(({ key }) => key === 'survivors-supported')).toEqual({
      key: 'survivors-supported',
      agrees: false,
      counted: { kind: 'protected', rule: 'complement' },
      beside: [],
    })
    for (const hidden of ['82', '81', '"TH"', '"KH"', '"MM"', 'low":3', 'low":2']) expect(text).not.toContain(hidden)
  })

  it('answer the same, to the letter, when one more is counted somewhere else too', async () => {
    const before = (await compared()).text
    await serve('MM', 1)
    await cutOff('2026-11-26')
    expect((await compared()).text.replace('2026-11-26', '2026-11-25')).toBe(before)
  })

  it('far from the record, the released count stands beside it', async () => {
    await serve('KH', 20)
    await cutOff('2026-11-27')
    expect(await line('survivors-supported')).toMatchObject({
      agrees: false,
      counted: { kind: 'count', count: { low: 103, high: 103 } },
    })
  })

  it("a country's share agrees where its newest national headcount rounds to it, whatever its crossings say", async () => {
    await headcount('ID', 61, 939, 'national')
    await headcount('ID', 6, 294, 'border-crossing')
    await cutOff('2026-11-28')
    expect(await line('women-in-police-lowest')).toMatchObject({
      agrees: true,
      counted: { kind: 'ratio', numerator: { low: 61, high: 61 }, denominator: { low: 1000, high: 1000 } },
    })
    expect(await line('women-in-police-highest')).toMatchObject({ agrees: false, counted: { kind: 'none' } })
  })

  it('of a share of so few that they stay with their agency, it is said neither that it agrees nor how many', async () => {
    await headcount('ID', 4, 63, 'national')
    await cutOff('2026-11-29')
    expect(await line('women-in-police-lowest')).toMatchObject({ agrees: false, counted: { kind: 'protected' } })
  })
})
