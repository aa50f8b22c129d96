import { DataTable, Section, useFormat, useText } from '@lentera/ui/parts'
import type { Fact } from './board.ts'

/** Figures somebody else has published: never counted here, always with source, edition and the day they were compared. */
export function CitedFacts({ facts }: { readonly facts: readonly Fact[] }) {
  const t = useText()
  const format = useFormat()
  const share = ({ value }: Fact): string =>
    value.kind === 'ratio'
      ? (format.share({ part: value.numerator, whole: value.denominator }, 1) ?? '')
      : format.percent(value.tenths / 10, 1)
  if (facts.length === 0) return null
  return (
    <Section title={t('evidence.facts.title')} note={t('evidence.facts.note')}>
      <DataTable
        caption={t('evidence.facts.caption')}
        rows={facts}
        keyOf={(fact) => fact.stream}
        columns={[
          {
            id: 'what',
            label: t('evidence.facts.what'),
            value: (fact) =>
              fact.withdrawn
                ? t('evidence.facts.withdrawn', { fact: t(`fact.${fact.text}`), note: fact.withdrawn.note })
                : t(`fact.${fact.text}`),
          },
          { id: 'share', label: t('evidence.facts.share'), value: share, align: 'end' },
          { id: 'source', label: t('evidence.facts.source'), value: (fact) => fact.source },
          { id: 'edition', label: t('evidence.facts.edition'), value: (fact) => fact.edition },
          {
            id: 'period',
            label: t('evidence.facts.period'),
            value: (fact) => (fact.period ? format.date(fact.period) : t('evidence.facts.not-said')),
          },
          ...(facts.some((fact) => fact.page)
            ? [{ id: 'page', label: t('evidence.facts.page'), value: (fact: Fact) => fact.page ?? '' }]
            : []),
          { id: 'readIn', label: t('evidence.facts.read-in'), value: (fact) => fact.readIn ?? '' },
          {
            id: 'verified',
            label: t('evidence.facts.verified'),
            value: (fact) => format.date(fact.verifiedOn),
          },
        ]}
        fileName="cited-facts.csv"
      />
    </Section>
  )
}
