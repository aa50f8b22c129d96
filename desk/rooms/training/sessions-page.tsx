import { projectSession, type TrainingSession } from '@lentera/core/training/project'
import type { Translate } from '@lentera/ui/catalogues/text'
import { EmptyState, exact, NextButton, PageTitle, useFormat, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useSnapshot, useStreams } from '../../device/context.ts'
import { newestFirst } from '../records/newest-first.ts'
import recordStyles from '../records/records.module.css'
import { marksOf } from '../records/say.ts'
import { marksColumn, StreamTable } from '../records/stream-table.tsx'
import { TrainingTabs } from './training-tabs.tsx'

/** The sessions of her organisation, the newest first. */
export function SessionsPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const isTrainer = useSnapshot(({ me }) => me?.roles.includes('trainer') === true)
  const sessions = newestFirst(useStreams('training-session', projectSession), ({ heldOn }) => heldOn)
  const held = sessions.filter(({ state }) => !state.enteredInError)
  return (
    <>
      <PageTitle under={t('training.under')}>{t('training.title', { count: held.length })}</PageTitle>
      <TrainingTabs />
      {isTrainer && (
        <p>
          <NextButton onClick={() => navigate({ to: '/training/new' })}>{t('training.new')}</NextButton>
        </p>
      )}
      {sessions.length === 0 ? (
        <EmptyState title={t('training.none')}>
          {isTrainer ? t('training.none-text') : t('training.none-text-reader')}
        </EmptyState>
      ) : (
        <StreamTable
          caption={t('training.sessions')}
          rows={sessions}
          onOpen={(stream) => navigate({ to: '/training/$stream', params: { stream } })}
          columns={[
            { id: 'held', label: t('training.held-on'), value: ({ state }) => format.date(state.heldOn) },
            { id: 'modules', label: t('training.modules'), value: ({ state }) => sayModules(state, t) },
            { id: 'officers', label: t('training.officers'), value: ({ state }) => exact(present(state).length) },
            { id: 'women', label: t('training.women'), value: ({ state }) => exact(womenIn(state)) },
            ...marksColumn(sessions, (each) => marksOf(each, t), t),
          ]}
        />
      )}
      <p className={recordStyles.quiet}>{t('training.no-names')}</p>
    </>
  )
}

export const sayModules = ({ modules }: TrainingSession, t: Translate): string =>
  modules.map((module) => t(`module.${module}`)).join(', ') || t('results.unsettled')

export const present = ({ attendance }: TrainingSession): TrainingSession['attendance'] =>
  attendance.filter(({ enteredInError }) => !enteredInError)

export const womenIn = (session: TrainingSession): number =>
  present(session).filter(({ sex }) => sex === 'female').length
