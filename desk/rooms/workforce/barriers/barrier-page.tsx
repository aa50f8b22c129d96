import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { describeBarrier, markBarrierInError } from '@lentera/core/workforce/barrier/capture'
import { type Barrier, projectBarrier } from '@lentera/core/workforce/barrier/project'
import { projectRecommendation } from '@lentera/core/workforce/project'
import { Actions, EmptyState, PageTitle, QuietButton, Section, Stack, useFormat, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useSnapshot, useStreams } from '../../../device/context.ts'
import { InError } from '../../records/in-error.tsx'
import { marksOf, sayCode } from '../../records/say.ts'
import { Correct } from '../../records/typed-correction.tsx'
import { changeOf, type WithRecommendations } from '../fields.tsx'
import styles from '../workforce.module.css'
import { BarrierHistory } from './barrier-history.tsx'
import { BarrierFields, readBarrier, typedBarrier } from './fields.tsx'

/** One barrier: how high, by what evidence, what is known to help, and who does what until when. */
export function BarrierPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const recommendations = useStreams('recommendation', projectRecommendation)
  const barriers = useStreams('barrier', projectBarrier)
  const barrier = barriers.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!barrier)
    return (
      <EmptyState title={t('workforce.not-here')} action={<Link to="/workforce/barriers">{t('barrier.back')}</Link>}>
        {t('workforce.not-here-text')}
      </EmptyState>
    )
  return <OneBarrier barrier={barrier} recommendations={recommendations} />
}

type BarrierProps = WithRecommendations & { readonly barrier: Projected<Barrier> }

function OneBarrier({ barrier, recommendations }: BarrierProps) {
  const t = useText()
  const format = useFormat()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const [correcting, setCorrecting] = useState(false)
  const { stream, state } = barrier
  const area = sayCode((code) => t(`barrier.area.${code}`), state.area, t)
  const level = sayCode((code) => t(`barrier.level.${code}`), state.level, t)
  return (
    <>
      <PageTitle
        over={<Link to="/workforce/barriers">{t('barrier.back')}</Link>}
        under={[format.date(state.on), ...marksOf(barrier, t)].join(' · ')}
      >
        {t('barrier.one', { area, level })}
      </PageTitle>
      <Stack>
        <Section title={sayCode((code) => t(`agency.${code}`), state.agency, t)} note={t('barrier.unverified')}>
          {correcting ? (
            <Correct
              stood={typedBarrier(state)}
              fields={(typing) => <BarrierFields {...typing} recommendations={recommendations} />}
              decide={(typed) => {
                const read = readBarrier(typed)
                if (!read) return refuse('workforce.not-complete')
                const follows = recommendations.find((each) => each.stream === read.recommendation)
                return describeBarrier(stream, state, changeOf(read, state), follows?.state)
              }}
              onDone={() => setCorrecting(false)}
            />
          ) : (
            <Facts {...{ barrier, recommendations }} />
          )}
          {isFocalPoint && !state.enteredInError && !correcting && (
            <Actions>
              <QuietButton onClick={() => setCorrecting(true)}>{t('records.correct')}</QuietButton>
            </Actions>
          )}
        </Section>
        <BarrierHistory {...{ barrier, recommendations }} />
        {isFocalPoint && (
          <InError
            says={t('workforce.in-error.mark')}
            isInError={state.enteredInError}
            mark={(is) => markBarrierInError(stream, state, is)}
          />
        )}
      </Stack>
    </>
  )
}

function Facts({ barrier: { state }, recommendations }: BarrierProps) {
  const t = useText()
  const format = useFormat()
  const leadsTo = recommendations.find(({ stream }) => stream === state.recommendation)
  const say = (text: string | undefined): string => sayCode((said) => said || t('barrier.not-said'), text, t)
  return (
    <dl className={styles.facts}>
      <dt>{t('barrier.evidence')}</dt>
      <dd>{say(state.evidence)}</dd>
      <dt>{t('barrier.practice')}</dt>
      <dd>{say(state.practice)}</dd>
      <dt>{t('barrier.leads-to')}</dt>
      <dd>
        {leadsTo ? (
          <Link to="/workforce/recommendations/$stream" params={{ stream: leadsTo.stream }}>
            {t('workforce.recommendation.short', {
              number: leadsTo.state.number ?? 0,
              text: leadsTo.state.text ?? '',
            })}
          </Link>
        ) : (
          t('workforce.follows-none')
        )}
      </dd>
      <dt>{t('barrier.owner')}</dt>
      <dd>{say(state.owner)}</dd>
      <dt>{t('barrier.due')}</dt>
      <dd>{state.due ? format.date(state.due) : t('barrier.not-said')}</dd>
    </dl>
  )
}
