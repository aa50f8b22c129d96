import type { CivilDate } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { type Found, findBarrier } from '@lentera/core/workforce/barrier/capture'
import { MowipArea } from '@lentera/core/workforce/barrier/words'
import type { Recommendation } from '@lentera/core/workforce/project'
import { closeSurvey, handIn, openSurvey, writeRemark } from '@lentera/core/workforce/research/capture'
import { projectSurvey, type Survey } from '@lentera/core/workforce/research/project'
import type { Answers } from '@lentera/core/workforce/research/words'
import type { Randomness } from '@lentera/sealed/open'
import { get, type Person, writeNewKeyed } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

type Where = { readonly country: Country; readonly today: CivilDate; readonly team: readonly Person[] }

/** Every answer is invented. Twenty-two women and sixteen others of two agencies; so many answers of so few that some cells stay closed. */
const answered = { women: 22, others: 16 } as const

/** Words that nobody said. */
const ownWords = [
  'Invented: a second bed in the women’s room would do more than another course.',
  'Invented: the night turn is short of one woman every week.',
  'Invented: we were told of the promotion board a day before it met.',
  'Invented: people of the village come when they know one of us is there.',
  'Invented: my son’s school is two hours from the crossing.',
  'Invented: the men of my turn ask for the course too.',
]

/** Two answers to each area, by halves that differ from area to area. */
function raisedOf(i: number, at: number): string {
  const pairs = [
    ['of-itself', 'when-asked'],
    ['when-asked', 'not-a-barrier'],
    ['of-itself', 'not-a-barrier'],
    ['not-a-barrier', 'when-asked'],
  ] as const
  const [often, seldom] = pairs[at % pairs.length] ?? pairs[0]
  return (i + (at >> 2)) % 2 === 0 ? often : seldom
}

/** What was said of what women do, theme by theme; invented, and spread by the officer's number. */
const heardOf = (i: number): Answers => ({
  'case-work': [(['she-spoke', 'seen-sooner', 'went-further'] as const)[i % 3] ?? 'she-spoke'],
  calming: [i % 4 === 0 ? 'no-difference' : 'talked-down'],
  'trust-given': ['told-more'],
  ...Object.fromEntries(MowipArea.options.map((area, at) => [area, raisedOf(i, at)])),
  'would-help': i % 3 === 0 ? ['hours', 'facilities'] : ['facilities'],
})

/** A survey that is closed and may be looked at, interviews of which the same is true, and a survey that still asks, with four answers. */
export async function writeResearch(writer: Writer, where: Where, random: Randomness): Promise<void> {
  const { today } = where
  const closed = await openOne(writer, where, random, {
    instrument: 'contribution',
    name: 'Officers of the crossings, first round (invented)',
    asked: 57,
    daysAgo: 130,
  })
  const day = earlier(today, 110)
  for (let i = 0; i < answered.women + answered.others; i++)
    await handInOne(writer, closed, i, answersOf(i), day, random)
  await writeOwnWords(writer, where, closed, day, random)
  await writer.device.write(get(closeSurvey(closed.stream, closed.survey, true, earlier(today, 60))))

  const interviews = await openOne(writer, where, random, {
    instrument: 'interview',
    name: 'Talks at the crossings (invented)',
    asked: 24,
    daysAgo: 100,
  })
  for (let i = 0; i < 22; i++) await handInOne(writer, interviews, i, heardOf(i), earlier(today, 80), random)
  await writer.device.write(get(closeSurvey(interviews.stream, interviews.survey, true, earlier(today, 40))))

  const open = await openOne(writer, where, random, {
    instrument: 'ten-areas',
    name: 'The ten areas, headquarters (invented)',
    asked: 30,
    daysAgo: 20,
  })
  for (let i = 0; i < 4; i++) await handInOne(writer, open, i, { infrastructure: 'much' }, earlier(today, 10), random)
}

type Opened = { readonly stream: StreamId; readonly survey: Survey }

async function openOne(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Where,
  random: Randomness,
  {
    daysAgo,
    ...said
  }: { readonly instrument: string; readonly name: string; readonly asked: number; readonly daysAgo: number },
): Promise<Opened> {
  const stream = StreamId.parse(randomUuid(random(16)))
  const opening = {
    stream,
    organisation,
    country,
    on: earlier(today, daysAgo),
    agencies: ['police', 'immigration'],
  } as const
  await device.write(get(openSurvey({ ...opening, ...said }, today)))
  const survey = projectSurvey(device.state(stream))
  if (!survey) throw new Error('a survey that was opened is there')
  return { stream, survey }
}

async function handInOne(
  { device, organisation: { organisation } }: Writer,
  { stream: of, survey }: Opened,
  i: number,
  answers: Answers,
  day: CivilDate,
  random: Randomness,
): Promise<void> {
  const sheet = {
    stream: StreamId.parse(randomUuid(random(16))),
    survey: of,
    organisation,
    sex: i < answered.women ? ('female' as const) : ('male' as const),
    agency: i % 5 < 2 ? ('immigration' as const) : ('police' as const),
    answers,
    ...(survey.instrument?.mode === 'interview' ? ({ consent: 'read-and-given' } as const) : {}),
  }
  await device.write(get(handIn(sheet, survey, { today: day, at: `${day}T03:00:00Z` })))
}

/** Spread by the officer's number, so that no answer follows from another. */
function answersOf(i: number): Answers {
  const isWoman = i < answered.women
  const pick = <T>(of: readonly T[], step: number): T => of[(i * step + (i % step)) % of.length] as T // the remainder is within the list
  const chances = isWoman ? ['women-less', 'women-less', 'alike'] : ['alike', 'women-less', 'alike', 'women-more']
  return {
    recruitment: pick(chances, 5),
    training: pick(['alike', ...chances], 7),
    deployment: pick(chances, 3),
    promotion: pick(chances, 11),
    obstacles: isWoman
      ? pick([['promotion'], ['deployment', 'promotion'], ['training'], ['none']], 7)
      : [pick(['none', 'promotion'], 3)],
    cases: pick([0, 1, 5, 20], 7),
    'cases-woman': pick(isWoman ? [1, 5, 5] : [0, 1, 5], 5),
    calmed: pick(isWoman ? [1, 5, 1] : [0, 1], 3),
    trust: pick(['often', 'sometimes', isWoman ? 'often' : 'never'], 5),
  }
}

async function writeOwnWords(
  { device, organisation, person }: Writer,
  { country, team }: Where,
  { stream, survey }: Opened,
  day: CivilDate,
  random: Randomness,
): Promise<void> {
  if (person.team === null) return
  const of = {
    organisation: organisation.organisation,
    team: person.team,
    country,
    survey: stream,
    question: 'own-words',
  }
  for (const text of ownWords)
    await writeNewKeyed(
      device,
      organisation,
      team,
      (ids) => writeRemark({ ...of, ...ids, text }, survey, { today: day, at: `${day}T03:00:00Z` }),
      day,
      random,
    )
}

// ---------------------------------------------------------------- barriers

const none = { recommendation: null, owner: '', due: null, practice: '' } as const

/** Every level and every evidence is invented. */
const barriers: readonly (Omit<Found, 'recommendation' | 'due'> & {
  readonly daysAgo: number
  readonly dueIn?: number
})[] = [
  {
    ...none,
    agency: 'police',
    area: 'infrastructure',
    level: 'high',
    evidence: 'Count of lodgings: no room for women at three posts of four (invented)',
    practice: 'A room, a toilet and a lock of their own before the first posting (invented)',
    owner: 'Directorate of logistics (invented)',
    daysAgo: 210,
    dueIn: 120,
  },
  {
    ...none,
    agency: 'police',
    area: 'deployment-selection',
    level: 'medium',
    evidence: 'Posting orders of two years, read by two people (invented)',
    daysAgo: 180,
  },
  {
    ...none,
    agency: 'police',
    area: 'household-constraints',
    level: 'high',
    evidence: 'The survey of the crossings (invented)',
    daysAgo: 50,
  },
  {
    ...none,
    agency: 'immigration',
    area: 'eligible-pool',
    level: 'low',
    evidence: 'Answer to a letter (invented)',
    daysAgo: 90,
  },
]

/** @param follows the recommendation to which the first of them leads */
export async function writeBarriers(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Pick<Where, 'country' | 'today'>,
  follows: { readonly stream: StreamId; readonly state: Recommendation },
  random: Randomness,
): Promise<void> {
  for (const [i, { daysAgo, dueIn, ...found }] of barriers.entries()) {
    const barrier = {
      ...found,
      stream: StreamId.parse(randomUuid(random(16))),
      organisation,
      country,
      on: earlier(today, daysAgo),
      recommendation: i === 0 ? follows.stream : null,
      due: dueIn ? earlier(today, -dueIn) : null,
    }
    await device.write(get(findBarrier(barrier, follows.state, today)))
  }
}
