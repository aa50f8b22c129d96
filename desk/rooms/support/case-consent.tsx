import { recordConsent } from '@lentera/core/support/capture'
import { ConsentState } from '@lentera/core/support/words'
import {
  Actions,
  ChoiceField,
  Form,
  LongTextField,
  QuietButton,
  RefusalNotice,
  Section,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { FocusHere } from '../records/focus-here.tsx'
import recordStyles from '../records/records.module.css'
import styles from './support.module.css'

const consents = ['consentServices', 'consentCounting'] as const

/** Her two answers as they stand now, and the place to change them: at any time, on a closed case too. */
export function CaseConsent({ opened }: { readonly opened: OpenedCase }) {
  const t = useText()
  const [changing, setChanging] = useState(false)
  return (
    <Section title={t('support.consent.title')} note={t('support.consent.note')}>
      <ul className={styles.facts}>
        {consents.map((consent) => {
          const state = opened.file[consent]
          return (
            <li key={consent} className={styles.answer}>
              <span className={styles.label}>{t(`support.field.${consent}`)}</span>
              <span>{state ? t(`consent.${state}`) : t('support.two-versions')}</span>
            </li>
          )
        })}
      </ul>
      {changing ? (
        <ChangeConsent opened={opened} onDone={() => setChanging(false)} />
      ) : (
        <Actions>
          <QuietButton onClick={() => setChanging(true)}>{t('support.consent.change')}</QuietButton>
        </Actions>
      )}
    </Section>
  )
}

function ChangeConsent({ opened, onDone }: { readonly opened: OpenedCase; readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const { ready, typed, state, set, forget } = useKeptForm(`case ${opened.stream} consent`)
  const { refusal, busy, write } = useWrite(typed)
  if (!ready) return null
  const answers = ConsentState.options.map((value) => ({ value, label: t(`consent.${value}`) }))
  const save = async (): Promise<void> => {
    // Only what is said anew travels.
    const changed = consents.flatMap((consent) => {
      const answer = ConsentState.safeParse(typed[consent])
      return answer.success && answer.data !== opened.file[consent] ? [[consent, answer.data] as const] : []
    })
    const command = { ...Object.fromEntries(changed), note: typed.note ?? '' }
    if (!(await write(recordConsent(opened.stream, command, desk.moment())))) return
    await forget()
    onDone()
  }
  return (
    <FocusHere>
      <Form label={t('support.consent.change')} onSubmit={save}>
        <div className={recordStyles.fields}>
          {consents.map((consent) => (
            <ChoiceField
              key={consent}
              label={t(`support.field.${consent}`)}
              why={t(`support.why.${consent}`)}
              value={typed[consent] ?? opened.file[consent] ?? null}
              onChange={(answer) => set(consent, answer)}
              choices={answers}
            />
          ))}
          {!opened.file.erased && (
            <LongTextField
              label={t('support.field.consentNote')}
              why={t('support.why.consentNote')}
              sealed
              optional
              save={state}
              value={typed.note ?? ''}
              onChange={(text) => set('note', text)}
            />
          )}
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <QuietButton type="submit" disabled={busy}>
              {t('support.save')}
            </QuietButton>
            <QuietButton onClick={() => forget().then(onDone)}>{t('support.give-up')}</QuietButton>
          </Actions>
        </div>
      </Form>
    </FocusHere>
  )
}
