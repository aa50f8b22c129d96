import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { ShiftKey } from '@lentera/planner/roster'
import type { OpenedRoster } from '../../../device/desk.ts'
import { humane } from './humane.ts'

/**
 * What is known of the days before a roster, from those that are kept. `days`: of each officer the days just before it, the last one
 * last, in the keys of these posts; wherever she was rostered, also at a post that she has left. Days between that no roster of hers
 * tells of are free, for nobody has said that she worked: how many of them no roster of these posts tells of is `untold`.
 */
export type RosterBefore = {
  readonly from: CivilDate
  readonly last: CivilDate
  readonly untold: number
  readonly days: ReadonlyMap<string, readonly (ShiftKey | null)[]>
}

type Kept = Pick<OpenedRoster, 'said' | 'kept'>

/**
 * Nothing older than the days of a roster binds any more. Of two rosters that tell of one day the later by its code, until a person takes
 * one back (`ofTheSameDays`).
 *
 * @param kept in the order of their codes
 * @returns undefined where none that is kept of these posts tells of any of the days that still bind
 */
export function rosterBefore(
  kept: readonly Kept[],
  posts: readonly StreamId[],
  from: CivilDate,
): RosterBefore | undefined {
  const dates = Array.from({ length: humane.days }, (_, index) => daysAfter(from, index - humane.days))
  const told = kept.flatMap((each) => {
    const read = each.kept.enteredInError ? undefined : readKept(each, posts)
    return read ? [read] : []
  })
  const own = dates.filter((date) => told.some(({ first, last, isOwn }) => isOwn && first <= date && date <= last))
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return undefined
  const days = new Map<string, readonly (ShiftKey | null)[]>()
  for (const { first: begins, rows } of told) {
    for (const [officer, row] of rows) {
      const known = days.get(officer)
      const hers = new Map(row.map((key, day) => [daysAfter(begins, day), key]))
      if (known || dates.some((date) => hers.has(date)))
        days.set(
          officer,
          dates.map((date, at) => hers.get(date) ?? (hers.has(date) ? null : (known?.[at] ?? null))),
        )
    }
  }
  return { from: first, last, untold: dates.filter((date) => date > first && !own.includes(date)).length, days }
}

function readKept({ said }: Kept, [post, partner]: readonly StreamId[]) {
  const { from, duties } = said
  if (!from || !duties || !said.post) return undefined
  const isOwn = [post, partner].includes(said.post) || (said.partner !== undefined && said.partner === post)
  // Keys are written from where the roster was made for: the other way round they name the other post.
  const isTurned = isOwn && said.post !== post
  const rows = Object.entries(duties).map(([officer, text]): readonly [string, readonly (ShiftKey | null)[]] => [
    officer,
    text.split(',').map((key) => (key === '' ? null : isTurned ? turned(key) : key)),
  ])
  const length = Math.max(0, ...rows.map(([, row]) => row.length))
  return length === 0 ? undefined : { first: from, last: daysAfter(from, length - 1), isOwn, rows }
}

/** `0360` is `+0360` seen from the neighbour, `~+0360` is `~0360`. */
function turned(key: ShiftKey): ShiftKey {
  const [call, worked] = key.startsWith('~') ? ['~', key.slice(1)] : ['', key]
  return `${call}${worked.startsWith('+') ? worked.slice(1) : `+${worked}`}`
}

/** Her days in the shifts of today: one that is no longer open is taken for the one that begins nearest to it. */
export function inKeysOf(
  row: readonly (ShiftKey | null)[],
  duties: readonly { readonly key: ShiftKey; readonly starts: number; readonly isOnCall: boolean }[],
): readonly (ShiftKey | null)[] {
  const known = new Map(duties.map((duty) => [duty.key, duty]))
  return row.map((key) => {
    if (key === null || known.has(key)) return key
    const starts = Number(/\d+/.exec(key)?.[0] ?? 0)
    const likely = duties.filter(({ isOnCall }) => isOnCall === key.startsWith('~'))
    const [nearest] = (likely.length > 0 ? likely : duties).toSorted(
      (a, b) => Math.abs(a.starts - starts) - Math.abs(b.starts - starts),
    )
    return nearest?.key ?? null
  })
}
