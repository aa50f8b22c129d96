import type { ReactNode } from 'react'
import { SealMark } from '../seal-mark/seal-mark.tsx'
import styles from './due-item.module.css'

/** One row of *today*: how urgent, which case by its code and a neutral word, what is known, what to do. */
export function DueItem({ when, urgent = false, code, title, steps, children, action }: DueItemProps) {
  return (
    <li className={styles.item}>
      <div className={`${styles.when} ${urgent ? styles.urgent : ''}`}>{when}</div>
      <div className={styles.what}>
        <div>
          {code !== undefined && (
            <b className={styles.code}>
              <SealMark />
              {code}{' '}
            </b>
          )}
          {code === undefined ? <b>{title}</b> : title}
        </div>
        {steps !== undefined && <ClockSteps {...steps} />}
        {children !== undefined && <div className="small">{children}</div>}
      </div>
      <div className={styles.action}>{action}</div>
    </li>
  )
}

/** Rows of `DueItem` in a card. */
export const DueList = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <ul className={`card ${styles.list}`} aria-label={label}>
    {children}
  </ul>
)

/** How far something has come: steps done, the one it stands at, those to come. Said in one sentence. */
export function ClockSteps({
  done,
  of,
  label,
}: {
  readonly done: number
  readonly of: number
  readonly label: string
}) {
  return (
    <div className={styles.steps} role="img" aria-label={label} style={{ gridTemplateColumns: `repeat(${of}, 1fr)` }}>
      {Array.from({ length: of }, (_, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position
          key={index}
          className={index < done ? styles.done : index === done ? styles.now : undefined}
        />
      ))}
    </div>
  )
}

export type DueItemProps = {
  readonly when: ReactNode
  /** A person may come to harm by waiting. */
  readonly urgent?: boolean
  /** The case's code, never a name. */
  readonly code?: string
  readonly title: ReactNode
  readonly steps?: { readonly done: number; readonly of: number; readonly label: string }
  readonly children?: ReactNode
  readonly action?: ReactNode
}
