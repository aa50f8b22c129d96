import { citeFact } from '@lentera/core/evidence/capture'
import { brochureFacts } from '@lentera/core/evidence/cited'
import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { CivilDate, dayIn } from '@lentera/core/shared/dates'
import { MemberId, randomUuid, StreamId } from '@lentera/core/shared/ids'
import { closeCase, deliverService, recordNeed } from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { Service } from '@lentera/core/support/words'
import { DANGEROUS_seededRandomness, deriveAccount, newAccount } from '@lentera/sealed/open'
import { type LoginVerifier, loginLookup } from '@lentera/sealed/verify'
import { addAccount } from '@lentera/server/accounts'
import { type Database, openPool } from '@lentera/server/database'
import { foundOrganisation as foundOnServer } from '@lentera/server/log/found'
import { makeCutOff } from '@lentera/server/projections/cut-off'
import type { AppendDoor, Device } from '../device/device.ts'
import {
  addDevice,
  admitMember,
  foundOrganisation,
  get,
  newDevice,
  type Organisation,
  type Person,
  writeNewCase,
} from '../device/found.ts'
import { writeAwareness } from './awareness.ts'
import { type DemonstrationPlace, passphraseOf, places } from './cast.ts'
import { earlier } from './days.ts'
import { writeDissemination, writeModules } from './dissemination.ts'
import { writeLivelihoods } from './livelihoods.ts'
import { writeSessions } from './sessions.ts'
import { writeWorkforce } from './workforce.ts'

const seed = 'lentera demonstration 1'
const randoms = (label: string) => DANGEROUS_seededRandomness(seed, label)

export type LoadDemonstration = {
  readonly databaseUrl: string
  /** The running server: entries of members go through its public append route. */
  readonly deskUrl: string
  readonly progress?: (done: number, total: number) => void
  readonly now?: number
}

/**
 * Founds and fills the demonstration. What a load that was cut short left behind is cleared first: only ever in a database
 * in which every programme is flagged as demonstration.
 */
export async function loadDemonstration({
  databaseUrl,
  deskUrl,
  progress = () => {},
  now = Date.now(),
}: LoadDemonstration): Promise<void> {
  const database = openPool(databaseUrl, 3)
  try {
    await clearDemonstration(database)
    const cases = places.reduce((sum, place) => sum + place.cases.before + place.cases.after, 0)
    const posts = places.reduce((sum, place) => sum + place.posts.length, 0)
    const step = { done: 0 }
    const tick = (): void => progress(++step.done, cases + posts)
    const programmes = new Map<string, Organisation>()
    const later: (() => Promise<void>)[] = []
    for (const place of places) {
      const today = dayIn(place.zone, now)
      const settled = await settle(database, deskUrl, place, programmes.get(place.programme), today, tick)
      programmes.set(place.programme, settled.organisation)
      await settled.writeCases(0, place.cases.before)
      later.push(() => settled.writeCases(place.cases.before, place.cases.after))
    }
    // The last cut-off lies between the two: what came after it is seen by its own team only.
    for (const { programme } of programmes.values()) await makeCutOff(database, programme, firstOfMonth(now))
    for (const write of later) await write()
  } finally {
    await database.close()
  }
}

const firstOfMonth = (now: number): string => `${new Date(now).toISOString().slice(0, 7)}-01`

async function clearDemonstration(database: Database): Promise<void> {
  await database.asOwner(async (transaction) => {
    const rows = await transaction.query<{ demonstration: boolean }>(
      'flags',
      'select demonstration from lentera.programme',
    )
    if (rows.some((row) => !row.demonstration)) throw new Error('this database holds a real programme')
    await transaction.query('clear demonstration', 'truncate lentera.programme cascade')
  })
}

type Settled = {
  readonly organisation: Organisation
  readonly writeCases: (from: number, count: number) => Promise<void>
}

async function settle(
  database: Database,
  deskUrl: string,
  place: DemonstrationPlace,
  within: Organisation | undefined,
  today: CivilDate,
  tick: () => void,
): Promise<Settled> {
  const { programme, country, zone, organisation: name, team } = place
  const since = CivilDate.parse(`${Number(today.slice(0, 4)) - 2}-01-01`)
  const until = CivilDate.parse(`${Number(today.slice(0, 4)) + 10}-12-31`)
  const { organisation, device: administrators } = await foundOrganisation(
    {
      programme: within ? { id: within.programme } : { name: programme, country, zone, demonstration: true },
      country,
      name,
      teams: [team, ...place.posts.flatMap(({ ownTeam }) => ownTeam ?? [])],
      today: since,
      until,
    },
    randoms,
    name,
  )
  const [teamId] = organisation.teams.values()
  const people: { person: Person; device: Device }[] = []
  const accounts: (() => Promise<void>)[] = []
  for (const post of place.posts) {
    const member = MemberId.parse(randomUuid(randoms(`${post.login}/member`)(16)))
    const account = get(await newAccount(member, passphraseOf(post.login), randoms(`${post.login}/account`)))
    const { person, admission } = await admitMember(
      organisation,
      {
        team: (post.ownTeam ? organisation.teams.get(post.ownTeam) : post.inTeam ? teamId : null) ?? null,
        roles: post.roles,
        label: post.label,
      },
      account.unlocked.keys,
      member,
      { today: since, until },
    )
    await administrators.write([admission])
    const device = newDevice(organisation, person, randoms, post.login)
    await device.write([await addDevice(organisation, person, device, since, until)])
    people.push({ person, device })
    accounts.push(async () => {
      const { kdf } = account.record
      const { record, loginVerifier: verifier, recoveryVerifier: recovery } = account
      const lookup = loginLookup(post.login)
      await database.asOwner(async (transaction) => {
        get(
          await addAccount(transaction, organisation.programme, {
            lookup,
            member,
            kdf,
            verifier,
            recovery,
            account: { ...record },
          }),
        )
      })
      const door = await signIn(deskUrl, post.login, verifier)
      await pushAll(device, door)
    })
  }
  const founding = await administrators.nextBatch()
  if (!founding) throw new Error('a founding has entries')
  const refused = administrators.placed(founding, await foundOnServer(database, founding))
  if (refused.length > 0) throw new Error(`the founding was refused: ${JSON.stringify(refused)}`)
  for (const store of accounts) {
    await store()
    tick()
  }

  // The brochure's shares stand beside whatever is counted, as somebody else's figures: cited, with their source.
  const steward = people.find(({ person }) => person.roles.includes('steward'))
  if (steward) {
    const random = randoms(`${name}/facts`)
    for (const fact of brochureFacts) {
      const verified = fact.verifiedOn > today ? fact.verifiedOn : today
      await steward.device.write(get(citeFact(StreamId.parse(randomUuid(random(16))), fact, verified)))
    }
    const login = place.posts.find((post) => post.roles.includes('steward'))?.login ?? ''
    await pushAll(steward.device, await signIn(deskUrl, login, await verifierOf(deskUrl, login)))
  }

  const trainer = people.find(({ person }) => person.roles.includes('trainer'))
  if (trainer && country) {
    await writeSessions(trainer.device, organisation, { country, count: 6, today }, randoms(`${name}/sessions`))
    const login = place.posts.find((post) => post.roles.includes('trainer'))?.login ?? ''
    await pushAll(trainer.device, await signIn(deskUrl, login, await verifierOf(deskUrl, login)))
  }

  // A country's programme by its manager; the regional office, which looks after the modules, by its steward.
  const keeper = people.find(({ person }) => person.roles.includes(country ? 'manager' : 'steward'))
  if (keeper && (!country || country === 'KH')) {
    const amount = country ? { products: 1, events: 4 } : { products: 2, events: 6 }
    await writeDissemination(keeper.device, organisation, { country, ...amount, today }, randoms(`${name}/events`))
    if (!country) await writeModules(keeper.device, organisation, today)
    const login = place.posts.find((post) => post.roles.includes(country ? 'manager' : 'steward'))?.login ?? ''
    await pushAll(keeper.device, await signIn(deskUrl, login, await verifierOf(deskUrl, login)))
  }

  const focalPoint = people.find(({ person }) => person.roles.includes('focal-point'))
  if (focalPoint && country) {
    await writeWorkforce(focalPoint.device, organisation, { country, today }, randoms(`${name}/workforce`))
    const login = place.posts.find((post) => post.roles.includes('focal-point'))?.login ?? ''
    await pushAll(focalPoint.device, await signIn(deskUrl, login, await verifierOf(deskUrl, login)))
  }

  const outreach = people.find(({ person }) => person.roles.includes('livelihoods-officer'))
  if (outreach && country) {
    await writeAwareness(outreach.device, organisation, { country, today }, randoms(`${name}/awareness`))
    await writeLivelihoods(outreach, organisation, { country, today }, randoms(`${name}/livelihoods`))
    const login = place.posts.find((post) => post.roles.includes('livelihoods-officer'))?.login ?? ''
    await pushAll(outreach.device, await signIn(deskUrl, login, await verifierOf(deskUrl, login)))
  }

  const writer = people.find(({ person }) => person.roles.includes('caseworker'))
  const team_ = people.filter(({ person }) => person.team === teamId).map(({ person }) => person)
  const writeCases = async (from: number, count: number): Promise<void> => {
    if (!writer || !teamId || !country || count === 0) return
    const login = place.posts.find((post) => post.roles.includes('caseworker'))?.login ?? ''
    for (let i = from; i < from + count; i++) {
      await writeCase(writer.device, organisation, team_, { place, index: i, today })
      tick()
    }
    const derived = await verifierOf(deskUrl, login)
    await pushAll(writer.device, await signIn(deskUrl, login, derived))
  }
  return { organisation, writeCases }
}

/** Flowers of the region, so that nobody takes one for a person; each says that it is invented. */
const names = [
  'រំដួល',
  'ឈូក',
  'ចំប៉ា',
  'មะลิ',
  'บัว',
  'กล้วยไม้',
  'ပိတောက်',
  'နှင်းဆီ',
  'ကြာ',
  'Rumduol',
  'Champei',
  'Jasmine',
  'Lotus',
  'Orchid',
  'Padauk',
]

async function writeCase(
  device: Device,
  organisation: Organisation,
  team: readonly Person[],
  { place, index, today }: { readonly place: DemonstrationPlace; readonly index: number; readonly today: CivilDate },
): Promise<void> {
  const { country } = place
  const [teamId] = organisation.teams.values()
  if (!country || !teamId) return
  const random = randoms(`${place.organisation}/case ${index}`)
  const roll = (n: number): number => (random(1)[0] ?? 0) % n
  const openedOn = earlier(today, 20 + ((index * 37) % 330))
  const { stream, key } = await writeNewCase(
    device,
    organisation,
    team,
    {
      team: teamId,
      country,
      sex: roll(9) ? 'female' : 'male',
      age: roll(4) ? 'adult' : 'child',
      form: (['sexual-exploitation', 'forced-labour', 'forced-labour', 'other'] as const)[roll(4)] ?? 'unknown',
      consentCounting: 'given',
      opened: {
        name: `${names[(index * 4 + place.organisation.length) % names.length]} ${index + 1} (invented)`,
        safeContact: 'Invented: by the shelter only',
        language: country === 'KH' ? 'km' : country === 'TH' ? 'th' : 'my',
      },
    },
    openedOn,
    random,
  )
  const services = index % 8 === 7 ? 0 : 1 + roll(3)
  for (let n = 0; n < services; n++) {
    const file = projectCase(device.state(stream))
    const service = Service.options[(index + n) % Service.options.length]
    if (!file || !service) return
    const day = earlier(today, Math.max(1, 15 + ((index * 37) % 330) - n * 9))
    const moment = { today: day, at: `${day}T03:00:00Z` }
    await device.write(get(recordNeed(stream, file, { service, detail: 'Invented' }, moment)), key)
    const withNeed = projectCase(device.state(stream))
    const need = withNeed?.needs.find(
      (each) => each.service === service && !withNeed.services.some((done) => done.need === each.record),
    )
    if (withNeed && (n > 0 || index % 5 !== 4)) {
      const delivered = {
        service,
        deliveredOn: day,
        provider: 'Invented provider',
        ...(need ? { need: need.record } : {}),
      }
      await device.write(get(deliverService(stream, withNeed, delivered, moment)), key)
    }
  }
  const file = projectCase(device.state(stream))
  if (file && index % 11 === 10) {
    await device.write(
      get(closeCase(stream, file, { reason: 'goals-reached' }, { today, at: `${today}T03:00:00Z` })),
      key,
    )
  }
}

// ---------------------------------------------------------------- through the public routes

async function ask(deskUrl: string, path: string, body: unknown, token?: string): Promise<unknown> {
  const answer = await fetch(`${deskUrl.replace(/\/$/, '')}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer.json()
}

async function verifierOf(deskUrl: string, login: string): Promise<LoginVerifier> {
  const parameters = (await ask(deskUrl, '/api/sign-in/parameters', { lookup: loginLookup(login) })) as {
    kdf: Parameters<typeof deriveAccount>[1]
  }
  return get(await deriveAccount(passphraseOf(login), parameters.kdf)).loginVerifier
}

async function signIn(deskUrl: string, login: string, verifier: LoginVerifier): Promise<AppendDoor> {
  const { token } = (await ask(deskUrl, '/api/sign-in', { lookup: loginLookup(login), verifier })) as { token: string }
  return async (batch: Batch) => (await ask(deskUrl, '/api/log/append', batch, token)) as BatchReply
}

async function pushAll(device: Device, door: AppendDoor): Promise<void> {
  const refused = await device.push(door)
  if (refused.length > 0) throw new Error(`entries were refused: ${JSON.stringify(refused.slice(0, 3))}`)
}
