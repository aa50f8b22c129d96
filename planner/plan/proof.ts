import type { Covered } from './cover.ts'
import { wholeWomen } from './need.ts'
import type { Pair, Reading } from './reading.ts'
import { type Arc, decidedBy, isTrainedAt, maySend, placeAt, type Target, type TargetPost, targetOf } from './target.ts'
import type { Because, Gap, Proof, ProofPart } from './words.ts'

/**
 * Why shifts stay uncovered at the end of the last year, the heaviest first. A proof counts what could come to the post at
 * the very most, each way apart and with nothing spent elsewhere: where even that is too little, no plan covers it.
 */
export function gapsOf(reading: Reading, after: readonly Covered[]): readonly Gap[] {
  const { problem } = reading
  const last = after.filter(({ year, needed, covered }) => year === problem.years && needed - covered > 1e-6)
  if (last.length === 0) return []
  const prove = proving(reading)
  const isHandSet = problem.fixed.length > 0 || problem.forbidden.length > 0
  return last
    .map(({ index, post, needed, covered }): Gap & { readonly weight: number } => {
      const proof = prove(index)
      const read = reading.posts[index]
      const shorter = read?.day ? wholeWomen(read.needs) - wholeWomen(read.day.needs) : 0
      const uncovered = needed - covered
      const why = proof.missing > shorter ? 'impossible' : isHandSet ? 'chosen' : 'shared'
      return { post, uncovered, why, proof, weight: uncovered * (read?.post.risk ?? 1) }
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ weight, ...gap }) => gap)
}

/** Proofs for posts by number; what they share is looked up once. */
export function proving(reading: Reading): (post: number) => Proof {
  const { problem } = reading
  const target = targetOf(
    { ...reading, problem: { ...problem, caps: problem.caps.map(limited) } },
    problem.years,
    'all-years',
  )
  const standing = targetOf(reading, problem.years, 'all-years', false)
  const arcsTo = grouped(target.arcs, ({ to }) => to)
  const pairsOf = grouped(
    target.pairs.flatMap((pair) => [
      { post: pair.a, pair },
      { post: pair.b, pair },
    ]),
    ({ post }) => post,
  )
  const untrained = new Float64Array(reading.posts.length)
  for (const cohort of reading.cohorts)
    if (!isTrainedAt(reading, cohort, problem.years)) {
      const at = placeAt(cohort, problem.years)
      untrained[at] = (untrained[at] ?? 0) + cohort.count
    }
  const look: Look = { reading, target, standing, arcsTo, pairsOf, untrained, lead: decidedBy(reading, problem.years) }
  return (post) => proofOf(look, post)
}

/** Ways are not left out because hiring is cheaper: a proof looks at every way. */
function limited<T extends { readonly hires: number | null }>(caps: T): T {
  return { ...caps, hires: caps.hires ?? 1e6 }
}

type Look = {
  readonly reading: Reading
  readonly target: Target
  readonly standing: Target
  readonly arcsTo: ReadonlyMap<number, readonly Arc[]>
  readonly pairsOf: ReadonlyMap<number, readonly { readonly post: number; readonly pair: Pair }[]>
  readonly untrained: Float64Array
  readonly lead: ReturnType<typeof decidedBy>
}

function proofOf(look: Look, index: number): Proof {
  const { reading, target } = look
  const read = reading.posts[index]
  const post = target.posts[index]
  const shifts = read?.post.shifts ?? []
  const needs = wholeWomen(read?.needs ?? 0)
  const has = Math.min(needs, Math.floor((post?.trained ?? 0) + 1e-9))
  const parts = post ? partsOf(look, post, index, needs - has) : []
  return {
    post: read?.post.key ?? '',
    hoursAWeek: shifts.reduce((sum, { minutes, daysAWeek }) => sum + (minutes * daysAWeek) / 60, 0),
    shifts: read?.shifts ?? 0,
    needs,
    has,
    parts,
    missing: Math.max(0, needs - has - parts.reduce((sum, { can }) => sum + can, 0)),
  }
}

function partsOf(look: Look, post: TargetPost, index: number, lacks: number): readonly ProofPart[] {
  const train = trainPart(look, post, index)
  const move = movePart(look, post, index)
  const hire = hirePart(look, post, lacks, move.can)
  return [train, move, hire, poolPart(look, index, lacks)]
}

function trainPart({ lead, untrained }: Look, post: TargetPost, index: number): ProofPart {
  const can = post.trainOnCall + post.trainOther
  const not = (untrained[index] ?? 0) - can
  return {
    way: 'train',
    can,
    nearest: null,
    because: not > 0 ? [because(lead.trainings < 1 ? 'too-late' : 'may-not-be-trained', not)] : [],
  }
}

function movePart({ reading, arcsTo, target }: Look, post: TargetPost, index: number): ProofPart {
  const part = (can: number, why: readonly Because[], nearest: ProofPart['nearest'] = null): ProofPart => ({
    way: 'move',
    can,
    nearest,
    because: why,
  })
  if (reading.problem.rules.moves === 'none') return part(0, [because('moves-not-allowed', 0)])
  if (post.unsafe.length > 0 && !post.canBuild) return part(0, [because('vacancies-unsafe', 0, post.unsafe)])
  const sent = new Map<number, number>()
  let far = Infinity
  let nearest = -1
  for (const arc of arcsTo.get(index) ?? []) {
    sent.set(arc.from, (sent.get(arc.from) ?? 0) + (reading.cohorts[arc.cohort]?.count ?? 0))
    if (arc.km < far) {
      far = arc.km
      nearest = arc.from
    }
  }
  const near = [...sent.values()].reduce((sum, count) => sum + count, 0)
  const can = Math.min(near, post.arrivals)
  const kept = post.arrivals > 0 ? neededWhereTheyAre(reading, target) : 0
  const from = target.posts[nearest]
  const minutes = Math.round((60 * far) / reading.problem.rules.travel.kmPerHour)
  const why =
    can < near
      ? [because('no-vacancy', near - can)]
      : can === 0
        ? [because('no-volunteer-near', 0), ...(kept > 0 ? [because('needed-where-she-is', kept)] : [])]
        : []
  return part(
    can,
    why,
    from && can > 0 ? { post: from.read.post.key, count: Math.min(can, sent.get(nearest) ?? 0), minutes } : null,
  )
}

/** Trained women who would go, and whose own post would be uncovered without them. */
function neededWhereTheyAre(reading: Reading, target: Target): number {
  const known = keptBack.get(target)
  if (known !== undefined) return known
  const { years } = reading.problem
  const count = reading.cohorts
    .filter((cohort) => cohort.fixed.move === null && maySend(reading, cohort) && isTrainedAt(reading, cohort, years))
    .filter(({ post }) => (target.posts[post]?.trained ?? 0) <= (target.posts[post]?.needs ?? 0))
    .reduce((sum, cohort) => sum + cohort.count, 0)
  keptBack.set(target, count)
  return count
}

const keptBack = new WeakMap<Target, number>()

function hirePart({ reading, lead }: Look, post: TargetPost, lacks: number, moved: number): ProofPart {
  const { together } = reading.problem.rules
  const part = (can: number, why: readonly Because[]): ProofPart => ({ way: 'hire', can, nearest: null, because: why })
  const vacancies = reading.problem.posts[post.read.index]?.vacancies ?? lacks
  if (lead.hires < 1) return part(0, [because('too-late', vacancies)])
  if (!post.canHire) return part(0, [because('struck-out', vacancies)])
  if (post.unsafe.length > 0 && !post.canBuild) return part(0, [because('vacancies-unsafe', vacancies, post.unsafe)])
  const room = Math.max(0, Math.min(post.arrivals - moved, lacks))
  const with_ = room + moved
  if (with_ > 0 && (post.heads + with_ < together.women || post.officers + with_ < post.read.officersNeeded))
    return part(0, [because('would-be-alone', with_)])
  const cap = reading.problem.caps.slice(0, lead.hires).reduce((sum, { hires }) => sum + (hires ?? Infinity), 0)
  const can = Math.min(room, cap)
  const why = [
    ...(room < lacks ? [because('no-vacancy', lacks - room)] : []),
    ...(can < room ? [because('cap', room - can)] : []),
  ]
  return part(can, why)
}

/** What a neighbour could lend if all were done there that can be done. */
function poolPart({ reading, target, standing, pairsOf, arcsTo }: Look, index: number, lacks: number): ProofPart {
  const { onCall } = reading.problem.rules
  const part = (can: number, why: readonly Because[], nearest: ProofPart['nearest'] = null): ProofPart => ({
    way: 'pool',
    can,
    nearest,
    because: why,
  })
  if (onCall.minutes <= 0) return part(0, [because('pooling-not-allowed', 0)])
  const post = target.posts[index]
  const neighbours = pairsOf.get(index) ?? []
  if (!post || neighbours.length === 0) return part(0, [because('too-far-to-share', 0)])
  const offers = neighbours.map(({ pair }) => {
    const other = pair.a === index ? pair.b : pair.a
    const from = standing.posts[other]
    const come = onCall.hires && from && (from.canHire || arcsTo.has(other)) ? from.arrivals : 0
    const women = from ? ((from.onCall + from.trainOnCall + come) * from.ofOne) / post.ofOne : 0
    return { key: from?.read.post.key ?? '', count: Math.min(lacks, Math.floor(women + 1e-9)), minutes: pair.minutes }
  })
  const best = offers.toSorted((a, b) => b.count - a.count || a.minutes - b.minutes)[0]
  if (!best || best.count === 0) return part(0, [because('nobody-on-call', 0)])
  return part(best.count, [], { post: best.key, count: best.count, minutes: Math.round(best.minutes) })
}

function because(code: Because['code'], count: number, facilities: Because['facilities'] = []): Because {
  return { code, count, facilities }
}

function grouped<T>(list: readonly T[], by: (item: T) => number): ReadonlyMap<number, readonly T[]> {
  const found = new Map<number, T[]>()
  for (const item of list) {
    const at = found.get(by(item))
    if (at) at.push(item)
    else found.set(by(item), [item])
  }
  return found
}
