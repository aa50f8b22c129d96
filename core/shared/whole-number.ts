/** The digits of the programme's scripts that have their own, by the code point of their zero: Thai, Lao, Burmese, Khmer. */
const zeros = [0x0e50, 0x0ed0, 0x1040, 0x17e0]

/**
 * A whole number as typed in any of the programme's digits, its thousands apart or not: `24 000`, `24,000`, `၂၄၀၀၀`.
 * Undefined where it is none, or could be read in two ways (`1.5`, `1,5`).
 */
export function readWholeNumber(typed: string): number | undefined {
  const latin = latinDigits(typed)
  if (!/^\d{1,15}$|^\d{1,3}([ \u00a0\u202f,.']\d{3})+$/.test(latin)) return undefined
  const value = Number(latin.replace(/\D/g, ''))
  return Number.isSafeInteger(value) ? value : undefined
}

/** A text without the spaces around it, its digits those of the Latin script. */
export const latinDigits = (text: string): string => [...text.trim()].map(latinDigit).join('')

function latinDigit(letter: string): string {
  const point = letter.codePointAt(0) ?? 0
  const zero = zeros.find((each) => point >= each && point <= each + 9)
  return zero === undefined ? letter : String(point - zero)
}
