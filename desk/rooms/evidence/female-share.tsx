import { type FemaleShare, inWords, percentTenths } from '@lentera/core/evidence/figures'
import type { StreamId } from '@lentera/core/shared/ids'
import { Actions, QuietButton, ShareWithInterval, useFormat, useText } from '@lentera/ui/parts'
import styles from './evidence.module.css'
import type { OpenRows } from './rows-dialog.tsx'
import { sayCaution, saySex } from './source-words.ts'

type ShareProps = {
  readonly figures: { readonly everyRow: FemaleShare; readonly areasOnly: FemaleShare }
  readonly dataSet: StreamId
  readonly source: string
  readonly onOpen: (open: OpenRows) => void
}

/** The share of women and girls under both readings: every row of the table, and areas only, each with what it counts. */
export function FemaleShareBoard({ figures, dataSet, source, onOpen }: ShareProps) {
  return (
    <div className={styles.pair}>
      <OneReading figure={figures.everyRow} reading="every-row" {...{ dataSet, source, onOpen }} />
      <OneReading figure={figures.areasOnly} reading="areas-only" {...{ dataSet, source, onOpen }} />
    </div>
  )
}

function OneReading({
  figure,
  reading,
  dataSet,
  source,
  onOpen,
}: {
  readonly figure: FemaleShare
  readonly reading: 'every-row' | 'areas-only'
} & Omit<ShareProps, 'figures'>) {
  const t = useText()
  const format = useFormat()
  const { share, female, male, year, cautions, formula } = figure
  const given = share?.value
  if (!share || !given) return <p className={styles.note}>{t('evidence.share.none', { year: format.plain(year) })}</p>
  const percent = (ratio: typeof given): string => format.percent(percentTenths(ratio) / 10, 1)
  const numbers = {
    female: format.number(given.numerator),
    male: format.number(given.denominator - given.numerator),
    percent: percent(given),
  }
  const label = t('evidence.share.label', { year: format.plain(year) })
  return (
    <div className={styles.reading}>
      <ShareWithInterval
        title={t(`evidence.share.${reading}`, { percent: percent(given), year: format.plain(year) })}
        units={t(`evidence.share.${reading}-note`)}
        source={source}
        label={label}
        share={{
          part: given.numerator,
          whole: given.denominator,
          low: percentTenths(share.low) / 10,
          high: percentTenths(share.high) / 10,
        }}
        formula={t('evidence.share.formula', numbers)}
        onOpen={() => onOpen({ title: label, dataSet, filters: formula.denominator })}
      />
      <ul className={styles.cautions}>
        <li>
          {t('evidence.share.interval', {
            low: percent(share.low),
            high: percent(share.high),
            cells: female.lessThanFive + male.lessThanFive,
          })}
        </li>
        {cautions.map((caution) => (
          <li key={caution.code}>{sayCaution(caution, t)}</li>
        ))}
      </ul>
      <details>
        <summary>{t('evidence.share.counted')}</summary>
        <ul>
          {formula.denominator.map((where) => (
            <li key={where.sex} className={styles.words}>
              {inWords(where)}
            </li>
          ))}
        </ul>
      </details>
      <Actions>
        {[female, male].map((cell) => {
          const sex = saySex(cell.where.sex, t)
          return (
            <QuietButton
              key={cell.where.sex}
              onClick={() => onOpen({ title: `${label}: ${sex}`, dataSet, filters: [cell.where] })}
            >
              {t('evidence.see-rows', { what: sex, count: cell.rows })}
            </QuietButton>
          )
        })}
      </Actions>
    </div>
  )
}
