import { takeSample } from '@lentera/core/awareness/sample/capture'
import { Question } from '@lentera/core/awareness/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { DateField, LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { KeptForm } from '../records/kept-form.tsx'
import type { Typing } from '../records/typed-correction.tsx'
import { typedNumber } from './awareness-words.ts'
import { SampleFields } from './sample-fields.tsx'

/** Women asked the same question before and after: how many, and how many knew more. */
export function NewSamplePage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  const { organisation, country } = me
  const decide = (typed: Typed) => {
    const askedOn = CivilDate.safeParse(typed.askedOn).data
    const question = Question.safeParse(typed.question).data
    const answers = { asked: typedNumber(typed.asked), moreAware: typedNumber(typed.moreAware) }
    if (country === null) return refuse('awareness.no-country')
    if (!askedOn) return refuse('awareness.not-happened-yet')
    if (!question) return refuse('awareness.no-question')
    return takeSample({ stream, organisation, country, question, askedOn, ...answers }, today)
  }
  const fields = ({ typed, set }: Typing) => (
    <>
      <DateField
        label={t('awareness.asked-on')}
        finest="day"
        value={CivilDate.safeParse(typed.askedOn).data ?? null}
        onChange={(chosen) => set('askedOn', chosen ?? '')}
      />
      <SampleFields typed={typed} set={set} />
    </>
  )
  return (
    <>
      <PageTitle under={t('awareness.samples-note')}>{t('awareness.sample.new-title')}</PageTitle>
      <KeptForm
        name="new-sample"
        label={t('awareness.sample.new-title')}
        initial={{ askedOn: today }}
        fields={fields}
        save={t('awareness.sample.save')}
        decide={decide}
        onSaved={() => navigate({ to: '/awareness/sample/$stream', params: { stream } })}
        onGivenUp={() => navigate({ to: '/awareness' })}
      />
    </>
  )
}
