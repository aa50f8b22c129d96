import type { Action, Plan } from '@lentera/planner/plan'
import { QuietButton, Section, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import recordStyles from '../../records/records.module.css'
import { ShowMore, useShown } from '../register/show-more.tsx'
import styles from './cover.module.css'
import { type Edits, isSame, isSet, nameOfStep } from './edits.ts'
import { peopleOf, type Say, sayAction } from './say-plan.ts'
import { stepKinds } from './step-typed.ts'

type ActionListProps = {
  readonly plan: Plan
  readonly say: Say
  readonly edits: Edits
  /** Years are told apart where there is more than one. */
  readonly years: number
  /** The step whose form is open, and the form. */
  readonly changing: Action | undefined
  readonly form: ReactNode
  readonly onKeep: (action: Action) => void
  readonly onStrike: (action: Action) => void
  readonly onChange: (action: Action) => void
}

/** What is to be done, the kinds in the order in which they come first: building, training, hiring, sharing, then moves. */
export function ActionList({ plan, say, edits, years, changing, form, onKeep, onStrike, onChange }: ActionListProps) {
  const t = useText()
  const { shown, more } = useShown('')
  const all = plan.actions.toSorted((a, b) => a.year - b.year || stepKinds.indexOf(a.kind) - stepKinds.indexOf(b.kind))
  return (
    <Section title={t('cover.actions', { count: all.length })} note={t('cover.actions-note')}>
      {all.length === 0 ? (
        <p>{t('cover.actions-none')}</p>
      ) : (
        <ul className={recordStyles.rows}>
          {all.slice(0, shown).map((action) => {
            const isKept = isSet(edits, action)
            const people = peopleOf(action, say)
            const step = sayAction(action, say)
            const isChanging = changing !== undefined && isSame(changing, action)
            return (
              <li key={nameOfStep(action)}>
                <span className={styles.grow}>
                  {years > 1 && <span className={recordStyles.mark}>{t('cover.year', { year: action.year })}</span>}{' '}
                  {step}
                  {people.length > 0 && <span className={styles.who}> {people.join(', ')}</span>}
                </span>
                <QuietButton
                  aria-label={t('cover.of-step', { do: isKept ? t('cover.kept') : t('cover.keep'), step })}
                  aria-pressed={isKept}
                  onClick={() => onKeep(action)}
                >
                  {isKept ? t('cover.kept') : t('cover.keep')}
                </QuietButton>
                <QuietButton
                  aria-label={t('cover.of-step', { do: t('cover.hand.change'), step })}
                  aria-expanded={isChanging}
                  onClick={() => onChange(action)}
                >
                  {t('cover.hand.change')}
                </QuietButton>
                <QuietButton
                  aria-label={t('cover.of-step', { do: t('cover.strike'), step })}
                  onClick={() => onStrike(action)}
                >
                  {t('cover.strike')}
                </QuietButton>
                {isChanging && <div className={styles.whole}>{form}</div>}
              </li>
            )
          })}
        </ul>
      )}
      <ShowMore shown={shown} count={all.length} onMore={more} />
    </Section>
  )
}
