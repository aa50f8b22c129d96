import { awarenessBreakdowns, awarenessFacts, awarenessHeadFacts } from '../awareness/tally.ts'
import { disseminationBreakdowns, disseminationFacts } from '../evidence/dissemination/tally.ts'
import type { Role } from '../shared/roles.ts'
import { justiceBreakdowns, justiceFacts } from '../support/justice/tally.ts'
import { livelihoodsBreakdowns, livelihoodsFacts } from '../support/livelihoods/tally.ts'
import { storyBreakdowns, storyFacts } from '../support/story/tally.ts'
import { supportBreakdowns, supportFacts } from '../support/tally.ts'
import { moduleBreakdowns, moduleFacts } from '../training/module/tally.ts'
import { selfCareBreakdowns, selfCareFacts } from '../training/self-care/tally.ts'
import { trainingBreakdowns, trainingFacts } from '../training/tally.ts'
import { trainerBreakdowns, trainerFacts } from '../training/trainer/tally.ts'
import { coverReleaseBreakdowns, coverReleaseFacts } from '../workforce/cover-release/tally.ts'
import { flowBreakdowns, flowFacts } from '../workforce/flow/tally.ts'
import { workforceBreakdowns, workforceFacts } from '../workforce/tally.ts'

/**
 * An indicator of the results framework: which fact it counts and how. `measure` follows the count modes of the
 * programme's framework: `persons` counts each person once (again for every period and place, never added up),
 * `contacts` counts how often, `latest` takes of each stock the newest (`latest.ts`).
 */
export type Indicator = {
  readonly key: string
  /** Raised when the definition changes; a figure is only comparable with itself. */
  readonly definition: number
  readonly objective: 1 | 2 | 3 | 4
  readonly fact: string
  readonly measure: 'persons' | 'contacts' | 'latest'
  readonly unit:
    | 'survivors'
    | 'stories'
    | 'services'
    | 'cases'
    | 'perpetrators'
    | 'accused'
    | 'officers'
    | 'sessions'
    | 'attendances'
    | 'women'
    | 'people'
    | 'visits'
    | 'views'
    | 'videos'
    | 'recommendations'
    | 'reforms'
    | 'products'
    | 'copies'
    | 'downloads'
    | 'events'
    | 'meetings'
    | 'participants'
    | 'modules'
    | 'language-versions'
    | 'trainers'
    | 'certificates'
    | 'requests'
    | 'webinars'
    | 'shifts'
  /** Of the whole, this part only: `{ sex: 'female' }`. With `ratio` it is shown over the whole. */
  readonly part?: Readonly<Record<string, string>>
  readonly ratio?: true
  /** A share of those asked, with what the sample leaves open: never multiplied up to a count. With `ratio`. */
  readonly sample?: true
  /** What is summed was said as exact, at least or about (dimension `qualifier`): the sum says how it may be read. */
  readonly qualified?: true
  /**
   * Whom it is about. `survivor`: opens to records only for the case team, to groups of five or more as of a cut-off for
   * everyone else. `open`: opens to rows.
   */
  readonly subject: 'survivor' | 'open'
  /** Of `survivor`: who does this work, and sees her own team's live. */
  readonly workers?: readonly Role[]
  readonly breakdowns: readonly (readonly string[])[]
  /** Of `open`: few of one part (`by`: of an agency), also of one sex (`within`), stay with those who counted; told of years and all time. */
  readonly fewInside?: { readonly by: string; readonly within: string }
  /**
   * Of `latest`: what one stock is of, of each of which the newest counts; by what the shares are shown; and which of them
   * stands for the figure itself, since stocks that contain one another are not added.
   */
  readonly latest?: {
    readonly each: readonly string[]
    readonly by: readonly (readonly string[])[]
    readonly lead: Readonly<Record<string, string>>
    /** Only what is counted of this; what then is told apart makes up the lead, which nobody counts beside it (all ranks). */
    readonly within?: Readonly<Record<string, string>>
    /** Of what was released as bands: which band is the part, and which the whole. They were protected before they came. */
    readonly bands?: { readonly part: string; readonly whole: string }
    /** Of people who are there day after day (headcounts, not recruits of a period): what moved by few is told as it was. */
    readonly stands?: true
  }
}

/**
 * How an indicator is counted, in the words of the framework. A share keeps its two numbers; the newest of each stock is a
 * share too. `contacts`: how often somebody was met or served; `sum`: things, each counted once.
 */
export type CountMode = 'unique-persons' | 'contacts' | 'sum' | 'latest' | 'ratio'

export function countModeOf({ measure, ratio, unit }: Indicator): CountMode {
  if (measure === 'latest') return 'latest'
  if (ratio) return 'ratio'
  if (measure === 'persons') return 'unique-persons'
  return metOrServed.has(unit) ? 'contacts' : 'sum'
}

const metOrServed: ReadonlySet<Indicator['unit']> = new Set([
  'services',
  'attendances',
  'women',
  'people',
  'visits',
  'views',
  'participants',
])

const casework: readonly Role[] = ['caseworker', 'supervisor']

export const indicators: readonly Indicator[] = [
  {
    key: 'survivors-supported',
    definition: 1,
    objective: 1,
    fact: supportFacts.served,
    measure: 'persons',
    unit: 'survivors',
    subject: 'survivor',
    workers: casework,
    breakdowns: supportBreakdowns[supportFacts.served],
  },
  {
    key: 'services-delivered',
    definition: 1,
    objective: 1,
    fact: supportFacts.served,
    measure: 'contacts',
    unit: 'services',
    subject: 'survivor',
    workers: casework,
    breakdowns: supportBreakdowns[supportFacts.served],
  },
  {
    key: 'survivors-received',
    definition: 1,
    objective: 1,
    fact: supportFacts.opened,
    measure: 'persons',
    unit: 'survivors',
    subject: 'survivor',
    workers: casework,
    breakdowns: supportBreakdowns[supportFacts.opened],
  },
  // Behind every criminal case is a survivor: what is counted of it is protected as she is.
  ...(
    [
      ['criminal-cases-followed', justiceFacts.followed, 'cases'],
      ['accused-persons', justiceFacts.accused, 'accused'],
      ['perpetrators-sentenced', justiceFacts.sentenced, 'perpetrators'],
      ['criminal-cases-with-compensation', justiceFacts.compensated, 'cases'],
    ] as const
  ).map(
    ([key, fact, unit]): Indicator => ({
      key,
      definition: 1,
      objective: 1,
      fact,
      measure: 'persons',
      unit,
      subject: 'survivor',
      workers: casework,
      breakdowns: justiceBreakdowns[fact],
    }),
  ),
  // Women at risk are protected as survivors are: with few, a day or a place is a name.
  ...(
    [
      ['women-trained-in-livelihoods', livelihoodsFacts.trained],
      ['women-given-livelihood-support', livelihoodsFacts.supported],
      ['women-whose-business-was-followed-up', livelihoodsFacts.followedUp],
    ] as const
  ).map(
    ([key, fact]): Indicator => ({
      key,
      definition: 1,
      objective: 1,
      fact,
      measure: 'persons',
      unit: 'women',
      subject: 'survivor',
      workers: ['livelihoods-officer'],
      breakdowns: livelihoodsBreakdowns[fact],
    }),
  ),
  // Of withdrawals there is no indicator: one would show whose consent it was.
  {
    key: 'stories-with-consent',
    definition: 1,
    objective: 1,
    fact: storyFacts.ready,
    measure: 'persons',
    unit: 'stories',
    subject: 'survivor',
    workers: casework,
    breakdowns: storyBreakdowns[storyFacts.ready],
  },
  {
    key: 'knowledge-products-published',
    definition: 1,
    objective: 2,
    fact: disseminationFacts.published,
    measure: 'contacts',
    unit: 'products',
    subject: 'open',
    breakdowns: disseminationBreakdowns[disseminationFacts.published],
  },
  {
    key: 'copies-distributed',
    definition: 1,
    objective: 2,
    fact: disseminationFacts.copies,
    measure: 'contacts',
    unit: 'copies',
    qualified: true,
    subject: 'open',
    breakdowns: [[], ['audience']],
  },
  {
    key: 'downloads',
    definition: 1,
    objective: 2,
    fact: disseminationFacts.downloads,
    measure: 'contacts',
    unit: 'downloads',
    qualified: true,
    subject: 'open',
    breakdowns: [[], ['audience']],
  },
  {
    key: 'events-held',
    definition: 1,
    objective: 2,
    fact: disseminationFacts.held,
    measure: 'contacts',
    unit: 'events',
    subject: 'open',
    breakdowns: disseminationBreakdowns[disseminationFacts.held],
  },
  {
    key: 'audiences-met',
    definition: 1,
    objective: 2,
    fact: disseminationFacts.met,
    measure: 'contacts',
    unit: 'meetings',
    subject: 'open',
    breakdowns: disseminationBreakdowns[disseminationFacts.met],
  },
  {
    key: 'event-participants',
    definition: 1,
    objective: 2,
    fact: disseminationFacts.participants,
    measure: 'contacts',
    unit: 'participants',
    subject: 'open',
    breakdowns: disseminationBreakdowns[disseminationFacts.participants],
  },
  {
    key: 'women-among-event-participants',
    definition: 1,
    objective: 2,
    fact: disseminationFacts.participants,
    measure: 'contacts',
    unit: 'participants',
    part: { sex: 'female' },
    ratio: true,
    subject: 'open',
    breakdowns: [[], ['level']],
  },
  {
    key: 'officers-trained',
    definition: 1,
    objective: 3,
    fact: trainingFacts.attended,
    measure: 'persons',
    unit: 'officers',
    subject: 'open',
    breakdowns: trainingBreakdowns[trainingFacts.attended],
    fewInside: { by: 'agency', within: 'sex' },
  },
  {
    key: 'women-among-officers-trained',
    definition: 1,
    objective: 3,
    fact: trainingFacts.attended,
    measure: 'persons',
    unit: 'officers',
    part: { sex: 'female' },
    ratio: true,
    subject: 'open',
    breakdowns: [[]],
  },
  {
    key: 'training-sessions-held',
    definition: 1,
    objective: 3,
    fact: trainingFacts.held,
    measure: 'contacts',
    unit: 'sessions',
    subject: 'open',
    breakdowns: trainingBreakdowns[trainingFacts.held],
  },
  {
    key: 'training-modules',
    definition: 1,
    objective: 3,
    fact: moduleFacts.module,
    measure: 'contacts',
    unit: 'modules',
    subject: 'open',
    breakdowns: moduleBreakdowns[moduleFacts.module],
  },
  {
    key: 'module-language-versions',
    definition: 1,
    objective: 3,
    fact: moduleFacts.language,
    measure: 'contacts',
    unit: 'language-versions',
    subject: 'open',
    breakdowns: moduleBreakdowns[moduleFacts.language],
  },
  {
    key: 'module-languages-reviewed',
    definition: 1,
    objective: 3,
    fact: moduleFacts.language,
    measure: 'contacts',
    unit: 'language-versions',
    part: { state: 'reviewed' },
    ratio: true,
    subject: 'open',
    breakdowns: [[], ['module']],
  },
  // A certificate that lapsed counts no more, and an entry says so; that two years went by, only a clock would.
  {
    key: 'national-trainers-certified',
    definition: 1,
    objective: 3,
    fact: trainerFacts.certified,
    measure: 'persons',
    unit: 'trainers',
    part: { certificate: 'standing' },
    subject: 'open',
    breakdowns: [[], ['country'], ['module'], ['sex']],
  },
  {
    key: 'trainer-certificates-given',
    definition: 1,
    objective: 3,
    fact: trainerFacts.certified,
    measure: 'contacts',
    unit: 'certificates',
    subject: 'open',
    breakdowns: [[], ['module'], ['language'], ['certificate']],
  },
  {
    key: 'self-care-requests',
    definition: 1,
    objective: 3,
    fact: selfCareFacts.requested,
    measure: 'contacts',
    unit: 'requests',
    subject: 'open',
    breakdowns: selfCareBreakdowns[selfCareFacts.requested],
  },
  {
    key: 'self-care-webinars-held',
    definition: 1,
    objective: 3,
    fact: selfCareFacts.held,
    measure: 'contacts',
    unit: 'webinars',
    subject: 'open',
    breakdowns: selfCareBreakdowns[selfCareFacts.held],
  },
  {
    key: 'self-care-attendances',
    definition: 1,
    objective: 3,
    fact: selfCareFacts.attended,
    measure: 'contacts',
    unit: 'attendances',
    subject: 'open',
    breakdowns: selfCareBreakdowns[selfCareFacts.attended],
  },
  {
    key: 'women-share-by-place',
    definition: 2,
    objective: 4,
    fact: workforceFacts.counted,
    measure: 'latest',
    unit: 'officers',
    part: { sex: 'female' },
    ratio: true,
    subject: 'open',
    breakdowns: workforceBreakdowns[workforceFacts.counted],
    latest: {
      each: ['agency', 'place'],
      by: [['place'], ['agency', 'place']],
      lead: { place: 'national' },
      stands: true,
    },
  },
  {
    key: 'women-share-by-rank',
    definition: 2,
    objective: 4,
    fact: workforceFacts.counted,
    measure: 'latest',
    unit: 'officers',
    part: { sex: 'female' },
    ratio: true,
    subject: 'open',
    breakdowns: workforceBreakdowns[workforceFacts.counted],
    latest: {
      each: ['agency', 'rank'],
      by: [['rank'], ['agency', 'rank']],
      lead: { rank: 'all' },
      within: { place: 'national' },
      stands: true,
    },
  },
  {
    key: 'women-share-of-recruits',
    definition: 1,
    objective: 4,
    fact: flowFacts.recruited,
    measure: 'latest',
    unit: 'officers',
    part: { sex: 'female' },
    ratio: true,
    subject: 'open',
    breakdowns: flowBreakdowns[flowFacts.recruited],
    latest: { each: ['agency', 'place'], by: [['place'], ['agency', 'place']], lead: { place: 'national' } },
  },
  ...(
    [
      ['shifts-with-a-trained-woman', 'present'],
      ['shifts-with-a-trained-woman-on-call', 'onCall'],
    ] as const
  ).map(
    ([key, part]): Indicator => ({
      key,
      definition: 1,
      objective: 4,
      fact: coverReleaseFacts.released,
      measure: 'latest',
      unit: 'shifts',
      ratio: true,
      subject: 'open',
      breakdowns: coverReleaseBreakdowns[coverReleaseFacts.released],
      latest: { each: ['agency', 'organisation'], by: [['agency']], lead: {}, bands: { part, whole: 'shifts' } },
    }),
  ),
  {
    key: 'recommendations-followed',
    definition: 1,
    objective: 4,
    fact: workforceFacts.recommended,
    measure: 'contacts',
    unit: 'recommendations',
    subject: 'open',
    breakdowns: workforceBreakdowns[workforceFacts.recommended],
  },
  {
    key: 'reforms-by-kind',
    definition: 1,
    objective: 4,
    fact: workforceFacts.reformed,
    measure: 'contacts',
    unit: 'reforms',
    subject: 'open',
    breakdowns: workforceBreakdowns[workforceFacts.reformed],
  },
  {
    key: 'women-reached-contacts',
    definition: 1,
    objective: 1,
    fact: awarenessFacts.reached,
    measure: 'contacts',
    unit: 'women',
    part: { sex: 'female' },
    subject: 'open',
    breakdowns: [[], ['age'], ['setting']],
  },
  {
    key: 'women-reached-persons',
    definition: 1,
    objective: 1,
    fact: awarenessFacts.reached,
    measure: 'persons',
    unit: 'women',
    part: { sex: 'female' },
    subject: 'open',
    breakdowns: [[], ['age'], ['setting']],
  },
  {
    key: 'women-more-aware',
    definition: 1,
    objective: 1,
    fact: awarenessFacts.answered,
    measure: 'contacts',
    unit: 'women',
    part: { answer: 'more-aware' },
    ratio: true,
    sample: true,
    subject: 'open',
    breakdowns: [[], ['question']],
  },
  {
    key: 'people-reached-contacts',
    definition: 1,
    objective: 1,
    fact: awarenessFacts.reached,
    measure: 'contacts',
    unit: 'people',
    subject: 'open',
    breakdowns: [[], ['sex'], ['setting']],
  },
  {
    key: 'outreach-sessions-held',
    definition: 1,
    objective: 1,
    fact: awarenessFacts.held,
    measure: 'contacts',
    unit: 'sessions',
    subject: 'open',
    breakdowns: awarenessBreakdowns[awarenessFacts.held],
  },
  {
    key: 'videos-shown',
    definition: 1,
    objective: 4,
    fact: awarenessFacts.shown,
    measure: 'contacts',
    unit: 'videos',
    part: { channel: 'video' },
    subject: 'open',
    breakdowns: [[]],
  },
  ...(
    [
      ['reach-visits', awarenessFacts.visits, 'visits'],
      ['reach-views', awarenessFacts.views, 'views'],
      ['reach-people-claimed', awarenessFacts.claimed, 'people'],
    ] as const
  ).map(
    ([key, fact, unit]): Indicator => ({
      key,
      definition: 1,
      objective: 4,
      fact,
      measure: 'contacts',
      unit,
      qualified: true,
      subject: 'open',
      breakdowns: [[], ['channel'], ['said-by']],
    }),
  ),
]

/** Facts about nobody who could be harmed: everyone of the programme sees them live, and they open to rows. */
export const openFacts: ReadonlySet<string> = new Set(
  indicators.flatMap(({ fact, subject }) => (subject === 'open' ? fact : [])),
)

/** Which breakdowns are kept as tallies, by fact. */
export const breakdowns: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  Object.entries({
    ...supportBreakdowns,
    ...livelihoodsBreakdowns,
    ...storyBreakdowns,
    ...justiceBreakdowns,
    ...trainingBreakdowns,
    ...workforceBreakdowns,
    ...flowBreakdowns,
    ...coverReleaseBreakdowns,
    ...awarenessBreakdowns,
    ...disseminationBreakdowns,
    ...moduleBreakdowns,
    ...trainerBreakdowns,
    ...selfCareBreakdowns,
  }),
)

/**
 * Facts in which a contribution without a person states heads: each may be somebody counted already or not, so that persons
 * lie between those with a key and those with all heads added.
 */
export const headFacts: ReadonlySet<string> = new Set(awarenessHeadFacts)

/** Of which facts every year is read, whatever is asked for: which few stay inside, and what stands, is judged over all of them. */
export const factsInYears: readonly string[] = [
  ...new Set(indicators.flatMap(({ fact, fewInside, latest }) => (fewInside || latest ? fact : []))),
]
