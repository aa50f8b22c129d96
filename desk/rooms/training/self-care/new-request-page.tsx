import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { requestSelfCare } from '@lentera/core/training/self-care/capture'
import { LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import { RequestFields, readRequest } from './fields.tsx'

/** A need as a unit expressed it: how many asked, and nobody. */
export function NewRequestPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  /** Refused also: `training.request-incomplete`. */
  const decide = (typed: Typed) => {
    const said = readRequest(typed)
    return said ? requestSelfCare(stream, me.organisation, said, today) : refuse('training.request-incomplete')
  }
  return (
    <>
      <PageTitle
        over={<Link to="/training/self-care">{t('self-care.back')}</Link>}
        under={t('self-care.requests-note')}
      >
        {t('self-care.request.title')}
      </PageTitle>
      <KeptForm
        name="new-self-care-request"
        label={t('self-care.request.title')}
        initial={{ askedOn: today, ...(me.country === null ? {} : { country: me.country }) }}
        fields={(typing) => <RequestFields {...typing} />}
        decide={decide}
        onSaved={() => navigate({ to: '/training/self-care/requests/$stream', params: { stream } })}
        onGivenUp={() => navigate({ to: '/training/self-care' })}
      />
    </>
  )
}
