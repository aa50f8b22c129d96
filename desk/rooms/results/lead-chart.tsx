import type { Figure } from '@lentera/core/results/figure'
import { BarsByGroup, sizeOf, useText } from '@lentera/ui/parts'
import type { Opening } from './door.tsx'
import { countedOf, sayGroup, shownFigure } from './figure-words.ts'

/** The one picture a board leads with: what survivors were given; its title says what came first. */
export function LeadChart({
  figure,
  source,
  onOpen,
}: {
  readonly figure: Figure
  readonly source: string
  readonly onOpen: (opening: Opening) => void
}) {
  const t = useText()
  const [by, breakdown] = leading(figure)
  if (!by || !breakdown) return null
  const groups = breakdown.parts.map((part) => ({
    id: part.key[by] ?? '',
    label: sayGroup(by, part.key[by] ?? '', t),
    figures: { persons: shownFigure(part.value, t) },
  }))
  const sized = groups
    .map((group) => ({ ...group, size: sizeOf(group.figures.persons) }))
    .filter((group): group is typeof group & { size: number } => group.size !== undefined)
    .sort((a, b) => b.size - a.size)
  const most = sized.filter((group) => group.size === sized[0]?.size)
  // A part protected for the sake of another may be the largest of all: then nothing came first that may be said.
  const isComparable = breakdown.parts.every(
    ({ value }) => value.kind === 'count' || (value.kind === 'protected' && value.rule === 'fewer-than-five'),
  )
  const title =
    isComparable && most.length > 0 && most.length < sized.length
      ? t(`results.finding.${by}`, {
          group: most.map(({ label }) => label).join(', '),
        })
      : t(`results.by.${by}`)
  return (
    <BarsByGroup
      title={title}
      units={t('results.units')}
      source={source}
      counted={countedOf(figure)}
      layout="grouped"
      groups={groups}
      series={[{ id: 'persons', label: t(`indicator.${figure.key}`), look: 1 }]}
      {...(figure.opensTo === 'none' ? {} : { onOpen: (group: string) => onOpen({ figure, part: { [by]: group } }) })}
    />
  )
}

/** The breakdown that shows most: a picture of nothing but protected parts says nothing. */
function leading({ breakdowns }: Figure): readonly [string?, Figure['breakdowns'][number]?] {
  const counted = ({ parts }: Figure['breakdowns'][number]): number =>
    parts.filter(({ value }) => value.kind === 'count').length
  for (const least of [2, 1]) {
    for (const wanted of ['service', 'country', 'form', 'sex', 'age']) {
      const found = breakdowns.find((each) => each.by.length === 1 && each.by[0] === wanted && counted(each) >= least)
      if (found) return [wanted, found]
    }
  }
  return []
}
