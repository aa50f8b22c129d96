import type { Refusal } from '@lentera/core/shared/refusals'
import { RefusalNotice, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import type { StepProps } from './answers.ts'
import { Step } from './step.tsx'

export function FoundStep({ setup, answers, founding, onFounded, onBegin, onBack, onNext }: StepProps) {
  const t = useText()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const { label, login, passphrase } = answers
  const found = async (): Promise<void> => {
    if (!founding) return
    setBusy(true)
    // From here on the path is held open, although the device will be signed in before it ends.
    onBegin()
    const founded = await founding.found({ setup, label, login, passphrase })
    setBusy(false)
    if (!founded.ok) {
      setRefusal(founded.refusal)
      return
    }
    onFounded(founded.value.recoveryCode)
    onNext()
  }
  return (
    <Step
      title={t('found.do.title', { organisation: answers.organisationName })}
      under={t('found.do.under')}
      next={t('found.do.do')}
      busy={busy}
      ready={founding !== undefined}
      onBack={onBack}
      onNext={found}
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      <p>{t('found.do.root')}</p>
    </Step>
  )
}
