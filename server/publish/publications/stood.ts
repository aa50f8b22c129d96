import type { PublishedTable } from '@lentera/release/audit'
import { few } from './earlier-tables.ts'
import { layBeside } from './laid-beside.ts'

/**
 * A table as its counts stand beside earlier ones: an innermost count that moved by one to four persons since one of them stays what it was
 * there, and every total has the sum of what its parts then are. So each count is equal to an earlier one or five and more away from all of
 * them, and a table that is made of it tells of no small move.
 *
 * @param earlier as they stood, in the columns of the new one
 * @returns undefined where they are not split alike, or where somebody hid counts: what a total is made of is then not known
 */
export function stoodSince(now: PublishedTable, earlier: readonly PublishedTable[]): PublishedTable | undefined {
  const keyOf = (codes: readonly string[]): string => codes.join('\u0001')
  const known = new Map<string, number[]>()
  let first: ReturnType<typeof layBeside> | undefined
  for (const before of earlier) {
    const beside = layBeside(now, before)
    first ??= beside
    if (beside.cells.some((cell) => Number.isNaN(cell.now) || Number.isNaN(cell.before))) return undefined
    for (const { codes, before: count } of beside.innermost)
      known.set(keyOf(codes), [...(known.get(keyOf(codes)) ?? []), count])
  }
  if (first === undefined) return now
  const cellOf = new Map(first.cells.map((cell) => [keyOf(cell.codes), cell]))
  if (!now.rows.every(({ codes }) => cellOf.has(keyOf(codes)))) return undefined
  const over = (key: string, found = new Set<string>()): ReadonlySet<string> => {
    for (const [whole = ''] of first.sumsOver(key))
      if (!found.has(whole)) {
        found.add(whole)
        over(whole, found)
      }
    return found
  }
  const moves = new Map<string, number>()
  for (const { key, codes, now: count } of first.innermost) {
    const near = (known.get(keyOf(codes)) ?? []).filter((each) => Math.abs(each - count) < few)
    const stands = near.sort((a, b) => Math.abs(a - count) - Math.abs(b - count))[0] ?? count
    if (stands === count) continue
    for (const each of [key, ...over(key)]) moves.set(each, (moves.get(each) ?? 0) + stands - count)
  }
  return {
    ...now,
    rows: now.rows.map(({ codes, shown }) => {
      const cell = cellOf.get(keyOf(codes))
      const move = cell && moves.get(cell.key)
      return cell && move ? { codes, shown: String(cell.now + move) } : { codes, shown }
    }),
  }
}
