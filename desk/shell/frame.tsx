import { projectPublication } from '@lentera/core/evidence/publication/project'
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
import { useDesk, useSnapshot, useStreams } from '../device/context.ts'
import { isOpen, type Snapshot } from '../device/desk.ts'
import { waitsFor } from '../rooms/evidence/publication/said.ts'
import { HelpDialog } from './help.tsx'
import { useKeptFocus } from './keep-focus.ts'
import { useKeys } from './keys.ts'
import { hasCases, hasParticipants, hasProgramme, isAdministrator, isProtectionOfficer } from './posts.ts'
import styles from './shell.module.css'
import { UpdateNotice } from './update-notice.tsx'

/** Around every screen: where one can go, where one is, and the state of the device, always in the same corner. */
export function Frame() {
  const me = useSnapshot((snapshot) => snapshot.me)
  const demonstration = useSnapshot((snapshot) => snapshot.demonstration)
  const navigate = useNavigate()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const keys = useKeys(hasCases(me))
  useKeptFocus()
  // The window's title never says where she is or whom she looks at.
  useEffect(() => {
    document.title = 'Lentera'
  })
  return (
    <AppFrame
      groups={useGroups(me)}
      current={placeOf(path)}
      place={me ? [me.organisationName, me.programmeName].join(' · ') : ''}
      demonstration={demonstration}
      state={<Corner />}
      notice={<Notices />}
      onGo={({ href }) => navigate({ to: href })}
    >
      <Suspense fallback={<LoadingState />}>
        <Outlet />
      </Suspense>
      <HelpDialog open={keys.helpOpen} onClose={keys.closeHelp} />
    </AppFrame>
  )
}

/** The state of the device: it moves with every entry, and the screen beside it does not. */
function Corner() {
  const desk = useDesk()
  const { phase, online, unsent, answersMayWait, lastExchange, exchanging } = useSnapshot()
  return (
    <DeviceState
      lock={phase === 'open' ? 'open' : 'locked'}
      online={online}
      unsent={unsent}
      answersMayWait={answersMayWait}
      lastExchange={lastExchange ?? null}
      exchanging={exchanging}
      onLock={desk.lock}
      onExchange={() => desk.exchange()}
    />
  )
}

function Notices() {
  const t = useText()
  const stopped = useSnapshot((snapshot) => snapshot.stopped)
  const verifying = useSnapshot((snapshot) => snapshot.verifying)
  return (
    <div className={styles.notices}>
      <UpdateNotice />
      {stopped && <RefusalNotice refusal={stopped} />}
      {verifying && (
        <div className={styles.progress}>
          <ProgressBar label={t('shell.verifying')} done={verifying.done} total={verifying.total} />
        </div>
      )}
    </div>
  )
}

function useGroups(me: Snapshot['me']): readonly NavGroup[] {
  const t = useText()
  const open = useSnapshot(({ caseload }) => caseload.filter(isOpen).length)
  const waiting = useStreams('publication', projectPublication).filter(({ state }) => waitsFor(me, state)).length
  const stories = { id: 'stories', label: t('story.nav'), href: '/stories', shortcut: 'g v' }
  const criminalCases = { id: 'justice', label: t('justice.nav'), href: '/justice', shortcut: 'g j' }
  const cases = { id: 'cases', label: t('nav.cases'), href: '/cases', count: open, shortcut: 'g c' }
  return [
    {
      items: [
        { id: 'today', label: t('nav.today'), href: '/', shortcut: 'g t' },
        ...(hasCases(me) ? [cases, criminalCases, stories] : []),
      ],
    },
    {
      label: t('nav.programme'),
      items: [
        ...(hasParticipants(me)
          ? [{ id: 'livelihoods', label: t('nav.livelihoods'), href: '/livelihoods', shortcut: 'g l' }]
          : []),
        ...(hasProgramme(me) ? [{ id: 'training', label: t('nav.training'), href: '/training', shortcut: 'g s' }] : []),
        ...(hasProgramme(me)
          ? [{ id: 'awareness', label: t('nav.awareness'), href: '/awareness', shortcut: 'g a' }]
          : []),
        ...(hasProgramme(me)
          ? [{ id: 'workforce', label: t('nav.workforce'), href: '/workforce', shortcut: 'g w' }]
          : []),
        { id: 'results', label: t('nav.results'), href: '/results', shortcut: 'g r' },
        { id: 'evidence', label: t('nav.evidence'), href: '/evidence', shortcut: 'g e' },
        ...(hasProgramme(me)
          ? [
              { id: 'dissemination', label: t('nav.dissemination'), href: '/dissemination', shortcut: 'g p' },
              {
                id: 'publications',
                label: t('nav.publications'),
                href: '/publications',
                shortcut: 'g u',
                ...(waiting > 0 ? { count: waiting } : {}),
              },
            ]
          : []),
      ],
    },
    {
      label: t('nav.device-group'),
      items: [
        { id: 'device', label: t('nav.device'), href: '/device', shortcut: 'g d' },
        ...(isAdministrator(me) || isProtectionOfficer(me)
          ? [{ id: 'members', label: t('nav.members'), href: '/members', shortcut: 'g m' }]
          : []),
      ],
    },
  ]
}

function placeOf(path: string): string {
  const first = path.split('/')[1] ?? ''
  return first === '' ? 'today' : first
}
