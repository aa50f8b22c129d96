import { LoadingState, SealMark, Section, Timeline, TimelineItem, useFormat, useText } from '@lentera/ui/parts'
import { memo } from 'react'
import type { HistoryItem, OpenedCase } from '../../device/desk.ts'
import { useHistory } from '../records/use-history.ts'
import { useSayValue } from './say-value.ts'
import styles from './support.module.css'

/** Everything that was ever written in this case, newest first. Nothing is ever taken out of it. */
export function CaseHistory({ opened }: { readonly opened: OpenedCase }) {
  const t = useText()
  const items = useHistory(opened.stream, opened)
  return (
    <Section title={t('support.history.title')} note={t('support.history.note')}>
      {items === undefined ? (
        <LoadingState />
      ) : (
        <Timeline label={t('support.history.title')}>
          {items.map((item) => (
            <HistoryRow key={item.entry.id} item={item} erased={opened.file.erased !== undefined} />
          ))}
        </Timeline>
      )}
    </Section>
  )
}

/** The coded fields a person reads; names of keys, records and teams are not among them. */
const read = new Set([
  'sex',
  'age',
  'form',
  'service',
  'quarter',
  'status',
  'closingReason',
  'erasureReason',
  'consentServices',
  'consentCounting',
  'enteredInError',
])
const isMoment = (field: string): boolean => field === 'at' || field.endsWith('At')

/** Drawn when the history was read anew, not with each letter and mark of the screen around it. */
const HistoryRow = memo(function HistoryRow({
  item,
  erased,
}: {
  readonly item: HistoryItem
  readonly erased: boolean
}) {
  const t = useText()
  const format = useFormat()
  const say = useSayValue(erased)
  const { entry, author, at, opened, state } = item
  const coded = Object.entries(entry.coded).filter(([field]) => read.has(field))
  const sealed = Object.entries(opened).filter(([field]) => !isMoment(field))
  return (
    <TimelineItem
      when={at ? format.instant(Date.parse(at)) : format.date(entry.on)}
      title={t(`entry.${entry.kind}`)}
      by={author}
      sealed={sealed.length > 0}
      state={state === 'sent' ? 'stored' : state === 'unsent' ? 'unsent' : 'refused'}
      {...(state === 'sent' ? {} : { note: t(`support.history.${state}`) })}
    >
      {sealed.map(([field, value]) => (
        <div key={field} className={styles.value}>
          <SealMark /> <span className={styles.label}>{t(`support.field.${field}`)}:</span> {say(field, value)}
        </div>
      ))}
      {coded.length > 0 && (
        <div className={styles.value}>
          {coded.map(([field, value]) => `${t(`support.field.${field}`)}: ${say(field, value)}`).join(' · ')}
        </div>
      )}
    </TimelineItem>
  )
})
