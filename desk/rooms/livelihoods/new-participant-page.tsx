import { AgeGroup, Sex } from '@lentera/core/shared/people'
import type { Refusal } from '@lentera/core/shared/refusals'
import { ConsentState } from '@lentera/core/support/words'
import {
  Actions,
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
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import recordStyles from '../records/records.module.css'
import { ConsentField, NameFields, PersonFields } from './fields.tsx'

const blank: Typed = { sex: 'female', age: 'adult' }

/** Registers a participant: her own minimal record. Nothing is asked about what happened to her. */
export function NewParticipantPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const form = useKeptForm('new-participant', blank)
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  if (!form.ready) return <LoadingState />
  const { typed } = form
  const save = async (): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      const registered = await desk.registerParticipant({
        name: typed.name ?? '',
        safeContact: typed.safeContact ?? '',
        sex: Sex.safeParse(typed.sex).data ?? 'unknown',
        age: AgeGroup.safeParse(typed.age).data ?? 'unknown',
        consentCounting: ConsentState.safeParse(typed.consentCounting).data,
      })
      if (!registered.ok) return setRefusal(registered.refusal)
      await form.forget()
      await navigate({ to: '/livelihoods/$stream', params: { stream: registered.value } })
    } finally {
      setBusy(false)
    }
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/livelihoods' })
  }
  return (
    <>
      <PageTitle over={<Link to="/livelihoods">{t('livelihoods.back')}</Link>} under={t('livelihoods.new.under')}>
        {t('livelihoods.new.title')}
      </PageTitle>
      <Form label={t('livelihoods.new.title')} onSubmit={save}>
        <Stack>
          <Section title={t('livelihoods.sealed')} note={t('livelihoods.sealed-why')}>
            <div className={recordStyles.fields}>
              <NameFields {...form} />
            </div>
          </Section>
          <Section title={t('livelihoods.counted')} note={t('livelihoods.counted-why')}>
            <div className={recordStyles.fields}>
              <ConsentField {...form} answers={['given', 'refused']} />
              <PersonFields {...form} />
            </div>
          </Section>
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('livelihoods.new.do')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
