import type { ReactNode } from 'react'
import { QuietButton } from '../buttons/buttons.tsx'
import { useText } from '../language/language.tsx'
import { Lantern } from '../lantern/lantern.tsx'
import styles from './states.module.css'

/** There is nothing here, and that is an answer: says what would stand here and how the first comes about. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <Lantern size={40} />
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  )
}

export type EmptyStateProps = {
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** Work is under way. Grey lines hold the place of what comes, so that nothing jumps; no wheel turns. */
export function LoadingState({ label, lines = 3 }: { readonly label?: string; readonly lines?: number }) {
  const t = useText()
  return (
    <div role="status" className={styles.loading}>
      <span className="small">{label ?? t('ui.loading')}</span>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <span key={index} className={styles.line} aria-hidden style={{ width: `${88 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  )
}

/** Something did not work: what, whether anything is lost, and a way to try again. */
export function FailedState({ title, children, onRetry }: FailedStateProps) {
  const t = useText()
  return (
    <div role="alert" className={styles.state}>
      <h2 className={styles.title}>{title ?? t('ui.failed.title')}</h2>
      <div className={styles.text}>{children ?? t('ui.failed.nothing-lost')}</div>
      {onRetry !== undefined && <QuietButton onClick={onRetry}>{t('ui.failed.retry')}</QuietButton>}
    </div>
  )
}

export type FailedStateProps = {
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly onRetry?: () => void
}

/** A page that needs the network while there is none; what is on the device stays usable. */
export function OfflineState({ children, onRetry }: { readonly children?: ReactNode; readonly onRetry?: () => void }) {
  const t = useText()
  return (
    <div role="status" className={styles.state}>
      <h2 className={styles.title}>{t('ui.offline.title')}</h2>
      <div className={styles.text}>{children ?? t('ui.offline.text')}</div>
      {onRetry !== undefined && <QuietButton onClick={onRetry}>{t('ui.failed.retry')}</QuietButton>}
    </div>
  )
}
