import { QuietButton, useText } from '@lentera/ui/parts'
import { useUpdate } from './service-worker.ts'
import styles from './shell.module.css'

/** Says that a newer program waits. Taking it locks the device: what is being typed is kept, sealed, by its form. */
export function UpdateNotice() {
  const t = useText()
  const take = useUpdate()
  if (take === undefined) return null
  return (
    <div role="status" className={styles.notice}>
      <span>{t('shell.update')}</span>
      <QuietButton onClick={take}>{t('shell.update-take')}</QuietButton>
    </div>
  )
}
