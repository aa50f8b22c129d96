import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { holdSession } from '@lentera/core/training/capture'
import { Module } from '@lentera/core/training/words'
import { ChoicesField, DateField, LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { KeptForm } from '../records/kept-form.tsx'
import type { Typing } from '../records/typed-correction.tsx'

/** A session that was held: when, and which modules. Its sheet comes next. */
export function NewSessionPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  const { organisation, country } = me
  const decide = (typed: Typed) => {
    const heldOn = CivilDate.safeParse(typed.heldOn).data
    if (country === null) return refuse('training.no-country')
    if (!heldOn) return refuse('training.not-held-yet')
    return holdSession({ stream, organisation, country, modules: readModules(typed), heldOn }, today)
  }
  const fields = ({ typed, set }: Typing) => (
    <>
      <DateField
        label={t('training.held-on')}
        finest="day"
        value={CivilDate.safeParse(typed.heldOn).data ?? null}
        onChange={(day) => set('heldOn', day ?? '')}
      />
      <ChoicesField
        label={t('training.modules')}
        value={readModules(typed)}
        choices={Module.options.map((value) => ({ value, label: t(`module.${value}`) }))}
        onChange={(chosen) => set('modules', chosen.join(' '))}
      />
    </>
  )
  return (
    <>
      <PageTitle under={t('training.new.under')}>{t('training.new.title')}</PageTitle>
      <KeptForm
        name="new-session"
        label={t('training.new.title')}
        initial={{ heldOn: today }}
        fields={fields}
        save={t('training.new.do')}
        decide={decide}
        onSaved={() => navigate({ to: '/training/$stream', params: { stream } })}
        onGivenUp={() => navigate({ to: '/training' })}
      />
    </>
  )
}

const readModules = ({ modules = '' }: Typed): Module[] =>
  modules.split(' ').flatMap((each) => Module.safeParse(each).data ?? [])
