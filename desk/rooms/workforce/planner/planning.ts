import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { CutShort, FromPlanner, PlannerProgress } from './messages.ts'

/**
 * `stop` asks for the best so far, and waits for it however long the planner takes to hear: what was shown as found is never thrown
 * away. `giveUp` waits no longer: it takes what was handed over, and where nothing was, there is no plan.
 */
export type Planning<T> = {
  readonly answer: Promise<Decision<T>>
  readonly stop: () => void
  readonly giveUp: () => void
}

/** What a message of the planner comes to: its answer, or what is there while it goes on. */
export type Heard<T> = { readonly answer?: Decision<T>; readonly soFar?: T }

/** Whoever plans, apart from the page. */
export type Planner = {
  readonly listen: (onSaid: (said: FromPlanner) => void, onDied: () => void) => void
  readonly end: () => void
}

export type Waiting<T> = {
  readonly open: () => Promise<Decision<Planner>>
  readonly onProgress: (progress: PlannerProgress) => void
  readonly heard: (said: FromPlanner) => Heard<T>
  /** What was handed over, as all that came of it. */
  readonly cutShort: (soFar: T, by: CutShort) => T
  /** Where the planner looks, in the midst of its work, whether it is to stop; null where it cannot. */
  readonly flag: Int32Array | null
}

/** One question to a planner, which is ended with the answer. Refused as it says, and `planner.died`, `planner.stopped`. */
export function waitFor<T>({ open, onProgress, heard, cutShort, flag }: Waiting<T>): Planning<T> {
  const ended = Promise.withResolvers<Decision<T>>()
  let soFar: { readonly value: T } | undefined
  let isStopped = false
  const end = (by: CutShort): void => ended.resolve(soFar ? accept(cutShort(soFar.value, by)) : refuse(`planner.${by}`))
  // Who cannot be told to stop has no better to give than what it has handed over.
  const endDeaf = (): void => {
    if (isStopped && !flag && soFar) end('stopped')
  }
  const begin = async (): Promise<void> => {
    const planner = await open()
    if (!planner.ok) return ended.resolve(planner)
    void ended.promise.finally(planner.value.end)
    planner.value.listen(
      (said) => {
        if (said.say === 'progress') return onProgress(said.progress)
        const { answer, soFar: handed } = heard(said)
        if (answer) ended.resolve(answer)
        if (handed !== undefined) soFar = { value: handed }
        endDeaf()
      },
      () => end('died'),
    )
  }
  void begin()
  return {
    answer: ended.promise,
    stop: () => {
      isStopped = true
      if (flag) Atomics.store(flag, 0, 1)
      endDeaf()
    },
    giveUp: () => end('stopped'),
  }
}
