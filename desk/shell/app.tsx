import type { MemberId } from '@lentera/core/shared/ids'
import { LenteraProvider, LoadingState } from '@lentera/ui/parts'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useSnapshot } from '../device/context.ts'
import { FirstRun } from './first-run/first-run.tsx'
import { PreferencesContext, useKeptPreferences } from './preferences.ts'
import { router } from './router.tsx'
import { SignInPage } from './sign-in.tsx'
import { UnlockPage } from './unlock.tsx'

// With the pages of its room: where a device can be handed over, what is then shown is there, without a network too.
const HandedOver = lazy(() => import('../rooms/workforce/pages.tsx').then((pages) => ({ default: pages.HandedOver })))

/** The whole desk: words and theme around, and inside whatever the device's phase allows. */
export function App() {
  const { preferences, catalogue } = useKeptPreferences()
  const zone = useSnapshot(({ me }) => me?.zone)
  if (catalogue === undefined) return null
  return (
    <PreferencesContext value={preferences}>
      <LenteraProvider catalogue={catalogue} zone={zone ?? ownZone} theme={preferences.theme}>
        <Phase />
      </LenteraProvider>
    </PreferencesContext>
  )
}

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

function Phase() {
  const phase = useSnapshot((snapshot) => snapshot.phase)
  const last = useRef<MemberId>(undefined)
  // Whoever comes after another begins at her own today, not at the screen the other left.
  const member = useSnapshot(({ me }) => me?.member)
  useEffect(() => {
    if (member === undefined) return
    if (last.current !== undefined && last.current !== member) void router.navigate({ to: '/', replace: true })
    last.current = member
  }, [member])
  useEffect(() => {
    const isUsedUp = phase === 'signed-out' || phase === 'locked'
    // An address that has founded leads nowhere any more; its token goes out of the history.
    if (isUsedUp && location.pathname === '/found') history.replaceState(null, '', '/')
  }, [phase])
  // The guided path goes on over the moment at which the organisation is founded and she is signed in.
  const [founding, setFounding] = useState(false)
  const survey = useSnapshot(({ handedOver }) => handedOver)
  if (phase === 'first-run' || founding)
    return <FirstRun onBegin={() => setFounding(true)} onDone={() => setFounding(false)} />
  switch (phase) {
    case 'starting':
      return <LoadingState />
    case 'signed-out':
      return <SignInPage />
    case 'locked':
      return <UnlockPage />
    case 'open':
      // In the place of the router, not on a page of it: no address and no way back leads past it.
      if (survey)
        return (
          <Suspense fallback={<LoadingState />}>
            <HandedOver survey={survey} />
          </Suspense>
        )
      return <RouterProvider router={router} />
  }
}
