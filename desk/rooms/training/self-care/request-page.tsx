import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { describeRequest, markRequestInError } from '@lentera/core/training/self-care/capture'
import type { SelfCareRequest } from '@lentera/core/training/self-care/project'
import { Actions, EmptyState, PageTitle, QuietButton, Section, Stack, useFormat, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useDesk } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { InError } from '../../records/in-error.tsx'
import { marksOf, sayCode } from '../../records/say.ts'
import { Correct } from '../../records/typed-correction.tsx'
import styles from '../training.module.css'
import { changeOfRequest, RequestFields, readRequest, typedRequest } from './fields.tsx'
import { answering, sayTopic, sayUnit, useIsTrainer, useRequests, useWebinars } from './say.ts'

/** One request: what was asked for, and which webinars answered it. */
export function RequestPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const request = useRequests().find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!request)
    return (
      <EmptyState title={t('self-care.not-here')} action={<Link to="/training/self-care">{t('self-care.back')}</Link>}>
        {t('training.not-here-text')}
      </EmptyState>
    )
  return <OneRequest request={request} />
}

function OneRequest({ request }: { readonly request: Projected<SelfCareRequest> }) {
  const t = useText()
  const format = useFormat()
  const { today } = useDesk().moment()
  const isTrainer = useIsTrainer()
  const [isCorrecting, setCorrecting] = useState(false)
  const { state, stream } = request
  const answers = answering(stream, useWebinars())
  const decide = (typed: Typed) => {
    const now = readRequest(typed)
    return now ? describeRequest(stream, changeOfRequest(now, state), today) : refuse('training.request-incomplete')
  }
  return (
    <>
      <PageTitle
        over={<Link to="/training/self-care">{t('self-care.back')}</Link>}
        under={[format.date(state.askedOn), ...marksOf(request, t)].join(' · ')}
      >
        {sayCode((people) => t('self-care.request.one', { people: Number(people) }), state.people?.toString(), t)}
      </PageTitle>
      <Stack>
        <Section title={t('self-care.request.facts')}>
          {isCorrecting ? (
            <Correct
              stood={typedRequest(state)}
              fields={(typing) => <RequestFields {...typing} />}
              decide={decide}
              onDone={() => setCorrecting(false)}
            />
          ) : (
            <>
              <dl className={styles.facts}>
                <dt>{t('results.dimension.topic')}</dt>
                <dd>{sayTopic(state, t)}</dd>
                <dt>{t('self-care.unit')}</dt>
                <dd>{sayUnit(state, t)}</dd>
                <dt>{t('trainers.country')}</dt>
                <dd>{sayCode((code) => t(`country.${code}`), state.country, t)}</dd>
                <dt>{t('self-care.answered')}</dt>
                <dd>
                  {answers.length === 0
                    ? t('support.no')
                    : answers.map((webinar) => (
                        <div key={webinar.stream}>
                          <Link to="/training/self-care/webinars/$stream" params={{ stream: webinar.stream }}>
                            {t('self-care.webinar.of', { day: format.date(webinar.state.heldOn) })}
                          </Link>
                        </div>
                      ))}
                </dd>
              </dl>
              {isTrainer && !state.enteredInError && (
                <Actions>
                  <QuietButton onClick={() => setCorrecting(true)}>{t('records.correct')}</QuietButton>
                </Actions>
              )}
            </>
          )}
        </Section>
        {isTrainer && (
          <InError
            isInError={state.enteredInError}
            says={t('self-care.in-error.request')}
            mark={(is) => markRequestInError(stream, state, is, today)}
          />
        )}
      </Stack>
    </>
  )
}
