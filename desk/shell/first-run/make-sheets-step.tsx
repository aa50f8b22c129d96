import { useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import { planOf, type StepProps } from './answers.ts'
import { Step } from './step.tsx'

/** The organisation's root is made here, and split at once. */
export function MakeSheetsStep({ answers, founding, onFounding, onBack, onNext }: StepProps) {
  const t = useText()
  const desk = useDesk()
  const [busy, setBusy] = useState(false)
  const make = async (): Promise<void> => {
    if (founding === undefined) {
      setBusy(true)
      onFounding(await desk.prepareFounding(planOf(answers)))
      setBusy(false)
    }
    onNext()
  }
  return (
    <Step
      title={t('found.sheets.title')}
      under={t('found.sheets.under')}
      next={founding === undefined ? t('found.sheets.make') : t('found.next')}
      busy={busy}
      onBack={onBack}
      onNext={make}
    >
      <p>{t('found.sheets.two-people')}</p>
      <p>{t('found.sheets.no-copy')}</p>
    </Step>
  )
}
