import type { DisseminationEvent, Distribution, Product } from '@lentera/core/evidence/dissemination/project'
import { Audience, type Carrier } from '@lentera/core/evidence/dissemination/words'
import type { Qualifier } from '@lentera/core/shared/counts'
import { DataTable, exact, type FigureValue, Section, unknownFigure, useText } from '@lentera/ui/parts'
import type { Projected } from '../../../device/context.ts'

type ByAudienceProps = {
  readonly products: readonly Projected<Product>[]
  readonly events: readonly Projected<DisseminationEvent>[]
}

/**
 * Whom it reached, and what came of it: an audience a row. Copies and downloads are never added up; where nobody claims a number, or two
 * people say it apart, it is not known here; and one of which a part is "about" or "at least" is so itself.
 */
export function ByAudience({ products, events }: ByAudienceProps) {
  const t = useText()
  const stood = products.flatMap(({ state }) => (state.enteredInError ? [] : [state]))
  const rows = Audience.options.map((audience) => {
    const claims = stood
      .flatMap(({ distributions }) => distributions)
      .filter((row) => !row.enteredInError && row.audience === audience)
    const outcomes = stood
      .flatMap((product) => product.outcomes)
      .filter((row) => !row.enteredInError && row.audience === audience)
    return {
      audience,
      copies: claimed(claims, 'copies'),
      downloads: claimed(claims, 'downloads'),
      events: exact(events.filter(({ state }) => !state.enteredInError && state.audiences.includes(audience)).length),
      outcomes: exact(outcomes.length),
      public: exact(outcomes.filter(({ strength }) => strength === 'public').length),
    }
  })
  return (
    <Section title={t('dissemination.by-audience')} note={t('dissemination.by-audience-note')}>
      <DataTable
        caption={t('dissemination.each-audience')}
        rows={rows}
        keyOf={({ audience }) => audience}
        columns={[
          { id: 'audience', label: t('dissemination.audience'), value: ({ audience }) => t(`audience.${audience}`) },
          { id: 'events', label: t('dissemination.events'), value: (row) => row.events },
          { id: 'copies', label: t('carrier.copies'), value: (row) => row.copies },
          { id: 'downloads', label: t('carrier.downloads'), value: (row) => row.downloads },
          { id: 'outcomes', label: t('outcome.title'), value: (row) => row.outcomes },
          { id: 'public', label: t('outcome.public'), value: (row) => row.public },
        ]}
        fileName="by-audience.csv"
      />
    </Section>
  )
}

function claimed(rows: readonly Distribution[], carrier: Carrier): FigureValue {
  const claims = rows.filter((row) => row.carrier === carrier)
  if (claims.length === 0 || claims.some(({ amounts }) => amounts.length !== 1)) return unknownFigure
  const value = claims.reduce((sum, { amounts: [amount = 0] }) => sum + amount, 0)
  const said = (qualifier: Qualifier): boolean => claims.some((row) => row.qualifier === qualifier)
  return said('about')
    ? { kind: 'exact', value, read: 'about' }
    : said('at-least')
      ? { kind: 'exact', value, read: 'at-least' }
      : exact(value)
}
