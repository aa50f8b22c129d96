import { PersonKey, StreamId } from '@lentera/core/shared/ids'
import { accept, type Refusal } from '@lentera/core/shared/refusals'
import { rememberMapping } from '@lentera/core/sheets/capture'
import { type Mapping, suggest } from '@lentera/core/sheets/mapping'
import { projectMapping } from '@lentera/core/sheets/project'
import { type AttendanceField, attendanceFields } from '@lentera/core/training/attendance-fields'
import { type AttendanceFile, readAttendance, recalled } from '@lentera/core/training/attendance-file'
import { importAttendance } from '@lentera/core/training/capture'
import type { TrainingSession } from '@lentera/core/training/project'
import { RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { type Projected, useDesk, useStreams } from '../../device/context.ts'
import { useWrite } from '../../device/use-write.ts'
import { ChooseFile } from '../sheets/choose-file.tsx'
import { both, type Opened, openForm } from '../sheets/open-form.ts'
import { AttendanceDryRun, type Said } from './attendance-dry-run.tsx'
import { AttendanceMapping } from './attendance-mapping.tsx'
import { KeepCodes } from './keep-codes.tsx'

type Stage =
  | { readonly at: 'waiting' }
  | { readonly at: 'mapping'; readonly opened: Opened; readonly mapping: Mapping<AttendanceField> }
  | ({ readonly at: 'read' | 'taken' } & Run)

export type Run = {
  readonly opened: Opened
  readonly mapping: Mapping<AttendanceField>
  readonly file: AttendanceFile
  /** The mapping is the one that the organisation remembers: nobody was asked. */
  readonly isRecalled: boolean
}

/**
 * Attendance from a CSV or workbook: chosen, mapped where the form is new, shown as it would be taken, and taken when she says so.
 * It works without a network. Of columns that are not mapped nothing leaves this screen.
 */
export function AttendanceFilePanel({ session, sessions, onDone }: AttendanceFilePanelProps) {
  const t = useText()
  const desk = useDesk()
  const known = useStreams('sheet-mapping', projectMapping)
  const [stage, setStage] = useState<Stage>({ at: 'waiting' })
  const [refused, setRefused] = useState<Refusal>()
  const { refusal, busy, write } = useWrite()

  const officers = sessions.flatMap(({ state }) => state.attendance.flatMap(({ officer }) => officer ?? []))
  const readBy = (mapping: Mapping<AttendanceField>, opened: Opened, isRecalled: boolean): void => {
    const newOfficer = () => PersonKey.parse(crypto.randomUUID())
    const read = readAttendance(opened.form, mapping, { session: session.state, officers, newOfficer })
    setRefused(read.ok ? undefined : read.refusal)
    setStage(
      read.ok ? { at: 'read', opened, mapping, file: read.value, isRecalled } : { at: 'mapping', opened, mapping },
    )
  }
  const bring = async (chosen: File): Promise<void> => {
    setRefused(undefined)
    setStage({ at: 'waiting' })
    const found = await openForm(chosen, attendanceFields, purpose, known)
    if (!found.ok) return setRefused(found.refusal)
    const { form, known: remembered } = found.value
    if (remembered?.state.mapping) readBy(recalled(form, remembered.state.mapping), found.value, true)
    else setStage({ at: 'mapping', opened: found.value, mapping: suggest(form, attendanceFields) })
  }
  const take = async (run: Run, said: Said): Promise<void> => {
    const { opened, mapping, file, isRecalled } = run
    const rows = importAttendance(session.stream, session.state, file, said)
    const command = {
      stream: StreamId.parse(crypto.randomUUID()),
      organisation: session.state.organisation,
      purpose,
      form: opened.hash,
      mapping,
    }
    const remembered = isRecalled ? accept([]) : rememberMapping(command, opened.known, desk.moment().today)
    if (await write(both(rows, remembered))) setStage({ ...run, at: 'taken' })
  }

  const shown = refused ?? refusal
  return (
    <Section title={t('training.file.title')} note={t('training.file.note')}>
      {stage.at === 'waiting' && <ChooseFile onFile={bring} onGiveUp={onDone} />}
      {stage.at === 'mapping' && (
        <AttendanceMapping
          key={stage.opened.hash}
          opened={stage.opened}
          suggested={stage.mapping}
          onSaid={(mapping) => readBy(mapping, stage.opened, false)}
          onGiveUp={onDone}
        />
      )}
      {stage.at === 'read' && (
        <AttendanceDryRun
          run={stage}
          session={session.state}
          busy={busy}
          onTake={(said) => take(stage, said)}
          onMap={() => setStage({ at: 'mapping', opened: stage.opened, mapping: stage.mapping })}
          onGiveUp={onDone}
        />
      )}
      {stage.at === 'taken' && <KeepCodes run={stage} onDone={onDone} />}
      {shown && <RefusalNotice refusal={shown} />}
    </Section>
  )
}

export type AttendanceFilePanelProps = {
  readonly session: Projected<TrainingSession>
  /** All of her organisation: an officer who comes again is found there by her code. */
  readonly sessions: readonly Projected<TrainingSession>[]
  readonly onDone: () => void
}

const purpose = 'training.attendance' as const
