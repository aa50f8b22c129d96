import { Agency } from '@lentera/core/shared/agencies'
import { instruments } from '@lentera/core/workforce/research/instruments'
import type { Survey } from '@lentera/core/workforce/research/project'
import { ChoiceField, ChoicesField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { readCount } from '../say.ts'
import { sayInstrument } from './say.ts'

/** What can be corrected of a survey: its name and how many were asked. */
export function DescribedFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <TextField
        label={t('research.name')}
        why={t('research.name-why')}
        value={typed.name ?? ''}
        onChange={(value) => set('name', value)}
      />
      <TextField
        label={t('research.asked')}
        why={t('research.asked-why')}
        inputMode="numeric"
        value={typed.asked ?? ''}
        onChange={(value) => set('asked', value)}
      />
    </>
  )
}

/** What stays as it was opened: which questions, and whose officers. */
export function SurveyFields(typing: Typing) {
  const t = useText()
  const { typed, set } = typing
  return (
    <>
      <ChoiceField
        label={t('research.instrument')}
        value={typed.instrument || null}
        choices={instruments.map((each) => ({
          value: each.key,
          label: sayInstrument(each, t),
          hint: t(`research.instrument.${each.key}.purpose`),
        }))}
        onChange={(value) => set('instrument', value)}
      />
      <ChoicesField
        label={t('research.agencies')}
        why={t('research.agencies-why')}
        value={readAgencies(typed)}
        choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
        onChange={(value) => set('agencies', value.join(' '))}
      />
      <DescribedFields {...typing} />
    </>
  )
}

export const readAgencies = ({ agencies = '' }: Typed): Agency[] =>
  agencies.split(' ').flatMap((each) => Agency.safeParse(each).data ?? [])

export const readDescribed = (typed: Typed) => ({ name: typed.name ?? '', asked: readCount(typed.asked) })

export const typedSurvey = ({ name, asked }: Survey): Typed => ({ name: name ?? '', asked: asked?.toString() ?? '' })
