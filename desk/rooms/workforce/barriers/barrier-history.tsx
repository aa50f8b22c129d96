import { CivilDate } from '@lentera/core/shared/dates'
import type { Barrier } from '@lentera/core/workforce/barrier/project'
import type { Recommendation } from '@lentera/core/workforce/project'
import { LoadingState, Section, Timeline, TimelineItem, useFormat, useText } from '@lentera/ui/parts'
import type { Projected } from '../../../device/context.ts'
import { useHistory } from '../../records/use-history.ts'
import type { WithRecommendations } from '../fields.tsx'

/** How a barrier was seen over the years: when it was found, and each time it was said anew, what of it. Nothing is ever taken out. */
export function BarrierHistory({ barrier, recommendations }: BarrierHistoryProps) {
  const t = useText()
  const format = useFormat()
  const items = useHistory(barrier.stream, barrier.state)
  const say = (field: Shown, value: unknown): string => {
    if (typeof value !== 'string' || value === '') return t('barrier.not-said')
    switch (field) {
      case 'agency':
        return t(`agency.${value}`)
      case 'area':
        return t(`barrier.area.${value}`)
      case 'level':
        return t(`barrier.level.${value}`)
      case 'due':
        return sayDay(CivilDate.safeParse(value).data)
      case 'recommendation':
        return sayRecommendation(recommendations.find(({ stream }) => stream === value)?.state)
      default:
        return value
    }
  }
  const sayDay = (day: CivilDate | undefined): string => (day ? format.date(day) : t('barrier.not-said'))
  const sayRecommendation = (of: Recommendation | undefined): string =>
    of
      ? t('workforce.recommendation.short', { number: of.number ?? 0, text: of.text?.slice(0, 60) ?? '' })
      : t('workforce.not-here')
  return (
    <Section title={t('barrier.history')} note={t('barrier.history-note')}>
      {items === undefined ? (
        <LoadingState />
      ) : (
        <Timeline label={t('barrier.history')}>
          {items.map(({ entry, author, state }) => (
            <TimelineItem
              key={entry.id}
              when={entry.at ? format.instant(entry.at.time) : format.date(entry.on)}
              title={t(`entry.${entry.kind}`)}
              by={author}
              state={state === 'sent' ? 'stored' : state === 'unsent' ? 'unsent' : 'refused'}
              {...(state === 'sent' ? {} : { note: t(`support.history.${state}`) })}
            >
              {shown
                .filter((field) => entry.coded[field] !== undefined)
                .map((field) => (
                  <div key={field}>
                    {t(labels[field])}: {say(field, entry.coded[field])}
                  </div>
                ))}
            </TimelineItem>
          ))}
        </Timeline>
      )}
    </Section>
  )
}

type BarrierHistoryProps = WithRecommendations & { readonly barrier: Projected<Barrier> }

/** What of an entry is read, and as what: what it changed, and no more. */
const labels = {
  agency: 'workforce.agency',
  area: 'barrier.area',
  level: 'barrier.level',
  evidence: 'barrier.evidence',
  practice: 'barrier.practice',
  recommendation: 'barrier.leads-to',
  owner: 'barrier.owner',
  due: 'barrier.due',
} as const
type Shown = keyof typeof labels
const shown = Object.keys(labels) as Shown[] // the keys its type names
