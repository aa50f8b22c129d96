import { isExact } from '@lentera/core/shared/counts'
import type { RankCount } from '@lentera/core/workforce/project'
import { exact, type FigureValue, type useText } from '@lentera/ui/parts'
import type { Projected } from '../../device/context.ts'

export type Translate = ReturnType<typeof useText>

/** The words of a code, or that two answers stand beside each other. `prefix` is the catalogue's: `workforce.place.`. */
export const sayCode = (say: (code: string) => string, code: string | undefined, t: Translate): string =>
  code === undefined ? t('results.unsettled') : say(code)

export const figureOf = (count: RankCount['women']): FigureValue =>
  isExact(count) ? exact(count.low) : { kind: 'interval', ...count }

/** What has to be known of a record before it is opened. */
export const marksOf = (
  { state, unsent }: Projected<{ readonly enteredInError: boolean; readonly conflicts: readonly unknown[] }>,
  t: Translate,
): readonly string[] => [
  ...(state.enteredInError ? [t('support.entered-in-error')] : []),
  ...(state.conflicts.length > 0 ? [t('support.two-versions')] : []),
  ...(unsent ? [t('support.unsent')] : []),
]

/** A number as typed, in the digits of any of the region's scripts; nothing typed is none. NaN where it is no number. */
export function readCount(typed: string | undefined): number {
  const digits = (typed ?? '')
    .trim()
    .replace(/[,.\s]/g, '')
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)))
  return /^\d{0,15}$/.test(digits) ? Number(digits) : Number.NaN
}

/** Unicode keeps the ten digits of a script together, zero first, at the codes named here: Thai, Lao, Burmese, Shan, Khmer. */
const zeros = [0x30, 0xe50, 0xed0, 0x1040, 0x1090, 0x17e0]

function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  const zero = zeros.find((each) => code >= each && code <= each + 9)
  return zero === undefined ? Number.NaN : code - zero
}
