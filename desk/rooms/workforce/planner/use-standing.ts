import { useEffect, useRef, useState } from 'react'
import type { Standing } from './roster-edits.ts'

/** What stands, and every step to it: a change by hand, and the rest made again. */
export type Steps = {
  readonly standing: Standing | undefined
  /** From what stands when it is carried out, which may have changed meanwhile. */
  readonly step: (next: (standing: Standing | undefined) => Standing) => void
  /** Absent where there is no step to take back, or none that was taken back. */
  readonly undo: (() => void) | undefined
  readonly redo: (() => void) | undefined
}

type Taken = { readonly all: readonly Standing[]; readonly at: number }

/** @param onMoved told of every step, so that none is lost by a lock or a look elsewhere */
export function useStanding(first: Standing | undefined, onMoved: (standing: Standing | undefined) => void): Steps {
  const [{ all, at }, set] = useState<Taken>({ all: first ? [first] : [], at: first ? 0 : -1 })
  const move = (by: -1 | 1): (() => void) | undefined =>
    all[at + by] ? () => set((taken) => ({ ...taken, at: taken.at + by })) : undefined
  const standing = all[at]
  const told = useRef(standing)
  useEffect(() => {
    if (told.current === standing) return
    told.current = standing
    onMoved(standing)
  }, [standing, onMoved])
  return {
    standing,
    step: (next) =>
      set((taken) => {
        const past = taken.all.slice(0, taken.at + 1)
        return { all: [...past, next(past.at(-1))], at: past.length }
      }),
    undo: move(-1),
    redo: move(1),
  }
}
