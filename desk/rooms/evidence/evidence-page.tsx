import {
  EmptyState,
  FailedState,
  LoadingState,
  OfflineState,
  PageTitle,
  RefusalNotice,
  Stack,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useSnapshot } from '../../device/context.ts'
import { useAnswer } from '../../device/use-answer.ts'
import { AseanBoard } from './asean-board.tsx'
import { type Board, citeOf, type GlotipFigures, parseBoard } from './board.ts'
import { CitedFacts } from './cited-facts.tsx'
import { Classification } from './classification/classification.tsx'
import { CtdcSplits } from './ctdc-splits.tsx'
import { DataSets } from './data-sets.tsx'
import { FemaleShareBoard } from './female-share.tsx'
import { FormsChart } from './forms-chart.tsx'
import { ImportPanel } from './import-panel.tsx'
import { type OpenRows, RowsDialog } from './rows-dialog.tsx'
import { useStrayFiles } from './stray-files.ts'

/** What others have published, as far as this programme has imported it: each number with its source and its rows. */
export function EvidencePage() {
  const t = useText()
  const { me } = useSnapshot()
  const { answer, reload } = useAnswer('/api/evidence', parseBoard)
  const [open, setOpen] = useState<OpenRows | undefined>(undefined)
  const [strays, setStrays] = useState(0)
  useStrayFiles(() => setStrays((count) => count + 1))
  if (!answer?.ok) {
    return (
      <>
        <PageTitle over={t('evidence.over')}>{t('evidence.title')}</PageTitle>
        {answer === undefined ? (
          <LoadingState label={t('evidence.loading')} />
        ) : answer.refusal.code === 'desk.offline' ? (
          <OfflineState onRetry={reload}>{t('evidence.offline')}</OfflineState>
        ) : (
          <FailedState onRetry={reload}>
            <RefusalNotice refusal={answer.refusal} />
          </FailedState>
        )}
      </>
    )
  }
  const board = answer.value
  const isSteward = me?.roles.includes('steward') ?? false
  return (
    <>
      <PageTitle over={t('evidence.over')} under={t('evidence.under')}>
        {t('evidence.title')}
      </PageTitle>
      <Stack>
        {strays > 0 && !isSteward && <p role="status">{t('evidence.empty-text')}</p>}
        {board.dataSets.length === 0 && (
          <EmptyState title={t('evidence.empty')}>
            {isSteward ? t('evidence.empty-steward') : t('evidence.empty-text')}
          </EmptyState>
        )}
        {inOrder(board.figures).map((figures) =>
          figures.dataset === 'glotip' ? (
            <Glotip key={figures.stream} figures={figures} board={board} onOpen={setOpen} />
          ) : (
            <CtdcSplits
              key={figures.stream}
              figures={figures}
              source={sourceOf(board, figures.stream)}
              onOpen={setOpen}
            />
          ),
        )}
        <CitedFacts facts={board.facts} isSteward={isSteward} />
        <Classification isSteward={isSteward} />
        {board.dataSets.length > 0 && <DataSets dataSets={board.dataSets} onOpen={setOpen} />}
        {isSteward && <ImportPanel dataSets={board.dataSets} strays={strays} onImported={reload} />}
      </Stack>
      {open && <RowsDialog key={JSON.stringify(open)} open={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function Glotip({
  figures: { figures, stream, year },
  board,
  onOpen,
}: {
  readonly figures: GlotipFigures
  readonly board: Board
  readonly onOpen: (open: OpenRows) => void
}) {
  const shared = { dataSet: stream, source: sourceOf(board, stream), onOpen }
  return (
    <>
      <FemaleShareBoard figures={figures.femaleShare} {...shared} />
      <FormsChart figures={figures.forms.everyRow} {...shared} />
      <AseanBoard figures={figures.asean} boardYear={year} {...shared} />
    </>
  )
}

/** Detected victims first: the board leads with them. */
const inOrder = (figures: Board['figures']): Board['figures'] =>
  [...figures].sort((a, b) => Number(a.dataset === 'ctdc') - Number(b.dataset === 'ctdc'))

function sourceOf(board: Board, stream: string): string {
  const dataSet = board.dataSets.find((each) => each.stream === stream)
  return dataSet ? citeOf(dataSet) : ''
}
