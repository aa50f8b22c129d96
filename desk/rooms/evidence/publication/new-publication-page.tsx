import { proposePublication } from '@lentera/core/evidence/publication/capture'
import { StreamId } from '@lentera/core/shared/ids'
import { FailedState, LoadingState, OfflineState, PageTitle, RefusalNotice, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { useAnswer } from '../../../device/use-answer.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import { parseBoard } from './answers.ts'
import { holdingOf, ProposalFields, proposalDefaults, readProposal } from './proposal-fields.tsx'

/** What is to be published, of what, and how it is protected. Once proposed it does not change: two people sign exactly this. */
export function NewPublicationPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { answer, reload } = useAnswer('/api/publications', parseBoard)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  const title = <PageTitle under={t('publication.new-under')}>{t('publication.new')}</PageTitle>
  if (!me || answer === undefined)
    return (
      <>
        {title}
        <LoadingState />
      </>
    )
  if (!answer.ok)
    return (
      <>
        {title}
        {answer.refusal.code === 'desk.offline' ? (
          <OfflineState onRetry={reload}>{t('publication.offline')}</OfflineState>
        ) : (
          <FailedState onRetry={reload}>
            <RefusalNotice refusal={answer.refusal} />
          </FailedState>
        )}
      </>
    )
  const board = answer.value
  const decide = (typed: Typed) => {
    const said = readProposal(typed, board)
    if (!said.ok) return said
    const addresses = board.publications.map(({ publication }) => publication.proposal.address)
    const known = { addresses, form: holdingOf(typed, board)?.form ?? null }
    return proposePublication(stream, me.organisation, said.value, known, desk.moment().today)
  }
  return (
    <>
      {title}
      <KeptForm
        name="new-publication"
        label={t('publication.new')}
        initial={proposalDefaults}
        fields={(typing) => <ProposalFields {...typing} board={board} />}
        save={t('publication.propose')}
        decide={decide}
        onSaved={async () => {
          await desk.exchange()
          await navigate({ to: '/publications/$stream', params: { stream } })
        }}
        onGivenUp={() => navigate({ to: '/publications' })}
      />
    </>
  )
}
