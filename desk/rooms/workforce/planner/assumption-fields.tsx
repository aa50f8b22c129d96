import type { Refusal } from '@lentera/core/shared/refusals'
import { ChoiceField, TextField, useText } from '@lentera/ui/parts'
import type { Typing } from '../../records/typed-correction.tsx'
import { type NumberField, numberFields } from './assumptions.ts'
import styles from './cover.module.css'

export function NumberFields({ typed, set, fields }: Typing & { readonly fields: readonly NumberField[] }) {
  const t = useText()
  return (
    <div className={styles.numbers}>
      {fields.map((field) => (
        <TextField
          key={field}
          label={t(`cover.assume.${field}`)}
          inputMode="numeric"
          value={typed[field] ?? numberFields[field].first}
          onChange={(value) => set(field, value)}
        />
      ))}
    </div>
  )
}

/** What a plan takes for granted. Nothing here is a fact of the world: each is the planner's, and stands on the page she signs. */
export function AssumptionFields(typing: Typing) {
  const t = useText()
  const { typed, set } = typing
  const numbers = (fields: readonly NumberField[]) => <NumberFields {...typing} fields={fields} />
  return (
    <>
      <h3>{t('cover.assume.rules')}</h3>
      {numbers(['years', 'womenPerShift', 'officersPerShift', 'shiftsPerPerson', 'absencePercent', 'attritionPercent'])}
      <h3>{t('cover.assume.people')}</h3>
      <ChoiceField
        label={t('cover.assume.moves')}
        value={typed.moves ?? 'volunteers'}
        choices={(['none', 'volunteers'] as const).map((value) => ({
          value,
          label: t(`cover.assume.moves.${value}`),
        }))}
        onChange={(value) => set('moves', value)}
      />
      {numbers(['mostMoveKm', 'onCallMinutes', 'kmPerHour'])}
      <h3>{t('cover.assume.time')}</h3>
      {numbers(['trainingMonths', 'hiringMonths', 'facilityMonths'])}
      <h3>{t('cover.assume.caps')}</h3>
      <p>{t('cover.assume.caps-note')}</p>
      {numbers(['capTrainings', 'capHires', 'capMoves', 'capFacilities', 'capDayOnly', 'capBudget'])}
    </>
  )
}

/** The field as it is called on the screen. */
export function sayField(refusal: Refusal, t: (id: string) => string): Refusal {
  const { field } = refusal.values
  return field === undefined
    ? refusal
    : { ...refusal, values: { ...refusal.values, field: t(`cover.assume.${field}`) } }
}
