import { createContext, use, useSyncExternalStore } from 'react'
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
