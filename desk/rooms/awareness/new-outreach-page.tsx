import { holdOutreach } from '@lentera/core/awareness/outreach/capture'
import { Setting } from '@lentera/core/awareness/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import {
  Actions,
  ChoiceField,
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

/** A session that was held: when, and in what kind of place. Who was there comes next. */
export function NewOutreachPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const form = useKeptForm('new-outreach')
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !me) return <LoadingState />
  const { today } = desk.moment()
  const day = CivilDate.safeParse(form.typed.heldOn ?? today).data
  const setting = Setting.safeParse(form.typed.setting).data
  const { organisation, country } = me
  const save = async (): Promise<void> => {
    const stream = StreamId.parse(crypto.randomUUID())
    const decided =
      country === null
        ? refuse('awareness.no-country')
        : !day
          ? refuse('awareness.not-happened-yet')
          : !setting
            ? refuse('awareness.no-setting')
            : holdOutreach({ stream, organisation, country, setting, heldOn: day }, today)
    if (!(await write(decided))) return
    await form.forget()
    await navigate({ to: '/awareness/outreach/$stream', params: { stream } })
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/awareness' })
  }
  return (
    <>
      <PageTitle under={t('awareness.outreach.new-under')}>{t('awareness.outreach.new-title')}</PageTitle>
      <Form label={t('awareness.outreach.new-title')} onSubmit={save}>
        <Stack>
          <DateField
            label={t('awareness.held-on')}
            finest="day"
            value={day ?? null}
            onChange={(chosen) => form.set('heldOn', chosen ?? '')}
          />
          <ChoiceField
            label={t('awareness.setting')}
            value={setting ?? null}
            choices={Setting.options.map((value) => ({ value, label: t(`setting.${value}`) }))}
            onChange={(value) => form.set('setting', value)}
          />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('awareness.outreach.save')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
