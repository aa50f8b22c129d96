import { totalOf } from '@lentera/core/training/self-care/words'
import {
  EmptyState,
  exact,
  NextButton,
  PageTitle,
  QuietButton,
  Stack,
  unknownFigure,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { marksOf } from '../../records/say.ts'
import { marksColumn, StreamSection } from '../../records/stream-table.tsx'
import { TrainingTabs } from '../training-tabs.tsx'
import { answering, attendedAt, sayTopic, sayUnit, useIsTrainer, useRequests, useWebinars } from './say.ts'

/** What officers asked for, and the webinars that were held: how many, and nobody. */
export function SelfCarePage() {
  const t = useText()
  const held = useWebinars().filter(({ state }) => !state.enteredInError)
  const attended = held.reduce(
    (sum, { state }) => sum + (state.attendances.length === 0 ? 0 : Math.min(...state.attendances.map(totalOf))),
    0,
  )
  return (
    <>
      <PageTitle under={t('self-care.under')}>{t('self-care.title', { webinars: held.length, attended })}</PageTitle>
      <TrainingTabs />
      <Stack>
        <Webinars />
        <Requests />
      </Stack>
    </>
  )
}

function Webinars() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const isTrainer = useIsTrainer()
  const webinars = useWebinars()
  return (
    <StreamSection
      title={t('self-care.webinars')}
      note={t('self-care.webinars-note')}
      actions={
        isTrainer && (
          <NextButton onClick={() => navigate({ to: '/training/self-care/webinars/new' })}>
            {t('self-care.webinar.new')}
          </NextButton>
        )
      }
      none={<EmptyState title={t('self-care.webinars-none')} />}
      caption={t('self-care.newest')}
      rows={webinars}
      onOpen={(stream) => navigate({ to: '/training/self-care/webinars/$stream', params: { stream } })}
      columns={[
        { id: 'held', label: t('training.held-on'), value: ({ state }) => format.date(state.heldOn) },
        { id: 'attended', label: t('self-care.attendance'), value: ({ state }) => attendedAt(state) },
        { id: 'topic', label: t('results.dimension.topic'), value: ({ state }) => sayTopic(state, t) },
        ...marksColumn(webinars, (each) => marksOf(each, t), t),
      ]}
    />
  )
}

function Requests() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const isTrainer = useIsTrainer()
  const requests = useRequests()
  const webinars = useWebinars()
  return (
    <StreamSection
      title={t('self-care.requests')}
      note={t('self-care.requests-note')}
      actions={
        isTrainer && (
          <QuietButton onClick={() => navigate({ to: '/training/self-care/requests/new' })}>
            {t('self-care.request.new')}
          </QuietButton>
        )
      }
      none={<EmptyState title={t('self-care.requests-none')} />}
      caption={t('self-care.newest')}
      rows={requests}
      onOpen={(stream) => navigate({ to: '/training/self-care/requests/$stream', params: { stream } })}
      columns={[
        { id: 'asked', label: t('self-care.asked-on'), value: ({ state }) => format.date(state.askedOn) },
        {
          id: 'people',
          label: t('self-care.people'),
          value: ({ state }) => (state.people === undefined ? unknownFigure : exact(state.people)),
        },
        { id: 'topic', label: t('results.dimension.topic'), value: ({ state }) => sayTopic(state, t) },
        { id: 'unit', label: t('self-care.unit'), value: ({ state }) => sayUnit(state, t) },
        {
          id: 'answered',
          label: t('self-care.answered'),
          value: ({ stream }) => (answering(stream, webinars).length > 0 ? t('support.yes') : t('support.no')),
        },
        ...marksColumn(requests, (each) => marksOf(each, t), t),
      ]}
    />
  )
}
