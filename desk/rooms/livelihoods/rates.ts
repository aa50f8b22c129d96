import { type InDollars, Rates } from '@lentera/core/support/livelihoods/rates/convert'
import { projectRates, type RateTable } from '@lentera/core/support/livelihoods/rates/project'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { Formats } from '@lentera/ui/parts'
import { useMemo } from 'react'
import { type Projected, useSnapshot, useStreams } from '../../device/context.ts'
import { newestFirst } from '../records/newest-first.ts'

/** The tables of rates that this device has, the one brought in last first. */
export function useRateTables(): readonly Projected<RateTable>[] {
  const tables = useStreams('rate-table', projectRates)
  return useMemo(() => newestFirst(tables, ({ on }) => on), [tables])
}

/** What sums are turned by, without a network too. */
export function useRates(): Rates {
  const tables = useStreams('rate-table', projectRates)
  return useMemo(() => new Rates(tables.map(({ state }) => state)), [tables])
}

export const useMayImportRates = (): boolean =>
  useSnapshot(
    ({ me }) =>
      me?.roles.some((role) => role === 'livelihoods-officer' || role === 'manager' || role === 'steward') === true,
  )

export const sayDollars = (cents: number, format: Formats): string =>
  format.money({ minor: cents, currency: 'USD', minorDigits: 2 })

/** A sum in dollars with its rate, the day of that and whose it is; or why it is not known. Empty for what was paid in dollars. */
export function sayInDollars(turned: InDollars, currency: string, t: Translate, format: Formats): string {
  if (!turned.known) return t(`livelihoods.not-in-dollars.${turned.why}`)
  if (!turned.by) return ''
  const { day, rate, tables } = turned.by
  const source = tables.map((table) => [table.source, table.edition].filter(Boolean).join(', ')).join('; ')
  return t('livelihoods.in-dollars', {
    dollars: sayDollars(turned.cents, format),
    rate,
    currency,
    day: format.date(day),
    source: source || t('results.unsettled'),
  })
}

/** First and last day of a table. */
export function daysOf({ rates }: RateTable, format: Formats): string {
  const days = rates.map(([, day]) => day).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  return first && last ? (first === last ? format.date(first) : `${format.date(first)} – ${format.date(last)}`) : ''
}

export const currenciesOf = ({ rates }: RateTable): string =>
  [...new Set(rates.map(([currency]) => currency))].toSorted().join(', ')
