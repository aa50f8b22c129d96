import { Input } from '@mantine/core'
import { useId, useState } from 'react'
import { useText } from '../language/language.tsx'
import { type FieldProps, useFieldPieces } from './field-frame.tsx'
import styles from './fields.module.css'
import { readDecimal } from './read-decimal.ts'

/** A number that is moved: a slider for the hand and the arrow keys, and a box beside it for who knows the number. */
export function SliderField({ value, least, most, step, unit, say, onChange, ...field }: SliderFieldProps) {
  const t = useText()
  const id = useId()
  /** What is typed while it is no number yet, or none between the ends: it stays, with what is allowed instead, until it is mended. */
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const isWrong = typed !== undefined && !isBetween(readDecimal(typed), least, most)
  const between = { code: 'ui.not-between', values: { least: say(least), most: say(most) } }
  const {
    label,
    classNames,
    disabled = false,
    ...rest
  } = useFieldPieces(isWrong ? { ...field, refusal: between } : field)
  const type = (text: string): void => {
    const read = readDecimal(text)
    setTyped(text)
    if (read !== undefined && read >= least && read <= most) onChange(read)
  }
  return (
    <Input.Wrapper label={label} classNames={classNames} {...rest} labelElement="label" id={id}>
      <span className={styles.slider}>
        <input
          id={id}
          type="range"
          min={least}
          max={most}
          step={step}
          value={value}
          disabled={disabled}
          aria-valuetext={`${say(value)} ${unit}`.trim()}
          onChange={(event) => {
            setTyped(undefined)
            onChange(Number(event.currentTarget.value))
          }}
        />
        <Input
          aria-label={t(unit ? 'ui.field.exactly' : 'ui.field.exactly-plain', { label: field.label, unit })}
          inputMode="decimal"
          autoComplete="off"
          value={typed ?? say(value)}
          disabled={disabled}
          error={isWrong}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={() => {
            if (!isWrong) setTyped(undefined)
          }}
        />
        <span aria-hidden>{unit}</span>
      </span>
    </Input.Wrapper>
  )
}

export type SliderFieldProps = FieldProps & {
  readonly value: number
  readonly least: number
  readonly most: number
  readonly step: number
  /** Behind the box: a percent sign, or nothing. */
  readonly unit: string
  /** The value in the reader's digits. */
  readonly say: (value: number) => string
  /** Between the ends; from the box also between two steps. */
  readonly onChange: (value: number) => void
}

const isBetween = (value: number | undefined, least: number, most: number): boolean =>
  value !== undefined && value >= least && value <= most
