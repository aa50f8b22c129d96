import { codeOf } from './codes.ts'
import type { PersonKey } from './ids.ts'

/**
 * What stands beside an officer's name on the sheet she signed, so that she is counted once when she comes again: `4R7-K2M`.
 * Six characters of 31: of a thousand officers of one programme two are alike once in nearly two thousand programmes.
 */
export const officerCode = (officer: PersonKey): string => inHalves(codeOf(officer, 6))

/**
 * What stands on the card a woman carries from one outreach session to the next, for the same reason: `4R7K-2MPX`. Eight
 * characters: of 24 000 women of one programme two are alike once in some three thousand programmes.
 */
export const cardCode = (person: PersonKey): string => inHalves(codeOf(person, 8))

/** As typed from paper: case, spaces and the hyphen do not count. */
export const plainCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** Two halves are read aloud and typed with fewer slips than one word. */
const inHalves = (code: string): string => `${code.slice(0, code.length / 2)}-${code.slice(code.length / 2)}`
