import { Agency } from '@lentera/core/shared/agencies'
import { Sex } from '@lentera/core/shared/people'
import { officerCode } from '@lentera/core/shared/person-codes'
import { correctAttendance, markInError } from '@lentera/core/training/capture'
import type { Attendance, TrainingSession } from '@lentera/core/training/project'
import { ChoiceField, Section, SelectField, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import type { Projected } from '../../device/context.ts'
import { Correction } from '../records/correction.tsx'
import { RecordRow, RecordRows } from '../records/rows.tsx'
import styles from './training.module.css'

/** Who was there, by the codes that stand on the sheet; each row can be corrected, or marked as never having been. */
export function AttendanceRows({ session, isTrainer }: AttendanceRowsProps) {
  const t = useText()
  const { attendance, conflicts } = session.state
  return (
    <Section title={t('training.attendance')} note={t('training.attendance-note')}>
      <RecordRows none={t('training.attendance-none')}>
        {attendance.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={conflicts}
            correction={isTrainer ? (onDone) => <Correct session={session} row={row} onDone={onDone} /> : undefined}
          >
            <span className={styles.code}>{row.officer ? officerCode(row.officer) : t('results.unsettled')}</span>
            <span>
              {row.sex ? t(`officer.${row.sex}`) : t('results.unsettled')} ·{' '}
              {row.agency ? t(`agency.${row.agency}`) : t('results.unsettled')}
              {row.source && ` · ${t(`training.source.${row.source}`)}`}
            </span>
          </RecordRow>
        ))}
      </RecordRows>
    </Section>
  )
}

export type AttendanceRowsProps = { readonly session: Projected<TrainingSession>; readonly isTrainer: boolean }

function Correct({ session: { stream, state }, row, onDone }: CorrectProps) {
  const t = useText()
  const [sex, setSex] = useState(row.sex)
  const [agency, setAgency] = useState(row.agency)
  const decide = () => {
    const change = {
      ...(sex !== undefined && sex !== row.sex ? { sex } : {}),
      ...(agency !== undefined && agency !== row.agency ? { agency } : {}),
    }
    return correctAttendance(stream, state, row.record, change)
  }
  return (
    <Correction
      decide={decide}
      onDone={onDone}
      inError={{
        stands: row.enteredInError,
        says: t('training.in-error.row'),
        mark: (is) => markInError(stream, state, row.record, is),
      }}
    >
      <ChoiceField
        label={t('training.sex')}
        value={sex ?? null}
        choices={Sex.options.map((value) => ({ value, label: t(`officer.${value}`) }))}
        onChange={(value) => setSex(Sex.safeParse(value).data)}
      />
      <SelectField
        label={t('training.agency')}
        value={agency ?? ''}
        choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
        onChange={(value) => setAgency(Agency.safeParse(value).data)}
      />
    </Correction>
  )
}

type CorrectProps = {
  readonly session: Projected<TrainingSession>
  readonly row: Attendance
  readonly onDone: () => void
}
