import { showWork } from '@lentera/core/awareness/reach/capture'
import { Channel } from '@lentera/core/awareness/words'
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
  TextField,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useDesk, useSnapshot } from '../../device/context.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'

/** A public work: its title, what it is, and since when it is shown. How far it reached comes next. */
export function NewWorkPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const form = useKeptForm('new-work')
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !me) return <LoadingState />
  const { typed } = form
  const { today } = desk.moment()
  const day = CivilDate.safeParse(typed.shownOn ?? today).data
  const channel = Channel.safeParse(typed.channel).data
  const { organisation, country } = me
  const save = async (): Promise<void> => {
    const stream = StreamId.parse(crypto.randomUUID())
    const decided =
      country === null
        ? refuse('awareness.no-country')
        : !day
          ? refuse('awareness.not-happened-yet')
          : !channel
            ? refuse('awareness.no-channel')
            : showWork({ stream, organisation, country, channel, title: typed.title ?? '', shownOn: day }, today)
    if (!(await write(decided))) return
    await form.forget()
    await navigate({ to: '/awareness/reach/$stream', params: { stream } })
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/awareness' })
  }
  return (
    <>
      <PageTitle under={t('awareness.work.new-under')}>{t('awareness.work.new-title')}</PageTitle>
      <Form label={t('awareness.work.new-title')} onSubmit={save}>
        <Stack>
          <TextField
            label={t('awareness.work.name')}
            why={t('awareness.work.name-why')}
            value={typed.title ?? ''}
            onChange={(title) => form.set('title', title)}
          />
          <ChoiceField
            label={t('awareness.channel')}
            value={channel ?? null}
            choices={Channel.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
            onChange={(value) => form.set('channel', value)}
          />
          <DateField
            label={t('awareness.work.shown-on')}
            finest="day"
            value={day ?? null}
            onChange={(chosen) => form.set('shownOn', chosen ?? '')}
          />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('awareness.work.save')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
