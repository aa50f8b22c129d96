import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { holdWebinar } from '@lentera/core/training/self-care/capture'
import { LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import { readWebinar, WebinarFields } from './fields.tsx'
import { byStream, useRequests } from './say.ts'

/** A webinar that was held: its topic, its length, and how many were there. */
export function NewWebinarPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const requests = useRequests()
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  /** Refused also: `training.webinar-incomplete`. */
  const decide = (typed: Typed) => {
    const said = readWebinar(typed)
    return said
      ? holdWebinar(stream, me.organisation, said, byStream(requests), today)
      : refuse('training.webinar-incomplete')
  }
  return (
    <>
      <PageTitle
        over={<Link to="/training/self-care">{t('self-care.back')}</Link>}
        under={t('self-care.webinars-note')}
      >
        {t('self-care.webinar.title')}
      </PageTitle>
      <KeptForm
        name="new-self-care-webinar"
        label={t('self-care.webinar.title')}
        initial={{ heldOn: today, minutes: '60' }}
        fields={(typing) => <WebinarFields {...typing} requests={requests} />}
        decide={decide}
        onSaved={() => navigate({ to: '/training/self-care/webinars/$stream', params: { stream } })}
        onGivenUp={() => navigate({ to: '/training/self-care' })}
      />
    </>
  )
}
