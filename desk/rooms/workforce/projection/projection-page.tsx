import { refuse } from '@lentera/core/shared/refusals'
import { projectFlow } from '@lentera/core/workforce/flow/project'
import { type Headcount, projectHeadcount } from '@lentera/core/workforce/project'
import {
  checkProjection,
  expectedYears,
  leversOf,
  missingOf,
  type ProjectionProblem,
  problemFrom,
  shareOf,
  withLevers,
} from '@lentera/planner/projection'
import {
  EmptyState,
  LoadingState,
  PageTitle,
  RefusalNotice,
  SelectField,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Projected, useStreams } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import recordStyles from '../../records/records.module.css'
import { sayCode } from '../../records/say.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { Assumptions } from './assumptions.tsx'
import { assumedIn, ceilingIn, leversIn, scenariosIn, targetIn, yearsAhead } from './decisions.ts'
import { gather, startingPoints } from './evidence.ts'
import { LeverFields, Target } from './levers.tsx'
import { Outlook, RanksThen, type Rests, Then, WhatItNeeds } from './outlook.tsx'
import styles from './projection.module.css'
import { Scenarios } from './scenarios.tsx'
import { useProjection } from './use-projection.ts'

/** In years to come: from the newest headcount and what is known of who comes, rises and leaves. */
export function ProjectionPage() {
  const t = useText()
  const headcounts = useStreams('headcount', projectHeadcount)
  const points = useMemo(() => startingPoints(headcounts), [headcounts])
  const form = useKeptForm('projection')
  const chosen = points.find(({ stream }) => stream === form.typed.from) ?? points[0]
  if (!form.ready) return <LoadingState />
  if (!chosen)
    return (
      <>
        <Title />
        <EmptyState
          title={t('projection.nothing')}
          action={<Link to="/workforce/headcounts/new">{t('workforce.headcount.new')}</Link>}
        >
          {t('projection.nothing-text')}
        </EmptyState>
      </>
    )
  return <FromHere points={points} chosen={chosen} typed={form.typed} set={form.set} />
}

function Title({ under }: { readonly under?: string }) {
  const t = useText()
  return (
    <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={under ?? t('projection.under')}>
      {t('projection.title')}
    </PageTitle>
  )
}

type From = { readonly points: readonly Projected<Headcount>[]; readonly chosen: Projected<Headcount> }

/** What it starts from, what is missing of that, and then the years. */
function FromHere({ points, chosen, typed, set }: From & Typing) {
  const t = useText()
  const format = useFormat()
  const flows = useStreams('workforce-flow', projectFlow)
  const gathered = useMemo(
    () =>
      gather(
        chosen.state,
        flows.map(({ state }) => state),
      ),
    [chosen, flows],
  )
  const missing = useMemo(() => missingOf(gathered.evidence), [gathered])
  const { firstYear, evidence } = gathered
  const base = useMemo(() => {
    const frame = { ceiling: ceilingIn(typed), growth: 0, firstYear, years: yearsAhead, target: null }
    const made = problemFrom(evidence, assumedIn(typed, missing), frame)
    if (!made.ok) return made
    const shareNow = shareOf(expectedYears({ ...made.value, years: 1 })[0])
    return checkProjection({ ...made.value, target: targetIn(typed, firstYear, shareNow) })
  }, [typed, missing, evidence, firstYear])
  const rests = { headcount: chosen.state, gathered, missing }
  return (
    <>
      <Title />
      <Stack>
        <SelectField
          label={t('projection.from')}
          why={t('projection.from-why')}
          value={chosen.stream}
          choices={points.map(({ stream, state }) => ({
            value: stream,
            label: [
              sayCode((code) => t(`agency.${code}`), state.agency, t),
              format.date(state.on),
              state.source ?? '',
            ].join(' · '),
          }))}
          onChange={(value) => set('from', value)}
        />
        <Assumptions missing={missing} typed={typed} set={set} />
        {base.ok ? (
          <Years base={base.value} rests={rests} typed={typed} set={set} />
        ) : (
          <RefusalNotice refusal={base.refusal} />
        )}
      </Stack>
      <p className={recordStyles.quiet}>{t('projection.stays')}</p>
    </>
  )
}

function Years({ base, rests, typed, set }: Typing & { readonly base: ProjectionProblem; readonly rests: Rests }) {
  const levers = useMemo(() => leversIn(typed, leversOf(base)), [typed, base])
  // One that another headcount makes impossible is left out.
  const scenarios = useMemo(
    () => scenariosIn(typed).filter((scenario) => checkProjection(withLevers(base, scenario.levers)).ok),
    [typed, base],
  )
  const checked = useMemo(() => checkProjection(withLevers(base, levers)), [base, levers])
  const problems = useMemo(
    () => (checked.ok ? [checked.value, ...scenarios.map((scenario) => withLevers(base, scenario.levers))] : []),
    [checked, scenarios, base],
  )
  const { answers, isStopped } = useProjection(problems)
  const [answer, ...others] = answers
  return (
    <div className={styles.years}>
      <Stack>
        <Target problem={base} set={set} />
        <LeverFields base={base} levers={levers} typed={typed} set={set} />
        {checked.ok && answer && <Then problem={checked.value} answer={answer} />}
      </Stack>
      <Stack>
        {!checked.ok && <RefusalNotice refusal={checked.refusal} />}
        {isStopped && <RefusalNotice refusal={stopped.refusal} />}
        {checked.ok && !answer && !isStopped && <LoadingState />}
        {checked.ok && answer && (
          <>
            <WhatItNeeds problem={checked.value} answer={answer} />
            <Outlook
              base={base}
              problem={checked.value}
              answer={answer}
              scenarios={scenarios}
              answers={others}
              rests={rests}
            />
            <RanksThen problem={checked.value} answer={answer} />
            <Scenarios
              scenarios={scenarios}
              levers={levers}
              problem={checked.value}
              answers={answers}
              onChange={(kept) => set('scenarios', JSON.stringify(kept))}
            />
          </>
        )}
      </Stack>
    </div>
  )
}

const stopped = refuse('projection.stopped')
