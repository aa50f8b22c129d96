import { daysAfter } from '@lentera/core/shared/dates'
import type { PersonKey, ShiftKey } from '@lentera/planner/roster'
import { humane } from './humane.ts'
import { type Duty, type Her, isElsewhere, type OfAll, type OnSide, openOn, togetherOn } from './roster-sides.ts'
import { isAway, isElsewhereOn, thereOf } from './roster-there.ts'

/** Nights of one officer that are no fewer and no more than her share. */
export type NightShare = { readonly low: number; readonly high: number }

/**
 * The nights of a post, shared: as many places as are asked for, or fewer in proportion where these officers cannot take all shifts. They are
 * shared alike among all, unless the trained women must be on more of them than that: then those are shared among the trained women,
 * and the places that are left among the others. Alike is by the nights on which she is there, no more than she may work, and less by
 * nights at another post and by what the last roster gave her more than others.
 *
 * Where there are fewer officers than places on one day there is no least: most shifts stay empty there, nights as well as others, and a
 * least of nights kept the best roster of five women from being proven in most cases.
 *
 * Whoever offered nights has no bound. The most of the others is reckoned as if she took no more than they do, the least as if she took all
 * that she may.
 */
export function nightSharesOf(side: OnSide, all: OfAll): ReadonlyMap<PersonKey, NightShare> {
  const nights = side.people.map((her) => nightsOf(her, side, all))
  const places = placesOf(side, nights, all)
  const most = shared(nights, places)
  const least = shared(
    nights.map((hers) => (hers.isVolunteer ? { ...hers, takesAll: true } : hers)),
    places,
  )
  return new Map(
    nights.flatMap(({ key, isVolunteer }, index): (readonly [PersonKey, NightShare])[] => {
      const high = Math.max(0, Math.ceil((most[index] ?? 0) - tiny))
      const low = places.isOfFew ? 0 : Math.min(high, Math.floor((least[index] ?? 0) + tiny))
      return isVolunteer ? [] : [[key, { low, high }]]
    }),
  )
}

/** What is divided ends beside whole numbers. */
const tiny = 1e-6

// ---------------------------------------------------------------- what each brings

type Nights = {
  readonly key: PersonKey
  readonly isVolunteer: boolean
  /** Reckoned with all that she may work, whatever the others take. */
  readonly takesAll: boolean
  /** Nights of the post on which she is there, and on which she is there as a trained woman. */
  readonly there: number
  readonly trained: number
  /** Nights that she may work at the most. */
  readonly most: number
  /** Shifts of any kind that she may work at the most, and as a trained woman. */
  readonly shifts: number
  readonly shiftsTrained: number
  /** Nights that are hers before any are shared. */
  readonly had: number
}

function nightsOf(her: Her, side: OnSide, all: OfAll): Nights {
  const { dates, assumptions } = all
  const { stream: key, said } = her.at
  const there = thereOf(her, all)
  const isHere = (day: number): boolean => !there.isOff(day) && !isElsewhereOn(there, day)
  const days = dates.flatMap((_, day) => (isHere(day) ? [day] : []))
  const nights = dates.flatMap((date, day) =>
    openOn(side.duties, date)
      .filter((duty) => duty.isNight && isHere(day) && !(isOverMidnight(duty) && there.away.includes(day + 1)))
      .map(() => day),
  )
  const isTrained = (day: number): boolean => her.trainedOn[day] === true
  const shiftsOn = (of: readonly number[]): number =>
    Math.min(assumptions.rules.minutesPerPerson / minutesOf(side, all), (of.length * humane.mostInARow) / 7)
  const elsewhere = there.stands.filter(({ duty }) => isElsewhere(duty.key) && duty.isNight && !duty.isOnCall).length
  const mostNights = Math.min(assumptions.roster.mostNights, said.wishes?.mostNights ?? Infinity) - elsewhere
  return {
    key,
    isVolunteer: said.wishes?.volunteersForNights === true,
    takesAll: false,
    there: nights.length,
    trained: nights.filter(isTrained).length,
    most: Math.max(0, Math.min(mostNights, new Set(nights).size, shiftsOn(days))),
    shifts: shiftsOn(days),
    shiftsTrained: shiftsOn(days.filter(isTrained)),
    had: elsewhere + nightsMore(her, side, all),
  }
}

/**
 * Nights of the days before that she has worked more than those of her post who are trained as she is, or untrained: by the days on which
 * each was there, without whoever offered nights. Who worked fewer owes none: the others' being fewer now is enough.
 */
function nightsMore(her: Her, { duties, people }: OnSide, { days, dates }: OfAll): number {
  const keys = new Set<ShiftKey | null>(duties.filter(({ isNight }) => isNight).map(({ key }) => key))
  const [first] = dates
  const known = people.flatMap(({ at, isTrained }) => {
    const row = days.get(at.stream)
    const isLike = isTrained === her.isTrained && (at === her.at || at.said.wishes?.volunteersForNights !== true)
    if (!row || !first || !isLike) return []
    const there = row.filter((_, index) => !isAway(at, daysAfter(first, index - row.length))).length
    return [{ at, there, nights: row.filter((shift) => keys.has(shift)).length }]
  })
  const hers = known.find(({ at }) => at === her.at)
  const there = sumOf(known, (each) => each.there)
  if (!hers || there === 0) return 0
  return Math.max(0, hers.nights - (hers.there * sumOf(known, ({ nights }) => nights)) / there)
}

// ---------------------------------------------------------------- what is shared

/**
 * Places on nights, and those of them that a trained woman must take: in proportion fewer where not all shifts can be worked. `isOfFew`:
 * there are fewer officers than places on one day.
 */
type Places = { readonly all: number; readonly ofTrained: number; readonly isOfFew: boolean }

function placesOf(side: OnSide, nights: readonly Nights[], { dates, assumptions }: OfAll): Places {
  const open = dates.flatMap((date) => openOn(side.duties, date))
  const asked = open.filter(({ isNight }) => isNight).length
  const women = assumptions.rules.womenPerShift
  const together = Math.max(women, Math.min(side.people.length, togetherOn(assumptions.rules)))
  const worked = (each: number, can: number): number =>
    asked * each * Math.min(1, can / Math.max(1, open.length * each))
  return {
    isOfFew: side.people.length * dates.length < together * open.length,
    all: worked(
      together,
      sumOf(nights, ({ shifts }) => shifts),
    ),
    ofTrained: worked(
      women,
      sumOf(nights, ({ shiftsTrained }) => shiftsTrained),
    ),
  }
}

/** What of the nights comes on each: the trained women have theirs first, where alike among all would leave them too few. */
function shared(nights: readonly Nights[], { all, ofTrained }: Places): readonly number[] {
  const alike = filled(
    nights.map((hers) => ({ ...hers, weight: hers.there })),
    all,
  )
  const asTrained = sumOf(nights, ({ there, trained }, index) => (trained * (alike[index] ?? 0)) / Math.max(1, there))
  if (asTrained >= ofTrained - tiny) return alike
  const first = filled(
    nights.map((hers) => ({ ...hers, weight: hers.trained, most: hers.trained > 0 ? hers.most : 0 })),
    ofTrained,
  )
  const rest = filled(
    nights.map((hers, index) => ({
      ...hers,
      weight: hers.there - hers.trained,
      most: hers.trained < hers.there ? hers.most - (first[index] ?? 0) : 0,
      had: hers.trained > 0 ? 0 : hers.had,
    })),
    all - sumOf(first, (each) => each),
  )
  return first.map((each, index) => each + (rest[index] ?? 0))
}

type Filled = Pick<Nights, 'most' | 'had' | 'takesAll'> & { readonly weight: number }

/** `total` given out alike by weight, what each has had among it, and to nobody more than she may: as water fills vessels, to one level. */
function filled(of: readonly Filled[], total: number): readonly number[] {
  const at = (level: number): readonly number[] =>
    of.map(({ weight, most, had, takesAll }) => (takesAll ? most : Math.min(most, Math.max(0, level * weight - had))))
  // Over this level everybody has the most she may.
  let [low, high] = [0, Math.max(0, ...of.map(({ weight, most, had }) => (weight > 0 ? (most + had) / weight : 0)))]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (sumOf(at(middle), (each) => each) < total) low = middle
    else high = middle
  }
  return at(high)
}

/** Minutes of a shift of the post, on average over its days. */
function minutesOf({ duties }: OnSide, { dates }: OfAll): number {
  const open = dates.flatMap((date) => openOn(duties, date))
  return sumOf(open, ({ minutes }) => minutes) / Math.max(1, open.length)
}

const isOverMidnight = ({ starts, minutes }: Duty): boolean => starts + minutes > 1440

const sumOf = <T>(of: readonly T[], by: (each: T, index: number) => number): number =>
  of.reduce((sum, each, index) => sum + by(each, index), 0)
