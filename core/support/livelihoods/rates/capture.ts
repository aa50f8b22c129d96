import { type Draft, draft } from '../../../log/draft.ts'
import type { CivilDate } from '../../../shared/dates.ts'
import type { Hash, StreamId } from '../../../shared/ids.ts'
import { accept, type Decision, type Refusal, refuse } from '../../../shared/refusals.ts'
import { ratesDescribed, ratesImported, ratesInError } from './entries.ts'
import type { RateTable } from './project.ts'
import { isSameRate, type RatesRead } from './read.ts'
import { longestSource, Source } from './words.ts'

/** Where a table is from, as it was typed. */
export type SourceTyped = {
  readonly source: string
  readonly edition: string
  readonly verifiedOn: CivilDate | undefined
}

export type ImportRates = SourceTyped & {
  readonly stream: StreamId
  readonly read: RatesRead
  /** Of the file's bytes, by the caller. */
  readonly hash: Hash
  /** She has read the report and takes the good rows without the others. */
  readonly leaveOut: boolean
  /** The tables there are. */
  readonly tables: readonly RateTable[]
}

/**
 * Refused: `rates.known` (these very bytes), `rates.no-source`, `rates.no-edition`, `rates.text-too-long`, `rates.not-verified`,
 * `rates.verified-in-the-future`, `rates.rows-not-good` {rows}, `rates.no-rows`, `rates.otherwise-elsewhere` {currency, day, source}: two tables
 * that differ on a day give none.
 */
export function importRates(command: ImportRates, today: CivilDate): Decision<Draft[]> {
  const { stream, read, hash, leaveOut, tables } = command
  const standing = tables.filter(({ enteredInError }) => !enteredInError)
  if (standing.some((table) => table.hash === hash)) return refuse('rates.known')
  const said = sourceSaid(command, today)
  if (!said.ok) return said
  const leftOut = read.problems.length
  if (leftOut > 0 && !leaveOut) return refuse('rates.rows-not-good', { rows: leftOut })
  if (read.rates.length === 0) return refuse('rates.no-rows')
  const differs = otherwise(read, standing)
  if (differs) return { ok: false, refusal: differs }
  const rates = read.rates.map((row) => [...row])
  return accept([draft(ratesImported, stream, today, { ...said.value, rates, hash, leftOut })])
}

/** Refused: `rates.nothing-changed`, and of where it is from as `importRates`. */
export function describeRates(
  stream: StreamId,
  table: RateTable,
  command: SourceTyped,
  today: CivilDate,
): Decision<Draft[]> {
  const said = sourceSaid(command, today)
  if (!said.ok) return said
  const change = Object.fromEntries(
    Object.entries(said.value).filter(([field, value]) => table[field as keyof Source] !== value),
  )
  if (Object.keys(change).length === 0) return refuse('rates.nothing-changed')
  return accept([draft(ratesDescribed, stream, today, change)])
}

/** Marks a table as one that never should have been brought in, or takes that back. Refused: `rates.otherwise-elsewhere`. */
export function markRatesInError(
  stream: StreamId,
  table: RateTable,
  isInError: boolean,
  { today, others }: { readonly today: CivilDate; readonly others: readonly RateTable[] },
): Decision<Draft[]> {
  const differs = isInError
    ? undefined
    : otherwise(
        table,
        others.filter(({ enteredInError }) => !enteredInError),
      )
  if (differs) return { ok: false, refusal: differs }
  return accept([draft(ratesInError, stream, today, { record: table.opening, enteredInError: isInError })])
}

function sourceSaid({ source, edition, verifiedOn }: SourceTyped, today: CivilDate): Decision<Source> {
  if (!source.trim()) return refuse('rates.no-source')
  if (!edition.trim()) return refuse('rates.no-edition')
  if (!verifiedOn) return refuse('rates.not-verified')
  if (verifiedOn > today) return refuse('rates.verified-in-the-future', { today })
  const parsed = Source.safeParse({ source, edition, verifiedOn })
  return parsed.success ? accept(parsed.data) : refuse('rates.text-too-long', { most: longestSource })
}

/** The first day on which a standing table says otherwise. */
function otherwise({ rates }: Pick<RateTable, 'rates'>, standing: readonly RateTable[]): Refusal | undefined {
  const mine = new Map(rates.map(([currency, day, rate]) => [`${currency} ${day}`, rate]))
  for (const table of standing) {
    for (const [currency, day, rate] of table.rates) {
      const said = mine.get(`${currency} ${day}`)
      if (said !== undefined && !isSameRate(said, rate))
        return { code: 'rates.otherwise-elsewhere', values: { currency, day, source: table.source ?? '' } }
    }
  }
  return undefined
}
