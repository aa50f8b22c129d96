import type { Split } from '@lentera/core/evidence/ctdc'
import { ctdcPublishedK } from '@lentera/core/evidence/words'
import { BarsByGroup, DataTable, exact, Section, useText } from '@lentera/ui/parts'
import type { CtdcFigures } from './board.ts'
import styles from './evidence.module.css'
import type { OpenRows } from './rows-dialog.tsx'

/** Of more groups than a picture holds the largest are drawn, and all stand in a table. */
const mostBars = 20
const barsOfLong = 12

/** The k-anonymous global data set split by its columns, as bars in the words of the source. */
export function CtdcSplits({
  figures,
  source,
  onOpen,
}: {
  readonly figures: CtdcFigures
  readonly source: string
  readonly onOpen: (open: OpenRows) => void
}) {
  const t = useText()
  return (
    <Section
      title={t('evidence.ctdc.title', { records: figures.records })}
      note={[
        t(`evidence.ctdc.note.${figures.layout}`, { smallest: figures.smallestClass, k: ctdcPublishedK }),
        t('evidence.internal'),
      ].join(' ')}
    >
      <div className={styles.pair}>
        {figures.splits.map((split) => (
          <OneSplit
            key={split.column}
            split={split}
            source={source}
            onOpen={(value, label) =>
              onOpen({
                title: `${split.column}: ${label}`,
                dataSet: figures.stream,
                filters: [{ column: split.column, value }],
              })
            }
          />
        ))}
      </div>
    </Section>
  )
}

function OneSplit({
  split,
  source,
  onOpen,
}: {
  readonly split: Split
  readonly source: string
  readonly onOpen: (value: string | null, label: string) => void
}) {
  const t = useText()
  const isAnswer = split.column.startsWith('is')
  const labelOf = (value: string | null): string => {
    if (value === null) return t('evidence.ctdc.unknown')
    if (!isAnswer) return value
    return value === '1' ? t('evidence.ctdc.yes') : value === '0' ? t('evidence.ctdc.no') : value
  }
  const parts = split.parts.map((part) => ({ ...part, id: part.value ?? '', label: labelOf(part.value) }))
  const title = t('evidence.ctdc.split', { column: split.column })
  const isLong = parts.length > mostBars
  const largest = isLong ? [...parts].sort((one, other) => other.records - one.records).slice(0, barsOfLong) : parts
  return (
    <div className={styles.reading}>
      <BarsByGroup
        title={title}
        units={isLong ? t('evidence.ctdc.largest', { shown: barsOfLong, all: parts.length }) : t('evidence.ctdc.units')}
        source={source}
        layout="grouped"
        groups={largest.map((part) => ({ id: part.id, label: part.label, figures: { records: exact(part.records) } }))}
        series={[{ id: 'records', label: t('evidence.ctdc.records'), look: 1 }]}
        {...(isLong ? {} : { fileName: `${split.column}.csv` })}
        onOpen={(id) => {
          const part = parts.find((each) => each.id === id)
          if (part) onOpen(part.value, part.label)
        }}
      />
      {isLong && (
        <details>
          <summary>{t('evidence.ctdc.all', { all: parts.length })}</summary>
          <DataTable
            caption={title}
            note={source}
            rows={parts}
            keyOf={(part) => part.id}
            columns={[
              { id: 'value', label: split.column, value: (part) => part.label },
              {
                id: 'records',
                label: t('evidence.ctdc.records'),
                value: (part) => exact(part.records),
                onOpen: (part) => onOpen(part.value, part.label),
              },
            ]}
            fileName={`${split.column}.csv`}
          />
        </details>
      )}
    </div>
  )
}
