import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PlannerProgress } from './messages.ts'
import type { Planning } from './plan-apart.ts'

/** Long work of the planner: how far it is, its answer, and the wish to stop with the best so far. */
export type Work<T> = {
  readonly progress: PlannerProgress | undefined
  readonly isRunning: boolean
  readonly answer: T | undefined
  readonly refusal: Refusal | undefined
  readonly start: (begin: (onProgress: (progress: PlannerProgress) => void) => Planning<T>) => void
  readonly stop: () => void
}

/** What was answered stays until the next answer comes: a screen is never emptied by a new question. */
export function useWork<T>(): Work<T> {
  const running = useRef<Planning<T>>(undefined)
  const [progress, setProgress] = useState<PlannerProgress>()
  const [isRunning, setRunning] = useState(false)
  const [answer, setAnswer] = useState<T>()
  const [refusal, setRefusal] = useState<Refusal>()
  // Whoever leaves the page wants no more of it.
  useEffect(() => () => running.current?.stop(), [])
  const start = useCallback<Work<T>['start']>((begin) => {
    running.current?.stop()
    setRefusal(undefined)
    setProgress(undefined)
    setRunning(true)
    const mine = begin(setProgress)
    running.current = mine
    void mine.answer.then((decision: Decision<T>) => {
      if (running.current !== mine) return
      running.current = undefined
      setRunning(false)
      if (decision.ok) setAnswer(decision.value)
      else setRefusal(decision.refusal)
    })
  }, [])
  const stop = useCallback(() => running.current?.stop(), [])
  return { progress, isRunning, answer, refusal, start, stop }
}
