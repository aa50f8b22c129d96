import * as z from 'zod'
import { CivilDate, precisionOf } from '../../../shared/dates.ts'
import { Currency } from '../../../shared/money.ts'

/** Units of a currency for one US dollar, as the source writes it: `4015.5`. Text, because no rate is a binary fraction. */
export const RateText = z
  .string()
  .regex(/^(0|[1-9]\d{0,8})(\.\d{1,8})?$/)
  .refine((text) => /[1-9]/.test(text), 'a rate is more than nothing')
export type RateText = z.infer<typeof RateText>

const Day = CivilDate.refine((date) => precisionOf(date) === 'day')
/** A dollar is a dollar: it has no rate. */
const Foreign = Currency.exclude(['USD'])
export type Foreign = z.infer<typeof Foreign>
export const foreign = Foreign.options

/** A row as it stands in an entry, which has 256 KB for all of them. */
export const RateRow = z.tuple([Foreign, Day, RateText])
export type RateRow = z.infer<typeof RateRow>
export const mostRates = 5000

export const longestSource = 300
const line = z.string().trim().min(1).max(longestSource)
export const Source = z.strictObject({
  /** Who published it, and where it can be read. */
  source: line,
  /** As the publisher dates or numbers it. */
  edition: line,
  /** The day a person compared it with its source. */
  verifiedOn: Day,
})
export type Source = z.infer<typeof Source>

/**
 * How many days a published rate stands for those after it. The United Nations publish theirs by the month, and each stands until the next one
 * supersedes it (treasury.un.org/operationalrates); an older one is no rate of the day.
 */
export const standsFor = 31

/** Columns a table may have, by the name used here; letter case, spaces and signs do not matter. */
export const columns = {
  day: ['day', 'date'],
  currency: ['currency', 'currency code'],
  rate: ['units per USD', 'units per US dollar', 'rate'],
} as const
