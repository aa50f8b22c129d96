import { EmptyState, LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useSnapshot } from '../../../device/context.ts'
import { Travelling } from '../../support/travelling.tsx'

/**
 * A page that reckons from the register, for a device that has all of it: from a part, gaps, plans and proofs would be wrong, and an
 * import would take officers for new. Until it has come the page says so; while more comes to a whole one, it says that, too.
 */
export function whenWhole(Page: ComponentType): ComponentType {
  return function WhenWhole() {
    const t = useText()
    const hasAll = useSnapshot((snapshot) => snapshot.hasAll)
    const loaded = useSnapshot((snapshot) => snapshot.loaded)
    const travelling = useSnapshot((snapshot) => snapshot.travelling)
    const isComing = useSnapshot(({ verifying }) => verifying !== undefined)
    if (!loaded) return <LoadingState />
    if (hasAll && !travelling)
      return (
        <>
          {isComing && <p role="status">{t('register.more-coming')}</p>}
          <Page />
        </>
      )
    return (
      <>
        <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>}>{t('register.nav')}</PageTitle>
        {travelling ? (
          <Travelling title={t('register.travelling')} text={t('register.travelling-text')} />
        ) : (
          <OnItsWay />
        )}
      </>
    )
  }
}

/** How much of it has come, and that nothing is reckoned from it. */
export function OnItsWay() {
  const t = useText()
  const online = useSnapshot((snapshot) => snapshot.online)
  const posts = useSnapshot((snapshot) => snapshot.posts.length)
  const officers = useSnapshot((snapshot) => snapshot.officers.length)
  return (
    <EmptyState title={t('register.coming')}>
      <p role="status">{t('register.come-so-far', { posts, officers })}</p>
      <p>{t(online ? 'register.coming-text' : 'register.coming-offline')}</p>
    </EmptyState>
  )
}
