import { Drawer } from '@mantine/core'
import { type MouseEvent, type ReactNode, useState } from 'react'
import { DraftLanguageNotice } from '../draft-language-notice/draft-language-notice.tsx'
import { useFormat, useText } from '../language/language.tsx'
import { Lantern } from '../lantern/lantern.tsx'
import { SkipLink } from '../page/page.tsx'
import styles from './app-frame.module.css'

/**
 * The frame of the staff application. Wide: navigation at the left, state of the device at the top right. Narrow: the
 * place and a menu at the top, the same state under it, the navigation in a drawer.
 */
export function AppFrame({
  groups,
  current,
  place,
  state,
  notice,
  demonstration = false,
  onGo,
  children,
}: AppFrameProps) {
  const t = useText()
  const [menuOpen, setMenuOpen] = useState(false)
  const go = (item: NavItem, event: MouseEvent<HTMLAnchorElement>): void => {
    setMenuOpen(false)
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onGo(item)
  }
  const navigation = <Navigation groups={groups} current={current} onGo={go} />
  return (
    <div className={styles.frame}>
      <SkipLink />
      <nav className={styles.side} aria-label={t('ui.frame.rooms')}>
        <Brand />
        {navigation}
      </nav>
      <div className={styles.body}>
        <header className={styles.header}>
          <div className={styles.place}>
            <button type="button" className={styles.menu} aria-haspopup="dialog" onClick={() => setMenuOpen(true)}>
              <Lantern size={24} />
              {t('ui.frame.menu')}
            </button>
            <span className={styles.where}>
              {demonstration && <strong className={styles.demonstration}>{t('ui.frame.demonstration')}</strong>}
              {place}
            </span>
          </div>
          {state}
        </header>
        <DraftLanguageNotice />
        {notice}
        <main id="content" tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
      <Drawer
        opened={menuOpen}
        onClose={() => setMenuOpen(false)}
        title={<Brand />}
        size={288}
        // It would write a style element, which the desk's content policy forbids.
        lockScroll={false}
        closeButtonProps={{ 'aria-label': t('ui.frame.close'), size: 36 }}
      >
        <nav aria-label={t('ui.frame.rooms')}>{navigation}</nav>
      </Drawer>
    </div>
  )
}

export type AppFrameProps = {
  readonly groups: readonly NavGroup[]
  /** The `id` of the item the reader is on. */
  readonly current: string
  /** Where she works: organisation and country. Never a person. */
  readonly place: ReactNode
  /** A `DeviceState`. */
  readonly state: ReactNode
  /** Something that concerns every screen, between header and content. */
  readonly notice?: ReactNode
  /** Whether this database is a demonstration: said on every screen. */
  readonly demonstration?: boolean
  readonly onGo: (item: NavItem) => void
  readonly children: ReactNode
}

export type NavGroup = { readonly label?: string; readonly items: readonly NavItem[] }
export type NavItem = {
  readonly id: string
  readonly label: string
  readonly href: string
  /** How many wait there; left out where it means nothing. */
  readonly count?: number
  readonly shortcut?: string
}

function Navigation({
  groups,
  current,
  onGo,
}: Pick<AppFrameProps, 'groups' | 'current'> & {
  onGo: (item: NavItem, event: MouseEvent<HTMLAnchorElement>) => void
}) {
  const format = useFormat()
  return groups.map((group) => (
    <div key={group.items[0]?.id ?? group.label} className={styles.group}>
      {group.label !== undefined && <div className={styles.groupLabel}>{group.label}</div>}
      <ul className={styles.items}>
        {group.items.map((item) => (
          <li key={item.id}>
            <a
              href={item.href}
              className={styles.item}
              aria-current={item.id === current ? 'page' : undefined}
              aria-keyshortcuts={item.shortcut}
              onClick={(event) => onGo(item, event)}
            >
              <span>{item.label}</span>
              {item.count !== undefined && <span className="num">{format.number(item.count)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </div>
  ))
}

const Brand = () => (
  <span className={styles.brand}>
    <Lantern size={28} />
    Lentera
  </span>
)
