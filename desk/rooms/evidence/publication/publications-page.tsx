import type { PublicationBoard, PublicationRow } from '@lentera/core/evidence/publication/answers'
import {
  EmptyState,
  FailedState,
  LoadingState,
  NextButton,
  OfflineState,
  PageTitle,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useSnapshot } from '../../../device/context.ts'
import { useAnswer } from '../../../device/use-answer.ts'
import { StreamTable } from '../../records/stream-table.tsx'
import { parseBoard } from './answers.ts'
import { HoldingPanel } from './holding-panel.tsx'
import { LedgerView } from './ledger.tsx'
import styles from './publication.module.css'
import { inLanguage, isSteward, sayMethod } from './said.ts'

/** What was published and what waits, what its making spent, and the files that something may be published of. */
export function PublicationsPage() {
  const t = useText()
  const { answer, reload } = useAnswer('/api/publications', parseBoard)
  if (!answer?.ok) {
    return (
      <>
        <PageTitle over={t('evidence.over')}>{t('publication.title')}</PageTitle>
        {answer === undefined ? (
          <LoadingState />
        ) : answer.refusal.code === 'desk.offline' ? (
          <OfflineState onRetry={reload}>{t('publication.offline')}</OfflineState>
        ) : (
          <FailedState onRetry={reload}>
            <RefusalNotice refusal={answer.refusal} />
          </FailedState>
        )}
      </>
    )
  }
  const board = answer.value
  return (
    <>
      <PageTitle over={t('evidence.over')} under={t('publication.under')}>
        {t('publication.title')}
      </PageTitle>
      <Stack>
        <Publications board={board} />
        <Ledgers board={board} onChanged={reload} />
        <HoldingPanel board={board} onBrought={reload} />
      </Stack>
    </>
  )
}

function Publications({ board: { publications } }: { readonly board: PublicationBoard }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const steward = useSnapshot(({ me }) => isSteward(me))
  return (
    <Section
      title={t('publication.list', { count: publications.length })}
      note={t('publication.list-note')}
      actions={
        steward && <NextButton onClick={() => navigate({ to: '/publications/new' })}>{t('publication.new')}</NextButton>
      }
    >
      {publications.length === 0 ? (
        <EmptyState title={t('publication.none')}>{t('publication.none-text')}</EmptyState>
      ) : (
        <StreamTable
          caption={t('publication.newest')}
          rows={publications}
          onOpen={(stream) => navigate({ to: '/publications/$stream', params: { stream } })}
          columns={[
            {
              id: 'title',
              label: t('publication.name'),
              value: ({ publication }) => inLanguage(publication.proposal.title, format.language),
            },
            { id: 'standing', label: t('publication.standing'), value: (row) => sayStanding(row, t) },
            {
              id: 'method',
              label: t('publication.method'),
              value: ({ publication }) => sayMethod(publication.proposal.method, t),
            },
            {
              id: 'released',
              label: t('publication.released-on'),
              value: ({ judged }) => (judged.releasedOn ? format.date(judged.releasedOn) : ''),
            },
          ]}
        />
      )}
    </Section>
  )
}

const sayStanding = ({ judged: { standing, wanted } }: PublicationRow, t: ReturnType<typeof useText>): string =>
  wanted && standing !== 'proposed' && standing !== 'withdrawn'
    ? `${t(`publication-standing.${standing}`)} · ${t(`publication.wanted.${wanted}`)}`
    : t(`publication-standing.${standing}`)

function Ledgers({ board, onChanged }: { readonly board: PublicationBoard; readonly onChanged: () => void }) {
  const t = useText()
  const format = useFormat()
  const { ledgers, publications } = board
  const titleOf = (stream: string): string => {
    const row = publications.find((each) => each.stream === stream)
    return row ? inLanguage(row.publication.proposal.title, format.language) : ''
  }
  return (
    <Section title={t('publication.ledger')} note={t('publication.ledger-note')}>
      {ledgers.length === 0 ? (
        <EmptyState title={t('publication.ledger.none')}>{t('publication.ledger.none-text')}</EmptyState>
      ) : (
        <ul className={styles.ledgers}>
          {ledgers.map((ledger) => (
            <LedgerView key={JSON.stringify(ledger.population)} {...{ ledger, titleOf, onChanged }} />
          ))}
        </ul>
      )}
    </Section>
  )
}
