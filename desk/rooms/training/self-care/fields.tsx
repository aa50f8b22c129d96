import { Agency } from '@lentera/core/shared/agencies'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { Country } from '@lentera/core/shared/places'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import type { SaidOfRequest, SaidOfWebinar } from '@lentera/core/training/self-care/capture'
import type { SelfCareRequest, SelfCareWebinar } from '@lentera/core/training/self-care/project'
import type { AttendanceCounts } from '@lentera/core/training/self-care/words'
import { SelfCareTopic, UnitKind } from '@lentera/core/training/self-care/words'
import { ChoiceField, ChoicesField, DateField, SelectField, TextField, useFormat, useText } from '@lentera/ui/parts'
import type { Projected } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import recordStyles from '../../records/records.module.css'
import type { Typing } from '../../records/typed-correction.tsx'
import { useCountries } from '../countries.ts'
import styles from '../training.module.css'
import { sayTopic, sayUnit } from './say.ts'

// ---------------------------------------------------------------- a need

export function RequestFields({ typed, set }: Typing) {
  const t = useText()
  const countries = useCountries()
  return (
    <>
      <DateField
        label={t('self-care.asked-on')}
        finest="day"
        value={CivilDate.safeParse(typed.askedOn).data ?? null}
        onChange={(day) => set('askedOn', day ?? '')}
      />
      <SelectField
        label={t('trainers.country')}
        value={typed.country ?? ''}
        choices={countries.map((value) => ({ value, label: t(`country.${value}`) }))}
        onChange={(value) => set('country', value)}
      />
      <SelectField
        label={t('training.agency')}
        value={typed.agency ?? ''}
        choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
        onChange={(value) => set('agency', value)}
      />
      <SelectField
        label={t('self-care.unit')}
        why={t('self-care.unit-why')}
        value={typed.unit ?? ''}
        choices={UnitKind.options.map((value) => ({ value, label: t(`unit-kind.${value}`) }))}
        onChange={(value) => set('unit', value)}
      />
      <TopicField typed={typed} set={set} />
      <TextField
        label={t('self-care.people')}
        inputMode="numeric"
        value={typed.people ?? ''}
        onChange={(value) => set('people', value)}
      />
    </>
  )
}

function TopicField({ typed, set }: Typing) {
  const t = useText()
  return (
    <ChoiceField
      label={t('results.dimension.topic')}
      value={typed.topic || null}
      choices={SelfCareTopic.options.map((value) => ({ value, label: t(`self-care-topic.${value}`) }))}
      onChange={(value) => set('topic', value)}
    />
  )
}

export const typedRequest = ({ country, agency, unit, topic, people, askedOn }: SelfCareRequest): Typed => ({
  country: country ?? '',
  agency: agency ?? '',
  unit: unit ?? '',
  topic: topic ?? '',
  people: people === undefined ? '' : String(people),
  askedOn,
})

/** Undefined where a choice or the day is missing; NaN where a number is none: core refuses it. */
export function readRequest(typed: Typed): SaidOfRequest | undefined {
  const [country, agency] = [Country.safeParse(typed.country).data, Agency.safeParse(typed.agency).data]
  const [unit, topic] = [UnitKind.safeParse(typed.unit).data, SelfCareTopic.safeParse(typed.topic).data]
  const askedOn = CivilDate.safeParse(typed.askedOn).data
  const people = readCount(typed.people)
  return country && agency && unit && topic && askedOn && { country, agency, unit, topic, people, askedOn }
}

/** Only what differs from what stands. */
export const changeOfRequest = (now: SaidOfRequest, stood: SelfCareRequest): Partial<SaidOfRequest> => ({
  ...(now.country === stood.country ? {} : { country: now.country }),
  ...(now.agency === stood.agency ? {} : { agency: now.agency }),
  ...(now.unit === stood.unit ? {} : { unit: now.unit }),
  ...(now.topic === stood.topic ? {} : { topic: now.topic }),
  ...(now.people === stood.people ? {} : { people: now.people }),
  ...(now.askedOn === stood.askedOn ? {} : { askedOn: now.askedOn }),
})

// ---------------------------------------------------------------- a webinar

/** @param requests that a webinar may answer */
export function WebinarFields({
  typed,
  set,
  requests,
}: Typing & { readonly requests: readonly Projected<SelfCareRequest>[] }) {
  const t = useText()
  const format = useFormat()
  const open = requests.filter(({ state, stream }) => !state.enteredInError || streamsIn(typed).includes(stream))
  return (
    <>
      <DateField
        label={t('training.held-on')}
        finest="day"
        value={CivilDate.safeParse(typed.heldOn).data ?? null}
        onChange={(day) => set('heldOn', day ?? '')}
      />
      <TopicField typed={typed} set={set} />
      <TextField
        label={t('self-care.minutes')}
        inputMode="numeric"
        value={typed.minutes ?? ''}
        onChange={(value) => set('minutes', value)}
      />
      <fieldset className={styles.counts}>
        <legend className={styles.legend}>{t('self-care.attendance')}</legend>
        {sexes.map((sex) => (
          <TextField
            key={sex}
            label={t(`self-care.sex.${sex}`)}
            inputMode="numeric"
            value={typed[sex] ?? ''}
            onChange={(value) => set(sex, value)}
          />
        ))}
      </fieldset>
      <p className={recordStyles.quiet}>{t('self-care.attendance-why')}</p>
      {open.length > 0 && (
        <ChoicesField
          label={t('self-care.answers')}
          optional
          value={streamsIn(typed)}
          choices={open.map(({ stream, state }) => ({
            value: stream,
            label: `${format.date(state.askedOn)} · ${sayUnit(state, t)} · ${sayTopic(state, t)}`,
          }))}
          onChange={(chosen) => set('answers', chosen.join(' '))}
        />
      )}
    </>
  )
}

const sexes = ['female', 'male', 'another', 'unknown'] as const

const streamsIn = (typed: Typed): readonly StreamId[] =>
  (typed.answers ?? '').split(' ').flatMap((each) => StreamId.safeParse(each).data ?? [])

export function typedWebinar({ topic, heldOn, minutes, attendances, answers }: SelfCareWebinar): Typed {
  const [counts, ...others] = attendances
  // Of two counts that stand beside each other neither is taken for the other: it is typed anew.
  const typedCount = (sex: (typeof sexes)[number]): string => (counts && others.length === 0 ? String(counts[sex]) : '')
  return {
    topic: topic ?? '',
    heldOn,
    minutes: minutes === undefined ? '' : String(minutes),
    answers: answers.join(' '),
    ...Object.fromEntries(sexes.map((sex) => [sex, typedCount(sex)])),
  }
}

/** Undefined where a choice or the day is missing; NaN where a number is none: core refuses it. */
export function readWebinar(typed: Typed): SaidOfWebinar | undefined {
  const [topic, heldOn] = [SelfCareTopic.safeParse(typed.topic).data, CivilDate.safeParse(typed.heldOn).data]
  const [female, male] = [readCount(typed.female), readCount(typed.male)]
  const [another, unknown] = [readCount(typed.another), readCount(typed.unknown)]
  const attendance = { female, male, another, unknown }
  return topic && heldOn && { topic, heldOn, minutes: readCount(typed.minutes), attendance, answers: streamsIn(typed) }
}

/** Only what differs from what stands. */
export function changeOfWebinar(now: SaidOfWebinar, stood: SelfCareWebinar): Partial<SaidOfWebinar> {
  const textOf = (counts: AttendanceCounts | undefined): string => sexes.map((sex) => counts?.[sex] ?? '').join()
  const isSameCount = stood.attendances.length === 1 && textOf(stood.attendances[0]) === textOf(now.attendance)
  return {
    ...(now.topic === stood.topic ? {} : { topic: now.topic }),
    ...(now.heldOn === stood.heldOn ? {} : { heldOn: now.heldOn }),
    ...(now.minutes === stood.minutes ? {} : { minutes: now.minutes }),
    ...(isSameCount ? {} : { attendance: now.attendance }),
    ...(now.answers.join() === stood.answers.join() ? {} : { answers: now.answers }),
  }
}

/** Nothing typed is none. */
function readCount(typed = ''): number {
  return typed.trim() === '' ? 0 : (readWholeNumber(typed) ?? Number.NaN)
}
