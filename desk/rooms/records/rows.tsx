import type { Conflict } from '@lentera/core/log/records'
import type { EntryId } from '@lentera/core/shared/ids'
import { EmptyState, QuietButton, useText } from '@lentera/ui/parts'
import { Children, type ReactNode, useState } from 'react'
import { useReopened } from '../../device/use-kept-form.ts'
import styles from './records.module.css'

/** The records of a stream, a row each; what is said where there is none. */
export function RecordRows({ none, children }: { readonly none: string; readonly children: ReactNode }) {
  return Children.count(children) === 0 ? <EmptyState title={none} /> : <ul className={styles.rows}>{children}</ul>
}

/** One record: what it says, how it is marked, and its correction where the reader may correct. */
export function RecordRow({ row, conflicts, superseded, correction, keptAs, children }: RecordRowProps) {
  const t = useText()
  const [correcting, setCorrecting] = useState(false)
  const isTwofold = conflicts.some(({ record }) => record === row.record)
  const superseding = row.enteredInError ? t('support.entered-in-error') : superseded
  return (
    <li className={superseding ? styles.gone : undefined}>
      {children}
      {isTwofold && <span className={styles.mark}>{t('support.two-versions')}</span>}
      {superseding && <span className={styles.mark}>{superseding}</span>}
      {keptAs && <Reopened name={keptAs} open={() => setCorrecting(true)} />}
      {correction && !correcting && (
        <QuietButton onClick={() => setCorrecting(true)}>{t('records.correct')}</QuietButton>
      )}
      {correcting && correction?.(() => setCorrecting(false))}
    </li>
  )
}

export type RecordRowProps = {
  readonly row: { readonly record: EntryId; readonly enteredInError: boolean }
  readonly conflicts: readonly Conflict[]
  /** Why the record counts no more, though it was right. */
  readonly superseded?: string | undefined
  /** Its form; undefined to a reader who may not. */
  readonly correction?: ((onDone: () => void) => ReactNode) | undefined
  /** Under which the letters of that form are kept, where they are: it is open again when she comes back to them. */
  readonly keptAs?: string
  readonly children: ReactNode
}

function Reopened({ name, open }: { readonly name: string; readonly open: () => void }) {
  useReopened(name, open)
  return null
}
