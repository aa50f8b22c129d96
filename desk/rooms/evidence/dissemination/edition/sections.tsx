import {
  markEditionInError,
  moveSectionUp,
  namesOf,
  writeSection,
} from '@lentera/core/evidence/dissemination/edition/capture'
import { type Section as SectionOf, standing } from '@lentera/core/evidence/dissemination/edition/project'
import { PrintedLanguage } from '@lentera/core/shared/languages'
import {
  Actions,
  Form,
  LoadingState,
  LongTextField,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  Stack,
  TextField,
  useStaffLanguage,
  useText,
} from '@lentera/ui/parts'
import { languages } from '@lentera/ui/tokens/scripts'
import { useState } from 'react'
import { useDesk } from '../../../../device/context.ts'
import { useKeptForm } from '../../../../device/use-kept-form.ts'
import { useWrite } from '../../../../device/use-write.ts'
import recordStyles from '../../../records/records.module.css'
import type { EditionProps } from './use-edition.ts'

/** Its texts, in one language at a time; a figure is put in by its name and is never typed. */
export function Sections(props: EditionProps) {
  const t = useText()
  const own = useStaffLanguage()
  const desk = useDesk()
  const [language, setLanguage] = useState<PrintedLanguage>(own)
  const [open, setOpen] = useState<string>()
  const { refusal, busy, write } = useWrite()
  const { stream, state } = props.edition
  const rows = standing(state.sections)
  const close = (): void => setOpen(undefined)
  return (
    <Section title={t('edition.sections')} note={t('edition.sections-note')}>
      <Stack>
        <SelectField
          label={t('donor-report.text-language')}
          value={language}
          onChange={(chosen) => setLanguage(PrintedLanguage.parse(chosen))}
          choices={PrintedLanguage.options.map((value) => ({ value, label: languages[value].name }))}
        />
        {refusal && <RefusalNotice refusal={refusal} />}
        <ul className={recordStyles.rows}>
          {rows.map((section, at) => (
            <li key={section.record}>
              <b lang={language}>
                {section.headings[language] ?? Object.values(section.headings)[0] ?? t('results.unsettled')}
              </b>
              {section.texts[language] === undefined && (
                <span className={recordStyles.mark}>{t('edition.not-in-language')}</span>
              )}
              {open === section.record ? (
                <Writing key={language} {...props} section={section} language={language} onDone={close} />
              ) : (
                <Actions>
                  <QuietButton onClick={() => setOpen(section.record)}>{t('edition.write')}</QuietButton>
                  {at > 0 && (
                    <QuietButton
                      disabled={busy}
                      onClick={() => write(moveSectionUp(stream, state, section.record, desk.moment().today))}
                    >
                      {t('edition.move-up')}
                    </QuietButton>
                  )}
                  <QuietButton
                    disabled={busy}
                    onClick={() => write(markEditionInError(stream, state, section.record, true, desk.moment().today))}
                  >
                    {t('edition.take-out')}
                  </QuietButton>
                </Actions>
              )}
            </li>
          ))}
        </ul>
        {open === 'new' ? (
          <Writing key={`new ${language}`} {...props} section={undefined} language={language} onDone={close} />
        ) : (
          <Actions>
            <QuietButton onClick={() => setOpen('new')}>{t('edition.section-new')}</QuietButton>
          </Actions>
        )}
      </Stack>
    </Section>
  )
}

type WritingProps = EditionProps & {
  readonly section: SectionOf | undefined
  readonly language: PrintedLanguage
  readonly onDone: () => void
}

function Writing({ edition: { stream, state }, section, language, onDone }: WritingProps) {
  const t = useText()
  const desk = useDesk()
  const form = useKeptForm(`edition ${stream} ${section?.record ?? 'new'} ${language}`)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return <LoadingState lines={1} />
  const { heading = section?.headings[language] ?? '', text = section?.texts[language] ?? '' } = form.typed
  const names = namesOf(state)
  const close = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    const said = { ...(section ? { record: section.record } : {}), language, heading, text }
    if (await write(writeSection(stream, state, said, desk.moment().today), form.seen)) await close()
  }
  return (
    <Form label={section ? t('edition.write') : t('edition.section-new')} onSubmit={save}>
      <div lang={language}>
        <TextField label={t('edition.heading')} value={heading} onChange={(typed) => form.set('heading', typed)} />
      </div>
      <div lang={language}>
        <LongTextField
          label={t('edition.text')}
          why={t('edition.text-why')}
          save={form.state}
          value={text}
          onChange={(typed) => form.set('text', typed)}
        />
      </div>
      {names.length > 0 && (
        <SelectField
          label={t('donor-report.slots')}
          why={t('edition.slots-why')}
          value=""
          empty={t('donor-report.choose')}
          onChange={(name) => form.set('text', `${text}${text === '' || /\s$/.test(text) ? '' : ' '}{${name}}`)}
          choices={names.map((value) => ({ value, label: value }))}
        />
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('edition.save-section')}
        </NextButton>
        <QuietButton onClick={close}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}
