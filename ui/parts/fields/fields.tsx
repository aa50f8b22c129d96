import { Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { useText } from '../language/language.tsx'
import { type FieldProps, useFieldPieces } from './field-frame.tsx'
import styles from './fields.module.css'

/** One line of text. `onChange` at each letter: the caller saves as she types. */
export function TextField({
  value,
  onChange,
  autoComplete = 'off',
  inputMode,
  secret = false,
  ...field
}: TextFieldProps) {
  const pieces = useFieldPieces(field)
  return (
    <TextInput
      {...pieces}
      value={value}
      type={secret ? 'password' : 'text'}
      autoComplete={autoComplete}
      {...(inputMode === undefined ? {} : { inputMode })}
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export type TextFieldProps = FieldProps & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly autoComplete?: string
  readonly inputMode?: 'text' | 'tel' | 'email' | 'numeric' | 'decimal'
  /** Typed letters are hidden: a passphrase. */
  readonly secret?: boolean
}

/**
 * Several lines, growing with the text. By the style sheet and not by a script: a script measures in a hidden field that
 * still holds the last text when the device is locked. And the browser neither keeps what is typed nor sends it away to
 * have its spelling looked at.
 */
export function LongTextField({
  value,
  onChange,
  ...field
}: FieldProps & { readonly value: string; readonly onChange: (value: string) => void }) {
  const pieces = useFieldPieces(field)
  return (
    <Textarea
      {...pieces}
      classNames={{ ...pieces.classNames, input: styles.growing ?? '' }}
      value={value}
      rows={3}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export type Choice = {
  readonly value: string
  readonly label: string
  readonly hint?: string
  readonly disabled?: boolean
}

/** One of a few: all are seen at once. Choosing again what is chosen takes it back where the field is optional. */
export function ChoiceField({
  value,
  choices,
  onChange,
  ...field
}: FieldProps & {
  readonly value: string | null
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
}) {
  const pieces = useFieldPieces(field)
  return (
    <Radio.Group {...pieces} value={value ?? ''} onChange={onChange}>
      <div className={styles.choices}>
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            label={choice.label}
            color="var(--teal)"
            disabled={choice.disabled ?? field.disabled ?? false}
            {...(choice.hint === undefined ? {} : { description: choice.hint })}
          />
        ))}
      </div>
    </Radio.Group>
  )
}

/** One of many, in the device's own list. */
export function SelectField({
  value,
  choices,
  onChange,
  empty,
  ...field
}: FieldProps & {
  readonly value: string
  readonly choices: readonly Choice[]
  readonly empty?: string
  readonly onChange: (value: string) => void
}) {
  const t = useText()
  const pieces = useFieldPieces(field)
  return (
    <NativeSelect
      {...pieces}
      value={value}
      data={[
        { value: '', label: empty ?? t('ui.field.choose') },
        ...choices.map((choice) => ({ value: choice.value, label: choice.label, disabled: choice.disabled ?? false })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Any number of them. */
export function ChoicesField({
  value,
  choices,
  onChange,
  ...field
}: FieldProps & {
  readonly value: readonly string[]
  readonly choices: readonly Choice[]
  readonly onChange: (value: readonly string[]) => void
}) {
  const pieces = useFieldPieces(field)
  return (
    <Checkbox.Group {...pieces} value={[...value]} onChange={onChange}>
      <div className={styles.choices}>
        {choices.map((choice) => (
          <Checkbox
            key={choice.value}
            value={choice.value}
            label={choice.label}
            color="var(--teal)"
            disabled={choice.disabled ?? field.disabled ?? false}
            {...(choice.hint === undefined ? {} : { description: choice.hint })}
          />
        ))}
      </div>
    </Checkbox.Group>
  )
}

/** One statement that is so or not so. */
export function CheckField({
  checked,
  onChange,
  ...field
}: FieldProps & { readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  const { classNames: _, ...pieces } = useFieldPieces(field)
  return (
    <Checkbox
      {...pieces}
      color="var(--teal)"
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
