import { citeFact } from '@lentera/core/evidence/capture'
import { brochureFacts } from '@lentera/core/evidence/cited'
import { type CivilDate, dayIn } from '@lentera/core/shared/dates'
import { type PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { DANGEROUS_seededRandomness } from '@lentera/sealed/open'
import { type Database, openPool } from '@lentera/server/database'
import { makeCutOff } from '@lentera/server/projections/cut-off'
import { get, type Organisation, type Randoms } from '../device/found.ts'
import { type Amounts, amountsOf, wholeRegion } from './amounts.ts'
import { writeAwareness, writeCards, writeCrossing, writeWorks } from './awareness.ts'
import { joinRegistrations, writeCase } from './cases.ts'
import { organisations } from './cast.ts'
import { writeEvents, writeModules, writeProduct } from './dissemination.ts'
import { type WriteEditions, writeEditions } from './editions.ts'
import { type Founded, found, type Writer } from './found.ts'
import { writeCriminalCase } from './justice.ts'
import { writeParticipants } from './livelihoods.ts'
import { writePlan } from './plan.ts'
import { writePublications } from './publications.ts'
import { writeRegister } from './register.ts'
import { writeReport } from './report.ts'
import { writeResearch } from './research.ts'
import { writeSessions } from './sessions.ts'
import { writeStories } from './story.ts'
import { writeSelfCare, writeTrainers } from './trainers.ts'
import { writeNationalShare, writeWorkforce } from './workforce.ts'

export type LoadDemonstration = {
  readonly databaseUrl: string
  /** The running server: entries of members go through its public append route. */
  readonly deskUrl: string
  /** 1 is the programme of the brochure; see `amountsOf`. */
  readonly size?: number | undefined
  /** Another seed is another programme of the same size. */
  readonly seed?: string | undefined
  readonly progress?: (done: number, total: number) => void
  readonly now?: number
}

/**
 * Founds and fills the demonstration: seven country programmes and a regional office, over four years. What a load that was cut
 * short left behind is cleared first: only ever in a database in which every programme is flagged as demonstration.
 */
export async function loadDemonstration({
  databaseUrl,
  deskUrl,
  size = 1,
  seed = 'lentera demonstration 2',
  progress = () => {},
  now = Date.now(),
}: LoadDemonstration): Promise<void> {
  const database = openPool(databaseUrl, 3)
  const randoms: Randoms = (label) => DANGEROUS_seededRandomness(seed, label)
  try {
    await clearDemonstration(database)
    const names = [...new Set(organisations.map(({ programme }) => programme))]
    const step = { done: 0 }
    const total = names.reduce((sum, name) => sum + stepsOf(name, size), 0)
    const tick = (steps = 1): void => {
      step.done += steps
      progress(Math.min(step.done, total), total)
    }
    // Each programme has a log of its own, so that they can be filled beside one another.
    const filled = await Promise.all(names.map((name) => fill({ database, deskUrl, randoms, size, now, tick }, name)))
    for (const { programme } of filled) await makeCutOff(database, programme, firstOfMonth(now))
    // What came after the last cut-off is seen by its own team only.
    for (const { afterwards } of filled) await afterwards(firstOfMonth(now))
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

type Filling = {
  readonly database: Database
  readonly deskUrl: string
  readonly randoms: Randoms
  readonly size: number
  readonly now: number
  readonly tick: (steps?: number) => void
}

const ofProgramme = (name: string) => organisations.filter(({ programme }) => programme === name)

/** About as many steps as records of people: what takes the time. */
function stepsOf(name: string, size: number): number {
  const places = ofProgramme(name)
  const amounts = amountsOf(places[0]?.country ?? null, size)
  const accounts = places.reduce((sum, { posts }) => sum + posts.length, 0)
  return accounts + amounts.women + amounts.participants + registrations(amounts) + amounts.received
}

const registrations = ({ survivors, registeredTwice }: Amounts): number => survivors + registeredTwice

type Filled = Pick<Organisation, 'programme'> & { readonly afterwards: (cutOff: string) => Promise<void> }

/** One programme: its organisations, its people, and what each of them has written. */
async function fill(filling: Filling, name: string): Promise<Filled> {
  const { randoms, size, now, tick } = filling
  const places = ofProgramme(name)
  const [first] = places
  if (!first) throw new Error(`there is no programme ${name}`)
  const { country } = first
  const today = dayIn(first.zone, now)
  const settled: Founded[] = []
  for (const place of places) {
    const within = settled[0]?.organisation
    settled.push(await found(filling, place, within, today, tick))
  }
  const writers = settled.flatMap(({ writers }) => [...writers.values()])
  const as = (login: string): Writer | undefined => settled.flatMap(({ writers }) => writers.get(login) ?? [])[0]
  const amounts = amountsOf(country, size)
  const ofRegion = wholeRegion(size)
  const room: Room = { name, today, amounts, ofRegion, randoms, tick, writers, as }
  if (country) await fillCountry(room, country)
  else await fillRegion(room)
  for (const writer of writers) await writer.send()
  const { programme } = writers[0]?.organisation ?? {}
  if (!programme) throw new Error(`nobody works in ${name}`)
  return {
    programme,
    afterwards: (cutOff) => (country ? writeLatest(room, country, cutOff) : writeRegionsLatest(room, cutOff)),
  }
}

type Room = {
  readonly name: string
  readonly today: CivilDate
  readonly amounts: Amounts
  /** Of every programme together: what the regional office aims at. */
  readonly ofRegion: Amounts
  readonly randoms: Randoms
  readonly tick: (steps?: number) => void
  readonly writers: readonly Writer[]
  readonly as: (login: string) => Writer | undefined
}

async function fillCountry(room: Room, country: Country): Promise<void> {
  const { name, today, amounts, randoms, tick, writers, as } = room
  const at = { country, today }
  const of = country.toLowerCase()
  const manager = as(`manager.${of}`)
  const trainer = as(`trainer.${of}`) ?? manager
  if (manager) {
    // Before anything is counted: what is dated later counts everything again.
    await writePlan(manager, { amounts, today })
    await manager.send()
  }
  if (trainer) {
    await writeSessions(trainer, { ...at, officers: amounts.officers }, randoms(`${name}/sessions`))
    await writeTrainers(trainer, at, randoms(`${name}/trainers`))
    if (country === 'PH') await writeSelfCare(trainer, at, randoms(`${name}/self-care`))
  }
  if (manager) {
    const product = country === 'KH' ? await writeProduct(manager, 0, today, randoms(`${name}/product`)) : []
    await writeEvents(manager, { ...at, events: amounts.events, products: product }, randoms(`${name}/events`))
    if (country === 'TH') await writeWorks(manager, at, randoms(`${name}/works`))
  }
  const focalPoint = as(`focal-point.${of}`)
  if (focalPoint) {
    await writeWorkforce(focalPoint, at, randoms(`${name}/workforce`))
    const team = writers.map(({ person }) => person).filter((each) => each.team === focalPoint.person.team)
    await writeResearch(focalPoint, { ...at, team }, randoms(`${name}/research`))
  } else if (trainer) await writeNationalShare(trainer, at, randoms(`${name}/workforce`))
  // The agency's own planner; in a small programme she is the one who does everything.
  const planner = focalPoint ?? as(`agency.${of}`) ?? manager
  if (planner) await writeRegister(planner, at, randoms(`${name}/register`))
  const livelihoods = as(`livelihoods.${of}`)
  if (livelihoods) {
    await writeAwareness(livelihoods, at, randoms(`${name}/awareness`))
    await writeParticipants(livelihoods, { ...at, ...amounts }, randoms(`${name}/livelihoods`), tick)
  }
  const officer = as(`officer.${of}`)
  if (officer) await writeCrossing(officer, at, randoms(`${name}/crossing`))
  const outreach = as(`outreach.${of}`)
  if (outreach) await writeCards(outreach, { ...at, women: amounts.women }, randoms(`${name}/cards`), tick)
  for (const writer of writers) await writer.send()
  await writeRegistrations(room, country)
}

/** Every survivor's case, some registered by two organisations, and the word of a supervisor that each is one woman. */
async function writeRegistrations(room: Room, country: Country): Promise<void> {
  const { today, amounts, tick, as } = room
  const { survivors, registeredTwice, received } = amounts
  const [one, two] = caseworkersOf(room)
  if (!one) return
  // Two organisations where there are two: the last of the one's women are the first of the other's.
  const all = registrations(amounts)
  const ofOne = two ? Math.ceil(all * 0.55) : all
  const write = (writer: Writer, number: number, spelling: 0 | 1, course: 'served' | 'nothing-given' | 'not-counted') =>
    writeCase(registering(room, country, writer), { number, spelling }, course)
  const known = new Map<number, PersonKey>()
  const pairs: [PersonKey, PersonKey][] = []
  for (let number = 0; number < ofOne; number++) {
    known.set(number, await write(one, number, 0, 'served'))
    tick()
  }
  for (let number = ofOne - registeredTwice; two && number < survivors; number++) {
    const person = await write(two, number, 1, 'served')
    const before = known.get(number)
    if (before) pairs.push([before, person])
    tick()
  }
  for (let n = 0; n < received; n++) {
    await write(two && n % 3 === 2 ? two : one, survivors + n, 0, n % 4 === 3 ? 'not-counted' : 'nothing-given')
    tick()
  }
  const { team } = registering(room, country, one)
  const prosecuting = { country, today, team, convicted: amounts.convicted }
  await writeCriminalCase(one, prosecuting, room.randoms(`${room.name}/justice`))
  for (const writer of [one, two]) await writer?.send()
  const supervisor = as(`supervisor.${country.toLowerCase()}`)
  if (!supervisor) return
  await joinRegistrations(supervisor, pairs, today)
  const telling = { country, today, team, reader: supervisor }
  await writeStories(one, telling, room.randoms(`${room.name}/stories`))
}

/** The first works where most of the cases are. */
function caseworkersOf({ writers }: Room): Writer[] {
  return writers.filter(({ person }) => person.roles.includes('caseworker'))
}

function registering({ today, randoms, writers }: Room, country: Country, writer: Writer) {
  const team = writers.map(({ person }) => person).filter((person) => person.team === writer.person.team)
  return { country, today, writer, team, randoms }
}

/** After the cut-off: two who came, whom their own team sees at once, and what the donor is told as of it. */
async function writeLatest(room: Room, country: Country, cutOff: string): Promise<void> {
  const manager = room.as(`manager.${country.toLowerCase()}`)
  if (manager && country === 'KH') {
    await writeReport(manager, { cutOff, today: room.today }, room.randoms(`${room.name}/report`))
    await writeEditionsOf(room, manager, { cutOff, facts: [], publication: null })
    await manager.send()
  }
  const [one] = caseworkersOf(room)
  if (!one || country === 'TH') return
  for (const n of [0, 1]) {
    const number = room.amounts.survivors + room.amounts.received + n
    await writeCase(registering(room, country, one), { number, spelling: 0 }, 'nothing-given')
  }
  await one.send()
}

/** What its office publishes as of that cut-off, and then writes with figures of it. */
async function writeRegionsLatest(room: Room, cutOff: string): Promise<void> {
  await publish(room, cutOff)
  const steward = room.as('steward')
  if (!steward) return
  const random = room.randoms(`${room.name}/facts`)
  const facts = brochureFacts.map(() => StreamId.parse(randomUuid(random(16))))
  await writeEditionsOf(room, steward, { cutOff, facts, publication: 'synthetic-records' })
  await steward.send()
}

/** The editions of its product, whose stream is the first thing that was drawn for it. */
function writeEditionsOf(
  { name, today, randoms }: Room,
  writer: Writer,
  from: Pick<WriteEditions, 'cutOff' | 'facts' | 'publication'>,
): Promise<void> {
  const product = StreamId.parse(randomUuid(randoms(`${name}/product`)(16)))
  return writeEditions(writer, { ...from, product, today }, randoms(`${name}/editions`))
}

/** What two of the region sign after the cut-off, and what one of them withdraws. */
async function publish({ name, today, randoms, as }: Room, cutOff: string): Promise<void> {
  const [steward, officer] = [as('steward'), as('protection.region')]
  if (!steward || !officer) return
  await writePublications({ steward, officer }, { cutOff, today }, randoms(`${name}/publications`))
}

async function fillRegion({ name, today, amounts, ofRegion, randoms, as }: Room): Promise<void> {
  const steward = as('steward')
  if (!steward) return
  // The brochure's shares stand beside whatever is counted, as somebody else's figures: cited, with their source.
  const random = randoms(`${name}/facts`)
  for (const fact of brochureFacts) {
    const verified = fact.verifiedOn > today ? fact.verifiedOn : today
    await steward.device.write(get(citeFact(StreamId.parse(randomUuid(random(16))), fact, verified)))
  }
  const products = await writeProduct(steward, 1, today, randoms(`${name}/product`))
  const events = { country: null, today, events: amounts.events, products }
  await writeEvents(steward, events, randoms(`${name}/events`))
  await writeModules(steward, today)
  const manager = as('manager.region')
  if (manager) await writePlan(manager, { amounts: ofRegion, today })
}
