import { takeSample } from '@lentera/core/awareness/sample/capture'
import { Question } from '@lentera/core/awareness/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import {
  Actions,
  DateField,
  Form,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Stack,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useDesk, useSnapshot } from '../../device/context.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { typedNumber } from './awareness-words.ts'
import { SampleFields } from './sample-fields.tsx'

/** Women asked the same question before and after: how many, and how many knew more. */
export function NewSamplePage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const form = useKeptForm('new-sample')
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !me) return <LoadingState />
  const { typed } = form
  const { today } = desk.moment()
  const day = CivilDate.safeParse(typed.askedOn ?? today).data
  const question = Question.safeParse(typed.question).data
  const { organisation, country } = me
  const save = async (): Promise<void> => {
    const stream = StreamId.parse(crypto.randomUUID())
    const answers = { asked: typedNumber(typed.asked), moreAware: typedNumber(typed.moreAware) }
    const decided =
      country === null
        ? refuse('awareness.no-country')
        : !day
          ? refuse('awareness.not-happened-yet')
          : !question
            ? refuse('awareness.no-question')
            : takeSample({ stream, organisation, country, question, askedOn: day, ...answers }, today)
    if (!(await write(decided))) return
    await form.forget()
    await navigate({ to: '/awareness/sample/$stream', params: { stream } })
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/awareness' })
  }
  return (
    <>
      <PageTitle under={t('awareness.samples-note')}>{t('awareness.sample.new-title')}</PageTitle>
      <Form label={t('awareness.sample.new-title')} onSubmit={save}>
        <Stack>
          <DateField
            label={t('awareness.asked-on')}
            finest="day"
            value={day ?? null}
            onChange={(chosen) => form.set('askedOn', chosen ?? '')}
          />
          <SampleFields typed={typed} set={form.set} />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('awareness.sample.save')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
