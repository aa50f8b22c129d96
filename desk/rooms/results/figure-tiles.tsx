import type { Figure } from '@lentera/core/results/figure'
import { FigureTile, Tiles, useFormat, useText } from '@lentera/ui/parts'
import { Aim } from '../plan/aim.tsx'
import { usePlan } from '../plan/use-plan.ts'
import type { Opening } from './door.tsx'
import { countedOf, sayGroup, shareOf, shownFigure, whyBetween, whyNoNumber } from './figure-words.ts'

export type FiguresProps = { readonly figures: readonly Figure[]; readonly onOpen: (opening: Opening) => void }

/** Figures side by side, each a door, with its countries, what is planned of it, and when it was counted. */
export function FigureTiles({ figures, onOpen }: FiguresProps) {
  const t = useText()
  const format = useFormat()
  const plan = usePlan()
  return (
    <Tiles>
      {figures.map((figure) => {
        const why = shareOf(figure.value, t, format) ?? whyNoNumber(figure.value, t) ?? whyBetween(figure, t)
        return (
          <FigureTile
            key={figure.key}
            figure={shownFigure(figure.value, t)}
            unit={t(`indicator.${figure.key}`)}
            parts={countries(figure).map((part) => ({
              label: sayGroup('country', part.key.country ?? '', t),
              figure: shownFigure(part.value, t),
            }))}
            {...(why === undefined ? {} : { note: why })}
            // The programme aims at it, and no team alone: beside a team's figure its target would say nothing.
            {...(figure.scope.startsWith('team:') ? {} : { beside: <Aim figure={figure} plan={plan} /> })}
            counted={countedOf(figure)}
            {...(figure.opensTo === 'none' ? {} : { onOpen: () => onOpen({ figure, part: {} }) })}
          />
        )
      })}
    </Tiles>
  )
}

/** Of a share the number of its part alone, beside a country, would say nothing: those stand in the table. */
const countries = (figure: Figure) =>
  figure.value.kind === 'ratio'
    ? []
    : (figure.breakdowns.find(({ by }) => by.length === 1 && by[0] === 'country')?.parts ?? [])
