import type { Roster, RosterProblem } from '@lentera/planner/roster'
import { Section, useFormat, useText } from '@lentera/ui/parts'
import styles from './cover.module.css'
import { sharesOf } from './roster-edits.ts'
import type { RosterNames } from './say-broken.ts'

type RosterSharesProps = { readonly problem: RosterProblem; readonly roster: Roster; readonly names: RosterNames }

/** How alike it is shared. Wishes stand on the screen alone, reckoned from what is there: nothing keeps or prints whose were met. */
export function RosterShares({ problem, roster, names }: RosterSharesProps) {
  const t = useText()
  const format = useFormat()
  const shares = sharesOf(problem, roster)
  const hasWishes = shares.some(({ wishes }) => wishes > 0)
  const hasCalls = problem.shifts.some(({ isOnCall }) => isOnCall)
  const columns = ['shifts', 'nights', 'weekends', ...(hasCalls ? (['onCall'] as const) : [])] as const
  return (
    <Section title={t('roster.shares')} note={t('roster.shares-note')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('roster.shares')}>
        <table className={styles.shares}>
          <thead>
            <tr>
              <th scope="col">{t('roster.officer')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`roster.share.${column}`)}
                </th>
              ))}
              {hasWishes && (
                <th scope="col" className={styles.unprinted}>
                  {t('roster.share.wishes')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shares.map((share) => (
              <tr key={share.person}>
                <th scope="row">{names.person(share.person)}</th>
                {columns.map((column) => (
                  <td key={column}>{format.plain(share[column])}</td>
                ))}
                {hasWishes && (
                  <td className={styles.unprinted}>
                    {share.wishes > 0 && t('roster.wishes-met', { met: share.met, count: share.wishes })}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  )
}
