import { Agency } from '@lentera/core/shared/agencies'
import { Sex } from '@lentera/core/shared/people'
import { correctAttendance, markInError } from '@lentera/core/training/capture'
import { officerCode } from '@lentera/core/training/officer-code'
import type { Attendance, TrainingSession } from '@lentera/core/training/project'
import {
  Actions,
  ChoiceField,
  EmptyState,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import type { Projected } from '../../device/context.ts'
import { useWrite } from '../../device/use-write.ts'
import styles from './training.module.css'

/** Who was there, by the codes that stand on the sheet; each row can be corrected, or marked as never having been. */
export function AttendanceRows({ session, isTrainer }: AttendanceRowsProps) {
  const t = useText()
  const [correcting, setCorrecting] = useState<string>()
  const { attendance, conflicts } = session.state
  return (
    <Section title={t('training.attendance')} note={t('training.attendance-note')}>
      {attendance.length === 0 ? (
        <EmptyState title={t('training.attendance-none')} />
      ) : (
        <ul className={styles.rows}>
          {attendance.map((row) => (
            <li key={row.record} className={row.enteredInError ? styles.gone : undefined}>
              <span className={styles.code}>{row.officer ? officerCode(row.officer) : t('results.unsettled')}</span>
              <span>
                {row.sex ? t(`officer.${row.sex}`) : t('results.unsettled')} ·{' '}
                {row.agency ? t(`agency.${row.agency}`) : t('results.unsettled')}
              </span>
              {conflicts.some(({ record }) => record === row.record) && (
                <span className={styles.mark}>{t('support.two-versions')}</span>
              )}
              {row.enteredInError && <span className={styles.mark}>{t('support.entered-in-error')}</span>}
              {isTrainer && correcting !== row.record && (
                <QuietButton onClick={() => setCorrecting(row.record)}>{t('training.correct')}</QuietButton>
              )}
              {correcting === row.record && (
                <Correct session={session} row={row} onDone={() => setCorrecting(undefined)} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export type AttendanceRowsProps = { readonly session: Projected<TrainingSession>; readonly isTrainer: boolean }

function Correct({ session: { stream, state }, row, onDone }: CorrectProps) {
  const t = useText()
  const [sex, setSex] = useState(row.sex)
  const [agency, setAgency] = useState(row.agency)
  const { refusal, busy, write } = useWrite()
  const save = async (): Promise<void> => {
    const change = {
      ...(sex !== undefined && sex !== row.sex ? { sex } : {}),
      ...(agency !== undefined && agency !== row.agency ? { agency } : {}),
    }
    if (await write(correctAttendance(stream, state, row.record, change))) onDone()
  }
  const mark = async (): Promise<void> => {
    if (await write(markInError(stream, state, row.record, !row.enteredInError))) onDone()
  }
  return (
    <Form label={t('training.correct')} onSubmit={save}>
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
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('support.save')}
        </NextButton>
        <QuietButton disabled={busy} onClick={mark}>
          {row.enteredInError ? t('records.restore') : t('training.in-error.row')}
        </QuietButton>
        <QuietButton onClick={onDone}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

type CorrectProps = {
  readonly session: Projected<TrainingSession>
  readonly row: Attendance
  readonly onDone: () => void
}
