import { isExact } from '@lentera/core/shared/counts'
import type { RankCount } from '@lentera/core/workforce/project'
import { type Column, exact, type FigureValue, type useText } from '@lentera/ui/parts'
import type { Projected } from '../../device/context.ts'
import { readWholeNumber } from '../evidence/dissemination/whole-number.ts'

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

/** Shown only where a row has a mark: on a small screen an empty column is a column less. */
export function marksColumn<Row>(
  rows: readonly Row[],
  marks: (row: Row) => readonly string[],
  t: Translate,
): readonly Column<Row>[] {
  if (rows.every((row) => marks(row).length === 0)) return []
  return [{ id: 'marks', label: t('workforce.marks'), value: (row) => marks(row).join(', ') }]
}

/** A number as typed; nothing typed is none. NaN where it is no whole number: core refuses it, and names the row. */
export function readCount(typed: string | undefined): number {
  const read = readWholeNumber(typed ?? '')
  return read.ok ? (read.value ?? 0) : Number.NaN
}
