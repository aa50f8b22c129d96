import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { useCallback, useEffect, useState } from 'react'
import { useDesk, useSnapshot } from './context.ts'

export type Answer<T> = {
  /** Undefined while the first answer is on its way; the last one stays while a newer is asked for. */
  readonly answer: Decision<T> | undefined
  readonly reload: () => void
}

/**
 * What only the server knows, asked for again after every exchange. `parse` must be the same function at each drawing;
 * what it throws at is not taken.
 */
export function useAnswer<T>(path: string, parse: (answer: unknown) => T): Answer<T> {
  const desk = useDesk()
  const { lastExchange, phase } = useSnapshot()
  const [answer, setAnswer] = useState<Decision<T> | undefined>(undefined)
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: an exchange, or a person, asks again
  useEffect(() => {
    if (phase !== 'open') return
    let isHere = true
    desk.ask(path, undefined, parse).then(
      (next) => {
        // Figures seen a moment ago are worth more than a sentence that says there is no network.
        if (isHere) setAnswer((last) => (last?.ok && !next.ok && next.refusal.code === 'desk.offline' ? last : next))
      },
      () => {
        if (isHere) setAnswer(refuse('server.failed'))
      },
    )
    return () => {
      isHere = false
    }
  }, [desk, path, parse, lastExchange, phase, asked])
  return { answer, reload: useCallback(() => setAsked((count) => count + 1), []) }
}
