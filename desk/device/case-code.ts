import { codeOf } from '@lentera/core/shared/codes'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'

/**
 * What a case is called aloud and on *today*: `KH-4R7K`. Four characters of 31: in a caseload of 60 two alike come once in
 * five hundred caseloads.
 */
export const caseCode = (country: Country, stream: StreamId): string => `${country}-${codeOf(stream, 4)}`
