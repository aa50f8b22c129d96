import { codeOf } from '../../shared/codes.ts'
import type { PersonKey } from '../../shared/ids.ts'

/**
 * What stands on the card a woman carries, so that she is counted once when she comes again: `4R7K-2MPX`. Eight characters
 * of 31: of 24 000 women of one programme two are alike once in some three thousand programmes.
 */
export function personCode(person: PersonKey): string {
  const code = codeOf(person, 8)
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** As typed from a card: case, spaces and the hyphen do not count. */
export const plainCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
