import { stateEditionLanguage } from '@lentera/core/evidence/dissemination/edition/capture'
import { LanguageState, PrintedLanguage, ProgrammeLanguage } from '@lentera/core/shared/languages'
import { Actions, QuietButton, RefusalNotice, Section, SelectField, Stack, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../../../device/context.ts'
import { useWrite } from '../../../../device/use-write.ts'
import recordStyles from '../../../records/records.module.css'
import type { EditionProps } from './use-edition.ts'

/** How far it stands in each language: those that are printed here, and others that are set elsewhere. */
export function EditionLanguages({ edition: { stream, state }, mayWrite }: EditionProps) {
  const t = useText()
  const desk = useDesk()
  const [language, setLanguage] = useState<ProgrammeLanguage>('en')
  const { refusal, busy, write } = useWrite()
  const said = state.states.filter(
    (each) => each.state !== 'missing' || PrintedLanguage.safeParse(each.language).success,
  )
  const stood = state.states.find((each) => each.language === language)?.state
  const say = (next: LanguageState) =>
    write(stateEditionLanguage(stream, state, { language, state: next }, desk.moment().today))
  return (
    <Section title={t('dissemination.languages')} note={t('edition.languages-note')}>
      <ul className={recordStyles.rows}>
        {said.map((each) => (
          <li key={each.language}>
            <b>{t(`language.${each.language}`)}</b>
            <span>{each.state ? t(`module-state.${each.state}`) : t('results.unsettled')}</span>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <Stack>
          <SelectField
            label={t('edition.language')}
            value={language}
            choices={ProgrammeLanguage.options.map((value) => ({ value, label: t(`language.${value}`) }))}
            onChange={(chosen) => setLanguage(ProgrammeLanguage.parse(chosen))}
          />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            {LanguageState.options
              .filter((next) => next !== stood)
              .map((next) => (
                <QuietButton key={next} disabled={busy} onClick={() => say(next)}>
                  {t('edition.say-state', { state: t(`module-state.${next}`) })}
                </QuietButton>
              ))}
          </Actions>
        </Stack>
      )}
    </Section>
  )
}
