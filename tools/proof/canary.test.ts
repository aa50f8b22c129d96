import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { quarterOf } from '@lentera/core/shared/dates'
import { ofUnits } from '@lentera/core/shared/money'
import { deliverService, recordConsent } from '@lentera/core/support/capture'
import { openCriminalCase, recordAccused } from '@lentera/core/support/justice/capture'
import { projectCriminalCase } from '@lentera/core/support/justice/project'
import { attendCourse, giveGrant, registerParticipant } from '@lentera/core/support/livelihoods/capture'
import { projectParticipant } from '@lentera/core/support/livelihoods/project'
import { projectCase } from '@lentera/core/support/project'
import {
  answerConsent,
  approveText,
  beginStory,
  changeText,
  correctGivenOut,
  describeStory,
  giveOut,
  sendBack,
} from '@lentera/core/support/story/capture'
import { projectStory } from '@lentera/core/support/story/project'
import { Check } from '@lentera/core/support/story/words'
import { randomBytes } from '@lentera/sealed/open'
import { openPool } from '@lentera/server/database'
import { exportKeys, exportLog } from '@lentera/server/log/export'
import { startServer } from '@lentera/server/main'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/open-database.ts'
import { get, writeNewCase, writeNewKeyed } from '../device/found.ts'
import { found, join, type Place, today, type Worker } from '../device/world.ts'
import { spellings } from './spellings.ts'

/**
 * Names planted in cases, participants and stories must be found nowhere the server keeps or says anything: not in a table, not in the write-ahead log,
 * not in a log of events, not in what travelled, not in an export. In every spelling a name can take on its way.
 */
const names = ['Canary Rumduolwati', 'កាណារី រំដួល', 'ကနေရီ ပိတောက်', 'คานารี มะลิ', 'ການາຣີ ຈຳປາ', 'Chim Hoàng Yến'] as const

let folder: string
let everything: { readonly where: string; readonly bytes: Buffer }[]
let travelled: string[]

beforeAll(async () => {
  folder = mkdtempSync(path(tmpdir(), 'lentera-canary-'))
  chmodSync(folder, 0o711)
  const data = path(folder, 'data')
  const cluster = await openDatabase({ dataFolder: data, say: () => undefined })
  const server = await startServer({
    databaseUrl: cluster.url,
    deskPort: 0,
    portalPort: 0,
    deskFolder: folder,
    dataFolder: data,
    empty: false,
    say: () => undefined,
  })
  const database = openPool(cluster.url)
  travelled = []
  try {
    const place = await found(database, 'Poipet shelter')
    const worker = await join(database, place, ['caseworker'], 'Caseworker 1')
    for (const name of names) {
      const { stream, key } = await writeNewCase(
        worker.device,
        place.organisation,
        [worker.person],
        {
          team: place.team,
          country: 'KH',
          sex: 'female',
          age: 'adult',
          form: 'other',
          consentCounting: 'given',
          opened: { name, otherNames: `${name} too`, narrative: `About ${name}.`, safeContact: name, place: name },
        },
        today,
        randomBytes,
      )
      const file = projectCase(worker.device.state(stream))
      if (!file) throw new Error('no case')
      const moment = { today, at: '2026-11-24T09:00:00Z' }
      const detail = { service: 'health', deliveredOn: today, provider: name, detail: name } as const
      await worker.device.write(get(deliverService(stream, file, detail, moment)), key)
      await worker.device.write(get(recordConsent(stream, { consentCounting: 'withdrawn', note: name }, moment)), key)
    }
    const officer = await join(database, place, ['livelihoods-officer'], 'Livelihoods officer 1')
    for (const name of names) await writeParticipant(officer, place, name)
    for (const name of names) await writeCriminalCase(worker, place, name)
    const reader = await join(database, place, ['supervisor'], 'Supervisor 1')
    for (const name of names) await writeStory(worker, reader, place, name)
    for (const each of [worker, officer]) {
      const refused = await each.device.push(async (batch) => {
        travelled.push(JSON.stringify(batch))
        const reply = await each.door(batch)
        travelled.push(JSON.stringify(reply))
        return reply
      })
      expect(refused).toEqual([])
    }
    for await (const line of exportLog(database)) travelled.push(JSON.stringify(line))
    for await (const line of exportKeys(database, today, today)) travelled.push(JSON.stringify(line))
    await database.asOwner((transaction) => transaction.query('to disk', 'select pg_switch_wal()'))
  } finally {
    await database.close()
    await server.stop()
    await cluster.stop()
  }
  everything = [...filesBelow(folder)].map((where) => ({ where, bytes: readFileSync(where) }))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function writeParticipant({ device, person }: Worker, place: Place, name: string): Promise<void> {
  const moment = { today, at: '2026-11-24T09:00:00Z' }
  const said = {
    country: 'KH',
    sex: 'female',
    age: 'adult',
    consentCounting: 'given',
    name,
    safeContact: name,
  } as const
  const { organisation } = place.organisation
  const { stream, key } = await writeNewKeyed(
    device,
    place.organisation,
    [person],
    (ids) => registerParticipant({ ...said, ...ids, organisation, team: place.team }, moment),
    today,
    randomBytes,
  )
  const participant = projectParticipant(device.state(stream))
  if (!participant) throw new Error('no participant')
  const quarter = quarterOf(today)
  const amount = ofUnits('KHR', 400_000)
  await device.write(get(attendCourse(stream, participant, { course: 'marketing', quarter }, moment)), key)
  await device.write(
    get(giveGrant(stream, participant, { grant: 'in-kind', amount, what: name, quarter }, moment)),
    key,
  )
}

/** The name in every field of a story: as who she is, as the changed name, in the text, under the photograph, in what is sent back. */
async function writeStory({ device, person }: Worker, reader: Worker, place: Place, name: string): Promise<void> {
  const moment = { today, at: '2026-11-24T09:00:00Z' }
  const { organisation } = place.organisation
  const said = { language: 'en', changedName: name, text: `Invented text about ${name}.`, photo: name } as const
  const { stream, key } = await writeNewKeyed(
    device,
    place.organisation,
    [person],
    (ids) => {
      const others = { who: 'Willow Heron', contact: name, notes: name }
      return beginStory({ ...said, ...others, ...ids, organisation, team: place.team, country: 'KH' }, moment)
    },
    today,
    randomBytes,
  )
  const stands = () => {
    const story = projectStory(device.state(stream))
    if (!story) throw new Error('no story')
    return story
  }
  const read = () => ({ reader: reader.viewer.member, version: stands().version?.entry })
  await device.write(get(sendBack(stream, stands(), { ...read(), remove: name }, moment)), key)
  const changed = { ...said, text: `Invented text about ${name}, changed.` }
  await device.write(get(changeText(stream, stands(), changed, { ...said, who: 'Willow Heron' }, moment)), key)
  const quarter = quarterOf(today)
  const asked = { answers: { press: 'given' }, until: quarter, warningRead: true, askerControlsNoAid: true } as const
  await device.write(get(answerConsent(stream, stands(), asked, moment)), key)
  const approved = { ...read(), checked: Check.options }
  await device.write(get(approveText(stream, stands(), approved, moment)), key)
  await device.write(get(describeStory(stream, stands(), { who: name }, moment)), key)
  // Read a second time on this device, as far as the copy that is given out knows.
  const approvedStory = { ...stands(), reading: { reading: 'approved', by: undefined, on: quarter } } as const
  const copy = { use: 'press', quarter, toWhom: name, withPhotograph: false } as const
  await device.write(get(giveOut(stream, approvedStory, copy, moment)), key)
  const [first] = stands().givenOut
  if (!first) throw new Error('no copy')
  await device.write(get(correctGivenOut(stream, stands(), first.record, { toWhom: `${name} too` }, moment)), key)
}

async function writeCriminalCase({ device, person }: Worker, place: Place, name: string): Promise<void> {
  const moment = { today, at: '2026-11-24T09:00:00Z' }
  const quarter = quarterOf(today)
  const opened = { name, court: name, charge: `Of ${name}.`, officials: name, notes: name }
  const { organisation } = place.organisation
  const { stream, key } = await writeNewKeyed(
    device,
    place.organisation,
    [person],
    (ids) =>
      openCriminalCase(
        { ...ids, organisation, team: place.team, country: 'KH', stage: 'trial', quarter, note: name, opened },
        moment,
      ),
    today,
    randomBytes,
  )
  const of = projectCriminalCase(device.state(stream))
  if (!of) throw new Error('no criminal case')
  const accused = { sex: 'female', age: 'adult', name, role: 'Exploiter', quarter, note: name } as const
  await device.write(get(recordAccused(stream, of, accused, moment)), key)
}

function* filesBelow(at: string): Generator<string> {
  for (const name of readdirSync(at)) {
    const file = path(at, name)
    if (statSync(file).isDirectory()) yield* filesBelow(file)
    else yield file
  }
}

function findings(name: string): string[] {
  const said = everything.concat(travelled.map((text) => ({ where: 'traffic and exports', bytes: Buffer.from(text) })))
  return [
    ...new Set(
      said
        .filter(({ bytes }) => spellings(name).some((spelling) => bytes.includes(spelling)))
        .map(({ where }) => where),
    ),
  ]
}

describe('a name typed into a case, a participant’s record, a story or a criminal case', () => {
  it.each(names)('%s is found nowhere: database, write-ahead log, server log, traffic, export', (name) => {
    expect(everything.length).toBeGreaterThan(900)
    expect(findings(name)).toEqual([])
  })

  it('would be found if it were there: planted in the clear in each of these ways, it is', () => {
    for (const spelling of spellings(names[1])) {
      everything.push({
        where: 'planted',
        bytes: Buffer.concat([Buffer.from('before '), spelling, Buffer.from(' after')]),
      })
      expect(findings(names[1])).toEqual(['planted'])
      everything.pop()
    }
  })

  it('a participant and a story are really among what travelled', () => {
    for (const kind of ['livelihoods.grant-given', 'story.given-out', 'story.record-corrected'])
      expect(travelled.some((text) => text.includes(kind))).toBe(true)
  })

  it('the write-ahead log is really among what was searched', () => {
    expect(everything.some(({ where }) => where.includes('pg_wal'))).toBe(true)
    expect(everything.some(({ where }) => where.endsWith('server.log'))).toBe(true)
  })
})
