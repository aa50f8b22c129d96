import { draft } from '@lentera/core/log/draft'
import { Entry } from '@lentera/core/log/entry'
import { read } from '@lentera/core/log/kind'
import { memberAdmitted, teamFormed } from '@lentera/core/log/membership'
import { kinds } from '@lentera/core/rooms'
import { MemberId, type OrganisationId, ProgrammeId, randomUuid, type TeamId } from '@lentera/core/shared/ids'
import { Role } from '@lentera/core/shared/roles'
import { newMemberKeys } from '@lentera/sealed/open'
import { randomBytes } from '@lentera/sealed/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tools/database/testing/test-database.ts'
import { admitMember } from '../../tools/device/found.ts'
import { found, join, type Place, today, until, type Worker } from '../../tools/device/world.ts'
import { type Database, openPool } from '../database/database.ts'
import { viewsOf } from './figures.ts'
import { mayAppend } from './log.ts'
import type { Viewer } from './viewer.ts'

let test: TestDatabase
let database: Database
let shelter: Place
let clinic: Place
let bopha: Worker

beforeAll(async () => {
  test = await createTestDatabase()
  database = openPool(test.ownerUrl)
  shelter = await found(database, 'Poipet shelter')
  clinic = await found(database, 'Poipet clinic', shelter.organisation)
  bopha = await join(database, shelter, ['caseworker'], 'Caseworker 1')
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

const newId = (): string => randomUuid(randomBytes(16))

describe('who may write which kind', () => {
  const entryOf = (viewer: Viewer, kind: string, coded: Entry['coded'] = {}) =>
    Entry.parse({
      v: 1,
      id: newId(),
      programme: viewer.programme,
      stream: newId(),
      parents: [],
      kind,
      version: 1,
      on: '2026-Q4',
      coded,
      sealed: {},
      author: viewer.member,
      device: newId(),
      at: null,
      prev: null,
    })
  const codeOf = (viewer: Viewer, entry: Entry): string => {
    const may = mayAppend(viewer, entry, read(kinds, entry))
    return may.ok ? 'may' : may.refusal.code
  }

  it('is for every kind exactly the roles it declares, and a removed member nothing', () => {
    for (const kind of kinds.values()) {
      for (const role of Role.options) {
        const viewer = { ...bopha.viewer, roles: [role] }
        const code = codeOf(viewer, entryOf(viewer, kind.kind))
        expect([kind.kind, role, code === 'access.role']).toEqual([kind.kind, role, !kind.who.includes(role)])
        const removed = { ...viewer, removed: true }
        expect(codeOf(removed, entryOf(removed, kind.kind))).toBe('access.member-removed')
      }
    }
  })

  it('a case is opened for her own organisation, team and country only', () => {
    const own = {
      organisation: bopha.viewer.organisation,
      team: bopha.viewer.team,
      country: 'KH',
    }
    const opened = (coded: Entry['coded'], viewer = bopha.viewer) =>
      codeOf(viewer, entryOf(viewer, 'support.case-opened', coded))
    expect(opened(own)).toBe('may')
    expect(opened({ ...own, organisation: clinic.organisation.organisation })).toBe('access.other-organisation')
    expect(opened({ ...own, team: clinic.team })).toBe('access.other-team')
    expect(opened({ ...own, team: null }, { ...bopha.viewer, team: null })).toBe('access.other-team')
    expect(opened({ ...own, country: 'TH' })).toBe('access.other-country')
    expect(opened({ ...own, country: null }, { ...bopha.viewer, country: null })).toBe('access.other-country')
  })

  it('a device is added for herself, or by an administrator; founding is said once and elsewhere', () => {
    const [viewer, administrator] = [bopha.viewer, shelter.administrator.viewer]
    const device = (member: string) => ({ device: newId(), member, certificate: null })
    const add = (by: Viewer, member: string) => codeOf(by, entryOf(by, 'log.device-added', device(member)))
    expect(add(viewer, viewer.member)).toBe('may')
    expect(add(viewer, administrator.member)).toBe('access.other-members-device')
    expect(add(administrator, viewer.member)).toBe('may')
    for (const kind of ['log.programme-founded', 'log.organisation-founded']) {
      expect(codeOf(administrator, entryOf(administrator, kind))).toBe('access.only-at-founding')
    }
  })

  it('another author or programme is refused, and a kind of a later version is kept', () => {
    const { viewer } = bopha
    const other = entryOf(viewer, 'support.case-closed')
    expect(codeOf({ ...viewer, member: MemberId.parse(newId()) }, other)).toBe('access.other-author')
    expect(codeOf(viewer, { ...other, programme: ProgrammeId.parse(newId()) })).toBe('access.other-programme')
    expect(codeOf(viewer, entryOf(viewer, 'justice.something-new'))).toBe('may')
  })
})

describe('an administrator of another organisation', () => {
  const push = async (...drafts: Parameters<typeof clinic.administrator.device.write>[0]) => {
    await clinic.administrator.device.write(drafts)
    const outcomes = await clinic.administrator.device.push(clinic.administrator.door)
    return outcomes.map((outcome) => (outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome))
  }
  const admit = async (member: MemberId, team: TeamId | null) =>
    (
      await admitMember(clinic.organisation, { team, roles: ['caseworker'], label: 'Taken' }, newMemberKeys(), member, {
        today,
        until,
      })
    ).admission

  it('cannot take over a member, nor put one of her own into a team that is not hers, nor take over that team', async () => {
    const who = () =>
      database.asOwner((transaction) =>
        transaction.query(
          'all',
          'select member, organisation, team, label, certificate from lentera.member order by 1',
        ),
      )
    const before = await who()
    expect(await push(await admit(bopha.viewer.member, clinic.team))).toEqual(['access.other-organisation'])
    expect(await push(await admit(MemberId.parse(newId()), shelter.team))).toEqual(['access.other-organisation'])
    const takeover = { team: shelter.team, organisation: clinic.organisation.organisation, name: 'Taken' }
    expect(await push(draft(teamFormed, clinic.organisation.stream, today, takeover))).toEqual([
      'access.other-organisation',
    ])
    expect(await who()).toEqual(before)
  })

  it('cannot admit anyone into the other organisation', async () => {
    const admission = await admit(MemberId.parse(newId()), null)
    const organisation: OrganisationId = shelter.organisation.organisation
    const forged = { ...admission, coded: { ...admission.coded, organisation } }
    expect(await push(forged)).toEqual(['access.other-organisation'])
    expect(forged.kind).toBe(memberAdmitted.kind)
  })
})

it('nobody but the case team sees survivors live, and an administrator nothing', () => {
  const survivors = { subject: 'survivor' } as const
  const live = (role: Role) => viewsOf({ ...bopha.viewer, roles: [role] }, survivors).map(({ kind }) => kind)
  expect(Object.fromEntries(Role.options.map((role) => [role, live(role)]))).toEqual({
    caseworker: ['team'],
    supervisor: ['team'],
    'livelihoods-officer': [],
    trainer: [],
    'focal-point': [],
    'front-line-officer': [],
    manager: ['programme'],
    steward: ['programme'],
    'protection-officer': ['programme'],
    administrator: [],
    'regional-manager': [],
  })
  const abroad = { ...bopha.viewer, country: null, team: null, roles: Role.options }
  expect(viewsOf(abroad, survivors).map(({ kind }) => kind)).toEqual(['region'])
  expect(viewsOf({ ...abroad, removed: true }, survivors)).toEqual([])
})
