import { projectRecommendation, projectReform } from '@lentera/core/workforce/project'
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
import { type ReactNode, useId } from 'react'
import { useSnapshot, useStreams } from '../../device/context.ts'
import recordStyles from '../records/records.module.css'
import { marksOf, sayCode } from '../records/say.ts'
import { marksColumn } from '../records/stream-table.tsx'
import { type Newest, NewestShares, sayShare, useNewest } from './newest-shares.tsx'
import styles from './workforce.module.css'

/** Where women serve, what is recommended and what changed, as her organisation knows it. */
export function WorkforcePage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const hasTeam = useSnapshot(({ me }) => me !== undefined && me.team !== null && me.country !== null)
  const newest = useNewest()
  const national = sayShare(newest.at('national'), format)
  const crossings = sayShare(newest.at('border-crossing'), format)
  return (
    <>
      <PageTitle under={t('workforce.under')}>
        {national && crossings ? t('workforce.title-shares', { national, crossings }) : t('workforce.title')}
      </PageTitle>
      <Stack>
        {isFocalPoint && (
          <Actions>
            <NextButton onClick={() => navigate({ to: '/workforce/headcounts/new' })}>
              {t('workforce.headcount.new')}
            </NextButton>
            <QuietButton onClick={() => navigate({ to: '/workforce/headcounts/file' })}>
              {t('workforce.file.begin')}
            </QuietButton>
            <QuietButton onClick={() => navigate({ to: '/workforce/recommendations/new' })}>
              {t('workforce.recommendation.new')}
            </QuietButton>
            <QuietButton onClick={() => navigate({ to: '/workforce/reforms/new' })}>
              {t('workforce.reform.new')}
            </QuietButton>
          </Actions>
        )}
        <nav className={styles.ways} aria-label={t('workforce.ways')}>
          <Ways label={t('workforce.ways-cover')}>
            {isFocalPoint && hasTeam && <Link to="/workforce/cover">{t('cover.title-short')}</Link>}
            {isFocalPoint && hasTeam && <Link to="/workforce/register">{t('register.nav')}</Link>}
            {isFocalPoint && hasTeam && <Link to="/workforce/cover/release">{t('cover-release.nav')}</Link>}
            <Link to="/workforce/cover/released">{t('cover-released.nav')}</Link>
          </Ways>
          <Ways label={t('workforce.ways-figures')}>
            <Link to="/workforce/evidence">{t('workforce.evidence-open')}</Link>
            <Link to="/workforce/flows">{t('workforce.flows-open')}</Link>
            <Link to="/workforce/projection">{t('workforce.projection-open')}</Link>
          </Ways>
          <Ways label={t('workforce.ways-change')}>
            <Link to="/workforce/research">{t('research.open')}</Link>
            <Link to="/workforce/barriers">{t('barrier.open')}</Link>
            <Link to="/workforce/changes">{t('changes.open')}</Link>
          </Ways>
        </nav>
        <Headcounts newest={newest} isFocalPoint={isFocalPoint} />
        <Recommendations />
        <Reforms />
      </Stack>
      <p className={recordStyles.quiet}>{t('workforce.stays')}</p>
    </>
  )
}

function Ways({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{label}</h2>
      {children}
    </section>
  )
}

function Headcounts({ newest, isFocalPoint }: { readonly newest: Newest; readonly isFocalPoint: boolean }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const all = newest.counted.toSorted((a, b) => (a.state.headcount.on < b.state.headcount.on ? 1 : -1))
  if (all.length === 0)
    return (
      <EmptyState title={t('workforce.none')}>
        {isFocalPoint ? t('workforce.none-text') : t('workforce.none-text-reader')}
      </EmptyState>
    )
  return (
    <>
      <NewestShares newest={newest} />
      <div className={`card ${styles.table}`}>
        <DataTable
          stacks
          caption={t('workforce.headcounts', { count: all.length })}
          rows={all}
          keyOf={({ stream }) => stream}
          onOpenRow={({ stream }) => navigate({ to: '/workforce/headcounts/$stream', params: { stream } })}
          columns={[
            { id: 'on', label: t('workforce.counted-on'), value: ({ state }) => format.date(state.headcount.on) },
            {
              id: 'agency',
              label: t('workforce.agency'),
              value: ({ state }) => sayCode((code) => t(`agency.${code}`), state.headcount.agency, t),
            },
            {
              id: 'place',
              label: t('workforce.place'),
              value: ({ state }) => sayCode((code) => t(`workforce.place.${code}`), state.headcount.place, t),
            },
            {
              id: 'source',
              label: t('workforce.source'),
              value: ({ state }) => sayCode((text) => text, state.headcount.source, t),
            },
            ...marksColumn(all, ({ state, ...each }) => marksOf({ ...each, state: state.headcount }, t), t),
          ]}
        />
      </div>
    </>
  )
}

function Recommendations() {
  const t = useText()
  const navigate = useNavigate()
  const all = useStreams('recommendation', projectRecommendation).toSorted(
    (a, b) => (a.state.number ?? 0) - (b.state.number ?? 0),
  )
  if (all.length === 0) return null
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        stacks
        caption={t('workforce.recommendations', { count: all.length })}
        rows={all}
        keyOf={({ stream }) => stream}
        onOpenRow={({ stream }) => navigate({ to: '/workforce/recommendations/$stream', params: { stream } })}
        columns={[
          {
            id: 'text',
            label: t('workforce.text'),
            value: ({ state }) =>
              t('workforce.recommendation.short', { number: state.number ?? 0, text: state.text ?? '' }),
          },
          {
            id: 'status',
            label: t('workforce.status'),
            value: ({ state }) => sayCode((code) => t(`workforce.status.${code}`), state.status, t),
          },
          ...marksColumn(all, (each) => marksOf(each, t), t),
        ]}
      />
    </div>
  )
}

function Reforms() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const all = useStreams('reform', projectReform).toSorted((a, b) => (a.state.on < b.state.on ? 1 : -1))
  if (all.length === 0) return null
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        stacks
        caption={t('workforce.reforms', { count: all.length })}
        rows={all}
        keyOf={({ stream }) => stream}
        onOpenRow={({ stream }) => navigate({ to: '/workforce/reforms/$stream', params: { stream } })}
        columns={[
          { id: 'what', label: t('workforce.what'), value: ({ state }) => sayCode((text) => text, state.what, t) },
          { id: 'on', label: t('workforce.changed-on'), value: ({ state }) => format.date(state.on) },
          {
            id: 'concern',
            label: t('workforce.concern'),
            value: ({ state }) => sayCode((code) => t(`workforce.concern.${code}`), state.concern, t),
          },
          {
            id: 'sphere',
            label: t('workforce.sphere'),
            value: ({ state }) => sayCode((code) => t(`workforce.sphere.${code}`), state.sphere, t),
          },
          ...marksColumn(all, (each) => marksOf(each, t), t),
        ]}
      />
    </div>
  )
}
