import { correctHeads, countHeads, markOutreachInError } from '@lentera/core/awareness/outreach/capture'
import type { Headcount, OutreachSession } from '@lentera/core/awareness/outreach/project'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import {
  Actions,
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
import { Correction } from '../records/correction.tsx'
import { RecordRow, RecordRows } from '../records/rows.tsx'
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
  const { headcounts, conflicts } = session.state
  return (
    <Section title={t('awareness.heads')} note={t('awareness.heads-note')}>
      <RecordRows none={t('awareness.heads-none')}>
        {headcounts.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={conflicts}
            correction={isWriter ? (onDone) => <Correct session={session} row={row} onDone={onDone} /> : undefined}
          >
            <span className={styles.count}>{format.number(row.heads)}</span>
            <span>{t(`awareness.group.${row.sex}-${row.age}`)}</span>
          </RecordRow>
        ))}
      </RecordRows>
    </Section>
  )
}

export type RowsProps = { readonly session: Projected<OutreachSession>; readonly isWriter: boolean }

function Correct({ session: { stream, state }, row, onDone }: CorrectProps) {
  const t = useText()
  const [typed, setTyped] = useState(String(row.heads))
  const decide = () => {
    return correctHeads(stream, state, row.record, typedNumber(typed))
  }
  return (
    <Correction
      decide={decide}
      onDone={onDone}
      inError={{
        stands: row.enteredInError,
        says: t('awareness.in-error.row'),
        mark: (is) => markOutreachInError(stream, state, row.record, is),
      }}
    >
      <TextField
        label={t(`awareness.group.${row.sex}-${row.age}`)}
        inputMode="numeric"
        value={typed}
        onChange={setTyped}
      />
    </Correction>
  )
}

type CorrectProps = {
  readonly session: Projected<OutreachSession>
  readonly row: Headcount
  readonly onDone: () => void
}
