import { describeEdition } from '@lentera/core/evidence/dissemination/edition/capture'
import { Licence } from '@lentera/core/evidence/dissemination/edition/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { PrintedLanguage } from '@lentera/core/shared/languages'
import {
  Actions,
  DateField,
  Form,
  LoadingState,
  LongTextField,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  TextField,
  useText,
} from '@lentera/ui/parts'
import { languages } from '@lentera/ui/tokens/scripts'
import { useMemo } from 'react'
import { useDesk } from '../../../../device/context.ts'
import { type Typed, useKeptForm } from '../../../../device/use-kept-form.ts'
import { useWrite } from '../../../../device/use-write.ts'
import type { EditionProps } from './use-edition.ts'

/** What stands on its cover: titles, terms, numbers by which it is found, what changed. */
export function Cover({ edition: { stream, state } }: EditionProps) {
  const t = useText()
  const desk = useDesk()
  const stands = useMemo<Typed>(
    () => ({
      ...Object.fromEntries(PrintedLanguage.options.map((language) => [language, state.titles[language] ?? ''])),
      licence: state.licence ?? '',
      doi: state.doi ?? '',
      isbn: state.isbn ?? '',
      issn: state.issn ?? '',
      changed: state.changed ?? '',
      publishedOn: state.publishedOn ?? '',
    }),
    [state],
  )
  const form = useKeptForm(`edition ${stream} cover`)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return <LoadingState lines={1} />
  // What is typed covers what stands, until it is handed in.
  const typed: Typed = { ...stands, ...form.typed }
  const field = (name: string) => ({
    value: typed[name] ?? '',
    onChange: (value: string) => form.set(name, value),
  })
  const save = async (): Promise<void> => {
    const licence = Licence.safeParse(typed.licence).data
    const said = {
      titles: Object.fromEntries(PrintedLanguage.options.map((language) => [language, typed[language] ?? ''])),
      changed: typed.changed ?? '',
      ...(licence ? { licence } : {}),
      doi: typed.doi ?? '',
      isbn: typed.isbn ?? '',
      issn: typed.issn ?? '',
      publishedOn: CivilDate.safeParse(typed.publishedOn).data ?? null,
    }
    if (await write(describeEdition(stream, state, said, desk.moment().today), form.seen)) await form.forget()
  }
  return (
    <Section title={t('edition.cover')} note={t('edition.cover-note')}>
      <Form label={t('edition.cover')} onSubmit={save}>
        {PrintedLanguage.options.map((language) => (
          <div key={language} lang={language}>
            <TextField
              label={t('edition.title-in', { language: languages[language].name })}
              optional={language !== 'en'}
              {...field(language)}
            />
          </div>
        ))}
        <SelectField
          label={t('edition.licence')}
          why={t('edition.licence-why')}
          choices={Licence.options.map((value) => ({ value, label: t(`licence.${value}`) }))}
          {...field('licence')}
        />
        <TextField label={t('edition.doi')} why={t('edition.doi-why')} optional {...field('doi')} />
        <TextField label={t('edition.isbn')} optional {...field('isbn')} />
        <TextField label={t('edition.issn')} optional {...field('issn')} />
        <DateField
          label={t('edition.published-on')}
          optional
          finest="day"
          value={CivilDate.safeParse(typed.publishedOn).data ?? null}
          onChange={(day) => form.set('publishedOn', day ?? '')}
        />
        {state.number > 1 && <LongTextField label={t('edition.changed')} {...field('changed')} />}
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <QuietButton type="submit" disabled={busy}>
            {t('edition.save-cover')}
          </QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}
