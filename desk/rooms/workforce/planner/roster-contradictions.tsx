import type { Contradiction } from '@lentera/planner/checker'
import { useText } from '@lentera/ui/parts'
import { type RosterNames, sayBroken, sayContradiction } from './say-broken.ts'

type RosterContradictionsProps = { readonly of: readonly Contradiction[]; readonly names: RosterNames }

/** Why no roster can be made. The rules that what stands breaks are told under one head: one hand may break many. */
export function RosterContradictions({ of, names }: RosterContradictionsProps) {
  const t = useText()
  const broken = of.flatMap(({ because }) => (because === null ? [] : [because]))
  return (
    <>
      {of
        .filter(({ because }) => because === null)
        .map((each) => (
          <p key={`${each.code} ${each.person} ${each.days.join()} ${each.shifts.join()}`} role="alert">
            {sayContradiction(t, names, each)}
          </p>
        ))}
      {broken.length > 0 && (
        <div role="alert">
          <p>{t('roster.fixed-break', { count: broken.length })}</p>
          <ul>
            {broken.map((rule) => (
              <li key={`${rule.code} ${rule.person} ${rule.days.join()} ${rule.shifts.join()}`}>
                {sayBroken(t, names, rule)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
