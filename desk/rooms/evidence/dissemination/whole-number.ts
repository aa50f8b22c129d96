import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'

/**
 * A number of people or copies as it is typed, in the digits of her own script, with spaces or commas between thousands;
 * undefined where nothing is typed. Refused: `evidence.number-not-understood` {text}.
 */
export function readWholeNumber(text: string): Decision<number | undefined> {
  const typed = text.replace(/[\s,\u00a0\u202f]/g, '')
  if (typed === '') return accept(undefined)
  // In each of these scripts the digits stand in order from a code point whose last four bits are zero.
  if (!/^[0-9០-៩๐-๙໐-໙၀-၉]{1,12}$/u.test(typed))
    return refuse('evidence.number-not-understood', { text: text.trim().slice(0, 40) })
  return accept(Number([...typed].map((digit) => (digit.codePointAt(0) ?? 0) & 15).join('')))
}
