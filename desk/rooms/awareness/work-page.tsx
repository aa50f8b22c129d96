import { describeWork, markReachInError } from '@lentera/core/awareness/reach/capture'
import { latestReach, projectWork, type Work } from '@lentera/core/awareness/reach/project'
import { Channel } from '@lentera/core/awareness/words'
import { StreamId } from '@lentera/core/shared/ids'
import {
  Actions,
  ChoiceField,
  EmptyState,
  NextButton,
  PageTitle,
  QuietButton,
  Section,
  Stack,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useStreams } from '../../device/context.ts'
import { Correction } from '../records/correction.tsx'
import { InError } from '../records/in-error.tsx'
import { marksOf } from '../records/say.ts'
import { sayAmount, useIsWriter } from './awareness-words.ts'
import { StatementForm, StatementRows } from './statements.tsx'

/** One work, and how far it had reached by when, as whom says it. */
export function WorkPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const work = useStreams('reach', projectWork).find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!work)
    return (
      <EmptyState title={t('awareness.not-here')} action={<Link to="/awareness">{t('awareness.back')}</Link>}>
        {t('awareness.not-here-text')}
      </EmptyState>
    )
  return <OneWork work={work} />
}

function OneWork({ work }: { readonly work: Projected<Work> }) {
  const t = useText()
  const format = useFormat()
  const isWriter = useIsWriter()
  const [doing, setDoing] = useState<'state' | 'describe'>()
  const { state, stream, unsent } = work
  const done = (): void => setDoing(undefined)
  const under = [
    state.channel ? t(`channel.${state.channel}`) : t('results.unsettled'),
    t('awareness.work.since', { date: format.date(state.shownOn) }),
    ...latestReach(state).map((each) => sayAmount(each, t, format)),
    ...marksOf({ state, unsent }, t),
  ]
  return (
    <>
      <PageTitle
        over={<Link to="/awareness">{t('awareness.back')}</Link>}
        under={under.filter((each) => each !== '').join(' · ')}
      >
        {state.title ?? t('results.unsettled')}
      </PageTitle>
      <Stack>
        {isWriter && !state.enteredInError && doing === undefined && (
          <Actions>
            <NextButton onClick={() => setDoing('state')}>{t('awareness.statement.begin')}</NextButton>
            <QuietButton onClick={() => setDoing('describe')}>{t('awareness.work.describe')}</QuietButton>
          </Actions>
        )}
        {doing === 'state' && <StatementForm work={work} onDone={done} />}
        {doing === 'describe' && <Describe work={work} onDone={done} />}
        <StatementRows work={work} isWriter={isWriter} />
        {isWriter && (
          <InError
            says={t('awareness.in-error.mark')}
            isInError={state.enteredInError}
            mark={(isInError) => markReachInError(stream, state, state.opening, isInError)}
          />
        )}
      </Stack>
    </>
  )
}

function Describe({ work: { stream, state }, onDone }: { work: Projected<Work>; onDone: () => void }) {
  const t = useText()
  const [title, setTitle] = useState(state.title ?? '')
  const [channel, setChannel] = useState(state.channel)
  const decide = () => {
    const change = {
      ...(title.trim() !== state.title ? { title } : {}),
      ...(channel !== undefined && channel !== state.channel ? { channel } : {}),
    }
    return describeWork(stream, state, change)
  }
  return (
    <Section title={t('awareness.work.describe')}>
      <Correction label={t('awareness.work.describe')} decide={decide} onDone={onDone}>
        <TextField
          label={t('awareness.work.name')}
          why={t('awareness.work.name-why')}
          value={title}
          onChange={setTitle}
        />
        <ChoiceField
          label={t('awareness.channel')}
          value={channel ?? null}
          choices={Channel.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChange={(value) => setChannel(Channel.safeParse(value).data)}
        />
      </Correction>
    </Section>
  )
}
