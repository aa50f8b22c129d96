import type { Draft } from '@lentera/core/log/draft'
import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import { useCallback, useState } from 'react'
import { useDesk } from './context.ts'
import type { Seen } from './desk.ts'
import type { Typed } from './use-kept-form.ts'

export type Write = {
  readonly refusal: Refusal | undefined
  readonly busy: boolean
  /**
   * True where the entries of the decision are stored; otherwise `refusal` says why not. `seen`: what it was decided from, where that was
   * held open while others may have written.
   */
  readonly write: (decision: Decided, seen?: Seen) => Promise<boolean>
}

/** A decision, or one for which something has to be looked up first. */
export type Decided = Decision<readonly Draft[]> | Promise<Decision<readonly Draft[]>>

/**
 * Hands what core decided to the device, and holds the refusal of either until the next try, or until what it was about
 * (`typed`) is typed anew.
 */
export function useWrite(typed?: Typed): Write {
  const desk = useDesk()
  const [refused, setRefused] = useState<{ readonly refusal: Refusal; readonly of: Typed | undefined } | undefined>()
  const [busy, setBusy] = useState(false)
  const write = useCallback(
    async (decided: Decided, seen?: Seen): Promise<boolean> => {
      setRefused(undefined)
      setBusy(true)
      try {
        const decision = await decided
        if (!decision.ok) {
          setRefused({ refusal: decision.refusal, of: typed })
          return false
        }
        const written = await desk.write(decision.value, seen)
        if (!written.ok) setRefused({ refusal: written.refusal, of: typed })
        return written.ok
      } catch (error) {
        reportError(error)
        setRefused({ refusal: { code: 'desk.unexpected', values: {} }, of: typed })
        return false
      } finally {
        setBusy(false)
      }
    },
    [desk, typed],
  )
  return { refusal: refused?.of === typed ? refused?.refusal : undefined, busy, write }
}
