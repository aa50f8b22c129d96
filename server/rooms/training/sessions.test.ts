import type { Figure } from '@lentera/core/results/figure'
import type { Agency } from '@lentera/core/shared/agencies'
import { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import { correctAttendance, holdSession, markInError, recordAttendance } from '@lentera/core/training/capture'
import { projectSession, type TrainingSession } from '@lentera/core/training/project'
import { randomBytes } from '@lentera/sealed/open'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get } from '../../../tools/device/found.ts'
import { found, join, today, type Worker } from '../../../tools/device/world.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { Opened } from '../results/opening.ts'
import type { SessionOfProgramme } from './sessions.ts'

/** A police academy trains officers of several agencies; focal points of police and of customs look for theirs. */
let running: Running
let academy: Worker
let police: Worker
let customs: Worker
let manager: Worker
const tokens = new Map<Worker, string>()

beforeAll(async () => {
  running = await runServer()
  const shelter = await found(running.database, 'Shelter')
  const worker = async (name: string, role: 'trainer' | 'focal-point' | 'manager'): Promise<Worker> => {
    const place = await found(running.database, name, shelter.organisation)
    const made = await join(running.database, place, [role], name)
    tokens.set(made, await signIn(running, made.viewer.programme, made.viewer.member))
    return made
  }
  academy = await worker('Academy', 'trainer')
  police = await worker('Police', 'focal-point')
  customs = await worker('Customs', 'focal-point')
  manager = await worker('Office', 'manager')
})

afterAll(async () => {
  await running.stop()
})

const newId = () => randomUuid(randomBytes(16))
const sessionOf = (stream: StreamId): TrainingSession => {
  const session = projectSession(academy.device.state(stream))
  if (!session) throw new Error('a session that was held is there')
  return session
}

type Row = readonly [agency: Agency, sex: 'female' | 'male', count: number]

async function held(on: string, rows: readonly Row[]): Promise<StreamId> {
  const stream = StreamId.parse(newId())
  const { organisation } = academy.viewer
  const heldOn = CivilDate.parse(on)
  await academy.device.write(
    get(holdSession({ stream, organisation, country: 'KH', modules: ['see', 'meet'], heldOn }, today)),
  )
  const sheet = rows.flatMap(([agency, sex, count]) =>
    Array.from({ length: count }, () => ({ officer: PersonKey.parse(newId()), sex, agency })),
  )
  await academy.device.write(get(recordAttendance(stream, sessionOf(stream), sheet, 'paper')))
  return stream
}

async function send(): Promise<void> {
  expect(await academy.device.push(academy.door)).toEqual([])
}

const asked = (of: Worker, agency = 'police') =>
  ask<SessionOfProgramme[]>(running.server.desk, `GET /api/training/sessions?agency=${agency}`, {
    token: tokens.get(of),
  })

const few = { low: 0, high: 4 }

describe('the sessions of a programme, for the register of an agency', () => {
  it('are told to no stranger, to no manager, not to the trainer who held them, and of no agency that is none', async () => {
    expect((await ask(running.server.desk, 'GET /api/training/sessions?agency=police', {})).status).toBe(401)
    expect((await asked(manager)).status).toBe(404)
    expect((await asked(academy)).status).toBe(404)
    expect((await asked(police, 'mine')).status).toBe(400)
  })

  it('stand by day and module with how many of the kind of agency asked for came, though another organisation held them', async () => {
    await held('2026-03-10', [
      ['police', 'female', 7],
      ['police', 'male', 2],
      ['customs', 'female', 6],
    ])
    const later = await held('2026-09-01', [['customs', 'male', 5]])
    await send()
    const { body } = await asked(police)
    expect(body.map(({ heldOn }) => heldOn)).toEqual(['2026-09-01', '2026-03-10'])
    expect(body[1]).toMatchObject({
      country: 'KH',
      modules: ['see', 'meet'],
      isOwn: false,
      attended: { female: { low: 7, high: 7 }, male: few, another: few },
    })
    // None and one look alike: what is not shown is under five, and no more is said.
    expect(body[0]).toMatchObject({ stream: later, attended: { female: few, male: few } })
    expect((await asked(customs, 'customs')).body[0]).toMatchObject({ attended: { male: { low: 5, high: 5 } } })
  })

  it('tell nobody who was there, who held them, or how many came of others', async () => {
    const { text } = await asked(police)
    const sessions: SessionOfProgramme[] = JSON.parse(text)
    expect(Object.keys(sessions[0] ?? {}).toSorted()).toEqual([
      'attended',
      'country',
      'heldOn',
      'isOwn',
      'modules',
      'stream',
    ])
    const keys = sessions.flatMap(({ stream }) => sessionOf(stream).attendance.map(({ officer }) => officer))
    expect(keys.length).toBeGreaterThan(10)
    expect(keys.filter((key) => key && text.includes(key))).toEqual([])
    expect(text).not.toContain(academy.viewer.organisation)
  })

  it('tell on a board no more: few of an agency stay inside, with whom they could be taken from, and none by quarter', async () => {
    const board = async (of: Worker, period: string) => {
      const { body } = await ask<{ figures: Figure[] }>(running.server.desk, `GET /api/figures?period=${period}`, {
        token: tokens.get(of),
      })
      const figure = body.figures.find(({ key }) => key === 'officers-trained')
      if (!figure) throw new Error('officers were trained')
      return figure
    }
    for (const of of [police, customs, manager, academy]) {
      for (const period of ['all', '2026']) {
        const { value, breakdowns } = await board(of, period)
        // All that came is told whatever stays inside, and of which sex.
        expect(value).toMatchObject({ count: { low: 20, high: 20 } })
        const parts = (by: string) => breakdowns.find((each) => each.by.join() === by)?.parts ?? []
        expect(parts('sex').map(({ key, value: told }) => [key.sex, told])).toMatchObject([
          ['female', { count: { low: 13 } }],
          ['male', { count: { low: 7 } }],
        ])
        // Two men of the police: of neither agency the sexes, of each how many.
        expect(parts('agency').map(({ key, value: told }) => [key.agency, told])).toMatchObject([
          ['customs', { count: { low: 11 } }],
          ['police', { count: { low: 9 } }],
        ])
        expect(parts('sex,agency').map(({ value: told }) => told.kind)).toEqual(Array(4).fill('protected'))
      }
      const { value, breakdowns } = await board(of, '2026-Q1')
      expect(value).toMatchObject({ count: { low: 15 } })
      expect(breakdowns.filter(({ by }) => by.includes('agency')).flatMap(({ parts }) => parts)).toEqual([])
    }
    const open = (of: Worker) =>
      ask<Opened>(running.server.desk, 'POST /api/figures/open', {
        token: tokens.get(of),
        body: { key: 'officers-trained', scope: 'open', period: 'all', part: { sex: 'male', agency: 'police' } },
      })
    // Who counted them opens her own rows; nobody else is told how many there are, or were.
    const [own, outside] = [(await open(academy)).body, (await open(police)).body]
    expect(own.opening === 'entries' && own.entries.length).toBe(2)
    expect(outside).toEqual({ opening: 'entries', entries: [], elsewhere: null, since: null })
  })

  it('are not there once they were entered in error, and count those alone who were', async () => {
    const stream = await held('2026-10-01', [['police', 'female', 6]])
    const { attendance, opening } = sessionOf(stream)
    const [first, second] = attendance
    if (!first || !second) throw new Error('six officers')
    await academy.device.write(get(markInError(stream, sessionOf(stream), first.record, true)))
    await send()
    const find = async () => (await asked(police)).body.find((each) => each.stream === stream)
    expect(await find()).toMatchObject({ attended: { female: { low: 5, high: 5 } } })
    await academy.device.write(get(correctAttendance(stream, sessionOf(stream), second.record, { agency: 'customs' })))
    await send()
    expect(await find()).toMatchObject({ attended: { female: few } })
    await academy.device.write(get(markInError(stream, sessionOf(stream), opening, true)))
    await send()
    expect(await find()).toBeUndefined()
  })
})
