import type { Outcome } from '@lentera/core/log/batch'
import { draft } from '@lentera/core/log/draft'
import { Entry } from '@lentera/core/log/entry'
import { ofOrganisation, read } from '@lentera/core/log/kind'
import { memberAdmitted, memberRemoved, teamFormed } from '@lentera/core/log/membership'
import { kinds } from '@lentera/core/rooms'
import { CivilDate } from '@lentera/core/shared/dates'
import { MemberId, type OrganisationId, ProgrammeId, randomUuid, type TeamId } from '@lentera/core/shared/ids'
import { Role } from '@lentera/core/shared/roles'
import { certifyMemberByRoot, type MemberKeys, newMemberKeys } from '@lentera/sealed/open'
import { randomBytes } from '@lentera/sealed/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tools/database/testing/test-database.ts'
import { addDevice, admitMember, newDevice } from '../../tools/device/found.ts'
import {
  anyRandoms,
  bringDevice,
  found,
  join,
  type Place,
  today,
  until,
  type Worker,
} from '../../tools/device/world.ts'
import { type Database, openPool } from '../database/database.ts'
import { exportLog } from '../log/export.ts'
import { importLog } from '../log/import.ts'
import { viewsOf } from './figures.ts'
import { mayAppend } from './log.ts'
import { findForeignMembership } from './membership.ts'
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

  it('a post and an officer are written down by a focal point alone, for her own organisation, team and country', () => {
    const focalPoint: Viewer = { ...bopha.viewer, roles: ['focal-point'] }
    const { organisation, team, country } = focalPoint
    const own = { organisation, team, country } as const
    const others = clinic.organisation.organisation
    for (const [kind, said] of [
      ['workforce.post-registered', {}],
      ['workforce.officer-registered', { post: newId(), sex: 'female' }],
    ] as const) {
      const ids = { person: newId(), caseKey: newId(), personKey: newId(), ...said }
      const judged = (viewer: Viewer, coded: Entry['coded']) => {
        const entry = entryOf(viewer, kind, { ...ids, ...coded })
        const answer = mayAppend(viewer, entry, read(kinds, entry))
        return answer.ok ? 'may' : answer.refusal.code
      }
      for (const role of Role.options.filter((each) => each !== 'focal-point'))
        expect([role, judged({ ...focalPoint, roles: [role] }, own)]).toEqual([role, 'access.role'])
      expect(judged(focalPoint, { ...own, organisation: others })).toBe('access.other-organisation')
      expect(judged(focalPoint, { ...own, team: newId() })).toBe('access.other-team')
      expect(judged({ ...focalPoint, team: null }, own)).toBe('access.other-team')
      expect(judged(focalPoint, { ...own, country: 'TH' })).toBe('access.other-country')
      expect(judged(focalPoint, own)).toBe('may')
    }
  })

  it('what an organisation does for many is said of her own, and in her programme’s country', () => {
    const elsewhere = clinic.organisation.organisation
    for (const kind of kinds.values()) {
      const viewer = { ...bopha.viewer, roles: [...kind.who] }
      if (kind.stream === 'keyed' || !ofOrganisation.has(kind.stream) || viewer.roles.length === 0) continue
      const said = (coded: Entry['coded'], by = viewer) => codeOf(by, entryOf(by, kind.kind, coded))
      if (kind.opens) {
        expect([kind.kind, said({ organisation: elsewhere, country: 'KH' })]).toEqual([
          kind.kind,
          'access.other-organisation',
        ])
      }
      if (!('country' in kind.coded.shape)) continue
      const own = { organisation: viewer.organisation }
      expect([kind.kind, said({ ...own, country: 'VN' })]).toEqual([kind.kind, 'access.other-country'])
      expect([kind.kind, said({ ...own, country: 'KH' })]).toEqual([kind.kind, 'may'])
      // What belongs to no country, and a regional office, which is in none.
      expect([kind.kind, said({ ...own, country: null })]).toEqual([kind.kind, 'may'])
      expect([kind.kind, said({ ...own, country: 'VN' }, { ...viewer, country: null })]).toEqual([kind.kind, 'may'])
    }
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

describe('an administrator of her own organisation', () => {
  const codes = (outcomes: readonly Outcome[]) =>
    outcomes.map((outcome) => (outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome))
  const admit = (member: MemberId, keys: MemberKeys, from = today) =>
    admitMember(
      shelter.organisation,
      { team: shelter.team, roles: ['caseworker'], label: 'Caseworker 1' },
      keys,
      member,
      { today: from, until },
    )
  const certificateOf = async (member: MemberId) => {
    const [row] = await database.asOwner((transaction) =>
      transaction.query<{ certificate: unknown }>('one', 'select certificate from lentera.member where member = $1', [
        member,
      ]),
    )
    return row?.certificate
  }

  it('cannot give a member who is there, or was, other keys; nor can a device come with them', async () => {
    const { device, door } = shelter.administrator
    const dara = await join(database, shelter, ['caseworker'], 'Caseworker 7')
    await device.write([draft(memberRemoved, shelter.organisation.stream, today, { member: dara.viewer.member })])
    expect(await device.push(door)).toEqual([])
    for (const { person } of [bopha, dara]) {
      const before = await certificateOf(person.member)
      const false_ = await admit(person.member, newMemberKeys())
      const second = newDevice(shelter.organisation, false_.person, anyRandoms, 'false')
      await device.write([false_.admission, await addDevice(shelter.organisation, false_.person, second, today, until)])
      expect(codes(await device.push(door))).toEqual(['access.other-keys', 'sealed.certificate-issuer-unknown'])
      expect(await certificateOf(person.member)).toEqual(before)
      const known = await database.asOwner((transaction) =>
        transaction.query('known', 'select 1 from lentera.device where device = $1', [second.identity.device]),
      )
      expect(known).toEqual([])
    }
  })

  it('renews a certificate for the same keys, under which and under the one before devices go on', async () => {
    const { device, door } = shelter.administrator
    const sokha = await join(database, shelter, ['caseworker'], 'Caseworker 8')
    const nextDay = CivilDate.parse('2026-11-25')
    const renewed = await admit(sokha.person.member, sokha.person.keys, nextDay)
    await device.write([renewed.admission])
    const batch = await device.nextBatch()
    if (!batch) throw new Error('nothing to send')
    expect(device.placed(batch, await door(batch))).toEqual([])
    expect(await certificateOf(sokha.person.member)).toEqual({ ...renewed.person.certificate })
    expect(await door(batch)).toMatchObject({ outcomes: [{ outcome: 'already there' }] })
    const { administrator: her, root, organisation } = shelter.organisation
    const keys = { sign: her.keys.sign.public, seal: her.keys.seal.public }
    const ofRoot = await certifyMemberByRoot(root, { organisation, member: her.member, keys }, true, {
      from: nextDay,
      until,
    })
    const [first] = device.entries(shelter.organisation.stream).filter(({ coded }) => coded.member === her.member)
    if (!first) throw new Error('she was admitted')
    const { coded } = first
    await device.write([
      draft(memberAdmitted, shelter.organisation.stream, nextDay, { ...coded, certificate: { ...ofRoot } }),
    ])
    expect(await device.push(door)).toEqual([])
    expect(await certificateOf(her.member)).toEqual({ ...ofRoot })
    // Whom she certified before goes on too, on a device certified under what was hers then.
    await bringDevice(database, shelter, sokha.person)
    const lines: string[] = []
    for await (const line of exportLog(database)) lines.push(JSON.stringify(line))
    const other = await createTestDatabase()
    const rebuilt = openPool(other.ownerUrl)
    expect(
      await importLog(
        rebuilt,
        (async function* () {
          yield* lines
        })(),
      ),
    ).toMatchObject({ ok: true })
    await rebuilt.close()
    await other.drop()
  })

  it('who admits somebody at the same time as another finds the first to arrive in possession of her keys', async () => {
    const { device } = shelter.administrator
    const member = MemberId.parse(newId())
    const [one, two] = [await admit(member, newMemberKeys()), await admit(member, newMemberKeys())]
    const brought = newDevice(shelter.organisation, two.person, anyRandoms, 'two')
    await device.write([
      one.admission,
      two.admission,
      await addDevice(shelter.organisation, two.person, brought, today, until),
    ])
    const batch = await device.nextBatch()
    if (!batch) throw new Error('nothing to send')
    // As each would be judged who had not heard of the other.
    const { viewer } = shelter.administrator
    const judged = await database.asOwner((transaction) =>
      findForeignMembership(
        transaction,
        viewer,
        batch.entries.map(({ text }) => {
          const entry = Entry.parse(JSON.parse(text))
          return { entry, reading: read(kinds, entry) }
        }),
      ),
    )
    expect([...judged.values()].map(({ code }) => code)).toEqual(['access.other-keys', 'access.other-keys'])
    expect(codes(device.placed(batch, await shelter.administrator.door(batch)))).toEqual([
      'access.other-keys',
      'sealed.certificate-issuer-unknown',
    ])
    expect(await certificateOf(member)).toEqual({ ...one.person.certificate })
  })
})

it('nobody but the case team sees survivors live, and an administrator nothing', () => {
  const survivors = { objective: 1, subject: 'survivor', workers: ['caseworker', 'supervisor'] } as const
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
  const atRisk = { objective: 1, subject: 'survivor', workers: ['livelihoods-officer'] } as const
  expect(viewsOf({ ...bopha.viewer, roles: ['livelihoods-officer'] }, atRisk).map(({ kind }) => kind)).toEqual(['team'])
  expect(viewsOf(bopha.viewer, atRisk)).toEqual([])
  const abroad = { ...bopha.viewer, country: null, team: null, roles: Role.options }
  expect(viewsOf(abroad, survivors).map(({ kind }) => kind)).toEqual(['region'])
  expect(viewsOf({ ...abroad, removed: true }, survivors)).toEqual([])
})

it('what is done for communities is told to no agency live: to officers of the police and of immigration nothing of it', () => {
  const reached = { objective: 1, subject: 'open' } as const
  const trained = { objective: 3, subject: 'open' } as const
  const seen = (roles: readonly Role[], indicator: Parameters<typeof viewsOf>[1]) =>
    viewsOf({ ...bopha.viewer, roles: [...roles] }, indicator).map(({ kind }) => kind)
  for (const role of ['front-line-officer', 'focal-point'] as const) {
    expect([role, seen([role], reached), seen([role], trained)]).toEqual([role, [], ['open']])
  }
  expect(seen(['front-line-officer', 'focal-point'], reached)).toEqual([])
  expect(seen(['manager', 'focal-point'], reached)).toEqual(['open'])
})
