import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PlannerProgress } from './messages.ts'
import { keepSolver } from './plan-apart.ts'
import type { Planning } from './planning.ts'

/** Long work of the planner: how far it is, its answer, the wish to stop with the best so far, and to wait for nothing more. */
export type Work<T> = {
  readonly progress: PlannerProgress | undefined
  readonly isRunning: boolean
  /** Asked to stop, and the best so far is not here yet. */
  readonly isStopping: boolean
  readonly answer: T | undefined
  readonly refusal: Refusal | undefined
  readonly start: (begin: (onProgress: (progress: PlannerProgress) => void) => Planning<T>) => void
  readonly stop: () => void
  readonly giveUp: () => void
}

/** What was answered stays until the next answer comes: a screen is never emptied by a new question. */
export function useWork<T>(): Work<T> {
  const running = useRef<Planning<T>>(undefined)
  const [progress, setProgress] = useState<PlannerProgress>()
  const [isRunning, setRunning] = useState(false)
  const [isStopping, setStopping] = useState(false)
  const [answer, setAnswer] = useState<T>()
  const [refusal, setRefusal] = useState<Refusal>()
  // Whoever came straight to this page may ask later, without the network.
  useEffect(() => {
    void keepSolver()
  }, [])
  // Whoever leaves the page wants no more of it.
  useEffect(() => () => running.current?.giveUp(), [])
  const start = useCallback<Work<T>['start']>((begin) => {
    running.current?.giveUp()
    setRefusal(undefined)
    setProgress(undefined)
    setRunning(true)
    setStopping(false)
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
  const stop = useCallback(() => {
    setStopping(true)
    running.current?.stop()
  }, [])
  const giveUp = useCallback(() => running.current?.giveUp(), [])
  return { progress, isRunning, isStopping, answer, refusal, start, stop, giveUp }
}
