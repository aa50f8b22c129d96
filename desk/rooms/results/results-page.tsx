import { datesOf } from '@lentera/core/plan/project'
import type { Figure } from '@lentera/core/results/figure'
import { objectives, phases } from '@lentera/core/results/framework'
import { CivilDate, quarterOf, yearOf } from '@lentera/core/shared/dates'
import {
  EmptyState,
  FailedState,
  LoadingState,
  OfflineState,
  PageTitle,
  QuietButton,
  RefusalNotice,
  SelectField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSnapshot } from '../../device/context.ts'
import { sayPeriod } from '../plan/say.ts'
import { usePlan } from '../plan/use-plan.ts'
import { BreakdownTables } from './breakdown-tables.tsx'
import { isPublisher } from './brochure/publishers.ts'
import { isReporter } from './donor-report/reporters.ts'
import { Door, type Opening } from './door.tsx'
import { type FiguresProps, FigureTiles } from './figure-tiles.tsx'
import { LeadChart } from './lead-chart.tsx'
import styles from './results.module.css'
import { useFigures } from './use-figures.ts'

/** The board: every figure this reader may see, of her team, her programme or the region, each a door. */
export function ResultsPage() {
  const t = useText()
  const format = useFormat()
  const { today, online, me } = useSnapshot()
  const [period, setPeriod] = useState('all')
  const { answer, reload } = useFigures(period)
  const [opening, setOpening] = useState<Opening | undefined>(undefined)
  if (!answer?.ok) {
    return (
      <>
        <PageTitle over={t('results.over')}>{t('results.title')}</PageTitle>
        {answer === undefined ? (
          <LoadingState label={t('results.loading')} />
        ) : answer.refusal.code === 'desk.offline' ? (
          <OfflineState onRetry={reload}>{t('results.offline')}</OfflineState>
        ) : (
          <FailedState onRetry={reload}>
            <RefusalNotice refusal={answer.refusal} />
          </FailedState>
        )}
      </>
    )
  }
  // What others publish stands on the evidence board, apart from what is counted here.
  const figures = answer.value.filter((figure) => figure.scope !== 'published')
  const scopes = [...new Set(figures.map((figure) => figure.scope))]
  return (
    <>
      <PageTitle over={t('results.over')} under={online ? t('results.under') : t('results.under-offline')}>
        <Headline figures={figures} />
      </PageTitle>
      <div className={styles.bar}>
        <SelectField
          label={t('results.period')}
          value={period}
          empty={t('results.period.all')}
          onChange={(chosen) => setPeriod(chosen || 'all')}
          choices={[...phases.map(({ key }) => key), ...periodsTo(today)].map((value) => ({
            value,
            label: sayPeriod(value, t, format),
          }))}
        />
        <QuietButton onClick={reload}>{t('results.reload')}</QuietButton>
        <Link to="/results/plan" className={styles.plan}>
          {t('plan.open')}
        </Link>
        {isPublisher(me) && (
          <Link to="/results/brochure" className={styles.plan}>
            {t('brochure.nav')}
          </Link>
        )}
        {isReporter(me) && (
          <Link to="/results/reports" className={styles.plan}>
            {t('donor-report.nav')}
          </Link>
        )}
      </div>
      <PhaseNote period={period} />
      {scopes.length === 0 && <EmptyState title={t('results.empty')}>{t('results.empty-text')}</EmptyState>}
      {scopes.map((scope) => (
        <Scope
          key={scope}
          scope={scope}
          figures={figures.filter((figure) => figure.scope === scope)}
          onOpen={setOpening}
        />
      ))}
      {opening && (
        <Door
          key={JSON.stringify([opening.figure.key, opening.figure.scope, opening.part])}
          opening={opening}
          onClose={() => setOpening(undefined)}
        />
      )}
    </>
  )
}

/** When the phase that is shown is, as this programme says; in a regional office each country says its own. */
function PhaseNote({ period }: { readonly period: string }) {
  const t = useText()
  const format = useFormat()
  const isRegion = useSnapshot(({ me }) => me?.country === null)
  const plan = usePlan()
  if (!phases.some(({ key }) => key === period)) return null
  const planned = plan.phases.find(({ state }) => state.phase === period)
  const dates = planned && datesOf(planned.state)
  return (
    <p className={styles.note}>
      {isRegion && `${t('results.phase-of-each')} `}
      {dates
        ? t('plan.phase-range', { from: format.date(dates.from), to: format.date(dates.to) })
        : !isRegion && t(planned && !planned.state.enteredInError ? 'results.phase-disputed' : 'results.no-phase')}
    </p>
  )
}

function Headline({ figures }: { readonly figures: readonly Figure[] }) {
  const t = useText()
  const lead = figures.find((figure) => figure.key === leadKey)?.value
  return lead?.kind === 'count' && lead.count.low === lead.count.high
    ? t('results.headline', { count: lead.count.low })
    : t('results.title')
}

const leadKey = 'survivors-supported'

function Scope({
  scope,
  figures,
  onOpen,
}: {
  readonly scope: string
  readonly figures: readonly Figure[]
  readonly onOpen: (opening: Opening) => void
}) {
  const t = useText()
  const { me } = useSnapshot()
  const kind = scope.split(':')[0] ?? scope
  const name =
    kind === 'team'
      ? (me?.teamName ?? '')
      : kind === 'programme' || (kind === 'open' && me?.country)
        ? (me?.programmeName ?? '')
        : t('results.region')
  const lead = figures.find((figure) => figure.key === leadKey)
  const isLive = figures.some((figure) => figure.opensTo === 'records')
  const note = kind === 'open' ? t('results.open') : isLive ? t('results.live') : t('results.released')
  return (
    <section className={styles.scope} aria-label={name}>
      <h2 className={styles.scopeTitle}>{t(`results.scope.${kind}`, { name })}</h2>
      <p className={styles.note}>
        {note}
        {me?.country === null && ` ${t('results.two-countries')}`}
      </p>
      {kind === 'open' ? (
        objectives.map(({ number, outcomes }) => (
          <Objective
            key={number}
            number={number}
            figures={outcomes
              .flatMap(({ outputs }) => outputs.flatMap((output) => output.indicators))
              .flatMap((key) => figures.filter((figure) => figure.key === key))}
            onOpen={onOpen}
          />
        ))
      ) : (
        <>
          <FigureTiles figures={figures} onOpen={onOpen} />
          {lead && <LeadChart figure={lead} source={t('results.source', { name })} onOpen={onOpen} />}
          <BreakdownTables figures={figures} onOpen={onOpen} />
        </>
      )}
    </section>
  )
}

/** What tells of one objective, in the order of the framework; its tables are one touch away. */
function Objective({ number, figures, onOpen }: FiguresProps & { readonly number: number }) {
  const t = useText()
  if (figures.length === 0) return null
  return (
    <section className={styles.scope} aria-label={t(`objective.${number}`)}>
      <h3 className={styles.objective}>{t(`objective.${number}`)}</h3>
      <FigureTiles figures={figures} onOpen={onOpen} />
      <details>
        <summary className={styles.more}>{t('results.tables')}</summary>
        <BreakdownTables figures={figures} onOpen={onOpen} />
      </details>
    </section>
  )
}

/** This year and the last, and the quarters of the past twelve months, newest first. */
function periodsTo(today: CivilDate | undefined): readonly CivilDate[] {
  const quarter = today && quarterOf(today)
  if (!today || !quarter) return []
  const year = Number(yearOf(today))
  const at = year * 4 + Number(quarter[6]) - 1
  const quarters = [0, 1, 2, 3].map((back) => `${Math.floor((at - back) / 4)}-Q${((at - back) % 4) + 1}`)
  return [String(year), String(year - 1), ...quarters].map((period) => CivilDate.parse(period))
}
