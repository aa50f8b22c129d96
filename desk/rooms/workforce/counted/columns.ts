import type { CountedField } from '@lentera/core/workforce/counted/fields'
import type { Translate } from '@lentera/ui/catalogues/text'

/** What some tables of officers are asked beside what all are. */
export type MoreFields = 'unit' | 'happening' | 'to'
type Field = CountedField | MoreFields

/** What the columns of a table of officers, and the codes in them, are called. */
export const sayColumns = (t: Translate) => ({
  field: (field: Field) => t(`workforce.field.${field}`),
  code: (field: Field, code: string) => sayCode(field, code, t),
})

function sayCode(field: Field, code: string, t: Translate): string {
  switch (field) {
    case 'agency':
      return t(`agency.${code}`)
    case 'country':
      return t(`country.${code}`)
    case 'sex':
      return t(`officer.${code}`)
    case 'unit':
      return t(`workforce.unit.${code}`)
    case 'happening':
      return t(`flow.happening.${code}`)
    case 'place':
      return t(`workforce.place.${code}`)
    case 'rank':
    case 'to':
      return t(`workforce.rank.${code}`)
    case 'counted':
      return t(`workforce.counted.${code}`)
    case 'trust':
      return t(`workforce.trust.${code}`)
    default:
      return code
  }
}
