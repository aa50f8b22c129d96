import type { CivilDate } from '@lentera/core/shared/dates'
import { coverageBoard, trainedOn } from './board.ts'
import { shiftsOfOne } from './need.ts'
import { atlasOf } from './places.ts'
import { pairsOf } from './reading.ts'
import type { Officer, OfficerGroup, PlanRules, Post, PostKey } from './words.ts'

/** What counts of cover are made from: an agency's posts and who serves there, on a day. */
export type Reckoned = {
  readonly posts: readonly Post[]
  readonly officers: readonly Officer[]
  readonly groups: readonly OfficerGroup[]
  readonly rules: PlanRules
  readonly on: CivilDate
  /** How far ahead certificates that end are looked for. */
  readonly months: number
}

/** One open post, in shifts of a week. `needs`: whole women; `expiring`: of the trained, those whose certificates end. */
export type CountedPost = {
  readonly post: PostKey
  readonly needed: number
  readonly covered: number
  readonly ofOne: number
  readonly needs: number
  readonly women: number
  readonly trained: number
  readonly expiring: number
}

/** `onCall`: shifts of a week covered, by whoever serves there or can be called from a neighbouring post. */
export type CoverCounts = { readonly posts: readonly CountedPost[]; readonly onCall: number }

/** Counts of the coverage board on a day. Posts without hours ask for nobody, and are not counted. */
export function coverCounts({ months, ...reckoned }: Reckoned): CoverCounts {
  const { posts, rules } = reckoned
  const board = coverageBoard({ ...reckoned, served: [], knownSince: new Map(), months })
  const counted = board.flatMap((line, index): readonly CountedPost[] => {
    const post = posts[index]
    if (!post || line.needed === 0) return []
    return [
      {
        post: line.post,
        needed: line.needed / weeks,
        covered: line.covered / weeks,
        ofOne: shiftsOfOne(post.shifts, rules) / weeks,
        needs: line.needs,
        women: line.women,
        trained: line.trained,
        expiring: line.changes.at(-1)?.expired ?? 0,
      },
    ]
  })
  const present = counted.reduce((sum, { covered }) => sum + covered, 0)
  return { posts: counted, onCall: present + called(reckoned, counted) }
}

/** The board counts in 28 days. */
const weeks = 4

// ---------------------------------------------------------------- who can be called

/**
 * Shifts of a week that women who can be called cover at neighbouring posts that lack women, each woman's shifts once: the most that
 * any way of calling them gives, so that one officer more never covers less (maximum flow by shortest augmenting paths; Edmonds
 * and Karp, JACM 19 (1972)). As in a plan, who can be called is called beside her own duty.
 */
function called(
  { posts, officers, groups, rules, on }: Omit<Reckoned, 'months'>,
  counted: readonly CountedPost[],
): number {
  const placeOf = new Map(posts.map(({ key }, index) => [key, index]))
  const ofOne = new Map(counted.map((each) => [placeOf.get(each.post) ?? -1, each.ofOne]))
  const women = Map.groupBy(
    [...officers, ...groups].filter(({ isWoman, isOnCall }) => isWoman && isOnCall),
    ({ post }) => placeOf.get(post) ?? -1,
  )
  const spare = posts.map((_, at) => trainedOn(women.get(at) ?? [], on) * (ofOne.get(at) ?? 0))
  const lack = posts.map(() => 0)
  for (const { post, needed, covered } of counted) lack[placeOf.get(post) ?? -1] = needed - covered
  const near = posts.map((): number[] => [])
  for (const { a, b } of pairsOf({ posts, rules }, placeOf, atlasOf(posts))) {
    near[a]?.push(b)
    near[b]?.push(a)
  }
  return mostSent(spare, lack, near)
}

/** The most that goes from `spare` to `lack` of a neighbour. */
function mostSent(spare: readonly number[], lack: readonly number[], near: readonly (readonly number[])[]): number {
  const left = [...spare]
  const open = [...lack]
  const sent = near.map(() => new Map<number, number>())
  let total = 0
  for (let way = wayOf(left, open, near, sent); way; way = wayOf(left, open, near, sent)) {
    const [first = 0, last = 0] = [way[0], way.at(-1)]
    const taken = way.flatMap((to, i) => (i > 0 && i % 2 === 0 ? (sent[to]?.get(way[i - 1] ?? -1) ?? 0) : []))
    const much = Math.min(left[first] ?? 0, open[last] ?? 0, ...taken)
    left[first] = (left[first] ?? 0) - much
    open[last] = (open[last] ?? 0) - much
    way.forEach((at, i) => {
      if (i === 0) return
      const before = way[i - 1] ?? -1
      const [from, to, sign] = i % 2 === 1 ? [before, at, 1] : [at, before, -1]
      sent[from]?.set(to, (sent[from]?.get(to) ?? 0) + sign * much)
    })
    total += much
  }
  return total
}

/** The shortest way from a post that has to one that lacks: posts in turn as lenders and as borrowers, back where something is taken back. */
function wayOf(
  left: readonly number[],
  open: readonly number[],
  near: readonly (readonly number[])[],
  sent: readonly ReadonlyMap<number, number>[],
): readonly number[] | undefined {
  let ways: (readonly number[])[] = near.flatMap((_, at) => ((left[at] ?? 0) > tiny ? [[at]] : []))
  const lenders = new Set(ways.flat())
  const borrowers = new Set<number>()
  while (ways.length > 0) {
    const longer: (readonly number[])[] = []
    for (const way of ways) {
      for (const to of near[way.at(-1) ?? -1] ?? []) {
        if (borrowers.has(to)) continue
        borrowers.add(to)
        if ((open[to] ?? 0) > tiny) return [...way, to]
        sent.forEach((lent, from) => {
          if (lenders.has(from) || (lent.get(to) ?? 0) <= tiny) return
          lenders.add(from)
          longer.push([...way, to, from])
        })
      }
    }
    ways = longer
  }
  return undefined
}

/** Less than this of a shift is what floating point leaves over. */
const tiny = 1e-9
