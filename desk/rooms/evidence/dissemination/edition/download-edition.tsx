import type { StreamId } from '@lentera/core/shared/ids'
import { PrintedLanguage } from '@lentera/core/shared/languages'
import type { Refusal } from '@lentera/core/shared/refusals'
import {
  Actions,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { languages } from '@lentera/ui/tokens/scripts'
import { useState } from 'react'
import { useDesk } from '../../../../device/context.ts'
import { handOver, MadeFile } from '../../../results/hand-over.ts'
import styles from './edition.module.css'

const types = {
  pdf: 'application/pdf',
  html: 'text/html',
  csv: 'text/csv',
  json: 'application/json',
  bib: 'application/x-bibtex',
  ris: 'application/x-research-info-systems',
} as const
type FileForm = keyof typeof types
const others = ['html', 'csv', 'json', 'bib', 'ris'] as const satisfies readonly FileForm[]

export type DownloadEditionProps = {
  readonly stream: StreamId
  readonly unsent: boolean
  /** Whether it is the one thing to do next: of a frozen edition. */
  readonly isNext: boolean
}

type Making =
  | { readonly state: 'idle' | 'making' }
  | { readonly state: 'made'; readonly name: string }
  | { readonly state: 'refused'; readonly refusal: Refusal }

/** The edition as a file, in a language: the server makes it, of what it has been sent. */
export function DownloadEdition({ stream, unsent, isNext }: DownloadEditionProps) {
  const t = useText()
  const desk = useDesk()
  const format = useFormat()
  const [language, setLanguage] = useState<PrintedLanguage>(format.language)
  const [making, setMaking] = useState<Making>({ state: 'idle' })
  const get = async (form: FileForm): Promise<void> => {
    setMaking({ state: 'making' })
    const path = `/api/editions/${stream}/file?form=${form}&language=${language}`
    const answer = await desk.ask(path, undefined, (made) => MadeFile.parse(made)).catch(() => undefined)
    if (!answer) setMaking({ state: 'refused', refusal: { code: 'server.failed', values: {} } })
    else if (!answer.ok) setMaking({ state: 'refused', refusal: answer.refusal })
    else {
      handOver(answer.value, types[form])
      setMaking({ state: 'made', name: answer.value.name })
    }
  }
  const First = isNext ? NextButton : QuietButton
  const isBusy = unsent || making.state === 'making'
  return (
    <Section title={t('edition.file')} note={t('edition.file-note')}>
      <Form label={t('edition.file')} onSubmit={() => get('pdf')}>
        <SelectField
          label={t('donor-report.file-language')}
          value={language}
          onChange={(chosen) => setLanguage(PrintedLanguage.parse(chosen))}
          choices={PrintedLanguage.options.map((value) => ({ value, label: languages[value].name }))}
        />
        <Actions>
          <First type="submit" disabled={isBusy}>
            {t('edition.get.pdf')}
          </First>
          {others.map((form) => (
            <QuietButton key={form} disabled={isBusy} onClick={() => get(form)}>
              {t(`edition.get.${form}`)}
            </QuietButton>
          ))}
        </Actions>
      </Form>
      <p role="status" className={styles.quiet}>
        {unsent && t('edition.file-waits')}
        {making.state === 'making' && t('edition.making')}
        {making.state === 'made' && !unsent && t('brochure.made', { name: making.name })}
      </p>
      {making.state === 'refused' && <RefusalNotice refusal={making.refusal} />}
    </Section>
  )
}
