/**
 * A number as it is typed, in the digits of her own script, with a point or a comma before its decimals; undefined where it is
 * none. Thousands are not set apart: it is for small numbers, of which a comma could be either.
 */
export function readDecimal(text: string): number | undefined {
  const typed = text.trim().replace('−', '-').replace(',', '.')
  if (!/^-?[0-9០-៩๐-๙໐-໙၀-၉]{1,6}(\.[0-9០-៩๐-๙໐-໙၀-၉]{0,6})?$/u.test(typed)) return undefined
  // In each of these scripts the digits stand in order from a code point whose last four bits are zero.
  const plain = typed.replace(/[០-៩๐-๙໐-໙၀-၉]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
  return Number(plain)
}
