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

/** What stands as a text on the device, so that no step is lost by a lock or a look elsewhere; another tab may write it too. */
export type KeptStanding = {
  readonly text: string
  /** Undefined of a text in which nothing stands. */
  readonly read: (text: string) => Standing | undefined
  /** @returns the text that is kept by it */
  readonly keep: (standing: Standing | undefined) => string
}

/**
 * @param first what stands where nothing is kept
 * @param kept what another tab writes into it is a step as well, and can be taken back here
 */
export function useStanding(first: Standing | undefined, kept: KeptStanding): Steps {
  const [{ all, at }, set] = useState<Taken>(() => {
    const begun = kept.read(kept.text) ?? first
    return { all: begun ? [begun] : [], at: begun ? 0 : -1 }
  })
  const move = (by: -1 | 1): (() => void) | undefined =>
    all[at + by] ? () => set((taken) => ({ ...taken, at: taken.at + by })) : undefined
  const standing = all[at]
  const told = useRef(standing)
  const known = useRef(kept.text)
  // Before it tells, so that what it has just told is not heard as another's.
  useEffect(() => {
    if (known.current === kept.text) return
    known.current = kept.text
    const heard = kept.read(kept.text)
    if (!heard) return
    told.current = heard
    set((taken) => stepTo(taken, heard))
  })
  useEffect(() => {
    if (told.current === standing) return
    told.current = standing
    known.current = kept.keep(standing)
  })
  return {
    standing,
    step: (next) => set((taken) => stepTo(taken, next(taken.all[taken.at]))),
    undo: move(-1),
    redo: move(1),
  }
}

const stepTo = ({ all, at }: Taken, next: Standing): Taken => ({ all: [...all.slice(0, at + 1), next], at: at + 1 })
