import { type DonorReport, projectDonorReport } from '@lentera/core/donor-report/project'
import {
  LoadingState,
  OfflineState,
  PageTitle,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { type Projected, useStreams } from '../../../device/context.ts'
import { useMayPlan } from '../../plan/use-plan.ts'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import { NewReport } from './new-report.tsx'
import styles from './report.module.css'
import { useChoices } from './use-report.ts'

/** The reports of the organisation, and the way to open one. */
export function DonorReportsPage() {
  const t = useText()
  const mayWrite = useMayPlan()
  const reports = useStreams('donor-report', projectDonorReport)
  return (
    <>
      <PageTitle over={<Link to="/results">{t('plan.board')}</Link>} under={t('donor-report.list-under')}>
        {t('donor-report.nav')}
      </PageTitle>
      <Stack>
        <Section title={t('donor-report.reports')}>
          <RecordRows none={t('donor-report.none-yet')}>
            {[...reports].sort(byQuarter).map((report) => (
              <Row key={report.stream} report={report} />
            ))}
          </RecordRows>
        </Section>
        {mayWrite && <Opening reports={reports.map(({ state }) => state)} />}
      </Stack>
    </>
  )
}

/** The newest quarter first, and of one quarter the newest figures. */
const byQuarter = ({ state: a }: Projected<DonorReport>, { state: b }: Projected<DonorReport>): number =>
  `${a.quarter} ${a.cutOff}` < `${b.quarter} ${b.cutOff}` ? 1 : -1

function Row({ report: { stream, state, unsent } }: { readonly report: Projected<DonorReport> }) {
  const t = useText()
  const format = useFormat()
  const { phase, quarter, cutOff, opening: record, enteredInError, conflicts } = state
  return (
    <RecordRow
      row={{ record, enteredInError }}
      // One stream is one report: whatever two answers stand for is of it.
      conflicts={conflicts.map((each) => ({ ...each, record }))}
    >
      <Link to="/results/reports/$stream" params={{ stream }} className={styles.name}>
        {t('donor-report.title', { phase: t(`phase.${phase}`), quarter: format.date(quarter) })}
      </Link>
      <span className={styles.quiet}>{t('donor-report.as-of', { date: format.date(cutOff) })}</span>
      {unsent && <span className={styles.quiet}>{t('support.unsent')}</span>}
    </RecordRow>
  )
}

function Opening({ reports }: { readonly reports: readonly DonorReport[] }) {
  const t = useText()
  const { answer, reload } = useChoices()
  return (
    <Section title={t('donor-report.new')}>
      {answer === undefined ? (
        <LoadingState lines={2} />
      ) : answer.ok ? (
        <NewReport choices={answer.value} reports={reports} />
      ) : answer.refusal.code === 'desk.offline' ? (
        <OfflineState onRetry={reload}>{t('donor-report.choices-offline')}</OfflineState>
      ) : (
        <RefusalNotice refusal={answer.refusal} />
      )}
    </Section>
  )
}
