import type { ReactNode } from 'react'
import { SealMark } from '../seal-mark/seal-mark.tsx'
import styles from './timeline.module.css'

/** The history of a case, newest first or last as it is given: what happened, when, by whom. */
export const Timeline = ({ children, label }: { readonly children: ReactNode; readonly label: string }) => (
  <ol className={styles.timeline} aria-label={label}>
    {children}
  </ol>
)

export function TimelineItem({ when, title, by, sealed = false, state = 'stored', note, children }: TimelineItemProps) {
  return (
    <li className={styles.item} data-state={state}>
      <div className={styles.when}>{when}</div>
      <div className={styles.what}>
        <div className={styles.title}>
          {sealed && <SealMark />}
          {title}
        </div>
        {children}
        {(by !== undefined || note !== undefined) && (
          <div className="small">
            {by}
            {by !== undefined && note !== undefined && ' · '}
            {note}
          </div>
        )}
      </div>
    </li>
  )
}

export type TimelineItemProps = {
  readonly when: ReactNode
  readonly title: ReactNode
  readonly by?: ReactNode
  readonly sealed?: boolean
  /** `unsent`: only on this device so far; `corrected`: a later entry stands in its place; `refused`: see the note. */
  readonly state?: 'stored' | 'unsent' | 'corrected' | 'refused'
  /** The state in words; give one for every state but `stored`. */
  readonly note?: ReactNode
  readonly children?: ReactNode
}
