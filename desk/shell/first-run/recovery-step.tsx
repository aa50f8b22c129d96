import { QuietButton, useText } from '@lentera/ui/parts'
import { PrintedCode } from '../printed-code.tsx'
import type { StepProps } from './answers.ts'
import { Step } from './step.tsx'

export function RecoveryStep({ recoveryCode, answers, onNext }: StepProps) {
  const t = useText()
  return (
    <Step
      title={t('found.recovery.title')}
      under={t('found.recovery.under')}
      next={t('found.recovery.printed')}
      other={<QuietButton onClick={() => print()}>{t('found.print')}</QuietButton>}
      onNext={onNext}
    >
      <PrintedCode
        title={t('found.recovery.heading', { login: answers.login })}
        code={recoveryCode ?? ''}
        note={t('found.recovery.note')}
      />
    </Step>
  )
}
