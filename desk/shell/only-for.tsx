import type { Me } from '@lentera/core/shared/me'
import { EmptyState, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import type { ComponentType, ReactNode } from 'react'
import { useSnapshot } from '../device/context.ts'

/** A page for those alone whose work it is: of anybody else nothing is asked, and nothing kept. */
export function onlyFor(may: (me: Me | undefined) => boolean, Page: ComponentType): () => ReactNode {
  return function OnlyFor() {
    const t = useText()
    const me = useSnapshot((snapshot) => snapshot.me)
    if (may(me)) return <Page />
    return (
      <EmptyState title={t('shell.not-your-post')} action={<Link to="/">{t('nav.today')}</Link>}>
        {t('shell.not-your-post-text')}
      </EmptyState>
    )
  }
}
