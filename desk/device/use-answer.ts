import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { useCallback, useEffect, useRef, useState } from 'react'
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
  const asking = useRef({ isHere: false, asked: 0, answered: 0 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked elsewhere, or by another, is no answer here
  useEffect(() => {
    const own = { isHere: true, asked: 0, answered: 0 }
    asking.current = own
    return () => {
      own.isHere = false
    }
  }, [desk, path, parse, phase])
  // biome-ignore lint/correctness/useExhaustiveDependencies: an exchange, or a person, asks again
  useEffect(() => {
    if (phase !== 'open') return
    const own = asking.current
    own.asked += 1
    const number = own.asked
    // An answer is taken although another was asked for meanwhile: where each takes longer than it is until the next, none would be.
    const take = (next: Decision<T>): void => {
      if (!own.isHere || number < own.answered) return
      own.answered = number
      // Figures seen a moment ago are worth more than a sentence that says there is no network.
      setAnswer((last) => (last?.ok && !next.ok && next.refusal.code === 'desk.offline' ? last : next))
    }
    desk.ask(path, undefined, parse).then(take, () => take(refuse('server.failed')))
  }, [desk, path, parse, lastExchange, phase, asked])
  return { answer, reload: useCallback(() => setAsked((count) => count + 1), []) }
}
