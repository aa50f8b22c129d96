import type { Interval } from '@lentera/core/shared/counts'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { DANGEROUS_markReleased, type Released } from './released-count.ts'
import { defaultSettings } from './settings.ts'

/** One open post, in shifts of a week: what it asks for is not secret to whoever stands before it, what it has is. */
export type CoveredPost = {
  readonly needed: number
  /** Shifts that one trained woman covers, and how many women the post needs. */
  readonly ofOne: number
  readonly needs: number
  readonly covered: number
  readonly women: number
  readonly trained: number
  /** Of the trained, those whose certificates end within the half year. */
  readonly expiring: number
}

/** `onCall`: shifts covered where whoever can be called counts too. */
export type CoverCount = { readonly posts: readonly CoveredPost[]; readonly onCall: number }

/** Bands, both ends included; `expiring` is null where its band would say no more than that of `women`. */
export type CoverBands = {
  readonly posts: Interval
  readonly shifts: Interval
  readonly present: Interval
  readonly onCall: Interval
  readonly women: Interval
  readonly expiring: Interval | null
}

/** What may leave of an agency's cover. `made`: the cut-off its bands are of; earlier than its own where they are held. */
export type ReleasedCover = Released<{ readonly made: string; readonly bands: CoverBands }>

/**
 * Counts of cover as they may leave the agency: all as bands, never a number (do no harm, "Officers": zeros and night gaps).
 *
 * - A band of shifts is wider than all the shifts of any one post, one of women wider than any one post needs. What comes near the whole is
 *   one band with it, as nothing is with what comes near it: no share is 0 % or 100 %, and no complement is small.
 * - All bands are made at one cut-off. They stay, with that cut-off, until posts or shifts have moved past the neighbouring band: what
 *   one post alone changes is never seen.
 * - Of no post does it follow that it lacks a woman on some shift, nor that it lacks none (`highestThatTellsNothing`): that is audited as
 *   tables are, by the interval that everything printed leaves each post (Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
 *
 * Refused: `release.too-few-posts` {least}, `release.too-little-told` where every count would stand in one band with its whole.
 *
 * @param at the cut-off, a day
 * @param last what was released last, withdrawn or not: what was shown cannot be taken back
 */
export function releaseCover(
  count: CoverCount,
  at: string,
  last?: { readonly made: string; readonly bands: CoverBands },
): Decision<ReleasedCover> {
  if (count.posts.length < minimum) return refuse('release.too-few-posts', { least: minimum })
  const bands = bandsOf(count)
  if (bands.present.low === 0 && bands.present.high === bands.shifts.high) return refuse('release.too-little-told')
  return accept(DANGEROUS_markReleased(last && isHeld(bands, last.bands) ? last : { made: at, bands }))
}

const { minimum } = defaultSettings

// ---------------------------------------------------------------- bands

function bandsOf({ posts, onCall }: CoverCount): CoverBands {
  const sum = (of: (post: CoveredPost) => number): number => whole(posts.reduce((all, each) => all + of(each), 0))
  const most = (of: (post: CoveredPost) => number): number => Math.max(...posts.map(of))
  const width = widthFor(most(({ needed }) => needed) + 1, 25)
  const ofWomen = widthFor(2 * most(({ needs }) => needs), 10)
  const shifts = bandOf(
    sum(({ needed }) => needed),
    width,
  )
  const women = bandOf(
    sum(({ trained }) => trained),
    ofWomen,
  )
  const known = Math.min(
    women.high,
    sum((post) => post.women),
  )
  const fill = fillingOf(posts)
  const safe = highestThatTellsNothing(posts, known, fill)
  const all = fill(known)
  const present = partOf(
    shifts,
    sum(({ covered }) => covered),
    width,
    { safe, most: all },
  )
  // Whoever is called covers no more besides than on her own duty.
  const besides = known * most(({ ofOne }) => ofOne)
  const called = partOf(shifts, whole(onCall), width, {
    safe: Math.max(present.low, Math.min(present.high, safe) + besides - most(({ ofOne }) => ofOne)),
    most: all + besides,
  })
  const expiring = partOf(
    women,
    sum((post) => post.expiring),
    ofWomen,
  )
  return {
    posts: bandOf(posts.length, minimum),
    shifts,
    present,
    // Never the narrower of the two: it holds whatever the other does.
    onCall: { low: called.low, high: Math.max(called.high, present.high) },
    women,
    expiring: expiring.low === 0 && expiring.high === women.high ? null : expiring,
  }
}

/** A whole number of steps, and at least one. */
const widthFor = (least: number, step: number): number => Math.max(1, Math.ceil(least / step)) * step

function bandOf(value: number, width: number): Interval {
  const low = Math.floor(value / width) * width
  return { low, high: low + width - 1 }
}

/**
 * The band of a part. From one width below the whole on, or from where more would tell something (`safe`), all is one band up to the whole, or
 * to the `most` that all women together cover.
 */
function partOf(of: Interval, value: number, width: number, { safe, most } = unbounded): Interval {
  const band = bandOf(value, width)
  const last = Math.max(0, Math.min(of.low - width, Math.floor(safe / width) * width))
  if (band.low < last) return band
  return { low: last, high: Math.max(band.high, Math.min(of.high, bandOf(whole(Math.min(most, of.high)), width).high)) }
}

const unbounded = { safe: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY }

/** What floating point takes from a whole number of shifts is none less; part of a shift is no shift. */
const whole = (value: number): number => Math.floor(value + 1e-6)

// ---------------------------------------------------------------- what stays as it was shown

/**
 * Whether nothing has moved past the neighbouring band, of the wider bands where they changed. The numbers of women follow those of posts
 * and shifts: one large post may have more women than a band is wide.
 */
function isHeld(now: CoverBands, last: CoverBands): boolean {
  const ofShifts = Math.max(widthOf(now.shifts), widthOf(last.shifts))
  return (
    isNear(now.posts, last.posts, minimum) &&
    isNear(now.shifts, last.shifts, ofShifts) &&
    isNear(now.present, last.present, ofShifts)
  )
}

const widthOf = ({ low, high }: Interval): number => high - low + 1
const isNear = (now: Interval, last: Interval, width: number): boolean =>
  now.low <= last.high + width && now.high >= last.low - width

// ---------------------------------------------------------------- what would follow from bands

/**
 * The most shifts that can be told to be covered without its following, of any post, that it lacks a woman on some shift, or that it lacks
 * none; for whoever knows the hours of every post, how many shifts a woman covers, and that there are no more than `women`. A lower end
 * of a band up to here is met by moving women in thought, one by one, from that post to where they cover most: bands are wider
 * than what one of them covers. Whoever knows that a post needs more women than there are, knows it without us.
 */
function highestThatTellsNothing(posts: readonly CoveredPost[], women: number, fill: Filling): number {
  return posts.reduce((lowest, post) => {
    const { needed, needs, ofOne } = post
    if (needs > women) return lowest
    const lacking = Array.from({ length: needs }, (_, has) => has * ofOne + fill(women - has, post))
    return Math.min(lowest, whole(needed + fill(women - needs, post)), whole(Math.max(...lacking)))
  }, Number.POSITIVE_INFINITY)
}

type Filling = (women: number, without?: CoveredPost) => number

/** The most shifts that so many women cover at all posts, or at all but one: first where each covers most. */
function fillingOf(posts: readonly CoveredPost[]): Filling {
  const nameOf = ({ needed, ofOne }: CoveredPost): string => `${needed} ${ofOne}`
  const kinds = Map.groupBy(posts, nameOf)
  // Each kind of post takes as many as cover all they can, and one for the shifts that are left over.
  const gains = [...kinds].flatMap(([kind, alike]) => {
    const [{ needed, ofOne } = { needed: 0, ofOne: 0 }] = alike
    const full = ofOne > 0 ? Math.floor(needed / ofOne + 1e-9) : 0
    const rest = needed - full * ofOne
    return [
      { kind, gain: ofOne, each: full, count: alike.length },
      ...(rest > 1e-9 && ofOne > 0 ? [{ kind, gain: rest, each: 1, count: alike.length }] : []),
    ]
  })
  const sorted = gains.toSorted((a, b) => b.gain - a.gain)
  return (women, without) => {
    let [left, covered] = [women, 0]
    for (const { kind, gain, each, count } of sorted) {
      const taken = Math.min(left, each * (without && kind === nameOf(without) ? count - 1 : count))
      left -= taken
      covered += taken * gain
    }
    return covered
  }
}
