import type { Refusal } from '@lentera/core/shared/refusals'
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
import { useKeptForm } from '../../device/use-kept-form.ts'
import recordStyles from '../records/records.module.css'
import { HerselfFields, PrintedFields, readPrinted } from './fields.tsx'

/** Begins a story: the text under a changed name, and apart from it who she is. It stands in no case and leads to none. */
export function NewStoryPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const form = useKeptForm('new-story')
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  if (!form.ready) return <LoadingState />
  const { who = '', contact = '', notes = '' } = form.typed
  const save = async (): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      const begun = await desk.beginStory({ ...readPrinted(form.typed), who, contact, notes })
      if (!begun.ok) return setRefusal(begun.refusal)
      await form.forget()
      await navigate({ to: '/stories/$stream', params: { stream: begun.value } })
    } finally {
      setBusy(false)
    }
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/stories' })
  }
  return (
    <>
      <PageTitle over={<Link to="/stories">{t('story.back')}</Link>} under={t('story.new.under')}>
        {t('story.new.title')}
      </PageTitle>
      <Form label={t('story.new.title')} onSubmit={save}>
        <Stack>
          <Section title={t('story.printed')} note={t('story.printed-why')}>
            <div className={recordStyles.fields}>
              <PrintedFields {...form} />
            </div>
          </Section>
          <Section title={t('story.herself')} note={t('story.herself-why')}>
            <div className={recordStyles.fields}>
              <HerselfFields {...form} />
            </div>
          </Section>
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('story.new.do')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
