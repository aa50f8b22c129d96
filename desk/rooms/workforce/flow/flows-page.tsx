import { type Flow, projectFlow } from '@lentera/core/workforce/flow/project'
import {
  Actions,
  DataTable,
  EmptyState,
  NextButton,
  PageTitle,
  QuietButton,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { type Projected, useSnapshot, useStreams } from '../../../device/context.ts'
import { newestFirst } from '../../records/newest-first.ts'
import recordStyles from '../../records/records.module.css'
import { marksOf, sayCode } from '../../records/say.ts'
import { marksColumn } from '../../records/stream-table.tsx'
import styles from '../workforce.module.css'
import { countOf } from './say.ts'

/** Who came, rose and left, period by period: the newest first, each source in a row of its own. */
export function FlowsPage() {
  const t = useText()
  const navigate = useNavigate()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const flows = newestFirst(useStreams('workforce-flow', projectFlow), ({ on }) => on)
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('flow.under')}>
        {t('flow.title')}
      </PageTitle>
      <Stack>
        {isFocalPoint && (
          <Actions>
            <NextButton onClick={() => navigate({ to: '/workforce/flows/new' })}>{t('flow.new')}</NextButton>
            <QuietButton onClick={() => navigate({ to: '/workforce/flows/file' })}>{t('flow.file.begin')}</QuietButton>
          </Actions>
        )}
        {flows.length === 0 ? (
          <EmptyState title={t('flow.none')}>
            {isFocalPoint ? t('flow.none-text') : t('workforce.none-text-reader')}
          </EmptyState>
        ) : (
          <AllFlows flows={flows} />
        )}
      </Stack>
      <p className={recordStyles.quiet}>{t('workforce.stays')}</p>
    </>
  )
}

function AllFlows({ flows }: { readonly flows: readonly Projected<Flow>[] }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        caption={t('flow.all', { count: flows.length })}
        rows={flows}
        stacks
        keyOf={({ stream }) => stream}
        onOpenRow={({ stream }) => navigate({ to: '/workforce/flows/$stream', params: { stream } })}
        columns={[
          { id: 'on', label: t('flow.period'), value: ({ state }) => format.date(state.on) },
          {
            id: 'agency',
            label: t('workforce.place'),
            value: ({ state: { agency, place } }) =>
              [
                sayCode((code) => t(`workforce.place.${code}`), place, t),
                sayCode((code) => t(`agency.${code}`), agency, t),
              ].join(', '),
          },
          ...(['recruited', 'promoted', 'left'] as const).flatMap((happening) => [
            {
              id: `${happening} women`,
              label: t(`flow.women.${happening}`),
              value: ({ state }: Projected<Flow>) => countOf(state, happening, 'women') ?? notCounted,
            },
            {
              id: happening,
              label: t(`flow.happening.${happening}`),
              value: ({ state }: Projected<Flow>) => countOf(state, happening, 'everybody') ?? notCounted,
            },
          ]),
          {
            id: 'source',
            label: t('workforce.source'),
            value: ({ state }) => sayCode((text) => text, state.source, t),
          },
          ...marksColumn(flows, (each) => marksOf(each, t), t),
        ]}
      />
    </div>
  )
}

const notCounted = '–'
