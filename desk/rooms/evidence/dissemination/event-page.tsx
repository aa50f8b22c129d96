import { describeEvent, markEventInError } from '@lentera/core/evidence/dissemination/capture'
import { type DisseminationEvent, projectEvent, projectProduct } from '@lentera/core/evidence/dissemination/project'
import { StreamId } from '@lentera/core/shared/ids'
import {
  Actions,
  EmptyState,
  FigureText,
  Form,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { InError } from '../../records/in-error.tsx'
import recordStyles from '../../records/records.module.css'
import styles from './dissemination.module.css'
import { changeOfEvent, EventFields, readEvent, typedOfEvent } from './event-fields.tsx'
import { isKeeper, participantsOf, sayAudiences, sayLevel, sayTitle, womenOf } from './said.ts'

/** One event: for whom, with how many, and what was discussed. */
export function EventPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const event = useStreams('event', projectEvent).find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!event)
    return (
      <EmptyState
        title={t('dissemination.not-here')}
        action={<Link to="/dissemination">{t('dissemination.back')}</Link>}
      >
        {t('dissemination.not-here-text')}
      </EmptyState>
    )
  return <OneEvent event={event} />
}

type EventProps = { readonly event: Projected<DisseminationEvent> }

function OneEvent({ event }: EventProps) {
  const t = useText()
  const format = useFormat()
  const keeper = useSnapshot(({ me }) => isKeeper(me))
  const [correcting, setCorrecting] = useState(false)
  const { state, stream, unsent } = event
  const under = [
    sayLevel(state, t),
    ...(state.country ? [t(`country.${state.country}`)] : []),
    ...(unsent ? [t('support.unsent')] : []),
    ...(state.enteredInError ? [t('support.entered-in-error')] : []),
  ].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/dissemination">{t('dissemination.back')}</Link>} under={under}>
        {t('dissemination.event.title', { day: format.date(state.heldOn) })}
      </PageTitle>
      <Stack>
        {keeper && !state.enteredInError && !correcting && (
          <Actions>
            <NextButton onClick={() => setCorrecting(true)}>{t('dissemination.event.correct')}</NextButton>
          </Actions>
        )}
        {correcting && <Describe event={event} onDone={() => setCorrecting(false)} />}
        {state.conflicts.length > 0 && <p className={recordStyles.quiet}>{t('dissemination.two-versions')}</p>}
        <WhoWasThere state={state} />
        <Products state={state} />
        {keeper && (
          <InError
            isInError={state.enteredInError}
            says={t('dissemination.in-error.event')}
            mark={(is) => markEventInError(stream, state, is)}
          />
        )}
      </Stack>
    </>
  )
}

function WhoWasThere({ state }: { readonly state: DisseminationEvent }) {
  const t = useText()
  return (
    <Section title={t('dissemination.who')} note={t('dissemination.events-note')}>
      <dl className={styles.facts}>
        <dt>{t('dissemination.audiences')}</dt>
        <dd>{sayAudiences(state, t)}</dd>
        <dt>{t('dissemination.participants')}</dt>
        <dd>
          <FigureText figure={participantsOf(state)} />
        </dd>
        <dt>{t('dissemination.women')}</dt>
        <dd>
          <FigureText figure={womenOf(state)} />
        </dd>
      </dl>
    </Section>
  )
}

function Products({ state }: { readonly state: DisseminationEvent }) {
  const t = useText()
  const products = useStreams('product', projectProduct).filter(({ stream }) => state.products.includes(stream))
  return (
    <Section title={t('dissemination.products-discussed')}>
      {products.length === 0 ? (
        <EmptyState title={t('dissemination.products-discussed-none')} />
      ) : (
        <ul className={recordStyles.rows}>
          {products.map(({ stream, state: product }) => (
            <li key={stream}>
              <Link to="/dissemination/products/$stream" params={{ stream }}>
                {sayTitle(product, t)}
              </Link>
              {product.standing === 'withdrawn' && (
                <span className={recordStyles.mark}>{t('product-standing.withdrawn')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Describe({ event: { stream, state }, onDone }: EventProps & { readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const initial = useMemo(() => typedOfEvent(state), [state])
  const form = useKeptForm(`event ${stream}`, initial)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !me) return null
  const close = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    const said = readEvent(form.typed, me.country)
    const { today } = desk.moment()
    if (await write(said.ok ? describeEvent(stream, state, changeOfEvent(state, said.value), today) : said, form.seen))
      await close()
  }
  return (
    <Section title={t('dissemination.event.correct')}>
      <Form label={t('dissemination.event.correct')} onSubmit={save}>
        <EventFields typed={form.typed} set={form.set} />
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('support.save')}
          </NextButton>
          <QuietButton onClick={close}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}
