import { holdEvent } from '@lentera/core/evidence/dissemination/capture'
import { StreamId } from '@lentera/core/shared/ids'
import {
  Actions,
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
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { EventFields, readEvent } from './event-fields.tsx'

/** An event at which evidence was discussed: for whom, with how many, and which products. */
export function NewEventPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const form = useKeptForm('new-event')
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !me) return <LoadingState />
  const { today } = desk.moment()
  const typed = { heldOn: today, ...form.typed }
  const save = async (): Promise<void> => {
    const stream = StreamId.parse(crypto.randomUUID())
    const said = readEvent(typed, me.country)
    if (!(await write(said.ok ? holdEvent(stream, me.organisation, said.value, today) : said))) return
    await form.forget()
    await navigate({ to: '/dissemination/events/$stream', params: { stream } })
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/dissemination' })
  }
  return (
    <>
      <PageTitle under={t('dissemination.event.new-under')}>{t('dissemination.event.new')}</PageTitle>
      <Form label={t('dissemination.event.new')} onSubmit={save}>
        <Stack>
          <EventFields typed={typed} set={form.set} />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('dissemination.event.save')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
