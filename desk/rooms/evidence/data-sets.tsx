import { CivilDate } from '@lentera/core/shared/dates'
import { QuietButton, Section, useFormat, useText } from '@lentera/ui/parts'
import type { DataSet } from './board.ts'
import styles from './evidence.module.css'
import type { OpenRows } from './rows-dialog.tsx'

/** Which tables the board stands on: whose, which edition, on which terms, and what was left out. */
export function DataSets({
  dataSets,
  onOpen,
}: {
  readonly dataSets: readonly DataSet[]
  readonly onOpen: (open: OpenRows) => void
}) {
  const t = useText()
  const format = useFormat()
  const day = (text: string): string => {
    const date = CivilDate.safeParse(text)
    return date.success ? format.date(date.data) : text
  }
  return (
    <Section title={t('evidence.sets.title')}>
      <ul className={styles.sets}>
        {dataSets.map((each) => (
          <li key={each.stream}>
            <div className={styles.strong}>
              {each.name}, {t('evidence.sets.edition', { edition: day(each.edition) })}
            </div>
            <div>
              {each.publisher} · {each.source}
            </div>
            <div>
              {t('evidence.sets.rows', { rows: each.rows, leftOut: each.leftOut })} ·{' '}
              {t('evidence.sets.imported', { date: day(each.importedOn) })}
            </div>
            {each.repeats.length > 0 && (
              <ul className={styles.cautions}>
                {each.repeats.map(({ stream, importedOn, edition }) => (
                  <li key={stream}>{t('evidence.sets.repeated', { date: day(importedOn), edition: day(edition) })}</li>
                ))}
              </ul>
            )}
            <div className={styles.note}>{each.terms}</div>
            <QuietButton onClick={() => onOpen({ title: each.name, dataSet: each.stream, filters: everyRow })}>
              {t('evidence.sets.open')}
            </QuietButton>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const everyRow = [{}] as const
