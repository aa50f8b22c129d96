import { type CivilDate, firstDayOf } from '@lentera/core/shared/dates'
import { type Barrier, projectBarrier } from '@lentera/core/workforce/barrier/project'
import { projectRecommendation, projectReform, type Recommendation, type Reform } from '@lentera/core/workforce/project'
import { EmptyState, PageTitle, Section, Stack, Timeline, TimelineItem, useFormat, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Projected, useSnapshot, useStreams } from '../../../device/context.ts'
import { sayCode } from '../../records/say.ts'
import styles from '../workforce.module.css'

/** From each recommendation to what changed, in the order of its days; and the changes that follow none. */
export function ChangesPage() {
  const t = useText()
  const isWriter = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const recommendations = useStreams('recommendation', projectRecommendation)
    .filter(({ state }) => !state.enteredInError)
    .toSorted((a, b) => (a.state.number ?? 0) - (b.state.number ?? 0))
  const reforms = useStreams('reform', projectReform).filter(({ state }) => !state.enteredInError)
  const barriers = useStreams('barrier', projectBarrier).filter(({ state }) => !state.enteredInError)
  const alone = reforms.filter(({ state }) => !state.recommendations?.length)
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('changes.under')}>
        {t('changes.title', { count: reforms.length })}
      </PageTitle>
      <Stack>
        {recommendations.length + reforms.length === 0 && (
          <EmptyState title={t(isWriter ? 'changes.none' : 'changes.none-here')}>
            {t(isWriter ? 'changes.none-text' : 'changes.none-here-text')}
          </EmptyState>
        )}
        {recommendations.map((each) => (
          <WayOf key={each.stream} recommendation={each} reforms={reforms} barriers={barriers} />
        ))}
        {alone.length > 0 && (
          <Section title={t('changes.alone')}>
            <Steps label={t('changes.alone')} steps={alone.map(stepOfReform)} />
          </Section>
        )}
      </Stack>
    </>
  )
}

type WayProps = {
  readonly recommendation: Projected<Recommendation>
  readonly reforms: readonly Projected<Reform>[]
  readonly barriers: readonly Projected<Barrier>[]
}

function WayOf({ recommendation: { stream, state }, reforms, barriers }: WayProps) {
  const t = useText()
  const title = t('workforce.recommendation.short', { number: state.number ?? 0, text: state.text ?? '' })
  const origin = sayCode((code) => t(`workforce.origin.${code}`), state.origin, t)
  const steps: Step[] = [
    ...barriers
      .filter(({ state: barrier }) => barrier.recommendation === stream)
      .map(({ stream: key, state: barrier }) => ({ key, on: barrier.on, what: <BarrierStep barrier={barrier} /> })),
    { key: stream, on: state.on, what: <p className={styles.text}>{t('workforce.status.proposed')}</p> },
    ...state.statuses
      .filter(({ enteredInError }) => !enteredInError)
      .map(({ record, on, status, evidence }) => ({
        key: record,
        on,
        what: (
          <p className={styles.text}>
            {sayCode((code) => t(`workforce.status.${code}`), status, t)}
            {evidence && `: ${evidence}`}
          </p>
        ),
      })),
    ...reforms.filter(({ state: reform }) => reform.recommendations?.includes(stream)).map(stepOfReform),
  ]
  return (
    <Section title={title} note={`${origin} · ${sayCode((text) => text, state.source, t)}`}>
      <Steps label={title} steps={steps} />
    </Section>
  )
}

type Step = { readonly key: string; readonly on: CivilDate; readonly what: ReactNode }

const stepOfReform = ({ stream, state }: Projected<Reform>): Step => ({
  key: stream,
  on: state.on,
  what: <ReformStep stream={stream} reform={state} />,
})

function Steps({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  const format = useFormat()
  const inOrder = steps.toSorted((a, b) => (firstDayOf(a.on) < firstDayOf(b.on) ? -1 : 1))
  return (
    <Timeline label={label}>
      {inOrder.map(({ key, on, what }) => (
        <TimelineItem key={key} when={format.date(on)} title={what} />
      ))}
    </Timeline>
  )
}

function BarrierStep({ barrier }: { readonly barrier: Barrier }) {
  const t = useText()
  return (
    <p className={styles.text}>
      {t('changes.barrier', {
        area: sayCode((code) => t(`barrier.area.${code}`), barrier.area, t),
        level: sayCode((code) => t(`barrier.level.${code}`), barrier.level, t),
      })}
    </p>
  )
}

/** Which kind of change it is, what changed, and by what evidence. */
function ReformStep({ stream, reform }: { readonly stream: Projected<Reform>['stream']; readonly reform: Reform }) {
  const t = useText()
  return (
    <>
      <strong>{sayCode((code) => t(`workforce.sphere.${code}`), reform.sphere, t)}</strong>
      <p className={styles.text}>
        <Link to="/workforce/reforms/$stream" params={{ stream }}>
          {sayCode((text) => text, reform.what, t)}
        </Link>
      </p>
      <p className={styles.text}>
        {t('workforce.evidence')}: {sayCode((text) => text, reform.evidence, t)}
      </p>
    </>
  )
}
