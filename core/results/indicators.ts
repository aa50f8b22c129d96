import { supportBreakdowns, supportFacts } from '../support/tally.ts'
import { trainingBreakdowns, trainingFacts } from '../training/tally.ts'

/**
 * An indicator of the results framework: which fact it counts and how. `measure` follows the count modes of the
 * programme's framework: `persons` counts each person once (again for every period and place, never added up),
 * `contacts` counts how often.
 */
export type Indicator = {
  readonly key: string
  /** Raised when the definition changes; a figure is only comparable with itself. */
  readonly definition: number
  readonly objective: 1 | 2 | 3 | 4
  readonly fact: string
  readonly measure: 'persons' | 'contacts'
  readonly unit: 'survivors' | 'services' | 'officers' | 'sessions' | 'attendances'
  /** Of the whole, this part only: `{ sex: 'female' }`. With `ratio` it is shown over the whole. */
  readonly part?: Readonly<Record<string, string>>
  readonly ratio?: true
  /**
   * Whom it is about. `survivor`: opens to records only for the case team, to groups of five or more as of a cut-off for
   * everyone else. `open`: opens to rows.
   */
  readonly subject: 'survivor' | 'open'
  readonly breakdowns: readonly (readonly string[])[]
}

export const indicators: readonly Indicator[] = [
  {
    key: 'survivors-supported',
    definition: 1,
    objective: 1,
    fact: supportFacts.served,
    measure: 'persons',
    unit: 'survivors',
    subject: 'survivor',
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
    breakdowns: supportBreakdowns[supportFacts.opened],
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
]

/** Facts about nobody who could be harmed: everyone of the programme sees them live, and they open to rows. */
export const openFacts: ReadonlySet<string> = new Set(
  indicators.flatMap(({ fact, subject }) => (subject === 'open' ? fact : [])),
)

/** Which breakdowns are kept as tallies, by fact. */
export const breakdowns: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  Object.entries({ ...supportBreakdowns, ...trainingBreakdowns }),
)
