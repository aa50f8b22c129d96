import { Question } from '@lentera/core/awareness/words'
import { SelectField, TextField, useText } from '@lentera/ui/parts'
import type { Typing } from '../records/typed-correction.tsx'

/** What a sample says, whether it is written down or corrected. */
export function SampleFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <SelectField
        label={t('awareness.question')}
        why={t('awareness.question-why')}
        value={typed.question ?? ''}
        choices={Question.options.map((value) => ({ value, label: t(`question.${value}`) }))}
        onChange={(value) => set('question', value)}
      />
      <TextField
        label={t('awareness.asked')}
        inputMode="numeric"
        value={typed.asked ?? ''}
        onChange={(value) => set('asked', value)}
      />
      <TextField
        label={t('awareness.more-aware-count')}
        why={t('awareness.more-aware-why')}
        inputMode="numeric"
        value={typed.moreAware ?? ''}
        onChange={(value) => set('moreAware', value)}
      />
    </>
  )
}
