import type { HumaneOption } from '@lentera/planner/plan'
import { useMemo } from 'react'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { type Edits, noEdits } from './edits.ts'
import { editsOfText, optionOfText } from './saved.ts'

/**
 * What a hand has set and struck out, what it was before each change, and which option is looked at: kept sealed on the device, so that
 * nothing is lost by a wrong touch, a look at the board, or a lock.
 */
export type Editing = {
  /** False until what was kept before has been looked for. */
  readonly ready: boolean
  readonly edits: Edits
  readonly change: (next: Edits) => void
  /** Whether there is a change to take back. */
  readonly canUndo: boolean
  /** The edits as they were before the last change. */
  readonly undo: () => Edits
  readonly option: HumaneOption['key'] | undefined
  readonly choose: (option: HumaneOption['key']) => void
  /** Whether a plan was drawn: then whoever comes back finds it. */
  readonly isDrawn: boolean
  readonly nowDrawn: () => void
}

const nothing = { past: '', option: '', drawn: '' }

export function useEdits(): Editing {
  const { ready, typed, set } = useKeptForm('cover-drawing', nothing)
  const past = useMemo(() => editsOfText(typed.past), [typed.past])
  const edits = past.at(-1) ?? noEdits
  const keepPast = (next: readonly Edits[]): void => set('past', JSON.stringify(next.slice(-mostSteps)))
  return {
    ready,
    edits,
    change: (next) => {
      if (next !== edits) keepPast([...past, next])
    },
    canUndo: past.length > 0,
    undo: () => {
      keepPast(past.slice(0, -1))
      return past.at(-2) ?? noEdits
    },
    option: optionOfText(typed.option),
    choose: (option) => set('option', option),
    isDrawn: typed.drawn === 'yes',
    nowDrawn: () => {
      if (typed.drawn !== 'yes') set('drawn', 'yes')
    },
  }
}

/** Changes that can be taken back. */
const mostSteps = 50
