import { holdOutreach } from '@lentera/core/awareness/outreach/capture'
import { Setting } from '@lentera/core/awareness/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { ChoiceField, DateField, LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { KeptForm } from '../records/kept-form.tsx'
import type { Typing } from '../records/typed-correction.tsx'

/** A session that was held: when, and in what kind of place. Who was there comes next. */
export function NewOutreachPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  const { organisation, country } = me
  const decide = (typed: Typed) => {
    const heldOn = CivilDate.safeParse(typed.heldOn).data
    const setting = Setting.safeParse(typed.setting).data
    if (country === null) return refuse('awareness.no-country')
    if (!heldOn) return refuse('awareness.not-happened-yet')
    if (!setting) return refuse('awareness.no-setting')
    return holdOutreach({ stream, organisation, country, setting, heldOn }, today)
  }
  const fields = ({ typed, set }: Typing) => (
    <>
      <DateField
        label={t('awareness.held-on')}
        finest="day"
        value={CivilDate.safeParse(typed.heldOn).data ?? null}
        onChange={(chosen) => set('heldOn', chosen ?? '')}
      />
      <ChoiceField
        label={t('awareness.setting')}
        value={typed.setting || null}
        choices={Setting.options.map((value) => ({ value, label: t(`setting.${value}`) }))}
        onChange={(value) => set('setting', value)}
      />
    </>
  )
  return (
    <>
      <PageTitle under={t('awareness.outreach.new-under')}>{t('awareness.outreach.new-title')}</PageTitle>
      <KeptForm
        name="new-outreach"
        label={t('awareness.outreach.new-title')}
        initial={{ heldOn: today }}
        fields={fields}
        save={t('awareness.outreach.save')}
        decide={decide}
        onSaved={() => navigate({ to: '/awareness/outreach/$stream', params: { stream } })}
        onGivenUp={() => navigate({ to: '/awareness' })}
      />
    </>
  )
}
