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
  /** Found by then, when somebody stopped, and less than the answer that stands: she says which of them she wants. */
  readonly heldBack: T | undefined
  readonly takeHeldBack: () => void
  readonly leaveHeldBack: () => void
  readonly start: (begin: (onProgress: (progress: PlannerProgress) => void) => Planning<T>) => void
  readonly stop: () => void
  readonly giveUp: () => void
}

/**
 * What was answered stays until the next answer comes: a screen is never emptied by a new question, nor by what was found until somebody
 * stopped where `isLess` says that it is less.
 */
export function useWork<T>(isLess: (now: T, before: T) => boolean = () => false): Work<T> {
  const running = useRef<Planning<T>>(undefined)
  const [progress, setProgress] = useState<PlannerProgress>()
  const [isRunning, setRunning] = useState(false)
  const [isStopping, setStopping] = useState(false)
  const [answer, setAnswer] = useState<T>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [heldBack, setHeldBack] = useState<T>()
  const standing = useRef<T>(undefined)
  const isStopped = useRef(false)
  const stand = useCallback((value: T) => {
    standing.current = value
    setAnswer(value)
    setHeldBack(undefined)
  }, [])
  // Whoever came straight to this page may ask later, without the network.
  useEffect(() => {
    void keepSolver()
  }, [])
  // Whoever leaves the page wants no more of it.
  useEffect(() => () => running.current?.giveUp(), [])
  const start = useCallback<Work<T>['start']>(
    (begin) => {
      running.current?.giveUp()
      isStopped.current = false
      setRefusal(undefined)
      setHeldBack(undefined)
      setProgress(undefined)
      setRunning(true)
      setStopping(false)
      const mine = begin(setProgress)
      running.current = mine
      void mine.answer.then((decision: Decision<T>) => {
        if (running.current !== mine) return
        running.current = undefined
        setRunning(false)
        if (!decision.ok) return setRefusal(decision.refusal)
        const before = standing.current
        if (isStopped.current && before !== undefined && isLess(decision.value, before)) setHeldBack(decision.value)
        else stand(decision.value)
      })
    },
    [isLess, stand],
  )
  const stop = useCallback(() => {
    isStopped.current = true
    setStopping(true)
    running.current?.stop()
  }, [])
  const giveUp = useCallback(() => running.current?.giveUp(), [])
  const takeHeldBack = useCallback(() => {
    if (heldBack !== undefined) stand(heldBack)
  }, [heldBack, stand])
  const leaveHeldBack = useCallback(() => setHeldBack(undefined), [])
  const held = { heldBack, takeHeldBack, leaveHeldBack }
  return { progress, isRunning, isStopping, answer, refusal, start, stop, giveUp, ...held }
}
