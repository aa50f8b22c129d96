import { describeOutreach, markOutreachInError } from '@lentera/core/awareness/outreach/capture'
import { type OutreachSession, projectOutreach } from '@lentera/core/awareness/outreach/project'
import { Setting } from '@lentera/core/awareness/words'
import { streamRecord } from '@lentera/core/log/fold'
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
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useStreams } from '../../device/context.ts'
import { useReopened } from '../../device/use-kept-form.ts'
import { Correction } from '../records/correction.tsx'
import { InError } from '../records/in-error.tsx'
import recordStyles from '../records/records.module.css'
import { sayHeads, useIsWriter } from './awareness-words.ts'
import { HeadRows, HeadsForm } from './heads.tsx'
import { PersonRows, PersonsForm } from './persons.tsx'

/** One session: heads counted, and apart from them the persons who gave a key. */
export function OutreachPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const sessions = useStreams('outreach', projectOutreach)
  const session = sessions.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!session)
    return (
      <EmptyState title={t('awareness.not-here')} action={<Link to="/awareness">{t('awareness.back')}</Link>}>
        {t('awareness.not-here-text')}
      </EmptyState>
    )
  return <Session session={session} sessions={sessions} />
}

type SessionProps = {
  readonly session: Projected<OutreachSession>
  readonly sessions: readonly Projected<OutreachSession>[]
}

function Session({ session, sessions }: SessionProps) {
  const t = useText()
  const format = useFormat()
  const isWriter = useIsWriter()
  const [doing, setDoing] = useState<'heads' | 'persons' | 'describe'>()
  const { state, stream, unsent } = session
  useReopened(`heads ${stream}`, () => setDoing((now) => now ?? 'heads'))
  useReopened(`persons ${stream}`, () => setDoing((now) => now ?? 'persons'))
  const { people, women, persons } = sayHeads(state)
  const done = (): void => setDoing(undefined)
  const under = [
    format.date(state.heldOn),
    state.setting ? t(`setting.${state.setting}`) : t('results.unsettled'),
    t('awareness.outreach.with-code', { count: persons }),
    ...(unsent ? [t('support.unsent')] : []),
    ...(state.enteredInError ? [t('support.entered-in-error')] : []),
  ].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/awareness">{t('awareness.back')}</Link>} under={under}>
        {t('awareness.outreach.title', { people, women })}
      </PageTitle>
      <Stack>
        {isWriter && !state.enteredInError && doing === undefined && (
          <Actions>
            <NextButton onClick={() => setDoing('heads')}>{t('awareness.heads.begin')}</NextButton>
            <QuietButton onClick={() => setDoing('persons')}>{t('awareness.persons.begin')}</QuietButton>
            <QuietButton onClick={() => setDoing('describe')}>{t('awareness.outreach.describe')}</QuietButton>
          </Actions>
        )}
        {doing === 'heads' && <HeadsForm session={session} onDone={done} />}
        {doing === 'persons' && <PersonsForm session={session} sessions={sessions} onDone={done} />}
        {doing === 'describe' && <Describe session={session} onDone={done} />}
        {state.conflicts.some(({ record }) => record === streamRecord) && (
          <p className={recordStyles.quiet}>{t('awareness.two-versions')}</p>
        )}
        <HeadRows session={session} isWriter={isWriter} />
        <PersonRows session={session} isWriter={isWriter} />
        {isWriter && (
          <InError
            says={t('awareness.in-error.mark')}
            isInError={state.enteredInError}
            mark={(isInError) => markOutreachInError(stream, state, state.opening, isInError)}
          />
        )}
      </Stack>
    </>
  )
}

function Describe({ session: { stream, state }, onDone }: { session: Projected<OutreachSession>; onDone: () => void }) {
  const t = useText()
  const [setting, setSetting] = useState(state.setting)
  const decide = () => describeOutreach(stream, state, setting)
  return (
    <Section title={t('awareness.outreach.describe')}>
      <Correction label={t('awareness.outreach.describe')} decide={decide} onDone={onDone}>
        <ChoiceField
          label={t('awareness.setting')}
          value={setting ?? null}
          choices={Setting.options.map((value) => ({ value, label: t(`setting.${value}`) }))}
          onChange={(value) => setSetting(Setting.safeParse(value).data)}
        />
      </Correction>
    </Section>
  )
}
