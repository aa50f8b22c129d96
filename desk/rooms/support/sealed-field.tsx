import { CivilDate } from '@lentera/core/shared/dates'
import { type CaseSealed, exploitations, genders } from '@lentera/core/support/words'
import { DateField, LongTextField, type SaveState, SelectField, TextField, useText } from '@lentera/ui/parts'
import { sayExploitation } from './say-value.ts'

/** The sealed fields a person fills in, in the order they are asked. */
export const askedFields = [
  'name',
  'otherNames',
  'birthDate',
  'gender',
  'language',
  'safeContact',
  'place',
  'exploitation',
  'narrative',
] as const satisfies readonly CaseSealed[]
export type AskedField = (typeof askedFields)[number]

export const isAsked = (field: string): field is AskedField => askedFields.some((asked) => asked === field)

/** One sealed field of a case, in the form its answer has. */
export function SealedField({ field, value, onChange, save }: SealedFieldProps) {
  const t = useText()
  const common = {
    label: t(`support.field.${field}`),
    why: t(`support.why.${field}`),
    sealed: true,
    optional: true,
    ...(save === undefined ? {} : { save }),
  }
  switch (field) {
    case 'birthDate':
      return (
        <DateField
          {...common}
          finest="day"
          value={CivilDate.safeParse(value).data ?? null}
          onChange={(date) => onChange(date ?? '')}
        />
      )
    case 'gender':
      return (
        <SelectField
          {...common}
          value={value}
          onChange={onChange}
          choices={genders.map((gender) => ({ value: gender, label: t(`gender.${gender}`) }))}
        />
      )
    case 'exploitation':
      return (
        <SelectField
          {...common}
          value={value}
          onChange={onChange}
          choices={[...exploitations, ...(value.includes(' ') ? [value] : [])].map((exploitation) => ({
            value: exploitation,
            label: sayExploitation(exploitation, t),
          }))}
        />
      )
    case 'narrative':
      return <LongTextField {...common} value={value} onChange={onChange} />
    default:
      return <TextField {...common} value={value} onChange={onChange} />
  }
}

export type SealedFieldProps = {
  readonly field: AskedField
  readonly value: string
  readonly onChange: (value: string) => void
  readonly save?: SaveState
}
