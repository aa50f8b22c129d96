import { projectSurvey } from '@lentera/core/workforce/research/project'
import { Actions, EmptyState, NextButton, PageTitle, Stack, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useSnapshot, useStreams } from '../../../device/context.ts'
import { newestFirst } from '../../records/newest-first.ts'
import recordStyles from '../../records/records.module.css'
import { marksOf, sayCode } from '../../records/say.ts'
import { marksColumn, StreamTable } from '../../records/stream-table.tsx'
import workforceStyles from '../workforce.module.css'
import { sayInstrument } from './say.ts'
import { useLanguagesHere } from './use-languages-here.ts'

/** The surveys of her organisation: what was asked, and whether it is still asked. No number of answers stands here. */
export function SurveysPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  useLanguagesHere()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const all = newestFirst(useStreams('survey', projectSurvey), ({ openedOn }) => openedOn)
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('research.under')}>
        {t('research.title', { count: all.filter(({ state }) => !state.closed && !state.enteredInError).length })}
      </PageTitle>
      <Stack>
        {isFocalPoint && (
          <Actions>
            <NextButton onClick={() => navigate({ to: '/workforce/research/new' })}>{t('research.new')}</NextButton>
          </Actions>
        )}
        {all.length === 0 ? (
          <EmptyState title={t('research.none')}>{t('research.none-text')}</EmptyState>
        ) : (
          <div className={`card ${workforceStyles.table}`}>
            <StreamTable
              caption={t('research.surveys', { count: all.length })}
              rows={all}
              onOpen={(stream) => navigate({ to: '/workforce/research/$stream', params: { stream } })}
              columns={[
                { id: 'name', label: t('research.name'), value: ({ state }) => sayCode((text) => text, state.name, t) },
                {
                  id: 'instrument',
                  label: t('research.instrument'),
                  value: ({ state }) => (state.instrument ? sayInstrument(state.instrument, t) : t('research.unknown')),
                },
                { id: 'on', label: t('research.opened-on'), value: ({ state }) => format.date(state.openedOn) },
                {
                  id: 'state',
                  label: t('research.state'),
                  value: ({ state }) => t(state.closed ? 'research.state.closed' : 'research.state.open'),
                },
                ...marksColumn(all, (each) => marksOf(each, t), t),
              ]}
            />
          </div>
        )}
      </Stack>
      <p className={recordStyles.quiet}>{t('research.stays')}</p>
    </>
  )
}
