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
  useStaffLanguage,
  useText,
} from '@lentera/ui/parts'
import { languages } from '@lentera/ui/tokens/scripts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import { handOver, MadeFile } from './hand-over.ts'
import styles from './results.module.css'

export type MadeFilesProps = {
  readonly title: string
  readonly note: string
  /** Where the server makes it: `form` and `language` are asked for behind this path. */
  readonly path: string
  /** The first is what the form gives; each with its media type. */
  readonly forms: readonly { readonly form: string; readonly type: string; readonly label: string }[]
  /** What is said while something of it is on this device alone, and while it is made. */
  readonly waits: string
  readonly making: string
  readonly unsent: boolean
  /** Whether it is the one thing to do next. */
  readonly isNext: boolean
}

type Making =
  | { readonly state: 'idle' | 'making' }
  | { readonly state: 'made'; readonly name: string }
  | { readonly state: 'refused'; readonly refusal: Refusal }

/** A work as files, in a language: the server makes them, of what it has been sent. */
export function MadeFiles({ title, note, path, forms, waits, making: busy, unsent, isNext }: MadeFilesProps) {
  const t = useText()
  const desk = useDesk()
  const own = useStaffLanguage()
  const [language, setLanguage] = useState<PrintedLanguage>(own)
  const [making, setMaking] = useState<Making>({ state: 'idle' })
  const get = async ({ form, type }: MadeFilesProps['forms'][number]): Promise<void> => {
    setMaking({ state: 'making' })
    const answer = await desk
      .ask(`${path}?form=${form}&language=${language}`, undefined, (made) => MadeFile.parse(made))
      .catch(() => undefined)
    if (!answer) setMaking({ state: 'refused', refusal: { code: 'server.failed', values: {} } })
    else if (!answer.ok) setMaking({ state: 'refused', refusal: answer.refusal })
    else {
      handOver(answer.value, type)
      setMaking({ state: 'made', name: answer.value.name })
    }
  }
  const [first, ...others] = forms
  const First = isNext ? NextButton : QuietButton
  const isBusy = unsent || making.state === 'making'
  return (
    <Section title={title} note={note}>
      <Form label={title} onSubmit={() => first && get(first)}>
        <SelectField
          label={t('donor-report.file-language')}
          value={language}
          onChange={(chosen) => setLanguage(PrintedLanguage.parse(chosen))}
          choices={PrintedLanguage.options.map((value) => ({ value, label: languages[value].name }))}
        />
        <Actions>
          <First type="submit" disabled={isBusy}>
            {first?.label}
          </First>
          {others.map((other) => (
            <QuietButton key={other.form} disabled={isBusy} onClick={() => get(other)}>
              {other.label}
            </QuietButton>
          ))}
        </Actions>
      </Form>
      <p role="status" className={styles.quiet}>
        {unsent && waits}
        {making.state === 'making' && busy}
        {making.state === 'made' && !unsent && t('brochure.made', { name: making.name })}
      </p>
      {making.state === 'refused' && <RefusalNotice refusal={making.refusal} />}
    </Section>
  )
}
