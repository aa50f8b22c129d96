import type { CivilDate, Precision } from '@lentera/core/shared/dates'
import { Input, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { names } from '../../tokens/dates.ts'
import { formatPlain } from '../../tokens/numbers.ts'
import { useFormat, useText } from '../language/language.tsx'
import { type DatePieces, dateFromPieces, noPieces, piecesFromDate } from './civil-date.ts'
import { type FieldProps, useFieldPieces } from './field-frame.tsx'
import styles from './fields.module.css'

/**
 * A civil date up to the given precision; she may stop at a coarser one. Not the browser's own date box: that one
 * knows neither quarters nor the Buddhist era as the programme needs them, and speaks no Burmese.
 */
export function DateField({ value, finest, onChange, ...field }: DateFieldProps) {
  const t = useText()
  const { language } = useFormat()
  const buddhist = language === 'th'
  const [pieces, setPieces] = useState<DatePieces>(() => (value === null ? noPieces : piecesFromDate(value, buddhist)))
  const { label, classNames, disabled = false, ...rest } = useFieldPieces(field)
  const change = (changed: Partial<DatePieces>): void => {
    const next = { ...pieces, ...changed }
    setPieces(next)
    onChange(dateFromPieces(next, finest, buddhist) ?? null)
  }
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1))
  const quarters = numbered(4).map((quarter) => {
    const first = (Number(quarter) - 1) * 3
    return { value: quarter, label: `${names[language].months[first]} – ${names[language].months[first + 2]}` }
  })
  return (
    <Input.Wrapper label={label} classNames={classNames} {...rest} labelElement="div">
      <fieldset className={styles.dateParts} aria-label={field.label} disabled={disabled}>
        {finest === 'day' && (
          <NativeSelect
            aria-label={t('ui.date.day')}
            disabled={disabled}
            value={pieces.day}
            data={[
              { value: '', label: t('ui.date.day') },
              ...numbered(31).map((day) => ({ value: day, label: formatPlain(Number(day), language) })),
            ]}
            onChange={(event) => change({ day: event.currentTarget.value })}
          />
        )}
        {(finest === 'day' || finest === 'month') && (
          <NativeSelect
            aria-label={t('ui.date.month')}
            disabled={disabled}
            value={pieces.month}
            data={[
              { value: '', label: t('ui.date.month') },
              ...names[language].months.map((month, index) => ({ value: String(index + 1), label: month })),
            ]}
            onChange={(event) => change({ month: event.currentTarget.value })}
          />
        )}
        {finest === 'quarter' && (
          <NativeSelect
            aria-label={t('ui.date.quarter')}
            disabled={disabled}
            value={pieces.quarter}
            data={[{ value: '', label: t('ui.date.quarter') }, ...quarters]}
            onChange={(event) => change({ quarter: event.currentTarget.value })}
          />
        )}
        <TextInput
          aria-label={buddhist ? t('ui.date.year-buddhist') : t('ui.date.year')}
          placeholder={buddhist ? t('ui.date.year-buddhist') : t('ui.date.year')}
          disabled={disabled}
          value={pieces.year}
          inputMode="numeric"
          maxLength={4}
          autoComplete="off"
          w={110}
          onChange={(event) => change({ year: event.currentTarget.value.trim() })}
        />
      </fieldset>
    </Input.Wrapper>
  )
}

export type DateFieldProps = FieldProps & {
  readonly value: CivilDate | null
  readonly finest: Precision
  /** The date so far, or null while the pieces say none. */
  readonly onChange: (date: CivilDate | null) => void
}
