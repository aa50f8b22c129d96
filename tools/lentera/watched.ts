import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import { Refused } from '../database/refused.ts'
import { progressBar } from '../start/progress-bar.ts'

export type Says = (id: string, values?: Refusal['values']) => string

type Watched<T> = (
  onStage: (stage: string, done: number, of: number) => void,
  signal: AbortSignal,
) => Promise<Decision<T> | undefined>

/**
 * Long work of the command line, a bar for each of its stages. Ctrl-C stops it: undefined, and the command ends with 130. What it refuses
 * is said and thrown.
 */
export async function watched<T>(says: Says, work: Watched<T>): Promise<T | undefined> {
  const bars = new Map<string, (done: number, of: number) => void>()
  const stop = new AbortController()
  const onInterrupt = (): void => stop.abort()
  process.once('SIGINT', onInterrupt)
  const decision = await work((stage, done, of) => {
    const bar = bars.get(stage) ?? progressBar(says(`release.stage.${stage}`), process.stderr)
    bars.set(stage, bar)
    bar(done, of)
  }, stop.signal)
  process.off('SIGINT', onInterrupt)
  if (!decision) {
    console.error(`\n${says('release.stopped')}`)
    process.exitCode = 130
    return undefined
  }
  if (!decision.ok) throw new Refused('other', says(`refusal.${decision.refusal.code}`, decision.refusal.values))
  return decision.value
}
