import { codeOf } from '../shared/codes.ts'
import type { PersonKey } from '../shared/ids.ts'

/**
 * What stands beside an officer's name on the sheet she signed, so that she is counted once when she comes again: `4R7-K2M`.
 * Six characters of 31: of a thousand officers of one programme two are alike once in nearly two thousand programmes.
 */
export function officerCode(officer: PersonKey): string {
  const code = codeOf(officer, 6)
  return `${code.slice(0, 3)}-${code.slice(3)}`
}

/** As typed from paper: case, spaces and the hyphen do not count. */
export const sameCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
