import { isOver, markReportInError } from '@lentera/core/donor-report/capture'
import { type DonorReport, projectDonorReport } from '@lentera/core/donor-report/project'
import { sayReport } from '@lentera/core/donor-report/say'
import { Part } from '@lentera/core/donor-report/words'
import { StreamId } from '@lentera/core/shared/ids'
import { PrintedLanguage } from '@lentera/core/shared/languages'
import {
  EmptyState,
  LoadingState,
  OfflineState,
  PageTitle,
  RefusalNotice,
  SelectField,
  Stack,
  useFormat,
  useStaffLanguage,
  useText,
} from '@lentera/ui/parts'
import { languages } from '@lentera/ui/tokens/scripts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useDesk, useStreams } from '../../../device/context.ts'
import { useMayPlan } from '../../plan/use-plan.ts'
import { InError } from '../../records/in-error.tsx'
import { DownloadFile } from './download-file.tsx'
import styles from './report.module.css'
import { ReportPart } from './report-part.tsx'
import { useReport, useReportVoice } from './use-report.ts'

/** One report: of each objective its figures, and the text beside them. */
export function DonorReportPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const reports = useStreams('donor-report', projectDonorReport)
  const report = reports.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!report)
    return (
      <EmptyState
        title={t('donor-report.not-here')}
        action={<Link to="/results/reports">{t('donor-report.nav')}</Link>}
      >
        {t('donor-report.not-here-text')}
      </EmptyState>
    )
  return <OneReport report={report} />
}

function OneReport({ report }: { readonly report: Projected<DonorReport> }) {
  const t = useText()
  const format = useFormat()
  const own = useStaffLanguage()
  const desk = useDesk()
  const voice = useReportVoice()
  const mayWrite = useMayPlan()
  const { stream, state, unsent } = report
  const { answer, reload } = useReport(stream)
  const [language, setLanguage] = useState<PrintedLanguage>(own)
  const { phase, quarter, cutOff, enteredInError } = state
  const model = answer?.ok ? answer.value : undefined
  const said = model && sayReport(model, voice)
  const notes = said?.notes ?? [
    t('donor-report.frozen', { date: format.date(cutOff) }),
    ...(isOver(state)
      ? []
      : [t('donor-report.not-over', { quarter: format.date(quarter), date: format.date(cutOff) })]),
  ]
  return (
    <>
      <PageTitle over={<Link to="/results/reports">{t('donor-report.nav')}</Link>} under={said?.under}>
        {t('donor-report.title', { phase: t(`phase.${phase}`), quarter: format.date(quarter) })}
      </PageTitle>
      <Stack>
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
        {unsent && !model ? (
          <p className={styles.quiet}>{t('donor-report.not-sent')}</p>
        ) : answer === undefined ? (
          <LoadingState label={t('donor-report.loading')} lines={2} />
        ) : answer.ok ? (
          <DownloadFile stream={stream} unsent={unsent} />
        ) : answer.refusal.code === 'desk.offline' ? (
          <OfflineState onRetry={reload}>{t('donor-report.figures-offline')}</OfflineState>
        ) : (
          <RefusalNotice refusal={answer.refusal} />
        )}
        <div className={styles.language}>
          <SelectField
            label={t('donor-report.text-language')}
            value={language}
            onChange={(chosen) => setLanguage(PrintedLanguage.parse(chosen))}
            choices={PrintedLanguage.options.map((value) => ({ value, label: languages[value].name }))}
          />
        </div>
        {Part.options.map((part) => (
          <ReportPart
            key={`${part} ${language}`}
            report={report}
            part={part}
            language={language}
            model={model}
            said={said}
            mayWrite={mayWrite && !enteredInError}
          />
        ))}
        {mayWrite && (
          <InError
            isInError={enteredInError}
            says={t('donor-report.never-meant')}
            mark={(is) => markReportInError(stream, state, is, desk.moment().today)}
          />
        )}
      </Stack>
    </>
  )
}
