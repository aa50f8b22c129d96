import { Country } from '@lentera/core/shared/places'
import { useSnapshot } from '../../device/context.ts'

/** The countries she may write of: her programme's own, and in a regional office any (`access.other-country`). */
export function useCountries(): readonly Country[] {
  const country = useSnapshot(({ me }) => me?.country)
  return country ? [country] : Country.options
}
