import { SealMark, useText } from '@lentera/ui/parts'
import type { OpenedHead } from '../../device/desk.ts'
import styles from './support.module.css'

/** Her name with the seal mark; both where two versions stand; a word where it was not given or cannot be opened here. */
export function CaseName({ heads = [] }: { readonly heads?: readonly OpenedHead[] | undefined }) {
  const t = useText()
  const names = [...new Set(heads.map(({ value }) => value ?? t('support.not-openable')).filter(Boolean))]
  return (
    <span className={styles.name}>
      <SealMark />
      {names.length > 0 ? names.join(' / ') : <span className={styles.quiet}>{t('support.no-name')}</span>}
    </span>
  )
}
