import { useText } from '../language/language.tsx'
import { Lantern } from '../lantern/lantern.tsx'
import styles from './seal-mark.module.css'

/** Stands beside everything the server holds only as ciphertext. Says so to the eye, the pointer and the ear. */
export function SealMark({ size = 16 }: { readonly size?: number }) {
  const t = useText()
  const label = t('ui.seal.mark')
  return (
    <span className={styles.mark} title={label}>
      <Lantern size={size} label={label} />
    </span>
  )
}
