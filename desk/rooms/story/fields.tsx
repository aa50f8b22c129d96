import { ProgrammeLanguage } from '@lentera/core/shared/languages'
import { Use } from '@lentera/core/support/story/words'
import { DateField, LongTextField, SelectField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../device/use-kept-form.ts'
import { readQuarter } from '../records/opened.ts'
import type { Typing } from '../records/typed-correction.tsx'

/** What would be printed. */
export function PrintedFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <TextField
        label={t('story.changed-name')}
        why={t('story.changed-name-why')}
        sealed
        value={typed.changedName ?? ''}
        onChange={(value) => set('changedName', value)}
      />
      <SelectField
        label={t('story.language')}
        value={typed.language ?? ''}
        choices={ProgrammeLanguage.options.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(value) => set('language', value)}
      />
      <LongTextField
        label={t('story.text')}
        why={t('story.text-why')}
        sealed
        value={typed.text ?? ''}
        onChange={(value) => set('text', value)}
      />
      <TextField
        label={t('story.photo')}
        why={t('story.photo-why')}
        sealed
        optional
        value={typed.photo ?? ''}
        onChange={(value) => set('photo', value)}
      />
    </>
  )
}

/** What is typed of it. */
export const readPrinted = ({ language, changedName = '', text = '', photo = '' }: Typed) => ({
  language: ProgrammeLanguage.safeParse(language).data,
  changedName,
  text,
  photo,
})

/** What never is: who she is, and how she is found again. */
export function HerselfFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <TextField
        label={t('story.who')}
        why={t('story.who-why')}
        sealed
        value={typed.who ?? ''}
        onChange={(value) => set('who', value)}
      />
      <TextField
        label={t('story.contact')}
        why={t('story.contact-why')}
        sealed
        optional
        value={typed.contact ?? ''}
        onChange={(value) => set('contact', value)}
      />
      <LongTextField
        label={t('story.notes')}
        sealed
        optional
        value={typed.notes ?? ''}
        onChange={(value) => set('notes', value)}
      />
    </>
  )
}

/** Of a copy that is out: for which use, in which quarter, to whom. */
export function CopyFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <SelectField
        label={t('story.copy.use')}
        sealed
        value={typed.use ?? ''}
        choices={Use.options.map((value) => ({ value, label: t(`story.use.${value}`) }))}
        onChange={(value) => set('use', value)}
      />
      <TextField
        label={t('story.copy.to-whom')}
        why={t('story.copy.to-whom-why')}
        sealed
        value={typed.toWhom ?? ''}
        onChange={(value) => set('toWhom', value)}
      />
      <DateField
        label={t('story.copy.quarter')}
        sealed
        finest="quarter"
        value={readQuarter(typed) ?? null}
        onChange={(quarter) => set('quarter', quarter ?? '')}
      />
    </>
  )
}
