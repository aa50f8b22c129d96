import { StreamId } from '@lentera/core/shared/ids'
import type { Typed } from '../../../../device/use-kept-form.ts'

/**
 * Whoever is marked as having attended: those who stand so, and what was marked and struck out here since. A mark that somebody else sets meanwhile stays,
 * for nobody has looked at it.
 */
export function markedNow(standing: readonly StreamId[], { added, struck }: Typed): ReadonlySet<StreamId> {
  const gone = new Set(idsIn(struck))
  return new Set([...standing, ...idsIn(added)].filter((officer) => !gone.has(officer)))
}

/** The fields of the form that change with one mark. */
export function withMark(
  { added, struck }: Typed,
  officer: StreamId,
  is: boolean,
): readonly (readonly [string, string])[] {
  const among = (text: string | undefined, isIn: boolean): string =>
    [...idsIn(text).filter((each) => each !== officer), ...(isIn ? [officer] : [])].join(',')
  return [
    ['added', among(added, is)],
    ['struck', among(struck, !is)],
  ]
}

const idsIn = (text = ''): readonly StreamId[] => text.split(',').flatMap((each) => StreamId.safeParse(each).data ?? [])
