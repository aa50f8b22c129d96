import type { Refusal } from '@lentera/core/shared/refusals'
import { Actions, QuietButton, RefusalNotice, useText } from '@lentera/ui/parts'
import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useDesk } from '../device/context.ts'
import type { Colleague } from '../device/desk.ts'
import { PresentPassphrase } from './passphrase-fields.tsx'

/** Ends a membership, after saying what that does and what it cannot do. */
export function RemoveMember({ colleague }: { readonly colleague: Colleague }) {
  const t = useText()
  const desk = useDesk()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [present, setPresent] = useState('')
  const remove = async (): Promise<void> => {
    setBusy(true)
    const decided = await desk.remove(colleague.member, present)
    setBusy(false)
    setRefusal(decided.ok ? undefined : decided.refusal)
    if (!decided.ok) return
    setAsking(false)
    setPresent('')
  }
  return (
    <>
      <QuietButton onClick={() => setAsking(true)}>{t('members.remove')}</QuietButton>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('members.remove.title', { post: colleague.label })}
        lockScroll={false}
        closeButtonProps={{ 'aria-label': t('ui.frame.close'), size: 36 }}
      >
        <p>{t('members.remove.text')}</p>
        <p>{t('members.remove.limits')}</p>
        <PresentPassphrase label={t('members.present')} value={present} onChange={setPresent} />
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <QuietButton onClick={() => setAsking(false)}>{t('members.remove.keep')}</QuietButton>
          <QuietButton onClick={remove} disabled={busy || present === ''}>
            {t('members.remove.do')}
          </QuietButton>
        </Actions>
      </Modal>
    </>
  )
}
