import { type Fields, type Form, type Mapping, numberedDates } from '@lentera/core/sheets/mapping'
import { useFormat, useText } from '@lentera/ui/parts'

/** That dates of a workbook are kept as bare numbers, and as what the first of them is read; nothing where none is. */
export function useSayNumberedDates(): <Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
) => readonly string[] {
  const t = useText()
  const format = useFormat()
  return (form, fields, mapping) => {
    const found = numberedDates(form, fields, mapping)
    if (!found) return []
    const { count, column, written, day } = found
    return [t('sheets.file.numbered-dates', { count, column, written, date: format.date(day) })]
  }
}
