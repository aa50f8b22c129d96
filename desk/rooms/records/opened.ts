import { CivilDate, quarterOf } from '@lentera/core/shared/dates'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { OpenedHead } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'

/** Both answers where two stand; a word where one cannot be opened here. */
export function sayHeads(
  heads: readonly OpenedHead[] = [],
  t: Translate,
  say: (value: string) => string = (value) => value,
): string {
  const said = heads.map(({ value }) => (value === undefined ? t('support.not-openable') : value && say(value)))
  return [...new Set(said.filter(Boolean))].join(' / ')
}

/** The one answer there is; empty where there is none, or two: then it is typed anew. */
export const oneValue = (heads: readonly OpenedHead[] = []): string =>
  heads.length === 1 ? (heads[0]?.value ?? '') : ''

/** Undefined where only a year was said, or nothing. */
export function readQuarter({ quarter }: Typed): CivilDate | undefined {
  const date = CivilDate.safeParse(quarter).data
  return date && quarterOf(date)
}
