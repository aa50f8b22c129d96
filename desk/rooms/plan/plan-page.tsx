import { objectives } from '@lentera/core/results/framework'
import { type Indicator, indicators } from '@lentera/core/results/indicators'
import { DataTable, PageTitle, Stack, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { Phases } from './phases.tsx'
import styles from './plan.module.css'
import { sayBaseline, sayPeriod, sayTarget } from './say.ts'
import { type Plan, standing, usePlan } from './use-plan.ts'

/** The results framework as it is planned: phases, then objective, outcome and output down to each indicator. */
export function PlanPage() {
  const t = useText()
  const plan = usePlan()
  return (
    <>
      <PageTitle over={<Link to="/results">{t('plan.board')}</Link>} under={t('plan.under')}>
        {t('plan.title')}
      </PageTitle>
      <Stack>
        <Phases plan={plan} />
        {objectives.map(({ number, outcomes }) => (
          <section key={number} className={styles.objective} aria-label={t(`objective.${number}`)}>
            <h2 className={styles.heading}>{t(`objective.${number}`)}</h2>
            {outcomes.map(({ key, outputs }) => (
              <section key={key} className={styles.objective} aria-label={t(`outcome.${key}`)}>
                <h3 className={styles.outcome}>{t(`outcome.${key}`)}</h3>
                {outputs.map((output) => (
                  <Output
                    key={output.key}
                    caption={t(`output.${output.key}`)}
                    told={output.indicators.flatMap((each) => indicators.filter((one) => one.key === each))}
                    plan={plan}
                  />
                ))}
              </section>
            ))}
          </section>
        ))}
      </Stack>
    </>
  )
}

type OutputProps = { readonly caption: string; readonly told: readonly Indicator[]; readonly plan: Plan }

function Output({ caption, told, plan }: OutputProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const baselineOf = ({ key }: Indicator): string => {
    const baseline = standing(plan.baselines, ({ indicator }) => indicator === key)
    return baseline ? sayBaseline(baseline, t, format) : t('plan.not-given')
  }
  const targetsOf = ({ key }: Indicator): string => {
    const targets = plan.targets.filter(({ state }) => state.indicator === key && !state.enteredInError)
    if (targets.length === 0) return t('plan.not-given')
    return targets
      .map(({ state }) => `${sayPeriod(state.period, t, format)}: ${sayTarget(state, t, format)}`)
      .join('; ')
  }
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        caption={caption}
        rows={told}
        keyOf={({ key }) => key}
        stacks
        onOpenRow={({ key }) => navigate({ to: '/results/plan/$indicator', params: { indicator: key } })}
        columns={[
          { id: 'indicator', label: t('plan.indicator'), value: ({ key }) => t(`indicator.${key}`) },
          { id: 'baseline', label: t('plan.baseline'), value: baselineOf },
          { id: 'target', label: t('plan.target'), value: targetsOf },
        ]}
      />
    </div>
  )
}
