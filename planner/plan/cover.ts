import { type Reading, years } from './reading.ts'
import { type Target, targetOf } from './target.ts'
import { earlierWeight, missingWeight, type PlanYear, type PostCoverage } from './words.ts'

/** What one post has and lacks at the end of a year. `missing` in women, whole where women are whole. */
export type Covered = PostCoverage & { readonly index: number; readonly missing: number }

/** Every post at the end of every year, with the actions that are set in the problem that was read. */
export function coverOf(reading: Reading): readonly Covered[] {
  return years(reading.problem).flatMap((year) => coverAt(targetOf(reading, year, 'this-year', false)))
}

export function coverAt({ posts, reading, year }: Target): readonly Covered[] {
  return posts.map((post, index) => {
    const { read, needs, shifts, ofOne, trained, pooledWith } = post
    const neighbour = pooledWith === null ? undefined : posts[pooledWith]
    const called = neighbour ? neighbour.onCall * neighbour.ofOne : 0
    const own = Math.min(shifts, ofOne * trained)
    const covered = Math.min(shifts, own + called)
    // A neighbour's women may cover the last shifts with less than a whole woman: then none is missing.
    const lacks = covered >= shifts - 1e-9 ? 0 : needs - trained - called / ofOne
    return {
      index,
      post: read.post.key,
      year,
      trained,
      needed: shifts,
      closed: reading.posts[index] ? reading.posts[index].shifts - shifts : 0,
      own,
      onCall: covered - own,
      covered,
      missing: lacks > 1e-9 ? lacks : 0,
    }
  })
}

/** Rows that somebody else has counted, with what they say is missing. */
export function rowsAsCover({ posts, placeOf }: Reading, rows: readonly PostCoverage[]): readonly Covered[] {
  return rows.map((row) => {
    const index = placeOf.get(row.post) ?? 0
    const read = posts[index]
    const { needs, ofOne } = (row.closed > 0 ? read?.day : null) ?? read ?? { needs: 0, ofOne: 1 }
    const lacks = row.covered >= row.needed - 1e-9 ? 0 : needs - row.trained - row.onCall / ofOne
    return { ...row, index, missing: Math.max(0, lacks) }
  })
}

/** What the aim makes of it, without the changes: less is better in `every-shift`, more in `most-cover`. */
export function worthOf({ problem, posts }: Reading, cover: readonly Covered[]): number {
  const { aim } = problem
  const mean = (of: (covered: Covered) => number): number =>
    cover.reduce((sum, covered) => sum + of(covered), 0) / problem.years
  const riskOf = (index: number): number => posts[index]?.post.risk ?? 0
  if (aim.kind === 'every-shift') {
    const weight = (year: PlanYear): number => (year === problem.years ? missingWeight : earlierWeight)
    return cover.reduce((sum, { missing, year }) => sum + missing * weight(year), 0)
  }
  if (aim.counts === 'posts') return mean(({ missing, index }) => (missing === 0 ? riskOf(index) : 0))
  return mean(({ covered, index }) => covered * riskOf(index))
}
