import type { SaveState } from '@lentera/ui/parts'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useDesk } from './context.ts'
import type { Seen } from './desk.ts'
import { FormHere, seenIn, type Typed, typedIn } from './form-here.ts'

export type { Typed } from './form-here.ts'

export type KeptForm = {
  /** False until what was kept before has been looked for: show no field before, or its letters would be lost. */
  readonly ready: boolean
  readonly typed: Typed
  readonly state: SaveState
  /** What the stream that the form's name names stood at when its first letter was typed; undefined before, and of no stream. */
  readonly seen: Seen | undefined
  readonly set: (field: string, value: string) => void
  /** When it was handed in or given up. */
  readonly forget: () => Promise<void>
}

/**
 * What is typed into a form, kept sealed on the device from the first letter, by the name of the form: one for all tabs of the device,
 * so that what is typed in one stands in the others at once. Only what was typed is kept, over what stands in the form by itself.
 *
 * @param initial one object, the same at every drawing
 * @param isOwn for what is no text but a choice of what to look at: another tab that looks elsewhere leaves this one where it is
 */
export function useKeptForm(name: string, initial: Typed = nothing, isOwn = false): KeptForm {
  const desk = useDesk()
  const form = useMemo(() => new FormHere(desk, name, isOwn), [desk, name, isOwn])
  const { kept, state } = useSyncExternalStore(form.subscribe, form.shown)
  const typed = useMemo(() => ({ ...initial, ...typedIn(kept) }), [initial, kept])
  const seen = useMemo(() => seenIn(name, kept), [name, kept])
  return { ready: kept !== undefined, typed, state, seen, set: form.set, forget: form.forget }
}

const nothing: Typed = {}

/** Opens a form again that was being filled when the desk was locked or closed: what is kept unseen is as good as lost. */
export function useReopened(name: string, open: () => void): void {
  const desk = useDesk()
  const opening = useRef(open)
  useEffect(() => {
    let isHere = true
    desk.keptForm(name).then(
      (kept) => {
        if (isHere && kept) opening.current()
      },
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [desk, name])
}
