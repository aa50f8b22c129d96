import { AgeGroup, Sex } from '@lentera/core/shared/people'
import type { Refusal } from '@lentera/core/shared/refusals'
import { ConsentState, Form as FormOfExploitation } from '@lentera/core/support/words'
import {
  Actions,
  CheckField,
  ChoiceField,
  Form,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import recordStyles from '../records/records.module.css'
import { askedFields, SealedField } from './sealed-field.tsx'
import { Travelling } from './travelling.tsx'

const blank: Typed = { sex: 'unknown', age: 'unknown', form: 'unknown' }
const asksOfConsent = ['given', 'refused'] as const satisfies readonly ConsentState[]

/** Opens a case: what is read to her first, her two answers, three coded words, and what stays sealed. One column. */
export function NewCasePage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const travelling = useSnapshot((snapshot) => snapshot.travelling)
  const { ready, typed, state, set, forget } = useKeptForm('new-case', blank)
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  if (!ready) return <LoadingState />
  if (travelling)
    return (
      <>
        <PageTitle>{t('support.new.title')}</PageTitle>
        <Travelling />
      </>
    )
  const value = (field: string): string => typed[field] ?? ''

  const open = async (): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      const opened = await desk.openCase({
        limitsExplained: value('limits') === 'yes',
        consentServices: ConsentState.safeParse(value('consentServices')).data,
        consentCounting: ConsentState.safeParse(value('consentCounting')).data,
        sex: Sex.safeParse(value('sex')).data ?? 'unknown',
        age: AgeGroup.safeParse(value('age')).data ?? 'unknown',
        form: FormOfExploitation.safeParse(value('form')).data ?? 'unknown',
        opened: Object.fromEntries(askedFields.map((field) => [field, value(field)]).filter(([, text]) => text)),
      })
      if (!opened.ok) return setRefusal(opened.refusal)
      await forget()
      await navigate({ to: '/cases/$stream', params: { stream: opened.value } })
    } finally {
      setBusy(false)
    }
  }
  const giveUp = async (): Promise<void> => {
    await forget()
    await navigate({ to: '/cases' })
  }

  return (
    <>
      <PageTitle under={t('support.new.under')}>{t('support.new.title')}</PageTitle>
      <Form label={t('support.new.title')} onSubmit={open}>
        <Stack>
          <Section title={t('support.new.limits')} note={t('support.new.limits-why')}>
            <div className={recordStyles.fields}>
              <ul className={recordStyles.limits}>
                <li>{t('support.new.limits.sealed')}</li>
                <li>{t('support.new.limits.counted')}</li>
                <li>{t('support.new.limits.law')}</li>
              </ul>
              <CheckField
                label={t('support.new.limits.read')}
                checked={value('limits') === 'yes'}
                onChange={(checked) => set('limits', checked ? 'yes' : '')}
                save={state}
              />
            </div>
          </Section>
          <Section title={t('support.new.consent')} note={t('support.new.consent-why')}>
            <div className={recordStyles.fields}>
              <ChoiceField
                label={t('support.field.consentServices')}
                why={t('support.why.consentServices')}
                value={value('consentServices') || null}
                onChange={(answer) => set('consentServices', answer)}
                choices={asksOfConsent.map((answer) => ({ value: answer, label: t(`support.answer.${answer}`) }))}
              />
              <ChoiceField
                label={t('support.field.consentCounting')}
                why={t('support.why.consentCounting')}
                value={value('consentCounting') || null}
                onChange={(answer) => set('consentCounting', answer)}
                choices={asksOfConsent.map((answer) => ({ value: answer, label: t(`support.answer.${answer}`) }))}
              />
            </div>
          </Section>
          <Section title={t('support.new.counted')} note={t('support.new.counted-why')}>
            <div className={recordStyles.fields}>
              <ChoiceField
                label={t('support.field.sex')}
                why={t('support.why.sex')}
                value={value('sex')}
                onChange={(answer) => set('sex', answer)}
                choices={Sex.options.map((sex) => ({ value: sex, label: t(`sex.${sex}`) }))}
              />
              <ChoiceField
                label={t('support.field.age')}
                why={t('support.why.age')}
                value={value('age')}
                onChange={(answer) => set('age', answer)}
                choices={AgeGroup.options.map((age) => ({ value: age, label: t(`age.${age}`) }))}
              />
              <ChoiceField
                label={t('support.field.form')}
                why={t('support.why.form')}
                value={value('form')}
                onChange={(answer) => set('form', answer)}
                choices={FormOfExploitation.options.map((form) => ({ value: form, label: t(`form.${form}`) }))}
              />
            </div>
          </Section>
          <Section title={t('support.new.sealed')} note={t('support.new.sealed-why')}>
            <div className={recordStyles.fields}>
              {askedFields.map((field) => (
                <SealedField
                  key={field}
                  field={field}
                  value={value(field)}
                  onChange={(text) => set(field, text)}
                  {...(value(field) ? { save: state } : {})}
                />
              ))}
            </div>
          </Section>
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('support.new.open')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.new.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
