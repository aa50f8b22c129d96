import type { Translate } from '@lentera/ui/catalogues/text'
import { SealMark, useText } from '@lentera/ui/parts'
import type { OpenedHead } from '../../device/desk.ts'
import recordStyles from '../records/records.module.css'
import styles from './support.module.css'

/** Her name with the seal mark; a word where it was not given, or where her identity is erased. */
export function CaseName({ name, erased }: { readonly name: string; readonly erased: boolean }) {
  const t = useText()
  if (erased) return <span className={recordStyles.quiet}>{t('support.erased')}</span>
  return (
    <span className={styles.name}>
      <SealMark />
      {name === '' ? <span className={recordStyles.quiet}>{t('support.no-name')}</span> : name}
    </span>
  )
}

/** Both names where two versions stand; a word where one cannot be opened here. */
export function sayName(heads: readonly OpenedHead[] = [], t: Translate): string {
  return [...new Set(heads.map(({ value }) => value ?? t('support.not-openable')).filter(Boolean))].join(' / ')
}
