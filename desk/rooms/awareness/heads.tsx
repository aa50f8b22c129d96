import { correctHeads, countHeads, markOutreachInError } from '@lentera/core/awareness/outreach/capture'
import type { Headcount, OutreachSession } from '@lentera/core/awareness/outreach/project'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import {
  Actions,
  EmptyState,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import type { Projected } from '../../device/context.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import styles from './awareness.module.css'
import { typedNumber } from './awareness-words.ts'

const groups = Sex.options.flatMap((sex) =>
  AgeGroup.options.map((age) => ({ sex, age, name: `${sex}-${age}` as const })),
)
/** Those that most sessions have; the others open on a touch. */
const usual: readonly string[] = ['female-adult', 'female-child', 'male-adult', 'male-child']

/** How many were there, a field a group. What is typed is kept from the first touch. */
export function HeadsForm({ session: { stream, state }, onDone }: HeadsFormProps) {
  const t = useText()
  const form = useKeptForm(`heads ${stream}`)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const counted = state.headcounts.filter(({ enteredInError }) => !enteredInError)
  const open = groups.filter(({ sex, age }) => !counted.some((each) => each.sex === sex && each.age === age))
  const leave = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    const typed = open.map(({ sex, age, name }) => ({ sex, age, heads: typedNumber(form.typed[name]) }))
    if (await write(countHeads(stream, state, typed))) await leave()
  }
  const fields = (isUsual: boolean) => (
    <div className={styles.numbers}>
      {open
        .filter(({ name }) => usual.includes(name) === isUsual)
        .map(({ name }) => (
          <TextField
            key={name}
            label={t(`awareness.group.${name}`)}
            inputMode="numeric"
            value={form.typed[name] ?? ''}
            onChange={(typed) => form.set(name, typed)}
          />
        ))}
    </div>
  )
  return (
    <Section title={t('awareness.heads.begin')} note={t('awareness.heads.note')}>
      <Form label={t('awareness.heads.begin')} onSubmit={save}>
        {fields(true)}
        <details>
          <summary className={styles.more}>{t('awareness.heads.others')}</summary>
          {fields(false)}
        </details>
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('awareness.heads.save')}
          </NextButton>
          <QuietButton onClick={leave}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}

export type HeadsFormProps = { readonly session: Projected<OutreachSession>; readonly onDone: () => void }

/** What was counted; each row can be corrected, or marked as never having been. */
export function HeadRows({ session, isWriter }: RowsProps) {
  const t = useText()
  const format = useFormat()
  const [correcting, setCorrecting] = useState<string>()
  const { headcounts, conflicts } = session.state
  return (
    <Section title={t('awareness.heads')} note={t('awareness.heads-note')}>
      {headcounts.length === 0 ? (
        <EmptyState title={t('awareness.heads-none')} />
      ) : (
        <ul className={styles.rows}>
          {headcounts.map((row) => (
            <li key={row.record} className={row.enteredInError ? styles.gone : undefined}>
              <span className={styles.count}>{format.number(row.heads)}</span>
              <span>{t(`awareness.group.${row.sex}-${row.age}`)}</span>
              {conflicts.some(({ record }) => record === row.record) && (
                <span className={styles.mark}>{t('support.two-versions')}</span>
              )}
              {row.enteredInError && <span className={styles.mark}>{t('support.entered-in-error')}</span>}
              {isWriter && correcting !== row.record && (
                <QuietButton onClick={() => setCorrecting(row.record)}>{t('awareness.correct')}</QuietButton>
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

export type RowsProps = { readonly session: Projected<OutreachSession>; readonly isWriter: boolean }

function Correct({ session: { stream, state }, row, onDone }: CorrectProps) {
  const t = useText()
  const [typed, setTyped] = useState(String(row.heads))
  const { refusal, busy, write } = useWrite()
  const save = async (): Promise<void> => {
    if (await write(correctHeads(stream, state, row.record, typedNumber(typed)))) onDone()
  }
  const mark = async (): Promise<void> => {
    if (await write(markOutreachInError(stream, state, row.record, !row.enteredInError))) onDone()
  }
  return (
    <Form label={t('awareness.correct')} onSubmit={save}>
      <TextField
        label={t(`awareness.group.${row.sex}-${row.age}`)}
        inputMode="numeric"
        value={typed}
        onChange={setTyped}
      />
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('support.save')}
        </NextButton>
        <QuietButton disabled={busy} onClick={mark}>
          {row.enteredInError ? t('records.restore') : t('awareness.in-error.row')}
        </QuietButton>
        <QuietButton onClick={onDone}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

type CorrectProps = {
  readonly session: Projected<OutreachSession>
  readonly row: Headcount
  readonly onDone: () => void
}
