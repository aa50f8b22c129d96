import { streamRecord } from '@lentera/core/log/fold'
import { StreamId } from '@lentera/core/shared/ids'
import { describeSession, markInError } from '@lentera/core/training/capture'
import { projectSession, type TrainingSession } from '@lentera/core/training/project'
import { Module } from '@lentera/core/training/words'
import {
  Actions,
  ChoicesField,
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
import { type Projected, useSnapshot, useStreams } from '../../device/context.ts'
import { useReopened } from '../../device/use-kept-form.ts'
import { Correction } from '../records/correction.tsx'
import { InError } from '../records/in-error.tsx'
import recordStyles from '../records/records.module.css'
import { AttendanceFilePanel } from './attendance-file.tsx'
import { AttendanceRows } from './attendance-rows.tsx'
import { AttendanceSheet } from './attendance-sheet.tsx'
import { present, sayModules, womenIn } from './sessions-page.tsx'

/** One session: what was taught, and who was there. */
export function SessionPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const sessions = useStreams('training-session', projectSession)
  const session = sessions.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!session)
    return (
      <EmptyState title={t('training.not-here')} action={<Link to="/training">{t('training.back')}</Link>}>
        {t('training.not-here-text')}
      </EmptyState>
    )
  return <Session session={session} sessions={sessions} />
}

type SessionProps = {
  readonly session: Projected<TrainingSession>
  readonly sessions: readonly Projected<TrainingSession>[]
}

function Session({ session, sessions }: SessionProps) {
  const t = useText()
  const format = useFormat()
  const isTrainer = useSnapshot(({ me }) => me?.roles.includes('trainer') === true)
  const keepsRegister = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true && me.team !== null)
  const [doing, setDoing] = useState<'sheet' | 'file' | 'describe'>()
  const { state, stream, unsent } = session
  useReopened(`attendance ${stream}`, () => setDoing((now) => now ?? 'sheet'))
  const officers = present(state).length
  const under = [
    format.date(state.heldOn),
    sayModules(state, t),
    ...(unsent ? [t('support.unsent')] : []),
    ...(state.enteredInError ? [t('support.entered-in-error')] : []),
  ].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/training">{t('training.back')}</Link>} under={under}>
        {t('training.session.title', { officers, women: womenIn(state) })}
      </PageTitle>
      <Stack>
        {isTrainer && !state.enteredInError && doing === undefined && (
          <Actions>
            <NextButton onClick={() => setDoing('sheet')}>{t('training.sheet.begin')}</NextButton>
            <QuietButton onClick={() => setDoing('file')}>{t('training.file.begin')}</QuietButton>
            <QuietButton onClick={() => setDoing('describe')}>{t('training.describe')}</QuietButton>
          </Actions>
        )}
        {doing === 'sheet' && (
          <AttendanceSheet session={session} sessions={sessions} onDone={() => setDoing(undefined)} />
        )}
        {doing === 'file' && (
          <AttendanceFilePanel session={session} sessions={sessions} onDone={() => setDoing(undefined)} />
        )}
        {doing === 'describe' && <Describe session={session} onDone={() => setDoing(undefined)} />}
        {keepsRegister && !state.enteredInError && (
          <Link to="/workforce/register/sessions/$stream" params={{ stream }}>
            {t('attended.make-trained')}
          </Link>
        )}
        {state.conflicts.some(({ record }) => record === streamRecord) && (
          <p className={recordStyles.quiet}>{t('training.two-versions')}</p>
        )}
        <AttendanceRows session={session} isTrainer={isTrainer} />
        {isTrainer && (
          <InError
            isInError={state.enteredInError}
            says={t('training.in-error.mark')}
            mark={(is) => markInError(stream, state, state.opening, is)}
          />
        )}
      </Stack>
    </>
  )
}

/** The correction of what was taught. */
function Describe({ session: { stream, state }, onDone }: { session: Projected<TrainingSession>; onDone: () => void }) {
  const t = useText()
  const [modules, setModules] = useState(state.modules)
  const decide = () => {
    const isSame = modules.join() === state.modules.join()
    return describeSession(stream, state, isSame ? {} : { modules })
  }
  return (
    <Section title={t('training.describe')}>
      <Correction label={t('training.describe')} decide={decide} onDone={onDone}>
        <ChoicesField
          label={t('training.modules')}
          value={modules}
          choices={Module.options.map((value) => ({ value, label: t(`module.${value}`) }))}
          onChange={(chosen) => setModules(chosen.flatMap((each) => Module.safeParse(each).data ?? []))}
        />
      </Correction>
    </Section>
  )
}
