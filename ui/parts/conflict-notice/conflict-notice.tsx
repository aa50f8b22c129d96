import type { ReactNode } from 'react'
import { QuietButton } from '../buttons/buttons.tsx'
import { useText } from '../language/language.tsx'
import { SealMark } from '../seal-mark/seal-mark.tsx'
import styles from './conflict-notice.module.css'

/**
 * Two or more versions of one answer. All are shown with who wrote them and when; nothing is preselected, and nothing
 * is lost by waiting. `onSettle` writes the entry that settles; `onWriteNew` opens the field for a third answer.
 */
export function ConflictNotice({ field, sealed = false, versions, onSettle, onWriteNew }: ConflictNoticeProps) {
  const t = useText()
  return (
    <section className={`card ${styles.conflict}`} aria-label={t('ui.conflict.title', { count: versions.length })}>
      <h3 className={styles.title}>{t('ui.conflict.title', { count: versions.length })}</h3>
      <p className={styles.field}>
        {sealed && <SealMark />}
        {field}
      </p>
      <ul className={styles.versions}>
        {versions.map((version) => (
          <li key={version.id} className={styles.version}>
            <div className={styles.value}>{version.value}</div>
            <div className="small">
              {version.by}
              {version.when !== undefined && ` · ${version.when}`}
            </div>
            {onSettle !== undefined && (
              <QuietButton onClick={() => onSettle(version.id)}>{t('ui.conflict.keep')}</QuietButton>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t('ui.conflict.note')}</p>
      {onWriteNew !== undefined && <QuietButton onClick={onWriteNew}>{t('ui.conflict.write-new')}</QuietButton>}
    </section>
  )
}

export type ConflictNoticeProps = {
  /** The question both versions answer. */
  readonly field: ReactNode
  readonly sealed?: boolean
  readonly versions: readonly ConflictVersion[]
  readonly onSettle?: (id: string) => void
  readonly onWriteNew?: () => void
}

export type ConflictVersion = {
  /** Of the entry that wrote it. */
  readonly id: string
  readonly value: ReactNode
  readonly by: ReactNode
  readonly when?: string
}
