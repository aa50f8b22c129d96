import { correctPhase, datePhase, markPhaseInError } from '@lentera/core/plan/capture'
import { datesOf, overlapping, type PlannedPhase } from '@lentera/core/plan/project'
import { Phase } from '@lentera/core/plan/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { refuse } from '@lentera/core/shared/refusals'
import { DateField, QuietButton, Section, TextField, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { type Projected, useDesk, useSnapshot } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { RecordRow, RecordRows } from '../records/rows.tsx'
import { Correct, type Typing } from '../records/typed-correction.tsx'
import styles from './plan.module.css'
import { saySaid } from './say.ts'
import { type Plan, useMayPlan } from './use-plan.ts'

/** The phases of the programme by their donors, each with its quarters or that nobody has said them. */
export function Phases({ plan: { phases } }: { readonly plan: Plan }) {
  const t = useText()
  const states = phases.map(({ state }) => state)
  return (
    <Section title={t('plan.phases')} note={t('plan.phases-note')}>
      <RecordRows none={t('plan.not-dated')}>
        {Phase.options.map((phase) => {
          const known = phases.find(({ state }) => state.phase === phase)
          return known ? (
            <Dated key={phase} planned={known} others={states} />
          ) : (
            <Undated key={phase} phase={phase} others={states} />
          )
        })}
      </RecordRows>
    </Section>
  )
}

function Undated({ phase, others }: { readonly phase: Phase; readonly others: readonly PlannedPhase[] }) {
  const t = useText()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const mayPlan = useMayPlan()
  const [isDating, setDating] = useState(false)
  const decide = (typed: Typed) =>
    me
      ? datePhase(phase, read(typed), others, { organisation: me.organisation, today: desk.moment().today })
      : refuse('desk.unexpected')
  return (
    <li>
      <span className={styles.name}>{t(`phase.${phase}`)}</span>
      <span className={styles.none}>{t('plan.not-dated')}</span>
      {mayPlan && !isDating && <QuietButton onClick={() => setDating(true)}>{t('plan.date-phase')}</QuietButton>}
      {isDating && (
        <Correct
          label={t(`phase.${phase}`)}
          stood={nothing}
          fields={(typing) => <PhaseFields {...typing} />}
          decide={decide}
          onDone={() => setDating(false)}
        />
      )}
    </li>
  )
}

function Dated({
  planned,
  others,
}: {
  readonly planned: Projected<PlannedPhase>
  readonly others: readonly PlannedPhase[]
}) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const mayPlan = useMayPlan()
  const { state, unsent } = planned
  const { phase, opening: record, enteredInError, conflicts } = state
  const dates = datesOf(state)
  const shared = dates && others.flatMap((each) => datesOf(each) ?? []).find((each) => overlapping(dates, each))
  const correction = (onDone: () => void) => (
    <Correct
      label={t(`phase.${phase}`)}
      stood={{ from: state.from ?? '', to: state.to ?? '', source: state.source ?? '' }}
      fields={(typing) => <PhaseFields {...typing} />}
      decide={(typed) => correctPhase(state, read(typed), others, desk.moment().today)}
      inError={{
        stands: enteredInError,
        says: t('plan.never-was'),
        mark: (is) => markPhaseInError(state, is, others, desk.moment().today),
      }}
      onDone={onDone}
    />
  )
  return (
    <RecordRow
      row={{ record, enteredInError }}
      // One stream is one phase: whatever two answers stand for is of it.
      conflicts={conflicts.map((each) => ({ ...each, record }))}
      correction={mayPlan ? correction : undefined}
    >
      <span className={styles.name}>{t(`phase.${phase}`)}</span>
      <span>
        {dates
          ? t('plan.phase-range', { from: format.date(dates.from), to: format.date(dates.to) })
          : enteredInError
            ? t('plan.not-dated')
            : t('plan.not-agreed')}
      </span>
      {shared && <span className={styles.none}>{t('plan.overlaps', { phase: t(`phase.${shared.key}`) })}</span>}
      {unsent && <span className={styles.none}>{t('support.unsent')}</span>}
      <span className={styles.said}>{saySaid(state, me, t, format)}</span>
    </RecordRow>
  )
}

function PhaseFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      {(['from', 'to'] as const).map((name) => (
        <DateField
          key={name}
          label={name === 'from' ? t('plan.from') : t('plan.to')}
          finest="quarter"
          value={CivilDate.safeParse(typed[name]).data ?? null}
          onChange={(date) => set(name, date ?? '')}
        />
      ))}
      <TextField
        label={t('plan.source')}
        why={t('plan.source-why')}
        value={typed.source ?? ''}
        onChange={(value) => set('source', value)}
      />
    </>
  )
}

const read = ({ from = '', to = '', source = '' }: Typed) => ({ from, to, source })
const nothing: Typed = {}
