import { countHeads, holdOutreach, meetPersons } from '@lentera/core/awareness/outreach/capture'
import { projectOutreach } from '@lentera/core/awareness/outreach/project'
import { showWork, stateReach } from '@lentera/core/awareness/reach/capture'
import { projectWork } from '@lentera/core/awareness/reach/project'
import { takeSample } from '@lentera/core/awareness/sample/capture'
import { Question, Setting } from '@lentera/core/awareness/words'
import type { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import type { Randomness } from '@lentera/sealed/open'
import type { Device } from '../device/device.ts'
import { get, type Organisation } from '../device/found.ts'
import { earlier } from './days.ts'

type Where = { readonly country: Country; readonly today: CivilDate }

/** Outreach of an invented officer: sessions with heads and a few who carry a card, samples, and three public works. */
export async function writeAwareness(
  device: Device,
  { organisation }: Organisation,
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
  for (const { told, ...work } of works) {
    const where = begin()
    const shownOn = earlier(today, 260)
    await device.write(get(showWork({ ...where, ...work, shownOn }, today)))
    for (const { daysAgo, ...said } of told) {
      const standing = projectWork(device.state(where.stream))
      if (!standing) return
      const statement = { ...said, asOf: earlier(today, daysAgo) }
      await device.write(get(stateReach(where.stream, standing, statement, today)))
    }
  }
}

const works = [
  {
    channel: 'exhibition',
    title: 'The road and the lantern, an exhibition (invented)',
    told: [{ daysAgo: 200, unit: 'visits', amount: 340, qualifier: 'at-least', source: 'own-count' }],
  },
  {
    channel: 'video',
    title: 'A job too good, a video (invented)',
    told: [
      { daysAgo: 180, unit: 'views', amount: 2150, qualifier: 'exact', source: 'platform' },
      { daysAgo: 10, unit: 'views', amount: 5400, qualifier: 'about', source: 'partner' },
      { daysAgo: 10, unit: 'people-claimed', amount: 1900, qualifier: 'about', source: 'partner' },
    ],
  },
  {
    channel: 'page',
    title: 'Before you go, a page (invented)',
    told: [{ daysAgo: 30, unit: 'views', amount: 1287, qualifier: 'exact', source: 'own-count' }],
  },
] as const
