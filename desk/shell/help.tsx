import { KeyHint, useText } from '@lentera/ui/parts'
import { Modal } from '@mantine/core'
import { useSnapshot } from '../device/context.ts'
import { hasCases, hasParticipants, isAdministrator } from './posts.ts'
import styles from './shell.module.css'

/** The keys. `lockScroll` would write a style element, which the content policy forbids. */
export function HelpDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useText()
  const me = useSnapshot((snapshot) => snapshot.me)
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={t('help.title')}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('ui.frame.close'), size: 36 }}
    >
      <ul className={styles.keys}>
        <li>
          <KeyHint keys="/">{t('help.search')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="n">{t('help.new-case')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g t">{t('help.go-today')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g c">{t('help.go-cases')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g s">{t('help.go-training')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g a">{t('help.go-awareness')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g w">{t('help.go-workforce')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g r">{t('help.go-results')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g e">{t('help.go-evidence')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g p">{t('help.go-dissemination')}</KeyHint>
        </li>
        <li>
          <KeyHint keys="g u">{t('help.go-publications')}</KeyHint>
        </li>
        {hasCases(me) && (
          <li>
            <KeyHint keys="g j">{t('help.go-justice')}</KeyHint>
          </li>
        )}
        {hasCases(me) && (
          <li>
            <KeyHint keys="g v">{t('help.go-stories')}</KeyHint>
          </li>
        )}
        {hasParticipants(me) && (
          <li>
            <KeyHint keys="g l">{t('help.go-livelihoods')}</KeyHint>
          </li>
        )}
        <li>
          <KeyHint keys="g d">{t('help.go-device')}</KeyHint>
        </li>
        {isAdministrator(me) && (
          <li>
            <KeyHint keys="g m">{t('help.go-members')}</KeyHint>
          </li>
        )}
        <li>
          <KeyHint keys="?">{t('help.this')}</KeyHint>
        </li>
      </ul>
      <p className="small">{t('help.sealed')}</p>
    </Modal>
  )
}
