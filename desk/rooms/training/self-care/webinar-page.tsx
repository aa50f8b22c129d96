import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { describeWebinar, markWebinarInError } from '@lentera/core/training/self-care/capture'
import type { SelfCareWebinar } from '@lentera/core/training/self-care/project'
import {
  Actions,
  EmptyState,
  FigureText,
  PageTitle,
  QuietButton,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useDesk } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { InError } from '../../records/in-error.tsx'
import { marksOf, sayCode } from '../../records/say.ts'
import { Correct } from '../../records/typed-correction.tsx'
import styles from '../training.module.css'
import { changeOfWebinar, readWebinar, typedWebinar, WebinarFields } from './fields.tsx'
import { attendedAt, byStream, saySplit, sayTopic, sayUnit, useIsTrainer, useRequests, useWebinars } from './say.ts'

/** One webinar: how long it was, how many were there, and which requests it answers. */
export function WebinarPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const webinar = useWebinars().find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!webinar)
    return (
      <EmptyState title={t('self-care.not-here')} action={<Link to="/training/self-care">{t('self-care.back')}</Link>}>
        {t('training.not-here-text')}
      </EmptyState>
    )
  return <OneWebinar webinar={webinar} />
}

type WebinarProps = { readonly webinar: Projected<SelfCareWebinar> }

function OneWebinar({ webinar }: WebinarProps) {
  const t = useText()
  const format = useFormat()
  const { today } = useDesk().moment()
  const isTrainer = useIsTrainer()
  const requests = useRequests()
  const [isCorrecting, setCorrecting] = useState(false)
  const { state, stream } = webinar
  const decide = (typed: Typed) => {
    const now = readWebinar(typed)
    return now
      ? describeWebinar(stream, state, changeOfWebinar(now, state), byStream(requests), today)
      : refuse('training.webinar-incomplete')
  }
  return (
    <>
      <PageTitle
        over={<Link to="/training/self-care">{t('self-care.back')}</Link>}
        under={[format.date(state.heldOn), ...marksOf(webinar, t)].join(' · ')}
      >
        {sayTopic(state, t)}
      </PageTitle>
      <Stack>
        <Section title={t('self-care.webinar.facts')} note={t('self-care.webinars-note')}>
          {isCorrecting ? (
            <Correct
              stood={typedWebinar(state)}
              fields={(typing) => <WebinarFields {...typing} requests={requests} />}
              decide={decide}
              onDone={() => setCorrecting(false)}
            />
          ) : (
            <>
              <Facts webinar={webinar} />
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
            says={t('self-care.in-error.webinar')}
            mark={(is) => markWebinarInError(stream, state, is, today)}
          />
        )}
      </Stack>
    </>
  )
}

function Facts({ webinar: { state } }: WebinarProps) {
  const t = useText()
  const format = useFormat()
  const answered = useRequests().filter(({ stream }) => state.answers.includes(stream))
  return (
    <dl className={styles.facts}>
      <dt>{t('self-care.attendance')}</dt>
      <dd>
        <FigureText figure={attendedAt(state)} />
      </dd>
      <dt>{t('training.sex')}</dt>
      <dd>{saySplit(state, t) ?? t('self-care.not-split')}</dd>
      <dt>{t('self-care.minutes')}</dt>
      <dd>{sayCode((minutes) => format.number(Number(minutes)), state.minutes?.toString(), t)}</dd>
      <dt>{t('self-care.answers')}</dt>
      <dd>
        {answered.length === 0
          ? t('self-care.answers-none')
          : answered.map((request) => (
              <div key={request.stream}>
                <Link to="/training/self-care/requests/$stream" params={{ stream: request.stream }}>
                  {format.date(request.state.askedOn)} · {sayUnit(request.state, t)}
                </Link>
              </div>
            ))}
      </dd>
    </dl>
  )
}
