import type { Refusal } from '@lentera/core/shared/refusals'
import type { ReactNode } from 'react'
import { hasText } from '../../catalogues/text.ts'
import { useCatalogue, useText } from '../language/language.tsx'
import { SealMark } from '../seal-mark/seal-mark.tsx'
import styles from './fields.module.css'

/** What every field of a form has in common. */
export type FieldProps = {
  readonly label: string
  /** Why it is asked: what the answer is used for. */
  readonly why?: string
  /** The server will hold this answer only as ciphertext. */
  readonly sealed?: boolean
  /** Whether it may stay empty without a word; the form says so. */
  readonly optional?: boolean
  readonly save?: SaveState
  /** Why the answer cannot stay as it is. */
  readonly refusal?: Refusal
  readonly disabled?: boolean
}

/** Of save-as-you-type: nothing is shown before the first letter. */
export type SaveState = 'untouched' | 'saving' | 'saved' | 'failed'

/** One column of fields, as wide as a line reads well. */
export const Form = ({
  children,
  label,
  onSubmit,
}: {
  readonly children: ReactNode
  readonly label: string
  readonly onSubmit?: () => void
}) => (
  <form
    aria-label={label}
    className={styles.form}
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit?.()
    }}
  >
    {children}
  </form>
)

export function SaveMark({ state }: { readonly state: SaveState }) {
  const t = useText()
  return (
    <span className={styles.save} data-state={state} role="status">
      {state === 'untouched' ? '' : t(`ui.field.${state}`)}
    </span>
  )
}

/** The pieces a Mantine input takes: label with seal and save mark, reason below it, refusal as its error. */
export function useFieldPieces({
  label,
  why,
  sealed = false,
  optional = false,
  save,
  refusal,
  disabled = false,
}: FieldProps) {
  const t = useText()
  const catalogue = useCatalogue()
  const id = refusal && `refusal.${refusal.code}`
  const error =
    id !== undefined &&
    refusal !== undefined &&
    (hasText(catalogue, id) ? t(id, refusal.values) : t('ui.refusal.unknown'))
  return {
    label: (
      <>
        <span>
          {sealed && <SealMark />}
          {label}
        </span>
        {optional && <span className={styles.optional}> {t('ui.field.optional')}</span>}
        {save !== undefined && <SaveMark state={save} />}
      </>
    ),
    ...(why === undefined ? {} : { description: why }),
    ...(error ? { error } : {}),
    // Left out rather than false: a group's false would switch on the choices that are off.
    ...(disabled ? { disabled } : {}),
    classNames: wrapperClasses,
  }
}

const wrapperClasses = {
  label: styles.label ?? '',
  description: styles.why ?? '',
  error: styles.error ?? '',
}
