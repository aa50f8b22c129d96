import type { Draft } from '@lentera/core/log/draft'
import { Agency } from '@lentera/core/shared/agencies'
import { PersonKey } from '@lentera/core/shared/ids'
import { Sex } from '@lentera/core/shared/people'
import { officerCode, plainCode } from '@lentera/core/shared/person-codes'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Attended, recordAttendance } from '@lentera/core/training/capture'
import type { TrainingSession } from '@lentera/core/training/project'
import { AttendanceSource } from '@lentera/core/training/words'
import {
  Actions,
  ChoiceField,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  TextField,
  useText,
} from '@lentera/ui/parts'
import type { Projected } from '../../device/context.ts'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import styles from './training.module.css'

/**
 * A sheet of attendance, row by row from the paper: sex, kind of agency, and the code of an officer who has been there
 * before. No name is asked for. What is typed is kept from the first touch.
 */
export function AttendanceSheet({ session, sessions, onDone }: AttendanceSheetProps) {
  const t = useText()
  const form = useKeptForm(`attendance ${session.stream}`, firstRow)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const rows = rowsOf(form.typed)
  const source = sourceOf(form.typed)
  const save = async (): Promise<void> => {
    const sheet = readRows(rows, sessions)
    const decided: Decision<readonly Draft[]> = sheet.ok
      ? recordAttendance(session.stream, session.state, sheet.value, source)
      : sheet
    if (!(await write(decided))) return
    await form.forget()
    onDone()
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const last = rows.at(-1)
  return (
    <Section title={t('training.sheet.title')} note={t('training.sheet.note')}>
      <Form label={t('training.sheet.title')} onSubmit={save}>
        <ChoiceField
          label={t('training.source')}
          value={source}
          choices={(['paper', 'device'] as const).map((value) => ({ value, label: t(`training.source.${value}`) }))}
          onChange={(chosen) => form.set('source', chosen)}
        />
        {rows.map((row, i) => (
          <fieldset key={row.name} className={styles.row}>
            <legend className={styles.legend}>{t('training.sheet.officer', { number: i + 1 })}</legend>
            <ChoiceField
              label={t('training.sex')}
              value={row.sex}
              choices={Sex.options.map((value) => ({ value, label: t(`officer.${value}`) }))}
              onChange={(sex) => form.set(`${row.name} sex`, sex)}
            />
            <SelectField
              label={t('training.agency')}
              value={row.agency}
              choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
              onChange={(agency) => form.set(`${row.name} agency`, agency)}
            />
            <TextField
              label={t('training.code')}
              why={t('training.code-why')}
              optional
              value={row.code}
              onChange={(code) => form.set(`${row.name} code`, code)}
            />
          </fieldset>
        ))}
        <Actions>
          <QuietButton onClick={() => form.set(`${rows.length} agency`, last?.agency ?? '')}>
            {t('training.sheet.add')}
          </QuietButton>
          {rows.length > 1 && last && (
            <QuietButton onClick={() => form.set(`${last.name} gone`, 'yes')}>{t('training.sheet.drop')}</QuietButton>
          )}
        </Actions>
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('training.sheet.save', { count: rows.length })}
          </NextButton>
          <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}

export type AttendanceSheetProps = {
  readonly session: Projected<TrainingSession>
  /** All of her organisation: an officer who comes again is found there by her code. */
  readonly sessions: readonly Projected<TrainingSession>[]
  readonly onDone: () => void
}

const firstRow: Typed = { '0 agency': '' }

type Row = { readonly name: string; readonly sex: string | null; readonly agency: string; readonly code: string }

const sourceOf = ({ source }: Typed): AttendanceSource => AttendanceSource.safeParse(source).data ?? 'paper'

function rowsOf(typed: Typed): readonly Row[] {
  const names = new Set(Object.keys(typed).flatMap((field) => /^\d+(?= )/.exec(field) ?? []))
  return [...names]
    .filter((name) => typed[`${name} gone`] !== 'yes')
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => ({
      name,
      sex: typed[`${name} sex`] || null,
      agency: typed[`${name} agency`] ?? '',
      code: typed[`${name} code`] ?? '',
    }))
}

/** Refused: `training.row-incomplete` {row}, `training.code-unknown` {row, code}. */
function readRows(
  rows: readonly Row[],
  sessions: readonly Projected<TrainingSession>[],
): Decision<readonly Attended[]> {
  const known = new Map(
    sessions.flatMap(({ state }) =>
      state.attendance.flatMap(({ officer }) => (officer ? [[plainCode(officerCode(officer)), officer] as const] : [])),
    ),
  )
  const sheet: Attended[] = []
  for (const [i, row] of rows.entries()) {
    const [sex, agency] = [Sex.safeParse(row.sex), Agency.safeParse(row.agency)]
    if (!sex.success || !agency.success) return refuse('training.row-incomplete', { row: i + 1 })
    const code = plainCode(row.code)
    const officer = code === '' ? PersonKey.parse(crypto.randomUUID()) : known.get(code)
    if (!officer) return refuse('training.code-unknown', { row: i + 1, code: row.code.trim() })
    sheet.push({ officer, sex: sex.data, agency: agency.data })
  }
  return { ok: true, value: sheet }
}
