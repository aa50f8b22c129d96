import { showWork } from '@lentera/core/awareness/reach/capture'
import { Channel } from '@lentera/core/awareness/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { ChoiceField, DateField, LoadingState, PageTitle, TextField, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { KeptForm } from '../records/kept-form.tsx'
import type { Typing } from '../records/typed-correction.tsx'

/** A public work: its title, what it is, and since when it is shown. How far it reached comes next. */
export function NewWorkPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  const { organisation, country } = me
  const decide = (typed: Typed) => {
    const shownOn = CivilDate.safeParse(typed.shownOn).data
    const channel = Channel.safeParse(typed.channel).data
    if (country === null) return refuse('awareness.no-country')
    if (!shownOn) return refuse('awareness.not-happened-yet')
    if (!channel) return refuse('awareness.no-channel')
    return showWork({ stream, organisation, country, channel, title: typed.title ?? '', shownOn }, today)
  }
  const fields = ({ typed, set }: Typing) => (
    <>
      <TextField
        label={t('awareness.work.name')}
        why={t('awareness.work.name-why')}
        value={typed.title ?? ''}
        onChange={(title) => set('title', title)}
      />
      <ChoiceField
        label={t('awareness.channel')}
        value={typed.channel || null}
        choices={Channel.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
        onChange={(value) => set('channel', value)}
      />
      <DateField
        label={t('awareness.work.shown-on')}
        finest="day"
        value={CivilDate.safeParse(typed.shownOn).data ?? null}
        onChange={(chosen) => set('shownOn', chosen ?? '')}
      />
    </>
  )
  return (
    <>
      <PageTitle under={t('awareness.work.new-under')}>{t('awareness.work.new-title')}</PageTitle>
      <KeptForm
        name="new-work"
        label={t('awareness.work.new-title')}
        initial={{ shownOn: today }}
        fields={fields}
        save={t('awareness.work.save')}
        decide={decide}
        onSaved={() => navigate({ to: '/awareness/reach/$stream', params: { stream } })}
        onGivenUp={() => navigate({ to: '/awareness' })}
      />
    </>
  )
}
