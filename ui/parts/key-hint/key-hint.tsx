import styles from './key-hint.module.css'

/** A key and what it does: `/` search. Keys are shown where there is a keyboard. */
export function KeyHint({ keys, children }: { readonly keys: string; readonly children?: string }) {
  return (
    <span className={styles.hint}>
      <kbd className={styles.key}>{keys}</kbd>
      {children}
    </span>
  )
}
