import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { projectSession } from '@lentera/core/training/project'
import { markTrainerInError, takeStep } from '@lentera/core/training/trainer/capture'
import { checklistOf, type NationalTrainer, type StepTaken } from '@lentera/core/training/trainer/project'
import { atSession, Step } from '@lentera/core/training/trainer/words'
import { DateField, QuietButton, RefusalNotice, Section, SelectField, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useStreams } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import { newestFirst } from '../../records/newest-first.ts'
import recordStyles from '../../records/records.module.css'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import type { Typing } from '../../records/typed-correction.tsx'
import { sayModules } from '../sessions-page.tsx'
import styles from '../training.module.css'
import { useIsTrainer, useToday } from './say.ts'

/** What is needed before a certificate, and what of it is done; each step that was taken, and the next one. */
export function Steps({ trainer }: { readonly trainer: NationalTrainer }) {
  const t = useText()
  const today = useToday()
  const isTrainer = useIsTrainer()
  const [isAdding, setAdding] = useState(false)
  const canAdd = isTrainer && !trainer.enteredInError && !isAdding
  const close = () => setAdding(false)
  return (
    <Section
      title={t('trainers.steps')}
      note={t('trainers.steps-note')}
      actions={canAdd && <QuietButton onClick={() => setAdding(true)}>{t('trainers.step.new')}</QuietButton>}
    >
      <ul className={styles.checklist}>
        {checklistOf(trainer, today)
          .filter(({ needed }) => needed > 0)
          .map(({ step, done, needed }) => (
            <li key={step} data-done={done >= needed}>
              <span aria-hidden className={styles.mark} />
              <span>
                {t(`trainer-step.${step}`)}:{' '}
                {done >= needed ? t('trainers.step.done', { done }) : t('trainers.step.open', { done, needed })}
              </span>
            </li>
          ))}
      </ul>
      {isAdding && (
        <KeptForm
          name={`step ${trainer.trainer}`}
          label={t('trainers.step.new')}
          initial={{ on: today }}
          fields={(typing) => <StepFields {...typing} />}
          decide={(typed) => decide(trainer, typed, today)}
          onSaved={close}
          onGivenUp={close}
        />
      )}
      <details>
        <summary className={styles.more}>{t('trainers.steps-all', { count: trainer.steps.length })}</summary>
        <RecordRows none={t('trainers.steps-none')}>
          {trainer.steps.map((row) => (
            <OneStep key={row.record} trainer={trainer} row={row} />
          ))}
        </RecordRows>
      </details>
    </Section>
  )
}

/** Refused also: `training.step-incomplete`. */
function decide(trainer: NationalTrainer, typed: Typed, today: CivilDate) {
  const [step, on] = [Step.safeParse(typed.step).data, CivilDate.safeParse(typed.on).data]
  if (!step || !on) return refuse('training.step-incomplete')
  return takeStep(trainer, { step, on, session: StreamId.safeParse(typed.session).data ?? null }, today)
}

function StepFields({ typed, set }: Typing) {
  const t = useText()
  const format = useFormat()
  const sessions = useStreams('training-session', projectSession).filter(({ state }) => !state.enteredInError)
  const step = Step.safeParse(typed.step).data
  return (
    <>
      <SelectField
        label={t('trainers.step')}
        value={typed.step ?? ''}
        choices={Step.options.map((value) => ({ value, label: t(`trainer-step.${value}`) }))}
        onChange={(value) => set('step', value)}
      />
      {step && atSession.has(step) && sessions.length > 0 && (
        <SelectField
          label={t('trainers.step.session')}
          why={t('trainers.step.session-why')}
          optional
          value={typed.session ?? ''}
          choices={newestFirst(sessions, ({ heldOn }) => heldOn).map(({ stream, state }) => ({
            value: stream,
            label: `${format.date(state.heldOn)} · ${sayModules(state, t)}`,
          }))}
          onChange={(value) => set('session', value)}
        />
      )}
      <DateField
        label={t('trainers.step.on')}
        finest="day"
        value={CivilDate.safeParse(typed.on).data ?? null}
        onChange={(day) => set('on', day ?? '')}
      />
    </>
  )
}

/** A step says one thing on one day: what was wrong of it never was, and is written down anew. */
function OneStep({ trainer, row }: { readonly trainer: NationalTrainer; readonly row: StepTaken }) {
  const t = useText()
  const format = useFormat()
  const today = useToday()
  const isTrainer = useIsTrainer()
  const { refusal, busy, write } = useWrite()
  return (
    <RecordRow row={row} conflicts={trainer.conflicts}>
      <span>{row.step ? t(`trainer-step.${row.step}`) : t('results.unsettled')}</span>
      <span className={recordStyles.quiet}>{format.date(row.on)}</span>
      {isTrainer && !trainer.enteredInError && (
        <QuietButton
          disabled={busy}
          onClick={() => write(markTrainerInError(trainer, row.record, !row.enteredInError, today))}
        >
          {row.enteredInError ? t('records.restore') : t('trainers.in-error.step')}
        </QuietButton>
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
    </RecordRow>
  )
}
