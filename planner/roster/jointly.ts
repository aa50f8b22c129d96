import type { Chance } from './chance.ts'
import type { Model, PersonModel, Row } from './model.ts'
import { isOfWeekend } from './weekends.ts'

/**
 * What missing people cost at the least, by all people of a small post together, day by day: of each the days she has worked or rested in
 * a row and her weekends are remembered, and of each day what those who work it can meet, nobody of them alone where nobody may be. Other
 * rules are left out. First days and people are taken apart by prices (Lagrangian decomposition, Guignard & Kim 1987), then joined again
 * in layers of joint states (dynamic programming, Held & Karp 1962), of which only those are kept that the prices do not exclude; what is
 * asked for is lowered until something is left (Korf 1985).
 */
export type Jointly = {
  /** No roster leaves missing what weighs less. */
  readonly least: number
  /** A roster that leaves no more; null where none was found. It may break what is left out here. */
  readonly rows: readonly Row[] | null
}

export type JointLimits = { readonly chance: Chance; readonly shouldStop?: () => boolean }

/**
 * What is missing is weighed by `under`, and looked for only below `found`, which a known roster leaves missing; until it
 * `shouldStop`. Null where people or shift types are too many.
 */
export function searchJointly(model: Model, under: Float64Array, found: number, limits: JointLimits): Jointly | null {
  const { chance, shouldStop = () => false } = limits
  const { people, days } = model
  if (people.length === 0 || people.length > mostPeople) return null
  const asked = model.required.reduce((sum, each, demand) => sum + each * (under[demand] ?? 0), 0)
  const gains: Float64Array[] = []
  for (let day = 0; day < days; day++) {
    const ofDay = gainsOf(model, under, day)
    if (ofDay === null) return null
    gains.push(ofDay)
  }
  const joint: Joint = { days, paths: people.map((her) => pathsOf(model, her)), gains }
  if (joint.paths.reduce((product, { states }) => product * states, 1) > Number.MAX_SAFE_INTEGER) return null
  const unit = model.isWhole ? unitOf(joint.gains) : 0
  /** What is met is a sum of whole units. */
  const rounded = (met: number): number => (unit > 0 ? Math.floor(met / unit + tiny) * unit : met)
  const known = asked - found
  const { prices, bound } = priced(joint, known, (met) => rounded(met) <= known + tiny || shouldStop())
  const ahead = aheadOf(joint, prices)
  let met = rounded(bound)
  for (let left = mostStates; met > known + tiny && left > 0 && !shouldStop(); ) {
    const reached = reach(joint, ahead, met, left, unit, chance)
    if (reached === null) break
    if (reached.works === null) {
      left -= reached.tried
      met = Math.min(rounded(reached.next), met - (unit > 0 ? unit : tiny))
      continue
    }
    // Not all days can be given shifts: others may.
    let works: Int32Array | null = reached.works
    for (let time = 0; time < mostTimes && works !== null && !shouldStop(); time++) {
      const rows = shiftsOf(model, under, joint, works)
      if (rows !== null) return { least: asked - met, rows }
      works = reach(joint, ahead, met, left, unit, chance)?.works ?? null
    }
    return { least: asked - met, rows: null }
  }
  return { least: Math.min(found, asked - met), rows: null }
}

const tiny = 1e-6
const mostPeople = 8
/** Of a day, who works which shift: of more, small changes find as much sooner. */
const mostWays = 4096
/** Times the sets of people who may work a day. */
const mostStates = 8_000_000
/** Days of all that are given shifts, before a roster is given up. */
const mostTimes = 20

type Joint = {
  readonly days: number
  readonly paths: readonly Paths[]
  /** Of each day, what is met at the best when these work, bit by person; -Infinity where they cannot. */
  readonly gains: readonly Float64Array[]
}

/** Of one person on each day, `day * states + state`: the next state when she is free, or works; -1 where she may not. */
type Paths = { readonly states: number; readonly free: Int32Array; readonly work: Int32Array }

// ---------------------------------------------------------------- one person, one day

/** No row goes on over the first day: she is rested, and what lies before is not looked at. */
function pathsOf({ days, actions, problem: { startsOn } }: Model, { person, may }: PersonModel): Paths {
  const longest = Math.min(person.mostInARow, days)
  const rest = Math.min(Math.max(1, person.leastFreeInARow), days)
  const counted = Math.min(person.mostWeekends, Math.ceil(days / 7) + 1) + 1
  // Worked for 0 .. `longest` days (0: rested), then rested for 1 .. `rest - 1`.
  const runs = longest + rest
  const states = runs * counted
  const free = new Int32Array(days * states).fill(-1)
  const work = new Int32Array(days * states).fill(-1)
  for (let day = 0; day < days; day++) {
    const weekday = (startsOn + day) % 7
    const mayRest = may[day * actions] === 1
    const mayWork = may.subarray(day * actions + 1, (day + 1) * actions).includes(1)
    for (let run = 0; run < runs; run++) {
      const works = run > 0 && run <= longest
      const rested = run === 0 ? 0 : ((works ? longest : run) + 1) % runs
      const isNew = weekday === 5 || (weekday === 6 && !works) ? 1 : 0
      for (let weekend = 0; weekend < counted; weekend++) {
        const at = day * states + run * counted + weekend
        if (mayRest) free[at] = rested * counted + weekend
        if (mayWork && run < longest && weekend + isNew < counted) work[at] = (run + 1) * counted + weekend + isNew
      }
    }
  }
  return { states, free, work }
}

/** Who is as good as another on a day (`null`: the first of them), by skills and by what she may work: the one before her. */
function likesOn({ people, actions }: Model, day: number): readonly (number | null)[] {
  const last = new Map<string, number>()
  const skills = [...new Set(people.map(({ meets }) => meets))]
  return people.map(({ meets, may }, person) => {
    const key = `${skills.indexOf(meets)} ${may.subarray(day * actions, (day + 1) * actions).join('')}`
    const before = last.get(key) ?? null
    last.set(key, person)
    return before
  })
}

/** Ways in which people may work a day, those apart who are not as good as each other. */
function countOn({ people, actions }: Model, day: number, likes: readonly (number | null)[]): number {
  const nth: number[] = []
  return people.reduce((ways, { may }, person) => {
    const before = likes[person] ?? null
    const n = before === null ? 1 : (nth[before] ?? 0) + 1
    nth[person] = n
    const choices = may.subarray(day * actions, (day + 1) * actions).reduce((sum, one) => sum + one, 0)
    return (ways * (choices + n - 1)) / n
  }, 1)
}

/** Of a day: what is met at the best when these work, bit by person; -Infinity where they cannot. Null where there are too many ways. */
function gainsOf(model: Model, under: Float64Array, day: number): Float64Array | null {
  const likes = likesOn(model, day)
  if (countOn(model, day, likes) > mostWays) return null
  const gains = new Float64Array(2 ** model.people.length).fill(Number.NEGATIVE_INFINITY)
  eachWay(model, under, day, { works: null, likes }, (_, mask, met) => {
    gains[mask] = Math.max(gains[mask] ?? 0, met)
  })
  // Of those who are as good as each other the last work when not all do.
  for (let mask = 1; mask < gains.length; mask++) gains[mask] = gains[lastOf(mask, likes)] ?? 0
  return gains
}

function lastOf(mask: number, likes: readonly (number | null)[]): number {
  let moved = mask
  for (let isMoved = true; isMoved; ) {
    isMoved = false
    for (const [person, before] of likes.entries()) {
      if (before === null || (moved >> person) & 1 || !((moved >> before) & 1)) continue
      moved ^= (1 << person) | (1 << before)
      isMoved = true
    }
  }
  return moved
}

/** All ways in which these may work a day that meet so much. */
function waysOf(model: Model, under: Float64Array, day: number, works: number, gain: number): readonly Uint8Array[] {
  const ways: Uint8Array[] = []
  eachWay(model, under, day, { works, likes: [] }, (way, _, met) => {
    if (met >= gain - tiny) ways.push(way.slice())
  })
  return ways
}

/**
 * Every way in which people may work a day, these or (null) any, nobody alone where nobody may be; and what it meets. Of those who are as good
 * as each other (`likes`) one of all ways that only differ by who does what.
 */
function eachWay(
  model: Model,
  under: Float64Array,
  day: number,
  { works, likes }: { readonly works: number | null; readonly likes: readonly (number | null)[] },
  tell: (way: Uint8Array, mask: number, met: number) => void,
): void {
  const { people, actions, problem, required, company, others } = model
  const asked = [...required.keys()].filter(
    (demand) => (problem.cover[demand] ?? company[demand - problem.cover.length])?.day === day,
  )
  const weighed = asked.filter((demand) => (under[demand] ?? 0) > 0)
  // Where a hand has set somebody, who is alone is not the roster's.
  const isFree = people.every(({ may }) => may[day * actions] === 1)
  const together = asked.flatMap((demand) => {
    const index = demand - problem.cover.length
    const least = company[index]?.least ?? 0
    return isFree && least > 1 && others[index] === 0 ? [{ demand, least }] : []
  })
  const counts = new Int32Array(required.length)
  const way = new Uint8Array(people.length)
  const meet = ({ meets }: PersonModel, at: number, step: 1 | -1): void => {
    for (let k = meets.starts[at] ?? 0; k < (meets.starts[at + 1] ?? 0); k++) {
      const demand = meets.demands[k] ?? 0
      counts[demand] = (counts[demand] ?? 0) + step
    }
  }
  const isAlone = ({ demand, least }: { readonly demand: number; readonly least: number }): boolean =>
    (counts[demand] ?? 0) > 0 && (counts[demand] ?? 0) < least
  const add = (person: number, mask: number): void => {
    const her = people[person]
    if (her === undefined) {
      if (together.some(isAlone)) return
      let met = 0
      for (const demand of weighed) met += (under[demand] ?? 0) * Math.min(required[demand] ?? 0, counts[demand] ?? 0)
      tell(way, mask, met)
      return
    }
    const before = likes[person] ?? null
    for (let action = before === null ? 0 : (way[before] ?? 0); action < actions; action++) {
      const at = day * actions + action
      if (her.may[at] === 0 || (works !== null && action > 0 !== ((works >> person) & 1) > 0)) continue
      way[person] = action
      meet(her, at, 1)
      add(person + 1, action > 0 ? mask | (1 << person) : mask)
      meet(her, at, -1)
    }
  }
  add(0, 0)
}

/** What all that can be met is a multiple of. */
function unitOf(gains: readonly Float64Array[]): number {
  let unit = 0
  for (const met of new Set(gains.flatMap((day) => [...day]))) {
    let [a, b] = [unit, Math.max(0, met)]
    while (b > 0) [a, b] = [b, a % b]
    unit = a
  }
  return unit
}

// ---------------------------------------------------------------- days and people apart

/**
 * What a day of each person is worth (`day * people + person`), so that what is met, days and people taken apart, is bounded closely;
 * subgradients (Held, Wolfe & Crowder 1974), towards what is `known` to be met, until it `isEnough`.
 */
function priced(
  joint: Joint,
  known: number,
  isEnough: (bound: number) => boolean,
): { readonly prices: Float64Array; readonly bound: number } {
  const { days, paths, gains } = joint
  const count = paths.length
  const everybody = gains.map((gain) => gain.reduce((most, each) => Math.max(most, each), 0))
  let at = Float64Array.from(
    { length: days * count },
    (_, index) => (everybody[Math.floor(index / count)] ?? 0) / count,
  )
  let best = { prices: at, bound: Infinity }
  const direction = new Float64Array(at.length)
  let scale = 0.5
  let quiet = 0
  for (let step = 0; step < mostSteps && scale > 0.01; step++) {
    const slope = new Float64Array(at.length)
    let bound = 0
    for (let day = 0; day < days; day++) bound += bestMask(joint, at, day, slope)
    for (let person = 0; person < count; person++) bound += bestPath(joint, at, person, slope)
    if (bound < best.bound - tiny) {
      best = { prices: at, bound }
      quiet = 0
      if (isEnough(bound)) break
    } else if (++quiet >= 8) {
      quiet = 0
      scale /= 1.6
    }
    let square = 0
    for (let index = 0; index < slope.length; index++) {
      const turned = 0.4 * (slope[index] ?? 0) + 0.6 * (direction[index] ?? 0)
      direction[index] = turned
      square += turned ** 2
    }
    if (square < tiny) break
    const length = (scale * Math.max(tiny, bound - known)) / square
    at = at.map((price, index) => price - length * (direction[index] ?? 0))
  }
  return best
}

const mostSteps = 400

/** What a day is worth beyond its prices; takes those who work it off `slope`. */
function bestMask({ paths, gains }: Joint, prices: Float64Array, day: number, slope: Float64Array | null): number {
  const count = paths.length
  const gain = gains[day] ?? new Float64Array(0)
  const sums = new Float64Array(gain.length)
  let [best, chosen] = [Number.NEGATIVE_INFINITY, 0]
  for (let mask = 0; mask < gain.length; mask++) {
    const last = 31 - Math.clz32(mask)
    if (mask > 0) sums[mask] = (sums[mask ^ (1 << last)] ?? 0) + (prices[day * count + last] ?? 0)
    const value = (gain[mask] ?? 0) - (sums[mask] ?? 0)
    if (value > best) [best, chosen] = [value, mask]
  }
  if (slope !== null)
    for (let person = 0; person < count; person++)
      if ((chosen >> person) & 1) slope[day * count + person] = (slope[day * count + person] ?? 0) - 1
  return best
}

/** What her days are worth at the most, by her own rules; adds those she works to `slope`. */
function bestPath(joint: Joint, prices: Float64Array, person: number, slope: Float64Array): number {
  const { days, paths } = joint
  const count = paths.length
  const { states, free, work } = paths[person] ?? { states: 0, free: slope, work: slope }
  const ahead = aheadOfOne(joint, prices, person)
  let state = 0
  for (let day = 0; day < days; day++) {
    const [rests, works] = [free[day * states + state] ?? -1, work[day * states + state] ?? -1]
    const price = prices[day * count + person] ?? 0
    const resting = rests < 0 ? Number.NEGATIVE_INFINITY : (ahead[(day + 1) * states + rests] ?? 0)
    const working = works < 0 ? Number.NEGATIVE_INFINITY : price + (ahead[(day + 1) * states + works] ?? 0)
    if (working > resting) slope[day * count + person] = (slope[day * count + person] ?? 0) + 1
    state = working > resting ? works : Math.max(0, rests)
  }
  return ahead[0] ?? 0
}

/** What her days from one on are worth at the most, `day * states + state`. */
function aheadOfOne({ days, paths }: Joint, prices: Float64Array, person: number): Float64Array {
  const count = paths.length
  const { states, free, work } = paths[person] ?? { states: 0, free: prices, work: prices }
  const ahead = new Float64Array((days + 1) * states)
  for (let day = days - 1; day >= 0; day--) {
    const price = prices[day * count + person] ?? 0
    for (let at = day * states; at < (day + 1) * states; at++) {
      const [rests, works] = [free[at] ?? -1, work[at] ?? -1]
      const resting = rests < 0 ? Number.NEGATIVE_INFINITY : (ahead[(day + 1) * states + rests] ?? 0)
      const working = works < 0 ? Number.NEGATIVE_INFINITY : price + (ahead[(day + 1) * states + works] ?? 0)
      ahead[at] = Math.max(resting, working)
    }
  }
  return ahead
}

// ---------------------------------------------------------------- and together

type Ahead = { readonly ofPeople: readonly Float64Array[]; readonly ofDays: Float64Array }

function aheadOf(joint: Joint, prices: Float64Array): Ahead {
  const ofDays = new Float64Array(joint.days + 1)
  for (let day = joint.days - 1; day >= 0; day--)
    ofDays[day] = (ofDays[day + 1] ?? 0) + bestMask(joint, prices, day, null)
  return { ofPeople: joint.paths.map((_, person) => aheadOfOne(joint, prices, person)), ofDays }
}

type Reached = { readonly tried: number; readonly next: number; readonly works: Int32Array | null }

/**
 * Whether there are days on which so much is `met`, depth first: from any joint state that was left with as much, nothing is tried again. `next`: the most
 * that may have been met of what was left out. Null where more than `most` are tried.
 */
function reach(joint: Joint, ahead: Ahead, met: number, most: number, unit: number, chance: Chance): Reached | null {
  const { days, gains, paths } = joint
  const masks = 2 ** paths.length
  const seen = Array.from({ length: days + 1 }, () => new Map<number, number>())
  const keys = new Float64Array(days * masks)
  const hopes = new Float64Array(days * masks)
  const wanted = new Float64Array(days * masks)
  const order = Array.from({ length: days }, () => new Int32Array(masks))
  const works = new Int32Array(days)
  let tried = 0
  let next = Number.NEGATIVE_INFINITY
  let isTooMuch = false
  const from = (day: number, key: number, soFar: number): boolean => {
    if (day === days) return true
    const before = seen[day]?.get(key) ?? Number.NEGATIVE_INFINITY
    if (soFar <= before) return false
    seen[day]?.set(key, soFar)
    tried += masks
    if (tried > most) {
      isTooMuch = true
      return false
    }
    const base = day * masks
    spread(joint, ahead, day, key, keys, hopes)
    const gain = gains[day] ?? hopes
    const later = order[day] ?? new Int32Array(masks)
    let count = 0
    for (let mask = 0; mask < masks; mask++) {
      const hope = soFar + (gain[mask] ?? 0) + (hopes[base + mask] ?? 0)
      if (hope >= met - tiny) {
        wanted[base + mask] = hope + 0.3 * unit * chance()
        let place = count++
        for (; place > 0 && (wanted[base + mask] ?? 0) > (wanted[base + (later[place - 1] ?? 0)] ?? 0); place--)
          later[place] = later[place - 1] ?? 0
        later[place] = mask
      } else if (hope > next) next = hope
    }
    for (let index = 0; index < count && !isTooMuch; index++) {
      const mask = later[index] ?? 0
      works[day] = mask
      if (from(day + 1, keys[base + mask] ?? 0, soFar + (gain[mask] ?? 0))) return true
    }
    return false
  }
  if (from(0, 0, 0)) return { tried, next, works }
  return isTooMuch ? null : { tried, next, works: null }
}

/** All who may work or rest on a day from a joint state, one person after the other: where that leads, and what may be met from there. */
function spread(
  { paths }: Joint,
  ahead: Ahead,
  day: number,
  key: number,
  keys: Float64Array,
  hopes: Float64Array,
): void {
  const base = day * 2 ** paths.length
  let [rest, radix] = [key, 1]
  keys[base] = 0
  hopes[base] = ahead.ofDays[day + 1] ?? 0
  for (let person = 0; person < paths.length; person++) {
    const { states: own, free, work } = paths[person] ?? { states: 1, free: hopes, work: hopes }
    const state = rest % own
    rest = (rest - state) / own
    const hers = ahead.ofPeople[person] ?? hopes
    const [rests, works] = [free[day * own + state] ?? -1, work[day * own + state] ?? -1]
    const resting = rests < 0 ? Number.NEGATIVE_INFINITY : (hers[(day + 1) * own + rests] ?? 0)
    const working = works < 0 ? Number.NEGATIVE_INFINITY : (hers[(day + 1) * own + works] ?? 0)
    const bit = 1 << person
    for (let at = base; at < base + bit; at++) {
      keys[at + bit] = (keys[at] ?? 0) + radix * works
      hopes[at + bit] = (hopes[at] ?? 0) + working
      keys[at] = (keys[at] ?? 0) + radix * rests
      hopes[at] = (hopes[at] ?? 0) + resting
    }
    radix *= own
  }
}

// ---------------------------------------------------------------- which shifts

/**
 * The days given shifts, each day one of its best ways: none that may not follow the one before, nor too many nights in a row, nor a Friday
 * night that takes another weekend, and nights to whoever has had fewest. Null where that does not go.
 */
function shiftsOf(model: Model, under: Float64Array, joint: Joint, works: Int32Array): readonly Row[] | null {
  const ways = Array.from(works, (mask, day) => waysOf(model, under, day, mask, joint.gains[day]?.[mask] ?? 0))
  const { people, days, actions, follows, nights, overMidnight, problem } = model
  const rows = people.map(() => new Uint8Array(days))
  const failed = Array.from({ length: days }, () => new Set<string>())
  const nightsOf = new Int32Array(people.length)
  const inARow = new Int32Array(people.length)
  const isWorked = (person: number, day: number): boolean => day < days && (((works[day] ?? 0) >> person) & 1) === 1
  /** Friday nights that take a weekend nobody has counted, and how many she has left. */
  const weekendsLeft = Int32Array.from(people, ({ person: { mostWeekends } }, person) => {
    const weeks = new Set<number>()
    for (let day = 0; day < days; day++)
      if (isWorked(person, day) && isOfWeekend(problem.startsOn, day, false))
        weeks.add(Math.floor((problem.startsOn + day) / 7))
    return Math.min(days, mostWeekends) - weeks.size
  })
  const takesWeekend = (person: number, day: number, action: number): boolean =>
    overMidnight[action] === 1 &&
    (problem.startsOn + day) % 7 === 4 &&
    !isWorked(person, day + 1) &&
    !isWorked(person, day + 2)
  const turn = (way: Uint8Array, day: number, step: 1 | -1): void => {
    for (const [person, action] of way.entries()) {
      nightsOf[person] = (nightsOf[person] ?? 0) + step * (nights[action] ?? 0)
      if (takesWeekend(person, day, action)) weekendsLeft[person] = (weekendsLeft[person] ?? 0) - step
    }
  }
  const mayBe = (way: Uint8Array, day: number): boolean =>
    way.every((action, person) => {
      const before = day > 0 ? (rows[person]?.[day - 1] ?? 0) : 0
      if (follows[before * actions + action] === 0) return false
      if (takesWeekend(person, day, action) && (weekendsLeft[person] ?? 0) < 1) return false
      const most = people[person]?.person.mostNightsInARow ?? Infinity
      return nights[action] !== 1 || (inARow[person] ?? 0) < most
    })
  const from = (day: number): boolean => {
    if (day === days) return true
    const here = `${rows.map((row) => row[day - 1] ?? 0).join()} ${inARow.join()} ${weekendsLeft.join()}`
    if (failed[day]?.has(here) || (failed[day]?.size ?? 0) > mostFailed) return false
    const weigh = (way: Uint8Array): number =>
      way.reduce((sum, action, person) => sum + (nights[action] ?? 0) * (1 + (nightsOf[person] ?? 0)), 0)
    const possible = (ways[day] ?? [])
      .filter((way) => mayBe(way, day))
      .map((way) => ({ way, weight: weigh(way) }))
      .toSorted((a, b) => a.weight - b.weight)
    const before = inARow.slice()
    for (const { way } of possible) {
      for (const [person, action] of way.entries()) {
        const row = rows[person]
        if (row !== undefined) row[day] = action
        inARow[person] = nights[action] === 1 ? (before[person] ?? 0) + 1 : 0
      }
      turn(way, day, 1)
      if (from(day + 1)) return true
      turn(way, day, -1)
      inARow.set(before)
    }
    for (const row of rows) row[day] = 0
    failed[day]?.add(here)
    return false
  }
  return from(0) ? rows : null
}

/** Of one day, before it is given up. */
const mostFailed = 200
