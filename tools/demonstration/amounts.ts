import { Country } from '@lentera/core/shared/places'

/**
 * How many records of each kind a programme writes: a seed, and never a figure that is shown. At full size what is counted
 * over them agrees with the brochure's own figures (`core/results/publication-of-record.ts`); where the brochure gives no
 * number for a country, the number is invented.
 */
export type Amounts = {
  /** Women who received a service, and how many of them two organisations registered, each in its own spelling. */
  readonly survivors: number
  readonly registeredTwice: number
  /** Registered, and counted as received at most: nothing was given yet, or she will not be counted. */
  readonly received: number
  /** Women of the livelihood courses, and how many of them were given support in cash and in kind. */
  readonly participants: number
  readonly supported: number
  /** Women who carry a card, and come to an outreach session once or more often. */
  readonly women: number
  readonly officers: { readonly women: number; readonly men: number }
  readonly events: number
  readonly convicted: number
}

const none: Amounts = {
  survivors: 0,
  registeredTwice: 0,
  received: 0,
  participants: 0,
  supported: 0,
  women: 0,
  officers: { women: 0, men: 0 },
  events: 0,
  convicted: 0,
}

/** `region`: the office that holds what belongs to no country. */
const atFullSize: Partial<Record<Country | 'region', Amounts>> = {
  MM: {
    survivors: 24,
    registeredTwice: 8,
    received: 6,
    participants: 129,
    supported: 72,
    women: 7_900,
    officers: { women: 38, men: 42 },
    events: 0,
    convicted: 5,
  },
  KH: {
    survivors: 55,
    registeredTwice: 16,
    received: 9,
    participants: 185,
    supported: 103,
    women: 9_600,
    officers: { women: 42, men: 46 },
    events: 3,
    convicted: 0,
  },
  TH: {
    survivors: 2,
    registeredTwice: 0,
    received: 5,
    participants: 58,
    supported: 32,
    women: 6_700,
    officers: { women: 47, men: 49 },
    events: 3,
    convicted: 0,
  },
  LA: { ...none, officers: { women: 36, men: 38 }, events: 2 },
  PH: { ...none, officers: { women: 44, men: 46 }, events: 2 },
  MY: { ...none, officers: { women: 29, men: 33 }, events: 2 },
  ID: { ...none, officers: { women: 41, men: 47 }, events: 2 },
  region: { ...none, events: 8 },
}

/**
 * @param size 1 is the programme of the brochure; 0.1 a tenth of it, but at least one of what there is any of
 */
export function amountsOf(country: Country | null, size: number): Amounts {
  const full = atFullSize[country ?? 'region'] ?? none
  const sized = (n: number): number => (n === 0 ? 0 : Math.max(1, Math.round(n * size)))
  return {
    survivors: sized(full.survivors),
    registeredTwice: sized(full.registeredTwice),
    received: sized(full.received),
    participants: sized(full.participants),
    supported: sized(full.supported),
    women: sized(full.women),
    officers: { women: sized(full.officers.women), men: sized(full.officers.men) },
    events: sized(full.events),
    convicted: sized(full.convicted),
  }
}

/** All programmes and the regional office together. */
export function wholeRegion(size: number): Amounts {
  const all = [...organisedCountries, null].map((country) => amountsOf(country, size))
  const sum = (of: (amounts: Amounts) => number): number => all.reduce((total, amounts) => total + of(amounts), 0)
  return {
    survivors: sum(({ survivors }) => survivors),
    registeredTwice: sum(({ registeredTwice }) => registeredTwice),
    received: sum(({ received }) => received),
    participants: sum(({ participants }) => participants),
    supported: sum(({ supported }) => supported),
    women: sum(({ women }) => women),
    officers: { women: sum(({ officers }) => officers.women), men: sum(({ officers }) => officers.men) },
    events: sum(({ events }) => events),
    convicted: sum(({ convicted }) => convicted),
  }
}

const organisedCountries = Country.options.filter((country) => country in atFullSize)
