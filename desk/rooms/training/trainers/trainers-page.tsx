import { officerCode } from '@lentera/core/shared/person-codes'
import { projectTrainer } from '@lentera/core/training/trainer/project'
import { lastDayOf } from '@lentera/core/training/trainer/words'
import {
  DataTable,
  EmptyState,
  exact,
  NextButton,
  PageTitle,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useStreams } from '../../../device/context.ts'
import recordStyles from '../../records/records.module.css'
import { marksOf, sayCode } from '../../records/say.ts'
import { marksColumn, StreamSection } from '../../records/stream-table.tsx'
import { TrainingTabs } from '../training-tabs.tsx'
import {
  endingSoon,
  isStanding,
  sayCertifier,
  sayTeaches,
  sessionsLed,
  type Trainer,
  useIsTrainer,
  useToday,
} from './say.ts'
import { TrainerTree } from './trainer-tree.tsx'

/** The national trainers of her organisation, by their codes: whose certificates end soon, who certified whom, and all of them. */
export function TrainersPage() {
  const t = useText()
  const navigate = useNavigate()
  const isTrainer = useIsTrainer()
  const today = useToday()
  const trainers = useStreams('national-trainer', projectTrainer)
  const known = trainers.filter(({ state }) => !state.enteredInError)
  const standing = known.filter(({ state }) => state.certificates.some((each) => isStanding(each, today)))
  return (
    <>
      <PageTitle under={t('trainers.under')}>
        {t('trainers.title', { count: known.length, standing: standing.length })}
      </PageTitle>
      <TrainingTabs />
      <Stack>
        {isTrainer && (
          <p>
            <NextButton onClick={() => navigate({ to: '/training/trainers/new' })}>{t('trainers.new')}</NextButton>
          </p>
        )}
        <EndingSoon trainers={known} />
        <TrainerTree trainers={known.map(({ state }) => state)} />
        <All trainers={trainers} />
      </Stack>
    </>
  )
}

function EndingSoon({ trainers }: { readonly trainers: readonly Trainer[] }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const today = useToday()
  const rows = trainers
    .flatMap(({ stream, state }) =>
      endingSoon(state, today).map((certificate) => ({ stream, trainer: state.trainer, certificate })),
    )
    .toSorted((a, b) => (a.certificate.certifiedOn < b.certificate.certifiedOn ? -1 : 1))
  return (
    <Section title={t('trainers.soon')} note={t('trainers.soon-note')}>
      {rows.length === 0 ? (
        <p className={recordStyles.quiet}>{t('trainers.soon-none')}</p>
      ) : (
        <div className={recordStyles.table}>
          <DataTable
            caption={t('trainers.soon-first')}
            rows={rows}
            keyOf={({ certificate }) => certificate.record}
            onOpenRow={({ stream }) => navigate({ to: '/training/trainers/$stream', params: { stream } })}
            columns={[
              { id: 'code', label: t('trainers.code'), value: ({ trainer }) => officerCode(trainer) },
              {
                id: 'ends',
                label: t('trainers.ends-on'),
                value: ({ certificate }) => format.date(lastDayOf(certificate.certifiedOn)),
              },
              { id: 'teaches', label: t('trainers.teaches'), value: ({ certificate }) => sayTeaches(certificate, t) },
              { id: 'by', label: t('trainers.by'), value: ({ certificate }) => sayCertifier(certificate.by, t) },
            ]}
          />
        </div>
      )}
    </Section>
  )
}

function All({ trainers }: { readonly trainers: readonly Trainer[] }) {
  const t = useText()
  const navigate = useNavigate()
  const isTrainer = useIsTrainer()
  const today = useToday()
  return (
    <StreamSection
      title={t('trainers.all')}
      none={
        <EmptyState title={t('trainers.none')}>
          {isTrainer ? t('trainers.none-text') : t('trainers.none-text-reader')}
        </EmptyState>
      }
      caption={t('trainers.by-code')}
      rows={trainers}
      onOpen={(stream) => navigate({ to: '/training/trainers/$stream', params: { stream } })}
      columns={[
        { id: 'code', label: t('trainers.code'), value: ({ state }) => officerCode(state.trainer) },
        {
          id: 'standing',
          label: t('trainers.standing'),
          value: ({ state }) => exact(state.certificates.filter((each) => isStanding(each, today)).length),
        },
        { id: 'led', label: t('trainers.led'), value: ({ state }) => exact(sessionsLed(state)) },
        {
          id: 'agency',
          label: t('training.agency'),
          value: ({ state }) => sayCode((code) => t(`agency.${code}`), state.agency, t),
        },
        {
          id: 'country',
          label: t('trainers.country'),
          value: ({ state }) => sayCode((code) => t(`country.${code}`), state.country, t),
        },
        ...marksColumn(trainers, (each) => marksOf(each, t), t),
      ]}
    />
  )
}
