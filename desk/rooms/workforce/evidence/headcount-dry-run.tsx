import type { SaidOfFile } from '@lentera/core/workforce/capture'
import type { FileHeadcount } from '@lentera/core/workforce/headcount-file'
import {
  Actions,
  CheckField,
  DataTable,
  exact,
  NextButton,
  QuietButton,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { LeftInFile } from '../../sheets/sheet-mapping.tsx'
import styles from './evidence.module.css'
import type { Run } from './headcount-file-page.tsx'

/** A file as it would be taken: each headcount with its share, which rows not and why, and what is there already. */
export function HeadcountDryRun({ run: { opened, mapping, file, isRecalled }, busy, ...on }: HeadcountDryRunProps) {
  const t = useText()
  const format = useFormat()
  const [said, setSaid] = useState<SaidOfFile>({ withoutBadRows: false, areDifferent: false })
  const { headcounts, bad, known, addedUp, elsewhere } = file
  return (
    <Stack>
      <p role="status" className={styles.strong}>
        {t('workforce.file.read', { headcounts: headcounts.length, bad: bad.length })}
      </p>
      {isRecalled && opened.known && (
        <p className={styles.said}>{t('sheets.file.recalled', { on: format.date(opened.known.state.on) })}</p>
      )}
      {known > 0 && <p className={styles.said}>{t('workforce.file.known', { headcounts: known })}</p>}
      {elsewhere > 0 && <p className={styles.said}>{t('workforce.file.elsewhere', { rows: elsewhere })}</p>}
      <LeftInFile form={opened.form} mapping={mapping} />
      {headcounts.length > 0 && <Headcounts headcounts={headcounts} />}
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
              value: ({ reason, values }) => t(`issue.headcount.${reason}`, values),
            },
          ]}
        />
      )}
      {bad.length > 0 && headcounts.length > 0 && (
        <CheckField
          label={t('sheets.file.leave-out', { rows: bad.length })}
          checked={said.withoutBadRows}
          onChange={(withoutBadRows) => setSaid({ ...said, withoutBadRows })}
        />
      )}
      {addedUp > 0 && (
        <CheckField
          label={t('workforce.file.are-different', { lines: addedUp })}
          checked={said.areDifferent}
          onChange={(areDifferent) => setSaid({ ...said, areDifferent })}
        />
      )}
      <Actions>
        {headcounts.length > 0 && (
          <NextButton onClick={() => on.onTake(said)} disabled={busy}>
            {t('workforce.file.take', { headcounts: headcounts.length })}
          </NextButton>
        )}
        <QuietButton onClick={on.onMap} disabled={busy}>
          {t('sheets.file.map-anew')}
        </QuietButton>
        <QuietButton onClick={on.onGiveUp} disabled={busy}>
          {t('support.give-up')}
        </QuietButton>
      </Actions>
    </Stack>
  )
}

export type HeadcountDryRunProps = {
  readonly run: Run
  readonly busy: boolean
  readonly onTake: (said: SaidOfFile) => void
  readonly onMap: () => void
  readonly onGiveUp: () => void
}

function Headcounts({ headcounts }: { readonly headcounts: readonly FileHeadcount[] }) {
  const t = useText()
  const format = useFormat()
  const women = ({ rows }: FileHeadcount): number => rows.reduce((sum, row) => sum + row.women, 0)
  const all = ({ rows }: FileHeadcount): number =>
    rows.reduce((sum, row) => sum + row.women + row.men + row.unrecorded, 0)
  return (
    <DataTable
      caption={t('workforce.file.headcounts', { headcounts: headcounts.length })}
      rows={headcounts}
      keyOf={({ lines }) => lines.join()}
      columns={[
        {
          id: 'of',
          label: t('workforce.place'),
          value: ({ agency, unit, place }) =>
            [
              t(`workforce.place.${place}`),
              t(`agency.${agency}`),
              ...(unit === 'all' ? [] : [t(`workforce.unit.${unit}`)]),
            ].join(', '),
        },
        {
          id: 'share',
          label: t('workforce.share'),
          value: (each) => format.percent((100 * women(each)) / all(each), 1),
          align: 'end',
        },
        { id: 'women', label: t('workforce.count.women'), value: (each) => exact(women(each)) },
        { id: 'all', label: t('workforce.count.all'), value: (each) => exact(all(each)) },
        { id: 'on', label: t('workforce.counted-on'), value: ({ on }) => format.date(on) },
        { id: 'source', label: t('workforce.source'), value: ({ source }) => source },
      ]}
    />
  )
}
