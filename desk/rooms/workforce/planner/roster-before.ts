import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { ShiftKey } from '@lentera/planner/roster'
import type { OpenedRoster } from '../../../device/desk.ts'

/**
 * What is known of the days before a roster: of each officer the newest roster that is kept and ends before it. `days`: her days in the
 * keys of that roster, the last one last. Days that lie between its end and the first day are known to nobody: then it says nothing of
 * rows, rests and nights, and is only named.
 */
export type RosterBefore = {
  readonly from: CivilDate
  readonly last: CivilDate
  /** Its last day is the one before the first of the new roster. */
  readonly isJoined: boolean
  readonly days: ReadonlyMap<string, readonly (ShiftKey | null)[]>
}

type Kept = Pick<OpenedRoster, 'said' | 'kept'>

/** @returns undefined where none is kept of these posts that ends before the day. Of two of the same days the one that was kept later. */
export function rosterBefore(
  kept: readonly Kept[],
  posts: readonly StreamId[],
  from: CivilDate,
): RosterBefore | undefined {
  const known = kept.flatMap((each) => {
    const read = each.kept.enteredInError ? undefined : read28(each, posts)
    return read && read.last < from ? [read] : []
  })
  const newest = known.reduce<(typeof known)[number] | undefined>(
    (best, each) => (best === undefined || each.last >= best.last ? each : best),
    undefined,
  )
  if (!newest) return undefined
  // Two posts may have been made apart until now: each officer's days are in the one that ends last.
  const same = known.filter(({ last }) => last === newest.last)
  const days = new Map(same.flatMap(({ rows }) => rows))
  return { from: newest.from, last: newest.last, isJoined: daysAfter(newest.last, 1) === from, days }
}

function read28({ said }: Kept, [post, partner]: readonly StreamId[]) {
  const { from, duties } = said
  const isOfThese = said.post !== undefined && [post, partner].includes(said.post)
  const isOfPartner = said.partner !== undefined && said.partner === post
  if (!from || !duties || !(isOfThese || isOfPartner)) return undefined
  // Keys are written from where the roster was made for: the other way round they name the other post.
  const isTurned = said.post !== post
  const rows = Object.entries(duties).map(([officer, text]): readonly [string, readonly (ShiftKey | null)[]] => [
    officer,
    text.split(',').map((key) => (key === '' ? null : isTurned ? turned(key) : key)),
  ])
  const length = Math.max(0, ...rows.map(([, row]) => row.length))
  return length === 0 ? undefined : { from, last: daysAfter(from, length - 1), rows }
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
