import { CivilDate, quarterOf } from '@lentera/core/shared/dates'
import { Currency, type Money, ofUnits } from '@lentera/core/shared/money'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import { Course, GrantKind, Running } from '@lentera/core/support/livelihoods/words'
import { ChoiceField, DateField, SelectField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../device/use-kept-form.ts'
import { readQuarter } from '../records/opened.ts'
import type { Typing } from '../records/typed-correction.tsx'

// ---------------------------------------------------------------- herself

export function NameFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <TextField
        label={t('livelihoods.name')}
        why={t('livelihoods.name-why')}
        sealed
        value={typed.name ?? ''}
        onChange={(value) => set('name', value)}
      />
      <TextField
        label={t('livelihoods.safe-contact')}
        why={t('livelihoods.safe-contact-why')}
        sealed
        optional
        value={typed.safeContact ?? ''}
        onChange={(value) => set('safeContact', value)}
      />
    </>
  )
}

export function PersonFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('livelihoods.sex')}
        value={typed.sex || null}
        choices={Sex.options.map((value) => ({ value, label: t(`sex.${value}`) }))}
        onChange={(value) => set('sex', value)}
      />
      <ChoiceField
        label={t('livelihoods.age')}
        value={typed.age || null}
        choices={AgeGroup.options.map((value) => ({ value, label: t(`age.${value}`) }))}
        onChange={(value) => set('age', value)}
      />
    </>
  )
}

/** @param answers those she can give here: at first she has nothing to take back */
export function ConsentField({
  typed,
  set,
  answers,
}: Typing & { readonly answers: readonly ('given' | 'refused' | 'withdrawn')[] }) {
  const t = useText()
  return (
    <ChoiceField
      label={t('livelihoods.consent')}
      why={t('livelihoods.consent-why')}
      value={typed.consentCounting || null}
      choices={answers.map((value) => ({ value, label: t(`support.answer.${value}`) }))}
      onChange={(value) => set('consentCounting', value)}
    />
  )
}

// ---------------------------------------------------------------- what she attended and was given

export function QuarterField({ typed, set }: Typing) {
  const t = useText()
  return (
    // Made anew with the day of a grant, which says the quarter too: a field keeps what is typed into it.
    <DateField
      key={typed.day ?? ''}
      label={t('livelihoods.quarter')}
      why={t('livelihoods.quarter-why')}
      finest="quarter"
      value={readQuarter(typed) ?? null}
      onChange={(quarter) => set('quarter', quarter ?? '')}
    />
  )
}

export function CourseField({ typed, set }: Typing) {
  const t = useText()
  return (
    <ChoiceField
      label={t('livelihoods.course')}
      value={typed.course || null}
      choices={Course.options.map((value) => ({ value, label: t(`course.${value}`) }))}
      onChange={(value) => set('course', value)}
    />
  )
}

export function GrantFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('livelihoods.grant-kind')}
        value={typed.grant || null}
        choices={GrantKind.options.map((value) => ({ value, label: t(`grant.${value}`) }))}
        onChange={(value) => set('grant', value)}
      />
      <TextField
        label={t('livelihoods.amount')}
        why={t('livelihoods.amount-why')}
        sealed
        inputMode="numeric"
        value={typed.units ?? ''}
        onChange={(value) => set('units', value)}
      />
      <SelectField
        label={t('livelihoods.currency')}
        value={typed.currency ?? ''}
        choices={Currency.options.map((value) => ({ value, label: value }))}
        onChange={(value) => set('currency', value)}
      />
      <DateField
        label={t('livelihoods.day')}
        why={t('livelihoods.day-why')}
        sealed
        optional
        finest="day"
        value={readDay(typed) ?? null}
        onChange={(day) => {
          set('day', day ?? '')
          const quarter = day && quarterOf(day)
          if (quarter) set('quarter', quarter)
        }}
      />
      <TextField
        label={t('livelihoods.what')}
        why={t('livelihoods.what-why')}
        sealed
        optional
        value={typed.what ?? ''}
        onChange={(value) => set('what', value)}
      />
    </>
  )
}

/** A whole sum in whole units; undefined where it is none, or has no currency. */
export function readAmount({ units, currency }: Typed): Money | undefined {
  const [whole, of] = [readWholeNumber(units ?? ''), Currency.safeParse(currency).data]
  return of && whole ? ofUnits(of, whole) : undefined
}

/** As far as it is said: a month alone is refused where it is handed in. */
export const readDay = ({ day }: Typed): CivilDate | undefined => CivilDate.safeParse(day).data

export function RunningField({ typed, set }: Typing) {
  const t = useText()
  return (
    <ChoiceField
      label={t('livelihoods.running')}
      value={typed.running || null}
      choices={Running.options.map((value) => ({ value, label: t(`running.${value}`) }))}
      onChange={(value) => set('running', value)}
    />
  )
}
