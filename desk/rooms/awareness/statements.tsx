import { correctReach, markReachInError, stateReach, type Told } from '@lentera/core/awareness/reach/capture'
import { latestReach, type ReachStatement, type Work } from '@lentera/core/awareness/reach/project'
import { ReachSource, ReachUnit } from '@lentera/core/awareness/words'
import { Qualifier } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  Actions,
  ChoiceField,
  DateField,
  FigureText,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { type Projected, useDesk } from '../../device/context.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { Correction } from '../records/correction.tsx'
import { RecordRow, RecordRows } from '../records/rows.tsx'
import styles from './awareness.module.css'
import { amountOf, typedNumber } from './awareness-words.ts'

/** How far the work had reached by a day, in one unit. What is typed is kept from the first touch. */
export function StatementForm({ work: { stream, state }, onDone }: StatementFormProps) {
  const t = useText()
  const desk = useDesk()
  const form = useKeptForm(`reach ${stream}`)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const { typed } = form
  const { today } = desk.moment()
  const asOf = CivilDate.safeParse(typed.asOf ?? today).data
  const unit = ReachUnit.safeParse(typed.unit).data
  const leave = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    const told = readTold(typed)
    const decided = !unit
      ? refuse('awareness.no-unit')
      : !asOf
        ? refuse('awareness.not-happened-yet')
        : told.ok
          ? stateReach(stream, state, { ...told.value, unit, asOf }, today)
          : told
    if (await write(decided)) await leave()
  }
  return (
    <Section title={t('awareness.statement.begin')} note={t('awareness.statement.note')}>
      <Form label={t('awareness.statement.begin')} onSubmit={save}>
        <ChoiceField
          label={t('awareness.unit')}
          value={unit ?? null}
          choices={ReachUnit.options.map((value) => ({ value, label: t(`reach-unit.${value}`) }))}
          onChange={(value) => form.set('unit', value)}
        />
        <ToldFields typed={typed} set={form.set} />
        <DateField
          label={t('awareness.statement.as-of')}
          finest="day"
          value={asOf ?? null}
          onChange={(chosen) => form.set('asOf', chosen ?? '')}
        />
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('awareness.statement.save')}
          </NextButton>
          <QuietButton onClick={leave}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}

export type StatementFormProps = { readonly work: Projected<Work>; readonly onDone: () => void }

type TypedTold = { readonly amount?: string; readonly qualifier?: string; readonly source?: string }

/** Refused: `awareness.no-qualifier`, `awareness.no-source`. */
function readTold(typed: TypedTold): Decision<Told> {
  const qualifier = Qualifier.safeParse(typed.qualifier).data
  const source = ReachSource.safeParse(typed.source).data
  if (!qualifier) return refuse('awareness.no-qualifier')
  if (!source) return refuse('awareness.no-source')
  return accept({ amount: typedNumber(typed.amount), qualifier, source })
}

function ToldFields({ typed, set }: ToldFieldsProps) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('awareness.qualifier')}
        value={typed.qualifier ?? null}
        choices={Qualifier.options.map((value) => ({ value, label: t(`qualifier.${value}`) }))}
        onChange={(value) => set('qualifier', value)}
      />
      <TextField
        label={t('awareness.amount')}
        inputMode="numeric"
        value={typed.amount ?? ''}
        onChange={(value) => set('amount', value)}
      />
      <SelectField
        label={t('awareness.source')}
        value={typed.source ?? ''}
        choices={ReachSource.options.map((value) => ({ value, label: t(`reach-source.${value}`) }))}
        onChange={(value) => set('source', value)}
      />
    </>
  )
}

type ToldFieldsProps = {
  readonly typed: TypedTold
  readonly set: (field: 'amount' | 'qualifier' | 'source', value: string) => void
}

/** What was said, the latest first; of each unit only the latest counts. */
export function StatementRows({ work, isWriter }: { readonly work: Projected<Work>; readonly isWriter: boolean }) {
  const t = useText()
  const format = useFormat()
  const { statements, conflicts } = work.state
  const counting = latestReach(work.state)
  return (
    <Section title={t('awareness.statements')} note={t('awareness.statements-note')}>
      <RecordRows none={t('awareness.reach-none')}>
        {statements.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={conflicts}
            superseded={counting.includes(row) ? undefined : t('awareness.statement.earlier')}
            correction={isWriter ? (onDone) => <Correct work={work} row={row} onDone={onDone} /> : undefined}
          >
            <span className={styles.count}>
              <FigureText figure={amountOf(row)} /> {t(`reach-unit.${row.unit}`)}
            </span>
            <span>
              {format.date(row.asOf)} · {row.source ? t(`reach-source.${row.source}`) : t('results.unsettled')}
            </span>
          </RecordRow>
        ))}
      </RecordRows>
    </Section>
  )
}

function Correct({ work: { stream, state }, row, onDone }: CorrectProps) {
  const t = useText()
  const [typed, setTyped] = useState<TypedTold>({
    amount: String(row.amount),
    qualifier: row.qualifier ?? '',
    source: row.source ?? '',
  })
  const decide = () => {
    const told = readTold(typed)
    return told.ok ? correctReach(stream, state, row.record, told.value) : told
  }
  return (
    <Correction
      decide={decide}
      onDone={onDone}
      inError={{
        stands: row.enteredInError,
        says: t('awareness.in-error.row'),
        mark: (is) => markReachInError(stream, state, row.record, is),
      }}
    >
      <ToldFields typed={typed} set={(field, value) => setTyped({ ...typed, [field]: value })} />
    </Correction>
  )
}

type CorrectProps = {
  readonly work: Projected<Work>
  readonly row: ReachStatement
  readonly onDone: () => void
}
