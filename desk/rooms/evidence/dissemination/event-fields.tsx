import type { SaidOfEvent } from '@lentera/core/evidence/dissemination/capture'
import { type DisseminationEvent, projectProduct } from '@lentera/core/evidence/dissemination/project'
import { Audience, type Headcount, Level } from '@lentera/core/evidence/dissemination/words'
import { CivilDate, precisionOf } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { ChoiceField, ChoicesField, DateField, TextField, useText } from '@lentera/ui/parts'
import { useStreams } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import recordStyles from '../../records/records.module.css'
import type { Typing } from '../../records/typed-correction.tsx'
import styles from './dissemination.module.css'
import { sayTitle } from './said.ts'
import { readWholeNumber } from './whole-number.ts'

/** What is asked of an event, the same when it is written down and when it is corrected. No one who was there is named. */
export function EventFields({ typed, set }: Typing) {
  const t = useText()
  const products = useStreams('product', projectProduct).filter(({ state }) => !state.enteredInError)
  return (
    <>
      <DateField
        label={t('dissemination.held-on')}
        finest="day"
        value={CivilDate.safeParse(typed.heldOn).data ?? null}
        onChange={(day) => set('heldOn', day ?? '')}
      />
      <ChoiceField
        label={t('dissemination.level')}
        value={typed.level ?? null}
        choices={Level.options.map((value) => ({ value, label: t(`event-level.${value}`) }))}
        onChange={(level) => set('level', level)}
      />
      <ChoicesField
        label={t('dissemination.audiences')}
        value={audiencesOf(typed)}
        choices={Audience.options.map((value) => ({ value, label: t(`audience.${value}`) }))}
        onChange={(chosen) => set('audiences', chosen.join(' '))}
      />
      {products.length > 0 && (
        <ChoicesField
          label={t('dissemination.products-discussed')}
          optional
          value={productsOf(typed)}
          choices={products.map(({ stream, state }) => ({ value: stream, label: sayTitle(state, t) }))}
          onChange={(chosen) => set('products', chosen.join(' '))}
        />
      )}
      <fieldset className={styles.count}>
        <legend className={styles.legend}>{t('dissemination.participants')}</legend>
        <p className={recordStyles.quiet}>{t('dissemination.participants-why')}</p>
        {parts.map((part) => (
          <TextField
            key={part}
            label={t(`headcount.${part}`)}
            optional
            inputMode="numeric"
            value={typed[part] ?? ''}
            onChange={(number) => set(part, number)}
          />
        ))}
      </fieldset>
    </>
  )
}

const parts = ['total', 'female', 'male', 'another'] as const

const audiencesOf = (typed: Typed): readonly Audience[] =>
  (typed.audiences ?? '').split(' ').flatMap((each) => Audience.safeParse(each).data ?? [])
const productsOf = (typed: Typed): readonly StreamId[] =>
  (typed.products ?? '').split(' ').flatMap((each) => StreamId.safeParse(each).data ?? [])

/**
 * @param country of her programme; none of a regional office
 * Refused: `evidence.no-day`, `evidence.no-level`, `evidence.number-not-understood` {text}, `evidence.total-missing`; the rest
 * is core's to judge.
 */
export function readEvent(typed: Typed, country: Country | null): Decision<SaidOfEvent> {
  const [heldOn, level] = [CivilDate.safeParse(typed.heldOn), Level.safeParse(typed.level)]
  if (!heldOn.success || precisionOf(heldOn.data) !== 'day') return refuse('evidence.no-day')
  if (!level.success) return refuse('evidence.no-level')
  const participants = readHeadcount(typed)
  if (!participants.ok) return participants
  return accept({
    level: level.data,
    country: level.data === 'country' ? country : null,
    audiences: audiencesOf(typed),
    products: productsOf(typed),
    heldOn: heldOn.data,
    participants: participants.value,
  })
}

function readHeadcount(typed: Typed): Decision<Headcount | null> {
  const counted: Partial<Record<(typeof parts)[number], number>> = {}
  for (const part of parts) {
    const number = readWholeNumber(typed[part] ?? '')
    if (!number.ok) return number
    if (number.value !== undefined) counted[part] = number.value
  }
  const { total, ...bySex } = counted
  if (total !== undefined) return accept({ total, ...bySex })
  return Object.keys(bySex).length === 0 ? accept(null) : refuse('evidence.total-missing')
}

export function typedOfEvent({ heldOn, level, audiences, products, headcounts }: DisseminationEvent): Typed {
  const [count, ...others] = headcounts
  const counted = count && others.length === 0 ? count : undefined
  return {
    heldOn,
    level: level ?? '',
    audiences: audiences.join(' '),
    products: products.join(' '),
    ...Object.fromEntries(parts.map((part) => [part, counted?.[part] === undefined ? '' : String(counted[part])])),
  }
}

/** Only what differs from what stands. */
export function changeOfEvent(event: DisseminationEvent, said: SaidOfEvent): Partial<SaidOfEvent> {
  const { heldOn, level, country, audiences, products, participants } = said
  const textOf = (count: Headcount | null | undefined): string => parts.map((part) => count?.[part] ?? '').join()
  const isSameCount = event.headcounts.length < 2 && textOf(event.headcounts[0]) === textOf(participants)
  return {
    ...(heldOn === event.heldOn ? {} : { heldOn }),
    ...(level === event.level ? {} : { level, country }),
    ...(audiences.join() === event.audiences.join() ? {} : { audiences }),
    ...(products.join() === event.products.join() ? {} : { products }),
    ...(isSameCount ? {} : { participants }),
  }
}
