import { useState } from 'react'
import { type Edits, noEdits } from './edits.ts'

/** What a hand has set and struck out, and what it was before each change: nothing is lost by a wrong touch. */
export type Editing = {
  readonly edits: Edits
  readonly change: (next: Edits) => void
  /** Whether there is a change to take back. */
  readonly canUndo: boolean
  /** The edits as they were before the last change. */
  readonly undo: () => Edits
}

export function useEdits(): Editing {
  const [past, setPast] = useState<readonly Edits[]>([noEdits])
  const edits = past.at(-1) ?? noEdits
  return {
    edits,
    change: (next) => {
      if (next !== edits) setPast([...past, next])
    },
    canUndo: past.length > 1,
    undo: () => {
      const before = past.at(-2) ?? noEdits
      setPast(past.length > 1 ? past.slice(0, -1) : past)
      return before
    },
  }
}
