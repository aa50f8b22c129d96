import { refuse } from '@lentera/core/shared/refusals'
import { takeHeadcount } from '@lentera/core/workforce/capture'
import { Rank } from '@lentera/core/workforce/words'
import { useText } from '@lentera/ui/parts'
import { CountFields, HeadcountFields, readHeadcount, readRanks } from './fields.tsx'
import { NewRecord, type Said } from './new-record.tsx'
import styles from './workforce.module.css'

/** A headcount from its source: what it is of, and its officers rank by rank. */
export function NewHeadcountPage() {
  const t = useText()
  return (
    <NewRecord
      name="new-headcount"
      title={t('workforce.headcount.new')}
      under={t('workforce.headcount.new-under')}
      dateLabel={t('workforce.counted-on')}
      to="/workforce/headcounts/$stream"
      decide={decide}
      fields={(typing) => (
        <>
          <HeadcountFields {...typing} />
          {Rank.options.map((rank) => (
            <fieldset key={rank} className={styles.rank}>
              <legend className={styles.legend}>{t(`workforce.rank.${rank}`)}</legend>
              <CountFields {...typing} of={rank} />
            </fieldset>
          ))}
        </>
      )}
    />
  )
}

/** Refused also: `workforce.not-complete`. */
function decide({ typed, today, ...said }: Said) {
  const headed = readHeadcount(typed)
  if (!headed) return refuse('workforce.not-complete')
  return takeHeadcount({ ...said, ...headed, rows: readRanks(typed) }, today)
}
