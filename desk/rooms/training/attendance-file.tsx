import { PersonKey } from '@lentera/core/shared/ids'
import { suggest } from '@lentera/core/sheets/mapping'
import { type AttendanceField, attendanceFields } from '@lentera/core/training/attendance-fields'
import { type AttendanceFile, readAttendance, recalledAttendance } from '@lentera/core/training/attendance-file'
import { importAttendance } from '@lentera/core/training/capture'
import type { TrainingSession } from '@lentera/core/training/project'
import type { Translate } from '@lentera/ui/catalogues/text'
import { Section, useText } from '@lentera/ui/parts'
import type { Projected } from '../../device/context.ts'
import { FromFile, type Run } from '../sheets/from-file.tsx'
import { AttendanceDryRun } from './attendance-dry-run.tsx'
import { KeepCodes } from './keep-codes.tsx'

export type AttendanceRun = Run<AttendanceField, AttendanceFile>

/** Attendance from a CSV or workbook, into one session. */
export function AttendanceFilePanel({ session: { stream, state }, sessions, onDone }: AttendanceFilePanelProps) {
  const t = useText()
  const officers = sessions.flatMap((each) => each.state.attendance.flatMap(({ officer }) => officer ?? []))
  const newOfficer = () => PersonKey.parse(crypto.randomUUID())
  return (
    <Section title={t('training.file.title')} note={t('training.file.note')}>
      <FromFile
        purpose="training.attendance"
        organisation={state.organisation}
        columns={{
          fields: attendanceFields,
          order: ['sex', 'agency', 'code', 'heldOn', 'module', 'country'],
          sameForAll: ['sex', 'agency'],
          say: { field: (field) => t(`training.field.${field}`), code: (field, code) => sayCode(field, code, t) },
        }}
        suggest={(form) => suggest(form, attendanceFields)}
        recall={recalledAttendance}
        read={(form, mapping) => readAttendance(form, mapping, { session: state, officers, newOfficer })}
        dryRun={(run, answers) => <AttendanceDryRun run={run} session={state} answers={answers} />}
        take={(file, { withoutBadRows, isConfirmed }) =>
          importAttendance(stream, state, file, { withoutBadRows, areOthers: isConfirmed })
        }
        taken={(run) => <KeepCodes run={run} onDone={onDone} />}
        onGiveUp={onDone}
      />
    </Section>
  )
}

export type AttendanceFilePanelProps = {
  readonly session: Projected<TrainingSession>
  /** All of her organisation: an officer who comes again is found there by her code. */
  readonly sessions: readonly Projected<TrainingSession>[]
  readonly onDone: () => void
}

function sayCode(field: AttendanceField, code: string, t: Translate): string {
  switch (field) {
    case 'sex':
      return t(`officer.${code}`)
    case 'agency':
      return t(`agency.${code}`)
    case 'module':
      return t(`module.${code}`)
    case 'country':
      return t(`country.${code}`)
    default:
      return code
  }
}
