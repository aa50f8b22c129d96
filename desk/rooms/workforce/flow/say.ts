import { sum } from '@lentera/core/shared/counts'
import type { Flow, FlowRow } from '@lentera/core/workforce/flow/project'
import type { Happening } from '@lentera/core/workforce/flow/words'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { FigureValue } from '@lentera/ui/parts'
import { sayCode } from '../../records/say.ts'
import { figureOf } from '../say.ts'

/** "Recruited: line officers"; of a promotion, from which rank to which. */
export function sayRow({ happening, rank, to }: Pick<FlowRow, 'happening' | 'rank' | 'to'>, t: Translate): string {
  const say = (code: FlowRow['rank']): string => sayCode((each) => t(`workforce.rank.${each}`), code, t)
  const what = sayCode((each) => t(`flow.happening.${each}`), happening, t)
  return to ? t('flow.from-to', { what, from: say(rank), to: say(to) }) : t('flow.of', { what, rank: say(rank) })
}

/** All to whom the same happened; undefined where it was not counted. */
export function countOf({ rows }: Flow, happening: Happening, of: 'women' | 'everybody'): FigureValue | undefined {
  const those = rows.filter((row) => row.happening === happening && !row.enteredInError)
  if (those.length === 0) return undefined
  return figureOf(sum(those.flatMap((row) => (of === 'women' ? [row.women] : [row.women, row.men, row.unrecorded]))))
}
