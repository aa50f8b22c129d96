import type { StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'

/**
 * What a case is called aloud and on *today*: `KH-4R7K`, made of the stream's random id, so that it is the same on every
 * device and says nothing. Four characters of 31: in a caseload of 60 two alike come once in five hundred caseloads.
 */
export function caseCode(country: Country, stream: StreamId): string {
  let rest = Number.parseInt(stream.replaceAll('-', '').slice(0, 10), 16)
  let code = ''
  for (let i = 0; i < 4; i++) {
    code += alphabet[rest % alphabet.length]
    rest = Math.floor(rest / alphabet.length)
  }
  return `${country}-${code}`
}

/** Without I, L, O, 0 and 1, which are mistaken for one another, on paper and in speech. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
