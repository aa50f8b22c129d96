import { CivilDate } from '@lentera/core/shared/dates'
import { linkSurvivor, openCriminalCase, recordAccused } from '@lentera/core/support/justice/capture'
import { projectCriminalCase } from '@lentera/core/support/justice/project'
import { randomBytes } from '@lentera/sealed/open'
import { type Database, openPool } from '@lentera/server/database'
import { pullStates } from '@lentera/server/log/pull'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { get, writeNewCase, writeNewKeyed } from '../device/found.ts'
import { found, join, type Place, today, type Worker } from '../device/world.ts'

/**
 * A survivor's case and a criminal case that is linked to it, by the same worker in the same quarter: what the server holds of the
 * one says nothing of the other. What it does say of both is whose work they are, and in which order a device wrote them.
 */
let test: TestDatabase
let database: Database
let shelter: Place
let bopha: Worker

const moment = { today, at: `${today}T09:00:00Z` }

beforeAll(async () => {
  test = await createTestDatabase()
  database = openPool(test.ownerUrl)
  shelter = await found(database, 'Poipet shelter')
  bopha = await join(database, shelter, ['caseworker'], 'Caseworker 1')
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

function openSurvivor() {
  const said = { team: shelter.team, country: 'KH', sex: 'female', age: 'adult', form: 'other' } as const
  return writeNewCase(
    bopha.device,
    shelter.organisation,
    [bopha.person],
    { ...said, consentCounting: 'given', opened: { name: 'Invented' } },
    today,
    randomBytes,
  )
}

function follow() {
  const { organisation } = shelter.organisation
  const said = { team: shelter.team, country: 'KH', stage: 'trial', quarter: thisQuarter } as const
  return writeNewKeyed(
    bopha.device,
    shelter.organisation,
    [bopha.person],
    (ids) => openCriminalCase({ ...said, ...ids, organisation, opened: { court: 'Invented' } }, moment),
    today,
    randomBytes,
  )
}
const thisQuarter = CivilDate.parse('2026-Q4')

/** Every row of every table, as text, with its table. */
function everyRow(): Promise<{ table: string; row: string }[]> {
  return database.asOwner(async (transaction) => {
    const tables = await transaction.query<{ name: string }>(
      'tables',
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'lentera'",
    )
    const rows = []
    for (const { name } of tables)
      for (const { row } of await transaction.query<{ row: string }>(
        `rows of ${name}`,
        `select row_to_json(kept)::text as row from ${name} as kept`,
      ))
        rows.push({ table: name, row })
    return rows
  })
}

describe('the link between a criminal case and a survivor’s', () => {
  it('stands nowhere in what the server holds: no row of the one names an id of the other', async () => {
    const survivor = await openSurvivor()
    const criminal = await follow()
    const of = projectCriminalCase(bopha.device.state(criminal.stream))
    if (!of) throw new Error('it was opened')
    const link = { survivor: survivor.stream, agreed: true }
    await bopha.device.write(
      get(linkSurvivor(criminal.stream, of, { links: [], notes: '' }, link, moment)),
      criminal.key,
    )
    expect(await bopha.device.push(bopha.door)).toEqual([])
    const rows = await everyRow()
    const idsOf = (stream: string): string[] => [
      ...new Set(rows.filter(({ row }) => row.includes(stream)).flatMap(({ row }) => row.match(uuids) ?? [])),
    ]
    const known = [
      shelter.organisation.programme,
      shelter.organisation.organisation,
      shelter.team,
      bopha.person.member,
      bopha.device.identity.device,
    ]
    const shared = (): string[] => {
      const hers = idsOf(survivor.stream)
      return idsOf(criminal.stream).filter((id) => hers.includes(id) && !known.some((each) => each === id))
    }
    expect(shared()).toEqual([])
    // Planted in any row it would be found.
    rows.push({ table: 'planted', row: JSON.stringify({ stream: criminal.stream, of: survivor.person }) })
    expect(shared()).toEqual([survivor.person])
    rows.pop()
    const ofSurvivor = idsOf(survivor.stream)
    // What would be found: her person, her keys and her entries are among what was looked for.
    expect(ofSurvivor).toEqual(expect.arrayContaining([survivor.stream, survivor.person, survivor.key.id]))
    expect(ofSurvivor.length).toBeGreaterThan(known.length + 4)
  })

  it('reaches the devices of the team and nobody else, as the accused do', async () => {
    const { stream, key } = await follow()
    const of = projectCriminalCase(bopha.device.state(stream))
    if (!of) throw new Error('it was opened')
    const accused = { sex: 'female', age: 'adult', name: 'Invented', role: '', quarter: thisQuarter } as const
    await bopha.device.write(get(recordAccused(stream, of, accused, moment)), key)
    expect(await bopha.device.push(bopha.door)).toEqual([])
    const clinic = await found(database, 'Poipet clinic', shelter.organisation)
    const other = await join(database, clinic, ['caseworker', 'supervisor'], 'Caseworker 2')
    const asManager = { ...bopha.viewer, team: null, roles: ['manager', 'steward', 'protection-officer'] as const }
    const seenBy = async (viewer: Worker['viewer']) => {
      const { states, keys } = await pullStates(database, viewer, { after: null })
      return [states, keys].map((each) => each.filter((one) => one.stream === stream).length)
    }
    expect(await seenBy(bopha.viewer)).toEqual([1, 2])
    for (const viewer of [other.viewer, shelter.administrator.viewer, asManager])
      expect(await seenBy(viewer)).toEqual([0, 0])
  })
})

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
