import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { hashNow } from '@lentera/sealed/verify'

/**
 * The brake on guessing: wrong attempts at signing in, counted in memory only, by login name (whether anyone has it or
 * not) and by network address, of which only a hash is held.
 */
export type Attempts = {
  /**
   * Counts an attempt before it is judged, so that many at once are as many. `right` takes it back, with those before it
   * from the same place.
   */
  readonly begin: (lookup: string, address: string) => Decision<{ readonly right: () => void }>
}

/**
 * At one name from one place; at one name from anywhere, so that a stranger who guesses elsewhere does not keep its owner out;
 * and from one place at any names.
 */
export const attemptLimits = { perLogin: 10, perLoginAnywhere: 60, perAddress: 200, minutes: 15 } as const

/** @param now milliseconds; a clock of the caller's. */
export function countAttempts(now: () => number = Date.now): Attempts {
  const attempts = new Map<string, { count: number; until: number }>()
  const standing = (key: string): number => {
    const found = attempts.get(key)
    if (found && found.until <= now()) attempts.delete(key)
    return found && found.until > now() ? found.count : 0
  }
  const note = (key: string, change: 1 | -1): void => {
    if (attempts.size > 50_000) forgetOld(attempts, now())
    const until = now() + attemptLimits.minutes * 60_000
    attempts.set(key, { count: Math.max(0, standing(key) + change), until })
  }
  return {
    begin: (lookup, address) => {
      const [here, anywhere, place] = [`login ${lookup} ${addressKey(address)}`, `login ${lookup}`, addressKey(address)]
      const isBraked =
        standing(here) >= attemptLimits.perLogin ||
        standing(anywhere) >= attemptLimits.perLoginAnywhere ||
        standing(place) >= attemptLimits.perAddress
      if (isBraked) return refuse('access.too-many-attempts', { minutes: attemptLimits.minutes })
      for (const key of [here, anywhere, place]) note(key, 1)
      const right = (): void => {
        const mine = standing(here)
        attempts.delete(here)
        for (let i = 0; i < mine; i++) note(anywhere, -1)
        note(place, -1)
      }
      return accept({ right })
    },
  }
}

const addressKey = (address: string): string => `address ${hashNow(address)}`

function forgetOld(failures: Map<string, { count: number; until: number }>, at: number): void {
  for (const [key, { until }] of failures) if (until <= at) failures.delete(key)
}
