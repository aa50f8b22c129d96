import {
  type Distributed,
  holdEvent,
  publishProduct,
  recordDistribution,
  type SaidOfProduct,
} from '@lentera/core/evidence/dissemination/capture'
import { projectProduct } from '@lentera/core/evidence/dissemination/project'
import { Audience, type Headcount, Level } from '@lentera/core/evidence/dissemination/words'
import type { CivilDate } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import { ProgrammeLanguage } from '@lentera/core/shared/languages'
import type { Country } from '@lentera/core/shared/places'
import { openModule, stateLanguages } from '@lentera/core/training/module/capture'
import { projectModule } from '@lentera/core/training/module/project'
import { moduleStream } from '@lentera/core/training/module/words'
import { Module } from '@lentera/core/training/words'
import type { Randomness } from '@lentera/sealed/open'
import { get } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

export type Disseminating = {
  /** None of a regional office. */
  readonly country: Country | null
  readonly events: number
  readonly products: readonly StreamId[]
  readonly today: CivilDate
}

/** One of the two invented products, and who received it. */
export async function writeProduct(
  { device, organisation: { organisation } }: Writer,
  which: number,
  today: CivilDate,
  random: Randomness,
): Promise<StreamId[]> {
  const said = titles(today)[which]
  if (!said) return []
  const stream = StreamId.parse(randomUuid(random(16)))
  await device.write(get(publishProduct(stream, organisation, said, today)))
  const product = projectProduct(device.state(stream))
  for (const row of claims) {
    if (product) await device.write(get(recordDistribution(stream, product, row, { on: earlier(today, 40), today })))
  }
  return [stream]
}

/** The events of an invented office, at which its products were discussed. */
export async function writeEvents(
  { device, organisation: { organisation } }: Writer,
  { country, products, events, today }: Disseminating,
  random: Randomness,
): Promise<void> {
  for (let i = 0; i < events; i++) {
    const level = country ? 'country' : Level.options[i % 2]
    const audiences = [0, 1].map((n) => Audience.options[(i + n * 2) % Audience.options.length])
    const said = {
      level: level ?? 'regional',
      country,
      audiences: audiences.flatMap((audience) => audience ?? []),
      products,
      heldOn: earlier(today, 15 + (events - i) * 60),
      participants: headcounts[i % headcounts.length] ?? null,
    }
    await device.write(get(holdEvent(StreamId.parse(randomUuid(random(16))), organisation, said, today)))
  }
}

/** The three modules of the office that looks after them, each further in some languages than in others. */
export async function writeModules(
  { device, organisation: { organisation } }: Writer,
  today: CivilDate,
): Promise<void> {
  for (const [i, module] of Module.options.entries()) {
    const stream = moduleStream(organisation, module)
    await device.write(get(openModule(organisation, module, [], earlier(today, 200))))
    const opened = projectModule(device.state(stream))
    const states = Object.fromEntries(
      ProgrammeLanguage.options.slice(0, 9 - i).map((language, n) => [language, n <= 6 - i ? 'reviewed' : 'draft']),
    )
    if (opened) await device.write(get(stateLanguages(stream, opened, states, earlier(today, 90 - i * 20))))
    const reviewed = projectModule(device.state(stream))
    const moved = ProgrammeLanguage.options[6 - i]
    if (reviewed && moved)
      await device.write(get(stateLanguages(stream, reviewed, { [moved]: 'outdated' }, earlier(today, 10))))
  }
}

const titles = (today: CivilDate): readonly SaidOfProduct[] => [
  {
    title: 'Who is at the crossing (invented)',
    kind: 'study',
    edition: earlier(today, 300).slice(0, 7),
    languages: ['en', 'km', 'th', 'my'],
    publishedOn: earlier(today, 300),
  },
  {
    title: 'Six questions for a planner (invented)',
    kind: 'policy-brief',
    edition: 'version 2',
    languages: ['en', 'id', 'vi'],
    publishedOn: earlier(today, 160),
  },
]

const claims: readonly Distributed[] = [
  {
    audience: 'policy-makers',
    carrier: 'copies',
    amount: 120,
    qualifier: 'exact',
    source: 'Delivery notes (invented)',
  },
  {
    audience: 'academia',
    carrier: 'downloads',
    amount: 900,
    qualifier: 'at-least',
    source: 'Monthly count of the site (invented)',
  },
]

const headcounts: readonly (Headcount | null)[] = [
  { total: 42, female: 25, male: 17 },
  { total: 30 },
  { total: 64, female: 31, male: 30, another: 1 },
  null,
]
