import { TextField, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import recordStyles from './records.module.css'

/** Above a list: the search in what this device has opened, what can be begun, and how many were found, for whoever does not see it. */
export function ListTools({ search, query, onQuery, found, children }: ListToolsProps) {
  return (
    <>
      <div className={recordStyles.tools}>
        <div className={recordStyles.search}>
          <TextField label={search} value={query} onChange={onQuery} />
        </div>
        {children}
      </div>
      <p role="status" className="said">
        {found}
      </p>
    </>
  )
}

export type ListToolsProps = {
  /** What the search is called. */
  readonly search: string
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly found: string
  readonly children: ReactNode
}

/** What a stream is marked with in a list. */
export function Marks({ inError = false, twoVersions, unsent }: MarksProps) {
  const t = useText()
  return (
    <>
      {inError && <span className={recordStyles.mark}>{t('support.entered-in-error')}</span>}
      {twoVersions && <span className={recordStyles.mark}>{t('support.two-versions')}</span>}
      {unsent && <span className={recordStyles.mark}>{t('support.unsent')}</span>}
    </>
  )
}

export type MarksProps = { readonly inError?: boolean; readonly twoVersions: boolean; readonly unsent: boolean }
