import type { Refusal } from '@lentera/core/shared/refusals'
import type { ReactNode } from 'react'
import { hasText } from '../../catalogues/text.ts'
import { useCatalogue, useText } from '../language/language.tsx'
import styles from './refusal-notice.module.css'

/**
 * A refusal in words. The sentence of `refusal.<code>` says what is not possible and what is allowed instead; the code
 * itself stands small beside it for whoever is asked for help. A code without a sentence is still shown.
 */
export function RefusalNotice({ refusal, action }: { readonly refusal: Refusal; readonly action?: ReactNode }) {
  const t = useText()
  const catalogue = useCatalogue()
  const id = `refusal.${refusal.code}`
  return (
    <div role="alert" className={styles.notice}>
      <p className={styles.sentence}>{hasText(catalogue, id) ? t(id, refusal.values) : t('ui.refusal.unknown')}</p>
      {action}
      <p className={styles.code}>{t('ui.refusal.code', { code: refusal.code })}</p>
    </div>
  )
}
