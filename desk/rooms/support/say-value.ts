import { CivilDate } from '@lentera/core/shared/dates'
import type { Translate } from '@lentera/ui/catalogues/text'
import { type Formats, useFormat, useText } from '@lentera/ui/parts'

/**
 * Says a value of a field as people read it: coded words in their language, dates in their way, text as it was written. Of an
 * erased case what no key opens is said to be erased.
 */
export function useSayValue(erased = false): (field: string, value: unknown) => string {
  const t = useText()
  const format = useFormat()
  return (field, value) => (erased && value === undefined ? t('support.erased') : sayValue(field, value, t, format))
}

/** One form, or several between blanks: an import can bring more than the form on the screen asks. */
export function sayExploitation(text: string, t: Translate): string {
  return text
    .split(' ')
    .map((form) => t(`exploitation.${form}`))
    .join(', ')
}

function sayValue(field: string, value: unknown, t: Translate, format: Formats): string {
  if (value === undefined) return t('support.not-openable')
  if (typeof value === 'boolean') return value ? t('support.yes') : t('support.no')
  const text = String(value)
  if (text === '') return t('support.taken-back')
  switch (field) {
    case 'sex':
      return t(`sex.${text}`)
    case 'age':
      return t(`age.${text}`)
    case 'form':
      return t(`form.${text}`)
    case 'service':
      return t(`service.${text}`)
    case 'status':
      return t(`support.status.${text}`)
    case 'erasureReason':
      return t(`erasure-reason.${text}`)
    case 'closingReason':
      return t(`closing-reason.${text}`)
    case 'consentServices':
    case 'consentCounting':
      return t(`consent.${text}`)
    case 'gender':
      return t(`gender.${text}`)
    case 'exploitation':
      return sayExploitation(text, t)
    case 'birthDate':
    case 'deliveredOn':
    case 'quarter': {
      const date = CivilDate.safeParse(text)
      return date.success ? format.date(date.data) : text
    }
    default:
      return text
  }
}
