import type { Agency } from '@lentera/core/shared/agencies'
import { CivilDate, yearOf } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { makeRecommendation, makeReform, setStatus, takeHeadcount } from '@lentera/core/workforce/capture'
import { type FlowCounts, writeFlow } from '@lentera/core/workforce/flow/capture'
import { projectRecommendation } from '@lentera/core/workforce/project'
import type { Place, Rank, Trust, Unit } from '@lentera/core/workforce/words'
import type { Randomness } from '@lentera/sealed/open'
import { get } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'
import { writeBarriers } from './research.ts'

type Invented = {
  readonly agency: Agency
  /** All units together, where it says nothing else. */
  readonly unit?: Unit
  readonly place: Place
  readonly trust: Trust
  readonly daysAgo: number
  readonly source: string
  /** Women and men of the command, supervisory and line ranks; of one pair alone the rank is not given. */
  readonly counts: readonly (readonly [women: number, men: number])[]
}

/**
 * Every number is invented. Two sources of the regions contradict each other, and one crossing agency has three women. Desks hold
 * the women of an agency: kinds of units, for its own board alone.
 */
const headcounts: readonly Invented[] = [
  {
    agency: 'police',
    place: 'national',
    trust: 'records',
    daysAgo: 540,
    source: 'Personnel table of two years ago (invented)',
    counts: [
      [9, 391],
      [130, 2870],
      [820, 11780],
    ],
  },
  {
    agency: 'police',
    place: 'national',
    trust: 'records',
    daysAgo: 60,
    source: 'Personnel table of this year (invented)',
    counts: [
      [14, 386],
      [165, 2835],
      [941, 11659],
    ],
  },
  {
    agency: 'police',
    place: 'border-crossing',
    trust: 'records',
    daysAgo: 540,
    source: 'Posting list of the crossings of two years ago, added up (invented)',
    counts: [
      [3, 82],
      [10, 625],
    ],
  },
  {
    agency: 'police',
    unit: 'administration',
    place: 'national',
    trust: 'records',
    daysAgo: 60,
    source: 'Personnel table of this year (invented)',
    counts: [[520, 1680]],
  },
  {
    agency: 'police',
    unit: 'patrol',
    place: 'national',
    trust: 'records',
    daysAgo: 60,
    source: 'Personnel table of this year (invented)',
    counts: [[310, 8290]],
  },
  {
    agency: 'police',
    unit: 'women-and-children',
    place: 'national',
    trust: 'records',
    daysAgo: 60,
    source: 'Personnel table of this year (invented)',
    counts: [[140, 110]],
  },
  {
    agency: 'police',
    place: 'border-crossing',
    trust: 'records',
    daysAgo: 60,
    source: 'Posting list of the crossings, added up (invented)',
    counts: [
      [5, 80],
      [16, 619],
    ],
  },
  {
    agency: 'police',
    place: 'regional',
    trust: 'records',
    daysAgo: 60,
    source: 'Personnel tables of the provinces (invented)',
    counts: [[300, 4700]],
  },
  {
    agency: 'police',
    place: 'regional',
    trust: 'reported',
    daysAgo: 60,
    source: 'A newspaper article (invented)',
    counts: [[420, 4580]],
  },
  {
    agency: 'immigration',
    place: 'national',
    trust: 'official',
    daysAgo: 90,
    source: 'Answer to a letter (invented)',
    counts: [[160, 1240]],
  },
  {
    agency: 'customs',
    place: 'border-crossing',
    trust: 'official',
    daysAgo: 90,
    source: 'Answer to another letter (invented)',
    counts: [[3, 59]],
  },
]

const ranks = ['command', 'supervisory', 'line'] as const

/**
 * Women among ten thousand of an invented police, of its whole and of its crossings. Indonesia's and Lao PDR's shares are the
 * brochure's; every other is invented, and so is every number of heads.
 */
const policewomen: Partial<Record<Country, readonly [whole: number, crossings: number]>> = {
  ID: [600, 210],
  LA: [2000, 900],
  MM: [800, 240],
  MY: [1200, 480],
  PH: [1500, 690],
  TH: [900, 310],
}

/** What another source says of the crossings of one country on the same day: the picture shows both ends, and no mean. */
const otherCount: Invented = {
  agency: 'police',
  place: 'border-crossing',
  trust: 'reported',
  daysAgo: 80,
  source: 'A newspaper article (invented)',
  counts: [[104, 896]],
}

/** Women and men to whom the same happened in a year. */
type Moved = Pick<FlowCounts, 'happening' | 'rank' | 'to'> & { readonly people: readonly [women: number, men: number] }

const moved = (
  happening: Moved['happening'],
  rank: Rank,
  women: number,
  men: number,
  to: Rank | null = null,
): Moved => ({
  happening,
  rank,
  to,
  people: [women, men],
})

/** Every number is invented, and so are the two years before this one. */
const years: readonly (readonly Moved[])[] = [
  [
    moved('recruited', 'line', 90, 560),
    moved('promoted', 'line', 9, 170, 'supervisory'),
    moved('promoted', 'supervisory', 1, 24, 'command'),
    moved('left', 'line', 41, 420),
    moved('left', 'supervisory', 6, 140),
    moved('left', 'command', 0, 30),
  ],
  [
    moved('recruited', 'line', 118, 590),
    moved('promoted', 'line', 11, 180, 'supervisory'),
    moved('promoted', 'supervisory', 2, 22, 'command'),
    moved('left', 'line', 38, 430),
    moved('left', 'supervisory', 5, 150),
    moved('left', 'command', 1, 28),
  ],
]

/** Who gives ranks beside Cambodia. In one of them fewer than five women command, so that its ranks stay in its agency. */
const ranked: readonly Country[] = ['ID', 'MY', 'PH', 'TH']

/** Of an invented police: a little more women among recruits than serve, and women leave as men do. */
const yearOfShare = (whole: number, beginning: Rank): readonly Moved[] => [
  moved('recruited', beginning, Math.round((whole * 60) / 1000), 500 - Math.round((whole * 60) / 1000)),
  moved('left', beginning, Math.round((whole * 40) / 1000), 400 - Math.round((whole * 40) / 1000)),
]

/** Ten thousand officers by rank: the higher the rank, the fewer women. */
function countsByRank(women: number): Invented['counts'] {
  const [command, supervisory] = [Math.round(women * 0.007), Math.round(women * 0.125)]
  return [
    [command, 200 - command],
    [supervisory, 1800 - supervisory],
    [women - command - supervisory, 8000 - (women - command - supervisory)],
  ]
}

async function writeFlows(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Where,
  counted: readonly (readonly Moved[])[],
  random: Randomness,
): Promise<void> {
  for (const [i, rows] of counted.entries()) {
    const command = {
      stream: StreamId.parse(randomUuid(random(16))),
      organisation,
      country,
      on: yearOf(earlier(today, 365 * (counted.length - i))),
      agency: 'police',
      place: 'national',
      counted: 'sworn',
      trust: 'records',
      source: 'Orders of appointment and discharge (invented)',
      rows: rows.map(({ people: [women, men], ...row }) => ({ ...row, women, men, unrecorded: 0 })),
    } as const
    await device.write(get(writeFlow(command, today)))
  }
}

type Where = { readonly country: Country; readonly today: CivilDate }

/** The share of women in the police, three years ago and now, and at the crossings; who came and left in the last two years. */
export async function writeNationalShare(writer: Writer, where: Where, random: Randomness): Promise<void> {
  const [whole, crossings] = policewomen[where.country] ?? []
  if (!whole || !crossings) return
  const of = { agency: 'police', trust: 'official' } as const
  const isRanked = ranked.includes(where.country)
  await writeHeadcounts(
    writer,
    where,
    [
      {
        ...of,
        place: 'national',
        daysAgo: 1100,
        source: 'Personnel table of three years ago (invented)',
        counts: [[Math.round(whole * 0.9), 10_000 - Math.round(whole * 0.9)]],
      },
      {
        ...of,
        place: 'national',
        daysAgo: 80,
        source: 'Personnel table of this year (invented)',
        counts: isRanked ? countsByRank(whole) : [[whole, 10_000 - whole]],
      },
      {
        ...of,
        place: 'border-crossing',
        daysAgo: 80,
        source: 'Posting list of the crossings, added up (invented)',
        counts: [[crossings / 10, 1000 - crossings / 10]],
      },
      ...(where.country === 'PH' ? [otherCount] : []),
    ],
    random,
  )
  await writeFlows(
    writer,
    where,
    [1, 2].map(() => yearOfShare(whole, isRanked ? 'line' : 'not-given')),
    random,
  )
}

async function writeHeadcounts(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Where,
  counted: readonly Invented[],
  random: Randomness,
): Promise<void> {
  for (const { daysAgo, counts, ...said } of counted) {
    const rows = counts.map(([women, men], i) => ({
      rank: counts.length === 1 ? ('not-given' as const) : (ranks[i + 3 - counts.length] ?? 'line'),
      women,
      men,
      unrecorded: 0,
    }))
    const on = earlier(today, daysAgo)
    const stream = StreamId.parse(randomUuid(random(16)))
    const command = {
      stream,
      organisation,
      country,
      on,
      counted: 'sworn',
      unit: 'all' as const,
      rows,
      ...said,
    } as const
    await device.write(get(takeHeadcount(command, today)))
  }
}

/** What an invented gender focal point has written down: headcounts, recommendations on their way, barriers, and what changed. */
export async function writeWorkforce(writer: Writer, { country, today }: Where, random: Randomness): Promise<void> {
  const { device } = writer
  const { organisation } = writer.organisation
  const newStream = (): StreamId => StreamId.parse(randomUuid(random(16)))
  await writeHeadcounts(writer, { country, today }, headcounts, random)
  await writeFlows(writer, { country, today }, years, random)

  const recommendation = newStream()
  const made = {
    stream: recommendation,
    organisation,
    on: earlier(today, 400),
    number: 2,
    text: 'Invented for the demonstration, and in no report: every agency says year by year how many women serve at its crossings, and plans for more.',
    origin: 'own',
    source: 'Invented for the demonstration; the border agency’s own words.',
  } as const
  await device.write(get(makeRecommendation(made, new Map(), today)))
  for (const [status, daysAgo, evidence] of [
    ['accepted', 320, 'Minutes of a meeting (invented)'],
    ['in-progress', 150, 'Work plan (invented)'],
  ] as const) {
    const stands = projectRecommendation(device.state(recommendation))
    const step = { status, on: earlier(today, daysAgo), evidence }
    if (stands) await device.write(get(setStatus(recommendation, stands, step, today)))
  }

  const quoted = await writeRoadMap(writer, { country, today }, newStream)
  const known = new Map(
    [recommendation, quoted].flatMap((stream) => {
      const stands = projectRecommendation(device.state(stream))
      return stands ? [[stream, stands] as const] : []
    }),
  )
  const reform = { organisation, country, evidence: 'Circular 7 (invented)', recommendations: [recommendation, quoted] }
  const access = {
    ...reform,
    stream: newStream(),
    on: earlier(today, 120),
    what: 'Invented: notices of recruitment say that women serve at border crossings.',
    concern: 'access',
    sphere: 'institution',
  } as const
  await device.write(get(makeReform(access, known, today)))
  const promotion = {
    ...reform,
    stream: newStream(),
    on: earlier(today, 45),
    what: 'Invented: a turn of duty at a crossing counts for promotion as one at headquarters does.',
    concern: 'promotion',
    sphere: 'practice',
    evidence: 'Order 12 (invented)',
    recommendations: [],
  } as const
  await device.write(get(makeReform(promotion, known, today)))
  const state = known.get(recommendation)
  if (state) await writeBarriers(writer, { country, today }, { stream: recommendation, state }, random)
}

const brochure =
  'UN Women and UNODC, brochure “Enhancing women’s role in law enforcement and border security” (read 2026-11-23), objective 4'

/** The one that is not invented: what the brochure quotes of the Road-map, and that it was adopted. @returns the quoted recommendation */
async function writeRoadMap(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Where,
  newStream: () => StreamId,
): Promise<StreamId> {
  const stream = newStream()
  const on = CivilDate.parse('2021-09-29')
  const quoted = {
    stream,
    organisation,
    on,
    number: 1,
    text: '“To address this growing trend, law enforcement agencies strategies should consider refining their recruitment strategy to deliberately increase the number of female officers who participate in cross-border operations.”',
    origin: 'quoted',
    source: `ASEAN Border Management Cooperation Road-map, as quoted in: ${brochure}`,
  } as const
  await device.write(get(makeRecommendation(quoted, new Map(), today)))
  const stands = projectRecommendation(device.state(stream))
  if (!stands) throw new Error('a recommendation that was made is there')
  const adopted = {
    stream: newStream(),
    organisation,
    country,
    on,
    what: 'The ASEAN Border Management Cooperation Road-map is adopted by the ASEAN Ministerial Meeting on Transnational Crime. It encourages the collection of disaggregated information that includes gender.',
    concern: 'access',
    sphere: 'institution',
    evidence: brochure,
    recommendations: [stream],
  } as const
  await device.write(get(makeReform(adopted, new Map([[stream, stands]]), today)))
  return stream
}
