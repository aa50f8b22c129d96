import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './buttons.module.css'

/** The one thing to do next: amber, at most one on a screen. */
export function NextButton(props: ActionButtonProps) {
  return <ActionButton {...props} look={styles.next} />
}

/** Every other action. */
export function QuietButton(props: ActionButtonProps) {
  return <ActionButton {...props} look={styles.quiet} />
}

export type ActionButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> & {
  readonly children: ReactNode
  /** Fills the width of its column, as on a phone. */
  readonly wide?: boolean
  /** A key that does the same, shown on the button and told to assistive technology. */
  readonly shortcut?: string
  readonly ref?: Ref<HTMLButtonElement>
}

function ActionButton({
  look,
  wide = false,
  shortcut,
  children,
  type = 'button',
  ...rest
}: ActionButtonProps & { look: string | undefined }) {
  return (
    <button
      {...rest}
      type={type}
      className={[styles.button, look, wide && styles.wide].filter(Boolean).join(' ')}
      aria-keyshortcuts={shortcut}
    >
      {children}
      {shortcut !== undefined && (
        <kbd className={styles.key} aria-hidden>
          {shortcut}
        </kbd>
      )}
    </button>
  )
}
