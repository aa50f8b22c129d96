import { broughtByFile } from '@lentera/core/training/capture'
import type { TrainingSession } from '@lentera/core/training/project'
import { Actions, CheckField, DataTable, NextButton, QuietButton, Stack, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { LeftInFile } from '../sheets/sheet-mapping.tsx'
import type { Run } from './attendance-file.tsx'
import styles from './training.module.css'

/** What she says before a file is taken, where it asks for it. */
export type Said = { readonly withoutBadRows: boolean; readonly areOthers: boolean }

/** A file as it would be taken: how many, which rows not and why, and what each officer without a code will get. */
export function AttendanceDryRun({ run, session, busy, onTake, onMap, onGiveUp }: AttendanceDryRunProps) {
  const t = useText()
  const format = useFormat()
  const [said, setSaid] = useState<Said>({ withoutBadRows: false, areOthers: false })
  const { opened, mapping, isRecalled, file } = run
  const { rows, bad, elsewhere } = file
  const women = rows.filter(({ sex }) => sex === 'female').length
  const made = rows.filter(({ code }) => code === 'made').length
  const before = broughtByFile(session)
  return (
    <Stack>
      <p role="status" className={styles.strong}>
        {t('training.file.read', { rows: rows.length, women, bad: bad.length })}
      </p>
      {isRecalled && opened.known && (
        <p className={styles.said}>{t('sheets.file.recalled', { on: format.date(opened.known.state.on) })}</p>
      )}
      {elsewhere > 0 && <p className={styles.said}>{t('training.file.elsewhere', { rows: elsewhere })}</p>}
      {made > 0 && <p className={styles.said}>{t('training.file.made', { officers: made })}</p>}
      <LeftInFile form={opened.form} mapping={mapping} />
      {bad.length > 0 && (
        <DataTable
          caption={t('sheets.file.bad', { rows: bad.length })}
          rows={bad}
          keyOf={({ line, reason }) => `${line} ${reason}`}
          columns={[
            { id: 'line', label: t('evidence.rows.line'), value: ({ line }) => format.plain(line) },
            {
              id: 'why',
              label: t('evidence.import.why'),
              value: ({ reason, values }) => t(`issue.attendance.${reason}`, values),
            },
          ]}
        />
      )}
      {bad.length > 0 && rows.length > 0 && (
        <CheckField
          label={t('sheets.file.leave-out', { rows: bad.length })}
          checked={said.withoutBadRows}
          onChange={(withoutBadRows) => setSaid({ ...said, withoutBadRows })}
        />
      )}
      {before > 0 && made > 0 && (
        <CheckField
          label={t('training.file.are-others', { officers: before })}
          checked={said.areOthers}
          onChange={(areOthers) => setSaid({ ...said, areOthers })}
        />
      )}
      <Actions>
        {rows.length > 0 && (
          <NextButton onClick={() => onTake(said)} disabled={busy}>
            {t('training.file.take', { officers: rows.length })}
          </NextButton>
        )}
        <QuietButton onClick={onMap} disabled={busy}>
          {t('sheets.file.map-anew')}
        </QuietButton>
        <QuietButton onClick={onGiveUp} disabled={busy}>
          {t('support.give-up')}
        </QuietButton>
      </Actions>
    </Stack>
  )
}

export type AttendanceDryRunProps = {
  readonly run: Run
  readonly session: TrainingSession
  readonly busy: boolean
  readonly onTake: (said: Said) => void
  readonly onMap: () => void
  readonly onGiveUp: () => void
}
