import type { Agency } from '@lentera/core/shared/agencies'
import { type AreaRow, type Barrier, matrixOf, projectBarrier } from '@lentera/core/workforce/barrier/project'
import { mowipSource } from '@lentera/core/workforce/barrier/words'
import {
  Actions,
  type Column,
  DataTable,
  EmptyState,
  NextButton,
  PageTitle,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { type Projected, useSnapshot, useStreams } from '../../../device/context.ts'
import { newestFirst } from '../../records/newest-first.ts'
import recordStyles from '../../records/records.module.css'
import { marksOf, sayCode } from '../../records/say.ts'
import { marksColumn, StreamTable } from '../../records/stream-table.tsx'
import styles from '../workforce.module.css'

/** The ten areas against the kinds of agency, and every barrier behind them. */
export function BarriersPage() {
  const t = useText()
  const navigate = useNavigate()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const all = newestFirst(useStreams('barrier', projectBarrier), ({ on }) => on)
  const high = all.filter(({ state }) => state.level === 'high' && !state.enteredInError).length
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('barrier.under')}>
        {t('barrier.title', { count: high })}
      </PageTitle>
      <Stack>
        {isFocalPoint && (
          <Actions>
            <NextButton onClick={() => navigate({ to: '/workforce/barriers/new' })}>{t('barrier.new')}</NextButton>
          </Actions>
        )}
        {all.length === 0 ? (
          <EmptyState title={t('barrier.none')}>{t('barrier.none-text')}</EmptyState>
        ) : (
          <>
            <Matrix barriers={all} />
            <List barriers={all} />
          </>
        )}
      </Stack>
      <p className={recordStyles.quiet}>
        {t('barrier.source', { name: mowipSource.name })} {mowipSource.verifiedOn === null && t('barrier.unverified')}
      </p>
    </>
  )
}

type BarriersProps = { readonly barriers: readonly Projected<Barrier>[] }

function Matrix({ barriers }: BarriersProps) {
  const t = useText()
  const rows = matrixOf(barriers.map(({ state, stream }) => ({ ...state, stream })))
  const agencies = [...(rows[0]?.by.keys() ?? [])]
  const level = (row: AreaRow, agency: Agency): string => {
    const barrier = row.by.get(agency)
    return barrier ? sayCode((code) => t(`barrier.level.${code}`), barrier.level, t) : t('barrier.nothing-found')
  }
  const columns: readonly Column<AreaRow>[] = [
    { id: 'area', label: t('barrier.area'), value: ({ area }) => t(`barrier.area.${area}`) },
    ...agencies.map(
      (agency): Column<AreaRow> => ({
        id: agency,
        label: t(`agency.${agency}`),
        value: (row) => level(row, agency),
      }),
    ),
  ]
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        caption={t('barrier.matrix')}
        note={t('barrier.matrix-note')}
        rows={rows}
        keyOf={({ area }) => area}
        columns={columns}
      />
    </div>
  )
}

function List({ barriers }: BarriersProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <div className={`card ${styles.table}`}>
      <StreamTable
        caption={t('barrier.list', { count: barriers.length })}
        rows={barriers}
        onOpen={(stream) => navigate({ to: '/workforce/barriers/$stream', params: { stream } })}
        columns={[
          {
            id: 'area',
            label: t('barrier.area'),
            value: ({ state }) => sayCode((code) => t(`barrier.area.${code}`), state.area, t),
          },
          {
            id: 'level',
            label: t('barrier.level'),
            value: ({ state }) => sayCode((code) => t(`barrier.level.${code}`), state.level, t),
          },
          {
            id: 'agency',
            label: t('workforce.agency'),
            value: ({ state }) => sayCode((code) => t(`agency.${code}`), state.agency, t),
          },
          { id: 'on', label: t('barrier.found-on'), value: ({ state }) => format.date(state.on) },
          { id: 'due', label: t('barrier.due'), value: ({ state }) => (state.due ? format.date(state.due) : '') },
          ...marksColumn(barriers, (each) => marksOf(each, t), t),
        ]}
      />
    </div>
  )
}
