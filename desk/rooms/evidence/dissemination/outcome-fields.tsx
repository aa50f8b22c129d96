import type { SaidOfOutcome } from '@lentera/core/evidence/dissemination/capture'
import type { DisseminationEvent, Outcome } from '@lentera/core/evidence/dissemination/project'
import { Audience, OutcomeKind, Strength } from '@lentera/core/evidence/dissemination/words'
import { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { ChoiceField, LongTextField, SelectField, TextField, useFormat, useText } from '@lentera/ui/parts'
import type { Projected } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { sayLevel } from './said.ts'

/** What is asked of an outcome, the same when it is noted and when it is corrected. */
export function OutcomeFields({
  typed,
  set,
  events,
}: Typing & { readonly events: readonly Projected<DisseminationEvent>[] }) {
  const t = useText()
  return (
    <>
      <SelectField
        label={t('outcome.kind')}
        value={typed.outcome ?? ''}
        choices={OutcomeKind.options.map((value) => ({ value, label: t(`outcome-kind.${value}`) }))}
        onChange={(outcome) => set('outcome', outcome)}
      />
      <LongTextField
        label={t('outcome.what')}
        why={t('outcome.what-why')}
        value={typed.what ?? ''}
        onChange={(what) => set('what', what)}
      />
      <SelectField
        label={t('outcome.audience')}
        optional
        value={typed.audience ?? ''}
        empty={t('outcome.audience-unknown')}
        choices={Audience.options.map((value) => ({ value, label: t(`audience.${value}`) }))}
        onChange={(audience) => set('audience', audience)}
      />
      <EventField typed={typed} set={set} events={events} label={t('outcome.event')} />
      <ChoiceField
        label={t('outcome.strength')}
        why={t('outcome.strength-why')}
        value={typed.strength ?? null}
        choices={Strength.options.map((value) => ({ value, label: t(`outcome-strength.${value}`) }))}
        onChange={(strength) => set('strength', strength)}
      />
      <TextField
        label={t('dissemination.source')}
        why={t('outcome.source-why')}
        value={typed.source ?? ''}
        onChange={(source) => set('source', source)}
      />
      <TextField
        label={t('outcome.address')}
        optional={typed.strength !== 'public'}
        value={typed.address ?? ''}
        onChange={(address) => set('address', address)}
      />
    </>
  )
}

/** At which event of the organisation; none where at none. */
export function EventField({
  typed,
  set,
  events,
  label,
}: Typing & { readonly events: readonly Projected<DisseminationEvent>[]; readonly label: string }) {
  const t = useText()
  const format = useFormat()
  if (events.length === 0) return null
  return (
    <SelectField
      label={label}
      optional
      value={typed.event ?? ''}
      empty={t('outcome.event-none')}
      choices={events.map(({ stream, state }) => ({
        value: stream,
        label: `${format.date(state.heldOn)} · ${sayLevel(state, t)}`,
      }))}
      onChange={(event) => set('event', event)}
    />
  )
}

/** Refused: `evidence.outcome-incomplete`; the rest is core's to judge. */
export function readOutcome(typed: Typed): Decision<SaidOfOutcome> {
  const [outcome, strength] = [OutcomeKind.safeParse(typed.outcome), Strength.safeParse(typed.strength)]
  if (!outcome.success || !strength.success) return refuse('evidence.outcome-incomplete')
  return accept({
    outcome: outcome.data,
    strength: strength.data,
    what: typed.what ?? '',
    audience: Audience.safeParse(typed.audience).data ?? null,
    event: StreamId.safeParse(typed.event).data ?? null,
    source: typed.source ?? '',
    address: typed.address ?? '',
  })
}

export const typedOfOutcome = ({ outcome, what, audience, event, source, address, strength }: Outcome): Typed => ({
  outcome: outcome ?? '',
  what: what ?? '',
  audience: audience ?? '',
  event: event ?? '',
  source: source ?? '',
  address: address ?? '',
  strength: strength ?? '',
})
