import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { describeReform, markReformInError } from '@lentera/core/workforce/capture'
import { projectRecommendation, projectReform, type Reform } from '@lentera/core/workforce/project'
import { Actions, EmptyState, PageTitle, QuietButton, Section, Stack, useFormat, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useSnapshot, useStreams } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { InError } from '../records/in-error.tsx'
import { marksOf, sayCode } from '../records/say.ts'
import { Correct } from '../records/typed-correction.tsx'
import { byStream, changeOf, ReformFields, readReform, typedReform, type WithRecommendations } from './fields.tsx'
import styles from './workforce.module.css'

/** One reform: what changed, where, by what evidence, and what it follows. */
export function ReformPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const recommendations = useStreams('recommendation', projectRecommendation)
  const reforms = useStreams('reform', projectReform)
  const reform = reforms.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!reform)
    return (
      <EmptyState title={t('workforce.not-here')} action={<Link to="/workforce">{t('workforce.back')}</Link>}>
        {t('workforce.not-here-text')}
      </EmptyState>
    )
  return <OneReform reform={reform} recommendations={recommendations} />
}

function OneReform({ reform, recommendations }: { readonly reform: Projected<Reform> } & WithRecommendations) {
  const t = useText()
  const format = useFormat()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const [isCorrecting, setCorrecting] = useState(false)
  const { state, stream } = reform
  const follows = recommendations.filter((each) => state.recommendations?.includes(each.stream))
  const decide = (typed: Typed) => {
    const now = readReform(typed)
    if (!now) return refuse('workforce.not-complete')
    return describeReform(stream, state, changeOf(now, state), byStream(recommendations))
  }
  return (
    <>
      <PageTitle
        over={<Link to="/workforce">{t('workforce.back')}</Link>}
        under={[format.date(state.on), ...marksOf(reform, t)].join(' · ')}
      >
        {sayCode((text) => text, state.what, t)}
      </PageTitle>
      <Stack>
        <Section title={t('workforce.reform.facts')}>
          {isCorrecting ? (
            <Correct
              stood={typedReform(state)}
              fields={(typing) => <ReformFields {...typing} recommendations={recommendations} />}
              decide={decide}
              onDone={() => setCorrecting(false)}
            />
          ) : (
            <>
              <dl className={styles.facts}>
                <dt>{t('workforce.concern')}</dt>
                <dd>{sayCode((code) => t(`workforce.concern.${code}`), state.concern, t)}</dd>
                <dt>{t('workforce.sphere')}</dt>
                <dd>{sayCode((code) => t(`workforce.sphere.${code}`), state.sphere, t)}</dd>
                <dt>{t('workforce.evidence')}</dt>
                <dd>{sayCode((text) => text, state.evidence, t)}</dd>
                <dt>{t('workforce.follows')}</dt>
                <dd>
                  {follows.length === 0
                    ? t('workforce.follows-none')
                    : follows.map((each) => (
                        <p key={each.stream}>
                          <Link to="/workforce/recommendations/$stream" params={{ stream: each.stream }}>
                            {t('workforce.recommendation.short', {
                              number: each.state.number ?? 0,
                              text: each.state.text ?? '',
                            })}
                          </Link>
                        </p>
                      ))}
                </dd>
              </dl>
              {isFocalPoint && !state.enteredInError && (
                <Actions>
                  <QuietButton onClick={() => setCorrecting(true)}>{t('records.correct')}</QuietButton>
                </Actions>
              )}
            </>
          )}
        </Section>
        {isFocalPoint && (
          <InError
            says={t('workforce.in-error.mark')}
            isInError={state.enteredInError}
            mark={(is) => markReformInError(stream, state, is)}
          />
        )}
      </Stack>
    </>
  )
}
