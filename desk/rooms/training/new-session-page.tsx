import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { holdSession } from '@lentera/core/training/capture'
import { Module } from '@lentera/core/training/words'
import {
  Actions,
  ChoicesField,
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

/** A session that was held: when, and which modules. Its sheet comes next. */
export function NewSessionPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const form = useKeptForm('new-session')
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !me) return <LoadingState />
  const { typed } = form
  const modules = (typed.modules ?? '').split(' ').flatMap((each) => Module.safeParse(each).data ?? [])
  const save = async (): Promise<void> => {
    const stream = StreamId.parse(crypto.randomUUID())
    const { today } = desk.moment()
    const heldOn = CivilDate.safeParse(typed.heldOn ?? today)
    const decided =
      me.country === null
        ? refuse('training.no-country')
        : !heldOn.success
          ? refuse('training.not-held-yet')
          : holdSession(
              { stream, organisation: me.organisation, country: me.country, modules, heldOn: heldOn.data },
              today,
            )
    if (!(await write(decided))) return
    await form.forget()
    await navigate({ to: '/training/$stream', params: { stream } })
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/training' })
  }
  return (
    <>
      <PageTitle under={t('training.new.under')}>{t('training.new.title')}</PageTitle>
      <Form label={t('training.new.title')} onSubmit={save}>
        <Stack>
          <DateField
            label={t('training.held-on')}
            finest="day"
            value={CivilDate.safeParse(typed.heldOn ?? desk.moment().today).data ?? null}
            onChange={(day) => form.set('heldOn', day ?? '')}
          />
          <ChoicesField
            label={t('training.modules')}
            value={modules}
            choices={Module.options.map((value) => ({ value, label: t(`module.${value}`) }))}
            onChange={(chosen) => form.set('modules', chosen.join(' '))}
          />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('training.new.do')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
