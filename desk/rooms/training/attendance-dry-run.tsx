import { attendanceFields } from '@lentera/core/training/attendance-fields'
import { broughtByFile } from '@lentera/core/training/capture'
import type { TrainingSession } from '@lentera/core/training/project'
import { useFormat, useText } from '@lentera/ui/parts'
import { DryRun, type DryRunAnswers } from '../sheets/dry-run.tsx'
import { useSayNumberedDates } from '../sheets/say-dates.ts'
import { LeftInFile } from '../sheets/sheet-mapping.tsx'
import type { AttendanceRun } from './attendance-file.tsx'

/** A file as it would be taken: how many, which rows not and why, and what each officer without a code will get. */
export function AttendanceDryRun({ run, session, answers }: AttendanceDryRunProps) {
  const t = useText()
  const format = useFormat()
  const sayNumberedDates = useSayNumberedDates()
  const { opened, mapping, isRecalled, file } = run
  const { rows, bad, elsewhere } = file
  const women = rows.filter(({ sex }) => sex === 'female').length
  const made = rows.filter(({ code }) => code === 'made').length
  const before = broughtByFile(session)
  return (
    <DryRun
      {...answers}
      says={t('training.file.read', { rows: rows.length, women, bad: bad.length })}
      notes={[
        ...(isRecalled && opened.known ? [t('sheets.file.recalled', { on: format.date(opened.known.state.on) })] : []),
        ...sayNumberedDates(opened.form, attendanceFields, mapping),
        ...(elsewhere > 0 ? [t('training.file.elsewhere', { rows: elsewhere })] : []),
        ...(made > 0 ? [t('training.file.made', { officers: made })] : []),
      ]}
      left={<LeftInFile form={opened.form} mapping={mapping} />}
      bad={bad.map(({ line, reason, values }) => ({ line, why: t(`issue.attendance.${reason}`, values) }))}
      good={{ count: rows.length, take: t('training.file.take', { officers: rows.length }) }}
      confirm={before > 0 && made > 0 ? t('training.file.are-others', { officers: before }) : undefined}
    />
  )
}

export type AttendanceDryRunProps = {
  readonly run: AttendanceRun
  readonly session: TrainingSession
  readonly answers: DryRunAnswers
}
