import { QuietButton, useText } from '@lentera/ui/parts'
import { type Cell, runsOf, type Standing } from './roster-edits.ts'
import type { RosterNames } from './say-broken.ts'

type RosterMovedProps = { readonly standing: Standing; readonly names: RosterNames; readonly onRelease: () => void }

/** Which days stand because a hand set them, and which the planner changed when it made the rest again. */
export function RosterMoved({ standing: { hand, moved }, names, onRelease }: RosterMovedProps) {
  const t = useText()
  if (hand.length === 0 && moved.length === 0) return null
  return (
    <div role="status">
      {hand.length > 0 && (
        <details>
          <summary>{t('roster.by-hand', { count: hand.length })}</summary>
          <Cells cells={hand} names={names} />
          <QuietButton onClick={onRelease}>{t('roster.release')}</QuietButton>
        </details>
      )}
      {moved.length > 0 && (
        <details>
          <summary>{t('roster.moved', { count: moved.length })}</summary>
          <Cells cells={moved} names={names} />
        </details>
      )}
    </div>
  )
}

/** Officer by officer, days one after the other as the first and the last of them. */
function Cells({ cells, names }: { readonly cells: readonly Cell[]; readonly names: RosterNames }) {
  const people = Map.groupBy(cells, ({ person }) => person)
  return (
    <ul>
      {[...people].map(([person, days]) => (
        <li key={person}>
          {names.person(person)}:{' '}
          {runsOf(days.map(({ day }) => day))
            .map(([first, last]) => (first === last ? names.day(first) : `${names.day(first)} – ${names.day(last)}`))
            .join(' · ')}
        </li>
      ))}
    </ul>
  )
}
