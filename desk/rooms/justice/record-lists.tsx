import { inUnits, readMoney, writeMoney } from '@lentera/core/shared/money'
import { Compensation, Stage } from '@lentera/core/support/justice/words'
import { Section, useFormat, useText } from '@lentera/ui/parts'
import type { OpenedCriminalCase } from '../../device/desk.ts'
import { readAmount } from '../livelihoods/fields.tsx'
import { currencyOf, sayMoney } from '../livelihoods/say.ts'
import { oneValue, sayHeads } from '../records/opened.ts'
import { RecordRows } from '../records/rows.tsx'
import { CompensationFields, StageField } from './fields.tsx'
import { Row } from './record-row.tsx'

type ListProps = { readonly of: OpenedCriminalCase; readonly mayWrite: boolean }

/** The stages it has reached, the last one first. */
export function Stages({ of, mayWrite }: ListProps) {
  const t = useText()
  return (
    <Section title={t('justice.stages')}>
      <RecordRows none={t('justice.stages-none')}>
        {of.criminalCase.stages.toReversed().map((each) => (
          <Row
            key={each.record}
            of={of}
            row={each}
            mayWrite={mayWrite}
            title={each.stage ? t(`justice-stage.${each.stage}`) : t('results.unsettled')}
            stood={{ stage: each.stage ?? '' }}
            fields={(typing) => <StageField {...typing} />}
            read={(isNew, typed) => (isNew('stage') ? { stage: Stage.safeParse(typed.stage).data } : {})}
          />
        ))}
      </RecordRows>
    </Section>
  )
}

export function Compensations({ of, mayWrite }: ListProps) {
  const t = useText()
  const format = useFormat()
  const { compensations, country } = of.criminalCase
  return (
    <Section title={t('justice.compensations')} note={t('justice.compensations-note')}>
      <RecordRows none={t('justice.compensations-none')}>
        {compensations.map((each) => {
          const { amount } = of.records[each.record] ?? {}
          const sum = readMoney(oneValue(amount))
          return (
            <Row
              key={each.record}
              of={of}
              row={each}
              mayWrite={mayWrite}
              title={each.compensation ? t(`justice-compensation.${each.compensation}`) : t('results.unsettled')}
              sealed={[sayHeads(amount, t, (text) => sayMoney(text, format))]}
              stood={{
                compensation: each.compensation ?? '',
                units: sum ? String(inUnits(sum)) : '',
                currency: sum?.currency ?? currencyOf[country] ?? '',
              }}
              fields={(typing) => <CompensationFields {...typing} />}
              read={(isNew, typed) => {
                const now = readAmount(typed)
                const isSame = now !== undefined && sum !== undefined && writeMoney(now) === writeMoney(sum)
                return {
                  ...(isNew('compensation') ? { compensation: Compensation.safeParse(typed.compensation).data } : {}),
                  ...(now && !isSame ? { amount: now } : {}),
                }
              }}
            />
          )
        })}
      </RecordRows>
    </Section>
  )
}
