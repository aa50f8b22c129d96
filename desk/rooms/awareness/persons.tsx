import { correctPerson, type Met, markOutreachInError, meetPersons } from '@lentera/core/awareness/outreach/capture'
import type { OutreachSession, PersonMet } from '@lentera/core/awareness/outreach/project'
import { PersonKey } from '@lentera/core/shared/ids'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { cardCode, plainCode } from '@lentera/core/shared/person-codes'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  Actions,
  ChoiceField,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  TextField,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import type { Projected } from '../../device/context.ts'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { Correction } from '../records/correction.tsx'
import { RecordRow, RecordRows } from '../records/rows.tsx'
import styles from './awareness.module.css'
import type { RowsProps } from './heads.tsx'

/**
 * Persons who want to be counted once when they come again, a row each: sex, age group, and the code of the card she has. No
 * name is asked for. What is typed is kept from the first touch.
 */
export function PersonsForm({ session, sessions, onDone }: PersonsFormProps) {
  const t = useText()
  const form = useKeptForm(`persons ${session.stream}`, firstRow)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const rows = rowsOf(form.typed)
  const last = rows.at(-1)
  const leave = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    const met = readRows(rows, sessions)
    if (await write(met.ok ? meetPersons(session.stream, session.state, met.value) : met)) await leave()
  }
  return (
    <Section title={t('awareness.persons.begin')} note={t('awareness.persons.note')}>
      <Form label={t('awareness.persons.begin')} onSubmit={save}>
        {rows.map((row, i) => (
          <fieldset key={row.name} className={styles.row}>
            <legend className={styles.legend}>{t('awareness.persons.person', { number: i + 1 })}</legend>
            <SexAndAge
              sex={row.sex}
              age={row.age}
              onSex={(sex) => form.set(`${row.name} sex`, sex)}
              onAge={(age) => form.set(`${row.name} age`, age)}
            />
            <TextField
              label={t('awareness.code')}
              why={t('awareness.code-why')}
              optional
              value={row.code}
              onChange={(code) => form.set(`${row.name} code`, code)}
            />
          </fieldset>
        ))}
        <Actions>
          <QuietButton onClick={() => form.set(`${nextName(form.typed)} sex`, last?.sex ?? '')}>
            {t('awareness.persons.add')}
          </QuietButton>
          {rows.length > 1 && last && (
            <QuietButton onClick={() => form.set(`${last.name} gone`, 'yes')}>
              {t('awareness.persons.drop')}
            </QuietButton>
          )}
        </Actions>
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('awareness.persons.save', { count: rows.length })}
          </NextButton>
          <QuietButton onClick={leave}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}

export type PersonsFormProps = {
  readonly session: Projected<OutreachSession>
  /** All of her organisation: who comes again is found there by her code. */
  readonly sessions: readonly Projected<OutreachSession>[]
  readonly onDone: () => void
}

function SexAndAge({ sex, age, onSex, onAge }: SexAndAgeProps) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('results.dimension.sex')}
        value={sex}
        choices={Sex.options.map((value) => ({ value, label: t(`sex.${value}`) }))}
        onChange={onSex}
      />
      <ChoiceField
        label={t('results.dimension.age')}
        value={age}
        choices={AgeGroup.options.map((value) => ({ value, label: t(`age.${value}`) }))}
        onChange={onAge}
      />
    </>
  )
}

type SexAndAgeProps = {
  readonly sex: string | null
  readonly age: string | null
  readonly onSex: (sex: string) => void
  readonly onAge: (age: string) => void
}

const firstRow: Typed = { '0 sex': '' }

type Row = {
  readonly name: string
  readonly sex: string | null
  readonly age: string | null
  readonly code: string
}

const namesOf = (typed: Typed): readonly string[] => [
  ...new Set(Object.keys(typed).map((field) => field.split(' ')[0] ?? '')),
]

/** One that no row had: a row that was taken away does not come back. */
const nextName = (typed: Typed): number => namesOf(typed).length

function rowsOf(typed: Typed): readonly Row[] {
  return namesOf(typed)
    .filter((name) => typed[`${name} gone`] !== 'yes')
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => ({
      name,
      sex: typed[`${name} sex`] || null,
      age: typed[`${name} age`] || null,
      code: typed[`${name} code`] ?? '',
    }))
}

/** Refused: `awareness.row-incomplete` {row}, `awareness.code-unknown` {row, code}. */
function readRows(rows: readonly Row[], sessions: readonly Projected<OutreachSession>[]): Decision<readonly Met[]> {
  const known = new Map(
    sessions.flatMap(({ state }) =>
      state.persons.flatMap(({ person }) => (person ? [[plainCode(cardCode(person)), person] as const] : [])),
    ),
  )
  const met: Met[] = []
  for (const [i, row] of rows.entries()) {
    const [sex, age] = [Sex.safeParse(row.sex), AgeGroup.safeParse(row.age)]
    if (!sex.success || !age.success) return refuse('awareness.row-incomplete', { row: i + 1 })
    const code = plainCode(row.code)
    const person = code === '' ? PersonKey.parse(crypto.randomUUID()) : known.get(code)
    if (!person) return refuse('awareness.code-unknown', { row: i + 1, code: row.code.trim() })
    met.push({ person, sex: sex.data, age: age.data })
  }
  return accept(met)
}

/** Who gave a key, by the code on her card; each row can be corrected, or marked as never having been. */
export function PersonRows({ session, isWriter }: RowsProps) {
  const t = useText()
  const { persons, conflicts } = session.state
  return (
    <Section title={t('awareness.persons.title')} note={t('awareness.persons-note')}>
      <RecordRows none={t('awareness.persons-none')}>
        {persons.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={conflicts}
            correction={isWriter ? (onDone) => <Correct session={session} row={row} onDone={onDone} /> : undefined}
          >
            <span className={styles.code}>{row.person ? cardCode(row.person) : t('results.unsettled')}</span>
            <span>
              {row.sex ? t(`sex.${row.sex}`) : t('results.unsettled')} ·{' '}
              {row.age ? t(`age.${row.age}`) : t('results.unsettled')}
            </span>
          </RecordRow>
        ))}
      </RecordRows>
    </Section>
  )
}

function Correct({ session: { stream, state }, row, onDone }: CorrectProps) {
  const t = useText()
  const [sex, setSex] = useState(row.sex)
  const [age, setAge] = useState(row.age)
  const decide = () => {
    const change = {
      ...(sex !== undefined && sex !== row.sex ? { sex } : {}),
      ...(age !== undefined && age !== row.age ? { age } : {}),
    }
    return correctPerson(stream, state, row.record, change)
  }
  return (
    <Correction
      decide={decide}
      onDone={onDone}
      inError={{
        stands: row.enteredInError,
        says: t('awareness.in-error.person'),
        mark: (is) => markOutreachInError(stream, state, row.record, is),
      }}
    >
      <SexAndAge
        sex={sex ?? null}
        age={age ?? null}
        onSex={(value) => setSex(Sex.safeParse(value).data)}
        onAge={(value) => setAge(AgeGroup.safeParse(value).data)}
      />
    </Correction>
  )
}

type CorrectProps = {
  readonly session: Projected<OutreachSession>
  readonly row: PersonMet
  readonly onDone: () => void
}
