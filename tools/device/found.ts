import type { Draft } from '@lentera/core/log/draft'
import { draft } from '@lentera/core/log/draft'
import {
  deviceAdded,
  keyGranted,
  memberAdmitted,
  organisationFounded,
  programmeFounded,
  teamFormed,
} from '@lentera/core/log/membership'
import { type CivilDate, quarterOf } from '@lentera/core/shared/dates'
import {
  DeviceId,
  MemberId,
  OrganisationId,
  PersonKey,
  ProgrammeId,
  randomUuid,
  StreamId,
  TeamId,
} from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import type { Decision } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import { type OpenCase, openCase } from '@lentera/core/support/capture'
import {
  certifyDevice,
  certifyMember,
  certifyMemberByRoot,
  type Grantee,
  grantCaseKey,
  Keyring,
  type MemberKeys,
  newCaseKey,
  newDeviceKey,
  newMemberKeys,
  newPersonKey,
  type OrganisationRoot,
  type PersonKeySecret,
  type Randomness,
  rootFromSeed,
  wrapPersonKey,
} from '@lentera/sealed/open'
import { certificateHash, type SignedCertificate } from '@lentera/sealed/verify'
import { Device } from './device.ts'

/** Randomness by purpose: of the machine, or from a seed for the demonstration (the same label gives the same bytes). */
export type Randoms = (label: string) => Randomness

export type Person = {
  readonly member: MemberId
  readonly keys: MemberKeys
  readonly certificate: SignedCertificate
  readonly team: TeamId | null
  readonly roles: readonly Role[]
  readonly label: string
}

export type Organisation = {
  readonly programme: ProgrammeId
  readonly country: Country | null
  readonly organisation: OrganisationId
  readonly stream: StreamId
  readonly root: OrganisationRoot
  readonly teams: ReadonlyMap<string, TeamId>
  readonly administrator: Person
}

export type Founding = {
  /** Undefined joins the programme given by its id. */
  readonly programme:
    | { readonly id: ProgrammeId }
    | {
        readonly name: string
        readonly country: Country | null
        readonly zone: string
        readonly demonstration: boolean
      }
  readonly country: Country | null
  readonly name: string
  readonly teams: readonly string[]
  readonly today: CivilDate
  readonly until: CivilDate
}

/** Founds an organisation on a fresh device of its administrator: the entries wait in the device's outbox. */
export async function foundOrganisation(
  founding: Founding,
  randoms: Randoms,
  label: string,
  member?: { readonly member: MemberId; readonly keys: MemberKeys },
): Promise<{ readonly organisation: Organisation; readonly device: Device }> {
  const ids = randoms(`${label}/ids`)
  const id = () => randomUuid(ids(16))
  const { today, until } = founding
  const programme = 'id' in founding.programme ? founding.programme.id : ProgrammeId.parse(id())
  const organisation = OrganisationId.parse(id())
  const stream = StreamId.parse(id())
  const root = await rootFromSeed(randoms(`${label}/root`)(32))
  const { member: administrator, keys } = member ?? {
    member: MemberId.parse(id()),
    keys: newMemberKeys(randoms(`${label}/administrator`)),
  }
  const publicKeys = { sign: keys.sign.public, seal: keys.seal.public }
  const certificate = await certifyMemberByRoot(root, { organisation, member: administrator, keys: publicKeys }, true, {
    from: today,
    until,
  })
  const teams = new Map(founding.teams.map((name) => [name, TeamId.parse(id())]))
  const person: Person = {
    member: administrator,
    keys,
    certificate,
    team: null,
    roles: ['administrator'],
    label: 'Administrator',
  }
  const founded: Organisation = {
    programme,
    country: founding.country,
    organisation,
    stream,
    root,
    teams,
    administrator: person,
  }
  const device = newDevice(founded, person, randoms, `${label}/administrator`)
  const { programme: of } = founding
  await device.write([
    ...('id' in of ? [] : [draft(programmeFounded, StreamId.parse(id()), today, { ...of })]),
    draft(organisationFounded, stream, today, {
      organisation,
      name: founding.name,
      rootSign: root.sign.public,
      rootRecovery: root.recovery.public,
    }),
    ...[...teams].map(([name, team]) => draft(teamFormed, stream, today, { team, organisation, name })),
    admission(founded, person, today),
    await addDevice(founded, person, device, today, until),
  ])
  return { organisation: founded, device }
}

/** A new member with keys of her own, certified by the administrator. Her admission is written by `administratorsDevice`. */
export async function admitMember(
  of: Organisation,
  who: { readonly team: TeamId | null; readonly roles: readonly Role[]; readonly label: string },
  keys: MemberKeys,
  member: MemberId,
  { today, until }: { readonly today: CivilDate; readonly until: CivilDate },
): Promise<{ readonly person: Person; readonly admission: Draft }> {
  const { administrator, organisation } = of
  const certificate = await certifyMember(
    { keys: administrator.keys, certificate: administrator.certificate },
    { organisation, member, keys: { sign: keys.sign.public, seal: keys.seal.public } },
    { from: today, until },
  )
  const person = { member, keys, certificate, ...who }
  return { person, admission: admission(of, person, today) }
}

export function newDevice(of: Organisation, person: Person, randoms: Randoms, label: string): Device {
  const key = newDeviceKey(randoms(`${label}/device-key`))
  const random = randoms(`${label}/device`)
  const device = DeviceId.parse(randomUuid(random(16)))
  const keyring = new Keyring()
  keyring.setDevice(key)
  return new Device(
    { programme: of.programme, member: person.member, device, key, certificate: certificateHash(person.certificate) },
    keyring,
    { random },
  )
}

/** The entry by which a device's first batch makes it known: its key, certified by its member. */
export async function addDevice(
  of: Organisation,
  person: Person,
  device: Device,
  today: CivilDate,
  until: CivilDate,
): Promise<Draft> {
  const { organisation, stream } = of
  const certificate = await certifyDevice(
    { keys: person.keys, certificate: person.certificate },
    { organisation, member: person.member, device: device.identity.device, key: device.identity.key.public },
    { from: today, until },
  )
  return draft(deviceAdded, stream, today, { device: device.identity.device, member: person.member, certificate })
}

function admission(of: Organisation, person: Person, today: CivilDate): Draft {
  const { member, team, label, certificate } = person
  return draft(memberAdmitted, of.stream, today, {
    member,
    organisation: of.organisation,
    team,
    roles: [...person.roles],
    label,
    certificate,
  })
}

export type NewCase = Pick<OpenCase, 'sex' | 'age' | 'form' | 'consentCounting' | 'opened'> & {
  readonly team: TeamId
  readonly country: Country
}

/** Opens a case on a device: its keys granted to the team and to recovery, the entries in the outbox. */
export function writeNewCase(
  device: Device,
  of: Pick<Organisation, 'organisation' | 'root'>,
  team: readonly Person[],
  command: NewCase,
  today: CivilDate,
  random: Randomness,
): Promise<NewKeyed> {
  const { organisation } = of
  const moment = { today, at: `${today}T09:00:00Z` }
  return writeNewKeyed(
    device,
    of,
    team,
    (ids) => openCase({ ...command, ...ids, organisation, consentServices: 'given', limitsExplained: true }, moment),
    today,
    random,
  )
}

export type NewKeyed = { readonly stream: StreamId; readonly person: PersonKey; readonly key: PersonKeySecret }

/** Opens a stream about one person, with keys of its own. */
export function writeNewKeyed(
  device: Device,
  of: Pick<Organisation, 'root'>,
  team: readonly Person[],
  open: (ids: KeyedIds) => Decision<Draft[]>,
  today: CivilDate,
  random: Randomness,
): Promise<NewKeyed> {
  const grantees: Grantee[] = [
    ...team.map(({ member, keys }): Grantee => ({ kind: 'member', member, key: keys.seal.public })),
    { kind: 'recovery', key: of.root.recovery.public },
  ]
  return writeKeyed(device, StreamId.parse(randomUuid(random(16))), grantees, open, today, random)
}

type KeyedIds = Pick<OpenCase, 'stream' | 'person' | 'caseKey' | 'personKey'>

/** The same for whoever may hold its key, under an id of the caller's. */
export async function writeKeyed(
  device: Device,
  stream: StreamId,
  grantees: readonly Grantee[],
  open: (ids: KeyedIds) => Decision<Draft[]>,
  today: CivilDate,
  random: Randomness,
): Promise<NewKeyed> {
  const person = PersonKey.parse(randomUuid(random(16)))
  const caseKey = newCaseKey({ programme: device.identity.programme, stream }, 1, random)
  const personKey = newPersonKey(caseKey, person, random)
  device.keyring.addCase(caseKey)
  device.keyring.addPerson(personKey)
  const grants = await Promise.all(grantees.map(async (grantee) => get(await grantCaseKey(caseKey, grantee))))
  const wraps = [...grants, await wrapPersonKey(personKey, caseKey, random)]
  const quarter = quarterOf(today)
  if (!quarter) throw new RangeError('today is a day')
  const drafts = get(open({ stream, person, caseKey: caseKey.id, personKey: personKey.id }))
  const granted = draft(keyGranted, stream, quarter, {
    key: caseKey.id,
    epoch: 1,
    hashes: wraps.map(({ hash }) => hash),
    recipients: grantees.map((grantee) => (grantee.kind === 'member' ? grantee.member : 'recovery')),
  })
  await device.write([...drafts, granted], personKey, wraps)
  return { stream, person, key: personKey }
}

/** The value of a decision that this program itself made so that it cannot be refused. */
export function get<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.code} ${JSON.stringify(decision.refusal.values)}`)
  return decision.value
}
