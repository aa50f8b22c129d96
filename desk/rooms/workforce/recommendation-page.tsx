import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import {
  describeRecommendation,
  markRecommendationInError,
  nextStatuses,
  setStatus,
} from '@lentera/core/workforce/capture'
import {
  projectRecommendation,
  projectReform,
  type Recommendation,
  type StatusRecord,
} from '@lentera/core/workforce/project'
import { Status } from '@lentera/core/workforce/words'
import {
  Actions,
  ChoiceField,
  DateField,
  EmptyState,
  NextButton,
  PageTitle,
  QuietButton,
  Section,
  Stack,
  TextField,
  Timeline,
  TimelineItem,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { InError } from '../records/in-error.tsx'
import recordStyles from '../records/records.module.css'
import { marksOf, sayCode } from '../records/say.ts'
import { Correct } from '../records/typed-correction.tsx'
import { byStream, changeOf, RecommendationFields, readRecommendation, typedRecommendation } from './fields.tsx'
import styles from './workforce.module.css'

/** One recommendation: its text and source, its way so far, and the reforms that followed it. */
export function RecommendationPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const recommendations = useStreams('recommendation', projectRecommendation)
  const recommendation = recommendations.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!recommendation)
    return (
      <EmptyState title={t('workforce.not-here')} action={<Link to="/workforce">{t('workforce.back')}</Link>}>
        {t('workforce.not-here-text')}
      </EmptyState>
    )
  return <OneRecommendation {...{ recommendation, recommendations }} />
}

type RecommendationProps = { readonly recommendation: Projected<Recommendation> }
type OneRecommendationProps = RecommendationProps & { readonly recommendations: readonly Projected<Recommendation>[] }

function OneRecommendation({ recommendation, recommendations }: OneRecommendationProps) {
  const t = useText()
  const format = useFormat()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const [doing, setDoing] = useState<'status' | 'correct'>()
  const { state, stream } = recommendation
  const done = (): void => setDoing(undefined)
  const status = sayCode((code) => t(`workforce.status.${code}`), state.status, t)
  return (
    <>
      <PageTitle
        over={<Link to="/workforce">{t('workforce.back')}</Link>}
        under={[format.date(state.on), ...marksOf(recommendation, t)].join(' · ')}
      >
        {t('workforce.recommendation.title', { number: state.number ?? 0, status })}
      </PageTitle>
      <Stack>
        {isFocalPoint && !state.enteredInError && doing === undefined && (
          <Actions>
            <NextButton onClick={() => setDoing('status')}>{t('workforce.status-next')}</NextButton>
            <QuietButton onClick={() => setDoing('correct')}>{t('records.correct')}</QuietButton>
          </Actions>
        )}
        {doing === 'status' && <NextStatus recommendation={recommendation} onDone={done} />}
        {doing === 'correct' && (
          <Section title={t('records.correct')}>
            <Correct
              stood={typedRecommendation(state)}
              fields={(typing) => <RecommendationFields {...typing} />}
              decide={(typed) =>
                describeRecommendation(
                  stream,
                  state,
                  changeOf(readRecommendation(typed), state),
                  byStream(recommendations),
                )
              }
              onDone={done}
            />
          </Section>
        )}
        <Section title={t('workforce.text')}>
          <p className={styles.text}>{sayCode((text) => text, state.text, t)}</p>
          <p className={recordStyles.quiet}>
            {sayCode((code) => t(`workforce.origin.${code}`), state.origin, t)} · {t('workforce.source')}:{' '}
            {sayCode((text) => text, state.source, t)}
          </p>
        </Section>
        <Way recommendation={recommendation} isFocalPoint={isFocalPoint} />
        <Followers stream={stream} />
        {isFocalPoint && (
          <InError
            says={t('workforce.in-error.mark')}
            isInError={state.enteredInError}
            mark={(is) => markRecommendationInError(stream, state, state.opening, is)}
          />
        )}
      </Stack>
    </>
  )
}

function NextStatus({ recommendation: { stream, state }, onDone }: RecommendationProps & { onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const { today } = desk.moment()
  const next = nextStatuses(state)
  const decide = (typed: Typed) => {
    const [status, on] = [Status.safeParse(typed.status), CivilDate.safeParse(typed.on)]
    if (!on.success) return refuse('workforce.not-yet')
    if (!status.success) return refuse('workforce.not-complete')
    return setStatus(stream, state, { status: status.data, on: on.data, evidence: typed.evidence ?? '' }, today)
  }
  return (
    <Section title={t('workforce.status-next')} note={t('workforce.status-note')}>
      <Correct
        label={t('workforce.status-next')}
        stood={{ on: today }}
        decide={decide}
        onDone={onDone}
        fields={({ typed, set }) => (
          <>
            <ChoiceField
              label={t('workforce.status')}
              value={typed.status || null}
              choices={next.map((value) => ({ value, label: t(`workforce.status.${value}`) }))}
              onChange={(value) => set('status', value)}
            />
            <DateField
              label={t('workforce.since')}
              finest="day"
              value={CivilDate.safeParse(typed.on).data ?? null}
              onChange={(day) => set('on', day ?? '')}
            />
            <TextField
              label={t('workforce.evidence')}
              why={t('workforce.evidence-why')}
              optional={typed.status !== 'adopted'}
              value={typed.evidence ?? ''}
              onChange={(value) => set('evidence', value)}
            />
          </>
        )}
      />
    </Section>
  )
}

/** Every status it has had, the oldest first: how far it has come, and since when. */
function Way({ recommendation, isFocalPoint }: RecommendationProps & { readonly isFocalPoint: boolean }) {
  const t = useText()
  const format = useFormat()
  const { state } = recommendation
  return (
    <Section title={t('workforce.way')} note={state.status === undefined ? t('workforce.way-unsettled') : undefined}>
      <Timeline label={t('workforce.way')}>
        <TimelineItem when={format.date(state.on)} title={t('workforce.status.proposed')} />
        {state.statuses.map((step) => (
          <TimelineItem
            key={step.record}
            when={format.date(step.on)}
            title={sayCode((code) => t(`workforce.status.${code}`), step.status, t)}
            {...(step.enteredInError ? { state: 'corrected' as const, note: t('support.entered-in-error') } : {})}
          >
            {step.evidence && <p className={styles.text}>{step.evidence}</p>}
            {isFocalPoint && !state.enteredInError && <MarkStep recommendation={recommendation} step={step} />}
          </TimelineItem>
        ))}
      </Timeline>
    </Section>
  )
}

function MarkStep({ recommendation: { stream, state }, step }: RecommendationProps & { readonly step: StatusRecord }) {
  const t = useText()
  const { busy, write } = useWrite()
  return (
    <QuietButton
      disabled={busy}
      onClick={() => write(markRecommendationInError(stream, state, step.record, !step.enteredInError))}
    >
      {step.enteredInError ? t('records.restore') : t('workforce.in-error.mark')}
    </QuietButton>
  )
}

function Followers({ stream }: { readonly stream: StreamId }) {
  const t = useText()
  const reforms = useStreams('reform', projectReform).filter(
    ({ state }) => state.recommendations?.includes(stream) && !state.enteredInError,
  )
  if (reforms.length === 0) return null
  return (
    <Section title={t('workforce.followers', { count: reforms.length })}>
      <ul className={recordStyles.rows}>
        {reforms.map((reform) => (
          <li key={reform.stream}>
            <Link to="/workforce/reforms/$stream" params={{ stream: reform.stream }}>
              {sayCode((text) => text, reform.state.what, t)}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
