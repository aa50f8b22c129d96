import type { StreamState } from '@lentera/core/log/fold'
import type { StreamNoun } from '@lentera/core/log/kind'
import type { StreamId } from '@lentera/core/shared/ids'
import { createContext, use, useMemo, useSyncExternalStore } from 'react'
import type { Desk, Snapshot } from './desk.ts'

/** Given once, by `main.tsx`. */
export const DeskContext = createContext<Desk | null>(null)

/** What a screen may ask of the device. */
export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (desk === null) throw new Error('a screen stands outside the desk')
  return desk
}

/**
 * What the device knows now; the screen is drawn again when it moves.
 * @param select what of it the screen needs, and then it is drawn again only when that moves: a value that stands in the
 *   snapshot, or a plain one made of it. An object made anew each time would be drawn without end.
 */
export function useSnapshot(): Snapshot
export function useSnapshot<T>(select: (snapshot: Snapshot) => T): T
export function useSnapshot<T>(select?: (snapshot: Snapshot) => T): T | Snapshot {
  const desk = useDesk()
  return useSyncExternalStore(desk.subscribe, () => (select ? select(desk.snapshot()) : desk.snapshot()))
}

/** The streams of one noun as their room projects them; those that do not stand yet are left out. Drawn again when one moves. */
export function useStreams<T>(
  noun: StreamNoun,
  project: (state: StreamState) => T | undefined,
): readonly Projected<T>[] {
  const streams = useSnapshot((snapshot) => snapshot.streams)
  return useMemo(
    () =>
      streams.flatMap((each) => {
        const projected = each.noun === noun ? project(each.state) : undefined
        return projected ? [{ stream: each.stream, unsent: each.unsent, state: projected }] : []
      }),
    [streams, noun, project],
  )
}

export type Projected<T> = { readonly stream: StreamId; readonly unsent: boolean; readonly state: T }
