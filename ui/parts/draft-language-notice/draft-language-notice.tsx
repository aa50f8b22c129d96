import { useCatalogue, useText } from '../language/language.tsx'
import styles from './draft-language-notice.module.css'

/** Says that the words are a draft wherever they are one; nothing at all in a reviewed language. */
export function DraftLanguageNotice() {
  const t = useText()
  const { state } = useCatalogue()
  if (state.kind !== 'draft') return null
  return (
    <p className={styles.notice} role="note">
      {t('ui.language.draft')}
    </p>
  )
}
