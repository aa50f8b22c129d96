import { existsSync, realpathSync, statSync } from 'node:fs'
import { homogeneityLine, type MicrodataSettings, qualityTable } from '@lentera/release/microdata'
import { Refused } from '../database/refused.ts'
import type { SynthesisReport } from '../release/synthesis-thread.ts'
import { synthesiseFile } from '../release/synthesise.ts'
import { newFileAt } from './tables.ts'
import { type Says, watched } from './watched.ts'

/** What `release synthesize` was given, as typed. */
export type SynthesiseArguments = Readonly<
  Partial<
    Record<
      'method' | 'epsilon' | 'delta' | 'k' | 'length' | 'seed' | 'out' | 'zeros-count' | 'without' | 'categories',
      string | undefined
    >
  >
> & { readonly json?: boolean | undefined; readonly 'not-survivors'?: boolean | undefined }

/** `release synthesize IN.csv`: synthetic records in `--out`, and what they are worth on the screen. Needs no server and no database. */
export async function synthesise(
  from: string,
  to: string | undefined,
  given: SynthesiseArguments,
  says: Says,
): Promise<void> {
  const settings = settingsOf(given)
  if (!existsSync(from)) throw new Refused('other', `There is no file ${from}.`)
  if (!statSync(from).isFile()) throw new Refused('other', `${from} is a folder; name a file.`)
  if (to === undefined) throw new Refused('other', 'Say with --out FILE where the synthetic records go.')
  newFileAt(to)
  if (existsSync(to) && realpathSync(to) === realpathSync(from))
    throw new Refused(
      'other',
      'The synthetic records would take the place of the real ones: name another file with --out.',
    )
  const task = {
    from,
    to,
    settings,
    seed: given.seed === undefined ? null : whole(given.seed, '--seed'),
    reading: readingOf(given),
  }
  const value = await watched(says, (onStage, signal) => synthesiseFile(task, onStage, signal))
  if (!value) return
  const warnings = warningsOf(value, says)
  if (given.json) console.log(JSON.stringify({ out: to, ...value, warnings }, null, 2))
  else {
    console.log(
      `${says('release.written', { file: to, seconds: Number(value.seconds.toFixed(1)) })}\n${methodLine(value)}\n`,
    )
    console.log(`${qualityTable(value.quality)}\n${homogeneityLine(value.homogeneity)}`)
    for (const warning of warnings) console.log(warning)
  }
}

function warningsOf({ warnings, seed, records: { real, released } }: SynthesisReport, says: Says): string[] {
  return [
    ...warnings.map((warning) => says(`release.warning.${warning}`)),
    ...(warnings.includes('split') ? [says('release.split', { released, real })] : []),
    ...(seed === null ? [] : [says('release.warning.seeded')]),
    says('release.warning.quality'),
  ]
}

function methodLine({ method }: SynthesisReport): string {
  return method.name === 'k'
    ? `k = ${method.k}, combinations of up to ${method.length} (${method.combinations.toLocaleString('en')} of them), counts rounded at random to base ${method.base}`
    : `epsilon = ${method.epsilon}, delta = ${method.delta.toPrecision(2)}, combinations of up to ${method.length}, ${method.kind}, noise of ${method.deviations.map((sd) => sd.toFixed(1)).join(' / ')} records`
}

// ---------------------------------------------------------------- what was typed

function settingsOf(given: SynthesiseArguments): MicrodataSettings {
  const { method, epsilon = '4', delta, k = '10', length = '3' } = given
  const notSurvivors = given['not-survivors'] === true

  if (method === 'k') return { method, notSurvivors, k: whole(k, '--k'), length: whole(length, '--length') }
  if (method !== 'dp')
    throw new Refused('other', 'Say with --method which protection: dp (differential privacy) or k (k-anonymous).')
  const settings = {
    method,
    notSurvivors,
    epsilon: number(epsilon, '--epsilon'),
    length: whole(length, '--length'),
  } as const
  return delta === undefined ? settings : { ...settings, delta: number(delta, '--delta') }
}

function readingOf({ 'zeros-count': zeros, without, categories }: SynthesiseArguments) {
  const list = (text: string | undefined): string[] => text?.split(',').map((name) => name.trim()) ?? []
  return { zerosCount: list(zeros), without: list(without), categories: list(categories) }
}

function number(text: string, option: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new Refused('other', `${option} takes a number, not “${text}”.`)
  return value
}

function whole(text: string, option: string): number {
  const value = number(text, option)
  if (!Number.isSafeInteger(value)) throw new Refused('other', `${option} takes a whole number, not “${text}”.`)
  return value
}
