import { type OutreachSession, projectOutreach } from '@lentera/core/awareness/outreach/project'
import { latestReach, projectWork, type Work } from '@lentera/core/awareness/reach/project'
import { projectSample, type Sample } from '@lentera/core/awareness/sample/project'
import { EmptyState, exact, NextButton, PageTitle, QuietButton, Stack, useFormat, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { type Projected, useStreams } from '../../device/context.ts'
import { newestFirst } from '../records/newest-first.ts'
import { marksOf } from '../records/say.ts'
import { marksColumn, StreamSection } from '../records/stream-table.tsx'
import { sayAmount, sayHeads, shareOfSample, useIsWriter } from './awareness-words.ts'

/** What her organisation did so that women know: sessions, samples and works, the newest first. */
export function AwarenessPage() {
  const t = useText()
  const isWriter = useIsWriter()
  const sessions = useStreams('outreach', projectOutreach)
  const samples = useStreams('sample', projectSample)
  const works = useStreams('reach', projectWork)
  const held = sessions.filter(({ state }) => !state.enteredInError)
  return (
    <>
      <PageTitle under={t('awareness.under')}>{t('awareness.title', { count: held.length })}</PageTitle>
      <Stack>
        <Sessions sessions={sessions} isWriter={isWriter} />
        <Samples samples={samples} isWriter={isWriter} />
        <Works works={works} isWriter={isWriter} />
      </Stack>
    </>
  )
}

type Writer = { readonly isWriter: boolean }

function Sessions({ sessions, isWriter }: Writer & { readonly sessions: readonly Projected<OutreachSession>[] }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <StreamSection
      title={t('awareness.sessions')}
      note={t('awareness.sessions-note')}
      actions={
        isWriter && (
          <NextButton onClick={() => navigate({ to: '/awareness/outreach/new' })}>
            {t('awareness.outreach.new')}
          </NextButton>
        )
      }
      none={<EmptyState title={t('awareness.sessions-none')} />}
      caption={t('awareness.sessions-newest')}
      rows={newestFirst(sessions, ({ heldOn }) => heldOn)}
      onOpen={(stream) => navigate({ to: '/awareness/outreach/$stream', params: { stream } })}
      columns={[
        { id: 'held', label: t('awareness.held-on'), value: ({ state }) => format.date(state.heldOn) },
        {
          id: 'setting',
          label: t('awareness.setting'),
          value: ({ state }) => (state.setting ? t(`setting.${state.setting}`) : t('results.unsettled')),
        },
        { id: 'women', label: t('awareness.women'), value: ({ state }) => exact(sayHeads(state).women) },
        { id: 'people', label: t('awareness.people'), value: ({ state }) => exact(sayHeads(state).people) },
        { id: 'persons', label: t('awareness.persons'), value: ({ state }) => exact(sayHeads(state).persons) },
        ...marksColumn(sessions, (each) => marksOf(each, t), t),
      ]}
    />
  )
}

function Samples({ samples, isWriter }: Writer & { readonly samples: readonly Projected<Sample>[] }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <StreamSection
      title={t('awareness.samples')}
      note={t('awareness.samples-note')}
      actions={
        isWriter && (
          <QuietButton onClick={() => navigate({ to: '/awareness/sample/new' })}>
            {t('awareness.sample.new')}
          </QuietButton>
        )
      }
      none={<EmptyState title={t('awareness.samples-none')} />}
      caption={t('awareness.samples-newest')}
      rows={newestFirst(samples, ({ askedOn }) => askedOn)}
      onOpen={(stream) => navigate({ to: '/awareness/sample/$stream', params: { stream } })}
      columns={[
        { id: 'asked-on', label: t('awareness.asked-on'), value: ({ state }) => format.date(state.askedOn) },
        {
          id: 'question',
          label: t('awareness.question'),
          value: ({ state }) => (state.question ? t(`question.${state.question}`) : t('results.unsettled')),
        },
        {
          id: 'share',
          label: t('awareness.more-aware'),
          value: ({ state }) => {
            const { share, low, high } = shareOfSample(state, format)
            return `${share} (${low} – ${high})`
          },
        },
        { id: 'asked', label: t('awareness.asked'), value: ({ state }) => exact(state.asked) },
        ...marksColumn(samples, (each) => marksOf(each, t), t),
      ]}
    />
  )
}

function Works({ works, isWriter }: Writer & { readonly works: readonly Projected<Work>[] }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <StreamSection
      title={t('awareness.works')}
      note={t('awareness.works-note')}
      actions={
        isWriter && (
          <QuietButton onClick={() => navigate({ to: '/awareness/reach/new' })}>{t('awareness.work.new')}</QuietButton>
        )
      }
      none={<EmptyState title={t('awareness.works-none')} />}
      caption={t('awareness.works-newest')}
      rows={newestFirst(works, ({ shownOn }) => shownOn)}
      onOpen={(stream) => navigate({ to: '/awareness/reach/$stream', params: { stream } })}
      columns={[
        {
          id: 'title',
          label: t('awareness.work.name'),
          value: ({ state }) => state.title ?? t('results.unsettled'),
        },
        {
          id: 'channel',
          label: t('awareness.channel'),
          value: ({ state }) => (state.channel ? t(`channel.${state.channel}`) : t('results.unsettled')),
        },
        {
          id: 'reach',
          label: t('awareness.reach'),
          value: ({ state }) =>
            latestReach(state)
              .map((each) => sayAmount(each, t, format))
              .join(' · ') || t('awareness.reach-none'),
        },
        ...marksColumn(works, (each) => marksOf(each, t), t),
      ]}
    />
  )
}
