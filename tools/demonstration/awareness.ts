import { countHeads, holdOutreach, meetPersons } from '@lentera/core/awareness/outreach/capture'
import { projectOutreach } from '@lentera/core/awareness/outreach/project'
import { showWork, stateReach, type Told } from '@lentera/core/awareness/reach/capture'
import { projectWork } from '@lentera/core/awareness/reach/project'
import { takeSample } from '@lentera/core/awareness/sample/capture'
import { type Channel, Question, type ReachUnit, Setting } from '@lentera/core/awareness/words'
import type { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import type { Randomness } from '@lentera/sealed/open'
import { get } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

type Where = { readonly country: Country; readonly today: CivilDate }

/** Outreach of an invented officer: sessions with heads and a few who carry a card, samples, and the works it shows. */
export async function writeAwareness(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Where,
  random: Randomness,
): Promise<void> {
  const roll = (n: number): number => (random(1)[0] ?? 0) % n
  const begin = () => ({ stream: StreamId.parse(randomUuid(random(16))), organisation, country })
  const known: PersonKey[] = []
  for (const [i, setting] of Setting.options.entries()) {
    const where = begin()
    const heldOn = earlier(today, 15 + i * 50)
    await device.write(get(holdOutreach({ ...where, setting, heldOn }, today)))
    const heads = [
      { sex: 'female', age: 'adult', heads: 20 + roll(60) },
      { sex: 'female', age: 'child', heads: roll(20) },
      { sex: 'male', age: 'adult', heads: roll(30) },
      { sex: 'unknown', age: 'unknown', heads: setting === 'online' ? 15 + roll(40) : 0 },
    ] as const
    const session = projectOutreach(device.state(where.stream))
    if (!session) return
    await device.write(get(countHeads(where.stream, session, heads)))
    // Every third of those with a card has been to a session before.
    const there = Array.from({ length: 3 + roll(5) }, (_, n) => {
      const again = n % 3 === 2 ? known[roll(Math.max(1, known.length))] : undefined
      return again ?? PersonKey.parse(randomUuid(random(16)))
    })
    known.push(...there)
    const met = [...new Set(there)].map((person) => ({ person, sex: 'female', age: 'adult' }) as const)
    await device.write(get(meetPersons(where.stream, session, met)))
  }
  for (const [i, question] of Question.options.entries()) {
    const asked = 24 + roll(40)
    const moreAware = Math.floor(asked * (0.5 + roll(40) / 100))
    const askedOn = earlier(today, 20 + i * 70)
    await device.write(get(takeSample({ ...begin(), question, asked, moreAware, askedOn }, today)))
  }
  await writeReach(
    { device, organisation: { organisation } },
    { country, today },
    country === 'KH' ? [page, animated] : [page],
    random,
  )
}

/** Heads at a crossing, as an invented front-line officer counts those whom she told: no card, and no name. */
export async function writeCrossing(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Where,
  random: Randomness,
): Promise<void> {
  for (const [i, women] of [31, 18, 44].entries()) {
    const stream = StreamId.parse(randomUuid(random(16)))
    const heldOn = earlier(today, 12 + i * 33)
    await device.write(get(holdOutreach({ stream, organisation, country, setting: 'transit', heldOn }, today)))
    const session = projectOutreach(device.state(stream))
    const heads = [
      { sex: 'female', age: 'adult', heads: women },
      { sex: 'male', age: 'adult', heads: women - 9 },
    ] as const
    if (session) await device.write(get(countHeads(stream, session, heads)))
  }
}

export type Cards = Where & { readonly women: number }

/** Outreach of those who do nothing else: in four years every woman of the villages who carries a card, some of them twice. */
export async function writeCards(
  { device, organisation: { organisation }, send }: Writer,
  { country, today, women }: Cards,
  random: Randomness,
  tick: (steps: number) => void,
): Promise<void> {
  const sessions = Math.ceil(women / newAtSession)
  const earlierOnes: PersonKey[] = []
  for (let i = 0; i < sessions; i++) {
    const stream = StreamId.parse(randomUuid(random(16)))
    const heldOn = earlier(today, 25 + Math.floor(((sessions - 1 - i) * 1380) / sessions))
    const setting = Setting.options[i % Setting.options.length] ?? 'village'
    await device.write(get(holdOutreach({ stream, organisation, country, setting, heldOn }, today)))
    const session = projectOutreach(device.state(stream))
    if (!session) return
    const fresh = Array.from({ length: Math.min(newAtSession, women - i * newAtSession) }, () =>
      PersonKey.parse(randomUuid(random(16))),
    )
    const again = earlierOnes.slice(0, againAtSession)
    const met = [...fresh, ...again].map((person) => ({ person, sex: 'female', age: 'adult' }) as const)
    const heads = [
      { sex: 'female', age: 'adult', heads: met.length + 4 + (i % 9) },
      { sex: 'male', age: 'adult', heads: 3 + (i % 17) },
    ] as const
    await device.write(get(countHeads(stream, session, heads)))
    await device.write(get(meetPersons(stream, session, met)))
    earlierOnes.splice(0, againAtSession, ...fresh.slice(0, againAtSession))
    await send()
    tick(fresh.length)
  }
}

/** On one list go 200. */
const newAtSession = 176
const againAtSession = 20

/** The exhibition at two places and the three humorous videos, as an invented manager gathers what is said of them. */
export function writeWorks(writer: Writer, where: Where, random: Randomness): Promise<void> {
  return writeReach(writer, where, exhibitionAndHumour, random)
}

async function writeReach(
  {
    device,
    organisation: { organisation },
  }: Pick<Writer, 'device'> & { readonly organisation: Pick<Writer['organisation'], 'organisation'> },
  { country, today }: Where,
  works: readonly Work[],
  random: Randomness,
): Promise<void> {
  for (const { told, ...work } of works) {
    const stream = StreamId.parse(randomUuid(random(16)))
    const shownOn = earlier(today, 460)
    await device.write(get(showWork({ stream, organisation, country, ...work, shownOn }, today)))
    for (const { daysAgo, ...said } of told) {
      const standing = projectWork(device.state(stream))
      if (!standing) return
      const statement = { ...said, asOf: earlier(today, daysAgo) }
      await device.write(get(stateReach(stream, standing, statement, today)))
    }
  }
}

type Work = {
  readonly channel: Channel
  readonly title: string
  readonly told: readonly (Told & { readonly unit: ReachUnit; readonly daysAgo: number })[]
}

const page: Work = {
  channel: 'page',
  title: 'Before you go, a page (invented)',
  told: [{ daysAgo: 30, unit: 'views', amount: 1287, qualifier: 'exact', source: 'own-count' }],
}

const animated: Work = {
  channel: 'video',
  title: 'A job too good, animated (invented)',
  told: [
    { daysAgo: 300, unit: 'views', amount: 74_000, qualifier: 'exact', source: 'platform' },
    { daysAgo: 60, unit: 'views', amount: 112_000, qualifier: 'about', source: 'partner' },
    { daysAgo: 60, unit: 'people-claimed', amount: 160_000, qualifier: 'about', source: 'partner' },
  ],
}

const exhibitionAndHumour: readonly Work[] = [
  ...(
    [
      ['in a house of culture', 1850],
      ['at a university', 1200],
    ] as const
  ).map(
    ([where, amount]): Work => ({
      channel: 'exhibition',
      title: `The road and the lantern, an exhibition ${where} (invented)`,
      told: [{ daysAgo: 400, unit: 'visits', amount, qualifier: 'at-least', source: 'own-count' }],
    }),
  ),
  ...(
    [
      ['The wrong desk, a humorous video', 95_000],
      ['Who carries the key, a humorous video', 85_000],
      ['Night shift, a humorous video', 60_000],
    ] as const
  ).map(
    ([title, amount]): Work => ({
      channel: 'video',
      title: `${title} (invented)`,
      told: [
        { daysAgo: 300, unit: 'views', amount: Math.round(amount * 0.7), qualifier: 'exact', source: 'platform' },
        { daysAgo: 60, unit: 'people-claimed', amount, qualifier: 'about', source: 'partner' },
      ],
    }),
  ),
]
