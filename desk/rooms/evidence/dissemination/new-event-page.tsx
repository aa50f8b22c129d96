import { holdEvent } from '@lentera/core/evidence/dissemination/capture'
import { StreamId } from '@lentera/core/shared/ids'
import { LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import { EventFields, readEvent } from './event-fields.tsx'

/** An event at which evidence was discussed: for whom, with how many, and which products. */
export function NewEventPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  const decide = (typed: Typed) => {
    const said = readEvent(typed, me.country)
    return said.ok ? holdEvent(stream, me.organisation, said.value, today) : said
  }
  return (
    <>
      <PageTitle under={t('dissemination.event.new-under')}>{t('dissemination.event.new')}</PageTitle>
      <KeptForm
        name="new-event"
        label={t('dissemination.event.new')}
        initial={{ heldOn: today }}
        fields={(typing) => <EventFields {...typing} />}
        save={t('dissemination.event.save')}
        decide={decide}
        onSaved={() => navigate({ to: '/dissemination/events/$stream', params: { stream } })}
        onGivenUp={() => navigate({ to: '/dissemination' })}
      />
    </>
  )
}
