import type { Action, Plan } from '@lentera/planner/plan'
import { QuietButton, Section, useText } from '@lentera/ui/parts'
import recordStyles from '../../records/records.module.css'
import styles from './cover.module.css'
import { isSame } from './edits.ts'
import { peopleOf, type Say, sayAction } from './say-plan.ts'

type ActionListProps = {
  readonly plan: Plan
  readonly say: Say
  readonly fixed: readonly Action[]
  /** Years are told apart where there is more than one. */
  readonly years: number
  readonly onKeep: (action: Action) => void
  readonly onStrike: (action: Action) => void
}

/** What is to be done, the kinds in the order in which they come first: building, training, hiring, sharing, then moves. */
export function ActionList({ plan, say, fixed, years, onKeep, onStrike }: ActionListProps) {
  const t = useText()
  const all = plan.actions.toSorted((a, b) => a.year - b.year || order.indexOf(a.kind) - order.indexOf(b.kind))
  return (
    <Section title={t('cover.actions', { count: all.length })} note={t('cover.actions-note')}>
      {all.length === 0 ? (
        <p>{t('cover.actions-none')}</p>
      ) : (
        <ul className={recordStyles.rows}>
          {all.map((action) => {
            const isKept = fixed.some((each) => isSame(each, action))
            const people = peopleOf(action, say)
            return (
              <li key={keyOf(action)}>
                <span className={styles.grow}>
                  {years > 1 && <span className={recordStyles.mark}>{t('cover.year', { year: action.year })}</span>}{' '}
                  {sayAction(action, say)}
                  {people.length > 0 && <span className={styles.who}> {people.join(', ')}</span>}
                </span>
                <QuietButton aria-pressed={isKept} onClick={() => onKeep(action)}>
                  {isKept ? t('cover.kept') : t('cover.keep')}
                </QuietButton>
                <QuietButton onClick={() => onStrike(action)}>{t('cover.strike')}</QuietButton>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}

const order: readonly Action['kind'][] = ['facility', 'train', 'hire', 'pool', 'move', 'day-only']

const keyOf = (action: Action): string => JSON.stringify({ ...action, cost: 0 })
