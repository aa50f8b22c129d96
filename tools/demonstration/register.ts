import { CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { ProgrammeLanguage } from '@lentera/core/shared/languages'
import type { Module } from '@lentera/core/shared/modules'
import type { Country } from '@lentera/core/shared/places'
import { certifyOfficer, type OfficerAt, registerOfficer } from '@lentera/core/workforce/officer/capture'
import { projectOfficer } from '@lentera/core/workforce/officer/project'
import type { OfficerSaid, RosterWish, Wishes } from '@lentera/core/workforce/officer/words'
import { type PostAt, registerPost, type SayPost } from '@lentera/core/workforce/post/capture'
import { projectPost } from '@lentera/core/workforce/post/project'
import { type Crossing, everyDay, type Opening, type Risk, type There } from '@lentera/core/workforce/post/words'
import type { Grantee, PersonKeySecret, Randomness } from '@lentera/sealed/open'
import { get, writeKeyed } from '../device/found.ts'
import { writeCoverReleases } from './cover-releases.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

/** An invented crossing: its kind is real, and neither its name nor its place is anywhere. */
type Invented = {
  readonly code: string
  readonly name: string
  readonly crossing: Crossing
  /** Of the country's own middle, degrees: the places are laid out by hand and no crossing is there. */
  readonly at: readonly [north: number, east: number]
  readonly hours: Opening['hours']
  readonly flow: number
  readonly risk: Risk
  readonly toilets: There
  readonly lodging: There
  /** All officers, the women among them, and those of the women who hold valid certificates. */
  readonly officers: number
  readonly women: number
  readonly trained: number
  /** Her agency trained them within the year: at each cut-off before there were fewer. */
  readonly trainedLately?: true
  /** Its agency says that it must be covered whatever it costs. */
  readonly mustBeCovered?: true
  /** Minutes to other posts, by their code. */
  readonly near: Readonly<Record<string, number>>
}

const inCambodia: readonly Invented[] = [
  {
    code: 'A-1',
    name: 'Lantern bridge (invented)',
    crossing: 'bridge',
    at: [1.1, -1.6],
    hours: 'day-and-night',
    flow: 5200,
    risk: 'high',
    toilets: 'yes',
    lodging: 'yes',
    officers: 24,
    women: 7,
    trained: 6,
    near: { 'A-2': 35, 'A-3': 20 },
  },
  {
    code: 'A-2',
    name: 'Long road gate (invented)',
    crossing: 'road',
    at: [1.3, -1.3],
    hours: 'day-and-night',
    flow: 2600,
    risk: 'high',
    toilets: 'yes',
    lodging: 'no',
    officers: 18,
    women: 3,
    trained: 2,
    near: { 'A-1': 35 },
  },
  {
    code: 'A-3',
    name: 'Willow road gate (invented)',
    crossing: 'road',
    at: [0.9, -1.5],
    hours: 'day',
    flow: 700,
    risk: 'medium',
    toilets: 'yes',
    lodging: 'yes',
    officers: 9,
    women: 2,
    trained: 2,
    near: { 'A-1': 20 },
  },
  {
    code: 'B-1',
    name: 'Ferry landing of the three trees (invented)',
    crossing: 'river-landing',
    at: [1.0, 1.2],
    hours: 'day',
    flow: 420,
    risk: 'medium',
    toilets: 'no',
    lodging: 'unknown',
    officers: 8,
    women: 1,
    trained: 0,
    near: { 'B-2': 50 },
  },
  {
    code: 'B-2',
    name: 'Upper landing (invented)',
    crossing: 'river-landing',
    at: [1.4, 1.1],
    hours: 'day',
    flow: 150,
    risk: 'low',
    toilets: 'unknown',
    lodging: 'unknown',
    officers: 6,
    women: 0,
    trained: 0,
    near: { 'B-1': 50 },
  },
  {
    code: 'C-1',
    name: 'Harbour of the grey heron (invented)',
    crossing: 'sea-port',
    at: [-1.4, -1.2],
    hours: 'day-and-night',
    flow: 1900,
    risk: 'high',
    toilets: 'yes',
    lodging: 'yes',
    officers: 16,
    women: 4,
    trained: 3,
    mustBeCovered: true,
    near: {},
  },
  {
    code: 'D-1',
    name: 'Airfield of the morning (invented)',
    crossing: 'airport',
    at: [-0.3, 0.2],
    hours: 'day-and-night',
    flow: 7400,
    risk: 'medium',
    toilets: 'yes',
    lodging: 'yes',
    officers: 26,
    women: 9,
    trained: 6,
    near: {},
  },
  {
    code: 'E-1',
    name: 'Rice field gate (invented)',
    crossing: 'road',
    at: [-0.9, 1.0],
    hours: 'day',
    flow: 310,
    risk: 'low',
    toilets: 'yes',
    lodging: 'no',
    officers: 7,
    women: 1,
    trained: 1,
    near: {},
  },
]

/** Elsewhere a bridge, a road, a landing and a port, with fewer officers: too few posts to let counts of them out. */
const elsewhere: readonly Invented[] = [
  { ...of('A-1'), officers: 9, women: 3, trained: 2, near: { 'A-3': 20 } },
  { ...of('A-3'), officers: 5, women: 1, trained: 1 },
  { ...of('B-1'), officers: 4, women: 0, trained: 0, near: {} },
  { ...of('C-1'), officers: 8, women: 3, trained: 1 },
]

/** In larger agencies an airfield and two gates besides, and more women who were trained. */
const larger: readonly Invented[] = [
  ...elsewhere.map((each) => ({ ...each, women: each.women + 1, trained: each.trained + 1 })),
  { ...of('A-2'), officers: 6, women: 2, trained: 1, near: { 'A-1': 35 } },
  { ...of('D-1'), officers: 9, women: 5, trained: 4 },
  { ...of('E-1'), officers: 4, women: 1, trained: 1 },
]

/** One agency of many small gates, with its women alone: so many that a year of training is seen in what it lets out. */
const many: readonly Invented[] = [
  ...larger,
  ...['Amber', 'Basalt', 'Coral', 'Flint', 'Garnet', 'Jasper', 'Marble', 'Onyx', 'Quartz', 'Slate'].map(
    (stone, i): Invented => ({
      ...of(i % 2 === 0 ? 'A-2' : 'A-3'),
      code: `F-${i + 1}`,
      name: `${stone} gate (invented)`,
      at: [-1.2 + 0.25 * i, -0.6 + 0.15 * i],
      officers: 6,
      women: 5,
      trained: 5,
      trainedLately: true,
      near: i === 0 ? {} : { [`F-${i}`]: 25 },
    }),
  ),
]

const postsIn: Partial<Record<Country, readonly Invented[]>> = {
  KH: inCambodia,
  MM: larger,
  TH: larger,
  PH: larger,
  ID: many,
}

function of(code: string): Invented {
  const found = inCambodia.find((each) => each.code === code)
  if (!found) throw new Error(`no invented post ${code}`)
  return found
}

/** About the middle of a country, so that a map of its crossings has its shape; nothing is there. */
const middles: Partial<Record<Country, readonly [latitude: number, longitude: number]>> = {
  KH: [12.6, 105.0],
  MM: [20.5, 96.5],
  TH: [15.5, 101.0],
  LA: [18.5, 103.8],
  PH: [12.0, 122.5],
  MY: [4.0, 102.3],
  ID: [-3.0, 114.0],
}

const languages: Partial<Record<Country, ProgrammeLanguage>> = {
  KH: 'km',
  MM: 'my',
  TH: 'th',
  LA: 'lo',
  PH: 'fil',
  MY: 'ms',
  ID: 'id',
}

/** Trees, so that nobody takes one for a person; each says that it is invented. */
const names = ['Cedar', 'Willow', 'Maple', 'Linden', 'Hazel', 'Rowan', 'Alder', 'Laurel', 'Myrtle', 'Acacia', 'Aspen']

/** What is written down of an officer here: nothing is taken back. */
type SayOfficer = Partial<OfficerSaid>

type Where = { readonly country: Country; readonly today: CivilDate }

/**
 * The register of one agency: its posts, their officers, and certificates of which some end soon and some have ended; and of its cover
 * what is let out, as this device counts it.
 */
export async function writeRegister(writer: Writer, { country, today }: Where, random: Randomness): Promise<void> {
  const { device, person, organisation } = writer
  const { team } = person
  const middle = middles[country]
  if (team === null || !middle) return
  const grantees: Grantee[] = [
    { kind: 'member', member: person.member, key: person.keys.seal.public },
    { kind: 'recovery', key: organisation.root.recovery.public },
  ]
  const began = earlier(today, 200)
  const moment = { today: began, at: `${began}T03:00:00Z` }
  const ids = { organisation: organisation.organisation, team, country }
  const invented = postsIn[country] ?? elsewhere
  const streams = new Map(invented.map(({ code }) => [code, StreamId.parse(randomUuid(random(16)))]))
  const posts: PostAt[] = []
  for (const each of invented) {
    const stream = streams.get(each.code)
    if (!stream) throw new Error('every post has its id')
    const said = saidOf(each, middle, streams)
    await writeKeyed(
      device,
      stream,
      grantees,
      (keys) => registerPost({ ...ids, ...keys, said }, posts, moment),
      began,
      random,
    )
    const post = projectPost(device.state(stream))
    if (!post) throw new Error('a post that was written down is there')
    posts.push({ stream, post, said: { ...definite(said), disputed: [] } })
  }
  const officers: OfficerAt[] = []
  let number = 0
  for (const each of invented) {
    const post = streams.get(each.code)
    for (let i = 0; i < each.officers; i++) {
      number++
      const said = {
        number: `INV-${String(number).padStart(4, '0')}`,
        name: `${names[number % names.length]} ${number} (invented)`,
        rank: i % 9 === 0 ? 'Supervisor' : 'Officer',
        home: `${['Hill', 'River', 'Coast'][number % 3]} district (invented)`,
        languages: [languages[country] ?? 'en', ...(number % 4 === 0 ? (['en'] as const) : [])],
        // Every fourth woman would go where she is needed more; every third of the others can be called.
        ...(i < each.women && i % 4 === 1 ? { wishes: volunteering(streams, each.code) } : {}),
        ...(number % 3 === 0 ? { reach: 15 + (number % 5) * 10 } : {}),
        // At the harbour a day off is asked for and a night, in the next roster.
        ...(each.code === 'C-1' && i < 2 ? { rosterWishes: [wishOf(i, today)] } : {}),
      }
      const sex = i < each.women ? 'female' : 'male'
      const stream = StreamId.parse(randomUuid(random(16)))
      const opening = { ...ids, post, sex, said } as const
      const { key } = await writeKeyed(
        device,
        stream,
        grantees,
        (keys) => registerOfficer({ ...opening, ...keys }, posts, [], moment),
        began,
        random,
      )
      const held = certificatesOf(each, i, number, today)
      for (const certificate of held) await certify(writer, stream, key, certificate, today)
      officers.push(openedOfficer(writer, stream, said, held))
    }
  }
  await writeCoverReleases(writer, { country, today, posts, officers }, random)
}

/** An officer as a device of her agency opens her: nothing of her was said twice. */
function openedOfficer({ device }: Writer, stream: StreamId, said: SayOfficer, held: readonly Held[]): OfficerAt {
  const officer = projectOfficer(device.state(stream))
  if (!officer) throw new Error('an officer who was written down is there')
  return {
    stream,
    officer,
    said: { ...said, disputed: [] },
    certificates: officer.certificates.map((certificate) => {
      const { issued } = held.find(({ module }) => module === certificate.module) ?? {}
      return { certificate, said: issued ? { issued, until: lastDayOf(issued), disputed: [] } : { disputed: [] } }
    }),
  }
}

/** Certificates hold for two years. */
const lastDayOf = (issued: CivilDate): CivilDate =>
  CivilDate.parse(`${Number(issued.slice(0, 4)) + 2}${issued.slice(4).replace('-02-29', '-02-28')}`)

/** Women first, those with valid certificates before the others; of the men every fifth. */
function certificatesOf(
  { women, trained, trainedLately }: Invented,
  i: number,
  number: number,
  today: CivilDate,
): readonly Held[] {
  const ago = trainedLately ? 20 + ((number * 83) % 320) : 120 + ((number * 83) % 560)
  const days = i < trained ? ago : 800
  // One of each larger post ends within two months: a gap that is seen before it opens.
  const issued = earlier(today, i === trained - 1 && trained > 1 && !trainedLately ? 690 : days)
  if (i < trained || (i >= women && number % 5 === 0)) {
    const both = (['see', 'meet'] as const).map((module) => ({ module, issued }))
    return number % 7 === 0 ? [...both, { module: 'carry-through', issued }] : both
  }
  // She was trained once, and it has ended; or saw the first module only.
  return i < women && i % 2 === 0 ? [{ module: 'see', issued }] : []
}

type Held = { readonly module: Module; readonly issued: CivilDate }

async function certify(
  { device }: Writer,
  stream: StreamId,
  key: PersonKeySecret,
  { module, issued }: Held,
  today: CivilDate,
): Promise<void> {
  const officer = projectOfficer(device.state(stream))
  if (!officer) throw new Error('an officer who was written down is there')
  const said = { module, moduleVersion: '1', issued, until: lastDayOf(issued), session: undefined }
  const moment = { today: earlier(today, 5), at: `${earlier(today, 5)}T03:00:00Z` }
  const at = { stream, officer, said: { disputed: [] }, certificates: [] }
  await device.write(get(certifyOfficer(at, said, moment)), key)
}

const saidOf = (
  { code, name, crossing, at, hours, flow, risk, toilets, lodging, officers, near, mustBeCovered }: Invented,
  [latitude, longitude]: readonly [number, number],
  streams: ReadonlyMap<string, StreamId>,
): SayPost => ({
  code,
  name,
  crossing,
  position: {
    latitude: Math.round((latitude + at[0]) * 100) / 100,
    longitude: Math.round((longitude + at[1]) * 100) / 100,
  },
  opening: hours === 'shifts' ? { hours, shifts: [{ starts: 360, minutes: 720, weekdays: [...everyDay] }] } : { hours },
  flow,
  risk,
  toilets,
  lodging,
  ...(mustBeCovered ? { mustBeCovered: 'yes' as const } : {}),
  changingRoom: toilets,
  childCare: 'no',
  vacancies: Math.round(officers / 8),
  neighbours: Object.entries(near).flatMap(([to, minutes]) => {
    const post = streams.get(to)
    return post ? [{ post, minutes }] : []
  }),
})

const wishOf = (nth: number, today: CivilDate): RosterWish =>
  nth === 0
    ? { on: daysAfter(today, 12), wish: 'free', starts: null, weight: 2 }
    : { on: daysAfter(today, 15), wish: 'shift', starts: 1320, weight: 1 }

const volunteering = (streams: ReadonlyMap<string, StreamId>, own: string): Wishes => ({
  volunteersForNights: true,
  volunteersFor: [...streams]
    .filter(([code]) => code !== own)
    .slice(0, 2)
    .map(([, stream]) => stream),
  mostNights: null,
})

/** What was said of a post at its registration; nothing was taken back. */
const definite = (said: SayPost) =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)) as Partial<PostAt['said']>
