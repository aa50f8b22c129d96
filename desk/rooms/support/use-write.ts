import type { Draft } from '@lentera/core/log/draft'
import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import { useCallback, useState } from 'react'
import { useDesk } from '../../device/context.ts'

export type Write = {
  readonly refusal: Refusal | undefined
  readonly busy: boolean
  /** True where the entries of the decision are stored; otherwise `refusal` says why not. */
  readonly write: (decision: Decision<readonly Draft[]>) => Promise<boolean>
}

/** Hands what core decided to the device, and holds the refusal of either until the next try. */
export function useWrite(): Write {
  const desk = useDesk()
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const write = useCallback(
    async (decision: Decision<readonly Draft[]>): Promise<boolean> => {
      setRefusal(undefined)
      if (!decision.ok) {
        setRefusal(decision.refusal)
        return false
      }
      setBusy(true)
      try {
        const written = await desk.write(decision.value)
        if (!written.ok) setRefusal(written.refusal)
        return written.ok
      } finally {
        setBusy(false)
      }
    },
    [desk],
  )
  return { refusal, busy, write }
}
