import type { Refusal } from '@lentera/core/shared/refusals'
import { EmptyState, NextButton, RefusalNotice, Stack, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'

/** In the place of the cases while she travels: that none is on this device, and the way to bring them back. */
export function Travelling({ title, text }: { readonly title?: string; readonly text?: string }) {
  const t = useText()
  const desk = useDesk()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const bringBack = async (): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    const brought = await desk.bringBack()
    setBusy(false)
    if (!brought.ok) setRefusal(brought.refusal)
  }
  return (
    <EmptyState
      title={title ?? t('travel.title')}
      action={
        <Stack>
          {refusal && <RefusalNotice refusal={refusal} />}
          <NextButton disabled={busy} onClick={bringBack}>
            {t('travel.bring-back')}
          </NextButton>
        </Stack>
      }
    >
      {text ?? t('travel.text')}
    </EmptyState>
  )
}
