import type { SaveState } from '@lentera/ui/parts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useDesk } from './context.ts'

export type Typed = Readonly<Record<string, string>>

export type KeptForm = {
  /** False until what was kept before has been looked for: show no field before, or its letters would be lost. */
  readonly ready: boolean
  readonly typed: Typed
  readonly state: SaveState
  readonly set: (field: string, value: string) => void
  /** When it was handed in or given up. */
  readonly forget: () => Promise<void>
}

/** What is typed into a form, kept sealed on the device from the first letter, by the name of the form. */
export function useKeptForm(name: string, initial: Typed = nothing): KeptForm {
  const desk = useDesk()
  const [typed, setTyped] = useState<Typed | undefined>(undefined)
  const [state, setState] = useState<SaveState>('untouched')
  const latest = useRef<Typed>(initial)
  const saving = useRef<{ pending: Typed | undefined; running: Promise<void> | undefined }>({
    pending: undefined,
    running: undefined,
  })

  useEffect(() => {
    let isHere = true
    const show = (kept: Typed | undefined): void => {
      if (!isHere) return
      latest.current = { ...initial, ...kept }
      setTyped(latest.current)
    }
    desk.keptForm(name).then(show, () => show(undefined))
    return () => {
      isHere = false
    }
  }, [desk, name, initial])

  const set = useCallback(
    (field: string, value: string): void => {
      latest.current = { ...latest.current, [field]: value }
      setTyped(latest.current)
      setState('saving')
      const work = saving.current
      work.pending = latest.current
      // One writing at a time; of the letters typed meanwhile only the last state is written.
      work.running ??= (async () => {
        let isKept = true
        while (work.pending) {
          const next = work.pending
          work.pending = undefined
          isKept = await desk.keepForm(name, next).then(
            ({ ok }) => ok,
            () => false,
          )
        }
        work.running = undefined
        setState(isKept ? 'saved' : 'failed')
      })()
    },
    [desk, name],
  )

  const forget = useCallback(async (): Promise<void> => {
    const work = saving.current
    work.pending = undefined
    await work.running
    await desk.keepForm(name, undefined)
    latest.current = initial
    setTyped(initial)
    setState('untouched')
  }, [desk, name, initial])

  return { ready: typed !== undefined, typed: typed ?? initial, state, set, forget }
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
