import type { HumaneOption } from '@lentera/planner/plan'
import { QuietButton, useFormat, useText } from '@lentera/ui/parts'
import { useSnapshot } from '../../../device/context.ts'
import type { Assumptions } from './assumptions.ts'
import styles from './cover.module.css'
import { OptionFacts } from './options.tsx'
import { type Say, sayAction, sayProof, sayWhy } from './say-plan.ts'

type OnePageProps = {
  readonly options: readonly HumaneOption[]
  readonly chosen: HumaneOption
  readonly assumptions: Assumptions
  readonly say: Say
}

/**
 * One page that a commissioner can sign: the gaps, three humane ways with what each costs and whom it moves, what is impossible and
 * why. Printed from this device: the server never has it. No signer is printed, only the place for one.
 */
export function OnePage({ options, chosen, assumptions, say }: OnePageProps) {
  const t = useText()
  const format = useFormat()
  const isDemonstration = useSnapshot((snapshot) => snapshot.demonstration)
  const { problem, plan } = chosen
  const impossible = plan.gaps.filter(({ why }) => why === 'impossible')
  const now = plan.before.filter(({ year }) => year === 1)
  const open = now.filter(({ covered, needed }) => covered < needed)
  return (
    <section className={styles.paper} data-page-to-sign aria-label={t('cover.page.title')}>
      {isDemonstration && <p className={styles.stamp}>{t('cover.page.demonstration')}</p>}
      <h2>{t('cover.page.title')}</h2>
      <p>
        {t('cover.page.now', {
          date: format.date(problem.startsOn),
          open: open.length,
          posts: now.length,
          shifts: format.number(Math.round(open.reduce((sum, { covered, needed }) => sum + needed - covered, 0))),
        })}
      </p>
      <div className={styles.beside}>
        {options.map((option) => (
          <div key={option.key} className={option === chosen ? styles.chosen : undefined}>
            <h3>{t(`cover.option.${option.key}`)}</h3>
            <OptionFacts option={option} currency={assumptions.currency} />
          </div>
        ))}
      </div>
      <h3>{t('cover.page.proposed', { option: t(`cover.option.${chosen.key}`) })}</h3>
      <ul>
        {plan.actions.slice(0, longest).map((action) => (
          <li key={JSON.stringify(action)}>{sayAction(action, say)}</li>
        ))}
        {plan.actions.length > longest && <li>{t('cover.page.more', { count: plan.actions.length - longest })}</li>}
      </ul>
      {plan.gaps.length > 0 && (
        <>
          <h3>{t('cover.gaps', { count: plan.gaps.length })}</h3>
          <ul>
            {[...impossible, ...plan.gaps.filter(({ why }) => why !== 'impossible')].slice(0, fewest).map((gap) => (
              <li key={gap.post}>
                {t('cover.gap', {
                  post: say.names.post(gap.post),
                  shifts: format.number(Math.ceil(gap.uncovered)),
                  why: sayWhy(gap, t),
                })}{' '}
                {sayProof(gap.proof, say).join(' ')}
              </li>
            ))}
            {plan.gaps.length > fewest && <li>{t('cover.page.more', { count: plan.gaps.length - fewest })}</li>}
          </ul>
        </>
      )}
      <p className={styles.small}>
        {t('cover.page.assumed', {
          absence: format.number(Math.round(assumptions.rules.absence * 100)),
          shifts: assumptions.rules.shiftsPerPerson,
          women: assumptions.rules.womenPerShift,
          years: assumptions.years,
          moves: t(`cover.assume.moves.${assumptions.rules.moves}`),
          minutes: assumptions.rules.onCall.minutes,
        })}
      </p>
      <div className={styles.signed}>
        <span>{t('cover.page.date')}</span>
        <span>{t('cover.page.signature')}</span>
      </div>
      <div className={styles.noPrint}>
        <QuietButton onClick={() => window.print()}>{t('cover.page.print')}</QuietButton>
      </div>
    </section>
  )
}

/** What one sheet of paper holds. The plan on the screen has the rest. */
const longest = 18
const fewest = 5
