import {
  AppFrame,
  DeviceState,
  LoadingState,
  type NavGroup,
  ProgressBar,
  RefusalNotice,
  useText,
} from '@lentera/ui/parts'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useDesk, useSnapshot } from '../device/context.ts'
import type { Snapshot } from '../device/desk.ts'
import { HelpDialog } from './help.tsx'
import { useKeys } from './keys.ts'
import { hasCases, isAdministrator } from './posts.ts'
import styles from './shell.module.css'
import { UpdateNotice } from './update-notice.tsx'

/** Around every screen: where one can go, where one is, and the state of the device, always in the same corner. */
export function Frame() {
  const t = useText()
  const desk = useDesk()
  const snapshot = useSnapshot()
  const { me } = snapshot
  const navigate = useNavigate()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const keys = useKeys(hasCases(me))
  // The window's title never says where she is or whom she looks at.
  useEffect(() => {
    document.title = 'Lentera'
  })
  return (
    <AppFrame
      groups={useGroups(snapshot)}
      current={placeOf(path)}
      place={me ? [me.organisationName, me.programmeName].join(' · ') : ''}
      demonstration={snapshot.demonstration}
      state={
        <DeviceState
          lock={snapshot.phase === 'open' ? 'open' : 'locked'}
          online={snapshot.online}
          unsent={snapshot.unsent}
          lastExchange={snapshot.lastExchange ?? null}
          exchanging={snapshot.exchanging}
          onLock={desk.lock}
          onExchange={() => desk.exchange()}
        />
      }
      notice={
        <div className={styles.notices}>
          <UpdateNotice />
          {snapshot.stopped && <RefusalNotice refusal={snapshot.stopped} />}
          {snapshot.verifying && (
            <div className={styles.progress}>
              <ProgressBar
                label={t('shell.verifying')}
                done={snapshot.verifying.done}
                total={snapshot.verifying.total}
              />
            </div>
          )}
        </div>
      }
      onGo={({ href }) => navigate({ to: href })}
    >
      <Suspense fallback={<LoadingState />}>
        <Outlet />
      </Suspense>
      <HelpDialog open={keys.helpOpen} onClose={keys.closeHelp} />
    </AppFrame>
  )
}

function useGroups({ caseload, me }: Snapshot): readonly NavGroup[] {
  const t = useText()
  const open = caseload.filter(({ file }) => file.status !== 'closed' && !file.enteredInError).length
  const cases = { id: 'cases', label: t('nav.cases'), href: '/cases', count: open, shortcut: 'g c' }
  return [
    {
      items: [{ id: 'today', label: t('nav.today'), href: '/', shortcut: 'g t' }, ...(hasCases(me) ? [cases] : [])],
    },
    {
      label: t('nav.programme'),
      items: [
        { id: 'results', label: t('nav.results'), href: '/results', shortcut: 'g r' },
        { id: 'evidence', label: t('nav.evidence'), href: '/evidence', shortcut: 'g e' },
      ],
    },
    {
      label: t('nav.device-group'),
      items: [
        { id: 'device', label: t('nav.device'), href: '/device', shortcut: 'g d' },
        ...(isAdministrator(me) ? [{ id: 'members', label: t('nav.members'), href: '/members', shortcut: 'g m' }] : []),
      ],
    },
  ]
}

function placeOf(path: string): string {
  const first = path.split('/')[1] ?? ''
  return first === '' ? 'today' : first
}
