import { toCsv } from '@lentera/core/shared/csv'
import { addedHeading } from '@lentera/core/sheets/mapping'
import { withCodes } from '@lentera/core/training/attendance-file'
import { Actions, NextButton, QuietButton, Stack, saveFile, useText } from '@lentera/ui/parts'
import type { AttendanceRun } from './attendance-file.tsx'
import styles from './training.module.css'

/**
 * The file with its codes, back to her: only there a code stands beside a name. It is saved by the browser on this device and is
 * sent nowhere.
 */
export function KeepCodes({ run: { opened, mapping, file }, onDone }: KeepCodesProps) {
  const t = useText()
  const made = file.rows.filter(({ code }) => code === 'made').length
  const save = (): void => {
    const name = `${opened.name.replace(/\.[A-Za-z]+$/, '')} - ${t('training.keep.file')}.csv`
    saveFile(name, toCsv(withCodes(opened.form, mapping, file, addedHeading)))
  }
  return (
    <Stack>
      <p role="status" className={styles.strong}>
        {t('training.keep.taken', { officers: file.rows.length })}
      </p>
      {made > 0 && <p className={styles.said}>{t('training.keep.why', { officers: made })}</p>}
      <Actions>
        {made > 0 && <NextButton onClick={save}>{t('training.keep.save')}</NextButton>}
        <QuietButton onClick={onDone}>{t('training.keep.close')}</QuietButton>
      </Actions>
    </Stack>
  )
}

export type KeepCodesProps = { readonly run: AttendanceRun; readonly onDone: () => void }
