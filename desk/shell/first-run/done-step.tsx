import { useText } from '@lentera/ui/parts'
import type { StepProps } from './answers.ts'
import { Step } from './step.tsx'

export function DoneStep({ answers, onNext }: StepProps) {
  const t = useText()
  return (
    <Step
      title={t('found.done.title', { organisation: answers.organisationName })}
      under={t('found.done.under')}
      next={t('found.done.do')}
      onNext={onNext}
    >
      <p>{t('found.done.sheets')}</p>
    </Step>
  )
}
