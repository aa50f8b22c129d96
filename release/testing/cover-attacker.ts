import type { CoverBands, CoverCount, CoveredPost, ReleasedCover } from '../cover.ts'

/** A way of releasing: ours, or one that is tried for its leaks; undefined where it refuses. */
export type Release = (count: CoverCount, at: string, last?: ReleasedCover) => ReleasedCover | undefined

/** The posts of which it follows for sure that they lack a woman on some shift, have no trained woman at all, lack nobody. */
export type Told = {
  readonly isHeld: boolean
  readonly lacking: readonly number[]
  readonly empty: readonly number[]
  readonly full: readonly number[]
}

/**
 * An attacker who reads no proof: she writes down every way in which trained women could stand at the posts, no more of them than the headcount
 * gives and at no post more than twelve, releases each by the same rule from the same last release, and keeps those that print what was
 * printed. What is so in all she keeps, she knows. How many are called and how many certificates end she chooses as it suits her.
 */
export function toldOf(
  release: Release,
  posts: readonly CoveredPost[],
  printed: ReleasedCover,
  { at, last }: { readonly at: string; readonly last: ReleasedCover | undefined },
): Told {
  const text = JSON.stringify(printed)
  const all = posts.reduce((sum, { women }) => sum + women, 0)
  const open = {
    lacking: new Set(posts.keys()),
    empty: new Set(posts.keys()),
    full: new Set(posts.keys()),
  }
  const learn = (has: readonly number[]): void =>
    posts.forEach(({ needed, ofOne }, i) => {
      const isFull = (has[i] ?? 0) * ofOne >= needed - 1e-9
      if (isFull) open.lacking.delete(i)
      else open.full.delete(i)
      if ((has[i] ?? 0) > 0) open.empty.delete(i)
    })
  const teaches = (has: readonly number[]): boolean =>
    posts.some(({ needed, ofOne }, i) => {
      const isFull = (has[i] ?? 0) * ofOne >= needed - 1e-9
      return (isFull ? open.lacking.has(i) : open.full.has(i)) || ((has[i] ?? 0) > 0 && open.empty.has(i))
    })
  for (const has of waysToStand(posts.length, all)) {
    if (open.lacking.size + open.empty.size + open.full.size === 0) break
    if (!teaches(has)) continue
    if (worldsOf(posts, has, printed.bands).some((count) => JSON.stringify(release(count, at, last)) === text))
      learn(has)
  }
  return {
    isHeld: printed.made !== at,
    lacking: [...open.lacking],
    empty: [...open.empty],
    full: [...open.full],
  }
}

/** Both ends of every band are whole, and none is empty. */
export const bandsFit = (bands: CoverBands): boolean =>
  Object.values(bands).every((band) => band === null || (Number.isInteger(band.low) && band.high > band.low))

/** Where she stands is chosen twice: each number from none to twelve, of `women` in all. The rest of a post's women are untrained. */
function* waysToStand(posts: number, women: number): Generator<readonly number[]> {
  if (posts === 0) {
    yield []
    return
  }
  // From few and from many by turns: what is to be refuted is met early.
  for (const has of [0, 5, 10, 1, 4, 2, 3, 6, 7, 8, 12])
    if (has <= women) for (const rest of waysToStand(posts - 1, women - has)) yield [has, ...rest]
}

/** The counts of such a world, with those of calls and of certificates that fit what was printed, if any do. */
function worldsOf(
  posts: readonly CoveredPost[],
  has: readonly number[],
  { onCall, expiring }: CoverBands,
): CoverCount[] {
  const stand = posts.map((post, i): CoveredPost => {
    const trained = has[i] ?? 0
    return { ...post, trained, covered: Math.min(post.needed, trained * post.ofOne), expiring: 0 }
  })
  const sum = (of: (post: CoveredPost) => number): number => stand.reduce((total, each) => total + of(each), 0)
  const [needed, covered, trained] = [
    sum((each) => each.needed),
    sum((each) => each.covered),
    sum((each) => each.trained),
  ]
  const women = sum((each) => each.women)
  const most = Math.min(needed, covered + sum(({ trained: own, ofOne }) => own * ofOne))
  const calls = [covered, Math.max(covered, Math.min(most, onCall.low)), most]
  const ends = [0, Math.min(trained, expiring?.low ?? 0), trained]
  return [...new Set(calls)].flatMap((called) =>
    [...new Set(ends)].map((ending) => ({
      // The headcount gives the women of all posts together: whose they are is not known.
      posts: ended(stand, ending).map((each, i) => ({ ...each, women: i === 0 ? women : 0 })),
      onCall: called,
    })),
  )
}

function ended(posts: readonly CoveredPost[], ending: number): readonly CoveredPost[] {
  let left = ending
  return posts.map((each) => {
    const expiring = Math.min(left, each.trained)
    left -= expiring
    return { ...each, expiring }
  })
}
