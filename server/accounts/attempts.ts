import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { hashNow } from '@lentera/sealed/verify'

/**
 * The brake on guessing: wrong attempts at signing in, counted in memory only, by login name (whether anyone has it or
 * not) and by network address, of which only a hash is held.
 */
export type Attempts = {
  readonly may: (lookup: string, address: string) => Decision<void>
  readonly failed: (lookup: string, address: string) => void
  readonly succeeded: (lookup: string) => void
}

export const attemptLimits = { perLogin: 10, perAddress: 200, minutes: 15 } as const

/** @param now milliseconds; a clock of the caller's. */
export function countAttempts(now: () => number = Date.now): Attempts {
  const failures = new Map<string, { count: number; until: number }>()
  const standing = (key: string): number => {
    const found = failures.get(key)
    if (found && found.until <= now()) failures.delete(key)
    return found && found.until > now() ? found.count : 0
  }
  const note = (key: string): void => {
    if (failures.size > 50_000) forgetOld(failures, now())
    const until = now() + attemptLimits.minutes * 60_000
    failures.set(key, { count: standing(key) + 1, until })
  }
  return {
    may: (lookup, address) =>
      standing(`login ${lookup}`) < attemptLimits.perLogin && standing(addressKey(address)) < attemptLimits.perAddress
        ? accept(undefined)
        : refuse('access.too-many-attempts', { minutes: attemptLimits.minutes }),
    failed: (lookup, address) => {
      note(`login ${lookup}`)
      note(addressKey(address))
    },
    succeeded: (lookup) => {
      failures.delete(`login ${lookup}`)
    },
  }
}

const addressKey = (address: string): string => `address ${hashNow(address)}`

function forgetOld(failures: Map<string, { count: number; until: number }>, at: number): void {
  for (const [key, { until }] of failures) if (until <= at) failures.delete(key)
}
