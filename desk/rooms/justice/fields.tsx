import { CivilDate } from '@lentera/core/shared/dates'
import { Currency } from '@lentera/core/shared/money'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import {
  AppealOutcome,
  Compensation,
  type CriminalCaseSealed,
  criminalCaseSealed,
  longestTerm,
  rolesInProcess,
  SentenceKind,
  Stage,
  Verdict,
} from '@lentera/core/support/justice/words'
import { ChoiceField, DateField, LongTextField, SelectField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../device/use-kept-form.ts'
import { readQuarter } from '../records/opened.ts'
import type { Typing } from '../records/typed-correction.tsx'

// ---------------------------------------------------------------- sealed, of the case

/** @param fields those that are asked here, in this order */
export function SealedTexts({
  typed,
  set,
  fields = criminalCaseSealed,
}: Typing & { readonly fields?: readonly CriminalCaseSealed[] }) {
  return fields.map((field) => (
    <SealedText key={field} field={field} value={typed[field] ?? ''} onChange={(value) => set(field, value)} />
  ))
}

function SealedText({ field, value, onChange }: SealedTextProps) {
  const t = useText()
  const common = { label: t(`justice.field.${field}`), why: t(`justice.why.${field}`), sealed: true, optional: true }
  switch (field) {
    case 'nextHearing':
      return (
        <DateField
          {...common}
          finest="day"
          value={CivilDate.safeParse(value).data ?? null}
          onChange={(date) => onChange(date ?? '')}
        />
      )
    case 'charge':
    case 'notes':
      return <LongTextField {...common} value={value} onChange={onChange} />
    default:
      return <TextField {...common} value={value} onChange={onChange} />
  }
}

type SealedTextProps = {
  readonly field: CriminalCaseSealed
  readonly value: string
  readonly onChange: (value: string) => void
}

// ---------------------------------------------------------------- of every record

export function QuarterField({ typed, set }: Typing) {
  const t = useText()
  return (
    <DateField
      label={t('justice.quarter')}
      why={t('justice.quarter-why')}
      finest="quarter"
      value={readQuarter(typed) ?? null}
      onChange={(quarter) => set('quarter', quarter ?? '')}
    />
  )
}

/** @param field `decidedNote`: what was said beside the decision on an appeal */
export function NoteField({ typed, set, field = 'note' }: Typing & { readonly field?: 'note' | 'decidedNote' }) {
  const t = useText()
  return (
    <TextField
      label={field === 'note' ? t('justice.note') : t('justice.decided-note')}
      why={t('justice.note-why')}
      sealed
      optional
      value={typed[field] ?? ''}
      onChange={(value) => set(field, value)}
    />
  )
}

// ---------------------------------------------------------------- one kind of record each

export function StageField({ typed, set }: Typing) {
  const t = useText()
  return (
    <ChoiceField
      label={t('justice.stage')}
      value={typed.stage || null}
      choices={Stage.options.map((value) => ({ value, label: t(`justice-stage.${value}`) }))}
      onChange={(value) => set('stage', value)}
    />
  )
}

export function AccusedFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <TextField
        label={t('justice.accused-name')}
        why={t('justice.accused-name-why')}
        sealed
        optional
        value={typed.name ?? ''}
        onChange={(value) => set('name', value)}
      />
      <SelectField
        label={t('justice.role')}
        why={t('justice.role-why')}
        sealed
        optional
        value={typed.role ?? ''}
        choices={rolesInProcess.map((value) => ({ value, label: t(`role-in-process.${value}`) }))}
        onChange={(value) => set('role', value)}
      />
      <ChoiceField
        label={t('justice.sex')}
        value={typed.sex || null}
        choices={Sex.options.map((value) => ({ value, label: t(`sex.${value}`) }))}
        onChange={(value) => set('sex', value)}
      />
      <ChoiceField
        label={t('justice.age')}
        value={typed.age || null}
        choices={AgeGroup.options.map((value) => ({ value, label: t(`age.${value}`) }))}
        onChange={(value) => set('age', value)}
      />
    </>
  )
}

export function VerdictField({ typed, set }: Typing) {
  const t = useText()
  return (
    <ChoiceField
      label={t('justice.verdict')}
      value={typed.verdict || null}
      choices={Verdict.options.map((value) => ({ value, label: t(`justice-standing.${value}`) }))}
      onChange={(value) => set('verdict', value)}
    />
  )
}

/** Whole years are asked of imprisonment only. */
export function SentenceFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('justice.sentence')}
        value={typed.sentence || null}
        choices={SentenceKind.options.map((value) => ({ value, label: t(`justice-sentence.${value}`) }))}
        onChange={(value) => set('sentence', value)}
      />
      {typed.sentence === 'imprisonment' && (
        <TextField
          label={t('justice.years')}
          why={t('justice.years-why', { most: longestTerm })}
          inputMode="numeric"
          value={typed.years ?? ''}
          onChange={(value) => set('years', value)}
        />
      )}
    </>
  )
}

export const readYears = ({ years }: Typed): number | undefined => readWholeNumber(years ?? '')

/** @param answers what can be said here: a decision is never that it is still pending */
export function OutcomeField({
  typed,
  set,
  answers = AppealOutcome.options,
}: Typing & { readonly answers?: readonly AppealOutcome[] }) {
  const t = useText()
  return (
    <ChoiceField
      label={t('justice.outcome')}
      why={t('justice.outcome-why')}
      value={typed.outcome || null}
      choices={answers.map((value) => ({ value, label: t(`justice-outcome.${value}`) }))}
      onChange={(value) => set('outcome', value)}
    />
  )
}

export function CompensationFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('justice.compensation')}
        value={typed.compensation || null}
        choices={Compensation.options.map((value) => ({ value, label: t(`justice-compensation.${value}`) }))}
        onChange={(value) => set('compensation', value)}
      />
      <TextField
        label={t('justice.amount')}
        why={t('justice.amount-why')}
        sealed
        optional
        inputMode="numeric"
        value={typed.units ?? ''}
        onChange={(value) => set('units', value)}
      />
      <SelectField
        label={t('justice.currency')}
        sealed
        value={typed.currency ?? ''}
        choices={Currency.options.map((value) => ({ value, label: value }))}
        onChange={(value) => set('currency', value)}
      />
    </>
  )
}
