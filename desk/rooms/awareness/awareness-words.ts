import { everybodyAt, type OutreachSession } from '@lentera/core/awareness/outreach/project'
import type { ReachStatement } from '@lentera/core/awareness/reach/project'
import type { Sample } from '@lentera/core/awareness/sample/project'
import { awarenessWriters } from '@lentera/core/awareness/words'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import { wilsonInterval } from '@lentera/core/shared/wilson'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { FigureValue, Formats } from '@lentera/ui/parts'
import { useSnapshot } from '../../device/context.ts'

/** Whether her post writes awareness down; others of the organisation read it. */
export function useIsWriter(): boolean {
  return useSnapshot(({ me }) => me?.roles.some((role) => awarenessWriters.some((each) => each === role)) === true)
}

/** Everybody at a session, of whom so many women and girls, and so many who gave a key. */
export function sayHeads(session: OutreachSession): { people: number; women: number; persons: number } {
  const { persons, heads } = everybodyAt(session)
  const groups = [...persons.map(({ sex }) => ({ sex, heads: 1 })), ...heads]
  const sum = (of: typeof groups): number => of.reduce((all, each) => all + each.heads, 0)
  const women = groups.filter(({ sex }) => sex === 'female')
  return { people: sum(groups), women: sum(women), persons: persons.length }
}

/** The share of those asked who knew more after, and the interval that asking only them leaves open, as texts. */
export function shareOfSample({ asked, moreAware }: Pick<Sample, 'asked' | 'moreAware'>, format: Formats) {
  const { low, high } = wilsonInterval(moreAware, asked)
  const percent = (share: number): string => format.percent(100 * share, 1)
  return { share: percent(moreAware / asked), low: percent(low), high: percent(high) }
}

/** `at least 3,000`: how it was said, as it was said. */
export function amountOf({ amount, qualifier }: ReachStatement): FigureValue {
  // Until somebody settles how it was said, it is about so many.
  const read = qualifier ?? 'about'
  return { kind: 'exact', value: amount, ...(read === 'exact' ? {} : { read }) }
}

export function sayAmount(statement: ReachStatement, t: Translate, format: Formats): string {
  const { qualifier = 'about', amount, unit } = statement
  const number = format.number(amount)
  return `${qualifier === 'exact' ? number : t(`ui.figure.${qualifier}`, { number })} ${t(`reach-unit.${unit}`)}`
}

/** A number as typed; what is none is refused by name where the command is decided. Nothing typed is nobody. */
export const typedNumber = (typed: string | undefined): number =>
  typed === undefined || typed.trim() === '' ? 0 : (readWholeNumber(typed) ?? Number.NaN)
