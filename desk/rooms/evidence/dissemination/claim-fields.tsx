import type { Distributed } from '@lentera/core/evidence/dissemination/capture'
import { type Distribution, projectEvent } from '@lentera/core/evidence/dissemination/project'
import { Audience, Carrier } from '@lentera/core/evidence/dissemination/words'
import { Qualifier } from '@lentera/core/shared/counts'
import { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { ChoiceField, SelectField, TextField, useText } from '@lentera/ui/parts'
import { useStreams } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { EventField } from './outcome-fields.tsx'
import { readWholeNumber } from './whole-number.ts'

/** What is asked of a claim, the same when it is written down and when it is corrected. */
export function ClaimFields({ typed, set }: Typing) {
  const events = useStreams('event', projectEvent).filter(({ state }) => !state.enteredInError)
  const t = useText()
  return (
    <>
      <SelectField
        label={t('dissemination.audience')}
        value={typed.audience ?? ''}
        choices={Audience.options.map((value) => ({ value, label: t(`audience.${value}`) }))}
        onChange={(audience) => set('audience', audience)}
      />
      <ChoiceField
        label={t('dissemination.carrier')}
        value={typed.carrier ?? null}
        choices={Carrier.options.map((value) => ({ value, label: t(`carrier.${value}`) }))}
        onChange={(carrier) => set('carrier', carrier)}
      />
      <TextField
        label={t('dissemination.amount')}
        inputMode="numeric"
        value={typed.amount ?? ''}
        onChange={(amount) => set('amount', amount)}
      />
      <ChoiceField
        label={t('dissemination.qualifier')}
        why={t('dissemination.qualifier-why')}
        value={typed.qualifier ?? null}
        choices={Qualifier.options.map((value) => ({ value, label: t(`qualifier.${value}`) }))}
        onChange={(qualifier) => set('qualifier', qualifier)}
      />
      <EventField typed={typed} set={set} events={events} label={t('dissemination.claim.event')} />
      <TextField
        label={t('dissemination.source')}
        why={t('dissemination.source-why')}
        value={typed.source ?? ''}
        onChange={(source) => set('source', source)}
      />
    </>
  )
}

/** Refused: `evidence.claim-incomplete`, `evidence.number-not-understood` {text}; the rest is core's to judge. */
export function readClaim(typed: Typed): Decision<Distributed> {
  const audience = Audience.safeParse(typed.audience)
  const carrier = Carrier.safeParse(typed.carrier)
  const qualifier = Qualifier.safeParse(typed.qualifier)
  if (!audience.success || !carrier.success || !qualifier.success) return refuse('evidence.claim-incomplete')
  const amount = readWholeNumber(typed.amount ?? '')
  if (!amount.ok) return amount
  return accept({
    audience: audience.data,
    carrier: carrier.data,
    qualifier: qualifier.data,
    amount: amount.value ?? 0,
    source: typed.source ?? '',
    event: StreamId.safeParse(typed.event).data ?? null,
  })
}

export const typedOfClaim = ({ audience, carrier, amounts, qualifier, source, event }: Distribution): Typed => ({
  audience: audience ?? '',
  carrier: carrier ?? '',
  amount: amounts.length === 1 ? String(amounts[0]) : '',
  qualifier: qualifier ?? '',
  source: source ?? '',
  event: event ?? '',
})

/** Only what differs from what stands. */
export function changeOfClaim(row: Distribution, said: Distributed): Partial<Distributed> {
  const { audience, carrier, amount, qualifier, source, event = null } = said
  return {
    ...(audience === row.audience ? {} : { audience }),
    ...(carrier === row.carrier ? {} : { carrier }),
    ...(row.amounts.length === 1 && row.amounts[0] === amount ? {} : { amount }),
    ...(qualifier === row.qualifier ? {} : { qualifier }),
    ...(source.trim() === row.source ? {} : { source }),
    ...(event === row.event ? {} : { event }),
  }
}
