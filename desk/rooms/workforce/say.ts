import { isExact } from '@lentera/core/shared/counts'
import type { RankCount } from '@lentera/core/workforce/project'
import { exact, type FigureValue } from '@lentera/ui/parts'
import { readWholeNumber } from '../evidence/dissemination/whole-number.ts'

export const figureOf = (count: RankCount['women']): FigureValue =>
  isExact(count) ? exact(count.low) : { kind: 'interval', ...count }

/** A number as typed; nothing typed is none. NaN where it is no whole number: core refuses it, and names the row. */
export function readCount(typed: string | undefined): number {
  const read = readWholeNumber(typed ?? '')
  return read.ok ? (read.value ?? 0) : Number.NaN
}
