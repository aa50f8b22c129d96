import { DraftLanguageNotice, LanguagePicker, Lantern, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import { useSnapshot } from '../device/context.ts'
import styles from './door.module.css'
import { usePreferences } from './preferences.ts'
import { UpdateNotice } from './update-notice.tsx'

/** The frame of every page before the desk is open: who we are, the language, and that this is a demonstration if it is. */
export function Door({ children, wide = false, foot }: DoorProps) {
  const t = useText()
  const { demonstration } = useSnapshot()
  const preferences = usePreferences()
  return (
    <div className={styles.door}>
      <header className={styles.top}>
        <span className={styles.brand}>
          <Lantern size={28} />
          Lentera
        </span>
        <LanguagePicker onChoose={(language) => preferences.change({ language })} />
      </header>
      <DraftLanguageNotice />
      <UpdateNotice />
      <main id="content" className={`${styles.content} ${wide ? '' : styles.narrow}`}>
        {demonstration && <strong className={styles.demonstration}>{t('shell.demonstration')}</strong>}
        {children}
      </main>
      <footer className={styles.foot}>{foot}</footer>
    </div>
  )
}

export type DoorProps = {
  readonly children: ReactNode
  readonly wide?: boolean
  readonly foot?: ReactNode
}
