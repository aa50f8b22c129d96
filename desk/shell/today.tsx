import {
  DueItem,
  DueList,
  EmptyState,
  NextButton,
  PageTitle,
  QuietButton,
  Section,
  Stack,
  useFormat,
  useText,
  WithAside,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useDesk, useSnapshot } from '../device/context.ts'
import { isOpen, type OpenedCase } from '../device/desk.ts'
import { Travelling } from '../rooms/support/travelling.tsx'
import { type Due, dueIn } from './due.ts'
import { hasOwnRoom, OwnRooms } from './own-rooms.tsx'
import { answersForTheWhole, hasCases, hasRegister, isAdministrator, isProtectionOfficer } from './posts.ts'
import styles from './shell.module.css'
import { Standing, WhoHasAccess } from './standing.tsx'
import { useWaiting, Waiting } from './waiting.tsx'

/** Its own chunk: the board is for those alone who have a register. Without it the day begins with all the rest. */
const GapsToday = lazy(() => import('../rooms/workforce/planner/gaps-today.tsx').catch(() => ({ default: () => null })))

/** What is due, what waits, what has not been sent: by code and neutral word only. */
export function TodayPage() {
  const me = useSnapshot((snapshot) => snapshot.me)
  return hasCases(me) ? <CaseworkToday /> : <ProgrammeToday />
}

function CaseworkToday() {
  const t = useText()
  const caseload = useSnapshot((snapshot) => snapshot.caseload)
  const refused = useSnapshot((snapshot) => snapshot.refused)
  const travelling = useSnapshot((snapshot) => snapshot.travelling)
  const due = useMemo(() => dueIn({ caseload, refused }), [caseload, refused])
  const waiting = useWaiting()
  const open = caseload.filter(isOpen).length
  const greeting = useGreeting()
  if (travelling)
    return (
      <>
        <PageTitle>{t('travel.today', { greeting })}</PageTitle>
        <WithAside aside={<Sending />}>
          <Travelling />
        </WithAside>
      </>
    )
  return (
    <>
      <PageTitle under={<TodayLine />}>{t('today.title', { greeting, count: due.count + waiting.things })}</PageTitle>
      <WithAside aside={<Aside open={open} closed={caseload.length - open} />}>
        <Stack>
          <Waiting waiting={waiting} />
          {caseload.length === 0 ? <NoCases /> : due.count === 0 ? <NothingDue /> : <DueCases due={due} />}
        </Stack>
      </WithAside>
    </>
  )
}

function DueCases({ due }: { readonly due: Due }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const [all, setAll] = useState(false)
  // One thing is next: the first case of the list.
  const first = due.conflicts[0]?.of ?? due.unmet[0]?.of ?? due.withoutService[0]
  // Each drawn when it is shown: of a thousand, most are not.
  const rows: (() => ReactNode)[] = [
    ...due.refused.map((each) => () => (
      <DueItem
        key={each.entry}
        when={t('today.not-accepted')}
        title={t(`entry.${each.kind}`)}
        action={<QuietButton onClick={() => navigate({ to: '/device' })}>{t('today.see-why')}</QuietButton>}
      >
        {t('today.kept-here')}
      </DueItem>
    )),
    ...due.conflicts.map(({ of, answers }) => () => (
      <DueItem
        key={`conflict ${of.stream}`}
        when={t('today.two-versions')}
        code={of.code}
        title={t('today.conflict')}
        action={<OpenCaseButton of={of} label={t('today.settle')} next={of === first} />}
      >
        {t('today.conflict-answers', { count: answers })}
      </DueItem>
    )),
    ...due.unmet.map(({ of, services, since }) => () => (
      <DueItem
        key={`unmet ${of.stream}`}
        when={t('today.not-given')}
        code={of.code}
        title={services.map((service) => t(`service.${service}`)).join(', ')}
        action={<OpenCaseButton of={of} label={t('today.open')} next={of === first && due.conflicts.length === 0} />}
      >
        {since && t('today.asked-in', { when: format.date(since) })}
      </DueItem>
    )),
    ...due.withoutService.map((of) => () => (
      <DueItem
        key={`without ${of.stream}`}
        when={t('today.no-service')}
        code={of.code}
        title={t('today.without-service')}
        action={<OpenCaseButton of={of} label={t('today.open')} next={of === first} />}
      >
        {t('today.open-since', { when: format.date(of.file.openedOn) })}
      </DueItem>
    )),
  ]
  const shown = all ? rows : rows.slice(0, atFirst)
  return (
    <>
      <DueList label={t('today.due')}>{shown.map((draw) => draw())}</DueList>
      {rows.length > shown.length && (
        <p className={styles.more}>
          <QuietButton onClick={() => setAll(true)}>
            {t('today.show-all', { count: rows.length - shown.length })}
          </QuietButton>
        </p>
      )}
    </>
  )
}

/** As many as one looks through; the rest is one touch away. */
const atFirst = 12

function OpenCaseButton({ of, label, next = false }: { of: OpenedCase; label: string; next?: boolean }) {
  const navigate = useNavigate()
  const Button = next ? NextButton : QuietButton
  return <Button onClick={() => navigate({ to: '/cases/$stream', params: { stream: of.stream } })}>{label}</Button>
}

function NoCases() {
  const t = useText()
  const navigate = useNavigate()
  const { hasAll, incomplete, verifying } = useSnapshot()
  if (!hasAll || incomplete || verifying !== undefined)
    return <EmptyState title={t('today.fetching.title')}>{t('today.fetching.text')}</EmptyState>
  return (
    <EmptyState
      title={t('today.no-cases.title')}
      action={<NextButton onClick={() => navigate({ to: '/cases/new' })}>{t('today.no-cases.do')}</NextButton>}
    >
      {t('today.no-cases.text')}
    </EmptyState>
  )
}

function NothingDue() {
  const t = useText()
  return <EmptyState title={t('today.nothing.title')}>{t('today.nothing.text')}</EmptyState>
}

function Aside({ open, closed }: { readonly open: number; readonly closed: number }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <>
      <Section title={t('today.caseload')}>
        <dl className={styles.facts}>
          <dt>{t('today.open-cases')}</dt>
          <dd>{format.number(open)}</dd>
          <dt>{t('today.closed-cases')}</dt>
          <dd>{format.number(closed)}</dd>
        </dl>
        <br />
        <QuietButton onClick={() => navigate({ to: '/cases/new' })} shortcut="n">
          {t('today.new-case')}
        </QuietButton>
      </Section>
      <Sending />
    </>
  )
}

/** What has not left this device, and when it last spoke with the server. */
function Sending() {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { unsent, answersMayWait, lastExchange, online, exchanging, incomplete } = useSnapshot()
  return (
    <Section title={t('today.sending')}>
      <p>{t('today.unsent', { count: unsent, answers: answersMayWait ? 'apart' : 'none' })}</p>
      {answersMayWait && <p>{t('device.answers')}</p>}
      <p className="small">
        {lastExchange === undefined
          ? t('ui.device.never')
          : t('today.last-exchange', { when: format.instant(lastExchange) })}
      </p>
      {incomplete && <p>{t('today.incomplete')}</p>}
      {online && (
        <QuietButton disabled={exchanging} onClick={() => desk.exchange()}>
          {t('ui.device.exchange')}
        </QuietButton>
      )}
    </Section>
  )
}

/** For those who have no caseload: how the figures stand, and what this device knows of the server. */
function ProgrammeToday() {
  const t = useText()
  const navigate = useNavigate()
  const { me, refused } = useSnapshot()
  const waiting = useWaiting()
  const greeting = useGreeting()
  // One thing is next: in her own room, where she has one.
  const Results = hasOwnRoom(me?.roles) ? QuietButton : NextButton
  return (
    <>
      <PageTitle under={<TodayLine counted={answersForTheWhole(me)} />}>
        {refused.length === 0 && waiting.things > 0
          ? t('today.title', { greeting, count: waiting.things })
          : refused.length === 0 && hasRegister(me)
            ? t('today.title-register', { greeting })
            : t('today.title-programme', { greeting, count: refused.length })}
      </PageTitle>
      <WithAside aside={<Sending />}>
        <Stack>
          {refused.length > 0 && (
            <DueList label={t('today.due')}>
              {refused.map((each) => (
                <DueItem
                  key={each.entry}
                  when={t('today.not-accepted')}
                  title={t(`entry.${each.kind}`)}
                  action={<QuietButton onClick={() => navigate({ to: '/device' })}>{t('today.see-why')}</QuietButton>}
                >
                  {t('today.kept-here')}
                </DueItem>
              ))}
            </DueList>
          )}
          {isAdministrator(me) && (
            <Section title={t('today.members.title')} note={t('today.members.note')}>
              <QuietButton onClick={() => navigate({ to: '/members' })}>{t('today.members.open')}</QuietButton>
            </Section>
          )}
          <Waiting waiting={waiting} />
          {hasRegister(me) && (
            <Suspense fallback={null}>
              <GapsToday />
            </Suspense>
          )}
          {answersForTheWhole(me) && <Standing />}
          {isProtectionOfficer(me) && <WhoHasAccess />}
          <OwnRooms />
          {!answersForTheWhole(me) && (
            <Section title={t('today.results.title')} note={t('today.results.note')}>
              <Results onClick={() => navigate({ to: '/results' })}>{t('today.results.open')}</Results>
            </Section>
          )}
          <Section title={t('today.evidence.title')} note={t('today.evidence.note')}>
            <QuietButton onClick={() => navigate({ to: '/evidence' })}>{t('today.evidence.open')}</QuietButton>
          </Section>
          {me && (
            <Section title={t('today.post.title')} note={t('today.post.note')}>
              <dl className={styles.facts}>
                <dt>{t('today.post.label')}</dt>
                <dd>{me.label}</dd>
                <dt>{t('today.post.roles')}</dt>
                <dd>{me.roles.map((role) => t(`role.${role}`)).join(', ')}</dd>
                <dt>{t('today.post.organisation')}</dt>
                <dd>{me.organisationName}</dd>
              </dl>
            </Section>
          )}
        </Stack>
      </WithAside>
    </>
  )
}

/** `counted`: her day begins with figures, which only the server counts. */
function TodayLine({ counted = false }: { readonly counted?: boolean }) {
  const t = useText()
  const format = useFormat()
  const today = useSnapshot((snapshot) => snapshot.today)
  const isPart = useSnapshot(({ loaded, hasAll }) => loaded && !hasAll)
  const line = isPart ? 'today.line-part' : counted ? 'today.line-counted' : 'today.line'
  return today && t(line, { date: format.dateWithWeekday(today) })
}

/** By the programme's clock: she may sit elsewhere than her telephone thinks. */
function useGreeting(): string {
  const t = useText()
  const { zone } = useFormat()
  const hour = Number(
    new Intl.DateTimeFormat('en-u-nu-latn', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(Date.now()),
  )
  if (hour < 12) return t('today.good-morning')
  return hour < 18 ? t('today.good-afternoon') : t('today.good-evening')
}
