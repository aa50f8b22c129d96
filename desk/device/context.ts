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

/** What the device knows now; the screen is drawn again when it moves. */
export function useSnapshot(): Snapshot {
  const desk = useDesk()
  return useSyncExternalStore(desk.subscribe, desk.snapshot)
}
