import { quarterOf } from '@lentera/core/shared/dates'
import type { Refusal } from '@lentera/core/shared/refusals'
import { type CriminalCaseSealed, Stage } from '@lentera/core/support/justice/words'
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
import { useMemo, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { readQuarter } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { QuarterField, SealedTexts, StageField } from './fields.tsx'

/** What is asked at first; hearings, officials and notes can wait. */
const asked = ['name', 'court', 'charge'] as const satisfies readonly CriminalCaseSealed[]

/** Begins to follow a criminal case, at whatever stage it is found. Nothing is asked about a survivor. */
export function NewCriminalCasePage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const blank = useMemo(() => ({ quarter: quarterOf(desk.moment().today) ?? '' }), [desk])
  const form = useKeptForm('new-criminal-case', blank)
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  if (!form.ready) return <LoadingState />
  const { typed } = form
  const save = async (): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      const opened = await desk.openCriminalCase({
        stage: Stage.safeParse(typed.stage).data,
        quarter: readQuarter(typed),
        opened: Object.fromEntries(asked.map((field) => [field, typed[field]])),
      })
      if (!opened.ok) return setRefusal(opened.refusal)
      await form.forget()
      await navigate({ to: '/justice/$stream', params: { stream: opened.value } })
    } finally {
      setBusy(false)
    }
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/justice' })
  }
  return (
    <>
      <PageTitle over={<Link to="/justice">{t('justice.back')}</Link>} under={t('justice.new.under')}>
        {t('justice.new.title')}
      </PageTitle>
      <Form label={t('justice.new.title')} onSubmit={save}>
        <Stack>
          <Section title={t('justice.counted')} note={t('justice.counted-why')}>
            <div className={recordStyles.fields}>
              <StageField {...form} />
              <QuarterField {...form} />
            </div>
          </Section>
          <Section title={t('justice.sealed')} note={t('justice.sealed-why')}>
            <div className={recordStyles.fields}>
              <SealedTexts {...form} fields={asked} />
            </div>
          </Section>
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('justice.new.do')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
