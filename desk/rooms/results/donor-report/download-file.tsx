import { ReportLanguage } from '@lentera/core/donor-report/words'
import type { StreamId } from '@lentera/core/shared/ids'
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
import { useDesk } from '../../../device/context.ts'
import { handOver, MadeFile } from '../hand-over.ts'
import styles from './report.module.css'

const types = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

type Making =
  | { readonly state: 'idle' | 'making' }
  | { readonly state: 'made'; readonly name: string }
  | { readonly state: 'refused'; readonly refusal: Refusal }

/** The report as a file that can be edited, in a language: the server makes it, of what it has been sent. */
export function DownloadFile({ stream, unsent }: { readonly stream: StreamId; readonly unsent: boolean }) {
  const t = useText()
  const desk = useDesk()
  const format = useFormat()
  const [language, setLanguage] = useState<ReportLanguage>(format.language)
  const [making, setMaking] = useState<Making>({ state: 'idle' })
  const get = async (form: keyof typeof types): Promise<void> => {
    setMaking({ state: 'making' })
    const answer = await desk
      .ask(`/api/donor-reports/${stream}/file?form=${form}&language=${language}`, undefined, (made) =>
        MadeFile.parse(made),
      )
      .catch(() => undefined)
    if (!answer) setMaking({ state: 'refused', refusal: { code: 'server.failed', values: {} } })
    else if (!answer.ok) setMaking({ state: 'refused', refusal: answer.refusal })
    else {
      handOver(answer.value, types[form])
      setMaking({ state: 'made', name: answer.value.name })
    }
  }
  const isBusy = unsent || making.state === 'making'
  return (
    <Section title={t('donor-report.file')} note={t('donor-report.file-note')}>
      <Form label={t('donor-report.file')} onSubmit={() => get('docx')}>
        <SelectField
          label={t('donor-report.file-language')}
          value={language}
          onChange={(chosen) => setLanguage(ReportLanguage.parse(chosen))}
          choices={ReportLanguage.options.map((value) => ({ value, label: languages[value].name }))}
        />
        <Actions>
          <NextButton type="submit" disabled={isBusy}>
            {t('donor-report.get-docx')}
          </NextButton>
          <QuietButton disabled={isBusy} onClick={() => get('xlsx')}>
            {t('donor-report.get-xlsx')}
          </QuietButton>
        </Actions>
      </Form>
      <p role="status" className={styles.quiet}>
        {unsent && t('donor-report.file-waits')}
        {making.state === 'making' && t('donor-report.making')}
        {making.state === 'made' && !unsent && t('brochure.made', { name: making.name })}
      </p>
      {making.state === 'refused' && <RefusalNotice refusal={making.refusal} />}
    </Section>
  )
}
