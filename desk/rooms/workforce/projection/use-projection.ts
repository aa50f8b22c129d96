import type { ProjectionProblem } from '@lentera/planner/projection'
import { useEffect, useRef, useState } from 'react'
import type { Answer, Question } from './words.ts'

/** What each problem comes to, as far as it is known: while a new answer is on its way the last one stays. */
export type Projections = {
  readonly answers: readonly (Answer | undefined)[]
  /** The worker did not load or died. */
  readonly isStopped: boolean
}

/** @param problems the same array as long as nothing in it changed */
export function useProjection(problems: readonly ProjectionProblem[]): Projections {
  const worker = useRef<Worker | null>(null)
  const asked = useRef(0)
  const [known, setKnown] = useState<Projections>({ answers: [], isStopped: false })

  useEffect(() => {
    const made = new Worker(new URL('./projection-worker.ts', import.meta.url), { type: 'module', name: 'projection' })
    made.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.ask !== asked.current) return
      setKnown(({ answers }) => ({
        answers: Array.from({ length: Math.max(answers.length, data.at + 1) }, (_, at) =>
          at === data.at ? data : answers[at],
        ),
        isStopped: false,
      }))
    }
    const stop = (): void => setKnown({ answers: [], isStopped: true })
    made.onerror = stop
    made.onmessageerror = stop
    worker.current = made
    return () => {
      worker.current = null
      made.terminate()
    }
  }, [])

  useEffect(() => {
    asked.current += 1
    const question: Question = { ask: asked.current, problems }
    worker.current?.postMessage(question)
    // What is no longer asked for leaves no answer behind.
    setKnown((now) =>
      now.answers.length > problems.length ? { ...now, answers: now.answers.slice(0, problems.length) } : now,
    )
  }, [problems])

  return known
}
